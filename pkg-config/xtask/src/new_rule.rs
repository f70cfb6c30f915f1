//! `new-rule`: the files of a new rule with gaps to fill in, and its line in the list.

use std::fs;
use std::path::Path;

use preflight::Question;
use preflight::model::question::Severity;
use preflight::rules::RULES;
use preflight::rules::clauses::{Clause, Stated};
use preflight::rules::conditions::Condition;
use preflight::rules::steps::Step;

use crate::host::{Done, about};

/// The list of the rules.
const LIST: &str = "src/rules/mod.rs";

/// Writes the rule file and the scenario file of a rule, adds it to the list, and prints what to fill in.
pub fn run(options: &[&str]) -> Done {
    let [question, code] = options else {
        return Err(
            "new-rule takes a question and a code, as in: cargo xtask new-rule purchase PRICE_CHANGED".into(),
        );
    };
    let Some(question) = Question::ALL.iter().copied().find(|known| known.name() == *question) else {
        return Err(format!("`{question}` is not a question; there are {}.", Question::NAMES.join(", ")));
    };
    if !is_code(code) {
        return Err(format!("`{code}` is not a code; a code is words in capitals, as in PRICE_CHANGED."));
    }
    if RULES.iter().any(|rule| rule.code == *code) {
        return Err(format!("there is a rule {code} already."));
    }
    let name = code.to_lowercase();
    let rule = format!("src/rules/{}/{name}.rs", question.name());
    let scenarios = format!("tests/scenarios/{}/{name}.json", question.name());
    let list = fs::read_to_string(LIST).map_err(about(LIST))?;
    let list = with_line(&list, question.name(), &name)
        .ok_or_else(|| format!("{LIST} has no list `{}: [` that ends in a line `]`.", question.name()))?;
    for (path, text) in [(&rule, rule_file(question, code)), (&scenarios, scenario_file(code))] {
        if Path::new(path).exists() {
            return Err(format!("{path} is there already; remove it, or fill it in."));
        }
        fs::write(path, text).map_err(about(path))?;
    }
    fs::write(LIST, list).map_err(about(LIST))?;
    println!("{}", instructions(question, &rule, &scenarios));
    Ok(())
}

/// Words of capitals and digits, joined by `_`.
fn is_code(code: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    };
    code.starts_with(|first: char| first.is_ascii_uppercase()) && code.split('_').all(is_word)
}

/// The list of rules with the name at the end of the question's own list.
fn with_line(list: &str, question: &str, name: &str) -> Option<String> {
    let (before, within) = list.split_once(&format!("\n    {question}: [\n"))?;
    let (names, after) = within.split_once("    ]\n")?;
    Some(format!("{before}\n    {question}: [\n{names}        {name},\n    ]\n{after}"))
}

fn rule_file(question: Question, code: &str) -> String {
    format!(
        "use crate::rules::rule::rule;

rule! {{
    /// 填写。
    ///
    /// FILL IN.
    {code}: FillIn,
    asked: [{question:?}],
    when: [FillIn],
    clause: [FillIn] FillIn,
    zh: \"填写。\",
    en: \"FILL IN.\",
    steps: [FillIn],
}}
"
    )
}

fn scenario_file(code: &str) -> String {
    format!(
        r#"[
  {{
    "title": "",
    "clause": "",
    "facts": {{}},
    "expect": {{ "verdict": "", "codes": ["{code}"] }}
  }},
  {{
    "title": "",
    "clause": "",
    "facts": {{}},
    "expect": {{ "verdict": "", "codes": [] }}
  }}
]
"#
    )
}

