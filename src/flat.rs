//! 平铺: facts as one flat record, which the package's front fills without converting an object.
//!
//! The front (its encoder is made from the table of facts) writes a number for each fact that is known
//! and the texts one after the other as UTF-8. It writes only what it knows to be right, bounds
//! included; whatever is odd it leaves to the way that can say what is wrong. No call allocates.

use crate::facts::{Fact, FactSet, Facts, Notices, Shown};
use crate::time::Time;

/// The record: a number for each fact, by its place in the table, and the texts.
///
/// | kind | number |
/// | --- | --- |
/// | choice | its place among the values |
/// | set | a bit for each value in it |
/// | text, texts | its span; several texts have a NUL at the end of each |
/// | flag | 0 or 1 |
/// | integer | itself |
/// | time | milliseconds since 1970, among the times |
///
/// A span is its start times [`Record::SPAN`] plus its length, in bytes.
#[derive(Debug)]
pub struct Record {
    numbers: Vec<u32>,
    times: Vec<f64>,
    texts: Vec<u8>,
}

impl Record {
    /// How many bytes the texts of one record may have together; it is also more than the length of any.
    pub const SPAN: u32 = 8192;

    /// An empty record. Its memory stays where it is.
    pub fn new() -> Self {
        let places = Fact::ALL.len();
        Self { numbers: vec![0; places], times: vec![0.0; places], texts: vec![0; Self::SPAN as usize] }
    }

    /// Where the numbers, the times and the texts stand.
    pub fn places(&self) -> (*const u32, *const f64, *const u8) {
        (self.numbers.as_ptr(), self.times.as_ptr(), self.texts.as_ptr())
    }

    /// The numbers, to read and to write.
    pub fn numbers(&mut self) -> &mut [u32] {
        &mut self.numbers
    }

    /// Writes what only the slow way could read: the times, and the messages that notices tell, a bit for each.
    pub fn put(&mut self, facts: &Facts<'_>) {
        for fact in facts.known().iter() {
            let place = fact as usize;
            match (facts.get(fact), self.times.get_mut(place), self.numbers.get_mut(place)) {
                (Some(Shown::Time(time)), Some(cell), _) => *cell = time.millis() as f64,
                (Some(Shown::Texts(notices)), _, Some(cell)) => *cell = notices.told().into(),
                _ => {}
            }
        }
    }

    /// The facts of the set; `None` where one cannot be read.
    pub fn facts(&self, known: FactSet) -> Option<Facts<'_>> {
        let mut facts = Facts::default();
        facts.unpack(self, known)?;
        Some(facts)
    }
}

/// Where the facts of one order stand as numbers, by their places in the table.
pub(crate) trait Cells<'a>: Copy {
    fn number(self, place: usize) -> u32;
    fn time(self, place: usize) -> Option<Time>;
    fn text(self, place: usize) -> Option<&'a str>;
    fn notices(self, place: usize) -> Option<Notices<'a>>;
}

impl<'a> Cells<'a> for &'a Record {
    #[inline(always)]
    fn number(self, place: usize) -> u32 {
        self.numbers.get(place).copied().unwrap_or_default()
    }

    fn time(self, place: usize) -> Option<Time> {
        Time::from_millis(self.times.get(place).copied().unwrap_or_default() as i64).ok()
    }

    fn text(self, place: usize) -> Option<&'a str> {
        let span = self.number(place);
        let (start, length) = (span / Record::SPAN, span % Record::SPAN);
        let bytes = self.texts.get(start as usize..start.saturating_add(length) as usize)?;
        core::str::from_utf8(bytes).ok()
    }

    fn notices(self, place: usize) -> Option<Notices<'a>> {
        self.text(place).map(Notices::packed)
    }
}

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}
