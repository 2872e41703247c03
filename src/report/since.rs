//! What is new since a report of before: that in the output folder, or one that was named.
//!
//! The report keeps what it was compared with, so that making it again from the same files gives the same bytes.

use super::{
    REPORT,
    json::{self, ASKING, Changes, Document, Moved, ReadError, Since, Told},
};
use crate::words::{list, sentence_case};
use crate::{
    error::{self, Error},
    model::History,
    rules::Severity,
    terminal, time,
};
use chrono::NaiveDate;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// The report that lay in the output folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Before {
    /// What this one is compared with: that of an earlier day, or what one of the same day was compared with.
    pub since: Option<Since>,
    /// Why there is nothing to compare with, where a report lies there: one line.
    pub why_not: Option<String>,
}

/// Reads the report that lies in the output folder, which is about to be replaced.
pub(super) fn read(output: &Path, history: &History) -> Before {
    let path = output.join(REPORT);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Before::default(),
        Err(error) => return Before::nothing(&path, &unreadable(&error)),
    };
    match json::read(&text) {
        Ok(document) => before(&path, document, history),
        Err(error) => Before::nothing(&path, &error.to_string()),
    }
}

const SAME_DAY: &str = "Same day as the last report: nothing to compare.";

fn before(path: &Path, document: Document, history: &History) -> Before {
    if let Some(why) = of_another_runner(&document, history) {
        return Before::nothing(path, &why);
    }
    if document.as_of < history.as_of {
        let told = document.told(Severity::Note);
        return Before::from(Since::new(document.as_of, told));
    }
    let day = time::date_text(document.as_of);
    let later = document.as_of > history.as_of;
    let earlier = document
        .since
        .filter(|since| since.as_of < history.as_of && !later);
    match earlier {
        Some(since) => Before::from(Since::new(since.as_of, since.told)),
        None if later => Before::nothing(path, &format!("it speaks from a later day, {day}")),
        None => Before {
            since: None,
            why_not: Some(SAME_DAY.to_string()),
        },
    }
}

impl Before {
    fn nothing(path: &Path, why: &str) -> Before {
        let path = terminal::whole(path);
        Before {
            since: None,
            why_not: Some(format!(
                "{path}: {why}. What is new since then is not told; this report took its place."
            )),
        }
    }
}

impl From<Since> for Before {
    fn from(since: Since) -> Before {
        Before {
            since: Some(since),
            why_not: None,
        }
    }
}

fn unreadable(error: &io::Error) -> String {
    format!("it cannot be read ({})", error::words(error))
}

/// A report that was named, to be compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name: the file or its folder.
    pub path: PathBuf,
    /// What it says.
    pub document: Document,
}

/// Reads a report that was named: its `findings.json`, or the folder that holds it.
///
/// # Errors
/// [`Error::Usage`]: it is not there, or none that this niggle reads.
pub fn read_named(path: &Path) -> Result<Named, Error> {
    let file = match path.is_dir() {
        true => path.join(REPORT),
        false => path.to_path_buf(),
    };
    let text = fs::read(&file).map_err(|error| named_wrongly(&file, &error::words(&error)))?;
    let document = json::read(&String::from_utf8_lossy(&text));
    Ok(Named {
        path: path.to_path_buf(),
        document: document.map_err(|error| not_ours(&file, &error))?,
    })
}

fn not_ours(file: &Path, error: &ReadError) -> Error {
    named_wrongly(file, &error.to_string())
}

fn named_wrongly(file: &Path, why: &str) -> Error {
    let file = terminal::whole(file);
    Error::Usage(format!(
        "{file}: {why}. Nothing was written. Name the findings.json of a report that this niggle wrote, or its folder."
    ))
}

/// Why an earlier report seems to be of somebody else: it shares no day with this history, or of the runs that it names on shared
/// days not one is in it. None where nothing speaks for that.
pub(super) fn of_another_runner(document: &Document, history: &History) -> Option<String> {
    let (from, to) = history.period()?;
    let theirs = document.period.from.zip(document.period.to)?;
    if theirs.1 < from || to < theirs.0 {
        let theirs = time::period_text(theirs.0, theirs.1);
        return Some(format!(
            "it shares no day with these recordings ({theirs}), and may be of another runner"
        ));
    }
    let known: BTreeSet<&str> = history
        .runs
        .iter()
        .flat_map(|run| marks(&run.run_id))
        .collect();
    let named = document.findings.iter().flat_map(|one| &one.run_ids);
    let mut shared = named.filter(|id| is_within(id, from, to)).peekable();
    let is_known = |id: &String| marks(id).into_iter().any(|mark| known.contains(mark));
    shared.peek()?;
    (!shared.any(is_known)).then(|| {
        "not one of the runs that it names is among these recordings; it may be of another runner"
            .to_string()
    })
}

