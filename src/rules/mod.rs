//! Rules: one file each, one line in [`RULES`]. A rule says what it computes, why, on what evidence, and when it keeps quiet.

pub mod activity_gap;
pub mod acwr_high;
pub mod ascent_spike;
pub mod cadence_below_own;
pub mod cadence_low_absolute;
pub mod cadence_nudge;
pub mod descent_spike;
pub mod everyday;
pub mod fast_start;
pub mod hard_minutes_jump;
pub mod kit;
pub mod load_monotony;
pub mod load_pain_link;
pub mod load_strain;
pub mod log_coverage;
pub mod no_deload;
pub mod ostrc_substantial;
pub mod pain_during_run;
pub mod pain_high;
pub mod pain_hotspot;
pub mod pain_next_morning;
pub mod pain_outside_doms;
pub mod pain_over_a_week;
pub mod pain_rising;
pub mod painkiller_before_runs;
pub mod previous_injury;
pub mod red_flag_achilles_calf;
pub mod red_flag_artery;
pub mod red_flag_back;
pub mod red_flag_back_unwell;
pub mod red_flag_bite;
pub mod red_flag_bone_spot;
pub mod red_flag_both_shins;
pub mod red_flag_chest;
pub mod red_flag_cold_limb;
pub mod red_flag_collapse;
pub mod red_flag_confusion;
pub mod red_flag_deformity;
pub mod red_flag_hamstring;
pub mod red_flag_hard_muscle;
pub mod red_flag_head;
pub mod red_flag_hip_groin;
pub mod red_flag_hot_joint;
pub mod red_flag_inhaler;
pub mod red_flag_knee;
pub mod red_flag_knee_gives_way;
pub mod red_flag_nerve;
pub mod red_flag_one_sided_swelling;
pub mod red_flag_palpitations;
pub mod red_flag_periods;
pub mod red_flag_pregnancy;
pub mod red_flag_rest_pain;
pub mod red_flag_severe;
pub mod red_flag_skin;
pub mod red_flag_swelling;
pub mod red_flag_throat;
pub mod red_flag_tick;
pub mod red_flag_unwell;
pub mod red_flag_urine;
pub mod red_flag_vein;
pub mod rest_days_few;
pub mod return_after_break;
pub mod running_through_pain;
pub mod settled_week;
pub mod shoe_distance;
pub mod single_run_spike;
pub mod sleep_short;
pub mod soreness_fits_doms;
pub mod time_loss;
pub mod weekly_distance_jump;
pub mod weekly_volume_high;

pub use kit::{
    climb, emergency_number, handbook, ladder, limits, pattern, sighting, standing, triage, until,
};
pub use kit::{
    context::Context,
    emergency_number::EmergencyNumber,
    evidence::{Evidence, Stance},
    finding::{Finding, NotJudged, Outcome},
    judged::Judged,
    limit::{Change, Limit},
    limits::Limits,
    pattern::{Backtest, Needs, Pattern},
    place_in_report::{Group, Mark},
    severity::Severity,
};
use kit::{day_at_site, explained, limb, series, verdicts};
#[cfg(test)]
pub use kit::{fixture, pain_fixture};

use crate::{associate::Association, pain::episodes::episodes};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// Every rule, in the order of the handbook. Adding a rule is one file and one line here.
pub const RULES: &[&Rule] = &[
    // Red flags, in the order of the triage table.
    &red_flag_chest::RULE,
    &red_flag_collapse::RULE,
    &red_flag_confusion::RULE,
    &red_flag_throat::RULE,
    &red_flag_inhaler::RULE,
    &red_flag_back::RULE,
    &red_flag_hard_muscle::RULE,
    &red_flag_deformity::RULE,
    &red_flag_achilles_calf::RULE,
    &red_flag_severe::RULE,
    &red_flag_hip_groin::RULE,
    &red_flag_knee::RULE,
    &red_flag_hot_joint::RULE,
    &red_flag_one_sided_swelling::RULE,
    &red_flag_cold_limb::RULE,
    &red_flag_head::RULE,
    &red_flag_urine::RULE,
    &red_flag_palpitations::RULE,
    &red_flag_pregnancy::RULE,
    &red_flag_skin::RULE,
    &red_flag_bite::RULE,
    &red_flag_back_unwell::RULE,
    &red_flag_bone_spot::RULE,
    &red_flag_hamstring::RULE,
    &red_flag_nerve::RULE,
    &red_flag_both_shins::RULE,
    &red_flag_rest_pain::RULE,
    &red_flag_unwell::RULE,
    &red_flag_swelling::RULE,
    &red_flag_knee_gives_way::RULE,
    &red_flag_tick::RULE,
    &red_flag_periods::RULE,
    &red_flag_artery::RULE,
    &red_flag_vein::RULE,
    // Load.
    &single_run_spike::RULE,
    &weekly_distance_jump::RULE,
    &hard_minutes_jump::RULE,
    &acwr_high::RULE,
    &no_deload::RULE,
    &rest_days_few::RULE,
    &load_monotony::RULE,
    &load_strain::RULE,
    &weekly_volume_high::RULE,
    &return_after_break::RULE,
    &fast_start::RULE,
    // Cadence and hills.
    &cadence_low_absolute::RULE,
    &cadence_below_own::RULE,
    &cadence_nudge::RULE,
    &ascent_spike::RULE,
    &descent_spike::RULE,
    // Pain.
    &pain_high::RULE,
    &pain_during_run::RULE,
    &pain_next_morning::RULE,
    &running_through_pain::RULE,
    &pain_over_a_week::RULE,
    &pain_rising::RULE,
    &pain_hotspot::RULE,
    &pain_outside_doms::RULE,
    &time_loss::RULE,
    &ostrc_substantial::RULE,
    &previous_injury::RULE,
    &painkiller_before_runs::RULE,
    &soreness_fits_doms::RULE,
    &everyday::RULE,
    &settled_week::RULE,
    // Beside the running.
    &sleep_short::RULE,
    &shoe_distance::RULE,
    // Load and pain together, and what the data can carry.
    &load_pain_link::RULE,
    &log_coverage::RULE,
    &activity_gap::RULE,
];

