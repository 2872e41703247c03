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

/// The same in short for the sheet, facts alone. None where nobody came back of late.
pub(super) fn in_short(analysis: &Analysis) -> Option<Section> {
    let back = analysis.back.as_ref()?;
    let title = format!("Running again since {}", date_text(back.since));
    let facts = back
        .facts(analysis.units, analysis.history.as_of)
        .into_iter()
        .map(Line::from);
    let list = Block::list(facts);
    Some(Section::untargeted(title, list.into_iter().collect()))
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
const SEEN_FIRST: &str =
    "Something above asks to be looked at first, so these weeks are set beside nothing.";

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
fn week_row(
    week: &WeekBack,
    usual: Option<Sound>,
    (as_of, units): (NaiveDate, Units),
) -> Vec<Line> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course::Gap,
        report::{
            charts::fixtures::{date, regular},
            markdown,
        },
    };

    fn week(from: &str, metres: Option<f64>) -> WeekBack {
        let from = date(from);
        WeekBack {
            from,
            to: crate::time::plus_days(from, 6),
            is_over: true,
            distance_m: metres,
            runs: metres.map(|_| 2),
            longest_m: metres.map(|metres| metres / 2.0),
            pain: None,
        }
    }

    fn said(see_first: bool) -> String {
        let mut analysis = regular(8);
        analysis.watch.see_first = see_first;
        analysis.back = Some(returned());
        markdown::section(&section(&analysis).expect("a section"), 2)
    }

    fn returned() -> Back {
        Back {
            since: date("2025-02-17"),
            gap: Some(Gap {
                from: date("2025-01-27"),
                to: date("2025-02-16"),
            }),
            is_pain_known: true,
            cost: None,
            sound: Some(Sound {
                from: date("2024-12-30"),
                to: date("2025-01-26"),
                weeks: 4,
                distance_m: 40_000.0,
                runs: 3.5,
                longest_m: Some(16_000.0),
            }),
            weeks: vec![week("2025-02-17", None), week("2025-02-24", Some(20_000.0))],
        }
    }

    #[test]
    fn the_sheet_has_the_numbers_and_neither_a_share_nor_an_address() {
        let mut analysis = regular(8);
        analysis.back = Some(returned());
        let text = markdown::section(&in_short(&analysis).expect("a part"), 2);
        for words in [
            "Running again since 17 Feb 2025",
            "Before, in the last four weeks recorded whole in which pain cost no run, 30 Dec 2024 – 26 Jan 2025: 40.0 km in 3.5 \
             runs a week on average, the longest 16.0 km.",
            "Then: 21 days without a recorded run, 27 Jan – 16 Feb 2025.",
            "Since, by weeks from, with the highest pain: 17 Feb nothing recorded, not rated; 24 Feb 20.0 km in 2 runs, not \
             rated.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        for words in ["%", "your", "Your", "plan"] {
            assert!(!text.contains(words), "{words}: {text}");
        }
        assert_eq!(in_short(&regular(8)), None);
    }

    #[test]
    fn the_weeks_stand_below_the_usual_and_the_heading_has_the_share() {
        let text = said(false);
        for words in [
            "Running again since 17 Feb 2025: 50 % of your usual distance",
            "Then 21 days without a recorded run, 27 Jan – 16 Feb 2025.",
            "| usual before | 40.0 km | 3.5 | 16.0 km |",
            "| 17 Feb – 23 Feb | unknown | – | – | not logged |",
            "| 24 Feb – 2 Mar | 20.0 km, 50 %",
            "no plan and no promise",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn while_something_is_to_be_seen_no_share_is_told() {
        let text = said(true);
        assert!(
            text.contains("| 24 Feb – 2 Mar | 20.0 km |")
                && text.contains("asks to be looked at first"),
            "{text}"
        );
        assert!(!text.contains(" %"), "{text}");
    }

    #[test]
    fn nobody_who_was_not_away_has_it() {
        assert_eq!(section(&regular(8)), None);
    }
}
