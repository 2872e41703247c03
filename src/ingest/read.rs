//! One source to what it comes to: read, told, decoded, measured. Trouble with it is its own problem.

use super::{
    cache::Cache,
    kept::{named_kind, said},
    options::Options,
    outcome::FileOutcome,
    row::{Identity, row_of},
};
use crate::{
    decode,
    exports::{self, Facts, Listed},
    model::{Decoded, Format, Listing, Run},
    problem::{Code, Effect, Problem},
    source::{self, Content, Source},
};
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// What one source came to.
pub(super) enum Reading {
    File(FileOutcome),
    Archive(Source),
}

thread_local! {
    /// A read buffer for each worker: a fresh one for each file costs more than the copy.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What decides, beside a source, what it comes to.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) options: &'a Options,
    pub(super) cache: Option<&'a Cache>,
    pub(super) decode: fn(&[u8]) -> Decoded,
}

impl Reader<'_> {
    /// Reads a source, or gives it back when it is an archive.
    pub(super) fn read(self, source: &Source) -> Reading {
        let guarded = catch_unwind(AssertUnwindSafe(|| {
            BUFFER.with_borrow_mut(|buffer| self.read_into(buffer, source))
        }));
        match guarded.unwrap_or_else(|panic| Reading::File(FileOutcome::failed(panicked(&*panic))))
        {
            Reading::File(outcome) => Reading::File(outcome.named(&source.name)),
            archive => archive,
        }
    }

    fn read_into(self, buffer: &mut Vec<u8>, source: &Source) -> Reading {
        let wanted =
            |head: &[u8]| decode::is_recording(head) || exports::is_export(head, &source.name);
        let (mut place, mut known) = (None, None);
        let mut look_up = |kind: &[u8], bytes: &[u8]| {
            let found = self.cache.map(|cache| {
                (
                    cache,
                    cache.key(&[kind, named_kind(&source.name)].concat(), bytes),
                )
            });
            known = found.and_then(|(cache, key)| FileOutcome::kept(cache, key, &source.name));
            place = found;
            known.is_some()
        };
        let is_known: Option<source::IsKnown> = if self.cache.is_some() {
            Some(&mut look_up)
        } else {
            None
        };
        match source::read_unless(source, buffer, decode::HEAD_BYTES, wanted, is_known) {
            Ok(Some(Content::Bytes(problems))) => {
                let outcome = digest(buffer, source, self.options, self.decode, problems);
                if let Some((cache, key)) = place {
                    outcome.keep(cache, key);
                }
                Reading::File(outcome)
            }
            Ok(Some(Content::Archive)) => Reading::Archive(source.clone()),
            Ok(None) => Reading::File(known.unwrap_or_default()),
            Err(problem) => Reading::File(FileOutcome::failed(problem)),
        }
    }
}

/// Bytes to rows.
fn digest(
    bytes: &[u8],
    source: &Source,
    options: &Options,
    decode: fn(&[u8]) -> Decoded,
    problems: Vec<Problem>,
) -> FileOutcome {
    let mut outcome = FileOutcome {
        problems,
        ..FileOutcome::default()
    };
    let (code, detail) = match exports::read(bytes, &source.name) {
        Some((facts, found)) => {
            list(facts, found, source, options, &mut outcome);
            (
                Code::OtherFile,
                "a list of an account's export with nothing in it that niggle uses",
            )
        }
        None => {
            measure_all(decode(bytes), bytes, source, options, &mut outcome);
            (Code::NoActivity, "no activity in it")
        }
    };
    if outcome.is_empty()
        && !outcome
            .problems
            .iter()
            .any(|problem| problem.effect >= Effect::Skipped)
    {
        outcome.problems.push(Problem::new(
            code,
            Effect::Skipped,
            "",
            detail,
            "It was left out.",
        ));
    }
    if outcome.is_empty() && !Format::is_recording_name(&source.name) {
        // Pictures and messages are in every export; a recording that cannot be read is worth a word.
        for problem in outcome
            .problems
            .iter_mut()
            .filter(|p| matches!(p.code, Code::UnknownKind | Code::EmptyFile))
        {
            (problem.code, problem.effect) = (Code::OtherFile, Effect::Skipped);
        }
    }
    if !outcome.is_empty() {
        // The file is used: a part of it that was left out is a flag.
        for problem in outcome
            .problems
            .iter_mut()
            .filter(|problem| problem.effect >= Effect::Skipped)
        {
            problem.effect = Effect::PartLost;
        }
    }
    outcome
}

