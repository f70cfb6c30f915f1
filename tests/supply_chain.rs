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

use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Tools, none of which becomes part of the package, under a licence that is not permissive.
const TOOLS: [(&str, &str); 3] =
    [("axe-core", "MPL-2.0"), ("lightningcss", "MPL-2.0"), ("@img/sharp", "LGPL-3.0-or-later")];
/// Crates that must not be among the dependencies of the module: they need an operating system, or fetch something.
const BANNED: [&str; 6] = ["getrandom", "openssl-sys", "reqwest", "time", "tokio", "ureq"];
/// The only source of crates.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The most crates that the module is compiled with, macros included, and of all crates that are locked.
const MOST_IN_MODULE: usize = 27;
const MOST_LOCKED: usize = 180;

/// The lock files of npm.
const NPM_LOCKS: [&str; 3] =
    ["package-lock.json", "tests/hosts/package-lock.json", "tests/bench/package-lock.json"];
/// Packages of npm that run a script when they are installed, since they bring a program of the platform.
const SCRIPTS: [&str; 4] = ["bun", "deno", "esbuild", "workerd"];

/// What `deny.toml` allows; cargo-deny goes by the same file.
struct Allowed {
    licences: BTreeSet<String>,
    /// The crates that may be there in an older version too, as `name@version`.
    older: BTreeSet<String>,
}

fn allowed() -> Allowed {
    let text = fs::read_to_string("deny.toml").unwrap();
    let config: toml::Table = text.parse().expect("deny.toml is TOML");
    let list = |section: &str, name: &str| config[section][name].as_array().expect("a list").clone();
    let text = |value: &toml::Value| value.as_str().expect("a text").to_string();
    Allowed {
        licences: list("licenses", "allow").iter().map(text).collect(),
        older: list("bans", "skip").iter().map(|skipped| text(&skipped["crate"])).collect(),
    }
}

/// A crate of a lock file; one of the workspace has no source.
#[derive(Debug, Deserialize)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

fn locked(lock: &str) -> Vec<Locked> {
    let lock: toml::Table = lock.parse().expect("a lock file is TOML");
    lock["package"].clone().try_into().expect("it lists crates")
}

/// The crates that come from elsewhere than crates.io, or without a checksum; those of the workspace have no source.
fn unsure_sources(lock: &str) -> Vec<String> {
    let unsure = |crate_: &Locked| {
        crate_.source.as_deref().is_some_and(|source| source != CRATES_IO || crate_.checksum.is_none())
    };
    locked(lock)
        .into_iter()
        .filter(unsure)
        .map(|crate_| format!("{} {}", crate_.name, crate_.version))
        .collect()
}

/// Every crate of which there is a newer version beside it, as `name@version` with the part of the version that Cargo goes
/// by: `0.22` of 0.22.1, and `2` of 2.0.119.
fn older_versions(lock: &str) -> BTreeSet<String> {
    let mut versions: BTreeMap<String, BTreeSet<[u32; 2]>> = BTreeMap::new();
    for Locked { name, version, .. } in locked(lock) {
        let mut parts = version.split('.').map(|part| part.parse().expect("a number"));
        let major = parts.next().unwrap_or_default();
        let minor = if major == 0 { parts.next().unwrap_or_default() } else { 0 };
        versions.entry(name).or_default().insert([major, minor]);
    }
    let older =
        versions.iter().flat_map(|(name, versions)| versions.iter().rev().skip(1).map(move |v| (name, v)));
    older
        .map(|(name, [major, minor])| match major {
            0 => format!("{name}@0.{minor}"),
            _ => format!("{name}@{major}"),
        })
        .collect()
}

/// Whether one may choose licences that are allowed.
fn is_allowed(licence: &str, allowed: &BTreeSet<String>) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|licence| licence.evaluate(|one| allowed.contains(&one.to_string())))
}

/// What is wrong with a lock file of npm: another registry than that of the client, no checksum, a licence, a script.
fn npm_faults(lock: &str) -> Vec<String> {
    let Allowed { licences, .. } = allowed();
    let lock: Value = serde_json::from_str(lock).expect("a lock file is JSON");
    let mut faults = Vec::new();
    for (path, package) in lock["packages"].as_object().expect("it lists packages") {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        let tool = TOOLS.iter().find(|(tool, _)| name == *tool || name.starts_with(&format!("{tool}-")));
        let licence = package["license"].as_str().unwrap_or_default();
        let special = tool.map(|(_, special)| special.to_string());
        if !is_allowed(licence, &licences.iter().cloned().chain(special).collect()) {
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
    let Allowed { mut older, .. } = allowed();
    assert_eq!(older_versions(&lock), older);
    for (version, shown) in [("0.1.0", "serde@0.1"), ("99.0.0", "serde@1")] {
        let more = format!("{lock}\n[[package]]\nname = \"serde\"\nversion = \"{version}\"\n");
        older.insert(shown.into());
        assert_eq!(older_versions(&more), older, "{version}");
        older.remove(shown);
    }
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let Allowed { licences, .. } = allowed();
    let mut packages = metadata("Cargo.toml")["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50);
    // What only the fuzzer needs is fetched when it is first built.
    if is_built("target/fuzz") {
        packages.extend(metadata("tests/fuzz/Cargo.toml")["packages"].as_array().unwrap().clone());
    }
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &licences), "{}: {licence}", package["name"]);
    }
}

#[test]
fn a_licence_that_is_not_allowed_is_found() {
    let Allowed { licences, .. } = allowed();
    for licence in ["MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "Zlib"] {
        assert!(is_allowed(licence, &licences), "{licence}");
    }
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND SSPL-1.0", "MPL-2.0"] {
        assert!(!is_allowed(licence, &licences), "{licence}");
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
    for (licence, count) in [("MPL-2.0", 0), ("MPL-2.0 AND SSPL-1.0", 1)] {
        let tool =
            format!(r#""node_modules/axe-core": {{ "license": "{licence}", "integrity": "sha512-x" }}"#);
        assert_eq!(npm_faults(&format!(r#"{{ "packages": {{ {tool} }} }}"#)).len(), count, "{licence}");
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
