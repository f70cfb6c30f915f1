//! What the fuzzer feeds with bytes: facts as JSON, terms as JSON, the flat record and the columns. Each target asserts
//! that nothing panics, that what is refused is refused in a sentence, and that every way to the same answer agrees.
//!
//! `cargo xtask fuzz` runs the fuzzer; `tests/properties.rs` puts the kept corpus to the same targets without it.

pub mod forms;
pub mod naive;

use naive::Seen;
use preflight::engine::batch::{Columns, InvalidRow, TextInterner};
use preflight::engine::compiled::rule_offset;
use preflight::engine::record::Record;
use preflight::explain::trace::trace;
use preflight::model::fact_types::{FactType, FactValue};
use preflight::model::facts::{Fact, FactSet, Facts, contradiction};
use preflight::model::notices::{Messages, Notices};
use preflight::model::text::Text;
use preflight::model::time::Time;
use preflight::{FactsError, Locale, Question, Terms, Value, check, explain};

/// A target, and its name, which is that of its folder in the corpus.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 4] =
    [("facts", facts), ("terms", terms), ("record", record), ("columns", columns)];

/// Facts as JSON.
pub fn facts(data: &[u8]) {
    let Some(value) = json(data) else { return };
    match Facts::read(&value) {
        Err(error) => assert_is_a_sentence(&error, &value),
        Ok(facts) => {
            let backwards = forms::reversed(&value);
            assert_eq!(Facts::read(&backwards).as_ref(), Ok(&facts), "the order of the fields matters");
            let written = serde_json::from_value(forms::to_json(&facts)).expect("any JSON is a value");
            assert_eq!(
                Facts::read(&written).as_ref(),
                Ok(&facts),
                "the facts are others when written and read"
            );
            assert_agreement(&facts, &Terms::default());
        }
    }
}

/// Terms as JSON.
pub fn terms(data: &[u8]) {
    const FACTS: [&str; 3] = [
        r#"{ "edition": "cloud", "order": { "status": "applied", "paidAt": 1614564000000, "appliedAt": 1614564000001, "invoice": "none" }, "now": 1615564000000 }"#,
        r#"{ "edition": "free_lifetime", "action": "save_voucher", "vouchers": { "saved": 50, "bought": 0 } }"#,
        r#"{ "edition": "paid" }"#,
    ];
    let Some(value) = json(data) else { return };
    match Terms::read(&value) {
        Err(error) => {
            assert_is_a_sentence(&error, &value);
            assert!(error.path == "terms" || error.path.starts_with("terms."), "{}", error.path);
        }
        Ok(terms) => {
            let written = serde_json::to_string(&terms).expect("terms can be written");
            let written = serde_json::from_str(&written).expect("they are JSON");
            assert_eq!(
                Terms::read(&written).as_ref(),
                Ok(&terms),
                "the terms are others when written and read"
            );
            for facts in FACTS {
                let value = serde_json::from_str(facts).expect("the facts are JSON");
                assert_agreement(&Facts::read(&value).expect("the facts are valid"), &terms);
            }
        }
    }
}

/// The flat record, filled with whatever bytes there are.
pub fn record(data: &[u8]) {
    let mut bytes = Bytes(data);
    let question = bytes.question();
    let known = bytes.word();
    let mut record = Record::new();
    record.numbers()[Record::KNOWN] = known;
    for fact in FactSet::from_bits(known.into()).iter() {
        let index = fact as usize;
        match fact.info().kind {
            FactType::Time => {
                record.instants()[index] = bytes.instant();
                record.numbers()[index] = bytes.span();
            }
            FactType::Text { .. } => record.numbers()[index] = bytes.span(),
            kind => record.numbers()[index] = bytes.number(&kind),
        }
    }
    for unit in record.units() {
        *unit = bytes.unit();
    }
    let Some(source) = record.facts() else { return };
    let facts = Facts::from_source(source);
    assert_eq!(facts.known(), FactSet::from_bits(known.into()), "a fact of the record is lost");
    let terms = Terms::default();
    let answer = check(question, source, &terms);
    assert_eq!(answer, check(question, &facts, &terms), "the record and the struct differ on {facts:?}");
    // What the record accepts is accepted as a caller's value too.
    let value = serde_json::from_value(forms::to_json(&facts)).expect("any JSON is a value");
    assert_eq!(Facts::read(&value).as_ref(), Ok(&facts), "the record accepts what is no valid value");
    assert_agreement(&facts, &terms);
}

