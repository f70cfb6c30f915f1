//! `audit`: ask every past order again, by the terms and by others, and say whom the difference concerns.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use clap::builder::PossibleValuesParser;
use preflight::audit::answers::{Change, INVALID, verdict_name};
use preflight::audit::report::{Heading, grouped, page, share};
use preflight::audit::run::{Audit as Audited, Ended, Job, READ_ENDINGS};
use preflight::audit::tally::{Counted, Tally, verdict_named};
use preflight::audit::{Mapping, UtcOffset};
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::model::text::Text;
use preflight::model::time::Time;
use preflight::{ErrorCode, Question};

use crate::output::{Status, one_line, print, print_error};
use crate::{diff, input};

const EXAMPLES: &str = "\
INPUT is a Parquet file, a CSV file with a header, a file of JSON with an object of facts on each line (.ndjson,
.jsonl), a folder of such files, or a pattern like 'orders/*.parquet'. Its columns are the facts of `check`: named by
their paths or with `_` for the dot (order.status, order_status), or structures of such columns. A column that is like a
fact's and is none is refused; the others are not read. Upper and lower case are the same.

  fact              Parquet                               CSV
  choice, text      string, dictionary                    text; an empty cell is not known
  yes or no         boolean                               true, false
  whole number      integer                               digits
  time              timestamp with a zone, or text        2021-03-01T09:30:00+08:00
  list              list of strings                       JSON, like [\"ledger\"]

Lines of JSON have what `check` reads. Times without a zone need --timezone; times of the old 96 bits of Parquet are taken
as UTC, as Spark writes them. What --id copies is written, and shown in examples, as it is.

An order with a cell that `check` would refuse gets the verdict `invalid`, with the code and the path; the others are
answered all the same. --out has for each order the columns of --id (or file and row), verdict, codes, missing,
invalid_code and invalid_path; with --against also old_verdict, old_codes, old_missing and changed: verdict, codes or
missing, whichever comes first.

Examples:
  preflight audit orders/ --question refund --id id --out answers.parquet
  preflight audit 'orders/*.parquet' --question refund --id id --terms next-year.json --against this-year.json \\
    --changed --out changed.parquet --report report.html
  preflight audit orders.csv --question purchase --map zhangtao=need.ledger --now 2021-12-01T00:00:00+08:00

Exit status: 0 done, whatever the answers; 3 input that cannot be used; 130 interrupted, and nothing was written.";

/// Ask every past order again: how many have which answer, and which change with other terms
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    /// Files, folders or patterns
    #[arg(required = true)]
    input: Vec<String>,
    /// What is asked
    #[arg(long, value_parser = input::question())]
    question: Question,
    /// Terms that replace some of those compiled in, as a JSON file: the terms after a change
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Answer by these terms too, and compare: the terms before a change; `{}` in it stands for those compiled in
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// A column that identifies an order and is copied into the answers; may be given several times
    #[arg(long, value_name = "COLUMN")]
    id: Vec<String>,
    /// A column that is a fact under another name; may be given several times
    #[arg(long, value_name = "COLUMN=FACT", value_parser = mapped)]
    map: Vec<(String, String)>,
    /// A column that is not read though its name is like a fact's; may be given several times
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// The time at which the question is asked, where no column says it
    #[arg(long, value_name = "TIME", value_parser = time)]
    now: Option<Time>,
    /// The offset from UTC of times without a zone, like +08:00
    #[arg(long, value_name = "OFFSET", value_parser = timezone, allow_hyphen_values = true)]
    timezone: Option<UtcOffset>,
    /// Write the answers to this file, as Parquet
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a report with pictures to this file, as HTML in both languages
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write only the orders whose answers differ
    #[arg(long, requires_all = ["against", "out"])]
    changed: bool,
    /// Write only the orders with these verdicts, like `block,refer`; `invalid` is one of them
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', requires = "out", value_parser = verdict_names())]
    where_verdict: Vec<String>,
    /// Stop at the first invalid cell, and say where it is
    #[arg(long)]
    strict: bool,
    /// Only read the columns and count the orders: whether the columns are right, and how long reading takes
    #[arg(long, conflicts_with_all = ["out", "report"])]
    dry_run: bool,
    /// How many threads read and answer; as many as there are processors where it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Show no progress
    #[arg(long)]
    quiet: bool,
}

fn verdict_names() -> PossibleValuesParser {
    PossibleValuesParser::new((0..=INVALID).map(verdict_name))
}

fn mapped(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((column, fact)) if !column.is_empty() && !fact.is_empty() => Ok((column.into(), fact.into())),
        _ => {
            Err("expected the name of a column, `=` and the path of a fact, like `zhangtao=need.ledger`"
                .into())
        }
    }
}

fn time(text: &str) -> Result<Time, String> {
    Time::parse(Text::Utf8(text)).map_err(|_| {
        "expected a time from 2000 to 2100 with an offset, like 2021-03-01T09:30:00+08:00".into()
    })
}

fn timezone(text: &str) -> Result<UtcOffset, String> {
    UtcOffset::read(text).map_err(|error| format!("expected {}", error.expected))
}

/// Whether Ctrl-C was pressed.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

