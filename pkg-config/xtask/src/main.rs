//! `cargo xtask`: builds, serves and tests Preflight.

mod bench;
mod budget;
mod encoder;
mod generate;
mod host;
mod native;
mod package;
mod tests;

use std::process::ExitCode;

const HELP: &str = "\
Builds, serves and tests Preflight. What is missing is installed first.

Usage: cargo xtask <command>

Commands:
  start        build the engine and the pages, serve them on 127.0.0.1, print the address
  test         run every test: formatting, lints, Rust, scenarios, types, pages in browsers
  build        build the npm package into pkg/
  budget       build it, and refuse what takes more bytes than was accepted; --accept accepts it
  bench        compare speed and size with other engines, and count instructions; --quick for a glance
  screenshots  take pictures of every page and state into target/screenshots/; --only TEXT for some
  figures      print what the order page costs: bytes, requests, time to the first answer
  format       format the Rust
  help         print this text

Environment:
  PORT      the port that `start` serves on (default 4173)
  CHROMIUM  the browser that `test` uses (default /usr/bin/chromium)
  BROWSERS  `all` has `test` install and use Chromium 69, 77 and 87, Firefox and WebKitGTK; else it uses those
            that are there, and installs Chromium 69 where it is run by root

Exit status: 0 done, 1 a step failed, 2 the command is not one of these.";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["start"] => host::enter().and_then(|()| package::start()),
        ["test"] => host::enter().and_then(|()| tests::run_all()),
        ["format"] => host::enter().and_then(|()| tests::rustfmt(&[])),
        ["build"] => host::enter().and_then(|()| package::build()),
        ["budget", options @ ..] => {
            host::enter().and_then(|()| package::build()).and_then(|()| budget::run(options))
        }
        [] | ["help" | "--help" | "-h"] | [_, "--help" | "-h"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        ["screenshots", options @ ..] => host::enter().and_then(|()| tests::screenshots(options)),
        ["figures"] => host::enter().and_then(|()| tests::figures()),
        ["bench", options @ ..] => host::enter().and_then(|()| bench::run_all(options)),
        other => {
            eprintln!("`{}` is not a command of xtask; see `cargo xtask --help`.", other.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}