/// Every activity of a recording.
fn measure_all(
    decoded: Decoded,
    bytes: &[u8],
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) {
    outcome.problems.extend(decoded.problems);
    let many = decoded.activities.len() > 1;
    // Most files of an export hold none: settings, sleep, steps.
    let content = if decoded.activities.is_empty() {
        0
    } else {
        source::crc32(bytes)
    };
    for (index, activity) in decoded.activities.into_iter().enumerate() {
        let identity = Identity {
            content: content.wrapping_add(index as u32),
            source: &source.name,
        };
        let (row, mut found) = row_of(activity, identity, options);
        if many {
            found = found
                .into_iter()
                .map(|problem| problem.within(&format!("activity {}", index + 1)))
                .collect();
        }
        outcome.problems.extend(found);
        outcome.add(row);
    }
}

/// Every line of an export's index, and what else its file says.
fn list(
    mut facts: Facts,
    found: Vec<Problem>,
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) {
    outcome.problems.extend(found);
    for listed in std::mem::take(&mut facts.activities) {
        let Listed {
            place,
            id,
            file,
            shoe,
            activity,
        } = listed;
        let key = id.as_deref().unwrap_or(&place);
        let identity = Identity {
            content: source::crc32(key.as_bytes()),
            source: &source.name,
        };
        let (row, found) = row_of(activity, identity, options);
        // That a line has no records and no zone is not worth a word: most lines have a recording that knows better. That it has
        // no time its reader has said.
        let known = |problem: &Problem| {
            matches!(
                problem.code,
                Code::NoTimeZone | Code::NoRecords | Code::NoTime
            )
        };
        let worth = found.into_iter().filter(|problem| !known(problem));
        outcome
            .problems
            .extend(worth.map(|problem| problem.within(&place)));
        outcome.add(row.map(|row| Run {
            shoe,
            listing: Some(Box::new(Listing { place, id, file })),
            ..row
        }));
    }
    outcome.facts = said(facts);
}

/// A panic as a problem.
pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> Problem {
    let text = panic
        .downcast_ref::<&str>()
        .map(|s| s.to_string())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    let detail = format!(
        "niggle stumbled over it ({})",
        text.unwrap_or_else(|| "no message".to_string())
    );
    Problem::new(
        Code::DecoderPanic,
        Effect::Failed,
        "",
        detail,
        "It was left out; nothing else is touched.",
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;
    use crate::clean::fixture::steady;

    fn outcome(source: &Source, decode: fn(&[u8]) -> Decoded) -> FileOutcome {
        match (Reader {
            options: &Options::default(),
            cache: None,
            decode,
        })
        .read(source)
        {
            Reading::File(outcome) => outcome,
            Reading::Archive(source) => panic!("{} is no archive", source.name),
        }
    }

    #[test]
    fn a_panic_is_listed_and_harms_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let source = file(&folder, "bad.fit", b"boom");
        let bad = outcome(&source, |_| panic!("index out of range"));
        assert_eq!(bad.problems.len(), 1);
        assert_eq!(bad.problems[0].code, Code::DecoderPanic);
        assert_eq!(bad.problems[0].place, "bad.fit");
        assert!(bad.problems[0].detail.contains("index out of range"));
        let good = outcome(&source, |_| Decoded {
            activities: vec![steady(60, 3.0)],
            problems: vec![],
        });
        assert_eq!(good.runs.len(), 1, "the thread's buffer is usable again");
    }

    #[test]
    fn an_empty_list_of_an_export_is_no_recording() {
        let folder = tempfile::tempdir().unwrap();
        let empty = outcome(&file(&folder, "1_sleepData.json", b"[]"), decode::decode);
        let found: Vec<_> = empty
            .problems
            .iter()
            .map(|problem| (problem.code, problem.effect))
            .collect();
        assert_eq!(found, [(Code::OtherFile, Effect::Skipped)]);
        // An export has tens of thousands of such files: one keeps its name and its problem, and no room for more.
        assert_eq!(
            (
                empty.problems.capacity(),
                empty.runs.capacity(),
                empty.facts
            ),
            (1, 0, None)
        );
    }
}
