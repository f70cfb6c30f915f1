//! The host: running programs, and installing those that are missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The result of a step; the error is a sentence that says what to do.
pub type Done<T = ()> = Result<T, String>;

/// Makes the root of the workspace the current folder, so that all paths are relative to it.
pub fn enter() -> Done {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::set_current_dir(&root).map_err(|error| format!("{} cannot be entered: {error}", root.display()))
}

/// Runs a step; prints its title before and its duration after.
pub fn step<T>(what: &str, doing: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("\n── {what}");
    let start = Instant::now();
    let done = doing()?;
    println!("   done in {:.1} s", start.elapsed().as_secs_f32());
    Ok(done)
}

/// A command from a line that is split at spaces, and further arguments that are not split.
pub fn command(line: &str, more: &[&str]) -> Command {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).args(more);
    command
}

/// Runs a program; an exit status other than 0 is an error.
pub fn run(line: &str, more: &[&str]) -> Done {
    finish(command(line, more))
}

/// Runs a prepared command; an exit status other than 0 is an error.
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

/// Runs a program and returns its standard output; an exit status other than 0 is an error.
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

/// Adds the path to the error of a file operation.
pub fn about(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> String {
    move |error| format!("{}: {error}", path.as_ref().display())
}

/// Creates an empty folder below `target/`; its earlier content is removed.
pub fn empty_folder(name: &str) -> Done<PathBuf> {
    let path = Path::new("target").join(name);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(about(&path))?;
    }
    fs::create_dir_all(&path).map_err(about(&path))?;
    Ok(path)
}

/// Installs the wasm target of the compiler where it is missing.
pub fn need_wasm_target() -> Done {
    const TARGET: &str = "wasm32-unknown-unknown";
    let library = read("rustc --print target-libdir --target", &[TARGET])?;
    if Path::new(&library).exists() {
        return Ok(());
    }
    step("Install the wasm target", || run("rustup target add", &[TARGET]))
}

/// Installs a command of cargo where it is missing.
pub fn need_cargo_command(package: &str, name: &str) -> Done {
    let mut version = command("cargo", &[name, "--version"]);
    version.stdout(Stdio::null()).stderr(Stdio::null());
    if version.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    step(&format!("Install {package} (building it takes some minutes, once)"), || {
        run("cargo install --quiet --locked", &[package])
    })
}

/// Installs the npm packages of a folder where those installed are not those of its lock file.
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

/// Installs packages of Python in a folder of their own, unless it has these already.
pub fn need_python_packages(venv: &str, packages: &[&str]) -> Done {
    let stamp = Path::new(venv).join("preflight-packages");
    let has = fs::read_to_string(&stamp).unwrap_or_default();
    if packages.iter().all(|package| has.lines().any(|line| line == *package)) {
        return Ok(());
    }
    step(&format!("Install {} in {venv}", packages.join(", ")), || {
        read("python3 -m venv --help", &[])
            .map_err(|_| "Python 3 with venv is needed; run: apt-get install -y python3-venv".to_string())?;
        run("python3 -m venv", &[venv])?;
        run(&format!("{venv}/bin/pip install --quiet --disable-pip-version-check"), packages)?;
        fs::write(&stamp, packages.join("\n")).map_err(about(&stamp))
    })
}

/// Installs what the pages are tested and shown in: Chromium, and a font that has Chinese.
pub fn need_chromium() -> Done {
    need_chromium_itself()?;
    need_chinese_font()
}

/// Installs Chromium from Debian where it is missing, unless `CHROMIUM` names another.
fn need_chromium_itself() -> Done {
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
    install_from_debian("Chromium", "chromium")
}

/// Installs a Chinese font from Debian where there is none: without one, every picture shows boxes, and texts are
/// measured too narrow. Only Linux may have none.
fn need_chinese_font() -> Done {
    let fonts = || Command::new("fc-list").arg(":lang=zh-cn").stderr(Stdio::null()).output();
    if !cfg!(target_os = "linux") || fonts().is_ok_and(|found| !found.stdout.is_empty()) {
        return Ok(());
    }
    install_from_debian("a Chinese font", "fontconfig fonts-noto-cjk")
}

