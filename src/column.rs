//! Questions that are asked of every value of a column.

/// Whether all are so. Every one is asked, without a way out between them, so that several are asked at once.
#[inline]
pub fn all<T>(values: impl Iterator<Item = T>, is_so: impl Fn(T) -> bool) -> bool {
    values.fold(true, |all, value| all & is_so(value))
}

/// Whether one is so; likewise.
#[inline]
pub fn any<T>(values: impl Iterator<Item = T>, is_so: impl Fn(T) -> bool) -> bool {
    !all(values, |value| !is_so(value))
}

#[cfg(test)]
mod tests {
    use super::{all, any};

    #[test]
    fn one_that_is_not_so_is_enough() {
        for wrong in 0..20 {
            assert!(!all(0..20, |value| value != wrong) && any(0..20, |value| value == wrong));
        }
        assert!(
            all(0..20, |value| value < 20)
                && all(0..0, |_: i32| false)
                && !any(0..20, |value| value > 20)
        );
    }
}
