//! The sheet to hand over: one or two printed pages for a doctor or physiotherapist, facts alone. No advice, no diagnosis, no names of
//! files or outings.

use super::{
    back,
    before::{self, label, value_text},
    block::{Block, Item, Line, Look, Section},
    course::{cells, clipped, facts, name, pattern, summary, table, when},
    pictures,
};
use crate::{
    analysis::Analysis,
    course::{Course, Measure, Row},
    pain::{
        Place,
        episodes::{Episode, episodes},
        site_text,
    },
    report::{
        charts::{self, Charts},
        verdict,
    },
    rules::{
        Finding, Severity, ladder,
        standing::{self, rating},
    },
    time::{date_text, days_between, period_text, plus_days, short_date_text},
    units::{counted, number},
    words::sentence_case,
};
use std::collections::BTreeMap;

/// Places told in full; the others have a line. More than two do not fit on two pages.
const IN_FULL: usize = 2;

/// Rows of the log of one place, and of each of two.
const ROWS: [usize; 2] = [12, 7];

/// The same where running again is told, too: there are two pages and no more.
const ROWS_BACK: [usize; 2] = [10, 4];

/// Letters of a note.
const NOTE_LETTERS: usize = 90;

/// Flags told.
const FLAGS: usize = 6;

/// Other places told, the last first.
const OTHERS: usize = 8;

/// Days of the log that its coverage is told for.
const LATELY_DAYS: i64 = 28;

/// The sheet.
pub(super) fn section(analysis: &Analysis, charts: &Charts) -> Section {
    let mut blocks = vec![
        Block::Paragraph(period(analysis)),
        Block::Paragraph(what_it_is(analysis)),
    ];
    blocks.extend(problems(analysis, charts));
    blocks.extend((!analysis.is_log_alone()).then(|| Block::Part(usual(analysis))));
    blocks.extend(back::in_short(analysis).map(Block::Part));
    blocks.extend(flags(analysis).map(Block::Part));
    // Behind what fits on the first page: a table that breaks across pages cannot be read.
    blocks.extend(entries(analysis).map(Block::Part));
    blocks.extend(elsewhere(analysis).map(Block::Part));
    blocks.push(Block::Part(not_known(analysis)));
    Section::new("sheet", "Running and pain, to hand over", blocks).looking(Look::Sheet)
}

/// What the facts are from and what they are not; nothing that was not there is claimed.
fn what_it_is(analysis: &Analysis) -> Line {
    let from = match (analysis.is_log_alone(), analysis.pain.place.is_some()) {
        (true, _) => "pain log",
        (false, true) => "recordings and pain log",
        (false, false) => "recordings alone, without a pain log",
    };
    let ratings = match analysis.pain.place.is_some() {
        true => " Ratings are 0 to 10; a day without an entry is unknown.",
        false => "",
    };
    Line::from(format!(
        "Facts from the runner's own {from}, put together by a program that has examined nobody: no diagnosis and no advice.{ratings}"
    ))
}

/// `As of **Sun 12 Oct 2025**: 6 Jan – 12 Oct 2025, 144 runs; pain logged on 220 of 280 days, on 28 of the last 28.`
fn period(analysis: &Analysis) -> Line {
    let covers = format!(": {}; {}.", runs_covered(analysis), logged(analysis));
    let as_of = crate::time::weekday_date_text(analysis.history.as_of);
    Line::from("As of ").strong(as_of).text(covers)
}

/// The days of the history and its runs.
fn runs_covered(analysis: &Analysis) -> String {
    let runs = match analysis.history.runs.len() {
        0 => "no recording of a run".to_string(),
        runs => counted(runs, "run", "runs"),
    };
    format!("{}, {runs}", days_covered(analysis))
}

/// The first and the last day of the history.
fn days_covered(analysis: &Analysis) -> String {
    let period = analysis.history.period();
    period.map_or(String::new(), |(from, to)| period_text(from, to))
}

/// How much of the time the log covers.
fn logged(analysis: &Analysis) -> String {
    let history = &analysis.history;
    if analysis.pain.place.is_none() {
        return "no pain log".to_string();
    }
    let lately = history.days_until(history.as_of, LATELY_DAYS as usize);
    let known = lately.iter().filter(|day| day.pain_max.is_some()).count();
    format!(
        "pain logged on {} of {} days, on {known} of the last {}",
        history.days_logged(),
        history.days.len(),
        lately.len()
    )
}

