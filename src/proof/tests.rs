//! Every theorem holds, and a bug seeded into any part of the engine makes one fail.

use super::*;
use crate::engine::check::check;
use crate::explain::actions::{Action, ActionKind};
use crate::explain::plan::{Plan, steps};
use crate::model::choices::{Edition, Status};
use crate::model::facts::Fact;
use crate::proof::domain::facts_of;
use crate::rules::rule::rule;

fn turns_red(theorem: &str, bug: impl FnOnce(&mut Subject)) {
    turns_red_because(theorem, "", bug);
}

/// The theorem fails, and its counterexample shows this flaw, so that it is not another part of it that fails.
fn turns_red_because(theorem: &str, flaw: &str, bug: impl FnOnce(&mut Subject)) {
    let mut subject = Subject::real(&Terms::default());
    bug(&mut subject);
    let theorem = THEOREMS.iter().find(|known| known.name == theorem).expect("a theorem of that name");
    let witness = theorem.check(&subject).witness.unwrap_or_else(|| panic!("{} stays green", theorem.name));
    assert!(witness.contains(flaw), "{witness}");
}

fn without(code: &str) -> &'static [&'static Rule] {
    Vec::leak(RULES.iter().copied().filter(|rule| rule.code != code).collect())
}

fn with(rule: &'static Rule) -> &'static [&'static Rule] {
    Vec::leak(RULES.iter().copied().chain([rule]).collect())
}

macro_rules! seeded {
    ($($module:ident: [$question:ident] $severity:ident [$($when:tt)*];)*) => {$(
        #[allow(dead_code)]
        mod $module {
            super::rule! {
                /// Seeded.
                SEEDED: $severity,
                asked: [$question],
                when: [$($when)*],
                clause: [] Inferred,
                zh: "种",
                en: "seeded",
                steps: [ContactSupport],
            }
        }
    )*};
}

seeded! {
    dead: [Purchase] Block [EditionIsFree, EditionIsCloud];
    redundant: [Purchase] Block [ProductIsLedgerOrVouchers, LedgersDifferent];
    idle_condition: [Purchase] Warn [EditionIsCloud, not EditionIsFree, GoalIsCloseBooks];
    refused_entitlement: [Entitlement] Block [EditionIsFree, ActionIsUseFeature, ProductIsFeature];
    unrefundable: [Refund] Block [OrderIsPaid, EditionIsFree];
}

#[test]
fn every_theorem_holds_under_other_terms() {
    let terms = Terms {
        voucher_quota: crate::model::terms::VoucherQuota { assured: 0, claimed: 1 },
        refund_window_days: 0,
        ..Terms::default()
    };
    assert!(prove(&terms, &mut |outcome| assert_eq!(outcome.witness, None, "{}", outcome.theorem)));
}

#[test]
fn the_walk_finds_every_answer() {
    let subject = Subject::real(&Terms::default());
    for question in [Question::Activation, Question::Page] {
        let key = |answer: &Answer| (answer.verdict as u8, format!("{:?}{:?}", answer.fired, answer.open));
        let mut found = std::collections::BTreeSet::new();
        subject.walk(question, false).each(&mut |_, answer| {
            found.insert(key(answer));
        });
        let reads = subject.asked().filter(|(_, asked)| *asked == question);
        let reads = reads.fold(FactSet::EMPTY, |all, (rule, _)| all.union(facts_of(rule, question)));
        for facts in subject.domain.combinations(reads, false) {
            assert!(found.contains(&key(&subject.ask(question, &facts))), "{}", describe_facts(&facts));
        }
    }
}

#[test]
fn a_gap_turns_total_red() {
    turns_red("total", |subject| subject.rules = without("REFUND_WINDOW_PASSED"));
}

#[test]
fn a_known_fact_that_is_not_read_turns_total_red() {
    turns_red("total", |subject| {
        subject.evaluate = |question, facts, terms| {
            let lost = question == Question::Activation;
            let activation_notices = facts.activation_notices.filter(|_| !lost);
            evaluate(question, &Facts { activation_notices, ..*facts }, terms)
        };
    });
}

#[test]
fn a_dead_rule_turns_no_dead_rule_red() {
    turns_red("no dead rule", |subject| subject.rules = with(&dead::RULE));
}

#[test]
fn a_redundant_rule_turns_no_dead_rule_red() {
    turns_red("no dead rule", |subject| subject.rules = with(&redundant::RULE));
}

#[test]
fn a_condition_that_never_matters_turns_relevant_red() {
    turns_red("relevant", |subject| subject.rules = with(&idle_condition::RULE));
}

#[test]
fn a_fact_that_no_rule_reads_turns_relevant_red() {
    turns_red("relevant", |subject| subject.rules = without("PURCHASE_PHONE_NEEDED"));
}

#[test]
fn a_guess_at_a_missing_fact_turns_monotonic_red() {
    turns_red("monotonic", |subject| {
        subject.evaluate = |question, facts, terms| {
            let guessed = Facts { edition: facts.edition.or(Some(Edition::Paid)), ..*facts };
            evaluate(question, &guessed, terms)
        };
    });
}

#[test]
fn a_verdict_blind_to_open_rules_turns_monotonic_red() {
    turns_red("monotonic", |subject| subject.verdict = |reached, _| verdict(reached, None));
}

#[test]
fn a_fact_that_is_not_named_turns_missing_red() {
    turns_red("missing", |subject| {
        subject.missing_facts = |rule, question, evaluation| {
            missing_facts(rule, question, evaluation).difference(FactSet::of(&[Fact::member_account]))
        };
    });
}

#[test]
fn a_fact_named_needlessly_turns_missing_red() {
    turns_red("missing", |subject| {
        subject.missing_facts = |rule, question, evaluation| {
            missing_facts(rule, question, evaluation).union(FactSet::of(&[Fact::product]))
        };
    });
}

#[test]
fn a_refusal_without_a_plan_turns_remediable_red() {
    turns_red("remediable", |subject| {
        subject.plans = |_, _, _, _, _| Plans { best: Plan::default(), alternatives: Vec::new() }
    });
}

#[test]
fn a_plan_that_leads_elsewhere_turns_remediable_red() {
    turns_red("remediable", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            let mut plans = plans(question, facts, terms, answer, locale);
            for plan in [&mut plans.best].into_iter().chain(&mut plans.alternatives) {
                plan.steps.truncate(1);
            }
            plans
        };
    });
}

