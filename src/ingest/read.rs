//! One source to what it comes to: read, told, decoded, measured. Trouble with it is its own problem.

use super::{
    cache::{Cache, Key},
    kept::{if_any, named_kind},
    long::read_long_with,
    options::Options,
    outcome::FileOutcome,
    row::{Identity, row_of},
};
use crate::{
    decode,
    exports::{self, Comment, Export, Listed, Said},
    model::{Activity, Decoded, Format, Listing, Run},
    problem::{Code, Effect, Problem},
    source::{self, Content, Source, Storage, Wish},
};
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
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
            Reading::File(outcome) => Reading::File(outcome.named(&source.name).of_service()),
            archive => archive,
        }
    }

    fn read_into(self, buffer: &mut Vec<u8>, source: &Source) -> Reading {
        let mut look_up = self.cache.map(|cache| LookUp {
            cache,
            name: &source.name,
            key: None,
            known: None,
        });
        match content(buffer, source, look_up.as_mut()) {
            Ok(Some(Content::Bytes(problems))) => {
                let outcome = digest(buffer, source, self.options, self.decode, problems);
                look_up.inspect(|look_up| look_up.keep(&outcome));
                Reading::File(outcome)
            }
            Ok(Some(Content::Long)) => Reading::File(self.read_long(source, buffer, look_up)),
            Ok(Some(Content::Archive)) => Reading::Archive(source.clone()),
            Ok(None) => Reading::File(
                look_up
                    .and_then(|look_up| look_up.known)
                    .unwrap_or_default(),
            ),
            Err(problem) => Reading::File(FileOutcome::failed(problem)),
        }
    }
}

impl Reader<'_> {
    /// Reads a source that is too long to be held, of which only the head is.
    fn read_long(self, source: &Source, head: &[u8], mut look_up: Option<LookUp>) -> FileOutcome {
        let known = look_up
            .as_mut()
            .and_then(|look_up| look_up.known_long(source));
        if let Some(outcome) = known {
            return outcome;
        }
        let mut outcome = FileOutcome::default();
        let add = |listed| drop(add_line(listed, source, self.options, &mut outcome));
        match read_long_with(source, head, add) {
            Ok((export, said)) => {
                list(export, said, head, source, self.options, &mut outcome);
            }
            Err(problem) => return FileOutcome::failed(problem),
        }
        let outcome = settled(outcome, NOTHING_LISTED, source);
        look_up.inspect(|look_up| look_up.keep(&outcome));
        outcome
    }
}

/// What a source holds; None when the cache knows what that comes to.
fn content(
    buffer: &mut Vec<u8>,
    source: &Source,
    look_up: Option<&mut LookUp>,
) -> Result<Option<Content>, Problem> {
    let wanted = |head: &[u8]| wish(head, &source.name);
    let mut ask =
        look_up.map(|look_up| move |kind: &[u8], bytes: &[u8]| look_up.is_known(kind, bytes));
    let is_known = ask.as_mut().map(|ask| ask as source::IsKnown);
    source::read_unless(source, buffer, decode::HEAD_BYTES, wanted, is_known)
}

/// How much of a file that begins so is wanted.
pub(crate) fn wish(head: &[u8], name: &str) -> Wish {
    match exports::wish(head, name) {
        Wish::Nothing => decode::is_recording(head).into(),
        wish => wish,
    }
}

/// One source's place in the cache.
struct LookUp<'a> {
    cache: &'a Cache,
    name: &'a str,
    /// What the cache knows it by. None while nobody asked.
    key: Option<Key>,
    known: Option<FileOutcome>,
}

impl LookUp<'_> {
    fn is_known(&mut self, kind: &[u8], bytes: &[u8]) -> bool {
        let kind = [kind, &named_kind(self.name)].concat();
        let key = *self.key.insert(self.cache.key(&kind, bytes));
        self.known = FileOutcome::kept(self.cache, key, self.name);
        self.known.is_some()
    }

    /// What is known of a source that is too long to be held, and so was not asked about.
    fn known_long(&mut self, source: &Source) -> Option<FileOutcome> {
        if self.key.is_none() {
            let long = source::long(source).ok()?;
            let kind = [long.kind().as_ref(), named_kind(self.name).as_slice()].concat();
            self.key = Some(self.cache.key_of(&kind, long.stored()).ok()?);
            self.known = FileOutcome::kept(self.cache, self.key?, self.name);
        }
        self.known.take()
    }

    fn keep(&self, outcome: &FileOutcome) {
        if let Some(key) = self.key {
            outcome.keep(self.cache, key);
        }
    }
}

/// What a file of this name and content comes to.
pub(super) fn of_bytes(name: &str, bytes: &[u8], options: &Options) -> FileOutcome {
    let source = Source {
        name: name.to_string(),
        storage: Storage::File(PathBuf::from(name)),
        bytes: bytes.len() as u64,
    };
    digest(bytes, &source, options, decode::decode, Vec::new()).named(name)
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
    let nothing = match exports::read_by_service(bytes, &source.name) {
        Some((export, said)) => {
            list(export, said, bytes, source, options, &mut outcome);
            NOTHING_LISTED
        }
        None => {
            let decoded = decode(bytes);
            outcome.problems.extend(decoded.problems);
            measure_all(decoded.activities, bytes, source, options, &mut outcome);
            (Code::NoActivity, "no activity in it")
        }
    };
    settled(outcome, nothing, source)
}

