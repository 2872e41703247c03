//! A bounded walk over XML events.
//!
//! The walk is linear, holds a stack of at most [`DEPTH_MAX`] names, expands no entity but the five predefined ones
//! and goes on after broken markup, telling the decoder where it broke ([`crate::method::limits`], Salvage).

use super::{
    attributes::{Attributes, local},
    encoding::is_blank,
    plain::{self, Closed},
    root::is_name_start,
};
use crate::problem::Code;
use quick_xml::{Reader, errors::SyntaxError, events::Event as XmlEvent};

/// Deepest nesting followed (src/method/limits.md, Sizes; real files reach 10).
pub const DEPTH_MAX: usize = 64;
/// Longest text, tag or attribute accepted, bytes (src/method/limits.md, Sizes).
pub const TEXT_BYTES_MAX: usize = 1 << 20;
/// Most unclosed tags repaired in one file. Each may cost a scan to the end, so the number bounds the time.
const RESTARTS_MAX: usize = 16;

/// One step of the walk. Names are local names: prefixes are ignored and need not be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'t> {
    /// An element begins.
    Open(&'t str, Attributes<'t>),
    /// An element ends; [`Walker::text`] is its text since its last child.
    Close(&'t str),
    /// The markup was broken here: whatever is open and incomplete cannot be trusted.
    Broken,
}

/// How the walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The root element was closed.
    Whole,
    /// The text ended inside an element, or before any.
    Cut,
    /// A limit was met: which one, and what was found.
    Refused(Code, String),
}

/// Walks through decoded text; call [`Walker::step`] until it gives None, then ask [`Walker::end`].
pub struct Walker<'t> {
    source: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where `reader` began in `source`.
    base: usize,
    open: Vec<&'t str>,
    /// The top of `open` ends with the next step.
    closes: bool,
    /// Where the text not yet taken into `joined` begins.
    text_from: usize,
    /// Text put together from pieces and references; empty for plain text, which is borrowed.
    joined: String,
    /// The same two for the element that was closed last.
    closed_from: usize,
    closed_joined: String,
    root: Option<&'t str>,
    broken: usize,
    restarts: usize,
    end: Option<End>,
    /// Whether [`Walker::element`] never reads anything.
    is_stepwise: bool,
}

impl<'t> Walker<'t> {
    /// A walk from the beginning of the text.
    pub fn new(source: &'t str) -> Self {
        let skipped = source.len() - source.trim_start_matches(is_blank).len();
        Walker {
            source,
            reader: reader(source.get(skipped..).unwrap_or_default()),
            base: skipped,
            open: Vec::with_capacity(DEPTH_MAX),
            closes: false,
            text_from: 0,
            joined: String::new(),
            closed_from: usize::MAX,
            closed_joined: String::new(),
            root: None,
            broken: 0,
            restarts: 0,
            end: None,
            is_stepwise: false,
        }
    }

    /// The same walk without its fast path.
    #[cfg(test)]
    pub fn stepwise(self) -> Self {
        Walker {
            is_stepwise: true,
            ..self
        }
    }

    /// Reads the next element whole when it is one that `element` can read (see [`plain`]); the walk then stands behind
    /// it, as if its steps had been taken. To be asked after an [`Event::Open`] or [`Event::Close`]; when the answer is
    /// no, go on with [`Walker::step`].
    pub fn element(&mut self, element: &mut plain::Element<'t>) -> bool {
        let has_room = self.open.len() + plain::DEPTH_MAX <= DEPTH_MAX;
        if self.is_stepwise || self.closes || self.end.is_some() || !has_room {
            return false;
        }
        let begin = self.position();
        let Some(end) = element.read(self.source, begin) else {
            return false;
        };
        let rest = self.reader.get_mut();
        *rest = rest.get(end - begin..).unwrap_or_default();
        self.base += end - begin; // the reader does not count what it did not read
        self.begin_text(end);
        true
    }

