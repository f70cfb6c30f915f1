//! Benchmarks: the time of an answer natively and compared with other engines, and the instructions it takes, which
//! do not depend on the load of the machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use preflight::engine::batch::{Columns, TextInterner};
use preflight::model::facts::FactSet;
use preflight::{Answer, Facts, Question, Terms, Value, check};
use serde_json::json;

use crate::host::{self, Done, about, command, finish, read, run, step};
use crate::package;

const FACTS: &str = "target/bench/facts.json";
const NATIVE: &str = "target/bench/native.json";
const COUNTED: &str = "target/bench/instructions.json";
const COMMITTED: &str = "tests/bench/instructions.json";
/// For how many facts of each question instructions are counted; time is measured for all facts.
const COUNTED_FACTS: usize = 1000;
/// How many more instructions than committed are accepted, in percent; compilers differ by as much.
const TOLERANCE: f64 = 5.0;

/// Runs the benchmark. The options other than `--quick` are for the processes that the benchmark itself starts, built
/// for release.
pub fn run_all(options: &[&str]) -> Done {
    match options {
        [] | ["--quick"] => compare(options),
        ["--time", quick @ ..] => time(!quick.is_empty()),
        ["--instructions"] => count_instructions(),
        ["--work", question] => work(question),
        _ => Err(format!("`{}` is not an option of bench; the only one is --quick.", options.join(" "))),
    }
}

/// Prints the comparison with other engines, then the instructions.
fn compare(options: &[&str]) -> Done {
    host::need_npm_packages(".")?;
    host::need_npm_packages("tests/bench")?;
    if !Path::new("pkg").exists() {
        package::build()?;
    }
    let release = |part: &str| command("cargo run --quiet --release --package xtask -- bench", &[part]);
    step("Draw the facts", || run("node tests/bench/facts.mjs", &[FACTS]))?;
    step("Time the engine natively", || {
        // Compiled for speed, as a native program would be. The instructions below are counted in a build for size,
        // with the profile of the module.
        let fast =
            "cargo run --quiet --release --config profile.release.opt-level=3 --target-dir target/native";
        let mut timing = command(fast, &["--package", "xtask", "--", "bench", "--time"]);
        timing.args(options);
        finish(timing)
    })?;
    step("Compare with other engines", || {
        run("node tests/bench/bench.mjs --native", &[&[NATIVE], options].concat())
    })?;
    step("Count instructions", || finish(release("--instructions")))
}

/// Generates facts, counts instructions only, and fails where they exceed the committed counts.
pub fn check_instructions() -> Done {
    step("Count instructions, and hold them against those accepted", || {
        run("node tests/bench/facts.mjs", &[FACTS])?;
        run("cargo run --quiet --release --package xtask -- bench --instructions", &[])
    })
}

/// The facts of each question, as a caller's JSON.
fn facts_by_question() -> Done<BTreeMap<String, Vec<Value>>> {
    let text = fs::read_to_string(FACTS).map_err(about(FACTS))?;
    serde_json::from_str(&text).map_err(|error| format!("{FACTS}: {error}"))
}

fn question_named(name: &str) -> Done<Question> {
    Question::read(&Value::Text(name.into())).map_err(|error| error.message())
}

fn facts_of(value: &Value) -> Done<Facts<'_>> {
    Facts::read(value).map_err(|error| error.message())
}

/// Validates all facts. Not inlined, because valgrind counts the instructions of a function by its name.
#[inline(never)]
fn read_all(values: &[Value]) -> usize {
    values.iter().filter(|value| facts_of(value).is_ok()).count()
}

