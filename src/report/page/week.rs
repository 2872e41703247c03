//! The last seven days beside the runner's usual: four numbers, and the next run.

use super::block::{Block, Line, Number};
use crate::{
    analysis::Analysis,
    course::{Beside, Bucket, Full, ThisWeek, week::CAUTION},
    time::plus_days,
    units::{Units, number},
    words::sentence,
};
use chrono::NaiveDate;

/// The four numbers. None where no run was read: there is nothing to count.
pub(super) fn numbers(analysis: &Analysis) -> Option<Block> {
    let (week, units) = (&analysis.week, analysis.units);
    (!analysis.is_log_alone()).then(|| {
        Block::Numbers(vec![
            distance(week, units),
            runs(week),
            third(week, units),
            next(&week.next, units),
        ])
    })
}

/// `Last 7 days: 3 runs, 26 km; the longest 9.5 km.` None without a run of known distance.
pub(super) fn summary(analysis: &Analysis) -> Option<String> {
    let (week, units) = (&analysis.week, analysis.units);
    let longest = week.longest_m.now.filter(|metres| *metres > 0.0)?;
    let (runs, distance) = (runs(week).value, distance(week, units).value);
    let longest = units.distance_text(longest);
    Some(format!(
        "Last 7 days: {runs}, {distance}; the longest {longest}."
    ))
}

/// The distance; after a long silence it is not known whether nothing was run or nothing recorded.
fn distance(week: &ThisWeek, units: Units) -> Number {
    let shown = |metres: f64| units.distance(metres);
    number_of(
        &week.distance_m,
        |metres| format!("{} {}", round(shown(metres)), units.distance_label()),
        "last 7 days",
        shown,
    )
}

fn runs(week: &ThisWeek) -> Number {
    let last = week.last_run.map(|day| day.format("%a %-d %b").to_string());
    let last = last.map_or("no run recorded".to_string(), |day| {
        format!("last on {day}")
    });
    let runs = |count: f64| match count == 1.0 {
        true => "1 run".to_string(),
        false => format!("{} runs", number(count, 0)),
    };
    number_of(&week.runs, runs, &last, |count| count)
}

/// Sleep where it is known, else the longest run.
fn third(week: &ThisWeek, units: Units) -> Number {
    if week.sleep_h.now.is_none() {
        let shown = |metres: f64| units.distance(metres);
        let text = |metres| units.distance_text(metres);
        return number_of(&week.longest_m, text, "longest run, last 7 days", shown);
    }
    let hours = |hours| format!("{} h", number(hours, 1));
    let usual = week.sleep_h.usual;
    Number {
        usual: usual.map_or(String::new(), |range| usual_text(range, 1)),
        ..number_of(&week.sleep_h, hours, "sleep a night, last 7", |hours| hours)
    }
}

fn number_of(
    beside: &Beside,
    text: impl Fn(f64) -> String,
    what: &str,
    shown: impl Fn(f64) -> f64,
) -> Number {
    let usual = beside.usual.map(|(low, high)| (shown(low), shown(high)));
    Number {
        value: beside.now.map_or("unknown".to_string(), text),
        what: what.to_string(),
        usual: usual.map_or(String::new(), |range| usual_text(range, 0)),
    }
}

/// `usual 27–40`, `usual 4`.
fn usual_text((low, high): (f64, f64), decimals: usize) -> String {
    let low = number(low, decimals);
    let high = number(high, decimals);
    match low == high {
        true => format!("usual {low}"),
        false => format!("usual {low}–{high}"),
    }
}

/// Small distances keep their decimal.
fn round(value: f64) -> String {
    number(value, usize::from(value > 0.0 && value < 10.0))
}

/// From where on a rule would speak, which is no plan: the words must not read as one.
fn next(bucket: &Bucket, units: Units) -> Number {
    let (value, what, usual) = match (bucket.next_m, &bucket.withheld) {
        (Some(metres), None) if metres <= 0.0 => (
            "any run".to_string(),
            SPEAKS,
            "this week is past where it does",
        ),
        (_, Some(_)) => (
            "wait".to_string(),
            "next run",
            "no distance while a place asks for care",
        ),
        (None, None) => (
            "unknown".to_string(),
            "next run",
            "too little is recorded to say",
        ),
        (Some(metres), None) => {
            let distance = round(units.distance(metres));
            let value = format!("over {distance} {}", units.distance_label());
            (value, SPEAKS, limit_words(bucket.by))
        }
    };
    Number {
        value,
        what: what.to_string(),
        usual: usual.to_string(),
    }
}

/// What the tile of the next run says behind a distance.
const SPEAKS: &str = "next run: a rule would speak";

