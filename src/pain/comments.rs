//! What the runner wrote into the accounts of services, read beside the pain log.
//!
//! A comment is about anything: only a place that hurts, a sign or a painkiller makes it an entry, and the entry is never rated. Runners
//! write of pain on the days on which it hurts, so that a rating from a comment would make the log look as if every logged day were a bad
//! one. The words themselves are kept nowhere.

use super::{
    Beside, Entry, PainLog, Place, Site,
    cells::{number, places},
    gathering::order,
    notes::{Sore, read_note, read_sores},
    places::sides_meet,
    rows::{first_chars, keep_note},
    site_text,
    words::{Vocabulary, fold, is_unknown},
};
use crate::{
    problem::{Code, Effect, Problem},
    units::counted,
    words::list,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Longest comment read, characters; a description of more is a report of a race.
const MAX_CHARS: usize = 20_000;
/// Problems told one by one; the rest is counted.
const TOLD: usize = 100;
/// The lowest number of services' scales for an injury, of which nobody can say that it is one.
const LOWEST: f64 = 1.0;

/// Something that the runner wrote into an account about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'a> {
    /// The local day.
    pub date: NaiveDate,
    /// The file of the export.
    pub file: &'a str,
    /// Where in it: `row 17`; empty where the file is about one activity.
    pub place: &'a str,
    /// What it is about, behind "in the": `TrainingPeaks workout`.
    pub about: &'a str,
    /// The words, or the number that the service has for an injury.
    pub text: &'a str,
    /// It stands where the service asks for injuries.
    pub is_injury: bool,
}

/// Reads comments beside a log: what they say of pain becomes entries of it, and what became of them is told. The same words about the
/// same day count once. What the log itself says of a place on that day goes before.
pub fn hear(log: &mut PainLog, comments: &[Written]) {
    let mut hearing = Hearing::default();
    let mut seen = BTreeSet::new();
    for comment in comments {
        if seen.insert((comment.date, fold(comment.text))) {
            hearing.take(comment, &log.entries);
        }
    }
    log.remarks.extend(hearing.remark(seen.len()));
    log.problems.append(&mut hearing.problems());
    log.entries.append(&mut hearing.entries);
    // Stable: entries of comments have no line that could settle what the day leaves open.
    log.entries.sort_by_key(order);
}

/// What was heard so far.
#[derive(Debug, Default)]
struct Hearing {
    entries: Vec<Entry>,
    /// Comments that say something of pain or signs, and are entries or stand in the log already.
    heard: usize,
    /// Comments that say that it hurts, at no place that niggle knows.
    placeless: usize,
    /// Injuries of the lowest number.
    lowest: usize,
    told: Vec<Problem>,
    untold: usize,
}

impl Hearing {
    fn take(&mut self, comment: &Written, log: &[Entry]) {
        match number(comment.text).filter(|_| comment.is_injury) {
            Some(value) if value <= LOWEST => self.lowest += 1,
            Some(_) => self.injury(comment),
            None => self.words(comment, log),
        }
    }

    fn add_unnamed(&mut self, comment: &Written) {
        self.heard += 1;
        self.entries.push(Entry {
            site: Some(Site::Unnamed),
            ..blank(comment)
        });
    }

    /// An injury that says how bad and not where.
    fn injury(&mut self, comment: &Written) {
        self.add_unnamed(comment);
        let found = format!("the injury value {} names no place", comment.text.trim());
        let done = "It counts as one place of its own, not rated: what the number means is not the pain log's scale.";
        self.tell(comment, Code::PainNoSite, &found, done);
    }

    fn words(&mut self, comment: &Written, log: &[Entry]) {
        let text = first_chars(comment.text, MAX_CHARS);
        let sores = read_sores(text);
        let mut first = blank(comment);
        keep_note(&mut first, read_note(text));
        let places = match comment.is_injury {
            true => places(text, Vocabulary::shared()),
            false => places_of(&sores),
        };
        if !places.is_empty() {
            self.places(comment, first, &places, log);
        } else if says_more_than_effort(&first) {
            self.heard += 1;
            self.entries.push(first);
        } else if sores.iter().any(|sore| sore.hurts) || is_open_injury(comment) {
            self.placeless += 1;
            let found = "speaks of pain and names no place that niggle knows";
            self.tell(
                comment,
                Code::PainNoSite,
                found,
                "It is not used; write the day into your pain log, with its place.",
            );
        }
    }