    /// The next event; None at the end.
    pub fn step(&mut self) -> Option<Event<'t>> {
        if self.closes {
            return Some(self.close());
        }
        while self.end.is_none() {
            let begin = self.position();
            let event = match self.reader.read_event() {
                Ok(XmlEvent::Start(tag)) => self.opened(tag.len(), tag.name().0.len(), 1),
                Ok(XmlEvent::Empty(tag)) => self.opened(tag.len(), tag.name().0.len(), 2),
                Ok(XmlEvent::End(tag)) => self.end_tag(tag.name().0, begin),
                Ok(XmlEvent::Text(text)) => self.piece(&text),
                Ok(XmlEvent::Eof) => self.finish(End::Cut),
                Ok(rare) => self.rare(rare),
                Err(error) => self.failed(&error),
            };
            if event.is_some() {
                return event;
            }
        }
        None
    }

    /// What no recording is made of.
    fn rare(&mut self, event: XmlEvent) -> Option<Event<'t>> {
        match event {
            XmlEvent::GeneralRef(name) => self.reference(&name),
            XmlEvent::CData(text) => self.verbatim(&text),
            XmlEvent::Comment(text) => self.joint(text.len() + "<!---->".len(), ""),
            XmlEvent::PI(text) => self.instruction(&text),
            XmlEvent::DocType(text) => self.doctype(&text),
            _ => None,
        }
    }

    /// A bare `&` comes as text of its own; it would end the plain text.
    #[inline]
    fn piece(&mut self, text: &str) -> Option<Event<'t>> {
        if text.starts_with('&') {
            self.joint(text.len(), text)
        } else {
            self.bounded(text.len())
        }
    }

    /// The text of the element just closed: what followed its last child, references resolved, not trimmed.
    pub fn text(&self) -> &str {
        if self.closed_joined.is_empty() {
            self.plain_text(self.closed_from)
        } else {
            &self.closed_joined
        }
    }

    /// The element just closed.
    pub fn closed(&self, name: &'t str) -> Closed<'_> {
        Closed {
            name,
            parent: self.parent(),
            text: self.text(),
            position: self.position(),
        }
    }

    /// The open elements, outermost first, without the one just closed.
    pub fn path(&self) -> &[&'t str] {
        &self.open
    }

    /// The innermost open element, or an empty text at the top.
    pub fn parent(&self) -> &'t str {
        self.open.last().copied().unwrap_or_default()
    }

    /// The root element's name, once it was seen.
    pub fn root(&self) -> Option<&'t str> {
        self.root
    }

    /// How many places with broken markup were passed.
    pub fn broken(&self) -> usize {
        self.broken
    }

    /// Byte position in the decoded text.
    pub fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX - self.base)
    }

    /// How it ended; [`End::Cut`] while it has not.
    pub fn end(&self) -> End {
        self.end.clone().unwrap_or(End::Cut)
    }

    /// Whether anything but blanks and comments follows the root element.
    pub fn has_trailing_bytes(&self) -> bool {
        let rest = self
            .source
            .get(self.position()..)
            .unwrap_or_default()
            .trim_matches(is_blank);
        self.end == Some(End::Whole)
            && !(rest.is_empty() || rest.starts_with("<!--") || rest.starts_with("<?"))
    }

    /// Takes a start tag of `len` bytes between `<` and its `tail` bytes (`>` or `/>`).
    fn opened(&mut self, len: usize, name_len: usize, tail: usize) -> Option<Event<'t>> {
        let end = self.position();
        let begin = end - tail - len;
        let tag = self.source.get(begin..begin + len).unwrap_or_default();
        // `<` cannot stand in a tag: a quote or bracket was lost, and the reader swallowed what follows.
        // (In a name it does no harm: such an element is nobody's.)
        if len > name_len && (len > TEXT_BYTES_MAX || next_tag(tag).is_some())
            || name_len > TEXT_BYTES_MAX
        {
            return self.unclosed(begin - 1);
        }
        // What damage made of an instruction, which is no root.
        if self.root.is_none() && !is_name_start(tag) {
            self.broken += 1;
            return Some(Event::Broken);
        }
        let (name, rest) = tag.split_at_checked(name_len).unwrap_or((tag, ""));
        self.closes = tail == 2;
        self.push(local(name), Attributes::of(rest), end)
    }

    fn push(
        &mut self,
        name: &'t str,
        attributes: Attributes<'t>,
        text_from: usize,
    ) -> Option<Event<'t>> {
        if self.open.len() >= DEPTH_MAX {
            self.closes = false;
            let found = format!("elements are nested more than {DEPTH_MAX} deep");
            return self.finish(End::Refused(Code::XmlTooDeep, found));
        }
        self.root.get_or_insert(name);
        self.open.push(name);
        self.begin_text(text_from);
        Some(Event::Open(name, attributes))
    }

    fn begin_text(&mut self, from: usize) {
        self.text_from = from;
        self.joined.clear();
    }

    /// An end tag at the next `<` from `begin` on. `<` cannot stand in one: its bracket was lost, and the reader swallowed what follows.
    fn end_tag(&mut self, name: &str, begin: usize) -> Option<Event<'t>> {
        if next_tag(name).is_none() {
            return Some(self.ended(local(name)));
        }
        let blanks = self.source.get(begin..).and_then(next_tag);
        self.unclosed(begin + blanks.unwrap_or_default())
    }

    /// An end tag. One that closes an outer element drops the inner ones; one that closes nothing is dropped.
    fn ended(&mut self, name: &str) -> Event<'t> {
        match self.open.iter().rposition(|open| *open == name) {
            Some(at) if at + 1 == self.open.len() => return self.close(),
            Some(at) => {
                self.open.truncate(at + 1);
                self.closes = true;
            }
            None => {}
        }
        self.broken += 1;
        Event::Broken
    }

    fn close(&mut self) -> Event<'t> {
        if !self.joined.is_empty() {
            let tail = self.plain_text(self.text_from);
            self.joined.push_str(tail);
        }
        // An empty element and one that was closed for lack of its end tag have no text.
        self.closed_from = if self.closes {
            usize::MAX
        } else {
            self.text_from
        };
        self.closed_joined = std::mem::take(&mut self.joined);
        if std::mem::take(&mut self.closes) {
            self.closed_joined.clear();
        }
        let name = self.open.pop().unwrap_or_default();
        let position = self.position();
        self.begin_text(position);
        if self.open.is_empty() {
            self.end = Some(End::Whole);
        }
        Event::Close(name)
    }

    /// The text from a position up to the next markup or reference.
    fn plain_text(&self, from: usize) -> &'t str {
        let rest = self.source.get(from..).unwrap_or_default();
        let end = rest
            .bytes()
            .position(|b| b == b'<' || b == b'&')
            .unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// Puts the text before a reference, comment or CDATA section of `len` bytes and its `replacement` together.
    fn joint(&mut self, len: usize, replacement: &str) -> Option<Event<'t>> {
        let end = self.position();
        let before = self
            .source
            .get(self.text_from..end.saturating_sub(len))
            .unwrap_or_default();
        if self.joined.len() + before.len() + replacement.len() > TEXT_BYTES_MAX {
            return self.bounded(usize::MAX);
        }
        self.joined.push_str(before);
        self.joined.push_str(replacement);
        self.text_from = end;
        None
    }

    /// `<` cannot stand in an instruction of any recording: a tag was damaged, and the reader swallowed what follows.
    fn instruction(&mut self, text: &str) -> Option<Event<'t>> {
        let len = text.len() + "<??>".len();
        match next_tag(text) {
            Some(_) => self.unclosed(self.position() - len),
            None => self.joint(len, ""),
        }
    }

    fn verbatim(&mut self, text: &str) -> Option<Event<'t>> {
        self.joint(text.len() + "<![CDATA[]]>".len(), text)
    }

    fn reference(&mut self, name: &str) -> Option<Event<'t>> {
        let mut utf8 = [0; 4];
        let replacement = resolved(name).map_or("", |c| c.encode_utf8(&mut utf8));
        self.joint(name.len() + "&;".len(), replacement)
    }

    fn bounded(&mut self, len: usize) -> Option<Event<'t>> {
        if len <= TEXT_BYTES_MAX {
            return None;
        }
        self.finish(End::Refused(
            Code::TooLarge,
            format!("one text is longer than {TEXT_BYTES_MAX} bytes"),
        ))
    }

    /// An internal subset could declare entities; none is ever read.
    fn doctype(&mut self, text: &str) -> Option<Event<'t>> {
        if !text.contains('[') {
            return None;
        }
        self.finish(End::Refused(
            Code::XmlEntities,
            "the file has a DOCTYPE with declarations of its own".into(),
        ))
    }

    fn failed(&mut self, error: &quick_xml::Error) -> Option<Event<'t>> {
        let begin = self.base + usize::try_from(self.reader.error_position()).unwrap_or(0);
        match error {
            quick_xml::Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedPI
                | SyntaxError::UnclosedXmlDecl
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue
                | SyntaxError::InvalidBangMarkup,
            ) => self.unclosed(begin),
            quick_xml::Error::IllFormed(_) => {
                self.broken += 1;
                Some(Event::Broken)
            }
            // A comment or CDATA section that never ends: what it hides must not be taken for points.
            _ => self.finish(End::Cut),
        }
    }

    /// Goes on at the next `<` behind a tag that began at `begin` and was not closed.
    fn unclosed(&mut self, begin: usize) -> Option<Event<'t>> {
        self.closes = false;
        let inside = self.source.get(begin + 1..).unwrap_or_default();
        let Some(next) = next_tag(inside) else {
            return self.finish(End::Cut);
        };
        self.broken += 1;
        self.restarts += 1;
        if self.restarts > RESTARTS_MAX {
            let found = format!("more than {RESTARTS_MAX} tags are not closed");
            return self.finish(End::Refused(Code::XmlBroken, found));
        }
        self.base = begin + 1 + next;
        self.reader = reader(self.source.get(self.base..).unwrap_or_default());
        let tag = inside.get(..next).unwrap_or_default();
        if let Some(end) = tag.strip_prefix(['/', '?']) {
            return Some(self.ended(local(leading_name(end))));
        }
        match leading_name(tag) {
            "" => Some(Event::Broken),
            name => self.push(local(name), Attributes::of(""), self.base),
        }
    }

    fn finish(&mut self, end: End) -> Option<Event<'t>> {
        self.end = Some(end);
        None
    }
}

pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false; // the walk keeps its own stack, of local names
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.trim_text_start = true; // no event for the blanks between elements; texts are cut from the source
    reader
}

fn next_tag(text: &str) -> Option<usize> {
    text.bytes().position(|b| b == b'<')
}

/// The name that a tag begins with, up to what no name has.
fn leading_name(tag: &str) -> &str {
    let name = tag.split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-')));
    let name = name.into_iter().next().unwrap_or_default();
    name.trim_end_matches(':')
}

/// The character a reference stands for. Entities that a DTD would have to declare have none.
fn resolved(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => numbered(name.strip_prefix('#')?),
    }
}

fn numbered(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|c| *c != '\0') // XML 1.0 production 2
}

#[cfg(test)]
mod tests {
    use super::super::attributes::ATTRIBUTES_MAX;
    use super::*;

    /// The events of a text, written short: `(name key=value` opens, `name:text)` closes, `!` is broken.
    fn events(text: &str) -> (String, End) {
        let mut walker = Walker::new(text);
        let mut out = Vec::new();
        while let Some(event) = walker.step() {
            out.push(match event {
                Event::Open(name, attributes) => {
                    let pairs: Vec<String> = attributes.map(|(k, v)| format!(" {k}={v}")).collect();
                    format!("({name}{}", pairs.concat())
                }
                Event::Close(name) => format!("{name}:{})", walker.text()),
                Event::Broken => "!".to_string(),
            });
        }
        (out.join(" "), walker.end())
    }

