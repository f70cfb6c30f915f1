//! 取值范围: the representative values of every fact, and the walk through all combinations of them.
//!
//! A number stands for itself only where a condition's limit lies, so each fact has a few values that
//! between them meet every side of every limit. Facts that no condition reads together are walked
//! as separate groups, and of a group's combinations those that make the same conditions known and
//! true are one: the answer depends on facts through the conditions alone. While it walks, a group
//! that no rule still in play reads is passed over. So nothing is sampled, and nothing is left out.

use std::collections::HashSet;

use crate::engine::check::{Answer, answer_among};
use crate::engine::evaluation::{Evaluation, Requirement, Satisfaction};
use crate::model::add_ons::AddOns;
use crate::model::choices::Product;
use crate::model::fact_types::{FactData, FactType, FactValue};
use crate::model::facts::{Fact, FactSet, Facts, contradiction};
use crate::model::notices::{Message, Notices};
use crate::model::question::Question;
use crate::model::terms::Terms;
use crate::model::text::Text;
use crate::model::time::Time;
use crate::rules::condition::{ConditionSet, Definition};
use crate::rules::rule::Rule;

/// The representative values of each fact, in table order.
pub(super) struct Domain {
    values: Vec<Vec<FactValue<'static>>>,
}

/// The account of the invented buyer, somebody else's, and one that may be either's.
const ACCOUNTS: [&str; 3] = ["13800000001", "13900000002", "buyer@example.com"];
/// Two ledgers, and one that may be the first.
const LEDGERS: [&str; 3] = ["A", "B", "A账套"];

impl Domain {
    /// The values that meet every side of every limit of the terms.
    pub fn of(terms: &Terms) -> Self {
        let end = window_end(terms);
        let around = |limit: u32| [limit.saturating_sub(1), limit, limit.saturating_add(1)];
        let mut saved: Vec<u32> = vec![0];
        saved.extend(around(terms.voucher_quota.assured));
        saved.extend(around(terms.voucher_quota.claimed));
        saved.sort_unstable();
        saved.dedup();
        let mut now = vec![paid_at(), end.saturating_sub(1), end];
        if let Some(due) = review_end(terms) {
            now.extend([due.saturating_sub(1), due]);
        }
        Self::with(&saved, &now)
    }

    /// The values of every fact, with these for the vouchers saved and for the instant that is now.
    pub fn with(saved: &[u32], now: &[i64]) -> Self {
        let texts = |texts: &[&'static str]| -> Vec<FactValue<'static>> {
            texts.iter().map(|text| FactValue::Text(Text::Utf8(text))).collect()
        };
        let times = |instants: &[i64]| -> Vec<FactValue<'static>> {
            instants
                .iter()
                .filter_map(|millis| Time::from_millis(*millis).ok())
                .map(FactValue::Time)
                .collect()
        };
        let values = Fact::ALL.iter().map(|fact| match (fact, fact.info().kind) {
            (Fact::now, _) => times(now),
            (_, FactType::Time) => times(&[paid_at(), day_after(0)]),
            (Fact::vouchers_saved, _) => saved.iter().map(|saved| FactValue::Integer(*saved)).collect(),
            (_, FactType::Integer { min, .. }) => {
                (0..3).map(|step| FactValue::Integer(min.saturating_add(step))).collect()
            }
            (_, FactType::Choice(choices)) => choices.iter().map(FactValue::Choice).collect(),
            (_, FactType::Set(choices)) => {
                let products =
                    choices.iter().filter_map(|choice| Product::from_value(FactValue::Choice(choice)));
                subsets(&products.collect::<Vec<_>>())
                    .into_iter()
                    .map(|set| FactValue::Set(set.into_iter().collect::<AddOns>()))
                    .collect()
            }
            (_, FactType::Texts) => {
                let others = ["网络连接失败"];
                let phrases: Vec<String> =
                    Message::PHRASES.into_iter().chain(others).map(String::from).collect();
                // None, each alone, and all: no rule reads more than one message. The proof runs once in a process, so
                // its texts may live as long as that.
                let alone = phrases.iter().map(|phrase| vec![phrase.clone()]);
                [Vec::new(), phrases.clone()]
                    .into_iter()
                    .chain(alone)
                    .map(|set| FactValue::Texts(Notices::List(Vec::leak(set))))
                    .collect()
            }
            (_, FactType::Text { blank: true, .. }) => texts(&[&[""], ACCOUNTS.as_slice()].concat()),
            (_, FactType::Text { personal: true, .. }) => texts(&ACCOUNTS),
            (_, FactType::Text { .. }) => texts(&LEDGERS),
            (_, FactType::Flag) => vec![FactValue::Flag(false), FactValue::Flag(true)],
        });
        Self { values: values.collect() }
    }

