//! The look back: did the flagged patterns come before this runner's pain? A table, the days before each new spell, and the
//! plain words that go with them.

use super::block::{Block, Line, Section, known};
use crate::{
    analysis::Analysis,
    backtest::{
        Backtest, Pair,
        before::{Before, MEASURES, Onset},
        onsets::{FREE_DAYS, WITHIN_DAYS},
        verdict::{GATES, Verdict},
    },
    pain::site_text,
    time,
    units::{counted, number},
    words::sentence_case,
};

/// Rows of the table of what cannot be judged; the rest is in findings.json.
const LISTED: usize = 8;

/// New spells shown for a place, the newest; all are in findings.json.
const SPELLS: usize = 8;

/// A longer estimate only says that it takes very long.
const TEN_YEARS_DAYS: u32 = 3650;

/// The section; None without a place that began to hurt or without a flag to look at.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let places = &analysis.backtest.before;
    (!places.is_empty()).then(|| {
        Section::new(
            "did-these-patterns-come-before-your-pain",
            "Did these patterns come before your pain?",
            [
                vec![Block::paragraph(intro())],
                pairs(&analysis.backtest),
                vec![before(places)],
            ]
            .concat(),
        )
    })
}

/// The patterns that were judged, and those that could not be.
fn pairs(backtest: &Backtest) -> Vec<Block> {
    let (judged, open): (Vec<&Pair>, Vec<&Pair>) =
        backtest.pairs.iter().partition(|pair| pair.p.is_some());
    [came_out(judged, backtest.tests), not_yet(&open)].concat()
}

/// The table of what was judged and how to read it, or that nothing was.
fn came_out(judged: Vec<&Pair>, tests: usize) -> Vec<Block> {
    if judged.is_empty() {
        return vec![Block::paragraph(NONE_JUDGED)];
    }
    let table = Block::table(&JUDGED, sorted(judged).into_iter().map(judged_row));
    vec![table, Block::Paragraph(reading(tests))]
}

const NONE_JUDGED: &str =
    "No pattern can be judged yet: that needs five flags of it and five new spells at one place.";

fn intro() -> String {
    format!(
        "A look back at your own past, which says nothing about the next run. A new spell is a day with pain after {FREE_DAYS} \
         pain-free logged days in the {WITHIN_DAYS} days before it; blank days are unknown. Compared are the 7 days after a \
         flag and the other logged days on which a new spell could have begun."
    )
}

fn reading(tests: usize) -> Line {
    let tests = counted(tests, "test", "tests");
    let (q_max, notable) = (number(GATES.q_max, 2), number(GATES.notable_ratio, 0));
    Line::from(format!(
        "A rate ratio of 2 says that new spells began twice as often in the week after such a flag as on your other logged days. \
         The range is its 95 % mid-P interval; p is exact, by shifting the flags along the calendar; q corrects for all {tests} of \
         this report. "
    ))
    .emphasis("Fits you")
    .text(format!(": q at most {q_max} and the whole range above 1. "))
    .emphasis("Does not fit you")
    .text(format!(
        ": the whole range below {notable}, so that not even a doubling is likely. Neither is a cause."
    ))
}

const JUDGED: [&str; 8] = [
    "pattern",
    "pain at",
    "spells after a flag",
    "other spells",
    "rate ratio",
    "p",
    "q",
    "what it comes to",
];

/// What fits first, then what does not, then the rest; within each the larger ratio first.
fn sorted(mut pairs: Vec<&Pair>) -> Vec<&Pair> {
    let low = |pair: &Pair| pair.ci_low.unwrap_or(0.0);
    pairs.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(low(b).total_cmp(&low(a))));
    pairs
}

fn judged_row(pair: &Pair) -> Vec<Line> {
    vec![
        Line::rule(pair.rule),
        site_text(pair.site, pair.side).into(),
        spells_on_days(pair.flagged_onsets, pair.flagged_days).into(),
        spells_on_days(pair.other_onsets, pair.other_days).into(),
        ratio_text(pair).into(),
        known(pair.p, 3).into(),
        known(pair.q, 3).into(),
        verdict_line(pair),
    ]
}

fn spells_on_days(spells: u32, days: u32) -> String {
    format!("{spells} on {}", counted(days as usize, "day", "days"))
}

/// `2.1 (0.8 to 5.3)`.
fn ratio_text(pair: &Pair) -> String {
    let Some(low) = pair.ci_low else {
        return "–".to_string();
    };
    let low = number(low, 1);
    match pair.rate_ratio.zip(pair.ci_high) {
        Some((ratio, high)) => format!("{} ({low} to {})", number(ratio, 1), number(high, 1)),
        None => format!("above {low}"),
    }
}

/// A verdict in words, and what would do where there is none.
pub(super) fn verdict_line(pair: &Pair) -> Line {
    match (pair.verdict, pair.more_logged_days) {
        (Verdict::Fits, _) => Line::new().strong("fits you"),
        (Verdict::DoesNotFit, _) => "does not fit you".into(),
        (Verdict::CannotBeJudged, Some(days)) => {
            format!("cannot be judged yet; {} would do", more(days)).into()
        }
        (Verdict::CannotBeJudged, None) => "cannot be judged yet".into(),
    }
}

