//! The card: what is asked first, in one line, with its facts and one instruction; or what is known where nothing is asked.

use super::{
    block::{Block, Card, Line, Target, Tone},
    course, week,
};
use crate::{
    analysis::Analysis,
    course::{Course, short},
    pain::Sign,
    report::{
        next,
        verdict::{self, Verdict},
    },
    rules::{Finding, Severity, ladder::Rung, until::until},
    time,
    units::counted,
    words::{sentence, sentence_case},
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeSet};

/// Weekly scores told.
const SCORES: usize = 4;
/// Signs told.
const SIGNS: usize = 3;

/// The card.
pub(super) fn block(analysis: &Analysis, verdict: &Verdict) -> Block {
    let card = match verdict.asked().next() {
        Some(first) => asking(analysis, verdict, first),
        None => quiet(analysis, verdict),
    };
    Block::Card(card)
}

fn asking(analysis: &Analysis, verdict: &Verdict, first: &Rung) -> Card {
    let others = verdict.at_top().skip(1).map(other);
    Card {
        tone: tone(first.severity()),
        label: first.severity().label().to_string(),
        title: short::title(first).into(),
        facts: facts(analysis, first),
        instruction: instruction(analysis, first),
        others: others
            .chain(known(verdict))
            .chain(begin(analysis))
            .collect(),
        links: links(first),
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Emergency | Severity::Urgent | Severity::SeeSomeone => Tone::Look,
        Severity::EaseOff | Severity::Watch => Tone::Ease,
        Severity::Note | Severity::Good => Tone::Open,
    }
}

/// The course of the place in a few lines; without one the facts of the finding that decides.
fn facts(analysis: &Analysis, rung: &Rung) -> Vec<Line> {
    match course_told(analysis, rung) {
        told if told.is_empty() => lead_line(rung).into_iter().collect(),
        told => told,
    }
}

/// What the course of the rung's place tells.
fn course_told(analysis: &Analysis, rung: &Rung) -> Vec<Line> {
    let course = rung.place.and_then(|place| course::at(analysis, place));
    course.map(course_facts).unwrap_or_default()
}

/// The message of the finding that leads.
fn lead_line(rung: &Rung) -> Option<Line> {
    rung.lead().map(|lead| lead.message.as_str().into())
}

/// Whether the card tells a finding by the course of its place, without the words of the finding.
pub(super) fn tells_by_course(analysis: &Analysis, verdict: &Verdict, finding: &Finding) -> bool {
    verdict
        .asked()
        .next()
        .is_some_and(|first| is_led_by(first, finding) && has_course(analysis, first))
}

/// Whether that very finding leads the rung.
fn is_led_by(rung: &Rung, finding: &Finding) -> bool {
    rung.lead().is_some_and(|lead| std::ptr::eq(lead, finding))
}

/// Whether the place of the rung has a course.
fn has_course(analysis: &Analysis, rung: &Rung) -> bool {
    rung.place
        .is_some_and(|place| course::at(analysis, place).is_some())
}

fn course_facts(course: &Course) -> Vec<Line> {
    let told = [
        signs(course),
        night(course),
        running(course),
        scores(course),
    ];
    let told = told.into_iter().flatten().map(Line::from);
    std::iter::once(course::summary(course))
        .chain(told)
        .collect()
}

/// `Logged with it: pain in one spot on 9 days, numbness on 10 May 2025.` Nights have a line of their own.
fn signs(course: &Course) -> Option<String> {
    let mut signs = course.signs();
    signs.retain(|(sign, _)| *sign != Sign::NightPain);
    signs.sort_by_key(|(_, days)| Reverse(days.len()));
    let told = signs.iter().take(SIGNS);
    let told: Vec<String> = told
        .filter_map(|(sign, days)| on_days(sign.label(), days))
        .collect();
    (!told.is_empty()).then(|| format!("Logged with it: {}.", told.join(", ")))
}

/// `numbness on 3 days`, `numbness on 10 May 2025`.
fn on_days(what: &str, days: &BTreeSet<NaiveDate>) -> Option<String> {
    let last = days.last()?;
    Some(match days.len() {
        1 => format!("{what} on {}", time::date_text(*last)),
        count => format!("{what} on {}", counted(count, "day", "days")),
    })
}

/// `Pain at night on 2 days; a painkiller on 1 day.`
fn night(course: &Course) -> Option<String> {
    let nights = days_text("pain at night", &course.days_of_night_pain());
    let painkillers = days_text("a painkiller", &course.days_of_painkillers());
    let told: Vec<String> = nights.into_iter().chain(painkillers).collect();
    (!told.is_empty()).then(|| sentence(&told.join("; ")))
}

