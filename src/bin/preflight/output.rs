//! The exit status of a command, and its output.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use preflight::Verdict;
use serde::Serialize;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The verdict is allow or warn, or the command has succeeded.
    Done = 0,
    /// The verdict is refer or block, a theorem fails, or a replay differs.
    Refused = 1,
    /// The verdict is unknown.
    Unknown = 2,
    /// The input or the arguments are invalid, or the output cannot be written.
    BadInput = 3,
    /// Ctrl-C was pressed.
    #[cfg(feature = "audit")]
    Interrupted = 130,
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

/// Writes to standard output. A closed pipe is not an error, so that the exit status is still that of the command.
pub fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the output cannot be written: {error}."))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. A failure is ignored, since there is no further place to report it.
pub fn print_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes a value to standard output as JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), String> {
    let json =
        serde_json::to_string_pretty(value).map_err(|error| format!("no JSON can be made: {error}."))?;
    print(&format!("{json}\n"))
}

/// The text on one line, with control characters, which a terminal would interpret, replaced by spaces.
pub fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
