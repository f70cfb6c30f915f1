//! 条款比较: the cases that two sets of terms answer differently, grouped by how the answer changes.

use std::collections::{BTreeMap, BTreeSet};

use super::domain::{Domain, Walk, day_after, evaluate, paid_at};
use crate::engine::check::{Answer, answer_among};
use crate::engine::compiled::compile;
use crate::engine::evaluation::Evaluation;
use crate::model::fact_types::FactValue;
use crate::model::facts::{Fact, Facts};
use crate::model::question::{Question, Verdict};
use crate::model::terms::Terms;
use crate::rules::RULES;
use crate::rules::condition::{ConditionSet, Literal};
use crate::rules::conditions::Condition;
use crate::rules::rule::Rule;

/// 区域: the cases of a question whose answer changes in the same way.
#[derive(Debug)]
pub struct Region {
    /// The question.
    pub question: Question,
    /// The verdict and codes under the old terms.
    pub before: (Verdict, Vec<&'static str>),
    /// The verdict and codes under the new terms.
    pub after: (Verdict, Vec<&'static str>),
    /// A description of the cases.
    pub text: String,
    /// Facts of one of them, as JSON.
    pub witness: String,
}

/// A range of numbers between two limits, for all of which the answers are the same; without an end for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: u32,
    to: Option<u32>,
}

/// The spans between these limits, the first from 0.
fn spans(mut limits: Vec<u32>) -> Vec<Span> {
    limits.push(0);
    limits.sort_unstable();
    limits.dedup();
    let next = limits.iter().skip(1).map(|limit| limit.checked_sub(1)).chain([None]);
    limits.iter().zip(next).map(|(from, to)| Span { from: *from, to }).collect()
}

/// The regions of cases that the two sets of terms answer differently, question by question. Only rules with a condition
/// that depends on the terms are compared.
pub fn diff(old: &Terms, new: &Terms) -> Vec<Region> {
    let each = |number: fn(&Terms) -> u32| [number(old), number(new)];
    let quotas = [each(|terms| terms.voucher_quota.assured), each(|terms| terms.voucher_quota.claimed)];
    let saved = spans(quotas.concat());
    let days = spans(each(|terms| terms.refund_window_days.saturating_add(1)).into());
    // Each span is represented by the first instant of its first day; the span from 0 by the instant of payment.
    let instant_of = |days: u32| days.checked_sub(1).map_or(paid_at(), day_after);
    let instants: Vec<_> = days.iter().map(|span| instant_of(span.from)).collect();
    let domain = Domain::with(&saved.iter().map(|span| span.from).collect::<Vec<_>>(), &instants);

    let differs = |condition: Condition| {
        let wanted = ConditionSet::needed_by(&[Literal { condition, expected: true }]);
        let bits = |facts: &Facts<'_>, terms| Evaluation::of(facts, terms, wanted).sets();
        domain.combinations(condition.reads(), true).iter().any(|facts| bits(facts, old) != bits(facts, new))
    };
    let mut regions = Vec::new();
    for question in Question::ALL.iter().copied() {
        let concerned = RULES.iter().copied().filter(|rule| {
            rule.only_if(question).is_some() && rule.when.iter().any(|literal| differs(literal.condition))
        });
        // The walk keeps its rules for as long as the process runs, which is as long as a comparison takes.
        let concerned: &'static [&'static Rule] = Vec::leak(concerned.collect());
        let compiled = compile(concerned, question);
        if concerned.is_empty() {
            continue;
        }
        let answer = |facts: &Facts<'_>, terms: &Terms| {
            outcome(
                concerned,
                &answer_among(&compiled, concerned, question, evaluate(question, facts, terms)),
            )
        };
        let mut cases: BTreeMap<_, Vec<Facts<'_>>> = BTreeMap::new();
        let walk = Walk::new(&domain, question, concerned, &[old, new], evaluate, true);
        walk.each(&mut |facts, _| {
            // The limits shift by the vouchers bought and by the day of payment, so that cases with other values of
            // these repeat the same change; the description of the region says so.
            let bought = facts.vouchers_bought.is_some_and(|bought| bought.get() > 0);
            let paid_later = facts.order_paid_at.is_some_and(|paid| paid.millis() > paid_at());
            if bought || paid_later {
                return;
            }
            let (before, after) = (answer(facts, old), answer(facts, new));
            if before != after {
                cases
                    .entry((before.0 as u8, before.1.clone(), after.0 as u8, after.1.clone()))
                    .or_default()
                    .push(*facts);
            }
        });
        for facts in cases.into_values() {
            let Some(first) = facts.first().copied() else { continue };
            regions.push(Region {
                question,
                before: answer(&first, old),
                after: answer(&first, new),
                text: describe(&facts, &domain, &saved, &days, &instants),
                witness: json(&first),
            });
        }
    }
    regions
}