/// Columns, filled with whatever bytes there are.
pub fn columns(data: &[u8]) {
    let mut bytes = Bytes(data);
    let question = bytes.question();
    let given = FactSet::from_bits(bytes.word().into());
    let (rows, texts) = (usize::from(bytes.byte()) % 130, usize::from(bytes.byte()) % 8);
    // Few facts are known where few bits are set, so that whole blocks are valid.
    let known_somewhere = bytes.word();
    let mut columns = Columns::new();
    let mut ends = vec![0];
    for _ in 0..texts {
        let end = ends.last().copied().unwrap_or_default() + usize::from(bytes.byte());
        ends.push(end);
    }
    let units: Vec<u16> = (0..ends[texts]).map(|_| bytes.unit()).collect();
    columns.units(units.len())[..units.len()].copy_from_slice(&units);
    for (place, end) in ends.iter().enumerate() {
        columns.bounds()[place] = *end as u32;
    }
    let strings: Vec<Option<String>> =
        ends.windows(2).map(|bounds| String::from_utf16(&units[bounds[0]..bounds[1]]).ok()).collect();
    let mut orders = Vec::new();
    for row in 0..rows {
        let mut facts = Some(Facts::default());
        let known = bytes.word() & known_somewhere;
        for fact in Fact::ALL.iter().copied() {
            let index = fact as usize;
            let (number, instant) = match fact.info().kind {
                _ if known & (1 << index) == 0 => (0, 0.0),
                FactType::Time => (0, bytes.instant()),
                kind => (bytes.number(&kind), 0.0),
            };
            columns.numbers()[index * Columns::ROWS + row] = number;
            if known & (1 << index) == 0 {
                continue;
            }
            columns.validity()[index * Columns::ROWS / 8 + row / 8] |= 1 << (row % 8);
            if matches!(fact.info().kind, FactType::Time) {
                let is_earlier_time =
                    |other: &&Fact| **other < fact && matches!(other.info().kind, FactType::Time);
                let column = Fact::ALL.iter().filter(is_earlier_time).count();
                columns.times()[column * Columns::ROWS + row] = instant;
            }
            if given.contains(fact) {
                let value = column_value(fact, number, instant, &strings);
                facts = facts.and_then(|mut facts| {
                    value.is_some_and(|value| facts.set(fact, Some(value))).then_some(facts)
                });
            }
        }
        orders.push(facts.filter(|facts| contradiction(facts).is_none()));
    }
    let terms = Terms::default();
    match columns.check(question, given, rows, texts, &terms) {
        Err(InvalidRow(row)) => {
            assert!(matches!(orders.get(row), Some(None)), "row {row} is valid: {:?}", orders.get(row));
        }
        Ok(()) => {
            for (row, facts) in orders.iter().enumerate() {
                let facts = facts.as_ref().unwrap_or_else(|| panic!("row {row} is invalid"));
                assert_eq!(
                    answer_in_columns(&columns, question, row),
                    naive::answer(question, facts, &terms),
                    "{facts:?}"
                );
            }
        }
    }
}

/// The value of a cell of a column; `None` where it is none.
fn column_value<'a>(
    fact: Fact,
    number: u32,
    instant: f64,
    texts: &'a [Option<String>],
) -> Option<FactValue<'a>> {
    Some(match fact.info().kind {
        FactType::Time => FactValue::Time(Time::from_whole_millis(instant)?),
        FactType::Choice(choices) => FactValue::Choice(choices.get(number as usize)?),
        FactType::Set(choices) => {
            (u64::from(number) < 1 << choices.len()).then_some(())?;
            FactValue::Set(preflight::model::add_ons::AddOns::from_bits(number.into()))
        }
        FactType::Text { blank, .. } => {
            let text = texts.get(number as usize)?.as_deref()?;
            let is_valid =
                text.chars().count() <= FactType::LONGEST_TEXT && (blank || !Text::Utf8(text).is_blank());
            is_valid.then_some(FactValue::Text(Text::Utf8(text)))?
        }
        FactType::Texts => {
            FactValue::Texts(Notices::Messages(Messages::from_bits(u8::try_from(number).ok()?)))
        }
        FactType::Flag => FactValue::Flag([false, true].get(number as usize).copied()?),
        FactType::Integer { .. } => FactValue::Integer(number),
    })
}

/// The answer to a row of columns.
fn answer_in_columns(columns: &Columns, question: Question, row: usize) -> Seen {
    let answers = columns.answers();
    let fired = u128::from(answers.fired[row]) << rule_offset(question);
    let missing = FactSet::from_bits(answers.missing[row].into());
    let verdict = preflight::Verdict::ALL[usize::from(answers.verdicts[row])];
    Seen::from_parts(verdict, preflight::engine::compiled::RuleSet::from_bits(fired), missing)
}

