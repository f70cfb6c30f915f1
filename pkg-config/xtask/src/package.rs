//! The build of the npm package: the wasm module, its bindings, the front in TypeScript, and the types.

use std::fs;
use std::path::Path;

use crate::host::{self, Done, about, command, finish, run, step};
use crate::{budget, elements, encoder, generate, schema};

/// Chromium 69 to 95 support WebAssembly 1.0 and mutable globals only. The standard library is compiled with newer
/// features, which this pass lowers; the next pass fails where one is left.
const LOWER: &str = "--enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext \
    --enable-nontrapping-float-to-int --enable-mutable-globals --enable-reference-types --enable-multivalue \
    --signext-lowering --llvm-memory-copy-fill-lowering --llvm-nontrapping-fptoint-lowering --strip-target-features";
/// The passes that are skipped make the module smaller and its gzip larger, as measured pass by pass, and so does `-Oz`.
const SHRINK: &str = "--mvp-features --enable-mutable-globals -O3 --low-memory-unused --skip-pass=inlining-optimizing \
    --skip-pass=memory-packing --skip-pass=local-cse --strip-producers";
/// The module, with the code that wasm-bindgen adds, is compiled for WebAssembly 1.0, except that its copies of memory are
/// lowered to a short loop. Without `bulk-memory` they would be functions of the compiler, 1 kB after gzip.
const COMPILE: &[&str] = &["-Ctarget-cpu=mvp", "-Ctarget-feature=+mutable-globals,+bulk-memory"];

/// The sources of the front and of the elements, copied to the folder of the bindings that they are bundled with.
const SOURCES: &[&str] = &["src/npm/.", "www/elements"];
/// With a source map that brings the sources along, as they are not in the package.
const MAPPED: &str = "--sourcemap";
/// The declarations that a CommonJS module needs.
const REQUIRED: &[&str] = &["node", "catalogue", "columns", "engine", "error", "load", "generated"];
/// The style sheet of the elements, shipped as a file too for browsers without constructable style sheets.
const ELEMENTS_CSS: &str = "www/elements/elements.css";
/// The tool that runs scenario files, shipped as the command of the package.
const SCENARIO_TOOL: &str = "tests/node/run.mjs";

