//! 判断: how rules combine into an answer.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::bits::Ones;
use crate::conditions::{Condition, ConditionSet, State, Values};
use crate::facts::{FactSet, Facts};
use crate::rule::{Masks, Question, Rule, Severity};
use crate::rules::RULES;
use crate::terms::Terms;
use crate::write::list;

/// 结论: what an answer comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// 可以.
    Allow,
    /// 可以, but there is something to know first.
    Warn,
    /// Not by yourself, but support can, 找客服.
    Refer,
    /// 不可以, as things stand.
    Block,
    /// A fact that is not known decides, 还不能确定.
    Unknown,
}

impl Verdict {
    /// Every verdict, as JSON writes it.
    pub const NAMES: &'static [&'static str] = &[
        Self::Allow.name(),
        Self::Warn.name(),
        Self::Refer.name(),
        Self::Block.name(),
        Self::Unknown.name(),
    ];

    /// The name in JSON and TypeScript.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Refer => "refer",
            Self::Block => "block",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Severity> for Verdict {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Allow => Self::Allow,
            Severity::Warn => Self::Warn,
            Severity::Refer => Self::Refer,
            Severity::Block => Self::Block,
        }
    }
}

/// A set of rules, one bit each, by their place in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet(u64);

impl RuleSet {
    /// Every rule.
    pub const ALL: Self = Self(u64::MAX);

    fn insert(&mut self, place: u8) {
        self.0 |= 1 << place;
    }

    /// A bit for each rule, by its place.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The rules in the set, those of the highest severity first, then in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = &'static Rule> {
        self.among(RULES)
    }

    /// The same, where the places are those in another list of rules.
    pub(crate) fn among(self, rules: &'static [&'static Rule]) -> impl Iterator<Item = &'static Rule> {
        Members { rest: self.0, severities: Severity::DESCENDING, rules }
    }

    /// The highest severity in the set.
    pub fn severity(self) -> Option<Severity> {
        self.iter().next().map(|rule| rule.severity)
    }
}

/// Walks through the rules of a set, one severity after the other.
struct Members {
    rest: u64,
    severities: &'static [Severity],
    rules: &'static [&'static Rule],
}

impl Iterator for Members {
    type Item = &'static Rule;

    fn next(&mut self) -> Option<&'static Rule> {
        while let [severity, lower @ ..] = self.severities {
            for place in Ones(self.rest) {
                if let Some(rule) = self.rules.get(place)
                    && rule.severity == *severity
                {
                    self.rest &= !(1 << place);
                    return Some(rule);
                }
            }
            self.severities = lower;
        }
        None
    }
}

/// 答复: the answer to a question.
///
/// A definite verdict is safe: no further fact turns it into `Refer` or `Block`, though a `Warn` may join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules that fired.
    pub fired: RuleSet,
    /// The rules that a missing fact keeps open.
    pub open: RuleSet,
    /// The facts that keep them open.
    pub missing: FactSet,
}

impl Answer {
    /// What callers see of the answer; which rules are open shows in `missing` alone.
    pub const fn told(&self) -> (Verdict, RuleSet, FactSet) {
        (self.verdict, self.fired, self.missing)
    }
}

/// What the rules of each question need to know, computed at compile time.
const NEEDED: [ConditionSet; 5] = [
    needed(Question::Activation),
    needed(Question::Purchase),
    needed(Question::Entitlement),
    needed(Question::Refund),
    needed(Question::Page),
];

const fn needed(question: Question) -> ConditionSet {
    let mut set = ConditionSet::needed_by(&[]);
    let mut rest = RULES;
    while let [rule, others @ ..] = rest {
        if let Some(only_if) = rule.only_if(question) {
            set = set.or(ConditionSet::needed_by(only_if)).or(ConditionSet::needed_by(rule.when));
        }
        rest = others;
    }
    set
}

/// The facts that the question reads.
pub fn read_by(question: Question) -> FactSet {
    const READ: [FactSet; 5] = {
        let [activation, purchase, entitlement, refund, page] = NEEDED;
        [activation.reads(), purchase.reads(), entitlement.reads(), refund.reads(), page.reads()]
    };
    READ.get(question as usize).copied().unwrap_or_default()
}

/// The conditions that the question's rules are made of.
pub(crate) fn needed_by(question: Question) -> ConditionSet {
    NEEDED.get(question as usize).copied().unwrap_or_default()
}

/// Evaluates every condition that the question needs.
pub(crate) fn evaluate(question: Question, facts: &Facts<'_>, terms: &Terms) -> Values {
    Values::of(facts, terms, needed_by(question))
}

/// A rule as a question asks it: all that deciding takes.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub place: u8,
    pub severity: Severity,
    pub masks: Masks,
}

