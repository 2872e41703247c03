//! Painkillers before runs: what they hide, and how often.

use super::series::{come_within, only};
use super::standing::rating;
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage, verdicts,
};
use crate::pain::{Entry, Moment};
use crate::time::period_text;
use crate::units::Unit;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// So many run days …
const RUN_DAYS: Limit = Limit {
    key: "run_days",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Once is a bad day; three runs are a habit. A choice, no study sets it.",
};

/// … within so many days.
const SPAN: Limit = Limit {
    key: "span_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "Two weeks, the window of the triage table.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "painkiller-before-runs",
    title: "Painkillers before runs",
    headline: "painkillers before runs",
    why: "A painkiller lowers the number and not what it stands for, so a run under one goes by a number that is too small.",
    formula: "Days on which a row with moment before or during a run has painkiller=yes, or a row of the morning or of no moment on a day with a recorded run. Three such days within 14: watch; days at most 14 apart are one finding.",
    needs: "The painkiller column filled in at least once, or a note that names one.",
    cap: Severity::Watch,
    group: Group::Pain,
    triage: &[],
    is_loud: true,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "3,913 of the 7,048 runners of a marathon in 2010 answered a questionnaire. Those who had taken a painkiller before the start had almost five times as many unwanted events, more with higher doses, and did not drop out less often (Küster 2013, abstract read in November 2026). It is one questionnaire about one race; that a rating under a painkiller is too low is plain reasoning.",
        sources: &["Küster et al. (2013), BMJ Open 3:e002090, doi 10.1136/bmjopen-2012-002090."],
    },
    limits: &[RUN_DAYS, SPAN, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None of the articles asks what was taken before a run.",
    message: "You logged a painkiller on 3 days with a run, 3–9 May 2025, with ratings of up to 3 of 10. A low number under a painkiller is no low number. If a run needs one, ask a doctor or pharmacist about it before the next run.",
    check: Check::Data(check),
};

const ADVICE: &str = "If a run needs one, ask a doctor or pharmacist about it before the next run.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    if !rows.is_empty() && rows.iter().all(|row| row.painkiller.is_none()) {
        return vec![Outcome::not_judged(
            "no row says whether a painkiller was taken",
        )];
    }
    let masked = rows.iter().filter(|row| is_before_a_run(ctx, row));
    let masked = masked.map(|row| (row.date, row)).collect();
    let stretches = verdicts::stretches(masked, ctx.limit(sighting::STRETCH) as i64);
    let found = stretches.iter();
    triage::flagged(ctx, found.filter_map(|stretch| finding(ctx, stretch)))
}

fn is_before_a_run(ctx: &Context, row: &Entry) -> bool {
    let recorded = || !ctx.history.runs_between(row.date, row.date).is_empty();
    row.painkiller == Some(true)
        && match row.moment {
            Moment::Before | Moment::During => true,
            Moment::Morning | Moment::Day => recorded(),
            Moment::After | Moment::Evening | Moment::Night | Moment::Rest => false,
        }
}

/// None for a stretch with too few days close together.
fn finding(ctx: &Context, stretch: &[(NaiveDate, &Entry)]) -> Option<Finding> {
    let dates: BTreeSet<NaiveDate> = stretch.iter().map(|(date, _)| *date).collect();
    let days: Vec<NaiveDate> = dates.iter().copied().collect();
    let (many, span) = (ctx.limit(RUN_DAYS), ctx.limit(SPAN));
    let finding = flag(ctx, stretch, &dates)?;
    come_within(&days, many as usize, span as i64).then(|| triage::asking(ctx, finding, ADVICE))
}

fn flag(
    ctx: &Context,
    stretch: &[(NaiveDate, &Entry)],
    dates: &BTreeSet<NaiveDate>,
) -> Option<Finding> {
    let (from, to) = (*dates.first()?, *dates.last()?);
    let places = stretch.iter().map(|(_, row)| row.place()).collect();
    let (site, side) = only(&places).flatten().unzip();
    Some(Finding {
        observed: Some(dates.len() as f64),
        limit: Some(ctx.limit(RUN_DAYS)),
        unit: Unit::Days,
        site,
        side: side.flatten(),
        run_ids: sighting::run_ids(ctx, dates),
        message: message(stretch, dates.len(), (from, to)),
        ..Finding::on(&RULE, Severity::Watch, from, to)
    })
}

