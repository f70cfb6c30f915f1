//! 性质: what holds for any facts, put to facts that are made up at random, and to bytes that a fuzzer found.
//!
//! `PROPTEST_CASES` sets how many cases each property is put to, `PROPTEST_RNG_SEED` which ones.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[allow(missing_docs)]
#[path = "fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::panic::catch_unwind;

use fuzz::forms::{reversed, to_json};
use fuzz::{TARGETS, assert_agreement};
use preflight::model::choices::Choice;
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::model::notices::Message;
use preflight::model::terms::VoucherQuota;
use preflight::model::time::Time;
use preflight::{ErrorCode, Facts, Locale, Question, Terms, Value, check, explain};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use serde_json::{Map, json};

fn config() -> ProptestConfig {
    let chosen = |name: &str| std::env::var_os(name).is_some();
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if !chosen("PROPTEST_CASES") {
        config.cases = 2000;
    }
    if !chosen("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(20211201);
    }
    config
}

/// White space, and what looks like it.
const SPACES: [&str; 8] = ["", "", "", " ", "\u{3000}", "\u{85}", "\u{feff}", "\u{200b}"];

/// The pieces in any order and number, with white space between them, in either case and width.
fn text_of(pieces: &'static [&'static str], most: usize) -> BoxedStrategy<String> {
    let letter = |letter: char, wide: bool, upper: bool| match (letter, wide) {
        ('!'..='~', true) => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
        _ if upper => letter.to_ascii_uppercase(),
        _ => letter,
    };
    let piece = (select(pieces), select(&SPACES[..]), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    vec(piece, 0..=most)
        .prop_map(move |pieces| {
            let written = pieces.into_iter().map(|(piece, space, wide, upper)| {
                let piece: String = piece.chars().map(|each| letter(each, wide, upper)).collect();
                piece + space
            });
            written.collect()
        })
        .boxed()
}

fn ledger() -> BoxedStrategy<String> {
    text_of(&["a", "b", "账套", "账", "é", "😀"], 3)
}

fn account() -> BoxedStrategy<String> {
    const PIECES: &[&str] = &[
        "13800000001",
        "1380000",
        "0001",
        "13900000002",
        "+86",
        "0086",
        "-",
        "*",
        "kim",
        "@example.com",
        "张三",
    ];
    text_of(PIECES, 4)
}

fn notice() -> BoxedStrategy<String> {
    const PIECES: &[&str] = &[
        Message::PHRASES[0],
        Message::PHRASES[1],
        Message::PHRASES[2],
        "非法",
        "复制品",
        "当前",
        "ip地址已使用了其他账号",
        "网络",
    ];
    text_of(PIECES, 3)
}

fn name(choices: &'static [Choice]) -> BoxedStrategy<serde_json::Value> {
    select(choices).prop_map(|choice| choice.name.into()).boxed()
}

/// A valid value of the fact. Instants are about two weeks of 2021, in which there are no holidays, or any.
fn value_of(fact: Fact) -> BoxedStrategy<serde_json::Value> {
    const START: i64 = 1_614_564_000_000;
    match fact.info().kind {
        FactType::Time => prop_oneof![
            8 => (0_i64..14, -3_i64..3).prop_map(|(days, millis)| json!(START + days * 86_400_000 - 36_000_000 + millis)),
            1 => (Time::MIN.millis()..=Time::MAX.millis()).prop_map(|millis| json!(millis)),
        ]
        .boxed(),
        FactType::Choice(choices) => name(choices),
        FactType::Set(choices) => vec(name(choices), 0..4).prop_map(serde_json::Value::from).boxed(),
        FactType::Text { personal: true, .. } => account().prop_map(serde_json::Value::from).boxed(),
        FactType::Text { .. } => ledger().prop_map(serde_json::Value::from).boxed(),
        FactType::Texts => vec(notice(), 0..3).prop_map(serde_json::Value::from).boxed(),
        FactType::Flag => any::<bool>().prop_map(serde_json::Value::from).boxed(),
        FactType::Integer { min, max } => prop_oneof![
            4 => (0_u32..4).prop_map(move |more| json!(min + more)),
            2 => select(&[49_u32, 50, 51, 99, 100, 101][..]).prop_map(move |number| json!(number.clamp(min, max))),
            1 => (min..=max).prop_map(|number| json!(number)),
        ]
        .boxed(),
    }
}

/// Some of the facts by their paths, each in an object of its own where its path has a group.
fn known() -> impl Strategy<Value = Vec<(Fact, serde_json::Value)>> {
    let each: Vec<_> = Fact::ALL
        .iter()
        .map(|fact| prop::option::weighted(0.8, value_of(*fact)).prop_map(move |value| Some((*fact, value?))))
        .collect();
    each.prop_map(|facts| facts.into_iter().flatten().collect())
}

fn object(facts: &[(Fact, serde_json::Value)]) -> serde_json::Value {
    let mut all = Map::new();
    for (fact, value) in facts {
        match fact.info().path.split_once('.') {
            None => drop(all.insert(fact.info().path.into(), value.clone())),
            Some((group, name)) => {
                let group = all.entry(group).or_insert_with(|| json!({}));
                group[name] = value.clone();
            }
        }
    }
    all.into()
}

/// Facts that are valid: a name that is blank is left out, and instants are put in the order in which they can be.
fn facts() -> impl Strategy<Value = Value> {
    known().prop_map(|mut facts| {
        let instants = [Fact::order_paid_at, Fact::order_applied_at, Fact::now];
        let is_instant = |fact: &Fact| instants.contains(fact);
        let mut sorted: Vec<_> =
            facts.iter().filter(|(fact, _)| is_instant(fact)).map(|(_, value)| value.clone()).collect();
        sorted.sort_by_key(serde_json::Value::as_i64);
        let present: Vec<_> = instants
            .iter()
            .filter(|instant| facts.iter().any(|(fact, _)| fact == *instant))
            .copied()
            .collect();
        for (fact, value) in facts.iter_mut().filter(|(fact, _)| is_instant(fact)) {
            let place = present.iter().position(|instant| instant == fact).unwrap_or_default();
            *value = sorted[place].clone();
        }
        let is_valid = |fact: &(Fact, serde_json::Value)| {
            let value =
                serde_json::from_value(object(std::slice::from_ref(fact))).expect("any JSON is a value");
            Facts::read(&value).is_ok()
        };
        facts.retain(is_valid);
        serde_json::from_value(object(&facts)).expect("any JSON is a value")
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    (0_u32..120, 0_u32..120, 0_u32..20, 0_u32..10).prop_map(|(one, other, window, review)| Terms {
        voucher_quota: VoucherQuota { assured: one.min(other), claimed: one.max(other) },
        refund_window_days: window,
        refund_review_workdays: review,
        ..Terms::default()
    })
}

/// What an explanation has that is not in a language: everything but the texts.
fn without_words(explanation: serde_json::Value) -> serde_json::Value {
    match explanation {
        serde_json::Value::Object(fields) => {
            let is_words = |name: &str, value: &serde_json::Value| {
                // The receipt names the question too, in no language.
                name == "text"
                    || name == "question"
                        && value.as_str().is_some_and(|text| !Question::NAMES.contains(&text))
            };
            let kept = fields.into_iter().filter(|(name, value)| !is_words(name, value));
            serde_json::Value::Object(kept.map(|(name, value)| (name, without_words(value))).collect())
        }
        serde_json::Value::Array(items) => items.into_iter().map(without_words).collect(),
        other => other,
    }
}

/// The text with full-width digits as ASCII digits, and without what people write between digits.
fn without_separators(text: &str) -> String {
    let ascii = text.chars().map(|letter| match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    });
    ascii
        .filter(|letter| !letter.is_whitespace() && !"-－‐‑–—()（）+＋·\u{200b}\u{feff}".contains(*letter))
        .collect()
}

/// The digits of a phone number that nobody has, and one of the ways in which people write it within a text.
fn phone_in_a_text() -> impl Strategy<Value = (String, String)> {
    let digits = vec(0_u8..10, 9)
        .prop_map(|rest| rest.iter().fold("13".to_string(), |all, digit| format!("{all}{digit}")));
    let separator = select(
        &["", "", "", "", "-", " ", "\u{3000}", "－", "—", "·", ") ", "（", "\u{200b}", "\u{feff}"][..],
    );
    let around = select(&["", "账号", "tel:", "。", "x", ", ", "@", "第 3 行："][..]);
    let code = select(&["", "", "+86", "+86 ", "0086-", "＋８６"][..]);
    (digits, vec((separator, prop::bool::weighted(0.2)), 11), around.clone(), around, code).prop_map(
        |(digits, ways, before, after, code)| {
            let mut text = format!("{before}{code}");
            for (digit, (separator, wide)) in digits.chars().zip(ways) {
                let wide_digit = char::from_u32(u32::from(digit) + 0xfee0).unwrap_or(digit);
                text.push(if wide { wide_digit } else { digit });
                text.push_str(separator);
            }
            (digits, text + after)
        },
    )
}

proptest! {
    #![proptest_config(config())]

    /// `check`, `explain` in both languages, `trace`, the flat record, the columns and a naive second evaluator.
    #[test]
    fn every_way_to_an_answer_leads_to_the_same(value in facts(), terms in terms()) {
        let facts = Facts::read(&value).expect("the facts are valid");
        assert_agreement(&facts, &terms);
    }

    #[test]
    fn facts_in_another_order_are_explained_in_the_same_bytes(value in facts()) {
        let backwards = reversed(&value);
        let (facts, again) = (Facts::read(&value).unwrap(), Facts::read(&backwards).unwrap());
        let terms = Terms::default();
        for question in Question::ALL.iter().copied() {
            for locale in Locale::ALL.iter().copied() {
                let bytes = |facts| serde_json::to_string(&explain(question, facts, &terms, locale)).unwrap();
                prop_assert_eq!(bytes(&facts), bytes(&again));
            }
        }
    }

    #[test]
    fn both_languages_say_the_same(value in facts(), terms in terms()) {
        let facts = Facts::read(&value).unwrap();
        for question in Question::ALL.iter().copied() {
            let said = |locale| without_words(serde_json::to_value(explain(question, &facts, &terms, locale)).unwrap());
            prop_assert_eq!(said(Locale::ZhCn), said(Locale::En));
        }
    }

    #[test]
    fn facts_that_are_written_and_read_are_the_same(value in facts()) {
        let facts = Facts::read(&value).unwrap();
        let written = serde_json::from_value(to_json(&facts)).unwrap();
        prop_assert_eq!(Facts::read(&written).unwrap(), facts);
    }

    /// What is definite stays so, whatever further fact becomes known.
    #[test]
    fn a_definite_verdict_is_never_refused_by_learning_more(value in facts(), terms in terms(), forgotten in vec(any::<Index>(), 1..6)) {
        let facts = Facts::read(&value).unwrap();
        let mut fewer = facts;
        for index in forgotten {
            fewer.copy(*index.get(Fact::ALL), &Facts::default());
        }
        for question in Question::ALL.iter().copied() {
            let (before, after) = (check(question, &fewer, &terms), check(question, &facts, &terms));
            if matches!(before.verdict.name(), "allow" | "warn") {
                prop_assert!(!after.verdict.is_refusal(), "{} of {:?} and {:?}", question.name(), fewer, facts);
            }
        }
    }

    #[test]
    fn an_explanation_repeats_no_phone((digits, written) in phone_in_a_text(), value in facts(), notices in vec(any::<bool>(), 1..3)) {
        let mut facts = Facts::read(&value).unwrap();
        let texts: Vec<String> = notices.iter().map(|known| if *known { format!("认证超台数{written}") } else { written.clone() }).collect();
        facts.activation_notices = Some(preflight::model::notices::Notices::List(&texts));
        facts.activation_account = Some(written.as_str().into());
        facts.member_account = Some(written.as_str().into());
        facts.order_phone = Some(written.as_str().into());
        let terms = Terms::default();
        for question in Question::ALL.iter().copied() {
            for locale in Locale::ALL.iter().copied() {
                let explanation = explain(question, &facts, &terms, locale);
                let shown = serde_json::to_string(&explanation).unwrap();
                prop_assert!(!without_separators(&shown).contains(&digits), "{}: {}", written, shown);
            }
        }
    }

    /// In the place of any fact, of a group, of an item, of a name of a field.
    #[test]
    fn an_error_repeats_no_phone((digits, written) in phone_in_a_text(), fact in any::<Index>(), how in 0..5) {
        let fact = *fact.get(Fact::ALL);
        // What stands in place of a time is no account and is shown whole.
        prop_assume!(!matches!(fact.info().kind, FactType::Time));
        let value = match how {
            0 => json!(written),
            1 => json!([written]),
            2 => json!({ written.clone(): 1 }),
            3 => json!([{ "a": written.clone() }, written]),
            _ => json!({ "a": written }),
        };
        let json = object(&[(fact, value)]);
        let group = fact.info().path.split_once('.').map_or(fact.info().path, |(group, _)| group);
        for json in [json, json!({ group: written }), json!({ written.clone(): 1 }), json!(written)] {
            let value = serde_json::from_value(json).unwrap();
            if let Err(error) = Facts::read(&value) {
                let shown = error.message() + &serde_json::to_string(&*error).unwrap();
                prop_assert!(!without_separators(&shown).contains(&digits), "{}: {}", written, shown);
            }
        }
    }

    /// A value of a wrong type, an unknown name, a number outside its bounds: one fault among valid facts is found,
    /// whatever the others are.
    #[test]
    fn one_fault_among_valid_facts_is_found(value in facts(), fact in any::<Index>(), how in 0..3) {
        let fact = *fact.get(Fact::ALL);
        let (wrong, code) = match (how, fact.info().kind) {
            (0, _) => (Value::Other("2.5".into()), ErrorCode::WrongType),
            (_, FactType::Choice(_)) => (Value::Text("?".into()), ErrorCode::UnknownValue),
            (_, FactType::Integer { max, .. }) => (Value::Integer(i64::from(max) + 1), ErrorCode::OutOfRange),
            (_, FactType::Time) => (Value::Integer(-1), ErrorCode::OutOfRange),
            (1, FactType::Text { .. }) => (Value::Text("长".repeat(1001)), ErrorCode::OutOfRange),
            (1, FactType::Texts | FactType::Set(_)) => (Value::list(vec![Value::Text("?".into()); 101]), ErrorCode::OutOfRange),
            _ => (Value::Object(Vec::new()), ErrorCode::WrongType),
        };
        let error = Facts::read(&with(value, fact.info().path, wrong)).map(|facts| facts.known()).unwrap_err();
        prop_assert_eq!((error.code, error.path.as_str()), (code, fact.info().path));
    }
}

/// The facts with another value at the path.
fn with(facts: Value, path: &str, value: Value) -> Value {
    let Value::Object(mut fields) = facts else { return facts };
    let (name, below) = path.split_once('.').map_or((path, None), |(group, below)| (group, Some(below)));
    let earlier = fields.iter().position(|(known, _)| known == name).map(|place| fields.remove(place).1);
    let value = match below {
        Some(below) => with(earlier.unwrap_or(Value::Object(Vec::new())), below, value),
        None => value,
    };
    fields.push((name.into(), value));
    Value::Object(fields)
}

/// The kept inputs of a target, and for facts those of every scenario.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("tests/fuzz/corpus/{target}");
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the corpus is kept").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    if target == "facts" {
        for question in Question::ALL {
            for file in fs::read_dir(format!("tests/scenarios/{}", question.name())).unwrap() {
                let text = fs::read_to_string(file.unwrap().path()).unwrap();
                let scenarios: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
                all.extend(scenarios.iter().map(|scenario| scenario["facts"].to_string().into_bytes()));
            }
        }
    }
    all
}

#[test]
fn no_input_that_the_fuzzer_kept_breaks_anything() {
    for (name, target) in TARGETS {
        let inputs = corpus(name);
        assert!(inputs.len() >= 10, "{name} has {} inputs", inputs.len());
        for input in inputs {
            let shown = String::from_utf8_lossy(&input);
            assert!(
                catch_unwind(|| target(&input)).is_ok(),
                "the target {name} fails on: {shown}\n{input:?}"
            );
        }
    }
}
