//! Random numbers that are the same on every machine: for draws, and for tests from a fixed seed.

/// A whole number below `end` that follows from the three others alone, whoever asks and in whatever order; 0 when `end` is 0 (Steele, Lea &
/// Flood 2014, OOPSLA, doi 10.1145/2660193.2660195: the mixing function of SplitMix).
pub(crate) fn among(seed: u64, one: u64, other: u64, end: usize) -> usize {
    let mixed = mix(mix(mix(seed) ^ one) ^ other);
    ((u128::from(mixed) * end as u128) >> 64) as usize
}

fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Knuth's 64-bit linear congruential generator (MMIX).
#[cfg(test)]
pub(crate) struct Lcg(pub(crate) u64);

#[cfg(test)]
impl Lcg {
    /// From 0 to 1, 1 not included.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((self.uniform() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// Nearly normal: twelve uniforms have variance 1.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_spread_evenly_and_repeat() {
        let mut counts = [0u32; 7];
        (0..7000).for_each(|draw| counts[among(1, 99, draw, 7)] += 1);
        // Within four standard deviations of 1,000.
        assert!(
            counts.iter().all(|count| count.abs_diff(1000) < 120),
            "{counts:?}"
        );
        assert_eq!(among(1, 99, 5, 7), among(1, 99, 5, 7));
        assert_eq!(among(1, 99, 5, 0), 0);
        let alike = (0..1000).filter(|draw| among(1, 2, *draw, 9) == among(1, 3, *draw, 9));
        assert!(alike.count() < 160, "two runners turn each on their own");
    }
}
