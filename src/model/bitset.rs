//! 集合: sets of facts, conditions or rules, one bit for each member.

use core::fmt;
use core::marker::PhantomData;

/// Something that there are only so many of, each with its index.
pub trait Indexed: Copy + 'static {
    /// How many there are.
    const COUNT: usize;

    /// The one with the index, if there are that many.
    fn at(index: usize) -> Option<Self>;

    /// The index, below [`Indexed::COUNT`].
    fn index(self) -> usize;
}

/// How many members there can be in all; a type with more does not compile.
const MOST: usize = 128;

/// A set of at most 128 members, one bit each.
pub struct BitSet<T> {
    /// The members by their indices, the lowest 64 first. The second is 0 and is not read where one suffices.
    words: [u64; 2],
    members: PhantomData<fn() -> T>,
}

impl<T: Indexed> BitSet<T> {
    const FITS: () = assert!(T::COUNT <= MOST, "a set has at most 128 members");

    /// Whether the members need the second word.
    const IS_WIDE: bool = T::COUNT > 64;

    /// The set of none.
    pub const EMPTY: Self = Self::from_words([0, 0]);

    /// The set of all.
    pub const ALL: Self = {
        let mut all = Self::EMPTY;
        let mut index = 0_usize;
        while index < T::COUNT {
            all = all.with_index(index);
            index = index.wrapping_add(1);
        }
        all
    };

    #[inline(always)]
    const fn from_words([low, high]: [u64; 2]) -> Self {
        let () = Self::FITS;
        Self { words: [low, if Self::IS_WIDE { high } else { 0 }], members: PhantomData }
    }

    #[inline(always)]
    const fn words(self) -> [u64; 2] {
        let [low, high] = self.words;
        [low, if Self::IS_WIDE { high } else { 0 }]
    }

    /// The set whose members are the indices of the bits that are set.
    pub const fn from_bits(bits: u128) -> Self {
        Self::from_words([bits as u64, (bits >> 64) as u64])
    }

    /// A bit for each member, by its index.
    pub const fn bits(self) -> u128 {
        let [low, high] = self.words();
        (high as u128) << 64 | low as u128
    }

    /// The lowest members as a word of 64 bits.
    pub const fn low_bits(self) -> u64 {
        let [low, _] = self.words();
        low
    }

    /// The set with the member of this index too.
    #[must_use]
    #[inline(always)]
    pub const fn with_index(self, index: usize) -> Self {
        let [low, high] = self.words();
        let bit = 1_u64.wrapping_shl(index as u32);
        Self::from_words(if index < 64 { [low | bit, high] } else { [low, high | bit] })
    }

    /// Whether the member of this index is in the set.
    #[inline(always)]
    pub const fn contains_index(self, index: usize) -> bool {
        let [low, high] = self.words();
        let word = if index < 64 { low } else { high };
        word & 1_u64.wrapping_shl(index as u32) != 0
    }

    /// The set with the member too.
    #[must_use]
    #[inline(always)]
    pub fn with(self, member: T) -> Self {
        self.with_index(member.index())
    }

    /// Whether the member is in the set.
    #[inline(always)]
    pub fn contains(self, member: T) -> bool {
        self.contains_index(member.index())
    }

    /// The members of either set.
    #[must_use]
    #[inline(always)]
    pub const fn union(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.words(), other.words());
        Self::from_words([low | other_low, high | other_high])
    }

    /// The members of both sets.
    #[must_use]
    #[inline(always)]
    pub const fn intersection(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.words(), other.words());
        Self::from_words([low & other_low, high & other_high])
    }

    /// The members of this set that are not in the other.
    #[must_use]
    #[inline(always)]
    pub const fn difference(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.words(), other.words());
        Self::from_words([low & !other_low, high & !other_high])
    }

    /// The members of one set alone.
    #[must_use]
    #[inline(always)]
    pub const fn symmetric_difference(self, other: Self) -> Self {
        let ([low, high], [other_low, other_high]) = (self.words(), other.words());
        Self::from_words([low ^ other_low, high ^ other_high])
    }

    /// Whether every member is in the other set.
    #[inline(always)]
    pub const fn is_subset(self, other: Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Whether there is no member.
    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        let [low, high] = self.words();
        low | high == 0
    }

    /// The members, by their indices.
    #[inline(always)]
    pub fn iter(self) -> Members<T> {
        Members { words: self.words(), members: PhantomData }
    }
}

/// The members of a set, by their indices.
#[derive(Debug, Clone)]
pub struct Members<T> {
    words: [u64; 2],
    members: PhantomData<fn() -> T>,
}

impl<T: Indexed> Iterator for Members<T> {
    type Item = T;

