//! The tags of an XML file of any length, in bounded memory: a window moves over it and only the tags that are wanted are looked at.
//!
//! No entity is resolved and nothing is nested, so that neither a bomb in the DTD nor depth matters.

use super::tag::Tag;
use memchr::{memchr, memchr_iter, memmem};
use std::io::Read;

/// How much is held at once, bytes.
const WINDOW_BYTES: usize = 256 << 10;
/// The longest tag that is read, bytes; a record with its device has some 600.
const TAG_BYTES_MAX: usize = 64 << 10;
/// What must be there behind a `<` before anyone is asked whether the tag is wanted.
const PEEK_BYTES: usize = 128;

/// Who looks at tags.
pub(super) trait Visitor {
    /// Whether a tag that begins so, without its `<`, is to be visited.
    fn wants(&mut self, begin: &[u8], place: u64) -> bool;
    /// A wanted tag.
    fn visit(&mut self, tag: &Tag);
    /// A wanted tag that has no end.
    fn endless(&mut self, place: u64);
}

/// Shows a file's tags to a visitor, up to the byte `until`; why that ended before the file did.
pub(super) fn scan(reader: impl Read, until: u64, visitor: &mut impl Visitor) -> Option<String> {
    let mut window = Window::new(reader);
    while window.place() < until {
        let Some(is_comment) = window.next_tag() else {
            break;
        };
        if is_comment {
            window.skip_comment();
        } else {
            window.show(visitor);
        }
    }
    window.error
}

struct Window<R> {
    reader: R,
    bytes: Vec<u8>,
    /// How much of `bytes` is filled, and where in it the next byte to look at lies.
    filled: usize,
    at: usize,
    /// Where in the file the window begins.
    base: u64,
    is_last: bool,
    error: Option<String>,
}

impl<R: Read> Window<R> {
    fn new(reader: R) -> Self {
        Window {
            reader,
            bytes: vec![0; WINDOW_BYTES],
            filled: 0,
            at: 0,
            base: 0,
            is_last: false,
            error: None,
        }
    }

    fn place(&self) -> u64 {
        self.base + self.at as u64
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..self.filled]
    }

    /// Moves what is left to the front and fills the room behind it.
    fn refill(&mut self) {
        self.bytes.copy_within(self.at..self.filled, 0);
        self.base += self.at as u64;
        self.filled -= self.at;
        self.at = 0;
        while self.filled < self.bytes.len() && !self.is_last {
            match self.reader.read(&mut self.bytes[self.filled..]) {
                Ok(0) => self.is_last = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_last = true;
                    self.error = Some(error.to_string());
                }
            }
        }
    }

    /// Goes to the next `<` and says whether it opens a comment. None: there is none.
    fn next_tag(&mut self) -> Option<bool> {
        loop {
            match memchr(b'<', self.rest()) {
                Some(found) => self.at += found,
                None => self.at = self.filled,
            }
            if self.rest().len() > PEEK_BYTES || self.is_last {
                break;
            }
            self.refill();
        }
        (!self.rest().is_empty()).then(|| self.rest().starts_with(b"<!--"))
    }

    fn skip_comment(&mut self) {
        loop {
            if let Some(end) = memmem::find(self.rest(), b"-->") {
                self.at += end + 3;
                return;
            }
            if self.is_last {
                self.at = self.filled;
                return;
            }
            // The end may have been cut in two.
            self.at = self.filled.saturating_sub(2).max(self.at);
            self.refill();
        }
    }

    /// Shows the tag that begins here, if it is wanted, and goes past it.
    fn show(&mut self, visitor: &mut impl Visitor) {
        let place = self.place();
        self.at += 1;
        if !visitor.wants(self.rest(), place) {
            return;
        }
        let mut end = tag_end(self.rest());
        if end.is_none() && !self.is_last && self.rest().len() < TAG_BYTES_MAX {
            self.refill();
            end = tag_end(self.rest());
        }
        match end {
            Some(end) => {
                visitor.visit(&Tag::new(&self.rest()[..end]));
                self.at += end + 1;
            }
            None => visitor.endless(place),
        }
    }
}

/// Where the tag ends: the first `>` that no quotes are open before. A `<` between them is no XML, and ends the search.
fn tag_end(text: &[u8]) -> Option<usize> {
    let text = &text[..text.len().min(TAG_BYTES_MAX)];
    let text = &text[..memchr(b'<', text).unwrap_or(text.len())];
    let mut from = 0;
    let mut quotes = 0;
    loop {
        let end = from + memchr(b'>', &text[from..])?;
        quotes += memchr_iter(b'"', &text[from..end]).count();
        if quotes % 2 == 0 {
            return Some(end);
        }
        from = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time.
    struct Drip<'t>(&'t [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = self.1.min(self.0.len()).min(buffer.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[derive(Default)]
    struct Names {
        seen: Vec<String>,
        endless: usize,
    }

    impl Visitor for Names {
        fn wants(&mut self, begin: &[u8], _: u64) -> bool {
            begin.starts_with(b"a")
        }

        fn visit(&mut self, tag: &Tag) {
            let value = tag.attributes().next().map(|(_, value)| value);
            let value = String::from_utf8_lossy(value.unwrap_or_default()).into_owned();
            self.seen.push(value);
        }

        fn endless(&mut self, _: u64) {
            self.endless += 1;
        }
    }

    fn seen(text: &[u8], until: u64) -> (Vec<String>, usize) {
        let mut names = Names::default();
        scan(Drip(text, 7), until, &mut names);
        (names.seen, names.endless)
    }

    #[test]
    fn wanted_tags_are_seen_wherever_the_window_ends() {
        for filler in [
            0,
            1,
            WINDOW_BYTES - 20,
            WINDOW_BYTES - 3,
            3 * WINDOW_BYTES + 5,
        ] {
            let text = format!(
                "<!-- <a x=\"no\"/> {} --><b/><a x=\"1>2\" y=''/>text<a/><a x=\"3\">",
                "-".repeat(filler)
            );
            assert_eq!(
                seen(text.as_bytes(), u64::MAX),
                (vec!["1>2".to_string(), String::new(), "3".to_string()], 0),
                "{filler}"
            );
        }
    }

    #[test]
    fn what_has_no_end_costs_itself() {
        let long = format!("<a x=\"{}\"/><a x=\"2\"/>", "y".repeat(2 * TAG_BYTES_MAX));
        assert_eq!(seen(long.as_bytes(), u64::MAX), (vec!["2".to_string()], 1));
        assert_eq!(
            seen(b"<a x=\"1\" <a x=\"2\"/><a x=", u64::MAX),
            (vec!["2".to_string()], 2)
        );
        assert_eq!(seen(b"<!-- <a/>", u64::MAX), (vec![], 0));
        assert_eq!(seen(b"<", u64::MAX), (vec![], 0));
        assert_eq!(seen(b"", u64::MAX), (vec![], 0));
    }

    #[test]
    fn nothing_is_seen_behind_the_end_that_is_asked_for() {
        let text = b"<a x=\"1\"/><a x=\"2\"/>";
        assert_eq!(seen(text, 10), (vec!["1".to_string()], 0));
    }
}
