//! The weekly OSTRC questions say that a problem bites.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage,
};
use crate::pain::{Entry, Site, ostrc, site_text};
use crate::time::{date_text, dates, plus_days};
use crate::units::{Unit, number};

/// How many days a row of answers is about.
const WEEK: Limit = Limit {
    key: "week_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "The questionnaire asks about the last seven days.",
};

/// Points that mean "could not take part".
const NO_PARTICIPATION: Limit = Limit {
    key: "no_participation_points",
    value: ostrc::NO_PARTICIPATION_POINTS as f64,
    change: Change::TRIAGE,
    why: "The highest answer to question 1, in both versions of the questionnaire.",
};

/// Points from which training or performance is affected moderately.
const SUBSTANTIAL: Limit = Limit {
    key: "substantial_points",
    value: ostrc::SUBSTANTIAL_POINTS as f64,
    change: Change::TRIAGE,
    why: "\"Moderate\" is the third of four answers to questions 2 and 3; from there on the authors call a problem substantial.",
};

/// The same in the first version of the questionnaire.
const SUBSTANTIAL_FIRST_VERSION: Limit = Limit {
    key: "substantial_points_first_version",
    value: ostrc::SUBSTANTIAL_POINTS_FIRST_VERSION as f64,
    change: Change::TRIAGE,
    why: "\"Moderate\" is the third of five answers there; the authors' cut is the same word with other points.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "ostrc-substantial",
    title: "Weekly questions: a problem that bites",
    headline: "it takes much of your running, by your weekly answers",
    why: "Four short questions a week catch the problems that people run on with, which a count of lost days misses.",
    formula: "For each row with answers to the OSTRC questions (0, 8, 17 or 25 points each; in the first version questions 2 and 3 have 0, 6, 13, 19 or 25, and the points tell which it is): question 1 at 25, or question 2 or 3 at 17 or more (13 or more in the first version): see someone; else question 1 above 0: note.",
    needs: "A row that answers question 1, or questions 2 or 3 with moderate trouble or more. A blank answer is unknown and not 0.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 250)],
    is_loud: true,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Strong,
        says: "An accepted instrument of sports medicine, made to count problems and how much they bite; \"substantial\" is its own definition. It describes the week, and says nothing about what the problem is or will become.",
        sources: &[
            "Clarsen et al. (2013), British Journal of Sports Medicine 47:495, doi 10.1136/bjsports-2012-091524.",
            "Clarsen et al. (2020), British Journal of Sports Medicine 54:390, doi 10.1136/bjsports-2019-101337.",
            "Scoring as in the ostRc package, with an author of the questionnaire.",
        ],
    },
    limits: &[
        NO_PARTICIPATION,
        SUBSTANTIAL,
        SUBSTANTIAL_FIRST_VERSION,
        WEEK,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, asks to seek advice when pain gets in the way; the questionnaire is not from the articles.",
    message: "Your weekly answers of 4 May 2025 say that a problem changed your training or your running a fair bit (left knee, 42 of 100 points). That is worth the advice of a doctor or physiotherapist.",
    check: Check::Data(check),
};

const ADVICE: &str = "That is worth the advice of a doctor or physiotherapist.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    let judge = |row| Some((row, severity(ctx, Entry::ostrc(row))?));
    let judged: Vec<(&Entry, Severity)> = rows.iter().filter_map(judge).collect();
    if judged.is_empty() && !rows.is_empty() {
        return vec![Outcome::not_judged(
            "no row answers the weekly OSTRC questions far enough",
        )];
    }
    let flagged = judged.into_iter();
    let flagged = flagged.filter(|(_, severity)| *severity > Severity::Good);
    triage::flagged(
        ctx,
        flagged.map(|(row, severity)| finding(ctx, row, severity)),
    )
}

/// Good means that the answers name no problem; None that they leave it open.
fn severity(ctx: &Context, answers: [Option<u8>; 4]) -> Option<Severity> {
    let [participation, modified, performance, _] = answers;
    let is_out =
        participation.is_some_and(|points| f64::from(points) >= ctx.limit(NO_PARTICIPATION));
    let mut problems = [modified, performance].into_iter().flatten();
    if is_out || problems.any(|points| is_substantial(ctx, points)) {
        return Some(Severity::SeeSomeone);
    }
    Some(match participation? {
        0 => Severity::Good,
        _ => Severity::Note,
    })
}

fn is_substantial(ctx: &Context, points: u8) -> bool {
    let limit = match ostrc::is_first_version(points) {
        true => SUBSTANTIAL_FIRST_VERSION,
        false => SUBSTANTIAL,
    };
    f64::from(points) >= ctx.limit(limit)
}

fn finding(ctx: &Context, row: &Entry, severity: Severity) -> Finding {
    let week = dates(plus_days(row.date, 1 - ctx.limit(WEEK) as i64), row.date);
    let points = ostrc::score(row.ostrc()).and_then(|score| score.severity);
    let finding = Finding {
        observed: points.map(f64::from),
        unit: Unit::OfHundred,
        site: row.site.filter(|site| *site != Site::None),
        side: row.side,
        run_ids: sighting::run_ids(ctx, &week.collect()),
        ..Finding::on(&RULE, severity, row.date, row.date)
    };
    let message = message(&finding, triage::is_current(&finding, ctx.history.as_of));
    let advice = match severity {
        Severity::SeeSomeone => ADVICE,
        _ => "",
    };
    triage::asking(ctx, Finding { message, ..finding }, advice)
}