    /// The values of one fact.
    pub fn values(&self, fact: Fact) -> &[FactValue<'static>] {
        self.values.get(fact as usize).map_or(&[], Vec::as_slice)
    }

    /// A value that its fact cannot have, which would make proofs vacuous; there is none.
    pub fn impossible(&self) -> Option<(Fact, FactValue<'static>)> {
        let all =
            Fact::ALL.iter().flat_map(|fact| self.values(*fact).iter().map(move |value| (*fact, *value)));
        all.into_iter().find(|(fact, value)| {
            let mut facts = Facts::default();
            !facts.set(*fact, Some(*value)) || facts.get(*fact) != Some(*value)
        })
    }

    /// Every combination of values of the facts, each also not known unless only `complete` ones count.
    pub fn combinations(&self, facts: FactSet, complete: bool) -> Vec<Facts<'static>> {
        let mut all = vec![Facts::default()];
        for fact in facts.iter() {
            let mut longer = Vec::new();
            for known in &all {
                longer.extend(self.values(fact).iter().map(|value| known.learning(fact, *value)));
                if !complete {
                    longer.push(*known);
                }
            }
            all = longer;
        }
        all.retain(|facts| contradiction(facts).is_none());
        all
    }
}

/// Facts that some condition reads together: no condition of one set reads a fact of another, unless it is made of
/// conditions that each read of one set alone.
fn fact_groups(conditions: ConditionSet) -> Vec<FactSet> {
    let mut groups: Vec<FactSet> = Vec::new();
    for condition in conditions.iter() {
        if matches!(condition.info().definition, Definition::AnyOf(_)) {
            continue;
        }
        let mut group = condition.reads();
        groups.retain(|other| {
            let shared = !group.intersection(*other).is_empty();
            if shared {
                group = group.union(*other);
            }
            !shared
        });
        groups.push(group);
    }
    groups
}

impl Domain {
    /// Facts that make every difference to the conditions that there is: for each group of facts that are read together
    /// one combination for each set of facts that can be known and each outcome of the conditions, and all combinations
    /// of the groups. Facts are all known where only `complete` ones count.
    pub fn cases(&self, conditions: ConditionSet, terms: &Terms, complete: bool) -> Vec<Facts<'static>> {
        let mut all = vec![Facts::default()];
        for group in fact_groups(conditions) {
            let mut seen = HashSet::new();
            let mut cases = self.combinations(group, complete);
            cases.retain(|case| {
                let (known, holding) = Evaluation::of(case, terms, conditions).sets();
                seen.insert((case.known().bits(), known.bits(), holding.bits()))
            });
            let joined = |known: &Facts<'static>, case: &Facts<'static>| {
                let mut more = *known;
                group.iter().for_each(|fact| more.copy(fact, case));
                more
            };
            all = all.iter().flat_map(|known| cases.iter().map(move |case| joined(known, case))).collect();
        }
        all.retain(|facts| contradiction(facts).is_none());
        all
    }
}

impl<'a> Facts<'a> {
    /// The same facts with one more known, by a value of the domain, which it can have.
    pub(super) fn learning(&self, fact: Fact, value: FactValue<'a>) -> Self {
        let mut more = *self;
        debug_assert!(more.set(fact, Some(value)), "{value} is no value of {}", fact.info().path);
        let _ = more.set(fact, Some(value));
        more
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

/// The first instant after the review of a refund that was applied for when such an order was paid.
fn review_end(terms: &Terms) -> Option<i64> {
    let applied = Time::from_millis(paid_at()).ok()?.day();
    Some(terms.review_due(applied)?.plus(1).start().millis())
}

/// The first instant of the day after the `days`-th day after the day of payment.
pub(super) fn day_after(days: u32) -> i64 {
    let paid = Time::from_millis(paid_at()).unwrap_or(Time::MIN);
    paid.day().plus(days.saturating_add(1)).start().millis()
}

fn subsets<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let chosen = |bits: u32| items.iter().enumerate().filter(move |(index, _)| bits & (1 << index) != 0);
    (0..1_u32 << items.len()).map(|bits| chosen(bits).map(|(_, item)| item.clone()).collect()).collect()
}

/// The facts that plans name.
const PLACES: FactSet =
    FactSet::of(&[Fact::need_ledger, Fact::need_year, Fact::selected_ledger, Fact::selected_year]);

/// Facts that some condition reads together, and the combinations of them that make a difference.
struct Group {
    facts: FactSet,
    cases: Vec<Facts<'static>>,
}

/// The walk through all facts that matter to a question.
pub(super) struct Walk<'a> {
    question: Question,
    rules: &'static [&'static Rule],
    terms: Vec<&'a Terms>,
    evaluate: Evaluate,
    conditions: ConditionSet,
    groups: Vec<Group>,
}

