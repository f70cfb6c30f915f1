//! 结构: the folders depend on each other in one direction, files stay short, and each dependency is justified.
//!
//! Every check is a function from texts to what is wrong with them, so that a planted fault shows that it is found.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

/// The folders of the core; each may use itself and those before it.
const LAYERS: [&str; 5] = ["model", "input", "rules", "engine", "explain"];
/// The modules that nothing else in the library depends on; each may use every layer, and none of the others.
const OUTERMOST: [&str; 3] = ["catalogue", "proof", "wasm"];
/// The crates that only the boundary to JavaScript may name.
const JAVASCRIPT: [&str; 3] = ["wasm_bindgen", "js_sys", "serde_wasm_bindgen"];
/// Where `import` in a script may lead, by the folder that the script is in; the most specific folder counts.
const IMPORTS: [(&str, &[&str]); 5] = [
    ("src/npm", &["src/npm"]),
    ("www/elements", &["www/elements"]),
    ("www/src", &["www/src", "www/elements"]),
    ("www", &["www"]),
    ("tests", &["tests", "www", "pkg", "target"]),
];
/// Files that are tables, and may be as long as what they list.
const TABLES: [&str; 2] = ["src/model/facts.rs", "src/rules/conditions.rs"];
/// The most lines of any other source file.
const LONGEST_FILE: usize = 500;

/// Files by their path from the top of the repository.
type Files = BTreeMap<PathBuf, String>;

/// Every file under a folder whose name has one of the endings, without installed packages.
fn files(folder: &str, endings: &[&str]) -> io::Result<Files> {
    let mut found = Files::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if entry.file_type()?.is_dir() {
                if name != "node_modules" {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.insert(path.clone(), fs::read_to_string(path)?);
            }
        }
    }
    Ok(found)
}

/// One file that exists only in a test.
fn planted(path: &str, text: &str) -> Files {
    Files::from([(path.into(), text.into())])
}

/// The lines of a text that are not comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The identifier that a text begins with; empty where there is none.
fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The names in a path of modules up to the file, such as `["engine", "check"]` for `src/engine/check.rs`.
fn module_path(path: &Path) -> Vec<String> {
    let parts = path.components().skip(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let names = parts.map(|part| part.strip_suffix(".rs").map(String::from).unwrap_or(part));
    names.filter(|name| name != "mod").collect()
}

/// What the rest of a path names first: one name, or each name of a group in braces.
fn named_first(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![identifier(rest)] };
    let (mut depth, mut starts, mut names) = (0_u32, true, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth = depth.saturating_add(1),
            '}' if depth == 0 => break,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => starts = true,
            _ if starts && !letter.is_whitespace() => {
                names.push(identifier(group.get(at..).unwrap_or_default()));
                starts = false;
            }
            _ => {}
        }
    }
    names
}

/// What a file of the library names directly under the crate, by `crate::…` or by leaving its folder with `super::…`.
fn names_under_the_crate(path: &Path, text: &str) -> Vec<String> {
    let code = code(text).collect::<Vec<_>>().join("\n");
    let absolute = code.split("crate::").skip(1).flat_map(named_first);
    let depth = module_path(path).len();
    let relative = code.lines().flat_map(|line| {
        // Indented code can be within a module of the file, from where one more `super` leads to the file itself.
        let levels = if line.starts_with(' ') { depth.saturating_add(1) } else { depth };
        let leaving = "super::".repeat(levels);
        line.split(&leaving).skip(1).flat_map(named_first).collect::<Vec<_>>()
    });
    absolute.chain(relative).collect()
}

/// Whether a module may use what has the name directly under the crate: another module, or an item of the public surface.
fn may_use(module: &str, name: &str) -> bool {
    let layer = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    match (layer(module), layer(name)) {
        (Some(own), Some(used)) => used <= own,
        (Some(_), None) => false,
        (None, Some(_)) => true,
        (None, None) => module == name || !OUTERMOST.contains(&name),
    }
}

/// The arrows between the modules of the library that run back.
fn arrows_back(files: &Files) -> Vec<String> {
    let mut back = Vec::new();
    for (path, text) in files {
        let modules = module_path(path);
        let Some(module) = modules.first().filter(|module| !["lib", "bin"].contains(&module.as_str())) else {
            continue;
        };
        let names = names_under_the_crate(path, text).into_iter().filter(|name| !may_use(module, name));
        back.extend(names.map(|name| format!("{} -> {name}", path.display())));
    }
    back
}

