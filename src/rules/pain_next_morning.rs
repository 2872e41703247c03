//! Pain on the morning after a run: settled, still up, or sharp.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use super::{
    sighting::{self, DayAtSite},
    triage,
};
use crate::pain::{Entry, Moment, PainType, Side, Site, site_text};
use crate::time::{date_text, days_between, plus_days};
use crate::units::{Unit, number};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeSet;

/// What the morning is compared with where nothing was rated before the run.
const SETTLED_UP_TO: Limit = Limit {
    key: "settled_up_to_pain",
    value: 2.0,
    change: Change::TRIAGE,
    why: "Without a rating before the run, up to 2 counts as settled; clinics for kneecap pain use the same cut.",
};

/// How long before the morning the run may have started.
const RUN_WITHIN: Limit = Limit {
    key: "run_within_h",
    value: 36.0,
    change: Change::TRIAGE,
    why: "From the morning back over the whole day before and the late evening before that.",
};

/// The hour of a morning row without a time.
const MORNING: Limit = Limit {
    key: "morning_without_time_h",
    value: 9.0,
    change: Change::TRIAGE,
    why: "A choice; a time in the log goes before it.",
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
    id: "pain-next-morning",
    title: "The morning after a run",
    why: "Whether a place has settled by the next morning tells more about yesterday's run than how it felt on the way.",
    formula: "For each site and side with a morning row within 36 h after the start of a run: its highest rating minus the highest rating before that run (2 if none was logged). Above 0: ease off. Type sharp or stabbing in the morning, not rated 0: see someone. Good news sums up the last 28 days in which pain was logged during or after runs, if all of it had settled without a painkiller. A side stitch and the abdomen do not count.",
    needs: "A rated or sharp morning row within 36 h of a recorded run, or of a row during or after one.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 220), (Severity::EaseOff, 30)],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In 38 patients with Achilles pain, 19 of whom kept running as long as the pain had settled by the next morning, no difference from the 19 who rested could be shown (Silbernagel 2007, abstract read). Clinics for kneecap pain ask for the same. That sharp pain in the morning should be looked at is the advice of a popular article; no study of it was found.",
        sources: &[
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, doi 10.1177/0363546506298279.",
            "TREK Education, page on patellofemoral pain, read in 2026.",
            "Popular article S0, hotspots after running.",
        ],
    },
    limits: &[SETTLED_UP_TO, RUN_WITHIN, MORNING, GOOD_WINDOW],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running: sharp pain the next morning deserves a closer look. S1 and S2 say that plain soreness fades soon after the run.",
    message: "Pain was 4 of 10 on the morning of 4 May 2025 (left knee), after the run of 3 May 2025, up from 1 before it. Still up the next morning is a sign that the run was a bit much; let it settle before the next one.",
    check: Check::Data(check),
};

fn check(context: &Context) -> Vec<Outcome> {
    let rows = triage::rows(context);
    let days = sighting::days(context);
    let mut judged = days
        .iter()
        .filter_map(|day| judged(context, rows, day))
        .peekable();
    if judged.peek().is_none() && !rows.is_empty() {
        return vec![Outcome::NotJudged(
            "no morning rating within 36 hours of a run".to_string(),
        )];
    }
    // Sorted out first, so that the list of findings is as long as it will be.
    let loud: Vec<Judged> = judged
        .filter(|judged| judged.severity > Severity::Good)
        .collect();
    let mut found: Vec<Outcome> = loud
        .iter()
        .map(|judged| Outcome::Flagged(finding(context, judged)))
        .collect();
    let good = good_news(context, rows, &days, &found);
    found.extend(good);
    triage::conclude(context, found)
}

/// A morning at one place after a run, and what it comes to.
struct Judged<'a> {
    day: &'a DayAtSite<'a>,
    /// The day of the run.
    run: NaiveDate,
    /// The highest rating of the morning; None only where the kind of pain alone speaks.
    pain: Option<f64>,
    /// The highest rating before the run.
    before: Option<f64>,
    severity: Severity,
}

fn is_limb_or_open(day: &DayAtSite) -> bool {
    day.site
        .is_none_or(|site| site == Site::None || site.is_limb())
}

