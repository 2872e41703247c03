//! Pain while running, by the pain-monitoring model: up to 2 is fine, up to 5 is a note, above that asks for easier days.
//!
//! The model was tried on a tendon. Where pain can come from a bone, at shin, foot, hip and groin, more than 2 asks for easier days, and
//! so does any rise within the run.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance,
};
use super::{
    explained,
    sighting::{self, DayAtSite, effects_of},
    standing::rating,
    triage,
};
use crate::pain::{Entry, Function, Moment, Site, site_text};
use crate::time::{date_text, days_between, plus_days};
use crate::units::Unit;
use std::collections::BTreeSet;

/// Up to here pain during the run is taken as fine.
const GOOD_UP_TO: Limit = Limit {
    key: "good_up_to_pain",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Clinics for kneecap pain let people run with up to 2; a page on the Achilles model puts the cut at 3.",
};

/// Up to here it is information.
const NOTE_UP_TO: Limit = Limit {
    key: "note_up_to_pain",
    value: 5.0,
    change: Change::TRIAGE,
    why: "In a trial on the Achilles tendon running was allowed with pain up to 5 if it settled by the morning (Silbernagel et al. 2007).",
};

/// Up to here pain at a [`BONE`] is no reason for easier days.
const BONE_UP_TO: Limit = Limit {
    key: "bone_up_to_pain",
    value: 2.0,
    change: Change::TRIAGE,
    why: "At shin, foot, hip and groin pain can come from a bone, for which no trial allows more; a judgement.",
};

/// Where pain can come from a bone that running loads.
const BONE: &[Site] = &[Site::Shin, Site::Foot, Site::Hip, Site::Groin];

/// From here on a run is not to be tried again a little slower.
const REST_FROM: Limit = Limit {
    key: "rest_from_pain",
    value: 7.0,
    change: Change::TRIAGE,
    why: "As in pain-high: from 7 on running waits.",
};

/// How far back the good news looks.
const GOOD_WINDOW: Limit = Limit {
    key: "good_window_days",
    value: 28.0,
    change: Change::TRIAGE,
    why: "Four weeks: the good news is about now, and one line is enough.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-during-run",
    title: "Pain during the run",
    headline: "it hurts while you run",
    why: "How much it hurts while you run is the one number rehabilitation trials steer by.",
    formula: "p = highest pain of a day's rows with moment during, for each site and side. p up to 2: good; above 2 up to 5: note; above 5: ease off. At shin, foot, hip and groin ease off begins above 2, and with any rating above that of moment before on the same day. A run that pain cut short or stopped is ease off too, however low p is above 0. What a note explains, like a blister or one cramp, is watched at most. A side stitch and the abdomen do not count. Good news sums up the last 28 days, if all of them were good, without a painkiller and without a run that pain cut short.",
    needs: "One row with moment=during.",
    cap: Severity::EaseOff,
    group: Group::Pain,
    triage: &[(Severity::EaseOff, 20)],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "One trial of 38 people, between weak and moderate: of patients with Achilles pain, 19 kept running \
            with pain up to 5 of 10 that had settled by the next morning, and no difference from the 19 who rested \
            for six weeks could be shown; after a year their scores were 85 and 91 of 100 (Silbernagel 2007). \
            Clinics for kneecap pain use up to 2. For other sites this is borrowed, and a bone is no tendon: at \
            the shin, foot, hip and groin less is enough here, by judgement.",
        sources: &[
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, doi 10.1177/0363546506298279.",
            "TREK Education, page on patellofemoral pain, read in 2026.",
            "Popular articles S0, hotspots after running, and S1, seven ways to prevent leg ache after running.",
        ],
    },
    limits: &[GOOD_UP_TO, NOTE_UP_TO, BONE_UP_TO, REST_FROM, GOOD_WINDOW],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running: pain in a run deserves a closer look. S2, post-run recovery: tightness that does not fade while running means stop.",
    message: "Pain reached 6 of 10 during the run on 3 May 2025 (left knee). Above 5 is usually taken as too much: shorter, flatter or slower next time, or a rest day.",
    check: Check::After(check),
};

