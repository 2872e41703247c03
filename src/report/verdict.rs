//! The first lines of the report and of its summary on the terminal: what is asked, a line a place, the loudest first; and what is
//! known where nothing is asked. Nothing that was not judged is called fine.

use super::lost;
use crate::{
    analysis::{Analysis, DayFrom},
    pain::{Entry, Place, Set, Sign, site_text},
    problem::{Code, Problem},
    rules::{
        Finding, Severity, ladder,
        ladder::Rung,
        single_run_spike,
        standing::{self, Standing},
        triage, weekly_distance_jump,
    },
    time,
    units::counted,
    words::{lower_first, sentence, sentence_case},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Places said in full at the top; the others are said in their sections.
pub(super) const AT_TOP: usize = 6;

/// Places said to be logged without a rating.
const UNRATED: usize = 3;

/// How the one sentence of comfort begins.
pub(super) const LATELY: &str = "In the last 14 days";

/// What is known of the running where much of it was lost.
const MISSING: &str =
    "Of your running too much is missing to say that nothing stands out: see above.";

/// What is known of the running where no run was read.
const NO_RUN: &str = "Of your running nothing is known.";

/// The rules that look at how far was run: where they could not look, running was not judged.
const OF_DISTANCE: [&str; 2] = [single_run_spike::RULE.id, weekly_distance_jump::RULE.id];

/// The verdict.
pub(super) struct Verdict<'a> {
    /// What is said of these days, a rung a place, the loudest first.
    pub rungs: Vec<Rung<'a>>,
    /// What is known beside that, a sentence or two each; with nothing asked, what keeps it from being an all-clear.
    pub known: Vec<String>,
    /// What follows [`LATELY`] in the one sentence that says that there is nothing to ask about. None where anything was not judged,
    /// is asked, or hurts.
    pub calm: Option<String>,
    /// How many rules had too little to look at.
    pub unseen: usize,
    /// The rules about how far was run could look.
    pub looked: bool,
}

impl<'a> Verdict<'a> {
    /// The places that something is asked of.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Rung<'a>> {
        self.rungs
            .iter()
            .filter(|rung| rung.severity() >= Severity::Watch)
    }

    /// Those said at the top, in full. Beside what is to be looked at only what is of the body: what a study says of sleep has no
    /// place in an alarm, and running asks for nothing until then.
    pub(super) fn at_top(&self) -> impl Iterator<Item = &Rung<'a>> {
        let first = self.asked().next().map(Rung::severity);
        let see_first = first >= Some(Severity::SeeSomeone);
        let is_told = move |rung: &&Rung| !see_first || rung.is_of_the_body();
        self.asked().filter(is_told).take(AT_TOP)
    }

    /// The one sentence of comfort, whole.
    pub(super) fn calm_text(&self) -> Option<String> {
        self.calm.as_ref().map(|rest| format!("{LATELY}{rest}"))
    }

    /// Whether the finding is the one that is said in full at the top.
    pub(super) fn is_at_top(&self, finding: &Finding) -> bool {
        self.at_top()
            .filter_map(Rung::lead)
            .any(|lead| std::ptr::eq(lead, finding))
    }
}

/// The verdict of a report.
pub(super) fn of(analysis: &Analysis) -> Verdict<'_> {
    let rungs = ladder::ladder(&analysis.findings, analysis.history.as_of);
    let unseen: BTreeSet<&str> = analysis.not_judged.iter().map(|entry| entry.rule).collect();
    let looked = OF_DISTANCE.iter().all(|rule| !unseen.contains(rule));
    let pain = of_pain(analysis, &rungs);
    let running = of_running(analysis, &rungs, &unseen);
    let nothing_of_running = !is_asked(&rungs) && running.is_empty();
    let calm = (nothing_of_running && pain.is_empty()).then(|| calm(analysis));
    let is_quiet = looked && nothing_of_running && calm.is_none();
    let quiet = is_quiet.then(|| format!("{LATELY} nothing of your running stood out."));
    let is_pain_low = analysis.is_log_alone() && !is_asked(&rungs) && pain.is_empty();
    let low = is_pain_low.then(|| format!("{LATELY} {}", low(analysis)));
    Verdict {
        known: pain
            .into_iter()
            .chain(low)
            .chain(running)
            .chain(quiet)
            .collect(),
        rungs,
        calm,
        unseen: unseen.len(),
        looked,
    }
}

