//! `check` and `explain`: answer a question from facts.

use std::path::PathBuf;

use clap::Args;
use preflight::{Answer, Locale, Question, Value};

use crate::output::{Status, print, print_json};
use crate::{explanation, input};

const CHECK_EXAMPLES: &str = "\
The answer, one thing on a line:

  verdict  block
  code     WRONG_LEDGER
  missing  edition

Examples:
  preflight check purchase facts.json
  preflight check refund --json < facts.json
  preflight check entitlement facts.json --terms terms.json

Exit status: 0 allow or warn, 1 refer or block, 2 unknown, 3 input that cannot be used.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  preflight explain purchase facts.json
  preflight explain refund facts.json --locale en
  preflight explain page --json < facts.json > answer.json

Exit status: 0 allow or warn, 1 refer or block, 2 unknown, 3 input that cannot be used.";

/// What is asked, and from which facts
#[derive(Args)]
struct QuestionArguments {
    /// What is asked
    #[arg(value_parser = input::question())]
    question: Question,
    /// The facts, as a JSON file; `-` for standard input
    #[arg(default_value = "-")]
    facts: PathBuf,
    /// Terms that replace some of those compiled in, as a JSON file
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// Answer a question: the verdict, the codes, what is missing
#[derive(Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    #[command(flatten)]
    arguments: QuestionArguments,
}

impl Check {
    /// Prints the answer; the exit status is that of the verdict.
    pub fn run(self) -> Result<Status, String> {
        let QuestionArguments { question, facts: path, terms, json } = self.arguments;
        let terms = input::terms(terms.as_deref())?;
        let value: Value = input::json(&path)?;
        let answer = preflight::check(question, &input::facts(&path, &value)?, &terms);
        if json { print_json(&answer) } else { print(&lines(&answer)) }?;
        Ok(answer.verdict.into())
    }
}

fn lines(answer: &Answer) -> String {
    let mut text = format!("verdict  {}\n", answer.verdict.name());
    for rule in answer.fired.rules() {
        text.push_str(&format!("code     {}\n", rule.code));
    }
    for fact in answer.missing.iter() {
        text.push_str(&format!("missing  {}\n", fact.info().path));
    }
    text
}

/// Answer a question in words: why, what is missing, what to do, whom to ask
#[derive(Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    #[command(flatten)]
    arguments: QuestionArguments,
    /// The language of the answer
    #[arg(long, default_value = "zh-CN", value_parser = input::locale())]
    locale: Locale,
}

impl Explain {
    /// Prints the explanation; the exit status is that of the verdict.
    pub fn run(self) -> Result<Status, String> {
        let QuestionArguments { question, facts: path, terms, json } = self.arguments;
        let terms = input::terms(terms.as_deref())?;
        let value: Value = input::json(&path)?;
        let facts = input::facts(&path, &value)?;
        let explanation = preflight::explain(question, &facts, &terms, self.locale);
        if json {
            print_json(&explanation)?;
        } else {
            print(&explanation::lines(question, &facts, &explanation, self.locale))?;
        }
        Ok(explanation.verdict.into())
    }
}
