//! Runs in which pain was above 5, changed the stride or stopped the runner.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use super::{
    explained,
    series::{come_within, only},
    sighting::{self, DayAtSite, effects_of},
    triage,
    verdicts::{in_brackets, stretches},
};
use crate::pain::{Entry, Function, Moment, Side, Site, site_text};
use crate::time::{date_text, period_text};
use crate::units::{Unit, number};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Above this a run counts as run through pain.
const PAIN_ABOVE: Limit = Limit {
    key: "pain_above",
    value: 5.0,
    change: Change::TRIAGE,
    why: "The upper end of what a trial on the Achilles tendon allowed during running (Silbernagel et al. 2007).",
};

/// So many runs …
const SEE_SOMEONE_FROM: Limit = Limit {
    key: "see_someone_from_runs",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Once is a bad day; three times in two weeks is a habit that keeps a sore place from settling.",
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
    id: "running-through-pain",
    title: "Running through pain",
    headline: "you ran on with pain",
    why: "Pain that is strong or bends the stride asks for room; running on usually makes the pause longer.",
    formula: "Days with a run on which a row before or during it rates pain above 5, or a row during or after it, or one without a moment on a day with a recorded run, has function changed_form or stopped. Days at most 14 apart are one finding: ease off; 3 or more of them within 14 days: see someone. A side stitch, the abdomen and what a note explains, like a blister, do not count.",
    needs: "A row with moment before or during and a rating, or with moment during, after or none and a function.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 270), (Severity::EaseOff, 40)],
    is_loud: true,
    recalls: true,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In 38 patients with Achilles pain, 19 of whom kept running with pain up to 5 of 10 that had settled \
            by the next morning, no difference from the 19 who rested for six weeks could be shown (Silbernagel 2007): \
            between weak and moderate. Popular articles ask for rest when pain is sharp or changes the way of \
            running, and not to push through. The number of runs is a choice.",
        sources: &[
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, doi 10.1177/0363546506298279.",
            "Popular articles S1, seven ways to prevent leg ache after running, and S2, post-run recovery.",
        ],
    },
    limits: &[PAIN_ABOVE, SEE_SOMEONE_FROM, SPAN, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: rest when pain is sharp or changes the way you run. S2, post-run recovery: do not push through; its figure for that misquotes a review.",
    message: "You ran on 3 days, 3–9 May 2025, with pain that changed how you ran or stopped you (left knee). Giving it room now is usually quicker in the end, and a doctor or physiotherapist can tell you how much it needs.",
    check: Check::Data(check),
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    if !rows.is_empty() && !rows.iter().any(could_tell) {
        return vec![Outcome::not_judged(
            "no rating before or during a run, and no word on what pain did to it",
        )];
    }
    let days = sighting::days(ctx);
    let by_date = by_date(ctx, &days).into_iter().collect();
    let stretches = stretches(by_date, ctx.limit(sighting::STRETCH) as i64);
    let found = stretches.iter();
    triage::flagged(ctx, found.filter_map(|stretch| finding(ctx, stretch)))
}

/// A place on a day on which someone ran through pain there.
struct Through<'a> {
    day: &'a DayAtSite<'a>,
    above: bool,
    changed: bool,
}

