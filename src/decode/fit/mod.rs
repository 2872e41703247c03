//! FIT, by a column scanner: a plan for each definition, then one tight loop for each column.
//!
//! `header` finds the sequences in the input and the end of their data, `scan` walks from message to message, `plan`
//! turns each definition into offsets, `columns` gathers the records, `assemble` makes activities. Nothing is all or
//! nothing: what is whole is used, and each fault becomes a [`Problem`].

mod assemble;
mod columns;
mod crc;
mod developer;
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
        return Decoded::nothing(problem);
    }
    let mut reading = Reading {
        bytes,
        ..Reading::default()
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
#[derive(Default)]
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
            let found = header::find(self.bytes, at);
            self.note_rest(index, at, found.unwrap_or(self.bytes.len()));
            let Some(start) = found else { return };
            if index >= MOST_PARTS {
                return self.note_more_parts(start);
            }
            let part = header::part(self.bytes, start);
            at = part.next;
            if !self.read(&part) {
                return;
            }
        }
    }

    fn note_more_parts(&mut self, at: usize) {
        let detail = format!("more than {MOST_PARTS} chained FIT files");
        self.note(
            Code::TooLarge,
            Effect::PartLost,
            at,
            detail,
            "the rest was not read",
        );
    }

    /// Reads one sequence; whether to go on with the next.
    fn read(&mut self, part: &Part) -> bool {
        let scan = self.scan(part);
        if let Some(Stop::OtherKind(kind)) = scan.stop {
            self.note_checksum(part, 0);
            self.note_other_kind(part.start, kind);
            return true;
        }
        self.note_faults(part, &scan);
        let (activities, problems) = assemble::activities(self.bytes, part.start, &scan);
        if activities.is_empty() && problems.is_empty() && scan.messages.beats.is_empty() {
            let detail = "expected a session or records, found neither";
            self.note_no_activity(part.start, detail);
        }
        self.take_beats(part, scan.rows.is_damaged, scan.messages.beats);
        self.decoded.activities.extend(activities);
        self.decoded.problems.extend(problems);
        scan.stop.is_none()
    }

    fn scan(&mut self, part: &Part) -> Scan {
        let is_sealed = part.seal == Seal::Right;
        let mut scan = scan::scan(self.bytes, part.data.clone(), is_sealed, self.spent);
        scan.rows.is_damaged = matches!(part.seal, Seal::Wrong(..)) || scan.damage.places > 0;
        self.spent.records += scan.rows.starts.len();
        self.spent.messages += scan.message_count;
        scan
    }

    fn note_no_activity(&mut self, at: usize, detail: &str) {
        self.note(
            Code::NoActivity,
            Effect::Failed,
            at,
            detail,
            "nothing to use",
        );
    }

    /// A strap's beats hang on one running clock: a single wrong bit shifts all that follow. So none are taken from damage.
    fn take_beats(&mut self, part: &Part, is_damaged: bool, beats: Vec<(f64, f32)>) {
        if is_damaged && !beats.is_empty() {
            self.has_damaged_beats = true;
            self.note_damaged_beats(part.start, beats.len());
        } else {
            self.beats.extend(beats);
        }
    }

    fn note_damaged_beats(&mut self, at: usize, count: usize) {
        let detail = format!("{count} heart beats of a strap in damaged data");
        self.note(
            Code::BadValue,
            Effect::PartLost,
            at,
            detail,
            "left the strap's beats out: one wrong bit would shift all that follow",
        );
    }

    /// Heart beats may stand in a later sequence than their activity. Then faults of one sequence are put in proportion:
    /// an input that gave an activity did not fail.
    fn finish(mut self) -> Decoded {
        if !self.beats.is_empty() && !self.has_damaged_beats {
            assemble::merge_beats(&mut self.decoded.activities, &mut self.beats);
        }
        if self.decoded.activities.is_empty() && !self.is_use_denied() {
            self.note_no_activity(0, "expected a session or records, found only heart beats");
        }
        if !self.decoded.activities.is_empty() {
            self.decoded.problems.iter_mut().for_each(note_use);
        }
        self.decoded
    }

    /// Whether a problem says why nothing was used.
    fn is_use_denied(&self) -> bool {
        let mut problems = self.decoded.problems.iter();
        problems.any(|problem| problem.effect >= Effect::Skipped)
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
        let (code, what) = match parts_read {
            0 => (Code::LeadingBytes, "before the FIT header"),
            _ => {
                let what = "after the end of the FIT data that begin no FIT header";
                (Code::TrailingBytes, what)
            }
        };
        let detail = format!("{count} bytes {what}");
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
        self.note_header_fault(part);
        self.note_extent(part, records);
        self.note_cut_message(part, scan, records);
        self.note_checksum(part, records);
        self.note_damage(scan, records);
        if scan.anchored_on_creation {
            self.note_creation_time(part.start);
        }
        if let Some((at, count)) = scan.unreadable {
            self.note_unreadable_fields(at, count);
        }
        if scan.stop == Some(Stop::TooMany) {
            self.note_too_many(part.start, records);
        }
    }

    fn note_header_fault(&mut self, part: &Part) {
        if let Some(fault) = &part.header_fault {
            self.note(
                Code::HeaderDamaged,
                Effect::Repaired,
                part.start,
                fault.clone(),
                "looked for the data behind it",
            );
        }
    }

    fn note_creation_time(&mut self, at: usize) {
        let detail = "expected a whole time before the shortened ones, found none";
        self.note(
            Code::BadValue,
            Effect::Repaired,
            at,
            detail,
            "counted from the time the file was created",
        );
    }

    fn note_unreadable_fields(&mut self, at: usize, count: u32) {
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

    fn note_too_many(&mut self, at: usize, records: usize) {
        let (most_records, most_messages) = (scan::MOST_RECORDS, scan::MOST_MESSAGES);
        let detail = format!("more than {most_records} records or {most_messages} messages");
        let consequence = format!("kept the first {records} records");
        self.note(Code::TooLarge, Effect::PartLost, at, detail, consequence);
    }

    /// What the header's data size or the missing checksum say.
    fn note_extent(&mut self, part: &Part, records: usize) {
        match part.extent {
            Extent::Zero if part.data.len() <= 2 => (), // an empty file, said by what follows
            Extent::Zero => self.note_unfinished(part, records),
            Extent::Cut | Extent::Misleading if is_size_damaged(part) => {
                self.note_wrong_size(part, records)
            }
            Extent::Cut | Extent::Misleading => self.note_missing_data(part, records),
            Extent::Declared if part.seal == Seal::Missing => {
                self.note_no_checksum(part.data.end, records)
            }
            Extent::Declared => (),
        }
    }

    fn note_unfinished(&mut self, part: &Part, records: usize) {
        let found = part.data.len();
        let detail = format!(
            "the header gives the data size as 0, found {found} bytes: the recording was not finished"
        );
        self.note_size(part.start, detail, records);
    }

    fn note_wrong_size(&mut self, part: &Part, records: usize) {
        let (declared, found) = (part.declared, part.data.len());
        let detail = format!("the header gives the data size as {declared}, found {found} bytes");
        self.note_size(part.start, detail, records);
    }

    fn note_size(&mut self, at: usize, detail: String, records: usize) {
        let consequence = format!("read to the end: {records} records");
        self.note(
            Code::HeaderDamaged,
            Effect::Repaired,
            at,
            detail,
            consequence,
        );
    }

    fn note_missing_data(&mut self, part: &Part, records: usize) {
        let (declared, found) = (part.declared, part.data.len());
        let detail = format!("the header promises {declared} bytes of data, found {found}");
        self.note_truncated(part.data.end, detail, records);
    }

    fn note_no_checksum(&mut self, at: usize, records: usize) {
        let detail = "expected a checksum of two bytes, found the end";
        let consequence = format!("kept all {records} records");
        self.note(Code::Truncated, Effect::Noted, at, detail, consequence);
    }

    /// Said unless the header promised more anyway. Where its size was not used, two bytes are a checksum and no message.
    fn note_cut_message(&mut self, part: &Part, scan: &Scan, records: usize) {
        let end = part.data.end;
        let is_message = |at: &usize| part.extent == Extent::Declared || end - at > 2;
        let cut_at = scan.cut_at.filter(is_message);
        if let Some(at) = cut_at.filter(|_| part.extent != Extent::Cut) {
            let detail = format!("the last message runs past the end of the data at byte {end}");
            self.note_truncated(at, detail, records);
        }
    }

    fn note_truncated(&mut self, at: usize, detail: String, records: usize) {
        let consequence = format!("kept every whole message: {records} records");
        self.note(Code::Truncated, Effect::PartLost, at, detail, consequence);
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
        let places = match damage.places {
            1 => "one place".to_string(),
            places => format!("{places} places"),
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

/// An input that gave an activity did not fail, nor was it passed over.
fn note_use(problem: &mut Problem) {
    problem.effect = match problem.effect {
        Effect::Skipped => Effect::Noted,
        Effect::Failed => Effect::PartLost,
        effect => effect,
    };
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
