//! Orders made up at random, the same for the same seed: with facts that are not known, values that are invalid, and
//! times that contradict each other.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, StringDictionaryBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{ArrayRef, Int64Array, RecordBatch};
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::{Facts, Question, Terms, Value, check};

/// A sequence of numbers that look random (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The value of each fact of an order, in the order of the table.
pub type Order = Vec<Option<Value>>;

/// The first instant of the times that are made up.
const FIRST: i64 = 1_609_430_400_000;

/// Orders of which about one in forty has an invalid value.
pub fn orders(count: usize, seed: u64) -> Vec<Order> {
    let mut random = Random(seed);
    let order = |random: &mut Random| Fact::ALL.iter().map(|fact| value(*fact, random)).collect();
    (0..count).map(|_| order(&mut random)).collect()
}

fn value(fact: Fact, random: &mut Random) -> Option<Value> {
    if random.one_in(7) {
        return None;
    }
    // There are many facts, so that some value of an order is invalid often enough.
    let is_bad = random.one_in(800);
    Some(match fact.info().kind {
        // Most times are in the order in which they can be.
        FactType::Time => {
            let place = match fact {
                Fact::order_paid_at => 0,
                Fact::order_applied_at => 1,
                _ => 2,
            };
            let days = if random.one_in(300) { -70 } else { place * 5 } + random.below(7) as i64;
            let millis = FIRST + days * 86_400_000 + random.below(86_400_000) as i64;
            Value::Integer(if is_bad { 946_655_999_999 } else { millis })
        }
        FactType::Choice(_) if is_bad => Value::Text("nonsense".into()),
        FactType::Choice(choices) => Value::Text(choices[random.below(choices.len())].name.into()),
        FactType::Set(choices) => {
            let mut items: Vec<_> = choices
                .iter()
                .filter(|_| random.one_in(2))
                .map(|choice| Value::Text(choice.name.into()))
                .collect();
            if is_bad {
                items.push(Value::Text("full_edition".into()));
            }
            Value::list(items)
        }
        FactType::Text { .. } if is_bad => Value::Text("长".repeat(1001)),
        FactType::Text { blank, .. } => {
            const NAMES: [&str; 8] =
                ["A", "A账套", "B", "小明的公司", "13800000001", "138****0001", "me@example.com", "Ａ"];
            let blank_at = if blank || random.one_in(200) { 2 } else { 0 };
            let index = random.below(NAMES.len() + blank_at);
            Value::Text(NAMES.get(index).copied().unwrap_or(" ").into())
        }
        FactType::Texts => {
            const NOTICES: [&str; 4] = ["非法复制品", "认证超台数", "当前ip地址已使用了其他账号", "其他"];
            let count = if is_bad { 101 } else { random.below(3) };
            Value::list(
                (0..count).map(|_| Value::Text(NOTICES[random.below(NOTICES.len())].into())).collect(),
            )
        }
        FactType::Flag => Value::Bool(random.one_in(2)),
        FactType::Integer { max, .. } if is_bad => Value::Integer(i64::from(max) + 1),
        FactType::Integer { min, max } => {
            Value::Integer(i64::from(min) + random.below((max - min).min(130) as usize + 1) as i64)
        }
    })
}

/// The order as `check` reads it.
pub fn as_object(order: &Order) -> Value {
    let mut object: Vec<(String, Value)> = Vec::new();
    for (fact, value) in Fact::ALL.iter().zip(order) {
        let Some(value) = value.clone() else { continue };
        match fact.info().path.split_once('.') {
            None => object.push((fact.info().path.into(), value)),
            Some((group, name)) => match object.iter_mut().find(|(known, _)| known == group) {
                Some((_, Value::Object(fields))) => fields.push((name.into(), value)),
                _ => object.push((group.into(), Value::Object(vec![(name.into(), value)]))),
            },
        }
    }
    Value::Object(object)
}

/// An answer as it is compared: the verdict, the codes, the missing facts, and why it is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub verdict: String,
    pub codes: Vec<String>,
    pub missing: Vec<String>,
    pub invalid: Option<(String, String)>,
}

