//! 字段: the fields of an object, by the paths that they can have.

use super::error::{ErrorCode, FactsError};
use super::suggestions::{nearest, quoted};
use super::value::{Value, masked_excerpt};

/// The dotted paths that the fields of an object can have. Those that begin alike stand together.
pub(crate) struct FieldPaths<'s> {
    /// What stands before all of them in messages; ends in a dot or is empty.
    pub root: &'s str,
    /// The paths.
    pub paths: &'s [&'static str],
}

impl FieldPaths<'_> {
    /// Finds the value at each path, in the order of the paths. `None` is a value that is not known.
    ///
    /// # Errors
    /// `unknown_field` for a field that is at no path, `wrong_type` for what should be an object.
    pub fn values<'v>(&self, value: &'v Value) -> Result<Vec<Option<&'v Value>>, FactsError> {
        let mut values = vec![None; self.paths.len()];
        self.collect(value, "", 0, &mut values)?;
        Ok(values)
    }

    /// One level of it: `prefix` ends in a dot or is empty, and the paths that begin with it start at `first`.
    fn collect<'v>(
        &self,
        value: &'v Value,
        prefix: &str,
        first: usize,
        values: &mut [Option<&'v Value>],
    ) -> Result<(), FactsError> {
        let Value::Object(fields) = value else { return Err(self.not_an_object(prefix, value)) };
        for (name, value) in fields {
            match (self.find(prefix, first, name), value) {
                (None, _) => return Err(self.unknown(prefix, name)),
                (Some(_), Value::Null) => {}
                (Some((index, None)), value) => {
                    if let Some(slot) = values.get_mut(index) {
                        *slot = Some(value);
                    }
                }
                (Some((index, Some(below))), value) => self.collect(value, below, index, values)?,
            }
        }
        Ok(())
    }

    /// The first path that goes on with this name after the prefix, and where the name is that of an object, what stands
    /// before its fields.
    fn find(&self, prefix: &str, first: usize, name: &str) -> Option<(usize, Option<&'static str>)> {
        // A name with a dot in it is none of ours, though it may look like a path.
        if name.contains('.') {
            return None;
        }
        self.paths.iter().enumerate().skip(first).find_map(|(index, path)| {
            let rest = path.strip_prefix(prefix)?.strip_prefix(name)?;
            let below = path.len().saturating_sub(rest.len()).saturating_add(1);
            (rest.is_empty() || rest.starts_with('.')).then(|| (index, path.get(..below)))
        })
    }

    /// The names that can stand at one level, each once.
    pub fn names_below(&self, prefix: &str) -> Vec<&'static str> {
        let mut names = Vec::new();
        for path in self.paths {
            let Some(rest) = path.strip_prefix(prefix) else { continue };
            let name = rest.split_once('.').map_or(rest, |(name, _)| name);
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A field that is not at any path; the nearest name at its level is suggested, else the nearest of any level.
    fn unknown(&self, prefix: &str, name: &str) -> FactsError {
        let names = self.names_below(prefix);
        let leaf = |path: &'static str| path.rsplit_once('.').map_or(path, |(_, leaf)| leaf);
        let suggestion = if let Some(near) = nearest(name, &names) {
            Some(format!("{}{prefix}{near}", self.root))
        } else {
            let leaves: Vec<_> = self.paths.iter().map(|path| leaf(path)).collect();
            let near = nearest(name, &leaves);
            let path = near.and_then(|near| self.paths.iter().find(|path| leaf(path) == near));
            path.map(|path| format!("{}{path}", self.root))
        };
        let path = format!("{prefix}{name}");
        let expected = match name.split_once('.') {
            // Where the path is right, the list of names would not show what is wrong with it.
            Some((group, field)) if self.paths.contains(&path.as_str()) => {
                format!("`{field}` within an object `{group}`")
            }
            _ => format!("one of {}", quoted(&names)),
        };
        unknown_field(&self.object_at(prefix), name, expected).with_suggestion(suggestion.as_deref())
    }

    fn not_an_object(&self, prefix: &str, value: &Value) -> FactsError {
        let expected = format!("an object with any of {}", quoted(&self.names_below(prefix)));
        FactsError::new(ErrorCode::WrongType, self.object_at(prefix), expected, value.describe_masked())
    }

    /// The path of the object whose fields have the prefix; empty at the top.
    fn object_at(&self, prefix: &str) -> String {
        let path = format!("{}{prefix}", self.root);
        path.strip_suffix('.').map(String::from).unwrap_or(path)
    }
}

/// A field that the engine does not know in the object at `path`, which is empty at the top. An account in the name of
/// the field is masked in the path too, since a message shows both; an empty name is shown as quotes.
pub(crate) fn unknown_field(path: &str, name: &str, expected: String) -> FactsError {
    let shown = if name.is_empty() { "\"\"".into() } else { masked_excerpt(name) };
    let dot = if path.is_empty() { "" } else { "." };
    let received = format!("a field named `{shown}`");
    FactsError::new(ErrorCode::UnknownField, format!("{path}{dot}{shown}"), expected, received)
}
