//! The machine: running its programs, and installing what is missing on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What went wrong, as a sentence that says what to do.
pub type Done<T = ()> = Result<T, String>;

/// Goes to the root of the workspace, from wherever it was called.
pub fn enter() -> Done {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::set_current_dir(&root).map_err(|error| format!("{} cannot be entered: {error}", root.display()))
}

/// Says what is being done, does it, and says how long it took.
pub fn step<T>(what: &str, doing: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("\n── {what}");
    let start = Instant::now();
    let done = doing()?;
    println!("   done in {:.1} s", start.elapsed().as_secs_f32());
    Ok(done)
}

/// A command line, split at spaces, and further arguments taken as they are.
pub fn command(line: &str, more: &[&str]) -> Command {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).args(more);
    command
}

/// Runs a program to its end; it must succeed.
pub fn run(line: &str, more: &[&str]) -> Done {
    finish(command(line, more))
}

/// Runs a prepared command to its end; it must succeed.
pub fn finish(mut command: Command) -> Done {
    let shown = shown(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed ({status}); what it printed above says why.")),
        Err(error) => {
            Err(format!("`{shown}` could not be started ({error}); is it installed and on the PATH?"))
        }
    }
}

/// What a program prints; it must succeed.
pub fn read(line: &str, more: &[&str]) -> Done<String> {
    let mut command = command(line, more);
    let shown = shown(&command);
    let output = command.stderr(Stdio::inherit()).output();
    match output {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).trim().into()),
        Ok(output) => Err(format!("`{shown}` failed ({}).", output.status)),
        Err(error) => {
            Err(format!("`{shown}` could not be started ({error}); is it installed and on the PATH?"))
        }
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A file operation's error as a sentence.
pub fn about(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.as_ref().display())
}

/// An empty folder below `target/`.
pub fn empty_folder(name: &str) -> Done<PathBuf> {
    let path = Path::new("target").join(name);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(about(&path))?;
    }
    fs::create_dir_all(&path).map_err(about(&path))?;
    Ok(path)
}

/// The compiler's wasm target.
pub fn need_wasm_target() -> Done {
    const TARGET: &str = "wasm32-unknown-unknown";
    let library = read("rustc --print target-libdir --target", &[TARGET])?;
    if Path::new(&library).exists() {
        return Ok(());
    }
    step("Install the wasm target", || run("rustup target add", &[TARGET]))
}

/// The npm packages that a folder's lock file names.
pub fn need_npm_packages(folder: &str) -> Done {
    let lock_file = Path::new(folder).join("package-lock.json");
    let lock = fs::read(&lock_file).map_err(about(&lock_file))?;
    let stamp = Path::new(folder).join("node_modules/.preflight-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!("Install the npm packages of {}", lock_file.display()), || {
        run("npm ci --no-audit --no-fund --prefix", &[folder])?;
        fs::write(&stamp, &lock).map_err(about(&stamp))
    })
}

/// Debian's Chromium, or the one that `CHROMIUM` names.
pub fn need_chromium() -> Done {
    const INSTALL: &str = "apt-get update && apt-get install -y chromium";
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let found = Path::new(&named).exists();
        return if found {
            Ok(())
        } else {
            Err(format!("CHROMIUM names {}, which is not there.", named.display()))
        };
    }
    if Path::new("/usr/bin/chromium").exists() {
        return Ok(());
    }
    if read("id -u", &[])? != "0" {
        return Err(format!("Chromium is needed for the tests of the pages; run: sudo sh -c '{INSTALL}'"));
    }
    step("Install Chromium", || run("sh -c", &[&format!("export DEBIAN_FRONTEND=noninteractive; {INSTALL}")]))
}
