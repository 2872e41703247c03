//! The fast path: one element of the ordinary shape, read straight from the bytes.
//!
//! A recording is thousands of track points that all look alike: start tags, matching end tags and plain text.
//! [`Element::read`] reads such a point whole. At anything else (a reference, comment, CDATA section or processing
//! instruction, an end tag that closes something else, `<` within a tag, a name beyond ASCII, a point longer or deeper
//! than the limits here) it gives up and leaves nothing behind, and the walk takes its steps from the point's first
//! byte. Up to where it gives up it sees exactly what the steps see, so that both ways give the same closed elements
//! at the same positions; the walk's limits hold, for those here are lower and attributes are counted by the same code.
//! One look takes at most [`BYTES_MAX`] bytes, so the time stays linear whatever the input.

use super::attributes::{Attributes, local};
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
#[derive(Debug, Clone)]
pub struct Element<'t> {
    name: &'static str,
    refused: &'static [&'static str],
    attributes: Attributes<'t>,
    position: usize,
    closed: Vec<Closed<'t>>,
    /// The attributes of those within it that have any.
    attributed: Vec<Attributes<'t>>,
    open: Vec<Tag<'t>>,
    /// How many start tags were read within it.
    opened: usize,
    /// What those of the elements before looked like, by their number.
    known: Vec<Known<'t>>,
}