/// The places that hurt now, or that none does.
fn problems(analysis: &Analysis, charts: &Charts) -> Vec<Block> {
    let courses = &analysis.courses;
    let (full, others) = courses.split_at(IN_FULL.min(courses.len()));
    let picture = picture(analysis, charts);
    let parts = full
        .iter()
        .flat_map(|course| problem(course, picture.clone(), analysis));
    let mut blocks: Vec<Block> = parts.map(Block::Part).collect();
    blocks.extend(Block::list(others.iter().map(in_short)));
    if courses.is_empty() {
        blocks.push(Block::paragraph(no_place(analysis)));
    }
    blocks
}

/// The course of the one place that hurts, as it is drawn in the report. None where there are two: there are two pages and no more.
fn picture(analysis: &Analysis, charts: &Charts) -> Option<Block> {
    let drawn = charts::course::id(0).and_then(|id| charts.get(id));
    let drawn = drawn.filter(|_| !is_crowded(analysis));
    drawn.map(pictures::beside_its_numbers)
}

/// The rows of the log of each place that is told in full.
fn entries(analysis: &Analysis) -> impl Iterator<Item = Section> {
    let rows = match analysis.back {
        Some(_) => ROWS_BACK,
        None => ROWS,
    };
    let rows = rows[usize::from(is_crowded(analysis))];
    let full = analysis.courses.iter().take(IN_FULL);
    full.map(move |course| words(course, rows, analysis))
}

/// Whether two places are told in full, which leaves no room for tables that a sentence can stand for.
fn is_crowded(analysis: &Analysis) -> bool {
    analysis.courses.len() > 1
}

/// A problem that has no room of its own.
fn in_short(course: &Course) -> Line {
    let line = Line::new().strong(name(course)).text(": ");
    line.line(summary(course))
}

/// That no place stands out, on how many rated days; without one nothing is known, which must never look fine.
fn no_place(analysis: &Analysis) -> String {
    if verdict::is_without_log(analysis) {
        return "No pain was logged: nothing is known about pain.".to_string();
    }
    match verdict::why_unknown(analysis, "the") {
        Some(why) => format!("About pain of the last 14 days nothing is known: {why}."),
        None => {
            let rated = standing::days_rated(&analysis.pain.entries, analysis.history.as_of);
            let days = counted(rated, "rated day", "rated days");
            format!(
                "No place was rated above 2 of 10 on the {days} of the last 14, and no pattern asks about one. Other days are unknown."
            )
        }
    }
}

/// One place: how it stands and what it did, and what changed before. A part each, since a page breaks between parts.
fn problem(course: &Course, picture: Option<Block>, analysis: &Analysis) -> Vec<Section> {
    let mut points = vec![Item::from(summary(course))];
    points.extend(over_the_day(course).map(Item::from));
    points.extend(facts(course, analysis));
    let points = picture.into_iter().chain(Block::list(points)).collect();
    let is_told = before::is_told(course, analysis);
    let facts = Section::untargeted(name(course), points);
    let changed = is_told.then(|| changed(course, analysis));
    std::iter::once(facts).chain(changed).collect()
}

/// `Over the day: in the run 4.1 (7 ×), …`.
fn over_the_day(course: &Course) -> Option<Line> {
    let moments = &course.by_moment;
    let means = moments.iter().map(|at| {
        let mean = number(at.mean, 1);
        format!("{} {mean} ({}\u{a0}×)", when(at.moment), at.count)
    });
    let means: Vec<String> = means.collect();
    (!means.is_empty()).then(|| {
        let (means, said) = (means.join(", "), pattern(moments));
        Line::from(format!("Over the day: {means}. {said}"))
    })
}

/// The newest rows, and the first two where rows lie between.
fn words(course: &Course, most: usize, analysis: &Analysis) -> Section {
    let all = &course.rows;
    let is_cut = all.len() > most;
    let (first, skipped) = match is_cut {
        true => (2, all.len() - (most - 2)),
        false => (0, 0),
    };
    let rows = all.iter().take(first).chain(all.iter().skip(skipped));
    let rows = rows.map(|row| short_cells(row, course, analysis));
    let title = format!("{}, in the runner's own words", name(course));
    let head = ["day", "when", "pain", "how", "run", "own words"];
    let table = table(head, rows, analysis);
    let which = Block::paragraph(which_rows(is_cut, most, all.len()));
    Section::untargeted(title, vec![which, table])
}

