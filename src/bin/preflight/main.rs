//! 命令行: the engine as a program for support, for testers and for scripts.

mod answer;
#[cfg(feature = "audit")]
mod audit;
mod diff;
mod explanation;
mod input;
mod output;
mod prove;
mod replay;
mod rules;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use output::Status;

const ABOUT: &str = "\
Tells before a payment whether a purchase of e会计 software will work, and after it whether the order can
be refunded; shows the rules behind that and proves what they promise; repeats earlier answers.";

const EXAMPLES: &str = "\
Examples:
  preflight check purchase facts.json
  echo '{\"edition\": \"cloud\"}' | preflight explain refund --locale en
  preflight rules WRONG_LEDGER

Exit status:
  0  the answer is allow or warn, or the command did what it was asked
  1  the answer is refer or block, a theorem fails, or a replay differs
  2  the answer is unknown: a fact is missing
  3  the input cannot be used; the message says where and why";

/// The arguments of the program.
#[derive(Parser)]
#[command(name = "preflight", version, about = ABOUT, after_help = EXAMPLES, max_term_width = 110)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// The commands.
#[derive(Subcommand)]
enum Command {
    Check(answer::Check),
    Explain(answer::Explain),
    Rules(rules::Rules),
    Prove(prove::Prove),
    Diff(diff::Diff),
    Replay(replay::Replay),
    #[cfg(feature = "audit")]
    Audit(Box<audit::Audit>),
}

fn main() -> ExitCode {
    let result = match CommandLine::try_parse() {
        Ok(CommandLine { command }) => command.run(),
        Err(message) => print_usage(&message),
    };
    let status = result.unwrap_or_else(|error| {
        output::print_error(&format!("preflight: {error}"));
        Status::BadInput
    });
    status.into()
}

impl Command {
    fn run(self) -> Result<Status, String> {
        match self {
            Self::Check(check) => check.run(),
            Self::Explain(explain) => explain.run(),
            Self::Rules(rules) => rules.run(),
            Self::Prove(prove) => prove.run(),
            Self::Diff(diff) => diff.run(),
            Self::Replay(replay) => replay.run(),
            #[cfg(feature = "audit")]
            Self::Audit(audit) => audit.run(),
        }
    }
}

/// Prints the help or the version that was requested, or what is wrong with the arguments.
fn print_usage(message: &clap::Error) -> Result<Status, String> {
    let text = message.to_string();
    if matches!(message.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::print(&text)?;
        return Ok(Status::Done);
    }
    output::print_error(text.trim_end());
    Ok(Status::BadInput)
}