/// The zone of a rating during the run, with the default limits: good, note or ease-off. None for a blank, which is unknown.
pub fn zone(pain: Option<f64>) -> Option<Severity> {
    Some(zone_between(pain?, GOOD_UP_TO.value, NOTE_UP_TO.value))
}

fn zone_between(pain: f64, good_up_to: f64, note_up_to: f64) -> Severity {
    match pain {
        pain if pain <= good_up_to => Severity::Good,
        pain if pain <= note_up_to => Severity::Note,
        _ => Severity::EaseOff,
    }
}

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    let days = sighting::days(ctx);
    let mut days = days.iter().filter(|day| is_about_a_run(day)).peekable();
    let has_runs = days.peek().is_some();
    let judged: Vec<RunDay> = days.filter_map(|day| judged(ctx, day)).collect();
    let is_rated = !judged.is_empty();
    let found = told(ctx, heard, judged);
    match found.is_empty() && !triage::rows(ctx).is_empty() {
        true if !has_runs => vec![Outcome::not_judged("no row with moment=during")],
        true if !is_rated => vec![Outcome::not_judged("no row with moment=during is rated")],
        _ => triage::conclude(ctx, found),
    }
}

fn told(ctx: &Context, heard: &Judged, mut judged: Vec<RunDay>) -> Vec<Outcome> {
    let own = own_alarms(ctx, &judged);
    let alarms: Vec<&Finding> = own.iter().chain(triage::alarms(heard)).collect();
    let good = good_news(ctx, &judged);
    // Sorted out first, so that the list of findings is as long as it will be.
    judged.retain(|judged| judged.severity > Severity::Good);
    let flagged = judged
        .iter()
        .map(|judged| Outcome::Flagged(finding(ctx, judged, &alarms)));
    let mut found: Vec<Outcome> = flagged.collect();
    found.extend(good);
    found
}

/// A day's rows about one site, some of them during the run, and what they come to.
struct RunDay<'a> {
    day: &'a DayAtSite<'a>,
    /// The highest rating during the run.
    peak: f64,
    /// The rating before the run, where pain rose above it in the run at a [`BONE`].
    risen_from: Option<f64>,
    /// The run ended early.
    cut_short: bool,
    severity: Severity,
}

/// Whether the day has rows from during the run, about a place that is a limb or is not named.
fn is_about_a_run(day: &DayAtSite) -> bool {
    day.may_be_limb() && day.any(is_during)
}

fn is_during(row: &Entry) -> bool {
    row.moment == Moment::During
}

fn judged<'a>(ctx: &Context, day: &'a DayAtSite<'a>) -> Option<RunDay<'a>> {
    let peak = day.peak_at(Moment::During)?;
    let cut_short = day.any(ended);
    let risen_from = risen_from(day, peak);
    let severity = match zone_between(peak, ctx.limit(GOOD_UP_TO), note_up_to(ctx, day)) {
        _ if (cut_short && peak > 0.0) || risen_from.is_some() => Severity::EaseOff,
        zone => zone,
    };
    // Soreness of both sides keeps its level, so no other day is looked at.
    let ceiling = explained::ceiling(day, &[]).unwrap_or(severity);
    Some(RunDay {
        day,
        peak,
        risen_from,
        cut_short,
        severity: severity.min(ceiling),
    })
}

fn is_bone(day: &DayAtSite) -> bool {
    day.site.is_some_and(|site| BONE.contains(&site))
}

/// Up to where pain in the run is information.
fn note_up_to(ctx: &Context, day: &DayAtSite) -> f64 {
    ctx.limit(match is_bone(day) {
        true => BONE_UP_TO,
        false => NOTE_UP_TO,
    })
}

fn risen_from(day: &DayAtSite, peak: f64) -> Option<f64> {
    let before = day.peak_at(Moment::Before).filter(|_| is_bone(day));
    before.filter(|before| peak > *before)
}

/// Whether the row says that pain ended a run early, in its column or its note.
fn ended(row: &Entry) -> bool {
    let ends = |effect| matches!(effect, Function::CutShort | Function::Stopped);
    let is_of_run = matches!(row.moment, Moment::During | Moment::After | Moment::Day);
    is_of_run && (row.bears_no_weight() || effects_of(row).any(ends))
}

