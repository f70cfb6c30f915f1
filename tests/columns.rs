//! 批量: the native interface of the columns.

use std::error::Error;
use std::fs;

use preflight::engine::batch::{Columns, InvalidRow, TextInterner};
use preflight::engine::compiled::rule_offset;
use preflight::model::facts::{Fact, FactSet};
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
        let mut orders: Vec<Facts<'_>> = values.iter().map(|value| Facts::read(value).unwrap()).collect();
        for place in 0..orders.len() {
            for fact in orders[place].known().iter() {
                let mut without = orders[place];
                without.copy(fact, &Facts::default());
                orders.push(without);
            }
        }
        assert!(orders.len() > 50, "{}: {}", question.name(), orders.len());
        for block in orders.chunks(Columns::ROWS) {
            let mut texts = TextInterner::default();
            for (row, facts) in block.iter().enumerate() {
                columns.put(row, facts, &mut texts);
            }
            columns.check(question, FactSet::ALL, block.len(), texts.count(), &terms).unwrap();
            let answers = columns.answers();
            for (row, facts) in block.iter().enumerate() {
                let expected = check(question, facts, &terms);
                let fired = (expected.fired.bits() >> rule_offset(question)) as u32;
                let answered = (answers.verdicts[row], answers.fired[row], answers.missing[row]);
                assert_eq!(
                    answered,
                    (expected.verdict as u8, fired, expected.missing.bits() as u32),
                    "{facts:?}"
                );
            }
        }
    }
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
    let later = preflight::model::time::Time::from_millis(1_614_564_000_000).ok();
    let paid_later =
        Facts { now: Some(preflight::model::time::Time::MIN), order_paid_at: later, ..Facts::default() };
    for (row, facts) in [Facts::default(), paid_later].iter().enumerate() {
        columns.put(row, facts, &mut TextInterner::default());
    }
    let check = |columns: &mut Columns, given| columns.check(Question::Refund, given, 2, 0, &terms);
    assert_eq!(check(&mut columns, FactSet::ALL), Err(InvalidRow(1)));
    assert_eq!(check(&mut columns, FactSet::of(&[Fact::now])), Ok(()));
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
