//! 可解除: every plan lifts the refusal and leads to the answer that it states.
//!
//! Each plan is carried out as a program that reads its JSON would do it, by the names and arguments of its actions.
//! The effects of the actions are implemented here a second time on purpose, independently of `explain`, as the
//! expected result that a plan is compared with.

use super::domain::Walk;
use super::{Search, Subject};
use crate::engine::check::Answer;
use crate::engine::compiled::RuleSet;
use crate::explain::actions::{self, ActionKind, Argument};
use crate::explain::plan::Plan;
use crate::model::choices::{Action, Entry, Payment, Product, Status};
use crate::model::fact_types::{Count, Ledger};
use crate::model::facts::Facts;
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::text::Text;
use crate::rules::rule::Rule;

pub(super) fn remediable(subject: &Subject, search: &mut Search) {
    for question in Question::ALL.iter().copied() {
        // Rules that only warn cannot cause a refusal; leaving them out shortens the walk.
        let refusing: Vec<_> =
            subject.rules.iter().copied().filter(|rule| rule.severity >= Severity::Refer).collect();
        let refusing: &'static [&'static Rule] = Vec::leak(refusing);
        let walk = Walk::new(&subject.domain, question, refusing, &[&subject.terms], subject.evaluate, false)
            .merged();
        walk.each(&mut |facts, refusal| {
            if refusal.fired == RuleSet::EMPTY {
                return;
            }
            let answer = subject.ask(question, facts);
            if !matches!(answer.verdict, Verdict::Refer | Verdict::Block) {
                return;
            }
            let plans = (subject.plans)(question, facts, &subject.terms, &answer, Locale::En);
            for plan in [&plans.best].into_iter().chain(&plans.alternatives) {
                let flaw = first_flaw(subject, question, facts, &answer, plan);
                search.require(flaw.is_none(), question, facts, || flaw.unwrap_or_default());
            }
        });
    }
}

/// The first flaw of a plan, found by carrying out its actions one by one and asking the question again after each;
/// `None` for a correct plan.
fn first_flaw(
    subject: &Subject,
    question: Question,
    facts: &Facts<'_>,
    answer: &Answer,
    plan: &Plan<'_>,
) -> Option<String> {
    let Some(last) = plan.steps.last() else { return Some("there is no plan".into()) };
    if last.action.kind == ActionKind::ContactSupport {
        let refund = subject.ask(Question::Refund, facts).verdict;
        let refundable = matches!(refund, Verdict::Allow | Verdict::Warn);
        let kinds: Vec<_> = plan.steps.iter().map(|step| step.action.kind).collect();
        let expected: &[_] = if refundable {
            &[ActionKind::ApplyForRefund, ActionKind::ContactSupport]
        } else {
            &[ActionKind::ContactSupport]
        };
        let is_correct = plan.leads_to == Some(*answer) && kinds == expected;
        return (!is_correct)
            .then(|| format!("support is asked by {kinds:?}, leading to {:?}", plan.leads_to));
    }
    let mut after = *facts;
    let mut refused: Vec<_> = refusing_codes(answer);
    for step in &plan.steps {
        let action = &step.action;
        if !carry_out(action, &mut after) {
            return Some(format!("the step {} cannot be carried out", action.kind.info().name));
        }
        let next = subject.ask(question, &after);
        let worse: Vec<_> =
            refusing_codes(&next).into_iter().filter(|code| !refused.contains(code)).collect();
        // After the payment and before the certification, the answer asks for the certification, which is the next
        // step.
        if worse.iter().any(|code| *code != "CERTIFICATION_PENDING") {
            return Some(format!("the step {} brings {worse:?}", action.kind.info().name));
        }
        refused = refusing_codes(&next);
    }
    let result = subject.ask(question, &after);
    if !refused.is_empty() {
        return Some(format!("the plan ends in {refused:?}"));
    }
    let stated = plan.leads_to.map(|answer| answer.public_view());
    (stated != Some(result.public_view()))
        .then(|| format!("the plan says {stated:?} and leads to {:?}", result.verdict))
}

/// The codes of the rules that refuse.
fn refusing_codes(answer: &Answer) -> Vec<&'static str> {
    answer.fired.rules().filter(|rule| rule.severity >= Severity::Refer).map(|rule| rule.code).collect()
}

/// Applies an action to the facts by its name and arguments; returns whether it could be applied.
fn carry_out(action: &actions::Action<'_>, facts: &mut Facts<'_>) -> bool {
    let argument =
        |wanted: &str| action.arguments().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let count = match argument("count") {
        Some(Argument::Number(count)) => Some(count),
        _ => None,
    };
    match action.kind.info().name {
        "select_ledger_year" => {
            let names = |known: Ledger<'_>, ledger: &str| known.0.trimmed() == Text::Utf8(ledger);
            let same_ledger = match (argument("ledger"), facts.need_ledger) {
                (Some(Argument::Text(ledger)), Some(needed)) => names(needed, &ledger),
                (None, None) => true,
                // Where the needed ledger is unknown, the plan can only name the selected one.
                (Some(Argument::Text(ledger)), None) => {
                    facts.selected_ledger.is_some_and(|open| names(open, &ledger))
                }
                _ => false,
            };
            if let (Some(Argument::Number(year)), Some(needed)) = (argument("year"), facts.need_year)
                && year != needed.get()
            {
                return false;
            }
            facts.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
            facts.selected_year = facts.need_year.or(facts.selected_year);
            same_ledger
        }
        "open_in_app" => {
            facts.entry = Some(Entry::InApp);
            true
        }
        "pay_with" => {
            facts.payment = Some(Payment::Alipay);
            argument("payment") == Some(Argument::Names(&["wechat", "alipay"]))
        }
        "delete_ledgers" => match (facts.cloud_used, count) {
            (Some(used), Some(count)) => {
                facts.cloud_used = used.get().checked_sub(count).and_then(Count::new);
                facts.cloud_used.is_some()
            }
            _ => false,
        },
        "order_ledgers" => {
            facts.cloud_ordered = count.and_then(Count::new);
            count.is_some()
        }
        "rebuy_ledgers" => {
            facts.cloud_bought = count.and_then(Count::new);
            count.is_some()
        }
        "buy" => {
            let Some(Argument::Text(name)) = argument("product") else { return false };
            let product = Product::ALL.iter().find(|product| product.choice().name == name);
            facts.order_status = Some(Status::Paid);
            facts.order_certified = Some(false);
            if product == Some(&Product::VoucherPack) {
                let bought = facts.vouchers_bought.zip(count);
                facts.vouchers_bought =
                    bought.and_then(|(bought, more)| Count::new(bought.get().saturating_add(more)));
            } else if facts.action == Some(Action::UseFeature) {
                facts.product = product.copied();
            }
            product.is_some_and(|product| product.is_add_on())
        }
        "certify" => {
            let paid = facts.order_status == Some(Status::Paid);
            facts.order_certified = Some(true);
            let opens = match facts.action {
                Some(Action::CloseBooks) => Some(Product::Ledger),
                Some(Action::UseFeature) => facts.product,
                _ => None,
            };
            if let Some(product) = opens {
                facts.opened = Some(facts.opened.unwrap_or_default().with(product));
            }
            paid
        }
        "use_original_account" => {
            facts.member_replaces_old = Some(false);
            true
        }
        _ => false,
    }
}