fn by_date<'a>(ctx: &Context, days: &'a [DayAtSite<'a>]) -> BTreeMap<NaiveDate, Vec<Through<'a>>> {
    let mut by_date: BTreeMap<NaiveDate, Vec<Through>> = BTreeMap::new();
    for through in days.iter().filter_map(|day| through(ctx, day)) {
        by_date.entry(through.day.date).or_default().push(through);
    }
    by_date
}

/// Whether a row speaks of pain at the start of a run or in it, or of what pain did to the run.
fn could_tell(row: &Entry) -> bool {
    (is_at_run(row) && row.pain.is_some())
        || ((is_of_run(row) || is_of_day(row)) && row.effect().is_some())
}

fn is_at_run(row: &Entry) -> bool {
    matches!(row.moment, Moment::Before | Moment::During)
}

fn is_of_run(row: &Entry) -> bool {
    matches!(row.moment, Moment::During | Moment::After)
}

/// A log without moments says of the whole day what pain did to running.
fn is_of_day(row: &Entry) -> bool {
    row.moment == Moment::Day
}

fn through<'a>(ctx: &Context, day: &'a DayAtSite<'a>) -> Option<Through<'a>> {
    let (above, changed) = (is_above(ctx, day), is_changed(ctx, day));
    let counts = day.may_be_limb() && (above || changed) && was_run(ctx, day) && !is_little(day);
    counts.then_some(Through {
        day,
        above,
        changed,
    })
}

fn is_above(ctx: &Context, day: &DayAtSite) -> bool {
    let limit = ctx.limit(PAIN_ABOVE);
    day.any(|row| is_at_run(row) && row.pain.is_some_and(|pain| pain > limit))
}

/// Whether pain bent a run, by the rows about it, or by those of the whole day where a run is recorded.
fn is_changed(ctx: &Context, day: &DayAtSite) -> bool {
    day.any(|row| is_of_run(row) && bends(row))
        || day.any(|row| is_of_day(row) && bends(row)) && is_recorded(ctx, day)
}

fn bends(row: &Entry) -> bool {
    let is_bent = |effect| matches!(effect, Function::ChangedForm | Function::Stopped);
    effects_of(row).any(is_bent) && row.pain != Some(0.0)
}

/// Pain before a run that was then not run is no run through pain.
fn was_run(ctx: &Context, day: &DayAtSite) -> bool {
    day.any(is_of_run) || is_recorded(ctx, day)
}

fn is_recorded(ctx: &Context, day: &DayAtSite) -> bool {
    !sighting::run_ids(ctx, &BTreeSet::from([day.date])).is_empty()
}

/// Whether something everyday explains it.
fn is_little(day: &DayAtSite) -> bool {
    explained::ceiling(day, &[]).is_some_and(|ceiling| ceiling <= Severity::Watch)
}

type Stretch<'a> = [(NaiveDate, Vec<Through<'a>>)];

fn finding(ctx: &Context, stretch: &Stretch) -> Option<Finding> {
    let (&(from, _), &(to, _)) = (stretch.first()?, stretch.last()?);
    let dates: Vec<NaiveDate> = stretch.iter().map(|(date, _)| *date).collect();
    let many = ctx.limit(SEE_SOMEONE_FROM);
    let often = come_within(&dates, many as usize, ctx.limit(SPAN) as i64);
    let severity = match often {
        true => Severity::SeeSomeone,
        false => Severity::EaseOff,
    };
    let (site, side) = place(stretch);
    let finding = Finding {
        observed: Some(dates.len() as f64),
        limit: often.then_some(many),
        unit: Unit::Runs,
        tells_observed: false,
        site,
        side,
        run_ids: sighting::run_ids(ctx, &dates.into_iter().collect()),
        message: message(ctx, stretch, (from, to)),
        ..Finding::on(&RULE, severity, from, to)
    };
    Some(triage::asking(ctx, finding, advice(severity)))
}

/// The place of all days; none where there are several.
fn place(stretch: &Stretch) -> (Option<Site>, Option<Side>) {
    let places = throughs(stretch).map(|through| (through.day.site, through.day.side));
    let (site, side) = only(&places.collect()).unwrap_or_default();
    (site.filter(|site| *site != Site::None), side)
}

fn throughs<'a>(stretch: &'a Stretch<'a>) -> impl Iterator<Item = &'a Through<'a>> {
    stretch.iter().flat_map(|(_, throughs)| throughs)
}

fn message(ctx: &Context, stretch: &Stretch, days: (NaiveDate, NaiveDate)) -> String {
    let (what, place) = (what(ctx, stretch), in_brackets(&names(stretch)));
    let when = when(stretch.len(), days);
    format!("You ran on {when} with pain {what}{place}.")
}

fn when(days: usize, (from, to): (NaiveDate, NaiveDate)) -> String {
    match days {
        1 => date_text(to),
        days => format!("{days} days, {},", period_text(from, to)),
    }
}

fn names(stretch: &Stretch) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for day in throughs(stretch).map(|through| through.day) {
        let name = day.named_site().map(|site| site_text(site, day.side));
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names
}

fn what(ctx: &Context, stretch: &Stretch) -> String {
    let above = throughs(stretch).any(|through| through.above);
    let changed = throughs(stretch).any(|through| through.changed);
    let limit = number(ctx.limit(PAIN_ABOVE), 0);
    match (above, changed) {
        (true, true) => format!("above {limit} of 10, or that changed how you ran or stopped you"),
        (true, false) => format!("above {limit} of 10"),
        _ => "that changed how you ran or stopped you".to_string(),
    }
}