/// Whether anything is asked of anyone.
fn is_asked(rungs: &[Rung]) -> bool {
    rungs.iter().any(|rung| rung.severity() >= Severity::Watch)
}

/// Whether anything is asked about a place.
fn is_asked_of(rungs: &[Rung], place: Place) -> bool {
    let mut asking = rungs
        .iter()
        .filter(|rung| rung.severity() >= Severity::Watch);
    asking.any(|rung| rung.is_at(place))
}

/// Rows of the pain log that the triage table looked at as current; one about sleep or shoes alone says nothing of pain.
pub(super) fn rows_lately(analysis: &Analysis) -> usize {
    current_rows(analysis).count()
}

fn current_rows(analysis: &Analysis) -> impl Iterator<Item = &Entry> {
    let as_of = analysis.history.as_of;
    let entries = analysis.pain.entries.iter();
    entries.filter(move |entry| triage::is_current_row(entry, as_of))
}

/// `today, 12 Oct 2025`, `yesterday, 11 Oct 2025`, `on 12 Oct 2025`. The last recorded day is today to nobody.
pub(super) fn day_text(analysis: &Analysis, day: NaiveDate) -> String {
    let date = time::date_text(day);
    let days_ago = time::days_between(day, analysis.history.as_of);
    match (days_ago, analysis.day_from) {
        (0, DayFrom::Clock) => format!("today, {date}"),
        (1, _) => format!("yesterday, {date}"),
        _ => format!("on {date}"),
    }
}

/// The only comfort there is. Absence of entries is never reassurance.
fn calm(analysis: &Analysis) -> String {
    let low = low(analysis);
    format!(" your running shows nothing to ask about, and {low}")
}

/// What the ratings of these days say where none is above 2, and what that leaves open.
fn low(analysis: &Analysis) -> String {
    let rated = standing::days_rated(&analysis.pain.entries, analysis.history.as_of);
    let (days, notes) = (
        counted(rated, "rated day", "rated days"),
        of_notes(analysis),
    );
    format!(
        "no place was above 2 of 10 on the {days} of your pain log. Days without an entry are unknown.{notes}"
    )
}

fn is_of_words(entry: &Entry) -> bool {
    entry.notes().is_some() || entry.comment_on().is_some()
}

/// What notes of these days leave open. Empty without any.
fn of_notes(analysis: &Analysis) -> &'static str {
    match current_rows(analysis).any(is_of_words) {
        true => {
            " In your notes niggle looks for signs it knows; what else they say it cannot weigh."
        }
        false => "",
    }
}

/// What the log says, or does not say, that no finding asks about.
fn of_pain(analysis: &Analysis, rungs: &[Rung]) -> Vec<String> {
    let (entries, as_of) = (&analysis.pain.entries, analysis.history.as_of);
    let mut said = above(analysis, rungs);
    said.extend(unrated(analysis, rungs));
    said.extend(signs(analysis, rungs));
    said.extend(unknown(analysis));
    let changed = standing::changed_running(entries, as_of).filter(|_| !is_asked(rungs));
    said.extend(changed.map(|why| sentence(&why)));
    let from = triage::current_from(as_of);
    said.extend(lost_rows(lost::rows_of(analysis, from, as_of)));
    said
}

/// The places above 2 of these days that no finding asks about.
fn above(analysis: &Analysis, rungs: &[Rung]) -> Vec<String> {
    let mut found = standing::standings(&analysis.pain.entries, analysis.history.as_of);
    found.retain(|found| found.highest.0 > standing::ABOVE && !is_asked_of(rungs, found.place));
    found
        .iter()
        .map(|found| numbers(analysis, rungs, found))
        .collect()
}

fn lost_rows(lost: usize) -> Option<String> {
    match lost {
        0 => None,
        1 => Some(
            "1 row of your pain log that may be of these days could not be used: what it says is unknown.".to_string(),
        ),
        lost => Some(format!(
            "{lost} rows of your pain log that may be of these days could not be used: what they say is unknown."
        )),
    }
}

