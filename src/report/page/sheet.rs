//! The sheet to hand over: one or two printed pages for a doctor or physiotherapist, facts alone. No advice, no diagnosis, no names of
//! files or outings.

use super::{
    before::{self, label, value_text},
    block::{Block, Item, Line, Look, Section},
    course::{HEAD, cells, facts, name, pattern, summary, when},
};
use crate::{
    analysis::Analysis,
    course::{Beside, Course, Measure, Row},
    pain::{
        Place,
        episodes::{Episode, episodes},
        site_text,
    },
    rules::{Severity, ladder, standing::rating},
    time::{date_text, days_between, period_text, plus_days, short_date_text},
    units::{counted, number},
    words::sentence_case,
};
use std::collections::BTreeMap;

/// Places told in full; the others have a line. More than two do not fit on two pages.
const IN_FULL: usize = 2;

/// Rows of the log of one place, and of each of two.
const ROWS: [usize; 2] = [24, 11];

/// Flags told.
const FLAGS: usize = 6;

/// Other places told, the last first.
const OTHERS: usize = 8;

/// Days of the log that its coverage is told for.
const LATELY_DAYS: i64 = 28;

/// The sheet.
pub(super) fn section(analysis: &Analysis) -> Section {
    let mut blocks = vec![
        Block::Paragraph(period(analysis)),
        Block::paragraph(WHAT_IT_IS),
    ];
    blocks.extend(problems(analysis));
    blocks.push(Block::Part(usual(analysis)));
    blocks.extend(flags(analysis).map(Block::Part));
    blocks.extend(elsewhere(analysis).map(Block::Part));
    blocks.push(Block::Part(not_known(analysis)));
    Section::new("sheet", "Running and pain, to hand over", blocks).looking(Look::Sheet)
}

const WHAT_IT_IS: &str = "Facts from the runner's own recordings and pain log, put together by a program that has examined nobody: no \
     diagnosis and no advice. Ratings are 0 to 10; a day without an entry is unknown.";