impl Audit {
    /// Runs the audit, writes what is asked for, and prints the counts.
    pub fn run(self) -> Result<Status, String> {
        let terms = input::terms(self.terms.as_deref())?;
        let against = self.against.as_deref().map(|path| input::terms(Some(path))).transpose()?;
        let mut heading = Heading { terms: terms.version.to_string(), ..Heading::default() };
        if let Some(against) = &against {
            heading.against = Some(against.version.to_string());
            heading.differences = diff::differences(against, &terms)?;
        }
        let job = Job {
            inputs: self.input,
            question: self.question,
            terms,
            against,
            mapping: Mapping {
                facts: self.map,
                ignored: self.ignore,
                ids: self.id,
                timezone: self.timezone,
                now: self.now,
                ..Mapping::default()
            },
            also_read: [self.terms, self.against].into_iter().flatten().collect(),
            out: self.out,
            report: self.report,
            changed_only: self.changed,
            verdicts: self.where_verdict.iter().filter_map(|name| verdict_named(name)).collect(),
            is_strict: self.strict,
            is_dry: self.dry_run,
            threads: self.threads.map_or(0, usize::from),
            shows_progress: !self.quiet,
        };
        // Without a handler Ctrl-C ends the program at once, which leaves the unfinished file beside its place.
        ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed))
            .map_err(|error| format!("Ctrl-C cannot be handled: {error}."))?;
        let mut audited = match job.run(&INTERRUPTED) {
            Ok(audited) => audited,
            Err(ended @ Ended::Interrupted) => {
                print_error(&format!("preflight: {ended}"));
                return Ok(Status::Interrupted);
            }
            Err(Ended::Failed(error)) => return Err(one_line(&error)),
        };
        heading.files = audited.files;
        audited.finish(|audited| page(&audited.tally, &heading)).map_err(|error| one_line(&error))?;
        if !audited.unread.is_empty() {
            print_error(&one_line(&format!(
                "Not read, since they are no facts: {}.",
                audited.unread.join(", ")
            )));
        }
        if !audited.skipped.is_empty() {
            let names: Vec<_> = audited.skipped.iter().map(|path| path.display().to_string()).collect();
            print_error(&one_line(&format!(
                "Files not read, since they do not end in {READ_ENDINGS}: {}.",
                names.join(", ")
            )));
        }
        print(&summary(&audited))?;
        if job.mapping.timezone.is_none() && audited.tally.faults().iter().any(is_no_time) {
            print(
                "  Times without an offset from UTC are read where --timezone says theirs, like --timezone +08:00.\n",
            )?;
        }
        for (what, path) in [("Answers", &job.out), ("Report", &job.report)] {
            if let Some(path) = path {
                let orders = audited.written.filter(|_| what == "Answers");
                let orders = orders.map_or(String::new(), |orders| format!(", {} orders", grouped(orders)));
                print(&one_line(&format!("{what}: {}{orders}", path.display())))?;
                print("\n")?;
            }
        }
        Ok(Status::Done)
    }
}

/// Whether what is invalid is no time where one should be.
fn is_no_time(fault: &Counted<(&'static str, String)>) -> bool {
    let (code, path) = &fault.what;
    *code == ErrorCode::WrongType.name()
        && Fact::ALL.iter().any(|fact| fact.info().path == path && matches!(fact.info().kind, FactType::Time))
}

/// The counts as text.
fn summary(audited: &Audited) -> String {
    let Audited { tally, orders, files, time, .. } = audited;
    let orders = *orders;
    let seconds = time.as_secs_f64();
    let rate = grouped((orders as f64 / seconds.max(0.001)) as u64);
    let files = if *files == 1 { "1 file".into() } else { format!("{files} files") };
    let mut text = format!("{} orders in {files}, {seconds:.1} s, {rate} per second\n", grouped(orders));
    counts(
        &mut text,
        "verdict",
        tally.verdicts().into_iter().map(|(verdict, before, now)| (verdict_name(verdict), before, now)),
        orders,
    );
    counts(&mut text, "code", tally.codes().into_iter(), orders);
    counts(
        &mut text,
        "missing",
        tally.missing().into_iter().map(|(path, count)| (path, None, count)),
        orders,
    );
    let faults = tally.faults();
    if !faults.is_empty() {
        text.push('\n');
    }
    for Counted { what: (code, path), count, example } in faults {
        text.push_str(&one_line(&format!(
            "  invalid  {code} in {path}: {}, for example {example}",
            grouped(count)
        )));
        text.push('\n');
    }
    if tally.is_compared() {
        changes(&mut text, tally);
    }
    text
}

/// A table of counts: now, and before where two are compared.
fn counts<'n>(
    text: &mut String,
    title: &str,
    counted: impl Iterator<Item = (&'n str, Option<u64>, u64)>,
    orders: u64,
) {
    let mut counted =
        counted.filter(|(_, before, now)| *now > 0 || before.is_some_and(|before| before > 0)).peekable();
    let Some((_, before, _)) = counted.peek() else { return };
    let before = if before.is_some() { "old" } else { "" };
    let head = format!("\n  {title:<28} {:>13} {:>10} {before:>13}", "orders", "share");
    text.push_str(head.trim_end_matches(' '));
    text.push('\n');
    for (name, before, now) in counted {
        let before = before.map_or(String::new(), grouped);
        let line = format!("  {name:<28} {:>13} {:>10} {before:>13}", grouped(now), share(now, orders));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The transitions as text.
fn changes(text: &mut String, tally: &Tally) {
    let (orders, transitions) = (tally.orders(), tally.transitions());
    let changed = |change| grouped(tally.changed(change));
    text.push_str(&format!(
        "\n  Changed: {} verdicts, {} more in their codes, {} more in what is missing\n",
        changed(Change::Verdict),
        changed(Change::Codes),
        changed(Change::Missing)
    ));
    for Counted { what, count, example } in transitions {
        // What is missing is told by the number above; the answer looks the same.
        if what.change == Some(Change::Missing) {
            continue;
        }
        let question = tally.question();
        let line = format!(
            "  {:>13} {:>10}  {} -> {}, for example {example}",
            grouped(count),
            share(count, orders),
            what.before.name(question),
            what.now.name(question)
        );
        text.push_str(&one_line(&line));
        text.push('\n');
    }
}
