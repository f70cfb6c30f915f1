//! 列与单笔: orders in columns of Arrow are answered as `check` answers them one by one.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, StructArray, TimestampMillisecondArray};
use arrow_schema::{DataType, Field};
use preflight::audit::{Auditor, Encoding, Mapping, UtcOffset};
use preflight::model::facts::Fact;
use preflight::model::time::Time;
use preflight::{Question, Terms, Value};

use crate::orders::{self, Expected, Order, assert_same, expected};

/// The answers in a batch, in the form in which they are compared.
pub fn answers(batch: &RecordBatch, prefix: &str) -> Vec<Expected> {
    let column = |name: &str| batch.column_by_name(&format!("{prefix}{name}")).unwrap();
    let list = |name: &str, row: usize| {
        let items = column(name).as_list::<i32>().value(row);
        items.as_string::<i32>().iter().map(|item| item.unwrap().to_string()).collect()
    };
    let invalid = |name: &str, row: usize| {
        let cells = batch.column_by_name(name).unwrap().as_string::<i32>();
        cells.is_valid(row).then(|| cells.value(row).to_string())
    };
    (0..batch.num_rows())
        .map(|row| Expected {
            verdict: column("verdict").as_string::<i32>().value(row).into(),
            codes: list("codes", row),
            missing: list("missing", row),
            invalid: invalid("invalid_code", row).zip(invalid("invalid_path", row)),
        })
        .collect()
}

pub fn ids() -> Mapping {
    Mapping { ids: vec!["id".into()], ..Mapping::default() }
}

fn old_terms() -> Terms {
    let json = r#"{ "refundWindowDays": 2, "voucherQuota": { "assured": 20, "claimed": 60 } }"#;
    Terms::read(&serde_json::from_str(json).unwrap()).unwrap()
}

/// 50,000 orders in five batches, each with dictionaries and types of its own.
fn row_groups() -> Vec<(Vec<Order>, RecordBatch)> {
    let groups = 0..5;
    groups
        .map(|group| {
            let orders = orders::orders(10_000, 7 + group as u64);
            let batch = orders::batch(&orders, group * 10_000, group);
            (orders, batch)
        })
        .collect()
}

#[test]
fn columns_are_answered_as_orders_one_by_one_whatever_the_batches() {
    let (terms, old) = (Terms::default(), old_terms());
    let groups = row_groups();
    for question in Question::ALL.iter().copied() {
        // One auditor for all, as for a stream of batches; it is to notice that the dictionaries change.
        let mut auditor = Auditor::new(question, terms.clone(), Some(old.clone()), ids());
        let (mut invalid, mut changed) = (0, 0);
        for (orders, batch) in &groups {
            let now: Vec<_> = orders.iter().map(|order| expected(question, order, &terms)).collect();
            let before: Vec<_> = orders.iter().map(|order| expected(question, order, &old)).collect();
            invalid += now.iter().filter(|answer| answer.invalid.is_some()).count();
            for size in [8192, 2047, 1] {
                // Batches of one order take as long as those of two thousand, so that not all are tried.
                let rows = if size == 1 { 1000 } else { batch.num_rows() };
                for start in (0..rows).step_by(size) {
                    let slice = batch.slice(start, size.min(rows - start));
                    let answered = auditor.run(&slice).unwrap();
                    let end = start + slice.num_rows();
                    let what = format!("{question:?}, from {start}, {size} at a time");
                    assert_same(&answers(&answered, ""), &now[start..end], &what);
                    let mut old_answers = answers(&answered, "old_");
                    old_answers.iter_mut().zip(&before[start..end]).for_each(|(answer, before)| {
                        answer.invalid.clone_from(&before.invalid);
                    });
                    assert_same(&old_answers, &before[start..end], &what);
                    let cells = answered.column_by_name("changed").unwrap().as_string::<i32>();
                    for row in 0..slice.num_rows() {
                        let (now, before) = (&now[start + row], &before[start + row]);
                        let change = if now.verdict != before.verdict {
                            Some("verdict")
                        } else if now.codes != before.codes {
                            Some("codes")
                        } else {
                            (now.missing != before.missing).then_some("missing")
                        };
                        assert_eq!(cells.is_valid(row).then(|| cells.value(row)), change);
                        changed += usize::from(change.is_some());
                    }
                    let ids = answered.column_by_name("id").unwrap();
                    assert_eq!(ids.to_data(), slice.column(0).to_data(), "the ids are copied");
                }
            }
        }
        assert!(invalid > 500, "{question:?}: {invalid} invalid orders");
        let has_terms = [Question::Refund, Question::Entitlement].contains(&question);
        assert_eq!(changed > 100, has_terms, "{question:?}: {changed} changed");
    }
}

