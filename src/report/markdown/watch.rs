//! What to watch this week: places, the flags that bear on them, and how far a run could go before a rule would speak.

use super::{backtest::verdict_text, findings::loudness};
use crate::{
    analysis::Analysis,
    backtest::{
        verdict::Verdict,
        watch::{LATELY_DAYS, State, WatchedPlace},
    },
    pain::site_text,
    report::text::{escaped, sentence_case, table},
    rules::{self, Finding, Severity, triage},
    time,
    units::{counted, number, shortest},
};
use chrono::NaiveDate;

/// Places shown; more would not be read.
const SHOWN: usize = 6;

/// The section.
pub fn section(analysis: &Analysis) -> String {
    format!("## What to watch this week\n\n{}{}{}", places(analysis), ceilings(analysis), score(&analysis.watch.places))
}

/// The table, or why there is none; then the pain that no place can be named for.
fn places(analysis: &Analysis) -> String {
    let places = &analysis.watch.places;
    let mut out = match (places.is_empty(), analysis.pain.place.is_some()) {
        (true, false) => "No place can be listed: there is no pain log.\n\n".to_string(),
        (true, true) => format!(
            "No place is listed: none was rated above 0 in the last {LATELY_DAYS} days. Days without an entry are unknown.\n\n"
        ),
        (false, _) => {
            let rows = places.iter().take(SHOWN).map(|place| row(analysis, place));
            table(&["place", "now", "flags of the last 14 days that bear on it"], rows) + "\n"
        }
    };
    if let Some(more @ 1..) = places.len().checked_sub(SHOWN) {
        let more = counted(more, "more place", "more places");
        out.push_str(&format!("{more} that hurt in the last {LATELY_DAYS} days: see findings.json.\n\n"));
    }
    let as_of = analysis.history.as_of;
    let is_lately = |day: &NaiveDate| (0..=LATELY_DAYS).contains(&time::days_between(*day, as_of));
    if let Some(last) = super::opening::placeless(&analysis.pain).map(|entry| entry.date).filter(is_lately).max() {
        let last = time::date_text(last);
        out.push_str(&format!(
            "Pain that your log gives no place (last on {last}) cannot be listed: name the site.\n\n"
        ));
    }
    out
}

fn row(analysis: &Analysis, place: &WatchedPlace) -> Vec<String> {
    // What cannot be judged is said once, below the table.
    let verdict = |rule: &str| {
        let pair = analysis.backtest.pair(rule, (place.site, place.side));
        let judged = pair.filter(|pair| pair.verdict != Verdict::CannotBeJudged);
        judged.map_or(String::new(), |pair| format!(" ({} in your own past)", verdict_text(pair)))
    };
    let flag = |rule: &&str| {
        let title = escaped(rules::rule(rule).map_or(rule, |rule| rule.title));
        format!("[{title}](#{rule}){}", verdict(rule))
    };
    let flags: Vec<String> = place.flags.iter().map(flag).collect();
    vec![
        escaped(&sentence_case(&site_text(place.site, place.side))),
        state_text(place) + &asked(analysis, place),
        if flags.is_empty() { "none".to_string() } else { flags.join(" · ") },
    ]
}

/// ` – **have it looked at**`: the loudest that is said of this place in the last 14 days. Empty for what only asks for an eye.
fn asked(analysis: &Analysis, place: &WatchedPlace) -> String {
    let of_place = |finding: &&Finding| {
        finding.site == Some(place.site)
            && finding.side == place.side
            && triage::is_current(finding, analysis.history.as_of)
            && finding.severity >= Severity::EaseOff
    };
    let loudest = analysis.findings.iter().filter(of_place).map(|finding| finding.severity).max();
    loudest.map_or(String::new(), |severity| format!(" – **{}**", loudness(severity).to_lowercase()))
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
    let so_far = watch.week_so_far_m.filter(|metres| *metres > 0.0);
    let so_far = so_far.map_or(String::new(), |metres| format!(", {} so far", units.distance_text(metres)));
    let monday = time::date_text(time::week_start(time::plus_days(analysis.history.as_of, 1)));
    let lines = [
        (
            "Next run".to_string(),
            watch.next_run_m,
            format!(
                "{} % over the longest of the last 30 days",
                percent_of(analysis, "single-run-spike", "small_jump_percent")
            ),
            "",
            &watch.next_run_missing,
        ),
        (
            format!("Week from {monday}"),
            watch.week_m,
            format!("{} % over your recent weeks", percent_of(analysis, "weekly-distance-jump", "note_percent")),
            so_far.as_str(),
            &watch.week_missing,
        ),
    ];
    let line =
        |(what, metres, above, so_far, missing): (String, Option<f64>, String, &str, &Option<String>)| match metres {
            Some(metres) => {
                let distance = units.distance_text(metres);
                format!("- {what}: more than {distance} would be flagged ({above}){so_far}.\n")
            }
            None => {
                let missing = escaped(missing.as_deref().unwrap_or("it could not be judged"));
                format!("- {what}: no distance can be named: {missing}.\n")
            }
        };
    let mut out: String = lines.into_iter().map(line).collect();
    if watch.next_run_m.or(watch.week_m).is_some() {
        out.push_str("- That is where a rule would speak, not how much is good for you; how you feel comes first.\n");
    }
    out + "\n"
}