fn which_rows(is_cut: bool, most: usize, all: usize) -> String {
    match is_cut {
        true => format!("The first two and the last {} of {all} entries.", most - 2),
        false => counted(all, "entry.", "entries, all of them."),
    }
}

/// A row of the log on paper: no date breaks in two, and a long note is cut.
fn short_cells(row: &Row, course: &Course, analysis: &Analysis) -> Vec<Line> {
    let mut cells = cells(row, course, analysis.units);
    let unbroken = |text: &str| Line::from(text.replace(' ', "\u{a0}"));
    let day = short_date_text(row.entry.date, course.as_of);
    let note = row.entry.notes().unwrap_or_default();
    let changed = [
        (0, unbroken(&day)),
        (1, unbroken(when(row.entry.moment))),
        (5, clipped(note, NOTE_LETTERS).into()),
    ];
    for (column, line) in changed {
        if let Some(cell) = cells.get_mut(column) {
            *cell = line;
        }
    }
    cells
}

/// What changed before, under a heading that says the result to a third person.
fn changed(course: &Course, analysis: &Analysis) -> Section {
    let title = before::result(&course.changed).replace("your running", "the running");
    let blocks = match is_crowded(analysis) {
        true => before::in_few_lines(course, analysis.units),
        false => before::blocks(course, analysis.units),
    };
    Section::untargeted(title, blocks)
}

/// The usual week beside the last seven days: a table, or a line each where there is no room.
fn usual(analysis: &Analysis) -> Section {
    let since = date_text(analysis.week.from);
    let usual = format!("Usual, the middle half of the twelve weeks before {since}");
    let told = told(analysis);
    let blocks = match is_crowded(analysis) {
        true => in_lines(&usual, &told).into_iter().collect(),
        false => vec![Block::paragraph(usual + "."), side_by_side(told)],
    };
    Section::untargeted("The usual week", blocks)
}

fn side_by_side(told: [Told; 5]) -> Block {
    let row = |Told { what, now, usual }| vec![what.into(), now.into(), usual.into()];
    Block::table(&["measure", "last seven days", "usual"], told.map(row))
}

/// `Usual, …: distance a week 27.4 km to 39.4 km; runs a week 3.0 to 4.0.`
fn in_lines(usual: &str, told: &[Told; 5]) -> Option<Block> {
    let all = |value: fn(&Told) -> &str| {
        let said = told
            .each_ref()
            .map(|told| format!("{} {}", told.what.to_lowercase(), value(told)));
        said.join("; ")
    };
    let now = format!("The last seven days: {}.", all(|told| &told.now));
    let usual = format!("{usual}: {}.", all(|told| &told.usual));
    Block::list([now, usual].map(Line::from))
}

/// A measure of the week in words; what is not known says so.
struct Told {
    what: &'static str,
    now: String,
    usual: String,
}

fn told(analysis: &Analysis) -> [Told; 5] {
    let week = &analysis.week;
    let measures = [
        (Measure::Distance, &week.distance_m),
        (Measure::Runs, &week.runs),
        (Measure::Longest, &week.longest_m),
        (Measure::Ascent, &week.ascent_m),
        (Measure::Sleep, &week.sleep_h),
    ];
    measures.map(|(measure, beside)| {
        let text = |value| value_text(measure, value, analysis.units);
        let usual = beside
            .usual
            .map(|(low, high)| format!("{} to {}", text(low), text(high)));
        let known = |value: Option<String>| value.unwrap_or("not known".to_string());
        Told {
            what: label(measure),
            now: known(beside.now.map(text)),
            usual: known(usual),
        }
    })
}

/// What rules flagged of the body in the last 14 days, in the few words of the rule: nobody is spoken to, nothing is asked, no study
/// is cited.
fn flags(analysis: &Analysis) -> Option<Section> {
    let rungs = ladder::ladder(&analysis.findings, analysis.history.as_of);
    let asked = rungs
        .iter()
        .filter(|rung| rung.severity() >= Severity::Watch && rung.is_of_the_body());
    let list = Block::list(asked.map(flagged).take(FLAGS))?;
    Some(Section::untargeted(
        "Flagged in the last 14 days",
        vec![list],
    ))
}

