//! 脱敏: no explanation repeats an account or a phone number.

use preflight::{Facts, Locale, Question, Terms, Value, explain};
use serde_json::json;

/// One account, in the ways in which people write it.
const PHONES: [&str; 20] = [
    "13800000001",
    "138-0000-0001",
    "138 0000 0001",
    "+8613800000001",
    "0086 138 0000 0001",
    "１３８００００００００１",
    "１３８－００００－０００１",
    "138.0000.0001",
    "138\u{200b}0000\u{2060}0001",
    "138−0000−0001",
    "138\u{0}0000\u{0}0001",
    "138\u{1b}0000\u{7f}0001",
    "138\t0000\r\n0001",
    "138\u{80}0000\u{85}0001",
    "\u{2066}138\u{2069}\u{2066}0000\u{2069}\u{2067}0001\u{2069}",
    "\u{202d}138\u{202c}0000\u{202e}0001",
    "138\u{fe0f}0000\u{fe00}0001",
    "1\u{fe0f}\u{20e3}38\u{20e3}0000\u{20e3}0001",
    "138,0000，0001",
    "138、0000・0•0·01",
];
const EMAILS: [&str; 8] = [
    "张骞@example.com",
    "张骞＠example.com",
    "张骞 @example.com",
    "张骞@\u{3000}example.com",
    "张骞\u{200b}@\u{200b}example.com",
    "张骞 \u{200b}@\texample.com",
    "张!#$%&'*+/=?^`{|}~骞@example.com",
    "张\u{0}\u{2066}骞\u{fe0f}@example.com",
];
/// What the accounts are known by, and nothing else that is shown.
const SECRETS: [&str; 4] = ["13800000001", "13900000002", "骞", "李四"];

/// The text with full-width digits as ASCII digits, and without what people write between digits.
fn without_separators(text: &str) -> String {
    let ascii = text.chars().map(|letter| match letter {
        '０'..='９' => char::from_u32(u32::from(letter).wrapping_sub(0xfee0)).unwrap_or(letter),
        _ => letter,
    });
    let is_between = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}')
            || "-－‐‑–—−()（）+＋.,，、・•·".contains(letter)
    };
    ascii.filter(|letter| !is_between(*letter)).collect()
}

/// All texts within the value, as they are before JSON escapes what is in them.
fn texts_in(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(items) => items.iter().flat_map(texts_in).collect(),
        serde_json::Value::Object(fields) => fields.values().flat_map(texts_in).collect(),
        _ => Vec::new(),
    }
}

/// Facts in which every personal fact and every notice has the account, for an order in the given state.
fn facts_with(account: &str, other: &str, edition: &str, status: &str) -> serde_json::Value {
    json!({
        "now": "2021-03-02T10:00:00+08:00",
        "edition": edition,
        "product": "voucher_pack",
        "need": { "ledger": "A", "year": 2020 },
        "selected": { "ledger": "B", "year": 2021 },
        "opened": [],
        "member": { "account": account, "replacesOld": true },
        "activation": {
            "account": other,
            "notices": [
                account,
                format!("当前ip地址已使用了其他账号{account}"),
                format!("认证超台数：{account}，{other}。"),
                format!("联系 {account}."),
            ],
        },
        "action": "use_feature",
        "order": {
            "status": status, "certified": false, "paidAt": "2021-03-01T10:00:00+08:00",
            "invoice": "issued", "phone": account,
        },
    })
}

#[test]
fn an_explanation_repeats_no_phone_and_no_account() {
    let terms = Terms::default();
    let (mut explanations, mut masked) = (0, 0);
    for account in PHONES.into_iter().chain(EMAILS) {
        // The activation account once differs from the member account, so that it is shown as a reason, and once not.
        for other in [account, "13900000002", "李四@example.com"] {
            for (edition, status) in [
                ("free_lifetime", "paid"),
                ("free_lifetime", "unpaid"),
                ("cloud", "paid"),
                ("paid", "refunded"),
            ] {
                let json = facts_with(account, other, edition, status);
                let value: Value = serde_json::from_value(json).unwrap();
                let facts = Facts::read(&value).unwrap();
                for question in Question::ALL.iter().copied() {
                    for locale in [Locale::ZhCn, Locale::En] {
                        let explanation = explain(question, &facts, &terms, locale);
                        let shown = texts_in(&serde_json::to_value(&explanation).unwrap()).join("|");
                        let compared = without_separators(&shown);
                        for secret in SECRETS {
                            assert!(
                                !compared.contains(secret),
                                "{account:?} in {}: {shown:?}",
                                question.name()
                            );
                        }
                        explanations += 1;
                        masked += usize::from(shown.contains("138****0001") || shown.contains("张***@"));
                    }
                }
            }
        }
    }
    // The accounts are shown masked in many of them, so the test is not about explanations without accounts.
    assert!(masked > explanations / 10, "{masked} of {explanations} show a masked account");
}

#[test]
fn an_error_repeats_no_phone_and_no_account() {
    for account in PHONES.into_iter().chain(EMAILS) {
        // As a value, in a list, in place of an object and as the name of a field, alone and within a sentence.
        for given in [account.to_string(), format!("账号 {account} 异常"), format!("请联系：{account}。")]
        {
            for json in [
                json!({ "edition": given }),
                json!({ "opened": [given] }),
                json!({ "order": given }),
                json!({ given.as_str(): 1 }),
            ] {
                let value: Value = serde_json::from_value(json).unwrap();
                let error = Facts::read(&value).unwrap_err();
                let shown = texts_in(&serde_json::to_value(&*error).unwrap()).join("|") + &error.to_string();
                let compared = without_separators(&shown);
                for secret in SECRETS {
                    assert!(!compared.contains(secret), "{account:?}: {shown:?}");
                }
                assert!(shown.contains("138****0001") || shown.contains("张***@"), "{account:?}: {shown:?}");
            }
        }
    }
}

#[test]
fn a_receipt_is_the_same_for_every_account_and_phone() {
    let terms = Terms::default();
    let receipt = |account: &str, phone: &str| {
        let json = facts_with(account, phone, "free_lifetime", "paid");
        let value: Value = serde_json::from_value(json).unwrap();
        let facts = Facts::read(&value).unwrap();
        let explanation = explain(Question::Refund, &facts, &terms, Locale::En);
        serde_json::to_value(&explanation).unwrap()["receipt"].clone()
    };
    let one = receipt("13800000001", "13800000001");
    assert!(one["facts"].as_str().is_some_and(|digest| digest.len() == 16), "{one}");
    for other in ["13800000002", "13900000001", "zhang@example.com"] {
        assert_eq!(one, receipt(other, "13800000001"), "{other}");
        assert_eq!(one, receipt("13800000001", other), "{other}");
    }
}
