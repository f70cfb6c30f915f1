//! Writes the JavaScript bindings of a wasm module: `preflight-bindgen INPUT.wasm OUT_DIR`.
//!
//! It is a separate crate, because its dependencies take minutes to build and only the build of the package uses them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::ensure;
use walrus::{Module, RawCustomSection};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [input, out] = arguments.as_slice() else {
        eprintln!("usage: preflight-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    let written = Module::from_file(input).and_then(|mut module| {
        // The section states that the module uses no feature. The bindings then keep objects in a JavaScript array
        // instead of using reference types, which Chromium supports from 96 on. Without the section they would use them.
        module.customs.remove_raw("target_features");
        module.customs.add(RawCustomSection { name: "target_features".into(), data: vec![0] });
        Bindgen::new()
            .input_module("bindings", module)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(true)
            .remove_name_section(false)
            .remove_producers_section(true)
            .generate(out)?;
        adapt(Path::new(out))
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bindings of {input} could not be written: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How the bindings detect that the memory has grown, which detaches their views of it. The translation of the module to
/// JavaScript replaces the memory without detaching the views, so that there they have to compare the buffers.
const DETACHED_ARRAY: &str = "Memory0.byteLength === 0";
const DETACHED_DATA: &str = "cachedDataViewMemory0.buffer.detached === true || \
    (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)";

/// What the bindings export for the front in addition: instantiating the module or its translation, and detecting a stale
/// view.
const EXPORTS: &str = "
let isTranslated = false;
export function isStale(view) {
    return view.byteLength === 0 || (isTranslated && (view.buffer || view) !== wasm.memory.buffer);
}
export function adopt(instance, translated) {
    isTranslated = translated;
    __wbg_finalize_init(instance);
}
export { __wbg_get_imports as imports };
";
const DECLARATIONS: &str = "
export function isStale(view: ArrayBufferView | ArrayBuffer): boolean;
export function adopt(instance: { exports: object }, translated: boolean): void;
export function imports(): WebAssembly.Imports;
";

/// Replaces the detection of stale views, and adds the exports and their declarations.
fn adapt(out: &Path) -> anyhow::Result<()> {
    let path = out.join("bindings.js");
    let text = fs::read_to_string(&path)?;
    ensure!(text.contains(DETACHED_DATA), "the bindings do not contain `{DETACHED_DATA}`");
    let mut adapted = text.replace(DETACHED_DATA, "isStale(cachedDataViewMemory0.buffer)");
    for array in ["Float64Array", "Uint16Array", "Uint32Array", "Uint8Array"] {
        let detached = format!("cached{array}{DETACHED_ARRAY}");
        ensure!(text.contains(&detached), "the bindings do not contain `{detached}`");
        adapted = adapted.replace(&detached, &format!("isStale(cached{array}Memory0)"));
    }
    ensure!(!adapted.contains(DETACHED_ARRAY), "the bindings have a view that is not adapted");
    fs::write(&path, adapted + EXPORTS)?;
    let declarations = out.join("bindings.d.ts");
    OpenOptions::new().append(true).open(declarations)?.write_all(DECLARATIONS.as_bytes())?;
    Ok(())
}