fn advice(severity: Severity) -> &'static str {
    match severity {
        Severity::SeeSomeone => {
            "Giving it room now is usually quicker in the end, \
             and a doctor or physiotherapist can tell you how much it needs."
        }
        _ => "Giving it room now is usually quicker in the end.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_too_little_data, flagged, flagged_by, harmless, judge, sore,
    };

    fn knee(n: i64, moment: Moment, pain: f64, function: Option<Function>) -> Entry {
        Entry {
            moment,
            function,
            ..sore(n, Site::Knee, Side::Left, pain)
        }
    }

    fn changed(n: i64) -> Entry {
        knee(n, Moment::During, 3.0, Some(Function::ChangedForm))
    }

    fn check(rows: Vec<Entry>, expected: &[(Severity, f64)]) {
        let found: Vec<_> = flagged(&RULE, 20, rows)
            .iter()
            .map(|f| (f.severity, f.observed.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn above_five_or_a_changed_stride_is_one_run() {
        let one = &[(Severity::EaseOff, 1.0)][..];
        check(vec![knee(20, Moment::During, 5.5, None)], one);
        check(vec![knee(20, Moment::During, 5.0, None)], &[]);
        check(vec![knee(20, Moment::Before, 6.0, None)], one);
        check(vec![knee(20, Moment::After, 6.0, None)], &[]);
        check(vec![changed(20)], one);
        check(
            vec![knee(20, Moment::After, 3.0, Some(Function::Stopped))],
            one,
        );
        check(
            vec![knee(20, Moment::Morning, 3.0, Some(Function::ChangedForm))],
            &[],
        );
        check(
            vec![knee(20, Moment::During, 3.0, Some(Function::CutShort))],
            &[],
        );
        check(
            vec![Entry {
                site: Some(Site::SideStitch),
                ..changed(20)
            }],
            &[],
        );
    }

    #[test]
    fn a_row_without_a_moment_speaks_of_the_run_of_its_day() {
        let of_day = |function| vec![knee(20, Moment::Day, 3.0, Some(function))];
        check(of_day(Function::ChangedForm), &[(Severity::EaseOff, 1.0)]);
        check(of_day(Function::Stopped), &[(Severity::EaseOff, 1.0)]);
        check(vec![knee(20, Moment::Day, 6.0, Some(Function::None))], &[]);
        let no_run = flagged_by(20, of_day(Function::ChangedForm), |ctx| {
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
        });
        assert!(no_run.is_empty(), "{no_run:?}");
    }

    #[test]
    fn three_runs_in_fourteen_days_are_for_someone() {
        check(
            vec![changed(7), changed(15), changed(20)],
            &[(Severity::SeeSomeone, 3.0)],
        );
        check(
            vec![changed(6), changed(15), changed(20)],
            &[(Severity::EaseOff, 3.0)],
        );
        check(vec![changed(19), changed(20)], &[(Severity::EaseOff, 2.0)]);
        check(
            vec![changed(3), changed(18)],
            &[(Severity::EaseOff, 1.0), (Severity::EaseOff, 1.0)],
        );
        let other = |n| Entry {
            site: Some(Site::Shin),
            ..changed(n)
        };
        check(
            vec![changed(18), other(18), changed(20)],
            &[(Severity::EaseOff, 2.0)],
        );
        check(
            vec![changed(18), other(19), changed(20)],
            &[(Severity::SeeSomeone, 3.0)],
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        assert!(matches!(
            judge(&RULE, 20, vec![harmless(20)]).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        assert_eq!(
            judge(&RULE, 20, vec![knee(20, Moment::During, 1.0, None)]),
            [Outcome::Clear]
        );
    }

    #[test]
    fn words() {
        let said = |as_of, rows| flagged(&RULE, as_of, rows)[0].text();
        let three = || {
            vec![
                changed(14),
                changed(17),
                knee(20, Moment::During, 6.0, None),
            ]
        };
        let fact = "You ran on 3 days, 17–23 Mar 2025, with pain above 5 of 10, or that changed how you ran or stopped you \
                    (left knee).";
        assert_eq!(
            said(20, three()),
            format!(
                "{fact} Giving it room now is usually quicker in the end, \
                 and a doctor or physiotherapist can tell you how much it needs."
            )
        );
        assert_eq!(said(35, three()), fact);
        assert_eq!(
            said(20, vec![changed(20)]),
            "You ran on 23 Mar 2025 with pain that changed how you ran or stopped you (left knee). \
             Giving it room now is usually quicker in the end."
        );
    }
}
