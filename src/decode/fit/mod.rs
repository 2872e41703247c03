//! FIT, by a column scanner: a plan for each definition, then one tight loop for each column.
//!
//! `header` finds the sequences in the input and the end of their data, `scan` walks from message to message, `plan`
//! turns each definition into offsets, `columns` gathers the records, `assemble` makes activities. Nothing is all or
//! nothing: what is whole is used, and each fault becomes a [`Problem`].

mod assemble;
mod columns;
mod crc;
mod header;
mod messages;
mod plan;
mod profile;
mod scan;
mod value;

use crate::decode::decoder::Decoder;
use crate::model::{Decoded, Format};
use crate::problem::{Code, Effect, Problem};
use header::{Extent, Part, Seal};
use scan::{Scan, Spent, Stop};

/// Larger inputs are refused: the largest of 4,595 real FIT files has 3.1 MB.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// More chained sequences in one file are not read (the most seen is 7).
pub const MOST_PARTS: usize = 64;
/// A FIT header may stand behind this many other bytes.
const MOST_LEADING_BYTES: usize = 4096;

/// The decoder of this format.
pub const DECODER: Decoder = Decoder {
    format: Format::Fit,
    told_by: "its signature",
    recognises: looks_like,
    decode,
};

/// Whether the bytes are a FIT file: the signature `.FIT` where a header has it, at the start or soon after.
pub fn looks_like(bytes: &[u8]) -> bool {
    header::find(bytes, 0).is_some_and(|start| start <= MOST_LEADING_BYTES)
}

/// Every activity in a FIT file, and everything that was not as it should be. Never panics, whatever the bytes.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(problem) = unreadable(bytes) {
        return Decoded {
            activities: Vec::new(),
            problems: vec![problem],
        };
    }
    let mut reading = Reading {
        bytes,
        decoded: Decoded::default(),
        beats: Vec::new(),
        has_damaged_beats: false,
        spent: Spent::default(),
    };
    reading.run();
    reading.finish()
}

fn unreadable(bytes: &[u8]) -> Option<Problem> {
    let problem =
        |code, detail: String| Some(Problem::new(code, Effect::Failed, "", detail, "not read"));
    if bytes.is_empty() {
        return problem(Code::EmptyFile, "expected a FIT file, found 0 bytes".into());
    }
    if bytes.len() > MOST_BYTES {
        return problem(
            Code::TooLarge,
            format!("{} bytes, expected at most {MOST_BYTES}", bytes.len()),
        );
    }
    if header::find(bytes, 0).is_none() {
        return problem(
            Code::UnknownKind,
            format!(
                "expected a FIT header, found {} bytes without one",
                bytes.len()
            ),
        );
    }
    None
}

/// One file being read, sequence by sequence.
struct Reading<'a> {
    bytes: &'a [u8],
    decoded: Decoded,
    beats: Vec<(f64, f32)>,
    has_damaged_beats: bool,
    spent: Spent,
}

