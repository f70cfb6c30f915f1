//! 平铺记录: the facts of one question as a flat record in linear memory, which JavaScript fills.
//!
//! The package's front, whose encoder is made from the table of facts, writes each known fact as a number and the
//! texts as they are. It looks at the JavaScript type alone; whether a value is within its bounds is validated here.
//! What the encoder cannot place, and what is not valid here, crosses as the caller's own value instead, and the
//! engine says what is wrong with it. No call allocates.

use crate::model::choices::Product;
use crate::model::fact_types::FactType;
use crate::model::facts::{Fact, FactSet, FactSource, contradiction};
use crate::model::notices::Notices;
use crate::model::text::Text;
use crate::model::time::Time;

/// The record: a number for each fact by its index in the table, then the words below; the instants; the texts.
///
/// | type | number |
/// | --- | --- |
/// | choice | its index among the values |
/// | set | a bit for each value in it |
/// | text | its span among the units |
/// | texts | where its list begins among the units |
/// | flag | 0 or 1 |
/// | integer | itself |
/// | time | its span, where it is a text; then its instant is NaN. Else nothing, and the instant is in milliseconds |
///
/// A span is its start times [`Record::UNITS`] plus its length, in UTF-16 units. A list of texts is how many there
/// are, where each ends, counted from where the first begins, and the units of all of them.
#[derive(Debug, Clone)]
pub struct Record {
    numbers: Vec<u32>,
    instants: Vec<f64>,
    units: Vec<u16>,
}

const FACTS: usize = Fact::ALL.len();

const _: () = {
    assert!(FACTS <= 53, "a set of facts is one number in JavaScript");
    assert!(Product::ADD_ONS.len() <= 32, "a set of add-ons is one number of the record");
};

/// The smallest and the largest number that a fact can be written as.
#[derive(Clone, Copy)]
struct Limits {
    min: u32,
    max: u32,
}

impl Limits {
    const fn of(kind: &FactType) -> Self {
        match kind {
            FactType::Choice(choices) => Self { min: 0, max: (choices.len() as u32).saturating_sub(1) },
            FactType::Set(choices) => Self { min: 0, max: (1_u32 << choices.len()).saturating_sub(1) },
            FactType::Flag => Self { min: 0, max: 1 },
            FactType::Integer { min, max } => Self { min: *min, max: *max },
            // Not the number but what it stands for is validated.
            FactType::Time | FactType::Text { .. } | FactType::Texts => Self { min: 0, max: u32::MAX },
        }
    }

    const fn contain(self, number: u32) -> bool {
        self.min <= number && number <= self.max
    }
}

/// The limits of each fact.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
static LIMITS: [Limits; FACTS] = {
    let (mut limits, mut index) = ([Limits { min: 0, max: 0 }; FACTS], 0);
    while index < FACTS {
        limits[index] = Limits::of(&Fact::ALL[index].info().kind);
        index += 1;
    }
    limits
};

/// The facts of some type.
macro_rules! facts_of_type {
    ($pattern:pat) => {{
        let (mut set, mut rest) = (FactSet::EMPTY, Fact::ALL);
        while let [fact, others @ ..] = rest {
            if matches!(fact.info().kind, $pattern) {
                set = set.with_index(*fact as usize);
            }
            rest = others;
        }
        set
    }};
}

/// The facts whose numbers have limits.
const LIMITED: FactSet =
    facts_of_type!(FactType::Choice(_) | FactType::Set(_) | FactType::Flag | FactType::Integer { .. });
/// The facts that are times.
const TIMES: FactSet = facts_of_type!(FactType::Time);
/// The facts that are texts.
pub(super) const TEXTS: FactSet = facts_of_type!(FactType::Text { .. });
/// Those of them that may not be blank.
const NAMES: FactSet = facts_of_type!(FactType::Text { blank: false, .. });
/// The facts that are lists of texts.
const LISTS: FactSet = facts_of_type!(FactType::Texts);

impl Record {
    /// How many units the texts of one record may have together; it is also more than the length of any.
    pub const UNITS: usize = 8192;
    /// The index of the words that say which facts are known, 32 to a word, lowest bit first.
    pub const KNOWN: usize = FACTS;
    /// How many words a set of facts takes.
    pub const WORDS: usize = FACTS.div_ceil(32);
    /// The index of the word for the rules that fired, counted from the first that the question asks.
    pub const FIRED: usize = Self::KNOWN.wrapping_add(Self::WORDS);
    /// The index of the words for the facts that are missing, like those that are known.
    pub const MISSING: usize = Self::FIRED.wrapping_add(1);
    /// How many numbers there are in all.
    pub const NUMBERS: usize = Self::MISSING.wrapping_add(Self::WORDS);

    /// An empty record. Its memory stays where it is.
    pub fn new() -> Self {
        Self { numbers: vec![0; Self::NUMBERS], instants: vec![0.0; FACTS], units: vec![0; Self::UNITS] }
    }

    /// The numbers.
    pub fn numbers(&mut self) -> &mut [u32] {
        &mut self.numbers
    }

