//! 列: many orders at once are answered as one by one, natively.

use std::error::Error;
use std::fs;

use preflight::check::first_asked;
use preflight::columns::{Columns, Written};
use preflight::facts::{Fact, FactSet};
use preflight::{Facts, Question, Terms, Value, check};

/// The facts of every scenario of the question that can be read.
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
fn every_scenario_and_all_but_each_of_its_facts_are_answered_as_one_by_one() {
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
            let mut written = Written::default();
            for (row, facts) in block.iter().enumerate() {
                columns.put(row, facts, &mut written);
            }
            columns
                .check(question, FactSet::from_bits(u32::MAX), block.len(), written.bytes, &terms)
                .unwrap();
            let answers = columns.answers();
            for (row, facts) in block.iter().enumerate() {
                let expected = check(question, facts, &terms);
                let fired = (expected.fired.bits() >> first_asked(question)) as u32;
                let told = (answers.verdicts[row], answers.fired[row], answers.missing[row]);
                assert_eq!(told, (expected.verdict as u8, fired, expected.missing.bits()), "{facts:?}");
            }
        }
    }
}

#[test]
fn a_fact_without_a_column_is_not_known() {
    let terms = Terms::default();
    let mut columns = Columns::new();
    let facts = Facts { page_restarted: Some(false), ..Facts::default() };
    columns.put(0, &facts, &mut Written::default());
    for given in [FactSet::of(Fact::page_restarted), FactSet::NONE] {
        columns.check(Question::Page, given, 1, 0, &terms).unwrap();
        let mut known = facts;
        if given.is_empty() {
            known = Facts::default();
        }
        assert_eq!(columns.answers().missing[0], check(Question::Page, &known, &terms).missing.bits());
    }
}

#[test]
fn texts_that_are_not_utf_8_are_not_guessed_at() {
    let mut columns = Columns::new();
    columns.texts(2).copy_from_slice(&[0xff, 0xff]);
    assert_eq!(columns.check(Question::Page, FactSet::NONE, 1, 2, &Terms::default()), None);
    assert_eq!(columns.check(Question::Page, FactSet::NONE, 1, 0, &Terms::default()), Some(()));
}
