//! 可解除: every plan is carried out as a program would, by the names and arguments of its actions, and leads where it says.
//!
//! What an action changes is written here a second time on purpose: it is the oracle that the plan is held against.

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
        // Rules that only warn have no part in a refusal; without them the walk is short.
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
                search.case(!plan.steps.is_empty(), question, facts, || "there is no plan".into());
                let wrong = misleading(subject, question, facts, &answer, plan);
                search.case(wrong.is_none(), question, facts, || wrong.unwrap_or_default());
            }
        });
    }
}

/// What is wrong with a plan, if anything: its actions are carried out as a program would, by their
/// names and arguments, and the question is asked again after each.
fn misleading(
    subject: &Subject,
    question: Question,
    facts: &Facts<'_>,
    answer: &Answer,
    plan: &Plan<'_>,
) -> Option<String> {
    let last = plan.steps.last()?;
    if last.action.kind == ActionKind::ContactSupport {
        let refund = subject.ask(Question::Refund, facts).verdict;
        let refundable = matches!(refund, Verdict::Allow | Verdict::Warn);
        let kinds: Vec<_> = plan.steps.iter().map(|step| step.action.kind).collect();
        let expected: &[_] = if refundable {
            &[ActionKind::ApplyForRefund, ActionKind::ContactSupport]
        } else {
            &[ActionKind::ContactSupport]
        };
        let honest = plan.leads_to == Some(*answer) && kinds == expected;
        return (!honest).then(|| format!("support is asked by {kinds:?}, leading to {:?}", plan.leads_to));
    }
    let mut after = *facts;
    let mut refused: Vec<_> = codes(answer);
    for step in &plan.steps {
        let action = &step.action;
        if !obey(action, &mut after) {
            return Some(format!("the step {} cannot be carried out", action.kind.info().name));
        }
        let next = subject.ask(question, &after);
        let worse: Vec<_> = codes(&next).into_iter().filter(|code| !refused.contains(code)).collect();
        // Between paying and certifying, certifying is what is told to do next.
        if worse.iter().any(|code| *code != "CERTIFICATION_PENDING") {
            return Some(format!("the step {} brings {worse:?}", action.kind.info().name));
        }
        refused = codes(&next);
    }
    let led = subject.ask(question, &after);
    if !refused.is_empty() {
        return Some(format!("the plan ends in {refused:?}"));
    }
    let given = plan.leads_to.map(|answer| answer.public_view());
    (given != Some(led.public_view()))
        .then(|| format!("the plan says {given:?} and leads to {:?}", led.verdict))
}

/// The refusals among the codes.
fn codes(answer: &Answer) -> Vec<&'static str> {
    answer.fired.rules().filter(|rule| rule.severity >= Severity::Refer).map(|rule| rule.code).collect()
}

/// Carries out an action by its name and arguments, as a program that reads the plan would.
fn obey(action: &actions::Action<'_>, facts: &mut Facts<'_>) -> bool {
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
                // Where the need is not known, the plan can only name the ledger that is open.
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
