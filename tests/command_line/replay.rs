//! `replay`: what an earlier answer rests on is compared, one thing on a line.

use super::*;

#[test]
fn a_replay_of_the_same_is_the_same() -> Claim {
    let facts = file("replay-facts.json", CLOUD_ORDER)?;
    let told = run(&["explain", "refund", &facts, "--json"], b"")?.out;
    let answer = file("replay-answer.json", &told)?;
    let ran = run(&["replay", &answer, &facts, "--question", "refund"], b"")?;
    assert_eq!((ran.status, ran.complaint.as_str()), (0, ""));
    assert_eq!(starts(&ran.out), ["same"; 7]);

    let receipt: serde_json::Value = serde_json::from_str(&told)?;
    let receipt = receipt.get("receipt").ok_or("no receipt")?.to_string();
    let ran = run(&["replay", "-", &facts], receipt.as_bytes())?;
    assert_eq!(ran.status, 0);
    assert_eq!(starts(&ran.out), ["same"; 5]);
    Ok(())
}

/// The first word of each line.
fn starts(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

#[test]
fn a_replay_tells_line_by_line_what_changed() -> Claim {
    let facts = file("changed-facts.json", CLOUD_ORDER)?;
    let told = run(&["explain", "refund", &facts, "--json"], b"")?.out;
    let answer = file("changed-answer.json", &told)?;

    let later = file("changed-later.json", CLOUD_ORDER.replace("2021-03-01T", "2021-03-07T"))?;
    let ran = run(&["replay", &answer, &later, "--question", "refund"], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.out), ["same", "same", "same", "changed", "changed", "changed", "changed"]);
    for line in [
        "changed  now      2021-03-01T12:00:00+08:00 -> 2021-03-07T12:00:00+08:00",
        "changed  verdict  allow -> refer",
        "changed  codes    REFUND_WITHIN_WINDOW -> REFUND_WINDOW_PASSED",
    ] {
        assert!(ran.out.lines().any(|other| other == line), "{line} is not in:\n{}", ran.out);
    }

    let terms = file("changed-terms.json", r#"{ "version": "next", "refundWindowDays": 8 }"#)?;
    let ran = run(&["replay", &answer, &facts, "--question", "refund", "--terms", &terms], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.out), ["same", "changed", "changed", "same", "same", "same", "same"]);

    let older = file("changed-older.json", told.replace(env!("CARGO_PKG_VERSION"), "0.0.1"))?;
    let ran = run(&["replay", &older, &facts, "--question", "refund"], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out.lines().next(),
        Some(concat!("changed  engine   0.0.1 -> ", env!("CARGO_PKG_VERSION")))
    );
    Ok(())
}

#[test]
fn a_replay_says_what_it_cannot_use() -> Claim {
    let facts = file("useless-facts.json", CLOUD_ORDER)?;
    let told = run(&["explain", "refund", &facts, "--json"], b"")?.out;
    let receipt = r#"{ "engine": "0", "terms": "0", "rules": "0", "facts": "0", "now": null }"#;
    for (arguments, input, sentence) in [
        (&["replay", "-", &facts][..], told.as_str(), "does not say what was asked; add --question."),
        (&["replay", "-", &facts, "--question", "refund"], receipt, "leave out --question"),
        (&["replay", "-", &facts], CLOUD_ORDER, "standard input is not a receipt: missing field `engine`"),
        (
            &["replay", "-", &facts, "--question", "refund"],
            r#"{ "receipt": {} }"#,
            "is not an answer of `explain --json`",
        ),
        (&["replay", "-", &facts], "{ now }", "standard input is not JSON at line 1, column 3"),
    ] {
        let ran = run(arguments, input.as_bytes())?;
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{arguments:?}");
        assert!(ran.complaint.contains(sentence), "{arguments:?}: {}", ran.complaint);
    }
    Ok(())
}
