//! Explanations by the native engine, for comparison with those of the package in other hosts.

use std::fs;

use preflight::{Facts, Locale, Question, Terms, Value, explain};
use serde_json::json;

use crate::host::{Done, about};

/// Explains every scenario with valid facts in both languages, and writes a JSON array of
/// `{ question, facts, locale, explanation }`, in which the explanation is serialized as a text.
pub fn explain_scenarios(out: &str) -> Done {
    let terms = Terms::default();
    let mut explained = Vec::new();
    for question in Question::ALL {
        let folder = format!("tests/scenarios/{}", question.name());
        let entries = fs::read_dir(&folder).map_err(about(&folder))?;
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).map_err(about(&file))?;
            let scenarios: Vec<serde_json::Value> =
                serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
            for scenario in scenarios {
                let facts = &scenario["facts"];
                let value: Value = serde_json::from_value(facts.clone())
                    .map_err(|error| format!("{}: {error}", file.display()))?;
                let Ok(read) = Facts::read(&value) else { continue };
                for (locale, name) in [Locale::ZhCn, Locale::En].into_iter().zip(Locale::NAMES) {
                    let explanation = serde_json::to_string(&explain(*question, &read, &terms, locale))
                        .map_err(|error| error.to_string())?;
                    let entry = json!({
                        "question": question.name(), "facts": facts, "locale": name, "explanation": explanation,
                    });
                    explained.push(entry);
                }
            }
        }
    }
    println!("   {} explanations", explained.len());
    fs::write(out, serde_json::Value::from(explained).to_string()).map_err(about(out))
}
