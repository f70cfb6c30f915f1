//! The command line, tested by running the program itself.

mod answers;
mod catalogue;
mod proofs;
mod replay;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

type TestResult = Result<(), Box<dyn Error>>;

/// How a run of the program ended, and what it wrote.
struct Finished {
    status: i32,
    stdout: String,
    stderr: String,
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_preflight"));
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Runs the program with this on standard input.
fn run(arguments: &[&str], input: &[u8]) -> Result<Finished, Box<dyn Error>> {
    let mut child = program().args(arguments).spawn()?;
    // A program that rejects its arguments does not read its input, so the write may fail.
    let _ = child.stdin.take().ok_or("no standard input")?.write_all(input);
    let output = child.wait_with_output()?;
    Ok(Finished {
        status: output.status.code().ok_or("the program was killed")?,
        stdout: String::from_utf8(output.stdout)?,
        stderr: String::from_utf8(output.stderr)?,
    })
}

/// Writes a file and returns its path as an argument. Tests run at once, so each file has a name of its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> Result<String, Box<dyn Error>> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content)?;
    Ok(path.display().to_string())
}

const WRONG_LEDGER: &str = r#"{
  "edition": "free_lifetime", "product": "voucher_pack", "entry": "in_app", "payment": "wechat",
  "need": { "ledger": "A账套", "year": 2020 }, "selected": { "ledger": "B账套", "year": 2020 },
  "member": { "account": "13800000012", "replacesOld": false },
  "activation": { "account": "13800000012", "notices": [] }
}"#;

const CLOUD_ORDER: &str = r#"{
  "now": "2021-03-01T12:00:00+08:00", "edition": "cloud",
  "order": { "status": "paid", "invoice": "none", "paidAt": "2021-02-27T12:00:00+08:00" }
}"#;

#[test]
fn help_shows_examples_and_exit_status() -> TestResult {
    let all = run(&["--help"], b"")?;
    for command in ["check", "explain", "rules", "prove", "diff", "replay"] {
        assert!(all.stdout.contains(&format!("\n  {command} ")), "{command} is not listed:\n{}", all.stdout);
        let one = run(&[command, "--help"], b"")?;
        assert_eq!((one.status, one.stderr.as_str()), (0, ""), "{command}");
        assert!(one.stdout.contains("Exit status: 0 "), "{command}: {}", one.stdout);
        assert!(
            one.stdout.contains(&format!("Examples:\n  preflight {command}"))
                || one.stdout.contains(&format!("\n  preflight {command} ")),
            "{command}"
        );
    }
    assert_eq!(all.status, 0);
    for line in ["  0  ", "  1  ", "  2  ", "  3  "] {
        assert!(all.stdout.contains(&format!("\n{line}")), "{}", all.stdout);
    }
    assert_eq!(run(&["--version"], b"")?.stdout, concat!("preflight ", env!("CARGO_PKG_VERSION"), "\n"));
    Ok(())
}

#[test]
fn a_closed_pipe_is_no_error_and_keeps_the_exit_status() -> TestResult {
    let mut child = program().args(["explain", "purchase"]).spawn()?;
    drop(child.stdout.take());
    // Only now can it begin to write.
    child.stdin.take().ok_or("no standard input")?.write_all(WRONG_LEDGER.as_bytes())?;
    let output = child.wait_with_output()?;
    assert_eq!((output.status.code(), String::from_utf8(output.stderr)?.as_str()), (Some(1), ""));
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_reported() -> TestResult {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let output = program().arg("rules").stdout(full).output()?;
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr)?.starts_with("preflight: the output cannot be written: "));
    Ok(())
}