/// What a run is known by, either of which may change with another copy of it: when it began, and its content.
fn marks(run_id: &str) -> [&str; 2] {
    run_id
        .rsplit_once('-')
        .map_or([run_id; 2], |(start, content)| [start, content])
}

/// Whether a run's id names one of these days.
fn is_within(run_id: &str, from: NaiveDate, to: NaiveDate) -> bool {
    let day = run_id.get(..8);
    let day = day.and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
    day.is_some_and(|day| (from..=to).contains(&day))
}

/// How this report differs from the one before: each thing for the pages, and by place for the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct News {
    as_of: NaiveDate,
    /// The day of this report.
    now_as_of: NaiveDate,
    changes: Changes,
    moves: Vec<(String, Move)>,
}

/// How what is asked of a place changed. The order is the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Move {
    New,
    Louder,
    More,
    Quieter,
    Gone,
}

impl Move {
    /// How loud it was and is, where that is at least [`ASKING`], and whether more is said than before.
    fn of(before: Option<Severity>, now: Option<Severity>, more: bool) -> Option<Move> {
        match (before, now) {
            (None, None) => None,
            (None, Some(_)) => Some(Move::New),
            (Some(_), None) => Some(Move::Gone),
            (Some(before), Some(now)) if now > before => Some(Move::Louder),
            (Some(before), Some(now)) if now < before => Some(Move::Quieter),
            _ => more.then_some(Move::More),
        }
    }

    /// What is said behind the place.
    fn words(self) -> &'static str {
        match self {
            Move::New => "new",
            Move::Louder => "louder",
            Move::More => "as loud, with more reasons",
            Move::Quieter => "quieter",
            Move::Gone => "no longer said",
        }
    }
}

impl News {
    /// What differs.
    pub(super) fn new(since: &Since, document: &Document) -> News {
        let told = document.told(Severity::Note);
        let changes = since.changes(&told);
        News {
            as_of: since.as_of,
            now_as_of: document.as_of,
            moves: moves(&since.told, &told, &changes),
            changes,
        }
    }