    /// The instants of facts that are times, by the index of the fact; NaN where the text says it.
    pub fn instants(&mut self) -> &mut [f64] {
        &mut self.instants
    }

    /// The units of the texts.
    pub fn units(&mut self) -> &mut [u16] {
        &mut self.units
    }

    /// The facts that were written, if all of them are valid: times are read, bounds and contradictions checked.
    pub fn facts(&mut self) -> Option<RecordFacts<'_>> {
        let known = FactSet::from_bits(self.words(Self::KNOWN).into());
        for fact in known.intersection(LIMITED).iter() {
            let limits = LIMITS.get(fact as usize)?;
            limits.contain(self.number(fact as usize)).then_some(())?;
        }
        for fact in known.intersection(TIMES).iter() {
            self.read_time(fact as usize)?;
        }
        for fact in known.intersection(TEXTS).iter() {
            let text = valid_text(self.span(fact as usize)?)?;
            if NAMES.contains(fact) && text.is_blank() {
                return None;
            }
        }
        for fact in known.intersection(LISTS).iter() {
            self.valid_texts(fact as usize)?;
        }
        let facts = RecordFacts { record: self, known };
        contradiction(facts).is_none().then_some(facts)
    }

    /// Writes the rules that fired, counted from the first that the question asks, and the facts that are missing.
    pub fn write_answer(&mut self, fired: u32, missing: FactSet) {
        if let Some(word) = self.numbers.get_mut(Self::FIRED) {
            *word = fired;
        }
        let words = self.numbers.iter_mut().skip(Self::MISSING).take(Self::WORDS);
        for (index, word) in words.enumerate() {
            *word = missing.low_bits().wrapping_shr(32_u32.wrapping_mul(index as u32)) as u32;
        }
    }

    /// The set whose words begin at the index.
    fn words(&self, at: usize) -> u64 {
        let mut bits = 0;
        for word in (0..Self::WORDS).rev() {
            bits = bits << 32 | u64::from(self.number(at.wrapping_add(word)));
        }
        bits
    }

    #[inline(always)]
    fn number(&self, index: usize) -> u32 {
        self.numbers.get(index).copied().unwrap_or_default()
    }

    #[inline(always)]
    fn span(&self, index: usize) -> Option<&[u16]> {
        let span = self.number(index) as usize;
        let (start, length) = (span / Self::UNITS, span % Self::UNITS);
        self.units.get(start..start.wrapping_add(length))
    }

    /// Reads a time in either form, and puts its instant in place.
    fn read_time(&mut self, index: usize) -> Option<()> {
        let instant = self.instants.get(index).copied()?;
        let time = if instant.is_nan() {
            Time::parse(valid_text(self.span(index)?)?).ok()?
        } else {
            Time::from_whole_millis(instant)?
        };
        *self.instants.get_mut(index)? = time.millis() as f64;
        Some(())
    }

    /// The notices whose list begins where the number says.
    fn texts(&self, index: usize) -> Option<Notices<'_>> {
        let (count, rest) = self.units.get(self.number(index) as usize..)?.split_first()?;
        let (ends, units) = rest.split_at_checked((*count).into())?;
        Some(Notices::Record { units, ends })
    }

    fn valid_texts(&self, index: usize) -> Option<()> {
        let Notices::Record { units, ends } = self.texts(index)? else { return None };
        let mut start = 0_usize;
        for end in ends {
            let end = usize::from(*end);
            valid_text(units.get(start..end)?)?;
            start = end;
        }
        (ends.len() <= FactType::LONGEST_LIST).then_some(())
    }
}

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}

/// The text of the units, if it is well-formed and not too long.
pub(crate) fn valid_text(units: &[u16]) -> Option<Text<'_>> {
    let text = Text::from_utf16(units)?;
    (units.len() <= FactType::LONGEST_TEXT || text.count() <= FactType::LONGEST_TEXT).then_some(text)
}

/// The valid facts of a record.
#[derive(Debug, Clone, Copy)]
pub struct RecordFacts<'a> {
    record: &'a Record,
    known: FactSet,
}

