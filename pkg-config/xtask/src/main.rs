//! `cargo xtask`: builds, serves and tests Preflight.

mod audit;
mod bench;
mod budget;
mod by_hand;
mod elements;
mod encoder;
mod fuzz;
mod generate;
mod host;
mod native;
mod new_rule;
mod package;
mod python;
mod python_types;
mod schema;
mod tests;

use std::process::ExitCode;

const HELP: &str = "\
Builds, serves and tests Preflight. Missing tools and packages are installed first.

Usage: cargo xtask <command>

Commands:
  start        build the engine and the pages, serve them on 127.0.0.1, print the address
  test         run every test: formatting, lints, Rust, scenarios, types, pages in browsers
  build        build the npm package into pkg/
  budget       build the npm package, and fail if a file is larger than pkg-config/budget.json allows;
               --accept writes the new sizes to that file
  bench        compare speed and size with other engines, and count instructions;
               --quick measures briefly, which shows that it works but gives no reliable numbers
  bench audit  compare `audit` with DuckDB and Polars on a million orders, or as many as --orders says
  bench spark  compare the audit on Spark with what Spark itself needs, on so many orders
  new-rule     QUESTION CODE: write the files of a new rule, with gaps, and say what to fill in
  fuzz         let a fuzzer make up facts, terms, records and columns;
               the four side by side; --seconds N sets how long (default 60)
  mutants      change the core in one place after the other, and list the changes that no fast test notices;
               options are those of cargo mutants, such as --file src/engine/check.rs
  coverage     print how many lines of the core the Rust tests run, file by file, and which they do not
  deny         hold every crate of every platform to the licences, versions and sources of deny.toml, by cargo-deny
  screenshots  write a picture of every page and state to target/screenshots/;
               --only TEXT limits them to those whose name contains TEXT
  figures      print what the order page costs: requests, bytes, time to the first answer
  audit        ask every past order again: preflight audit, which it builds for speed; audit --help says how
  wheel        build the wheel for Python and Spark into target/wheels/, for glibc 2.17 and later;
               --test builds it for this machine and tests it
  format       format the Rust sources
  help         print this text

Environment:
  PORT      the port that `start` serves on (default 4173)
  CHROMIUM  the browser that `test` uses (default /usr/bin/chromium)
  BROWSERS  `all`: `test` installs and uses Chromium 69, 77 and 87, Firefox and WebKitGTK. Otherwise it uses
            those that are installed, and installs Chromium 69 if root runs it

Exit status: 0 done, 1 a step failed, 2 unknown command.";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["start"] => host::enter().and_then(|()| package::start()),
        ["test"] => host::enter().and_then(|()| tests::run_all()),
        ["format"] => host::enter().and_then(|()| tests::rustfmt(&[])),
        ["wheel"] => host::enter().and_then(|()| python::wheel()),
        ["wheel", "--test"] => host::enter().and_then(|()| python::test()),
        ["build"] => host::enter().and_then(|()| package::build()),
        ["budget", options @ ..] => {
            host::enter().and_then(|()| package::build()).and_then(|()| budget::run(options))
        }
        ["audit", options @ ..] => return audit::run_command(options),
        [] | ["help" | "--help" | "-h"] | [_, "--help" | "-h"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        ["new-rule", options @ ..] => host::enter().and_then(|()| new_rule::run(options)),
        ["screenshots", options @ ..] => host::enter().and_then(|()| tests::screenshots(options)),
        ["figures"] => host::enter().and_then(|()| tests::figures()),
        ["bench", "audit", options @ ..] => host::enter().and_then(|()| audit::bench(options)),
        ["bench", "spark", options @ ..] => host::enter().and_then(|()| python::bench(options)),
        ["fuzz", options @ ..] => host::enter().and_then(|()| fuzz::run(options)),
        ["mutants", options @ ..] => host::enter().and_then(|()| by_hand::mutants(options)),
        ["deny", options @ ..] => host::enter().and_then(|()| by_hand::deny(options)),
        ["coverage", options @ ..] => host::enter().and_then(|()| by_hand::coverage(options)),
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
