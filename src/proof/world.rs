//! 世界: the representative values of every fact, and the walk through all combinations of them.
//!
//! A number stands for itself only where a condition's limit lies, so each fact has a few values that
//! between them meet every side of every limit. Facts that no condition reads together are walked
//! as separate groups, and of a group's combinations those that make the same conditions known and
//! true are one: the answer depends on facts through the conditions alone. While it walks, a group
//! that no rule still in play reads is passed over. So nothing is sampled, and nothing is left out.

use std::collections::HashSet;

use crate::check::{Answer, answer_by};
use crate::conditions::{ConditionSet, State, Values};
use crate::facts::{Fact, FactSet, Facts, Kind, Message, Shown};
use crate::rule::{Question, Rule};
use crate::terms::Terms;
use crate::time::Time;
use crate::value::Value;

/// The representative values of each fact, in table order.
pub(super) struct World {
    values: Vec<Vec<Value>>,
}

/// The account of the invented buyer, and somebody else's.
const ACCOUNTS: [&str; 2] = ["13800000001", "13800000002"];

impl World {
    /// The values that meet every side of every limit of the terms.
    pub fn of(terms: &Terms) -> Self {
        let end = window_end(terms);
        let around = |limit: u32| [limit.saturating_sub(1), limit, limit.saturating_add(1)];
        let mut saved: Vec<u32> = vec![0];
        saved.extend(around(terms.voucher_quota.assured));
        saved.extend(around(terms.voucher_quota.claimed));
        saved.sort_unstable();
        saved.dedup();
        Self::with(&saved, &[paid_at(), end.saturating_sub(1), end])
    }

    /// The values of every fact, with these for the vouchers saved and for the instant that is now.
    pub fn with(saved: &[u32], now: &[i64]) -> Self {
        let text = |text: &str| Value::Text(text.into());
        let whole = |number: u32| Value::Integer(number.into());
        let values = Fact::ALL.iter().map(|fact| match (fact, fact.info().kind) {
            (Fact::now, _) => now.iter().map(|millis| Value::Integer(*millis)).collect(),
            (_, Kind::Time) => vec![Value::Integer(paid_at()), Value::Integer(day_after(0))],
            (Fact::vouchers_saved, _) => saved.iter().map(|saved| whole(*saved)).collect(),
            (_, Kind::Integer { min, .. }) => (0..3).map(|step| whole(min.saturating_add(step))).collect(),
            (_, Kind::Choice(choices)) => choices.iter().map(|choice| text(choice.name)).collect(),
            (_, Kind::Set(choices)) => {
                let names: Vec<_> = choices.iter().map(|choice| text(choice.name)).collect();
                subsets(&names)
            }
            (_, Kind::Texts) => {
                let others = ["网络连接失败"];
                let texts: Vec<_> = Message::PHRASES.into_iter().chain(others).map(text).collect();
                subsets(&texts)
            }
            (_, Kind::Text { blank: true, .. }) => [""].into_iter().chain(ACCOUNTS).map(text).collect(),
            (_, Kind::Text { personal: true, .. }) => ACCOUNTS.into_iter().map(text).collect(),
            (_, Kind::Text { .. }) => ["A", "B"].into_iter().map(text).collect(),
            (_, Kind::Flag) => vec![Value::Bool(false), Value::Bool(true)],
        });
        Self { values: values.collect() }
    }

    /// The values of one fact.
    pub fn values(&self, fact: Fact) -> &[Value] {
        self.values.get(fact as usize).map_or(&[], Vec::as_slice)
    }

    /// Every combination of values of the facts, each also not known unless only `complete` ones count.
    pub fn combinations<'a>(&'a self, facts: FactSet, complete: bool) -> Vec<Facts<'a>> {
        let mut all = vec![Facts::default()];
        for fact in facts.iter() {
            let mut longer = Vec::new();
            for known in &all {
                for value in self.values(fact) {
                    let mut more = *known;
                    more.learn(fact, value);
                    longer.push(more);
                }
                if !complete {
                    longer.push(*known);
                }
            }
            all = longer;
        }
        // Nothing is asked before it was paid.
        all.retain(|facts| facts.now.zip(facts.order_paid_at).is_none_or(|(now, paid)| now >= paid));
        all
    }
}

/// When the orders of the proof are paid: 2021-03-01T10:00:00+08:00.
pub(super) fn paid_at() -> i64 {
    1_614_564_000_000
}

/// The first instant after the refund window of such an order.
pub(super) fn window_end(terms: &Terms) -> i64 {
    day_after(terms.refund_window_days)
}

/// The first instant of the day after the `days`-th day after the day of payment.
pub(super) fn day_after(days: u32) -> i64 {
    let paid = Time::from_millis(paid_at()).unwrap_or(Time::MIN);
    paid.day().plus(days.saturating_add(1)).start().millis()
}

fn subsets(items: &[Value]) -> Vec<Value> {
    let chosen = |bits: u32| items.iter().enumerate().filter(move |(place, _)| bits & (1 << place) != 0);
    (0..1_u32 << items.len())
        .map(|bits| Value::List(chosen(bits).map(|(_, item)| item.clone()).collect()))
        .collect()
}