impl<'t> Element<'t> {
    /// For elements with the local name `name` that hold none with a local name of `refused`.
    pub fn new(name: &'static str, refused: &'static [&'static str]) -> Self {
        let (closed, open, known) = (Vec::new(), Vec::new(), Vec::new());
        Element {
            name,
            refused,
            attributes: Attributes::default(),
            position: 0,
            closed,
            attributed: Vec::new(),
            open,
            opened: 0,
            known,
        }
    }

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

    /// The attributes of the elements within it, of those that have any, in the order in which they begin.
    pub fn attributed(&self) -> &[Attributes<'t>] {
        &self.attributed
    }

    /// Reads the element that begins at byte `from`, blanks aside, and gives the byte behind its end tag. None: another
    /// one stands there, or it is not in the ordinary shape, or holds one that is refused.
    pub fn read(&mut self, source: &'t str, from: usize) -> Option<usize> {
        let mut cursor = Cursor::new(source, from);
        let tag = cursor.first_tag()?;
        if tag.local != self.name || tag.is_empty {
            return None;
        }
        self.closed.clear();
        self.attributed.clear();
        self.open.clear();
        self.opened = 0;
        self.attributes = tag.attributes;
        self.position = cursor.at;
        self.open.push(tag);
        while !self.open.is_empty() {
            match self.known_tag(&mut cursor) {
                Some(tag) => self.open(tag, cursor.at)?,
                None => self.read_tag(&mut cursor)?,
            }
        }
        // A byte order mark behind it would be swallowed by a reader that begins there.
        cursor
            .byte(0)
            .filter(|b| *b == b'<' || is_blank(*b))
            .map(|_| cursor.at)
    }

    /// The start tag here, when it and the text before it are those of the element before, byte for byte.
    fn known_tag(&self, cursor: &mut Cursor<'t>) -> Option<Tag<'t>> {
        let known = self
            .known
            .get(self.opened)
            .filter(|known| cursor.rest().starts_with(known.bytes))?;
        cursor.at += known.bytes.len();
        Some(known.tag)
    }

    /// Takes the text up to the next tag, and the tag.
    fn read_tag(&mut self, cursor: &mut Cursor<'t>) -> Option<()> {
        let begin = cursor.at;
        let text = cursor.text()?;
        if cursor.byte(1)? == b'/' {
            let tag = self.open.pop()?;
            cursor.end_tag(tag.name)?;
            self.close(tag.local, text, cursor.at);
            return Some(());
        }
        let tag = cursor.start_tag()?;
        if self.refused.contains(&tag.local) {
            return None;
        }
        self.known.truncate(self.opened);
        self.known.push(Known {
            bytes: cursor.bytes.get(begin..cursor.at)?,
            tag,
        });
        self.open(tag, cursor.at)
    }

    fn open(&mut self, tag: Tag<'t>, position: usize) -> Option<()> {
        self.opened += 1;
        if !tag.attributes.is_empty() {
            self.attributed.push(tag.attributes);
        }
        if tag.is_empty {
            self.close(tag.local, "", position);
        } else if self.open.len() < DEPTH_MAX {
            self.open.push(tag);
        } else {
            return None;
        }
        Some(())
    }

    fn close(&mut self, name: &'t str, text: &'t str, position: usize) {
        if let Some(parent) = self.open.last() {
            self.closed.push(Closed {
                name,
                parent: parent.local,
                text,
                position,
            });
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

/// A start tag that is allowed, with the text before it.
#[derive(Debug, Clone, Copy)]
struct Known<'t> {
    bytes: &'t [u8],
    tag: Tag<'t>,
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
        Cursor {
            source,
            bytes: source.as_bytes().get(..end).unwrap_or_default(),
            at,
        }
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
        let len = rest
            .iter()
            .position(|b| *b == b'<' || *b == b'&')
            .filter(|len| rest.get(*len) == Some(&b'<'))?;
        let text = self.source.get(self.at..self.at + len)?;
        self.at += len;
        Some(text)
    }

    /// The start tag whose `<` is here.
    fn start_tag(&mut self) -> Option<Tag<'t>> {
        let begin = self.at + 1;
        let name_end = begin
            + self
                .bytes
                .get(begin..)?
                .iter()
                .position(|b| !is_in_name(*b))?;
        let name = self
            .source
            .get(begin..name_end)
            .filter(|name| !name.is_empty())?;
        let (content_end, tail) = match self.bytes.get(name_end..)? {
            [b'>', ..] => (name_end, 1),
            [b'/', b'>', ..] => (name_end, 2),
            [blank, ..] if is_blank(*blank) => self.content_end(name_end)?,
            _ => return None,
        };
        let attributes = Attributes::of(self.source.get(name_end..content_end)?);
        self.at = content_end + tail;
        Some(Tag {
            name,
            local: local(name),
            attributes,
            is_empty: tail == 2,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{gpx, tcx, xml::decode_stepwise};
    use proptest::{prelude::*, sample::Index};

    const GPX: &str = "<gpx creator='c'><trk><name>n</name><trkseg>\n <trkpt lat=\"52.1234567890123456789\" lon=\"13.5\">\n  \
        <ele>50.2</ele>\n  <time>2024-11-08T10:00:00.000Z</time><extensions><n:E><n:hr>140</n:hr><n:cad>85</n:cad></n:E>\
        </extensions>\n </trkpt>\n <trkpt lon='13.6' lat='52.2'><ele>1</ele><time>2024-11-08T10:00:01+01:00</time>\
        <speed>2</speed><extensions><e/><g:distance u=\"m\">7</g:distance></extensions></trkpt></trkseg><trkseg>\
        <trkpt lat='52' lon='13'><time>2024-11-08T10:00:09</time></trkpt><trkpt lat='52' lon='13'><ele>2</ele>\
        <time>2024-11-08T10:00:19Z</time></trkpt></trkseg></trk></gpx>";
    const TCX: &str = "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>2024-11-08T09:59:00Z</Id><Lap>\n \
        <Track>\n <Trackpoint><Time>2024-11-08T10:00:00Z</Time><Position><LatitudeDegrees>1</LatitudeDegrees>\n\
        <LongitudeDegrees>2</LongitudeDegrees></Position><AltitudeMeters>50</AltitudeMeters><DistanceMeters>3\
        </DistanceMeters><HeartRateBpm xsi:type=\"H\"><Value>140</Value></HeartRateBpm><Cadence>85</Cadence><Extensions>\
        <TPX xmlns='u:v'><Speed>2.5</Speed><RunCadence>86</RunCadence></TPX></Extensions></Trackpoint>\n <Trackpoint>\
        <Time>2024-11-08T10:00:05Z</Time><HeartRateBpm><Value>1</Value></HeartRateBpm></Trackpoint><Trackpoint><Time>\
        2024-11-08T10:00:07Z</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>";
    /// What is put into the texts above: every kind of markup, whole and in pieces.
    const PIECES: &[&str] = &[
        "<",
        ">",
        "&",
        "'",
        "\"",
        "/",
        "=",
        " ",
        "\t",
        "\0",
        "é",
        "\u{a0}",
        "\u{feff}",
        ",",
        "1e5",
        "+01:30",
        "&amp;",
        "&#65;",
        "<!--",
        "-->",
        "<!-- c -->",
        "<![CDATA[",
        "]]>",
        "<![CDATA[7]]>",
        "<?p?>",
        "<!DOCTYPE a>",
        "<a>",
        "</a>",
        "<a/>",
        "<a b='>'/>",
        "<a b=\"<\">",
        "<ele>1<b/>2</ele>",
        "<hr>",
        "</hr>",
        "</hr >",
        "</ hr>",
        "<x:time>2024-11-08T10:00:59Z</x:time>",
        "<trkpt lat='1' lon='2'>",
        "<trkpt lat='1' lon='2'/>",
        "</trkpt>",
        "<trkseg>",
        "</trkseg>",
        "<trk>",
        "</trk>",
        "<extensions>",
        "</extensions>",
        "<wpt/>",
        "<Trackpoint>",
        "</Trackpoint>",
        "<Track>",
        "</Track>",
        "<Lap>",
        "<Activity>",
        "<Value>7</Value>",
        " lat='3'",
        " xmlns='>'",
        "</gpx>",
    ];

    #[derive(Debug, Clone)]
    enum Edit {
        Insert(&'static str),
        Delete(usize),
        Replace(u8),
        /// So many bytes from here stand here once more.
        Double(usize),
    }

    fn edit() -> impl Strategy<Value = (Index, bool, Edit)> {
        let edits = prop_oneof![
            6 => prop::sample::select(PIECES).prop_map(Edit::Insert),
            2 => (1..40usize).prop_map(Edit::Delete),
            1 => any::<u8>().prop_map(Edit::Replace),
            1 => (1..300usize).prop_map(Edit::Double),
        ];
        (any::<Index>(), any::<bool>(), edits)
    }

    /// Edits a text at places anywhere, or at the next tag from there.
    fn edited(text: &str, edits: &[(Index, bool, Edit)]) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for (index, at_tag, edit) in edits {
            let from = index.index(bytes.len() + 1);
            let tag = bytes[from..].iter().position(|b| *b == b'<').unwrap_or(0);
            let at = if *at_tag { from + tag } else { from };
            let end = |len: usize| (at + len).min(bytes.len());
            match *edit {
                Edit::Insert(piece) => drop(bytes.splice(at..at, piece.bytes())),
                Edit::Delete(len) => drop(bytes.drain(at..end(len))),
                Edit::Replace(byte) => drop(bytes.splice(at..end(1), [byte])),
                Edit::Double(len) => bytes
                    .splice(at..at, bytes[at..end(len)].to_vec())
                    .for_each(drop),
            }
        }
        bytes
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_path_changes_nothing(edits in prop::collection::vec(edit(), 0..5)) {
            let bytes = edited(GPX, &edits);
            // As text, for values that are missing are NaN.
            prop_assert_eq!(format!("{:?}", gpx::decode(&bytes)), format!("{:?}", decode_stepwise::<gpx::File>(&bytes)));
            let bytes = edited(TCX, &edits);
            prop_assert_eq!(format!("{:?}", tcx::decode(&bytes)), format!("{:?}", decode_stepwise::<tcx::File>(&bytes)));
        }
    }

    /// The byte behind the element `p` that begins the text, and what was closed within it: `parent/name:text`.
    fn read(text: &str) -> Option<(usize, String)> {
        let mut element = Element::new("p", &["q"]);
        let end = element.read(text, 0)?;
        let closed: Vec<String> = element
            .closed()
            .iter()
            .map(|c| format!("{}/{}:{}@{}", c.parent, c.name, c.text, c.position))
            .collect();
        Some((end, closed.join(" ")))
    }

    fn check(text: &str, expected: Option<(usize, &str)>) {
        assert_eq!(
            read(text),
            expected.map(|(end, closed)| (end, closed.to_string())),
            "{text}"
        );
    }

    #[test]
    fn points_of_ordinary_shape_are_read() {
        check("<p></p><", Some((7, "")));
        check(
            " \n<x:p k='>'><b>1</b> <c><d e=\"/\"/>2</c></x:p>\n",
            Some((46, "p/b:1@21 c/d:@35 p/c:2@40")),
        );
        check("<p>\u{e9}<b>\u{e9}</b></p> ", Some((18, "p/b:\u{e9}@14")));
    }

    #[test]
    fn everything_else_is_left_to_the_steps() {
        for inside in [
            "&amp;",
            "<!-- -->",
            "<![CDATA[1]]>",
            "<?p?>",
            "</b>",
            "<b></c>",
            "<b></b >",
            "<b k='<'></b>",
            "<q/>",
            "<\u{e9}/>",
        ] {
            check(&format!("<p>{inside}</p> "), None);
        }
        for text in [
            "",
            " ",
            "<q></q> ",
            "<p/> ",
            "</p>",
            "<p> ",
            "<p",
            "<p k='",
            "<p></p>",
            "<p></p>\u{feff}",
            "x<p></p> ",
        ] {
            check(text, None);
        }
        let nested = |depth: usize| format!("{}{} ", "<p>".repeat(depth), "</p>".repeat(depth));
        assert!(read(&nested(DEPTH_MAX)).is_some() && read(&nested(DEPTH_MAX + 1)).is_none());
        let long = |len: usize| format!("<p>{}</p> ", "x".repeat(len - "<p></p> ".len()));
        assert!(read(&long(BYTES_MAX)).is_some() && read(&long(BYTES_MAX + 1)).is_none());
    }

    #[test]
    fn an_element_like_the_one_before_is_read_from_its_own_bytes() {
        let text = "<p><b>1</b><c>2</c></p><p><b>3</b><d>4</d></p> ";
        let mut element = Element::new("p", &[]);
        assert_eq!(element.read(text, 0), Some(23));
        assert_eq!(element.read(text, 23), Some(46));
        let closed: Vec<(&str, &str, usize)> = element
            .closed()
            .iter()
            .map(|c| (c.name, c.text, c.position))
            .collect();
        assert_eq!(closed, [("b", "3", 34), ("d", "4", 42)]);
    }
}
