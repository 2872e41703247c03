//! What a file holds and what niggle made of it: as text, as JSON, or every FIT message through fitparser.
//!
//! Text and JSON never hold a position, and a title only when asked for, since people paste such output where others read it and
//! titles begin with towns; the messages hold both.

mod messages;
mod text;
pub mod view;

use crate::{
    decode,
    error::Error,
    exports, ingest,
    model::Format,
    problem::{Code, Effect, Problem},
    source::{self, Content, Discovered, Opened, Source},
};
use serde::Serialize;
use std::{io, path::PathBuf};
use view::{ExportView, FileView, Kind};

/// What to print of each file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Lines for people.
    Text,
    /// One JSON document: a list of [`FileView`], in the order of the text.
    Json,
    /// One JSON document a line: a FIT message, or why there are none or no more.
    Messages,
}

/// Takes one line, without its end.
pub type Print<'a> = dyn FnMut(&str) -> io::Result<()> + Send + 'a;

/// How many inputs there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Files, those in archives among them; archives themselves too.
    pub files: usize,
    /// Those that niggle knows what to make of.
    pub understood: usize,
}

/// Looks at every file of the inputs, in archives too, one after the other, and shows titles only `with_titles`. A reader that has
/// seen enough (a closed pipe) ends it.
///
/// # Errors
/// [`Error::Input`] when an input does not exist, [`Error::Output`] when `print` fails.
pub fn inspect(
    inputs: &[PathBuf],
    options: &ingest::Options,
    show: Show,
    with_titles: bool,
    print: &mut Print,
) -> Result<Seen, Error> {
    let found = source::discover(inputs, &[])?;
    let mut inspecting = Inspecting {
        options,
        show,
        with_titles,
        print,
        seen: Seen::default(),
    };
    match inspecting.run(found) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output {
            path: PathBuf::from("standard output"),
            error,
        }),
        _ => Ok(inspecting.seen),
    }
}

/// Something that is still to be looked at.
enum Item {
    File(Source),
    PainLog(Source),
    Unreadable(Problem),
}

struct Inspecting<'a> {
    options: &'a ingest::Options,
    show: Show,
    with_titles: bool,
    print: &'a mut Print<'a>,
    seen: Seen,
}

impl Inspecting<'_> {
    fn run(&mut self, found: Discovered) -> io::Result<()> {
        if self.show == Show::Json {
            (self.print)("[")?;
        }
        let mut pending = items(found.sources, found.pain_logs, found.unreadable);
        let mut buffer = Vec::new();
        while let Some(item) = pending.pop() {
            match item {
                Item::File(source) => pending.extend(self.file(&source, &mut buffer)?),
                Item::PainLog(log) => {
                    self.view(&FileView::of(&log.name, Kind::PainLog, Some(log.bytes)))?
                }
                Item::Unreadable(problem) => self.view(&unreadable(problem))?,
            }
        }
        match self.show {
            Show::Json if self.seen.files > 0 => {
                (self.print)("  }").and_then(|()| (self.print)("]"))
            }
            Show::Json => (self.print)("]"),
            Show::Text | Show::Messages => Ok(()),
        }
    }

    /// Looks at one file; of an archive, returns what is in it.
    fn file(&mut self, source: &Source, buffer: &mut Vec<u8>) -> io::Result<Vec<Item>> {
        let wanted =
            |head: &[u8]| decode::is_recording(head) || exports::is_export(head, &source.name);
        match source::read(source, buffer, decode::HEAD_BYTES, wanted) {
            Ok(Content::Archive) => return self.archive(source),
            Ok(Content::Bytes(_))
                if self.show == Show::Messages
                    && decode::format_of(buffer) == Some(Format::Fit) =>
            {
                self.messages(&source.name, buffer)?;
            }
            Ok(Content::Bytes(problems)) => {
                let kept = problems.clone();
                let looked = guarded(|| look(source, buffer, problems, self.options));
                let failed = |problem| {
                    FileView::of(&source.name, Kind::Unreadable, Some(source.bytes))
                        .with(kept)
                        .with([problem])
                };
                let view = looked.unwrap_or_else(failed);
                self.view(&if self.with_titles {
                    view
                } else {
                    view.without_titles()
                })?;
            }
            Err(problem) => {
                self.view(
                    &FileView::of(&source.name, Kind::Unreadable, Some(source.bytes))
                        .with([problem]),
                )?;
            }
        }
        Ok(Vec::new())
    }

    fn archive(&mut self, source: &Source) -> io::Result<Vec<Item>> {
        let view = FileView::of(&source.name, Kind::Archive, Some(source.bytes));
        match source::open(source) {
            Ok(Opened {
                sources,
                pain_logs,
                unreadable,
                problems,
            }) => {
                let pending = items(sources, pain_logs, unreadable);
                self.view(
                    &FileView {
                        entries: Some(pending.len()),
                        ..view
                    }
                    .with(problems),
                )?;
                Ok(pending)
            }
            Err(problem) => self.view(&view.with([problem])).map(|()| Vec::new()),
        }
    }

    fn messages(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.seen.files += 1;
        if bytes.len() > decode::fit::MOST_BYTES {
            return self.no_messages(
                name,
                &format!("{} bytes are too many for fitparser", bytes.len()),
            );
        }
        let (print, mut count) = (&mut *self.print, 0);
        let each = || {
            messages::each(name, bytes, |line| {
                count += 1;
                print(line)
            })
        };
        let stopped = match guarded(each) {
            Ok(read) => read?,
            Err(problem) => Some(problem.detail),
        };
        self.seen.understood += usize::from(count > 0);
        stopped.map_or(Ok(()), |why| self.no_messages(name, &why))
    }

    fn no_messages(&mut self, file: &str, error: &str) -> io::Result<()> {
        let line = serde_json::to_string(&NoMessages { file, error })?;
        (self.print)(&line)
    }

    /// Shows what there is to say of one input.
    fn view(&mut self, view: &FileView) -> io::Result<()> {
        let is_first = self.seen.files == 0;
        self.seen.files += 1;
        match self.show {
            Show::Text => {
                if !is_first {
                    (self.print)("")?;
                }
                text::lines(view)
                    .iter()
                    .try_for_each(|line| (self.print)(line))?;
            }
            Show::Json => self.json(view, is_first)?,
            // Why an archive's files have none is said of each.
            Show::Messages if view.kind == Kind::Archive && view.problems.is_empty() => {
                return Ok(());
            }
            Show::Messages => return self.no_messages(&view.file, &why_no_messages(view)),
        }
        self.seen.understood += usize::from(view.is_understood());
        Ok(())
    }

    /// One element of the list. Its closing brace waits, since a comma may follow it.
    fn json(&mut self, view: &FileView, is_first: bool) -> io::Result<()> {
        if !is_first {
            (self.print)("  },")?;
        }
        let document = serde_json::to_string_pretty(view)?;
        let lines = document.trim_end_matches('}').trim_end().lines();
        lines
            .into_iter()
            .try_for_each(|line| (self.print)(&format!("  {line}")))
    }
}

