//! 批量: the native interface of the columns.

#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use std::error::Error;
use std::fs;

use preflight::engine::batch::{Answers, Columns, InvalidRow, TextInterner};
use preflight::engine::compiled::rule_offset;
use preflight::model::choices::Product;
use preflight::model::fact_types::FactType;
use preflight::model::facts::{Fact, FactSet, FactSource};
use preflight::model::time::Time;
use preflight::{Facts, Question, Terms, Value, check};

/// The facts of every scenario of the question, where they are valid.
fn scenarios(question: Question) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut all = Vec::new();
    for file in fs::read_dir(format!("tests/scenarios/{}", question.name()))? {
        let text = fs::read_to_string(file?.path())?;
        for scenario in serde_json::from_str::<Vec<serde_json::Value>>(&text)? {
            all.push(serde_json::from_value(scenario.get("facts").cloned().unwrap_or_default())?);
        }
    }
    all.retain(|facts| Facts::read(facts).is_ok());
    Ok(all)
}

#[test]
fn every_scenario_with_and_without_each_fact_is_answered_as_by_check() {
    let terms = Terms::default();
    let mut columns = Columns::new();
    for question in Question::ALL.iter().copied() {
        let values = scenarios(question).unwrap();
        let orders = with_and_without_each_fact(&values);
        assert!(orders.len() > 50, "{}: {}", question.name(), orders.len());
        for block in orders.chunks(Columns::ROWS) {
            let mut texts = TextInterner::default();
            for (row, facts) in block.iter().enumerate() {
                columns.put(row, facts, &mut texts);
            }
            columns.check(question, FactSet::ALL, block.len(), texts.count(), &terms).unwrap();
            compare(columns.answers(), question, block, &terms);
            for (row, facts) in block.iter().enumerate() {
                assert_is_read_back(facts, columns.order(row, FactSet::ALL));
                assert!(columns.order(row, FactSet::EMPTY).known().is_empty());
            }
        }
    }
}

/// The facts of every scenario of the question, then of each with one known fact less.
fn with_and_without_each_fact(values: &[Value]) -> Vec<Facts<'_>> {
    let mut orders: Vec<Facts<'_>> = values.iter().map(|value| Facts::read(value).unwrap()).collect();
    for place in 0..orders.len() {
        for fact in orders[place].known().iter() {
            let mut without = orders[place];
            without.copy(fact, &Facts::default());
            orders.push(without);
        }
    }
    orders
}

/// Compares the answers to a block with those of `check`.
fn compare(answers: &Answers, question: Question, block: &[Facts<'_>], terms: &Terms) {
    for (row, facts) in block.iter().enumerate() {
        let expected = check(question, facts, terms);
        let fired = (expected.fired.bits() >> rule_offset(question)) as u32;
        let answered = (answers.verdicts[row], answers.fired[row], answers.missing[row]);
        assert_eq!(answered, (expected.verdict as u8, fired, expected.missing.bits() as u32), "{facts:?}");
    }
}

#[test]
fn several_terms_are_answered_at_a_time_each_as_by_check() {
    let published = Terms::default();
    let shorter = Terms { refund_window_days: 1, refund_review_workdays: 20, ..Terms::default() };
    let mut fewer = Terms::default();
    (fewer.voucher_quota.assured, fewer.voucher_quota.claimed) = (0, 1);
    let mut columns = Columns::new();
    let mut differences = 0;
    for question in Question::ALL.iter().copied() {
        let values = scenarios(question).unwrap();
        for block in with_and_without_each_fact(&values).chunks(Columns::ROWS) {
            let mut texts = TextInterner::default();
            for (row, facts) in block.iter().enumerate() {
                columns.put(row, facts, &mut texts);
            }
            let [mut first, mut second, mut third] = [(); 3].map(|()| Answers::new());
            let mut sides = [(&published, &mut first), (&shorter, &mut second), (&fewer, &mut third)];
            columns.answer(question, FactSet::ALL, block.len(), &mut sides);
            for (terms, answers) in [(&published, &first), (&shorter, &second), (&fewer, &third)] {
                compare(answers, question, block, terms);
                let is_different = |row: &usize| answers.fired[*row] != first.fired[*row];
                differences += (0..block.len()).filter(is_different).count();
            }
        }
    }
    assert!(differences > 50, "{differences} answers by other terms differ");
}

#[test]
fn texts_that_were_compared_as_ledgers_are_compared_anew_as_accounts() {
    let terms = Terms::default();
    let facts: Value = serde_json::from_str(
        r#"{
            "edition": "free_lifetime", "product": "ledger", "entry": "in_app",
            "need": { "ledger": "138****0001" }, "selected": { "ledger": "13800000001" },
            "activation": { "account": "13800000001" }, "member": { "account": "138****0001", "replacesOld": true }
        }"#,
    )
    .unwrap();
    let facts = [Facts::read(&facts).unwrap(); 2];
    let (mut columns, mut texts) = (Columns::new(), TextInterner::default());
    facts.iter().enumerate().for_each(|(row, facts)| columns.put(row, facts, &mut texts));
    for question in [Question::Purchase, Question::Activation] {
        columns.check(question, FactSet::ALL, 2, texts.count(), &terms).unwrap();
        compare(columns.answers(), question, &facts, &terms);
    }
}