fn message(finding: &Finding, is_current: bool) -> String {
    let (date, details) = (date_text(finding.to), details(finding));
    match (finding.severity, is_current) {
        (Severity::SeeSomeone, true) => format!(
            "Your weekly answers of {date} say that a problem changed your training or your running a fair bit{details}."
        ),
        (Severity::SeeSomeone, false) => format!(
            "Your weekly answers of {date} said that a problem changed your training or your running a fair bit{details}."
        ),
        (_, true) => format!("Your weekly answers of {date} mention a problem{details}."),
        (_, false) => format!("Your weekly answers of {date} mentioned a problem{details}."),
    }
}

/// " (left knee, 40 of 100 points)", as far as they are known.
fn details(finding: &Finding) -> String {
    let place = finding.site.map(|site| site_text(site, finding.side));
    let points = finding
        .observed
        .map(|points| format!("{} of 100 points", number(points, 0)));
    let details: Vec<String> = place.into_iter().chain(points).collect();
    match details.is_empty() {
        true => String::new(),
        false => format!(" ({})", details.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Beside;
    use crate::pain::Side;
    use crate::rules::pain_fixture::{at, check_too_little_data, clear, flagged, harmless, judge};

    fn week(answers: [Option<u8>; 4]) -> Entry {
        Entry {
            beside: Beside {
                ostrc: answers,
                ..Beside::default()
            }
            .kept(),
            ..at(20, Site::Knee, Side::Left)
        }
    }

    fn check(answers: [Option<u8>; 4], expected: Option<(Severity, Option<f64>)>) {
        let found: Vec<_> = flagged(&RULE, 20, vec![week(answers)])
            .iter()
            .map(|f| (f.severity, f.observed))
            .collect();
        assert_eq!(
            found,
            expected.into_iter().collect::<Vec<_>>(),
            "{answers:?}"
        );
    }

    #[test]
    fn twenty_five_on_the_first_or_seventeen_on_the_next_two() {
        use Severity::{Note, SeeSomeone};
        check(
            [Some(25), Some(0), Some(0), Some(0)],
            Some((SeeSomeone, Some(25.0))),
        );
        check(
            [Some(17), Some(8), Some(8), Some(25)],
            Some((Note, Some(58.0))),
        );
        check(
            [Some(8), Some(17), Some(8), Some(8)],
            Some((SeeSomeone, Some(41.0))),
        );
        check(
            [Some(8), Some(8), Some(17), Some(8)],
            Some((SeeSomeone, Some(41.0))),
        );
        check(
            [Some(8), Some(0), Some(0), Some(0)],
            Some((Note, Some(8.0))),
        );
        check([Some(0), Some(0), Some(0), Some(0)], None);
        check([Some(0), Some(0), Some(0), Some(17)], None);
    }

    #[test]
    fn thirteen_on_the_second_or_third_in_the_first_version() {
        use Severity::{Note, SeeSomeone};
        check(
            [Some(8), Some(13), Some(6), Some(8)],
            Some((SeeSomeone, Some(35.0))),
        );
        check(
            [Some(8), Some(6), Some(19), Some(8)],
            Some((SeeSomeone, Some(41.0))),
        );
        check(
            [Some(17), Some(6), Some(6), Some(8)],
            Some((Note, Some(37.0))),
        );
        check([None, Some(13), None, None], Some((SeeSomeone, None)));
        check([Some(0), Some(6), Some(0), Some(0)], None);
        // Answers of both versions in one row: each is judged by its own, and there is no sum.
        check(
            [Some(8), Some(13), Some(8), Some(8)],
            Some((SeeSomeone, None)),
        );
    }

    #[test]
    fn a_blank_answer_is_unknown() {
        check(
            [None, Some(17), None, None],
            Some((Severity::SeeSomeone, None)),
        );
        check([Some(8), None, None, None], Some((Severity::Note, None)));
        let open = judge(&RULE, 20, vec![week([None, Some(8), Some(8), Some(8)])]);
        assert_eq!(
            open,
            [Outcome::NotJudged(
                "no row answers the weekly OSTRC questions far enough".to_string()
            )]
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        assert!(matches!(
            judge(&RULE, 20, vec![harmless(20)]).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        let none = Entry {
            beside: Beside {
                ostrc: [Some(0), None, None, None],
                ..Beside::default()
            }
            .kept(),
            ..clear(20)
        };
        assert_eq!(judge(&RULE, 20, vec![none]), [Outcome::Clear]);
    }

    #[test]
    fn words_and_the_runs_of_the_week() {
        let rows = || vec![week([Some(17), Some(17), Some(8), Some(0)])];
        let found = flagged(&RULE, 20, rows());
        assert_eq!(
            found[0].run_ids,
            [14, 15, 16, 17, 18, 19, 20].map(|n| format!("run-{n}"))
        );
        assert_eq!(
            found[0].text(),
            "Your weekly answers of 23 Mar 2025 say that a problem changed your training or your running a fair bit \
             (left knee, 42 of 100 points). That is worth the advice of a doctor or physiotherapist."
        );
        let said = |as_of, rows| flagged(&RULE, as_of, rows)[0].text();
        assert_eq!(
            said(35, rows()),
            "Your weekly answers of 23 Mar 2025 said that a problem changed your training or your running a fair bit \
             (left knee, 42 of 100 points)."
        );
        let small = Entry {
            site: None,
            side: None,
            ..week([Some(8), None, None, None])
        };
        assert_eq!(
            said(20, vec![small.clone()]),
            "Your weekly answers of 23 Mar 2025 mention a problem."
        );
        assert_eq!(
            said(35, vec![small]),
            "Your weekly answers of 23 Mar 2025 mentioned a problem."
        );
    }
}