fn judged<'a>(context: &Context, rows: &[Entry], day: &'a DayAtSite<'a>) -> Option<Judged<'a>> {
    let morning = || day.rows.iter().filter(|row| row.moment == Moment::Morning);
    let is_sharp = |row: &Entry| {
        row.types
            .iter()
            .any(|kind| matches!(kind, PainType::Sharp | PainType::Stabbing))
    };
    let sharp = morning().any(|row| row.pain != Some(0.0) && is_sharp(row));
    let pain = morning().filter_map(|row| row.pain).reduce(f64::max);
    if !is_limb_or_open(day) || (pain.is_none() && !sharp) {
        return None;
    }
    let run = run_before(
        context,
        rows,
        day.date,
        morning().filter_map(|row| row.time).min(),
    )?;
    let before = rating_at(rows, run, &[Moment::Before], (day.site, day.side));
    let base = before.unwrap_or(context.limit(SETTLED_UP_TO));
    let severity = match pain {
        _ if sharp => Severity::SeeSomeone,
        Some(pain) if pain > base => Severity::EaseOff,
        _ => Severity::Good,
    };
    Some(Judged {
        day,
        run,
        pain,
        before,
        severity,
    })
}

/// The day of the last run on an earlier day that started at most 36 h before the morning: a recorded one, or one that
/// the log speaks of on the day before.
fn run_before(
    context: &Context,
    rows: &[Entry],
    date: NaiveDate,
    time: Option<chrono::NaiveTime>,
) -> Option<NaiveDate> {
    let assumed = date.and_hms_opt(context.limit(MORNING) as u32, 0, 0)?;
    let morning: NaiveDateTime = time.map_or(assumed, |time| date.and_time(time));
    let earliest = morning - TimeDelta::hours(context.limit(RUN_WITHIN) as i64);
    let runs = &context.history.runs;
    let until = &runs[..runs.partition_point(|run| run.local_date() < date)];
    let recorded = until
        .last()
        .filter(|run| run.start_local >= earliest)
        .map(|run| run.local_date());
    let day_before = plus_days(date, -1);
    recorded.max(
        sighting::between(rows, day_before, day_before)
            .iter()
            .any(is_of_run)
            .then_some(day_before),
    )
}

fn is_of_run(row: &Entry) -> bool {
    matches!(row.moment, Moment::During | Moment::After)
}

/// The highest rating of a place at these moments of a day; an all-clear row rates every place.
fn rating_at(
    rows: &[Entry],
    date: NaiveDate,
    moments: &[Moment],
    (site, side): (Option<Site>, Option<Side>),
) -> Option<f64> {
    let of_side = |row: &Entry| row.side == side || matches!(row.side, None | Some(Side::Both));
    let is_here = |row: &&Entry| row.site == Some(Site::None) || (row.site == site && of_side(row));
    let of_day = sighting::between(rows, date, date)
        .iter()
        .filter(|row| moments.contains(&row.moment));
    of_day
        .filter(is_here)
        .filter_map(|row| row.pain)
        .reduce(f64::max)
}

fn finding(context: &Context, judged: &Judged) -> Finding {
    let base = judged.before.unwrap_or(context.limit(SETTLED_UP_TO));
    let mut finding = Finding {
        observed: judged.pain, // A sharp pain was not judged against a number.
        limit: (judged.severity == Severity::EaseOff).then_some(base),
        unit: Unit::OfTen,
        tells_observed: judged.severity == Severity::EaseOff,
        site: judged.day.site.filter(|site| *site != Site::None),
        side: judged.day.side,
        run_ids: sighting::run_ids(context, &BTreeSet::from([judged.run])),
        ..Finding::on(&RULE, judged.severity, judged.day.date, judged.day.date)
    };
    let (fact, advice) = message(context, judged);
    finding.message = fact;
    if triage::is_current(&finding, context.history.as_of) {
        finding.instruction = advice.to_string();
    }
    finding
}

/// What was logged, and what is asked while it is current.
fn message(context: &Context, judged: &Judged) -> (String, &'static str) {
    let day = judged.day;
    let place = day
        .site
        .map(|site| format!(" ({})", site_text(site, day.side)))
        .unwrap_or_default();
    let after = format!(
        "on the morning of {}{place}, after the run of {}",
        date_text(day.date),
        date_text(judged.run)
    );
    if judged.severity == Severity::SeeSomeone {
        (
            format!("Pain was sharp or stabbing {after}."),
            "That is a reason to let a doctor or physiotherapist have a look before the next run.",
        )
    } else {
        let compared = match judged.before {
            Some(before) => format!("up from {} before it", rating(before)),
            None => format!(
                "above the {} that counts as settled",
                rating(context.limit(SETTLED_UP_TO))
            ),
        };
        (
            format!(
                "Pain was {} of 10 {after}, {compared}.",
                judged.pain.map(rating).unwrap_or_default()
            ),
            "Still up the next morning is a sign that the run was a bit much; let it settle before the next one.",
        )
    }
}