/// The facts are those that were written, but for notices, of which only the messages are kept.
fn assert_is_read_back<'a>(written: &Facts<'a>, order: impl FactSource<'a>) {
    let mut read = Facts::from_source(order);
    let messages = |facts: &Facts<'_>| facts.activation_notices.map(|notices| notices.messages());
    assert_eq!((order.known(), messages(&read)), (written.known(), messages(written)));
    read.activation_notices = written.activation_notices;
    assert_eq!(read, *written);
}

#[test]
fn a_fact_without_a_column_is_unknown() {
    let terms = Terms::default();
    let mut columns = Columns::new();
    let facts = Facts { page_restarted: Some(false), ..Facts::default() };
    columns.put(0, &facts, &mut TextInterner::default());
    for given in [FactSet::of(&[Fact::page_restarted]), FactSet::EMPTY] {
        columns.check(Question::Page, given, 1, 0, &terms).unwrap();
        let mut known = facts;
        if given.is_empty() {
            known = Facts::default();
        }
        assert_eq!(columns.answers().missing[0], check(Question::Page, &known, &terms).missing.bits() as u32);
    }
}

#[test]
fn the_first_invalid_row_is_returned() {
    let terms = Terms::default();
    let mut columns = Columns::new();
    for row in 0..3 {
        columns.put(row, &Facts::default(), &mut TextInterner::default());
    }
    let check = |columns: &mut Columns| columns.check(Question::Page, FactSet::ALL, 3, 0, &terms);
    assert_eq!(check(&mut columns), Ok(()));
    let flag = Fact::page_restarted as usize;
    columns.numbers()[flag * Columns::ROWS + 2] = 2;
    assert_eq!(check(&mut columns), Ok(()), "the value of an unknown fact is ignored");
    columns.validity()[flag * Columns::ROWS / 8] = 0b100;
    assert_eq!(check(&mut columns), Err(InvalidRow(2)));
}

#[test]
fn a_row_that_contradicts_itself_is_returned_unless_a_fact_of_it_has_no_column() {
    let terms = Terms::default();
    let mut columns = Columns::new();
    let later = Time::from_millis(1_614_564_000_000).ok();
    let paid_later = Facts { now: Some(Time::MIN), order_paid_at: later, ..Facts::default() };
    for (row, facts) in [Facts::default(), paid_later].iter().enumerate() {
        columns.put(row, facts, &mut TextInterner::default());
    }
    let check = |columns: &mut Columns, given| columns.check(Question::Refund, given, 2, 0, &terms);
    assert_eq!(check(&mut columns, FactSet::ALL), Err(InvalidRow(1)));
    assert_eq!(check(&mut columns, FactSet::of(&[Fact::now])), Ok(()));
}