/// What other runs say loudly, where the note of a run just now could comfort beside it.
fn own_alarms(ctx: &Context, judged: &[RunDay]) -> Vec<Finding> {
    let as_of = ctx.history.as_of;
    let is_note_now = |judged: &RunDay| {
        triage::is_just_now(judged.day.date, as_of) && judged.severity == Severity::Note
    };
    if !judged.iter().any(is_note_now) {
        return Vec::new();
    }
    // What is further away alarms no run just now.
    let from = plus_days(triage::current_from(as_of), -1);
    let is_loud =
        |judged: &&RunDay| judged.severity >= Severity::EaseOff && judged.day.date >= from;
    let own = judged.iter().filter(is_loud);
    own.map(|judged| finding(ctx, judged, &[])).collect()
}

fn finding(ctx: &Context, judged: &RunDay, alarms: &[&Finding]) -> Finding {
    let day = judged.day;
    Finding {
        observed: Some(judged.peak),
        limit: limit(ctx, judged),
        unit: Unit::OfTen,
        site: day.named_site(),
        side: day.side,
        run_ids: sighting::run_ids(ctx, &BTreeSet::from([day.date])),
        message: fact(judged),
        instruction: advice(ctx, judged, alarms),
        ..Finding::on(&RULE, judged.severity, day.date, day.date)
    }
}

/// The rating it was judged against; none for a run that pain cut short, or in which it rose, without one.
fn limit(ctx: &Context, judged: &RunDay) -> Option<f64> {
    match judged.severity {
        Severity::Note => Some(ctx.limit(GOOD_UP_TO)),
        _ => Some(note_up_to(ctx, judged.day)).filter(|limit| judged.peak > *limit),
    }
}

fn fact(judged: &RunDay) -> String {
    let risen = judged.risen_from.map_or(String::new(), |before| {
        format!(", up from {} before it", rating(before))
    });
    let and_cut = match (judged.cut_short, judged.risen_from) {
        (true, None) => " and the run was cut short",
        (true, Some(_)) => ", and the run was cut short",
        (false, _) => "",
    };
    let (peak, date) = (rating(judged.peak), date_text(judged.day.date));
    format!(
        "Pain reached {peak} of 10 during the run on {date}{}{risen}{and_cut}.",
        place_text(judged.day)
    )
}

fn place_text(day: &DayAtSite) -> String {
    let place = day
        .site
        .map(|site| format!(" ({})", site_text(site, day.side)));
    place.unwrap_or_default()
}

/// Advice belongs to what is current. A run that pain ended, or that hurt much, is not to be tried again a little slower.
fn advice(ctx: &Context, judged: &RunDay, alarms: &[&Finding]) -> String {
    let limit = rating(ctx.limit(NOTE_UP_TO));
    if judged.severity <= Severity::Watch {
        comfort(ctx, judged, alarms)
    } else if !is_current(ctx, judged) {
        String::new()
    } else if judged.cut_short {
        "Pain that ends a run is a reason to leave the next one out until a day has passed without it.".to_string()
    } else if judged.peak >= ctx.limit(REST_FROM) {
        format!(
            "Above {limit} is usually taken as too much: leave the next run out until a day has passed without it."
        )
    } else if judged.peak <= ctx.limit(NOTE_UP_TO) {
        format!(
            "At shin, foot, hip and groin, where pain can come from a bone, more than {}, or any rise within the run, is enough to \
            go shorter, flatter or slower next time, or to rest.",
            rating(ctx.limit(BONE_UP_TO))
        )
    } else {
        format!(
            "Above {limit} is usually taken as too much: shorter, flatter or slower next time, or a rest day."
        )
    }
}

fn is_current(ctx: &Context, judged: &RunDay) -> bool {
    let days = days_between(judged.day.date, ctx.history.as_of);
    (0..=triage::WINDOW.value as i64).contains(&days)
}

