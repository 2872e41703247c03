//! What GPX and TCX share: text decoding, a bounded walk over XML events, numbers, times and sport names.
//!
//! The walk is linear, holds a stack of at most [`DEPTH_MAX`] names, expands no entity but the five predefined ones
//! and goes on after broken markup, telling the decoder where it broke ([`crate::method::limits`], Salvage).

pub mod plain;

use crate::{
    model::{Format, Samples, Span, Sport},
    problem::{Code, Effect, Problem},
    time::is_plausible_utc_offset,
};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;
use plain::Closed;
use quick_xml::{Reader, errors::SyntaxError, events::Event as XmlEvent};
use std::borrow::Cow;

/// Longest input read, bytes (src/method/limits.md, Sizes; the longest real file has 4.2 MB).
pub const INPUT_BYTES_MAX: usize = 256 << 20;
/// Deepest nesting followed (src/method/limits.md, Sizes; real files reach 10).
pub const DEPTH_MAX: usize = 64;
/// Longest text, tag or attribute accepted, bytes (src/method/limits.md, Sizes).
pub const TEXT_BYTES_MAX: usize = 1 << 20;
/// Most attributes read of one element (src/method/limits.md, Sizes).
pub const ATTRIBUTES_MAX: usize = 256;
/// Longest title kept, characters.
pub const NAME_CHARS_MAX: usize = 256;
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

/// The attributes of one element: local name and raw value (references not resolved), at most [`ATTRIBUTES_MAX`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributes<'t> {
    rest: &'t str,
    read: usize,
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

/// A time as the text gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp {
    /// Unix seconds; a time without a zone is taken as UTC.
    pub unix_s: f64,
    /// Its zone.
    pub zone: Zone,
}

/// The zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// `Z`, or an offset of zero, which says no more than `Z` does.
    Utc,
    /// Seconds east of UTC, not zero.
    Offset(i32),
    /// None given.
    Unknown,
}

/// Decodes bytes into text: BOM, UTF-16, a declared encoding, and Windows-1252 for bytes that are no UTF-8.
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None if looks_utf16(bytes, 1) => UTF_16LE.decode_without_bom_handling(bytes).0,
        None if looks_utf16(bytes, 0) => UTF_16BE.decode_without_bom_handling(bytes).0,
        None => single_bytes(bytes, &mut problems),
    };
    if text.trim_start().len() < text.len() && text.trim_start().starts_with("<?xml") {
        let consequence = "They were ignored.";
        problems.push(Problem::new(
            Code::LeadingBytes,
            Effect::Noted,
            "byte 0",
            "there are blanks before the XML declaration",
            consequence,
        ));
    }
    (text, problems)
}