#[test]
fn a_blank_text_is_invalid_where_it_is_no_answer() {
    let mut columns = Columns::new();
    let blank = Some(" ");
    for (facts, expected) in [
        (Facts { need_ledger: blank.map(Into::into), ..Facts::default() }, Err(InvalidRow(0))),
        (Facts { order_phone: blank.map(Into::into), ..Facts::default() }, Ok(())),
    ] {
        let mut texts = TextInterner::default();
        columns.put(0, &facts, &mut texts);
        let given = FactSet::ALL;
        assert_eq!(columns.check(Question::Purchase, given, 1, texts.count(), &Terms::default()), expected);
    }
}

#[test]
fn an_unpaired_surrogate_is_invalid() {
    let mut columns = Columns::new();
    let facts = Facts { order_phone: Some("1".into()), ..Facts::default() };
    columns.put(0, &facts, &mut TextInterner::default());
    let check = |columns: &mut Columns| columns.check(Question::Page, FactSet::ALL, 1, 1, &Terms::default());
    assert_eq!(check(&mut columns), Ok(()));
    columns.units(1)[0] = 0xd83d;
    assert_eq!(check(&mut columns), Err(InvalidRow(0)));
}

#[test]
fn a_number_just_beyond_those_of_its_fact_is_invalid() {
    let mut columns = Columns::new();
    let mut check = |fact: Fact, number: u32| {
        columns.put(0, &Facts::default(), &mut TextInterner::default());
        columns.numbers_of(fact)[0] = number;
        columns.validity_of(fact)[0] = 1;
        columns.check(Question::Page, FactSet::ALL, 1, 0, &Terms::default())
    };
    for fact in Fact::ALL.iter().copied() {
        let (first, last) = match fact.info().kind {
            FactType::Choice(choices) => (0, choices.len() as u32 - 1),
            FactType::Set(choices) => (0, (1 << choices.len()) - 1),
            FactType::Texts => (0, 255),
            FactType::Flag => (0, 1),
            FactType::Integer { min, max } => (min, max),
            FactType::Time | FactType::Text { .. } => continue,
        };
        assert_eq!((check(fact, first), check(fact, last)), (Ok(()), Ok(())), "{fact:?}");
        assert_eq!(check(fact, last + 1), Err(InvalidRow(0)), "{fact:?}");
        if first > 0 {
            assert_eq!(check(fact, first - 1), Err(InvalidRow(0)), "{fact:?}");
        }
    }
}

#[test]
fn an_interner_that_is_cleared_starts_the_next_block() {
    let (mut columns, mut texts) = (Columns::new(), TextInterner::default());
    let ledgers = |one: &'static str, other: &'static str| Facts {
        product: Some(Product::VoucherPack),
        selected_ledger: Some(one.into()),
        need_ledger: Some(other.into()),
        ..Facts::default()
    };
    for (one, other, count) in [("A", "B", 2), ("B", "B", 1), ("A", "A", 1), ("B", "A", 2)] {
        texts.clear();
        assert_eq!(texts.count(), 0);
        let facts = ledgers(one, other);
        columns.put(0, &facts, &mut texts);
        assert_eq!(texts.count(), count);
        let expected = check(Question::Purchase, &facts, &Terms::default());
        columns.check(Question::Purchase, FactSet::ALL, 1, texts.count(), &Terms::default()).unwrap();
        assert_eq!(columns.answers().verdicts[0], expected.verdict as u8, "{one} {other}");
        assert_is_read_back(&facts, columns.order(0, FactSet::ALL));
    }
}

#[test]
fn two_columns_of_times_are_read_at_once() {
    let mut columns = Columns::new();
    let times = [Time::MIN, Time::MAX];
    for (row, [now, paid]) in [[0, 0], [1, 0], [1, 1]].into_iter().enumerate() {
        let facts = Facts { now: Some(times[now]), order_paid_at: Some(times[paid]), ..Facts::default() };
        columns.put(row, &facts, &mut TextInterner::default());
    }
    let [first, last] = times.map(|time| time.millis() as f64);
    let (now, paid) = columns.two_times(Fact::now, Fact::order_paid_at);
    assert_eq!((&now[..3], &paid[..3]), (&[first, last, last][..], &[first, first, last][..]));
    assert_eq!((now.len(), paid.len()), (Columns::ROWS, Columns::ROWS));
}