fn message(
    stretch: &[(NaiveDate, &Entry)],
    days: usize,
    (from, to): (NaiveDate, NaiveDate),
) -> String {
    format!(
        "You logged a painkiller on {days} days with a run, {}{}. A low number under a painkiller is no low number.",
        period_text(from, to),
        ratings_text(stretch)
    )
}

fn ratings_text(stretch: &[(NaiveDate, &Entry)]) -> String {
    let ratings =
        highest(stretch).map(|pain| format!(", with ratings of up to {} of 10", rating(pain)));
    ratings.unwrap_or_default()
}

fn highest(stretch: &[(NaiveDate, &Entry)]) -> Option<f64> {
    let rated = stretch.iter().filter_map(|(_, row)| row.pain);
    rated.reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::pain::Site;
    use crate::rules::pain_fixture::{
        check_too_little_data, clear, flagged, flagged_by, harmless, judge, sore,
    };

    fn masked(n: i64, moment: Moment) -> Entry {
        Entry {
            moment,
            painkiller: Some(true),
            ..sore(n, Site::Knee, Side::Right, 2.0)
        }
    }

    fn before(n: i64) -> Entry {
        masked(n, Moment::Before)
    }

    fn check(rows: Vec<Entry>, expected: &[f64]) {
        let found = flagged(&RULE, 20, rows);
        assert_eq!(
            found
                .iter()
                .map(|f| f.observed.unwrap_or_default())
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn three_run_days_within_two_weeks() {
        check(vec![before(7), before(14), before(20)], &[3.0]);
        check(vec![before(6), before(14), before(20)], &[]);
        check(vec![before(14), before(20)], &[]);
        check(vec![before(20), before(20), before(20)], &[]);
        check(
            vec![
                before(18),
                masked(19, Moment::During),
                masked(20, Moment::Morning),
            ],
            &[3.0],
        );
        let (day, evening) = (|n| masked(n, Moment::Day), |n| masked(n, Moment::Evening));
        check(vec![day(18), day(19), day(20)], &[3.0]);
        check(vec![evening(18), evening(19), evening(20)], &[]);
        let not_taken = |n| Entry {
            painkiller: Some(false),
            ..before(n)
        };
        check(vec![before(18), not_taken(19), before(20)], &[]);
    }

    #[test]
    fn a_day_without_a_run_does_not_count_unless_the_row_speaks_of_one() {
        for (moment, expected) in [(Moment::Day, 0), (Moment::Before, 1)] {
            let found = flagged_by(
                20,
                [18, 19, 20].map(|n| masked(n, moment)).to_vec(),
                |ctx| {
                    let history = crate::model::History {
                        runs: Vec::new(),
                        ..ctx.history.clone()
                    };
                    crate::rules::fixture::ask(
                        &RULE,
                        &Context {
                            history: &history,
                            ..*ctx
                        },
                    )
                },
            );
            assert_eq!(found.len(), expected, "{moment:?}");
        }
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        assert!(matches!(
            judge(&RULE, 20, vec![harmless(20)]).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        assert_eq!(
            judge(
                &RULE,
                20,
                vec![Entry {
                    painkiller: Some(false),
                    ..clear(20)
                }]
            ),
            [Outcome::Clear]
        );
    }

    #[test]
    fn words() {
        // Days 61 to 67 are 3 to 9 May 2025.
        let rows = || {
            vec![
                before(61),
                before(64),
                Entry {
                    pain: Some(3.0),
                    ..before(67)
                },
            ]
        };
        let found = flagged(&RULE, 67, rows());
        assert_eq!(found[0].text(), RULE.message);
        assert_eq!(
            (found[0].site, found[0].side),
            (Some(Site::Knee), Some(Side::Right))
        );
        assert_eq!(
            flagged(&RULE, 90, rows())[0].text(),
            "You logged a painkiller on 3 days with a run, 3–9 May 2025, with ratings of up to 3 of 10. A low number under \
             a painkiller is no low number."
        );
    }
}