/// The packages of Debian that old versions of Chromium need: a virtual screen, Python, and the libraries of Qt.
const FOR_OLD_CHROMIUMS: &str = "xvfb xauth python3-venv libgl1 libegl1 libgl1-mesa-dri libdbus-1-3 libnss3 \
    libasound2 libxcomposite1 libxcursor1 libxdamage1 libxi6 libxkbcommon-x11-0 libxkbfile1 libxrandr2 libxtst6 \
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 \
    libxcb-xkb1";
const GECKODRIVER: &str = "target/geckodriver/bin/geckodriver";

/// Installs the other browsers that the main paths are tested in: Chromium 69 where the user is root, and all of them
/// where `BROWSERS` is `all`. The tests skip a browser that is not installed, and say so.
pub fn need_other_browsers() -> Done {
    match std::env::var("BROWSERS").as_deref() {
        Ok("all") => {
            ["69", "77", "87"].iter().try_for_each(|version| need_old_chromium(version))?;
            if !Path::new("/usr/bin/firefox-esr").exists() {
                install_from_debian("Firefox", "firefox-esr")?;
            }
            if !Path::new("/usr/bin/WebKitWebDriver").exists() {
                install_from_debian("WebKitGTK", "webkit2gtk-driver")?;
            }
            if Path::new(GECKODRIVER).exists() {
                return Ok(());
            }
            step("Install geckodriver (building it takes some minutes, once)", || {
                run("cargo install geckodriver --quiet --locked --root target/geckodriver", &[])
            })
        }
        Ok(other) => Err(format!("BROWSERS is `{other}`; the only value that it can have is `all`.")),
        Err(_) if is_root()? => need_old_chromium("69"),
        Err(_) => Ok(()),
    }
}

/// Installs an old version of Chromium from PyPI, and the packages of Debian that it needs where it does not start.
fn need_old_chromium(version: &str) -> Done {
    let old = |python: &str| command(python, &["tests/cross-browser/legacy.py", "--chromium", version]);
    let starts = || {
        let mut command = old("xvfb-run -a python3");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let installed = format!("target/legacy/{version}/ready");
    if Path::new(&installed).exists() && starts() {
        return Ok(());
    }
    step(&format!("Install Chromium {version}, as it was"), || {
        let install = || {
            let mut command = old("python3");
            command.arg("--install");
            finish(command)
        };
        if install().is_ok() && starts() {
            return Ok(());
        }
        install_from_debian("what it needs", FOR_OLD_CHROMIUMS)?;
        install()?;
        if starts() {
            return Ok(());
        }
        Err(format!(
            "Chromium {version} is installed and does not start; `xvfb-run -a python3 tests/cross-browser/legacy.py \
             --chromium {version} </dev/null` says why."
        ))
    })
}

/// Whether a program works; what it belongs to is installed from Debian where it does not and the user is root.
pub fn need(line: &str, argument: &str, what: &str, package: &str) -> Done<bool> {
    let works = || {
        let mut command = command(line, &[argument]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !works() && is_root()? {
        install_from_debian(what, package)?;
    }
    Ok(works())
}

/// Whether the user may install packages of Debian.
pub fn is_root() -> Done<bool> {
    Ok(read("id -u", &[])? == "0")
}

/// Installs packages of Debian; without the rights of root, the error is the command to run.
pub fn install_from_debian(what: &str, packages: &str) -> Done {
    let packages = packages.split_whitespace().collect::<Vec<_>>().join(" ");
    let install = format!("apt-get update && apt-get install -y {packages}");
    if !is_root()? {
        return Err(format!("the tests and pictures need {what}; install it by: sudo sh -c '{install}'"));
    }
    step(&format!("Install {what}"), || {
        run("sh -c", &[&format!("export DEBIAN_FRONTEND=noninteractive; {install}")])
    })
}
