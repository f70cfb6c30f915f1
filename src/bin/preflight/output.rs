//! How a command ends, and how it writes.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use preflight::Verdict;
use serde::Serialize;

/// How a command ends; the number is the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Allowed, or done.
    Done = 0,
    /// Refused, or not as claimed.
    Refused = 1,
    /// A fact is missing.
    Unknown = 2,
    /// The input cannot be used.
    BadInput = 3,
}

impl From<Verdict> for Status {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allow | Verdict::Warn => Self::Done,
            Verdict::Refer | Verdict::Block => Self::Refused,
            Verdict::Unknown => Self::Unknown,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Writes to standard output. A reader who has left is no error: the exit status is still told.
pub fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the output cannot be written: {error}."))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. If nobody reads that either, there is nobody left to tell.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes a value as JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), String> {
    let json =
        serde_json::to_string_pretty(value).map_err(|error| format!("no JSON can be made: {error}."))?;
    print(&format!("{json}\n"))
}

/// The text on one line, without what a terminal would take for commands.
pub fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
