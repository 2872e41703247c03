//! Red flag: tightness and numb feet that come with every run.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::{
    pain::{Entry, Everyday, Moment, Onset, PainType, Sign, Site},
    time::days_between,
};

/// How many runs it takes.
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 3.0,
    change: Change::TRIAGE,
    why: "A choice: once or twice is laces or a hard day, three runs are a pattern.",
};

/// Within how many days.
const SPAN: Limit = Limit {
    key: "span_days",
    value: 28.0,
    change: Change::TRIAGE,
    why: "Four weeks of running.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-both-shins",
    title: "Tight shins and numb feet, run after run",
    headline: "tight shins and numb feet, run after run",
    why: "Lower legs that tighten in every run until the feet go numb, and are well again minutes after, want to be measured and not stretched.",
    formula: "Days on which shin, calf or foot was tight (type tight, or a muscle that is rock hard), numb or tingling (type or sign), in a row that is about a run (moment during or after, or onset during) or does not say when: 3 or more within 28 days, at least one of them numb or tingling. Numbness that a note says went with the laces does not count.",
    needs: "Three days within 28. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 100)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "The NHS text asks people whose legs keep getting painful, tight and numb with exercise, and are well again soon after it, to see a doctor: it is rarely urgent, and there is a test for it. Three runs are a choice.",
        sources: &[
            "NHS, page on pressure in a muscle, nhs.uk/conditions/compartment-syndrome, read November 2026 in a mirrored copy (notinline.org/health-conditions/compartment-syndrome).",
        ],
    },
    limits: &[MINIMUM_DAYS, SPAN, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 days, 3–9 May 2025, you logged tight muscles and numbness (shin on both sides and foot). Legs that do so in every run can be tested for it, and it is rarely urgent. Please make an appointment this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "Legs that do so in every run can be tested for it, and it is rarely urgent. Please make an appointment this week.";
const IF_BACK: &str = "please make an appointment that week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let (days, span) = (sighting::days(ctx), ctx.limit(SPAN) as i64);
    let flag = Flag {
        days: ctx.limit(MINIMUM_DAYS) as usize,
        within_days: span,
        ..Flag::of_the_body(&RULE, ADVICE, IF_BACK)
    };
    sighting::judge(ctx, &flag, |day| seen_with_numbness(&days, day, span))
}

fn seen_with_numbness(days: &[DayAtSite], day: &DayAtSite, span: i64) -> Vec<Seen> {
    let seen = seen(day);
    told_if(!seen.is_empty() && is_numb_near(days, day, span), seen)
}

fn is_here(day: &DayAtSite) -> bool {
    matches!(
        day.site,
        Some(Site::Shin | Site::Calf | Site::Foot | Site::Toe)
    ) && !day.is_everyday(&[Everyday::Laces])
}

fn is_about_a_run(row: &Entry) -> bool {
    row.onset == Some(Onset::During)
        || matches!(row.moment, Moment::During | Moment::After | Moment::Day)
}

/// What the rows about a run say.
fn seen(day: &DayAtSite) -> Vec<Seen> {
    if !is_here(day) {
        return Vec::new();
    }
    let runs = rows_about_runs(day);
    let mut seen = runs.signs(&[Sign::HardMuscle]);
    if runs.has_type(PainType::Tight) {
        seen.push(Seen::logged("tight muscles"));
    }
    seen.extend(numb(&runs));
    seen
}

fn rows_about_runs<'a>(day: &DayAtSite<'a>) -> DayAtSite<'a> {
    let rows = day.rows.iter().copied();
    DayAtSite {
        rows: rows.filter(|row| is_about_a_run(row)).collect(),
        ..day.clone()
    }
}

/// Kinds of pain that say as much as a sign.
const NUMB: &[(PainType, Sign)] = &[
    (PainType::Numb, Sign::Numbness),
    (PainType::Tingling, Sign::Tingling),
];

fn numb(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::Numbness, Sign::Tingling]);
    seen.extend(day.signs_by_type(NUMB));
    seen
}

/// Whether some day of the span around this one is numb or tingling: tight alone is how many calves are.
fn is_numb_near(days: &[DayAtSite], day: &DayAtSite, span: i64) -> bool {
    let start = days.partition_point(|other| days_between(other.date, day.date) >= span);
    let from_start = days.iter().skip(start);
    let mut near = from_start.take_while(|other| days_between(day.date, other.date) < span);
    near.any(|other| is_here(other) && !numb(other).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged};

    fn tight(n: i64) -> Entry {
        Entry {
            types: [PainType::Tight].into(),
            moment: Moment::During,
            ..at(n, Site::Shin, Side::Both)
        }
    }

    fn numb_foot(n: i64) -> Entry {
        Entry {
            signs: [Sign::Numbness].into(),
            moment: Moment::During,
            ..at(n, Site::Foot, Side::Both)
        }
    }

    #[test]
    fn three_runs_with_numbness_among_them() {
        check_red_flag(
            &RULE,
            vec![tight(10), tight(15), tight(20), numb_foot(20)],
            true,
        );
        check_red_flag(&RULE, [10, 15, 20].map(numb_foot).to_vec(), true);
        check_red_flag(&RULE, [10, 15, 20].map(tight).to_vec(), false);
        check_red_flag(&RULE, vec![tight(15), tight(20), numb_foot(20)], false);
    }

    #[test]
    fn only_runs_and_only_lower_legs() {
        let moved = |moment| {
            move |n| Entry {
                moment,
                ..numb_foot(n)
            }
        };
        check_red_flag(&RULE, [10, 15, 20].map(moved(Moment::Day)).to_vec(), true);
        check_red_flag(
            &RULE,
            [10, 15, 20].map(moved(Moment::Night)).to_vec(),
            false,
        );
        let thigh = |n| Entry {
            site: Some(Site::Thigh),
            ..numb_foot(n)
        };
        check_red_flag(&RULE, [10, 15, 20].map(thigh).to_vec(), false);
        let laces = |n| Entry {
            everyday_in_note: [Everyday::Laces].into(),
            ..numb_foot(n)
        };
        check_red_flag(&RULE, [10, 15, 20].map(laces).to_vec(), false);
    }

    #[test]
    fn words() {
        let rows = [10, 15, 20]
            .map(|n| Entry {
                signs: [Sign::Tingling].into(),
                ..tight(n)
            })
            .to_vec();
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 3 days, 13–23 Mar 2025, you logged tight muscles and tingling (shin on both sides). Legs that do so in every \
             run can be tested for it, and it is rarely urgent. Please make an appointment this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
