//! 解决办法: the smallest set of steps that lifts a refusal.
//!
//! The rules that fired list the steps that can lift them. Every combination of these is applied to the facts and the
//! question asked again; the combination that lifts the refusal with the fewest actions is the plan. No plan makes a
//! buyer pay twice or for nothing.

use std::borrow::Cow;

use serde::Serialize;

use super::actions::{Action, ActionKind, Actor, Changes};
use crate::engine::check::{Answer, check};
use crate::engine::evaluation::Evaluation;
use crate::model::choices::{Product, Status};
use crate::model::facts::Facts;
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::rules::condition::{ConditionSet, Literal, literals};
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
    /// Others with as few steps.
    pub alternatives: Vec<Plan<'a>>,
}

/// The ways out of a refusal: the smallest set of steps first, then others with as few steps.
///
/// A refusal that nothing can lift ends with support, and with the refund of an order that it concerns.
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
    let refund = check(Question::Refund, facts, terms).verdict;
    let planning = Planning { question, terms, by_oneself: matches!(refund, Verdict::Allow | Verdict::Warn) };
    let named: StepSet = answer.fired.rules().flat_map(|rule| rule.steps).copied().collect();
    let mut found: Vec<Attempt<'a>> = Vec::new();
    for chosen in subsets(named) {
        let Some(attempt) = planning.attempt(facts, chosen) else { continue };
        let best = found.first().map(Attempt::rank);
        if best.is_some_and(|best| attempt.rank() > best) {
            continue;
        }
        if best.is_some_and(|best| attempt.rank() < best) {
            found.clear();
        }
        found.push(attempt);
    }
    let mut plans = found.into_iter().map(|attempt| Plan {
        steps: steps(&attempt.actions, facts, locale),
        leads_to: Some(attempt.leads_to),
    });
    let best = plans.next().unwrap_or_else(|| Plan {
        steps: steps(&planning.give_up(facts, named), facts, locale),
        leads_to: Some(*answer),
    });
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

/// The actions as steps of a plan, from the facts on.
pub(crate) fn steps<'a>(actions: &[Action<'a>], facts: &Facts<'a>, locale: Locale) -> Vec<PlannedStep<'a>> {
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

/// Steps that were taken one after the other, and the answer that they lead to.
struct Attempt<'a> {
    steps: usize,
    actions: Vec<Action<'a>>,
    leads_to: Answer,
}

impl Attempt<'_> {
    /// What is smaller is better: a definite answer first, then fewer steps.
    fn rank(&self) -> (bool, usize) {
        (!matches!(self.leads_to.verdict, Verdict::Allow | Verdict::Warn), self.steps)
    }
}

/// How the order that the facts speak of stands to what the action lacks.
struct Order {
    /// It was placed for it; `None` where that is not known.
    covers: Option<bool>,
    /// It was placed in another ledger or year; `None` where that is not known.
    elsewhere: Option<bool>,
}

/// What a plan is made for.
struct Planning<'t> {
    question: Question,
    terms: &'t Terms,
    /// Whether the buyer can apply for a refund without support, as the refund question answers.
    by_oneself: bool,
}

