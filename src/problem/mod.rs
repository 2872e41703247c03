//! Problems: trouble with one file or one row is data, listed in the report, and never stops the rest.

mod tally;

pub use tally::{Count, Tally};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that was not as it should be, and what niggle did about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Problem {
    /// What kind of trouble it is; stable, for scripts.
    #[schemars(with = "String")]
    pub code: Code,
    /// Where: a file, with the byte, line or row when it is known.
    pub place: String,
    /// The line of the pain log that it is about. None: many lines, or the whole file.
    #[serde(skip)]
    pub line: Option<u64>,
    /// What was expected and what was found.
    pub detail: String,
    /// What niggle did, in words.
    pub consequence: String,
    /// What it means for the input, for counting.
    #[serde(skip)]
    pub effect: Effect,
    /// How many rows, cells or files it stands for, at least 1: equal reasons are told once.
    pub count: usize,
    /// How much of `place` is the file's name, bytes; 0 before it is known.
    #[serde(skip)]
    pub(crate) named: usize,
}

impl Problem {
    /// A problem inside a file. `place` is the position (`byte 1042`, `line 7`), or empty for the whole file;
    /// [`Problem::within`] puts the file's name before it.
    pub fn new(
        code: Code,
        effect: Effect,
        place: impl Into<String>,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) -> Self {
        Problem {
            code,
            effect,
            place: place.into(),
            line: None,
            detail: detail.into(),
            consequence: consequence.into(),
            count: 1,
            named: 0,
        }
    }

    /// The same problem in one line of its file.
    pub fn at_line(self, line: u64) -> Self {
        Problem {
            place: format!("line {line}"),
            line: Some(line),
            ..self
        }
    }

    /// The same problem for so many rows, cells or files.
    pub fn times(self, count: usize) -> Self {
        Problem { count, ..self }
    }

    /// One clear line: where, what, what niggle did, what the runner can do.
    pub fn line(&self) -> String {
        let place = if self.place.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.place)
        };
        format!(
            "{place}{}. {} {}",
            self.detail,
            self.consequence,
            self.code.advice()
        )
    }

    /// The same problem with the file's name put before its place.
    pub fn within(mut self, file: &str) -> Self {
        // Concatenated and not formatted: a formatted text has room to grow, which an export's many problems would all keep.
        self.named += match (self.named, self.place.is_empty()) {
            (0, _) => file.len(),
            // In an archive the name grows in front.
            _ => file.len() + BETWEEN.len(),
        };
        self.place = match self.place.is_empty() {
            true => file.to_string(),
            false => [file, BETWEEN, &self.place].concat(),
        };
        self
    }

    /// The file, without the byte, line or row in it; the whole place where no file was named.
    pub fn file(&self) -> &str {
        self.place
            .get(..self.named)
            .filter(|file| !file.is_empty())
            .unwrap_or(&self.place)
    }

    /// The byte, line or row in the file. Empty for the whole file.
    pub fn inside(&self) -> &str {
        let behind = self.place.get(self.named..).unwrap_or_default();
        behind.strip_prefix(BETWEEN).unwrap_or(behind)
    }
}

/// What stands between a file and the place in it.
const BETWEEN: &str = ", ";

/// What a problem means for the input it was found in, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Everything was used; there is something to know about it.
    Noted,
    /// Values were dropped or repaired; the rest was used.
    Repaired,
    /// Part of the input could not be had.
    PartLost,
    /// The input holds nothing niggle uses (a settings file, a bicycle ride, a second copy).
    Skipped,
    /// The input should have been usable and was not.
    Failed,
}

impl Effect {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Noted => "noted",
            Effect::Repaired => "repaired",
            Effect::PartLost => "part-lost",
            Effect::Skipped => "skipped",
            Effect::Failed => "failed",
        }
    }
}

impl Code {
    /// Kinds that every export is full of: counted in one line, not listed one by one.
    pub fn is_quiet(self) -> bool {
        matches!(
            self,
            Code::NotAnActivity | Code::OtherFile | Code::AfterAsOf
        )
    }

    /// Kinds of input that were understood and are of no use here: nothing is lost with them, and there is nothing to do.
    pub fn is_left_out_knowingly(self) -> bool {
        self.is_quiet() || matches!(self, Code::OtherSport | Code::Duplicate | Code::NoTime)
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $advice:literal;)*) => {
        /// The kinds of problem. The kebab-case names are stable: scripts read them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $(#[doc = $advice] $variant,)* }

        impl Code {
            /// Every kind, in the order of the list.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }

            /// What the runner can do about it, one sentence.
            pub fn advice(self) -> &'static str {
                match self { $(Code::$variant => $advice),* }
            }
        }
    };
}

