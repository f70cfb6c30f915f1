//! 输入错误: the only error of the engine, for input that is invalid.

use core::ops::Deref;

use serde::Serialize;

use crate::model::facts::Fact;
use crate::model::named::named;
use crate::model::time::TimeError;

named! {
    /// 错误类别: the kind of an error, on which programs may rely.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    ErrorCode {
        /// A field that the engine does not know.
        UnknownField = "unknown_field";
        /// Not the type of value that belongs there.
        WrongType = "wrong_type";
        /// A word that is none of those allowed.
        UnknownValue = "unknown_value";
        /// The right type of value, outside its bounds.
        OutOfRange = "out_of_range";
        /// A name left blank.
        Blank = "blank";
        /// Two values that cannot both be true.
        Inconsistent = "inconsistent";
    }
}

impl From<TimeError> for ErrorCode {
    fn from(error: TimeError) -> Self {
        match error {
            TimeError::Malformed => Self::WrongType,
            TimeError::OutOfRange => Self::OutOfRange,
        }
    }
}

/// 输入错误: facts, terms, a question or a locale that is invalid.
///
/// The detail is boxed, so that a `Result` with this error stays small.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FactsError(Box<ErrorDetail>);

impl Deref for FactsError {
    type Target = ErrorDetail;

    fn deref(&self) -> &ErrorDetail {
        &self.0
    }
}

/// The detail of an error: the path, the received and the expected value, and a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}", self.message())]
pub struct ErrorDetail {
    /// What kind of error it is.
    pub code: ErrorCode,
    /// Where, as a dotted path: `need.year`, `opened[1]`, `terms.refundWindowDays`, `question`.
    pub path: String,
    /// What would have been right, in words.
    pub expected: String,
    /// What was received instead, in words; accounts and phone numbers are masked.
    pub received: String,
    /// What was probably meant, where a known name is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl FactsError {
    /// An error without a hint.
    pub(crate) fn new(
        code: ErrorCode,
        path: impl Into<String>,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) -> Self {
        Self(Box::new(ErrorDetail {
            code,
            path: path.into(),
            expected: expected.into(),
            received: received.into(),
            hint: None,
        }))
    }

    /// The same error with the name that was probably meant.
    pub(crate) fn with_suggestion(mut self, name: Option<&str>) -> Self {
        self.0.hint = name.map(|name| format!("did you mean `{name}`?"));
        self
    }
}

impl ErrorDetail {
    /// The whole error in one sentence.
    pub fn message(&self) -> String {
        let Self { path, expected, received, .. } = self;
        let what = match self.code {
            ErrorCode::UnknownField => {
                format!("`{path}` is not a field the engine knows; expected {expected}")
            }
            ErrorCode::Inconsistent => format!("`{path}` is {received}, which contradicts {expected}"),
            _ => format!("`{path}` is {received}, but {expected} was expected"),
        };
        match &self.hint {
            Some(hint) => format!("{what}; {hint}"),
            None if self.can_be_left_out() => {
                format!("{what}; correct it, or leave it out if it is not known.")
            }
            None => format!("{what}; correct it."),
        }
    }

    /// Whether it is a field that may be missing, unlike the question or the facts as a whole.
    fn can_be_left_out(&self) -> bool {
        let first = |path| str::split(path, ['.', '[']).next();
        self.code == ErrorCode::UnknownField
            || Fact::PATHS.iter().any(|path| first(path) == first(&self.path))
    }
}
