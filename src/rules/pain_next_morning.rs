//! Pain on the morning after a run: settled, still up, or sharp.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use super::{
    sighting::{self, DayAtSite, is_sore},
    standing::rating,
    triage,
};
use crate::model::Run;
use crate::pain::{Entry, Moment, PainType, Side, Site, site_text};
use crate::time::{date_text, days_between, plus_days};
use crate::units::Unit;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
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
    headline: "still there the morning after a run",
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
        says: "In 38 patients with Achilles pain, 19 of whom kept running as long as the pain had settled by the \
            next morning, no difference from the 19 who rested for six weeks could be shown (Silbernagel 2007): \
            between weak and moderate. Clinics for kneecap pain ask for the same. That sharp pain in the morning \
            should be looked at is the advice of a popular article; no study of it was found.",
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

fn check(ctx: &Context) -> Vec<Outcome> {
    let (rows, days) = (triage::rows(ctx), sighting::days(ctx));
    let judged = days.iter().filter_map(|day| judged(ctx, rows, day));
    let mut judged = judged.peekable();
    if judged.peek().is_none() && !rows.is_empty() {
        return vec![Outcome::not_judged(
            "no morning rating within 36 hours of a run",
        )];
    }
    // Sorted out first, so that the list of findings is as long as it will be.
    let loud: Vec<Judged> = judged
        .filter(|judged| judged.severity > Severity::Good)
        .collect();
    let flagged = loud
        .iter()
        .map(|judged| Outcome::Flagged(finding(ctx, judged)));
    let mut found: Vec<Outcome> = flagged.collect();
    let good = good_news(ctx, rows, &days, &found);
    found.extend(good);
    triage::conclude(ctx, found)
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

fn judged<'a>(ctx: &Context, rows: &[Entry], day: &'a DayAtSite<'a>) -> Option<Judged<'a>> {
    let sharp = day.any(is_sharp_in_the_morning);
    let pain = day.peak_at(Moment::Morning);
    if !day.may_be_limb() || (pain.is_none() && !sharp) {
        return None;
    }
    let run = run_before(ctx, rows, day)?;
    let before = rating_at(rows, run, Moment::Before, (day.site, day.side));
    let base = before.unwrap_or(ctx.limit(SETTLED_UP_TO));
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

fn is_sharp_in_the_morning(row: &Entry) -> bool {
    let is_sharp = |kind| matches!(kind, PainType::Sharp | PainType::Stabbing);
    row.moment == Moment::Morning && row.pain != Some(0.0) && row.types.iter().any(is_sharp)
}

/// The day of the last run on an earlier day that started at most 36 h before the morning: a recorded one, or one that
/// the log speaks of on the day before.
fn run_before(ctx: &Context, rows: &[Entry], day: &DayAtSite) -> Option<NaiveDate> {
    let earliest = morning_of(ctx, day)? - TimeDelta::hours(ctx.limit(RUN_WITHIN) as i64);
    let runs = &ctx.history.runs;
    let until = &runs[..runs.partition_point(|run| run.local_date() < day.date)];
    let recorded = until.last().filter(|run| run.start_local >= earliest);
    let day_before = plus_days(day.date, -1);
    let logged = sighting::between(rows, day_before, day_before)
        .iter()
        .any(is_of_run);
    recorded
        .map(Run::local_date)
        .max(logged.then_some(day_before))
}

/// When the morning's first row was written, as far as it says.
fn morning_of(ctx: &Context, day: &DayAtSite) -> Option<NaiveDateTime> {
    let assumed = NaiveTime::from_hms_opt(ctx.limit(MORNING) as u32, 0, 0)?;
    let time = first_morning_row(day).unwrap_or(assumed);
    Some(day.date.and_time(time))
}

fn first_morning_row(day: &DayAtSite) -> Option<NaiveTime> {
    let morning = day.rows.iter().filter(|row| row.moment == Moment::Morning);
    morning.filter_map(|row| row.time).min()
}

fn is_of_run(row: &Entry) -> bool {
    matches!(row.moment, Moment::During | Moment::After)
}

/// The highest rating of a place at this moment of a day; an all-clear row rates every place.
fn rating_at(
    rows: &[Entry],
    date: NaiveDate,
    moment: Moment,
    (site, side): (Option<Site>, Option<Side>),
) -> Option<f64> {
    let of_side = |row: &Entry| row.side == side || matches!(row.side, None | Some(Side::Both));
    let is_here = |row: &Entry| row.site == Some(Site::None) || (row.site == site && of_side(row));
    let of_day = sighting::between(rows, date, date).iter();
    let of_place = of_day.filter(|row| row.moment == moment && is_here(row));
    of_place.filter_map(|row| row.pain).reduce(f64::max)
}

fn finding(ctx: &Context, judged: &Judged) -> Finding {
    let (day, is_by_number) = (judged.day, judged.severity == Severity::EaseOff);
    let base = judged.before.unwrap_or(ctx.limit(SETTLED_UP_TO));
    let (message, advice) = match is_by_number {
        true => (number_message(ctx, judged), ADVICE),
        false => (sharp_message(judged), ADVICE_SHARP),
    };
    let finding = Finding {
        observed: judged.pain,
        // A sharp pain was not judged against a number.
        limit: is_by_number.then_some(base),
        unit: Unit::OfTen,
        tells_observed: is_by_number,
        site: day.named_site(),
        side: day.side,
        run_ids: sighting::run_ids(ctx, &BTreeSet::from([judged.run])),
        message,
        ..Finding::on(&RULE, judged.severity, day.date, day.date)
    };
    triage::asking(ctx, finding, advice)
}

const ADVICE: &str = "Still up the next morning is a sign that the run was a bit much; let it settle before the next one.";
const ADVICE_SHARP: &str =
    "That is a reason to let a doctor or physiotherapist have a look before the next run.";

fn sharp_message(judged: &Judged) -> String {
    format!("Pain was sharp or stabbing {}.", when(judged))
}

fn number_message(ctx: &Context, judged: &Judged) -> String {
    let compared = match judged.before {
        Some(before) => format!("up from {} before it", rating(before)),
        None => format!(
            "above the {} that counts as settled",
            rating(ctx.limit(SETTLED_UP_TO))
        ),
    };
    let pain = judged.pain.map(rating).unwrap_or_default();
    format!("Pain was {pain} of 10 {}, {compared}.", when(judged))
}

/// "on the morning of 4 May 2025 (left knee), after the run of 3 May 2025".
fn when(judged: &Judged) -> String {
    let day = judged.day;
    let place = day
        .site
        .map(|site| format!(" ({})", site_text(site, day.side)));
    format!(
        "on the morning of {}{}, after the run of {}",
        date_text(day.date),
        place.unwrap_or_default(),
        date_text(judged.run)
    )
}

/// One line for the last four weeks, when pain was logged in or after runs and had settled each morning it was rated.
fn good_news(
    ctx: &Context,
    rows: &[Entry],
    days: &[DayAtSite],
    loud: &[Outcome],
) -> Option<Outcome> {
    if !triage::is_quiet_lately(ctx) || is_spoiled(ctx, rows, loud) {
        return None;
    }
    let mornings = settled_mornings(ctx, rows, days);
    let runs = mornings.iter().map(|date| plus_days(*date, -1)).collect();
    Some(Outcome::Good(Finding {
        observed: Some(mornings.len() as f64),
        unit: Unit::Mornings,
        run_ids: sighting::run_ids(ctx, &runs),
        message: good_message(ctx, mornings.len()),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Good, *mornings.first()?, *mornings.last()?)
    }))
}

fn good_message(ctx: &Context, mornings: usize) -> String {
    let count = match mornings {
        1 => "the one morning".to_string(),
        count => format!("all {count} mornings"),
    };
    let window_days = ctx.limit(GOOD_WINDOW) as i64;
    format!(
        "What hurt in or after a run had settled by the next morning on {count} you rated it in the last {window_days} days."
    )
}

fn is_recent(ctx: &Context, date: NaiveDate) -> bool {
    days_between(date, ctx.history.as_of) < ctx.limit(GOOD_WINDOW) as i64
}

/// Whether the four weeks hold a loud morning, or a painkiller that may have hidden one.
fn is_spoiled(ctx: &Context, rows: &[Entry], loud: &[Outcome]) -> bool {
    loud.iter().any(|loud| is_of_late(ctx, loud)) || rows.iter().any(|row| is_masked(ctx, row))
}

/// Under a painkiller a quiet morning says little.
fn is_masked(ctx: &Context, row: &Entry) -> bool {
    is_recent(ctx, row.date) && row.painkiller == Some(true)
}

fn is_of_late(ctx: &Context, outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Flagged(finding) if is_recent(ctx, finding.to))
}