/// Asks every rule once but those about links, which [`Judged::hear_links`] asks.
pub fn judge(ctx: &Context) -> Judged {
    let days = day_at_site::days_at_sites(triage::rows(ctx));
    let spells = episodes(triage::rows(ctx));
    let ctx = &Context {
        days: Some(&days),
        spells: Some(&spells),
        ..*ctx
    };
    let mut judged = judge_by_data(ctx);
    for rule in RULES {
        if let Check::After(check) = rule.check {
            let outcomes = check(&ctx.of(rule), &judged);
            judged.add(rule, outcomes);
        }
    }
    judged.in_order_of_rules();
    judged.reword(previous_injury::recalling(ctx));
    judged
}

/// Asks the rules about load, step rate and hills alone, which judge by the data.
pub fn judge_running(ctx: &Context) -> Judged {
    let mut judged = Judged::default();
    for rule in RULES {
        let is_of_running = matches!(rule.group, Group::Load | Group::CadenceAndHills);
        if let (Check::Data(check), true) = (rule.check, is_of_running) {
            judged.add(rule, check(&ctx.of(rule)));
        }
    }
    judged
}

/// Side by side, and put together in the order of the list, so that no thread changes what is said.
fn judge_by_data(ctx: &Context) -> Judged {
    let said = RULES.par_iter().filter_map(|rule| match rule.check {
        Check::Data(check) => Some((*rule, check(&ctx.of(rule)))),
        Check::After(_) | Check::Links(_) => None,
    });
    let said: Vec<(&Rule, Vec<Outcome>)> = said.collect();
    let mut judged = Judged::default();
    judged.make_room(said.iter().flat_map(|(_, outcomes)| outcomes));
    for (rule, outcomes) in said {
        judged.add(rule, outcomes);
    }
    judged
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// What a finding of the rule with this id says in a few words; the id where no rule has it.
pub fn headline(id: &'static str) -> &'static str {
    rule(id).map_or(id, |rule| rule.headline)
}

/// Whether the rule with this id is an alarm.
pub fn is_red_flag(id: &str) -> bool {
    rule(id).is_some_and(|rule| rule.group == Group::RedFlags)
}

/// A rule. No field has a default, so a rule without evidence does not compile.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Rule {
    /// Kebab-case, stable: scripts read it. The file has the same name with underscores.
    pub id: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What a finding of it says in a few words, after its place and a colon: `it hurts while you run`.
    #[serde(skip)]
    pub headline: &'static str,
    /// Why a runner would want to know.
    pub why: &'static str,
    /// What is computed, as a formula in words with units.
    pub formula: &'static str,
    /// The data it needs before it may speak.
    pub needs: &'static str,
    /// The loudest it may ever be.
    #[serde(rename = "severity_cap")]
    pub cap: Severity,
    /// Its part of the handbook.
    #[serde(skip)]
    pub group: Group,
    /// Its rows of the triage table: each level at which a current finding of it can head the report, and its place among the
    /// rows of that level, smallest first.
    #[serde(skip)]
    pub triage: &'static [(Severity, u16)],
    /// Whether a finding of it, unless it is a good one, makes a week no quiet one.
    #[serde(skip)]
    pub is_loud: bool,
    /// Whether its findings recall earlier trouble at their place.
    #[serde(skip)]
    pub recalls: bool,
    /// The pictures that mark its findings.
    #[serde(skip)]
    pub marks: &'static [Mark],
    /// Whether and how the report looks back for pain after its findings.
    #[serde(skip)]
    pub backtest: Backtest,
    /// What stands behind it.
    pub evidence: Evidence,
    /// Every threshold.
    pub limits: &'static [Limit],
    /// Limits that keep their order, smaller and larger: a watch below its note would say less the more there is.
    #[serde(skip)]
    pub ordered: &'static [(Limit, Limit)],
    /// Other rules whose limits its findings rest on as well.
    #[serde(skip)]
    pub rests_on: &'static [&'static Rule],
    /// What the popular articles that niggle started from (S0–S3, see [`handbook`]) say about it, or that they do not.
    pub seed: &'static str,
    /// The sentence the runner reads, with an example's numbers; `{number}` is where the emergency number stands.
    #[serde(serialize_with = "with_every_number")]
    pub message: &'static str,
    /// How it judges. What it says is never empty: at least one [`Outcome::Clear`] or [`Outcome::NotJudged`].
    #[serde(skip)]
    pub check: Check,
}

fn with_every_number<S: Serializer>(message: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&EmergencyNumber::default().put_into(message))
}

/// How a rule judges. No rule asks another: what it hears of others was judged before it.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// By the data alone.
    Data(fn(&Context) -> Vec<Outcome>),
    /// By the data and by what others said of it: all rules that judge by the data alone, and those rules of this kind that
    /// stand before it in [`RULES`].
    After(fn(&Context, &Judged) -> Vec<Outcome>),
    /// By the links between load and pain, whose q allows for every test of a report, so that they are known last.
    Links(fn(&[Association]) -> Vec<Outcome>),
}