impl Line {
    /// The line of a rule at its place in the list; `None` where the question does not ask it.
    const fn of(question: Question, place: usize, rule: &Rule) -> Option<Self> {
        match rule.masks(question) {
            Some(masks) => Some(Self { place: place as u8, severity: rule.severity, masks }),
            None => None,
        }
    }

    /// The conditions, and what each must be.
    pub fn literals(&self) -> impl Iterator<Item = (Condition, bool)> {
        let Masks { all, expected } = self.masks;
        all.iter().map(move |condition| (condition, expected.contains(condition)))
    }
}

/// The lines of each question, computed at compile time.
const LINES: [&[Line]; 5] = {
    const fn count(question: Question) -> usize {
        let (mut count, mut rest) = (0_usize, RULES);
        while let [rule, others @ ..] = rest {
            count = count.saturating_add(rule.masks(question).is_some() as usize);
            rest = others;
        }
        count
    }
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    const fn lines<const COUNT: usize>(question: Question) -> [Line; COUNT] {
        let (mut lines, mut filled, mut place) =
            ([Line { place: 0, severity: Severity::Allow, masks: Masks::EMPTY }; COUNT], 0, 0);
        while place < RULES.len() {
            if let Some(line) = Line::of(question, place, RULES[place]) {
                lines[filled] = line;
                filled += 1;
            }
            place += 1;
        }
        lines
    }
    [
        &lines::<{ count(Question::Activation) }>(Question::Activation),
        &lines::<{ count(Question::Purchase) }>(Question::Purchase),
        &lines::<{ count(Question::Entitlement) }>(Question::Entitlement),
        &lines::<{ count(Question::Refund) }>(Question::Refund),
        &lines::<{ count(Question::Page) }>(Question::Page),
    ]
};

// So that the rules that fired make a small number in JavaScript.
const _: () = {
    let mut rest: &[&[Line]] = &LINES;
    while let [lines, others @ ..] = rest {
        if let [first, .., last] = lines {
            assert!(last.place - first.place < 31, "the rules of one question stand together, at most 31");
        }
        rest = others;
    }
};

/// The rules that the question asks, in order.
pub(crate) fn lines_of(question: Question) -> &'static [Line] {
    LINES.get(question as usize).copied().unwrap_or_default()
}

/// The place of the first rule that the question asks; all of its rules are among the 31 from there on.
pub fn first_asked(question: Question) -> u8 {
    lines_of(question).first().map_or(0, |line| line.place)
}

/// Answers the question; the fast path, without words.
pub fn check(question: Question, facts: &Facts<'_>, terms: &Terms) -> Answer {
    answer(question, evaluate(question, facts, terms))
}

/// Combines the question's rules over conditions already evaluated.
pub(crate) fn answer(question: Question, values: Values) -> Answer {
    combine(lines_of(question).iter().copied(), RULES, question, values)
}

/// The same with other rules, for those who try them.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn answer_by(rules: &[&Rule], question: Question, values: Values) -> Answer {
    let lines = rules.iter().enumerate().filter_map(|(place, rule)| Line::of(question, place, rule));
    combine(lines, rules, question, values)
}

#[inline(always)]
fn combine(lines: impl Iterator<Item = Line>, rules: &[&Rule], question: Question, values: Values) -> Answer {
    let (mut fired, mut open, mut missing) = (RuleSet::default(), RuleSet::default(), FactSet::default());
    let (mut reached, mut possible) = (question.default_severity(), None);
    for Line { place, severity, masks } in lines {
        match values.state(masks) {
            State::Fired => {
                fired.insert(place);
                reached = reached.max(Some(severity));
            }
            State::Open => {
                open.insert(place);
                possible = possible.max(Some(severity));
                if let Some(rule) = rules.get(place as usize) {
                    missing = missing.or(lacking(rule, question, values));
                }
            }
            State::Out => {}
        }
    }
    Answer { verdict: verdict(reached, possible), fired, open, missing }
}

/// The facts that keep a rule open.
pub(crate) fn lacking(rule: &Rule, question: Question, values: Values) -> FactSet {
    values.lacking(rule.only_if(question).unwrap_or(&[])).or(values.lacking(rule.when))
}

/// The one place where severities become a verdict: the highest that is reached, or else the question's
/// default, and the highest that is still possible.
pub(crate) fn verdict(reached: Option<Severity>, possible: Option<Severity>) -> Verdict {
    match (reached, possible) {
        (None, _) => Verdict::Unknown,
        (Some(reached), Some(possible)) if possible > reached && possible >= Severity::Refer => {
            Verdict::Unknown
        }
        (Some(reached), _) => reached.into(),
    }
}

/// The codes.
impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter().map(|rule| rule.code))
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("Answer", 3)?;
        answer.serialize_field("verdict", &self.verdict)?;
        answer.serialize_field("codes", &self.fired)?;
        answer.serialize_field("missing", &self.missing)?;
        answer.end()
    }
}
