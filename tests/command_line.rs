//! Claims about the command line, each against the program itself.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use preflight::catalogue::documentation;
use preflight::model::time::Time;
use preflight::rules::RULES;
use preflight::{Facts, Locale, Question, Terms, Value, check, explain};

type Claim = Result<(), Box<dyn Error>>;

/// What the program did.
struct Ran {
    status: i32,
    out: String,
    complaint: String,
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_preflight"));
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Runs the program with what it finds on standard input.
fn run(arguments: &[&str], input: &[u8]) -> Result<Ran, Box<dyn Error>> {
    let mut child = program().args(arguments).spawn()?;
    // A program that refuses its arguments does not read.
    let _ = child.stdin.take().ok_or("no standard input")?.write_all(input);
    let output = child.wait_with_output()?;
    Ok(Ran {
        status: output.status.code().ok_or("it was killed")?,
        out: String::from_utf8(output.stdout)?,
        complaint: String::from_utf8(output.stderr)?,
    })
}

/// A file of that content, as an argument; each test gives its files names of their own.
fn file(name: &str, content: impl AsRef<[u8]>) -> Result<String, Box<dyn Error>> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content)?;
    Ok(path.display().to_string())
}

const WRONG_LEDGER: &str = r#"{
  "edition": "free_lifetime", "product": "voucher_pack", "entry": "in_app", "payment": "wechat",
  "need": { "ledger": "A账套", "year": 2020 }, "selected": { "ledger": "B账套", "year": 2020 },
  "member": { "account": "13800000012", "replacesOld": false },
  "activation": { "account": "13800000012", "notices": [] }
}"#;

const CLOUD_ORDER: &str = r#"{
  "now": "2021-03-01T12:00:00+08:00", "edition": "cloud",
  "order": { "status": "paid", "invoice": "none", "paidAt": "2021-02-27T12:00:00+08:00" }
}"#;

#[test]
fn the_exit_status_tells_the_verdict() -> Claim {
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
        assert_eq!((checked.status, checked.complaint.as_str()), (status, ""), "check: {facts}");
        assert_eq!(checked.out.lines().next(), Some(format!("verdict  {verdict}").as_str()), "{facts}");
        let explained = run(&["explain", question], facts.as_bytes())?;
        assert_eq!((explained.status, explained.complaint.as_str()), (status, ""), "explain: {facts}");
        assert!(
            explained.out.lines().next().unwrap_or_default().ends_with(&format!("（{verdict}）")),
            "{facts}"
        );
    }
    Ok(())
}

#[test]
fn check_says_one_thing_on_a_line() -> Claim {
    let ran = run(&["check", "purchase"], WRONG_LEDGER.as_bytes())?;
    assert_eq!(ran.out, "verdict  block\ncode     WRONG_LEDGER\nmissing  goal\nmissing  opened\n");
    Ok(())
}

#[test]
fn as_json_the_answer_is_the_librarys_own() -> Claim {
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
        assert_eq!(checked.out, format!("{answer}\n"));
        for (name, locale) in [("zh-CN", Locale::ZhCn), ("en", Locale::En)] {
            let arguments = ["explain", question.name(), "--json", "--locale", name];
            let explained = run(&arguments, json.as_bytes())?;
            let answer = serde_json::to_string_pretty(&explain(question, &facts, &terms, locale))?;
            assert_eq!(explained.out, format!("{answer}\n"));
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
fn an_explanation_is_in_one_language_headings_too() -> Claim {
    let facts = WRONG_LEDGER.as_bytes();
    let zh = run(&["explain", "purchase"], facts)?.out;
    assert_eq!(headings(&zh), ["购买", "原因", "还不知道", "办法", "还应该知道", "联系客服", "核对记录"]);
    assert!(
        zh.contains("购买时所在的账套不是需要的账套（需要的账套：A账套；购买时所在的账套：B账套）"),
        "{zh}"
    );
    let en = run(&["explain", "purchase", "--locale", "en"], facts)?.out;
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
fn an_explanation_leaves_nothing_out() -> Claim {
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
            let out = run(&["explain", question.name(), "--locale", name], json.as_bytes())?.out;
            let told = explain(question, &facts, &terms, locale);
            let reasons = told.reasons.iter().flat_map(|reason| {
                let because = reason.because.iter().map(|because| because.text.into());
                let because = because.collect::<Vec<String>>().into_iter();
                let clause = reason.clause.clauses.first().map(|clause| clause.id().into());
                because.chain([reason.code.into(), reason.text.to_string()]).chain(clause)
            });
            let notes = told.notes.iter().flat_map(|note| [note.code.into(), note.text.to_string()]);
            let missing = told.missing.iter().flat_map(|asking| [asking.fact.into(), asking.question.into()]);
            let plans = told.alternatives.iter().chain([&told.plan]);
            let steps = plans.flat_map(|plan| plan.steps.iter().map(|step| step.text.to_string()));
            let ends = [told.contact.text.clone(), told.receipt.terms.into(), told.receipt.engine.into()];
            let ends = ends.into_iter().chain(told.stable_until.map(Time::to_rfc3339));
            let ends = ends.chain([told.receipt.rules.to_hex(), told.receipt.facts.to_hex()]);
            for part in reasons.chain(notes).chain(missing).chain(steps).chain(ends) {
                assert!(out.contains(&part), "{} is not told:\n{out}", part);
            }
        }
    }
    Ok(())
}

#[test]
fn persons_are_masked_and_a_terminal_is_told_nothing_but_text() -> Claim {
    let facts = r#"{
      "edition": "free_lifetime", "product": "ledger",
      "need": { "ledger": "A" }, "selected": { "ledger": "\u001b[31mB\nC" },
      "member": { "account": "13800000012" }, "activation": { "account": "13900000034" }
    }"#;
    let out = run(&["explain", "purchase"], facts.as_bytes())?.out;
    assert!(out.contains("138****0012") && out.contains("139****0034"), "{out}");
    assert!(!out.contains("13800000012") && !out.contains("13900000034"), "{out}");
    assert!(out.contains(" [31mB C"), "{out}");
    assert!(out.lines().all(|line| !line.contains(char::is_control)), "{out}");
    Ok(())
}