codes! {
    // The input as a whole.
    Unreadable "unreadable" "Check that the file exists and may be read.";
    LinkSkipped "link-skipped" "Give niggle the folder that the link leads to, too.";
    EmptyFile "empty-file" "Copy it from the watch or download it again.";
    UnknownKind "unknown-kind" "Nothing to do, unless it should be a recording: then download it again.";
    OtherFile "other-file" "Nothing to do: exports hold pictures, messages and settings, too.";
    NotAnActivity "not-an-activity" "Nothing to do: watches store settings, sleep and steps in FIT files too.";
    ArchiveDamaged "archive-damaged" "Download it again.";
    ArchiveOverlap "archive-overlap" "Ask for the export again if it should be a real one.";
    ArchiveTooDeep "archive-too-deep" "Unpack the outer archive and give niggle the folder.";
    ArchiveEncrypted "archive-encrypted" "Unpack it with its password and give niggle the folder.";
    ArchiveEntry "archive-entry" "Unpack it and give niggle the folder if a recording is missing.";
    ArchiveDoubledName "archive-doubled-name" "Nothing to do.";
    AfterAsOf "after-as-of" "Nothing to do: --as-of leaves out what came later.";
    OtherSport "other-sport" "Nothing to do: only running counts as running.";
    Duplicate "duplicate" "Nothing to do: the richer copy was used.";
    Overlap "overlap" "If both are the same run, take the poorer file away and run niggle again.";
    TooLarge "too-large" "If this is a real recording, please report it.";
    DecoderPanic "decoder-panic" "This is a fault in niggle; please report it with the file if you can share it.";
    NoActivity "no-activity" "Download the recording again if it should hold a run.";
    // Damage.
    Truncated "truncated" "The watch may have run out of battery; what was recorded before is used.";
    CrcMismatch "crc-mismatch" "Download the file again if the run looks wrong.";
    HeaderDamaged "header-damaged" "Download the file again if the run looks wrong.";
    DamagedMiddle "damaged-middle" "Download the file again if the run looks wrong.";
    LeadingBytes "leading-bytes" "Nothing to do.";
    TrailingBytes "trailing-bytes" "Nothing to do.";
    GzipDamaged "gzip-damaged" "Download the file again.";
    UnpacksTooLarge "unpacks-too-large" "If it is real, unpack it by hand and give niggle the folder.";
    ExportUnread "export-unread" "Give niggle these activities as FIT, GPX or TCX.";
    ExportDamaged "export-damaged" "Ask for the export again if something is missing.";
    // XML text.
    XmlBroken "xml-broken" "Export the file again.";
    XmlEntities "xml-entities" "Export the file again without a DOCTYPE.";
    XmlTooDeep "xml-too-deep" "Export the file again.";
    TextEncoding "text-encoding" "Nothing to do if names look right.";
    BadPoint "bad-point" "Nothing to do: the other points are used.";
    // What the recording holds.
    NoSession "no-session" "Nothing to do: totals were rebuilt from the records.";
    NoRecords "no-records" "Nothing to do: manual entries count with their totals.";
    NoTime "no-time" "Nothing to do: routes without times are no runs.";
    ClockWrong "clock-wrong" "Set the watch's clock; the run could not be placed in your calendar.";
    WeeksBack "weeks-back" "Nothing to do if the years are right; if not, let the watch find satellites and update it, and correct the days in your training platform.";
    DayAssumed "day-assumed" "Set the watch's clock; if the day is wrong, give the file a name with the right one, as 2025-03-14.";
    TimeBackwards "time-backwards" "Nothing to do.";
    ClockJumped "clock-jumped" "Nothing to do, unless the day or the time of the run looks wrong: then set the watch's clock.";
    LongGap "long-gap" "Nothing to do: the gap is not counted as running.";
    NoTimeZone "no-time-zone" "Give your zone with --timezone, for example --timezone Europe/Berlin.";
    NoTimeOfDay "no-time-of-day" "Nothing to do: the day is right.";
    BadUtcOffset "bad-utc-offset" "Give your zone with --timezone.";
    SportAssumed "sport-assumed" "Correct the sport in your training platform if this was no run.";
    BadPosition "bad-position" "Nothing to do.";
    BadValue "bad-value" "Nothing to do.";
    SpeedSpike "speed-spike" "Nothing to do.";
    NoDistance "no-distance" "Nothing to do: the run counts with its time only.";
    Corrected "corrected" "Nothing to do: what you corrected in your account counts.";
    TotalsDiffer "totals-differ" "Check the activity in your training platform.";
    DistanceMismatch "distance-mismatch" "If it is wrong, correct the distance in your training platform and export it again.";
    TimeMismatch "time-mismatch" "If it is wrong, correct the time in your training platform and export it again.";
    StartMismatch "start-mismatch" "Nothing to do if the day is right.";
    OffsetMismatch "offset-mismatch" "Nothing to do: set the watch's zone if it is wrong.";
    SpeedMismatch "speed-mismatch" "Nothing to do.";
    SportMismatch "sport-mismatch" "Correct the sport in your training platform if this was a run.";
    // The pain log.
    PainRowUnusable "pain-row-unusable" "Correct the row; `niggle pain check` shows what was understood.";
    PainValueUnusable "pain-value-unusable" "Correct the cell; `niggle pain check` shows what was understood.";
    PainDuplicate "pain-duplicate" "Keep one row per moment and site.";
    PainContradiction "pain-contradiction" "Correct the row that is wrong.";
    PainNoSite "pain-no-site" "Name the site where you can.";
    PainNoRating "pain-no-rating" "Write a number from 0 to 10 where you can, 0 where it does not hurt.";
    PainDateFuture "pain-date-future" "If the date is right, fetch a new export of your runs, or give the day of the report (--as-of today); if not, correct it.";
    PainTextCut "pain-text-cut" "Nothing to do.";
    PainApproximate "pain-approximate" "Use a number from 0 to 10 where you can.";
    PainLogUnused "pain-log-unused" "Name the log to use with --pain.";
    PainLogUnusable "pain-log-unusable" "Correct its header, or name the right log with --pain.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_the_same_in_json() {
        for code in Code::ALL {
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{code:?}"
            );
            assert_eq!(
                serde_json::to_string(code).unwrap(),
                format!("\"{}\"", code.as_str())
            );
            assert!(
                code.advice().ends_with('.'),
                "{code:?} has advice that is a sentence"
            );
            assert!(
                !code.is_left_out_knowingly() || code.advice().starts_with("Nothing to do:"),
                "{code:?}"
            );
        }
    }

    #[test]
    fn places_start_with_the_file() {
        let problem = Problem::new(Code::Truncated, Effect::PartLost, "byte 12", "", "");
        assert_eq!(problem.within("a.fit").place, "a.fit, byte 12");
    }
}
