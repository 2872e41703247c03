//! This problem: each place that hurts now, day by day, in the runner's own words.

use super::{
    block::{Block, Item, Line, Section},
    pictures,
};
use crate::{
    analysis::Analysis,
    associate::OverTheDay,
    course::{AtMoment, Course, OnsetRun, Row, Spell, WeekScore, WornShoe},
    pain::{
        Entry, Function, Moment, Movement, PainType, Place, Sign, Spread, places_meet, site_text,
    },
    report::{
        charts::{self, Charts},
        verdict::Verdict,
    },
    rules::standing::rating,
    time::{date_text, days_between, period_text, short_date_text},
    units::{Units, counted, number},
    words::{list, sentence_case},
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeSet};

/// Places with a section of their own, by urgency; the others are in the sections of findings.
pub(super) const IDS: [&str; 4] = ["place-1", "place-2", "place-3", "place-4"];

/// Rows shown of one place, the newest; a page must not hold a diary of ten years.
const ROWS: usize = 80;

/// Letters of a note beside its row; a longer one is whole below the table.
const NOTE_LETTERS: usize = 160;

/// Earlier spells told one by one.
const SPELLS: usize = 5;

/// Days of the onset: a run on them is told ([`Course::onset_run`]).
const ONSET_DAYS: usize = 3;

/// A section a place, the most urgent first. What the card says of a place already is not said again.
pub(super) fn sections(analysis: &Analysis, charts: &Charts, verdict: &Verdict) -> Vec<Section> {
    let courses = IDS.into_iter().zip(&analysis.courses).enumerate();
    let sections = courses.map(|(order, (id, course))| {
        let summary = (!is_on_the_card(analysis, verdict, course)).then(|| summary(course));
        section(id, course, analysis, (summary, drawn(charts, order)))
    });
    sections.collect()
}

/// Whether the card tells the course of this place.
fn is_on_the_card(analysis: &Analysis, verdict: &Verdict, course: &Course) -> bool {
    let asked = verdict.asked().next().and_then(|first| first.place);
    let told = asked.and_then(|place| at(analysis, place));
    told.is_some_and(|told| std::ptr::eq(told, course))
}

/// The course that is told of a place.
pub(super) fn at(analysis: &Analysis, place: Place) -> Option<&Course> {
    let mut courses = analysis.courses.iter();
    courses.find(|course| places_meet(course.place, place))
}

/// The picture of the course of that order.
fn drawn(charts: &Charts, order: usize) -> Option<Block> {
    let picture = charts::course::id(order).and_then(|id| charts.get(id));
    picture.map(pictures::beside_its_numbers)
}

fn section(
    id: &'static str,
    course: &Course,
    analysis: &Analysis,
    (summary, picture): (Option<Line>, Option<Block>),
) -> Section {
    let title = format!("{}, day by day", name(course));
    let around = analysis.wider.over_the_day(course.place);
    let beside = [over_the_day(course, around)].into_iter().flatten();
    let mut blocks: Vec<Block> = summary.map(Block::Paragraph).into_iter().collect();
    blocks.extend(picture);
    blocks.extend(beside.map(Block::Part));
    blocks.extend(Block::list(facts(course, analysis)));
    blocks.push(entries(course, analysis));
    let section = Section::new(id, title, blocks);
    match id == IDS[0] {
        true => section.named("Day by day"),
        false => section,
    }
}

/// `Right shin`.
pub(super) fn name(course: &Course) -> String {
    sentence_case(&site_text(course.place.0, course.place.1))
}

/// `Sore since 21 Sep 2025, 22 days: from 1 to 6 of 10 on 7 Oct; 3 of 10 on 12 Oct.`
pub(super) fn summary(course: &Course) -> Line {
    let days = counted(course.days().max(1) as usize, "day", "days");
    let since = date_text(course.since);
    let line = Line::from(opening(course))
        .strong(since)
        .text(format!(", {days}"));
    let line = match course.highest {
        Some(highest) => line.line(how_much(course, highest)),
        None => line.text("; how much is not rated"),
    };
    line.text(".").text(unlogged(course))
}

fn opening(course: &Course) -> &'static str {
    match (course.highest, course.has_settled) {
        (None, _) => "Logged since ",
        (Some(_), true) => "Sore from ",
        (Some(_), false) => "Sore since ",
    }
}