#[test]
fn a_structure_has_the_facts_of_a_group_and_is_null_where_none_is_known() {
    let statuses: ArrayRef = Arc::new(StringArray::from(vec!["unpaid", "refunded", "unpaid"]));
    let fields = vec![Field::new("status", DataType::Utf8, true)];
    let nulls = vec![true, false, true].into();
    let order = StructArray::new(fields.into(), vec![statuses], Some(nulls));
    let batch = RecordBatch::try_from_iter([("order", Arc::new(order) as ArrayRef)]).unwrap();
    let answered =
        Auditor::new(Question::Refund, Terms::default(), None, Mapping::default()).run(&batch).unwrap();
    let verdicts: Vec<_> = answers(&answered, "").into_iter().map(|answer| answer.verdict).collect();
    assert_eq!(verdicts, ["block", "unknown", "block"]);
}

fn texts(name: &str, cells: &[&str]) -> RecordBatch {
    let mut builder = StringBuilder::new();
    cells.iter().for_each(|cell| builder.append_value(cell));
    RecordBatch::try_from_iter([(name, Arc::new(builder.finish()) as ArrayRef)]).unwrap()
}

/// Why a batch is refused.
fn refusal(batch: &RecordBatch, mapping: Mapping) -> String {
    Auditor::new(Question::Refund, Terms::default(), None, mapping).run(batch).unwrap_err().to_string()
}

#[test]
fn a_column_that_is_like_a_fact_is_refused_and_others_are_not_read() {
    for name in ["ordre.status", "order_statsu", "editon", "order_paidat_", "Order.Statu"] {
        let error = refusal(&texts(name, &["paid"]), Mapping::default());
        assert!(error.contains(name) && error.contains("did you mean `"), "{error}");
    }
    // Neither is like a fact; and without any fact there is nothing to answer.
    for name in ["product_id", "no", "shop", "row"] {
        let error = refusal(&texts(name, &["paid"]), Mapping::default());
        assert!(error.contains("at least one column named for a fact"), "{error}");
    }
    for name in ["order.status", "order_status", "ORDER_STATUS"] {
        let mut auditor = Auditor::new(Question::Refund, Terms::default(), None, Mapping::default());
        assert!(auditor.run(&texts(name, &["paid"])).is_ok(), "{name}");
    }
}

#[test]
fn a_column_can_be_mapped_or_ignored() {
    let batch = texts("zhuangtai", &["unpaid"]);
    let mapping = Mapping { facts: vec![("zhuangtai".into(), "order.status".into())], ..Mapping::default() };
    let answered =
        Auditor::new(Question::Refund, Terms::default(), None, mapping.clone()).run(&batch).unwrap();
    assert_eq!(answers(&answered, "")[0].codes, ["ORDER_NOT_PAID"]);
    let error = refusal(&texts("status", &["unpaid"]), mapping);
    assert!(error.contains("zhuangtai") && error.contains("`status`"), "{error}");
    let mapping = Mapping { facts: vec![("zhuangtai".into(), "order.statsu".into())], ..Mapping::default() };
    assert!(refusal(&batch, mapping).contains("did you mean `order.status`?"));
    let mapping = Mapping { ignored: vec!["editon".into()], ..Mapping::default() };
    assert!(refusal(&texts("editon", &["paid"]), mapping).contains("at least one column"));
}

#[test]
fn two_columns_for_one_fact_are_refused() {
    let column: ArrayRef = Arc::new(StringArray::from(vec!["paid"]));
    let batch =
        RecordBatch::try_from_iter([("order.status", column.clone()), ("order_status", column)]).unwrap();
    assert!(refusal(&batch, Mapping::default()).contains("given twice"));
}

