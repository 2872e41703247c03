//! Numbers that look random and are not, and a sine that gives the same digits on every machine.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, enough for invented noise.
pub struct Noise(u64);

impl Noise {
    /// A stream of its own for each `seed`.
    pub fn new(seed: u64) -> Self {
        Noise(
            seed.wrapping_mul(0xD134_2543_DE82_EF95)
                .wrapping_add(0x2545_F491_4F6C_DD1D),
        )
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in [from, to).
    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.unit()
    }

    /// Whether an event of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the values.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[(self.unit() * values.len() as f64) as usize]
    }

    /// Mean 0, standard deviation 1, nearly normal: four uniforms added up (Irwin–Hall, variance 4/12).
    pub fn gauss(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.unit()).sum();
        (sum - 2.0) * 3.0_f64.sqrt()
    }
}

/// A value that wanders around 0 with standard deviation 1 and keeps `memory` of itself at each step.
pub struct Wander {
    value: f64,
    memory: f64,
}

impl Wander {
    /// Starts at its mean.
    pub fn new(memory: f64) -> Self {
        Wander { value: 0.0, memory }
    }

    /// The next value.
    pub fn step(&mut self, noise: &mut Noise) -> f64 {
        self.value =
            self.memory * self.value + (1.0 - self.memory * self.memory).sqrt() * noise.gauss();
        self.value
    }
}

/// Sine of an angle in turns. The system's own differs in its last digit from machine to machine; sums and products
/// do not. Taylor to the 15th power on a quarter turn: the error is below 1e-11.
pub fn sine(turns: f64) -> f64 {
    let turns = turns - turns.round();
    let folded = if turns.abs() > 0.25 {
        turns.signum() * 0.5 - turns
    } else {
        turns
    };
    let x = folded * 2.0 * std::f64::consts::PI;
    let mut term = x;
    let mut sum = x;
    for n in 1..8 {
        let k = f64::from(2 * n);
        term *= -x * x / (k * (k + 1.0));
        sum += term;
    }
    sum
}

/// Cosine of an angle in turns.
pub fn cosine(turns: f64) -> f64 {
    sine(turns + 0.25)
}