    /// An entry for each place, the note with the first. A place that the log names on that day needs none, unless the note says more.
    fn places(&mut self, comment: &Written, first: Entry, places: &[Place], log: &[Entry]) {
        self.heard += 1;
        let mut named = Vec::new();
        for (at, (site, side)) in places.iter().enumerate() {
            let entry = Entry {
                site: Some(*site),
                side: *side,
                ..if at == 0 {
                    first.clone()
                } else {
                    blank(comment)
                }
            };
            let is_logged = is_logged(log, &entry);
            if !is_logged {
                named.push(site_text(*site, *side));
            }
            if !is_logged || says_more_than_effort(&entry) {
                self.entries.push(entry);
            }
        }
        if !named.is_empty() {
            let found = format!("speaks of pain ({}) and rates nothing", list(&named));
            let done =
                "It is read beside the pain log; how much it hurt stays unknown, which is not 0.";
            self.tell(comment, Code::PainNoRating, &found, done);
        }
    }

    fn tell(&mut self, comment: &Written, code: Code, found: &str, done: &str) {
        if self.told.len() >= TOLD {
            self.untold += 1;
            return;
        }
        let Written { about, date, .. } = comment;
        let what = match code {
            Code::PainNoSite if number(comment.text).is_some() => {
                format!("{about} of {date}: {found}")
            }
            _ => format!("your comment in the {about} of {date} {found}"),
        };
        let problem = Problem::new(code, Effect::Noted, comment.place, what, done);
        self.told.push(problem.within(comment.file));
    }

    fn problems(&mut self) -> Vec<Problem> {
        let mut told = std::mem::take(&mut self.told);
        if let Some(last) = told.last().filter(|_| self.untold > 0) {
            let detail = format!("{} more comments of the same kinds", self.untold);
            let file = last.file().to_string();
            let more = Problem::new(
                Code::PainNoRating,
                Effect::Noted,
                "",
                detail,
                "Treated like those before.",
            );
            told.push(more.times(self.untold).within(&file));
        }
        told
    }

    /// What became of the comments. None without any.
    fn remark(&self, comments: usize) -> Option<String> {
        let quiet = comments - self.heard - self.placeless - self.lowest;
        let kinds = [
            (
                self.heard,
                "names a place that hurts or a sign and is read beside your pain log, without a rating",
                "name a place that hurts or a sign and are read beside your pain log, without a rating",
            ),
            (
                self.placeless,
                "speaks of pain at no place that niggle knows",
                "speak of pain at no place that niggle knows",
            ),
            (
                self.lowest,
                "is an injury of the lowest number, which counts as none",
                "are injuries of the lowest number, which counts as none",
            ),
            (
                quiet,
                "says nothing that niggle knows as pain, which is no all-clear",
                "say nothing that niggle knows as pain, which is no all-clear",
            ),
        ];
        let met = kinds.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = met
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        let read = counted(comments, "comment of yours was", "comments of yours were");
        (comments > 0).then(|| format!("In your accounts {read} read: {}.", list(&parts)))
    }
}

fn blank(comment: &Written) -> Entry {
    let beside = Beside {
        comment_on: Some(comment.about.into()),
        ..Beside::default()
    };
    Entry {
        beside: beside.kept(),
        ..Entry::on(comment.date)
    }
}

/// The places that hurt or show a sign, each once: those between the commas of the word for it, else those of its clause.
fn places_of(sores: &[Sore]) -> Vec<Place> {
    let words = Vocabulary::shared();
    let mut found: Vec<Place> = Vec::new();
    for sore in sores {
        let mut here = places(&sore.part, words);
        if here.is_empty() {
            here = places(&sore.clause, words);
        }
        here.retain(|place| !found.contains(place));
        found.extend(here);
    }
    found
}

