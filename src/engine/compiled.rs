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
    pub(crate) fn rules_among(self, rules: &[&'static Rule]) -> impl Iterator<Item = &'static Rule> + use<> {
        let mut listed = Vec::new();
        for severity in Severity::DESCENDING {
            for id in self.iter() {
                if let Some(rule) = rules.get(id.index())
                    && rule.severity == *severity
                {
                    listed.push(*rule);
                }
            }
        }
        listed.into_iter()
    }
}

/// The codes, those of the highest severity first.
impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rules().map(|rule| rule.code).collect::<Vec<_>>().serialize(serializer)
    }
}

/// A rule as it applies to a question, with all that an answer needs of it.
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

/// How many rules the questions have in all; a rule counts once for each question that it applies to.
const COUNT: usize = {
    let (mut count, mut rest) = (0_usize, RULES);
    while let [rule, others @ ..] = rest {
        count = count.saturating_add(rule.applies_to.len());
        rest = others;
    }
    count
};

/// The rules of all questions, one question after the other, and the range of each question.
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

/// What the rules of a question read.
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

/// The conditions of the question's rules, with those that they are composed of.
pub(crate) fn conditions_of(question: Question) -> ConditionSet {
    INPUTS.of(question).conditions
}

/// The index of the question's first rule in [`RULES`]. JavaScript receives the rules of an answer as numbers counted
/// from there, all of which are below [`MOST_RULES`].
pub fn rule_offset(question: Question) -> usize {
    rules_of(question).first().map_or(0, |rule| rule.id.index())
}

// The set of rules that fired is passed to JavaScript as one word of 64 bits.
const _: () = assert!(RULES.len() <= 64, "more rules need another way out than the lowest word of a set");

/// How far apart the rules of one question may stand in the catalogue: the bits of the word in which the rules that
/// fired are listed, counted from the first.
pub const MOST_RULES: usize = 32;

const _: () = {
    let mut rest: &[Question] = Question::ALL;
    while let [question, others @ ..] = rest {
        assert!(
            rule_span(RULES, *question) <= MOST_RULES,
            "the rules of one question stand together, at most 32"
        );
        rest = others;
    }
};

/// How many rules of the list there are from the first that applies to the question to the last, those between them
/// that do not apply included.
const fn rule_span(rules: &[&Rule], question: Question) -> usize {
    let (mut span, mut length, mut rest) = (0, 0_usize, rules);
    while let [rule, others @ ..] = rest {
        let applies = rule.only_if(question).is_some();
        if applies || length > 0 {
            length = length.saturating_add(1);
        }
        if applies {
            span = length;
        }
        rest = others;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The indices of the rules that apply to the question, read from the rules themselves.
    fn applicable(question: Question) -> Vec<usize> {
        let applies = |rule: &&Rule| rule.applies_to.iter().any(|applies| applies.question == question);
        RULES.iter().enumerate().filter(|(_, rule)| applies(rule)).map(|(index, _)| index).collect()
    }

    #[test]
    fn every_question_has_exactly_the_rules_that_apply_to_it() {
        for question in Question::ALL.iter().copied() {
            let compiled: Vec<_> = rules_of(question).iter().map(|rule| rule.id.index()).collect();
            assert!(!compiled.is_empty(), "{question:?}");
            assert_eq!(compiled, applicable(question), "{question:?}");
            assert_eq!(compiled.first(), Some(&rule_offset(question)), "{question:?}");
        }
    }

    #[test]
    fn a_compiled_rule_requires_the_conditions_of_its_rule() {
        for question in Question::ALL.iter().copied() {
            for CompiledRule { id, severity, requires } in rules_of(question) {
                let rule = RULES[id.index()];
                let mut expected: Vec<_> =
                    rule.literals(question).map(|literal| (literal.condition, literal.expected)).collect();
                expected.sort();
                assert_eq!(requires.literals().collect::<Vec<_>>(), expected, "{}", rule.code);
                assert_eq!(*severity, rule.severity, "{}", rule.code);
            }
        }
    }

    #[test]
    fn every_question_has_the_conditions_and_the_facts_that_its_rules_read() {
        for question in Question::ALL.iter().copied() {
            let asked = applicable(question).into_iter().flat_map(|index| RULES[index].literals(question));
            let conditions = asked.map(|literal| literal.condition).collect::<ConditionSet>();
            assert!(conditions.is_subset(conditions_of(question)), "{question:?}");
            let facts = conditions.iter().fold(FactSet::EMPTY, |all, condition| all.union(condition.reads()));
            assert_eq!(inputs_of(question), facts, "{question:?}");
            assert_eq!(conditions_of(question).reads(), facts, "{question:?}");
        }
    }

    #[test]
    fn rules_of_one_question_are_at_most_32_apart() {
        let of = |question| RULES[rule_offset(question)];
        let list = |between: usize| {
            let between = std::iter::repeat_n(of(Question::Refund), between);
            [of(Question::Page)].into_iter().chain(between).chain([of(Question::Page)]).collect::<Vec<_>>()
        };
        assert_eq!(rule_span(&list(30), Question::Page), MOST_RULES);
        assert_eq!(rule_span(&list(31), Question::Page), MOST_RULES + 1);
        // Rules of other questions before the first and after the last do not count.
        let surrounded = [list(40), vec![of(Question::Purchase)], list(40)].concat();
        assert_eq!(rule_span(&surrounded, Question::Purchase), 1);
        assert_eq!(rule_span(&[], Question::Page), 0);
    }
}