    #[inline(always)]
    fn next(&mut self) -> Option<T> {
        let [low, high] = &mut self.words;
        let (word, first) = if !BitSet::<T>::IS_WIDE || *low != 0 { (low, 0_usize) } else { (high, 64) };
        let index = WordBits(*word).next()?;
        // Clears the lowest bit.
        *word &= word.wrapping_sub(1);
        T::at(first.wrapping_add(index))
    }
}

impl<T> Clone for BitSet<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for BitSet<T> {}

impl<T> PartialEq for BitSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl<T> Eq for BitSet<T> {}

impl<T: Indexed> Default for BitSet<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T: Indexed> FromIterator<T> for BitSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        members.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl<T: Indexed + fmt::Debug> fmt::Debug for BitSet<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

/// The indices of the bits of a word that are set, lowest first.
#[derive(Debug, Clone, Copy)]
pub struct WordBits(pub u64);

impl Iterator for WordBits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let index = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        Some(index as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choices::Product;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Number(usize);

    impl Indexed for Number {
        const COUNT: usize = 128;
        fn at(index: usize) -> Option<Self> {
            (index < Self::COUNT).then_some(Self(index))
        }
        fn index(self) -> usize {
            self.0
        }
    }

    #[test]
    fn sets_with_other_members_are_not_equal() {
        let (one, other) =
            (BitSet::<Number>::EMPTY.with(Number(3)), BitSet::<Number>::EMPTY.with(Number(127)));
        assert!(one == one && one != other && one != BitSet::EMPTY && other != one.union(other));
    }

    #[test]
    fn every_bit_is_visited_once_in_order() {
        assert_eq!(WordBits(0).next(), None);
        assert_eq!(WordBits(0b1010).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(
            BitSet::<Number>::ALL.iter().map(Number::index).collect::<Vec<_>>(),
            (0..128).collect::<Vec<_>>()
        );
        assert_eq!(WordBits(u64::MAX).collect::<Vec<_>>(), (0..64).collect::<Vec<_>>());
    }

    #[test]
    fn a_set_of_up_to_64_members_has_nothing_in_its_second_word() {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        struct Small(usize);

        impl Indexed for Small {
            const COUNT: usize = 64;
            fn at(index: usize) -> Option<Self> {
                (index < Self::COUNT).then_some(Self(index))
            }
            fn index(self) -> usize {
                self.0
            }
        }

        let [first, last] = [Small(0), Small(63)];
        let both = BitSet::EMPTY.with(first).with(last);
        assert_eq!(both.iter().collect::<Vec<_>>(), [first, last]);
        assert_eq!(BitSet::<Small>::from_bits(u128::MAX), BitSet::ALL);
        assert_eq!(BitSet::<Small>::ALL.iter().count(), 64);
        assert!(both.is_subset(BitSet::ALL) && both.difference(BitSet::ALL).is_empty());
    }

    #[test]
    fn each_member_has_its_own_bit_in_either_word() {
        for index in 0..128 {
            let set = BitSet::EMPTY.with(Number(index));
            assert_eq!(set.bits(), 1 << index);
            assert_eq!(BitSet::from_bits(1 << index), set);
            assert_eq!(set.iter().collect::<Vec<_>>(), [Number(index)]);
            assert_eq!(set.with(Number(index)), set, "a member that is added again stays");
            assert_eq!((set.union(set), set.intersection(set)), (set, set));
            assert_eq!(set.union(BitSet::ALL), BitSet::ALL);
            assert!(set.difference(set).is_empty() && set.symmetric_difference(set).is_empty());
            let other = BitSet::EMPTY.with(Number((index + 64) % 128));
            assert!(!set.union(other).is_empty() && !set.contains(Number((index + 64) % 128)));
            assert_eq!(set.symmetric_difference(other), set.union(other));
        }
    }

    #[test]
    fn the_set_of_all_has_a_bit_for_each_member_and_no_other() {
        assert_eq!(BitSet::<Product>::ALL.bits(), (1 << Product::ALL.len()) - 1);
        assert_eq!(BitSet::<Number>::ALL.bits(), u128::MAX);
    }

    #[test]
    fn sets_combine_as_sets_do() {
        let [low, high] = [Number(0), Number(127)];
        let both = BitSet::EMPTY.with(low).with(high);
        assert!(both.contains(low) && both.contains(high) && !both.contains(Number(31)));
        assert_eq!(format!("{both:?}"), "{Number(0), Number(127)}");
        assert_eq!(both.difference(BitSet::EMPTY.with(low)).iter().collect::<Vec<_>>(), [high]);
        assert_eq!(both.intersection(BitSet::EMPTY.with(low)).union(BitSet::EMPTY.with(high)), both);
        assert!(both.is_subset(BitSet::ALL) && !BitSet::<Number>::ALL.is_subset(both));
        assert_eq!(BitSet::<Number>::ALL.iter().count(), 128);
    }
}
