//! Running again after a gap or a spell that cost runs: the last sound weeks, what came between, and each week since.

use super::block::{Block, Line, Section, known};
use crate::{
    analysis::Analysis,
    course::{Back, Sound, WeekBack, back_said::NO_PLAN},
    rules::standing::rating,
    time::{date_text, short_date_text},
    units::{Units, number, percent},
};
use chrono::NaiveDate;

/// The section. None where nobody came back of late.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let back = analysis.back.as_ref()?;
    let shares = !analysis.watch.see_first;
    let section = Section::new("back", title(back, shares), blocks(analysis, back, shares));
    Some(section.named("Running again"))
}

/// `Running again since 21 Sep 2025: 60 % of your usual distance`.
fn title(back: &Back, shares: bool) -> String {
    let since = format!("Running again since {}", date_text(back.since));
    match back.share().filter(|_| shares) {
        Some(share) => format!("{since}: {} % of your usual distance", percent(share)),
        None => since,
    }
}

fn blocks(analysis: &Analysis, back: &Back, shares: bool) -> Vec<Block> {
    let units = analysis.units;
    let mut said = back.sentences(units, shares);
    said.extend((!shares).then(|| SEEN_FIRST.to_string()));
    said.push(NO_PLAN.to_string());
    let usual = back.sound.iter().map(|sound| usual_row(sound, units));
    let as_of = analysis.history.as_of;
    let since = back.weeks.iter();
    let since = since.map(|week| week_row(week, back.sound.filter(|_| shares), (as_of, units)));
    vec![
        Block::paragraph(said.join(" ")),
        Block::table(&head(back), usual.chain(since)),
    ]
}

/// Why no share stands beside the weeks.
const SEEN_FIRST: &str = "Something above asks to be looked at first, so these weeks are set beside nothing.";

fn head(back: &Back) -> [&'static str; 5] {
    let pain = match back.cost {
        Some(_) => "highest pain there",
        None => "highest pain",
    };
    ["week", "distance", "runs", "longest run", pain]
}

fn usual_row(sound: &Sound, units: Units) -> Vec<Line> {
    let longest = sound.longest_m.map(|metres| units.distance_text(metres));
    vec![
        "usual before".into(),
        units.distance_text(sound.distance_m).into(),
        number(sound.runs, 1).into(),
        longest.unwrap_or("–".to_string()).into(),
        "".into(),
    ]
}

/// One week since; its distance drawn as a share of the usual one.
fn week_row(week: &WeekBack, usual: Option<Sound>, (as_of, units): (NaiveDate, Units)) -> Vec<Line> {
    let days = |day| short_date_text(day, as_of);
    let so_far = if week.is_over { "" } else { ", not over" };
    let longest = week.longest_m.map(|metres| units.distance_text(metres));
    vec![
        format!("{} – {}{so_far}", days(week.from), days(week.to)).into(),
        distance(week, usual, units),
        known(week.runs.map(|runs| runs as f64), 0).into(),
        longest.unwrap_or("–".to_string()).into(),
        week.pain.map_or("not logged".to_string(), rating).into(),
    ]
}

fn distance(week: &WeekBack, usual: Option<Sound>, units: Units) -> Line {
    let Some(metres) = week.distance_m else {
        return "unknown".into();
    };
    let text = Line::from(units.distance_text(metres));
    match usual.filter(|usual| usual.distance_m > 0.0) {
        Some(usual) => {
            let share = metres / usual.distance_m;
            text.text(format!(", {} % ", percent(share))).bar(share)
        }
        None => text,
    }
}
