//! `prove`: check every theorem for every combination of facts, and print the outcomes.

use std::path::PathBuf;

use clap::Args;
use preflight::proof::{self, Outcome};
use serde::Serialize;

use crate::input;
use crate::output::{Status, one_line, print, print_json};

const EXAMPLES: &str = "\
A theorem that fails is shown with the smallest case against it.

Examples:
  preflight prove
  preflight prove --markdown > proof.md
  preflight prove --terms terms.json --json

Exit status: 0 every theorem holds, 1 one fails, 3 input that cannot be used.";

/// Prove what the engine promises, for every combination of facts
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Prove {
    /// Prove it under terms that replace some of those compiled in, as a JSON file
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Write a Markdown table
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// An outcome in JSON.
#[derive(Serialize)]
struct Entry {
    theorem: &'static str,
    claim: &'static str,
    holds: bool,
    cases: u64,
    seconds: f64,
    witness: Option<String>,
}

impl Prove {
    /// Checks the theorems, and prints each outcome once it is known.
    pub fn run(self) -> Result<Status, String> {
        let terms = input::terms(self.terms.as_deref())?;
        let (mut entries, mut printed) = (Vec::new(), self.print_head());
        let all_hold = proof::prove(&terms, &mut |outcome| {
            if self.json {
                entries.push(entry(outcome));
            } else if printed.is_ok() {
                printed = print(&if self.markdown { markdown(outcome) } else { row(outcome) });
            }
        });
        if self.json {
            print_json(&entries)?;
        }
        printed?;
        Ok(if all_hold { Status::Done } else { Status::Refused })
    }

    fn print_head(&self) -> Result<(), String> {
        match (self.json, self.markdown) {
            (true, _) => Ok(()),
            (_, true) => {
                print("| theorem | claim | cases | seconds | |\n| --- | --- | ---: | ---: | --- |\n")
            }
            _ => print(&line("theorem", "cases", "seconds", "", "claim")),
        }
    }
}

fn entry(outcome: &Outcome) -> Entry {
    let Outcome { theorem, claim, cases, time, witness } = outcome;
    let (holds, seconds) = (witness.is_none(), time.as_secs_f64());
    Entry { theorem, claim, holds, cases: *cases, seconds, witness: witness.clone() }
}

fn line(theorem: &str, cases: &str, seconds: &str, result: &str, claim: &str) -> String {
    format!("{theorem:<33} {cases:>14} {seconds:>8}  {result:<5}  {claim}\n")
}

fn row(outcome: &Outcome) -> String {
    let (cases, seconds) = (thousands(outcome.cases), format!("{:.2}", outcome.time.as_secs_f64()));
    let mut row = line(outcome.theorem, &cases, &seconds, result(outcome), outcome.claim);
    if let Some(witness) = &outcome.witness {
        row.push_str(&format!("{:34}{}\n", "", one_line(witness)));
    }
    row
}

fn markdown(outcome: &Outcome) -> String {
    let (cases, seconds) = (thousands(outcome.cases), outcome.time.as_secs_f64());
    let witness =
        outcome.witness.as_deref().map_or(String::new(), |witness| format!(": {}", one_line(witness)));
    let result = format!("{}{witness}", result(outcome)).replace('|', "\\|");
    format!("| {} | {} | {cases} | {seconds:.2} | {result} |\n", outcome.theorem, outcome.claim)
}

fn result(outcome: &Outcome) -> &'static str {
    if outcome.witness.is_none() { "holds" } else { "fails" }
}

/// A number with a comma before every third digit from the end.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn outcome(witness: Option<&str>) -> Outcome {
        Outcome {
            theorem: "monotonic",
            claim: "what is said stays",
            cases: 1_234_567,
            time: Duration::from_millis(1250),
            witness: witness.map(Into::into),
        }
    }

    #[test]
    fn numbers_are_grouped_by_three_digits() {
        for (number, shown) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(thousands(number), shown);
        }
    }

    #[test]
    fn a_theorem_that_fails_shows_its_witness() {
        let fails = outcome(Some("refund with\nedition a|b: it turns"));
        assert_eq!(
            row(&fails),
            "monotonic                              1,234,567     1.25  fails  what is said stays\n                                  refund with edition a|b: it turns\n"
        );
        assert_eq!(
            markdown(&fails),
            "| monotonic | what is said stays | 1,234,567 | 1.25 | fails: refund with edition a\\|b: it turns |\n"
        );
        let json = serde_json::to_value(entry(&fails)).unwrap();
        assert_eq!(json["holds"], false);
        assert_eq!(json["witness"], "refund with\nedition a|b: it turns");
    }

    #[test]
    fn a_theorem_that_holds_is_one_line() {
        let holds = outcome(None);
        assert_eq!(
            row(&holds),
            "monotonic                              1,234,567     1.25  holds  what is said stays\n"
        );
        assert_eq!(markdown(&holds), "| monotonic | what is said stays | 1,234,567 | 1.25 | holds |\n");
        assert_eq!(serde_json::to_value(entry(&holds)).unwrap()["holds"], true);
    }
}
