//! 读取: how what a caller passed is taken apart, and what is wrong with it is told.

use crate::error::{ErrorCode, FactsError, nearest, quoted, unknown_field};
use crate::facts::{AddOns, Choice, Datum, Kind, Notices, Product, Shown, Text};
use crate::time::Time;
use crate::value::Value;
use crate::write::{cat, cut, grouped, number};

/// The dotted paths that fields can have.
pub(crate) struct Paths<'s> {
    /// What stands before all of them where they are shown; ends in a dot or is empty.
    pub root: &'s str,
    /// The path at a place, up to the last. Those that begin alike stand together.
    pub path: fn(usize) -> Option<&'static str>,
}

impl Paths<'_> {
    /// Takes an object apart: puts the value of each field where its path is, one level at a time. `prefix` ends in a
    /// dot or is empty.
    pub fn sort<'a>(
        &self,
        fields: &'a [(String, Value)],
        prefix: &str,
        values: &mut [Option<&'a Value>],
    ) -> Result<(), FactsError> {
        for (name, value) in fields {
            let path = cat(&[prefix, name]);
            let inner = cat(&[&path, "."]);
            let place = self.iter().position(|known| known == path);
            match (place.and_then(|place| values.get_mut(place)), value) {
                (Some(_), Value::Null) => {}
                (Some(slot), _) => *slot = Some(value),
                (None, _) if !self.iter().any(|known| known.starts_with(&inner)) => {
                    return Err(self.unknown(prefix, name));
                }
                (None, Value::Null) => {}
                (None, Value::Object(fields)) => self.sort(fields, &inner, values)?,
                (None, _) => return Err(self.not_an_object(&inner, value)),
            }
        }
        Ok(())
    }

    /// Takes apart what should be an object.
    pub fn take_apart<'a>(
        &self,
        value: &'a Value,
        values: &mut [Option<&'a Value>],
    ) -> Result<(), FactsError> {
        match value {
            Value::Object(fields) => self.sort(fields, "", values),
            _ => Err(self.not_an_object("", value)),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &'static str> {
        let path = self.path;
        (0..).map_while(path)
    }

    /// The names that can stand at one level, each once.
    fn below(&self, prefix: &str) -> impl Iterator<Item = &'static str> {
        let mut last = "";
        self.iter().filter_map(move |path| {
            let rest = path.strip_prefix(prefix)?;
            let name = cut(rest, b'.').map_or(rest, |(name, _)| name);
            let new = name != last;
            last = name;
            new.then_some(name)
        })
    }

    fn unknown(&self, prefix: &str, name: &str) -> FactsError {
        let leaf = |path: &'static str| cut(path, b'.').map_or(path, |(_, leaf)| leaf);
        let meant = nearest(name, &mut self.below(prefix))
            .map(|near| cat(&[self.root, prefix, near]))
            .or_else(|| {
                let near = nearest(name, &mut self.iter().map(leaf))?;
                self.iter().find(|path| leaf(path) == near).map(|path| cat(&[self.root, path]))
            });
        let expected = cat(&["one of ", &quoted(&mut self.below(prefix))]);
        unknown_field(&self.at(prefix), name, expected).meaning(meant.as_deref())
    }

    fn not_an_object(&self, prefix: &str, value: &Value) -> FactsError {
        let expected = cat(&["an object with any of ", &quoted(&mut self.below(prefix))]);
        FactsError::new(ErrorCode::WrongType, self.at(prefix), expected, value.describe())
    }

    /// Where the fields stand that have the prefix; empty at the top.
    fn at(&self, prefix: &str) -> String {
        let mut path = cat(&[self.root, prefix]);
        path.pop(); // the dot
        path
    }
}

/// Why a value is refused, and which item of it where it is a list.
struct Refusal {
    code: ErrorCode,
    item: Option<usize>,
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, item: None }
    }
}

/// Reads a caller's value at a path as one of the kind.
pub(crate) fn read_at<'a>(path: &str, value: &'a Value, kind: &Kind) -> Result<Shown<'a>, FactsError> {
    read(value, kind).map_err(|refusal| refused(path, kind, value, &refusal))
}

