//! The npm package: the wasm module, its bindings, the front in TypeScript, and the types.

use std::fs;
use std::path::Path;

use crate::generate;
use crate::host::{self, Done, about, run, step};

/// Chromium 69 to 95 know nothing newer than the first WebAssembly and mutable globals. What std was
/// compiled with is lowered here; the second pass would refuse anything that is left.
const LOWER: &str = "--enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext \
    --enable-nontrapping-float-to-int --enable-mutable-globals --enable-reference-types --enable-multivalue \
    --signext-lowering --llvm-memory-copy-fill-lowering --llvm-nontrapping-fptoint-lowering --strip-target-features";
const SHRINK: &str = "--mvp-features --enable-mutable-globals -Oz --skip-pass=inlining-optimizing";

/// The front's modules, copied beside the bindings they are bundled with.
const FRONT: &[&str] = &["engine.ts", "load.ts", "wire.ts", "browser.ts", "node.ts", "tsconfig.json"];

/// Builds the package into `pkg/`.
pub fn build() -> Done {
    host::need_wasm_target()?;
    host::need_npm_packages()?;
    let work = host::empty_folder("package")?;
    let at = |name: &str| work.join(name).display().to_string();

    step("Build the engine", || {
        run("cargo build --release --lib --package preflight --target wasm32-unknown-unknown", &[])
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
        optimize("bindings_bg.wasm", "lowered.wasm", LOWER)?;
        optimize("lowered.wasm", "preflight.wasm", SHRINK)
    })?;
    step("Bundle the front and its types", || {
        for name in FRONT {
            fs::copy(Path::new("pkg-config").join(name), at(name)).map_err(about(name))?;
        }
        fs::write(at("generated.ts"), generate::types()).map_err(about("generated.ts"))?;
        fs::write(at("catalogue.ts"), generate::catalogue()?).map_err(about("catalogue.ts"))?;
        fs::write(at("rules.json"), generate::rules_page()?).map_err(about("rules.json"))?;
        if Path::new("pkg").exists() {
            fs::remove_dir_all("pkg").map_err(about("pkg"))?;
        }
        let esbuild =
            "node_modules/.bin/esbuild --bundle --format=esm --minify --log-level=warning --outdir=pkg";
        run(esbuild, &["--target=chrome69", "--charset=utf8", &at("browser.ts"), &at("catalogue.ts")])?;
        run(esbuild, &["--target=node18", "--platform=node", &at("node.ts")])?;
        run("node_modules/.bin/tsc --outDir pkg --project", &[&at("tsconfig.json")])
    })?;
    fs::copy(at("preflight.wasm"), "pkg/preflight.wasm").map_err(about("preflight.wasm"))?;
    fs::copy("pkg-config/README.md", "pkg/README.md").map_err(about("README.md"))?;
    let manifest = fs::read_to_string("pkg-config/package.json").map_err(about("pkg-config/package.json"))?;
    fs::write("pkg/package.json", manifest.replace("0.0.0", env!("CARGO_PKG_VERSION")))
        .map_err(about("pkg/package.json"))?;
    report_sizes()
}

/// What a browser downloads.
fn report_sizes() -> Done {
    println!();
    let mut total = 0;
    for name in ["preflight.wasm", "browser.js"] {
        let path = Path::new("pkg").join(name);
        let raw = fs::metadata(&path).map_err(about(&path))?.len();
        let packed: u64 = host::read("sh -c", &[&format!("gzip -9 -c {} | wc -c", path.display())])?
            .parse()
            .map_err(|_| format!("the size of {} cannot be read.", path.display()))?;
        println!("   {name:<16} {raw:>7} bytes, {packed:>6} after gzip -9");
        total += packed;
    }
    println!("   together         {:>22} after gzip -9", total);
    Ok(())
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
    println!("  every rule      http://127.0.0.1:{port}/rules.html\n");
    run("node_modules/.bin/vite preview www --strictPort --host 127.0.0.1 --port", &[&port])
}