/// A place above 2 with its numbers, what is known about it that asks for nothing, and what would help to say more.
fn numbers(analysis: &Analysis, rungs: &[Rung], found: &Standing) -> String {
    let name = place_name(found.place);
    let said = |day| day_text(analysis, day);
    let note = rungs
        .iter()
        .find(|rung| rung.is_at(found.place))
        .map(|rung| rung.text());
    let numbers = match note {
        Some(_) => found.text_beside_finding(said),
        None => found.text(said),
    };
    let more = note
        .or_else(|| good_news(analysis, found.place))
        .or_else(|| how_it_began(analysis, found.place));
    match more {
        Some(more) => format!("{name}: {numbers}. {more}"),
        None => format!("{name}: {numbers}."),
    }
}

fn place_name((site, side): Place) -> String {
    sentence_case(&site_text(site, side))
}

/// What is good about a place these days.
fn good_news(analysis: &Analysis, (site, side): Place) -> Option<String> {
    let is_here = |finding: &&Finding| {
        finding.site == Some(site) && crate::pain::sides_meet(finding.side, side)
    };
    let good = analysis
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Good);
    let mut current = good.filter(|finding| triage::is_current(finding, analysis.history.as_of));
    current.find(is_here).map(Finding::text)
}

/// What would let niggle say more. None where the log tells of the place how it began or what it did to running.
fn how_it_began(analysis: &Analysis, place: Place) -> Option<String> {
    (!is_beginning_told(analysis, place)).then(|| {
        "How it began and what it did to your running is not logged; with that niggle can say more.".to_string()
    })
}

fn is_beginning_told(analysis: &Analysis, place: Place) -> bool {
    let mut here = current_rows(analysis).filter(|entry| entry.place() == Some(place));
    here.any(tells_beginning)
}

fn tells_beginning(entry: &Entry) -> bool {
    entry.onset.is_some() || entry.sudden_in_note || entry.effect().is_some()
}

/// Places of these days without a rating.
fn unrated(analysis: &Analysis, rungs: &[Rung]) -> Vec<String> {
    let rows = standing::unrated(&analysis.pain.entries, analysis.history.as_of);
    let last: BTreeMap<Place, &Entry> = rows.filter_map(|row| Some((row.place()?, row))).collect();
    let unspoken = last
        .into_iter()
        .filter(|(place, _)| !is_asked_of(rungs, *place));
    let said = unspoken.map(|(place, row)| unrated_text(analysis, place, row));
    said.take(UNRATED).collect()
}

fn unrated_text(analysis: &Analysis, place: Place, row: &Entry) -> String {
    let (name, day) = (place_name(place), day_text(analysis, row.date));
    let written = match row.comment_on() {
        Some(about) => format!("named in the {about} {day},"),
        None => format!("logged {day}"),
    };
    format!("{name}: {written} without a rating, so how much it hurt is unknown.")
}

/// Signs of these days that no finding asks about: they are told, since niggle does not know them to be harmless.
fn signs(analysis: &Analysis, rungs: &[Rung]) -> Option<String> {
    let told = sign_names(&open_signs(analysis, rungs));
    (!told.is_empty()).then(|| {
        format!("Your log of these days tells of {told}, which no pattern asks about here.")
    })
}

/// The names of the signs in a row.
fn sign_names(signs: &Set<Sign>) -> String {
    let names: Vec<&str> = signs.iter().map(Sign::label).collect();
    names.join(", ")
}

/// The signs in rows of these days about whose place, or the body as a whole, nothing is asked.
fn open_signs(analysis: &Analysis, rungs: &[Rung]) -> Set<Sign> {
    let is_body_asked = is_body_asked(rungs);
    let is_open = |row: &&Entry| match row.place() {
        Some(place) => !is_asked_of(rungs, place),
        None => !is_body_asked,
    };
    let open = current_rows(analysis).filter(is_open);
    open.flat_map(|row| row.signs.iter().chain(row.signs_in_note))
        .collect()
}

/// Whether something is asked about the body as a whole.
fn is_body_asked(rungs: &[Rung]) -> bool {
    rungs.iter().any(|rung| {
        rung.severity() >= Severity::Watch && rung.place.is_none() && rung.is_of_the_body()
    })
}

/// That nothing is known about pain, and why. None where a place was rated.
fn unknown(analysis: &Analysis) -> Option<String> {
    let why = why_unknown(analysis, "your")?;
    Some(format!("About pain nothing is known: {why}."))
}

