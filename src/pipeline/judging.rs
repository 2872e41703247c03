//! Judging: what the history and the log come to together.

use super::laying_out::Laid;
use crate::{
    analysis::{Analysis, DayFrom},
    associate::{self, Association, Wider},
    backtest::{self, Backtest, watch::Watch},
    config::Judging,
    course::{self, Back, Course, Lines, ThisWeek},
    frames::Frames,
    model::History,
    pain::PainLog,
    rules::{self, Context, Finding, NotJudged},
};

/// What the laid out history comes to, judged.
pub(super) fn judged(laid: Laid, pain: PainLog, options: &Judging) -> (Analysis, Frames) {
    let judged = judge(&laid.history, &pain, options);
    let analysis = Analysis {
        history: laid.history,
        day_from: day_from(options),
        findings: judged.findings,
        not_judged: judged.not_judged,
        associations: judged.associations,
        wider: judged.wider,
        backtest: judged.backtest,
        watch: judged.watch,
        courses: judged.courses,
        back: judged.back,
        week: judged.week,
        lines: judged.lines,
        merges: laid.merges,
        shoes: laid.shoes,
        digest: laid.digest,
        tally: laid.tally,
        problems: laid.problems,
        pain,
        units: options.units,
        limits: options.limits.clone(),
        emergency_number: options.emergency_number.clone(),
        heart_rate_basis: laid.heart_rate_basis,
    };
    (analysis, laid.frames)
}

/// What the history and the log come to together.
struct Judged {
    findings: Vec<Finding>,
    not_judged: Vec<NotJudged>,
    associations: Vec<Association>,
    wider: Wider,
    backtest: Backtest,
    watch: Watch,
    courses: Vec<Course>,
    back: Option<Back>,
    week: ThisWeek,
    lines: Lines,
}

fn judge(history: &History, pain: &PainLog, options: &Judging) -> Judged {
    let context =
        Context::new(history, pain, options.units).with(&options.limits, &options.emergency_number);
    let mut judged = rules::judge(&context);
    let mut associations = associate::associate(history, pain);
    let mut backtest = backtest::backtest(&context, &judged.findings);
    // One family: a q allows for every test of the report, so what it decides comes last.
    backtest::one_family(&mut associations, &mut backtest);
    let bar = backtest::bar(&associations, &backtest);
    associate::hold(&mut associations, history, pain, bar);
    judged.hear_links(&associations);
    let (findings, not_judged) = judged.sorted();
    let watch = backtest::watch::watch(&context, &findings);
    Judged {
        courses: course::courses(history, pain, &findings),
        back: course::back::back(&context),
        week: course::week::week(history, &watch),
        lines: course::lines::lines(history, &findings),
        watch,
        findings,
        not_judged,
        associations,
        wider: associate::wider(history, pain),
        backtest,
    }
}

/// What the rules say alone, without what is tested.
pub(super) fn by_rules(history: &History, pain: &PainLog, options: &Judging) -> Vec<Finding> {
    let context =
        Context::new(history, pain, options.units).with(&options.limits, &options.emergency_number);
    rules::judge(&context).sorted().0
}

pub(super) fn day_from(options: &Judging) -> DayFrom {
    match (options.as_of, options.as_of_today) {
        (None, _) => DayFrom::LastRecord,
        (Some(_), false) => DayFrom::Given,
        (Some(_), true) => DayFrom::Clock,
    }
}
