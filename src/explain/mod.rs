//! 说明: the answer of [`check()`](crate::engine::check::check) with everything that a person needs to act on it.

use std::borrow::Cow;

use serde::Serialize;

use crate::engine::check::{Answer, answer, check, evaluate, missing_facts};
use crate::engine::compiled::{RuleSet, inputs_of};
use crate::engine::evaluation::Evaluation;
use crate::model::choices::Status;
use crate::model::facts::{Fact, FactSet, Facts};
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::model::time::Time;
use crate::rules::notes::{NOTE_CONDITIONS, NOTES};
use crate::rules::rule::{Citation, Rule};

pub mod actions;
pub mod contact;
pub mod plan;
pub mod receipt;
pub mod render;
pub mod trace;

use contact::SupportContact;
use plan::{Plan, Plans, plans};
use receipt::Receipt;
use render::{MaskedFacts, RenderContext};

/// 说明: an answer with its reasons, and with what a person can do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'a> {
    /// The verdict.
    pub verdict: Verdict,
    /// The rules that fired; in JSON their codes.
    pub codes: RuleSet,
    /// Why, one reason for each code, in the same order.
    pub reasons: Vec<Reason<'a>>,
    /// Notes, which have no effect on the verdict.
    pub notes: Vec<ExplainedNote>,
    /// The missing facts, each with the question that asks a person for it.
    pub missing: Vec<MissingFact>,
    /// The plan with the fewest steps that lifts the refusal; without steps where nothing is refused.
    pub plan: Plan<'a>,
    /// Other plans with as few steps.
    pub alternatives: Vec<Plan<'a>>,
    /// Whom to ask.
    pub contact: SupportContact<'a>,
    /// The first instant at which the answer changes by the passing of time alone.
    pub stable_until: Option<Time>,
    /// What the answer rests on.
    pub receipt: Receipt<'a>,
}

/// 理由: why a rule fired.
#[derive(Debug, Serialize)]
pub struct Reason<'a> {
    /// The rule's code.
    pub code: &'static str,
    /// What the rule does to the answer.
    pub severity: Severity,
    /// What is wrong, why, and what to do.
    pub text: Cow<'static, str>,
    /// Where the rule comes from.
    pub clause: &'static Citation,
    /// The conditions that were met, those that the question adds first.
    pub because: Vec<ConditionEvidence<'a>>,
}

/// A condition that was met, with its text and the values that it read.
#[derive(Debug, Serialize)]
pub struct ConditionEvidence<'a> {
    /// The condition's name.
    pub condition: &'static str,
    /// The text of the condition.
    pub text: &'static str,
    /// The values that it read, by path, with accounts masked.
    pub values: MaskedFacts<'a>,
}

/// A note that is shown.
#[derive(Debug, Serialize)]
pub struct ExplainedNote {
    /// The note's code.
    pub code: &'static str,
    /// What it says.
    pub text: Cow<'static, str>,
    /// Where it comes from.
    pub clause: &'static Citation,
}

/// A missing fact, with the question that asks a person for it.
#[derive(Debug, Serialize)]
pub struct MissingFact {
    /// The fact's path.
    pub fact: &'static str,
    /// The question that asks a person for it.
    pub question: &'static str,
    /// Whether the verdict stays unknown without it.
    pub needed: bool,
}

/// Answers the question and explains the answer.
pub fn explain<'a>(
    question: Question,
    facts: &'a Facts<'a>,
    terms: &'a Terms,
    locale: Locale,
) -> Explanation<'a> {
    let context = RenderContext { question, facts, terms, locale };
    let evaluation = evaluate(question, facts, terms);
    let answer = answer(question, evaluation);
    let Plans { best, alternatives } = plans(question, facts, terms, &answer, locale);
    let has_order = matches!(facts.order_status, Some(Status::Paid | Status::Applied));
    let refunding =
        question == Question::Refund && has_order || best.steps.iter().any(|step| step.action.is_refund());
    Explanation {
        verdict: answer.verdict,
        codes: answer.fired,
        reasons: reasons(&answer, &context),
        notes: notes(&context),
        missing: missing(question, &answer, evaluation, locale),
        plan: best,
        alternatives,
        contact: SupportContact::of(&context, refunding),
        stable_until: stable_until(question, facts, terms, &answer),
        receipt: Receipt::of(question, facts, terms),
    }
}