/// What is said of a file of an export that says nothing.
const NOTHING_LISTED: (Code, &str) = (
    Code::OtherFile,
    "a list of an account's export with nothing in it that niggle uses",
);

/// The outcome with what is to be said of the file as a whole.
fn settled(mut outcome: FileOutcome, nothing: (Code, &str), source: &Source) -> FileOutcome {
    if !outcome.is_empty() {
        outcome.note_use();
        return outcome;
    }
    outcome.note_nothing(nothing);
    if !Format::is_recording_name(&source.name) {
        outcome.excuse_other_file();
    }
    outcome
}

impl FileOutcome {
    /// The file is used: a part of it that was left out is a flag.
    fn note_use(&mut self) {
        let problems = self.problems.iter_mut();
        for problem in problems.filter(|problem| is_loss(problem)) {
            problem.effect = Effect::PartLost;
        }
    }

    /// Says why nothing was used, unless a problem does.
    fn note_nothing(&mut self, (code, detail): (Code, &str)) {
        if !self.problems.iter().any(is_loss) {
            let problem = Problem::new(code, Effect::Skipped, "", detail, "It was left out.");
            self.problems.push(problem);
        }
    }

    /// Names the service whose sessions are in a file that nothing was made of. By its path, which no cache knows.
    fn of_service(mut self) -> Self {
        let mut problems = self.problems.iter_mut();
        let foreign = problems.find(|problem| problem.code == Code::OtherFile);
        if let Some(problem) = foreign
            && let Some(layout) = exports::layout_of(&self.name)
        {
            *problem = layout.unread().within(&self.name);
        }
        self
    }

    /// Pictures and messages are in every export; a recording that cannot be read is worth a word.
    fn excuse_other_file(&mut self) {
        let is_foreign =
            |problem: &&mut Problem| matches!(problem.code, Code::UnknownKind | Code::EmptyFile);
        for problem in self.problems.iter_mut().filter(is_foreign) {
            (problem.code, problem.effect) = (Code::OtherFile, Effect::Skipped);
        }
    }
}

/// Whether the file, or the part it tells of, was not used.
fn is_loss(problem: &Problem) -> bool {
    problem.effect >= Effect::Skipped
}

/// Every activity of a recording. What is returned is what the runner wrote about them.
fn measure_all(
    activities: Vec<Activity>,
    bytes: &[u8],
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) -> Vec<Comment> {
    let mut comments = Vec::new();
    let many = activities.len() > 1;
    // Most files of an export hold none: settings, sleep, steps.
    let content = if activities.is_empty() {
        0
    } else {
        source::crc32(bytes)
    };
    for (index, mut activity) in activities.into_iter().enumerate() {
        let written = activity.comment.take();
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
        comments.extend(comment(written, row.as_ref(), ""));
        outcome.add(row);
    }
    comments
}

/// Every line of an export's index, what it records itself, and what else its file says.
fn list(
    export: &Export,
    (mut facts, found): Said,
    bytes: &[u8],
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) {
    outcome.problems.extend(found);
    let mut comments = Vec::new();
    for listed in std::mem::take(&mut facts.activities) {
        comments.extend(add_line(listed, source, options, outcome));
    }
    let recordings = std::mem::take(&mut facts.recordings);
    comments.extend(measure_all(recordings, bytes, source, options, outcome));
    for comment in &mut comments {
        comment.about = format!("{} activity", export.service);
    }
    facts.comments.extend(comments);
    if !options.notes {
        facts.leave_comments_unread();
    }
    outcome.facts = if_any(facts);
}

/// What the runner wrote about an activity, on its local day. None where nothing was, or nobody knows when it was.
fn comment(written: Option<Box<str>>, row: Option<&Run>, place: &str) -> Option<Comment> {
    let (text, row) = written.zip(row)?;
    Some(Comment {
        date: row.local_date(),
        place: place.to_string(),
        about: String::new(),
        text: text.into_string(),
        is_injury: false,
    })
}

/// A line of an index as a row. What is returned is what the runner wrote about it.
fn add_line(
    listed: Listed,
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) -> Option<Comment> {
    let Listed {
        place,
        id,
        file,
        shoe,
        mut activity,
    } = listed;
    let (clock, written) = (activity.clock, activity.comment.take());
    let key = id.as_deref().unwrap_or(&place);
    let identity = Identity {
        content: source::crc32(key.as_bytes()),
        source: &source.name,
    };
    let (row, found) = row_of(activity, identity, options);
    let worth = found.into_iter().filter(is_worth_a_word);
    outcome
        .problems
        .extend(worth.map(|problem| problem.within(&place)));
    let comment = comment(written, row.as_ref(), &place);
    outcome.add(row.map(|row| Run {
        shoe,
        listing: Some(Box::new(Listing {
            place,
            id,
            file,
            clock,
        })),
        ..row.of_index()
    }));
    comment
}

/// That a line has no records and no zone is not: most lines have a recording that knows better. That it has no time its reader
/// has said.
fn is_worth_a_word(problem: &Problem) -> bool {
    !matches!(
        problem.code,
        Code::NoTimeZone | Code::NoRecords | Code::NoTime
    )
}

/// A panic as a problem.
pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> Problem {
    let text = message(panic).unwrap_or("no message");
    let detail = format!("niggle stumbled over it ({text})");
    Problem::new(
        Code::DecoderPanic,
        Effect::Failed,
        "",
        detail,
        "It was left out; nothing else is touched.",
    )
}

fn message(panic: &(dyn std::any::Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    panic.downcast_ref::<&str>().copied().or(text)
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
