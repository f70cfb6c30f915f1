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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_nearest_names_is_suggested() {
        for (given, names, suggested) in [
            ("a1", &["a2", "a3"][..], Some("a2")),
            ("a1", &["b2", "a3"], Some("a3")),
            ("ab", &["cd"], None),
            // A third of the letters, and at most three, may differ.
            ("lodgar", &["ledger"], Some("ledger")),
            ("lodgat", &["ledger"], None),
            ("LEDGER", &["ledger"], Some("ledger")),
            ("voucher_xyz1", &["voucher_pack"], None),
            ("voucher_xyzk", &["voucher_pack"], Some("voucher_pack")),
        ] {
            assert_eq!(nearest(given, names), suggested, "{given}");
        }
        let long = "a".repeat(LONGEST);
        assert_eq!(nearest(&long, &[&long]), Some(long.as_str()));
        assert_eq!(nearest(&format!("{long}a"), &[&long]), None);
    }

    #[test]
    fn names_are_listed_in_back_ticks() {
        assert_eq!(
            (quoted(&[]).as_str(), quoted(&["a"]).as_str(), quoted(&["a", "b"]).as_str()),
            ("", "`a`", "`a`, `b`")
        );
    }
}