/// Every way to an answer leads to the same, for every question and in both languages.
pub fn assert_agreement(facts: &Facts<'_>, terms: &Terms) {
    let mut record = Record::new();
    let fits = forms::write(&mut record, facts);
    let mut columns = Columns::new();
    let mut texts = TextInterner::default();
    columns.put(0, facts, &mut texts);
    for question in Question::ALL.iter().copied() {
        let answer = check(question, facts, terms);
        let seen = Seen::of(&answer);
        assert_eq!(seen, naive::answer(question, facts, terms), "the naive evaluator: {facts:?}");
        if fits {
            let source = record.facts().expect("what is valid as a value is valid in the record");
            assert_eq!(check(question, source, terms), answer, "the flat record: {facts:?}");
        }
        assert_eq!(columns.check(question, FactSet::ALL, 1, texts.count(), terms), Ok(()));
        assert_eq!(answer_in_columns(&columns, question, 0), seen, "columns: {facts:?}");
        let traced = trace(question, facts, terms);
        assert_eq!(traced.verdict, answer.verdict, "trace: {facts:?}");
        for locale in [Locale::ZhCn, Locale::En] {
            let explanation = explain(question, facts, terms, locale);
            let explained = Seen {
                verdict: explanation.verdict.name(),
                codes: explanation.reasons.iter().map(|reason| reason.code).collect(),
                missing: explanation.missing.iter().map(|missing| missing.fact).collect(),
            };
            assert_eq!(explained, seen, "explain: {facts:?}");
            serde_json::to_string(&explanation).expect("an explanation can be written");
        }
    }
}

/// The error says where and what, on one line, and repeats no phone number that is in a text of the input.
fn assert_is_a_sentence(error: &FactsError, input: &Value) {
    let message = error.message();
    assert!(!error.path.is_empty() && !error.expected.is_empty() && !error.received.is_empty(), "{message}");
    assert!(!message.chars().any(char::is_control), "more than one line: {message:?}");
    assert!(message.chars().count() < 2000, "too long: {message}");
    // What stands in place of a time is no account and is shown whole.
    let is_time = |fact: &&Fact| fact.info().path == error.path && matches!(fact.info().kind, FactType::Time);
    if error.path.starts_with("terms") || Fact::ALL.iter().find(is_time).is_some() {
        return;
    }
    let mut numbers = Vec::new();
    phone_numbers(input, &mut numbers);
    for number in numbers {
        assert!(!message.contains(&number), "{number} is repeated: {message}");
    }
}

/// The digits of every phone number in the texts and in the names of fields.
fn phone_numbers(value: &Value, found: &mut Vec<String>) {
    let mut search = |text: &str| {
        let runs = text.split(|letter: char| !letter.is_ascii_digit());
        found.extend(runs.filter(|digits| digits.len() >= 11).map(String::from));
    };
    match value {
        Value::Text(text) => search(text),
        Value::Texts(texts) => texts.iter().for_each(|text| search(text)),
        Value::List(items) => items.iter().for_each(|item| phone_numbers(item, found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, _)| search(name));
            fields.iter().for_each(|(_, value)| phone_numbers(value, found));
        }
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Other(_) => {}
    }
}

fn json(data: &[u8]) -> Option<Value> {
    serde_json::from_slice(data).ok()
}

/// The rest of the input; where it is used up, zeros follow.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn unit(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    fn word(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    fn question(&mut self) -> Question {
        Question::ALL[usize::from(self.byte()) % Question::ALL.len()]
    }

    /// Most often a number that a fact of the type can be written as, so that many are valid; else anything.
    fn number(&mut self, kind: &FactType) -> u32 {
        let byte = self.byte();
        if byte >= 240 {
            return self.word();
        }
        let byte = u32::from(byte);
        match kind {
            FactType::Choice(choices) => byte % choices.len() as u32,
            FactType::Set(choices) => byte % (1 << choices.len()),
            FactType::Flag => byte % 2,
            FactType::Integer { min, .. } => min + byte,
            FactType::Text { .. } => byte % 4,
            FactType::Texts => byte % 16,
            FactType::Time => 0,
        }
    }

    /// A text among the units, most often a short one at the beginning.
    fn span(&mut self) -> u32 {
        match self.byte() {
            byte @ 0..224 => u32::from(byte / 16) * Record::UNITS as u32 + u32::from(byte % 16),
            _ => self.word(),
        }
    }

    /// Milliseconds, most often a few hours or days from an instant in 2021; else anything.
    fn instant(&mut self) -> f64 {
        let byte = self.byte();
        match byte {
            0..240 => 1_614_564_000_000.0 + f64::from(byte) * 3_600_000.0 * 3.0,
            240..242 => f64::NAN,
            _ => f64::from_bits(u64::from(self.word()) << 32 | u64::from(self.word())),
        }
    }
}
