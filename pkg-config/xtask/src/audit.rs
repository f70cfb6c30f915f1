//! The command `preflight audit`: built for speed, run, tested, and compared with others.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::host::{self, Done, about, command, finish, run, step};
use crate::package;

/// The command is compiled with what it needs beyond a plain build, in a profile of its own.
const BUILD: &str = "cargo build --quiet --locked --profile native --features audit --bin preflight";
const PROGRAM: &str = "target/native/preflight";
const VENV: &str = "target/bench/audit-venv";
/// What the comparison runs on, by versions that were measured.
const PYTHON_PACKAGES: [&str; 2] = ["duckdb==2.0.1", "polars==2.1.0"];

/// Builds the command and runs it where the caller is; its exit status becomes that of xtask.
pub fn run_command(options: &[&str]) -> ExitCode {
    let here = std::env::current_dir();
    let built = host::enter().and_then(|()| build());
    let program = built.and_then(|program| {
        let mut audit = Command::new(program);
        audit.arg("audit").args(options).current_dir(here.map_err(about("."))?);
        audit.status().map_err(|error| format!("`{PROGRAM}` could not be started: {error}."))
    });
    match program {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the command; returns where it is.
fn build() -> Done<PathBuf> {
    if !Path::new(PROGRAM).exists() {
        eprintln!("Building the command; the first time takes some minutes.");
    }
    run(BUILD, &[])?;
    Path::new(PROGRAM).canonicalize().map_err(about(PROGRAM))
}

/// The tests of the command and of its core, and its report in a browser.
pub fn test() -> Done {
    step("Check the Rust of `audit` with clippy", || {
        let clippy = "cargo clippy --quiet --locked --features audit --lib --bin preflight --test audit";
        run(clippy, &["--", "-D", "warnings"])
    })?;
    step("Ask orders in columns and in files, and compare with `check`", || {
        run("cargo test --quiet --locked --profile native --features audit --test audit", &[])
    })?;
    host::need_chromium()?;
    step("Open the report of an audit in Chromium", || {
        let mut test = command("node --test --test-reporter=spec tests/audit/report.test.mjs", &[]);
        test.env("PREFLIGHT", build()?);
        finish(test)
    })
}

/// Compares the command with DuckDB and Polars, in time and in answers.
pub fn bench(options: &[&str]) -> Done {
    let orders = match options {
        [] => "1000000",
        ["--orders", orders] if orders.parse::<u32>().is_ok_and(|orders| orders > 0) => orders,
        _ => {
            return Err(format!(
                "`{}` is not an option of bench audit; the only one is --orders NUMBER.",
                options.join(" ")
            ));
        }
    };
    let program = step("Build the command", build)?;
    if !Path::new("pkg").exists() {
        package::build()?;
    }
    host::need_python_packages(VENV, &PYTHON_PACKAGES)?;
    let python = format!("{VENV}/bin/python");
    run(&format!("{python} tests/bench/audit/bench.py"), &[&program.to_string_lossy(), orders])
}
