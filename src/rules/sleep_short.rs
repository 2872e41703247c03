//! Sleep that was not good, or little of it, over a week or two.
//!
//! Quality comes first: in the one study of runners it went with injuries and the hours did not. So poor nights are told before short
//! ones, and short ones that were rated well are information.

use super::verdicts::{is_past, settled, stretches};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Needs, Outcome, Pattern,
    Rule, Severity, Stance, triage,
};
use crate::model::Day;
use crate::stats::describe::mean;
use crate::time::{period_text, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, number, shortest};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "sleep-short",
    title: "Poor or short sleep",
    headline: "poor or short sleep",
    why: "Much of the repair after a run happens in bed.",
    formula: "Over the nights that ended on the last 7 and 14 days: mean rating of the sleep of 2 of 5 or less over 7 days, or \
        mean hours asleep under 7 over 14 days: watch, but a note where the nights of the last 7 days were rated better; mean hours under 7 over 7 days, or two nights under 6 hours in 7 \
        days: note. Such days at most 14 apart are one finding, the loudest and of those the latest.",
    needs: "Five known nights of 7 (ten of 14), from the log or from an account export.",
    cap: Severity::Watch,
    group: Group::BesideRunning,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern {
        // Fourteen nights, or seven.
        needs: Needs::Sleep,
        ..Pattern::of_load(14)
    }),
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "In 339 runners over six months poor quality of sleep went with more running injuries (hazard rate \
            ratio 1.36, 1.04–1.78), and the hours did not. In 95 endurance athletes less than 7 hours went with \
            new injuries two weeks later (hazard ratio 1.51, 1.13–2.02). So quality comes first here, and hours \
            second.",
        sources: &[
            "Scandinavian Journal of Medicine & Science in Sports 2025 (poor sleep quality and running-related \
                injuries, 339 runners); no DOI found, its abstract is at lida.sport-iat.de/dvmf/Record/4096310",
            "Johnston 2020, Journal of Science and Medicine in Sport 23:252, doi 10.1016/j.jsams.2019.10.013",
        ],
    },
    limits: &[
        MEAN_HOURS,
        NIGHT_HOURS,
        SHORT_NIGHTS,
        QUALITY,
        NIGHTS_OF_7,
        NIGHTS_OF_14,
        STRETCH_DAYS,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S0, hotspots after running: under 6 hours the repair suffers. S1, seven ways to prevent leg ache after running, and \
        S2, post-run recovery: 7 to 9 hours.",
    message: "You slept 6.4 h a night on average over two weeks (12 of 14 nights known, 6–19 Jan 2025). Two weeks under seven \
        went with more injuries in a study of endurance athletes; in one of runners the quality counted and not the hours.",
    check: Check::Data(check),
};

/// Hours a night in the middle, below which the rule speaks.
pub const MEAN_HOURS: Limit = Limit {
    key: "mean_hours",
    value: 7.0,
    change: Change::Within(3.0, 12.0),
    why: "Where the rate rose in Johnston 2020, and the lower end of 7 to 9 hours.",
};
const NIGHT_HOURS: Limit = Limit {
    key: "night_hours",
    value: 6.0,
    change: Change::Within(2.0, 12.0),
    why: "The article's number; no study sets it.",
};
const SHORT_NIGHTS: Limit = Limit {
    key: "short_nights",
    value: 2.0,
    change: Change::Whole(1.0, 7.0),
    why: "One short night happens to everyone.",
};
const QUALITY: Limit = Limit {
    key: "quality",
    value: 2.0,
    change: Change::Within(1.0, 5.0),
    why: "The two lower of the five words, as the study speaks of poor sleep.",
};
const NIGHTS_OF_7: Limit = Limit {
    key: "nights_of_7",
    value: 5.0,
    change: Change::Fixed("the look back counts a night as heard by the same five of seven"),
    why: "Two unknown nights can hardly turn a week.",
};
const NIGHTS_OF_14: Limit = Limit {
    key: "nights_of_14",
    value: 10.0,
    change: Change::Whole(5.0, 14.0),
    why: "The same share of two weeks.",
};
const STRETCH_DAYS: Limit = Limit {
    key: "stretch_days",
    value: 14.0,
    change: Change::Whole(1.0, 366.0),
    why: "As long as the longer mean looks back: the same nights are told once.",
};

/// What the nights up to a day come to.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Nights {
    kind: Kind,
    /// Hours, a rating or a count of nights, as the kind says.
    value: f64,
    /// Nights known.
    known: usize,
    /// Whether enough nights of the week were rated, and not as poor.
    rated_well: bool,
}

