//! 定理: the theorems, and for each the search for a counterexample.

use std::collections::HashSet;

use super::batch_agreement::batch_agreement;
use super::domain::{conditions_of, describe_facts, facts_of, state_of, window_end};
use super::remediable::remediable;
use super::{Search, Subject, Theorem};
use crate::engine::evaluation::{Evaluation, Satisfaction};
use crate::model::choices::{Action, Edition, Product, Reason, Status};
use crate::model::fact_types::{Count, FactValue};
use crate::model::facts::{Fact, FactSet, Facts};
use crate::model::question::{Question, Severity, Verdict};
use crate::model::time::Time;
use crate::rules::condition::{ConditionSet, Definition, Literal};
use crate::rules::conditions::Condition;
use crate::rules::notes::NOTE_CONDITIONS;

pub(super) const THEOREMS: &[Theorem] = &[
    Theorem { name: "total", claim: "every question answers every complete set of facts", search: total },
    Theorem {
        name: "no dead rule",
        claim: "every rule fires somewhere, and decides a verdict unless it is listed as adding detail",
        search: no_dead_rule,
    },
    Theorem {
        name: "relevant",
        claim: "every condition alone keeps a rule from firing somewhere, and every fact alone decides a condition",
        search: relevant,
    },
    Theorem {
        name: "monotonic",
        claim: "a definite verdict never becomes refer or block by learning more",
        search: monotonic,
    },
    Theorem {
        name: "missing",
        claim: "missing names exactly the facts that keep rules open",
        search: missing,
    },
    Theorem {
        name: "remediable",
        claim: "every refusal has a plan or a contact, plans lead where they say, and no step makes things worse",
        search: remediable,
    },
    Theorem {
        name: "purchase–entitlement consistency",
        claim: "what purchase lets through, entitlement lets through as well; what was bought in the wrong place can be refunded",
        search: consistency,
    },
    Theorem {
        name: "time",
        claim: "until the instant that is given the answer stays, and at it the answer changes",
        search: time,
    },
    Theorem {
        name: "batch agreement",
        claim: "columns give every order the verdict, the rules and the missing facts that check gives it",
        search: batch_agreement,
    },
];

/// Where a question has no default, some rule must fire; where it has one, no rule may stay open.
fn total(subject: &Subject, search: &mut Search) {
    for question in Question::ALL.iter().copied() {
        subject.walk(question, true).each(&mut |facts, answer| {
            let is_answered = answer.verdict != Verdict::Unknown;
            search.require(is_answered, question, facts, || "the verdict is unknown".into());
        });
    }
}

/// Rules that never decide a verdict, and why they exist all the same.
const ADDING_DETAIL: &[(&str, &str)] = &[
    ("ORDER_ELSEWHERE", "what is not open is refused anyway; this says that the order is elsewhere"),
    ("CERTIFICATION_PENDING", "what is not open is refused anyway; this says that certifying opens it"),
    ("OPENING_FAILED", "what is not open is refused anyway; this says that buying again does not help"),
    (
        "NEW_ACCOUNT_UNSTATED",
        "the activation account is refused or doubted as well; this says why it may differ",
    ),
    ("PURCHASE_PHONE_NEEDED", "support refunds anyway; this says what to have ready"),
];

fn no_dead_rule(subject: &Subject, search: &mut Search) {
    let (mut fired, mut decided) = (Vec::new(), Vec::new());
    for question in Question::ALL.iter().copied() {
        let default = question.default_severity();
        subject.walk(question, true).each(&mut |_, answer| {
            let rules: Vec<_> = answer.fired.rules_among(subject.rules).collect();
            for rule in &rules {
                insert(&mut fired, (question as u8, rule.code));
            }
            if let Some(first) = rules.first()
                && Some(first.severity) > default
                && rules.get(1).is_none_or(|second| second.severity < first.severity)
            {
                insert(&mut decided, (question as u8, first.code));
            }
        });
    }
    for (rule, question) in subject.asked() {
        let key = (question as u8, rule.code);
        search.require_overall(fired.contains(&key), || {
            format!("{} never fires for {}", rule.code, question.name())
        });
        let listed = ADDING_DETAIL.iter().any(|(code, _)| *code == rule.code);
        search.require_overall(decided.contains(&key) != listed, || {
            let does = if listed {
                "decides a verdict, though it is listed as adding detail"
            } else {
                "never decides a verdict"
            };
            format!("{} {does} for {}", rule.code, question.name())
        });
    }
}

fn insert<T: PartialEq>(set: &mut Vec<T>, item: T) {
    if !set.contains(&item) {
        set.push(item);
    }
}

