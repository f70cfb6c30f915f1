//! The input of the commands: JSON from a file or from standard input. Errors are returned as whole sentences.

use std::io::{IsTerminal, Read};
use std::path::Path;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use preflight::{Facts, FactsError, Locale, Question, Terms, Value};
use serde::de::DeserializeOwned;

use crate::output;

/// The parser of a question on the command line.
pub fn question() -> impl TypedValueParser<Value = Question> {
    let names = Question::ALL.iter().map(|question| question.name());
    PossibleValuesParser::new(names).try_map(|name| Question::read(&Value::Text(name)))
}

/// The parser of a locale on the command line.
pub fn locale() -> impl TypedValueParser<Value = Locale> {
    PossibleValuesParser::new(Locale::NAMES.iter().copied()).try_map(|name| Locale::read(&Value::Text(name)))
}

/// Reads JSON from a file, or from standard input for the path `-`.
pub fn json<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let name = name(path);
    let bytes = bytes(path).map_err(|error| format!("{name} cannot be read: {error}."))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("{name} is not UTF-8 text: {}; save it as UTF-8.", error.utf8_error()))?;
    // Some editors on Windows write a byte order mark at the start of a file.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err(format!("{name} is empty; expected JSON, like {{\"edition\": \"cloud\"}}."));
    }
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let what = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
        format!("{name} is not JSON at line {line}, column {column}: {what}; correct it there.")
    })
}

/// Validates a value as facts; the path of its file is for the error.
pub fn facts<'a>(path: &Path, value: &'a Value) -> Result<Facts<'a>, String> {
    Facts::read(value).map_err(|error| with_path(path, &error))
}

/// Reads terms from a file, or returns the terms compiled in where none is given.
pub fn terms(path: Option<&Path>) -> Result<Terms, String> {
    match path {
        None => Ok(Terms::default()),
        Some(path) => {
            let terms = Terms::read(&json(path)?).map_err(|error| with_path(path, &error))?;
            if let Some(warning) = terms.warning() {
                output::print_error(&format!("{}: {warning}", name(path)));
            }
            Ok(terms)
        }
    }
}

/// The file as error messages show it.
pub fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".into() } else { format!("`{}`", path.display()) }
}

fn with_path(path: &Path, error: &FactsError) -> String {
    output::one_line(&format!("{}: {}", name(path), error.message()))
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if !is_stdin(path) {
        return std::fs::read(path);
    }
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        output::print_error("Reading JSON from the terminal; end it with Ctrl-D on a line of its own.");
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    Ok(bytes)
}
