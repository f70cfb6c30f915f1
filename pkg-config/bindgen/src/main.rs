//! Writes the JavaScript bindings of a wasm module: `preflight-bindgen INPUT.wasm OUT_DIR`.
//!
//! A crate of its own, because its dependencies take minutes to build and only the package needs them.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::ensure;
use walrus::{ElementItems, FunctionBuilder, Module, RawCustomSection};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [input, out] = arguments.as_slice() else {
        eprintln!("usage: preflight-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    let written = Module::from_file(input).and_then(|mut module| {
        // Says that no feature is in use: so the bindings take no reference types, which Chromium below
        // 96 does not know. Where the section is missing they do.
        module.customs.remove_raw("target_features");
        module.customs.add(RawCustomSection { name: "target_features".into(), data: vec![0] });
        silence_panics(&mut module);
        blank_sources(&mut module);
        Bindgen::new()
            .input_module("bindings", module)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(true)
            .remove_name_section(false)
            .remove_producers_section(true)
            .generate(out)?;
        open_up(Path::new(out))
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bindings of {input} could not be written: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How the bindings tell that memory has grown and thereby moved, and how they have to: WebAssembly detaches
/// the old memory, the module's translation to JavaScript does not.
const MOVED: [&str; 2] =
    ["cachedUint8ArrayMemory0.byteLength === 0", "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"];

/// Lets the front instantiate the module itself, or its translation: what it imports, and who takes it over.
fn open_up(out: &Path) -> anyhow::Result<()> {
    let bindings = out.join("bindings.js");
    let text = fs::read_to_string(&bindings)?;
    let [told, asked] = MOVED;
    ensure!(text.matches(told).count() == 1, "they do not say `{told}` once; see `MOVED`");
    fs::write(&bindings, text.replace(told, asked))?;
    let append = |name: &str, text: &str| -> std::io::Result<()> {
        OpenOptions::new().append(true).open(out.join(name))?.write_all(text.as_bytes())
    };
    append("bindings.js", "\nexport { __wbg_get_imports as imports, __wbg_finalize_init as adopt };\n")?;
    append(
        "bindings.d.ts",
        "\nexport function imports(): WebAssembly.Imports;\nexport function adopt(instance: { exports: object }): { memory: WebAssembly.Memory };\n",
    )?;
    Ok(())
}

/// Lets a panic trap at once: in wasm nobody hears its message, and the words would be a fifth of the module.
///
/// The engine formats nothing, so what formats is there for panics alone, reached through tables.
fn silence_panics(module: &mut Module) {
    let in_tables: HashSet<_> = module
        .elements
        .iter()
        .flat_map(|element| match &element.items {
            ElementItems::Functions(functions) => functions.clone(),
            ElementItems::Expressions(..) => Vec::new(),
        })
        .collect();
    let panics: Vec<_> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            has(name, PANICS) || (in_tables.contains(id) && has(name, FORMATS))
        })
        .map(|(id, function)| (id, function.ty(), function.args.clone()))
        .collect();
    for (id, ty, arguments) in panics {
        let (parameters, results) = module.types.params_results(ty);
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = walrus::FunctionKind::Local(body.local_func(arguments));
    }
}

/// Blanks the names of the source files that panics would tell.
fn blank_sources(module: &mut Module) {
    let segments: Vec<_> = module.data.iter().map(|segment| segment.id()).collect();
    for segment in segments {
        let data = &mut module.data.get_mut(segment).value;
        for start in 0..data.len() {
            let rest = &mut data[start..];
            if SOURCES.iter().any(|source| rest.starts_with(source)) {
                let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
                let name = rest.iter().take_while(|byte| in_name(byte)).count();
                if rest[..name].ends_with(b".rs") {
                    rest[..name].fill(0);
                }
            }
        }
    }
}

/// How the names of source files begin.
const SOURCES: &[&[u8]] = &[b"/rustc/", b"registry/src/", b"src/"];

/// Parts of the mangled names of functions that only panic.
const PANICS: &[&str] = &[
    "9panicking5panic",
    "assert_failed",
    "panic_access_error",
    "panic_already_borrowed",
    "panic_fmt",
    "panic_bounds_check",
    "panic_with_hook",
    "panic_display",
    "rust_panic",
    "begin_panic",
    "slice_error_fail",
    "slice_index_fail",
    "unwrap_failed",
    "expect_failed",
    "capacity_overflow",
    "handle_alloc_error",
    "12wasm_bindgen9throw_str",
    "throw_null",
    "borrow_fail",
];
/// Parts of the mangled names of functions that only format.
const FORMATS: &[&str] =
    &["3fmt5Debug3fmt", "4core3fmt", "core..fmt..", "PanicPayload", "BorrowError", "BorrowMutError"];

fn has(name: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| name.contains(part))
}
