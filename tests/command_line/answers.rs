//! `check` and `explain`, and the input that every command reads.

use preflight::model::time::Time;
use preflight::{Facts, Locale, Question, Terms, Value, check, explain};

use crate::{CLOUD_ORDER, TestResult, WRONG_LEDGER, file, run};

#[test]
fn the_exit_status_is_that_of_the_verdict() -> TestResult {
    let save = |saved: u32| {
        format!(
            r#"{{ "edition": "free_lifetime", "action": "save_voucher", "vouchers": {{ "saved": {saved}, "bought": 0 }},
                "member": {{ "account": "buyer@example.com" }},
                "activation": {{ "account": "buyer@example.com", "notices": [] }} }}"#
        )
    };
    for (question, facts, verdict, status) in [
        ("entitlement", save(49).as_str(), "allow", 0),
        ("entitlement", &save(99), "warn", 0),
        ("entitlement", &save(100), "block", 1),
        ("refund", r#"{ "edition": "paid", "order": { "status": "paid" } }"#, "refer", 1),
        ("refund", "{}", "unknown", 2),
    ] {
        let checked = run(&["check", question], facts.as_bytes())?;
        assert_eq!((checked.status, checked.stderr.as_str()), (status, ""), "check: {facts}");
        assert_eq!(checked.stdout.lines().next(), Some(format!("verdict  {verdict}").as_str()), "{facts}");
        let explained = run(&["explain", question], facts.as_bytes())?;
        assert_eq!((explained.status, explained.stderr.as_str()), (status, ""), "explain: {facts}");
        assert!(
            explained.stdout.lines().next().unwrap_or_default().ends_with(&format!("（{verdict}）")),
            "{facts}"
        );
    }
    Ok(())
}

#[test]
fn check_prints_one_item_on_a_line() -> TestResult {
    let ran = run(&["check", "purchase"], WRONG_LEDGER.as_bytes())?;
    assert_eq!(ran.stdout, "verdict  block\ncode     WRONG_LEDGER\nmissing  goal\nmissing  opened\n");
    Ok(())
}