/// GPX or TCX by the root element, whatever the file is called; None for anything else, HTML included.
pub fn kind(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(64)];
    let begins_with_markup = head
        .iter()
        .find(|b| !is_padding(**b))
        .is_some_and(|b| *b == b'<');
    if !begins_with_markup || bytes.len() > INPUT_BYTES_MAX {
        return None;
    }
    let (text, _) = text(bytes);
    let mut reader = reader(text.trim_start_matches(is_blank));
    loop {
        match reader.read_event() {
            Ok(XmlEvent::Start(tag) | XmlEvent::Empty(tag)) => {
                return format_of_root(local(tag.name().0));
            }
            Ok(XmlEvent::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The format a root element belongs to. `Activities` without its `TrainingCenterDatabase` occurs in damaged files.
pub fn format_of_root(name: &str) -> Option<Format> {
    match name {
        "gpx" => Some(Format::Gpx),
        "TrainingCenterDatabase" | "Activities" => Some(Format::Tcx),
        _ => None,
    }
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
            let event = match self.reader.read_event() {
                Ok(XmlEvent::Start(tag)) => self.opened(tag.len(), tag.name().0.len(), 1),
                Ok(XmlEvent::Empty(tag)) => self.opened(tag.len(), tag.name().0.len(), 2),
                Ok(XmlEvent::End(tag)) => Some(self.ended(local(tag.name().0))),
                // A bare `&` comes as text of its own; it would end the plain text.
                Ok(XmlEvent::Text(text)) if text.starts_with('&') => self.joint(text.len(), &text),
                Ok(XmlEvent::Text(text)) => self.bounded(text.len()),
                Ok(XmlEvent::GeneralRef(name)) => self.reference(&name),
                Ok(XmlEvent::CData(text)) => self.verbatim(&text),
                Ok(XmlEvent::Comment(text)) => self.joint(text.len() + "<!---->".len(), ""),
                Ok(XmlEvent::PI(text)) => self.joint(text.len() + "<??>".len(), ""),
                Ok(XmlEvent::DocType(text)) => self.doctype(&text),
                Ok(XmlEvent::Decl(_)) => None,
                Ok(XmlEvent::Eof) => self.finish(End::Cut),
                Err(error) => self.failed(&error),
            };
            if event.is_some() {
                return event;
            }
        }
        None
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
        let (name, rest) = tag.split_at_checked(name_len).unwrap_or((tag, ""));
        self.closes = tail == 2;
        self.push(local(name), Attributes { rest, read: 0 }, end)
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
        let name = inside.get(..next).unwrap_or_default();
        let name = name
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-')))
            .next()
            .unwrap_or_default();
        if name.is_empty() {
            return Some(Event::Broken);
        }
        self.push(local(name), Attributes { rest: "", read: 0 }, self.base)
    }

    fn finish(&mut self, end: End) -> Option<Event<'t>> {
        self.end = Some(end);
        None
    }
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

/// A title or device name without control characters, trimmed, cut at [`NAME_CHARS_MAX`]; None when nothing is left.
pub fn title(raw: &str) -> Option<String> {
    let kept: String = raw
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(NAME_CHARS_MAX)
        .collect();
    Some(kept.trim().to_string()).filter(|kept| !kept.is_empty())
}

/// Reads a decimal number with a point.
pub fn number(text: &str) -> Number {
    match text.trim_ascii() {
        "" => Number::Missing,
        trimmed => match trimmed.parse::<f64>() {
            Ok(value) if value.is_finite() => Number::Value(value),
            _ => Number::Bad,
        },
    }
}

/// Reads an ISO 8601 date and time: `2024-11-08T10:00:00[.sss][Z|±hh[:]mm]`. A leap second counts as the second after it.
pub fn stamp(text: &str) -> Option<Stamp> {
    let bytes = text.trim().as_bytes();
    let (head, tail) = bytes.split_at_checked(19)?;
    let &[
        y0,
        y1,
        y2,
        y3,
        b'-',
        m0,
        m1,
        b'-',
        d0,
        d1,
        b'T' | b't' | b' ',
        h0,
        h1,
        b':',
        n0,
        n1,
        b':',
        s0,
        s1,
    ] = head
    else {
        return None;
    };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let (month, day) = (two(m0, m1)?, two(d0, d1)?);
    let (hour, minute, second) = (two(h0, h1)?, two(n0, n1)?, two(s0, s1)?);
    let is_date = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    let is_time = hour < 24 && minute < 60 && second <= 60 || (hour, minute, second) == (24, 0, 0);
    if year == 0 || !is_date || !is_time {
        return None;
    }
    let (fraction, tail) = fraction(tail)?;
    let zone = zone(tail)?;
    let offset_s = if let Zone::Offset(seconds) = zone {
        i64::from(seconds)
    } else {
        0
    };
    let whole =
        days_from_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset_s;
    Some(Stamp {
        unix_s: whole as f64 + fraction,
        zone,
    })
}

/// Sport and sub-sport, by their names in the FIT profile, for the words and Strava's numbers that files use.
pub fn sport(word: &str) -> Option<(Sport, &'static str)> {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    let found = SPORTS
        .iter()
        .find(|(words, ..)| words.contains(&word.as_str()));
    match found {
        Some((_, sport, sub_sport)) => Some((Sport(sport), sub_sport)),
        None if word.starts_with("run") || word.ends_with("_run") || word.ends_with("_running") => {
            Some((Sport::RUNNING, "generic"))
        }
        None => None,
    }
}

/// The words of GPX `<type>` and TCX `Sport`, normalised to lower case and underscores. The numbers are Strava's.
const SPORTS: &[(&[&str], &str, &str)] = &[
    (
        &["running", "run", "jog", "jogging", "9"],
        "running",
        "generic",
    ),
    (
        &["trail_running", "trail_run", "trailrun", "trailrunning"],
        "running",
        "trail",
    ),
    (
        &["treadmill", "treadmill_running", "treadmill_run"],
        "running",
        "treadmill",
    ),
    (&["street_running"], "running", "street"),
    (&["track_running"], "running", "track"),
    (
        &["indoor_running", "indoor_run"],
        "running",
        "indoor_running",
    ),
    (
        &["virtual_run", "virtual_running", "virtualrun"],
        "running",
        "virtual_activity",
    ),
    (&["ultra_run", "ultra_running"], "running", "ultra"),
    (&["obstacle_run", "obstacle_running"], "running", "obstacle"),
    (&["walking", "walk", "10"], "walking", "generic"),
    (&["hiking", "hike", "4"], "hiking", "generic"),
    (
        &["cycling", "biking", "bike", "ride", "road_biking", "1"],
        "cycling",
        "generic",
    ),
    (&["mountain_biking", "mtb"], "cycling", "mountain"),
    (
        &["indoor_cycling", "indoor_ride"],
        "cycling",
        "indoor_cycling",
    ),
    (
        &["virtual_ride", "virtualride"],
        "cycling",
        "virtual_activity",
    ),
    (
        &["ebikeride", "e_bike_ride", "e_biking"],
        "e_biking",
        "generic",
    ),
    (&["swimming", "swim", "16"], "swimming", "generic"),
    (&["lap_swimming"], "swimming", "lap_swimming"),
    (&["open_water_swimming"], "swimming", "open_water"),
    (&["kayaking"], "kayaking", "generic"),
    (&["rowing"], "rowing", "generic"),
    (
        &["cross_country_skiing", "nordic_ski", "nordicski"],
        "cross_country_skiing",
        "generic",
    ),
    (
        &["alpine_skiing", "alpine_ski", "alpineski", "skiing"],
        "alpine_skiing",
        "generic",
    ),
    (&["snowboarding", "snowboard"], "snowboarding", "generic"),
    (&["snowshoeing", "snowshoe"], "snowshoeing", "generic"),
    (
        &["inline_skating", "inlineskate"],
        "inline_skating",
        "generic",
    ),
    (
        &["stand_up_paddleboarding"],
        "stand_up_paddleboarding",
        "generic",
    ),
    (&["fitness_equipment"], "fitness_equipment", "generic"),
    (
        &["strength_training", "weighttraining"],
        "training",
        "strength_training",
    ),
    (&["training", "workout"], "training", "generic"),
    (&["driving", "motor_sports"], "driving", "generic"),
    (&["other", "generic"], "generic", "generic"),
];

/// How often something was wrong, and where it was first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Count {
    /// How often.
    pub times: usize,
    first: Option<(usize, String)>,
}