/// Reads a caller's value as one of the kind.
fn read<'a>(value: &'a Value, kind: &Kind) -> Result<Shown<'a>, Refusal> {
    Ok(match (kind, value) {
        (Kind::Time, Value::Text(text)) => Shown::Time(Time::parse(text)?),
        (Kind::Time, Value::Integer(millis)) => Shown::Time(Time::from_millis(*millis)?),
        (Kind::Flag, Value::Bool(flag)) => Shown::Flag(*flag),
        (Kind::Integer { min, max }, Value::Integer(number)) => match u32::try_from(*number) {
            Ok(number) if (*min..=*max).contains(&number) => Shown::Integer(number),
            _ => return Err(ErrorCode::OutOfRange.into()),
        },
        (Kind::Text { longest, blank, .. }, Value::Text(_)) => {
            let text = read_text(value, *longest)?;
            if !blank && text.is_blank() {
                return Err(ErrorCode::Blank.into());
            }
            Shown::Text(text)
        }
        (Kind::Choice(choices), Value::Text(_)) => Shown::Choice(choose(value, choices)?),
        (Kind::Texts, Value::List(items)) => {
            each(items, &mut |item| read_text(item, Kind::LONGEST_TEXT).map(drop))?;
            Shown::Texts(Notices::new(items, ""))
        }
        (Kind::Set(choices), Value::List(items)) => {
            let mut set = AddOns::default();
            each(items, &mut |item| {
                set = Product::of(Shown::Choice(choose(item, choices)?))
                    .map_or(set, |product| set.with(product));
                Ok(())
            })?;
            Shown::Set(set)
        }
        _ => return Err(ErrorCode::WrongType.into()),
    })
}

fn read_text(value: &Value, longest: usize) -> Result<Text<'_>, ErrorCode> {
    match value {
        Value::Text(text) if characters(text) <= longest => Ok(Text(text)),
        Value::Text(_) => Err(ErrorCode::OutOfRange),
        _ => Err(ErrorCode::WrongType),
    }
}

fn characters(text: &str) -> usize {
    // Each begins with a byte that continues none.
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

fn choose(value: &Value, choices: &'static [Choice]) -> Result<&'static Choice, ErrorCode> {
    let Value::Text(name) = value else { return Err(ErrorCode::WrongType) };
    choices.iter().find(|choice| choice.name == name).ok_or(ErrorCode::UnknownValue)
}

/// Reads each item of a list that is not too long.
fn each<'a>(
    items: &'a [Value],
    read: &mut dyn FnMut(&'a Value) -> Result<(), ErrorCode>,
) -> Result<(), Refusal> {
    if items.len() > Kind::LONGEST_LIST {
        return Err(ErrorCode::OutOfRange.into());
    }
    for (position, item) in items.iter().enumerate() {
        read(item).map_err(|code| Refusal { code, item: Some(position) })?;
    }
    Ok(())
}

fn refused(path: &str, kind: &Kind, value: &Value, Refusal { code, item }: &Refusal) -> FactsError {
    let (path, value) = match (item, value) {
        (Some(position), Value::List(items)) => {
            (cat(&[path, "[", &number(*position as i64), "]"]), items.get(*position).unwrap_or(value))
        }
        _ => (String::from(path), value),
    };
    let longest = if let Kind::Text { longest, .. } = kind { *longest } else { Kind::LONGEST_TEXT };
    let received = match (code, value) {
        (ErrorCode::OutOfRange, Value::Text(_)) if !matches!(kind, Kind::Time) => {
            cat(&["a text of more than ", &grouped(longest), " characters"])
        }
        (ErrorCode::OutOfRange, Value::List(_)) => "a list of more than 100 items".into(),
        (ErrorCode::WrongType, Value::Integer(_)) if matches!(kind, Kind::Text { personal: true, .. }) => {
            "a number".into()
        }
        _ => value.describe(),
    };
    let meant = match (kind, value) {
        (Kind::Choice(choices) | Kind::Set(choices), Value::Text(name)) => {
            nearest(name, &mut choices.iter().map(|choice| choice.name))
        }
        _ => None,
    };
    FactsError::new(*code, path, kind.expectation(), received).meaning(meant)
}
