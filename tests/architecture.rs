//! 结构: the folders under `src/` depend on each other in one direction, and each dependency is justified.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folders of the core, each of which may use those before it and itself.
const LAYERS: [&str; 5] = ["model", "input", "rules", "engine", "explain"];
/// What stands at the end: each may use every layer, and none of the others.
const ENDS: [&str; 3] = ["catalogue", "proof", "wasm"];
/// The crates that only the boundary to JavaScript may name.
const JAVASCRIPT: [&str; 3] = ["wasm_bindgen", "js_sys", "serde_wasm_bindgen"];
/// Files that are tables, and may be as long as what they list.
const TABLES: [&str; 2] = ["src/model/facts.rs", "src/rules/conditions.rs"];
/// The most lines of any other source file.
const LONGEST_FILE: usize = 500;

/// Every file under a folder whose name ends so, with its text.
fn files(folder: &str, ending: &str) -> io::Result<BTreeMap<PathBuf, String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = fs::read_to_string(&path)?;
                found.insert(path, text);
            }
        }
    }
    Ok(found)
}

/// The module of the crate that a file belongs to: `model` for `src/model/time.rs`, `catalogue` for `src/catalogue.rs`.
fn module_of(path: &Path) -> String {
    let below = path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let first = below.unwrap_or_default();
    first.strip_suffix(".rs").map(String::from).unwrap_or(first)
}

/// The modules of the crate that a text names by `crate::…`, outside of comments.
fn modules_used(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let used = code.flat_map(|line| line.split("crate::").skip(1).map(String::from).collect::<Vec<_>>());
    used.map(|rest| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect())
        .collect()
}

/// Whether a module may use another.
fn may_use(module: &str, other: &str) -> bool {
    let layer = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    match (layer(module), layer(other)) {
        (Some(own), Some(used)) => used <= own,
        (None, Some(_)) => true,
        (_, None) => module == other || !ENDS.contains(&other) && ENDS.contains(&module),
    }
}

#[test]
fn the_folders_depend_on_each_other_in_one_direction() {
    let mut back = Vec::new();
    for (path, text) in files("src", ".rs").unwrap() {
        let module = module_of(&path);
        if ["lib", "bin"].contains(&module.as_str()) {
            continue;
        }
        let used = modules_used(&text);
        back.extend(used.into_iter().filter(|used| !may_use(&module, used)).map(|used| (path.clone(), used)));
    }
    assert!(back.is_empty(), "arrows that run back: {back:#?}");
}

#[test]
fn an_arrow_that_runs_back_is_found() {
    let planted =
        "use crate::explain::plan::Plan;\n// crate::wasm is only spoken of\nlet x = crate::proof::prove;";
    assert_eq!(modules_used(planted), ["explain", "proof"]);
    for (module, other) in [("model", "input"), ("engine", "explain"), ("rules", "proof"), ("proof", "wasm")]
    {
        assert!(!may_use(module, other), "{module} -> {other}");
    }
    for (module, other) in
        [("explain", "model"), ("engine", "engine"), ("proof", "explain"), ("wasm", "input")]
    {
        assert!(may_use(module, other), "{module} -> {other}");
    }
}

#[test]
fn only_the_boundary_knows_javascript() {
    for (path, text) in files("src", ".rs").unwrap() {
        let names = JAVASCRIPT.iter().filter(|name| text.contains(&format!("{name}::")));
        let named: Vec<_> = names.collect();
        assert!(named.is_empty() || module_of(&path) == "wasm", "{}: {named:?}", path.display());
    }
}

#[test]
fn the_command_line_uses_what_every_user_of_the_crate_can() {
    for (path, text) in files("src/bin", ".rs").unwrap() {
        let used = modules_used(&text);
        let own = |module: &String| path.with_file_name(format!("{module}.rs")).exists();
        assert!(used.iter().all(|module| module.is_empty() || own(module)), "{}: {used:?}", path.display());
    }
}

#[test]
fn the_front_does_not_know_the_pages_and_the_elements_do_not_know_the_demo() {
    let imports = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains(" from '") || line.starts_with("import '"));
        lines.filter_map(|line| line.split('\'').nth(1).map(String::from)).collect()
    };
    for (path, text) in files("src/npm", ".ts").unwrap() {
        assert!(
            imports(&text).iter().all(|from| !from.contains("www") && !from.starts_with("../")),
            "{}",
            path.display()
        );
    }
    for (path, text) in files("www/elements", ".ts").unwrap() {
        assert!(imports(&text).iter().all(|from| !from.contains("../src")), "{}", path.display());
    }
    for folder in ["src/npm", "www"] {
        for (path, text) in files(folder, ".ts").unwrap() {
            assert!(imports(&text).iter().all(|from| !from.contains("pkg-config")), "{}", path.display());
        }
    }
}

#[test]
fn no_source_file_is_long_unless_it_is_a_table() {
    for (folder, ending) in
        [("src", ".rs"), ("src", ".ts"), ("pkg-config", ".rs"), ("www", ".ts"), ("tests", ".rs")]
    {
        for (path, text) in files(folder, ending).unwrap() {
            let (name, lines) = (path.to_string_lossy(), text.lines().count());
            assert!(lines <= LONGEST_FILE || TABLES.contains(&name.as_ref()), "{name} has {lines} lines");
        }
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    for manifest in ["Cargo.toml", "pkg-config/xtask/Cargo.toml", "pkg-config/bindgen/Cargo.toml"] {
        let text = fs::read_to_string(manifest).unwrap();
        let (mut within, mut before) = (false, "");
        for line in text.lines() {
            if line.starts_with('[') {
                within = line.ends_with("dependencies]");
            } else if within && line.contains('=') && !line.starts_with('#') {
                assert!(before.starts_with('#'), "{manifest}: `{line}` does not say what it is for");
            }
            before = line;
        }
    }
}
