//! Tests of a limit at compile time: code beyond the limit must not compile, and the same code within it must. The other
//! limits are asserted by functions that unit tests call: `can_be_compared` and `rule_span` in `engine`.

/// A set of a type with 128 members compiles:
///
/// ```
/// # use preflight::model::bitset::{BitSet, Indexed};
/// #[derive(Clone, Copy)]
/// struct Member(usize);
///
/// impl Indexed for Member {
///     const COUNT: usize = 128;
///     fn at(index: usize) -> Option<Self> {
///         (index < Self::COUNT).then_some(Self(index))
///     }
///     fn index(self) -> usize {
///         self.0
///     }
/// }
///
/// const ALL: BitSet<Member> = BitSet::ALL;
/// assert_eq!(ALL.iter().count(), 128);
/// ```
///
/// A set of a type with 129 members does not:
///
/// ```compile_fail
/// # use preflight::model::bitset::{BitSet, Indexed};
/// #[derive(Clone, Copy)]
/// struct Member(usize);
///
/// impl Indexed for Member {
///     const COUNT: usize = 129;
///     fn at(index: usize) -> Option<Self> {
///         (index < Self::COUNT).then_some(Self(index))
///     }
///     fn index(self) -> usize {
///         self.0
///     }
/// }
///
/// const ALL: BitSet<Member> = BitSet::ALL;
/// assert_eq!(ALL.iter().count(), 129);
/// ```
struct SetsOfMoreThan128Members;
