//! The look back: did the flagged patterns come before this runner's pain? A table, the days before each new spell, and the
//! plain words that go with them.

use crate::{
    analysis::Analysis,
    backtest::{
        Pair,
        before::{Before, MEASURES, Onset},
        onsets::{FREE_DAYS, WITHIN_DAYS},
        verdict::{GATES, Verdict},
    },
    pain::site_text,
    report::text::{escaped, table},
    rules, time,
    units::{counted, number},
    words::sentence_case,
};

/// Rows of the table of what cannot be judged; the rest is in findings.json.
const LISTED: usize = 8;

/// New spells shown for a place, the newest; all are in findings.json.
const SPELLS: usize = 8;

/// A longer estimate only says that it takes very long.
const TEN_YEARS_DAYS: u32 = 3650;

/// The section; empty without a place that began to hurt or without a flag to look at.
pub(super) fn section(analysis: &Analysis) -> String {
    let backtest = &analysis.backtest;
    if backtest.before.is_empty() {
        return String::new();
    }
    let mut out = format!("## Did these patterns come before your pain?\n\n{}\n\n", intro());
    let (judged, open): (Vec<&Pair>, Vec<&Pair>) = backtest.pairs.iter().partition(|pair| pair.p.is_some());
    if judged.is_empty() {
        out.push_str("No pattern can be judged yet: that needs five flags of it and five new spells at one place.\n\n");
    } else {
        out.push_str(&table(&JUDGED, sorted(judged).into_iter().map(judged_row)));
        out.push_str(&format!("\n{}\n\n", reading(backtest.tests)));
    }
    out.push_str(&not_yet(&open));
    out.push_str(&before(&backtest.before));
    out
}

fn intro() -> String {
    format!(
        "A look back at your own past, which says nothing about the next run. A new spell is a day with pain after {FREE_DAYS} \
         pain-free logged days in the {WITHIN_DAYS} days before it; blank days are unknown. Compared are the 7 days after a \
         flag and the other logged days on which a new spell could have begun."
    )
}

fn reading(tests: usize) -> String {
    format!(
        "A rate ratio of 2 says that new spells began twice as often in the week after such a flag as on your other logged \
         days. The range is its 95 % mid-P interval; p is exact, by shifting the flags along the calendar; q corrects for all \
         {} of this report. *Fits you*: q at most {} and the whole range above 1. *Does not fit you*: the whole range below {}, \
         so that not even a doubling is likely. Neither is a cause.",
        counted(tests, "test", "tests"),
        number(GATES.q_max, 2),
        number(GATES.notable_ratio, 0),
    )
}

const JUDGED: [&str; 8] =
    ["pattern", "pain at", "spells after a flag", "other spells", "rate ratio", "p", "q", "what it comes to"];

/// What fits first, then what does not, then the rest; within each the larger ratio first.
fn sorted(mut pairs: Vec<&Pair>) -> Vec<&Pair> {
    pairs.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.ci_low.unwrap_or(0.0).total_cmp(&a.ci_low.unwrap_or(0.0))));
    pairs
}

fn judged_row(pair: &Pair) -> Vec<String> {
    let share = |spells: u32, days: u32| format!("{spells} on {}", counted(days as usize, "day", "days"));
    let decimals = |value: Option<f64>| value.map_or("–".to_string(), |value| number(value, 3));
    vec![
        titled(pair.rule),
        escaped(&site_text(pair.site, pair.side)),
        share(pair.flagged_onsets, pair.flagged_days),
        share(pair.other_onsets, pair.other_days),
        ratio_text(pair),
        decimals(pair.p),
        decimals(pair.q),
        verdict_text(pair),
    ]
}

/// `2.1 (0.8 to 5.3)`.
fn ratio_text(pair: &Pair) -> String {
    let Some(low) = pair.ci_low else { return "–".to_string() };
    let low = number(low, 1);
    match pair.rate_ratio.zip(pair.ci_high) {
        Some((ratio, high)) => format!("{} ({low} to {})", number(ratio, 1), number(high, 1)),
        None => format!("above {low}"),
    }
}