/// Whether a comment says of itself what a rule may ask about. That a run was cut short is said of every appointment.
fn says_more_than_effort(entry: &Entry) -> bool {
    !entry.signs_in_note.is_empty() || entry.painkiller == Some(true)
}

/// Whether something stands where the service asks for injuries, and is no "none".
fn is_open_injury(comment: &Written) -> bool {
    let folded = fold(comment.text);
    comment.is_injury && !is_unknown(&folded) && !is_denial(&folded)
}

fn is_denial(folded: &str) -> bool {
    let is_no = Vocabulary::shared().yes_no.get(folded) == Some(false);
    is_no || Vocabulary::shared().sites.get(folded) == Some(Site::None)
}

/// Whether the log has a row of its own about the entry's place on its day.
fn is_logged(log: &[Entry], entry: &Entry) -> bool {
    let from = log.partition_point(|row| row.date < entry.date);
    let mut rows = log
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|row| row.date == entry.date);
    rows.any(|row| row.site == entry.site && sides_meet(row.side, entry.side))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Options, Side, Sign, read};

    fn comment(text: &str) -> Written<'_> {
        Written {
            date: "2025-05-03".parse().expect("a literal date"),
            file: "x.zip/workouts.csv",
            place: "row 5",
            about: "TrainingPeaks workout",
            text,
            is_injury: false,
        }
    }

    fn heard(comments: &[Written]) -> PainLog {
        let mut log = PainLog::default();
        hear(&mut log, comments);
        log
    }

    /// The places of one comment.
    fn check(text: &str, expected: &[Place]) {
        let log = heard(&[comment(text)]);
        let places: Vec<Place> = log.entries.iter().filter_map(Entry::place).collect();
        assert_eq!(places, expected, "{text}");
        assert!(
            log.entries.iter().all(|entry| entry.pain.is_none()),
            "no comment rates anything: {text}"
        );
    }

    #[test]
    fn a_place_that_hurts_is_an_entry_without_a_rating() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        check("Left knee hurt from 5k on", &[(Site::Knee, left)]);
        check(
            "Great run in the sun. Right calf a bit sore afterwards, stretched",
            &[(Site::Calf, right)],
        );
        check("knee ok, achilles painful", &[(Site::Achilles, None)]);
        check("left shin, pain from the start", &[(Site::Shin, left)]);
        check("rolled my ankle on a root at 3k", &[(Site::Ankle, None)]);
        check("Rechte Wade schmerzt bergauf", &[(Site::Calf, right)]);
        check("Knieschmerzen ab km 12", &[(Site::Knee, None)]);
        check("douleur au genou gauche", &[(Site::Knee, left)]);
        check("me duele la rodilla derecha", &[(Site::Knee, right)]);
        check("dolore al ginocchio sinistro", &[(Site::Knee, left)]);
        check("dor no joelho esquerdo", &[(Site::Knee, left)]);
        check("pijn aan de linker knie", &[(Site::Knee, left)]);
        check(
            "left knee and right achilles sore",
            &[(Site::Knee, left), (Site::Achilles, right)],
        );
    }

    #[test]
    fn everyday_words_are_none() {
        for text in [
            "knee ok",
            "No knee pain today",
            "the knee did not hurt",
            "Knee pain gone",
            "Easy run, sunny, met friends, back home by six",
            "into the pain cave on the last hill",
            "calf raises and squats",
            "my dad's knee hurts",
            "Tempo 3 x 10 min, legs good",
            "Heel hill repeats",
            "Keine Schmerzen im Knie",
            "pas mal du tout, mal dormi",
            "wunderbar gelaufen",
            "",
        ] {
            check(text, &[]);
            let log = heard(&[comment(text)]);
            assert_eq!((log.entries.len(), log.problems.len()), (0, 0), "{text}");
        }
    }

    #[test]
    fn signs_and_painkillers_are_heard_without_a_place() {
        let log = heard(&[comment("chest pain on the climb, had to stop")]);
        assert!(log.entries[0].has_sign(Sign::ChestPain));
        let log = heard(&[comment("took ibuprofen before the start")]);
        assert_eq!(log.entries[0].painkiller, Some(true));
        let log = heard(&[comment("left calf swollen and hot since the flight")]);
        let entry = &log.entries[0];
        assert_eq!(entry.place(), Some((Site::Calf, Some(Side::Left))));
        assert!(entry.has_sign(Sign::Swelling) && entry.has_sign(Sign::Warmth));
        assert_eq!(entry.comment_on(), Some("TrainingPeaks workout"));
        assert_eq!(entry.notes(), None, "the words are kept nowhere");
    }

    #[test]
    fn what_became_of_them_is_told() {
        let log = heard(&[
            comment("left knee hurt"),
            comment("Left knee hurt "),
            comment("hurt like hell at the end"),
            comment("sunny"),
            comment("cold"),
        ]);
        assert_eq!(
            log.remarks,
            [
                "In your accounts 4 comments of yours were read: 1 names a place that hurts or a sign and is read beside your pain \
                 log, without a rating, 1 speaks of pain at no place that niggle knows and 2 say nothing that niggle knows as pain, \
                 which is no all-clear."
            ]
        );
        let told: Vec<(Code, &str, &str)> = log
            .problems
            .iter()
            .map(|problem| {
                (
                    problem.code,
                    problem.place.as_str(),
                    problem.detail.as_str(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    Code::PainNoRating,
                    "x.zip/workouts.csv, row 5",
                    "your comment in the TrainingPeaks workout of 2025-05-03 speaks of pain (left knee) and rates nothing"
                ),
                (
                    Code::PainNoSite,
                    "x.zip/workouts.csv, row 5",
                    "your comment in the TrainingPeaks workout of 2025-05-03 speaks of pain and names no place that niggle knows"
                ),
            ]
        );
        assert_eq!(heard(&[]), PainLog::default());
    }

    #[test]
    fn an_injury_by_its_number_is_a_place_without_a_name() {
        let injury = |text| Written {
            about: "TrainingPeaks metrics",
            is_injury: true,
            ..comment(text)
        };
        let log = heard(&[injury("6")]);
        assert_eq!(log.entries[0].place(), Some((Site::Unnamed, None)));
        assert_eq!(log.entries[0].pain, None, "its scale is not the pain log's");
        assert_eq!(
            (log.problems[0].code, log.problems[0].detail.as_str()),
            (
                Code::PainNoSite,
                "TrainingPeaks metrics of 2025-05-03: the injury value 6 names no place"
            )
        );
        for nothing in ["1", "0", "1.0", "none", "no", "-"] {
            let log = heard(&[injury(nothing)]);
            assert_eq!((log.entries.len(), log.problems.len()), (0, 0), "{nothing}");
        }
        let log = heard(&[injury("left achilles")]);
        assert_eq!(
            log.entries[0].place(),
            Some((Site::Achilles, Some(Side::Left)))
        );
        let log = heard(&[injury("that thing again")]);
        assert_eq!((log.entries.len(), log.problems.len()), (0, 1));
    }

    #[test]
    fn the_log_goes_before_a_comment_on_its_day_and_place() {
        let text = "date,site,side,pain,signs\n2025-05-02,knee,left,2,\n2025-05-03,knee,left,4,\n2025-05-04,none,,0,\n";
        let log = || read(text.as_bytes(), "pain.csv", &Options::default()).expect("a log");
        let joined = |written: &str| {
            let mut log = log();
            hear(&mut log, &[comment(written)]);
            log.entries.len() - 3
        };
        assert_eq!(joined("left knee sore"), 0);
        assert_eq!(joined("knee sore"), 0, "the side may be the same");
        assert_eq!(joined("right knee sore"), 1);
        assert_eq!(joined("left knee swollen"), 1, "the log says no sign");
        let mut with = log();
        hear(&mut with, &[comment("right knee sore")]);
        let days: Vec<String> = with
            .entries
            .iter()
            .map(|entry| entry.date.to_string())
            .collect();
        assert_eq!(
            days,
            ["2025-05-02", "2025-05-03", "2025-05-03", "2025-05-04"]
        );
    }
}
