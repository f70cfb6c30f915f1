//! The size budget: the accepted size of each file of the package, part by part. A build that exceeds it fails and
//! names the parts that grew. The module and the front together have a limit too; what exceeds it is reported, and fails
//! only where it also exceeds what was accepted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use serde::{Deserialize, Serialize};
use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::host::{self, Done, about};

const ACCEPTED: &str = "pkg-config/budget.json";
/// How much more than the accepted size passes, in percent; compilers differ by as much.
const TOLERANCE: u64 = 1;
/// The files of `pkg/` that have a budget.
const FILES: [&str; 4] = ["preflight.wasm", "browser.js", "translated.js", "elements.js"];
/// The module with the names of its functions, and the metafile of the front: the sources of the sizes by part.
const NAMED: &str = "target/package/named.wasm";
const METAFILE: &str = "target/package/browser.json";

/// The size of a file, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    raw: u64,
    /// After `gzip -9`.
    gzip: u64,
    /// After brotli at its highest quality.
    brotli: u64,
    /// The raw bytes by part; empty for a file whose parts are not known.
    #[serde(default, skip_serializing_if = "Parts::is_empty")]
    parts: Parts,
}

type Parts = BTreeMap<String, u64>;
type Sizes = BTreeMap<String, Size>;

#[derive(Debug, Serialize, Deserialize)]
struct Budget {
    /// The most that the module and the front should take together; accepting sizes does not change it.
    limit: Limit,
    /// The accepted size of each file.
    files: Sizes,
}

/// Sizes in bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Limit {
    gzip: u64,
    brotli: u64,
}

/// Fails where a file exceeds its accepted size; with `--accept`, accepts the present sizes instead.
pub fn run(options: &[&str]) -> Done {
    match options {
        [] => check(),
        ["--accept"] => {
            let budget = Budget { limit: accepted()?.limit, files: sizes()? };
            let text = serde_json::to_string_pretty(&budget).map_err(|error| error.to_string())?;
            fs::write(ACCEPTED, text + "\n").map_err(about(ACCEPTED))?;
            println!("{ACCEPTED} holds what the package takes now; commit it, and say why.");
            Ok(())
        }
        _ => Err(format!("`{}` is not an option of budget; the only one is --accept.", options.join(" "))),
    }
}

/// Prints the size of each file, its difference from the accepted size, and what exceeds the limit.
pub fn report() -> Done {
    let (budget, now) = (accepted()?, sizes()?);
    print!("{}{}", table(&budget.files, &now), excess(budget.limit, &now));
    Ok(())
}

/// Fails where a file exceeds its accepted size, and names the parts that grew; prints what exceeds the limit.
pub fn check() -> Done {
    let (budget, now) = (accepted()?, sizes()?);
    print!("{}", excess(budget.limit, &now));
    refuse_growth(&budget.files, &now)
}

fn accepted() -> Done<Budget> {
    let text = fs::read_to_string(ACCEPTED).map_err(about(ACCEPTED))?;
    serde_json::from_str(&text).map_err(|error| format!("{ACCEPTED}: {error}"))
}

/// The sizes of the files that were built.
fn sizes() -> Done<Sizes> {
    let size = |name: &&str| {
        let path = format!("pkg/{name}");
        let size = Size {
            raw: fs::metadata(&path).map_err(about(&path))?.len(),
            gzip: packed(&path, "gzip -9 -n -c")?,
            brotli: packed(&path, "node pkg-config/brotli.mjs")?,
            parts: match *name {
                "preflight.wasm" => parts_of_module(&fs::read(NAMED).map_err(about(NAMED))?)
                    .map_err(|error| format!("{NAMED}: {error}"))?,
                "browser.js" => parts_of_front()?,
                _ => Parts::new(),
            },
        };
        Ok(((*name).into(), size))
    };
    FILES.iter().map(size).collect()
}

fn packed(path: &str, packer: &str) -> Done<u64> {
    host::read("sh -c", &[&format!("{packer} {path} | wc -c")])?
        .parse()
        .map_err(|_| format!("the size of {path} cannot be read."))
}

