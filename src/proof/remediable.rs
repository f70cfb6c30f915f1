//! 可解除: every plan lifts the refusal and leads to the answer that it states.
//!
//! Each plan is carried out as a program that reads its JSON would do it, by the names and arguments of its actions.
//! The effects of the actions are implemented here a second time on purpose, independently of `explain`, as the
//! expected result that a plan is compared with.

use std::collections::HashSet;

use super::domain::{Walk, paid_at};
use super::{Search, Subject};
use crate::engine::check::Answer;
use crate::engine::compiled::RuleSet;
use crate::explain::actions::{self, ActionKind, Argument};
use crate::explain::plan::Plan;
use crate::model::accounts::LedgerMatch;
use crate::model::choices::{Action, Edition, Entry, Invoice, Payment, Product, Status};
use crate::model::fact_types::{Count, Ledger};
use crate::model::facts::{Fact, FactSet, Facts, contradiction};
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::Terms;
use crate::model::text::Text;
use crate::model::time::Time;
use crate::rules::rule::Rule;

/// The ledgers and years that steps name, though no rule may have compared them.
const PLACES: FactSet =
    FactSet::of(&[Fact::need_ledger, Fact::need_year, Fact::selected_ledger, Fact::selected_year]);

pub(super) fn remediable(subject: &Subject, search: &mut Search) {
    // The questions with few cases first, so that a bug that they find is not searched for in the others.
    for question in
        [Question::Page, Question::Activation, Question::Refund, Question::Entitlement, Question::Purchase]
    {
        if search.counterexample.is_some() {
            return;
        }
        // Rules that only warn cannot cause a refusal; leaving them out shortens the walk.
        let refusing: Vec<_> =
            subject.rules.iter().copied().filter(|rule| rule.severity >= Severity::Refer).collect();
        let refusing: &'static [&'static Rule] = Vec::leak(refusing);
        let walk = Walk::new(&subject.domain, question, refusing, &[&subject.terms], subject.evaluate, false)
            .merged(PLACES);
        let mut varied = HashSet::new();
        walk.each(&mut |facts, refusal| {
            if refusal.fired == RuleSet::EMPTY {
                return;
            }
            let Some((fired, kinds)) = check_plans(subject, question, facts, search) else { return };
            // How an order can be refunded changes a plan by its actions alone, so each list of actions that the same
            // rules lead to is varied once.
            let status = facts.order_status.map(|status| status as u8);
            if !varied.insert((fired, status, kinds)) {
                return;
            }
            for order in refundable_orders().iter().filter(|order| are_compatible(order, facts)) {
                let mut more = *facts;
                for fact in order.known().difference(facts.known()).iter() {
                    more.copy(fact, order);
                }
                if contradiction(&more).is_none() {
                    let _ = check_plans(subject, question, &more, search);
                }
            }
        });
    }
}

/// Checks the plans for a refusal. Where these depend on how an order can be refunded, which the question itself may not
/// read, it returns the rules that fired and the actions of all plans.
fn check_plans(
    subject: &Subject,
    question: Question,
    facts: &Facts<'_>,
    search: &mut Search,
) -> Option<(u128, Vec<u8>)> {
    let answer = subject.ask(question, facts);
    if !matches!(answer.verdict, Verdict::Refer | Verdict::Block) {
        return None;
    }
    let plans = (subject.plans)(question, facts, &subject.terms, &answer, Locale::En);
    let (mut depends, mut kinds) = (false, Vec::new());
    for plan in [&plans.best].into_iter().chain(&plans.alternatives) {
        let flaw = first_flaw(subject, question, facts, &answer, plan);
        search.require(flaw.is_none(), question, facts, || flaw.unwrap_or_default());
        for step in &plan.steps {
            depends |= step.action.is_refund()
                || matches!(step.action.kind, ActionKind::ContactSupport | ActionKind::RebuyLedgers);
            kinds.push(step.action.kind as u8);
        }
    }
    depends.then(|| (answer.fired.bits(), kinds))
}

/// Orders that the buyer can have refunded alone, that support refunds, and whose refund was applied for or made.
fn refundable_orders() -> Vec<Facts<'static>> {
    let time = Time::from_millis(paid_at()).ok();
    let mut orders = Vec::new();
    for order_status in [Status::Paid, Status::Applied, Status::Refunded] {
        for order_invoice in [Invoice::None, Invoice::Requested] {
            orders.push(Facts {
                now: time,
                edition: Some(Edition::FreeLifetime),
                order_status: Some(order_status),
                order_paid_at: time,
                order_applied_at: time,
                order_invoice: Some(order_invoice),
                ..Facts::default()
            });
        }
    }
    orders
}

