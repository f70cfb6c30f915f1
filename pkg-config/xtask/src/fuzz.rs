//! The fuzzer: makes up inputs by what the ones before have reached in the code, and keeps those that reach more.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::host::{self, Done, about, command, finish, step};

/// The workspace of the fuzzer, and where it is built.
const FUZZ: &str = "tests/fuzz";
const BUILT: &str = "target/fuzz";
/// The core forbids `unsafe`, so that there is nothing for a sanitizer to find; without one, stable Rust will do.
const OPTIONS: [&str; 6] = ["--sanitizer", "none", "--target-dir", BUILT, "--fuzz-dir", FUZZ];

/// Fuzzes the targets for a minute; where C++ is missing, says that it is left out.
pub fn test() -> Done {
    if host::need("c++", "--version", "a compiler of C++", "g++")? {
        return run(&[]);
    }
    println!("\n   left out: the fuzzer, which is compiled with C++; c++ is not installed");
    Ok(())
}

/// Fuzzes the targets side by side, for a minute or as long as the options say.
pub fn run(options: &[&str]) -> Done {
    let wrong = || {
        format!(
            "`{}` is not an option of fuzz; the only one is --seconds N, 60 without it.",
            options.join(" ")
        )
    };
    let seconds = match options {
        [] => 60,
        ["--seconds", seconds] => seconds.parse().ok().filter(|seconds| *seconds > 0).ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    host::need_cargo_command("cargo-fuzz", "fuzz")?;
    let scenarios =
        step("Write the facts of every scenario, for the fuzzer to begin with", facts_of_scenarios)?;
    step("Build the fuzzer (this takes a minute the first time)", || {
        finish(command("cargo fuzz build", &OPTIONS))
    })?;
    let targets = names(&format!("{FUZZ}/fuzz_targets"))?;
    step(&format!("Fuzz {} for {seconds} seconds, all at once", targets.join(", ")), || {
        let fuzzers = targets.iter().map(|target| Fuzzer::start(target, &scenarios, seconds));
        wait(fuzzers.collect::<Done<Vec<_>>>()?, seconds)
    })?;
    println!("\nNothing broke. The inputs that reached something new are in {BUILT}/found/.");
    Ok(())
}

/// A target that is being fuzzed, and the file that the fuzzer writes what it does to.
struct Fuzzer {
    target: String,
    process: Child,
    log: PathBuf,
}

impl Fuzzer {
    fn start(target: &str, scenarios: &str, seconds: u64) -> Done<Self> {
        // New inputs are written to the first folder; they are kept by copying them to the corpus.
        let found = format!("{BUILT}/found/{target}");
        fs::create_dir_all(&found).map_err(about(&found))?;
        let mut fuzz = command("cargo fuzz run", &OPTIONS);
        fuzz.args([target, &found, &format!("{FUZZ}/corpus/{target}")]);
        if target == "facts" {
            fuzz.arg(scenarios);
        }
        fuzz.args(["--", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-print_funcs=0"]);
        fuzz.arg(format!("-max_total_time={seconds}"));
        let log = Path::new(BUILT).join(target).with_extension("log");
        let file = File::create(&log).map_err(about(&log))?;
        let process = fuzz.stdout(file.try_clone().map_err(about(&log))?).stderr(file).spawn();
        let process = process.map_err(|error| format!("cargo fuzz could not be started: {error}"))?;
        Ok(Self { target: target.into(), process, log })
    }

    /// What the fuzzer has counted; where it ended in a failure, what it wrote last is printed.
    fn end(self) -> Done {
        let Self { target, mut process, log } = self;
        let status = process.wait().map_err(|error| format!("cargo fuzz: {error}"))?;
        let written = fs::read(&log).map_err(about(&log))?;
        let written = String::from_utf8_lossy(&written);
        if !status.success() {
            let lines: Vec<_> = written.lines().collect();
            println!("{}", lines.get(lines.len().saturating_sub(60)..).unwrap_or_default().join("\n"));
            return Err(format!(
                "the fuzzer found an input on which the target `{target}` fails ({status}); what it printed last stands \
                 above, with the command that repeats it, and all of it in {}.",
                log.display()
            ));
        }
        let counted = written.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        let counted = counted.ok_or_else(|| format!("{}: the fuzzer did not end", log.display()))?;
        println!("   {target}: {} inputs", counted.trim());
        Ok(())
    }
}

/// Waits until all have ended; says from time to time how long they have been at it.
fn wait(mut fuzzers: Vec<Fuzzer>, seconds: u64) -> Done {
    let start = Instant::now();
    let mut told = 0;
    while fuzzers.iter_mut().any(|fuzzer| matches!(fuzzer.process.try_wait(), Ok(None))) {
        sleep(Duration::from_millis(200));
        let passed = start.elapsed().as_secs();
        if passed >= told + (seconds / 6).max(10) {
            told = passed;
            println!("   {passed} of {seconds} s");
        }
    }
    // Each says how it ended, whatever the ones before it say.
    let ended: Vec<_> = fuzzers.into_iter().map(Fuzzer::end).collect();
    ended.into_iter().collect()
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