fn instructions(question: Question, rule: &str, scenarios: &str) -> String {
    let conditions: Vec<_> = Condition::ALL.iter().map(|condition| condition.info().name).collect();
    let variants = |names: &[&str]| names.iter().map(|name| capitalized(name)).collect::<Vec<_>>().join(", ");
    let clauses: Vec<_> = Clause::ALL.iter().map(|clause| clause.id().replace('-', "")).collect();
    let steps: Vec<_> = Step::ALL.iter().map(|step| step.doc().0).collect();
    let bench = if matches!(question, Question::Purchase | Question::Refund) {
        " The benchmark asks this question too: a line in tests/bench/rules.mjs, and\n   the rule by hand in tests/bench/adapters/handwritten.mjs."
    } else {
        ""
    };
    format!(
        "Written, and added at the end of the question's list in {LIST}, whose order is the one in which codes of the same
severity are given. Fill in, in this order; the rules beside it are examples.

1. {scenarios}
   By hand from the clause: at least one scenario in which the rule decides, and for each of its conditions one in which
   only that condition keeps it from firing. Empty texts are refused until they are filled in. The fields are described
   in pkg-config/GUIDE.md (QA: scenarios); facts and their values are in src/model/facts.rs.

2. {rule}; `cargo check` names each FillIn that is left
   /// what it is about, in Chinese; an empty line; the same in English, and why
   CODE: {severities}
   asked: other questions that ask it too; `Purchase if ProductIsAddOn` adds a condition for that question
   when: all that must hold, each as a name or as `not Name`:
{conditions}
      A condition that does not exist yet is one entry in src/rules/conditions.rs, a fact one in src/model/facts.rs.
   clause: [the most important first; empty where it is common sense] and how far the text supports it:
{clauses}
      {stated}
   zh, en: what is wrong, why, and what to do, in at most three sentences; a refusal in Chinese says 请. Facts that are
      sure to be known and numbers of the terms are written as {{need.ledger}} or {{terms.refundWindowDays}}.
   steps: what lifts the refusal, each alone; [] for Warn and Allow:
{steps}

3. tests/node/oracle.mjs, in the same place: one line in the independent reading of the contract, which random facts
   compare the engine with.{bench}

Then: cargo xtask build && node tests/node/run.mjs, which shows what the scenarios do not cover, and earlier scenarios
that the rule changes.",
        severities = variants(Severity::NAMES),
        conditions = wrapped(&conditions),
        clauses = wrapped(&clauses),
        stated = variants(Stated::NAMES),
        steps = wrapped(&steps),
    )
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// The names in indented lines of at most 118 characters.
fn wrapped<T: AsRef<str>>(names: &[T]) -> String {
    let mut lines = vec![String::from("      ")];
    for (position, name) in names.iter().enumerate() {
        let name = format!("{}{}", name.as_ref(), if position + 1 < names.len() { ", " } else { "" });
        match lines.last_mut() {
            Some(line) if line.len() + name.trim_end().len() <= 118 => line.push_str(&name),
            _ => lines.push(format!("      {name}")),
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_words_in_capitals() {
        assert!(["PRICE_CHANGED", "A", "IP_4"].iter().all(|code| is_code(code)));
        assert!(
            ["", "price_changed", "PRICE-CHANGED", "_PRICE", "PRICE__CHANGED", "4_IP", "../X"]
                .iter()
                .all(|code| !is_code(code))
        );
    }

    #[test]
    fn the_line_is_added_at_the_end_of_the_questions_list() {
        let list = "rules! {\n    purchase: [\n        one,\n    ]\n    refund: [\n        two,\n    ]\n}\n";
        let added = "rules! {\n    purchase: [\n        one,\n        new,\n    ]\n    refund: [\n        two,\n    ]\n}\n";
        assert_eq!(with_line(list, "purchase", "new").as_deref(), Some(added));
        assert_eq!(with_line(list, "page", "new"), None);
    }

    #[test]
    fn the_list_of_the_rules_can_be_added_to() {
        let list =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(LIST)).unwrap();
        for question in Question::ALL {
            let added = with_line(&list, question.name(), "new").unwrap();
            assert_eq!(added.len(), list.len() + "        new,\n".len());
        }
    }

    #[test]
    fn the_scenario_file_is_json() {
        let value: serde_json::Value = serde_json::from_str(&scenario_file("A_CODE")).unwrap();
        assert_eq!(value[0]["expect"]["codes"][0], "A_CODE");
    }
}