/// `**Right shin:** one sore spot on a bone (27 Sep – 12 Oct 2025); it hurts even at rest (8–10 Oct 2025); …`, each rule once.
fn flagged(rung: &ladder::Rung) -> Line {
    let place = match rung.place {
        Some((site, side)) => site_text(site, side),
        None => "the whole body".to_string(),
    };
    let mut told: Vec<String> = Vec::new();
    let mut rules: Vec<&str> = Vec::new();
    let asking = |finding: &&&Finding| finding.severity >= Severity::Watch;
    for finding in rung.findings.iter().filter(asking) {
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
            let days = period_text(finding.from, finding.to);
            told.push(format!("{} ({days})", finding.headline()));
        }
    }
    Line::new()
        .strong(format!("{}:", sentence_case(&place)))
        .text(format!(" {}.", told.join("; ")))
}

/// Trouble at other places in the last year.
fn elsewhere(analysis: &Analysis) -> Option<Section> {
    let rows: Vec<Vec<Line>> = other_places(analysis)
        .into_iter()
        .take(OTHERS)
        .map(|(place, spells)| place_row(place, &spells, analysis))
        .collect();
    let told = match is_crowded(analysis) {
        true => Block::Paragraph(in_one_line(&rows)),
        false => Block::table(&OTHERS_HEAD, rows.clone()),
    };
    (!rows.is_empty()).then(|| Section::untargeted("Other places in the last year", vec![told]))
}

const OTHERS_HEAD: [&str; 4] = ["place", "spells of pain", "last", "highest"];

/// `Left calf: 2, the last 20 Jun, at most 3 of 10; …`.
fn in_one_line(rows: &[Vec<Line>]) -> Line {
    let mut line = Line::from("Spells of pain: ");
    for (number, row) in rows.iter().enumerate() {
        let words = [
            if number == 0 { "" } else { "; " },
            ": ",
            ", the last ",
            ", at most ",
        ];
        for (word, cell) in words.into_iter().zip(row) {
            line = line.text(word).line(cell.clone());
        }
    }
    line.text(".")
}

/// The spells of the last year of every place that has no course of its own, the last first.
fn other_places(analysis: &Analysis) -> Vec<(Place, Vec<Episode>)> {
    let as_of = analysis.history.as_of;
    let is_told = |place: Place| analysis.courses.iter().any(|course| course.place == place);
    let mut places: BTreeMap<Place, Vec<Episode>> = BTreeMap::new();
    for spell in episodes(&analysis.pain.entries) {
        let place = (spell.site, spell.side);
        let is_lately = spell.to >= plus_days(as_of, -365) && spell.from <= as_of;
        if is_lately && !is_told(place) {
            places.entry(place).or_default().push(spell);
        }
    }
    let mut places: Vec<(Place, Vec<Episode>)> = places.into_iter().collect();
    places.sort_by_key(|(_, spells)| {
        let last = spells.iter().map(|spell| spell.to).max();
        last.map_or(i64::MAX, |last| days_between(last, as_of))
    });
    places
}

fn place_row((site, side): Place, spells: &[Episode], analysis: &Analysis) -> Vec<Line> {
    let last = spells.iter().map(|spell| spell.to).max();
    let last = last.map(|day| short_date_text(day, analysis.history.as_of));
    let highest = spells.iter().map(|spell| spell.peak).fold(0.0, f64::max);
    vec![
        sentence_case(&site_text(site, side)).into(),
        spells.len().to_string().into(),
        last.unwrap_or_default().into(),
        format!("{} of 10", rating(highest)).into(),
    ]
}

/// What nobody should take for known.
fn not_known(analysis: &Analysis) -> Section {
    let rules: std::collections::BTreeSet<&str> =
        analysis.not_judged.iter().map(|entry| entry.rule).collect();
    let unseen = (!rules.is_empty()).then(|| {
        let patterns = counted(rules.len(), "pattern", "patterns");
        format!("{patterns} of the program had too little to look at.")
    });
    let last = analysis
        .week
        .last_run
        .map(|day| format!("Whether recordings after {} are complete.", date_text(day)));
    let running = analysis.is_log_alone().then(|| NO_RUNNING.to_string());
    let lines = [Some(NOT_ASKED.to_string()), running, last, unseen];
    let list = Block::list(lines.into_iter().flatten().map(Line::from));
    Section::untargeted("Not known", list.into_iter().collect())
}

