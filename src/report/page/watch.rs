//! What to watch this week: places, the flags that bear on them, and how far a run could go before a rule would speak.

use super::{
    block::{Block, Line, Section, Table},
    look_back::verdict_line,
};
use crate::report::{lost, verdict::Verdict as FirstLines};
use crate::{
    analysis::Analysis,
    backtest::{
        verdict::Verdict,
        watch::{LATELY_DAYS, State, WatchedPlace},
    },
    pain::{Site, site_text},
    rules::{Limit, Rule, Severity, ladder, single_run_spike, weekly_distance_jump},
    time,
    units::{counted, number, shortest},
    words::sentence_case,
};
use chrono::NaiveDate;

/// Places shown; the others are folded.
const SHOWN: usize = 6;

/// A place that settled before so many days is nothing to watch, days.
const SETTLED_DAYS: i64 = 28;

/// The section.
pub(super) fn section(analysis: &Analysis, first: &FirstLines) -> Section {
    let places = watched(analysis);
    let said = [
        table_of(analysis, first, &places),
        unnamed(analysis),
        ceilings(analysis),
        score(&places),
    ];
    Section::new(
        "what-to-watch-this-week",
        "What to watch this week",
        said.concat(),
    )
}

/// The places of the table: those that hurt, that are not known to have settled, or that settled lately.
fn watched(analysis: &Analysis) -> Vec<&WatchedPlace> {
    let is_shown =
        |place: &&WatchedPlace| place.site != Site::Unnamed && !settled_long_ago(analysis, place);
    analysis.watch.places.iter().filter(is_shown).collect()
}

fn settled_long_ago(analysis: &Analysis, place: &WatchedPlace) -> bool {
    let days = time::days_between(place.to, analysis.history.as_of);
    place.state == State::Settled && days > SETTLED_DAYS
}

/// The table, or why there is none.
fn table_of(analysis: &Analysis, first: &FirstLines, places: &[&WatchedPlace]) -> Vec<Block> {
    if places.is_empty() {
        return vec![Block::Paragraph(none_listed(analysis))];
    }
    let common = common_flags(places);
    let rows = |places| Block::Table(rows(analysis, first, places, &common));
    let (shown, more) = places.split_at(SHOWN.min(places.len()));
    let folded = (!more.is_empty()).then(|| Block::fold(more_title(more.len()), vec![rows(more)]));
    let blocks = [Some(rows(shown)), folded, on_all(&common)];
    blocks.into_iter().flatten().collect()
}

fn more_title(count: usize) -> String {
    let places = counted(count, "more place", "more places");
    format!("{places} that hurt in the last {LATELY_DAYS} days")
}

/// The flags that bear on every place. None without any.
fn on_all(common: &[&'static str]) -> Option<Block> {
    let flags = Line::joined(common.iter().map(|rule| Line::rule(rule)), " · ");
    let line = Line::from("On all of them bears: ").line(flags).text(".");
    (!common.is_empty()).then_some(Block::Paragraph(line))
}

fn none_listed(analysis: &Analysis) -> Line {
    match (analysis.pain.place.is_some(), analysis.watch.places.is_empty()) {
        (false, _) => "No place can be listed: there is no pain log.".into(),
        (true, true) => format!(
            "No place is listed: none was rated above 0 in the last {LATELY_DAYS} days. Days without an entry are unknown."
        )
        .into(),
        (true, false) => format!(
            "No place is listed: no limb and no lower back hurts now, and none settled in the last {SETTLED_DAYS} days. Days \
             without an entry are unknown."
        )
        .into(),
    }
}

/// What bears on every place would be the same words in each row.
fn common_flags(places: &[&WatchedPlace]) -> Vec<&'static str> {
    match places {
        [one, others @ ..] if !others.is_empty() => {
            let on_all = |flag: &&str| others.iter().all(|other| other.flags.contains(flag));
            one.flags.iter().copied().filter(on_all).collect()
        }
        _ => Vec::new(),
    }
}

/// The rows; without flags of their own they need no column for them.
fn rows(
    analysis: &Analysis,
    first: &FirstLines,
    places: &[&WatchedPlace],
    common: &[&str],
) -> Table {
    let has_own = places
        .iter()
        .any(|place| own_flags(place, common).next().is_some());
    let columns = if has_own { HEAD.len() } else { HEAD.len() - 1 };
    let cells = places
        .iter()
        .map(|place| row(analysis, first, place, common));
    Table {
        head: HEAD.into_iter().take(columns).collect(),
        rows: cells
            .map(|cells| cells.into_iter().take(columns).collect())
            .collect(),
    }
}

const HEAD: [&str; 3] = ["place", "now", "flags of the last 14 days that bear on it"];

