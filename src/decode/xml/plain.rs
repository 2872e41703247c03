//! The fast path: one element of the ordinary shape, read straight from the bytes.
//!
//! A recording is thousands of track points that all look alike: start tags, matching end tags and plain text.
//! [`Element::read`] reads such a point whole. At anything else (a reference, comment, CDATA section or processing
//! instruction, an end tag that closes something else, `<` within a tag, a name beyond ASCII, a point longer or deeper
//! than the limits here) it gives up and leaves nothing behind, and the walk takes its steps from the point's first
//! byte. Up to where it gives up it sees exactly what the steps see, so that both ways give the same closed elements
//! at the same positions; the limits of the walk hold because those here are far below them. One look takes at most
//! [`BYTES_MAX`] bytes, so the time stays linear whatever the input.

use super::Attributes;
use memchr::{memchr, memchr3};

/// Longest element read, bytes with the blanks before it (the longest real track points have 1 KB).
pub const BYTES_MAX: usize = 4096;
/// Deepest nesting read, the element itself included (real track points have 4 levels).
pub const DEPTH_MAX: usize = 8;

/// An element that was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed<'t> {
    /// Its local name.
    pub name: &'t str,
    /// The local name of the element around it, or an empty text.
    pub parent: &'t str,
    /// Its text since its last child, not trimmed.
    pub text: &'t str,
    /// Where its end tag ends, in bytes of the decoded text.
    pub position: usize,
}

/// One element with everything in it; kept and filled again, so that reading allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Element<'t> {
    attributes: Attributes<'t>,
    position: usize,
    closed: Vec<Closed<'t>>,
    open: Vec<Tag<'t>>,
}

impl<'t> Element<'t> {
    /// Its attributes.
    pub fn attributes(&self) -> Attributes<'t> {
        self.attributes
    }

    /// Where its start tag ends, in bytes of the decoded text.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The elements within it, in the order in which they end.
    pub fn closed(&self) -> &[Closed<'t>] {
        &self.closed
    }

    /// Reads the element `name` that begins at byte `from`, blanks aside, and gives the byte behind its end tag. None:
    /// what stands there is something else, or is not in the ordinary shape, or holds an element that `is_refused`.
    pub fn read(
        &mut self,
        source: &'t str,
        from: usize,
        name: &str,
        is_refused: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        let mut cursor = Cursor::new(source, from);
        let tag = cursor.first_tag()?;
        if tag.local != name || tag.is_empty {
            return None;
        }
        self.closed.clear();
        self.open.clear();
        self.attributes = tag.attributes;
        self.position = cursor.at;
        self.open.push(tag);
        while !self.open.is_empty() {
            self.read_tag(&mut cursor, &is_refused)?;
        }
        // A byte order mark behind it would be swallowed by a reader that begins there.
        cursor.byte(0).filter(|b| *b == b'<' || is_blank(*b)).map(|_| cursor.at)
    }

    /// Takes the text up to the next tag, and the tag.
    fn read_tag(&mut self, cursor: &mut Cursor<'t>, is_refused: impl Fn(&str) -> bool) -> Option<()> {
        let text = cursor.text()?;
        if cursor.byte(1)? == b'/' {
            let tag = self.open.pop()?;
            cursor.end_tag(tag.name)?;
            self.close(tag.local, text, cursor.at);
            return Some(());
        }
        let tag = cursor.start_tag()?;
        if self.open.len() >= DEPTH_MAX || is_refused(tag.local) {
            return None;
        }
        if tag.is_empty {
            self.close(tag.local, "", cursor.at);
        } else {
            self.open.push(tag);
        }
        Some(())
    }

    fn close(&mut self, name: &'t str, text: &'t str, position: usize) {
        if let Some(parent) = self.open.last() {
            self.closed.push(Closed { name, parent: parent.local, text, position });
        }
    }
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
struct Tag<'t> {
    /// As it is written, with its prefix.
    name: &'t str,
    local: &'t str,
    attributes: Attributes<'t>,
    is_empty: bool,
}

/// A place in the text and how far one look goes.
struct Cursor<'t> {
    source: &'t str,
    /// The bytes of `source` up to the end of the look.
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    fn new(source: &'t str, at: usize) -> Self {
        let end = source.len().min(at.saturating_add(BYTES_MAX));
        Cursor { source, bytes: source.as_bytes().get(..end).unwrap_or_default(), at }
    }

    fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn first_tag(&mut self) -> Option<Tag<'t>> {
        self.at += self.rest().iter().position(|b| !is_blank(*b))?;
        if self.byte(0)? != b'<' {
            return None;
        }
        self.start_tag()
    }

    /// The text up to the next `<`; None when it holds a reference.
    fn text(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.iter().position(|b| *b == b'<' || *b == b'&').filter(|len| rest.get(*len) == Some(&b'<'))?;
        let text = self.source.get(self.at..self.at + len)?;
        self.at += len;
        Some(text)
    }

    /// The start tag whose `<` is here.
    fn start_tag(&mut self) -> Option<Tag<'t>> {
        let begin = self.at + 1;
        let name_end = begin + self.bytes.get(begin..)?.iter().position(|b| !is_in_name(*b))?;
        let name = self.source.get(begin..name_end).filter(|name| !name.is_empty())?;
        let (content_end, tail) = match self.bytes.get(name_end..)? {
            [b'>', ..] => (name_end, 1),
            [b'/', b'>', ..] => (name_end, 2),
            [blank, ..] if is_blank(*blank) => self.content_end(name_end)?,
            _ => return None,
        };
        let attributes = Attributes { rest: self.source.get(name_end..content_end)?, read: 0 };
        self.at = content_end + tail;
        Some(Tag { name, local: super::local(name), attributes, is_empty: tail == 2 })
    }

    /// Where the content of a start tag with attributes ends, and the length of the `>` or `/>` there.
    fn content_end(&self, from: usize) -> Option<(usize, usize)> {
        let mut at = from;
        loop {
            at += memchr3(b'>', b'"', b'\'', self.bytes.get(at..)?)?;
            match *self.bytes.get(at)? {
                b'>' => break,
                quote => at += 2 + memchr(quote, self.bytes.get(at + 1..)?)?,
            }
        }
        let content = self.bytes.get(from..at)?;
        match memchr(b'<', content) {
            Some(_) => None,
            None if content.last() == Some(&b'/') => Some((at - 1, 2)),
            None => Some((at, 1)),
        }
    }

    /// Passes the end tag of `name` that begins here.
    fn end_tag(&mut self, name: &str) -> Option<()> {
        let rest = self.rest().get(2..)?.strip_prefix(name.as_bytes())?;
        self.at += 2 + name.len() + 1;
        rest.starts_with(b">").then_some(())
    }
}

/// What XML takes for a blank.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The bytes that names are made of in every real file.
fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}
