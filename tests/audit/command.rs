//! 命令行: `preflight audit` on files, as it is used.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use arrow_array::RecordBatch;
use arrow_select::concat::concat_batches;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use preflight::model::facts::Fact;
use preflight::{Question, Terms, Value};

use crate::columns::answers;
use crate::orders::{self, Expected, Order, as_object, assert_same, expected};

/// A folder of a test, empty at its beginning.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_preflight"));
    command.arg("audit").args(arguments.split_whitespace()).current_dir(folder);
    command
}

fn audit(folder: &Path, arguments: &str) -> Output {
    command(folder, arguments).output().unwrap()
}

/// What a successful audit prints.
fn printed(folder: &Path, arguments: &str) -> String {
    let output = audit(folder, arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments}: {errors}");
    String::from_utf8(output.stdout).unwrap() + &errors
}

/// Why an audit is refused.
fn refused(folder: &Path, arguments: &str) -> String {
    let output = audit(folder, arguments);
    assert_eq!(output.status.code(), Some(3), "{arguments}");
    String::from_utf8(output.stderr).unwrap()
}

/// Writes batches as the row groups of a file.
fn write(path: &Path, batches: &[RecordBatch], rows: usize) {
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows)).build();
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batches[0].schema(), Some(properties)).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.close().unwrap();
}

fn read(path: &Path) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let schema = reader.schema().clone();
    let batches: Vec<_> = reader.build().unwrap().map(Result::unwrap).collect();
    concat_batches(&schema, &batches).unwrap()
}

/// A value as JSON.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(flag) => (*flag).into(),
        Value::Integer(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Texts(texts) => texts.clone().into(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), json(value))).collect(),
        _ => serde_json::Value::Null,
    }
}

fn write_json(path: &Path, orders: &[Order]) {
    let lines = orders.iter().enumerate().map(|(id, order)| {
        let mut object = json(&as_object(order));
        object["id"] = id.into();
        format!("{object}\n")
    });
    fs::write(path, lines.collect::<String>()).unwrap();
}

fn write_csv(path: &Path, orders: &[Order]) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(["id"].iter().chain(Fact::PATHS)).unwrap();
    for (id, order) in orders.iter().enumerate() {
        let cells = order.iter().map(|value| match value {
            None => String::new(),
            Some(Value::Text(text)) => text.clone(),
            Some(value) => json(value).to_string(),
        });
        writer.write_record([id.to_string()].into_iter().chain(cells)).unwrap();
    }
    writer.flush().unwrap();
}

const COUNT: usize = 20_000;

fn all_expected(orders: &[Order]) -> Vec<Expected> {
    orders.iter().map(|order| expected(Question::Refund, order, &Terms::default())).collect()
}

#[test]
fn parquet_csv_and_json_give_the_same_answers_as_check() {
    let folder = folder("formats");
    let orders = orders::orders(COUNT, 99);
    let expected = all_expected(&orders);
    write(&folder.join("orders.parquet"), &[orders::batch(&orders, 0, 1)], 3000);
    write_csv(&folder.join("orders.csv"), &orders);
    write_json(&folder.join("orders.ndjson"), &orders);
    let mut summaries = Vec::new();
    for name in ["orders.parquet", "orders.csv", "orders.ndjson"] {
        let arguments = format!("{name} --question refund --id id --out answers-{name}.parquet --threads 2");
        let printed = printed(&folder, &arguments);
        summaries.push(printed.lines().filter(|line| line.starts_with("  ")).collect::<Vec<_>>().join("\n"));
        let answered = read(&folder.join(format!("answers-{name}.parquet")));
        assert_same(&answers(&answered, ""), &expected, name);
        let ids = answered.column(0);
        let id = |row: usize| match ids.data_type() {
            arrow_schema::DataType::Int64 => {
                arrow_array::cast::AsArray::as_primitive::<arrow_array::types::Int64Type>(ids).value(row)
            }
            _ => arrow_array::cast::AsArray::as_string::<i32>(ids).value(row).parse().unwrap(),
        };
        assert!((0..COUNT).all(|row| id(row) == row as i64), "the order of the rows stays");
    }
    assert_eq!(summaries[0], summaries[1]);
    assert_eq!(summaries[0], summaries[2]);
    assert!(summaries[0].contains("invalid"), "{}", summaries[0]);
}

#[test]
fn what_is_written_is_the_same_whatever_the_threads() {
    let folder = folder("threads");
    for file in 0..3 {
        let orders = orders::orders(5000, 5 + file);
        write(&folder.join(format!("part-{file}.parquet")), &[orders::batch(&orders, 0, 0)], 700);
    }
    fs::write(folder.join("_SUCCESS"), "").unwrap();
    let run = |threads: usize| {
        printed(&folder, &format!(". --question purchase --out {threads}.out --threads {threads}"));
        read(&folder.join(format!("{threads}.out")))
    };
    let (one, four) = (run(1), run(4));
    assert_eq!(one, four);
    assert_eq!(one.num_rows(), 15_000);
    assert_eq!(one.schema().field(0).name(), "file", "without an id, the file and the row");
}

