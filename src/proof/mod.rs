//! 证明: what the contract promises, checked for every combination of facts.
//!
//! The facts are finite once each number stands for its interesting values, so a promise is not
//! tested but walked through: [`prove`] tries each theorem on all representative facts (`domain` says
//! how, and how what is too large is factored). Every theorem is a claim that could fail: `tests` puts
//! a bug into each part of the engine and sees the theorem turn red.

use std::time::{Duration, Instant};

use crate::engine::check::{Answer, answer_among, missing_facts, verdict};
use crate::engine::evaluation::{Evaluation, Satisfaction};
use crate::explain::plan::{Plans, plans};
use crate::explain::stable_until;
use crate::model::facts::{FactSet, Facts};
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::model::time::Time;
use crate::rules::RULES;
use crate::rules::rule::Rule;

mod diff;
mod domain;
mod remediable;
#[cfg(test)]
mod tests;
mod theorems;

pub use diff::{Region, diff};
use domain::{Domain, Evaluate, Walk, evaluate, state_of, words};
use theorems::THEOREMS;

/// 结果: how one theorem came out.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub theorem: &'static str,
    /// What it claims.
    pub claim: &'static str,
    /// How many cases were tried.
    pub cases: u64,
    /// How long that took.
    pub time: Duration,
    /// The smallest case against it, in words; `None` where there is none.
    pub witness: Option<String>,
}

/// Tries every theorem and reports each outcome as it comes; returns whether all hold.
pub fn prove(terms: &Terms, report: &mut dyn FnMut(&Outcome)) -> bool {
    let subject = Subject::real(terms);
    let mut all = true;
    if let Some((fact, value)) = subject.domain.impossible() {
        report(&Outcome {
            theorem: "domain",
            claim: "every representative value is one that its fact can have",
            cases: 1,
            time: Duration::ZERO,
            witness: Some(format!("{} cannot be {value}", fact.info().path)),
        });
        return false;
    }
    for theorem in THEOREMS {
        let outcome = theorem.try_on(&subject);
        all &= outcome.witness.is_none();
        report(&outcome);
    }
    all
}

/// What is proved: the parts of the engine, each of which a test can replace by one with a bug.
struct Subject {
    rules: &'static [&'static Rule],
    terms: Terms,
    domain: Domain,
    evaluate: Evaluate,
    verdict: fn(Option<Severity>, Option<Severity>) -> Verdict,
    missing_facts: fn(&Rule, Question, Evaluation) -> FactSet,
    plans: for<'a> fn(Question, &Facts<'a>, &Terms, &Answer, Locale) -> Plans<'a>,
    stable_until: fn(Question, &Facts<'_>, &Terms, &Answer) -> Option<Time>,
}

impl Subject {
    fn real(terms: &Terms) -> Self {
        Self {
            rules: RULES,
            terms: terms.clone(),
            domain: Domain::of(terms),
            evaluate,
            verdict,
            missing_facts,
            plans,
            stable_until,
        }
    }

    fn walk(&self, question: Question, complete: bool) -> Walk<'_> {
        Walk::new(&self.domain, question, self.rules, &[&self.terms], self.evaluate, complete).merged()
    }

    /// Each rule with each question that asks it.
    fn asked(&self) -> impl Iterator<Item = (&'static Rule, Question)> {
        self.rules.iter().flat_map(|rule| rule.applies_to.iter().map(|applies| (*rule, applies.question)))
    }

    /// The answer by the rules that are proved.
    fn ask(&self, question: Question, facts: &Facts<'_>) -> Answer {
        answer_among(self.rules, question, (self.evaluate)(question, facts, &self.terms))
    }

    /// What becomes of a rule.
    fn state(&self, rule: &Rule, question: Question, facts: &Facts<'_>) -> Satisfaction {
        state_of(rule, question, (self.evaluate)(question, facts, &self.terms))
    }
}

struct Theorem {
    name: &'static str,
    claim: &'static str,
    search: fn(&Subject, &mut Search),
}

impl Theorem {
    fn try_on(&self, subject: &Subject) -> Outcome {
        let (start, mut search) = (Instant::now(), Search::default());
        (self.search)(subject, &mut search);
        Outcome {
            theorem: self.name,
            claim: self.claim,
            cases: search.cases,
            time: start.elapsed(),
            witness: search.witness.map(|(_, words)| words),
        }
    }
}

/// Counts the cases tried, and keeps the smallest one against the theorem.
#[derive(Default)]
struct Search {
    cases: u64,
    witness: Option<(u32, String)>,
}

impl Search {
    /// One case: `holds`, or else the facts and what is wrong with them.
    fn case(&mut self, holds: bool, question: Question, facts: &Facts<'_>, wrong: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        let size = facts.known().iter().count() as u32;
        if !holds && self.witness.as_ref().is_none_or(|(smallest, _)| size < *smallest) {
            self.witness = Some((size, format!("{} with {}: {}", question.name(), words(facts), wrong())));
        }
    }

    /// One claim about the rules as a whole.
    fn claim(&mut self, holds: bool, wrong: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        if !holds && self.witness.is_none() {
            self.witness = Some((0, wrong()));
        }
    }
}
