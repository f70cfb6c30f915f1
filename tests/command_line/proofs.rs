//! `prove` and `diff`.

use crate::{TestResult, file, run};

#[test]
fn every_theorem_is_listed_and_holds() -> TestResult {
    let ran = run(&["prove", "--json"], b"")?;
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let theorems: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout)?;
    assert!(!theorems.is_empty());
    for theorem in theorems {
        assert_eq!(
            (&theorem["holds"], &theorem["witness"]),
            (&true.into(), &serde_json::Value::Null),
            "{theorem}"
        );
        assert!(theorem["cases"].as_u64() > Some(0) && theorem["seconds"].is_f64(), "{theorem}");
        assert!(theorem["theorem"].is_string() && theorem["claim"].is_string(), "{theorem}");
    }
    Ok(())
}

#[test]
fn a_theorem_that_fails_gives_exit_status_1_and_a_counterexample() -> TestResult {
    // Where both quotas are the same, none is in doubt.
    let terms = file(
        "no-doubt.json",
        r#"{ "version": "no doubt", "voucherQuota": { "assured": 100, "claimed": 100 } }"#,
    )?;
    let ran = run(&["prove", "--terms", &terms], b"")?;
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
    let mut after = ran.stdout.lines().skip_while(|line| !line.starts_with("no dead rule "));
    assert!(after.next().unwrap_or_default().contains("  fails  "), "{}", ran.stdout);
    let witness = after.next().unwrap_or_default();
    assert!(witness.starts_with("  ") && witness.contains("VOUCHER_QUOTA_UNCERTAIN never"), "{}", ran.stdout);
    Ok(())
}

#[test]
fn a_change_of_answers_is_listed_with_an_example_that_changes() -> TestResult {
    let new = file("diff-days.json", r#"{ "version": "next", "refundWindowDays": 10 }"#)?;
    let old = file("diff-none.json", "{}")?;
    let ran = run(&["diff", &old, &new], b"")?;
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for line in ["refundWindowDays: 7 -> 10", r#"version: "2021-12" -> "next""#] {
        assert!(ran.stdout.lines().any(|other| other == line), "{line} is not in:\n{}", ran.stdout);
    }
    assert!(
        ran.stdout
            .contains("refund: refer [REFUND_WINDOW_PASSED] -> allow [REFUND_WITHIN_WINDOW]\n  where    "),
        "{}",
        ran.stdout
    );
    let examples: Vec<_> = ran.stdout.lines().filter_map(|line| line.strip_prefix("  example  ")).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let check = |terms| run(&["check", "refund", "--terms", terms], example.as_bytes());
        assert_ne!(check(&old)?.stdout, check(&new)?.stdout, "{example}");
    }
    Ok(())
}

#[test]
fn terms_that_change_only_texts_are_listed_and_change_no_answer() -> TestResult {
    let words = file(
        "diff-words.json",
        r#"{ "contacts": { "cloud": { "phone": "021-1" } }, "calendar": { "2027": { "off": [], "work": [] } } }"#,
    )?;
    let ran = run(&["diff", "-", &words], b"{}")?;
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "calendar.2027: none -> {\"off\":[],\"work\":[]}\n\
         contacts.cloud.phone: \"021-58350168\" -> \"021-1\"\n\
         contacts.cloud.qqGroupName: \"社区客服235\" -> none\n\n\
         No verdict and no code changes: these terms change only words and receipts.\n"
    );
    assert_eq!(run(&["diff", &words, &words], b"")?.stdout, "The terms are the same.\n");
    let ran = run(&["diff", "-", &words], br#"{ "refundWindowDay": 7 }"#)?;
    assert_eq!((ran.status, ran.stdout.as_str()), (3, ""));
    assert!(ran.stderr.contains("did you mean `terms.refundWindowDays`?"), "{}", ran.stderr);
    Ok(())
}