    /// The same by place in two lines at most: `New since 1 Oct: left knee. Right shin: louder.`
    pub(super) fn by_place(&self) -> String {
        let day = time::short_date_text(self.as_of, self.now_as_of);
        let of = |which: Move| {
            let all = self.moves.iter().filter(move |(_, how)| *how == which);
            all.map(|(place, _)| place.clone()).collect::<Vec<_>>()
        };
        let new = match of(Move::New) {
            none if none.is_empty() => format!("Since {day}:"),
            new => format!("New since {day}: {}.", list(&new)),
        };
        let others = [Move::Louder, Move::More, Move::Quieter, Move::Gone].map(|which| {
            let places = of(which);
            let said = || format!("{}: {}.", sentence_case(&list(&places)), which.words());
            (!places.is_empty()).then(said)
        });
        match self.moves.is_empty() {
            true => format!("Nothing new since your report of {day}."),
            false => {
                let said = std::iter::once(new).chain(others.into_iter().flatten());
                said.collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// That nothing differs. None where something does.
    pub(super) fn nothing(&self) -> Option<String> {
        let day = time::date_text(self.as_of);
        self.changes
            .is_empty()
            .then(|| format!("Nothing new since your report of {day}."))
    }

    /// What differs: `New since 5 Oct 2025:`, and each thing in a few words, loudest first. Empty where nothing does.
    pub(super) fn said(&self) -> Vec<(String, Vec<String>)> {
        let day = time::date_text(self.as_of);
        let told = |all: &[Told]| all.iter().map(|told| told.words().to_string()).collect();
        let moved = |all: &[Moved]| all.iter().map(moved_words).collect();
        let parts: [(&str, Vec<String>); 4] = [
            ("New", told(&self.changes.new)),
            ("Louder", moved(&self.changes.louder)),
            ("Quieter", moved(&self.changes.quieter)),
            ("No longer said", told(&self.changes.gone)),
        ];
        let said = parts.into_iter().filter(|(_, what)| !what.is_empty());
        said.map(|(what, words)| (format!("{what} since {day}:"), words))
            .collect()
    }
}

/// How each place moved of which something is asked now or was, and of running each rule, in the order of the report.
fn moves(before: &[Told], now: &[Told], changes: &Changes) -> Vec<(String, Move)> {
    let mut places: Vec<(String, String)> = Vec::new();
    for told in now.iter().chain(before) {
        let place = (told.place_key(), told.place_words());
        if !places.iter().any(|(key, _)| *key == place.0) {
            places.push(place);
        }
    }
    let loudest = |all: &[Told], key: &str| {
        let here = all.iter().filter(|told| told.place_key() == key);
        let loudness = here.filter_map(Told::loudness).max();
        loudness.filter(|loudness| *loudness >= ASKING)
    };
    let is_more = |key: &str| {
        let louder = changes.louder.iter().map(|moved| &moved.now);
        let mut more = changes.new.iter().chain(louder);
        more.any(|told| told.place_key() == key)
    };
    let moved = places.into_iter().filter_map(|(key, words)| {
        let how = Move::of(loudest(before, &key), loudest(now, &key), is_more(&key))?;
        Some((words, how))
    });
    moved.collect()
}

/// `Right shin: a high number (was: keep an eye on it)`; what only informs asks for nothing.
fn moved_words(moved: &Moved) -> String {
    let words = moved.now.words();
    match Severity::of(&moved.before).filter(|before| *before >= ASKING) {
        Some(before) => format!("{words} (was: {})", before.label().to_lowercase()),
        None => words.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::Analysis,
        pain::Site,
        report::charts::fixtures::regular,
        rules::{Finding, fixture::finding},
        time::plus_days,
    };

    fn analysis(findings: &[(&'static str, Severity)]) -> Analysis {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        let made = findings.iter().map(|(rule, severity)| Finding {
            severity: *severity,
            site: Some(Site::Shin),
            ..finding(rule, day, day)
        });
        analysis.findings = made.collect();
        analysis
    }

    fn later(analysis: Analysis, days: i64) -> Analysis {
        let mut analysis = analysis;
        analysis.history.as_of = plus_days(analysis.history.as_of, days);
        for finding in &mut analysis.findings {
            finding.from = plus_days(finding.from, days);
            finding.to = plus_days(finding.to, days);
        }
        analysis
    }

    fn since(analysis: &Analysis) -> Since {
        let told = Document::new(analysis, None).told(Severity::Note);
        Since::new(analysis.history.as_of, told)
    }

    #[test]
    fn what_is_new_louder_quieter_and_gone() {
        let before = since(&analysis(&[
            ("pain-high", Severity::Watch),
            ("pain-rising", Severity::EaseOff),
            ("pain-during-run", Severity::EaseOff),
            ("time-loss", Severity::SeeSomeone),
            ("pain-hotspot", Severity::Note),
        ]));
        let now = later(
            analysis(&[
                ("red-flag-rest-pain", Severity::SeeSomeone),
                ("pain-high", Severity::EaseOff),
                ("pain-rising", Severity::Watch),
                ("pain-during-run", Severity::EaseOff),
                ("pain-during-run", Severity::Watch),
                ("pain-hotspot", Severity::Watch),
                ("everyday", Severity::Note),
            ]),
            7,
        );
        let document = Document::new(&now, Some(&before));
        let news = News::new(&before, &document);
        let said: Vec<(String, String)> = news
            .said()
            .into_iter()
            .map(|(when, what)| (when, what.join(" · ")))
            .collect();
        let told = |when: &str, what: &str| (format!("{when} since 6 Mar 2025:"), what.to_string());
        assert_eq!(
            said,
            [
                told("New", "Shin: it hurts even at rest"),
                told(
                    "Louder",
                    "Shin: a high number (was: keep an eye on it) · Shin: it keeps coming back"
                ),
                told("Quieter", "Shin: worse from week to week (was: ease off)"),
                told("No longer said", "Shin: it takes running time"),
            ]
        );
        let kept = document.since.unwrap();
        assert_eq!(kept.new, ["red-flag-rest-pain/shin/2025-03-13"]);
        assert_eq!(kept.gone, ["time-loss/shin/2025-03-06"]);
        assert_eq!((kept.louder.len(), kept.quieter.len()), (2, 1));
        assert_eq!(news.nothing(), None);
        let same = News::new(&since(&now), &Document::new(&now, None));
        assert!(same.said().is_empty());
        assert_eq!(
            same.nothing().unwrap(),
            "Nothing new since your report of 13 Mar 2025."
        );
    }

    /// The folder with a report.
    fn holding(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(REPORT), text).unwrap();
        folder
    }

    fn text(analysis: &Analysis, since: Option<&Since>) -> String {
        json::document(analysis, since).unwrap()
    }

    #[test]
    fn a_report_of_the_same_day_hands_on_what_it_was_compared_with() {
        let before = analysis(&[("pain-high", Severity::Watch)]);
        let now = later(before.clone(), 7);
        let found = read(holding(&text(&before, None)).path(), &now.history);
        assert_eq!(found, Before::from(since(&before)));
        let again = read(
            holding(&text(&now, found.since.as_ref())).path(),
            &now.history,
        );
        assert_eq!(again, found);
    }

    #[test]
    fn what_cannot_be_compared_is_one_line() {
        let now = analysis(&[("pain-high", Severity::Watch)]);
        assert_eq!(
            read(tempfile::tempdir().unwrap().path(), &now.history),
            Before::default(),
            "nothing is there"
        );
        let whole = text(&now, None);
        let check = |text: &str, words: &str| {
            let found = read(holding(text).path(), &now.history);
            let why = found.why_not.unwrap_or_default();
            assert!(found.since.is_none() && why.contains(words), "{why}");
            assert!(why.ends_with("this report took its place.") && !why.contains('\n'));
        };
        let same = read(holding(&whole).path(), &now.history);
        assert_eq!(
            same.why_not.as_deref(),
            Some("Same day as the last report: nothing to compare.")
        );
        check(
            &text(&later(now.clone(), 7), Some(&since(&now))),
            "it speaks from a later day, 13 Mar 2025.",
        );
        check(&whole[..whole.len() / 2], "not a findings.json of niggle's");
        check("{}", "missing field `schema_version`");
        check(
            "{\"schema_version\": 1}",
            "written with schema_version 1, and this niggle reads 3",
        );
    }

    #[test]
    fn a_report_of_other_runs_is_of_another_runner() {
        let now = analysis(&[]);
        let (from, to) = now.history.period().unwrap();
        let run = now.history.runs.last().unwrap().run_id.clone();
        let with = |run_ids: &[&str]| {
            let mut earlier = Document::new(&analysis(&[("pain-high", Severity::Watch)]), None);
            earlier.findings[0].run_ids = run_ids.iter().map(|id| id.to_string()).collect();
            of_another_runner(&earlier, &now.history)
        };
        let day = to.format("%Y%m%d");
        let strange = format!("{day}-0333-ffffffff");
        assert_eq!(with(&[]), None, "nothing speaks for it");
        assert_eq!(with(&["20010101-0700-ffffffff"]), None, "no shared day");
        assert_eq!(with(&[&strange, &run]), None);
        assert!(with(&[&strange]).unwrap().contains("not one of the runs"));
        let mut elsewhere = Document::new(&now, None);
        elsewhere.period.from = Some(plus_days(from, -100));
        elsewhere.period.to = Some(plus_days(from, -1));
        let why = of_another_runner(&elsewhere, &now.history).unwrap();
        assert!(
            why.contains("shares no day with these recordings ("),
            "{why}"
        );
        elsewhere.period.to = Some(from);
        assert_eq!(of_another_runner(&elsewhere, &now.history), None);
    }

    #[test]
    fn a_named_report_is_read_by_its_file_or_its_folder() {
        let now = analysis(&[("pain-high", Severity::Watch)]);
        let folder = holding(&text(&now, None));
        let file = folder.path().join(REPORT);
        assert_eq!(
            read_named(folder.path()).unwrap().document,
            read_named(&file).unwrap().document
        );
        let missing = read_named(&folder.path().join("none.json")).unwrap_err();
        assert_eq!(missing.exit_code(), 2);
        assert!(
            missing
                .to_string()
                .contains("there is no such file or folder. Nothing was written."),
            "{missing}"
        );
        fs::write(&file, [0xff, 0xfe, b'{']).unwrap();
        let broken = read_named(&file).unwrap_err().to_string();
        assert!(
            broken.contains("not a findings.json of niggle's"),
            "{broken}"
        );
    }
}