    fn check(text: &str, expected: &str, end: End) {
        assert_eq!(events(text), (expected.to_string(), end), "{text}");
    }

    #[test]
    fn names_texts_and_attributes() {
        check(
            "<a><x:b k='1' y:l = \"2>\"/> t </a>",
            "(a (b k=1 l=2> b:) a: t )",
            End::Whole,
        );
        check(
            "<a> 1 &amp; 2<!-- c -->&#x41;&#0;&foo;<![CDATA[<]]> </a>",
            "(a a: 1 & 2A< )",
            End::Whole,
        );
        check("<a>AT&T & co</a>", "(a a:AT&T & co)", End::Whole);
        check(
            "  <?xml version='1.0'?><!-- <b> --><?p q?><!DOCTYPE a><a></a>",
            "(a a:)",
            End::Whole,
        );
    }

    #[test]
    fn broken_markup_is_told_and_passed() {
        check(
            "<a><b><c>1</b><d>2</d></a>",
            "(a (b (c ! b:) (d d:2) a:)",
            End::Whole,
        );
        check("<a></b><c/></a>", "(a ! (c c:) a:)", End::Whole);
        check(
            "<a><b k=\"1><c>2</c></b></a>",
            "(a (b (c c:2) b:) a:)",
            End::Whole,
        );
        check("<a><b", "(a", End::Cut);
        check("<a><!-- <b>1</b>", "(a", End::Cut);
        check("<a>1</a", "(a", End::Cut);
        check("", "", End::Cut);
    }

    #[test]
    fn limits_refuse() {
        let ends = |text: &str| match events(text).1 {
            End::Refused(code, _) => Some(code),
            _ => None,
        };
        assert_eq!(ends(&"<a>".repeat(DEPTH_MAX)), None);
        assert_eq!(ends(&"<a>".repeat(DEPTH_MAX + 1)), Some(Code::XmlTooDeep));
        assert_eq!(
            ends("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            Some(Code::XmlEntities)
        );
        assert_eq!(
            ends(&format!("<a>{}</a>", "x".repeat(TEXT_BYTES_MAX))),
            None
        );
        assert_eq!(
            ends(&format!("<a>{}</a>", "x".repeat(TEXT_BYTES_MAX + 1))),
            Some(Code::TooLarge)
        );
        assert_eq!(
            ends(&format!("<a>{}</a>", "x&lt;".repeat(TEXT_BYTES_MAX))),
            Some(Code::TooLarge)
        );
        assert_eq!(
            ends(&format!("<a>{}", "<b k=\"1>".repeat(101))),
            Some(Code::XmlBroken)
        );
        let many = format!("<a{}/>", " k='1'".repeat(ATTRIBUTES_MAX + 10));
        assert_eq!(events(&many).0.matches("k=1").count(), ATTRIBUTES_MAX);
    }
}