impl Reading<'_> {
    fn run(&mut self) {
        let mut at = 0;
        for index in 0usize.. {
            let Some(start) = header::find(self.bytes, at) else {
                return self.note_rest(index, at, self.bytes.len());
            };
            self.note_rest(index, at, start);
            if index >= MOST_PARTS {
                let detail = format!("more than {MOST_PARTS} chained FIT files");
                return self.note(
                    Code::TooLarge,
                    Effect::PartLost,
                    start,
                    detail,
                    "the rest was not read",
                );
            }
            let part = header::part(self.bytes, start);
            at = part.next;
            if !self.read(&part) {
                return;
            }
        }
    }

    /// Reads one sequence; whether to go on with the next.
    fn read(&mut self, part: &Part) -> bool {
        let mut scan = scan::scan(
            self.bytes,
            part.data.clone(),
            part.seal == Seal::Right,
            self.spent,
        );
        scan.rows.is_damaged = matches!(part.seal, Seal::Wrong(..)) || scan.damage.places > 0;
        self.spent.records += scan.rows.starts.len();
        self.spent.messages += scan.message_count;
        if let Some(Stop::OtherKind(kind)) = scan.stop {
            self.note_checksum(part, 0);
            self.note_other_kind(part.start, kind);
            return true;
        }
        self.note_faults(part, &scan);
        let (activities, problems) = assemble::activities(self.bytes, part.start, &scan);
        if activities.is_empty() && problems.is_empty() && scan.messages.beats.is_empty() {
            let detail = "expected a session or records, found neither";
            self.note(
                Code::NoActivity,
                Effect::Failed,
                part.start,
                detail,
                "nothing to use",
            );
        }
        self.take_beats(part, scan.rows.is_damaged, scan.messages.beats);
        self.decoded.activities.extend(activities);
        self.decoded.problems.extend(problems);
        scan.stop.is_none()
    }

    /// A strap's beats hang on one running clock: a single wrong bit shifts all that follow. So none are taken from damage.
    fn take_beats(&mut self, part: &Part, is_damaged: bool, beats: Vec<(f64, f32)>) {
        if is_damaged && !beats.is_empty() {
            self.has_damaged_beats = true;
            let detail = format!("{} heart beats of a strap in damaged data", beats.len());
            let consequence =
                "left the strap's beats out: one wrong bit would shift all that follow";
            self.note(
                Code::BadValue,
                Effect::PartLost,
                part.start,
                detail,
                consequence,
            );
        } else {
            self.beats.extend(beats);
        }
    }

    /// Heart beats may stand in a later sequence than their activity. Then faults of one sequence are put in proportion:
    /// an input that gave an activity did not fail.
    fn finish(mut self) -> Decoded {
        if !self.beats.is_empty() && !self.has_damaged_beats {
            assemble::merge_beats(&mut self.decoded.activities, &mut self.beats);
        }
        if self.decoded.activities.is_empty()
            && self
                .decoded
                .problems
                .iter()
                .all(|p| p.effect < Effect::Skipped)
        {
            let detail = "expected a session or records, found only heart beats";
            self.note(
                Code::NoActivity,
                Effect::Failed,
                0,
                detail,
                "nothing to use",
            );
        }
        let has_activity = !self.decoded.activities.is_empty();
        for problem in &mut self.decoded.problems {
            match problem.effect {
                Effect::Skipped if has_activity => problem.effect = Effect::Noted,
                Effect::Failed if has_activity => problem.effect = Effect::PartLost,
                _ => (),
            }
        }
        self.decoded
    }

    fn note(
        &mut self,
        code: Code,
        effect: Effect,
        at: usize,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) {
        self.decoded.problems.push(Problem::new(
            code,
            effect,
            format!("byte {at}"),
            detail,
            consequence,
        ));
    }

    /// Bytes between two sequences, before the first or after the last.
    fn note_rest(&mut self, parts_read: usize, from: usize, to: usize) {
        let count = to - from;
        if count == 0 {
            return;
        }
        let (code, detail) = match parts_read {
            0 => (
                Code::LeadingBytes,
                format!("{count} bytes before the FIT header"),
            ),
            _ => (
                Code::TrailingBytes,
                format!("{count} bytes after the end of the FIT data that begin no FIT header"),
            ),
        };
        self.note(code, Effect::Noted, from, detail, "ignored them");
    }

    fn note_other_kind(&mut self, at: usize, kind: u8) {
        let detail = format!(
            "expected an activity (file type 4), found {}",
            kind_text(kind)
        );
        self.note(
            Code::NotAnActivity,
            Effect::Skipped,
            at,
            detail,
            "not read any further",
        );
    }

    fn note_faults(&mut self, part: &Part, scan: &Scan) {
        let records = scan.rows.starts.len();
        if let Some(fault) = &part.header_fault {
            self.note(
                Code::HeaderDamaged,
                Effect::Repaired,
                part.start,
                fault.clone(),
                "looked for the data behind it",
            );
        }
        self.note_extent(part, scan, records);
        self.note_checksum(part, records);
        self.note_damage(scan, records);
        if scan.anchored_on_creation {
            let detail = "expected a whole time before the shortened ones, found none";
            self.note(
                Code::BadValue,
                Effect::Repaired,
                part.start,
                detail,
                "counted from the time the file was created",
            );
        }
        if let Some((at, count)) = scan.unreadable {
            let detail =
                format!("{count} field definitions whose size or type cannot hold their value");
            self.note(
                Code::BadValue,
                Effect::Noted,
                at,
                detail,
                "these fields count as absent",
            );
        }
        if scan.stop == Some(Stop::TooMany) {
            let detail = format!(
                "more than {} records or {} messages",
                scan::MOST_RECORDS,
                scan::MOST_MESSAGES
            );
            let consequence = format!("kept the first {records} records");
            self.note(
                Code::TooLarge,
                Effect::PartLost,
                part.start,
                detail,
                consequence,
            );
        }
    }

    /// What the header's data size, the missing checksum, or a cut message say.
    fn note_extent(&mut self, part: &Part, scan: &Scan, records: usize) {
        let (declared, found) = (part.declared, part.data.len());
        let kept = format!("read to the end: {records} records");
        match part.extent {
            Extent::Zero if found <= 2 => (), // an empty file, said by what follows
            Extent::Zero => {
                let detail = format!(
                    "the header gives the data size as 0, found {found} bytes: the recording was not finished"
                );
                self.note(
                    Code::HeaderDamaged,
                    Effect::Repaired,
                    part.start,
                    detail,
                    kept,
                );
            }
            Extent::Cut | Extent::Misleading if is_size_damaged(part) => {
                let detail =
                    format!("the header gives the data size as {declared}, found {found} bytes");
                self.note(
                    Code::HeaderDamaged,
                    Effect::Repaired,
                    part.start,
                    detail,
                    kept,
                );
            }
            Extent::Cut | Extent::Misleading => {
                let detail = format!("the header promises {declared} bytes of data, found {found}");
                let consequence = format!("kept every whole message: {records} records");
                self.note(
                    Code::Truncated,
                    Effect::PartLost,
                    part.data.end,
                    detail,
                    consequence,
                );
            }
            Extent::Declared if part.seal == Seal::Missing => {
                let detail = "expected a checksum of two bytes, found the end";
                self.note(
                    Code::Truncated,
                    Effect::Noted,
                    part.data.end,
                    detail,
                    format!("kept all {records} records"),
                );
            }
            Extent::Declared => (),
        }
        if let Some(at) = scan
            .cut_at
            .filter(|at| part.extent == Extent::Declared || part.data.end - at > 2)
        {
            let is_told = part.extent == Extent::Cut;
            let detail = format!(
                "the last message runs past the end of the data at byte {}",
                part.data.end
            );
            if !is_told {
                let consequence = format!("kept every whole message: {records} records");
                self.note(Code::Truncated, Effect::PartLost, at, detail, consequence);
            }
        }
    }

    fn note_checksum(&mut self, part: &Part, records: usize) {
        if let Seal::Wrong(computed, found) = part.seal {
            let detail = format!("the checksum is {found:#06x}, expected {computed:#06x}");
            let consequence = format!("kept what is believable: {records} records");
            self.note(
                Code::CrcMismatch,
                Effect::Noted,
                part.data.end,
                detail,
                consequence,
            );
        }
    }

    fn note_damage(&mut self, scan: &Scan, records: usize) {
        let damage = scan.damage;
        if damage.places == 0 {
            return;
        }
        let places = if damage.places == 1 {
            "one place".to_string()
        } else {
            format!("{} places", damage.places)
        };
        let detail = format!("{} bytes in {places} make no message", damage.bytes);
        let consequence = format!("skipped them and kept {records} records");
        self.note(
            Code::DamagedMiddle,
            Effect::PartLost,
            damage.first_at,
            detail,
            consequence,
        );
    }
}

/// Whether it is the size that is wrong and not the data that are short: the data go on behind it, they are sealed by
/// a right checksum, or no file is that large.
fn is_size_damaged(part: &Part) -> bool {
    part.extent == Extent::Misleading
        || part.seal == Seal::Right
        || part.declared as usize > MOST_BYTES
}

/// A file type in words (FIT profile, type `file`).
fn kind_text(kind: u8) -> String {
    let name = match kind {
        1 => "a device description",
        2 => "settings",
        3 => "sport settings",
        5 => "a workout",
        6 => "a course",
        7 => "schedules",
        9 => "weights",
        10 => "totals",
        11 => "goals",
        14 => "blood pressure",
        15 | 28 | 32 => "day-long monitoring",
        20 => "an activity summary",
        34 => "a segment",
        49 => "sleep",
        _ => return format!("file type {kind}"),
    };
    format!("{name} (file type {kind})")
}