/// `: from 1 to **6 of 10** on 7 Oct; 3 of 10 on 12 Oct`.
fn how_much(course: &Course, (highest, day): (f64, NaiveDate)) -> Line {
    let on = |day| short_date_text(day, course.as_of);
    let first = course.rows.iter().find_map(|row| row.rating);
    let from = first.filter(|first| *first < highest);
    let from = from.map_or(": ".to_string(), |first| {
        format!(": from {} to ", rating(first))
    });
    let line = Line::from(from)
        .strong(format!("{} of 10", rating(highest)))
        .text(format!(" on {}", on(day)));
    match course.latest.filter(|(_, latest)| *latest != day) {
        Some((latest, day)) => line.text(format!("; {} of 10 on {}", rating(latest), on(day))),
        None => line,
    }
}

/// How many of the days say nothing of the place: they are unknown.
fn unlogged(course: &Course) -> String {
    let named = course.rows.iter().filter(|row| row.rating.is_some());
    let mut logged: BTreeSet<NaiveDate> = named.map(|row| row.entry.date).collect();
    logged.extend(&course.clear_days);
    let silent = course.days() - logged.len() as i64;
    match silent {
        ..=0 => String::new(),
        1 => " On 1 of these days nothing is logged about it: it is unknown.".to_string(),
        days => format!(" On {days} of these days nothing is logged about it: they are unknown."),
    }
}

/// The pattern of the day, of the spell and of all run days of the log. None where only one moment was rated.
fn over_the_day(course: &Course, around: Option<&OverTheDay>) -> Option<Section> {
    let moments = &course.by_moment;
    let rows = moments.iter().map(|at| {
        let mean = Line::from(number(at.mean, 1)).text(" ").bar(at.mean / 10.0);
        let logged = format!("{}\u{a0}×", at.count);
        let run_days = on_run_days(around, at.moment);
        vec![when(at.moment).into(), mean, logged.into(), run_days.into()]
    });
    let table = Block::table(&["when", "mean, 0–10", "logged", "on all run days"], rows);
    let around = around.map_or("", |_| AROUND);
    let said = Block::paragraph(pattern(moments) + around);
    (moments.len() > 1).then(|| Section::untargeted("Over the day", vec![said, table]))
}

/// What the last column is.
const AROUND: &str =
    " The last column: run days of the whole log, mornings after them, 95 % range.";

/// `0.4 (0.1–0.8), 60 ×`: the mean of that time around the runs of the log.
fn on_run_days(around: Option<&OverTheDay>, moment: Moment) -> String {
    let at = around.and_then(|around| around.at.iter().find(|(time, _)| time.moment() == moment));
    let Some((_, of)) = at else {
        return "–".to_string();
    };
    let range = of.interval.map_or(String::new(), |ends| {
        format!(" ({}–{})", number(ends.low, 1), number(ends.high, 1))
    });
    format!("{}{range}, {}\u{a0}×", number(of.mean, 1), of.n)
}

/// When it is worst, and whether the nights have it too.
pub(super) fn pattern(moments: &[AtMoment]) -> String {
    let worst = worst(moments).map(|at| format!("It is worst {}", when(at.moment)));
    let at_night = moments
        .iter()
        .find(|at| at.moment == Moment::Night && at.mean > 0.0);
    let at_night = at_night.map(|at| format!("it hurts at night too ({})", number(at.mean, 1)));
    let said: Vec<String> = worst.into_iter().chain(at_night).collect();
    let said = match said.is_empty() {
        true => String::new(),
        false => format!(" {}.", sentence_case(&said.join(", and "))),
    };
    format!("The mean of what was logged.{said}")
}

/// The moment with the highest mean, where it was rated twice and no other is as high.
fn worst(moments: &[AtMoment]) -> Option<&AtMoment> {
    let worst = highest(moments)?;
    is_alone(worst, moments).then_some(worst)
}

/// The moment of the highest mean among those rated more than once.
fn highest(moments: &[AtMoment]) -> Option<&AtMoment> {
    let often = moments.iter().filter(|at| at.count > 1);
    often.max_by(|a, b| a.mean.total_cmp(&b.mean))
}

/// Whether every other moment is lower.
fn is_alone(worst: &AtMoment, moments: &[AtMoment]) -> bool {
    let mut others = moments.iter().filter(|at| at.moment != worst.moment);
    others.all(|at| at.mean < worst.mean)
}

