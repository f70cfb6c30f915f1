//! 条件的结构: how conditions are defined, expected to hold or not (literals), and collected in sets.

use super::conditions::{Condition, TestGroup};
use crate::model::bitset::{BitSet, Indexed};
use crate::model::facts::{Fact, FactSet};
use crate::model::locale::Bilingual;

/// A condition that is expected to hold, or not to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal {
    /// The condition.
    pub condition: Condition,
    /// Whether the condition is expected to hold.
    pub expected: bool,
}

impl Literal {
    /// The text of the condition when it is as expected.
    pub const fn words(self) -> Bilingual {
        let info = self.condition.info();
        if self.expected { info.yes } else { info.no }
    }
}

/// A list of literals: `literals![A, not B]` expects `A` to hold and `B` not to.
macro_rules! literals {
    (@ [$($done:expr,)*]) => { &[$($done),*] };
    (@ [$($done:expr,)*] not $name:ident $(, $($rest:tt)*)?) => {
        $crate::rules::condition::literals!(@ [$($done,)* $crate::rules::condition::Literal { condition: $crate::rules::conditions::Condition::$name, expected: false },] $($($rest)*)?)
    };
    (@ [$($done:expr,)*] $name:ident $(, $($rest:tt)*)?) => {
        $crate::rules::condition::literals!(@ [$($done,)* $crate::rules::condition::Literal { condition: $crate::rules::conditions::Condition::$name, expected: true },] $($($rest)*)?)
    };
    ($($all:tt)*) => { $crate::rules::condition::literals!(@ [] $($all)*) };
}
pub(crate) use literals;

/// How a condition is evaluated.
#[derive(Debug, Clone, Copy)]
pub enum Definition {
    /// The fact has one of these values, given as a bit for each by its index. Known once the fact is.
    OneOf(Fact, u32),
    /// A test of the facts of a group. Known once all of them are.
    Test(TestGroup),
    /// All literals of at least one alternative are met, in Kleene's three-valued logic where conditions are unknown.
    AnyOf(&'static [&'static [Literal]]),
}

/// The entry of a condition in the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct ConditionInfo {
    /// The name, as used in rules, traces and the catalogue.
    pub name: &'static str,
    /// How it is evaluated.
    pub definition: Definition,
    /// The text when it holds; empty where no rule expects that.
    pub yes: Bilingual,
    /// The text when it does not hold; empty where no rule expects that.
    pub no: Bilingual,
}

impl Condition {
    /// Every fact that it reads, itself or through the conditions that it is composed of.
    pub const fn reads(self) -> FactSet {
        match self.info().definition {
            Definition::OneOf(fact, _) => FactSet::of(&[fact]),
            Definition::Test(group) => group.reads(),
            Definition::AnyOf(mut alternatives) => {
                let mut facts = FactSet::EMPTY;
                while let [all, others @ ..] = alternatives {
                    facts = facts.union(ConditionSet::needed_by(all).reads());
                    alternatives = others;
                }
                facts
            }
        }
    }
}

impl Indexed for Condition {
    const COUNT: usize = Condition::ALL.len();

    fn at(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A set of conditions.
pub type ConditionSet = BitSet<Condition>;

impl ConditionSet {
    /// The conditions of the list, and those that they are composed of.
    pub const fn needed_by(literals: &[Literal]) -> Self {
        let (mut set, mut rest) = (Self::EMPTY, literals);
        while let [first, others @ ..] = rest {
            set = set.with_index(first.condition as usize);
            if let Definition::AnyOf(mut alternatives) = first.condition.info().definition {
                while let [all, more @ ..] = alternatives {
                    set = set.union(Self::needed_by(all));
                    alternatives = more;
                }
            }
            rest = others;
        }
        set
    }

    /// The facts that the conditions read.
    pub const fn reads(self) -> FactSet {
        let (mut facts, mut rest) = (FactSet::EMPTY, Condition::ALL);
        while let [condition, others @ ..] = rest {
            if self.contains_index(*condition as usize) {
                facts = facts.union(condition.reads());
            }
            rest = others;
        }
        facts
    }
}
