//! What to watch this week: places, the flags that bear on them, and how far a run could go before a rule would speak.

use super::backtest::verdict_text;
use crate::{
    analysis::Analysis,
    backtest::watch::{State, WatchedPlace},
    pain::site_text,
    report::text::{escaped, sentence_case, table},
    rules, time,
    units::number,
};

/// Places shown; more would not be read.
const SHOWN: usize = 6;

/// The section; empty when no place hurt lately and no ceiling can be named.
pub fn section(analysis: &Analysis) -> String {
    let watch = &analysis.watch;
    let mut out = String::new();
    if !watch.places.is_empty() {
        let rows = watch.places.iter().take(SHOWN).map(|place| row(analysis, place));
        out.push_str(&table(&["place", "now", "flags of the last 14 days that bear on it", "in your own past"], rows));
        out.push('\n');
    }
    let ceilings = ceilings(analysis);
    out.push_str(&ceilings);
    if out.is_empty() {
        return out;
    }
    format!("## What to watch this week\n\n{out}{}", score(&watch.places))
}

fn row(analysis: &Analysis, place: &WatchedPlace) -> Vec<String> {
    let title = |rule: &&str| format!("[{}](#{rule})", escaped(rules::rule(rule).map_or(rule, |rule| rule.title)));
    let verdict = |rule: &&str| {
        let pair = analysis.backtest.pair(rule, (place.site, place.side));
        pair.map_or("cannot be judged yet".to_string(), verdict_text)
    };
    let joined = |cells: Vec<String>| if cells.is_empty() { "none".to_string() } else { cells.join("<br>") };
    let past =
        if place.flags.is_empty() { "–".to_string() } else { joined(place.flags.iter().map(verdict).collect()) };
    vec![
        escaped(&sentence_case(&site_text(place.site, place.side))),
        state_text(place),
        joined(place.flags.iter().map(title).collect()),
        past,
    ]
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
fn ceilings(analysis: &Analysis) -> String {
    let (watch, units) = (&analysis.watch, analysis.units);
    if watch.see_first {
        return "No distance is named for the next run: something above asks to be looked at first.\n\n".to_string();
    }
    let mut lines = Vec::new();
    lines.extend(watch.next_run_m.map(|metres| {
        let distance = units.distance_text(metres);
        format!("Next run: more than {distance} would be flagged (10 % over the longest of the last 30 days).")
    }));
    lines.extend(watch.week_m.map(|metres| {
        let so_far = watch.week_so_far_m.filter(|metres| *metres > 0.0);
        let so_far = so_far.map_or(String::new(), |metres| format!(", {} so far", units.distance_text(metres)));
        let distance = units.distance_text(metres);
        let monday = time::date_text(time::week_start(time::plus_days(analysis.history.as_of, 1)));
        format!("Week from {monday}: more than {distance} would be flagged (10 % over your recent weeks){so_far}.")
    }));
    if lines.is_empty() {
        return String::new();
    }
    lines.push("That is where a rule would speak, not how much is good for you; how you feel comes first.".to_string());
    lines.into_iter().map(|line| format!("- {line}\n")).collect::<String>() + "\n"
}

/// A score only where it would have been of use (Brier skill against the base rate, interval above 0).
fn score(places: &[WatchedPlace]) -> String {
    let useful =
        |place: &&WatchedPlace| !place.flags.is_empty() && place.skill.is_some_and(|skill| skill.beats_the_base_rate());
    let said: Vec<String> = places
        .iter()
        .filter(useful)
        .filter_map(|place| {
            let (times, place) = (number(place.skill?.flagged_by_base, 1), site_text(place.site, place.side));
            Some(format!(
                "- {}: in your past, new spells began {times} times as often as usual after flags like these.\n",
                escaped(&sentence_case(&place))
            ))
        })
        .collect();
    if said.is_empty() && !places.is_empty() {
        return "niggle cannot tell from your own past whether these flags say more than your usual rate of new pain, so it \
                gives no score.\n"
            .to_string();
    }
    said.concat()
}