/// Why they are told, quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    ShortNights,
    Week,
    TwoWeeks,
    Quality,
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let ratings = ratings(ctx);
    let dates = ctx.history.days.iter().map(|day| day.date);
    let seen: Vec<(NaiveDate, Result<Option<Nights>, TooFew>)> = dates
        .map(|date| (date, nights(ctx, date, &ratings)))
        .collect();
    let mut outcomes = told(ctx, &seen);
    let nothing = "fewer than five of the last seven nights are known";
    outcomes.push(match seen.last() {
        Some((_, Ok(_))) => Outcome::Clear,
        _ => Outcome::not_judged(nothing),
    });
    settled(outcomes, nothing)
}

/// How sleep was rated, by the day of the row.
type Ratings = BTreeMap<NaiveDate, f64>;

fn ratings(ctx: &Context) -> Ratings {
    let rows = triage::rows(ctx).iter();
    rows.filter_map(|row| Some((row.date, row.sleep_quality()?)))
        .collect()
}

/// Too few of the nights are known to say anything.
struct TooFew;

/// The loudest of each stretch.
fn told(ctx: &Context, seen: &[(NaiveDate, Result<Option<Nights>, TooFew>)]) -> Vec<Outcome> {
    let short = seen
        .iter()
        .filter_map(|(date, nights)| Some((*date, (*nights.as_ref().ok()?)?)));
    let stretches = stretches(short.collect(), ctx.limit(STRETCH_DAYS) as i64);
    let loudest = stretches.into_iter().filter_map(|stretch| {
        let nights = stretch.into_iter();
        nights.max_by_key(|(_, nights)| (nights.severity(), nights.kind))
    });
    loudest
        .map(|(to, nights)| Outcome::Flagged(finding(ctx, to, nights)))
        .collect()
}

/// What the nights up to this day come to: the loudest there is to say.
fn nights(ctx: &Context, date: NaiveDate, ratings: &Ratings) -> Result<Option<Nights>, TooFew> {
    let (week, rated) = (hours(ctx, date, 7), rated(ratings, date));
    let two_weeks = hours(ctx, date, 14);
    let under = ctx.limit(MEAN_HOURS) - EPSILON;
    let quality = ctx.limit(QUALITY) + EPSILON;
    let found = mean_under(Kind::Quality, &rated, ctx.limit(NIGHTS_OF_7), quality)
        .or_else(|| mean_under(Kind::TwoWeeks, &two_weeks, ctx.limit(NIGHTS_OF_14), under))
        .or_else(|| mean_under(Kind::Week, &week, ctx.limit(NIGHTS_OF_7), under))
        .or_else(|| short_nights(ctx, &week));
    let is_known = |nights: &[f64]| nights.len() as f64 >= ctx.limit(NIGHTS_OF_7);
    match found {
        None if !is_known(&week) && !is_known(&rated) => Err(TooFew),
        found => Ok(found.map(|nights| Nights {
            // Poor ones would have been told instead.
            rated_well: is_known(&rated) && nights.kind != Kind::Quality,
            ..nights
        })),
    }
}

/// Hours slept in the known ones of so many nights.
fn hours(ctx: &Context, date: NaiveDate, nights: usize) -> Vec<f64> {
    let days = ctx.history.days_until(date, nights).iter();
    days.filter_map(|day: &Day| day.sleep_s)
        .map(|seconds| seconds / 3600.0)
        .collect()
}

/// How sleep was rated in the week up to the day.
fn rated(ratings: &Ratings, date: NaiveDate) -> Vec<f64> {
    let week = ratings.range(plus_days(date, -6)..=date);
    week.map(|(_, rating)| *rating).collect()
}

/// The mean, where it is under the limit and enough is known.
fn mean_under(kind: Kind, known: &[f64], least: f64, under: f64) -> Option<Nights> {
    let is_enough = known.len() as f64 >= least;
    let value = mean(known).filter(|value| is_enough && *value < under)?;
    Some(Nights {
        kind,
        value,
        known: known.len(),
        rated_well: false,
    })
}

/// The short nights of a week, where they are many.
fn short_nights(ctx: &Context, week: &[f64]) -> Option<Nights> {
    let limit = ctx.limit(NIGHT_HOURS) - EPSILON;
    let value = week.iter().filter(|hours| **hours < limit).count() as f64;
    let is_enough = week.len() as f64 >= ctx.limit(NIGHTS_OF_7);
    (is_enough && value >= ctx.limit(SHORT_NIGHTS)).then_some(Nights {
        kind: Kind::ShortNights,
        value,
        known: week.len(),
        rated_well: false,
    })
}

fn finding(ctx: &Context, to: NaiveDate, nights: Nights) -> Finding {
    let from = plus_days(to, 1 - nights.kind.days());
    let (_, limit, unit) = nights.kind.level();
    let severity = nights.severity();
    Finding {
        observed: Some(nights.value),
        limit: Some(ctx.limit(limit)),
        unit,
        message: message(ctx, (from, to), nights),
        instruction: advice(ctx, to, nights).to_string(),
        ..Finding::on(&RULE, severity, from, to)
    }
}