#[test]
fn an_entitlement_that_is_refused_turns_consistency_red() {
    turns_red("purchase–entitlement consistency", |subject| {
        subject.rules = with(&refused_entitlement::RULE)
    });
}

#[test]
fn a_refund_refused_whatever_the_reason_turns_consistency_red() {
    turns_red("purchase–entitlement consistency", |subject| subject.rules = with(&unrefundable::RULE));
}

#[test]
fn an_end_a_day_late_turns_time_red() {
    turns_red("time", |subject| {
        subject.stable_until = |question, facts, terms, answer| {
            stable_until(question, facts, terms, answer).map(|until| until.day().plus(1).start())
        };
    });
}

#[test]
fn an_end_left_out_turns_time_red() {
    turns_red("time", |subject| subject.stable_until = |_, _, _, _| None);
}

#[test]
fn a_value_that_does_not_reach_its_column_turns_batch_agreement_red() {
    turns_red("batch agreement", |subject| {
        subject.check_block = |columns, question, orders, terms| {
            let orders: Vec<_> = orders.iter().map(|facts| Facts { page_system: None, ..*facts }).collect();
            check_block(columns, question, &orders, terms)
        };
    });
}

#[test]
fn a_last_order_that_is_not_answered_turns_batch_agreement_red() {
    turns_red("batch agreement", |subject| {
        subject.check_block = |columns, question, orders, terms| {
            let all_but_last = orders.split_last().map_or(orders, |(_, others)| others);
            check_block(columns, question, all_but_last, terms)
        };
    });
}

#[test]
fn a_quota_that_only_columns_read_otherwise_turns_batch_agreement_red() {
    turns_red("batch agreement", |subject| {
        subject.check_block = |columns, question, orders, terms| {
            let mut other = terms.clone();
            other.voucher_quota.claimed = other.voucher_quota.claimed.saturating_add(1);
            check_block(columns, question, orders, &other)
        };
    });
}