impl Planning<'_> {
    /// Takes the steps and asks again; `None` where one cannot be taken, or a refusal stays.
    fn attempt<'a>(&self, facts: &Facts<'a>, chosen: StepSet) -> Option<Attempt<'a>> {
        let (mut after, mut actions) = (*facts, Vec::new());
        for step in chosen.iter() {
            for action in self.actions_of(step, &after)? {
                action.apply(&mut after);
                actions.push(action);
            }
        }
        let leads_to = check(self.question, &after, self.terms);
        let highest = leads_to.fired.rules().next().map(|rule| rule.severity);
        let steps = chosen.iter().count();
        (highest < Some(Severity::Refer)).then_some(Attempt { steps, actions, leads_to })
    }

    fn order(&self, facts: &Facts<'_>) -> Order {
        const COVERS: &[Literal] = literals![OrderCoversAction];
        const HAS_NO_EFFECT: &[Literal] = literals![OrderHasNoEffect];
        const ELSEWHERE: &[Literal] = literals![OrderIsElsewhere];
        const NEEDED: ConditionSet =
            ConditionSet::needed_by(literals![OrderCoversAction, OrderHasNoEffect, OrderIsElsewhere]);
        let evaluation = Evaluation::of(facts, self.terms, NEEDED);
        let elsewhere = evaluation.all(ELSEWHERE);
        // Vouchers that were certified, added and used up cover nothing any more.
        let took_effect = facts.order_certified == Some(true) && elsewhere == Some(false);
        let covers = evaluation.all(if took_effect { HAS_NO_EFFECT } else { COVERS });
        Order { covers, elsewhere }
    }

    /// The actions that the step consists of; `None` where it cannot be taken, or would make the buyer pay twice or for
    /// nothing.
    fn actions_of<'a>(&self, step: Step, facts: &Facts<'a>) -> Option<Vec<Action<'a>>> {
        let counting = |kind, count: Option<u32>| count.map(|count| vec![Action::counting(kind, count)]);
        let [used, bought, ordered] = [facts.cloud_used, facts.cloud_bought, facts.cloud_ordered]
            .map(|count| count.map(|count| count.get()));
        let surplus = |enough: Option<u32>| used?.checked_sub(enough?).filter(|surplus| *surplus > 0);
        Some(match step {
            Step::SelectLedgerYear => vec![Action::where_needed(ActionKind::SelectLedgerYear, facts)],
            Step::OpenInApp => vec![Action::of(ActionKind::OpenInApp)],
            Step::PayWith => vec![Action::of(ActionKind::PayWith)],
            Step::UseOriginalAccount => vec![Action::of(ActionKind::UseOriginalAccount)],
            Step::DeleteDownToOrdered => counting(ActionKind::DeleteLedgers, surplus(ordered))?,
            Step::DeleteDownToBought => counting(ActionKind::DeleteLedgers, surplus(bought))?,
            Step::DeleteDownToBoth => {
                counting(ActionKind::DeleteLedgers, surplus(bought?.checked_add(ordered?)))?
            }
            Step::OrderAsManyAsUsed => counting(ActionKind::OrderLedgers, used)?,
            Step::OrderTheRest => counting(ActionKind::OrderLedgers, surplus(bought))?,
            Step::BuyAsManyAsUsed => {
                let rebuy = Action::counting(ActionKind::RebuyLedgers, used?);
                // A refund that was applied for, or made already, is not asked for a second time.
                match facts.order_status {
                    Some(Status::Applied | Status::Refunded) => vec![rebuy],
                    Some(Status::Unpaid | Status::Paid) | None => {
                        vec![Action::refund(self.by_oneself), rebuy]
                    }
                }
            }
            Step::PayOrder => {
                let Order { covers, elsewhere } = self.order(facts);
                let pays = facts.order_status == Some(Status::Unpaid)
                    && covers == Some(true)
                    && elsewhere != Some(true);
                pays.then_some(())?;
                vec![Action::of(ActionKind::PayOrder), self.certify(facts.product?, facts)]
            }
            Step::Certify => {
                let Order { covers, elsewhere } = self.order(facts);
                let certifies = facts.order_status == Some(Status::Paid)
                    && facts.order_certified != Some(true)
                    && covers == Some(true)
                    && elsewhere != Some(true);
                certifies.then_some(())?;
                vec![self.certify(facts.product?, facts)]
            }
            Step::RebuyWhereNeeded => {
                let Order { covers, elsewhere } = self.order(facts);
                let rebuys = facts.order_status == Some(Status::Paid)
                    && covers == Some(true)
                    && elsewhere == Some(true);
                rebuys.then_some(())?;
                let mut actions = vec![Action::refund(self.by_oneself)];
                actions.extend(self.buy(facts.product?, facts));
                actions
            }
            Step::BuyLedger => self.buy_unless_covered(Product::Ledger, facts)?,
            Step::BuyFeature => self.buy_unless_covered(facts.product?, facts)?,
            Step::BuyVouchers => self.buy_unless_covered(Product::VoucherPack, facts)?,
            Step::RefundThroughSupport | Step::ContactSupport => return None,
        })
    }

    /// Buys what the action lacks, unless an order that stands covers it, or may cover it.
    fn buy_unless_covered<'a>(&self, product: Product, facts: &Facts<'a>) -> Option<Vec<Action<'a>>> {
        let Order { covers, elsewhere } = self.order(facts);
        let covered = match facts.order_status {
            Some(Status::Paid) => covers != Some(false),
            Some(Status::Unpaid) => covers != Some(false) && elsewhere != Some(true),
            Some(Status::Applied | Status::Refunded) | None => false,
        };
        (!covered).then(|| self.buy(product, facts))
    }

    fn buy<'a>(&self, product: Product, facts: &Facts<'a>) -> Vec<Action<'a>> {
        let certify = self.certify(product, facts);
        let place = Action::where_needed(ActionKind::Buy, facts);
        vec![Action { product: Some(product), count: certify.count, ..place }, certify]
    }

    /// Certifies what was bought. How many vouchers a pack has is no fact, so as many as are lacking are assumed.
    fn certify<'a>(&self, product: Product, facts: &Facts<'a>) -> Action<'a> {
        let lacking = || {
            let quota = self.terms.voucher_quota.claimed.saturating_add(facts.vouchers_bought?.get());
            Some(facts.vouchers_saved?.get().saturating_add(1).saturating_sub(quota))
        };
        let count = if product == Product::VoucherPack { lacking() } else { None };
        Action { product: Some(product), count, ..Action::of(ActionKind::Certify) }
    }

    /// What is left where no step lifts the refusal: support, and the refund of a paid order that the refusal concerns.
    /// An order page that does not open concerns no order that was paid before, and where it is not known what an order
    /// was placed for, it may be what is needed.
    fn give_up<'a>(&self, facts: &Facts<'a>, named: StepSet) -> Vec<Action<'a>> {
        let through_support =
            named.contains(Step::RefundThroughSupport) && !named.contains(Step::ContactSupport);
        let concerns_order =
            through_support || named.contains(Step::ContactSupport) && self.question != Question::Page;
        let is_refunded = concerns_order && facts.order_status == Some(Status::Paid);
        match (is_refunded, self.by_oneself && !through_support) {
            (true, true) => vec![Action::refund(true), Action::of(ActionKind::ContactSupport)],
            (true, false) => vec![Action::refund(false)],
            (false, _) => vec![Action::of(ActionKind::ContactSupport)],
        }
    }
}