/// Evaluates the conditions of the question from a struct of facts.
pub(super) fn evaluate(question: Question, facts: &Facts<'_>, terms: &Terms) -> Evaluation {
    crate::engine::check::evaluate(question, facts, terms)
}

/// How conditions are evaluated.
pub(super) type Evaluate = fn(Question, &Facts<'_>, &Terms) -> Evaluation;

impl<'a> Walk<'a> {
    /// A walk through complete facts, or through partial ones too. Answers are those under the first of the terms.
    pub fn new(
        domain: &Domain,
        question: Question,
        rules: &'static [&'static Rule],
        terms: &[&'a Terms],
        evaluate: Evaluate,
        complete: bool,
    ) -> Self {
        let mut conditions = ConditionSet::EMPTY;
        for rule in rules.iter().filter(|rule| rule.only_if(question).is_some()) {
            let all: Vec<_> = rule.literals(question).collect();
            conditions = conditions.union(ConditionSet::needed_by(&all));
        }
        let mut sets = fact_groups(conditions);
        let readers = |set: &FactSet| {
            let reads_it = |rule: &&&Rule| !facts_of(rule, question).intersection(*set).is_empty();
            rules.iter().filter(reads_it).count()
        };
        sets.sort_by_key(|set| core::cmp::Reverse(readers(set)));
        let groups =
            sets.into_iter().map(|facts| Group { facts, cases: domain.combinations(facts, complete) });
        Self { question, rules, terms: terms.into(), evaluate, conditions, groups: groups.collect() }
    }

    /// The same walk, with one of the combinations that come to the same under all the terms.
    pub fn merged(mut self) -> Self {
        for group in &mut self.groups {
            // Times stay apart: what changes by itself must be seen at each of them.
            if !group.facts.contains(Fact::now) {
                let mut seen = HashSet::new();
                // Plans name ledgers and years that no rule may have compared, so which of them are known counts too.
                let bits = |case: &Facts<'_>, terms: &&Terms| {
                    let (known, holding) = Evaluation::of(case, terms, self.conditions).sets();
                    (case.known().intersection(PLACES).bits(), known.bits(), holding.bits())
                };
                group.cases.retain(|case| {
                    seen.insert(self.terms.iter().map(|terms| bits(case, terms)).collect::<Vec<_>>())
                });
            }
        }
        self
    }

    /// Visits every combination, with its answer.
    pub fn each(&self, visit: &mut dyn FnMut(&Facts<'static>, &Answer)) {
        self.below(&self.groups, Facts::default(), visit);
    }

    fn below(
        &self,
        groups: &[Group],
        facts: Facts<'static>,
        visit: &mut dyn FnMut(&Facts<'static>, &Answer),
    ) {
        let Some((group, rest)) = groups.split_first() else {
            if let Some(terms) = self.terms.first() {
                let values = (self.evaluate)(self.question, &facts, terms);
                visit(&facts, &answer_among(self.rules, self.question, values));
            }
            return;
        };
        let values: Vec<_> =
            self.terms.iter().map(|terms| Evaluation::of(&facts, terms, self.conditions)).collect();
        let open = |rule: &Rule| {
            values.iter().any(|values| state_of(rule, self.question, *values) != Satisfaction::Unsatisfied)
        };
        let in_play = self
            .rules
            .iter()
            .any(|rule| open(rule) && !facts_of(rule, self.question).intersection(group.facts).is_empty());
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

/// What becomes of a rule when the question asks it; unsatisfied where it does not.
pub(super) fn state_of(rule: &Rule, question: Question, evaluation: Evaluation) -> Satisfaction {
    rule.only_if(question).map_or(Satisfaction::Unsatisfied, |only_if| {
        evaluation.satisfies(Requirement::NONE.and(only_if).and(rule.when))
    })
}

/// The conditions of a rule when the question asks it, with those that they need; none where it does not.
pub(super) fn conditions_of(rule: &Rule, question: Question) -> ConditionSet {
    rule.only_if(question).map_or(ConditionSet::EMPTY, |only_if| {
        ConditionSet::needed_by(only_if).union(ConditionSet::needed_by(rule.when))
    })
}

/// The facts that a rule reads when the question asks it; none where it does not.
pub(super) fn facts_of(rule: &Rule, question: Question) -> FactSet {
    if rule.only_if(question).is_none() {
        return FactSet::EMPTY;
    }
    rule.literals(question).fold(FactSet::EMPTY, |all, literal| all.union(literal.condition.reads()))
}

/// Known facts in words: `edition cloud, cloud.used 2`.
pub(super) fn words(facts: &Facts<'_>) -> String {
    let word = |fact: Fact| Some(format!("{} {}", fact.info().path, facts.get(fact)?));
    let known: Vec<_> = facts.known().iter().filter_map(word).collect();
    if known.is_empty() { "nothing known".into() } else { known.join(", ") }
}