#[test]
fn the_json_is_what_the_library_serializes() -> TestResult {
    let terms = Terms::default();
    for (question, json) in [
        (Question::Purchase, WRONG_LEDGER),
        (Question::Refund, CLOUD_ORDER),
        (Question::Refund, "{}"),
        (Question::Page, r#"{ "page": { "restarted": true } }"#),
    ] {
        let value: Value = serde_json::from_str(json)?;
        let facts = Facts::read(&value)?;
        let checked = run(&["check", question.name(), "--json"], json.as_bytes())?;
        let answer = serde_json::to_string_pretty(&check(question, &facts, &terms))?;
        assert_eq!(checked.stdout, format!("{answer}\n"));
        for (name, locale) in [("zh-CN", Locale::ZhCn), ("en", Locale::En)] {
            let arguments = ["explain", question.name(), "--json", "--locale", name];
            let explained = run(&arguments, json.as_bytes())?;
            let answer = serde_json::to_string_pretty(&explain(question, &facts, &terms, locale))?;
            assert_eq!(explained.stdout, format!("{answer}\n"));
        }
    }
    Ok(())
}

/// The lines that begin at the margin, up to the first colon of either kind.
fn headings(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
    lines.map(|line| line.split(['：', ':']).next().unwrap_or_default()).collect()
}

#[test]
fn an_explanation_and_its_headings_are_in_one_language() -> TestResult {
    let facts = WRONG_LEDGER.as_bytes();
    let zh = run(&["explain", "purchase"], facts)?.stdout;
    assert_eq!(headings(&zh), ["购买", "原因", "还不知道", "办法", "还应该知道", "联系客服", "核对记录"]);
    assert!(
        zh.contains("购买时所在的账套不是需要的账套（需要的账套：A账套；购买时所在的账套：B账套）"),
        "{zh}"
    );
    let en = run(&["explain", "purchase", "--locale", "en"], facts)?.stdout;
    assert_eq!(
        headings(&en),
        ["Purchase", "Why", "Not known yet", "What to do", "Good to know", "To reach support", "Receipt"]
    );
    assert!(
        en.contains(
            "the purchase was started in another ledger (need.ledger: A账套; selected.ledger: B账套)"
        ),
        "{en}"
    );
    Ok(())
}

#[test]
fn an_explanation_leaves_nothing_out() -> TestResult {
    for (question, json) in [
        (Question::Purchase, WRONG_LEDGER),
        (Question::Refund, CLOUD_ORDER),
        (Question::Refund, r#"{ "order": { "status": "paid" }, "edition": "cloud" }"#),
        (
            Question::Entitlement,
            r#"{ "edition": "cloud", "action": "sign_in", "cloud": { "used": 5, "bought": 4 } }"#,
        ),
    ] {
        let (value, terms): (Value, _) = (serde_json::from_str(json)?, Terms::default());
        let facts = Facts::read(&value)?;
        for (name, locale) in [("zh-CN", Locale::ZhCn), ("en", Locale::En)] {
            let out = run(&["explain", question.name(), "--locale", name], json.as_bytes())?.stdout;
            let explanation = explain(question, &facts, &terms, locale);
            let reasons = explanation.reasons.iter().flat_map(|reason| {
                let because = reason.because.iter().map(|because| because.text.into());
                let because = because.collect::<Vec<String>>().into_iter();
                let clause = reason.clause.clauses.first().map(|clause| clause.id().into());
                because.chain([reason.code.into(), reason.text.to_string()]).chain(clause)
            });
            let notes = explanation.notes.iter().flat_map(|note| [note.code.into(), note.text.to_string()]);
            let missing =
                explanation.missing.iter().flat_map(|asking| [asking.fact.into(), asking.question.into()]);
            let plans = explanation.alternatives.iter().chain([&explanation.plan]);
            let steps = plans.flat_map(|plan| plan.steps.iter().map(|step| step.text.to_string()));
            let ends = [
                explanation.contact.text.clone(),
                explanation.receipt.terms.into(),
                explanation.receipt.engine.into(),
            ];
            let ends = ends.into_iter().chain(explanation.stable_until.map(Time::to_rfc3339));
            let ends = ends.chain([explanation.receipt.rules.to_hex(), explanation.receipt.facts.to_hex()]);
            for part in reasons.chain(notes).chain(missing).chain(steps).chain(ends) {
                assert!(out.contains(&part), "{} is not printed:\n{out}", part);
            }
        }
    }
    Ok(())
}

#[test]
fn accounts_are_masked_and_control_characters_are_removed() -> TestResult {
    let facts = r#"{
      "edition": "free_lifetime", "product": "ledger",
      "need": { "ledger": "A" }, "selected": { "ledger": "\u001b[31mB\nC" },
      "member": { "account": "13800000012" }, "activation": { "account": "13900000034" }
    }"#;
    let out = run(&["explain", "purchase"], facts.as_bytes())?.stdout;
    assert!(out.contains("138****0012") && out.contains("139****0034"), "{out}");
    assert!(!out.contains("13800000012") && !out.contains("13900000034"), "{out}");
    assert!(out.contains(" [31mB C"), "{out}");
    assert!(out.lines().all(|line| !line.contains(char::is_control)), "{out}");
    Ok(())
}

#[test]
fn facts_come_from_a_file_or_from_standard_input() -> TestResult {
    let path = file("facts.json", WRONG_LEDGER)?;
    let marked = file("facts-with-mark.json", format!("\u{feff}{WRONG_LEDGER}"))?;
    let piped = run(&["check", "purchase"], WRONG_LEDGER.as_bytes())?;
    assert_eq!(piped.status, 1);
    for (arguments, input) in [
        (["check", "purchase", "-"], WRONG_LEDGER),
        (["check", "purchase", &path], ""),
        (["check", "purchase", &marked], ""),
    ] {
        let ran = run(&arguments, input.as_bytes())?;
        assert_eq!((ran.status, ran.stdout), (1, piped.stdout.clone()), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn invalid_json_is_reported_with_line_and_column() -> TestResult {
    let path = file("broken.json", "{\n  \"edition\": \"cloud\"\n  \"action\": \"sign_in\"\n}\n")?;
    for command in ["check", "explain"] {
        let ran = run(&[command, "entitlement", &path], b"")?;
        assert_eq!((ran.status, ran.stdout.as_str()), (3, ""));
        assert_eq!(
            ran.stderr,
            format!(
                "preflight: `{path}` is not JSON at line 3, column 3: expected `,` or `}}`; correct it there.\n"
            )
        );
    }
    let deep = "[".repeat(100_000);
    let ran = run(&["check", "page"], deep.as_bytes())?;
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("line 1, column 128: recursion limit exceeded"), "{}", ran.stderr);
    Ok(())
}

#[test]
fn invalid_facts_are_reported_with_the_message_of_the_engine() -> TestResult {
    let ran = run(&["check", "purchase"], br#"{ "need": { "legder": "A" } }"#)?;
    assert_eq!((ran.status, ran.stdout.as_str()), (3, ""));
    assert_eq!(
        ran.stderr,
        "preflight: standard input: `need.legder` is not a field the engine knows; expected one of `ledger`, `year`; did you mean `need.ledger`?\n"
    );
    let ran = run(&["explain", "purchase"], br#"["need"]"#)?;
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("`facts` is a list, but an object of facts was expected"), "{}", ran.stderr);
    Ok(())
}

#[test]
fn unusable_input_gives_exit_status_3_and_a_message() -> TestResult {
    let latin = file("latin.json", b"{ \"need\": { \"ledger\": \"\xe9\" } }")?;
    for (arguments, sentence) in [
        (&["check", "purchase", "no/such/file.json"][..], "`no/such/file.json` cannot be read: No such file"),
        (&["check", "purchase"], "standard input is empty; expected JSON"),
        (&["check", "purchase", &latin], "is not UTF-8 text: invalid utf-8 sequence"),
        (&["check", "purchse"], "a similar value exists: 'purchase'"),
        (&["check"], "<QUESTION>"),
        (&["explain", "purchase", "--locale", "fr"], "possible values: zh-CN, en"),
        (&["check", "purchase", "--jsno"], "a similar argument exists: '--json'"),
        (&["chekc"], "a similar subcommand exists: 'check'"),
        (&["rules", "WRONG_LEGDER"], "a similar value exists: 'WRONG_LEDGER'"),
        (&[], "Usage: preflight <COMMAND>"),
    ] {
        let ran = run(arguments, b"")?;
        assert_eq!((ran.status, ran.stdout.as_str()), (3, ""), "{arguments:?}");
        assert!(ran.stderr.contains(sentence), "{arguments:?}: {}", ran.stderr);
    }
    Ok(())
}

#[test]
fn terms_from_a_file_replace_those_compiled_in() -> TestResult {
    let shorter = file("shorter.json", r#"{ "version": "test", "refundWindowDays": 1 }"#)?;
    assert_eq!(run(&["check", "refund"], CLOUD_ORDER.as_bytes())?.status, 0);
    let ran = run(&["check", "refund", "--terms", &shorter], CLOUD_ORDER.as_bytes())?;
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (
            1,
            "verdict  refer\ncode     REFUND_WINDOW_PASSED\nmissing  cloud.used\nmissing  cloud.bought\nmissing  order.reason\n"
        )
    );
    let ran = run(&["explain", "refund", "--terms", &shorter], CLOUD_ORDER.as_bytes())?;
    assert!(ran.stdout.contains("条款 test"), "{}", ran.stdout);
    let bad = file("bad-terms.json", r#"{ "refundWindowDays": 366 }"#)?;
    let ran = run(&["check", "refund", "--terms", &bad], CLOUD_ORDER.as_bytes())?;
    assert_eq!(ran.status, 3);
    assert!(
        ran.stderr.contains(
            "bad-terms.json`: `terms.refundWindowDays` is 366, but a whole number from 0 to 365 was expected"
        ),
        "{}",
        ran.stderr
    );
    Ok(())
}
