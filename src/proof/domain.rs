//! 取值范围: the representative values of every fact, and the walk through all combinations of them.
//!
//! Conditions compare numbers and instants with limits only, so a few values on either side of each limit represent
//! all others. The walk combines the values of all facts that a question reads, and is exhaustive although it skips
//! most combinations:
//!
//! - Facts that no condition reads together form separate groups, which are combined with each other.
//! - Within a group, combinations for which the same conditions are known and hold are represented by one of them,
//!   since an answer depends on the facts through the conditions alone.
//! - A group is skipped where every rule that reads it is already unsatisfied by the groups before it.

use std::collections::HashSet;

use crate::engine::check::{Answer, answer_among};
use crate::engine::compiled::{CompiledRule, compile};
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

/// The representative values of each fact.
pub(super) struct Domain {
    /// By fact, in table order.
    values: Vec<Vec<FactValue<'static>>>,
}

/// An account of the buyer, an account of another person, and one that may belong to either.
const ACCOUNTS: [&str; 3] = ["13800000001", "13900000002", "buyer@example.com"];
/// Two ledgers, and one that may be the first.
const LEDGERS: [&str; 3] = ["A", "B", "A账套"];

impl Domain {
    /// The values on either side of every limit of the terms.
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

    /// The values of every fact, with these numbers of saved vouchers and these instants of `now` in milliseconds.
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
                // None, each alone, and all, since no rule reads more than one message. Facts borrow their texts for the
                // whole proof, which runs once in a process, so leaking them is harmless.
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

    /// A value that its fact cannot have, which would make proofs vacuous; `None` for a sound domain.
    pub fn impossible(&self) -> Option<(Fact, FactValue<'static>)> {
        let all =
            Fact::ALL.iter().flat_map(|fact| self.values(*fact).iter().map(move |value| (*fact, *value)));
        all.into_iter().find(|(fact, value)| {
            let mut facts = Facts::default();
            !facts.set(*fact, Some(*value)) || facts.get(*fact) != Some(*value)
        })
    }

    /// Every combination of values of the facts that does not contradict itself. Unless `complete`, each fact may be
    /// unknown too.
    pub fn combinations(&self, facts: FactSet, complete: bool) -> Vec<Facts<'static>> {
        let mut all = vec![Facts::default()];
        for fact in facts.iter() {
            let mut longer = Vec::new();
            for known in &all {
                longer.extend(self.values(fact).iter().map(|value| known.with_fact(fact, *value)));
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

    /// Facts for which the rule fires, and around them, for each group of facts that its conditions read together, every
    /// combination of the values of that group. Values that conditions do not distinguish are all among them.
    pub fn around(&self, rule: &Rule, question: Question, terms: &Terms) -> Vec<Facts<'static>> {
        let conditions = conditions_of(rule, question);
        let fires = |facts: &Facts<'static>| {
            state_of(rule, question, Evaluation::of(facts, terms, conditions)) == Satisfaction::Fired
        };
        let Some(center) = self.cases(conditions, terms, true).into_iter().find(fires) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for group in fact_groups(conditions) {
            all.extend(self.combinations(group, false).iter().map(|values| {
                let mut facts = center;
                group.iter().for_each(|fact| facts.copy(fact, values));
                facts
            }));
        }
        all.retain(|facts| contradiction(facts).is_none());
        all
    }
}

impl<'a> Facts<'a> {
    /// The same facts with one more known. The value is from the domain and so of the type of the fact.
    pub(super) fn with_fact(&self, fact: Fact, value: FactValue<'a>) -> Self {
        let mut more = *self;
        debug_assert!(more.set(fact, Some(value)), "{value} is not a value of {}", fact.info().path);
        let _ = more.set(fact, Some(value));
        more
    }
}

/// The instant, in milliseconds, at which the orders of the proof are paid: 2021-03-01T10:00:00+08:00.
pub(super) fn paid_at() -> i64 {
    1_614_564_000_000
}

/// The first instant after the refund window of such an order, in milliseconds.
pub(super) fn window_end(terms: &Terms) -> i64 {
    day_after(terms.refund_window_days)
}

/// The first instant after the review of a refund that was applied for when such an order was paid, in milliseconds.
fn review_end(terms: &Terms) -> Option<i64> {
    let applied = Time::from_millis(paid_at()).ok()?.day();
    Some(terms.review_due(applied)?.plus(1).start().millis())
}

