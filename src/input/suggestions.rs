//! 建议: the known name that a caller probably meant.

/// The longest name that is compared with those known, in bytes.
const LONGEST: usize = 64;

/// The name nearest to `given`, if one is near enough to be meant; of several, the first.
pub(crate) fn nearest<'a>(given: &str, names: &[&'a str]) -> Option<&'a str> {
    if given.len() > LONGEST {
        return None;
    }
    let given = given.to_ascii_lowercase();
    let mut nearest = None;
    // A name has to be nearer than this.
    let mut bound = (given.len() / 3).clamp(1, 3).saturating_add(1);
    for name in names {
        let distance = strsim::osa_distance(&given, &name.to_ascii_lowercase());
        if distance < bound {
            (nearest, bound) = (Some(*name), distance);
        }
    }
    nearest
}

/// Names in back-ticks, with commas between them.
pub(crate) fn quoted(names: &[&str]) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&format!("`{name}`"));
    }
    text
}
