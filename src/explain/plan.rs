//! 解决办法: the smallest set of steps that lifts a refusal.
//!
//! The rules that fired list the steps that can lift them. Every combination of these is applied to the facts and the
//! question asked again; the combination that lifts the refusal with the fewest actions is the plan.

use std::borrow::Cow;

use serde::Serialize;

use super::actions::{Action, ActionKind, Actor, Changes};
use crate::engine::check::{Answer, check};
use crate::model::choices::{self, Product, Status};
use crate::model::facts::Facts;
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::rules::steps::{Step, StepSet};

/// One step of a plan, in words and for programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedStep<'a> {
    /// Who takes it.
    pub actor: Actor,
    /// What is done.
    pub action: Action<'a>,
    /// The same in words.
    pub text: Cow<'static, str>,
    /// What it changes of the facts, as far as they are known.
    pub changes: Changes<'a>,
}

/// 解决办法: what is done, and the answer that it was seen to lead to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan<'a> {
    /// The steps, in the order in which they are taken; none where none is needed.
    pub steps: Vec<PlannedStep<'a>>,
    /// The answer once they are taken.
    pub leads_to: Option<Answer>,
}

/// The ways out of a refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Plans<'a> {
    /// The smallest; without steps where nothing is refused.
    pub best: Plan<'a>,
    /// Others of the same size.
    pub alternatives: Vec<Plan<'a>>,
}

/// The ways out of a refusal.
///
/// A refusal that nothing can lift ends with support, and with the refund if the order is already paid.
pub fn plans<'a>(
    question: Question,
    facts: &Facts<'a>,
    terms: &Terms,
    answer: &Answer,
    locale: Locale,
) -> Plans<'a> {
    if !answer.verdict.is_refusal() {
        return Plans { best: Plan::default(), alternatives: Vec::new() };
    }
    let named: StepSet = answer.fired.rules().flat_map(|rule| rule.steps).copied().collect();
    let mut found: Vec<Attempt<'a>> = Vec::new();
    for chosen in subsets(named) {
        let Some(attempt) = Attempt::make(question, facts, terms, chosen) else { continue };
        let best = found.first().map(Attempt::rank);
        if best.is_some_and(|best| attempt.rank() > best) {
            continue;
        }
        if best.is_some_and(|best| attempt.rank() < best) {
            found.clear();
        }
        found.push(attempt);
    }
    let mut plans = found.into_iter().map(|attempt| attempt.plan(facts, locale));
    let best = plans.next().unwrap_or_else(|| give_up(facts, terms, answer, locale));
    Plans { best, alternatives: plans.collect() }
}

/// Every choice of at least one of the steps, in the order of counting.
fn subsets(steps: StepSet) -> impl Iterator<Item = StepSet> {
    let next = move |chosen: &StepSet| {
        let bits = chosen.low_bits().wrapping_sub(steps.low_bits()) & steps.low_bits();
        (bits != 0).then_some(StepSet::from_bits(bits.into()))
    };
    core::iter::successors(next(&StepSet::EMPTY), next)
}

/// Steps that were taken one after the other, and the answer that they lead to.
struct Attempt<'a> {
    actions: Vec<Action<'a>>,
    leads_to: Answer,
}

impl<'a> Attempt<'a> {
    /// Takes the steps and asks again; `None` where one cannot be taken, or a refusal stays.
    fn make(question: Question, facts: &Facts<'a>, terms: &Terms, chosen: StepSet) -> Option<Self> {
        let (mut after, mut actions) = (*facts, Vec::new());
        for step in chosen.iter() {
            for action in actions_of(step, &after, terms)? {
                action.apply(&mut after);
                actions.push(action);
            }
        }
        let leads_to = check(question, &after, terms);
        let highest = leads_to.fired.rules().next().map(|rule| rule.severity);
        (highest < Some(Severity::Refer)).then_some(Self { actions, leads_to })
    }