/// Whether the facts speak of an order in the same state, or do not say.
fn are_compatible(order: &Facts<'_>, facts: &Facts<'_>) -> bool {
    facts.order_status.is_none() || facts.order_status == order.order_status
}

/// The first flaw of a plan, `None` for a correct plan: it must not make the buyer pay twice or for nothing, and its
/// actions are carried out one by one and the question asked again after each.
fn first_flaw(
    subject: &Subject,
    question: Question,
    facts: &Facts<'_>,
    answer: &Answer,
    plan: &Plan<'_>,
) -> Option<String> {
    if let Some(flaw) = first_costly_step(subject, facts, answer, plan) {
        return Some(flaw);
    }
    let Some(last) = plan.steps.last() else { return Some("there is no plan".into()) };
    if last.action.kind == ActionKind::ContactSupport {
        let alone = can_refund_alone(subject, facts) && !is_refunded_by_support(answer);
        let is_refunded = facts.order_status == Some(Status::Paid) && concerns_order(question, answer);
        // By kind, and whether the refund is asked for.
        let expected: &[_] = match (is_refunded, alone) {
            (true, true) => &[(ActionKind::ApplyForRefund, true), (ActionKind::ContactSupport, false)],
            (true, false) => &[(ActionKind::ContactSupport, true)],
            (false, _) => &[(ActionKind::ContactSupport, false)],
        };
        let asked: Vec<_> =
            plan.steps.iter().map(|step| (step.action.kind, step.action.is_refund())).collect();
        let is_correct = plan.leads_to == Some(*answer) && asked == expected;
        return (!is_correct)
            .then(|| format!("support is asked by {asked:?}, leading to {:?}", plan.leads_to));
    }
    let mut after = *facts;
    let mut refused: Vec<_> = refusing_codes(answer);
    for step in &plan.steps {
        let action = &step.action;
        if !carry_out(action, &mut after, &subject.terms) {
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

/// Whether the buyer can apply for the refund without support.
fn can_refund_alone(subject: &Subject, facts: &Facts<'_>) -> bool {
    matches!(subject.ask(Question::Refund, facts).verdict, Verdict::Allow | Verdict::Warn)
}

/// Whether the answer says that the activation is invalid.
fn is_activation_invalid(answer: &Answer) -> bool {
    let invalid = [
        "ACTIVATION_ACCOUNT_BLANK",
        "ACTIVATION_ACCOUNT_NOT_YOURS",
        "ACTIVATION_ILLEGAL_COPY",
        "ACTIVATION_MACHINE_LIMIT",
        "ACTIVATION_IP_TAKEN",
    ];
    refusing_codes(answer).iter().any(|code| invalid.contains(code))
}

/// Whether the text sends the buyer to support for the refund (S-02), however else the order could be refunded. An
/// activation that is invalid has a way of its own (S-10).
fn is_refunded_by_support(answer: &Answer) -> bool {
    refusing_codes(answer).contains(&"OPENING_FAILED") && !is_activation_invalid(answer)
}

/// Whether nothing but a refund is left for an order that is paid: where the refund is what was asked for (S-22, S-32,
/// S-48), where the activation is invalid (S-10), and where what was bought has not taken effect (S-02).
fn concerns_order(question: Question, answer: &Answer) -> bool {
    match question {
        Question::Refund => true,
        Question::Activation | Question::Purchase | Question::Entitlement => {
            is_activation_invalid(answer) || refusing_codes(answer).contains(&"OPENING_FAILED")
        }
        Question::Page => false,
    }
}

/// Which of the promises about plans is broken, if one is.
fn first_costly_step(
    subject: &Subject,
    facts: &Facts<'_>,
    answer: &Answer,
    plan: &Plan<'_>,
) -> Option<String> {
    let kinds: Vec<_> = plan.steps.iter().map(|step| step.action.kind).collect();
    let buys = kinds.contains(&ActionKind::Buy);
    let refunds = plan.steps.iter().find(|step| step.action.is_refund());
    let stands = matches!(facts.order_status, Some(Status::Paid))
        || facts.order_status == Some(Status::Unpaid) && !is_elsewhere(facts);
    if buys && stands && covers(facts, &subject.terms) && refunds.is_none() {
        return Some("it buys again what an order covers".into());
    }
    if (buys || kinds.contains(&ActionKind::Certify)) && is_activation_invalid(answer) {
        return Some("it buys or certifies although the activation is invalid".into());
    }
    let by_oneself = can_refund_alone(subject, facts) && !is_refunded_by_support(answer);
    if refunds.is_some_and(|step| (step.action.kind == ActionKind::ApplyForRefund) != by_oneself) {
        return Some("it refunds in another way than the refund question answers".into());
    }
    if refunds.is_some() && matches!(facts.order_status, Some(Status::Applied | Status::Refunded)) {
        return Some("it asks a second time for a refund".into());
    }
    for step in &plan.steps {
        let (ledger, year) = if facts.need_ledger.is_some() || facts.need_year.is_some() {
            (facts.need_ledger, facts.need_year)
        } else {
            (facts.selected_ledger, facts.selected_year)
        };
        for (name, argument) in step.action.arguments() {
            let given = match (name, &argument) {
                ("ledger", Argument::Text(named)) => {
                    ledger.is_some_and(|ledger| ledger.0.trimmed() == Text::Utf8(named))
                }
                ("year", Argument::Number(named)) => year.is_some_and(|year| year.get() == *named),
                _ => true,
            };
            if !given {
                return Some(format!("it names a {name} that no fact gave for that place"));
            }
        }
    }
    None
}

/// Whether the order was placed for what the action lacks, as far as all of that is known.
fn covers(facts: &Facts<'_>, terms: &Terms) -> bool {
    let lacks = |product| facts.opened.is_some_and(|opened| !opened.contains(product));
    match (facts.action, facts.product) {
        (Some(Action::CloseBooks), Some(Product::Ledger)) => lacks(Product::Ledger),
        (Some(Action::UseFeature), Some(feature)) => {
            matches!(feature, Product::Bookkeeping | Product::TaxFiling | Product::CloudBackup)
                && lacks(feature)
        }
        (Some(Action::SaveVoucher), Some(Product::VoucherPack)) => {
            let counts = facts.vouchers_saved.zip(facts.vouchers_bought);
            counts.is_some_and(|(saved, bought)| {
                // Vouchers that were certified here, added and used up cover nothing any more.
                let is_here = facts.need_ledger.zip(facts.selected_ledger).is_some()
                    && facts.need_year.zip(facts.selected_year).is_some()
                    && !is_elsewhere(facts);
                let took_effect = facts.order_certified == Some(true) && bought.get() > 0 && is_here;
                saved.get() >= terms.voucher_quota.claimed.saturating_add(bought.get()) && !took_effect
            })
        }
        _ => false,
    }
}

/// Whether the order was placed in another ledger or year, as far as that is known.
fn is_elsewhere(facts: &Facts<'_>) -> bool {
    let placed = matches!(facts.product, Some(Product::Ledger | Product::VoucherPack));
    let ledgers = facts.need_ledger.zip(facts.selected_ledger);
    let years = facts.need_year.zip(facts.selected_year);
    placed
        && (ledgers
            .is_some_and(|(need, selected)| LedgerMatch::of(need.0, selected.0) == LedgerMatch::Different)
            || years.is_some_and(|(need, selected)| need != selected))
}

/// Applies an action to the facts by its name and arguments; returns whether it could be applied.
fn carry_out(action: &actions::Action<'_>, facts: &mut Facts<'_>, terms: &Terms) -> bool {
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
        "apply_for_refund" | "contact_support" => true,
        "pay_order" => {
            let unpaid = facts.order_status == Some(Status::Unpaid);
            facts.order_status = Some(Status::Paid);
            facts.order_certified = Some(false);
            unpaid
        }
        "buy" => {
            let Some(Argument::Text(name)) = argument("product") else { return false };
            facts.product = Product::ALL.iter().find(|product| product.choice().name == name).copied();
            facts.order_status = Some(Status::Paid);
            facts.order_certified = Some(false);
            // What is bought is bought where it is needed.
            facts.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
            facts.selected_year = facts.need_year.or(facts.selected_year);
            facts.product.is_some_and(Product::is_add_on)
        }
        "certify" => {
            let paid = facts.order_status == Some(Status::Paid);
            facts.order_certified = Some(true);
            match facts.product {
                Some(Product::VoucherPack) => {
                    // As many as are lacking are assumed to have been bought.
                    let saved = facts.vouchers_saved.map_or(0, |saved| saved.get());
                    let lacking = saved.saturating_add(1).saturating_sub(terms.voucher_quota.claimed);
                    let bought = facts.vouchers_bought.map_or(0, |bought| bought.get());
                    facts.vouchers_bought = Count::new(bought.max(lacking));
                }
                Some(product) => facts.opened = Some(facts.opened.unwrap_or_default().with(product)),
                None => return false,
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