impl Count {
    /// One more, at byte `position` of the decoded text; `found` is kept only the first time.
    pub fn add(&mut self, position: usize, found: &str) {
        self.times += 1;
        if self.first.is_none() {
            let found = found
                .trim()
                .chars()
                .filter(|c| !c.is_control())
                .take(40)
                .collect();
            self.first = Some((position, found));
        }
    }

    /// One problem for all of them. `what` says what was wrong; the first finding and its place are added.
    pub fn problem(
        &self,
        code: Code,
        effect: Effect,
        what: &str,
        consequence: &str,
    ) -> Option<Problem> {
        let (position, found) = self.first.as_ref()?;
        let detail = format!("{what}: {} times, first \"{found}\"", self.times);
        Some(Problem::new(
            code,
            effect,
            format!("byte {position}"),
            detail,
            consequence,
        ))
    }
}

/// What was wrong with the points of one file, counted by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Times that are no times.
    pub bad_times: Count,
    /// Latitudes and longitudes that are missing, not finite, out of range or given twice.
    pub bad_positions: Count,
    /// Coordinates written with a decimal comma.
    pub decimal_commas: Count,
    /// Other values that are no finite numbers or impossible in their field.
    pub bad_values: Count,
    /// Times without a zone.
    pub no_zone: Count,
    /// Offsets no zone on Earth has.
    pub odd_offsets: Count,
    /// Sport names that are not known or not in the format's list.
    pub odd_sports: Count,
    /// Points lost to broken markup.
    pub lost_points: usize,
    /// The first UTC offset found since the last activity ended.
    pub utc_offset_s: Option<i32>,
}