/// An estimate in round numbers: two digits are all it carries.
fn more(days: u32) -> String {
    if days > TEN_YEARS_DAYS {
        return "more than ten years of logging".to_string();
    }
    let step = 10u32.pow(days.checked_ilog10().unwrap_or(0).saturating_sub(1));
    let round = (days.div_ceil(step) * step) as usize;
    format!(
        "about {}",
        counted(round, "more logged day", "more logged days")
    )
}

/// A rule that cannot be judged yet for one reason: at which places, and the least that would do.
struct NotYet<'a> {
    rule: &'static str,
    why: &'a str,
    places: Vec<String>,
    more_logged_days: Option<u32>,
}

impl<'a> NotYet<'a> {
    fn of(pair: &'a Pair) -> Self {
        NotYet {
            rule: pair.rule,
            why: pair
                .gate
                .as_deref()
                .unwrap_or("flags and spells do not vary"),
            places: vec![site_text(pair.site, pair.side)],
            more_logged_days: pair.more_logged_days,
        }
    }

    /// Adds the places of another; the fewest days of both would do.
    fn join(&mut self, other: NotYet) {
        self.places.extend(other.places);
        let days = self
            .more_logged_days
            .into_iter()
            .chain(other.more_logged_days);
        self.more_logged_days = days.min();
    }

    fn row(self) -> Vec<Line> {
        let what_would_do = self
            .more_logged_days
            .map_or("not known yet".to_string(), more);
        vec![
            Line::rule(self.rule),
            self.places.join(", ").into(),
            self.why.into(),
            what_would_do.into(),
        ]
    }
}

const NOT_YET: [&str; 4] = [
    "pattern",
    "pain at",
    "cannot be judged yet because",
    "what would do",
];

/// One row a rule and reason. Empty where every pair was judged.
fn not_yet(open: &[&Pair]) -> Vec<Block> {
    let rows = by_rule_and_reason(open);
    if rows.is_empty() {
        return Vec::new();
    }
    let hidden = hidden_rows(rows.len().saturating_sub(LISTED));
    let table = Block::table(&NOT_YET, rows.into_iter().take(LISTED).map(NotYet::row));
    let blocks = [Some(table), hidden, Some(Block::paragraph(WHAT_WOULD_DO))];
    blocks.into_iter().flatten().collect()
}

fn hidden_rows(count: usize) -> Option<Block> {
    let rows = counted(count, "more row", "more rows");
    (count > 0).then(|| Block::paragraph(format!("{rows} in findings.json.")))
}

const WHAT_WOULD_DO: &str = "What would do is an estimate: logging, flags and spells go on at the pace so far, and five flags, five new spells and enough \
     spells to tell a doubling from chance (4 times in 5) are needed.";

fn by_rule_and_reason<'a>(open: &[&'a Pair]) -> Vec<NotYet<'a>> {
    let mut rows: Vec<NotYet> = Vec::new();
    for pair in open {
        let new = NotYet::of(pair);
        match rows
            .iter_mut()
            .find(|row| row.rule == new.rule && row.why == new.why)
        {
            Some(row) => row.join(new),
            None => rows.push(new),
        }
    }
    rows
}

/// The days before each new spell, a table a place, folded.
fn before(places: &[Before]) -> Block {
    let mut inside = vec![Block::paragraph(EACH_CELL)];
    inside.extend(places.iter().flat_map(one_place));
    Block::fold(
        "The days before each new spell, beside your pain-free times",
        inside,
    )
}

const EACH_CELL: &str = "Each cell has three numbers, for the 3, 7 and 28 days before: how many of 100 of your own pain-free windows had less. 50 is \
     usual for you, – is unknown. Description only; no test is made of it.";

fn one_place(place: &Before) -> [Block; 2] {
    let titles = MEASURES.iter().map(|measure| measure.title);
    let head: Vec<&str> = std::iter::once("began").chain(titles).collect();
    let newest = place.onsets.iter().rev().take(SPELLS);
    [
        Block::paragraph(place_title(place)),
        Block::table(&head, newest.map(spell_row)),
    ]
}

/// `Left shin (3 new spells, 120 pain-free days to compare with)`.
fn place_title(place: &Before) -> String {
    let name = sentence_case(&site_text(place.site, place.side));
    let spells = counted(place.onsets.len(), "new spell", "new spells");
    let days = counted(place.reference_days, "pain-free day", "pain-free days");
    format!("{name} ({spells}, {days} to compare with)")
}

fn spell_row(onset: &Onset) -> Vec<Line> {
    let began = time::date_text(onset.date);
    let cells = onset
        .measures
        .iter()
        .map(|measure| percentiles(&measure.percentile));
    std::iter::once(began)
        .chain(cells)
        .map(Line::from)
        .collect()
}

/// `52 · 61 · –`; one dash where all are unknown.
fn percentiles(cell: &[Option<f64>; 3]) -> String {
    match cell {
        [None, None, None] => "–".to_string(),
        cell => cell.map(|percentile| known(percentile, 0)).join(" · "),
    }
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