/// A limit in percent, as it is in force.
fn percent_of(analysis: &Analysis, rule: &str, key: &str) -> String {
    shortest(analysis.limits.value_of(rule, key).unwrap_or(f64::NAN))
}

/// A score only where it would have been of use (Brier skill against the base rate, interval above 0).
fn score(places: &[WatchedPlace]) -> String {
    let useful =
        |place: &&WatchedPlace| !place.flags.is_empty() && place.skill.is_some_and(|skill| skill.beats_the_base_rate());
    let mut said: Vec<String> = places
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
        return "niggle cannot tell from your own past whether its flags say more than your usual rate of new pain, so it \
                gives no score.\n"
            .to_string();
    }
    if !said.is_empty() && said.len() < places.len() {
        said.push("- For the other places niggle cannot tell, so it gives no score.\n".to_string());
    }
    said.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backtest::score::Skill,
        pain::{Side, Site},
    };

    /// A place with a flag or none, and a skill with this lower end.
    fn place(site: Site, flags: &[&'static str], low: Option<f64>) -> WatchedPlace {
        let day = "2025-05-11".parse().expect("a literal date");
        let skill = low.map(|low| Skill { score: low + 0.1, low, high: low + 0.2, flagged_by_base: 2.34 });
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

    #[test]
    fn a_score_is_printed_only_where_it_beat_the_base_rate() {
        const FLAG: &[&str] = &["single-run-spike"];
        let cannot = "niggle cannot tell from your own past whether its flags say more than your usual rate of new pain, so it gives \
                      no score.\n";
        for (flags, low) in [(FLAG, None), (FLAG, Some(0.0)), (FLAG, Some(-0.1)), (&[][..], Some(0.1))] {
            assert_eq!(score(&[place(Site::Calf, flags, low)]), cannot, "{flags:?} {low:?}");
        }
        let told = "- Left calf: in your past, new spells began 2.3 times as often as usual after flags like these.\n";
        let useful = place(Site::Calf, FLAG, Some(0.01));
        assert_eq!(score(std::slice::from_ref(&useful)), told);
        let others = "- For the other places niggle cannot tell, so it gives no score.\n";
        assert_eq!(score(&[useful, place(Site::Knee, FLAG, None)]), format!("{told}{others}"));
        assert_eq!(score(&[]), "");
    }

    #[test]
    fn a_place_says_the_loudest_that_is_asked_of_it() {
        let mut analysis = crate::report::charts::fixtures::regular(8);
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
            (vec![said(day, calf.side, Severity::EaseOff)], " – **ease off**"),
            (vec![said(day, calf.side, Severity::EaseOff), said(day, calf.side, Severity::Urgent)], " – **today**"),
            (vec![said(long_ago, calf.side, Severity::SeeSomeone)], ""),
            (vec![said(day, Some(Side::Right), Severity::SeeSomeone)], ""),
        ] {
            analysis.findings = findings;
            assert_eq!(asked(&analysis, &calf), expected);
        }
    }

    #[test]
    fn the_state_is_said_with_its_day() {
        let state = |state| state_text(&WatchedPlace { state, ..place(Site::Calf, &[], None) });
        assert_eq!(state(State::Sore), "sore since 11 May 2025");
        assert_eq!(state(State::Open), "last pain 11 May 2025; not logged as settled");
        assert_eq!(state(State::Settled), "settled; last pain 11 May 2025");
    }
}