fn limit_words(by: Option<Full>) -> &'static str {
    match by {
        Some(Full::Week) => "for what the week would hold",
        _ => "for its length alone",
    }
}

/// The next run in words: what limits it, how full the week is, or why no distance is named. None where no run was read and no
/// place asks for care.
pub(super) fn bucket(analysis: &Analysis) -> Option<Block> {
    let bucket = &analysis.week.next;
    let is_silent = analysis.is_log_alone() && bucket.withheld.is_none();
    (!is_silent).then(|| Block::Paragraph(next_run_line(bucket, analysis)))
}

fn next_run_line(bucket: &Bucket, analysis: &Analysis) -> Line {
    let known = bucket.next_m.zip(bucket.by);
    match (&bucket.withheld, known) {
        (Some(why), _) => none_named("is", why),
        (None, Some((metres, by))) => room(bucket, metres, by, analysis),
        (None, None) => {
            let why = bucket.missing.as_deref();
            none_named("can be", why.unwrap_or("too little is recorded"))
        }
    }
}

/// `No distance is named for the next run: …`.
fn none_named(verb: &str, why: &str) -> Line {
    let said = format!("no distance {verb} named for the next run: {why}");
    Line::from(sentence(&said))
}

/// `Next run: from **11.1 km** on a rule would speak, …`.
fn room(bucket: &Bucket, metres: f64, by: Full, analysis: &Analysis) -> Line {
    let units = analysis.units;
    next_run(metres, units)
        .text(format!(", {}.", by.because()))
        .line(filled(bucket, analysis.history.as_of, units))
        .text(format!(" {CAUTION}"))
}

fn next_run(metres: f64, units: Units) -> Line {
    match metres > 0.0 {
        true => Line::from("Next run: beyond ")
            .strong(units.distance_text(metres))
            .text(" a rule would speak"),
        false => Line::from("Next run: a rule would speak of any distance"),
    }
}

/// How full the calendar week of the next day is. Empty where its limit is not known.
fn filled(bucket: &Bucket, as_of: NaiveDate, units: Units) -> Line {
    let Some(said) = bucket.week_text(as_of, plus_days(as_of, 1), units) else {
        return Line::new();
    };
    let so_far = bucket.week_so_far_m.unwrap_or(0.0);
    let share = bucket.week_m.map(|week_m| so_far / week_m);
    Line::from(format!(" {said}")).bar(share.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{charts::fixtures::regular, markdown};

    fn said(next: Bucket) -> String {
        let mut analysis = regular(8);
        analysis.week.next = next;
        let said = [numbers(&analysis), bucket(&analysis)];
        markdown::blocks(&said.map(|block| block.expect("there are runs")))
    }

    #[test]
    fn the_nearer_limit_is_named_and_nothing_while_a_place_asks_for_care() {
        let run = Bucket {
            next_m: Some(11_100.0),
            by: Some(Full::Run),
            run_m: Some(11_100.0),
            week_m: Some(35_400.0),
            week_so_far_m: Some(16_800.0),
            ..Bucket::default()
        };
        let text = said(run.clone());
        for words in [
            "**over 11 km** next run: a rule would speak, for its length alone",
            "beyond **11.1 km** a rule would speak, because of the longest run of the last 30 days.",
            " 16.8 km so far; a rule speaks beyond 35.4 km.",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let full = Bucket {
            next_m: Some(0.0),
            by: Some(Full::Week),
            ..run
        };
        assert!(said(full).contains("any distance, because of what the week holds already."));
        let withheld = Bucket {
            withheld: Some("something above asks to be looked at first".to_string()),
            ..Bucket::default()
        };
        let text = said(withheld);
        assert!(text.contains("**wait** next run"), "{text}");
        assert!(text.contains("No distance is named for the next run: something above"));
        assert!(said(Bucket::default()).contains("**unknown** next run"));
    }

    #[test]
    fn a_number_stands_beside_the_usual_or_is_unknown() {
        let mut analysis = regular(8);
        analysis.week = ThisWeek {
            distance_m: Beside {
                now: Some(4050.0),
                usual: Some((27_200.0, 39_800.0)),
                weeks: 12,
            },
            runs: Beside {
                now: Some(1.0),
                usual: Some((4.0, 4.0)),
                weeks: 12,
            },
            last_run: Some("2025-10-07".parse().expect("a date literal")),
            ..ThisWeek::default()
        };
        let text = markdown::blocks(&[numbers(&analysis).expect("there are runs")]);
        let expected = "**4.0 km** last 7 days, usual 27–40 · **1 run** last on Tue 7 Oct, usual 4 · **unknown** longest run, last 7 days";
        assert!(text.starts_with(expected), "{text}");
    }
}
