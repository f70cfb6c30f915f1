//! Explanations and errors by the native engine, for comparison with those of the package in other hosts.

use std::fs;

use preflight::{Facts, Locale, Question, Terms, Value, explain};
use serde_json::json;

use crate::host::{Done, about, run};

/// How many sets of random facts of each question are explained.
const RANDOM: &str = "400";
/// Where they are written.
const RANDOM_FACTS: &str = "target/project/random.json";

/// Explains every scenario in both languages and random facts in one of them, and writes a JSON array of
/// `{ question, facts, locale, said }`, in which `said` is the explanation serialized as a text, or of an error its code,
/// its path and its message.
pub fn explain_all(out: &str) -> Done {
    let mut explained = Vec::new();
    let mut explain_in = |question: Question, facts: &serde_json::Value, locale: Locale| {
        let value: Value = serde_json::from_value(facts.clone()).map_err(|error| error.to_string())?;
        let said = match Facts::read(&value) {
            Ok(read) => serde_json::to_string(&explain(question, &read, &Terms::default(), locale))
                .map_err(|error| error.to_string())?,
            Err(error) => format!("{} {} {}", error.code.name(), error.path, error.message()),
        };
        explained.push(json!({
            "question": question.name(), "facts": facts, "locale": locale.name(), "said": said,
        }));
        Done::Ok(())
    };
    for question in Question::ALL {
        let folder = format!("tests/scenarios/{}", question.name());
        let entries = fs::read_dir(&folder).map_err(about(&folder))?;
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            for scenario in array(&file.to_string_lossy())? {
                explain_in(*question, &scenario["facts"], Locale::ZhCn)?;
                explain_in(*question, &scenario["facts"], Locale::En)?;
            }
        }
    }
    run("node tests/node/write-random-facts.mjs", &[RANDOM_FACTS, RANDOM])?;
    for (index, random) in array(RANDOM_FACTS)?.iter().enumerate() {
        let question = Question::ALL.iter().find(|question| random["question"] == question.name());
        let question = question.ok_or("a question of the random facts is not known")?;
        let locale = if index.is_multiple_of(2) { Locale::ZhCn } else { Locale::En };
        explain_in(*question, &random["facts"], locale)?;
    }
    println!("   {} explanations and errors", explained.len());
    fs::write(out, serde_json::Value::from(explained).to_string()).map_err(about(out))
}

/// The items of a file that is a JSON array.
fn array(path: &str) -> Done<Vec<serde_json::Value>> {
    let text = fs::read_to_string(path).map_err(about(path))?;
    serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))
}