impl Nights {
    /// What was rated well is information, however short it was.
    fn severity(&self) -> Severity {
        let (severity, ..) = self.kind.level();
        match self.rated_well {
            true => severity.min(Severity::Note),
            false => severity,
        }
    }
}

impl Kind {
    fn days(self) -> i64 {
        match self {
            Kind::TwoWeeks => 14,
            Kind::Quality | Kind::Week | Kind::ShortNights => 7,
        }
    }

    fn level(self) -> (Severity, Limit, Unit) {
        match self {
            Kind::TwoWeeks => (Severity::Watch, MEAN_HOURS, Unit::Hours),
            Kind::Quality => (Severity::Watch, QUALITY, Unit::OfFive),
            Kind::Week => (Severity::Note, MEAN_HOURS, Unit::Hours),
            Kind::ShortNights => (Severity::Note, SHORT_NIGHTS, Unit::Nights),
        }
    }
}

/// Where a study speaks, and for nights long gone, nothing is asked.
fn advice(ctx: &Context, to: NaiveDate, nights: Nights) -> &'static str {
    let studied = match nights.kind {
        Kind::TwoWeeks => nights.value < MEAN_HOURS.value,
        Kind::Quality => true,
        Kind::Week | Kind::ShortNights => false,
    };
    if studied || is_past(ctx, to) {
        ""
    } else {
        "An earlier evening or two is worth a try."
    }
}

fn message(ctx: &Context, (from, to): (NaiveDate, NaiveDate), nights: Nights) -> String {
    let period = period_text(from, to);
    let (value, known) = (value_text(ctx, nights), nights.known);
    match nights.kind {
        Kind::TwoWeeks => format!(
            "You slept {value} h a night on average over two weeks ({known} of 14 nights known, {period}).{}",
            study(nights)
        ),
        Kind::Quality => format!(
            "You rated your sleep {value} of 5 on average over a week ({known} nights, {period}). In a study of 339 runners \
            poor sleep went with more injuries, and the hours did not."
        ),
        Kind::Week => format!(
            "You slept {value} h a night on average over a week ({known} of 7 nights known, {period})."
        ),
        Kind::ShortNights => format!(
            "{} of the {known} known nights of a week were under {} h ({period}).",
            number(nights.value, 0),
            shortest(ctx.limit(NIGHT_HOURS))
        ),
    }
}

/// 6.98 h is not told as 7.0.
fn value_text(ctx: &Context, nights: Nights) -> String {
    let rounded = number(nights.value, 1);
    match rounded == number(ctx.limit(MEAN_HOURS), 1) {
        true => number(nights.value, 2),
        false => rounded,
    }
}

