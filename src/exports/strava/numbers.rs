//! Numbers as each language writes them: `33.22`, `33,22`, `1.234,5`, `1 234,5`, `1,234.5`.

/// What separates the whole from the fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

impl Decimal {
    /// How a column is written: the first cell that can be read in one way only decides, else `otherwise`.
    pub(super) fn settle<'a>(
        mut cells: impl Iterator<Item = &'a str>,
        otherwise: Decimal,
    ) -> Decimal {
        cells
            .find_map(|cell| evidence(&compact(cell)))
            .unwrap_or(otherwise)
    }
}

/// The number in a cell; None when it is no plain number. A cell that can be read in one way only is read in that way,
/// whatever its column says.
pub(super) fn number(cell: &str, decimal: Decimal) -> Option<f64> {
    let text = compact(cell);
    let plain = match evidence(&text).unwrap_or(decimal) {
        Decimal::Point => text.replace(',', ""),
        Decimal::Comma => text.replace('.', "").replace(',', "."),
    };
    let value = plain.parse().ok().filter(|value: &f64| value.is_finite());
    value.filter(|_| is_plain(&plain))
}

/// Whether it is written in digits: words that Rust takes for numbers (`inf`, `+1`) are none here.
fn is_plain(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        && text.chars().all(known)
}

/// Seconds as a number or as `1:02:03`.
pub(super) fn seconds(cell: &str, decimal: Decimal) -> Option<f64> {
    if !cell.contains(':') {
        return number(cell, decimal);
    }
    let parts = cell.split(':').map(|part| number(part, decimal));
    let parts: Vec<f64> = parts.collect::<Option<_>>()?;
    is_clock(&parts).then(|| parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

fn is_clock(parts: &[f64]) -> bool {
    let mut sixtieths = parts.iter().skip(1);
    parts.len() <= 3 && sixtieths.all(|part| (0.0..60.0).contains(part))
}

/// Whether a cell is digits alone, as ids are.
pub(super) fn is_digits(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// Without blanks of any kind and the apostrophes that part thousands.
fn compact(cell: &str) -> String {
    cell.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}' | '\u{2009}'))
        .collect()
}

/// What the cell itself says: with both signs the last one parts the fraction; a sign that comes twice parts thousands;
/// a single one not between one to three digits and exactly three parts the fraction.
fn evidence(text: &str) -> Option<Decimal> {
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    match (points, commas) {
        (0, 1) if parts_fraction(text, ',') => Some(Decimal::Comma),
        (1, 0) if parts_fraction(text, '.') => Some(Decimal::Point),
        (0, 2..) => Some(Decimal::Point),
        (2.., 0) => Some(Decimal::Comma),
        (1.., 1..) if text.rfind('.') > text.rfind(',') => Some(Decimal::Point),
        (1.., 1..) => Some(Decimal::Comma),
        _ => None,
    }
}

/// Whether a sign that stands once cannot part thousands.
fn parts_fraction(text: &str, sign: char) -> bool {
    let (whole, digits) = text.rsplit_once(sign).unwrap_or_default();
    let whole = whole.trim_start_matches('-');
    digits.len() != 3 || whole.len() > 3 || whole.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_number() {
        for (cell, decimal, expected) in [
            ("33.22", Decimal::Comma, Some(33.22)),
            ("33,22", Decimal::Point, Some(33.22)),
            ("1.234,5", Decimal::Point, Some(1234.5)),
            ("1,234.5", Decimal::Comma, Some(1234.5)),
            ("1\u{a0}234,5", Decimal::Point, Some(1234.5)),
            ("1\u{202f}234,5", Decimal::Point, Some(1234.5)),
            ("1'234.5", Decimal::Point, Some(1234.5)),
            ("1,234", Decimal::Point, Some(1234.0)),
            ("1,234", Decimal::Comma, Some(1.234)),
            ("1.234", Decimal::Point, Some(1.234)),
            ("1.234", Decimal::Comma, Some(1234.0)),
            ("0,123", Decimal::Point, Some(0.123)),
            ("5010,123", Decimal::Point, Some(5010.123)),
            ("-123.456", Decimal::Comma, Some(-123_456.0)),
            ("1.234.567", Decimal::Point, Some(1_234_567.0)),
            ("13609.2001953125", Decimal::Comma, Some(13609.2001953125)),
            ("6.61e-05", Decimal::Point, Some(6.61e-5)),
            ("-12", Decimal::Point, Some(-12.0)),
            ("", Decimal::Point, None),
            ("NaN", Decimal::Point, None),
            ("inf", Decimal::Point, None),
            ("12 km", Decimal::Point, None),
            ("1.2.3,4,5", Decimal::Point, None),
            ("e", Decimal::Point, None),
            ("1e999", Decimal::Point, None),
        ] {
            assert_eq!(number(cell, decimal), expected, "{cell:?} {decimal:?}");
        }
    }

    #[test]
    fn a_column_is_settled_by_the_first_cell_that_tells() {
        for (cells, otherwise, expected) in [
            (&["1,234", "", "5,01"][..], Decimal::Point, Decimal::Comma),
            (&["1.234", "5.01"], Decimal::Comma, Decimal::Point),
            (&["1,234", "12"], Decimal::Comma, Decimal::Comma),
            (&[], Decimal::Point, Decimal::Point),
        ] {
            assert_eq!(
                Decimal::settle(cells.iter().copied(), otherwise),
                expected,
                "{cells:?}"
            );
        }
    }

    #[test]
    fn times_are_seconds_or_clocks() {
        for (cell, expected) in [
            ("2833", Some(2833.0)),
            ("2833.0", Some(2833.0)),
            ("1:02:03", Some(3723.0)),
            ("47:05", Some(2825.0)),
            ("47:75", None),
            ("1:2:3:4", None),
            (":", None),
        ] {
            assert_eq!(seconds(cell, Decimal::Point), expected, "{cell:?}");
        }
    }
}