/// `in the run`.
pub(super) fn when(moment: Moment) -> &'static str {
    match moment {
        Moment::Before => "before the run",
        Moment::During => "in the run",
        Moment::After => "right after the run",
        Moment::Evening => "in the evening",
        Moment::Morning => "in the morning",
        Moment::Night => "at night",
        Moment::Rest => "at rest",
        Moment::Day => "in the day",
    }
}

/// What is known of the place beside its ratings, a line each.
pub(super) fn facts(course: &Course, analysis: &Analysis) -> Vec<Item> {
    let units = analysis.units;
    let felt = feel(course).into_iter().chain(effects(course));
    let mut facts: Vec<Line> = felt.map(Line::from).collect();
    facts.extend(signs(course).map(Line::from));
    facts.extend(painkillers(course).map(Line::from));
    facts.extend(scores(course).map(Line::from));
    facts.extend((!analysis.is_log_alone()).then(|| onset(course, analysis)));
    facts.push(earlier(course, analysis).into());
    facts.extend(shoes(&course.shoes, units).map(Line::from));
    facts.into_iter().map(Item::from).collect()
}

/// `How it feels: aching (15 ×), sharp (7 ×); over an area (12 ×), in one spot (10 ×); worse with movement (14 ×).`
fn feel(course: &Course) -> Option<String> {
    let rows = &course.rows;
    let kinds = times(PainType::ALL, |kind| {
        count(rows, |e| e.types.contains(kind))
    });
    let spreads = times(Spread::ALL, |spread| {
        count(rows, |e| e.spread == Some(*spread))
    });
    let movements = times(Movement::ALL, |movement| {
        count(rows, |e| e.movement == Some(*movement))
    });
    let labels = [
        said_times(kinds, PainType::label),
        said_times(spreads, Spread::label),
        said_times(movements, Movement::label),
    ];
    let said: Vec<String> = labels.into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("How it feels: {}.", said.join("; ")))
}

fn count(rows: &[Row], is_so: impl Fn(&Entry) -> bool) -> usize {
    rows.iter().filter(|row| is_so(&row.entry)).count()
}

/// The words that rows use and how often, the commonest first.
fn times<T: Copy>(all: &[T], count: impl Fn(&T) -> usize) -> Vec<(T, usize)> {
    let counted = all.iter().map(|word| (*word, count(word)));
    let mut used: Vec<(T, usize)> = counted.filter(|(_, times)| *times > 0).collect();
    used.sort_by_key(|(_, times)| Reverse(*times));
    used
}