/// What takes the place of messages that cannot be had.
#[derive(Serialize)]
struct NoMessages<'a> {
    file: &'a str,
    error: &'a str,
}

/// Last first, since they are taken from the end.
fn items(sources: Vec<Source>, pain_logs: Vec<Source>, unreadable: Vec<Problem>) -> Vec<Item> {
    let files = sources
        .into_iter()
        .map(Item::File)
        .chain(pain_logs.into_iter().map(Item::PainLog));
    files
        .chain(unreadable.into_iter().map(Item::Unreadable))
        .rev()
        .collect()
}

fn unreadable(problem: Problem) -> FileView {
    let place = problem.place.clone();
    FileView::of(&place, Kind::Unreadable, None).with([Problem {
        place: String::new(),
        ..problem
    }])
}

/// What a file's bytes are and hold.
fn look(
    source: &Source,
    bytes: &[u8],
    problems: Vec<Problem>,
    options: &ingest::Options,
) -> FileView {
    let kind = decode::format_of(bytes).map_or(Kind::Other, Kind::Recording);
    let view = FileView::of(&source.name, kind, Some(source.bytes)).with(problems);
    let view = match exports::read(bytes, &source.name) {
        Some((facts, found)) => FileView {
            kind: Kind::Export,
            export: Some(ExportView::of(&facts)),
            ..view
        }
        .with(found),
        None => view.recording(decode::decode(bytes), bytes, options),
    };
    // Of what niggle does not know no more than the head was read.
    let unpacked_bytes =
        Some(bytes.len() as u64).filter(|len| view.kind != Kind::Other && *len != source.bytes);
    FileView {
        unpacked_bytes,
        ..view
    }
}

fn why_no_messages(view: &FileView) -> String {
    match view
        .problems
        .first()
        .filter(|_| matches!(view.kind, Kind::Unreadable | Kind::Archive))
    {
        Some(found) => found.problem.detail.clone(),
        None => format!("holds no FIT messages: {}", text::kind(view.kind)),
    }
}

/// Runs `work` on a thread whose panics are quiet, since each becomes a problem.
fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .name(ingest::WORKER_NAME.to_string())
            .spawn_scoped(scope, work);
        match worker {
            Ok(worker) => worker.join().map_err(|panic| ingest::panicked(&*panic)),
            Err(error) => Err(Problem::new(
                Code::Unreadable,
                Effect::Failed,
                "",
                format!("the system gives no thread to read it on ({error})"),
                "It was left out.",
            )),
        }
    })
}
