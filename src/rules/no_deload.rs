//! Many weeks in a row without a lighter one.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance, series::newest, verdicts::settled,
};
use crate::model::Week;
use crate::stats::{describe::mean, load::is_lighter_week};
use crate::time::plus_days;
use crate::units::EPSILON;
use crate::units::{Unit, Units, number, percent};

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-deload",
    title: "No lighter week for a while",
    headline: "no lighter week for a while",
    why: "Many training plans put a lighter week into every month, and it is easy to lose track of the last one.",
    formula: "A week is lighter when its distance is at most 0.8 times the mean of the three weeks before. \
        Full weeks in a row that are not lighter are counted; they rise when the mean of the last three of them is \
        above the mean of the first three.",
    needs: "Seven full weeks in a row, and a four-week mean of at least 20 km a week.",
    cap: Severity::Watch,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern {
        windows: &[(NOTE_WEEKS, 7.0)],
        ..Pattern::of_load(28)
    }),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A custom among coaches. No trial in runners was found that tests it.",
        sources: &["Custom among coaches; a literature search found no trial in runners"],
    },
    limits: &[LIGHTER_SHARE, NOTE_WEEKS, WATCH_WEEKS, MINIMUM_MEAN_M],
    ordered: &[(NOTE_WEEKS, WATCH_WEEKS)],
    rests_on: &[],
    seed: "S0, hotspots after running: a lighter week in every fourth. It clashes with at most 10 % over last week, which is why a week is compared with the four before it as well.",
    message: "5 weeks in a row without a lighter one: none was a fifth below the three before it (29–42 km a week). Many \
        coaches put one in about every fourth.",
    check: Check::Data(check),
};

const LIGHTER_SHARE: Limit = Limit {
    key: "lighter_share",
    value: 0.8,
    change: Change::Within(0.1, 1.0),
    why: "A fifth less than usual is a clear step down; smaller dips are the ordinary scatter of weeks.",
};
const NOTE_WEEKS: Limit = Limit {
    key: "note_weeks",
    value: 4.0,
    change: Change::Whole(1.0, 52.0),
    why: "The custom is a lighter week in about every fourth.",
};
const WATCH_WEEKS: Limit = Limit {
    key: "watch_weeks",
    value: 6.0,
    change: Change::Whole(1.0, 52.0),
    why: "Half as long again as the custom, and only while the distance rises.",
};
const MINIMUM_MEAN_M: Limit = Limit {
    key: "minimum_mean_m",
    value: 20_000.0,
    change: Change::Within(1000.0, 200000.0),
    why: "Below 20 km a week most days are rest days already.",
};

/// A week is compared with this many before it.
const WEEKS_BEFORE: usize = 3;
/// Three weeks to compare with and four to count.
const WEEKS_IN_A_ROW: usize = 7;
fn check(ctx: &Context) -> Vec<Outcome> {
    let weeks = ctx.finished_weeks();
    let (mut in_a_row, mut stretch) = (0, 0);
    let mut outcomes = Vec::new();
    for end in 1..=weeks.len() {
        let verdict = is_heavy(ctx, &weeks[..end]);
        in_a_row = if weeks[end - 1].full { in_a_row + 1 } else { 0 };
        stretch = if verdict == Ok(true) { stretch + 1 } else { 0 };
        if stretch > 0 && matches!(outcomes.last(), Some(Outcome::Flagged(_))) {
            outcomes.pop(); // the stretch goes on: its longest form is the finding
        }
        outcomes.push(match verdict {
            Err(missing) => Outcome::not_judged(missing),
            Ok(_) if in_a_row < WEEKS_IN_A_ROW => Outcome::not_judged(NOTHING),
            Ok(_) => judge(ctx, &weeks[end - stretch..end]),
        });
    }
    settled(outcomes, NOTHING)
}

/// Said when weeks are missing.
const NOTHING: &str = "fewer than seven full weeks of recordings in a row";