fn outcome(rules: &[&'static Rule], answer: &Answer) -> (Verdict, Vec<&'static str>) {
    (answer.verdict, answer.fired.rules_among(rules).map(|rule| rule.code).collect())
}

/// Describes the cases by the facts that are known in all of them and do not take every value.
fn describe(cases: &[Facts<'_>], domain: &Domain, saved: &[Span], days: &[Span], instants: &[i64]) -> String {
    let mut parts = Vec::new();
    for fact in Fact::ALL.iter().copied() {
        let path = fact.info().path;
        // A fact that is unknown in some of the cases does not characterize the region.
        let Some(values) = cases.iter().map(|facts| facts.get(fact)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        match fact {
            Fact::vouchers_bought | Fact::order_paid_at => continue,
            Fact::vouchers_saved => {
                let occurs = |span: &&Span| values.contains(&FactValue::Integer(span.from));
                let ranges = ranges(saved.iter().filter(occurs));
                parts.push(format!(
                    "{path} {ranges} (with none bought; each bought voucher moves that by one)"
                ));
            }
            Fact::now => {
                let occurs = |(_, instant): &(&Span, &i64)| {
                    values
                        .iter()
                        .any(|value| matches!(value, FactValue::Time(time) if time.millis() == **instant))
                };
                let spans = days.iter().zip(instants).filter(occurs).map(|(span, _)| span);
                parts.push(format!(
                    "{path} {} days after the day of {}",
                    ranges(spans),
                    Fact::order_paid_at.info().path
                ));
            }
            _ => {
                let values: BTreeSet<_> = values.iter().map(|value| value.to_string()).collect();
                if values.len() < domain.values(fact).len() {
                    parts.push(format!("{path} {}", values.into_iter().collect::<Vec<_>>().join(" or ")));
                }
            }
        }
    }
    if parts.is_empty() { "every case".into() } else { parts.join(", ") }
}

/// The facts as a caller passes them.
fn json(facts: &Facts<'_>) -> String {
    let mut object = serde_json::Map::new();
    for fact in facts.known().iter() {
        let Some(value) = facts.get(fact) else { continue };
        let json = match value {
            FactValue::Time(time) => time.to_rfc3339().into(),
            FactValue::Choice(choice) => choice.name.into(),
            FactValue::Set(set) => set.iter().map(|product| product.choice().name).collect::<Vec<_>>().into(),
            FactValue::Text(text) => text.to_string().into(),
            FactValue::Texts(texts) => texts.iter().map(|text| text.to_string()).collect::<Vec<_>>().into(),
            FactValue::Flag(flag) => flag.into(),
            FactValue::Integer(number) => serde_json::Value::from(number),
        };
        match fact.info().path.split_once('.') {
            None => {
                object.insert(fact.info().path.into(), json);
            }
            Some((group, name)) => {
                let group = object.entry(group).or_insert_with(|| serde_json::Map::new().into());
                if let Some(group) = group.as_object_mut() {
                    group.insert(name.into(), json);
                }
            }
        }
    }
    serde_json::Value::Object(object).to_string()
}

/// The spans as text, adjacent ones joined: `50–99`.
fn ranges<'a>(spans: impl Iterator<Item = &'a Span>) -> String {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.to.and_then(|to| to.checked_add(1)) == Some(span.from) => last.to = span.to,
            _ => joined.push(*span),
        }
    }
    let texts = joined.iter().map(|span| match span.to {
        Some(to) if to == span.from => to.to_string(),
        Some(to) => format!("{}–{to}", span.from),
        None => format!("{} and more", span.from),
    });
    texts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::terms::VoucherQuota;

    #[test]
    fn raising_the_assured_quota_turns_exactly_50_to_99_from_warn_to_allow() {
        let old = Terms::default();
        let new = Terms { voucher_quota: VoucherQuota { assured: 100, claimed: 100 }, ..Terms::default() };
        let regions = diff(&old, &new);
        assert_eq!(regions.len(), 1, "{regions:#?}");
        let region = &regions[0];
        assert_eq!(region.question, Question::Entitlement);
        assert_eq!(region.before, (Verdict::Warn, vec!["VOUCHER_QUOTA_UNCERTAIN"]));
        assert_eq!(region.after, (Verdict::Allow, vec![]));
        assert!(region.text.contains("vouchers.saved 50–99 "), "{}", region.text);
        assert!(region.witness.contains("\"saved\":50"), "{}", region.witness);
    }

    #[test]
    fn a_longer_window_turns_the_days_between_from_refer_to_allow() {
        let new = Terms { refund_window_days: 10, ..Terms::default() };
        let regions = diff(&Terms::default(), &new);
        assert_eq!(regions.len(), 1, "{regions:#?}");
        for region in regions {
            assert_eq!((region.question, region.before.0), (Question::Refund, Verdict::Refer));
            assert!(region.text.contains("now 8–10 days after the day of order.paidAt"), "{}", region.text);
        }
    }

    #[test]
    fn terms_that_no_rule_reads_change_no_case() {
        let new = Terms { version: "x".into(), ..Terms::default() };
        assert!(diff(&Terms::default(), &new).is_empty());
    }
}
