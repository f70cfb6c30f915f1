//! 供应链: where everything that Preflight is built from comes from, under which licences, and that it is locked.
//!
//! Nothing is fetched: crates are read from `Cargo.lock` and from `cargo metadata --offline`, packages of npm from their
//! lock files. Every check is a function from texts to what is wrong with them, so that a planted fault shows that it is
//! found.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;

/// The licences under which something may be used: permissive ones, and for tools that are not shipped MPL-2.0.
const LICENCES: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// Tools, none of which becomes part of the package, under a licence that is not permissive.
const TOOLS: [(&str, &str); 3] =
    [("axe-core", "MPL-2.0"), ("lightningcss", "MPL-2.0"), ("@img/sharp", "LGPL-3.0-or-later")];
/// Crates of which two versions are needed, and by whom.
const TWICE: [(&str, &str); 5] = [
    ("base64", "parquet and a tool of the build need different ones"),
    ("getrandom", "arrow-array, and what draws random facts for tests, need different ones"),
    ("hashbrown", "wasmparser and indexmap need different ones, for the build alone"),
    ("r-efi", "the versions of getrandom need different ones, on a system that is not built for"),
    ("syn", "clap and serde need different ones, in macros that run while compiling"),
];
/// Crates that must not be among the dependencies of the module: they need an operating system, or fetch something.
const BANNED: [&str; 6] = ["getrandom", "openssl-sys", "reqwest", "time", "tokio", "ureq"];
/// The only source of crates.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The most crates that the module is compiled with, macros included, and of all crates that are locked.
const MOST_IN_MODULE: usize = 27;
const MOST_LOCKED: usize = 175;

/// The lock files of npm.
const NPM_LOCKS: [&str; 3] =
    ["package-lock.json", "tests/hosts/package-lock.json", "tests/bench/package-lock.json"];
/// Packages of npm that run a script when they are installed, since they bring a program of the platform.
const SCRIPTS: [&str; 4] = ["bun", "deno", "esbuild", "workerd"];

/// A crate of a lock file.
#[derive(Debug)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: bool,
}

fn locked(lock: &str) -> Vec<Locked> {
    let field = |package: &str, name: &str| {
        let start = format!("{name} = \"");
        package.lines().find_map(|line| Some(line.strip_prefix(&start)?.trim_end_matches('"').to_string()))
    };
    lock.split("[[package]]")
        .skip(1)
        .map(|package| Locked {
            name: field(package, "name").unwrap_or_default(),
            version: field(package, "version").unwrap_or_default(),
            source: field(package, "source"),
            checksum: field(package, "checksum").is_some(),
        })
        .collect()
}

/// The crates that come from elsewhere than crates.io, or without a checksum; those of the workspace have no source.
fn unsure_sources(lock: &str) -> Vec<String> {
    let unsure = |crate_: &Locked| {
        crate_.source.as_deref().is_some_and(|source| source != CRATES_IO || !crate_.checksum)
    };
    locked(lock)
        .into_iter()
        .filter(unsure)
        .map(|crate_| format!("{} {}", crate_.name, crate_.version))
        .collect()
}

/// The crates of which there are several versions.
fn several_versions(lock: &str) -> BTreeSet<String> {
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for crate_ in locked(lock) {
        *versions.entry(crate_.name).or_default() += 1;
    }
    versions.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect()
}

/// Whether one may choose licences that are allowed: all of those joined by AND, one of those joined by OR.
fn is_allowed(licence: &str) -> bool {
    is_allowed_with(licence, None)
}

/// The same, where one more licence is allowed.
fn is_allowed_with(licence: &str, more: Option<&str>) -> bool {
    let licence = licence.replace('/', " OR ");
    let all = licence.split(" AND ").map(|part| part.trim_matches(['(', ')', ' ']).to_string());
    let is_listed = |one: &str| more == Some(one) || LICENCES.contains(&one);
    all.into_iter().all(|part| part.split(" OR ").any(|one| is_listed(one.trim_matches(['(', ')', ' ']))))
}

/// What is wrong with a lock file of npm: another registry than that of the client, no checksum, a licence, a script.
fn npm_faults(lock: &str) -> Vec<String> {
    let lock: Value = serde_json::from_str(lock).expect("a lock file is JSON");
    let mut faults = Vec::new();
    for (path, package) in lock["packages"].as_object().expect("it lists packages") {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let tool = TOOLS.iter().find(|(tool, _)| name == *tool || name.starts_with(&format!("{tool}-")));
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed_with(licence, tool.map(|(_, allowed)| *allowed)) {
            faults.push(format!("{name}: the licence `{licence}`"));
        }
        if !package["integrity"].as_str().is_some_and(|digest| digest.starts_with("sha512-")) {
            faults.push(format!("{name}: no checksum"));
        }
        if package["resolved"].is_string() {
            faults.push(format!("{name}: an address of its own"));
        }
        if package["hasInstallScript"] == Value::Bool(true) && !SCRIPTS.contains(&name) {
            faults.push(format!("{name}: a script that runs when it is installed"));
        }
    }
    faults
}

