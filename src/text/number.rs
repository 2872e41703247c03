//! Numbers as files for machines write them.

/// A number as the text gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Blank: not measured.
    Missing,
    /// Finite.
    Value(f64),
    /// Not a finite number.
    Bad,
}

impl Number {
    /// What is no finite number is none.
    pub(super) fn of(value: Option<f64>) -> Number {
        value
            .filter(|value| value.is_finite())
            .map_or(Number::Bad, Number::Value)
    }
}

/// Reads a decimal number with a point.
pub fn number(text: &str) -> Number {
    match text.trim_ascii() {
        "" => Number::Missing,
        trimmed => Number::of(trimmed.parse().ok()),
    }
}

/// Reads a decimal number with a comma where the point belongs: `52,5`.
pub fn with_comma(text: &str) -> Number {
    match text.split_once(',') {
        Some((whole, rest)) if !text.contains('.') => number(&format!("{whole}.{rest}")),
        _ => Number::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_point_and_an_end() {
        for (text, expected) in [
            (" 52.5 ", Number::Value(52.5)),
            ("-1e2", Number::Value(-100.0)),
            ("", Number::Missing),
            ("52,5", Number::Bad),
            ("NaN", Number::Bad),
            ("inf", Number::Bad),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn a_comma_is_read_where_there_is_no_point() {
        assert_eq!(with_comma(" 52,5 "), Number::Value(52.5));
        assert_eq!(with_comma("-0,25"), Number::Value(-0.25));
        for text in ["1,234.5", "1.234,5", "1,2,3", "52.5", "a,b", ""] {
            assert_eq!(with_comma(text), Number::Bad, "{text}");
        }
    }
}