/// One line for the last four weeks, when pain was logged in or after runs and had settled each morning it was rated.
fn good_news(
    context: &Context,
    rows: &[Entry],
    days: &[DayAtSite],
    loud: &[Outcome],
) -> Option<Outcome> {
    let as_of = context.history.as_of;
    let window_days = context.limit(GOOD_WINDOW) as i64;
    let is_recent = |date: NaiveDate| days_between(date, as_of) < window_days;
    let masked = |row: &Entry| is_recent(row.date) && row.painkiller == Some(true);
    let is_of_late =
        |loud: &Outcome| matches!(loud, Outcome::Flagged(finding) if is_recent(finding.to));
    if !triage::is_quiet_lately(context) || loud.iter().any(is_of_late) || rows.iter().any(masked) {
        return None;
    }
    let first = days.partition_point(|day| !is_recent(day.date));
    let settled = days[first..]
        .iter()
        .filter(|day| is_limb_or_open(day) && has_settled(context, rows, day));
    let mornings: BTreeSet<NaiveDate> = settled.map(|day| plus_days(day.date, 1)).collect();
    let (from, to) = (*mornings.first()?, *mornings.last()?);
    let count = match mornings.len() {
        1 => "the one morning".to_string(),
        count => format!("all {count} mornings"),
    };
    let runs = mornings.iter().map(|date| plus_days(*date, -1)).collect();
    Some(Outcome::Good(Finding {
        observed: Some(mornings.len() as f64),
        unit: Unit::Mornings,
        run_ids: sighting::run_ids(context, &runs),
        message: format!(
            "What hurt in or after a run had settled by the next morning on {count} you rated it in the last {window_days} days."
        ),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Good, from, to)
    }))
}

/// Whether the place hurt in or after a run of the day and the next morning was rated as low as before it.
fn has_settled(context: &Context, rows: &[Entry], day: &DayAtSite) -> bool {
    let hurt = day.any(|row| is_of_run(row) && row.pain.is_some_and(|pain| pain > 0.0));
    let place = (day.site, day.side);
    let before =
        rating_at(rows, day.date, &[Moment::Before], place).unwrap_or(context.limit(SETTLED_UP_TO));
    hurt && rating_at(rows, plus_days(day.date, 1), &[Moment::Morning], place)
        .is_some_and(|pain| pain <= before)
}