/// The flags that bear on this place and not on every one.
fn own_flags(place: &WatchedPlace, common: &[&str]) -> impl Iterator<Item = &'static str> {
    let flags = place.flags.iter().copied();
    flags.filter(|flag| !common.contains(flag))
}

/// The pain that no place can be named for.
fn unnamed(analysis: &Analysis) -> Vec<Block> {
    let said = last_unnamed(analysis).map(|last| {
        let last = time::date_text(last);
        format!(
            "Pain that your log gives no place (last on {last}) cannot be listed: name the site."
        )
    });
    said.map(Block::paragraph).into_iter().collect()
}

/// The last day lately on which pain was logged without a place.
fn last_unnamed(analysis: &Analysis) -> Option<NaiveDate> {
    let as_of = analysis.history.as_of;
    let is_lately = |day: &NaiveDate| (0..=LATELY_DAYS).contains(&time::days_between(*day, as_of));
    unnamed_days(analysis).filter(is_lately).max()
}

/// The days of the rows that hurt and name no place.
fn unnamed_days(analysis: &Analysis) -> impl Iterator<Item = NaiveDate> {
    let rows = analysis.pain.entries.iter();
    rows.filter(|entry| lost::is_placeless(entry))
        .map(|entry| entry.date)
}

fn row(
    analysis: &Analysis,
    first: &FirstLines,
    place: &WatchedPlace,
    common: &[&str],
) -> Vec<Line> {
    let flags = own_flags(place, common).map(|rule| flag(analysis, place, rule));
    let mut flags = Line::joined(flags, " · ");
    if flags.is_empty() {
        flags = "none".into();
    }
    vec![
        sentence_case(&site_text(place.site, place.side)).into(),
        Line::from(state_text(place)).line(asked(first, place)),
        flags,
    ]
}

/// A flag and what the runner's own past says of it. What cannot be judged is said once, below the table.
fn flag(analysis: &Analysis, place: &WatchedPlace, rule: &'static str) -> Line {
    let pair = analysis.backtest.pair(rule, (place.site, place.side));
    match pair.filter(|pair| pair.verdict != Verdict::CannotBeJudged) {
        Some(pair) => Line::rule(rule)
            .text(" (")
            .line(verdict_line(pair))
            .text(" in your own past)"),
        None => Line::rule(rule),
    }
}

/// ` – **have it looked at**`: what decides at this place in the last 14 days. Empty for what only asks for an eye.
fn asked(first: &FirstLines, place: &WatchedPlace) -> Line {
    let here = first.rungs.iter().filter(|rung| is_at(rung, place));
    match here.map(ladder::Rung::severity).max() {
        Some(loudest) if loudest >= Severity::EaseOff => {
            Line::from(" – ").strong(loudest.label().to_lowercase())
        }
        _ => Line::new(),
    }
}

fn is_at(rung: &ladder::Rung, place: &WatchedPlace) -> bool {
    rung.place
        .is_some_and(|(site, side)| site == place.site && crate::pain::sides_meet(side, place.side))
}

fn state_text(place: &WatchedPlace) -> String {
    let (from, to) = (time::date_text(place.from), time::date_text(place.to));
    match place.state {
        State::Sore => format!("sore since {from}"),
        State::Open => format!("last pain {to}; not logged as settled"),
        State::Settled => format!("settled; last pain {to}"),
    }
}

/// What a rule would say next, not what is fine to run.
fn ceilings(analysis: &Analysis) -> Vec<Block> {
    if let Some(why) = &analysis.watch.withheld {
        let said = format!("No distance is named for the next run or the week: {why}.");
        return vec![Block::paragraph(said)];
    }
    let mut lines = vec![next_run(analysis).into(), week(analysis).into()];
    lines.extend(caution(analysis));
    Block::list(lines).into_iter().collect()
}

/// What is said of a distance that is named.
fn caution(analysis: &Analysis) -> Option<Line> {
    let named = analysis.watch.next_run_m.or(analysis.watch.week_m);
    named.map(|_| CAUTION.into())
}

const CAUTION: &str =
    "That is where a rule would speak, not how much is good for you; how you feel comes first.";

fn next_run(analysis: &Analysis) -> String {
    let watch = &analysis.watch;
    let ceiling = watch
        .next_run_m
        .map(|metres| (metres, above_longest(analysis)));
    ceiling_text(analysis, "Next run", ceiling, &watch.next_run_missing)
}

/// How far the ceiling of a run lies above the longest of late.
fn above_longest(analysis: &Analysis) -> String {
    let rule = &single_run_spike::RULE;
    let percent = percent_of(analysis, rule, single_run_spike::SMALL_JUMP_PERCENT);
    format!("({percent} % over the longest of the last 30 days)")
}

