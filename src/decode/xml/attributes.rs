//! The attributes of an element, read one by one from its start tag.

use memchr::memchr;
use std::borrow::Cow;

/// Most attributes read of one element (src/method/limits.md, Sizes).
pub const ATTRIBUTES_MAX: usize = 256;

/// The attributes of one element: local name and raw value (references not resolved), at most [`ATTRIBUTES_MAX`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes<'t> {
    rest: &'t str,
    read: usize,
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.read >= ATTRIBUTES_MAX {
            return None;
        }
        self.read += 1;
        let rest = self.rest.trim_ascii_start();
        let (name, rest) = rest.split_at_checked(memchr(b'=', rest.as_bytes())?)?;
        let value = rest.get(1..)?.trim_ascii_start();
        let quote = *value
            .as_bytes()
            .first()
            .filter(|b| matches!(b, b'"' | b'\''))?;
        let value = value.get(1..)?;
        let end = memchr(quote, value.as_bytes())?;
        self.rest = value.get(end + 1..)?;
        Some((local(name.trim_ascii_end()), value.get(..end)?))
    }
}

impl<'t> Attributes<'t> {
    /// Those of a start tag, from behind its name.
    pub(super) fn of(rest: &'t str) -> Self {
        Attributes { rest, read: 0 }
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The value of the only attribute with this local name.
    pub fn get(self, name: &str) -> Option<&'t str> {
        let [value] = self.pick([name]);
        value
    }

    /// The values of several attributes in one pass. An attribute given twice, or one of an element with more
    /// attributes than the limit, has no value: what was not read may contradict what was.
    pub fn pick<const N: usize>(mut self, names: [&str; N]) -> [Option<&'t str>; N] {
        let mut values = [None; N];
        let mut is_doubtful = [false; N];
        for (found, value) in self.by_ref() {
            if let Some(at) = names.iter().position(|name| *name == found) {
                is_doubtful[at] |= values[at].replace(value).is_some();
            }
        }
        for at in 0..N {
            if is_doubtful[at] || self.read >= ATTRIBUTES_MAX {
                values[at] = None;
            }
        }
        values
    }
}

/// Resolves the predefined references in an attribute's raw value.
pub fn unescaped(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// The name without its namespace prefix.
pub(super) fn local(name: &str) -> &str {
    match name.bytes().rposition(|b| b == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}
