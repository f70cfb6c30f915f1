//! 位: walking through the bits of a set.

/// The places of the bits that are set, lowest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ones(pub u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let place = self.0.trailing_zeros();
        // Takes the lowest bit away; of nothing, nothing.
        self.0 &= self.0.wrapping_sub(1);
        (place < u64::BITS).then_some(place as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_is_met_once() {
        assert_eq!(Ones(0).next(), None);
        assert_eq!(Ones(0b1010).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(Ones(u64::MAX).collect::<Vec<_>>(), (0..64).collect::<Vec<_>>());
    }
}