/// The study's seven hours, whatever limit this runner chose.
fn study(nights: Nights) -> &'static str {
    match nights.value < MEAN_HOURS.value {
        true => {
            " Two weeks under seven went with more injuries in a study of endurance athletes; in one of runners the quality \
             counted and not the hours."
        }
        false => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::History;
    use crate::pain::Beside;
    use crate::pain::Entry;
    use crate::rules::fixture::{
        calendar, day, findings, findings_under, findings_with, history, judge, log, run,
    };

    /// A calendar with these hours of sleep from day 0 on; 0 is an unknown night.
    fn slept(hours: &[f64]) -> History {
        let mut history = history(vec![run(0, 5.0), run(hours.len() as i64 - 1, 5.0)]);
        for (day, hours) in history.days.iter_mut().zip(hours) {
            day.sleep_s = Some(hours * 3600.0).filter(|seconds| *seconds > 0.0);
        }
        history
    }

    fn check(hours: &[f64], expected: Option<(Severity, Unit, f64)>) {
        let found = findings(&RULE, &slept(hours));
        assert!(found.len() <= 1, "{found:?}");
        let found = found.first().map(|f| {
            (
                f.severity,
                f.unit,
                (f.observed.unwrap() * 1e6).round() / 1e6,
            )
        });
        assert_eq!(found, expected, "{hours:?}");
    }

    #[test]
    fn two_weeks_under_seven_are_a_watch_and_one_is_a_note() {
        check(&[7.0; 14], None);
        check(&[6.9; 14], Some((Severity::Watch, Unit::Hours, 6.9)));
        check(&[6.9; 9], Some((Severity::Note, Unit::Hours, 6.9)));
        check(&[6.9; 10], Some((Severity::Watch, Unit::Hours, 6.9)));
        check(
            &[[8.0; 7], [6.9; 7]].concat(),
            Some((Severity::Note, Unit::Hours, 6.9)),
        );
    }

    #[test]
    fn a_changed_limit_borrows_no_study() {
        let told = |hours: f64| {
            findings_under(&RULE, &slept(&[hours; 14]), &["sleep-short.mean-hours=8"]).remove(0)
        };
        for (hours, names_the_study) in [(7.5, false), (6.5, true)] {
            let found = told(hours);
            assert_eq!((found.severity, found.limit), (Severity::Watch, Some(8.0)));
            assert_eq!(
                found.text().contains("Two weeks under seven"),
                names_the_study,
                "{}",
                found.text()
            );
        }
    }

    #[test]
    fn two_nights_under_six_are_a_note() {
        check(
            &[8.0, 5.9, 8.0, 8.0, 5.9, 8.0, 8.0],
            Some((Severity::Note, Unit::Nights, 2.0)),
        );
        check(&[8.0, 5.9, 8.0, 8.0, 6.0, 8.0, 8.0], None);
        check(&[8.0, 5.9, 8.0, 8.0, 8.0, 8.0, 8.0], None);
    }

    /// So many nights from day 0 on, rated like this.
    fn rows(quality: f64, nights: std::ops::Range<i64>) -> Vec<Entry> {
        let row = |n| Entry {
            beside: Beside {
                sleep_quality: Some(quality),
                ..Beside::default()
            }
            .kept(),
            ..Entry::on(day(n))
        };
        nights.map(row).collect()
    }

    #[test]
    fn quality_comes_first_and_hours_second() {
        let told = |quality| {
            findings_with(&RULE, &slept(&[6.0; 14]), &log(rows(quality, 0..14)))
                .iter()
                .map(|f| (f.severity, f.unit))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(2.0), [(Severity::Watch, Unit::OfFive)]);
        assert_eq!(told(4.0), [(Severity::Note, Unit::Hours)], "rated well");
        let unrated = findings(&RULE, &slept(&[6.0; 14]));
        assert_eq!(unrated[0].severity, Severity::Watch, "not rated");
    }

    #[test]
    fn poor_nights_are_a_watch() {
        let rated = |quality: f64, nights: i64| {
            findings_with(&RULE, &slept(&[8.0; 7]), &log(rows(quality, 0..nights)))
                .first()
                .map(|f| (f.severity, f.unit))
        };
        assert_eq!(rated(2.0, 7), Some((Severity::Watch, Unit::OfFive)));
        assert_eq!(rated(2.1, 7), None);
        assert_eq!(rated(2.0, 5), Some((Severity::Watch, Unit::OfFive)));
        assert_eq!(rated(2.0, 4), None);
    }

    #[test]
    fn a_stretch_is_one_finding_and_speaks_for_its_latest_days() {
        let hours = [vec![6.0; 60], vec![8.0; 40], vec![6.5; 20]].concat();
        let found = findings(&RULE, &slept(&hours));
        // The mean of two weeks is under seven until day 66: seven nights of 6 h and seven of 8 h are 7 h.
        assert_eq!(
            found.iter().map(|f| f.to).collect::<Vec<_>>(),
            [day(65), day(119)]
        );
    }

    #[test]
    fn too_little_data() {
        let is_silent = |history: &History| {
            matches!(
                judge(&RULE, history, &log(vec![])).as_slice(),
                [Outcome::NotJudged(_)]
            )
        };
        assert!(is_silent(&history(vec![])), "no days");
        assert!(
            is_silent(&slept(&[6.0, 6.0, 6.0, 6.0, 0.0, 0.0, 0.0])),
            "four nights"
        );
        assert!(
            !is_silent(&slept(&[6.0, 6.0, 6.0, 6.0, 6.0, 0.0, 0.0])),
            "five nights"
        );
        assert!(
            is_silent(&history((0..20).map(|n| run(n, 5.0)).collect())),
            "no sleep"
        );
    }

    #[test]
    fn the_message_has_the_numbers() {
        let mut hours = [6.4; 14];
        (hours[3], hours[8]) = (0.0, 0.0);
        assert_eq!(findings(&RULE, &slept(&hours))[0].text(), RULE.message);
        let said = findings(&RULE, &slept(&[6.9; 7]))[0].text();
        let expected = "You slept 6.9 h a night on average over a week (7 of 7 nights known, 6–12 Jan 2025). An earlier \
            evening or two is worth a try.";
        assert_eq!(said, expected);
        assert!(
            findings(&RULE, &slept(&[6.98; 7]))[0]
                .text()
                .starts_with("You slept 6.98 h a night")
        );
        let old = History {
            as_of: day(21),
            ..slept(&[6.9; 7])
        };
        assert!(findings(&RULE, &old)[0].text().ends_with("6–12 Jan 2025)."));
        assert!(findings(&RULE, &calendar(vec![run(0, 5.0)], &log(vec![]), day(0))).is_empty());
    }
}
