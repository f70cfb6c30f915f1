//! 批量一致: a block of columns is answered as its orders are one by one.
//!
//! The batch engine evaluates conditions and combines rules in its own way, for speed, so that the two could differ;
//! `check` is the specification here. The cases are those of the walk. It keeps only one of the values that `check` does
//! not distinguish, so that for each rule every combination of the facts that its conditions read together is added.

use super::{Search, Subject};
use crate::engine::batch::{Columns, InvalidRow, TextInterner};
use crate::engine::check::check;
use crate::engine::compiled::{RuleSet, rule_offset};
use crate::model::facts::{FactSet, Facts};
use crate::model::notices::Notices;
use crate::model::question::{Question, Verdict};
use crate::model::terms::Terms;

/// How a block of orders is checked.
pub(super) type CheckBlock = fn(&mut Columns, Question, &[Facts<'_>], &Terms) -> Result<(), InvalidRow>;

/// Writes the orders to the columns and checks them.
pub(super) fn check_block(
    columns: &mut Columns,
    question: Question,
    orders: &[Facts<'_>],
    terms: &Terms,
) -> Result<(), InvalidRow> {
    let mut texts = TextInterner::default();
    for (row, facts) in orders.iter().enumerate() {
        columns.put(row, facts, &mut texts);
    }
    columns.check(question, FactSet::ALL, orders.len(), texts.count(), terms)
}

pub(super) fn batch_agreement(subject: &Subject, search: &mut Search) {
    let mut columns = Columns::new();
    // The questions with few cases first, so that a bug that they find is not searched for in the others.
    for question in
        [Question::Page, Question::Activation, Question::Refund, Question::Entitlement, Question::Purchase]
    {
        let mut orders = Vec::with_capacity(Columns::ROWS);
        let mut add = |facts: &Facts<'static>| {
            orders.push(*facts);
            if orders.len() == Columns::ROWS {
                compare(subject, question, &mut columns, &orders, search);
                orders.clear();
            }
        };
        // The walk has the messages of notices instead of their texts, whose comparison would take a third of the time.
        // The facts of each rule, below, have the texts.
        let messages = |notices: Notices<'static>| Notices::Messages(notices.messages());
        let walk = subject
            .walk(question, false)
            .mapped(|facts| Facts { activation_notices: facts.activation_notices.map(messages), ..*facts });
        walk.each_case(&mut add);
        for (rule, _) in subject.asked().filter(|(_, asked)| *asked == question) {
            subject.domain.around(rule, question, &subject.terms).iter().for_each(&mut add);
        }
        compare(subject, question, &mut columns, &orders, search);
        if search.counterexample.is_some() {
            return;
        }
    }
}

/// Compares the answers to a block with the answers to its orders.
fn compare(
    subject: &Subject,
    question: Question,
    columns: &mut Columns,
    orders: &[Facts<'_>],
    search: &mut Search,
) {
    let checked = (subject.check_block)(columns, question, orders, &subject.terms);
    for (row, facts) in orders.iter().enumerate() {
        let expected = check(question, facts, &subject.terms).public_view();
        let answered = checked.ok().and_then(|()| answer_in(columns, question, row));
        search.require(answered == Some(expected), question, facts, || {
            let answered = answered.map_or_else(|| format!("{checked:?}"), describe);
            format!("check answers {}, and columns {answered}", describe(expected))
        });
    }
}

/// The answer in a row; `None` where the row has no verdict.
fn answer_in(columns: &Columns, question: Question, row: usize) -> Option<(Verdict, RuleSet, FactSet)> {
    let answers = columns.answers();
    let verdict = Verdict::ALL.get(usize::from(*answers.verdicts.get(row)?)).copied()?;
    let fired = u128::from(*answers.fired.get(row)?) << rule_offset(question);
    let missing = u128::from(*answers.missing.get(row)?);
    Some((verdict, RuleSet::from_bits(fired), FactSet::from_bits(missing)))
}

fn describe((verdict, fired, missing): (Verdict, RuleSet, FactSet)) -> String {
    let codes: Vec<_> = fired.rules().map(|rule| rule.code).collect();
    let paths: Vec<_> = missing.iter().map(|fact| fact.info().path).collect();
    format!("{} [{}] missing [{}]", verdict.name(), codes.join(", "), paths.join(", "))
}
