//! Pain while running, by the pain-monitoring model: up to 2 is fine, up to 5 is a note, above that asks for easier days.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance,
};
use super::{
    explained,
    sighting::{self, DayAtSite},
    triage,
};
use crate::pain::{Entry, Function, Moment, Site, site_text};
use crate::time::{date_text, days_between, plus_days};
use crate::units::{Unit, number};
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
    why: "How much it hurts while you run is the one number rehabilitation trials steer by.",
    formula: "p = highest pain of a day's rows with moment during, for each site and side. p up to 2: good; above 2 up to 5: note; above 5: ease off. A run that pain cut short or stopped is ease off too, however low p is above 0. What a note explains, like a blister or one cramp, is watched at most. A side stitch and the abdomen do not count. Good news sums up the last 28 days, if all of them were good, without a painkiller and without a run that pain cut short.",
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
        says: "In 38 patients with Achilles pain, 19 of whom kept running with pain up to 5 of 10 that had settled by the next morning, no difference from the 19 who rested could be shown (Silbernagel 2007, abstract read; a page on its model calls 0 to 3 free, 4 to 5 acceptable and more than 5 too much). Clinics for kneecap pain use up to 2. For other sites, bones above all, this is borrowed.",
        sources: &[
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, doi 10.1177/0363546506298279.",
            "TREK Education, page on patellofemoral pain, read in 2026.",
            "Popular articles S0, hotspots after running, and S1, seven ways to prevent leg ache after running.",
        ],
    },
    limits: &[GOOD_UP_TO, NOTE_UP_TO, REST_FROM, GOOD_WINDOW],
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

fn check(context: &Context, heard: &Judged) -> Vec<Outcome> {
    let days = sighting::days(context);
    let mut days = days.iter().filter(|day| is_about_a_run(day)).peekable();
    let has_runs = days.peek().is_some();
    let judged: Vec<RunDay> = days.filter_map(|day| judged(context, day)).collect();
    let own = own_alarms(context, &judged);
    let alarms: Vec<&Finding> = own.iter().chain(triage::alarms(heard)).collect();
    let (good, is_rated) = (good_news(context, &judged), !judged.is_empty());
    // Sorted out first, so that the list of findings is as long as it will be.
    let loud: Vec<RunDay> = judged
        .into_iter()
        .filter(|judged| judged.severity > Severity::Good)
        .collect();
    let flagged = loud
        .iter()
        .map(|judged| Outcome::Flagged(finding(context, judged, &alarms)));
    let mut found: Vec<Outcome> = flagged.collect();
    found.extend(good);
    if found.is_empty() && !triage::rows(context).is_empty() {
        if !has_runs {
            return vec![Outcome::NotJudged("no row with moment=during".to_string())];
        } else if !is_rated {
            return vec![Outcome::NotJudged(
                "no row with moment=during is rated".to_string(),
            )];
        }
    }
    triage::conclude(context, found)
}

/// A day's rows about one site, some of them during the run, and what they come to.
struct RunDay<'a> {
    day: &'a DayAtSite<'a>,
    /// The highest rating during the run.
    peak: f64,
    /// The run ended early.
    cut_short: bool,
    severity: Severity,
}

/// Whether the day has rows from during the run, about a place that is a limb or is not named.
fn is_about_a_run(day: &DayAtSite) -> bool {
    let counts = day
        .site
        .is_none_or(|site| site == Site::None || site.is_limb());
    counts && day.any(is_during)
}

fn is_during(row: &Entry) -> bool {
    row.moment == Moment::During
}

/// The ratings of one moment of the day, in the order of the log.
fn ratings(day: &DayAtSite, moment: Moment) -> Vec<f64> {
    day.rows
        .iter()
        .filter(|row| row.moment == moment)
        .filter_map(|row| row.pain)
        .collect()
}

fn judged<'a>(context: &Context, day: &'a DayAtSite<'a>) -> Option<RunDay<'a>> {
    let peak = ratings(day, Moment::During).into_iter().reduce(f64::max)?;
    let cut_short = day.any(ended);
    let severity = match zone_between(peak, context.limit(GOOD_UP_TO), context.limit(NOTE_UP_TO)) {
        _ if cut_short && peak > 0.0 => Severity::EaseOff,
        zone => zone,
    };
    // Soreness of both sides keeps its level, so no other day is looked at.
    let ceiling = explained::ceiling(day, &[]).unwrap_or(severity);
    Some(RunDay {
        day,
        peak,
        cut_short,
        severity: severity.min(ceiling),
    })
}

/// Whether the row says that pain ended a run early, in its column or its note.
fn ended(row: &Entry) -> bool {
    let function = [row.function, row.function_in_note].into_iter().flatten();
    let of_run = matches!(row.moment, Moment::During | Moment::After | Moment::Day);
    of_run
        && (row.bears_no_weight()
            || function
                .into_iter()
                .any(|f| matches!(f, Function::CutShort | Function::Stopped)))
}

