//! Pain while running, by the pain-monitoring model: up to 2 is fine, up to 5 is a note, above that is too much.

use super::{Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite},
    triage,
};
use crate::pain::{Function, Moment, Onset, Site, site_text};
use crate::time::{date_text, days_between};
use crate::units::number;
use std::collections::BTreeSet;

/// Up to here pain during the run is taken as fine.
const GOOD_UP_TO: Limit = Limit {
    key: "good_up_to_pain",
    value: 2.0,
    why: "Clinics for kneecap pain let people run with up to 2; secondary pages on the Achilles model put the cut at 2 or 3.",
};

/// Up to here it is information.
const NOTE_UP_TO: Limit = Limit {
    key: "note_up_to_pain",
    value: 5.0,
    why: "In a trial on the Achilles tendon running was allowed with pain up to 5 if it settled by the morning (Silbernagel et al. 2007).",
};

/// How far back the good news looks.
const GOOD_WINDOW: Limit = Limit {
    key: "good_window_days",
    value: 28.0,
    why: "Four weeks: the good news is about now, and one line is enough.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "pain-during-run",
    title: "Pain during the run",
    why: "How much it hurts while you run is the one number rehabilitation trials steer by.",
    formula: "p = highest pain of a day's rows with moment during, for each site and side. p up to 2: good; above 2 up to 5: note; above 5: ease off. A run cut short or stopped, with pain above 0 or onset during, is ease off too. A side stitch and the abdomen do not count. Good news sums up the last 28 days, if all of them were good without a painkiller.",
    needs: "One row with moment=during.",
    cap: Severity::EaseOff,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "In a randomised trial on the Achilles tendon people who kept running with pain up to 5 of 10, settled by the next morning, did as well as those who rested (read on secondary pages, which put the lower cut at 2 or 3). Clinics for kneecap pain use up to 2. For other sites this is borrowed.",
        sources: &[
            "Silbernagel et al. (2007), American Journal of Sports Medicine 35:897, read on secondary pages.",
            "Thomeé (1997), Physical Therapy 77:1690, from memory.",
            "TREK Education, page on patellofemoral pain.",
            "Popular articles S0, hotspots after running, and S1, seven ways to prevent leg ache after running.",
        ],
    },
    limits: &[GOOD_UP_TO, NOTE_UP_TO, GOOD_WINDOW],
    message: "Pain reached 6 of 10 during the run on 3 May 2025 (left knee). Above 5 is usually taken as too much: shorter, flatter or slower next time, or a rest day.",
    check,
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

fn check(context: &Context) -> Vec<Outcome> {
    let days: Vec<DayAtSite> = sighting::days_at_sites(triage::rows(context)).into_iter().filter_map(during).collect();
    let judged: Vec<Judged> = days.iter().filter_map(|day| judged(context, day)).collect();
    let mut found: Vec<Outcome> = judged.iter().filter_map(|judged| flagged(context, judged)).collect();
    found.extend(good_news(context, &judged));
    if found.is_empty() && !triage::rows(context).is_empty() {
        if days.is_empty() {
            return vec![Outcome::NotJudged("no row with moment=during".to_string())];
        } else if judged.is_empty() {
            return vec![Outcome::NotJudged("no row with moment=during is rated".to_string())];
        }
    }
    triage::conclude(context, found)
}

/// A day's rows about one site during the run, and what they come to.
struct Judged<'a> {
    day: &'a DayAtSite<'a>,
    peak: Option<f64>,
    cut_short: bool,
    severity: Severity,
}

/// The day with its rows from during the run only; None without any, and for places that are no limb.
fn during(mut day: DayAtSite) -> Option<DayAtSite> {
    day.rows.retain(|row| row.moment == Moment::During);
    let counts = day.site.is_none_or(|site| site == Site::None || site.is_limb());
    (counts && !day.rows.is_empty()).then_some(day)
}

fn judged<'a>(context: &Context, day: &'a DayAtSite<'a>) -> Option<Judged<'a>> {
    let peak = day.rows.iter().filter_map(|row| row.pain).reduce(f64::max);
    let hurt = peak.is_some_and(|pain| pain > 0.0) || day.any(|row| row.onset == Some(Onset::During));
    let ended = day.any(|row| matches!(row.function, Some(Function::CutShort | Function::Stopped)));
    let cut_short = hurt && ended;
    let zone = |pain| zone_between(pain, context.limit(GOOD_UP_TO), context.limit(NOTE_UP_TO));
    let severity = if cut_short { Severity::EaseOff } else { zone(peak?) };
    Some(Judged { day, peak, cut_short, severity })
}

fn flagged(context: &Context, judged: &Judged) -> Option<Outcome> {
    (judged.severity > Severity::Good).then(|| {
        Outcome::Flagged(Finding {
            rule: RULE.id,
            severity: judged.severity,
            from: judged.day.date,
            to: judged.day.date,
            observed: judged.peak,
            limit: Some(context.limit(if judged.severity == Severity::Note { GOOD_UP_TO } else { NOTE_UP_TO })),
            unit: "of 10",
            site: judged.day.site,
            side: judged.day.side,
            run_ids: sighting::run_ids(context, &BTreeSet::from([judged.day.date])),
            message: message(context, judged),
        })
    })
}