/// Whether there is no log at all, nor a note in its place.
pub(super) fn is_without_log(analysis: &Analysis) -> bool {
    analysis.pain.place.is_none() && analysis.pain.entries.is_empty() && !is_log_unusable(analysis)
}

fn is_log_unusable(analysis: &Analysis) -> bool {
    let is_unusable = |problem: &Problem| problem.code == Code::PainLogUnusable;
    analysis.problems.iter().any(is_unusable)
}

/// Why nothing is known about pain in the last 14 days, as the end of a sentence about `your` log or `the` runner's. None where a place
/// was rated: what is not logged is never fine, and every page asks here.
pub(super) fn why_unknown(analysis: &Analysis, whose: &str) -> Option<String> {
    let (entries, as_of) = (&analysis.pain.entries, analysis.history.as_of);
    if is_log_unusable(analysis) {
        Some(format!("{whose} pain log could not be used"))
    } else if is_without_log(analysis) {
        Some("there is no pain log".to_string())
    } else if analysis.pain.place.is_none() {
        Some(format!(
            "what stands in {whose} accounts rates nothing, and there is no pain log"
        ))
    } else if rows_lately(analysis) == 0 {
        let last = last_entry_text(analysis);
        Some(format!(
            "{whose} pain log has no entry about it in these 14 days{last}"
        ))
    } else if standing::days_rated(entries, as_of) == 0 {
        Some("no row of these 14 days has a rating".to_string())
    } else {
        None
    }
}

/// ` (the last is of 4 May 2025)`. Empty without one.
fn last_entry_text(analysis: &Analysis) -> String {
    last_entry(analysis).map_or(String::new(), |day| {
        format!(" (the last is of {})", time::date_text(day))
    })
}

fn last_entry(analysis: &Analysis) -> Option<NaiveDate> {
    let days = analysis.pain.entries.iter().map(|entry| entry.date);
    days.filter(|day| *day <= analysis.history.as_of).max()
}

/// That running was not judged, or what of it is only told. Empty where the rules about distance looked.
fn of_running(analysis: &Analysis, rungs: &[Rung], unseen: &BTreeSet<&str>) -> Vec<String> {
    let mut unseen_of_distance = OF_DISTANCE.to_vec();
    unseen_of_distance.retain(|rule| unseen.contains(rule));
    if analysis.is_log_alone() {
        return vec![NO_RUN.to_string()];
    }
    let mut said = Vec::new();
    if lost::is_loud(analysis) {
        said.push(MISSING.to_string());
    }
    if !unseen_of_distance.is_empty() {
        said.push(not_judged(analysis, &unseen_of_distance));
    }
    let notes = rungs
        .iter()
        .filter(|rung| rung.severity() == Severity::Note);
    let told = notes.filter(|rung| is_of_distance(rung));
    said.extend(
        told.map(|rung| format!("{}: {}", Severity::Note.label(), lower_first(&rung.text()))),
    );
    said
}

fn is_of_distance(rung: &Rung) -> bool {
    rung.lead()
        .is_some_and(|lead| OF_DISTANCE.contains(&lead.rule))
}

/// That the rules about how far was run could not look and why; what the others miss stands in its own section.
fn not_judged(analysis: &Analysis, of_distance: &[&str]) -> String {
    if of_distance.len() == OF_DISTANCE.len() && !has_weeks_to_compare(analysis) {
        return TOO_FEW_RUNS.to_string();
    }
    let (what, why) = (
        subject(of_distance),
        missing(&rules_by_reason(analysis), of_distance),
    );
    format!("{what} could not be judged: {why}.")
}

/// Said where there is neither a week nor a run to compare with.
const TOO_FEW_RUNS: &str =
    "Too few runs in the last month to compare your week with. It needs four whole weeks.";

/// Weeks that the latest one is compared with.
const WEEKS: usize = 4;

/// Whether the weeks before this one are all recorded whole.
fn has_weeks_to_compare(analysis: &Analysis) -> bool {
    let monday = time::week_start(analysis.history.as_of);
    let weeks = analysis.history.weeks.iter().rev();
    let before = weeks.filter(|week| week.start < monday).take(WEEKS);
    before.filter(|week| week.full).count() == WEEKS
}

