//! For a low or fallen step rate together with pain at the knee, shin or hip: how to try a quicker one.

use super::verdicts::is_past;
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Judged, Limit, Outcome, Rule,
    Severity, Stance,
};
use super::{cadence_below_own, cadence_low_absolute, sighting::is_sore, triage};
use crate::model::Run;
use crate::pain::Site;
use crate::units::{Unit, number};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence-nudge",
    title: "Quicker, shorter steps to try",
    headline: "quicker, shorter steps to try",
    why: "Articles ask for 170–180 steps a minute; what was tested is a little more than your own.",
    formula: "Target: own median cadence on the flat over the last 8 weeks times 1.05, never more than times 1.10, at the same \
        speed. Told when cadence-low-absolute finds it under its lower limit, or cadence-below-own finds it under the own \
        line, in the last 14 days, and pain above 0 at the knee, kneecap, shin or hip was logged in those 8 weeks.",
    needs: "What the two rules need: five runs of 20 minutes or more with flat cadence in 8 weeks; and a pain log.",
    cap: Severity::Note,
    group: Group::CadenceAndHills,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Apart("It asks for pain in the knee, shin or hip."),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In 45 runners in a laboratory 5 and 10 % more steps at the same speed lowered the work of the knee, \
            and a review of ten such studies agrees; no fixed number of steps is named. In two small studies pain \
            around the kneecap eased with a higher step rate. In a trial of 69 runners, adding such training to \
            advice on load brought no further benefit.",
        sources: &[
            "Heiderscheit 2011, Medicine & Science in Sports & Exercise 43:296, doi 10.1249/MSS.0b013e3181ebedf4",
            "Schubert 2014, Sports Health 6:210, doi 10.1177/1941738113508544",
            "Anderson 2022, Sports Medicine - Open 8:112, doi 10.1186/s40798-022-00504-0",
            "Esculier 2018, British Journal of Sports Medicine 52:659, doi 10.1136/bjsports-2016-096988",
        ],
    },
    limits: &[FACTOR, LARGEST_FACTOR],
    ordered: &[(FACTOR, LARGEST_FACTOR)],
    rests_on: &[&cadence_low_absolute::RULE, &cadence_below_own::RULE],
    seed: "S1, seven ways to prevent leg ache after running, asks for 170–180 steps a minute and cites Heiderscheit 2011, which \
        tested 5 and 10 % over the runner's own rate instead.",
    message: "Your steps are slow for you or on the low side, and you logged pain at the knee, shin or hip in these weeks. If \
        you like to try: about 5 % quicker, shorter steps at the same pace (≈ 160 instead of 152 a minute, and no more \
        than 167), a few minutes at a time.",
    check: Check::After(check),
};

const FACTOR: Limit = Limit {
    key: "factor",
    value: 1.05,
    change: Change::Within(1.01, 1.1),
    why: "The smaller of the two steps, 5 and 10 % over one's own rate, that Heiderscheit 2011 tested.",
};
const LARGEST_FACTOR: Limit = Limit {
    key: "largest_factor",
    value: 1.1,
    change: Change::Within(1.01, 1.1),
    why: "The larger of the two; beyond it nothing was tested.",
};

fn check(ctx: &Context, heard: &Judged) -> Vec<Outcome> {
    vec![match cadence_low_absolute::own_median(ctx) {
        Err(missing) => Outcome::NotJudged(missing),
        Ok(_) if triage::rows(ctx).is_empty() => {
            Outcome::NotJudged(triage::why_empty(ctx).to_string())
        }
        Ok((recent, spm)) => judge(ctx, heard, &recent, spm),
    }]
}

fn judge(ctx: &Context, heard: &Judged, recent: &[&Run], spm: f64) -> Outcome {
    let (Some(first), Some(last)) = (recent.first(), recent.last()) else {
        return Outcome::Clear;
    };
    let (from, to) = (first.local_date(), last.local_date());
    match !is_past(ctx, to) && is_slow(ctx, heard, spm) && has_pain(ctx, from) {
        true => Outcome::Flagged(finding(ctx, recent, (from, to), spm)),
        false => Outcome::Clear,
    }
}

/// Whether one of the two rules finds the step rate low now.
fn is_slow(ctx: &Context, heard: &Judged, spm: f64) -> bool {
    let is_below_own = |finding: &Finding| {
        finding.rule == cadence_below_own::RULE.id
            && finding.severity > Severity::Good
            && !is_past(ctx, finding.to)
    };
    spm < cadence_low_absolute::low_spm(ctx) || heard.findings.iter().any(is_below_own)
}

/// Whether the runner logged pain since `from` where a quicker step is known to take load off.
fn has_pain(ctx: &Context, from: NaiveDate) -> bool {
    let mut rows = triage::rows(ctx).iter();
    rows.any(|row| row.date >= from && is_eased(row.site) && is_sore(row))
}