/// The crates of JavaScript that are named outside the boundary.
fn javascript_outside_the_boundary(files: &Files) -> Vec<String> {
    let outside = files.iter().filter(|(path, _)| !path.starts_with("src/wasm"));
    let named = outside.flat_map(|(path, text)| {
        let words: Vec<&str> = code(text)
            .flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
            .collect();
        let named = JAVASCRIPT.iter().filter(move |name| words.contains(*name));
        named.map(move |name| format!("{} -> {name}", path.display()))
    });
    named.collect()
}

/// The path without `.` and `..`.
fn resolved(path: &Path) -> PathBuf {
    let mut parts: Vec<Component> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

/// What a script imports, statically or not, for its values or its types.
fn imported(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    for line in code(text) {
        for keyword in [" from ", "import ", "import(", "require("] {
            for rest in line.split(keyword).skip(1) {
                let quoted = |quote: char| rest.strip_prefix(quote).and_then(|rest| rest.split(quote).next());
                all.extend(quoted('\'').or_else(|| quoted('"')));
            }
        }
    }
    all
}

/// The imports by relative paths that leave the folders which the script's own folder may use.
fn imports_back(files: &Files) -> Vec<String> {
    let mut back = Vec::new();
    for (path, text) in files {
        let Some((_, allowed)) = IMPORTS.iter().find(|(folder, _)| path.starts_with(folder)) else {
            continue;
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        for target in imported(text).into_iter().filter(|target| target.starts_with('.')) {
            let leads_to = resolved(&folder.join(target));
            if !allowed.iter().any(|folder| leads_to.starts_with(folder)) {
                back.push(format!("{} -> {}", path.display(), leads_to.display()));
            }
        }
    }
    back
}

/// The files that are too long, and are not tables.
fn too_long(files: &Files) -> Vec<String> {
    let lines = files.iter().map(|(path, text)| (path.to_string_lossy(), text.lines().count()));
    let long = lines.filter(|(name, lines)| *lines > LONGEST_FILE && !TABLES.contains(&name.as_ref()));
    long.map(|(name, lines)| format!("{name}: {lines} lines")).collect()
}

/// The dependencies of a manifest that have no comment directly above them.
fn unexplained(manifest: &str) -> Vec<&str> {
    let (mut within, mut explained, mut unclosed, mut found) = (false, false, 0, Vec::new());
    for line in manifest.lines() {
        let is_comment = line.starts_with('#');
        if line.starts_with('[') && unclosed == 0 {
            let table = line.trim_matches(['[', ']']);
            within = table.ends_with("dependencies");
            // `[dependencies.name]` is an entry of its own.
            if table.contains("dependencies.") && !explained {
                found.push(line);
            }
        } else if !is_comment {
            if within && unclosed == 0 && line.contains('=') && !explained {
                found.push(line);
            }
            // An entry of several lines goes on until its brackets are closed.
            let brackets = |kind: [char; 2]| line.matches(kind).count();
            unclosed = brackets(['[', '{']).saturating_add(unclosed).saturating_sub(brackets([']', '}']));
        }
        explained = is_comment;
    }
    found
}

#[test]
fn the_folders_of_the_library_depend_on_each_other_in_one_direction() {
    assert_eq!(arrows_back(&files("src", &[".rs"]).unwrap()), [""; 0]);
}

#[test]
fn a_planted_arrow_that_runs_back_is_found() {
    for (path, line) in [
        ("src/model/time.rs", "use crate::input::value::Value;"),
        ("src/model/mod.rs", "use super::engine::check::check;"),
        ("src/rules/refund/order_not_paid.rs", "use super::super::super::explain::plan::Plan;"),
        ("src/rules/rule.rs", "$crate::proof::prove;"),
        ("src/engine/check.rs", "use crate::{model::facts::{Fact, Facts}, explain::Plan};"),
        ("src/engine/check.rs", "use crate::check;"),
        ("src/proof/mod.rs", "use crate::{wasm, model};"),
        ("src/catalogue.rs", "use crate::proof::prove;"),
    ] {
        assert_eq!(arrows_back(&planted(path, line)).len(), 1, "{path}: {line}");
    }
    for (path, line) in [
        ("src/explain/plan.rs", "use crate::{engine::check::check, model::facts::Facts};"),
        ("src/engine/check.rs", "// crate::wasm is only written about"),
        ("src/engine/batch/block.rs", "use super::super::check::verdict;"),
        ("src/catalogue.rs", "    use super::*;"),
        ("src/wasm/mod.rs", "crate::check(question, facts, terms)"),
        ("src/lib.rs", "pub use crate::proof::prove;"),
    ] {
        assert_eq!(arrows_back(&planted(path, line)), [""; 0], "{path}: {line}");
    }
}

#[test]
fn only_the_boundary_names_the_crates_of_javascript() {
    assert_eq!(javascript_outside_the_boundary(&files("src", &[".rs"]).unwrap()), [""; 0]);
    for line in ["use wasm_bindgen as js;", "#[wasm_bindgen]", "js_sys::Array::new()"] {
        assert_eq!(javascript_outside_the_boundary(&planted("src/engine/check.rs", line)).len(), 1, "{line}");
        assert_eq!(javascript_outside_the_boundary(&planted("src/wasm/mod.rs", line)), [""; 0]);
    }
}

#[test]
fn the_command_line_uses_only_the_public_surface_of_the_library() {
    for (path, text) in files("src/bin", &[".rs"]).unwrap() {
        // In the program, `crate` is the program.
        for name in code(&text).flat_map(|line| line.split("crate::").skip(1)).flat_map(named_first) {
            assert!(path.with_file_name(format!("{name}.rs")).exists(), "{}: {name}", path.display());
        }
    }
}

#[test]
fn scripts_import_in_one_direction_and_nothing_from_the_packaging() {
    for folder in ["src", "www", "tests"] {
        assert_eq!(imports_back(&files(folder, &[".ts", ".mjs", ".cts"]).unwrap()), [""; 0]);
    }
}

#[test]
fn a_planted_import_that_runs_back_is_found() {
    for (path, line) in [
        ("src/npm/engine.ts", "import { h } from '../../www/elements/dom.js';"),
        ("www/elements/form.ts", "const words = await import('../src/i18n');"),
        ("www/elements/form.ts", "export * from \"../src/i18n\";"),
        ("www/src/order.ts", "import '../../pkg-config/brotli.mjs';"),
        ("www/vite.config.ts", "const budget = require('../pkg-config/budget.json');"),
        ("tests/node/run.mjs", "import '../../pkg-config/brotli.mjs';"),
    ] {
        assert_eq!(imports_back(&planted(path, line)).len(), 1, "{path}: {line}");
    }
    for (path, line) in [
        ("src/npm/node.ts", "import { readFile } from 'node:fs/promises';"),
        ("www/src/order.ts", "import { h } from '../elements/dom.js';"),
        ("www/elements/form.ts", "import { h } from './dom.js';"),
    ] {
        assert_eq!(imports_back(&planted(path, line)), [""; 0], "{path}: {line}");
    }
}

#[test]
fn no_source_file_is_long_unless_it_is_a_table() {
    for folder in ["src", "pkg-config", "www", "tests"] {
        assert_eq!(too_long(&files(folder, &[".rs", ".ts", ".mjs", ".cts", ".py"]).unwrap()), [""; 0]);
    }
    let long = "\n".repeat(LONGEST_FILE + 1);
    assert_eq!(too_long(&planted("src/engine/check.rs", &long)).len(), 1);
    assert_eq!(too_long(&planted("src/model/facts.rs", &long)), [""; 0]);
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let mut manifests = files("pkg-config", &["Cargo.toml"]).unwrap();
    for path in ["Cargo.toml", "tests/fuzz/Cargo.toml"] {
        manifests.insert(path.into(), fs::read_to_string(path).unwrap());
    }
    assert!(manifests.len() > 1);
    for (path, text) in manifests {
        assert_eq!(unexplained(&text), [""; 0], "{}", path.display());
    }
}

#[test]
fn a_dependency_without_a_comment_is_found() {
    for manifest in [
        "[dependencies]\nserde = \"1\"",
        "[dependencies]\n# Why.\nserde = \"1\"\nclap = \"4\"",
        "[dev-dependencies]\n# Why.\n\njiff = \"0.2\"",
        "# Why.\n[target.'cfg(unix)'.dependencies]\nlibc = { version = \"1\" }",
        "[dependencies.serde]\nversion = \"1\"",
    ] {
        assert_eq!(unexplained(manifest).len(), 1, "{manifest}");
    }
    for manifest in [
        "[dependencies]\n# Why.\nserde = { version = \"1\", features = [\n  \"derive\",\n] }\n[lints]\nworkspace = true",
        "# Why.\n[dependencies.serde]\nversion = \"1\"\nfeatures = [\"derive\"]",
    ] {
        assert_eq!(unexplained(manifest), [""; 0], "{manifest}");
    }
}
