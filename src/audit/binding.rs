//! 列名: which columns are which facts.

use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, Fields, Schema};

use super::auditor::AuditError;
use crate::input::error::{ErrorCode, FactsError};
use crate::input::suggestions::quoted;
use crate::input::value::{Value, masked_excerpt};
use crate::input::values::read_value;
use crate::model::fact_types::FactType;
use crate::model::facts::{Fact, FactSet};
use crate::model::time::Time;

/// How the cells of the columns that are facts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// In the type that belongs to the fact: texts, booleans, whole numbers, times, lists of texts.
    #[default]
    Native,
    /// As text, as in CSV; a list is JSON.
    Text,
    /// As the text of a JSON value.
    Json,
}

/// 时差: how far local times are ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtcOffset {
    minutes: i32,
}

impl UtcOffset {
    /// The offset that is written like `+08:00` or `Z`.
    ///
    /// # Errors
    /// `wrong_type`, with the path `timezone`.
    pub fn read(text: &str) -> Result<Self, FactsError> {
        let read = || {
            if text == "Z" {
                return Some(0);
            }
            let (sign, rest) = match text.split_at_checked(1)? {
                ("+", rest) => (1, rest),
                ("-", rest) => (-1, rest),
                _ => return None,
            };
            let (hours, minutes) = rest.split_once(':')?;
            let number = |digits: &str, most: i32| {
                let plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
                digits.parse::<i32>().ok().filter(|number| plain && *number <= most)
            };
            let minutes = number(hours, 23)?.saturating_mul(60).saturating_add(number(minutes, 59)?);
            Some(minutes.saturating_mul(sign))
        };
        read().map(|minutes| Self { minutes }).ok_or_else(|| {
            let received = Value::Text(text.into()).describe();
            FactsError::new(ErrorCode::WrongType, "timezone", "an offset from UTC like `+08:00`", received)
        })
    }

    /// The offset in milliseconds.
    pub(super) fn millis(self) -> i64 {
        i64::from(self.minutes).saturating_mul(60_000)
    }

    /// The offset as RFC 3339 has it.
    pub(super) fn suffix(self) -> String {
        let (sign, minutes) = (if self.minutes < 0 { '-' } else { '+' }, self.minutes.unsigned_abs());
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Which columns are facts, and how they are read, where their names and types alone do not say it.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Columns that are facts under another name, each with the path of the fact.
    pub facts: Vec<(String, String)>,
    /// Columns that are not read, though their names are like those of facts.
    pub ignored: Vec<String>,
    /// Columns that are copied into the answers, in this order.
    pub ids: Vec<String>,
    /// The offset of times that are without a zone; without it they are refused.
    pub timezone: Option<UtcOffset>,
    /// The time at which the question is asked for every order, where no column has it.
    pub now: Option<Time>,
    /// How the cells are written.
    pub encoding: Encoding,
}

/// A column that is a fact.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The fact.
    pub fact: Fact,
    /// The name of the column; within structures, with a dot between the names.
    pub name: String,
    /// Where it is: the index of the column, then of each field within it.
    place: Vec<usize>,
}

/// What the columns of a schema are.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The columns that are facts, in the order of the table of facts.
    pub facts: Vec<Bound>,
    /// The indices of the columns that are copied.
    pub ids: Vec<usize>,
    /// The names of the columns that are not read.
    pub unread: Vec<String>,
}

/// A column, or a field within columns that are structures.
struct Leaf<'s> {
    name: String,
    place: Vec<usize>,
    data_type: &'s DataType,
}

