//! The look back: did the flagged patterns come before this runner's pain? A table, and the plain words that go with it.

use super::block::{Block, Line, Look, Section, known};
use crate::{
    analysis::Analysis,
    backtest::{
        Backtest, Pair,
        hits::Hits,
        onsets::{self, FREE_DAYS, WITHIN_DAYS},
        verdict::{GATES, Verdict},
    },
    pain::{Moment, PainLog, site_text},
    units::{counted, number},
};
use std::collections::BTreeSet;

/// A longer estimate only says that it takes very long, days.
const SOON_DAYS: u32 = 365;

/// Rows of the hit list that are told.
const MOST_HITS: usize = 8;

/// The section; None without a place that ever hurt.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let hurts = !onsets::places(&analysis.pain, analysis.history.as_of).is_empty();
    hurts.then(|| {
        Section::new(
            "did-these-patterns-come-before-your-pain",
            "Did these patterns come before your pain?",
            told(analysis),
        )
        .looking(Look::Fold)
    })
}

/// What a new spell is, how many began near a flag, and what was tested of it.
fn told(analysis: &Analysis) -> Vec<Block> {
    let backtest = &analysis.backtest;
    match () {
        () if backtest.before.is_empty() => vec![Block::paragraph(no_spell())],
        () if backtest.pairs.is_empty() => vec![Block::paragraph(NO_FLAG)],
        () => [
            vec![Block::paragraph(intro(&analysis.pain))],
            hit_list(&backtest.pairs),
            pairs(backtest),
        ]
        .concat(),
    }
}

fn no_spell() -> String {
    format!("{} None is in your log yet.", new_spell())
}

const NO_FLAG: &str =
    "No pattern was ever flagged, so that none can be set beside your new spells of pain.";

/// A pair of which it is known how many spells began near its flags.
type Known<'p> = (&'p Pair, Hits);

/// How many of the new spells began within a day of a flag, from the first spell on.
fn hit_list(pairs: &[Pair]) -> Vec<Block> {
    let known = pairs.iter().filter_map(|pair| Some((pair, pair.hits?)));
    let (mut hit, missed): (Vec<Known>, Vec<Known>) = known.partition(|(_, hits)| hits.near > 0);
    if hit.is_empty() && missed.is_empty() {
        return vec![Block::paragraph(NOT_KNOWN)];
    }
    let surplus = |hits: &Hits| f64::from(hits.near) - hits.by_chance;
    hit.sort_by(|a, b| surplus(&b.1).total_cmp(&surplus(&a.1)));
    let told = hit.iter().take(MOST_HITS);
    let list = Block::list(told.map(|(pair, hits)| hit_line(pair, hits)));
    let rest = hits_untold(hit.len(), missed.len());
    let lead = [list.as_ref().map(|_| Block::paragraph(HITS)), list];
    let blocks = lead.into_iter().flatten();
    blocks.chain(rest.map(Block::paragraph)).collect()
}

const HITS: &str = "How many of your new spells began within a day of a flag: on its day, after the run, or on the day after. This describes and \
    tests nothing; the range is 95 %.";

const NOT_KNOWN: &str = "Of none of your new spells can it be told whether a pattern was near: recordings are missing there, or it \
    hurt before the run of a flag's own day.";

/// `One run far longer …, left knee: 3 of 9 new spells (12 to 65 %); 2 % of your days are such days, which would give 0.2 by chance`.
fn hit_line(pair: &Pair, hits: &Hits) -> Line {
    let spells = counted(hits.spells as usize, "new spell", "new spells");
    let (low, high) = (percent(hits.interval.low), percent(hits.interval.high));
    Line::rule(pair.rule).text(format!(
        ", {}: {} of {spells} ({low} to {high} %); {} % of your days are such days, which would give {} by chance",
        site_text(pair.site, pair.side),
        hits.near,
        percent(hits.share_of_days()),
        by_chance(hits.by_chance),
    ))
}

/// A count that is not 0 is not shown as 0.
fn by_chance(spells: f64) -> String {
    match spells > 0.0 && spells < 0.05 {
        true => "under 0.1".to_string(),
        false => number(spells, 1),
    }
}

/// Shares below one in a hundred keep a decimal.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    number(percent, usize::from(percent > 0.0 && percent < 1.0))
}