/// Every crate that is compiled for a workspace, as cargo knows it, without network.
fn metadata(manifest: &str) -> Value {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host]);
    cargo.args(["--manifest-path", manifest]);
    // What only the features need is fetched when they are first built.
    if is_built("target/native/preflight") && is_built("target/wheels") {
        cargo.arg("--all-features");
    }
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("metadata is JSON")
}

fn is_built(what: &str) -> bool {
    std::path::Path::new(what).exists()
}

#[test]
fn every_crate_comes_from_crates_io_with_a_checksum() {
    for path in ["Cargo.lock", "tests/fuzz/Cargo.lock"] {
        assert_eq!(unsure_sources(&fs::read_to_string(path).unwrap()), [""; 0], "{path}");
    }
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let count = locked(&lock).len();
    assert!(
        (50..=MOST_LOCKED).contains(&count),
        "{count} crates; more need a reason, and a higher number here"
    );
}

#[test]
fn a_crate_from_elsewhere_is_found() {
    let entry = |rest: &str| format!("[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n{rest}\n");
    for rest in ["source = \"git+https://example.com/a#1\"".to_string(), format!("source = \"{CRATES_IO}\"")]
    {
        assert_eq!(unsure_sources(&entry(&rest)), ["a 1.0.0"], "{rest}");
    }
    assert_eq!(unsure_sources(&entry("")), [""; 0]);
    assert_eq!(unsure_sources(&entry(&format!("source = \"{CRATES_IO}\"\nchecksum = \"1\""))), [""; 0]);
}

#[test]
fn a_crate_has_one_version_unless_it_is_listed() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let listed: BTreeSet<_> = TWICE.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(several_versions(&lock), listed);
    assert_eq!(
        several_versions(&format!("{lock}\n[[package]]\nname = \"serde\"\nversion = \"0.1.0\"\n")).len(),
        TWICE.len() + 1
    );
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let mut packages = metadata("Cargo.toml")["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50);
    // What only the fuzzer needs is fetched when it is first built.
    if is_built("target/fuzz") {
        packages.extend(metadata("tests/fuzz/Cargo.toml")["packages"].as_array().unwrap().clone());
    }
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence), "{}: {licence}", package["name"]);
    }
}

#[test]
fn a_licence_that_is_not_allowed_is_found() {
    for licence in ["MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "Zlib"] {
        assert!(is_allowed(licence), "{licence}");
    }
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND SSPL-1.0", "MPL-2.0"] {
        assert!(!is_allowed(licence), "{licence}");
    }
}

#[test]
fn the_module_is_compiled_with_few_crates_and_none_that_is_banned() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--package",
            "preflight",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--edges", "normal", "--target", "wasm32-unknown-unknown"])
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("js-sys") && names.len() <= MOST_IN_MODULE, "{} crates: {names:?}", names.len());
    for banned in BANNED {
        assert!(!names.contains(banned), "{banned}");
    }
}

#[test]
fn every_package_of_npm_is_locked_by_a_checksum_and_its_licence_allowed() {
    for path in NPM_LOCKS {
        assert_eq!(npm_faults(&fs::read_to_string(path).unwrap()), [""; 0], "{path}");
    }
}

#[test]
fn a_faulty_package_of_npm_is_found() {
    let sound = r#""license": "MIT", "integrity": "sha512-x""#;
    let faults = |package: &str| {
        npm_faults(&format!(r#"{{ "packages": {{ "": {{}}, "node_modules/a": {{ {package} }} }} }}"#))
    };
    assert_eq!(faults(sound), [""; 0]);
    for faulty in [
        r#""license": "GPL-3.0", "integrity": "sha512-x""#.to_string(),
        r#""license": "MIT""#.to_string(),
        format!(r#"{sound}, "resolved": "https://example.com/a.tgz""#),
        format!(r#"{sound}, "hasInstallScript": true"#),
    ] {
        assert_eq!(faults(&faulty).len(), 1, "{faulty}");
    }
}

#[test]
fn commands_install_what_is_locked() {
    let alias = fs::read_to_string(".cargo/config.toml").unwrap();
    assert!(alias.contains("run --locked "), "{alias}");
    let npmrc = fs::read_to_string(".npmrc").unwrap();
    assert!(npmrc.contains("omit-lockfile-registry-resolved=true"), "{npmrc}");
    for file in fs::read_dir("pkg-config/xtask/src").unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for line in
            text.lines().filter(|line| line.contains("\"cargo install") || line.contains("\"npm install"))
        {
            assert!(line.contains("--locked") || line.contains("--offline"), "{}: {line}", path.display());
        }
    }
}