/// Replaces the actions of every plan, from the facts on.
fn with_actions<'a>(
    mut plans: Plans<'a>,
    facts: &Facts<'a>,
    replace: impl Fn(&[Action<'a>]) -> Vec<Action<'a>>,
) -> Plans<'a> {
    for plan in [&mut plans.best].into_iter().chain(&mut plans.alternatives) {
        let actions: Vec<_> = plan.steps.iter().map(|step| step.action).collect();
        plan.steps = steps(&replace(&actions), facts, Locale::En);
    }
    plans
}

#[test]
fn a_plan_that_buys_what_an_order_covers_turns_remediable_red() {
    turns_red_because("remediable", "it buys again what an order covers", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| match actions {
                [certify] if certify.kind == ActionKind::Certify => {
                    vec![Action { kind: ActionKind::Buy, ..*certify }, *certify]
                }
                _ => actions.to_vec(),
            })
        };
    });
}

#[test]
fn a_plan_that_certifies_an_invalid_activation_turns_remediable_red() {
    turns_red_because("remediable", "it buys or certifies although the activation is invalid", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            let invalid = answer.fired.rules().any(|rule| rule.code == "ACTIVATION_MACHINE_LIMIT");
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| {
                let certify = Action { product: facts.product, ..Action::of(ActionKind::Certify) };
                if invalid { [&[certify], actions].concat() } else { actions.to_vec() }
            })
        };
    });
}

#[test]
fn a_refund_by_oneself_that_support_has_to_make_turns_remediable_red() {
    turns_red_because(
        "remediable",
        "it refunds in another way than the refund question answers",
        |subject| {
            subject.plans = |question, facts, terms, answer, locale| {
                with_actions(plans(question, facts, terms, answer, locale), facts, |actions| {
                    let alone = Action::refund(true);
                    actions.iter().map(|action| if action.is_refund() { alone } else { *action }).collect()
                })
            };
        },
    );
}

#[test]
fn a_year_taken_from_another_place_turns_remediable_red() {
    turns_red_because("remediable", "it names a year that no fact gave", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| {
                let year = facts.need_year.or(facts.selected_year).map(|year| year.get());
                let mixed = |action: &Action<'_>| action.kind == ActionKind::SelectLedgerYear;
                actions
                    .iter()
                    .map(|action| if mixed(action) { Action { year, ..*action } } else { *action })
                    .collect()
            })
        };
    });
}

#[test]
fn a_refund_through_support_that_the_buyer_can_apply_for_turns_remediable_red() {
    turns_red_because(
        "remediable",
        "it refunds in another way than the refund question answers",
        |subject| {
            subject.plans = |question, facts, terms, answer, locale| {
                with_actions(plans(question, facts, terms, answer, locale), facts, |actions| {
                    let by_support = Action::refund(false);
                    let replaced = |action: &Action<'_>| action.kind == ActionKind::ApplyForRefund;
                    actions.iter().map(|action| if replaced(action) { by_support } else { *action }).collect()
                })
            };
        },
    );
}

#[test]
fn a_refund_that_is_asked_for_a_second_time_turns_remediable_red() {
    turns_red_because("remediable", "it asks a second time for a refund", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| match actions {
                // As the engine answers for an order of which the status is not known.
                [rebuy] if rebuy.kind == ActionKind::RebuyLedgers => {
                    let applied = check(Question::Refund, facts, terms).verdict;
                    vec![Action::refund(applied == Verdict::Allow), *rebuy]
                }
                _ => actions.to_vec(),
            })
        };
    });
}

#[test]
fn support_that_is_not_asked_for_the_refund_turns_remediable_red() {
    turns_red_because("remediable", "support is asked by", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| match actions {
                [only] if only.refund => vec![Action::of(ActionKind::ContactSupport)],
                _ => actions.to_vec(),
            })
        };
    });
}

#[test]
fn a_refund_of_an_order_that_a_refusal_does_not_concern_turns_remediable_red() {
    turns_red_because("remediable", "support is asked by", |subject| {
        subject.plans = |question, facts, terms, answer, locale| {
            let is_paid = facts.order_status == Some(Status::Paid);
            with_actions(plans(question, facts, terms, answer, locale), facts, |actions| match actions {
                [only] if is_paid && question == Question::Page => {
                    let alone = check(Question::Refund, facts, terms).verdict == Verdict::Allow;
                    if alone { vec![Action::refund(true), *only] } else { vec![Action::refund(false)] }
                }
                _ => actions.to_vec(),
            })
        };
    });
}