/// Builds the package into `pkg/`.
pub fn build() -> Done {
    host::need_wasm_target()?;
    host::need_npm_packages(".")?;
    let work = host::empty_folder("package")?;
    let at = |name: &str| work.join(name).display().to_string();

    step("Build the engine", || {
        let mut cargo =
            command("cargo build --release --lib --package preflight --target wasm32-unknown-unknown", &[]);
        let remapped = remapped_folders()?;
        let flags: Vec<&str> = remapped.iter().map(String::as_str).chain(COMPILE.iter().copied()).collect();
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        finish(cargo)
    })?;
    step("Write its bindings (building the tool for it takes two minutes, once)", || {
        fs::copy("target/wasm32-unknown-unknown/release/preflight.wasm", at("bindings.wasm"))
            .map_err(about("preflight.wasm"))?;
        run("cargo run --package preflight-bindgen --", &[&at("bindings.wasm"), &at("")])
    })?;
    step("Make the module fit for old browsers, and small", || {
        let optimize = |from: &str, to: &str, flags: &str| {
            let (from, to) = (at(from), at(to));
            let mut arguments = vec![from.as_str(), "-o", &to];
            arguments.extend(flags.split_whitespace());
            run("node node_modules/binaryen/bin/wasm-opt", &arguments)
        };
        optimize("bindings_bg.wasm", "lowered.wasm", &format!("{LOWER} -g"))?;
        optimize("lowered.wasm", "named.wasm", &format!("{SHRINK} -g"))?;
        // Alignments are hints that only the translation uses; without them the module compresses better.
        optimize("lowered.wasm", "preflight.wasm", &format!("{SHRINK} --dealign"))
    })?;
    step("Translate it to JavaScript, for where WebAssembly cannot run", || {
        let script = at("translated.js");
        let translate = "node node_modules/binaryen/bin/wasm2js -O --emscripten";
        run(translate, &[&at("named.wasm"), "-o", &script])?;
        // The translation is a function of the imports, `instantiate`, which has to be exported.
        let function = fs::read_to_string(&script).map_err(about(&script))?;
        fs::write(&script, function + "export { instantiate };\n").map_err(about(&script))
    })?;
    step("Bundle the front and its types", || {
        run("cp -r", &[SOURCES, &[&at("")]].concat())?;
        name_entry_of_elements(&work)?;
        fs::write(at("bounds.ts"), encoder::bounds()).map_err(about("bounds.ts"))?;
        fs::write(at("encoder.ts"), encoder::encoder()).map_err(about("encoder.ts"))?;
        fs::write(at("generated.ts"), generate::types()).map_err(about("generated.ts"))?;
        fs::write(at("catalogue.ts"), generate::catalogue()?).map_err(about("catalogue.ts"))?;
        fs::write(at("rules.json"), generate::rules_page()?).map_err(about("rules.json"))?;
        if Path::new("pkg").exists() {
            fs::remove_dir_all("pkg").map_err(about("pkg"))?;
        }
        let esbuild = "node_modules/.bin/esbuild --bundle --minify --charset=utf8 --log-level=warning \
            --outdir=pkg --external:./translated.js --external:./embedded.cjs";
        let module = format!("{esbuild} --format=esm");
        let metafile = format!("--metafile={}", at("browser.json"));
        run(&module, &[MAPPED, "--target=chrome69", &metafile, &at("browser.ts")])?;
        run(&module, &["--target=chrome69", &at("catalogue.ts"), &at("translated.js")])?;
        // The elements import the rest of the package by its name, which is mapped to the files in the same folder.
        run(
            "node_modules/.bin/esbuild --minify --charset=utf8 --target=chrome69 --outdir=pkg",
            &[ELEMENTS_CSS],
        )?;
        fs::copy("pkg/elements.css", at("elements/elements.css")).map_err(about("elements.css"))?;
        let imports = "--loader:.css=text --external:./browser.js --external:./catalogue.js \
            --alias:@ekuaiji/preflight/catalogue=./catalogue.js --alias:@ekuaiji/preflight=./browser.js";
        run(&format!("{module} --target=chrome69 {imports}"), &[MAPPED, &at("elements.ts")])?;
        run(&module, &[MAPPED, "--target=node18", "--platform=node", &at("node.ts")])?;
        run(&module, &[MAPPED, "--target=es2022", "--external:./preflight.wasm", &at("workerd.ts")])?;
        let required =
            format!("{esbuild} --format=cjs --out-extension:.js=.cjs --target=node18 --platform=node");
        run(&required, &[MAPPED, &at("node.ts")])?;
        run(&required, &[&at("catalogue.ts")])?;
        run(&format!("{required} --loader:.wasm=binary"), &[&at("embedded.cjs")])?;
        // Not minified, so that it shows where it fails.
        run(
            "node_modules/.bin/esbuild --bundle --charset=utf8 --log-level=warning --format=esm --target=node18 \
                --platform=node --outfile=pkg/scenarios.js",
            &[SCENARIO_TOOL],
        )?;
        fs::write("pkg/scenarios.schema.json", format!("{:#}\n", schema::scenarios()))
            .map_err(about("scenarios.schema.json"))?;
        run("node_modules/.bin/tsc --outDir pkg --project", &[&at("tsconfig.json")])?;
        REQUIRED.iter().try_for_each(|name| declare_for_require(name))
    })?;
    step("Describe the elements for editors", elements::describe)?;
    name_sources(&work)?;
    for name in ["preflight.wasm", "preflight.wasm.d.ts", "react.d.ts", "vue.d.ts"] {
        fs::copy(at(name), Path::new("pkg").join(name)).map_err(about(name))?;
    }
    for (from, name) in [
        ("LICENSE", "LICENSE"),
        ("pkg-config/CHANGELOG.md", "CHANGELOG.md"),
        ("pkg-config/GUIDE.md", "GUIDE.md"),
    ] {
        fs::copy(from, Path::new("pkg").join(name)).map_err(about(from))?;
    }
    write_readme()?;
    let manifest = fs::read_to_string("pkg-config/package.json").map_err(about("pkg-config/package.json"))?;
    fs::write("pkg/package.json", manifest.replace("0.0.0", env!("CARGO_PKG_VERSION")))
        .map_err(about("pkg/package.json"))?;
    if let Some(warning) = preflight::Terms::default().warning() {
        println!("\n   Warning: in src/model/terms.rs, {warning}");
    }
    println!("\nDigest of pkg/: {}", digest("pkg")?);
    budget::report()
}