impl Tally {
    /// A value for a sample column: NaN, and counted when it was given but is no number in `range`.
    pub fn value(
        &mut self,
        text: &str,
        range: std::ops::RangeInclusive<f64>,
        position: usize,
    ) -> f64 {
        match number(text) {
            Number::Missing => f64::NAN,
            Number::Value(value) if range.contains(&value) => value,
            _ => {
                self.bad_values.add(position, text);
                f64::NAN
            }
        }
    }

    /// A coordinate within ±`limit` degrees; None, counted, when it is not.
    pub fn coordinate(&mut self, text: Option<&str>, limit: f64, position: usize) -> Option<f64> {
        let text = text.unwrap_or_default();
        match number(text) {
            Number::Value(value) if value.abs() <= limit => return Some(value),
            Number::Bad if text.contains(',') => self.decimal_commas.add(position, text),
            _ => self.bad_positions.add(position, text),
        }
        None
    }

    /// A time in Unix seconds; None, counted, when the text is no time. Zones are remembered.
    pub fn time(&mut self, text: &str, position: usize) -> Option<f64> {
        let Some(stamp) = stamp(text) else {
            self.bad_times.add(position, text);
            return None;
        };
        match stamp.zone {
            Zone::Utc => {}
            Zone::Unknown => self.no_zone.add(position, text),
            Zone::Offset(s) if is_plausible_utc_offset(i64::from(s)) => {
                self.utc_offset_s = self.utc_offset_s.or(Some(s))
            }
            Zone::Offset(_) => self.odd_offsets.add(position, text),
        }
        Some(stamp.unix_s)
    }

