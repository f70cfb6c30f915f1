//! `diff`: compare two sets of terms, and list the answers that change, before the new terms are used.

use std::path::PathBuf;

use clap::Args;

use preflight::proof::{self, Region};
use preflight::{Terms, Verdict};
use serde_json::Value;

use crate::input;
use crate::output::{Status, one_line, print};

const EXAMPLES: &str = "\
A set of terms is a JSON file with those that replace the ones compiled in; {} changes none.

Examples:
  echo '{}' | preflight diff - next-year.json
  preflight diff this-year.json next-year.json

Exit status: 0 compared, whether or not anything changes; 3 input that cannot be used.";

/// Compare two sets of terms: the cases whose verdict or codes change, each with an example
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Diff {
    /// The terms before, as a JSON file; `-` for standard input
    old: PathBuf,
    /// The terms after, as a JSON file; `-` for standard input
    new: PathBuf,
}

impl Diff {
    /// Compares the terms and prints the differences.
    pub fn run(self) -> Result<Status, String> {
        let (old, new) = (input::terms(Some(&self.old))?, input::terms(Some(&self.new))?);
        let changed = differences(&old, &new)?;
        let regions = proof::diff(&old, &new);

        let mut text: String = changed.iter().map(|line| format!("{}\n", one_line(line))).collect();
        for region in &regions {
            text.push_str(&format!("\n{}", lines(region)));
        }
        text.push_str(match (changed.is_empty(), regions.is_empty()) {
            (true, _) => "The terms are the same.\n",
            (false, true) => {
                "\nNo verdict and no code changes: these terms change only words and receipts.\n"
            }
            (false, false) => "",
        });
        print(&text)?;
        Ok(Status::Done)
    }
}

/// The terms that differ, each as `path: old -> new`.
pub fn differences(old: &Terms, new: &Terms) -> Result<Vec<String>, String> {
    let json = |terms| serde_json::to_value(terms).map_err(|error| format!("no JSON can be made: {error}."));
    let mut changed = Vec::new();
    collect_changes("", Some(&json(old)?), Some(&json(new)?), &mut changed);
    Ok(changed)
}

/// A region as text: the answer before and after, the cases, and an example.
fn lines(region: &Region) -> String {
    let Region { question, before, after, text, witness } = region;
    let [text, witness] = [text, witness].map(|text| one_line(text));
    format!(
        "{}: {} -> {}\n  where    {text}\n  example  {witness}\n",
        question.name(),
        outcome(before),
        outcome(after)
    )
}

fn outcome((verdict, codes): &(Verdict, Vec<&'static str>)) -> String {
    let name = verdict.name();
    if codes.is_empty() { name.into() } else { format!("{name} [{}]", codes.join(", ")) }
}

/// Collects the terms that differ, by their paths.
fn collect_changes(path: &str, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<String>) {
    if old == new {
        return;
    }
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    if let (Some(before), Some(after)) = (fields(old), fields(new)) {
        let added = after.keys().filter(|name| !before.contains_key(*name));
        for name in before.keys().chain(added) {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            collect_changes(&below, before.get(name), after.get(name), changes);
        }
        return;
    }
    let shown = |value: Option<&Value>| value.map_or("none".into(), Value::to_string);
    changes.push(format!("{path}: {} -> {}", shown(old), shown(new)));
}
