//! 条件的组成: what a condition is made of, literals over conditions, and sets of them.

use super::conditions::{Condition, TestGroup};
use crate::model::bitset::{BitSet, Indexed};
use crate::model::facts::{Fact, FactSet};
use crate::model::locale::Bilingual;

/// A condition that must hold, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal {
    /// The condition.
    pub condition: Condition,
    /// What it must be.
    pub expected: bool,
}

impl Literal {
    /// What it says.
    pub const fn words(self) -> Bilingual {
        let info = self.condition.info();
        if self.expected { info.yes } else { info.no }
    }
}

/// `literals![A, not B]`: a list of conditions, those after `not` negated.
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

/// How the value of a condition is found.
#[derive(Debug, Clone, Copy)]
pub enum Definition {
    /// A fact has one of some values, a bit for each by its index; known when the fact is.
    OneOf(Fact, u32),
    /// A test of the facts of a group, known when all of them are.
    Test(TestGroup),
    /// True when all conditions of any alternative hold; by Kleene's tables where some are not known.
    AnyOf(&'static [&'static [Literal]]),
}

/// What the vocabulary says of one condition.
#[derive(Debug, Clone, Copy)]
pub struct ConditionInfo {
    /// The name, in rules, traces and the catalogue.
    pub name: &'static str,
    /// How its value is found.
    pub definition: Definition,
    /// What it says when it holds; empty where no rule wants it to.
    pub yes: Bilingual,
    /// What it says when it does not hold; empty where no rule wants it not to.
    pub no: Bilingual,
}

impl Condition {
    /// Every fact that it reads, through the conditions that it is made of.
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
    /// The conditions of the list, and those that they are made of.
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