/// What other runs say loudly, where the note of a run just now could comfort beside it.
fn own_alarms(context: &Context, judged: &[RunDay]) -> Vec<Finding> {
    let is_new = |judged: &&RunDay| triage::is_just_now(judged.day.date, context.history.as_of);
    if !judged
        .iter()
        .filter(is_new)
        .any(|judged| judged.severity == Severity::Note)
    {
        return Vec::new();
    }
    // What is further away alarms no run just now.
    let from = plus_days(triage::current_from(context.history.as_of), -1);
    let own = judged
        .iter()
        .filter(|judged| judged.severity >= Severity::EaseOff && judged.day.date >= from);
    own.map(|judged| finding(context, judged, &[])).collect()
}

fn finding(context: &Context, judged: &RunDay, alarms: &[&Finding]) -> Finding {
    let limit = match judged.severity {
        Severity::Note => Some(context.limit(GOOD_UP_TO)),
        // A run that pain cut short was not judged against a number.
        _ => Some(context.limit(NOTE_UP_TO)).filter(|limit| judged.peak > *limit),
    };
    Finding {
        observed: Some(judged.peak),
        limit,
        unit: Unit::OfTen,
        site: judged.day.site.filter(|site| *site != Site::None),
        side: judged.day.side,
        run_ids: sighting::run_ids(context, &BTreeSet::from([judged.day.date])),
        message: fact(judged),
        instruction: advice(context, judged, alarms),
        ..Finding::on(&RULE, judged.severity, judged.day.date, judged.day.date)
    }
}

fn fact(judged: &RunDay) -> String {
    let day = judged.day;
    let place = day
        .site
        .map(|site| format!(" ({})", site_text(site, day.side)))
        .unwrap_or_default();
    let and_cut = if judged.cut_short {
        " and the run was cut short"
    } else {
        ""
    };
    format!(
        "Pain reached {} of 10 during the run on {}{place}{and_cut}.",
        rating(judged.peak),
        date_text(day.date)
    )
}

/// Advice belongs to what is current; the comfort of "often accepted" only to a run just now, and not beside an alarm. A
/// run that pain ended, or that hurt much, is not to be tried again a little slower.
fn advice(context: &Context, judged: &RunDay, alarms: &[&Finding]) -> String {
    let (day, as_of) = (judged.day, context.history.as_of);
    let limit = rating(context.limit(NOTE_UP_TO));
    let is_current = (0..=triage::WINDOW.value as i64).contains(&days_between(day.date, as_of));
    let is_note = judged.severity <= Severity::Watch;
    let is_quiet = || !triage::is_alarmed(alarms, (day.site, day.side), day.date, day.date);
    if is_note && triage::is_just_now(day.date, as_of) && !judged.cut_short && is_quiet() {
        format!(
            "Up to {limit} is often accepted if it has settled by the next morning, so see how that feels."
        )
    } else if is_note || !is_current {
        String::new()
    } else if judged.cut_short {
        "Pain that ends a run is a reason to leave the next one out until a day has passed without it.".to_string()
    } else if judged.peak >= context.limit(REST_FROM) {
        format!(
            "Above {limit} is usually taken as too much: leave the next run out until a day has passed without it."
        )
    } else {
        format!(
            "Above {limit} is usually taken as too much: shorter, flatter or slower next time, or a rest day."
        )
    }
}

/// One line for the last four weeks, when every rated run in them was fine. A painkiller hides, so it does not reassure.
fn good_news(context: &Context, judged: &[RunDay]) -> Option<Outcome> {
    let as_of = context.history.as_of;
    let window_days = context.limit(GOOD_WINDOW) as i64;
    let recent = || {
        judged
            .iter()
            .filter(|judged| days_between(judged.day.date, as_of) < window_days)
    };
    let spoiled = |judged: &RunDay| {
        let masked = judged
            .day
            .any(|row| is_during(row) && row.painkiller == Some(true));
        judged.severity > Severity::Good || masked || (judged.cut_short && judged.peak > 0.0)
    };
    let dates: BTreeSet<_> = recent().map(|judged| judged.day.date).collect();
    let (first, last) = (*dates.first()?, *dates.last()?);
    if recent().any(spoiled) || !triage::is_quiet_lately(context) {
        return None;
    }
    let limit = context.limit(GOOD_UP_TO);
    let days = if dates.len() == 1 {
        "the one day".to_string()
    } else {
        format!("all {} days", dates.len())
    };
    Some(Outcome::Good(Finding {
        observed: recent().map(|judged| judged.peak).reduce(f64::max),
        limit: Some(limit),
        unit: Unit::OfTen,
        run_ids: sighting::run_ids(context, &dates),
        message: format!(
            "Pain during the run stayed at {} of 10 or below on {days} you rated it in the last {window_days} days.",
            rating(limit)
        ),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Good, first, last)
    }))
}

/// A rating as people write it: 6, or 6.5.
fn rating(pain: f64) -> String {
    number(pain, if pain.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Onset, Side};
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
            &[(Severity::EaseOff, Some(6.0)), (Severity::Note, Some(3.0))],
        );
        assert_eq!(flagged(&RULE, 20, rows)[0].run_ids, ["run-20"]);
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