/// Fails with the first answer that is another than expected.
pub fn assert_same(answered: &[Expected], expected: &[Expected], what: &str) {
    assert_eq!(answered.len(), expected.len(), "{what}");
    for (row, (answered, expected)) in answered.iter().zip(expected).enumerate() {
        assert_eq!(answered, expected, "{what}, row {row}");
    }
}

/// The answer of `check`.
pub fn expected(question: Question, order: &Order, terms: &Terms) -> Expected {
    let object = as_object(order);
    match Facts::read(&object) {
        Ok(facts) => {
            let answer = check(question, &facts, terms);
            Expected {
                verdict: answer.verdict.name().into(),
                codes: answer.fired.rules().map(|rule| rule.code.into()).collect(),
                missing: answer.missing.iter().map(|fact| fact.info().path.into()).collect(),
                invalid: None,
            }
        }
        Err(error) => Expected {
            verdict: "invalid".into(),
            codes: Vec::new(),
            missing: Vec::new(),
            invalid: Some((error.code.name().into(), error.path.clone())),
        },
    }
}

/// Orders as a batch with a column `id` that counts from `first`. `variety` says which of the types that a column can
/// have it has.
pub fn batch(orders: &[Order], first: usize, variety: usize) -> RecordBatch {
    let ids = Int64Array::from_iter_values((first..first + orders.len()).map(|id| id as i64));
    let mut columns: Vec<(String, ArrayRef)> = vec![("id".into(), Arc::new(ids))];
    for (index, fact) in Fact::ALL.iter().enumerate() {
        let cells = orders.iter().map(|order| order[index].as_ref());
        let path = fact.info().path;
        let name = if variety.is_multiple_of(2) { path.into() } else { path.replace('.', "_") };
        columns.push((name, column(&fact.info().kind, cells, variety + index)));
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn text(value: &Value) -> &str {
    let Value::Text(text) = value else { panic!("{value:?} is no text") };
    text
}

fn integer(value: &Value) -> i64 {
    let Value::Integer(number) = value else { panic!("{value:?} is no number") };
    *number
}

fn column<'v>(kind: &FactType, cells: impl Iterator<Item = Option<&'v Value>>, variety: usize) -> ArrayRef {
    macro_rules! texts {
        ($builder:expr) => {{
            let mut builder = $builder;
            cells.for_each(|cell| builder.append_option(cell.map(text)));
            Arc::new(builder.finish())
        }};
    }
    macro_rules! lists {
        ($items:expr) => {{
            let mut builder = ListBuilder::new($items);
            for cell in cells {
                match cell {
                    Some(Value::Texts(items)) => builder.append_value(items.iter().map(Some)),
                    _ => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }};
    }
    match kind {
        FactType::Time => {
            let mut builder = TimestampMicrosecondBuilder::new();
            cells.for_each(|cell| builder.append_option(cell.map(|cell| integer(cell) * 1000 + 999)));
            Arc::new(builder.finish().with_timezone("+08:00"))
        }
        FactType::Choice(_) | FactType::Text { .. } => match variety % 5 {
            0 => texts!(StringDictionaryBuilder::<Int32Type>::new()),
            1 => texts!(StringBuilder::new()),
            2 => texts!(StringDictionaryBuilder::<Int8Type>::new()),
            3 => texts!(arrow_array::builder::StringViewBuilder::new()),
            _ => texts!(StringDictionaryBuilder::<UInt16Type>::new()),
        },
        FactType::Set(_) | FactType::Texts if variety.is_multiple_of(2) => lists!(StringBuilder::new()),
        FactType::Set(_) | FactType::Texts => lists!(StringDictionaryBuilder::<Int32Type>::new()),
        FactType::Flag => {
            let mut builder = BooleanBuilder::new();
            cells.for_each(|cell| builder.append_option(cell.map(|cell| *cell == Value::Bool(true))));
            Arc::new(builder.finish())
        }
        FactType::Integer { .. } if variety.is_multiple_of(2) => {
            let mut builder = Int64Builder::new();
            cells.for_each(|cell| builder.append_option(cell.map(integer)));
            Arc::new(builder.finish())
        }
        FactType::Integer { .. } => {
            let mut builder = Float64Builder::new();
            cells.for_each(|cell| builder.append_option(cell.map(|cell| integer(cell) as f64)));
            Arc::new(builder.finish())
        }
    }
}