/// The comfort of "often accepted" belongs to a run just now, and not beside an alarm.
fn comfort(ctx: &Context, judged: &RunDay, alarms: &[&Finding]) -> String {
    let limit = rating(ctx.limit(NOTE_UP_TO));
    match is_new_and_quiet(ctx, judged, alarms) {
        true => format!(
            "Up to {limit} is often accepted if it has settled by the next morning, so see how that feels."
        ),
        false => String::new(),
    }
}

fn is_new_and_quiet(ctx: &Context, judged: &RunDay, alarms: &[&Finding]) -> bool {
    triage::is_just_now(judged.day.date, ctx.history.as_of)
        && !judged.cut_short
        && !is_alarmed(judged.day, alarms)
}

fn is_alarmed(day: &DayAtSite, alarms: &[&Finding]) -> bool {
    triage::is_alarmed(alarms, (day.site, day.side), day.date, day.date)
}

/// One line for the last four weeks, when every rated run in them was fine.
fn good_news(ctx: &Context, judged: &[RunDay]) -> Option<Outcome> {
    let recent = recent(ctx, judged);
    let dates: BTreeSet<_> = recent.iter().map(|judged| judged.day.date).collect();
    let (first, last) = (*dates.first()?, *dates.last()?);
    if recent.iter().any(|judged| is_spoiled(judged)) || !triage::is_quiet_lately(ctx) {
        return None;
    }
    Some(Outcome::Good(Finding {
        observed: recent.iter().map(|judged| judged.peak).reduce(f64::max),
        limit: Some(ctx.limit(GOOD_UP_TO)),
        unit: Unit::OfTen,
        run_ids: sighting::run_ids(ctx, &dates),
        message: good_message(ctx, dates.len()),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Good, first, last)
    }))
}

fn recent<'a, 'b>(ctx: &Context, judged: &'b [RunDay<'a>]) -> Vec<&'b RunDay<'a>> {
    judged
        .iter()
        .filter(|judged| is_recent(ctx, judged.day))
        .collect()
}

fn is_recent(ctx: &Context, day: &DayAtSite) -> bool {
    days_between(day.date, ctx.history.as_of) < ctx.limit(GOOD_WINDOW) as i64
}

/// A painkiller hides, so it does not reassure.
fn is_spoiled(judged: &RunDay) -> bool {
    let is_masked = |row: &Entry| is_during(row) && row.painkiller == Some(true);
    judged.severity > Severity::Good
        || judged.day.any(is_masked)
        || (judged.cut_short && judged.peak > 0.0)
}

