//! Apple Health's export: `export.xml`, in every language's name, streamed however long it is ([`crate::method::formats`], Apple
//! Health). Workouts become lines of an index, which name their routes (`workout-routes/….gpx`).
//!
//! The file is walked through twice. The first walk finds the workouts, most of which stand behind the records; the second finds the
//! heart rates and steps that lie in one of them, and ends where the last of those stands.

mod amount;
mod beats;
mod body;
mod kind;
mod scan;
mod sleep;
mod sport;
mod tag;
mod workout;

use super::{
    export::{Basis, Export, Open, Said, Stream, Take},
    facts::Facts,
    kit::{Fault, Nights, Notes},
};
use crate::problem::{Code, Effect, Problem};
use beats::Beats;
use body::Body;
use kind::{Kind, kind_of};
use memchr::memmem;
use scan::{Visitor, scan};
use tag::Tag;
use workout::Workout;

/// Most workouts read.
const WORKOUTS_MAX: usize = 100_000;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Apple Health",
    download: "export.zip of \"Export All Health Data\"",
    reads: "workouts with their routes, sports, distances, heart rates and steps (not power); nights; resting heart rate, weight and sex",
    basis: Basis::Documents,
    recognises: is_export,
    read,
    stream: Some(Stream {
        is_long: is_export,
        read: stream,
    }),
};

/// See [`super::read`].
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    is_export(bytes, name).then(|| {
        let mut activities = Vec::new();
        let (mut facts, problems) = stream(&|| Ok(Box::new(bytes)), &mut |listed| {
            activities.push(listed)
        });
        facts.activities = activities;
        (facts, problems)
    })
}

/// By the root element, or the DTD in front of it; the clinical document that lies beside it has another.
pub fn is_export(head: &[u8], _name: &str) -> bool {
    let head = head.get(..crate::decode::HEAD_BYTES).unwrap_or(head);
    begins_as_xml(head)
        && (memmem::find(head, b"<HealthData ").is_some()
            || memmem::find(head, b"<!DOCTYPE HealthData").is_some())
}

fn begins_as_xml(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    text.trim_ascii_start().starts_with(b"<")
}

/// See [`Stream`].
fn stream(open: Open, take: Take) -> Said {
    let mut notes = Notes::new("workout");
    let mut first = First::new(&mut notes);
    let mut problems: Vec<Problem> = walk(open, u64::MAX, &mut first).into_iter().collect();
    if !first.is_whole && problems.is_empty() {
        problems.push(ends_early("the file ends too early"));
    }
    let facts = Facts {
        nights: first.nights.nights(),
        athlete: first.body.athlete(),
        ..Facts::default()
    };
    let (workouts, last_record) = (first.workouts, first.last_record);
    let mut beats = Beats::of(workouts, &mut notes);
    problems.extend(walk(open, last_record, &mut beats));
    let lost = beats.lost;
    beats
        .finished()
        .flat_map(|(workout, samples)| workout.listed(samples))
        .for_each(take);
    problems.extend(notes.problems());
    problems.extend((lost > 0).then(|| too_many(lost)));
    (facts, problems)
}

/// One walk through the file; what went wrong with it.
fn walk(open: Open, until: u64, visitor: &mut impl Visitor) -> Option<Problem> {
    match open() {
        Ok(reader) => scan(reader, until, visitor).map(|error| ends_early(&error)),
        Err(error) => Some(ends_early(&error.to_string())),
    }
}

fn ends_early(detail: &str) -> Problem {
    let consequence = "What is whole before was used.";
    Problem::new(
        Code::ExportDamaged,
        Effect::PartLost,
        "",
        detail,
        consequence,
    )
}

fn too_many(lost: usize) -> Problem {
    let detail = format!("{lost} heart rates more than niggle holds of one export");
    Problem::new(
        Code::TooLarge,
        Effect::PartLost,
        "",
        detail,
        "Those before were used.",
    )
}

/// The first walk.
struct First<'n> {
    notes: &'n mut Notes,
    workouts: Vec<Workout>,
    /// The workout that is not over, and whether a part of it is open.
    open: Option<Workout>,
    is_in_part: bool,
    seen: usize,
    nights: Nights,
    body: Body,
    records: usize,
    /// Behind the begin of the last heart rate or step.
    last_record: u64,
    has_begun: bool,
    is_whole: bool,
}

impl<'n> First<'n> {
    fn new(notes: &'n mut Notes) -> Self {
        First {
            notes,
            workouts: Vec::new(),
            open: None,
            is_in_part: false,
            seen: 0,
            nights: Nights::default(),
            body: Body::default(),
            records: 0,
            last_record: 0,
            has_begun: false,
            is_whole: false,
        }
    }

    fn begin_workout(&mut self, tag: &Tag) {
        self.end_workout();
        self.seen += 1;
        if self.seen > WORKOUTS_MAX {
            let found = format!("more than {WORKOUTS_MAX}");
            return self.notes.add(Fault::TooMany, self.seen, &found);
        }
        self.open = Workout::begun(tag, self.seen, self.notes);
        if tag.is_empty() {
            self.end_workout();
        }
    }

    fn end_workout(&mut self) {
        self.is_in_part = false;
        self.workouts.extend(self.open.take());
    }

    fn record(&mut self, tag: &Tag, kind: Kind) {
        self.records += 1;
        match kind {
            Kind::RestingHeartRate => self.body.add_rest(tag, self.notes, self.records),
            Kind::Mass => self.body.add_mass(tag, self.notes, self.records),
            _ => sleep::add(&mut self.nights, tag, self.notes, self.records),
        }
    }
}

impl Visitor for First<'_> {
    fn wants(&mut self, begin: &[u8], place: u64) -> bool {
        let kind = kind_of(begin);
        match kind {
            Kind::Root => self.has_begun = true,
            Kind::HeartRate | Kind::Steps => {
                self.last_record = place + 1;
                return false;
            }
            Kind::Inside => return self.open.is_some() && !self.is_in_part,
            _ => {}
        }
        self.has_begun && !matches!(kind, Kind::Root | Kind::Other)
    }

    fn visit(&mut self, tag: &Tag) {
        match kind_of(tag.text()) {
            Kind::Workout => self.begin_workout(tag),
            Kind::WorkoutEnd => self.end_workout(),
            Kind::Part => self.is_in_part = !tag.is_empty(),
            Kind::PartEnd => self.is_in_part = false,
            Kind::Inside => {
                if let Some(workout) = &mut self.open {
                    workout.add(tag, self.notes);
                }
            }
            Kind::Me => self.body.add_sex(tag),
            Kind::RootEnd => {
                self.end_workout();
                self.is_whole = true;
            }
            kind => self.record(tag, kind),
        }
    }

    fn endless(&mut self, _: u64) {
        self.notes
            .add(Fault::Unreadable, self.seen, "a tag that does not end");
    }
}