#[test]
fn facts_come_from_a_file_or_from_standard_input() -> Claim {
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
        assert_eq!((ran.status, ran.out), (1, piped.out.clone()), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn what_is_not_json_is_told_by_line_and_column() -> Claim {
    let path = file("broken.json", "{\n  \"edition\": \"cloud\"\n  \"action\": \"sign_in\"\n}\n")?;
    for command in ["check", "explain"] {
        let ran = run(&[command, "entitlement", &path], b"")?;
        assert_eq!((ran.status, ran.out.as_str()), (3, ""));
        assert_eq!(
            ran.complaint,
            format!(
                "preflight: `{path}` is not JSON at line 3, column 3: expected `,` or `}}`; correct it there.\n"
            )
        );
    }
    let deep = "[".repeat(100_000);
    let ran = run(&["check", "page"], deep.as_bytes())?;
    assert_eq!(ran.status, 3);
    assert!(ran.complaint.contains("line 1, column 128: recursion limit exceeded"), "{}", ran.complaint);
    Ok(())
}

#[test]
fn facts_that_cannot_be_read_are_told_in_the_engines_sentence() -> Claim {
    let ran = run(&["check", "purchase"], br#"{ "need": { "legder": "A" } }"#)?;
    assert_eq!((ran.status, ran.out.as_str()), (3, ""));
    assert_eq!(
        ran.complaint,
        "preflight: standard input: `need.legder` is not a field the engine knows; expected one of `ledger`, `year`; did you mean `need.ledger`?\n"
    );
    let ran = run(&["explain", "purchase"], br#"["need"]"#)?;
    assert_eq!(ran.status, 3);
    assert!(
        ran.complaint.contains("`facts` is a list, but an object of facts was expected"),
        "{}",
        ran.complaint
    );
    Ok(())
}

#[test]
fn input_that_cannot_be_used_is_exit_status_3_and_a_sentence() -> Claim {
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
        assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{arguments:?}");
        assert!(ran.complaint.contains(sentence), "{arguments:?}: {}", ran.complaint);
    }
    Ok(())
}

#[test]
fn terms_of_a_file_replace_those_compiled_in() -> Claim {
    let shorter = file("shorter.json", r#"{ "version": "test", "refundWindowDays": 1 }"#)?;
    assert_eq!(run(&["check", "refund"], CLOUD_ORDER.as_bytes())?.status, 0);
    let ran = run(&["check", "refund", "--terms", &shorter], CLOUD_ORDER.as_bytes())?;
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (
            1,
            "verdict  refer\ncode     REFUND_WINDOW_PASSED\nmissing  cloud.used\nmissing  cloud.bought\nmissing  order.reason\n"
        )
    );
    let ran = run(&["explain", "refund", "--terms", &shorter], CLOUD_ORDER.as_bytes())?;
    assert!(ran.out.contains("条款 test"), "{}", ran.out);
    let bad = file("bad-terms.json", r#"{ "refundWindowDays": 366 }"#)?;
    let ran = run(&["check", "refund", "--terms", &bad], CLOUD_ORDER.as_bytes())?;
    assert_eq!(ran.status, 3);
    assert!(
        ran.complaint.contains(
            "bad-terms.json`: `terms.refundWindowDays` is 366, but a whole number from 0 to 365 was expected"
        ),
        "{}",
        ran.complaint
    );
    Ok(())
}

#[test]
fn a_replay_of_the_same_is_the_same() -> Claim {
    let facts = file("replay-facts.json", CLOUD_ORDER)?;
    let told = run(&["explain", "refund", &facts, "--json"], b"")?.out;
    let answer = file("replay-answer.json", &told)?;
    let ran = run(&["replay", &answer, &facts], b"")?;
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
    let ran = run(&["replay", &answer, &later], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.out), ["same", "same", "same", "same", "changed", "changed", "changed"]);
    for line in [
        "changed  now      2021-03-01T12:00:00+08:00 -> 2021-03-07T12:00:00+08:00",
        "changed  verdict  allow -> refer",
        "changed  codes    REFUND_WITHIN_WINDOW -> REFUND_WINDOW_PASSED",
    ] {
        assert!(ran.out.lines().any(|other| other == line), "{line} is not in:\n{}", ran.out);
    }

    let terms = file("changed-terms.json", r#"{ "version": "next", "refundWindowDays": 8 }"#)?;
    let ran = run(&["replay", &answer, &facts, "--terms", &terms], b"")?;
    assert_eq!(ran.status, 1);
    assert_eq!(starts(&ran.out), ["same", "changed", "changed", "same", "same", "same", "same"]);

    let older = file("changed-older.json", told.replace(env!("CARGO_PKG_VERSION"), "0.0.1"))?;
    let ran = run(&["replay", &older, &facts], b"")?;
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
    for (arguments, input, sentence) in [
        (
            &["replay", "-", &facts][..],
            r#"{ "engine": "0", "terms": "0", "question": "refunds", "rules": "0", "facts": "0", "now": null }"#,
            "`question` is \"refunds\"",
        ),
        (&["replay", "-", &facts], CLOUD_ORDER, "standard input is not a receipt: missing field `engine`"),
        (
            &["replay", "-", &facts],
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

#[test]
fn every_format_lists_every_rule_in_order() -> Claim {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();

    let text = run(&["rules"], b"")?;
    assert_eq!((text.status, text.complaint.as_str()), (0, ""));
    let rows = text.out.lines().filter(|line| !line.starts_with(' ') && !line.is_empty());
    assert_eq!(rows.filter_map(|line| line.split_whitespace().next()).collect::<Vec<_>>(), codes);

    let markdown = run(&["rules", "--format", "markdown"], b"")?;
    assert_eq!(markdown.status, 0);
    assert_eq!(markdown.out.lines().filter_map(|line| line.strip_prefix("## ")).collect::<Vec<_>>(), codes);

    let json = run(&["rules", "--format", "json"], b"")?;
    assert_eq!(json.status, 0);
    assert_eq!(
        json.out,
        format!("{}\n", serde_json::to_string_pretty(&documentation().collect::<Vec<_>>())?)
    );
    let rules: Vec<serde_json::Value> = serde_json::from_str(&json.out)?;
    let listed = rules.iter().map(|rule| rule.get("code").and_then(serde_json::Value::as_str));
    assert_eq!(listed.collect::<Option<Vec<_>>>(), Some(codes));
    Ok(())
}

#[test]
fn a_rule_is_shown_with_all_its_parts() -> Claim {
    for rule in documentation() {
        for format in ["text", "markdown"] {
            let ran = run(&["rules", &rule.code.to_lowercase(), "--format", format], b"")?;
            assert_eq!(ran.status, 0, "{}", rule.code);
            let conditions = rule.conditions.iter();
            let conditions = conditions.flat_map(|part| part.any_of.iter().flatten().chain([part]));
            let conditions = conditions.flat_map(|part| [part.name, part.words.zh, part.words.en]);
            let clauses = rule.clauses.iter().flat_map(|clause| [clause.id, clause.gist.zh, clause.gist.en]);
            let steps = rule.steps.iter().flat_map(|step| [step.name, step.words.zh, step.words.en]);
            let questions = rule.questions.iter().map(|question| question.name());
            let parts = questions.chain(conditions).chain(clauses).chain(steps);
            for part in parts.chain([rule.code, rule.words.zh, rule.words.en]).chain(rule.doc.lines()) {
                assert!(ran.out.contains(part), "{} as {format} lacks {part}:\n{}", rule.code, ran.out);
            }
        }
    }
    Ok(())
}

#[test]
fn every_theorem_is_shown_and_holds() -> Claim {
    let ran = run(&["prove", "--json"], b"")?;
    assert_eq!((ran.status, ran.complaint.as_str()), (0, ""), "{}", ran.out);
    let theorems: Vec<serde_json::Value> = serde_json::from_str(&ran.out)?;
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
fn a_theorem_that_fails_is_exit_status_1_with_its_witness() -> Claim {
    // Where both quotas are the same, none is in doubt.
    let terms = file("no-doubt.json", r#"{ "voucherQuota": { "assured": 100, "claimed": 100 } }"#)?;
    let ran = run(&["prove", "--terms", &terms], b"")?;
    assert_eq!((ran.status, ran.complaint.as_str()), (1, ""), "{}", ran.out);
    let mut after = ran.out.lines().skip_while(|line| !line.starts_with("no dead rule "));
    assert!(after.next().unwrap_or_default().contains("  fails  "), "{}", ran.out);
    let witness = after.next().unwrap_or_default();
    assert!(witness.starts_with("  ") && witness.contains("VOUCHER_QUOTA_UNCERTAIN never"), "{}", ran.out);
    Ok(())
}

#[test]
fn terms_that_change_answers_are_told_with_cases_that_change() -> Claim {
    let new = file("diff-days.json", r#"{ "version": "next", "refundWindowDays": 10 }"#)?;
    let old = file("diff-none.json", "{}")?;
    let ran = run(&["diff", &old, &new], b"")?;
    assert_eq!((ran.status, ran.complaint.as_str()), (0, ""));
    for line in ["refundWindowDays: 7 -> 10", r#"version: "2021-12" -> "next""#] {
        assert!(ran.out.lines().any(|other| other == line), "{line} is not in:\n{}", ran.out);
    }
    assert!(
        ran.out.contains("refund: refer [REFUND_WINDOW_PASSED] -> allow [REFUND_WITHIN_WINDOW]\n  where    "),
        "{}",
        ran.out
    );
    let examples: Vec<_> = ran.out.lines().filter_map(|line| line.strip_prefix("  example  ")).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let check = |terms| run(&["check", "refund", "--terms", terms], example.as_bytes());
        assert_ne!(check(&old)?.out, check(&new)?.out, "{example}");
    }
    Ok(())
}

#[test]
fn terms_that_change_only_words_are_named_and_said_to_change_no_answer() -> Claim {
    let words = file(
        "diff-words.json",
        r#"{ "contacts": { "cloud": { "phone": "021-1" } }, "calendar": { "2027": { "off": [], "work": [] } } }"#,
    )?;
    let ran = run(&["diff", "-", &words], b"{}")?;
    assert_eq!((ran.status, ran.complaint.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "calendar.2027: none -> {\"off\":[],\"work\":[]}\n\
         contacts.cloud.phone: \"021-58350168\" -> \"021-1\"\n\
         contacts.cloud.qqGroupName: \"社区客服235\" -> none\n\n\
         No verdict and no code changes: these terms change only words and receipts.\n"
    );
    assert_eq!(run(&["diff", &words, &words], b"")?.out, "The terms are the same.\n");
    let ran = run(&["diff", "-", &words], br#"{ "refundWindowDay": 7 }"#)?;
    assert_eq!((ran.status, ran.out.as_str()), (3, ""));
    assert!(ran.complaint.contains("did you mean `terms.refundWindowDays`?"), "{}", ran.complaint);
    Ok(())
}

#[test]
fn help_shows_examples_and_exit_status() -> Claim {
    let all = run(&["--help"], b"")?;
    for command in ["check", "explain", "rules", "prove", "diff", "replay"] {
        assert!(all.out.contains(&format!("\n  {command} ")), "{command} is not listed:\n{}", all.out);
        let one = run(&[command, "--help"], b"")?;
        assert_eq!((one.status, one.complaint.as_str()), (0, ""), "{command}");
        assert!(one.out.contains("Exit status: 0 "), "{command}: {}", one.out);
        assert!(
            one.out.contains(&format!("Examples:\n  preflight {command}"))
                || one.out.contains(&format!("\n  preflight {command} ")),
            "{command}"
        );
    }
    assert_eq!(all.status, 0);
    for line in ["  0  ", "  1  ", "  2  ", "  3  "] {
        assert!(all.out.contains(&format!("\n{line}")), "{}", all.out);
    }
    assert_eq!(run(&["--version"], b"")?.out, concat!("preflight ", env!("CARGO_PKG_VERSION"), "\n"));
    Ok(())
}

#[test]
fn a_reader_who_leaves_is_no_error_and_the_status_is_still_told() -> Claim {
    let mut child = program().args(["explain", "purchase"]).spawn()?;
    drop(child.stdout.take());
    // Only now can it begin to write.
    child.stdin.take().ok_or("no standard input")?.write_all(WRONG_LEDGER.as_bytes())?;
    let output = child.wait_with_output()?;
    assert_eq!((output.status.code(), String::from_utf8(output.stderr)?.as_str()), (Some(1), ""));
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_not_passed_over() -> Claim {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let output = program().arg("rules").stdout(full).output()?;
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr)?.starts_with("preflight: the output cannot be written: "));
    Ok(())
}