const NO_RUNNING: &str = "Running: no recording of a run was read.";

const NOT_ASKED: &str = "Age, height, illness, medicines, periods, food, work, and trouble before the log began: none of it is asked for.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course,
        pain::{Beside as RowBeside, Entry, PainLog, Side, Site},
        report::{
            charts::fixtures::{pain, regular},
            markdown,
        },
        rules::{Finding, fixture::finding},
    };

    /// A runner of eight weeks whose right shin hurt on so many last days, with words, and a finding that asks for something.
    fn sore(days: i64) -> Analysis {
        let mut analysis = regular(8);
        let as_of = analysis.history.as_of;
        let row = |back: i64| Entry {
            beside: RowBeside {
                notes: Some(format!("word {back}").into()),
                ..RowBeside::default()
            }
            .kept(),
            ..pain(plus_days(as_of, -back), Site::Shin, Some(Side::Right), 4.0)
        };
        analysis.pain = PainLog {
            place: Some("secret name.csv".to_string()),
            entries: (0..days).rev().map(row).collect(),
            ..PainLog::default()
        };
        analysis.findings = vec![Finding {
            severity: Severity::SeeSomeone,
            site: Some(Site::Shin),
            side: Some(Side::Right),
            message: "A fact of the shin.".to_string(),
            instruction: "Do something about it.".to_string(),
            ..finding("pain-over-a-week", as_of, as_of)
        }];
        analysis.courses = course::courses(&analysis.history, &analysis.pain, &analysis.findings);
        analysis
    }

    fn text(analysis: &Analysis) -> String {
        let sheet = section(analysis, &Charts::default());
        assert_eq!((sheet.id, sheet.look), (Some("sheet"), Look::Sheet));
        markdown::section(&sheet, 2)
    }

    #[test]
    fn it_holds_facts_and_the_runners_words_and_nothing_that_is_asked() {
        let text = text(&sore(5));
        for words in [
            "### Right shin\n",
            "Right shin, in the runner's own words",
            "5 entries, all of them.",
            "word 4",
            "**Right shin:** sore for days (6 Mar 2025).",
            "Earlier trouble there: none in the log",
            "### Not known",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        for words in [
            "Do something about it",
            "A fact of the shin",
            "secret name",
            "your running",
        ] {
            assert!(!text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn of_many_rows_the_first_two_and_the_last_are_told() {
        let text = text(&sore(30));
        assert!(text.contains("The first two and the last 10 of 30 entries."));
        for (word, is_told) in [
            ("word 29 ", true),
            ("word 28 ", true),
            ("word 27 ", false),
            ("word 10 ", false),
            ("word 9 ", true),
            ("word 0 ", true),
        ] {
            assert_eq!(text.contains(word), is_told, "{word}");
        }
    }

    #[test]
    fn what_was_not_logged_never_looks_fine() {
        let mut none = sore(5);
        none.courses.clear();
        none.findings.clear();
        none.pain = PainLog::default();
        let said = text(&none);
        assert!(
            said.contains("No pain was logged: nothing is known about pain."),
            "{said}"
        );
        assert!(said.contains("from the runner's own recordings alone, without a pain log"));
        let mut old = sore(5);
        (old.courses, old.findings) = (Vec::new(), Vec::new());
        for entry in &mut old.pain.entries {
            entry.date = plus_days(entry.date, -30);
        }
        let said_of_old = text(&old);
        let unknown = "About pain of the last 14 days nothing is known: the pain log has no entry about it in these 14 days";
        assert!(said_of_old.contains(unknown), "{said_of_old}");
        for said in [said, said_of_old] {
            assert!(!said.contains("No place was rated above"), "{said}");
        }
    }

    #[test]
    fn without_a_sore_place_it_says_so() {
        let mut analysis = sore(5);
        analysis.courses.clear();
        analysis.findings.clear();
        let text = text(&analysis);
        let low = "No place was rated above 2 of 10 on the 5 rated days of the last 14";
        assert!(text.contains(low), "{text}");
        // The spell of the shin is told among other places then.
        assert!(text.contains("| Right shin | 1 |"), "{text}");
        assert!(!text.contains("Flagged in the last 14 days"));
    }
}
