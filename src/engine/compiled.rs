//! 编译后的规则: the rules of each question as masks over conditions, computed at compile time.

use core::ops::Range;

use serde::{Serialize, Serializer};

use super::evaluation::Requirement;
use crate::model::bitset::{BitSet, Indexed};
use crate::model::facts::FactSet;
use crate::model::question::{PerQuestion, Question, Severity};
use crate::rules::RULES;
use crate::rules::condition::ConditionSet;
use crate::rules::rule::Rule;

/// A rule by its index in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleId(u8);

impl Indexed for RuleId {
    const COUNT: usize = RULES.len();

    fn at(index: usize) -> Option<Self> {
        u8::try_from(index).ok().map(Self)
    }

    fn index(self) -> usize {
        self.0.into()
    }
}

/// A set of rules.
pub type RuleSet = BitSet<RuleId>;

impl RuleSet {
    /// The rules in the set, those of the highest severity first, then in the order of the catalogue.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        self.rules_among(RULES)
    }

    /// The same, where the indices are those in another list of rules.
    pub(crate) fn rules_among<'r>(
        self,
        rules: &'r [&'static Rule],
    ) -> impl Iterator<Item = &'static Rule> + 'r {
        Severity::DESCENDING.iter().flat_map(move |severity| {
            let all = self.iter().filter_map(|id| rules.get(id.index()).copied());
            all.filter(move |rule| rule.severity == *severity)
        })
    }
}

/// The codes, those of the highest severity first.
impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rules().map(|rule| rule.code).collect::<Vec<_>>().serialize(serializer)
    }
}

/// A rule as a question asks it: all that deciding takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CompiledRule {
    pub id: RuleId,
    pub severity: Severity,
    pub requires: Requirement,
}

impl CompiledRule {
    /// The rule at its index; `None` where it does not apply to the question.
    pub const fn of(question: Question, index: usize, rule: &Rule) -> Option<Self> {
        match rule.only_if(question) {
            Some(only_if) => {
                let requires = Requirement::NONE.and(only_if).and(rule.when);
                Some(Self { id: RuleId(index as u8), severity: rule.severity, requires })
            }
            None => None,
        }
    }
}

/// The rules of a list that apply to the question, compiled at run time.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn compile(rules: &[&Rule], question: Question) -> Vec<CompiledRule> {
    rules.iter().enumerate().filter_map(|(index, rule)| CompiledRule::of(question, index, rule)).collect()
}

/// How many rules the questions ask, a rule counted for each question that asks it.
const COUNT: usize = {
    let (mut count, mut rest) = (0_usize, RULES);
    while let [rule, others @ ..] = rest {
        count = count.saturating_add(rule.applies_to.len());
        rest = others;
    }
    count
};

/// The rules of all questions, and which of them are those of each question.
struct Compiled {
    rules: [CompiledRule; COUNT],
    ranges: PerQuestion<(usize, usize)>,
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
static COMPILED: Compiled = {
    const NONE: CompiledRule =
        CompiledRule { id: RuleId(0), severity: Severity::Allow, requires: Requirement::NONE };
    let (mut rules, mut ranges) = ([NONE; COUNT], [(0, 0); Question::ALL.len()]);
    let (mut filled, mut asked) = (0, 0);
    while asked < Question::ALL.len() {
        let (start, mut index) = (filled, 0);
        while index < RULES.len() {
            if let Some(rule) = CompiledRule::of(Question::ALL[asked], index, RULES[index]) {
                rules[filled] = rule;
                filled += 1;
            }
            index += 1;
        }
        ranges[asked] = (start, filled);
        asked += 1;
    }
    Compiled { rules, ranges: PerQuestion::new(ranges) }
};

/// The rules of the question, in the order of the catalogue.
pub(crate) fn rules_of(question: Question) -> &'static [CompiledRule] {
    let (start, end) = *COMPILED.ranges.of(question);
    COMPILED.rules.get(Range { start, end }).unwrap_or_default()
}

/// What the rules of each question are made of.
struct Inputs {
    conditions: ConditionSet,
    facts: FactSet,
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
static INPUTS: PerQuestion<Inputs> = {
    const NONE: Inputs = Inputs { conditions: ConditionSet::EMPTY, facts: FactSet::EMPTY };
    let (mut inputs, mut asked) = ([NONE; Question::ALL.len()], 0);
    while asked < Question::ALL.len() {
        let (mut conditions, mut rest) = (ConditionSet::EMPTY, RULES);
        while let [rule, others @ ..] = rest {
            if let Some(only_if) = rule.only_if(Question::ALL[asked]) {
                let own = ConditionSet::needed_by(rule.when);
                conditions = conditions.union(ConditionSet::needed_by(only_if)).union(own);
            }
            rest = others;
        }
        inputs[asked] = Inputs { conditions, facts: conditions.reads() };
        asked += 1;
    }
    PerQuestion::new(inputs)
};

/// The facts that the question reads.
pub fn inputs_of(question: Question) -> FactSet {
    INPUTS.of(question).facts
}

/// The conditions that the question's rules are made of.
pub(crate) fn conditions_of(question: Question) -> ConditionSet {
    INPUTS.of(question).conditions
}

/// The index of the first rule that the question asks. Counted from there, its rules are numbers below
/// [`MOST_RULES`], which is how they cross into JavaScript.
pub fn rule_offset(question: Question) -> usize {
    rules_of(question).first().map_or(0, |rule| rule.id.index())
}

// The rules that fired cross as the lowest bits of a word, counted from the first that the question asks.
const _: () = assert!(RULES.len() <= 64, "more rules need another way out than the lowest word of a set");

/// How far apart the rules of one question may stand: the bits of the words in which those that fired are listed
/// in columns of answers.
pub const MOST_RULES: usize = 32;

const _: () = {
    let mut rest: &[Question] = Question::ALL;
    while let [question, others @ ..] = rest {
        let (mut first, mut last, mut index) = (RULES.len(), 0, 0);
        while index < RULES.len() {
            #[allow(clippy::indexing_slicing)]
            if RULES[index].only_if(*question).is_some() {
                if first > index {
                    first = index;
                }
                last = index;
            }
            index = index.saturating_add(1);
        }
        assert!(
            last < first.saturating_add(MOST_RULES),
            "the rules of one question stand together, at most 32"
        );
        rest = others;
    }
};