    /// What is smaller is better: a definite answer first, then fewer actions.
    fn rank(&self) -> (bool, usize) {
        (!matches!(self.leads_to.verdict, Verdict::Allow | Verdict::Warn), self.actions.len())
    }

    fn plan(self, facts: &Facts<'a>, locale: Locale) -> Plan<'a> {
        Plan { steps: steps(&self.actions, facts, locale), leads_to: Some(self.leads_to) }
    }
}

/// The actions as steps of a plan, from the facts on.
fn steps<'a>(actions: &[Action<'a>], facts: &Facts<'a>, locale: Locale) -> Vec<PlannedStep<'a>> {
    let mut now = *facts;
    let step = |action: &Action<'a>| {
        let before = now;
        action.apply(&mut now);
        PlannedStep {
            actor: action.kind.info().actor,
            action: *action,
            text: action.text(locale),
            changes: Changes::between(&before, &now),
        }
    };
    actions.iter().map(step).collect()
}

/// The actions that the step consists of; `None` where what is known is not enough to take it.
fn actions_of<'a>(step: Step, facts: &Facts<'a>, terms: &Terms) -> Option<Vec<Action<'a>>> {
    let certify = |opens| Action { product: opens, ..Action::of(ActionKind::Certify) };
    let buy = |product| Action { product: Some(product), ..Action::where_needed(ActionKind::Buy, facts) };
    let delete_down_to = |enough: Option<u32>| {
        let surplus = facts.cloud_used?.get().checked_sub(enough?).filter(|surplus| *surplus > 0)?;
        Some(vec![Action::counting(ActionKind::DeleteLedgers, surplus)])
    };
    Some(match step {
        Step::SelectLedgerYear => {
            vec![Action::where_needed(ActionKind::SelectLedgerYear, facts)]
        }
        Step::OpenInApp => vec![Action::of(ActionKind::OpenInApp)],
        Step::PayWith => vec![Action::of(ActionKind::PayWith)],
        Step::UseOriginalAccount => vec![Action::of(ActionKind::UseOriginalAccount)],
        Step::DeleteDownToOrdered => delete_down_to(facts.cloud_ordered.map(|count| count.get()))?,
        Step::DeleteDownToBought => delete_down_to(facts.cloud_bought.map(|count| count.get()))?,
        Step::OrderAsManyAsUsed => vec![Action::counting(ActionKind::OrderLedgers, facts.cloud_used?.get())],
        Step::BuyAsManyAsUsed => vec![Action::counting(ActionKind::RebuyLedgers, facts.cloud_used?.get())],
        Step::Certify => {
            if facts.order_status != Some(Status::Paid) || facts.order_certified != Some(false) {
                return None;
            }
            vec![certify(Some(match facts.action? {
                choices::Action::CloseBooks => Product::Ledger,
                _ => facts.product?,
            }))]
        }
        Step::BuyLedger => vec![buy(Product::Ledger), certify(Some(Product::Ledger))],
        Step::BuyFeature => vec![buy(facts.product?), certify(facts.product)],
        Step::BuyVouchers => {
            let quota = terms.voucher_quota.claimed.saturating_add(facts.vouchers_bought?.get());
            let lacking = facts.vouchers_saved?.get().saturating_add(1).saturating_sub(quota);
            vec![Action { count: Some(lacking), ..buy(Product::VoucherPack) }, certify(None)]
        }
        Step::ContactSupport => return None,
    })
}

/// What is left where no step lifts the refusal.
fn give_up<'a>(facts: &Facts<'a>, terms: &Terms, answer: &Answer, locale: Locale) -> Plan<'a> {
    let refund = check(Question::Refund, facts, terms).verdict;
    let mut actions = Vec::new();
    if matches!(refund, Verdict::Allow | Verdict::Warn) {
        actions.push(Action::of(ActionKind::ApplyForRefund));
    }
    actions.push(Action::of(ActionKind::ContactSupport));
    Plan { steps: steps(&actions, facts, locale), leads_to: Some(*answer) }
}