/// The options by which the compiler names the folders of the crates and of the standard library without the user's home,
/// which would reveal it and make the bytes differ from machine to machine.
fn remapped_folders() -> Done<[String; 2]> {
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| home + "/.cargo"));
    let (version, sysroot) = (host::read("rustc -vV", &[])?, host::read("rustc --print sysroot", &[])?);
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
    Ok([
        format!("--remap-path-prefix={}=", home.unwrap_or_default()),
        // Where the sources of the standard library are not installed, it is called so anyway.
        format!("--remap-path-prefix={sysroot}/lib/rustlib/src/rust=/rustc/{commit}"),
    ])
}

/// A digest of the names and the bytes of all files of the package.
pub fn digest(folder: &str) -> Done<String> {
    const SUMS: &str =
        "cd \"$0\" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -d ' ' -f 1";
    host::read("sh -c", &[SUMS, folder])
}

/// Moves the module that defines the elements out of their folder and names it `elements.ts`, which is its name in the
/// package.
fn name_entry_of_elements(work: &Path) -> Done {
    let (index, entry) = (work.join("elements/index.ts"), work.join("elements.ts"));
    let text = fs::read_to_string(&index).map_err(about(&index))?;
    fs::write(&entry, text.replace("'./", "'./elements/")).map_err(about(&entry))?;
    fs::remove_file(&index).map_err(about(&index))
}

/// Names the sources in the source maps by their place in this project; esbuild names the folder of the build.
fn name_sources(work: &Path) -> Done {
    let folder = format!("../{}/", work.display());
    for entry in fs::read_dir("pkg").map_err(about("pkg"))? {
        let path = entry.map_err(about("pkg"))?.path();
        if path.extension().is_some_and(|extension| extension == "map") {
            let map = fs::read_to_string(&path).map_err(about(&path))?;
            fs::write(&path, map.replace(&folder, "preflight/")).map_err(about(&path))?;
        }
    }
    Ok(())
}

/// Copies a declaration for CommonJS, which TypeScript recognizes by the extension of the file.
fn declare_for_require(name: &str) -> Done {
    let path = format!("pkg/{name}.d.ts");
    let declared = fs::read_to_string(&path).map_err(about(&path))?;
    let path = format!("pkg/{name}.d.cts");
    fs::write(&path, declared.replace(".js'", ".cjs'").replace(".js\"", ".cjs\"")).map_err(about(&path))
}

/// The size of a file after gzip, in bytes.
fn packed_size(name: &str) -> Done<u32> {
    host::read("sh -c", &[&format!("gzip -9 -n -c pkg/{name} | wc -c")])?
        .parse()
        .map_err(|_| format!("the size of pkg/{name} cannot be read."))
}

/// Writes the README of the package, in which the name of a file in braces is replaced by its size.
fn write_readme() -> Done {
    let mut text = fs::read_to_string("pkg-config/README.md").map_err(about("pkg-config/README.md"))?;
    for name in ["preflight.wasm", "browser.js", "translated.js", "catalogue.js", "elements.js"] {
        let kilobytes = f64::from(packed_size(name)?) / 1000.0;
        text = text.replace(&format!("{{{name}}}"), &format!("{kilobytes:.1} kB"));
    }
    fs::write("pkg/README.md", text).map_err(about("pkg/README.md"))
}

/// Builds the pages into `target/www/`.
pub fn build_pages() -> Done {
    step("Build the pages", || run("node_modules/.bin/vite build www --logLevel warn", &[]))
}

/// Builds everything and serves the pages until it is stopped.
pub fn start() -> Done {
    build()?;
    build_pages()?;
    let port = std::env::var("PORT").unwrap_or_else(|_| "4173".into());
    println!("\nThe pages are at http://127.0.0.1:{port}/ (stop with Ctrl-C):");
    println!("  order page      http://127.0.0.1:{port}/order.html");
    println!("  member center   http://127.0.0.1:{port}/member.html");
    println!("  every rule      http://127.0.0.1:{port}/rules.html");
    println!("  playground      http://127.0.0.1:{port}/try.html\n");
    run("node_modules/.bin/vite preview www --strictPort --host 127.0.0.1 --port", &[&port])
}