/// Checks validated facts and counts the codes. Not inlined, like [`read_all`].
#[inline(never)]
fn check_all(question: Question, facts: &[Facts<'_>], terms: &Terms) -> usize {
    facts.iter().map(|facts| codes(&check(question, facts, terms))).sum()
}

/// A block of orders in columns, the number of orders, and the number of their texts.
type Block = (Columns, usize, usize);

fn block_of(facts: &[Facts<'_>]) -> Block {
    let (mut columns, mut texts) = (Columns::new(), TextInterner::default());
    for (row, facts) in facts.iter().enumerate() {
        columns.put(row, facts, &mut texts);
    }
    (columns, facts.len(), texts.count())
}

/// Checks the blocks and counts the codes.
fn check_blocks(question: Question, blocks: &mut [Block], terms: &Terms) -> usize {
    let mut codes = 0;
    for (columns, rows, texts) in blocks {
        let checked = columns.check(question, FactSet::ALL, *rows, *texts, terms);
        let fired = &columns.answers().fired[..*rows];
        codes += checked.map_or(0, |()| fired.iter().map(|set| set.count_ones() as usize).sum());
    }
    codes
}

fn codes(answer: &Answer) -> usize {
    answer.fired.rules().count()
}

/// Measures the time of the engine, and writes the samples and every answer for the comparison.
fn time(quick: bool) -> Done {
    let setting =
        |name, usual: u64| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual);
    let (rounds, sample) = if quick { (3, 20) } else { (15, 80) };
    let rounds = setting("ROUNDS", rounds);
    let sample = Duration::from_millis(setting("SAMPLE_MS", sample));
    let terms = Terms::default();
    let [mut whole, mut check_only, mut by_columns, mut answers] = [(); 4].map(|()| serde_json::Map::new());
    for (name, values) in facts_by_question()? {
        let question = question_named(&name)?;
        let facts = values.iter().map(facts_of).collect::<Done<Vec<_>>>()?;
        let reference: Vec<_> = facts.iter().map(|facts| check(question, facts, &terms)).collect();
        answers.insert(name.clone(), json!(reference));
        let expected: usize = reference.iter().map(codes).sum();

        let timed = |decide: &mut dyn FnMut() -> usize| -> Done<serde_json::Value> {
            let mut samples = Vec::new();
            for round in 0..=rounds {
                let (start, mut passes) = (Instant::now(), 0_u32);
                while start.elapsed() < sample {
                    if decide() != expected {
                        return Err(format!("the engine answered {name} differently the second time."));
                    }
                    passes += 1;
                }
                if round > 0 {
                    let decisions = f64::from(passes) * values.len() as f64;
                    samples.push(start.elapsed().as_secs_f64() * 1e9 / decisions);
                }
            }
            Ok(json!({ "samples": samples }))
        };
        let read_and_check = || {
            let answer =
                |value| Facts::read(value).map_or(0, |facts| codes(&check(question, &facts, &terms)));
            values.iter().map(answer).sum()
        };
        whole.insert(name.clone(), timed(&mut &read_and_check)?);
        check_only.insert(name.clone(), timed(&mut || check_all(question, &facts, &terms))?);
        let mut blocks: Vec<_> = facts.chunks(Columns::ROWS).map(block_of).collect();
        by_columns.insert(name.clone(), timed(&mut || check_blocks(question, &mut blocks, &terms))?);
    }
    let rows = json!([
        {
            "name": "preflight natively, facts read and checked",
            "note": "from JSON that was parsed before; compiled for speed, unlike the module",
            "timing": whole,
        },
        { "name": "preflight natively, `check` alone", "timing": check_only },
        {
            "name": "preflight natively, columns",
            "note": "blocks of 2,048 orders that were filled before",
            "timing": by_columns,
        },
    ]);
    fs::write(NATIVE, json!({ "rows": rows, "answers": answers }).to_string()).map_err(about(NATIVE))
}

/// The work for which instructions are counted: both functions once, of which valgrind counts one.
fn work(question: &str) -> Done {
    let mut by_question = facts_by_question()?;
    let values = by_question.entry(question.into()).or_default().get(..COUNTED_FACTS).unwrap_or_default();
    let facts = values.iter().map(facts_of).collect::<Done<Vec<_>>>()?;
    std::hint::black_box(read_all(values));
    std::hint::black_box(check_all(question_named(question)?, &facts, &Terms::default()));
    Ok(())
}

/// Counts instructions per answer with valgrind, and compares them with the committed counts.
fn count_instructions() -> Done {
    if command("valgrind --version", &[]).output().is_err() {
        println!("   left out, since valgrind is not installed; run: apt-get install -y valgrind");
        return Ok(());
    }
    let text = fs::read_to_string(COMMITTED).map_err(about(COMMITTED))?;
    let committed: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{COMMITTED}: {error}"))?;
    let compiler = read("rustc --version", &[])?;
    let mut counted = json!({ "compiler": compiler });
    let mut worst = f64::NEG_INFINITY;
    println!("\n| instructions per decision | now | committed | change |\n| --- | ---: | ---: | ---: |");
    for question in facts_by_question()?.keys() {
        for part in ["read", "check"] {
            let now = instructions(part, question)?;
            counted[question][part] = now.into();
            let before = &committed[question][part];
            let change = (now as f64 / before.as_f64().unwrap_or(f64::NAN) - 1.0) * 100.0;
            worst = worst.max(change);
            println!("| {question}, {part} | {now} | {before} | {change:+.1} % |");
        }
    }
    println!("\nCounted natively on {COUNTED_FACTS} facts of each question; {compiler}.");
    fs::write(COUNTED, format!("{counted:#}\n")).map_err(about(COUNTED))?;
    if worst > TOLERANCE {
        return Err(format!(
            "a count of instructions rose by {worst:.1} %, more than {TOLERANCE} %. Find what costs it; if it is worth \
             it, or another compiler than {} counts so, run: cp {COUNTED} {COMMITTED}",
            committed["compiler"]
        ));
    }
    Ok(())
}

/// Instructions per answer within `read_all` or `check_all`.
fn instructions(part: &str, question: &str) -> Done<u64> {
    const LOG: &str = "target/bench/callgrind.log";
    let this = std::env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
    let mut valgrind = command("valgrind --tool=callgrind --callgrind-out-file=/dev/null", &[]);
    valgrind.arg(format!("--log-file={LOG}")).arg(format!("--toggle-collect=*bench::{part}_all*"));
    valgrind.arg(this).args(["bench", "--work", question]);
    finish(valgrind)?;
    let log = fs::read_to_string(LOG).map_err(about(LOG))?;
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    let total: u64 = collected
        .and_then(|(_, number)| number.trim().parse().ok())
        .filter(|total| *total > 0)
        .ok_or_else(|| format!("valgrind counted nothing in {part}_all; see {LOG}."))?;
    Ok(total / COUNTED_FACTS as u64)
}