/// What these rules miss.
fn missing(by_reason: &BTreeMap<&str, BTreeSet<&str>>, of: &[&str]) -> String {
    let bears_on = |rules: &BTreeSet<&str>| of.iter().any(|rule| rules.contains(rule));
    let own = by_reason.iter().filter(|(_, rules)| bears_on(rules));
    own.map(|(why, _)| *why).collect::<Vec<_>>().join("; ")
}

fn rules_by_reason(analysis: &Analysis) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut by_reason: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in &analysis.not_judged {
        by_reason.entry(&entry.why).or_default().insert(entry.rule);
    }
    by_reason
}

/// What these rules look at.
fn subject(of_distance: &[&str]) -> &'static str {
    match of_distance {
        [_, _] => "How far you ran",
        [only] if *only == single_run_spike::RULE.id => "Your latest long run",
        _ => "Your latest week",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Beside;
    use crate::{
        pain::{PainLog, Side, Site},
        problem::{Effect, Problem},
        report::charts::fixtures::{date, pain, regular},
        rules::{NotJudged, fixture::finding},
        time::plus_days,
    };

    /// Eight weeks of running and, on its last days, these rows; a log that is all clear on the 14 days before.
    fn runner(rows: impl Fn(NaiveDate) -> Vec<Entry>) -> Analysis {
        let mut analysis = regular(8);
        let as_of = analysis.history.as_of;
        let clear = (3..14)
            .rev()
            .map(|n| pain(plus_days(as_of, -n), Site::None, None, 0.0));
        let entries = clear.chain(rows(as_of)).enumerate();
        let entries = entries
            .map(|(n, entry)| Entry {
                line: n as u64 + 2,
                ..entry
            })
            .collect();
        analysis.pain = PainLog {
            place: Some("pain.csv".to_string()),
            entries,
            ..PainLog::default()
        };
        analysis.findings.clear();
        analysis
    }

    fn shin(day: NaiveDate, rating: f64) -> Entry {
        pain(day, Site::Shin, Some(Side::Right), rating)
    }

    fn cannot_look(rules: &[&'static str], why: &str) -> Vec<NotJudged> {
        rules
            .iter()
            .map(|rule| NotJudged {
                rule,
                why: why.to_string(),
            })
            .collect()
    }

    /// The loudest label, whether it is calm, and what is known.
    fn check(what: &str, analysis: &Analysis, is_calm: bool, expected: &[&str]) {
        let verdict = of(analysis);
        assert_eq!(
            verdict.calm.is_some(),
            is_calm,
            "{what}: {:?}",
            verdict.known
        );
        assert_eq!(
            verdict.known.len(),
            expected.len(),
            "{what}: {:?}",
            verdict.known
        );
        for (said, expected) in verdict.known.iter().zip(expected) {
            assert!(said.contains(expected), "{what}: {said}");
        }
        if let Some(calm) = verdict.calm_text() {
            assert!(
                calm.contains("nothing to ask about")
                    && calm.contains("no place was above 2 of 10 on the"),
                "{calm}"
            );
        }
    }

    /// Every branch of the opening: what is logged or missing, whether it may comfort, and what it says instead.
    #[test]
    fn it_comforts_only_where_runs_and_log_were_judged() {
        let noted = |as_of| {
            vec![Entry {
                beside: Beside {
                    notes: Some("fine".into()),
                    ..Beside::default()
                }
                .kept(),
                ..pain(as_of, Site::None, None, 0.0)
            }]
        };
        check("a note", &runner(noted), true, &[]);
        let said = |analysis: &Analysis| {
            of(analysis)
                .calm
                .unwrap_or_default()
                .contains("In your notes niggle looks for")
        };
        assert!(said(&runner(noted)) && !said(&runner(|_| vec![])));
        const STOOD_OUT: &str = "In the last 14 days nothing of your running stood out.";
        let yesterday = |rating: f64| move |as_of| vec![shin(plus_days(as_of, -1), rating)];
        check("all clear", &runner(|_| vec![]), true, &[]);
        check("2 of 10", &runner(yesterday(2.0)), true, &[]);
        let shin_hurts = "Right shin: 2.5 of 10 yesterday, 5 Mar 2025";
        check(
            "2.5 of 10",
            &runner(yesterday(2.5)),
            false,
            &[shin_hurts, STOOD_OUT],
        );
        let high = runner(yesterday(9.0));
        check("9 of 10", &high, false, &["9 of 10 yesterday", STOOD_OUT]);
        assert!(
            of(&high).known[0]
                .contains("How it began and what it did to your running is not logged")
        );
        let told = |as_of| {
            vec![Entry {
                onset: Some(crate::pain::Onset::Gradual),
                ..shin(as_of, 9.0)
            }]
        };
        assert!(!of(&runner(told)).known[0].contains("is not logged"));
        let unnamed = |as_of| {
            vec![Entry {
                site: None,
                side: None,
                ..shin(as_of, 5.0)
            }]
        };
        check(
            "no place",
            &runner(unnamed),
            false,
            &["A place you did not name: 5 of 10 on 6 Mar 2025", STOOD_OUT],
        );
        let blank = |as_of| {
            vec![Entry {
                pain: None,
                ..shin(as_of, 0.0)
            }]
        };
        let cut = |as_of| {
            vec![Entry {
                function: Some(crate::pain::Function::CutShort),
                ..shin(as_of, 1.0)
            }]
        };
        let said = "Your log of 6 Mar 2025 says that pain cut the run short (right shin).";
        check("cut short", &runner(cut), false, &[said, STOOD_OUT]);
        let sign = |as_of| {
            vec![Entry {
                signs_in_note: [Sign::Confusion].into(),
                ..pain(as_of, Site::None, None, 0.0)
            }]
        };
        check(
            "a sign",
            &runner(sign),
            false,
            &[
                "tells of confusion or staggering, which no pattern asks about",
                STOOD_OUT,
            ],
        );
        check(
            "no rating",
            &runner(blank),
            false,
            &[
                "Right shin: logged on 6 Mar 2025 without a rating",
                STOOD_OUT,
            ],
        );

        let mut none = runner(|_| vec![]);
        none.pain = PainLog::default();
        check(
            "no log",
            &none,
            false,
            &[
                "About pain nothing is known: there is no pain log.",
                STOOD_OUT,
            ],
        );
        none.problems = vec![Problem::new(
            Code::PainLogUnusable,
            Effect::Failed,
            "pain.csv",
            "",
            "",
        )];
        check(
            "unusable log",
            &none,
            false,
            &["your pain log could not be used", STOOD_OUT],
        );
        let mut old = runner(|_| vec![]);
        old.pain
            .entries
            .iter_mut()
            .for_each(|entry| entry.date = plus_days(entry.date, -20));
        check(
            "old log",
            &old,
            false,
            &[
                "no entry about it in these 14 days (the last is of 11 Feb 2025)",
                STOOD_OUT,
            ],
        );
        let mut sleep = runner(|_| vec![]);
        let night = Beside {
            sleep_h: Some(7.0),
            ..Beside::default()
        };
        for entry in &mut sleep.pain.entries {
            (entry.site, entry.pain, entry.beside) = (None, None, night.clone().kept());
        }
        check(
            "sleep alone",
            &sleep,
            false,
            &["no entry about it in these 14 days", STOOD_OUT],
        );
        let mut signs = runner(|_| vec![]);
        signs
            .pain
            .entries
            .iter_mut()
            .for_each(|entry| (entry.site, entry.pain) = (Some(Site::None), None));
        check(
            "no rating at all",
            &signs,
            false,
            &["no row of these 14 days has a rating", STOOD_OUT],
        );
        let mut lost = runner(|_| vec![]);
        lost.pain.problems = vec![Problem::new(
            Code::PainRowUnusable,
            Effect::PartLost,
            "pain.csv, line 99",
            "",
            "",
        )];
        check(
            "lost row",
            &lost,
            false,
            &[
                "1 row of your pain log that may be of these days could not be used",
                STOOD_OUT,
            ],
        );
    }

    #[test]
    fn running_that_was_lost_is_not_called_fine() {
        let lost = |count: usize| {
            let mut analysis = runner(|_| vec![]);
            let gone = (0..count).map(|n| {
                let failed = Problem::new(Code::Unreadable, Effect::Failed, "", "", "");
                failed.within(&format!("{n}.gpx"))
            });
            analysis.problems.extend(gone);
            analysis
        };
        let runs = lost(0).history.runs.len();
        check("few", &lost(runs / 5), true, &[]);
        check("many", &lost(5 * runs), false, &["too much is missing"]);
    }

    #[test]
    fn running_that_was_not_judged_is_not_called_fine() {
        let mut analysis = runner(|_| vec![]);
        analysis.not_judged = cannot_look(&["no-deload", "load-strain"], "fewer than seven weeks");
        check("other rules", &analysis, true, &[]);
        assert_eq!(of(&analysis).unseen, 2);
        for (rules, expected) in [
            (
                &["single-run-spike"][..],
                "Your latest long run could not be judged: four runs are needed.",
            ),
            (
                &["weekly-distance-jump"],
                "Your latest week could not be judged: four runs are needed.",
            ),
            (
                &["single-run-spike", "weekly-distance-jump"],
                "How far you ran could not be judged: four runs are needed.",
            ),
        ] {
            let mut analysis = analysis.clone();
            analysis
                .not_judged
                .extend(cannot_look(rules, "four runs are needed"));
            check("not judged", &analysis, false, &[expected]);
        }
        let mut sparse = analysis.clone();
        sparse
            .not_judged
            .extend(cannot_look(&OF_DISTANCE, "four runs are needed"));
        for week in sparse.history.weeks.iter_mut().rev().take(3) {
            week.full = false;
        }
        check("sparse", &sparse, false, &[TOO_FEW_RUNS]);
        let as_of = analysis.history.as_of;
        let note = Finding {
            message: "20.0 km; nothing is weighed.".to_string(),
            severity: Severity::Note,
            ..finding("single-run-spike", as_of, as_of)
        };
        analysis.findings = vec![note];
        check(
            "told, not weighed",
            &analysis,
            false,
            &["For information: 20.0 km; nothing is weighed."],
        );
    }

    #[test]
    fn what_asks_is_never_calm_and_its_place_is_not_said_twice() {
        let mut analysis =
            runner(|as_of| vec![shin(as_of, 9.0), pain(as_of, Site::Knee, None, 4.0)]);
        let as_of = analysis.history.as_of;
        let at = |rule, severity, site| Finding {
            severity,
            site,
            message: format!("{rule}."),
            ..finding(rule, as_of, as_of)
        };
        analysis.findings = vec![at(
            "pain-over-a-week",
            Severity::SeeSomeone,
            Some(Site::Shin),
        )];
        check("shin asks", &analysis, false, &["Knee: 4 of 10"]);
        // A note about the knee is told with its numbers.
        analysis
            .findings
            .push(at("pain-hotspot", Severity::Note, Some(Site::Knee)));
        check(
            "knee is noted",
            &analysis,
            false,
            &["Knee: 4 of 10 on 6 Mar 2025. pain-hotspot."],
        );
        analysis.findings = vec![at("sleep-short", Severity::Watch, None)];
        check(
            "sleep asks",
            &analysis,
            false,
            &["Right shin: 9 of 10", "Knee: 4 of 10"],
        );
        let quiet = Analysis {
            findings: vec![at("sleep-short", Severity::Watch, None)],
            ..runner(|_| vec![])
        };
        check("only sleep asks", &quiet, false, &[]);
        let soreness = at("soreness-fits-doms", Severity::Good, Some(Site::Knee));
        let sore = Analysis {
            findings: vec![soreness],
            ..runner(|as_of| vec![pain(as_of, Site::Knee, None, 5.0)])
        };
        check(
            "ordinary soreness",
            &sore,
            false,
            &[
                "Knee: 5 of 10 on 6 Mar 2025. soreness-fits-doms.",
                "nothing of your running stood out",
            ],
        );
    }

    #[test]
    fn days_are_said_as_they_stand_to_the_day_of_the_report() {
        let mut analysis = runner(|_| vec![]);
        assert_eq!(analysis.history.as_of, date("2025-03-06"));
        for (day_from, n, expected) in [
            (DayFrom::LastRecord, 0, "on 6 Mar 2025"),
            (DayFrom::Given, 0, "on 6 Mar 2025"),
            (DayFrom::Clock, 0, "today, 6 Mar 2025"),
            (DayFrom::LastRecord, -1, "yesterday, 5 Mar 2025"),
            (DayFrom::Clock, -2, "on 4 Mar 2025"),
        ] {
            analysis.day_from = day_from;
            assert_eq!(
                day_text(&analysis, plus_days(date("2025-03-06"), n)),
                expected
            );
        }
    }
}