/// A verdict in words, and what would do where there is none.
pub(super) fn verdict_text(pair: &Pair) -> String {
    match pair.verdict {
        Verdict::Fits => "**fits you**".to_string(),
        Verdict::DoesNotFit => "does not fit you".to_string(),
        Verdict::CannotBeJudged => match pair.more_logged_days {
            Some(days) => format!("cannot be judged yet; {} would do", more(days)),
            None => "cannot be judged yet".to_string(),
        },
    }
}

/// An estimate in round numbers: two digits are all it carries.
fn more(days: u32) -> String {
    if days > TEN_YEARS_DAYS {
        return "more than ten years of logging".to_string();
    }
    let step = 10u32.pow(days.checked_ilog10().unwrap_or(0).saturating_sub(1));
    let round = days.div_ceil(step) * step;
    format!("about {}", counted(round as usize, "more logged day", "more logged days"))
}

/// One row a rule and reason: the places together, the least that would do.
fn not_yet(open: &[&Pair]) -> String {
    let mut rows: Vec<(&str, &str, Vec<String>, Option<u32>)> = Vec::new();
    for pair in open {
        let (why, place) =
            (pair.gate.as_deref().unwrap_or("flags and spells do not vary"), site_text(pair.site, pair.side));
        match rows.iter_mut().find(|row| row.0 == pair.rule && row.1 == why) {
            Some(row) => {
                row.2.push(place);
                row.3 = row.3.into_iter().chain(pair.more_logged_days).min();
            }
            None => rows.push((pair.rule, why, vec![place], pair.more_logged_days)),
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let hidden = rows.len().saturating_sub(LISTED);
    let rest = if hidden > 0 {
        format!("{} in findings.json.\n\n", counted(hidden, "more row", "more rows"))
    } else {
        String::new()
    };
    let row = |(rule, why, places, days): (&str, &str, Vec<String>, Option<u32>)| {
        vec![titled(rule), escaped(&places.join(", ")), escaped(why), days.map_or("not known yet".to_string(), more)]
    };
    let table = table(
        &["pattern", "pain at", "cannot be judged yet because", "what would do"],
        rows.into_iter().take(LISTED).map(row),
    );
    format!(
        "{table}\n{rest}What would do is an estimate: logging, flags and spells go on at the pace so far, and five flags, five \
         new spells and enough spells to tell a doubling from chance (4 times in 5) are needed.\n\n"
    )
}

fn titled(id: &str) -> String {
    let title = rules::rule(id).map_or(id, |rule| rule.title);
    format!("[{}](#{id})", escaped(title))
}

/// The days before each new spell, a table a place, folded.
fn before(places: &[Before]) -> String {
    let shown: String = places.iter().map(one_place).collect();
    format!(
        "<details>\n<summary>The days before each new spell, beside your pain-free times</summary>\n\nEach cell has three \
         numbers, for the 3, 7 and 28 days before: how many of 100 of your own pain-free windows had less. 50 is usual for you, \
         – is unknown. Description only; no test is made of it.\n\n{shown}</details>\n"
    )
}

fn one_place(place: &Before) -> String {
    let titles = MEASURES.iter().map(|measure| measure.title);
    let header: Vec<&str> = std::iter::once("began").chain(titles).collect();
    let newest = place.onsets.iter().rev().take(SPELLS);
    format!(
        "{} ({}, {} to compare with)\n\n{}\n",
        escaped(&sentence_case(&site_text(place.site, place.side))),
        counted(place.onsets.len(), "new spell", "new spells"),
        counted(place.reference_days, "pain-free day", "pain-free days"),
        table(&header, newest.map(spell_row))
    )
}

fn spell_row(onset: &Onset) -> Vec<String> {
    let shown = |percentile: &Option<f64>| percentile.map_or("–".to_string(), |value| number(value, 0));
    let cell = |cell: &[Option<f64>; 3]| {
        if cell.iter().all(Option::is_none) {
            "–".to_string()
        } else {
            cell.iter().map(shown).collect::<Vec<_>>().join(" · ")
        }
    };
    std::iter::once(time::date_text(onset.date)).chain(onset.measures.iter().map(|m| cell(&m.percentile))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_are_round() {
        for (days, text) in [
            (1, "about 1 more logged day"),
            (87, "about 87 more logged days"),
            (1163, "about 1200 more logged days"),
            (3650, "about 3700 more logged days"),
            (3651, "more than ten years of logging"),
        ] {
            assert_eq!(more(days), text);
        }
    }
}