fn relevant(subject: &Subject, search: &mut Search) {
    let decides = DecidingFacts::find(subject);
    let (mut read, mut checked) = (FactSet::EMPTY, ConditionSet::EMPTY);
    for (rule, question) in subject.asked() {
        let literals: Vec<Literal> = rule.literals(question).collect();
        let all = subject.domain.cases(conditions_of(rule, question), &subject.terms, true);
        let alone = |literal: &Literal| {
            all.iter().any(|facts| {
                let evaluation = (subject.evaluate)(question, facts, &subject.terms);
                literals.iter().all(|other| evaluation.meets(*other) == Some(other != literal))
            })
        };
        for literal in &literals {
            let name = literal.condition.info().name;
            read = read.union(literal.condition.reads());
            search.require_overall(alone(literal), || {
                format!("{name} alone never keeps {} from firing for {}", rule.code, question.name())
            });
            // Several rules share a condition, whose facts are checked once.
            if checked.contains(literal.condition) {
                continue;
            }
            checked = checked.with(literal.condition);
            for fact in literal.condition.reads().iter() {
                let decides = decides.contains(literal.condition, fact);
                search.require_overall(decides, || format!("{} never decides {name}", fact.info().path));
            }
        }
    }
    for fact in Fact::ALL.iter().copied() {
        search.require_overall(read.contains(fact), || format!("{} is read by no rule", fact.info().path));
    }
    let ruling = subject
        .asked()
        .map(|(rule, question)| conditions_of(rule, question))
        .fold(NOTE_CONDITIONS, ConditionSet::union);
    for condition in Condition::ALL.iter().copied() {
        search.require_overall(ruling.contains(condition), || {
            format!("{} is read by no rule and no note", condition.info().name)
        });
    }
}

/// In two parts. A rule that fired or is unsatisfied remains so when a further fact becomes known. And whatever
/// severities are reached under that condition, a definite verdict never becomes a refusal or unknown.
fn monotonic(subject: &Subject, search: &mut Search) {
    for (rule, question) in subject.asked() {
        let reads = facts_of(rule, question);
        for facts in subject.domain.cases(conditions_of(rule, question), &subject.terms, false) {
            let state = subject.state(rule, question, &facts);
            if state == Satisfaction::Open {
                continue;
            }
            for fact in reads.difference(facts.known()).iter() {
                for value in subject.domain.values(fact) {
                    let more = facts.with_fact(fact, *value);
                    let later = subject.state(rule, question, &more);
                    search.require(later == state, question, &facts, || {
                        format!(
                            "{} is {state:?}, but {later:?} once {} is known",
                            rule.code,
                            fact.info().path
                        )
                    });
                }
            }
        }
    }
    let severities: Vec<_> =
        Severity::DESCENDING.iter().rev().map(|severity| Some(*severity)).chain([None]).collect();
    for (reached, possible) in
        severities.iter().flat_map(|one| severities.iter().map(move |other| (*one, *other)))
    {
        let now = (subject.verdict)(reached, possible);
        for (fires, still) in
            severities.iter().flat_map(|one| severities.iter().map(move |other| (*one, *other)))
        {
            // Open rules may fire or remain open; none with a higher severity than theirs appears.
            if now == Verdict::Unknown || fires > possible || still > possible {
                continue;
            }
            let later = (subject.verdict)(reached.max(fires), still);
            let worse = matches!(later, Verdict::Refer | Verdict::Block | Verdict::Unknown) && later != now;
            search.require_overall(!worse, || {
                format!("{now:?}, from {reached:?} with {possible:?} still possible, becomes {later:?}")
            });
        }
    }
}

/// For every open rule and every unknown fact that it reads. A fact that is not named as missing changes nothing about
/// the rule, whatever its value. A fact that is named is read by a condition that is not known, and which some values of
/// the condition's other facts leave to this fact to decide.
fn missing(subject: &Subject, search: &mut Search) {
    let decides = DecidingFacts::find(subject);
    for (rule, question) in subject.asked() {
        let reads = facts_of(rule, question);
        let literals: Vec<Literal> = rule.literals(question).collect();
        for facts in subject.domain.cases(conditions_of(rule, question), &subject.terms, false) {
            let evaluation = (subject.evaluate)(question, &facts, &subject.terms);
            if state_of(rule, question, evaluation) != Satisfaction::Open {
                continue;
            }
            let named = (subject.missing_facts)(rule, question, evaluation);
            for fact in reads.union(named).difference(facts.known()).iter() {
                let is_correct = if named.contains(fact) {
                    let undecided = literals.iter().filter(|literal| evaluation.meets(**literal).is_none());
                    undecided.clone().any(|literal| decides.contains(literal.condition, fact))
                } else {
                    subject.domain.values(fact).iter().all(|value| {
                        let more = facts.with_fact(fact, *value);
                        let evaluation = (subject.evaluate)(question, &more, &subject.terms);
                        state_of(rule, question, evaluation) == Satisfaction::Open
                            && (subject.missing_facts)(rule, question, evaluation) == named
                    })
                };
                search.require(is_correct, question, &facts, || {
                    let does = if named.contains(fact) {
                        "is named and keeps nothing open"
                    } else {
                        "is not named and matters"
                    };
                    format!("{} {does} for {}", fact.info().path, rule.code)
                });
            }
        }
    }
}

/// The facts that decide a condition for some values of its other facts.
struct DecidingFacts(Vec<(Condition, FactSet)>);

