//! 建议: the known name that a caller probably meant.

/// The longest name that is compared with those known, in bytes.
const LONGEST: usize = 64;

/// The name nearest to `given`, if one is near enough to be meant; of several, the first.
pub(crate) fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() > LONGEST {
        return None;
    }
    let given = given.to_ascii_lowercase();
    let most = (given.len() / 3).clamp(1, 3);
    let distances =
        names.into_iter().map(|name| (strsim::osa_distance(&given, &name.to_ascii_lowercase()), name));
    distances
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Names in back-ticks, with commas between them.
pub(crate) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