    /// One problem for each kind of fault found.
    pub fn problems(&self) -> Vec<Problem> {
        use {Code::*, Effect::*};
        [
            self.bad_times.problem(
                BadPoint,
                Repaired,
                "a point's time cannot be read",
                "Those points were left out.",
            ),
            self.bad_positions.problem(
                BadPosition,
                Repaired,
                "a position cannot be",
                "Those positions were left out.",
            ),
            self.decimal_commas.problem(
                BadPosition,
                Repaired,
                "coordinates are written with a decimal comma, where the format has a point",
                "Those positions were left out.",
            ),
            self.bad_values.problem(
                BadValue,
                Repaired,
                "a value cannot be",
                "Those values count as not measured.",
            ),
            self.no_zone.problem(
                NoTimeZone,
                Noted,
                "a time has no zone",
                "They were taken as UTC.",
            ),
            self.odd_offsets.problem(
                BadUtcOffset,
                Noted,
                "no zone has this offset",
                "Only the moment was used.",
            ),
            self.odd_sports.problem(
                BadValue,
                Noted,
                "the sport has an unusual name",
                "It was matched by its words.",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The problems that the walk itself found; `points` is how many whole points were read.
pub fn walk_problems(walker: &Walker, points: usize, lost_points: usize) -> Vec<Problem> {
    if walker
        .root()
        .is_some_and(|root| format_of_root(root).is_none())
    {
        return Vec::new(); // another kind of file: the walk was not finished
    }
    let place = format!("byte {}", walker.position());
    let mut problems = Vec::new();
    let kept = format!("{points} whole points were kept.");
    match walker.end() {
        End::Whole => {}
        End::Cut => {
            let detail = "the file ends in the middle of an element";
            problems.push(Problem::new(
                Code::Truncated,
                Effect::PartLost,
                place.clone(),
                detail,
                kept.clone(),
            ));
        }
        End::Refused(code, detail) => {
            let effect = if points > 0 {
                Effect::PartLost
            } else {
                Effect::Failed
            };
            problems.push(Problem::new(
                code,
                effect,
                place.clone(),
                detail,
                kept.clone(),
            ));
        }
    }
    if walker.broken() > 0 {
        let detail = format!(
            "the XML is broken in {} places; {lost_points} points were lost there",
            walker.broken()
        );
        problems.push(Problem::new(
            Code::XmlBroken,
            Effect::PartLost,
            "",
            detail,
            kept,
        ));
    }
    if walker.has_trailing_bytes() {
        let detail = "there is something behind the end of the root element";
        problems.push(Problem::new(
            Code::TrailingBytes,
            Effect::Noted,
            place,
            detail,
            "It was ignored.",
        ));
    }
    problems
}

/// The spaces between the parts of a recording that begin at `starts` (sample indexes), where time went on.
pub fn pauses(time_s: &[f64], starts: &[usize]) -> Vec<Span> {
    let mut spans = Vec::new();
    for &start in starts {
        let (before, after) = time_s.split_at_checked(start).unwrap_or((time_s, &[]));
        let from = before.iter().rev().find(|t| t.is_finite());
        let to = after.iter().find(|t| t.is_finite());
        if let (Some(&from_s), Some(&to_s)) = (from, to)
            && to_s > from_s
        {
            spans.push(Span { from_s, to_s });
        }
    }
    spans
}

/// Why bytes are not even looked at: there are none, or more than [`INPUT_BYTES_MAX`].
pub fn unusable_size(bytes: &[u8]) -> Option<Problem> {
    let (code, detail) = match bytes.len() {
        0 => (Code::EmptyFile, "the file is empty".to_string()),
        len if len > INPUT_BYTES_MAX => (
            Code::TooLarge,
            format!("{len} bytes, more than {INPUT_BYTES_MAX}"),
        ),
        _ => return None,
    };
    Some(Problem::new(
        code,
        Effect::Failed,
        "",
        detail,
        "The file was not used.",
    ))
}

/// The problem of a file whose root element is not that of its format.
pub fn wrong_root(expected: &str, found: Option<&str>) -> Problem {
    let detail = match found {
        Some(found) => format!(
            "the root element is <{}>, not <{expected}>",
            title(found).unwrap_or_default()
        ),
        None => "the file holds no XML element".to_string(),
    };
    Problem::new(
        Code::NoActivity,
        Effect::Failed,
        "",
        detail,
        "The file was not used.",
    )
}

/// Samples whose columns without any value are empty, as the model wants it.
pub fn without_empty_columns(mut samples: Samples) -> Samples {
    for column in [
        &mut samples.latitude_deg,
        &mut samples.longitude_deg,
        &mut samples.distance_m,
    ] {
        if !column.iter().any(|value| value.is_finite()) {
            *column = Vec::new();
        }
    }
    let Samples {
        altitude_m,
        speed_m_s,
        heart_rate_bpm,
        cadence_raw,
        ..
    } = &mut samples;
    for column in [altitude_m, speed_m_s, heart_rate_bpm, cadence_raw] {
        if !Samples::has_values(column) {
            *column = Vec::new();
        }
    }
    samples
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false; // the walk keeps its own stack, of local names
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.trim_text_start = true; // no event for the blanks between elements; texts are cut from the source
    reader
}

/// The name without its namespace prefix.
fn local(name: &str) -> &str {
    match name.bytes().rposition(|b| b == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

fn next_tag(text: &str) -> Option<usize> {
    text.bytes().position(|b| b == b'<')
}

/// The character a reference stands for. Entities that a DTD would have to declare have none.
fn resolved(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            code.ok().and_then(char::from_u32).filter(|c| *c != '\0') // XML 1.0 production 2
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\0'
}

/// Bytes that may stand before the first `<` in any of the encodings: blanks, BOMs, the zeros of UTF-16.
fn is_padding(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
}

/// Whether the first two bytes are an ASCII blank or `<` in UTF-16, with the zero byte at `zero`.
fn looks_utf16(bytes: &[u8], zero: usize) -> bool {
    let &[a, b, ..] = bytes else { return false };
    let (zero_byte, other) = if zero == 1 { (b, a) } else { (a, b) };
    zero_byte == 0 && (other == b'<' || other.is_ascii_whitespace())
}

/// Text that is neither UTF-16 nor marked: UTF-8 when it is valid, else as declared, else Windows-1252.
fn single_bytes<'b>(bytes: &'b [u8], problems: &mut Vec<Problem>) -> Cow<'b, str> {
    let declared =
        declared_encoding(bytes).filter(|e| *e != UTF_16LE && *e != UTF_16BE && *e != UTF_8);
    match (std::str::from_utf8(bytes), declared) {
        (Ok(text), None) => return Cow::Borrowed(text),
        // Valid UTF-8 under a one-byte label is ASCII, or UTF-8 with the wrong label.
        (Ok(text), Some(encoding)) if encoding.is_single_byte() => return Cow::Borrowed(text),
        (_, Some(encoding)) => return encoding.decode_without_bom_handling(bytes).0,
        (Err(_), None) => {}
    }
    let (characters, faults) = utf8_balance(bytes);
    let encoding = if characters >= faults {
        UTF_8
    } else {
        WINDOWS_1252
    };
    problems.push(Problem::new(
        Code::TextEncoding,
        Effect::Noted,
        "",
        format!("{faults} bytes are not UTF-8"),
        format!("The text was read as {}.", encoding.name()),
    ));
    encoding.decode_without_bom_handling(bytes).0
}

/// Characters beyond ASCII that are valid UTF-8, and places that are not.
fn utf8_balance(bytes: &[u8]) -> (usize, usize) {
    let mut balance = (0, 0);
    for chunk in bytes.utf8_chunks() {
        balance.0 += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        balance.1 += usize::from(!chunk.invalid().is_empty());
    }
    balance
}

/// The encoding named by the XML declaration, when encoding_rs knows it.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes));
    let declaration = head
        .trim_start_matches(is_blank)
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?
        .to_string();
    let attributes = Attributes {
        rest: &declaration,
        read: 0,
    };
    Encoding::for_label(attributes.get("encoding")?.trim().as_bytes())
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
    is_number.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

/// Splits `.123` off the rest of a time; 0 when there is none.
fn fraction(tail: &[u8]) -> Option<(f64, &[u8])> {
    let Some((b'.' | b',', digits)) = tail.split_first() else {
        return Some((0.0, tail));
    };
    let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let (mut value, mut scale) = (0.0, 1.0);
    for digit in digits.iter().take(count.min(9)) {
        value = value * 10.0 + f64::from(digit - b'0');
        scale *= 10.0;
    }
    (count > 0).then(|| (value / scale, digits.get(count..).unwrap_or_default()))
}

fn zone(tail: &[u8]) -> Option<Zone> {
    let (sign, hours, minutes) = match tail {
        [] => return Some(Zone::Unknown),
        [b'Z' | b'z'] => return Some(Zone::Utc),
        &[sign, h0, h1, b':', m0, m1] | &[sign, h0, h1, m0, m1] => {
            (sign, two(h0, h1)?, two(m0, m1)?)
        }
        &[sign, h0, h1] => (sign, two(h0, h1)?, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    match sign {
        _ if minutes > 59 => None,
        b'+' | b'-' if seconds == 0 => Some(Zone::Utc),
        b'+' => Some(Zone::Offset(seconds)),
        b'-' => Some(Zone::Offset(-seconds)),
        _ => None,
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, for years from 1. March is taken as the first month, so
/// that the leap day is the last day of the year.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days_before_month = (153 * month + 2) / 5;
    365 * year + year / 4 - year / 100 + year / 400 + days_before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn texts_in_every_encoding() {
        let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(to).collect::<Vec<u8>>()
        };
        let check = |bytes: Vec<u8>, expected: &str, code: Option<Code>| {
            let (text, problems) = text(&bytes);
            assert_eq!((&*text, problems.first().map(|p| p.code)), (expected, code));
        };
        check("<a>ü</a>".into(), "<a>ü</a>", None);
        check("\u{feff}<a>ü</a>".into(), "<a>ü</a>", None);
        check(utf16("<a>ü</a>", u16::to_le_bytes), "<a>ü</a>", None);
        check(
            utf16("\u{feff}<a>ü</a>", u16::to_be_bytes),
            "<a>ü</a>",
            None,
        );
        check(b"<a>\xfc</a>".into(), "<a>ü</a>", Some(Code::TextEncoding));
        check(
            "<a>üü</a>".bytes().chain(*b"\xfc").collect(),
            "<a>üü</a>\u{fffd}",
            Some(Code::TextEncoding),
        );
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe4";
        check(
            latin.into(),
            "<?xml version='1.0' encoding='ISO-8859-1'?>ä",
            None,
        );
        check(
            b" <?xml version='1.0'?>".into(),
            " <?xml version='1.0'?>",
            Some(Code::LeadingBytes),
        );
    }

    #[test]
    fn kinds_by_root_element() {
        for (text, expected) in [
            ("<gpx/>", Some(Format::Gpx)),
            (
                "\u{feff} \n<?xml version='1.0'?><!-- <x> --><?p?><g:gpx a='1'>",
                Some(Format::Gpx),
            ),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><gpx>", Some(Format::Gpx)),
            ("<TrainingCenterDatabase>", Some(Format::Tcx)),
            ("<!DOCTYPE html><html><gpx/></html>", None),
            ("gpx", None),
            ("<gpx", None),
            ("", None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(kind(&utf16), expected, "{text} in UTF-16");
        }
    }

    #[test]
    fn times() {
        // 2024-11-08 is day 20,035 of the Unix epoch: 54 * 365 + 13 leap days + 312.
        let ten = 20_035.0 * 86_400.0 + 36_000.0;
        for (text, expected) in [
            ("2024-11-08T10:00:00Z", Some((ten, Zone::Utc))),
            (
                " 2024-11-08 10:00:00.250+00:00\n",
                Some((ten + 0.25, Zone::Utc)),
            ),
            (
                "2024-11-08T10:00:00+01:30",
                Some((ten - 5400.0, Zone::Offset(5400))),
            ),
            (
                "2024-11-08T10:00:00-0800",
                Some((ten + 28_800.0, Zone::Offset(-28_800))),
            ),
            ("2024-11-08T10:00:00", Some((ten, Zone::Unknown))),
            ("2024-11-08T09:59:60Z", Some((ten, Zone::Utc))),
            ("1970-01-01T00:00:00Z", Some((0.0, Zone::Utc))),
            ("0001-01-01T00:00:00Z", Some((-62_135_596_800.0, Zone::Utc))),
            ("2024-02-29T24:00:00Z", Some((1_709_251_200.0, Zone::Utc))),
            ("2023-02-29T00:00:00Z", None),
            ("2024-13-01T00:00:00Z", None),
            ("2024-11-08T10:00:61Z", None),
            ("2024-11-08", None),
            ("0000-01-01T00:00:00Z", None),
            ("2024-11-08T10:00:00.Z", None),
            ("2024-11-08T10:00:00+1", None),
            ("yesterday at ten o'clock", None),
        ] {
            assert_eq!(stamp(text).map(|s| (s.unix_s, s.zone)), expected, "{text}");
        }
    }

    #[test]
    fn numbers_titles_and_sports() {
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
        assert_eq!(title(" a\u{1b}[31m\n ").as_deref(), Some("a[31m"));
        assert_eq!(title(" \u{0} "), None);
        assert_eq!(
            title(&"é".repeat(300)).map(|t| t.chars().count()),
            Some(NAME_CHARS_MAX)
        );
        for (word, expected) in [
            ("Trail Running", Some((Sport::RUNNING, "trail"))),
            ("9", Some((Sport::RUNNING, "generic"))),
            ("my_new_run", Some((Sport::RUNNING, "generic"))),
            ("Biking", Some((Sport("cycling"), "generic"))),
            ("the category", None),
        ] {
            assert_eq!(sport(word), expected, "{word}");
        }
    }
}