/// Facts that some condition reads together, and the combinations of them that make a difference.
struct Group<'a> {
    facts: FactSet,
    cases: Vec<Facts<'a>>,
}

/// The walk through all facts that matter to a question.
pub(super) struct Walk<'a> {
    question: Question,
    rules: &'static [&'static Rule],
    terms: Vec<&'a Terms>,
    evaluate: Evaluate,
    conditions: ConditionSet,
    groups: Vec<Group<'a>>,
}

/// How conditions are evaluated.
pub(super) type Evaluate = fn(Question, &Facts<'_>, &Terms) -> Values;

impl<'a> Walk<'a> {
    /// A walk through complete facts, or through partial ones too. Answers are those under the first of the terms.
    pub fn new(
        world: &'a World,
        question: Question,
        rules: &'static [&'static Rule],
        terms: &[&'a Terms],
        evaluate: Evaluate,
        complete: bool,
    ) -> Self {
        let mut conditions = ConditionSet::needed_by(&[]);
        for rule in rules.iter().filter(|rule| rule.only_if(question).is_some()) {
            let all: Vec<_> = rule.literals(question).collect();
            conditions = conditions.or(ConditionSet::needed_by(&all));
        }
        let mut sets: Vec<FactSet> = Vec::new();
        for condition in conditions.iter() {
            let mut set = condition.reads();
            sets.retain(|other| {
                let shared = !set.and(*other).is_empty();
                if shared {
                    set = set.or(*other);
                }
                !shared
            });
            sets.push(set);
        }
        let readers = |set: &FactSet| {
            let reads_it = |rule: &&&Rule| !facts_of(rule, question).and(*set).is_empty();
            rules.iter().filter(reads_it).count()
        };
        sets.sort_by_key(|set| core::cmp::Reverse(readers(set)));
        let groups =
            sets.into_iter().map(|facts| Group { facts, cases: world.combinations(facts, complete) });
        Self { question, rules, terms: terms.into(), evaluate, conditions, groups: groups.collect() }
    }

    /// The same walk, with one of the combinations that come to the same under all the terms.
    pub fn merged(mut self) -> Self {
        for group in &mut self.groups {
            // Times stay apart: what changes by itself must be seen at each of them.
            if !group.facts.contains(Fact::now) {
                let mut seen = HashSet::new();
                let bits = |case: &Facts<'_>, terms: &&Terms| Values::of(case, terms, self.conditions).bits();
                group.cases.retain(|case| {
                    seen.insert(self.terms.iter().map(|terms| bits(case, terms)).collect::<Vec<_>>())
                });
            }
        }
        self
    }

    /// Visits every combination, with its answer.
    pub fn each(&self, visit: &mut dyn FnMut(&Facts<'a>, &Answer)) {
        self.below(&self.groups, Facts::default(), visit);
    }

    fn below(&self, groups: &[Group<'a>], facts: Facts<'a>, visit: &mut dyn FnMut(&Facts<'a>, &Answer)) {
        let Some((group, rest)) = groups.split_first() else {
            if let Some(terms) = self.terms.first() {
                let values = (self.evaluate)(self.question, &facts, terms);
                visit(&facts, &answer_by(self.rules, self.question, values));
            }
            return;
        };
        let values: Vec<_> =
            self.terms.iter().map(|terms| Values::of(&facts, terms, self.conditions)).collect();
        let open =
            |rule: &Rule| values.iter().any(|values| rule.state(self.question, *values) != Some(State::Out));
        let in_play = self
            .rules
            .iter()
            .any(|rule| open(rule) && !facts_of(rule, self.question).and(group.facts).is_empty());
        if !in_play {
            return self.below(rest, facts, visit);
        }
        for case in &group.cases {
            let mut more = facts;
            for fact in group.facts.iter() {
                more.copy(fact, case);
            }
            self.below(rest, more, visit);
        }
    }
}

/// The facts that a rule reads when the question asks it; none where it does not.
pub(super) fn facts_of(rule: &Rule, question: Question) -> FactSet {
    if rule.only_if(question).is_none() {
        return FactSet::default();
    }
    rule.literals(question).fold(FactSet::default(), |all, literal| all.or(literal.condition.reads()))
}

/// Known facts in words: `edition cloud, cloud.used 2`.
pub(super) fn words(facts: &Facts<'_>) -> String {
    let word = |fact: Fact| Some(format!("{} {}", fact.info().path, value(facts.get(fact)?)));
    let known: Vec<_> = facts.known().iter().filter_map(word).collect();
    if known.is_empty() { "nothing known".into() } else { known.join(", ") }
}

/// A value in words.
pub(super) fn value(shown: Shown<'_>) -> String {
    match shown {
        Shown::Time(time) => time.to_rfc3339(),
        Shown::Choice(choice) => choice.name.into(),
        Shown::Set(set) => {
            format!("{:?}", set.iter().map(|product| product.choice().name).collect::<Vec<_>>())
        }
        Shown::Text(text) => format!("{:?}", text.0),
        Shown::Texts(texts) => format!("{:?}", texts.iter().map(|text| text.0).collect::<Vec<_>>()),
        Shown::Flag(flag) => flag.to_string(),
        Shown::Integer(number) => number.to_string(),
    }
}
