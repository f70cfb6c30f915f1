//! 平铺: facts as one flat record, which the package's front fills without converting an object.
//!
//! The front (its encoder is made from the table of facts) writes a number for each fact that is known
//! and the texts one after the other as UTF-8. It writes only what it knows to be right, bounds
//! included; whatever is odd it leaves to the way that can say what is wrong. No call allocates.

use crate::facts::{Fact, FactSet, Facts, Kind};
use crate::rules::RULES;
use crate::time::Time;

// The rules that fired go back as a number of JavaScript's, which tells whole numbers apart up to 2^53.
const _: () = assert!(RULES.len() <= 53, "more rules need two numbers to tell which of them fired");

/// The record: a number for each fact, in table order, and the texts.
///
/// | kind | number |
/// | --- | --- |
/// | time | milliseconds since 1970, or -1 less the span of an RFC 3339 text |
/// | choice | its place among the values |
/// | set | a bit for each value in it |
/// | text, texts | its span; several texts have a NUL at the end of each |
/// | flag | 0 or 1 |
/// | integer | itself |
///
/// A span is its start times [`Record::SPAN`] plus its length, in bytes.
#[derive(Debug)]
pub struct Record {
    numbers: Vec<f64>,
    texts: Vec<u8>,
}

impl Record {
    /// How many bytes the texts of one record may have together; it is also more than the length of any.
    pub const SPAN: u32 = 8192;

    /// An empty record. Its memory stays where it is.
    pub fn new() -> Self {
        Self { numbers: vec![0.0; Fact::ALL.len()], texts: vec![0; Self::SPAN as usize] }
    }

    /// The numbers, to write to.
    pub fn numbers(&mut self) -> &mut [f64] {
        &mut self.numbers
    }

    /// The texts, to write to.
    pub fn texts(&mut self) -> &mut [u8] {
        &mut self.texts
    }

    /// The facts in the record, of which these are known, as far as `wanted` or in need of a check;
    /// `None` where one cannot be read.
    pub fn facts(&self, known: FactSet, wanted: FactSet) -> Option<Facts<'_>> {
        let facts = Facts::unpack(self, known.and(wanted.or(UNCHECKED)))?;
        let backward = facts.now.zip(facts.order_paid_at).is_some_and(|(now, paid)| now < paid);
        (!backward).then_some(facts)
    }

    /// The number of a fact, by its place in the table.
    pub(crate) fn number(&self, place: usize) -> f64 {
        self.numbers.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn time(&self, place: usize) -> Option<Time> {
        let number = self.number(place);
        let time = if number < 0.0 {
            Time::parse(self.span(-1.0 - number)?)
        } else {
            Time::from_millis(number as i64)
        };
        time.ok()
    }

    pub(crate) fn text(&self, place: usize) -> Option<&str> {
        self.span(self.number(place))
    }

    fn span(&self, span: f64) -> Option<&str> {
        let span = span as u32;
        let (start, length) = (span / Self::SPAN, span % Self::SPAN);
        let bytes = self.texts.get(start as usize..start.saturating_add(length) as usize)?;
        core::str::from_utf8(bytes).ok()
    }
}

/// The facts that the front cannot check by itself: times, which may be texts, and texts that may not be blank.
const UNCHECKED: FactSet = {
    let (mut set, mut rest) = (FactSet::NONE, Fact::ALL);
    while let [fact, others @ ..] = rest {
        if let Kind::Time | Kind::Text { blank: false, .. } = fact.info().kind {
            set = set.or(FactSet::of(*fact));
        }
        rest = others;
    }
    set
};

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}