fn good_message(ctx: &Context, days: usize) -> String {
    let limit = rating(ctx.limit(GOOD_UP_TO));
    let window_days = ctx.limit(GOOD_WINDOW) as i64;
    let days = match days {
        1 => "the one day".to_string(),
        days => format!("all {days} days"),
    };
    format!(
        "Pain during the run stayed at {limit} of 10 or below on {days} you rated it in the last {window_days} days."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Onset, Side};
    use crate::rules::pain_fixture::{
        check_too_little_data, clear, flagged, harmless, judge, sore,
    };

    fn knee(n: i64, pain: f64) -> Entry {
        Entry {
            moment: Moment::During,
            ..sore(n, Site::Knee, Side::Left, pain)
        }
    }

    fn check(rows: Vec<Entry>, expected: &[(Severity, Option<f64>)]) {
        let found: Vec<_> = flagged(&RULE, 20, rows)
            .iter()
            .map(|f| (f.severity, f.observed))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_zones_meet_at_2_and_5() {
        check(vec![knee(20, 2.0)], &[(Severity::Good, Some(2.0))]);
        check(vec![knee(20, 2.5)], &[(Severity::Note, Some(2.5))]);
        check(vec![knee(20, 5.0)], &[(Severity::Note, Some(5.0))]);
        check(vec![knee(20, 5.5)], &[(Severity::EaseOff, Some(5.5))]);
    }

    #[test]
    fn the_highest_rating_of_a_day_at_a_site_counts() {
        let shin = Entry {
            site: Some(Site::Shin),
            ..knee(20, 3.0)
        };
        let rows = vec![
            knee(20, 1.0),
            knee(20, 6.0),
            shin,
            Entry {
                moment: Moment::After,
                ..knee(20, 9.0)
            },
        ];
        check(
            rows.clone(),
            &[
                (Severity::EaseOff, Some(6.0)),
                (Severity::EaseOff, Some(3.0)),
            ],
        );
        assert_eq!(flagged(&RULE, 20, rows)[0].run_ids, ["run-20"]);
    }

    #[test]
    fn less_is_enough_where_pain_can_come_from_a_bone() {
        let at = |site, pain, moment| Entry {
            site: Some(site),
            moment,
            ..knee(20, pain)
        };
        let run = |site, before: Option<f64>, during| {
            let before = before.map(|pain| at(site, pain, Moment::Before));
            let rows = before.into_iter().chain([at(site, during, Moment::During)]);
            let found = flagged(&RULE, 20, rows.collect());
            found.first().map(|f| (f.severity, f.limit))
        };
        for site in [Site::Shin, Site::Foot, Site::Hip, Site::Groin] {
            for (before, during, expected) in [
                (None, 2.0, (Severity::Good, Some(2.0))),
                (None, 2.5, (Severity::EaseOff, Some(2.0))),
                (Some(1.0), 1.0, (Severity::Good, Some(2.0))),
                (Some(2.0), 1.0, (Severity::Good, Some(2.0))),
                (Some(1.0), 2.0, (Severity::EaseOff, None)),
            ] {
                let found = run(site, before, during);
                assert_eq!(found, Some(expected), "{site:?} {before:?} {during}");
            }
        }
        // A tendon and a muscle keep the zones of the trial.
        for site in [Site::Achilles, Site::Calf, Site::Quad] {
            assert_eq!(run(site, Some(1.0), 2.0), Some((Severity::Good, Some(2.0))));
            assert_eq!(run(site, Some(1.0), 4.0), Some((Severity::Note, Some(2.0))));
        }
        assert_eq!(
            said(
                20,
                vec![
                    at(Site::Shin, 0.0, Moment::Before),
                    at(Site::Shin, 2.0, Moment::During)
                ]
            ),
            "Pain reached 2 of 10 during the run on 23 Mar 2025 (left shin), up from 0 before it. At shin, foot, hip and groin, where \
             pain can come from a bone, more than 2, or any rise within the run, is enough to go shorter, flatter or slower next \
             time, or to rest."
        );
    }

    #[test]
    fn a_run_cut_short_is_ease_off_however_low_the_pain() {
        let cut = |pain, onset| Entry {
            pain,
            onset,
            function: Some(Function::CutShort),
            ..knee(20, 0.0)
        };
        let before = |pain| Entry {
            moment: Moment::Before,
            ..knee(20, pain)
        };
        let in_run = Some(Onset::During);
        check(
            vec![cut(Some(2.5), None)],
            &[(Severity::EaseOff, Some(2.5))],
        );
        check(
            vec![before(3.0), cut(Some(3.0), None)],
            &[(Severity::EaseOff, Some(3.0))],
        );
        check(
            vec![cut(Some(0.5), None)],
            &[(Severity::EaseOff, Some(0.5))],
        );
        assert_eq!(
            flagged(&RULE, 20, vec![cut(Some(2.5), None)])[0].limit,
            None
        );
        assert_eq!(
            flagged(&RULE, 20, vec![cut(Some(6.0), None)])[0].limit,
            Some(5.0)
        );
        // Said in another row of the day, or in a note.
        let after = Entry {
            moment: Moment::After,
            ..cut(None, None)
        };
        check(
            vec![knee(20, 2.0), after],
            &[(Severity::EaseOff, Some(2.0))],
        );
        let noted = Entry {
            function_in_note: Some(Function::Stopped),
            ..knee(20, 2.0)
        };
        check(vec![noted], &[(Severity::EaseOff, Some(2.0))]);
        check(vec![cut(Some(0.0), in_run)], &[]);
        check(vec![cut(None, in_run)], &[]);
    }

    #[test]
    fn what_a_note_explains_is_watched_at_most() {
        let blister = Entry {
            everyday_in_note: [crate::pain::Everyday::Blister].into(),
            function: Some(Function::CutShort),
            site: Some(Site::Heel),
            ..knee(20, 7.0)
        };
        check(vec![blister], &[(Severity::Watch, Some(7.0))]);
    }

    #[test]
    fn a_stitch_is_no_limb() {
        check(
            vec![Entry {
                site: Some(Site::SideStitch),
                ..knee(20, 8.0)
            }],
            &[],
        );
    }

    #[test]
    fn good_news_is_one_line_about_four_weeks_without_painkillers() {
        let zeros = Entry {
            moment: Moment::During,
            ..clear(19)
        };
        check(
            vec![knee(15, 1.0), zeros, knee(20, 2.0)],
            &[(Severity::Good, Some(2.0))],
        );
        check(
            vec![knee(15, 3.0), knee(20, 2.0)],
            &[(Severity::Note, Some(3.0))],
        );
        assert_eq!(
            flagged(&RULE, 27, vec![knee(0, 1.0), harmless(27)]).len(),
            1
        );
        assert_eq!(
            judge(&RULE, 28, vec![knee(0, 1.0), harmless(28)]),
            [Outcome::Clear]
        );
        check(
            vec![Entry {
                painkiller: Some(true),
                ..knee(20, 1.0)
            }],
            &[],
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let not_judged = |text: &str| [Outcome::NotJudged(text.to_string())];
        assert_eq!(
            judge(&RULE, 20, vec![harmless(20)]),
            not_judged("no row with moment=during")
        );
        let blank = Entry {
            pain: None,
            ..knee(20, 0.0)
        };
        assert_eq!(
            judge(&RULE, 20, vec![blank]),
            not_judged("no row with moment=during is rated")
        );
    }

    fn said(as_of: i64, rows: Vec<Entry>) -> String {
        flagged(&RULE, as_of, rows)
            .last()
            .map(|finding| finding.text())
            .unwrap_or_default()
    }

    #[test]
    fn words() {
        let fact = "Pain reached 6 of 10 during the run on 23 Mar 2025 (left knee)";
        let advice = "Above 5 is usually taken as too much: shorter, flatter or slower next time, or a rest day.";
        assert_eq!(said(34, vec![knee(20, 6.0)]), format!("{fact}. {advice}"));
        assert_eq!(said(35, vec![knee(20, 6.0)]), format!("{fact}."));
        let cut = |pain| Entry {
            function: Some(Function::Stopped),
            ..knee(20, pain)
        };
        let leave = "Pain that ends a run is a reason to leave the next one out until a day has passed without it.";
        assert_eq!(
            said(20, vec![cut(6.0)]),
            format!("{fact} and the run was cut short. {leave}")
        );
        assert_eq!(
            said(20, vec![knee(20, 9.0)]),
            "Pain reached 9 of 10 during the run on 23 Mar 2025 (left knee). Above 5 is usually taken as too much: leave \
             the next run out until a day has passed without it."
        );
        assert_eq!(
            said(20, vec![knee(20, 1.0)]),
            "Pain during the run stayed at 2 of 10 or below on the one day you rated it in the last 28 days."
        );
    }

    #[test]
    fn a_note_comforts_only_just_now_and_not_beside_an_alarm() {
        let fact = "Pain reached 4 of 10 during the run on 23 Mar 2025 (left knee).";
        let comfort = "Up to 5 is often accepted if it has settled by the next morning, so see how that feels.";
        let with = |before: Entry| vec![before, knee(20, 4.0)];
        assert_eq!(said(20, vec![knee(20, 4.0)]), format!("{fact} {comfort}"));
        assert_eq!(said(21, vec![knee(20, 4.0)]), format!("{fact} {comfort}"));
        assert_eq!(said(22, vec![knee(20, 4.0)]), fact);
        assert_eq!(said(20, with(knee(6, 6.0))), fact);
        assert_eq!(said(20, with(knee(5, 6.0))), format!("{fact} {comfort}"));
        let swollen = |site| Entry {
            signs: [crate::pain::Sign::Swelling].into(),
            ..sore(18, site, Side::Left, 1.0)
        };
        assert_eq!(said(20, with(swollen(Site::Knee))), fact);
        assert_eq!(
            said(20, with(swollen(Site::Ankle))),
            format!("{fact} {comfort}")
        );
    }
}