impl DecidingFacts {
    fn find(subject: &Subject) -> Self {
        let deciding = |condition: Condition| {
            let literal = Literal { condition, expected: true };
            let conditions = ConditionSet::needed_by(&[literal]);
            let value = |facts: &Facts<'_>| Evaluation::of(facts, &subject.terms, conditions).get(condition);
            let cases = match condition.info().definition {
                Definition::AnyOf(_) => subject.domain.cases(conditions, &subject.terms, true),
                Definition::OneOf(..) | Definition::Test(_) => {
                    subject.domain.combinations(condition.reads(), true)
                }
            };
            let decides = |fact: &Fact| {
                cases.iter().any(|facts| {
                    let values = subject.domain.values(*fact).iter();
                    values.clone().any(|other| value(&facts.with_fact(*fact, *other)) != value(facts))
                })
            };
            condition.reads().iter().filter(decides).collect::<FactSet>()
        };
        Self(Condition::ALL.iter().map(|condition| (*condition, deciding(*condition))).collect())
    }

    fn contains(&self, condition: Condition, fact: Fact) -> bool {
        self.0.iter().any(|(known, facts)| *known == condition && facts.contains(fact))
    }
}

fn consistency(subject: &Subject, search: &mut Search) {
    let quota = subject.terms.voucher_quota;
    subject.walk(Question::Purchase, true).each(&mut |facts, answer| {
        let let_through = matches!(answer.verdict, Verdict::Allow | Verdict::Warn);
        let right_place =
            facts.selected_ledger == facts.need_ledger && facts.selected_year == facts.need_year;
        let Some(product) = facts.product.filter(|product| product.is_add_on()) else { return };
        if !let_through || !right_place || facts.edition != Some(Edition::FreeLifetime) {
            return;
        }
        let bought = Facts {
            edition: facts.edition,
            product: Some(product),
            opened: Some(facts.opened.unwrap_or_default().with(product)),
            member_account: facts.member_account,
            activation_account: facts.activation_account,
            activation_notices: facts.activation_notices,
            order_status: Some(Status::Paid),
            order_certified: Some(true),
            action: Some(match product {
                Product::Ledger => Action::CloseBooks,
                Product::VoucherPack => Action::SaveVoucher,
                _ => Action::UseFeature,
            }),
            vouchers_saved: Count::new(quota.claimed),
            vouchers_bought: Count::new(1),
            ..Facts::default()
        };
        let verdict = subject.ask(Question::Entitlement, &bought).verdict;
        let is_allowed = matches!(verdict, Verdict::Allow | Verdict::Warn);
        search.require(is_allowed, Question::Purchase, facts, || {
            format!("let through, and then entitlement with {} is {verdict:?}", describe_facts(&bought))
        });
    });
    let mut checked = HashSet::new();
    subject.walk(Question::Refund, true).each(&mut |facts, _| {
        if facts.order_status != Some(Status::Paid) {
            return;
        }
        for reason in [Reason::WrongLedger, Reason::WrongYear] {
            let misplaced = Facts { order_reason: Some(reason), ..*facts };
            // Cases of the walk that differ only in the reason become the same case here.
            if !checked.insert(describe_facts(&misplaced)) {
                continue;
            }
            let verdict = subject.ask(Question::Refund, &misplaced).verdict;
            let is_refundable = matches!(verdict, Verdict::Allow | Verdict::Warn | Verdict::Refer);
            search.require(is_refundable, Question::Refund, &misplaced, || {
                format!("bought in the wrong place, and {verdict:?}")
            });
        }
    });
}

fn time(subject: &Subject, search: &mut Search) {
    let instant =
        |value: &FactValue<'_>| if let FactValue::Time(time) = value { Some(time.millis()) } else { None };
    let instants: Vec<i64> = subject.domain.values(Fact::now).iter().filter_map(instant).collect();
    let far = window_end(&subject.terms).saturating_add(1_000_000_000);
    for question in Question::ALL.iter().copied() {
        // The answer to a question that does not read `now` cannot change as time passes.
        if !subject
            .asked()
            .any(|(rule, asked)| asked == question && facts_of(rule, question).contains(Fact::now))
        {
            continue;
        }
        subject.walk(question, false).each(&mut |facts, _| {
            let Some(now) = facts.now else { return };
            let at = |millis: i64| {
                let then = Facts { now: Time::from_millis(millis).ok(), ..*facts };
                subject.ask(question, &then).public_view()
            };
            let answer = subject.ask(question, facts);
            let until = (subject.stable_until)(question, facts, &subject.terms, &answer);
            for later in instants.iter().copied().chain([far]) {
                if later <= now.millis() || until.is_some_and(|until| later >= until.millis()) {
                    continue;
                }
                search.require(at(later) == at(now.millis()), question, facts, || {
                    format!("stable until {until:?}, but different at {later}")
                });
            }
            if let Some(until) = until {
                let (before, then) = (until.millis().saturating_sub(1), until.millis());
                search.require(
                    at(before) == at(now.millis()) && at(then) != at(now.millis()),
                    question,
                    facts,
                    || format!("said to change at {}, and does not just then", until.to_rfc3339()),
                );
            }
        });
    }
}