/// The first instant of the day after the `days`-th day after the day of payment, in milliseconds.
pub(super) fn day_after(days: u32) -> i64 {
    let paid = Time::from_millis(paid_at()).unwrap_or(Time::MIN);
    paid.day().plus(days.saturating_add(1)).start().millis()
}

fn subsets<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let chosen = |bits: u32| items.iter().enumerate().filter(move |(index, _)| bits & (1 << index) != 0);
    (0..1_u32 << items.len()).map(|bits| chosen(bits).map(|(_, item)| item.clone()).collect()).collect()
}

/// Facts that some condition reads together, and the combinations of their values.
struct Group {
    facts: FactSet,
    /// The rules that read any of the facts.
    readers: RuleSlots,
    combinations: Vec<Combination>,
}

/// Values of the facts of a group.
struct Combination {
    facts: Facts<'static>,
    /// The rules that are unsatisfied because of them.
    unsatisfied: RuleSlots,
}

/// A set of rules under one or two sets of terms: a bit for each rule of the question under each of the terms.
type RuleSlots = u128;

/// The walk through every combination of the facts that a question reads.
pub(super) struct Walk<'a> {
    question: Question,
    rules: &'static [&'static Rule],
    /// Those of the rules that apply to the question.
    compiled: Vec<CompiledRule>,
    terms: Vec<&'a Terms>,
    evaluate: Evaluate,
    conditions: ConditionSet,
    groups: Vec<Group>,
}

/// Evaluates the conditions of the question; the same as [`check::evaluate`](crate::engine::check::evaluate), as a
/// function that a [`Subject`](super::Subject) can hold.
pub(super) fn evaluate(question: Question, facts: &Facts<'_>, terms: &Terms) -> Evaluation {
    crate::engine::check::evaluate(question, facts, terms)
}