/// Whether the last of these weeks counts towards a stretch without a lighter week, or what is missing to know it.
fn is_heavy(ctx: &Context, weeks: &[Week]) -> Result<bool, &'static str> {
    let window = newest(weeks, WEEKS_BEFORE + 1).ok_or(NOTHING)?.iter();
    let metres = window.map(|week| ctx.week_distance_m(week).filter(|_| week.full));
    let metres = metres.collect::<Option<Vec<f64>>>().ok_or(NOTHING)?;
    let (last, before) = metres.split_last().ok_or(NOTHING)?;
    let is_lighter = is_lighter_week(before, *last, ctx.limit(LIGHTER_SHARE)).ok_or(NOTHING)?;
    Ok(!is_lighter && mean(&metres).is_some_and(|mean_m| mean_m >= ctx.limit(MINIMUM_MEAN_M)))
}

/// What a stretch without a lighter week comes to.
fn judge(ctx: &Context, stretch: &[Week]) -> Outcome {
    match (stretch.len() as f64) < ctx.limit(NOTE_WEEKS) {
        true => Outcome::Clear,
        false => Outcome::Flagged(finding(ctx, stretch)),
    }
}

fn level(ctx: &Context, metres: &[f64], weeks: usize) -> (Severity, Limit) {
    match weeks as f64 >= ctx.limit(WATCH_WEEKS) && is_rising(metres) {
        true => (Severity::Watch, WATCH_WEEKS),
        false => (Severity::Note, NOTE_WEEKS),
    }
}

/// Whether the last three weeks are above the first three on average.
fn is_rising(metres: &[f64]) -> bool {
    let three = metres.len().min(WEEKS_BEFORE);
    let means = mean(&metres[..three]).zip(mean(&metres[metres.len() - three..]));
    means.is_some_and(|(first, last)| last > first + EPSILON)
}

fn finding(ctx: &Context, stretch: &[Week]) -> Finding {
    let metres: Vec<f64> = stretch.iter().filter_map(|week| week.distance_m).collect();
    let (severity, limit) = level(ctx, &metres, stretch.len());
    let (from, last) = (stretch[0].start, stretch[stretch.len() - 1].start);
    let to = plus_days(last, 6);
    Finding {
        observed: Some(stretch.len() as f64),
        limit: Some(ctx.limit(limit)),
        unit: Unit::Weeks,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(ctx, stretch.len(), &metres),
        instruction: "Many coaches put one in about every fourth.".to_string(),
        tells_days: false,
        ..Finding::on(&RULE, severity, from, to)
    }
}

fn message(ctx: &Context, weeks: usize, metres: &[f64]) -> String {
    let step_down = step_down(ctx.limit(LIGHTER_SHARE));
    let range = range_text(ctx.units, metres);
    format!(
        "{weeks} weeks in a row without a lighter one: none was {step_down} below the three before it ({range} a week)."
    )
}

/// How far below the weeks before it a lighter week lies.
fn step_down(lighter_share: f64) -> String {
    if lighter_share == LIGHTER_SHARE.value {
        "a fifth".to_string()
    } else {
        format!("{} %", percent(1.0 - lighter_share))
    }
}

