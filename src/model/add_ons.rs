//! 增值功能: the add-ons of the free edition, and sets of them.

use super::bitset::{BitSet, Indexed};
use super::choices::{Choice, Product};

impl Product {
    /// The add-ons of the free edition, 终身免费版的增值功能: the first five products.
    pub const ADD_ONS: &'static [Choice] = match Self::CHOICES.split_at_checked(5) {
        Some((add_ons, _)) => add_ons,
        None => panic!("the first five products are the add-ons"),
    };

    /// Whether it is one of the add-ons.
    pub const fn is_add_on(self) -> bool {
        (self as usize) < Self::ADD_ONS.len()
    }
}

impl Indexed for Product {
    const COUNT: usize = Product::ALL.len();

    fn at(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// 已开通的功能: a set of add-ons.
pub type AddOns = BitSet<Product>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_add_ons_are_what_the_free_edition_sells() {
        let is_add_on =
            |name: &str| Product::ALL.iter().any(|each| each.choice().name == name && each.is_add_on());
        for name in ["ledger", "voucher_pack", "bookkeeping", "tax_filing", "cloud_backup"] {
            assert!(is_add_on(name), "{name}");
        }
        for name in ["cloud_ledgers", "full_edition", "paid_edition"] {
            assert!(!is_add_on(name), "{name}");
        }
    }
}