fn reasons<'a>(answer: &Answer, context: &RenderContext<'a>) -> Vec<Reason<'a>> {
    let mut reasons = Vec::new();
    for rule in answer.fired.rules() {
        reasons.push(reason(rule, context));
    }
    reasons
}

fn reason<'a>(rule: &'static Rule, context: &RenderContext<'a>) -> Reason<'a> {
    let mut because = Vec::new();
    for literal in rule.literals(context.question) {
        because.push(ConditionEvidence {
            condition: literal.condition.info().name,
            text: literal.words().in_locale(context.locale),
            values: MaskedFacts { facts: context.facts, shown: literal.condition.reads() },
        });
    }
    Reason {
        code: rule.code,
        severity: rule.severity,
        text: context.fill(rule.words),
        clause: &rule.citation,
        because,
    }
}

fn notes(context: &RenderContext<'_>) -> Vec<ExplainedNote> {
    let evaluation = Evaluation::of(context.facts, context.terms, NOTE_CONDITIONS);
    let shown = NOTES
        .iter()
        .filter(|note| note.shown_for.contains(&context.question) && evaluation.all(note.when) == Some(true));
    shown
        .map(|note| ExplainedNote { code: note.code, text: context.fill(note.words), clause: &note.citation })
        .collect()
}

fn missing(question: Question, answer: &Answer, evaluation: Evaluation, locale: Locale) -> Vec<MissingFact> {
    let needed = needed(question, answer, evaluation);
    let mut missing = Vec::new();
    for fact in answer.missing.iter() {
        let info = fact.info();
        let question = info.ask.in_locale(locale);
        missing.push(MissingFact { fact: info.path, question, needed: needed.contains(fact) });
    }
    missing
}

/// The facts without which the verdict stays unknown.
fn needed(question: Question, answer: &Answer, evaluation: Evaluation) -> FactSet {
    if answer.verdict != Verdict::Unknown {
        return FactSet::EMPTY;
    }
    let reached = answer.fired.rules().next().map(|rule| rule.severity).or(question.default_severity());
    let decides = |severity| match severity {
        Severity::Refer | Severity::Block => Some(severity) > reached,
        Severity::Allow => reached.is_none(),
        Severity::Warn => false,
    };
    let mut needed = FactSet::EMPTY;
    for rule in answer.open.rules() {
        if decides(rule.severity) {
            needed = needed.union(missing_facts(rule, question, evaluation));
        }
    }
    needed
}

/// The first instant at which the answer changes though nobody acts: the end of the refund window, or of the day when
/// review and refund are due.
pub(crate) fn stable_until(
    question: Question,
    facts: &Facts<'_>,
    terms: &Terms,
    answer: &Answer,
) -> Option<Time> {
    let now = facts.now?;
    // What no rule of the question reads changes nothing.
    if !inputs_of(question).contains(Fact::now) {
        return None;
    }
    let window = facts.order_paid_at.map(|paid_at| paid_at.day().plus(terms.refund_window_days));
    let review = facts.order_applied_at.and_then(|applied_at| terms.review_due(applied_at.day()));
    let ends = [window, review].into_iter().flatten().map(|last_day| last_day.plus(1).start());
    let changes = |end: &Time| {
        let later = Facts { now: Some(*end), ..*facts };
        now < *end && check(question, &later, terms).public_view() != answer.public_view()
    };
    ends.filter(changes).min()
}