#[test]
fn only_what_changes_or_has_a_verdict_is_written() {
    let folder = folder("changed");
    let orders = orders::orders(COUNT, 3);
    write(&folder.join("orders.parquet"), &[orders::batch(&orders, 0, 0)], 6000);
    fs::write(folder.join("old.json"), "{}").unwrap();
    fs::write(folder.join("new.json"), r#"{ "refundWindowDays": 1, "version": "new" }"#).unwrap();
    let new = Terms::read(&serde_json::from_str(r#"{ "refundWindowDays": 1 }"#).unwrap()).unwrap();
    let now: Vec<_> = orders.iter().map(|order| expected(Question::Refund, order, &new)).collect();
    let before = all_expected(&orders);
    let compare = "orders.parquet --question refund --id id --terms new.json --against old.json";
    let text = printed(&folder, &format!("{compare} --changed --out changed.parquet --report report.html"));
    let changed: Vec<_> =
        now.iter().zip(&before).filter(|(now, before)| now != before).map(|(now, _)| now.clone()).collect();
    let written = read(&folder.join("changed.parquet"));
    assert_same(&answers(&written, ""), &changed, "changed");
    let passed = now
        .iter()
        .zip(&before)
        .filter(|(now, before)| now.verdict == "refer" && before.verdict == "allow")
        .count();
    assert!(passed > 10);
    assert!(
        text.contains("allow [REFUND_WITHIN_WINDOW] -> refer [REFUND_WINDOW_PASSED], for example "),
        "{text}"
    );
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(
        page.contains("refundWindowDays: 7 → 1") && page.contains("2021-12 → 新条款 new"),
        "the terms that differ"
    );
    assert!(!page.contains("<script") && !page.contains("http"), "nothing is loaded and nothing runs");

    printed(
        &folder,
        "orders.parquet --question refund --id id --where-verdict refer,invalid --out some.parquet",
    );
    let wanted: Vec<_> = before
        .iter()
        .filter(|answer| ["refer", "invalid"].contains(&answer.verdict.as_str()))
        .cloned()
        .collect();
    assert_same(&answers(&read(&folder.join("some.parquet")), ""), &wanted, "some");
}

#[test]
fn an_invalid_cell_stops_a_strict_audit_which_says_where_it_is() {
    let folder = folder("strict");
    let mut orders: Vec<Order> = orders::orders(3000, 1);
    // Orders without any fact are valid, so that there is one that is not.
    orders.iter_mut().for_each(|order| order.iter_mut().for_each(|value| *value = None));
    let year = Fact::ALL.iter().position(|fact| *fact == Fact::need_year).unwrap();
    orders[2500][year] = Some(Value::Integer(1989));
    write(&folder.join("orders.parquet"), &[orders::batch(&orders, 0, 0)], 1000);
    let arguments = "orders.parquet --question purchase --id id --out answers.parquet";
    let error = refused(&folder, &format!("{arguments} --strict"));
    assert!(error.contains("`orders.parquet`, row group 2, row 2501: `need.year` is 1989, but"), "{error}");
    assert_eq!(names(&folder), ["orders.parquet"], "nothing is written");
    let text = printed(&folder, arguments);
    assert!(text.contains("out_of_range in need.year: 1, for example 2500"), "{text}");
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.collect();
    names.sort();
    names
}

#[test]
fn an_interrupted_audit_leaves_nothing_half() {
    let folder = folder("interrupted");
    fs::create_dir(folder.join("orders")).unwrap();
    write_csv(&folder.join("orders/0.csv"), &orders::orders(COUNT, 4));
    // Enough that it cannot be through before it is interrupted.
    for copy in 1..200 {
        fs::hard_link(folder.join("orders/0.csv"), folder.join(format!("orders/{copy}.csv"))).unwrap();
    }
    fs::write(folder.join("answers.parquet"), "of an earlier audit").unwrap();
    let mut child =
        command(&folder, "orders --question purchase --id id --out answers.parquet --report report.html")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    while !names(&folder).iter().any(|name| name.ends_with(".partial")) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it began to write");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8(output.stderr).unwrap().contains("Interrupted; nothing was written."));
    assert_eq!(names(&folder), ["answers.parquet", "orders"]);
    assert_eq!(fs::read_to_string(folder.join("answers.parquet")).unwrap(), "of an earlier audit");
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence() {
    let folder = folder("refused");
    fs::write(folder.join("misspelt.csv"), "id,ordre.status\n1,paid\n").unwrap();
    fs::write(folder.join("good.csv"), "id,order.status,shop\n1,paid,S\n").unwrap();
    fs::write(folder.join("short.csv"), "id,order.status\n1\n").unwrap();
    fs::write(folder.join("bad.ndjson"), "{\"edition\":\"cloud\"}\n{\"edition\":\n").unwrap();
    fs::write(folder.join("open.csv"), "id,order.status\n1,\"paid\"\n2,\"paid\n3,paid\n").unwrap();
    fs::write(folder.join("open-header.csv"), "id,\"order.status\n1,paid\n").unwrap();
    let late = "{\"order.status\":\"paid\"}\n".repeat(8199) + "{\"order.statsu\":\"paid\"}\n";
    fs::write(folder.join("late.ndjson"), late).unwrap();
    fs::write(folder.join("semicolons.csv"), "id;order.status\n1;paid\n").unwrap();
    fs::write(folder.join("nothing.csv"), "").unwrap();
    fs::write(folder.join("list.json"), "[{\"edition\":\"cloud\"},\n{\"edition\":\"cloud\"}]\n").unwrap();
    fs::write(folder.join("twice.csv"), "id,order.status,id\n1,paid,2\n").unwrap();
    fs::write(folder.join("verdicts.csv"), "Verdict,order.status\n1,paid\n").unwrap();
    fs::write(folder.join("bad.parquet"), "PAR1").unwrap();
    fs::write(folder.join("orders.xlsx"), "").unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    for (arguments, what) in [
        ("misspelt.csv --question refund", "did you mean `order.status`?"),
        ("good.csv misspelt.csv --question refund --out x.parquet", "`misspelt.csv`"),
        ("good.csv --question refund --id nr", "`nr`"),
        ("good.csv --question refund --map shop=order.statu", "did you mean `order.status`?"),
        ("short.csv --question refund", "1 cells at line 2, but 2 were expected"),
        ("bad.ndjson --question refund", "not JSON at line 2"),
        ("bad.parquet --question refund", "cannot be read as Parquet"),
        ("orders.xlsx --question refund", ".parquet, .csv"),
        ("nowhere.csv --question refund", "does not exist"),
        ("empty --question refund", "no file that ends in"),
        ("*.parq --question refund", "no file that ends in"),
        ("good.csv --question refund --out good.csv", "both read and written"),
        ("good.csv --question refund --out nowhere/x.parquet", "its folder does not exist"),
        ("open.csv --question refund", "a quote at line 3 that is not closed"),
        ("open-header.csv --question refund", "a quote at line 1 that is not closed"),
        (
            "late.ndjson --question refund",
            "`late.ndjson`, in rows 8193 to 8200: `order.statsu` is not a field",
        ),
        ("semicolons.csv --question refund", "has ';' between the names"),
        ("nothing.csv --question refund", "has no header"),
        ("list.json --question refund", "has a list at line 1; put one object"),
        (
            "good.csv --question refund --now 2021-03-01T09:30:00+08:00 --map id=now",
            "by the column `id` and as one time",
        ),
        ("twice.csv --question refund --id id", "`id` is given twice"),
        ("good.csv --question refund --id shop --id shop", "two columns `shop`"),
        ("verdicts.csv --question refund --id Verdict --out x.parquet", "two columns `verdict`"),
        ("good.csv --question refund --now yesterday", "2021-03-01T09:30:00+08:00"),
        ("good.csv --question refund --changed --out x.parquet", "--against"),
    ] {
        let error = refused(&folder, arguments);
        assert!(error.contains(what), "{arguments}: {error}");
    }
    let text = printed(&folder, "good.csv --question refund --id id");
    assert!(text.contains("Not read, since they are no facts: shop."), "{text}");
    let text = printed(&folder, "good.csv --question refund --id id --ignore shop");
    assert!(text.starts_with("1 orders in 1 file") && !text.contains("Not read"), "{text}");
}

#[test]
fn what_is_read_or_is_no_file_is_never_overwritten() {
    let folder = folder("overwriting");
    let orders = "id,order.status\n1,paid\n";
    fs::write(folder.join("orders.csv"), orders).unwrap();
    fs::write(folder.join("terms.json"), "{}").unwrap();
    fs::create_dir(folder.join("answers")).unwrap();
    fs::write(folder.join("kept.parquet"), "kept").unwrap();
    fs::set_permissions(folder.join("kept.parquet"), PermissionsExt::from_mode(0o444)).unwrap();
    std::os::unix::fs::symlink("orders.csv", folder.join("link.parquet")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("fifo")).status().unwrap().success());
    for (written, what) in [
        ("--out orders.csv", "both read and written"),
        ("--out answers/../orders.csv", "both read and written"),
        ("--out link.parquet", "both read and written"),
        ("--report orders.csv", "both read and written"),
        ("--terms terms.json --out terms.json", "both read and written"),
        ("--against terms.json --report ./terms.json", "both read and written"),
        ("--out x.html --report answers/../x.html", "written twice"),
        ("--out fifo", "it is no file"),
        ("--report answers", "it is no file"),
        ("--out kept.parquet", "it may only be read"),
        ("--out x.parquet --report nowhere/x.html", "its folder does not exist"),
    ] {
        let error = refused(&folder, &format!("orders.csv --question refund {written}"));
        assert!(error.contains(what), "{written}: {error}");
    }
    assert_eq!(
        names(&folder),
        ["answers", "fifo", "kept.parquet", "link.parquet", "orders.csv", "terms.json"]
    );
    assert_eq!(fs::read_to_string(folder.join("orders.csv")).unwrap(), orders);
    assert_eq!(fs::read_to_string(folder.join("terms.json")).unwrap(), "{}");
}

#[test]
fn a_link_stays_and_what_it_links_to_is_written() {
    let folder = folder("links");
    fs::write(folder.join("orders.csv"), "id,order.status\n1,paid\n").unwrap();
    fs::create_dir(folder.join("kept")).unwrap();
    fs::write(folder.join("kept/answers.parquet"), "of an earlier audit").unwrap();
    std::os::unix::fs::symlink("kept/answers.parquet", folder.join("answers.parquet")).unwrap();
    printed(&folder, "orders.csv --question refund --id id --out answers.parquet");
    assert!(folder.join("answers.parquet").is_symlink());
    assert_eq!(read(&folder.join("kept/answers.parquet")).num_rows(), 1);
    assert_eq!(names(&folder.join("kept")), ["answers.parquet"]);
}

#[test]
fn files_that_are_not_read_are_named_and_one_of_two_names_is_read_once() {
    let folder = folder("named");
    fs::create_dir(folder.join("orders")).unwrap();
    for name in ["orders/may.csv", "orders/june.csv.gz", "orders/july.txt", "orders/_SUCCESS"] {
        fs::write(folder.join(name), "id,order.status\n1,paid\n").unwrap();
    }
    let text = printed(&folder, "orders orders/may.csv ./orders/../orders/may.csv --question refund --id id");
    assert!(text.starts_with("1 orders in 1 file"), "{text}");
    assert!(text.contains(".jsonl: orders/july.txt, orders/june.csv.gz.\n"), "{text}");
}

#[test]
fn what_stands_in_place_of_facts_in_json_is_invalid_unless_it_is_no_fact() {
    let folder = folder("in-place");
    let lines = [
        r#"{ "id": { "shop": 1 }, "order": { "status": "unpaid" } }"#,
        r#"{ "id": "2", "order": "unpaid" }"#,
        r#"{ "id": "3", "order": null }"#,
        r#"{ "id": "4", "order": ["unpaid"] }"#,
    ];
    fs::write(folder.join("orders.ndjson"), lines.join("\n")).unwrap();
    let text = printed(&folder, "orders.ndjson --question refund --id id --out answers.parquet");
    assert!(
        text.contains(
            "invalid  wrong_type in order.status: 2, for example 2: `order.status` is an object, but one of"
        ),
        "{text}"
    );
    let answers = read(&folder.join("answers.parquet"));
    let id: &arrow_array::StringArray = answers.column(0).as_any().downcast_ref().unwrap();
    assert_eq!(id.iter().flatten().collect::<Vec<_>>(), [r#"{"shop":1}"#, "2", "3", "4"]);
    let text = printed(&folder, "orders.ndjson --question refund --ignore order");
    assert!(!text.contains("invalid"), "{text}");
}

#[test]
fn a_time_without_an_offset_leads_to_the_option_that_says_it() {
    let folder = folder("offsets");
    fs::write(folder.join("orders.csv"), "order.status,order.paidAt\npaid,2021-03-01 09:30:00\n").unwrap();
    let text = printed(&folder, "orders.csv --question refund");
    assert!(
        text.contains("invalid  wrong_type in order.paidAt: 1") && text.contains("like --timezone +08:00"),
        "{text}"
    );
    let earlier = "now,order.paidAt\n2021-03-01T09:30:00+08:00,2021-03-02T09:30:00+08:00\n";
    fs::write(folder.join("earlier.csv"), earlier).unwrap();
    let text = printed(&folder, "earlier.csv --question refund");
    assert!(text.contains("invalid  inconsistent in now: 1") && !text.contains("--timezone"), "{text}");
    let text = printed(&folder, "orders.csv --question refund --timezone +08:00");
    assert!(!text.contains("invalid") && !text.contains("--timezone"), "{text}");
}
