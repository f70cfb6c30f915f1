//! What takes too long for every run of the tests: the mutants of the core, the lines that tests run, and
//! where crates come from.

use std::fs;
use std::path::Path;

use crate::host::{self, Done, about, command, read, run, step};

/// The core, which is changed where no file is named.
const CORE: &str =
    "--file src/engine/** --file src/input/** --file src/model/** --file src/rules/condition*.rs";

/// Changes the core in one place after the other, and lists the changes that no fast test notices. Most are noticed by the
/// tests within the library, which are built soonest, so that the others are put only to the changes that are left.
pub fn mutants(options: &[&str]) -> Done {
    const RESULTS: &str = "target/mutants.out";
    host::need_cargo_command("cargo-mutants", "mutants")?;
    let built = std::path::absolute(host::empty_folder("mutants-build")?).map_err(about("target"))?;
    let has_file = options.iter().any(|option| option.starts_with("--file") || option.starts_with("-f"));
    let files = if has_file { "" } else { CORE };
    let missed = |iterate: &[&str], tests: &str| {
        let mut mutants = command("cargo mutants --output target", options);
        mutants.args(files.split_whitespace()).args(iterate).arg("--").args(tests.split(' '));
        // Packages that others have made are built once; the cases of a property are fewer, since a change is noticed by
        // one of the first or by none.
        mutants.env("CARGO_TARGET_DIR", &built).env("PROPTEST_CASES", "100");
        match mutants.status().map(|status| status.code()) {
            // None is missed, some are, or the tests of some never end and are stopped, which notices them too.
            Ok(Some(0 | 2 | 3)) => {
                let missed = format!("{RESULTS}/missed.txt");
                Ok(!fs::read_to_string(&missed).map_err(about(&missed))?.is_empty())
            }
            Ok(_) => Err("cargo mutants failed; what it printed above says why.".to_string()),
            Err(error) => Err(format!("cargo mutants could not be started: {error}")),
        }
    };
    let title =
        "Change the core in one place after the other, and test the library (this takes an hour or two)";
    if !step(title, || missed(&[], "--lib -- --skip proof::tests"))? {
        return Ok(());
    }
    // Tests that were stopped once would be stopped again.
    let stopped = fs::read_to_string(format!("{RESULTS}/timeout.txt")).map_err(about(RESULTS))?;
    let caught = format!("{RESULTS}/caught.txt");
    let all = fs::read_to_string(&caught).map_err(about(&caught))? + &stopped;
    fs::write(&caught, all).map_err(about(&caught))?;
    let iterate: &[&str] = if options.contains(&"--iterate") { &[] } else { &["--iterate"] };
    let title = "Put the changes that are called MISSED above to the tests beside the library";
    if !step(title, || missed(iterate, "--test columns --test masking --test properties"))? {
        return Ok(());
    }
    Err(format!(
        "no fast test notices the changes that are called MISSED in the second list, which {RESULTS}/missed.txt has too; \
         add a test that fails on them, or, where they make no difference, the reason to .cargo/mutants.toml."
    ))
}

/// Prints how many lines of each file of the core the Rust tests run, and which they do not. Left out are the command line,
/// what is compiled for wasm alone, which the tests in Node run, and the proof, which takes too long with its lines
/// counted; its own tests plant a bug for each theorem.
pub fn coverage(options: &[&str]) -> Done {
    if !options.is_empty() {
        return Err(format!("`{}` is not an option of coverage, which has none.", options.join(" ")));
    }
    need_llvm_tools()?;
    host::need_cargo_command("cargo-llvm-cov", "llvm-cov")?;
    step("Run the Rust tests, and list the lines that none of them runs (this takes minutes)", || {
        let coverage = "cargo llvm-cov --locked --package preflight --profile native --features audit \
            --show-missing-lines --ignore-filename-regex";
        run(coverage, &["src/(bin|proof)/", "--", "--skip", "proof::tests", "--skip", "proofs::"])
    })
}

/// Holds every crate, of all platforms, to the licences, versions and sources of `deny.toml`; nothing is asked of the network
/// once the crates are fetched.
pub fn deny(options: &[&str]) -> Done {
    if !options.is_empty() {
        return Err(format!("`{}` is not an option of deny, which has none.", options.join(" ")));
    }
    host::need_cargo_command("cargo-deny", "deny")?;
    for manifest in ["Cargo.toml", "tests/fuzz/Cargo.toml"] {
        step(&format!("Fetch the crates of {manifest}"), || {
            run("cargo fetch --locked --quiet --manifest-path", &[manifest])
        })?;
        step("Hold them to deny.toml", || {
            let deny = "cargo deny --locked --offline --workspace --config deny.toml --manifest-path";
            // What one workspace has in several versions, the other may not have at all.
            let check = "check --hide-inclusion-graph --allow unmatched-skip licenses bans sources";
            run(deny, &[&[manifest][..], &check.split(' ').collect::<Vec<_>>()].concat())
        })?;
    }
    Ok(())
}

/// Installs the programs of LLVM that read what a run of the tests has counted, where they are missing.
fn need_llvm_tools() -> Done {
    let libraries = read("rustc --print target-libdir", &[])?;
    let tools = Path::new(&libraries).with_file_name("bin");
    if tools.join(format!("llvm-cov{}", std::env::consts::EXE_SUFFIX)).exists() {
        return Ok(());
    }
    step("Install the programs of LLVM that count lines", || {
        run("rustup component add llvm-tools", &[]).map_err(|error| {
            format!("{error} They are Rust's component llvm-tools; run: rustup component add llvm-tools")
        })
    })
}
