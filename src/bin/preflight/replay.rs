//! `replay`: answer an earlier question again, and compare the answer and its receipt with the earlier ones.

use std::path::{Path, PathBuf};

use clap::Args;
use preflight::explain::receipt::Receipt;
use preflight::model::time::Time;
use preflight::{Question, Value};
use serde::Deserialize;

use crate::input;
use crate::output::{Status, one_line, print};

const EXAMPLES: &str = "\
Examples:
  preflight explain refund facts.json --json > answer.json
  preflight replay answer.json facts.json
  preflight replay receipt.json facts.json --terms terms.json

Exit status: 0 everything is the same, 1 something differs, 3 input that cannot be used.";

/// Repeat an earlier answer: whether the engine, the terms, the rules, the facts and the answer are the same
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Replay {
    /// A receipt, or a whole answer as `explain --json` writes it, as a JSON file
    receipt: PathBuf,
    /// The facts it is said to rest on, as a JSON file; `-` for standard input
    facts: PathBuf,
    /// The terms it is said to rest on, where they are not those compiled in, as a JSON file
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
}

/// An answer as `explain --json` writes it, as far as it is compared.
#[derive(Deserialize)]
struct WholeAnswer {
    #[serde(flatten)]
    answer: EarlierAnswer,
    receipt: EarlierReceipt,
}

/// The verdict and the codes of an earlier answer.
#[derive(Deserialize)]
struct EarlierAnswer {
    verdict: String,
    codes: Vec<String>,
}

/// An earlier receipt.
#[derive(Deserialize)]
struct EarlierReceipt {
    engine: String,
    terms: String,
    question: String,
    rules: String,
    facts: String,
    now: Option<String>,
}

impl Replay {
    /// Answers again and prints the comparison.
    pub fn run(self) -> Result<Status, String> {
        let (earlier, earlier_answer) = self.earlier()?;
        let terms = input::terms(self.terms.as_deref())?;
        let value: Value = input::json(&self.facts)?;
        let facts = input::facts(&self.facts, &value)?;

        let question = Question::read(&Value::Text(earlier.question.clone()))
            .map_err(|error| one_line(&format!("{}: {}", input::name(&self.receipt), error.message())))?;

        let mut comparison = Comparison::default();
        let receipt = Receipt::of(question, &facts, &terms);
        let Receipt { engine, terms: version, rules, facts: digest, now, .. } = receipt;
        comparison.add("engine", &earlier.engine, engine);
        comparison.add("terms", &earlier.terms, version);
        comparison.add("rules", &earlier.rules, &rules.to_hex());
        comparison.add("facts", &earlier.facts, &digest.to_hex());
        let now = now.map(Time::to_rfc3339);
        comparison.add("now", earlier.now.as_deref().unwrap_or("none"), now.as_deref().unwrap_or("none"));
        if let Some(EarlierAnswer { verdict, codes }) = earlier_answer {
            let answer = preflight::check(question, &facts, &terms);
            let now: Vec<_> = answer.fired.rules().map(|rule| rule.code).collect();
            comparison.add("verdict", &verdict, answer.verdict.name());
            comparison.add("codes", &listed(&codes.join(", ")), &listed(&now.join(", ")));
        }
        print(&comparison.lines)?;
        Ok(if comparison.differs { Status::Refused } else { Status::Done })
    }

    /// The earlier receipt, and the answer where the file has one.
    fn earlier(&self) -> Result<(EarlierReceipt, Option<EarlierAnswer>), String> {
        let json: serde_json::Value = input::json(&self.receipt)?;
        if json.get("receipt").is_none() {
            return Ok((read(&self.receipt, json, "a receipt")?, None));
        }
        let WholeAnswer { answer, receipt } = read(&self.receipt, json, "an answer of `explain --json`")?;
        Ok((receipt, Some(answer)))
    }
}

fn read<T: serde::de::DeserializeOwned>(
    path: &Path,
    json: serde_json::Value,
    what: &str,
) -> Result<T, String> {
    serde_json::from_value(json)
        .map_err(|error| one_line(&format!("{} is not {what}: {error}.", input::name(path))))
}

fn listed(codes: &str) -> String {
    if codes.is_empty() { "none".into() } else { codes.into() }
}

/// The comparison, one item on a line.
#[derive(Default)]
struct Comparison {
    lines: String,
    differs: bool,
}

impl Comparison {
    fn add(&mut self, what: &str, then: &str, now: &str) {
        let line = if then == now {
            format!("same     {what:<8} {now}")
        } else {
            self.differs = true;
            format!("changed  {what:<8} {then} -> {now}")
        };
        self.lines.push_str(&one_line(&line));
        self.lines.push('\n');
    }
}