/// `As of **Sun 12 Oct 2025**: 6 Jan – 12 Oct 2025, 144 runs; pain logged on 220 of 280 days, on 28 of the last 28.`
fn period(analysis: &Analysis) -> Line {
    let history = &analysis.history;
    let days = history
        .period()
        .map_or(String::new(), |(from, to)| period_text(from, to));
    let runs = counted(history.runs.len(), "run", "runs");
    Line::from("As of ")
        .strong(crate::time::weekday_date_text(history.as_of))
        .text(format!(": {days}, {runs}; {}.", logged(analysis)))
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
fn problems(analysis: &Analysis) -> Vec<Block> {
    let courses = &analysis.courses;
    let (full, others) = courses.split_at(IN_FULL.min(courses.len()));
    let rows = ROWS[usize::from(full.len() > 1)];
    let parts = full
        .iter()
        .map(|course| Block::Part(problem(course, rows, analysis)));
    let mut blocks: Vec<Block> = parts.collect();
    let others = others.iter().map(|course| {
        Line::new()
            .strong(name(course))
            .text(": ")
            .line(summary(course))
    });
    blocks.extend(Block::list(others));
    if courses.is_empty() {
        blocks.push(Block::paragraph(NO_PLACE));
    }
    blocks
}

const NO_PLACE: &str =
    "No place was rated above 2 of 10 in the last 14 days, and no pattern asks about one.";

/// One place: how it stands, what it did, the rows, and what changed before.
fn problem(course: &Course, rows: usize, analysis: &Analysis) -> Section {
    let mut points = vec![Item::from(summary(course))];
    points.extend(over_the_day(course).map(Item::from));
    points.extend(facts(course, analysis));
    let mut blocks: Vec<Block> = Block::list(points).into_iter().collect();
    blocks.extend(words(course, rows, analysis));
    blocks.push(Block::Part(changed(course, analysis)));
    Section::untargeted(name(course), blocks)
}

/// `Over the day: in the run 4.1 (7 ×), …`.
fn over_the_day(course: &Course) -> Option<Line> {
    let moments = &course.by_moment;
    let means = moments.iter().map(|at| {
        let mean = number(at.mean, 1);
        format!("{} {mean} ({} ×)", when(at.moment), at.count)
    });
    let means: Vec<String> = means.collect();
    (!means.is_empty()).then(|| {
        let (means, said) = (means.join(", "), pattern(moments));
        Line::from(format!("Over the day: {means}. {said}"))
    })
}

/// The newest rows, and the first two where rows lie between.
fn words(course: &Course, most: usize, analysis: &Analysis) -> Vec<Block> {
    let all = &course.rows;
    let is_cut = all.len() > most;
    let first = all.iter().take(if is_cut { 2 } else { 0 });
    let newest = all.iter().skip(match is_cut {
        true => all.len() - (most - 2),
        false => 0,
    });
    let rows: Vec<&Row> = first.chain(newest).collect();
    let title = match is_cut {
        true => format!(
            "In the runner's own words: the first two and the last {} of {} entries",
            rows.len() - 2,
            all.len()
        ),
        false => format!("In the runner's own words: all {} entries", all.len()),
    };
    let rows = rows
        .into_iter()
        .map(|row| cells(row, course, analysis.units));
    vec![Block::paragraph(title), Block::table(&HEAD, rows)]
}

/// What changed before, under a heading that says the result to a third person.
fn changed(course: &Course, analysis: &Analysis) -> Section {
    let title = before::result(&course.changed).replace("your running", "the running");
    Section::untargeted(title, before::blocks(course, analysis.units))
}

/// The usual week and the last seven days.
fn usual(analysis: &Analysis) -> Section {
    let week = &analysis.week;
    let measures = [
        (Measure::Distance, &week.distance_m),
        (Measure::Runs, &week.runs),
        (Measure::Longest, &week.longest_m),
        (Measure::Ascent, &week.ascent_m),
        (Measure::Sleep, &week.sleep_h),
    ];
    let rows = measures
        .into_iter()
        .map(|(measure, beside)| week_row(measure, beside, analysis));
    let table = Block::table(&["measure", "usual", "last 7 days"], rows);
    let said = format!(
        "Usual is the middle half of the 12 weeks before {}.",
        date_text(week.from)
    );
    Section::untargeted("The usual week", vec![Block::paragraph(said), table])
}

fn week_row(measure: Measure, beside: &Beside, analysis: &Analysis) -> Vec<Line> {
    let text = |value| value_text(measure, value, analysis.units);
    let usual = beside
        .usual
        .map(|(low, high)| format!("{} to {}", text(low), text(high)));
    let unknown = || "not known".to_string();
    vec![
        label(measure).into(),
        usual.unwrap_or_else(unknown).into(),
        beside.now.map_or_else(unknown, text).into(),
    ]
}

/// What rules flagged of the last 14 days: the facts, as the runner reads them, and nothing of what is asked.
fn flags(analysis: &Analysis) -> Option<Section> {
    let rungs = ladder::ladder(&analysis.findings, analysis.history.as_of);
    let asked = rungs
        .iter()
        .filter(|rung| rung.severity() >= Severity::Watch);
    let facts = asked.filter_map(ladder::Rung::lead);
    let facts = facts.map(|lead| Line::from(lead.message.as_str()));
    let list = Block::list(facts.take(FLAGS))?;
    let said = "As the runner reads it, facts alone:";
    Some(Section::untargeted(
        "Flagged in the last 14 days",
        vec![Block::paragraph(said), list],
    ))
}

/// Trouble at other places in the last year.
fn elsewhere(analysis: &Analysis) -> Option<Section> {
    let rows: Vec<Vec<Line>> = other_places(analysis)
        .into_iter()
        .take(OTHERS)
        .map(|(place, spells)| place_row(place, &spells, analysis))
        .collect();
    let table = Block::table(
        &["place", "spells of pain", "last", "highest"],
        rows.clone(),
    );
    (!rows.is_empty()).then(|| Section::untargeted("Other places in the last year", vec![table]))
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
    let lines = [Some(NOT_ASKED.to_string()), last, unseen];
    let list = Block::list(lines.into_iter().flatten().map(Line::from));
    Section::untargeted("Not known", list.into_iter().collect())
}

const NOT_ASKED: &str = "Age, height, illness, medicines, periods, food, work, and trouble before the log began: none of it is asked for.";