/// `A run cut short or missed on 6 days.`
fn running(course: &Course) -> Option<String> {
    let days = days_text(
        "a run cut short, stopped or missed",
        &course.days_of_less_running(),
    );
    days.map(|told| sentence(&told))
}

/// `Weekly questions: 24, 41, 68 of 100.`
fn scores(course: &Course) -> Option<String> {
    let scores = scored_weeks(course);
    let last = scores.get(scores.len().saturating_sub(SCORES)..)?;
    (!last.is_empty()).then(|| format!("Weekly questions: {} of 100.", last.join(" → ")))
}

/// The scores of the weeks that have one.
fn scored_weeks(course: &Course) -> Vec<String> {
    let scores = course.scores.iter().filter_map(|week| week.score);
    scores.map(|score| score.to_string()).collect()
}

/// The same with the last of several days.
fn days_text(what: &str, days: &BTreeSet<NaiveDate>) -> Option<String> {
    Some(on_days(what, days)? + &last_on(days))
}

/// The last of several days.
fn last_on(days: &BTreeSet<NaiveDate>) -> String {
    let last = days.last().filter(|_| days.len() > 1);
    last.map_or(String::new(), |day| {
        format!(", last on {}", time::date_text(*day))
    })
}

/// What is asked, and what holds until it has been seen.
fn instruction(analysis: &Analysis, rung: &Rung) -> Option<Line> {
    let asked = (!rung.instruction.is_empty()).then(|| Line::new().strong(rung.instruction));
    let until = until(rung, &analysis.emergency_number).map(Line::from);
    let said: Vec<Line> = asked.into_iter().chain(until).collect();
    (!said.is_empty()).then(|| Line::joined(said, " "))
}

/// `**Keep an eye on it:** You slept …`
fn other(rung: &Rung) -> Line {
    let label = format!("{}:", rung.severity().label());
    Line::new().strong(label).text(" ").text(rung.text())
}

fn known(verdict: &Verdict) -> impl Iterator<Item = Line> {
    verdict.known.iter().map(|said| Line::from(said.as_str()))
}

/// Why niggle says so; and, where someone is to look at it, what to hand over.
fn links(first: &Rung) -> Vec<Line> {
    sheet_link(first)
        .into_iter()
        .chain(why_link(first))
        .collect()
}

/// The link to the sheet, where someone should see it.
fn sheet_link(first: &Rung) -> Option<Line> {
    (first.severity() >= Severity::SeeSomeone)
        .then(|| Line::new().link(Target::Section("sheet"), "Sheet to hand over"))
}

/// The link to the rule that leads.
fn why_link(first: &Rung) -> Option<Line> {
    let lead = first.lead()?;
    Some(Line::new().link(Target::Rule(lead.rule), "Why niggle says so"))
}

/// Nothing is asked: the one sentence of comfort, or what keeps it from being said.
fn quiet(analysis: &Analysis, verdict: &Verdict) -> Card {
    let mut facts: Vec<Line> = known(verdict).collect();
    let title = match &verdict.calm {
        Some(_) if verdict.unseen > 0 => {
            "Nothing to ask about in what could be looked at".to_string()
        }
        Some(_) => "Nothing to ask about".to_string(),
        None if analysis.pain.place.is_none() => "Your running only".to_string(),
        None if analysis.week.next.withheld.is_some() => sore(analysis),
        None if analysis.is_log_alone() => "Your pain log only: no run was read".to_string(),
        None => "Nothing is asked, and not everything is known".to_string(),
    };
    facts.extend(verdict.calm_text().map(Line::from));
    let week = week::summary(analysis).filter(|_| verdict.calm.is_some());
    facts.extend(week.map(Line::from));
    Card {
        tone: if verdict.calm.is_some() {
            Tone::Calm
        } else {
            Tone::Open
        },
        label: verdict::LATELY.to_string(),
        title: title.into(),
        facts,
        instruction: begin(analysis),
        others: Vec::new(),
        links: Vec::new(),
    }
}

/// Why no distance is named for the next run, as a sentence: `Your left kneecap was rated 3 of 10 on 12 Oct 2025`.
fn sore(analysis: &Analysis) -> String {
    sentence_case(analysis.week.next.withheld.as_deref().unwrap_or_default())
}

/// How to begin a pain log. None where there is one.
fn begin(analysis: &Analysis) -> Option<Line> {
    let begin = Line::new()
        .code(next::BEGIN)
        .text(format!(" {}", next::BEGINS));
    analysis.pain.place.is_none().then_some(begin)
}
