//! The look back: did the flagged patterns come before this runner's pain? A table, and the plain words that go with it.

use super::block::{Block, Line, Look, Section, known};
use crate::{
    analysis::Analysis,
    backtest::{
        Backtest, Pair,
        onsets::{FREE_DAYS, WITHIN_DAYS},
        verdict::{GATES, Verdict},
    },
    pain::site_text,
    units::{counted, number},
};
use std::collections::BTreeSet;

/// A longer estimate only says that it takes very long, days.
const SOON_DAYS: u32 = 365;

/// The section; None without a place that began to hurt or without a flag to look at.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let places = &analysis.backtest.before;
    (!places.is_empty()).then(|| {
        Section::new(
            "did-these-patterns-come-before-your-pain",
            "Did these patterns come before your pain?",
            pairs(&analysis.backtest),
        )
        .looking(Look::Fold)
    })
}

/// The patterns that were judged, and those that could not be.
fn pairs(backtest: &Backtest) -> Vec<Block> {
    let (judged, open): (Vec<&Pair>, Vec<&Pair>) =
        backtest.pairs.iter().partition(|pair| pair.p.is_some());
    let not_yet = not_yet(&open);
    if judged.is_empty() {
        let said = [Some(NONE_JUDGED.to_string()), not_yet];
        let said: Vec<String> = said.into_iter().flatten().collect();
        return vec![Block::paragraph(said.join(" "))];
    }
    let mut blocks = came_out(judged, backtest.tests);
    blocks.extend(not_yet.map(Block::paragraph));
    blocks
}

/// The table of what was judged and how to read it.
fn came_out(judged: Vec<&Pair>, tests: usize) -> Vec<Block> {
    let (decided, undecided): (Vec<&Pair>, Vec<&Pair>) = sorted(judged)
        .into_iter()
        .partition(|pair| pair.verdict != Verdict::CannotBeJudged);
    let mut blocks = vec![Block::paragraph(intro())];
    blocks.push(match decided.is_empty() {
        true => Block::paragraph(NONE_DECIDED),
        false => pair_table(&decided),
    });
    blocks.extend(tested_in_vain(&undecided));
    blocks.push(Block::Paragraph(reading(tests)));
    blocks
}

fn pair_table(pairs: &[&Pair]) -> Block {
    Block::table(&JUDGED, pairs.iter().map(|pair| judged_row(pair)))
}

/// The tested pairs that came out neither way. None without any.
fn tested_in_vain(pairs: &[&Pair]) -> Option<Block> {
    let count = counted(pairs.len(), "pair", "pairs");
    let title = format!("{count} that cannot be judged yet");
    (!pairs.is_empty()).then(|| Block::fold(title, vec![pair_table(pairs)]))
}

const NONE_DECIDED: &str = "None of what could be tested fits you or does not fit you clearly.";

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
    let soon = pair.more_logged_days.filter(|days| *days <= SOON_DAYS);
    match (pair.verdict, soon) {
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
    let step = 10u32.pow(days.checked_ilog10().unwrap_or(0).saturating_sub(1));
    let round = (days.div_ceil(step) * step) as usize;
    format!(
        "about {}",
        counted(round, "more logged day", "more logged days")
    )
}

/// What cannot be judged: said once, for rows of it help nobody. None where every pair was judged.
fn not_yet(open: &[&Pair]) -> Option<String> {
    let rules: BTreeSet<&'static str> = open.iter().map(|pair| pair.rule).collect();
    if rules.is_empty() {
        return None;
    }
    let soon = open.iter().filter_map(|pair| pair.more_logged_days).min();
    let waiting = match soon.filter(|days| *days <= SOON_DAYS) {
        Some(days) => format!("{} would do for the first of them", more(days)),
        None => "waiting will not change it soon".to_string(),
    };
    let patterns = counted(rules.len(), "pattern", "patterns");
    Some(format!(
        "{patterns} came too seldom before new spells to say more, and {waiting}."
    ))
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
        ] {
            assert_eq!(more(days), text);
        }
    }
}