impl<'a> FactSource<'a> for RecordFacts<'a> {
    #[inline(always)]
    fn known(self) -> FactSet {
        self.known
    }

    #[inline(always)]
    fn is_known(self, fact: Fact) -> bool {
        self.known.contains(fact)
    }

    #[inline(always)]
    fn number(self, fact: Fact) -> u32 {
        self.record.number(fact as usize)
    }

    #[inline(always)]
    fn time(self, fact: Fact) -> Option<Time> {
        self.record.instants.get(fact as usize).copied().and_then(Time::from_whole_millis)
    }

    #[inline(always)]
    fn text(self, fact: Fact) -> Option<Text<'a>> {
        self.record.span(fact as usize).map(Text::Utf16)
    }

    #[inline(always)]
    fn notices(self, fact: Fact) -> Option<Notices<'a>> {
        self.record.texts(fact as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choices::Edition;
    use crate::model::facts::Facts;

    /// Writes facts as the front does.
    fn write(record: &mut Record, facts: &[(Fact, Cell<'_>)]) {
        let mut end = 0;
        let mut known = 0_u128;
        for (fact, cell) in facts {
            let index = *fact as usize;
            known |= 1 << index;
            match cell {
                Cell::Number(number) => record.numbers()[index] = *number,
                Cell::Instant(instant) => record.instants()[index] = *instant,
                Cell::Text(text) => {
                    let units: Vec<u16> = text.encode_utf16().collect();
                    record.units()[end..end + units.len()].copy_from_slice(&units);
                    record.numbers()[index] = (end * Record::UNITS + units.len()) as u32;
                    record.instants()[index] = f64::NAN;
                    end += units.len();
                }
                Cell::Texts(texts) => {
                    record.numbers()[index] = end as u32;
                    record.units()[end] = texts.len() as u16;
                    let first = end + 1 + texts.len();
                    let mut next = first;
                    for (place, text) in texts.iter().enumerate() {
                        for unit in text.encode_utf16() {
                            record.units()[next] = unit;
                            next += 1;
                        }
                        record.units()[end + 1 + place] = (next - first) as u16;
                    }
                    end = next;
                }
            }
        }
        for word in 0..Record::WORDS {
            record.numbers()[Record::KNOWN + word] = (known >> (32 * word)) as u32;
        }
    }

    enum Cell<'a> {
        Number(u32),
        Instant(f64),
        Text(&'a str),
        Texts(&'a [&'a str]),
    }

    #[test]
    fn facts_are_read_as_they_were_written() {
        let mut record = Record::new();
        let facts = [
            (Fact::edition, Cell::Number(1)),
            (Fact::need_ledger, Cell::Text("A账套😀")),
            (Fact::need_year, Cell::Number(2020)),
            (Fact::opened, Cell::Number(0b10001)),
            (Fact::activation_notices, Cell::Texts(&["非法复制品", "", "网络"])),
            (Fact::now, Cell::Text("2021-03-02T10:00:00+08:00")),
            (Fact::order_paid_at, Cell::Instant(1_614_564_000_000.0)),
        ];
        write(&mut record, &facts);
        let read = Facts::from_source(record.facts().unwrap());
        assert_eq!(read.known().iter().count(), facts.len());
        assert_eq!(read.edition, Some(Edition::Cloud));
        assert_eq!(read.need_ledger, Some("A账套😀".into()));
        assert_eq!(read.need_year.map(|year| year.get()), Some(2020));
        assert!(
            read.opened
                .is_some_and(|set| set.contains(Product::CloudBackup) && set.contains(Product::Ledger))
        );
        let notices = ["非法复制品", "", "网络"].map(String::from);
        assert_eq!(read.activation_notices, Some(Notices::List(&notices)));
        assert_eq!(read.now.map(Time::to_rfc3339).as_deref(), Some("2021-03-02T10:00:00+08:00"));
    }

    #[test]
    fn every_fact_has_its_own_bit_up_to_the_last() {
        let mut record = Record::new();
        for fact in Fact::ALL {
            record.numbers.fill(0);
            let bits = FactSet::of(&[*fact]).low_bits();
            record.numbers[Record::KNOWN + *fact as usize / 32] = 1 << (*fact as usize % 32);
            assert_eq!(record.words(Record::KNOWN), bits, "{fact:?}");
            record.write_answer(7, FactSet::of(&[*fact]));
            assert_eq!((record.numbers[Record::FIRED], record.words(Record::MISSING)), (7, bits), "{fact:?}");
        }
    }

    #[test]
    fn what_is_not_valid_is_left_to_the_way_that_says_what_is_wrong() {
        let long = "长".repeat(1001);
        let many: Vec<&str> = vec![""; 101];
        for (fact, cell) in [
            (Fact::edition, Cell::Number(3)),
            (Fact::opened, Cell::Number(1 << 5)),
            (Fact::member_replaces_old, Cell::Number(2)),
            (Fact::need_year, Cell::Number(1989)),
            (Fact::vouchers_saved, Cell::Number(u32::MAX)),
            (Fact::need_ledger, Cell::Text(" \u{3000}")),
            (Fact::need_ledger, Cell::Text(&long)),
            (Fact::activation_notices, Cell::Texts(&many)),
            (Fact::activation_notices, Cell::Texts(&["", &long])),
            (Fact::now, Cell::Text("2021-02-30T10:00:00+08:00")),
            (Fact::now, Cell::Text("")),
            (Fact::now, Cell::Instant(0.5)),
            (Fact::now, Cell::Instant(f64::INFINITY)),
            (Fact::now, Cell::Instant(-1.0)),
        ] {
            let mut record = Record::new();
            write(&mut record, &[(fact, cell)]);
            assert!(record.facts().is_none(), "{fact:?}");
        }
        let mut record = Record::new();
        write(
            &mut record,
            &[
                (Fact::now, Cell::Instant(1_614_563_999_999.0)),
                (Fact::order_paid_at, Cell::Text("2021-03-01T10:00:00+08:00")),
            ],
        );
        assert!(record.facts().is_none(), "now is before the payment");
    }
}