impl Binding {
    /// Finds the facts and the columns to copy among the columns of a schema.
    ///
    /// # Errors
    /// A name that is like a fact's and is none, a name in the mapping that is no column or no fact, two columns for one
    /// fact, a column of a type that the fact cannot have, a time without a zone.
    pub fn new(schema: &Schema, mapping: &Mapping) -> Result<Self, AuditError> {
        let mut leaves = Vec::new();
        collect(schema.fields(), "", &[], &mut leaves);
        let exists = |name: &str| leaves.iter().any(|leaf| leaf.name == name);
        for (name, _) in &mapping.facts {
            if !exists(name) {
                return Err(no_column(name, schema).into());
            }
        }
        let index_of = |name: &String| {
            let mut places = schema.fields().iter().enumerate().filter(|(_, field)| field.name() == name);
            match (places.next(), places.next()) {
                (Some((place, _)), None) => Ok(place),
                (None, _) => Err(no_column(name, schema)),
                (Some(_), Some(_)) => {
                    let shown = masked_excerpt(name);
                    Err(FactsError::new(
                        ErrorCode::WrongType,
                        shown.as_str(),
                        "one column of that name",
                        "given twice",
                    ))
                }
            }
        };
        let ids = mapping.ids.iter().map(index_of).collect::<Result<Vec<_>, _>>()?;
        let (mut facts, mut unread): (Vec<Bound>, _) = (Vec::new(), Vec::new());
        for Leaf { name, place, data_type } in leaves {
            let is_id = mapping.ids.contains(&name);
            match mapping.fact_of(&name, is_id)? {
                None if is_id || mapping.ignored.contains(&name) => {}
                None => unread.push(name),
                Some(fact) => {
                    if let Some(other) = facts.iter().find(|other| other.fact == fact) {
                        return Err(twice(fact, &other.name, &name).into());
                    }
                    accept(fact, data_type, mapping)?;
                    facts.push(Bound { fact, name, place });
                }
            }
        }
        facts.sort_by_key(|bound| bound.fact);
        if let (Some(_), Some(bound)) = (mapping.now, facts.iter().find(|bound| bound.fact == Fact::now)) {
            let received = format!(
                "given twice, by the column `{}` and as one time for every order",
                masked_excerpt(&bound.name)
            );
            let expected = "one of them (a column can be ignored)";
            return Err(FactsError::new(ErrorCode::WrongType, "now", expected, received).into());
        }
        if facts.is_empty() {
            let names: Vec<_> = schema.fields().iter().map(|field| masked_excerpt(field.name())).collect();
            let names = quoted(&names.iter().map(String::as_str).collect::<Vec<_>>());
            let received = if names.is_empty() { "none".into() } else { format!("only {names}") };
            let expected = "at least one column named for a fact, like `order.status` or `order_status`";
            return Err(FactsError::new(ErrorCode::WrongType, "columns", expected, received).into());
        }
        Ok(Self { facts, ids, unread })
    }

    /// The facts that have a column.
    pub fn given(&self) -> FactSet {
        self.facts.iter().map(|bound| bound.fact).collect()
    }

    /// The indices of the columns that are read or copied, in ascending order.
    pub fn needed(&self) -> Vec<usize> {
        let facts = self.facts.iter().filter_map(Bound::root);
        let mut needed: Vec<_> = facts.chain(self.ids.iter().copied()).collect();
        needed.sort_unstable();
        needed.dedup();
        needed
    }
}

impl Bound {
    /// The index of the column, or of the structure that it is within.
    pub(super) fn root(&self) -> Option<usize> {
        self.place.first().copied()
    }

    /// The column in a batch. A row of a structure that is null has no fields.
    pub(super) fn column(&self, batch: &RecordBatch) -> Option<ArrayRef> {
        let (first, rest) = self.place.split_first()?;
        let mut column = batch.columns().get(*first)?.clone();
        for index in rest {
            let fields = column.as_any().downcast_ref::<StructArray>()?;
            column = match fields.nulls() {
                None => fields.columns().get(*index)?.clone(),
                // Merges the nulls of the structure into those of the field.
                Some(_) => {
                    let (_, columns, nulls) = fields.clone().into_parts();
                    let field = columns.get(*index)?;
                    let nulls = arrow_buffer::NullBuffer::union(nulls.as_ref(), field.nulls());
                    let data = field.to_data().into_builder().nulls(nulls).build().ok()?;
                    arrow_array::make_array(data)
                }
            };
        }
        Some(column)
    }
}

impl Mapping {
    /// The fact that the column is, if it is one.
    fn fact_of(&self, column: &str, is_id: bool) -> Result<Option<Fact>, FactsError> {
        if let Some((_, path)) = self.facts.iter().find(|(name, _)| name == column) {
            return fact_named(path).map(Some).ok_or_else(|| unknown(path, "the path of a fact"));
        }
        if self.ignored.iter().any(|name| name == column) {
            return Ok(None);
        }
        let fact = fact_named(column);
        if fact.is_none() && !is_id && meant(column).is_some() {
            return Err(unknown(
                column,
                "the name of a fact as its path has it, or with `_` for the dot; map the column if it is a fact, or \
                 ignore it if it is none",
            ));
        }
        Ok(fact)
    }
}

