//! One tag: its name and attributes, read where they stand.

use super::super::kit::MOMENTS_S;
use crate::text::{
    number::{Number, number},
    stamp::{Zone, stamp},
};
use chrono::NaiveDate;
use memchr::memchr;
use std::borrow::Cow;

/// A tag without its brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    text: &'t [u8],
}

/// A moment as Apple writes it: `2025-01-02 07:10:00 +0100`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    /// Unix seconds.
    pub(super) unix_s: f64,
    /// East of UTC, s; that of the phone's clock when it made the export. None: it has none.
    pub(super) offset_s: Option<i32>,
}

impl<'t> Tag<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Tag { text }
    }

    /// All of it.
    pub(super) fn text(&self) -> &'t [u8] {
        self.text
    }

    /// Its name, that of a closing tag with its `/`.
    pub(super) fn name(&self) -> &'t [u8] {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let skip = usize::from(self.text.first() == Some(&b'/'));
        let length = self.text.iter().skip(skip).position(ends);
        length.map_or(self.text, |length| &self.text[..skip + length])
    }

    /// Whether nothing stands inside the element.
    pub(super) fn is_empty(&self) -> bool {
        self.text.last() == Some(&b'/')
    }

    /// Names and values as they are written, in order; what is no attribute ends them.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'t [u8], &'t [u8])> + use<'t> {
        let mut rest = &self.text[self.name().len()..];
        std::iter::from_fn(move || {
            let equals = memchr(b'=', rest)?;
            let name = rest[..equals].trim_ascii();
            let value = rest[equals + 1..].trim_ascii_start();
            let quote = *value.first()?;
            let length = memchr(quote, &value[1..]).filter(|_| matches!(quote, b'"' | b'\''))?;
            rest = &value[length + 2..];
            Some((name, &value[1..=length]))
        })
    }

    /// The values of these attributes as they are written; empty where one is missing.
    pub(super) fn values<const N: usize>(&self, names: [&str; N]) -> [&'t [u8]; N] {
        let mut values = [&b""[..]; N];
        for (name, value) in self.attributes() {
            if let Some(index) = names.iter().position(|wanted| wanted.as_bytes() == name) {
                values[index] = value;
            }
        }
        values
    }

    /// The value of one attribute as it is written; empty where it is missing.
    pub(super) fn value(&self, name: &str) -> &'t [u8] {
        self.values([name])[0]
    }
}

/// A value as text, without the references that stand for signs.
pub(super) fn text(value: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(value);
    if !text.contains('&') {
        return text;
    }
    const SIGNS: [(&str, &str); 5] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let signs = SIGNS.iter();
    Cow::Owned(signs.fold(text.into_owned(), |text, (name, sign)| {
        text.replace(name, sign)
    }))
}

/// A value as a number.
pub(super) fn decimal(value: &[u8]) -> Number {
    std::str::from_utf8(value).map_or(Number::Bad, number)
}

/// A value as a moment from 1990 to 2100.
pub(super) fn moment(value: &[u8]) -> Option<Moment> {
    let moment = usual(value).or_else(|| unusual(value))?;
    MOMENTS_S.contains(&moment.unix_s).then_some(moment)
}

/// The form that Apple writes. It is read millions of times, so without looking at anything twice.
fn usual(value: &[u8]) -> Option<Moment> {
    let text: &[u8; 25] = value.try_into().ok()?;
    // 2025-01-02 07:10:00 +0100
    let signs = [text[4], text[7], text[10], text[13], text[16], text[19]];
    if signs != *b"-- :: " {
        return None;
    }
    let [year, month, day] = [(0, 4), (5, 2), (8, 2)].map(|(at, length)| digits(text, at, length));
    let [hour, minute, second] = [11, 14, 17].map(|at| digits(text, at, 2));
    let (hours, minutes) = (digits(text, 21, 2)?, digits(text, 23, 2)?);
    let sign = match text[20] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let offset_s = sign * (hours * 3600 + minutes * 60);
    let days = days_from_epoch(year?, month?, day?)?;
    let (hour, minute, second) = (hour?, minute?, second?);
    let is_time = hour < 24 && minute < 60 && second <= 60;
    let unix_s = days * 86_400 + hour * 3600 + minute * 60 + second - offset_s;
    is_time.then_some(Moment {
        unix_s: unix_s as f64,
        offset_s: i32::try_from(offset_s).ok(),
    })
}

fn digits(text: &[u8; 25], at: usize, length: usize) -> Option<i64> {
    text[at..at + length].iter().try_fold(0, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then_some(number * 10 + i64::from(digit))
    })
}

/// Days from 1970-01-01 by the civil calendar, counted from March so that the leap day comes last.
fn days_from_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_date = (1..=12).contains(&month) && (1..=28).contains(&day) || is_late(year, month, day);
    if !is_date {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days + (month * 153 + 2) / 5 + day - 1 - 719_468)
}

/// Whether a month has this day after its 28th.
fn is_late(year: i64, month: i64, day: i64) -> bool {
    let date = || {
        NaiveDate::from_ymd_opt(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    };
    date().is_some()
}

/// Other forms of ISO 8601, the zone perhaps behind a blank; a time without a zone is UTC's.
fn unusual(value: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(value).ok()?.trim();
    let (time, zone) = text.split_at_checked(19)?;
    let stamp = stamp(&format!("{time}{}", zone.trim_start()))?;
    let offset_s = match stamp.zone {
        Zone::Offset(seconds) => Some(seconds),
        Zone::Utc | Zone::Unknown => None,
    };
    Some(Moment {
        unix_s: stamp.unix_s,
        offset_s,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_they_stand() {
        let tag = Tag::new(
            br#"Record type="HK" device="&lt;&lt;HK: 0x1&gt;, a=b&gt;" value = '7' broken"#,
        );
        assert_eq!(tag.name(), b"Record");
        let [kind, device, value, none] = tag.values(["type", "device", "value", "none"]);
        assert_eq!((kind, value, none), (&b"HK"[..], &b"7"[..], &b""[..]));
        assert_eq!(text(device), "<<HK: 0x1>, a=b>");
        assert_eq!(Tag::new(b"/Workout").name(), b"/Workout");
        assert_eq!(Tag::new(b"Me/").name(), b"Me");
        assert_eq!(Tag::new(b"a x=").attributes().count(), 0);
        assert_eq!(Tag::new(b"a x=\"1").attributes().count(), 0);
    }

    #[test]
    fn moments_have_an_offset() {
        for (text, unix_s, offset_s) in [
            ("2025-01-02 07:10:00 +0100", 1_735_798_200.0, Some(3600)),
            ("2024-02-29 23:59:59 -0930", 1_709_285_399.0, Some(-34_200)),
            ("2000-03-01 00:00:00 +0000", 951_868_800.0, Some(0)),
            ("2025-01-02T07:10:00+01:00", 1_735_798_200.0, Some(3600)),
            ("2025-01-02 06:10:00", 1_735_798_200.0, None),
        ] {
            let found = moment(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.unix_s, found.offset_s), (unix_s, offset_s), "{text}");
        }
        for text in [
            "",
            "2106-02-07 06:28:15 +0000",
            "1970-01-01 00:00:00 +0000",
            "2025-13-02 07:10:00 +0100",
            "2025-02-29 07:10:00 +0100",
            "2025-01-02 27:10:00 +0100",
            "NaN",
        ] {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
    }
}
