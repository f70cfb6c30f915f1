//! The wheel for Python: built, installed in a folder of its own, and tested, on Spark too.

use std::path::{Path, PathBuf};

use crate::host::{self, Done, command, finish, run, step};
use crate::python_types;

const VENV: &str = "target/python";
const WHEELS: &str = "target/wheels";
/// What the engine explains natively; in `cargo xtask test` an earlier step writes it for all hosts.
const EXPLAINED: &str = "target/project/native.json";
/// Generated, and packed into the wheel.
const TYPES: &str = "pkg-config/python/preflight/types.py";
/// What builds the wheel and what it is tested with, by versions that were tried together.
const PACKAGES: [&str; 4] = ["maturin==1.16.0", "pandas==2.3.3", "pyarrow==26.0.1", "pyspark==4.3.0"];
/// Links for an old glibc, whatever the one of this machine is.
const ZIG: &str = "ziglang==0.17.1";
/// Makes up orders.
const DUCKDB: &str = "duckdb==2.0.1";

/// Builds the wheel that is published, for every Linux with glibc 2.17 or later.
pub fn wheel() -> Done {
    if !need_python()? {
        return Err("the wheel is built with Python 3.9 or later and its module venv; install them.".into());
    }
    host::need_python_packages(VENV, &[&PACKAGES[..], &[ZIG]].concat())?;
    let wheel =
        build("Build the wheel for glibc 2.17 and later", &["--zig", "--compatibility", "manylinux2014"])?;
    println!("\n{}", wheel.display());
    Ok(())
}

/// Compares the audit on Spark with what Spark itself needs to send rows to Python and back.
pub fn bench(options: &[&str]) -> Done {
    let orders = match options {
        [] => "4000000",
        ["--orders", orders] if orders.parse::<u32>().is_ok_and(|orders| orders > 0) => orders,
        _ => {
            return Err(format!(
                "`{}` is not an option of bench spark; the only one is --orders NUMBER.",
                options.join(" ")
            ));
        }
    };
    if !(need_python()? && need_java()?) {
        return Err("the comparison runs on Python 3.9 and Java 17 or later; install them.".into());
    }
    host::need_python_packages(VENV, &[&PACKAGES[..], &[DUCKDB]].concat())?;
    install(&build("Build the wheel", &[])?)?;
    step("Compare the audit with Spark alone", || {
        run(&format!("{VENV}/bin/python tests/bench/audit/spark.py target/bench/spark"), &[orders])
    })
}

/// Builds the wheel for this machine, and tests it; says what is left out where Python or Java are missing.
pub fn test() -> Done {
    if !need_python()? {
        println!(
            "\n   left out: the wheel for Python and Spark; python3 with its module venv is not installed"
        );
        return Ok(());
    }
    host::need_python_packages(VENV, &PACKAGES)?;
    step("Check the Rust of the wheel with clippy", || {
        run(
            "cargo clippy --quiet --locked --package preflight-python --features extension",
            &["--", "-D", "warnings"],
        )
    })?;
    let wheel = build("Build the wheel", &[])?;
    install(&wheel)?;
    step("Test the wheel: every scenario, explained and in columns", || {
        unittest(&["test_engine", "test_audit"])
    })?;
    if !need_java()? {
        println!("\n   left out: orders on Spark; Java 17 or later is not installed");
        return Ok(());
    }
    step("Ask orders on Spark, in executors of which one is killed", || unittest(&["test_spark"]))
}

fn install(wheel: &Path) -> Done {
    step("Install the wheel", || {
        let install =
            format!("{VENV}/bin/pip install --quiet --disable-pip-version-check --no-deps --force-reinstall");
        run(&install, &[&wheel.to_string_lossy()])
    })
}

fn unittest(modules: &[&str]) -> Done {
    let python = Path::new(VENV).canonicalize().map_err(host::about(VENV))?.join("bin/python");
    let mut tests = command(&python.to_string_lossy(), &["-m", "unittest", "--verbose"]);
    tests.args(modules).current_dir("pkg-config/python/tests");
    if let Ok(explained) = Path::new(EXPLAINED).canonicalize() {
        tests.env("PREFLIGHT_EXPLAINED", explained);
    }
    finish(tests)
}

/// Builds the wheel; returns where it is.
fn build(what: &str, options: &[&str]) -> Done<PathBuf> {
    step(what, || {
        std::fs::write(TYPES, python_types::module()).map_err(host::about(TYPES))?;
        let folder = host::empty_folder("wheels")?;
        let maturin =
            format!("{VENV}/bin/maturin build --quiet --locked --manifest-path pkg-config/python/Cargo.toml");
        let mut build = command(&maturin, &["--out", WHEELS, "--interpreter"]);
        build.arg(format!("{VENV}/bin/python")).args(options);
        finish(build)?;
        let built = std::fs::read_dir(&folder).map_err(host::about(&folder))?.flatten().next();
        built.map(|entry| entry.path()).ok_or_else(|| format!("maturin has written no wheel to {WHEELS}."))
    })
}

/// Whether Python is there; it is installed where it is missing and the user is root.
fn need_python() -> Done<bool> {
    // Debian has the module but not what it installs unless the package python3-venv is there.
    host::need(
        "python3 -c",
        "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))",
        "Python",
        "python3-venv",
    )
}

/// Whether Java is there; it is installed where it is missing and the user is root.
fn need_java() -> Done<bool> {
    host::need("java", "-version", "Java", "default-jre-headless")
}