/// A function that evaluates the conditions of a question.
pub(super) type Evaluate = fn(Question, &Facts<'_>, &Terms) -> Evaluation;

impl<'a> Walk<'a> {
    /// A walk through the complete facts, or unless `complete` through the partial ones too. Answers are given under
    /// the first of the terms; the others count for which combinations [`merged`](Self::merged) keeps apart.
    pub fn new(
        domain: &Domain,
        question: Question,
        rules: &'static [&'static Rule],
        terms: &[&'a Terms],
        evaluate: Evaluate,
        complete: bool,
    ) -> Self {
        let compiled = compile(rules, question);
        let needed = rules.iter().filter(|rule| rule.only_if(question).is_some()).map(|rule| {
            let literals: Vec<_> = rule.literals(question).collect();
            ConditionSet::needed_by(&literals)
        });
        let conditions = needed.fold(ConditionSet::EMPTY, ConditionSet::union);
        let mut walk =
            Self { question, rules, compiled, terms: terms.into(), evaluate, conditions, groups: Vec::new() };
        assert!(walk.slots().count() <= RuleSlots::BITS as usize, "more rules need a wider set of them");
        let group = |facts| Group {
            facts,
            readers: walk
                .slots_where(|rule, _| !rule.requires.conditions.reads().intersection(facts).is_empty()),
            combinations: domain
                .combinations(facts, complete)
                .into_iter()
                .map(|facts| Combination { unsatisfied: walk.unsatisfied_by(&facts), facts })
                .collect(),
        };
        walk.groups = fact_groups(conditions).into_iter().map(group).collect();
        // Groups that many rules read come first, since they make the most rules unsatisfied.
        walk.groups.sort_by_key(|group| core::cmp::Reverse(group.readers.count_ones()));
        walk
    }

    /// The rules of the question under each of the terms.
    fn slots(&self) -> impl Iterator<Item = (&CompiledRule, &Terms)> {
        self.terms.iter().flat_map(|terms| self.compiled.iter().map(|rule| (rule, *terms)))
    }

    /// The slots that fulfil a predicate.
    fn slots_where(&self, predicate: impl Fn(&CompiledRule, &Terms) -> bool) -> RuleSlots {
        let slots = self.slots().enumerate().filter(|(_, (rule, terms))| predicate(rule, terms));
        slots.fold(0, |set, (slot, _)| set | 1 << slot)
    }

    /// The rules that these facts make unsatisfied, whatever the others are.
    fn unsatisfied_by(&self, facts: &Facts<'_>) -> RuleSlots {
        self.slots_where(|rule, terms| {
            let evaluation = Evaluation::of(facts, terms, self.conditions);
            evaluation.satisfies(rule.requires) == Satisfaction::Unsatisfied
        })
    }

    /// The same walk with one representative of the combinations whose conditions are equal under all the terms, and of
    /// which the same facts of `named` are known.
    pub fn merged(mut self, named: FactSet) -> Self {
        for group in &mut self.groups {
            // Instants of `now` are kept apart, because the theorem about time is checked at each of them.
            if !group.facts.contains(Fact::now) {
                let mut represented = HashSet::new();
                let bits = |facts: &Facts<'_>, terms: &&Terms| {
                    let (known, holding) = Evaluation::of(facts, terms, self.conditions).sets();
                    (facts.known().intersection(named).bits(), known.bits(), holding.bits())
                };
                group.combinations.retain(|Combination { facts, .. }| {
                    represented.insert(self.terms.iter().map(|terms| bits(facts, terms)).collect::<Vec<_>>())
                });
            }
        }
        self
    }

    /// The same walk with the facts of each combination replaced by others that conditions do not distinguish from them.
    pub fn mapped(mut self, replacement: impl Fn(&Facts<'static>) -> Facts<'static>) -> Self {
        for combination in self.groups.iter_mut().flat_map(|group| &mut group.combinations) {
            combination.facts = replacement(&combination.facts);
        }
        self
    }

    /// Visits every case with its answer.
    pub fn each(&self, visit: &mut dyn FnMut(&Facts<'static>, &Answer)) {
        let Some(terms) = self.terms.first() else { return };
        self.each_case(&mut |facts| {
            let evaluation = (self.evaluate)(self.question, facts, terms);
            visit(facts, &answer_among(&self.compiled, self.rules, self.question, evaluation));
        });
    }

    /// Visits every case.
    pub fn each_case(&self, visit: &mut dyn FnMut(&Facts<'static>)) {
        combine(&self.groups, &Facts::default(), 0, visit);
    }
}

/// Combines the facts with every combination of the groups, where these rules are already unsatisfied.
fn combine(
    groups: &[Group],
    facts: &Facts<'static>,
    unsatisfied: RuleSlots,
    visit: &mut dyn FnMut(&Facts<'static>),
) {
    let Some((group, rest)) = groups.split_first() else { return visit(facts) };
    if group.readers & !unsatisfied == 0 {
        return combine(rest, facts, unsatisfied, visit);
    }
    let mut more = *facts;
    for combination in &group.combinations {
        group.facts.iter().for_each(|fact| more.copy(fact, &combination.facts));
        combine(rest, &more, unsatisfied | combination.unsatisfied, visit);
    }
}

/// Whether the rule fires, is unsatisfied or is open for the question; unsatisfied where it does not apply to it.
pub(super) fn state_of(rule: &Rule, question: Question, evaluation: Evaluation) -> Satisfaction {
    rule.only_if(question).map_or(Satisfaction::Unsatisfied, |only_if| {
        evaluation.satisfies(Requirement::NONE.and(only_if).and(rule.when))
    })
}

/// The conditions of a rule for the question, with those that they are composed of; none where it does not apply to it.
pub(super) fn conditions_of(rule: &Rule, question: Question) -> ConditionSet {
    rule.only_if(question).map_or(ConditionSet::EMPTY, |only_if| {
        ConditionSet::needed_by(only_if).union(ConditionSet::needed_by(rule.when))
    })
}

/// The facts that a rule reads for the question; none where it does not apply to it.
pub(super) fn facts_of(rule: &Rule, question: Question) -> FactSet {
    if rule.only_if(question).is_none() {
        return FactSet::EMPTY;
    }
    rule.literals(question).fold(FactSet::EMPTY, |all, literal| all.union(literal.condition.reads()))
}

/// The known facts as text: `edition cloud, cloud.used 2`.
pub(super) fn describe_facts(facts: &Facts<'_>) -> String {
    let describe = |fact: Fact| Some(format!("{} {}", fact.info().path, facts.get(fact)?));
    let known: Vec<_> = facts.known().iter().filter_map(describe).collect();
    if known.is_empty() { "nothing known".into() } else { known.join(", ") }
}