/// The names of a fact: its path, the same with `_` for the dot, and its name in Rust.
fn names(fact: Fact) -> [String; 3] {
    let path = fact.info().path;
    [path.into(), path.replace('.', "_"), format!("{fact:?}")]
}

/// The fact of that name; case does not matter, because some warehouses keep lower case only.
pub(super) fn fact_named(name: &str) -> Option<Fact> {
    Fact::ALL.iter().copied().find(|fact| names(*fact).iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// The fact that a name which is none was probably meant to be. One letter in four may differ: `order_statsu` is a
/// mistake, and `product_id` is a column of its own.
fn meant(name: &str) -> Option<Fact> {
    let given = name.to_ascii_lowercase();
    let most = (given.chars().count() / 4).min(3);
    let distance = |fact: Fact| {
        names(fact).iter().map(|known| strsim::osa_distance(&given, &known.to_ascii_lowercase())).min()
    };
    let nearest = Fact::ALL.iter().copied().filter_map(|fact| Some((distance(fact)?, fact))).min()?;
    (nearest.0 <= most).then_some(nearest.1)
}

fn unknown(name: &str, expected: &str) -> FactsError {
    let shown = masked_excerpt(name);
    FactsError::new(ErrorCode::UnknownField, shown.as_str(), expected, format!("a column named `{shown}`"))
        .with_suggestion(meant(name).map(|fact| fact.info().path))
}

fn no_column(name: &str, schema: &Schema) -> FactsError {
    let known: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let shown = masked_excerpt(name);
    FactsError::new(
        ErrorCode::UnknownField,
        shown.as_str(),
        format!("one of the columns {}", quoted(&known)),
        format!("a column named `{shown}`"),
    )
    .with_suggestion(crate::input::suggestions::nearest(name, &known))
}

fn twice(fact: Fact, one: &str, other: &str) -> FactsError {
    let [one, other] = [one, other].map(masked_excerpt);
    let received = format!("given twice, as `{one}` and as `{other}`");
    FactsError::new(ErrorCode::WrongType, fact.info().path, "one column", received)
}

/// Collects the columns, and the fields of those that are structures.
fn collect<'s>(fields: &'s Fields, prefix: &str, place: &[usize], leaves: &mut Vec<Leaf<'s>>) {
    for (index, field) in fields.iter().enumerate() {
        let (name, place) = (format!("{prefix}{}", field.name()), [place, &[index]].concat());
        match field.data_type() {
            DataType::Struct(fields) => collect(fields, &format!("{name}."), &place, leaves),
            data_type => leaves.push(Leaf { name, place, data_type }),
        }
    }
}

/// Whether cells of the type can be values of the fact.
fn accept(fact: Fact, data_type: &DataType, mapping: &Mapping) -> Result<(), FactsError> {
    let kind = &fact.info().kind;
    let accepted = match (mapping.encoding, kind, data_type) {
        (_, _, DataType::Null) => true,
        (Encoding::Text | Encoding::Json, _, _) => is_text(data_type),
        (_, FactType::Time, DataType::Timestamp(_, None)) if mapping.timezone.is_none() => {
            return Err(FactsError::new(
                ErrorCode::WrongType,
                fact.info().path,
                "a time with a zone, or the offset that its times have, like +08:00",
                "a column of times without a zone",
            ));
        }
        (_, FactType::Time, DataType::Timestamp(..)) => true,
        (_, FactType::Time, _) => is_text(data_type) || data_type.is_integer(),
        (_, FactType::Choice(_) | FactType::Text { .. }, _) => is_text(data_type),
        (_, FactType::Flag, _) => *data_type == DataType::Boolean,
        (_, FactType::Integer { .. }, _) => {
            data_type.is_integer() || matches!(data_type, DataType::Float32 | DataType::Float64)
        }
        (_, FactType::Set(_) | FactType::Texts, DataType::List(items) | DataType::LargeList(items)) => {
            is_text(items.data_type()) || *items.data_type() == DataType::Null
        }
        (_, FactType::Set(_) | FactType::Texts, _) => false,
    };
    if accepted {
        return Ok(());
    }
    let received = format!("a column of type {data_type}");
    // The error that any value of a wrong type would get says what is expected.
    let error = match read_value(fact.info().path, &Value::Other(received.clone()), kind) {
        Err(error) => error.expected.clone(),
        Ok(_) => "another type".into(),
    };
    Err(FactsError::new(ErrorCode::WrongType, fact.info().path, error, received))
}

/// Whether the cells are texts, in whatever form.
fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}
