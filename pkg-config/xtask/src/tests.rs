//! All tests, those that take little time first.

use std::fs;
use std::path::{Path, PathBuf};

use crate::host::{self, Done, about, command, finish, read, run, step};
use crate::{audit, bench, budget, fuzz, native, package, python};

/// Runs tests of Node, two files of them at a time.
const NODE_TESTS: &str = "node --test --test-concurrency=2 --test-reporter=spec";

/// Runs all tests; stops at the first step that fails.
pub fn run_all() -> Done {
    step("Check the formatting", || {
        rustfmt(&["--check"]).map_err(|_| "the formatting differs; run: cargo xtask format".into())
    })?;
    host::need_wasm_target()?;
    step("Check the Rust with clippy", || {
        run("cargo clippy --quiet --workspace --all-targets -- -D warnings", &[])?;
        run("cargo clippy --quiet --lib --target wasm32-unknown-unknown -- -D warnings", &[])
    })?;
    step("Test the Rust", || run("cargo test --quiet --workspace", &[]))?;
    step("Check the documentation", || {
        let mut doc = command("cargo doc --quiet --no-deps --lib", &[]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        finish(doc)
    })?;
    package::build()?;
    step("Check the package's size against its budget", budget::check)?;
    bench::check_instructions()?;
    let installed = step("Pack the package, and install it in an empty project", install)?;
    let module = installed.join("node.js");
    host::need_npm_packages("tests/hosts")?;
    host::need_chromium()?;
    step("Try the package in every host, its types in TypeScript among them", || {
        run("node tests/hosts/run.mjs", &[])
    })?;
    step("Put the scenarios to the installed package, with its own command", || {
        run(&installed.join("../../.bin/preflight-scenarios").to_string_lossy(), &[])
    })?;
    // The schema of scenario files is tested with its validator.
    host::need_npm_packages("tests/bench")?;
    step("Test the installed package in Node", || {
        let mut tests = command(NODE_TESTS, &["tests/node/"]);
        tests.env("PREFLIGHT_PACKAGE", &module);
        finish(tests)
    })?;
    step("Try load: mixed calls, a thousand engines at a time, and sixteen workers at once", || {
        let mut soak = command("node tests/node/soak.mjs --calls 20000", &[]);
        soak.env("PREFLIGHT_PACKAGE", &module);
        finish(soak)
    })?;
    step(
        "Compare the answers of every engine in the benchmark, and what those that validate refuse",
        || {
            let mut tests = command("node --test --test-reporter=spec tests/bench/verify.test.mjs", &[]);
            tests.env("PREFLIGHT_PACKAGE", &module);
            finish(tests)
        },
    )?;
    step("Put the scenarios, refusals and random facts to its translation to JavaScript", || {
        let translated = |line: &str, more: &[&str]| {
            let mut tests = command(line, more);
            tests.env("PREFLIGHT_PACKAGE", &module).env("PREFLIGHT_PREFER", "js").env("COUNT", "10000");
            finish(tests)
        };
        translated("node tests/node/run.mjs", &[])?;
        let tests = ["differential", "columns", "refusals", "options", "workdays"]
            .map(|name| format!("tests/node/{name}.test.mjs"));
        translated(NODE_TESTS, &tests.each_ref().map(String::as_str))
    })?;
    step("Explain every scenario and random facts natively, for the other hosts to compare", || {
        native::explain_all("target/project/native.json")
    })?;
    step("Explain them in Node, and by the translation: the same bytes", || {
        let identical = |prefer: &str| {
            let mut test = command("node --test --test-reporter=spec tests/node/identical.mjs", &[]);
            test.env("PREFLIGHT_PREFER", prefer);
            finish(test)
        };
        identical("wasm")?;
        identical("js")
    })?;
    step("Check the types of the pages", || run("node_modules/.bin/tsc --noEmit --project www", &[]))?;
    package::build_pages()?;
    step("Test the pages in Chromium", || run(NODE_TESTS, &["tests/browser/"]))?;
    audit::test()?;
    python::test()?;
    fuzz::test()?;
    host::need_other_browsers()?;
    step("Try the main paths in other browsers: Chromium 69, and what else is there", || {
        run("node --test --test-reporter=spec tests/cross-browser/", &[])
    })?;
    println!("\nEvery test passed.");
    Ok(())
}

/// Builds the pages and takes screenshots of each in every state.
pub fn screenshots(options: &[&str]) -> Done {
    let only = match options {
        [] | ["--only", _] => options,
        _ => {
            return Err(format!(
                "`{}` is not an option of screenshots; the only one is --only TEXT.",
                options.join(" ")
            ));
        }
    };
    build_for_pages()?;
    host::need_other_browsers()?;
    step("Take pictures", || run("node tests/browser/screenshots.mjs", only))
}

/// Builds the pages and prints the bytes, requests and times of the order page.
pub fn figures() -> Done {
    build_for_pages()?;
    step("Measure the order page", || run("node tests/browser/figures.mjs", &[]))
}

fn build_for_pages() -> Done {
    host::need_chromium()?;
    package::build()?;
    package::build_pages()
}

/// Formats every Rust file. The files are listed, because rustfmt does not find modules that a macro declares.
pub fn rustfmt(options: &[&str]) -> Done {
    let mut files = Vec::new();
    for folder in ["src", "tests", "pkg-config"] {
        rust_files(Path::new(folder), &mut files)?;
    }
    let mut rustfmt = command("rustfmt --edition 2024", options);
    rustfmt.args(files);
    finish(rustfmt)
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> Done {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(about(folder))? {
        let path = entry.map_err(about(folder))?.path();
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Packs `pkg/` as npm publishes it, installs the tarball in an empty project, and returns the installed folder.
fn install() -> Done<PathBuf> {
    let project = host::empty_folder("project")?;
    let manifest = project.join("package.json");
    fs::write(&manifest, "{ \"private\": true, \"type\": \"module\" }\n").map_err(about(&manifest))?;
    let packed = read("npm pack ./pkg --silent --pack-destination", &[&project.to_string_lossy()])?;
    let mut install =
        command("npm install --silent --no-audit --no-fund --offline", &[&format!("./{packed}")]);
    install.current_dir(&project);
    finish(install)?;
    Ok(project.join("node_modules/@ekuaiji/preflight"))
}
