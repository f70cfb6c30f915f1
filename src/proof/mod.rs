//! 证明: the properties that the contract promises, checked for every combination of facts.
//!
//! Each fact has finitely many representative values, those on either side of every limit that a condition compares
//! with. [`prove`] therefore checks each theorem exhaustively instead of sampling; `domain` defines the values and
//! enumerates their combinations. [`diff`] uses the same domain to find the cases that two sets of terms answer
//! differently. The unit tests seed a bug into each part of the engine and assert that a theorem fails.

use std::time::{Duration, Instant};

use crate::engine::check::{Answer, answer_among, missing_facts, verdict};
use crate::engine::compiled::compile;
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

mod batch_agreement;
mod diff;
mod domain;
mod remediable;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod tests;
mod theorems;

use batch_agreement::{CheckBlock, check_block};
pub use diff::{Region, diff};
use domain::{Domain, Evaluate, Walk, describe_facts, evaluate, state_of};
use theorems::THEOREMS;

/// 结果: the result of checking one theorem.
#[derive(Debug)]
pub struct Outcome {
    /// The theorem's name.
    pub theorem: &'static str,
    /// The property that it claims.
    pub claim: &'static str,
    /// How many cases were checked.
    pub cases: u64,
    /// How long the check took.
    pub time: Duration,
    /// The smallest counterexample, as text; `None` where the theorem holds.
    pub witness: Option<String>,
}

/// Checks every theorem under the terms and reports each outcome once it is known; returns whether all hold.
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
        let outcome = theorem.check(&subject);
        all &= outcome.witness.is_none();
        report(&outcome);
    }
    all
}

/// The parts of the engine that the theorems are about. A test replaces one of them by a version with a bug.
struct Subject {
    rules: &'static [&'static Rule],
    terms: Terms,
    domain: Domain,
    evaluate: Evaluate,
    verdict: fn(Option<Severity>, Option<Severity>) -> Verdict,
    missing_facts: fn(&Rule, Question, Evaluation) -> FactSet,
    plans: for<'a> fn(Question, &Facts<'a>, &Terms, &Answer, Locale) -> Plans<'a>,
    stable_until: fn(Question, &Facts<'_>, &Terms, &Answer) -> Option<Time>,
    check_block: CheckBlock,
}

impl Subject {
    /// The engine as it is.
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
            check_block,
        }
    }

    /// The walk through the cases of the question, complete or partial too.
    fn walk(&self, question: Question, complete: bool) -> Walk<'_> {
        Walk::new(&self.domain, question, self.rules, &[&self.terms], self.evaluate, complete)
            .merged(FactSet::EMPTY)
    }

    /// Each rule with each question that it applies to.
    fn asked(&self) -> impl Iterator<Item = (&'static Rule, Question)> {
        self.rules.iter().flat_map(|rule| rule.applies_to.iter().map(|applies| (*rule, applies.question)))
    }

    /// The answer by the rules of this subject.
    fn ask(&self, question: Question, facts: &Facts<'_>) -> Answer {
        let evaluation = (self.evaluate)(question, facts, &self.terms);
        answer_among(&compile(self.rules, question), self.rules, question, evaluation)
    }

    /// Whether the rule fires, is unsatisfied or is open.
    fn state(&self, rule: &Rule, question: Question, facts: &Facts<'_>) -> Satisfaction {
        state_of(rule, question, (self.evaluate)(question, facts, &self.terms))
    }
}

/// A property, and the search for a counterexample to it.
struct Theorem {
    name: &'static str,
    claim: &'static str,
    search: fn(&Subject, &mut Search),
}

impl Theorem {
    fn check(&self, subject: &Subject) -> Outcome {
        let (start, mut search) = (Instant::now(), Search::default());
        (self.search)(subject, &mut search);
        Outcome {
            theorem: self.name,
            claim: self.claim,
            cases: search.cases,
            time: start.elapsed(),
            witness: search.counterexample.map(|(_, text)| text),
        }
    }
}

/// Counts the cases that were checked and keeps the smallest counterexample.
///
/// A case is counted only where it could fail: one in which the premise of the theorem is not met is passed over.
#[derive(Default)]
struct Search {
    cases: u64,
    /// How many facts it has, and its description.
    counterexample: Option<(u32, String)>,
}

impl Search {
    /// Checks a case about facts; `flaw` describes what is wrong where it does not hold.
    fn require(&mut self, holds: bool, question: Question, facts: &Facts<'_>, flaw: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        if holds {
            return;
        }
        let size = facts.known().iter().count() as u32;
        if self.counterexample.as_ref().is_none_or(|(smallest, _)| size < *smallest) {
            let text = format!("{} with {}: {}", question.name(), describe_facts(facts), flaw());
            self.counterexample = Some((size, text));
        }
    }

    /// Checks a case about the rules, the terms or the facts as a whole.
    fn require_overall(&mut self, holds: bool, flaw: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        if !holds && self.counterexample.is_none() {
            self.counterexample = Some((0, flaw()));
        }
    }
}