/// The bytes of a module by part: the code by the module or crate of each function, and the data section.
fn parts_of_module(module: &[u8]) -> Result<Parts, wasmparser::BinaryReaderError> {
    let (mut functions, mut imported, mut names) = (Vec::new(), 0, BTreeMap::new());
    let mut parts = Parts::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => imported = imports.count(),
            Payload::CodeSectionEntry(body) => functions.push(body.range().len() as u64),
            Payload::DataSection(data) => {
                parts.insert("texts and tables".into(), data.range().len() as u64);
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(subsections) = section.as_known() else { continue };
                for subsection in subsections {
                    if let Name::Function(functions) = subsection? {
                        for name in functions {
                            let name = name?;
                            names.insert(name.index, name.name);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    for (index, size) in (imported..).zip(functions) {
        *parts.entry(part(names.get(&index).copied().unwrap_or_default())).or_default() += size;
    }
    Ok(parts)
}

/// The part that a function belongs to, by its name: a module of this crate, or else the crate that is named first.
fn part(function: &str) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    // The names of crates of the standard library are followed by a hash in brackets.
    let bare: String =
        function.split('[').map(|piece| piece.split_once(']').map_or(piece, |(_, rest)| rest)).collect();
    if let Some((_, after)) = bare.split_once("preflight::") {
        return format!("preflight::{}", after.split(|letter| !is_name(letter)).next().unwrap_or_default());
    }
    let Some((before, _)) = bare.split_once("::") else { return "exports and others".into() };
    match before.trim_end_matches(|letter| !is_name(letter)).rsplit(|letter| !is_name(letter)).next() {
        // Methods of slices and texts belong to no named crate.
        None | Some("" | "str") => "core".into(),
        Some(name) => name.into(),
    }
}

/// The bytes of the front by source module.
fn parts_of_front() -> Done<Parts> {
    let text = fs::read_to_string(METAFILE).map_err(about(METAFILE))?;
    let metafile: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("{METAFILE}: {error}"))?;
    let inputs = metafile["outputs"]["pkg/browser.js"]["inputs"].as_object();
    let inputs = inputs.ok_or_else(|| format!("{METAFILE} does not say what pkg/browser.js is made of."))?;
    let part = |(path, input): (&String, &serde_json::Value)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        (name.into(), input["bytesInOutput"].as_u64().unwrap_or_default())
    };
    Ok(inputs.iter().map(part).collect())
}

/// A table of the sizes and their differences from the accepted ones.
fn table(accepted: &Sizes, now: &Sizes) -> String {
    let mut out = String::from(
        "\n   | bytes | raw | after gzip -9 | after brotli |\n   | --- | ---: | ---: | ---: |\n",
    );
    for (name, size) in now {
        let before = accepted.get(name).cloned().unwrap_or_default();
        let cell = |now: u64, before: u64| format!("{now} ({:+})", now as i64 - before as i64);
        let (raw, gzip, brotli) =
            (cell(size.raw, before.raw), cell(size.gzip, before.gzip), cell(size.brotli, before.brotli));
        let _ = writeln!(out, "   | {name} | {raw} | {gzip} | {brotli} |");
    }
    let Size { raw, gzip, brotli, .. } = module_and_front(now);
    let _ = writeln!(out, "   | module and front | {raw} | {gzip} | {brotli} |");
    out
}

/// The size of the module and the front together.
fn module_and_front(now: &Sizes) -> Size {
    let of = |name: &str| now.get(name).cloned().unwrap_or_default();
    let (module, front) = (of("preflight.wasm"), of("browser.js"));
    Size {
        raw: module.raw + front.raw,
        gzip: module.gzip + front.gzip,
        brotli: module.brotli + front.brotli,
        parts: Parts::new(),
    }
}

/// By how much the module and the front together exceed the limit; empty where they do not.
fn excess(limit: Limit, now: &Sizes) -> String {
    let Size { gzip, brotli, .. } = module_and_front(now);
    let mut out = String::new();
    for (packer, now, limit) in [("gzip -9", gzip, limit.gzip), ("brotli", brotli, limit.brotli)] {
        if let Some(over @ 1..) = now.checked_sub(limit) {
            let _ = writeln!(
                out,
                "   The module and the front take {now} bytes after {packer}, {over} more than the limit of {limit}."
            );
        }
    }
    out
}

/// Fails where a file exceeds its accepted size; the error states by how much, and the parts that grew.
fn refuse_growth(accepted: &Sizes, now: &Sizes) -> Done {
    let mut error = String::new();
    for (name, now) in now {
        let before = accepted.get(name).cloned().unwrap_or_default();
        let figures = [
            ("bytes", now.raw, before.raw),
            ("bytes after gzip -9", now.gzip, before.gzip),
            ("bytes after brotli", now.brotli, before.brotli),
        ];
        let over = figures.iter().filter(|(_, now, before)| now * 100 > before * (100 + TOLERANCE));
        let over: Vec<_> = over
            .map(|(unit, now, before)| {
                format!("{now} {unit}, {} more than the {before} accepted", now - before)
            })
            .collect();
        if !over.is_empty() {
            let _ = writeln!(error, "{name} takes {}.", over.join("; "));
            error.push_str(&growth(&before.parts, &now.parts));
        }
    }
    if error.is_empty() {
        return Ok(());
    }
    Err(format!("{error}Make something smaller; or, if it is worth it, run: cargo xtask budget --accept"))
}

/// A table of the parts that changed, the largest growth first.
fn growth(before: &Parts, now: &Parts) -> String {
    let names: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    let size = |parts: &Parts, name: &str| parts.get(name).copied().unwrap_or_default() as i64;
    let mut rows: Vec<_> = names.iter().map(|name| (size(now, name) - size(before, name), *name)).collect();
    rows.retain(|(grown, _)| *grown != 0);
    rows.sort_by_key(|(grown, _)| -grown);
    if rows.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("| part, raw bytes | before | now | grown by |\n| --- | ---: | ---: | ---: |\n");
    for (grown, name) in rows {
        let _ = writeln!(out, "| {name} | {} | {} | {grown:+} |", size(before, name), size(now, name));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(gzip: u64, parts: &[(&str, u64)]) -> Sizes {
        let parts: Parts = parts.iter().map(|(name, size)| ((*name).into(), *size)).collect();
        let raw = parts.values().sum();
        Sizes::from([("preflight.wasm".into(), Size { raw, gzip, brotli: gzip, parts })])
    }

    #[test]
    fn a_file_beyond_its_budget_fails_with_the_parts_that_grew() {
        let accepted = size(1000, &[("preflight::plan", 500), ("core", 900), ("rlsf", 600)]);
        let now =
            size(1100, &[("preflight::plan", 560), ("core", 900), ("preflight::news", 100), ("rlsf", 590)]);
        let refusal = refuse_growth(&accepted, &now).unwrap_err();
        let lines: Vec<_> = refusal.lines().collect();
        assert_eq!(
            lines[0],
            "preflight.wasm takes 2150 bytes, 150 more than the 2000 accepted; 1100 bytes after gzip -9, 100 more \
             than the 1000 accepted; 1100 bytes after brotli, 100 more than the 1000 accepted."
        );
        let rows = [
            "| preflight::news | 0 | 100 | +100 |",
            "| preflight::plan | 500 | 560 | +60 |",
            "| rlsf | 600 | 590 | -10 |",
        ];
        assert_eq!(lines[3..6], rows);
        assert!(lines[6].ends_with("cargo xtask budget --accept"), "{refusal}");
    }

    #[test]
    fn what_exceeds_the_limit_of_module_and_front_is_reported() {
        let limit = Limit { gzip: 110, brotli: 100 };
        let mut sizes = size(100, &[]);
        assert_eq!(excess(limit, &sizes), "");
        sizes.insert("browser.js".into(), Size { gzip: 10, brotli: 1, ..Size::default() });
        let expected =
            "   The module and the front take 101 bytes after brotli, 1 more than the limit of 100.\n";
        assert_eq!(excess(limit, &sizes), expected);
    }

    #[test]
    fn a_file_without_a_budget_fails() {
        let refusal = refuse_growth(&Sizes::new(), &size(1, &[("core", 1)])).unwrap_err();
        assert!(refusal.contains("| core | 0 | 1 | +1 |"), "{refusal}");
    }

    #[test]
    fn a_smaller_file_and_a_difference_within_the_tolerance_pass() {
        let accepted = size(1000, &[("core", 1000)]);
        assert_eq!(refuse_growth(&accepted, &size(1010, &[("core", 1010)])), Ok(()));
        assert_eq!(refuse_growth(&accepted, &size(10, &[("core", 10)])), Ok(()));
    }

    #[test]
    fn a_function_belongs_to_the_module_or_crate_it_is_from() {
        for (function, expected) in [
            ("preflight::plan::plans::h18f01fa08a304ef8", "preflight::plan"),
            ("<preflight::rule::Citation as serde_core::ser::Serialize>::serialize::h25", "preflight::rule"),
            (
                "preflight::explain::_::<impl serde_core::ser::Serialize for T>::serialize",
                "preflight::explain",
            ),
            ("core[c5930c85a12de822]::str::converts::from_utf8", "core"),
            ("<alloc[3ca501edff3f0c7c]::string::String>::push", "alloc"),
            ("<&mut preflight::reply::Reply as serde_core::ser::SerializeMap>::end", "preflight::reply"),
            ("<str>::to_ascii_lowercase", "core"),
            ("<[u8]>::starts_with", "core"),
            ("rlsf::tlsf::Tlsf<FLBitmap,SLBitmap,_,_>::allocate", "rlsf"),
            ("engine_check", "exports and others"),
            ("", "exports and others"),
        ] {
            assert_eq!(part(function), expected, "{function}");
        }
    }

    #[test]
    fn the_bytes_of_a_module_are_counted_by_part() {
        // One function of two bytes, named `core::f`, and four bytes of data.
        let module =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01\x0a\x04\x01\x02\0\x0b\
            \x0b\x0a\x01\0\x41\0\x0b\x04abcd\0\x11\x04name\x01\x0a\x01\0\x07core::f";
        let parts = parts_of_module(module).unwrap();
        assert_eq!(parts, Parts::from([("core".into(), 2), ("texts and tables".into(), 10)]));
    }
}