fn week(analysis: &Analysis) -> String {
    let (watch, what) = (&analysis.watch, coming_week(analysis));
    let ceiling = watch.week_m.map(|metres| (metres, above_recent(analysis)));
    ceiling_text(analysis, &what, ceiling, &watch.week_missing)
}

/// `Week from 10 Mar 2025`.
fn coming_week(analysis: &Analysis) -> String {
    let monday = time::week_start(time::plus_days(analysis.history.as_of, 1));
    format!("Week from {}", time::date_text(monday))
}

/// How far the ceiling of a week lies above what was run lately.
fn above_recent(analysis: &Analysis) -> String {
    let rule = &weekly_distance_jump::RULE;
    let percent = percent_of(analysis, rule, weekly_distance_jump::NOTE_PERCENT);
    format!("({percent} % over your recent weeks){}", so_far(analysis))
}

/// `, 12.3 km so far`. Empty before the first run of the week.
fn so_far(analysis: &Analysis) -> String {
    let run = analysis.watch.week_so_far_m.filter(|metres| *metres > 0.0);
    run.map_or(String::new(), |metres| {
        format!(", {} so far", analysis.units.distance_text(metres))
    })
}

/// From where on a rule would speak, or why that cannot be said.
fn ceiling_text(
    analysis: &Analysis,
    what: &str,
    ceiling: Option<(f64, String)>,
    missing: &Option<String>,
) -> String {
    let Some((metres, above)) = ceiling else {
        let missing = missing.as_deref().unwrap_or("it could not be judged");
        return format!("{what}: no distance can be named: {missing}.");
    };
    let distance = analysis.units.distance_text(metres);
    format!("{what}: more than {distance} would be flagged {above}.")
}

/// A limit in percent, as it is in force.
fn percent_of(analysis: &Analysis, rule: &Rule, limit: Limit) -> String {
    shortest(analysis.limits.value(rule.id, limit))
}

/// A score only where it would have been of use (Brier skill against the base rate, interval above 0).
fn score(places: &[&WatchedPlace]) -> Vec<Block> {
    let mut said: Vec<String> = places.iter().filter_map(|place| useful(place)).collect();
    if said.is_empty() && !places.is_empty() {
        return vec![Block::paragraph(NO_SCORE)];
    }
    if !said.is_empty() && said.len() < places.len() {
        said.push("For the other places niggle cannot tell, so it gives no score.".to_string());
    }
    Block::list(said.into_iter().map(Line::from))
        .into_iter()
        .collect()
}

const NO_SCORE: &str = "niggle cannot tell from your own past whether its flags say more than your usual rate of new pain, so it gives no score.";

/// What the flags of a place were worth in the runner's own past. None where that was nothing, or is not known.
fn useful(place: &WatchedPlace) -> Option<String> {
    let skill = place.skill.filter(|_| !place.flags.is_empty())?;
    let is_useful = skill.beats_the_base_rate();
    is_useful.then(|| useful_text(place, skill.flagged_by_base))
}

