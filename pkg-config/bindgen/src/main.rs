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
        let mut output = Bindgen::new()
            .input_module("bindings", module)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(true)
            .remove_name_section(false)
            .remove_producers_section(true)
            .generate_output()?;
        let renamed = shorten_names(output.wasm_mut());
        output.emit(out)?;
        adapt(Path::new(out), &renamed)
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

/// What frees an engine that JavaScript no longer holds. An engine of an instance that was given up is not freed in the
/// memory of the one that took its place.
const FINALIZATION: &str = "const EngineFinalization = (typeof FinalizationRegistry";
const FREE: &str = "ptr => wasm.__wbg_engine_free(ptr, 1)";

/// How a field of an answer is set. Where a page has given every object a property of that name, the assignment would be a
/// call of its setter, or fail.
const SET: &str = "getObject(arg0)[takeObject(arg1)] = takeObject(arg2);";
const DEFINE: &str = "const name = takeObject(arg1), value = takeObject(arg2);
            if (isExtended && name in Object.prototype) Object.defineProperty(getObject(arg0), name, \
    { __proto__: null, value, configurable: true, enumerable: true, writable: true });
            else getObject(arg0)[name] = value;";

/// What the bindings export for the front in addition: adopting an instance of the module or its translation, giving one
/// up, looking whether the prototype of all objects has more than the 12 properties of the language, and detecting a stale
/// view. An instance that is adopted starts without the objects of the one before it. In one that
/// was given up every further call throws, those that are under way included.
const EXPORTS: &str = "
let isTranslated = false;
let isExtended = false;
export function lookAtPrototype() {
    isExtended = Object.getOwnPropertyNames(Object.prototype).length > 12;
}
export function isStale(view) {
    return view.byteLength === 0 || (isTranslated && (view.buffer || view) !== wasm.memory.buffer);
}
export function adopt(instance, translated) {
    isTranslated = translated;
    __wbg_finalize_init(instance);
    heap.length = heap_next = 1028;
    stack_pointer = 1024;
    EngineFinalization = finalization(wasm);
}
export function giveUp() {
    wasm = undefined;
}
export { __wbg_get_imports as imports };
";
const DECLARATIONS: &str = "
export function isStale(view: ArrayBufferView | ArrayBuffer): boolean;
export function adopt(instance: { exports: object }, translated: boolean): void;
export function giveUp(): void;
export function lookAtPrototype(): void;
export function imports(): WebAssembly.Imports;
";

/// Removes the digests from the names of the imports, which take 1 kB of the module and the bindings after gzip. They tell
/// the versions of a binding apart; the module and its bindings are always of the same version. Returns each old name with
/// the new one.
fn shorten_names(module: &mut Module) -> Vec<(String, String)> {
    let mut renamed: Vec<(String, String)> = Vec::new();
    for import in module.imports.iter_mut() {
        let Some(name) = without_digest(&import.name) else { continue };
        let alike = renamed.iter().filter(|(old, _)| without_digest(old) == Some(name)).count();
        let new = if alike == 0 { name.into() } else { format!("{name}_{alike}") };
        renamed.push((std::mem::replace(&mut import.name, new.clone()), new));
    }
    renamed
}

/// The name without the digest at its end, which has 16 hexadecimal digits; `None` where it has none.
fn without_digest(name: &str) -> Option<&str> {
    let (name, digest) = name.rsplit_once('_')?;
    (digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(name)
}

/// Renames the imports, replaces the detection of stale views, and adds the exports and their declarations.
fn adapt(out: &Path, renamed: &[(String, String)]) -> anyhow::Result<()> {
    let path = out.join("bindings.js");
    let text = fs::read_to_string(&path)?;
    ensure!(text.contains(DETACHED_DATA), "the bindings do not contain `{DETACHED_DATA}`");
    let mut adapted = text.replace(DETACHED_DATA, "isStale(cachedDataViewMemory0.buffer)");
    for array in ["Float64Array", "Uint16Array", "Uint32Array", "Uint8Array"] {
        let detached = format!("cached{array}{DETACHED_ARRAY}");
        ensure!(text.contains(&detached), "the bindings do not contain `{detached}`");
        adapted = adapted.replace(&detached, &format!("isStale(cached{array}Memory0)"));
    }
    let finalization = FINALIZATION
        .replace("const EngineFinalization =", "let EngineFinalization;\nconst finalization = (instance) =>");
    let free = "ptr => instance === wasm && wasm.__wbg_engine_free(ptr, 1)";
    for (generated, ours) in [(FINALIZATION, finalization.as_str()), (FREE, free), (SET, DEFINE)] {
        ensure!(text.contains(generated), "the bindings do not contain `{generated}`");
        adapted = adapted.replace(generated, ours);
    }
    for (old, new) in renamed {
        let import = format!(" {old}: function");
        ensure!(text.contains(&import), "the bindings do not contain the import `{old}`");
        adapted = adapted.replace(&import, &format!(" {new}: function"));
    }
    ensure!(!adapted.contains(DETACHED_ARRAY), "the bindings have a view that is not adapted");
    fs::write(&path, adapted + EXPORTS)?;
    let declarations = out.join("bindings.d.ts");
    OpenOptions::new().append(true).open(declarations)?.write_all(DECLARATIONS.as_bytes())?;
    Ok(())
}
