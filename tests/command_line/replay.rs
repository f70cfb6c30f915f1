//! `replay`.

use crate::{CLOUD_ORDER, TestResult, file, run};

#[test]
fn a_replay_of_unchanged_input_reports_no_change() -> TestResult {
    let facts = file("replay-facts.json", CLOUD_ORDER)?;
    let explained = run(&["explain", "refund", &facts, "--json"], b"")?.stdout;
    let answer = file("replay-answer.json", &explained)?;
    let ran = run(&["replay", &answer, &facts], b"")?;
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(starts(&ran.stdout), ["same"; 7]);

    let receipt: serde_json::Value = serde_json::from_str(&explained)?;
    let receipt = receipt.get("receipt").ok_or("no receipt")?.to_string();
    let ran = run(&["replay", "-", &facts], receipt.as_bytes())?;
    assert_eq!(ran.status, 0);
    assert_eq!(starts(&ran.stdout), ["same"; 5]);
    Ok(())
}

/// The first word of each line.
fn starts(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn a_replay_reports_each_change_on_a_line() -> TestResult {
    let facts = file("changed-facts.json", CLOUD_ORDER)?;
    let explained = run(&["explain", "refund", &facts, "--json"], b"")?.stdout;
    let answer = file("changed-answer.json", &explained)?;

    let later = file("changed-later.json", CLOUD_ORDER.replace("2021-03-01T", "2021-03-07T"))?;
    let ran = run(&["replay", &answer, &later], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.stdout), ["same", "same", "same", "same", "changed", "changed", "changed"]);
    for line in [
        "changed  now      2021-03-01T12:00:00+08:00 -> 2021-03-07T12:00:00+08:00",
        "changed  verdict  allow -> refer",
        "changed  codes    REFUND_WITHIN_WINDOW -> REFUND_WINDOW_PASSED",
    ] {
        assert!(ran.stdout.lines().any(|other| other == line), "{line} is not in:\n{}", ran.stdout);
    }

    let terms = file("changed-terms.json", r#"{ "version": "next", "refundWindowDays": 8 }"#)?;
    let ran = run(&["replay", &answer, &facts, "--terms", &terms], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.stdout), ["same", "changed", "changed", "same", "same", "same", "same"]);

    let older = file("changed-older.json", explained.replace(env!("CARGO_PKG_VERSION"), "0.0.1"))?;
    let ran = run(&["replay", &older, &facts], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.stdout.lines().next(),
        Some(concat!("changed  engine   0.0.1 -> ", env!("CARGO_PKG_VERSION")))
    );
    Ok(())
}

#[test]
fn a_replay_reports_input_that_it_cannot_use() -> TestResult {
    let facts = file("useless-facts.json", CLOUD_ORDER)?;
    for (arguments, input, sentence) in [
        (
            &["replay", "-", &facts][..],
            r#"{ "engine": "0", "terms": "0", "question": "refunds", "rules": "0", "facts": "0", "now": null }"#,
            "`question` is \"refunds\"",
        ),
        (&["replay", "-", &facts], CLOUD_ORDER, "standard input is not a receipt: missing field `engine`"),
        (&["replay", "-", &facts], r#"{ "receipt": {} }"#, "is not an answer of `explain --json`"),
        (&["replay", "-", &facts], "{ now }", "standard input is not JSON at line 1, column 3"),
    ] {
        let ran = run(arguments, input.as_bytes())?;
        assert_eq!((ran.status, ran.stdout.as_str()), (3, ""), "{arguments:?}");
        assert!(ran.stderr.contains(sentence), "{arguments:?}: {}", ran.stderr);
    }
    Ok(())
}