fn said_times<T>(used: Vec<(T, usize)>, label: fn(T) -> &'static str) -> Option<String> {
    let said = used.into_iter();
    let said = said.map(|(word, times)| format!("{} ({times}\u{a0}×)", label(word)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// What pain did to running, and on which days: the gravest first.
fn effects(course: &Course) -> Option<String> {
    let said = |(effect, words): (Function, &str)| {
        let days = course.days_of_exactly(effect);
        (!days.is_empty()).then(|| format!("{words} on {}", days_text(&days, course.as_of)))
    };
    let said: Vec<String> = EFFECTS.into_iter().filter_map(said).collect();
    (!said.is_empty()).then(|| format!("What it did to running: {}.", said.join("; ")))
}

const EFFECTS: [(Function, &str); 5] = [
    (Function::CannotBearWeight, "no weight on it"),
    (Function::MissedRun, "a run missed"),
    (Function::Stopped, "a run stopped"),
    (Function::CutShort, "a run cut short"),
    (Function::ChangedForm, "another way of running"),
];

/// Signs of the column and of notes, and nights.
fn signs(course: &Course) -> Option<String> {
    let nights = course.days_of_night_pain();
    let nights = (!nights.is_empty()).then_some((Sign::NightPain, nights));
    let others = course.signs().into_iter();
    let others = others.filter(|(sign, _)| *sign != Sign::NightPain);
    let said = nights
        .into_iter()
        .chain(others)
        .map(|(sign, days)| format!("{} on {}", sign.label(), days_text(&days, course.as_of)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("Signs: {}.", said.join("; ")))
}

fn painkillers(course: &Course) -> Option<String> {
    let days = course.days_of_painkillers();
    let said = days_text(&days, course.as_of);
    (!days.is_empty())
        .then(|| format!("A painkiller was taken on {said}: what was rated then may be too low."))
}

/// `Weekly score, 0 to 100: 24 (28 Sep) → 41 (5 Oct) → 68 (12 Oct).`
fn scores(course: &Course) -> Option<String> {
    let said = |week: &WeekScore| {
        let score = week
            .score
            .map_or("–".to_string(), |score| score.to_string());
        format!("{score} ({})", short_date_text(week.date, course.as_of))
    };
    let said: Vec<String> = course.scores.iter().map(said).collect();
    let last = said.len().saturating_sub(12);
    (!said.is_empty()).then(|| format!("Weekly score, 0 to 100: {}.", said[last..].join(" → ")))
}

/// The run of the day it began.
fn onset(course: &Course, analysis: &Analysis) -> Line {
    match &course.onset_run {
        Some(run) => onset_text(run, course, analysis.units).into(),
        None => without_run(course, analysis).into(),
    }
}

/// That no run is known of the days of the onset: where recordings do not reach there, nothing is known of them.
fn without_run(course: &Course, analysis: &Analysis) -> &'static str {
    let days = analysis.history.days_until(course.since, ONSET_DAYS);
    match days.iter().all(|day| day.covered) {
        true => "It began without a run recorded on that day or the two before.",
        false => "Which run came before it is not known: not all of those days are recorded.",
    }
}

/// The run of the onset, its shoe and the longest before it.
fn onset_text(run: &OnsetRun, course: &Course, units: Units) -> String {
    let day = onset_day(run, course);
    let run_text = run_text(run, units);
    let (shoe, longest) = (in_shoe(run), longest_before(run, units));
    format!("{day}: {run_text}{shoe}.{longest}")
}

/// The shoe of the run, where it is known.
fn in_shoe(run: &OnsetRun) -> String {
    let shoe = run.shoe.as_ref();
    shoe.map_or(String::new(), |shoe| format!(", in {shoe}"))
}

fn onset_day(run: &OnsetRun, course: &Course) -> String {
    match run.days_before {
        0 => "The run of the day it began".to_string(),
        days => format!(
            "The last run before it began, {} earlier ({})",
            counted(days as usize, "day", "days"),
            short_date_text(run.date, course.as_of)
        ),
    }
}

/// `14.5 km, 110 m up, 112 m down`.
fn run_text(run: &OnsetRun, units: Units) -> String {
    let distance = run.distance_m.map(|metres| units.distance_text(metres));
    let up = run
        .ascent_m
        .map(|metres| format!("{} up", units.height_text(metres)));
    let down = run
        .descent_m
        .map(|metres| format!("{} down", units.height_text(metres)));
    let distance = distance.unwrap_or("of unknown distance".to_string());
    let parts: Vec<String> = [Some(distance), up, down].into_iter().flatten().collect();
    parts.join(", ")
}

fn longest_before(run: &OnsetRun, units: Units) -> String {
    run.longest_before_m.map_or(String::new(), |metres| {
        let longest = units.distance_text(metres);
        format!(" The longest of the 30 days before was {longest}.")
    })
}

/// Earlier trouble there. A log that knows of none says from when on it knows.
pub(super) fn earlier(course: &Course, analysis: &Analysis) -> String {
    if course.earlier.is_empty() {
        let first = analysis.pain.entries.first();
        let since = first.map_or(course.since, |entry| entry.date);
        let since = date_text(since);
        return format!("Earlier trouble there: none in the log, which begins on {since}.");
    }
    let told: Vec<String> = course.earlier.iter().take(SPELLS).map(spell_text).collect();
    let more = course.earlier.len() - told.len();
    let more = match more {
        0 => String::new(),
        more => format!("; and {more} before"),
    };
    format!("Earlier trouble there: {}{more}.", told.join("; "))
}

/// `3–9 May 2025, up to 4 of 10`.
fn spell_text(spell: &Spell) -> String {
    let days = period_text(spell.from, spell.to);
    format!("{days}, up to {} of 10", rating(spell.peak))
}

/// `Shoes of the last four weeks: Green Daily (9 runs; 316 km since 3 Jun 2025).`
fn shoes(shoes: &[WornShoe], units: Units) -> Option<String> {
    let told = shoes.iter().map(|shoe| {
        let (runs, since) = (counted(shoe.runs, "run", "runs"), date_text(shoe.since));
        let distance = number(units.distance(shoe.distance_m), 0);
        let label = units.distance_label();
        format!("{} ({runs}; {distance} {label} since {since})", shoe.name)
    });
    let told = told.collect::<Vec<_>>().join(", ");
    (!shoes.is_empty()).then(|| format!("Shoes of the last four weeks: {told}."))
}

/// `4, 9, 11 and 12 Oct`: days of one month together.
pub(super) fn days_text(days: &BTreeSet<NaiveDate>, as_of: NaiveDate) -> String {
    use chrono::Datelike;
    let days: Vec<NaiveDate> = days.iter().copied().collect();
    let month = |day: &NaiveDate| (day.year(), day.month());
    let months = days.chunk_by(|a, b| month(a) == month(b));
    let months = months.map(|days| month_text(days, as_of));
    list(&months.collect::<Vec<_>>())
}

fn month_text(days: &[NaiveDate], as_of: NaiveDate) -> String {
    let Some((last, others)) = days.split_last() else {
        return String::new();
    };
    let mut said = days_of_month(others);
    said.push(short_date_text(*last, as_of));
    said.join(", ")
}

/// The numbers of the days within their month.
fn days_of_month(days: &[NaiveDate]) -> Vec<String> {
    let days = days.iter().map(|day| day.format("%-d").to_string());
    days.collect()
}

/// Every row, the newest first, and long notes whole below.
fn entries(course: &Course, analysis: &Analysis) -> Block {
    let count = course.rows.len();
    let newest: Vec<&Row> = course.rows.iter().rev().take(ROWS).collect();
    let has_notes = newest.iter().any(|row| row.entry.notes().is_some());
    let words = if has_notes { ", in your own words" } else { "" };
    let title = match count {
        1 => format!("The one entry{words}"),
        all if all > ROWS => format!("The newest {ROWS} of {all} entries{words}"),
        all => format!("All {all} entries{words}"),
    };
    let rows = newest.iter().map(|row| cells(row, course, analysis.units));
    let mut inside = vec![table(HEAD, rows, analysis)];
    inside.extend(long_notes(&newest, course));
    Block::fold(title, inside)
}

/// The columns of [`cells`].
const HEAD: [&str; 6] = ["day", "when", "pain", "how", "run", "your note"];
/// The column of the day's run.
const RUN: usize = 4;

/// The rows of [`cells`] under their heads; where no run was read, without the column of runs.
pub(super) fn table(
    head: [&'static str; 6],
    rows: impl Iterator<Item = Vec<Line>>,
    analysis: &Analysis,
) -> Block {
    let (mut head, mut rows) = (head.to_vec(), rows.collect::<Vec<_>>());
    if analysis.is_log_alone() {
        head.remove(RUN);
        rows.iter_mut().for_each(|cells| drop(cells.remove(RUN)));
    }
    Block::table(&head, rows)
}

/// One row of the log.
pub(super) fn cells(row: &Row, course: &Course, units: Units) -> Vec<Line> {
    let pain = Line::new().strong(pain_text(row));
    let run = row.run_m.map(|metres| units.distance_text(metres));
    let note = row.entry.notes().unwrap_or_default();
    vec![
        short_date_text(row.entry.date, course.as_of).into(),
        when(row.entry.moment).into(),
        pain,
        how(row).into(),
        run.unwrap_or("–".to_string()).into(),
        clipped(note, NOTE_LETTERS).into(),
    ]
}

/// The rating; words that were turned into one are about it; a row without one says so.
fn pain_text(row: &Row) -> String {
    match (row.rating, row.entry.approximate) {
        (Some(pain), false) => rating(pain),
        (Some(pain), true) => format!("about {}", rating(pain)),
        (None, _) => "not rated".to_string(),
    }
}

/// `sharp, in one spot; a run cut short; painkiller`. What movement does to it is told once, of all rows.
pub(super) fn how(row: &Row) -> String {
    let entry = &row.entry;
    let mut feel: Vec<&str> = entry.types.iter().map(|kind| kind.label()).collect();
    feel.extend(entry.spread.map(|spread| spread.label()));
    let effect = EFFECTS
        .iter()
        .find(|(effect, _)| entry.effect() == Some(*effect));
    let mut said: Vec<String> = vec![feel.join(", ")];
    said.extend(effect.map(|(_, words)| words.to_string()));
    let signs = entry.signs.iter().chain(entry.signs_in_note);
    said.extend(signs.map(|sign| sign.label().to_string()));
    said.extend((entry.painkiller == Some(true)).then(|| "painkiller".to_string()));
    said.retain(|part| !part.is_empty());
    said.join("; ")
}

/// The notes that are cut beside their rows, whole.
fn long_notes(rows: &[&Row], course: &Course) -> Option<Block> {
    let is_long = |note: &&str| note.chars().count() > NOTE_LETTERS;
    let notes = rows.iter().filter_map(|row| {
        let note = row.entry.notes().filter(is_long)?;
        let day = short_date_text(row.entry.date, course.as_of);
        Some(Line::new().strong(format!("{day}: ")).text(note))
    });
    let notes: Vec<Line> = notes.collect();
    let title = counted(notes.len(), "long note, whole", "long notes, whole");
    Some(Block::fold(title, vec![Block::list(notes)?]))
}

/// At most so many letters, cut between words.
pub(super) fn clipped(text: &str, letters: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(letters) {
        Some((end, _)) => whole_words(&text[..end]),
        None => text.to_string(),
    }
}

/// The text up to its last whole word, with an ellipsis.
fn whole_words(front: &str) -> String {
    let words = front.rsplit_once(char::is_whitespace);
    let front = words.map_or(front, |(words, _)| words);
    format!("{}…", front.trim_end())
}

/// Days from the end of the last spell there to the first day of this one.
pub(super) fn days_since_last(course: &Course) -> Option<(i64, NaiveDate)> {
    let last = course.earlier.first()?;
    Some((days_between(last.to, course.since), last.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{associate, report::charts::fixtures::date};

    #[test]
    fn long_words_are_cut_between_words() {
        for (text, letters, shown) in [
            ("short", 10, "short"),
            (" exactly10 ", 10, "exactly10"),
            ("woke me at three", 12, "woke me at…"),
            ("Überanstrengungsschmerz", 5, "Übera…"),
            ("", 5, ""),
        ] {
            assert_eq!(clipped(text, letters), shown);
        }
    }

    #[test]
    fn days_of_one_month_are_said_together() {
        let said = |days: &[&str]| {
            let days = days.iter().map(|day| date(day)).collect();
            days_text(&days, date("2025-10-12"))
        };
        assert_eq!(said(&["2025-10-04"]), "4 Oct");
        assert_eq!(
            said(&["2025-10-04", "2025-10-09", "2025-10-11"]),
            "4, 9, 11 Oct"
        );
        assert_eq!(said(&["2024-12-30", "2025-01-02"]), "30 Dec 2024 and 2 Jan");
    }

    #[test]
    fn the_day_around_all_runs_has_a_range_where_there_is_one() {
        let of = |interval| crate::stats::mean_interval::MeanOf {
            n: 60,
            mean: 0.44,
            n_eff: Some(20.0),
            interval,
        };
        let ends = crate::stats::Interval {
            low: 0.13,
            high: 0.78,
        };
        let around = OverTheDay {
            site: crate::pain::Site::Shin,
            side: None,
            at: vec![
                (associate::Time::During, of(Some(ends))),
                (associate::Time::NextMorning, of(None)),
            ],
        };
        for (moment, said) in [
            (Moment::During, "0.4 (0.1–0.8), 60\u{a0}×"),
            (Moment::Morning, "0.4, 60\u{a0}×"),
            (Moment::Evening, "–"),
        ] {
            assert_eq!(on_run_days(Some(&around), moment), said);
        }
        assert_eq!(on_run_days(None, Moment::During), "–");
    }

    #[test]
    fn the_pattern_names_the_worst_moment_only_where_it_is_one() {
        let at = |moment, mean, count| AtMoment {
            moment,
            mean,
            highest: mean,
            count,
        };
        let said = |moments: &[AtMoment]| pattern(moments);
        let during = at(Moment::During, 4.1, 7);
        let night = at(Moment::Night, 3.5, 2);
        assert_eq!(
            said(&[during, night]),
            "The mean of what was logged. It is worst in the run, and it hurts at night too (3.5)."
        );
        assert_eq!(
            said(&[at(Moment::Day, 3.0, 1)]),
            "The mean of what was logged."
        );
        // One higher rating elsewhere is not outdone by a mean.
        assert_eq!(
            said(&[during, at(Moment::After, 6.0, 1)]),
            "The mean of what was logged."
        );
    }
}
