//! `rules`.

use preflight::Terms;
use preflight::catalogue::documentation;
use preflight::rules::RULES;

use crate::{TestResult, run};

#[test]
fn every_format_lists_every_rule_in_order() -> TestResult {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();

    let text = run(&["rules"], b"")?;
    assert_eq!((text.status, text.stderr.as_str()), (0, ""));
    let rows = text.stdout.lines().filter(|line| !line.starts_with(' ') && !line.is_empty());
    assert_eq!(rows.filter_map(|line| line.split_whitespace().next()).collect::<Vec<_>>(), codes);

    let markdown = run(&["rules", "--format", "markdown"], b"")?;
    assert_eq!(markdown.status, 0);
    assert_eq!(
        markdown.stdout.lines().filter_map(|line| line.strip_prefix("## ")).collect::<Vec<_>>(),
        codes
    );

    let json = run(&["rules", "--format", "json"], b"")?;
    assert_eq!(json.status, 0);
    assert_eq!(
        json.stdout,
        format!("{}\n", serde_json::to_string_pretty(&documentation(&Terms::default()).collect::<Vec<_>>())?)
    );
    let rules: Vec<serde_json::Value> = serde_json::from_str(&json.stdout)?;
    let listed = rules.iter().map(|rule| rule.get("code").and_then(serde_json::Value::as_str));
    assert_eq!(listed.collect::<Option<Vec<_>>>(), Some(codes));
    Ok(())
}

#[test]
fn a_rule_is_shown_with_all_its_parts() -> TestResult {
    for rule in documentation(&Terms::default()) {
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
                assert!(ran.stdout.contains(part), "{} as {format} lacks {part}:\n{}", rule.code, ran.stdout);
            }
        }
    }
    Ok(())
}