/// `29–42 km`, or `40 km` when both ends read alike.
fn range_text(units: Units, metres: &[f64]) -> String {
    let text = |metres: f64| number(units.distance(metres), 0);
    let least = text(metres.iter().copied().fold(f64::INFINITY, f64::min));
    let most = text(metres.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let range = if least == most {
        most
    } else {
        format!("{least}–{most}")
    };
    format!("{range} {}", units.distance_label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        day, findings, findings_under, history, is_not_judged, loudest, run, weekly_km,
    };

    #[test]
    fn at_the_limits_and_just_over() {
        let rising = |weeks: usize| {
            (0..weeks)
                .map(|week| 40.0 + week as f64)
                .collect::<Vec<f64>>()
        };
        for (weeks, expected) in [
            (vec![40.0; 7], Some(Severity::Note)),
            (vec![40.0; 12], Some(Severity::Note)),
            (rising(8), Some(Severity::Note)),
            (rising(9), Some(Severity::Watch)),
            (vec![20.0; 7], Some(Severity::Note)),
            (vec![19.9; 7], None),
            (vec![40.0, 40.0, 40.0, 40.0, 40.0, 32.0, 40.0], None),
            (
                vec![40.0, 40.0, 40.0, 40.0, 40.0, 32.1, 40.0],
                Some(Severity::Note),
            ),
        ] {
            assert_eq!(
                loudest(&RULE, &history(weekly_km(&weeks))),
                expected,
                "{weeks:?}"
            );
        }
    }

    #[test]
    fn changed_limits_are_in_the_words() {
        // Every fourth week 30 of 40 km: three quarters.
        let weeks = [40.0, 40.0, 40.0, 40.0, 40.0, 30.0, 40.0, 40.0, 40.0];
        let history = history(weekly_km(&weeks));
        assert!(
            findings(&RULE, &history).is_empty(),
            "a lighter week after two"
        );
        let found = &findings_under(&RULE, &history, &["no-deload.lighter-share=0.7"])[0];
        // Weeks 3 to 8; the last three of them lie above the first three, which hold the 30 km.
        assert_eq!((found.observed, found.limit), (Some(6.0), Some(6.0)));
        assert!(
            found
                .text()
                .contains("none was 30 % below the three before it"),
            "{}",
            found.text()
        );
    }

    #[test]
    fn one_finding_a_stretch() {
        let three_after = [vec![40.0; 9], vec![20.0], vec![40.0; 3]].concat();
        assert_eq!(
            findings(&RULE, &history(weekly_km(&three_after))).len(),
            1,
            "three weeks are no stretch"
        );
        // Weeks 3–8, a lighter week 9 (20 of 40 km), then 10–13.
        let weeks: Vec<f64> = [vec![40.0; 9], vec![20.0], vec![40.0; 4]].concat();
        let found = findings(&RULE, &history(weekly_km(&weeks)));
        let spans: Vec<_> = found.iter().map(|f| (f.from, f.to, f.observed)).collect();
        assert_eq!(
            spans,
            [(day(21), day(62), Some(6.0)), (day(70), day(97), Some(4.0))]
        );
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])));
        assert!(is_not_judged(&RULE, &history(weekly_km(&[40.0; 3]))));
        let mut unknown = weekly_km(&[40.0; 7]);
        unknown[19].distance_m = None;
        assert!(
            is_not_judged(&RULE, &history(unknown)),
            "a distance of the last week is missing"
        );
        assert!(
            is_not_judged(&RULE, &history(weekly_km(&[40.0; 6]))),
            "six weeks"
        );
        // A hole of 13 days in week 4 and 5 breaks the stretch, and the weeks after it have no three before them.
        let mut runs = weekly_km(&[40.0; 6]);
        runs.retain(|run| run.local_date() < day(26));
        runs.push(run(41, 10.0));
        assert!(is_not_judged(&RULE, &history(runs)));
    }

    #[test]
    fn the_message_has_the_numbers() {
        // Weeks 3–7; 29 km is more than 0.8 × 35 km.
        let found = findings(
            &RULE,
            &history(weekly_km(&[35.0, 35.0, 35.0, 29.0, 33.0, 38.0, 42.0, 36.0])),
        );
        assert_eq!(found[0].text(), RULE.message);
        for (units, metres, expected) in [
            (Units::Km, [29_400.0, 42_499.0], "29–42 km"),
            (Units::Km, [39_600.0, 40_400.0], "40 km"),
            (Units::Mi, [32_186.88, 48_280.32], "20–30 mi"),
        ] {
            assert_eq!(range_text(units, &metres), expected);
        }
    }
}
