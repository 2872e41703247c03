//! What a file holds and what niggle made of it: as text, as JSON, or every FIT message through fitparser.
//!
//! Text and JSON never hold a position, and a title only when asked for, since people paste such output where others read it and
//! titles begin with towns; the messages hold both.

mod keys;
mod messages;
mod summary;
mod text;
pub mod view;
pub mod witnesses;

use crate::{
    decode,
    error::Error,
    exports, ingest,
    model::Format,
    problem::{Code, Effect, Problem},
    source::{self, Content, Discovered, Source},
};
use serde::Serialize;
use std::{io, path::PathBuf};
use summary::Summary;
use view::{FileView, Kind};

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
        summary: Summary::default(),
    };
    match inspecting.run(found) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(not_printed(error)),
        _ => Ok(inspecting.seen),
    }
}

fn not_printed(error: io::Error) -> Error {
    Error::Output {
        path: PathBuf::from("standard output"),
        error,
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
    summary: Summary,
}

impl Inspecting<'_> {
    fn run(&mut self, found: Discovered) -> io::Result<()> {
        if self.show == Show::Json {
            (self.print)("[")?;
        }
        let mut pending = items(found.sources, found.pain_logs, found.unreadable);
        let mut buffer = Vec::new();
        while let Some(item) = pending.pop() {
            pending.extend(self.item(item, &mut buffer)?);
        }
        self.end()
    }

    /// Looks at one item; of an archive, returns what is in it.
    fn item(&mut self, item: Item, buffer: &mut Vec<u8>) -> io::Result<Vec<Item>> {
        let view = match item {
            Item::File(source) => return self.file(&source, buffer),
            Item::PainLog(log) => FileView::of(&log.name, Kind::PainLog, Some(log.bytes)),
            Item::Unreadable(problem) => unreadable(problem),
        };
        self.view(&view).map(|()| Vec::new())
    }

    /// Says what was found of exports, or closes the list of a JSON document, and its last element.
    fn end(&mut self) -> io::Result<()> {
        match self.show {
            Show::Json => self.end_json(),
            Show::Text => self.sum_up(),
            Show::Messages => Ok(()),
        }
    }

    fn end_json(&mut self) -> io::Result<()> {
        if self.seen.files > 0 {
            (self.print)("  }")?;
        }
        (self.print)("]")
    }

    fn sum_up(&mut self) -> io::Result<()> {
        let lines = self.summary.lines();
        if !lines.is_empty() {
            (self.print)("")?;
        }
        lines.iter().try_for_each(|line| (self.print)(line))
    }

    /// Looks at one file; of an archive, returns what is in it.
    fn file(&mut self, source: &Source, buffer: &mut Vec<u8>) -> io::Result<Vec<Item>> {
        let wanted = |head: &[u8]| ingest::wish(head, &source.name);
        match source::read(source, buffer, decode::HEAD_BYTES, wanted) {
            Ok(Content::Archive) => return self.archive(source),
            Ok(Content::Long) => self.long(source, buffer)?,
            Ok(Content::Bytes(_)) if self.shows_messages_of(buffer) => {
                self.messages(&source.name, buffer)?;
            }
            Ok(Content::Bytes(problems)) => self.bytes(source, buffer, problems)?,
            Err(problem) => self.view(&unreadable_file(source).with([problem]))?,
        }
        Ok(Vec::new())
    }

    fn shows_messages_of(&self, bytes: &[u8]) -> bool {
        self.show == Show::Messages && decode::format_of(bytes) == Some(Format::Fit)
    }

    fn bytes(&mut self, source: &Source, bytes: &[u8], problems: Vec<Problem>) -> io::Result<()> {
        let kept = problems.clone();
        let looked = guarded(|| look(source, bytes, problems, self.options));
        self.looked(source, kept, looked)
    }

    /// Looks at a file that is too long to be held, of which only the head is.
    fn long(&mut self, source: &Source, head: &[u8]) -> io::Result<()> {
        let looked = guarded(|| look_through(source, head, self.options));
        self.looked(source, Vec::new(), looked)
    }

    fn looked(
        &mut self,
        source: &Source,
        kept: Vec<Problem>,
        looked: Result<FileView, Problem>,
    ) -> io::Result<()> {
        let failed = |problem| unreadable_file(source).with(kept).with([problem]);
        let view = looked.unwrap_or_else(failed);
        self.view(&self.as_asked(view))
    }

    fn as_asked(&self, view: FileView) -> FileView {
        if self.with_titles {
            view
        } else {
            view.without_titles()
        }
    }

    fn archive(&mut self, source: &Source) -> io::Result<Vec<Item>> {
        let mut view = FileView::of(&source.name, Kind::Archive, Some(source.bytes));
        match source::open(source) {
            Ok(opened) => {
                let pending = items(opened.sources, opened.pain_logs, opened.unreadable);
                view.entries = Some(pending.len());
                self.view(&view.with(opened.problems))?;
                Ok(pending)
            }
            Err(problem) => self.view(&view.with([problem])).map(|()| Vec::new()),
        }
    }

    fn messages(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.seen.files += 1;
        let stopped = if bytes.len() > decode::fit::MOST_BYTES {
            let bytes = bytes.len();
            Some(format!("{bytes} bytes are too many for fitparser"))
        } else {
            self.each_message(name, bytes)?
        };
        stopped.map_or(Ok(()), |why| self.no_messages(name, &why))
    }

    /// Prints the messages, and says why there are no more.
    fn each_message(&mut self, name: &str, bytes: &[u8]) -> io::Result<Option<String>> {
        let (print, mut count) = (&mut *self.print, 0);
        let visit = |line: &str| {
            count += 1;
            print(line)
        };
        let stopped = match guarded(|| messages::each(name, bytes, visit)) {
            Ok(read) => read?,
            Err(problem) => Some(problem.detail),
        };
        self.seen.understood += usize::from(count > 0);
        Ok(stopped)
    }

    fn no_messages(&mut self, file: &str, error: &str) -> io::Result<()> {
        let line = serde_json::to_string(&NoMessages { file, error })?;
        (self.print)(&line)
    }

    /// Shows what there is to say of one input.
    fn view(&mut self, view: &FileView) -> io::Result<()> {
        let is_first = self.seen.files == 0;
        self.seen.files += 1;
        self.summary.add(view);
        match self.show {
            Show::Text => self.text(view, is_first)?,
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

    /// A blank line between two files.
    fn text(&mut self, view: &FileView, is_first: bool) -> io::Result<()> {
        if !is_first {
            (self.print)("")?;
        }
        text::lines(view)
            .iter()
            .try_for_each(|line| (self.print)(line))
    }

    /// One element of the list. Its closing brace waits, since a comma may follow it.
    fn json(&mut self, view: &FileView, is_first: bool) -> io::Result<()> {
        if !is_first {
            (self.print)("  },")?;
        }
        self.json_without_end(&serde_json::to_string_pretty(view)?)
    }

    /// All of an object but the brace that ends it.
    fn json_without_end(&mut self, document: &str) -> io::Result<()> {
        let mut lines = document.trim_end_matches('}').trim_end().lines();
        lines.try_for_each(|line| (self.print)(&format!("  {line}")))
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
    let files = sources.into_iter().map(Item::File);
    let pain_logs = pain_logs.into_iter().map(Item::PainLog);
    let unreadable = unreadable.into_iter().map(Item::Unreadable);
    files.chain(pain_logs).chain(unreadable).rev().collect()
}

fn unreadable(problem: Problem) -> FileView {
    let place = problem.place.clone();
    FileView::of(&place, Kind::Unreadable, None).with([Problem {
        place: String::new(),
        ..problem
    }])
}

fn unreadable_file(source: &Source) -> FileView {
    FileView::of(&source.name, Kind::Unreadable, Some(source.bytes))
}

/// What a file's bytes are and hold.
fn look(
    source: &Source,
    bytes: &[u8],
    problems: Vec<Problem>,
    options: &ingest::Options,
) -> FileView {
    let view = FileView::of(&source.name, kind_of(bytes), Some(source.bytes)).with(problems);
    let view = match exports::read_by_service(bytes, &source.name) {
        Some((export, (facts, found))) => view
            .listing(export.service, facts, bytes, options)
            .with(found),
        None => view
            .recording(decode::decode(bytes), bytes, options)
            .of_unread_export(),
    };
    // Of what niggle does not know no more than the head was read.
    let is_whole = view.kind != Kind::Other;
    let unpacked_bytes = Some(bytes.len() as u64).filter(|len| is_whole && *len != source.bytes);
    FileView {
        unpacked_bytes,
        ..view
    }
}

/// What a file says that is too long to be held.
fn look_through(source: &Source, head: &[u8], options: &ingest::Options) -> FileView {
    let view = FileView::of(&source.name, Kind::Export, Some(source.bytes));
    match ingest::read_long(source, head) {
        Ok((export, (facts, found))) => view
            .listing(export.service, facts, head, options)
            .with(found),
        Err(problem) => unreadable_file(source).with([problem]),
    }
}

fn kind_of(bytes: &[u8]) -> Kind {
    decode::format_of(bytes).map_or(Kind::Other, Kind::Recording)
}

fn why_no_messages(view: &FileView) -> String {
    let is_unread = matches!(view.kind, Kind::Unreadable | Kind::Archive);
    match view.problems.first() {
        Some(found) if is_unread => found.problem.detail.clone(),
        _ => format!("holds no FIT messages: {}", text::kind(view.kind)),
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
            Err(error) => Err(no_thread(&error)),
        }
    })
}

fn no_thread(error: &io::Error) -> Problem {
    Problem::new(
        Code::Unreadable,
        Effect::Failed,
        "",
        format!("the system gives no thread to read it on ({error})"),
        "It was left out.",
    )
}