/// A rating as people write it: 6, or 6.5.
fn rating(pain: f64) -> String {
    number(pain, if pain.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_too_little_data, clear, day, flagged, flagged_by, harmless, judge, sore,
    };
    use chrono::NaiveTime;

    fn knee(n: i64, moment: Moment, pain: f64) -> Entry {
        Entry {
            moment,
            ..sore(n, Site::Knee, Side::Left, pain)
        }
    }

    fn morning(pain: f64) -> Entry {
        knee(20, Moment::Morning, pain)
    }

    fn check(rows: Vec<Entry>, expected: &[(Severity, Option<f64>)]) {
        let found: Vec<_> = flagged(&RULE, 20, rows)
            .iter()
            .map(|f| (f.severity, f.observed))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn more_than_before_is_ease_off() {
        let before = |pain| knee(19, Moment::Before, pain);
        check(vec![before(1.0), morning(1.0)], &[]);
        check(
            vec![before(1.0), morning(1.5)],
            &[(Severity::EaseOff, Some(1.5))],
        );
        check(vec![before(4.0), morning(4.0)], &[]);
        let fresh = Entry {
            moment: Moment::Before,
            ..clear(19)
        };
        check(vec![fresh, morning(0.5)], &[(Severity::EaseOff, Some(0.5))]);
        // Without a rating before the run 2 is taken.
        check(vec![morning(2.0)], &[]);
        check(vec![morning(2.5)], &[(Severity::EaseOff, Some(2.5))]);
        check(
            vec![Entry {
                site: Some(Site::SideStitch),
                ..morning(5.0)
            }],
            &[],
        );
    }

    #[test]
    fn a_sharp_morning_is_for_someone() {
        for kind in [PainType::Sharp, PainType::Stabbing] {
            let sharp = |pain| Entry {
                types: [kind].into(),
                pain,
                ..morning(0.0)
            };
            check(vec![sharp(Some(1.0))], &[(Severity::SeeSomeone, Some(1.0))]);
            check(vec![sharp(None)], &[(Severity::SeeSomeone, None)]);
            check(vec![sharp(Some(0.0))], &[]);
        }
        check(
            vec![Entry {
                types: [PainType::Burning].into(),
                ..morning(1.0)
            }],
            &[],
        );
    }

    /// What the rule says on day 20 about a morning of 5 at this hour when the only run started `hours` before midnight.
    fn check_hours(time: Option<u32>, hours_before_midnight: i64, expected: bool) {
        let time = time.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
        let found = flagged_by(
            20,
            vec![Entry {
                time,
                ..morning(5.0)
            }],
            |context| {
                let mut history = context.history.clone();
                history.runs.truncate(1);
                history.runs[0].start_local =
                    day(20).and_time(NaiveTime::MIN) - TimeDelta::hours(hours_before_midnight);
                crate::rules::fixture::ask(
                    &RULE,
                    &Context {
                        history: &history,
                        ..*context
                    },
                )
            },
        );
        assert_eq!(
            !found.is_empty(),
            expected,
            "{time:?} {hours_before_midnight}"
        );
    }

    #[test]
    fn the_run_is_at_most_36_hours_old_and_not_of_the_same_day() {
        check_hours(None, 27, true);
        check_hours(None, 28, false);
        check_hours(Some(6), 30, true);
        check_hours(Some(6), 31, false);
        check_hours(Some(6), -5, false);
    }

    #[test]
    fn good_news_is_about_pain_that_settled() {
        let good = &[(Severity::Good, Some(1.0))][..];
        check(vec![knee(19, Moment::During, 3.0), morning(2.0)], good);
        check(
            vec![
                knee(19, Moment::After, 3.0),
                Entry {
                    moment: Moment::Morning,
                    ..clear(20)
                },
            ],
            good,
        );
        check(
            vec![
                knee(19, Moment::During, 3.0),
                Entry {
                    painkiller: Some(true),
                    ..morning(2.0)
                },
            ],
            &[],
        );
        check(vec![knee(19, Moment::During, 0.0), morning(0.0)], &[]);
        let other = Entry {
            site: Some(Site::Shin),
            ..morning(3.0)
        };
        check(
            vec![knee(19, Moment::During, 3.0), morning(2.0), other],
            &[(Severity::EaseOff, Some(3.0))],
        );
        let two = [16, 19]
            .map(|n| {
                [
                    knee(n, Moment::During, 3.0),
                    knee(n + 1, Moment::Morning, 1.0),
                ]
            })
            .concat();
        check(two, &[(Severity::Good, Some(2.0))]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let none = [Outcome::NotJudged(
            "no morning rating within 36 hours of a run".to_string(),
        )];
        assert_eq!(judge(&RULE, 20, vec![harmless(20)]), none);
        assert_eq!(
            judge(
                &RULE,
                20,
                vec![Entry {
                    pain: None,
                    ..morning(0.0)
                }]
            ),
            none
        );
        assert_eq!(judge(&RULE, 20, vec![morning(1.0)]), [Outcome::Clear]);
    }

    #[test]
    fn words() {
        let said = |as_of, rows| flagged(&RULE, as_of, rows)[0].text();
        let advice = "Still up the next morning is a sign that the run was a bit much; let it settle before the next one.";
        let start = "on the morning of 23 Mar 2025 (left knee), after the run of 22 Mar 2025";
        let rows = || vec![knee(19, Moment::Before, 1.0), morning(4.0)];
        assert_eq!(
            said(20, rows()),
            format!("Pain was 4 of 10 {start}, up from 1 before it. {advice}")
        );
        assert_eq!(
            said(35, rows()),
            format!("Pain was 4 of 10 {start}, up from 1 before it.")
        );
        assert_eq!(
            said(20, vec![morning(2.5)]),
            format!("Pain was 2.5 of 10 {start}, above the 2 that counts as settled. {advice}")
        );
        let sharp = Entry {
            types: [PainType::Sharp].into(),
            ..morning(4.0)
        };
        assert_eq!(
            said(20, vec![sharp]),
            format!(
                "Pain was sharp or stabbing {start}. \
                 That is a reason to let a doctor or physiotherapist have a look before the next run."
            )
        );
        assert_eq!(
            said(20, vec![knee(19, Moment::During, 3.0), morning(1.0)]),
            "What hurt in or after a run had settled by the next morning on the one morning you rated it in the last 28 days."
        );
    }
}
