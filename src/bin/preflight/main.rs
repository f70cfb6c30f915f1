//! 命令行: the engine at a terminal, for support, for those who test scenarios, and for scripts.

mod answer;
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

/// The command line.
#[derive(Parser)]
#[command(name = "preflight", version, about = ABOUT, after_help = EXAMPLES, max_term_width = 110)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Subcommand)]
enum Command {
    Check(answer::Check),
    Explain(answer::Explain),
    Rules(rules::Rules),
    Prove(prove::Prove),
    Diff(diff::Diff),
    Replay(replay::Replay),
}

fn main() -> ExitCode {
    let done = match CommandLine::try_parse() {
        Ok(CommandLine { command }) => command.run(),
        Err(message) => usage(&message),
    };
    let status = done.unwrap_or_else(|sentence| {
        output::complain(&format!("preflight: {sentence}"));
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
        }
    }
}

/// Help where it was asked for; otherwise what is wrong with the command line.
fn usage(message: &clap::Error) -> Result<Status, String> {
    let text = message.to_string();
    if matches!(message.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::print(&text)?;
        return Ok(Status::Done);
    }
    output::complain(text.trim_end());
    Ok(Status::BadInput)
}