fn useful_text(place: &WatchedPlace, flagged_by_base: f64) -> String {
    let times = number(flagged_by_base, 1);
    let place = sentence_case(&site_text(place.site, place.side));
    format!(
        "{place}: in your past, new spells began {times} times as often as usual after flags like these."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backtest::score::Skill,
        pain::Side,
        report::{charts::fixtures::regular, markdown, verdict},
        rules::Finding,
    };

    /// A place with a flag or none, and a skill with this lower end.
    fn place(site: Site, flags: &[&'static str], low: Option<f64>) -> WatchedPlace {
        let day = "2025-05-11".parse().expect("a literal date");
        let skill = low.map(|low| Skill {
            score: low + 0.1,
            low,
            high: low + 0.2,
            flagged_by_base: 2.34,
        });
        WatchedPlace {
            site,
            side: Some(Side::Left),
            state: State::Sore,
            from: day,
            to: day,
            flags: flags.to_vec(),
            skill,
        }
    }

    fn score_text(places: &[&WatchedPlace]) -> String {
        markdown::blocks(&score(places))
    }

    #[test]
    fn a_score_is_printed_only_where_it_beat_the_base_rate() {
        const FLAG: &[&str] = &["single-run-spike"];
        let cannot = "niggle cannot tell from your own past whether its flags say more than your usual rate of new pain, so it gives \
                      no score.\n";
        for (flags, low) in [
            (FLAG, None),
            (FLAG, Some(0.0)),
            (FLAG, Some(-0.1)),
            (&[][..], Some(0.1)),
        ] {
            assert_eq!(
                score_text(&[&place(Site::Calf, flags, low)]),
                cannot,
                "{flags:?} {low:?}"
            );
        }
        let told = "- Left calf: in your past, new spells began 2.3 times as often as usual after flags like these.\n";
        let useful = place(Site::Calf, FLAG, Some(0.01));
        assert_eq!(score_text(&[&useful]), told);
        let others = "- For the other places niggle cannot tell, so it gives no score.\n";
        assert_eq!(
            score_text(&[&useful, &place(Site::Knee, FLAG, None)]),
            format!("{told}{others}")
        );
        assert_eq!(score_text(&[]), "");
    }

    #[test]
    fn a_place_says_the_loudest_that_is_asked_of_it() {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        let long_ago = time::plus_days(day, -30);
        let calf = place(Site::Calf, &[], None);
        let said = |day, side, severity| Finding {
            severity,
            site: Some(Site::Calf),
            side,
            ..crate::rules::fixture::finding("pain-over-a-week", day, day)
        };
        for (findings, expected) in [
            (vec![], ""),
            (vec![said(day, calf.side, Severity::Watch)], ""),
            (
                vec![said(day, calf.side, Severity::EaseOff)],
                " – **ease off**",
            ),
            (
                vec![
                    said(day, calf.side, Severity::EaseOff),
                    said(day, calf.side, Severity::Urgent),
                ],
                " – **today**",
            ),
            (vec![said(long_ago, calf.side, Severity::SeeSomeone)], ""),
            (vec![said(day, Some(Side::Right), Severity::SeeSomeone)], ""),
            (
                vec![said(day, None, Severity::SeeSomeone)],
                " – **have it looked at**",
            ),
        ] {
            analysis.findings = findings;
            assert_eq!(
                markdown::line(&asked(&verdict::of(&analysis), &calf)),
                expected
            );
        }
    }

    #[test]
    fn places_that_settled_long_ago_and_what_is_the_same_in_every_row_are_left_out() {
        let mut analysis = regular(8);
        let ago = |days: i64| time::plus_days(analysis.history.as_of, -days);
        let settled = |site, days: i64| WatchedPlace {
            state: State::Settled,
            to: ago(days),
            ..place(site, &["sleep-short"], None)
        };
        let sore = place(Site::Calf, &["sleep-short", "ascent-spike"], None);
        let places = vec![
            sore.clone(),
            settled(Site::Knee, 28),
            settled(Site::Shin, 29),
            place(Site::Unnamed, &[], None),
        ];
        analysis.watch.places = places;
        let said =
            |analysis: &Analysis| markdown::section(&section(analysis, &verdict::of(analysis)), 2);
        let text = said(&analysis);
        assert!(
            text.contains(
                "| Left calf | sore since 11 May 2025 | [More climbing than usual](#ascent-spike) |"
            ),
            "{text}"
        );
        assert!(
            text.contains("| Left knee | settled; last pain") && !text.contains("shin"),
            "{text}"
        );
        assert!(
            text.contains("On all of them bears: [Short or poor sleep](#sleep-short).")
                && !text.contains("not name")
        );
        assert_eq!(text.matches("Short or poor sleep").count(), 1);
        analysis.watch.places = vec![settled(Site::Knee, 3)];
        assert!(
            said(&analysis).contains(" | [Short or poor sleep](#sleep-short) |"),
            "one row says it itself"
        );
        analysis
            .watch
            .places
            .iter_mut()
            .for_each(|place| place.flags.clear());
        assert!(
            said(&analysis).contains("| place | now |\n"),
            "{}",
            said(&analysis)
        );
        let many = [
            Site::Knee,
            Site::Calf,
            Site::Shin,
            Site::Hip,
            Site::Heel,
            Site::Foot,
            Site::Toe,
        ]
        .map(|s| place(s, &[], None));
        analysis.watch.places = many.to_vec();
        let text = said(&analysis);
        assert!(
            text.contains("<summary>1 more place that hurt in the last 180 days</summary>")
                && text.contains("Left toe")
        );
    }

    #[test]
    fn a_distance_is_withheld_in_words() {
        let mut analysis = regular(8);
        analysis.watch.next_run_m = Some(12_000.0);
        assert!(
            markdown::blocks(&ceilings(&analysis))
                .contains("- Next run: more than 12.0 km would be flagged")
        );
        analysis.watch.withheld =
            Some("your right shin was rated 4 of 10 on 9 Mar 2025".to_string());
        let expected = "No distance is named for the next run or the week: your right shin was rated 4 of 10 on 9 Mar 2025.\n";
        assert_eq!(markdown::blocks(&ceilings(&analysis)), expected);
    }

    #[test]
    fn the_state_is_said_with_its_day() {
        let state = |state| {
            state_text(&WatchedPlace {
                state,
                ..place(Site::Calf, &[], None)
            })
        };
        assert_eq!(state(State::Sore), "sore since 11 May 2025");
        assert_eq!(
            state(State::Open),
            "last pain 11 May 2025; not logged as settled"
        );
        assert_eq!(state(State::Settled), "settled; last pain 11 May 2025");
    }
}
