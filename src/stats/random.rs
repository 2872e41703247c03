//! Random numbers from a fixed seed, for draws and for tests: the same on every machine.

/// Knuth's 64-bit linear congruential generator (MMIX).
pub(crate) struct Lcg(pub(crate) u64);

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
}

#[cfg(test)]
impl Lcg {
    /// Nearly normal: twelve uniforms have variance 1.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