/// The mornings after the recent days whose pain had settled by then.
fn settled_mornings(ctx: &Context, rows: &[Entry], days: &[DayAtSite]) -> BTreeSet<NaiveDate> {
    let first = days.partition_point(|day| !is_recent(ctx, day.date));
    let recent = days.iter().skip(first);
    let settled = recent.filter(|day| day.may_be_limb() && has_settled(ctx, rows, day));
    settled.map(|day| plus_days(day.date, 1)).collect()
}

/// Whether the place hurt in or after a run of the day and the next morning was rated as low as before it.
fn has_settled(ctx: &Context, rows: &[Entry], day: &DayAtSite) -> bool {
    let at = |date, moment| rating_at(rows, date, moment, (day.site, day.side));
    let before = at(day.date, Moment::Before).unwrap_or(ctx.limit(SETTLED_UP_TO));
    let morning = at(plus_days(day.date, 1), Moment::Morning);
    day.any(|row| is_of_run(row) && is_sore(row)) && morning.is_some_and(|pain| pain <= before)
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
            |ctx| {
                let mut history = ctx.history.clone();
                history.runs.truncate(1);
                history.runs[0].start_local =
                    day(20).and_time(NaiveTime::MIN) - TimeDelta::hours(hours_before_midnight);
                crate::rules::fixture::ask(
                    &RULE,
                    &Context {
                        history: &history,
                        ..*ctx
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