fn is_eased(site: Option<Site>) -> bool {
    matches!(
        site,
        Some(Site::Knee | Site::Kneecap | Site::Shin | Site::Hip)
    )
}

fn finding(
    ctx: &Context,
    recent: &[&Run],
    (from, to): (NaiveDate, NaiveDate),
    spm: f64,
) -> Finding {
    Finding {
        observed: Some(spm),
        unit: Unit::StepsPerMin,
        run_ids: recent.iter().map(|run| run.run_id.clone()).collect(),
        message: FACT.to_string(),
        instruction: advice(ctx, spm),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

const FACT: &str = "Your steps are slow for you or on the low side, and you logged pain at the knee, shin or hip in these weeks.";

fn advice(ctx: &Context, spm: f64) -> String {
    let steps = |factor: f64| number(spm * factor, 0);
    format!(
        "If you like to try: about {} % quicker, shorter steps at the same pace (≈ {} instead of {} a minute, and no more than {}), \
         a few minutes at a time.",
        number((ctx.limit(FACTOR) - 1.0) * 100.0, 0),
        steps(ctx.limit(FACTOR)),
        steps(1.0),
        steps(ctx.limit(LARGEST_FACTOR))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::History;
    use crate::rules::fixture::{calendar, day, findings_with, history, judge, log, run, sore};

    fn runs_at(spm: f64) -> Vec<Run> {
        (0..10)
            .map(|n| Run {
                cadence_flat_spm: Some(spm),
                ..run(3 * n, 8.0)
            })
            .collect()
    }

    fn says(history: &History, site: Site, n: i64, pain: f64) -> Vec<String> {
        findings_with(&RULE, history, &log(vec![sore(n, site, pain)]))
            .into_iter()
            .map(|f| f.text())
            .collect()
    }

    #[test]
    fn at_the_limit_and_just_under_with_pain_in_the_right_place() {
        for (spm, site, pain, nudged) in [
            (154.9, Site::Knee, 2.0, true),
            (155.0, Site::Knee, 2.0, false),
            (152.0, Site::Shin, 1.0, true),
            (152.0, Site::Hip, 1.0, true),
            (152.0, Site::Knee, 0.0, false),
            (152.0, Site::Calf, 4.0, false),
        ] {
            let said = says(&history(runs_at(spm)), site, 10, pain);
            assert_eq!(!said.is_empty(), nudged, "{spm} {site:?} {pain}");
        }
    }

    #[test]
    fn steps_under_the_own_line_count_as_well() {
        // Twelve runs on the vectors' line 133.6 + 11·speed, then two days 5 % or nothing under it.
        let at = |n: i64, speed: f64, factor: f64| {
            let spm = Some((133.6 + 11.0 * speed) * factor);
            Run {
                speed_flat_m_s: Some(speed),
                cadence_flat_spm: spm,
                ..run(n, 8.0)
            }
        };
        for (factor, nudged) in [(0.95, true), (1.0, false)] {
            let month = (0..12).map(|n| at(3 * n, 2.4 + 0.2 * (n % 6) as f64, 1.0));
            let history = history(month.chain([42, 43].map(|n| at(n, 2.7, factor))).collect());
            assert_eq!(
                !says(&history, Site::Knee, 40, 2.0).is_empty(),
                nudged,
                "{factor}"
            );
        }
    }

    #[test]
    fn it_is_about_now() {
        // The last run is on day 27; pain before the eight weeks or after the report is not looked at.
        for (as_of, n, nudged) in [
            (41, 30, true),
            (42, 30, false),
            (27, 28, false),
            (30, 28, true),
            (27, -1, false),
        ] {
            let history = calendar(runs_at(152.0), &log(vec![]), day(as_of));
            assert_eq!(
                !says(&history, Site::Knee, n, 2.0).is_empty(),
                nudged,
                "{as_of} {n}"
            );
        }
    }

    #[test]
    fn too_little_data() {
        let sore_knee = || log(vec![sore(3, Site::Knee, 3.0)]);
        let four = history(runs_at(150.0)[..4].to_vec());
        assert!(
            matches!(
                judge(&RULE, &four, &sore_knee()).as_slice(),
                [Outcome::NotJudged(_)]
            ),
            "four runs"
        );
        let no_log = judge(&RULE, &history(runs_at(150.0)), &log(vec![]));
        assert_eq!(
            no_log,
            [Outcome::NotJudged("no pain log was given".to_string())]
        );
        assert!(matches!(
            judge(&RULE, &history(runs_at(150.0)), &sore_knee()).as_slice(),
            [Outcome::Flagged(_)]
        ));
    }

    #[test]
    fn the_message_has_the_numbers() {
        // 152 × 1.05 = 159.6 and × 1.1 = 167.2.
        assert_eq!(
            says(&history(runs_at(152.0)), Site::Knee, 10, 2.0),
            [RULE.message]
        );
    }
}
