//! What takes too long for every run of the tests: the fuzzer, the mutants of the core, and the lines that tests run.

use std::fs;
use std::path::Path;

use crate::host::{self, Done, about, command, finish, read, run, step};

/// The workspace of the fuzzer.
const FUZZ: &str = "tests/fuzz";

/// The core, which is changed where no file is named.
const CORE: &str =
    "--file src/engine/** --file src/input/** --file src/model/** --file src/rules/condition*.rs";

/// Fuzzes every target for so many seconds each, from the kept inputs on.
pub fn fuzz(options: &[&str]) -> Done {
    let seconds = match options {
        [] => "60",
        ["--seconds", seconds] if seconds.parse().is_ok_and(|seconds: u32| seconds > 0) => seconds,
        _ => {
            return Err(format!(
                "`{}` is not an option of fuzz; the only one is --seconds N, for each target, 60 without it.",
                options.join(" ")
            ));
        }
    };
    if !read("rustup toolchain list", &[])?.lines().any(|line| line.starts_with("nightly")) {
        return Err("the fuzzer needs Rust nightly, which is not installed; run: rustup toolchain install nightly, \
             or `cargo test --test properties`, which puts the kept inputs and mutations of them to the same targets."
            .into());
    }
    need_cargo_command("cargo-fuzz", "fuzz")?;
    let scenarios =
        step("Write the facts of every scenario, for the fuzzer to begin with", facts_of_scenarios)?;
    step("Build the fuzzer (this takes minutes the first time)", || {
        run("rustup run nightly cargo fuzz build --target-dir target/fuzz --fuzz-dir", &[FUZZ])
    })?;
    for target in names(&format!("{FUZZ}/fuzz_targets"))? {
        let found = format!("target/fuzz/found/{target}");
        fs::create_dir_all(&found).map_err(about(&found))?;
        let kept = format!("{FUZZ}/corpus/{target}");
        step(&format!("Fuzz {target} for {seconds} seconds"), || {
            // New inputs are written to the first folder; they are kept by copying them to the corpus.
            let mut fuzz = command(
                "rustup run nightly cargo fuzz run --target-dir target/fuzz --fuzz-dir",
                &[FUZZ, &target, &found, &kept],
            );
            if target == "facts" {
                fuzz.arg(&scenarios);
            }
            fuzz.args(["--", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-print_funcs=0"]);
            fuzz.arg(format!("-max_total_time={seconds}"));
            finish(fuzz)
        })?;
    }
    println!("\nNothing broke. The inputs that reached something new are in target/fuzz/found/.");
    Ok(())
}

/// Changes the core in one place after the other, and lists the changes that no fast test notices. Most are noticed by the
/// tests within the library, which are built soonest, so that the others are put only to the changes that are left.
pub fn mutants(options: &[&str]) -> Done {
    const RESULTS: &str = "target/mutants.out";
    need_cargo_command("cargo-mutants", "mutants")?;
    let built = std::path::absolute(host::empty_folder("mutants-build")?).map_err(about("target"))?;
    let has_file = options.iter().any(|option| option.starts_with("--file") || option.starts_with("-f"));
    let files = if has_file { "" } else { CORE };
    let missed = |iterate: &[&str], tests: &str| {
        let mut mutants = command("cargo mutants --output target", options);
        mutants.args(files.split_whitespace()).args(iterate).arg("--").args(tests.split(' '));
        // Packages that others have made are built once; the cases of a property are fewer, since a change is noticed by
        // one of the first or by none.
        mutants.env("CARGO_TARGET_DIR", &built).env("PROPTEST_CASES", "100").env("FUZZ_MUTATIONS", "100");
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
    need_cargo_command("cargo-llvm-cov", "llvm-cov")?;
    step("Run the Rust tests, and list the lines that none of them runs (this takes minutes)", || {
        let coverage = "cargo llvm-cov --locked --package preflight --profile native --features audit \
            --show-missing-lines --ignore-filename-regex";
        run(coverage, &["src/(bin|proof)/", "--", "--skip", "proof::tests", "--skip", "proofs::"])
    })
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

/// Installs a command of cargo where it is missing.
fn need_cargo_command(package: &str, name: &str) -> Done {
    let mut version = command("cargo", &[name, "--version"]);
    version.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    if version.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    step(&format!("Install {package} (building it takes some minutes, once)"), || {
        run("cargo install --quiet --locked", &[package])
    })
}

/// Writes the facts of every scenario to a file of its own, and returns the folder.
fn facts_of_scenarios() -> Done<String> {
    let folder = host::empty_folder("fuzz-scenarios")?;
    let mut count = 0;
    for question in names("tests/scenarios")? {
        for file in names(&format!("tests/scenarios/{question}"))? {
            let path = format!("tests/scenarios/{question}/{file}.json");
            let text = fs::read_to_string(&path).map_err(about(&path))?;
            let scenarios: Vec<serde_json::Value> =
                serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
            for scenario in scenarios {
                let path = folder.join(count.to_string());
                fs::write(&path, scenario["facts"].to_string()).map_err(about(&path))?;
                count += 1;
            }
        }
    }
    Ok(folder.to_string_lossy().into_owned())
}

/// The names of what is in a folder, without extensions, in order.
fn names(folder: &str) -> Done<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(about(folder))? {
        let name = entry.map_err(about(folder))?.file_name();
        names.push(Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