fn message(context: &Context, judged: &Judged) -> String {
    let date = date_text(judged.day.date);
    let place = judged.day.site.map(|site| format!(" ({})", site_text(site, judged.day.side))).unwrap_or_default();
    let limit = rating(context.limit(NOTE_UP_TO));
    let advice = "shorter, flatter or slower next time, or a rest day.";
    match judged.peak.map(rating) {
        Some(pain) if judged.severity == Severity::Note => format!(
            "Pain reached {pain} of 10 during the run on {date}{place}. Up to {limit} is often accepted if it has settled \
             by the next morning, so see how that feels."
        ),
        Some(pain) if judged.cut_short => {
            format!("Pain of {pain} of 10 cut the run short on {date}{place}. That was too much for this day: {advice}")
        }
        Some(pain) => format!(
            "Pain reached {pain} of 10 during the run on {date}{place}. \
             Above {limit} is usually taken as too much: {advice}"
        ),
        None => format!("Pain cut the run short on {date}{place}. That was too much for this day: {advice}"),
    }
}

/// One line for the last four weeks, when every rated run in them was fine. A painkiller hides, so it does not reassure.
fn good_news(context: &Context, judged: &[Judged]) -> Option<Outcome> {
    let as_of = context.history.as_of;
    let window_days = context.limit(GOOD_WINDOW) as i64;
    let recent = || judged.iter().filter(|judged| days_between(judged.day.date, as_of) < window_days);
    let masked = |judged: &Judged| judged.day.any(|row| row.painkiller == Some(true));
    let dates: BTreeSet<_> = recent().map(|judged| judged.day.date).collect();
    let (first, last) = (*dates.first()?, *dates.last()?);
    if recent().any(|judged| judged.severity > Severity::Good || masked(judged)) {
        return None;
    }
    let limit = context.limit(GOOD_UP_TO);
    let days = if dates.len() == 1 { "the one day".to_string() } else { format!("all {} days", dates.len()) };
    Some(Outcome::Good(Finding {
        rule: RULE.id,
        severity: Severity::Good,
        from: first,
        to: last,
        observed: recent().filter_map(|judged| judged.peak).reduce(f64::max),
        limit: Some(limit),
        unit: "of 10",
        site: None,
        side: None,
        run_ids: sighting::run_ids(context, &dates),
        message: format!(
            "Pain during the run stayed at {} of 10 or below on {days} you rated it in the last {window_days} days.",
            rating(limit)
        ),
    }))
}

/// A rating as people write it: 6, or 6.5.
fn rating(pain: f64) -> String {
    number(pain, if pain.fract() == 0.0 { 0 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side};
    use crate::rules::pain_fixture::{check_too_little_data, clear, flagged, harmless, judge, sore};

    fn knee(n: i64, pain: f64) -> Entry {
        Entry { moment: Moment::During, ..sore(n, Site::Knee, Side::Left, pain) }
    }

    fn check(rows: Vec<Entry>, expected: &[(Severity, Option<f64>)]) {
        let found: Vec<_> = flagged(&RULE, 20, rows).iter().map(|f| (f.severity, f.observed)).collect();
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
        let shin = Entry { site: Some(Site::Shin), ..knee(20, 3.0) };
        let rows = vec![knee(20, 1.0), knee(20, 6.0), shin, Entry { moment: Moment::After, ..knee(20, 9.0) }];
        check(rows.clone(), &[(Severity::EaseOff, Some(6.0)), (Severity::Note, Some(3.0))]);
        assert_eq!(flagged(&RULE, 20, rows)[0].run_ids, ["run-20"]);
    }

    #[test]
    fn a_run_cut_short_by_pain_is_ease_off() {
        let cut = |pain, onset| Entry { pain, onset, function: Some(Function::CutShort), ..knee(20, 0.0) };
        check(vec![cut(Some(1.0), None)], &[(Severity::EaseOff, Some(1.0))]);
        check(vec![cut(None, Some(Onset::During))], &[(Severity::EaseOff, None)]);
        check(vec![cut(Some(0.0), None)], &[(Severity::Good, Some(0.0))]);
        check(vec![cut(None, None)], &[]);
    }

    #[test]
    fn a_stitch_is_no_limb() {
        check(vec![Entry { site: Some(Site::SideStitch), ..knee(20, 8.0) }], &[]);
    }

    #[test]
    fn good_news_is_one_line_about_four_weeks_without_painkillers() {
        let zeros = Entry { moment: Moment::During, ..clear(19) };
        check(vec![knee(15, 1.0), zeros, knee(20, 2.0)], &[(Severity::Good, Some(2.0))]);
        check(vec![knee(15, 3.0), knee(20, 2.0)], &[(Severity::Note, Some(3.0))]);
        assert_eq!(flagged(&RULE, 27, vec![knee(0, 1.0), harmless(27)]).len(), 1);
        assert_eq!(judge(&RULE, 28, vec![knee(0, 1.0), harmless(28)]), [Outcome::Clear]);
        check(vec![Entry { painkiller: Some(true), ..knee(20, 1.0) }], &[]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        let not_judged = |text: &str| [Outcome::NotJudged(text.to_string())];
        assert_eq!(judge(&RULE, 20, vec![harmless(20)]), not_judged("no row with moment=during"));
        let blank = Entry { pain: None, ..knee(20, 0.0) };
        assert_eq!(judge(&RULE, 20, vec![blank]), not_judged("no row with moment=during is rated"));
    }

    #[test]
    fn words() {
        let said = |rows| flagged(&RULE, 20, rows)[0].message.clone();
        assert_eq!(
            said(vec![knee(20, 6.0)]),
            "Pain reached 6 of 10 during the run on 23 Mar 2025 (left knee). Above 5 is usually taken as too much: \
             shorter, flatter or slower next time, or a rest day."
        );
        assert_eq!(
            said(vec![knee(20, 1.0)]),
            "Pain during the run stayed at 2 of 10 or below on the one day you rated it in the last 28 days."
        );
    }
}
