//! The one error there is: something the caller passed cannot be read, and is not guessed at.

use core::ops::Deref;

use serde::Serialize;

use crate::value::{SHOWN, Value};
use crate::write::{cat, first, put};

/// What kind of mistake it is; programs may rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A field that the engine does not know.
    UnknownField,
    /// Not the kind of value that belongs there.
    WrongType,
    /// A word that is none of those allowed.
    UnknownValue,
    /// The right kind of value, outside its bounds.
    OutOfRange,
    /// A name left blank.
    Blank,
    /// Two values that cannot both be true.
    Inconsistent,
}

impl ErrorCode {
    /// Every code, as JSON writes it.
    pub const NAMES: &'static [&'static str] =
        &["unknown_field", "wrong_type", "unknown_value", "out_of_range", "blank", "inconsistent"];
}

/// Facts or terms that cannot be read.
///
/// Behind a pointer, because whatever may fail would otherwise carry room for all of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{}", self.sentence())]
pub struct FactsError(Box<Mistake>);

impl Deref for FactsError {
    type Target = Mistake;

    fn deref(&self) -> &Mistake {
        &self.0
    }
}

/// What is wrong: where, what came, what was expected, and what may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The kind of mistake.
    pub code: ErrorCode,
    /// Where, as a dotted path: `need.year`, `opened[1]`, `terms.refundWindowDays`, `question`.
    pub path: String,
    /// What would have been right, in words.
    pub expected: String,
    /// What came instead, in words; accounts and phones are masked.
    pub received: String,
    /// What was probably meant, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl FactsError {
    pub(crate) fn new(
        code: ErrorCode,
        path: impl Into<String>,
        expected: impl Into<String>,
        received: String,
    ) -> Self {
        Self(Box::new(Mistake { code, path: path.into(), expected: expected.into(), received, hint: None }))
    }

    /// The same error with what was probably meant.
    pub(crate) fn meaning(mut self, meant: Option<&str>) -> Self {
        self.0.hint = meant.map(|meant| cat(&["did you mean `", meant, "`?"]));
        self
    }

    /// The whole error in one sentence.
    pub fn sentence(&self) -> String {
        let Mistake { path, expected, received, .. } = &**self;
        let what = match self.code {
            ErrorCode::UnknownField => {
                cat(&["`", path, "` is not a field the engine knows; expected ", expected])
            }
            ErrorCode::Inconsistent => cat(&["`", path, "` is ", received, ", which contradicts ", expected]),
            _ => cat(&["`", path, "` is ", received, ", but ", expected, " was expected"]),
        };
        match &self.hint {
            Some(hint) => cat(&[&what, "; ", hint]),
            None => cat(&[&what, "; correct it, or leave it out if it is not known."]),
        }
    }
}

/// The place of a value among the names that it must be one of.
pub(crate) fn one_of(value: &Value, path: &str, names: &[&'static str]) -> Result<usize, FactsError> {
    let (code, meant) = match value {
        Value::Text(given) => match names.iter().position(|name| name == given) {
            Some(place) => return Ok(place),
            None => (ErrorCode::UnknownValue, nearest(given, &mut names.iter().copied())),
        },
        _ => (ErrorCode::WrongType, None),
    };
    let expected = cat(&["one of ", &quoted(&mut names.iter().copied())]);
    Err(FactsError::new(code, path, expected, value.describe()).meaning(meant))
}

/// A field that nobody knows, at `path`, which is empty at the top.
pub(crate) fn unknown_field(path: &str, name: &str, expected: String) -> FactsError {
    let shown = first(name, SHOWN);
    let dot = if path.is_empty() { "" } else { "." };
    let received = cat(&["a field named `", shown, "`"]);
    FactsError::new(ErrorCode::UnknownField, cat(&[path, dot, shown]), expected, received)
}

/// The name nearest to `given`, if one is near enough to be meant; of several, the first.
pub(crate) fn nearest<'a>(given: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if given.len() > LONGEST {
        return None;
    }
    let given = given.to_ascii_lowercase();
    let (mut near, mut allowed) = (None, (given.len() / 3).clamp(1, 3));
    for name in names {
        let distance = strsim::osa_distance(&given, &name.to_ascii_lowercase());
        if distance < allowed || (distance == allowed && near.is_none()) {
            (near, allowed) = (Some(name), distance);
        }
    }
    near
}

/// Names in back-ticks, with commas between them.
pub(crate) fn quoted(names: &mut dyn Iterator<Item = &str>) -> String {
    let mut text = String::new();
    for name in names {
        let before = if text.is_empty() { "`" } else { ", `" };
        put(&mut text, &[before, name, "`"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;
    use crate::check::Verdict;
    use crate::rule::Question;

    #[test]
    fn the_names_listed_are_those_that_json_has() {
        fn written(values: &[impl Serialize]) -> String {
            serde_json::to_string(values).unwrap()
        }
        let codes = [
            ErrorCode::UnknownField,
            ErrorCode::WrongType,
            ErrorCode::UnknownValue,
            ErrorCode::OutOfRange,
            ErrorCode::Blank,
            ErrorCode::Inconsistent,
        ];
        let verdicts = [Verdict::Allow, Verdict::Warn, Verdict::Refer, Verdict::Block, Verdict::Unknown];
        assert_eq!(written(&codes), written(ErrorCode::NAMES));
        assert_eq!(written(&verdicts), written(Verdict::NAMES));
        assert_eq!(written(Question::ALL), written(Question::NAMES));
    }
}