#[test]
fn a_column_of_a_type_that_the_fact_cannot_have_is_refused() {
    let numbers: ArrayRef = Arc::new(arrow_array::Int32Array::from(vec![1]));
    for (name, column) in [
        ("order.status", numbers.clone()),
        ("opened", numbers.clone()),
        ("order.certified", numbers),
        ("need.year", Arc::new(StringArray::from(vec!["2020"])) as ArrayRef),
    ] {
        let batch = RecordBatch::try_from_iter([(name, column)]).unwrap();
        let error = refusal(&batch, Mapping::default());
        assert!(error.contains("a column of type"), "{error}");
    }
}

#[test]
fn a_time_without_a_zone_needs_an_offset() {
    let midnight = Time::parse("2021-12-01T00:00:00Z".into()).unwrap().millis();
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![midnight]));
    let batch = RecordBatch::try_from_iter([("now", times)]).unwrap();
    assert!(refusal(&batch, Mapping::default()).contains("a time with a zone"));
    let offset = UtcOffset::read("+08:00").unwrap();
    // One is read as the instant that it is at the offset: paid a minute later would contradict it.
    for (paid, is_valid) in
        [("2021-12-01 00:00:00", true), ("2021-12-01T00:01:00", false), ("2021-11-30T16:00:00Z", true)]
    {
        let paid: ArrayRef = Arc::new(StringArray::from(vec![paid]));
        let batch =
            RecordBatch::try_from_iter([("now", batch.column(0).clone()), ("order.paidAt", paid)]).unwrap();
        let mapping = Mapping { timezone: Some(offset), ..Mapping::default() };
        let answered = Auditor::new(Question::Refund, Terms::default(), None, mapping).run(&batch).unwrap();
        assert_eq!(answers(&answered, "")[0].invalid.is_none(), is_valid);
    }
    for wrong in ["8", "+8:00", "+24:00", "+08:60", "08:00", "", "+０8:00"] {
        assert!(UtcOffset::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn one_time_for_every_order_takes_the_place_of_a_column() {
    let now = Time::parse("2021-12-01T00:00:00+08:00".into()).unwrap();
    let mapping = Mapping { now: Some(now), ..Mapping::default() };
    let batch = texts("order.paidAt", &["2021-11-30T00:00:00+08:00", "2021-12-02T00:00:00+08:00"]);
    let answered =
        Auditor::new(Question::Refund, Terms::default(), None, mapping.clone()).run(&batch).unwrap();
    let invalid: Vec<_> = answers(&answered, "").into_iter().map(|answer| answer.invalid).collect();
    assert_eq!(invalid, [None, Some(("inconsistent".into(), "now".into()))]);
    assert!(refusal(&texts("now", &["2021-11-30T00:00:00+08:00"]), mapping).contains("given twice"));
}

#[test]
fn cells_as_text_and_as_json_are_read_as_what_they_stand_for() {
    for (encoding, name, cell, expected) in [
        (Encoding::Text, "need.year", "2020", None),
        (Encoding::Text, "need.year", "MMXX", Some("wrong_type")),
        (Encoding::Text, "order.certified", "True", None),
        (Encoding::Text, "order.certified", "yes", Some("wrong_type")),
        (Encoding::Text, "opened", r#"["ledger"]"#, None),
        (Encoding::Text, "opened", "ledger", Some("wrong_type")),
        (Encoding::Json, "need.year", "2020", None),
        (Encoding::Json, "need.year", r#""2020""#, Some("wrong_type")),
        (Encoding::Json, "edition", r#""cloud""#, None),
        (Encoding::Json, "edition", "{}", Some("wrong_type")),
        (Encoding::Json, "opened", r#"["legder"]"#, Some("unknown_value")),
    ] {
        let mapping = Mapping { encoding, ..Mapping::default() };
        let batch = texts(name, &[cell]);
        let answered = Auditor::new(Question::Refund, Terms::default(), None, mapping).run(&batch).unwrap();
        let code = answers(&answered, "")[0].invalid.clone().map(|(code, _)| code);
        assert_eq!(code.as_deref(), expected, "{encoding:?} {name} {cell}");
    }
}

#[test]
fn every_fact_has_a_column_in_what_is_made_up() {
    let batch = orders::batch(&orders::orders(1, 1), 0, 0);
    assert_eq!(batch.num_columns(), Fact::ALL.len() + 1);
    assert!(matches!(orders::as_object(&orders::orders(1, 1)[0]), Value::Object(_)));
}