/// What the list leaves out, so that its rows are not taken for all that was looked at. None where it leaves out nothing.
fn hits_untold(hit: usize, missed: usize) -> Option<String> {
    let of = |count| {
        counted(
            count,
            "pair of a pattern and a place",
            "pairs of a pattern and a place",
        )
    };
    match (hit.saturating_sub(MOST_HITS), missed) {
        (0, 0) => None,
        (0, missed) if hit == 0 => Some(format!(
            "No new spell began within a day of a flag, at {}.",
            of(missed)
        )),
        (0, missed) => Some(format!("None began so near at {}.", of(missed))),
        (more, missed) => Some(format!(
            "Fewer began so near at {}, and none at {missed}.",
            of(more)
        )),
    }
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
    let mut blocks = vec![match decided.is_empty() {
        true => Block::paragraph(NONE_DECIDED),
        false => pair_table(&decided),
    }];
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

fn new_spell() -> String {
    format!(
        "A new spell is a day with pain after {FREE_DAYS} pain-free logged days in the {WITHIN_DAYS} days before it; blank days \
         are unknown."
    )
}

fn intro(pain: &PainLog) -> String {
    format!(
        "A look back at your own past, which says nothing about the next run. {} Compared are the day of a flag, after its run, with the 7 \
         days after it, and the other logged days on which a new spell could have begun. {}",
        new_spell(),
        of_the_day(pain)
    )
}

/// What counts on the day of a flag; a log that never says when it hurt cannot tell.
fn of_the_day(pain: &PainLog) -> &'static str {
    let says_when = pain.entries.iter().any(|entry| entry.moment != Moment::Day);
    match says_when {
        true => {
            "Pain that was there before the run or in the morning of a flag's own day does not count as after it."
        }
        false => {
            "Your log never says at which moment it hurt, so pain on a flag's own day counts as after it, though it may have been \
             there before."
        }
    }
}

fn reading(tests: usize) -> Line {
    let tests = counted(tests, "test", "tests");
    let (q_max, notable) = (number(GATES.q_max, 2), number(GATES.notable_ratio, 0));
    Line::from(format!(
        "A rate ratio of 2 says that new spells began twice as often on such days as on your other logged days. Days are counted, not \
         kilometres: whoever runs more has more running in a day to be hurt by. \
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
    let one = match pair.rests_on_one {
        Some(true) => ", but that rests on one spell",
        _ => "",
    };
    match (pair.verdict, soon) {
        (Verdict::Fits, _) => Line::new().strong("fits you").text(one),
        (Verdict::DoesNotFit, _) => format!("does not fit you{one}").into(),
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

    use crate::{
        backtest::tests::{look_back, runner},
        report::{charts::fixtures::analysis, markdown},
    };

    /// The section of a runner with spells and spikes on these days, the rows logged at this moment.
    fn said(onsets: &[i64], flags: &[i64], moment: Moment) -> String {
        let (history, mut pain, findings) = runner(210, onsets, flags);
        pain.entries.iter_mut().for_each(|row| row.moment = moment);
        let mut analysis = analysis(Vec::new(), Vec::new(), Vec::new());
        analysis.backtest = look_back(&history, &pain, &findings);
        (analysis.history, analysis.pain) = (history, pain);
        section(&analysis).map_or(String::new(), |section| markdown::blocks(&section.blocks))
    }

    const FLAGS: [i64; 6] = [40, 70, 100, 130, 160, 190];

    #[test]
    fn the_hit_list_begins_with_the_first_spell() {
        let text = said(&[70], &FLAGS, Moment::Evening);
        // Days at risk from day 28 on: 182, less the seven after the spell; near are six flag days and the days after them, less the
        // one after the spell: 11 of 175.
        for words in [
            "left knee: 1 of 1 new spell (21 to 100 %); 6 % of your days are such days, which would give 0.1 by chance",
            "tests nothing",
            "No pattern can be judged yet",
            "Pain that was there before the run",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let text = said(&[55], &FLAGS, Moment::Evening);
        let none = "No new spell began within a day of a flag, at 1 pair of a pattern and a place.";
        assert!(text.contains(none), "{text}");
        // In the morning of the flag's own day it was there before.
        let text = said(&[70], &FLAGS, Moment::Morning);
        assert!(
            text.contains("Of none of your new spells can it be told"),
            "{text}"
        );
        assert!(!text.contains("of 1 new spell"), "{text}");
    }

    #[test]
    fn what_is_missing_is_said() {
        for (onsets, flags, words) in [
            (vec![], vec![40], ""),
            (vec![3], vec![40], "None is in your log yet."),
            (vec![60], vec![], "No pattern was ever flagged"),
            (
                vec![60],
                vec![40],
                "Your log never says at which moment it hurt",
            ),
        ] {
            let text = said(&onsets, &flags, Moment::Day);
            assert!(
                text.contains(words) && text.is_empty() == words.is_empty(),
                "{words}: {text}"
            );
            assert!(!text.contains("NaN"), "{text}");
        }
    }

    #[test]
    fn a_verdict_that_rests_on_one_spell_says_so() {
        let (history, pain, findings) = runner(210, &FLAGS[..5], &FLAGS);
        let mut pair = look_back(&history, &pain, &findings).pairs.remove(0);
        assert_eq!(pair.rests_on_one, Some(false));
        let said = |pair: &Pair| markdown::blocks(&[Block::Paragraph(verdict_line(pair))]);
        assert_eq!(said(&pair).trim(), "**fits you**");
        pair.rests_on_one = Some(true);
        assert_eq!(
            said(&pair).trim(),
            "**fits you**, but that rests on one spell"
        );
        pair.verdict = Verdict::DoesNotFit;
        assert_eq!(
            said(&pair).trim(),
            "does not fit you, but that rests on one spell"
        );
    }

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
