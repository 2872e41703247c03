//! Rules: one file each, one line in [`RULES`]. A rule says what it computes, why, on what evidence, and when it keeps quiet.

pub mod activity_gap;
pub mod acwr_high;
pub mod ascent_spike;
pub mod cadence_below_own;
pub mod cadence_low_absolute;
pub mod cadence_nudge;
pub mod descent_spike;
pub mod everyday;
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

use kit::{climb, explained, limb, verdicts};
pub use kit::{
    context::Context,
    emergency_number::EmergencyNumber,
    limits::{Change, Limits},
    pattern::{Backtest, Needs, Pattern},
};
pub use kit::{emergency_number, handbook, ladder, limits, pattern, sighting, standing, triage};
#[cfg(test)]
pub use kit::{fixture, pain_fixture};

use crate::{
    associate::Association,
    pain::{Side, Site, episodes::episodes},
    units::Unit,
};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

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

/// What the rules said so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// Everything flagged or good.
    pub findings: Vec<Finding>,
    /// Rules that could not judge, and what was missing.
    pub not_judged: Vec<NotJudged>,
}

impl Judged {
    fn add(&mut self, rule: &Rule, outcomes: Vec<Outcome>) {
        self.make_room(&outcomes);
        for outcome in outcomes {
            match outcome {
                Outcome::Flagged(finding) | Outcome::Good(finding) => self.findings.push(finding),
                Outcome::NotJudged(why) => self.not_judged.push(NotJudged { rule: rule.id, why }),
                Outcome::Clear => {}
            }
        }
    }

    /// For what will be added, and no more: doubling a list of tens of thousands of findings takes room for as many again.
    fn make_room<'o>(&mut self, outcomes: impl IntoIterator<Item = &'o Outcome>) {
        let is_finding =
            |outcome: &&Outcome| matches!(outcome, Outcome::Flagged(_) | Outcome::Good(_));
        self.findings
            .reserve_exact(outcomes.into_iter().filter(is_finding).count());
    }

    /// Asks the rules about links between load and pain.
    pub fn hear_links(&mut self, links: &[Association]) {
        for rule in RULES {
            if let Check::Links(check) = rule.check {
                self.add(rule, check(links));
            }
        }
    }

    /// As if every rule had been asked in the order of [`RULES`].
    fn in_order_of_rules(&mut self) {
        let places: BTreeMap<&str, usize> = RULES
            .iter()
            .enumerate()
            .map(|(place, rule)| (rule.id, place))
            .collect();
        // A long log has tens of thousands of findings: they are sorted without a second list of them.
        self.findings
            .sort_by_cached_key(|finding| places.get(finding.rule).copied());
        self.not_judged
            .sort_by_key(|not_judged| places.get(not_judged.rule).copied());
    }

    /// Findings loudest first, then newest first; rules that could not judge in the order they were asked.
    pub fn sorted(mut self) -> (Vec<Finding>, Vec<NotJudged>) {
        self.findings.sort_by_cached_key(|finding| {
            std::cmp::Reverse((finding.severity, finding.to, finding.from))
        });
        (self.findings, self.not_judged)
    }
}

/// Asks every rule once but those about links, which [`Judged::hear_links`] asks.
pub fn judge(context: &Context) -> Judged {
    let days = sighting::days_at_sites(triage::rows(context));
    let spells = episodes(triage::rows(context));
    let context = &Context {
        days: Some(&days),
        spells: Some(&spells),
        ..*context
    };
    let mut judged = Judged::default();
    // Side by side, and put together in the order of the list, so that no thread changes what is said.
    let by_data = RULES.par_iter().filter_map(|rule| match rule.check {
        Check::Data(check) => Some((*rule, check(&context.of(rule)))),
        Check::After(_) | Check::Links(_) => None,
    });
    let by_data: Vec<(&Rule, Vec<Outcome>)> = by_data.collect();
    judged.make_room(by_data.iter().flat_map(|(_, outcomes)| outcomes));
    for (rule, outcomes) in by_data {
        judged.add(rule, outcomes);
    }
    for rule in RULES {
        if let Check::After(check) = rule.check {
            let outcomes = check(&context.of(rule), &judged);
            judged.add(rule, outcomes);
        }
    }
    judged.in_order_of_rules();
    let spells = previous_injury::long_spells(context);
    let reworded = |finding| previous_injury::reworded(context, &spells, finding);
    judged.findings = judged.findings.into_iter().map(reworded).collect();
    judged
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Whether the rule with this id is an alarm.
pub fn is_red_flag(id: &str) -> bool {
    rule(id).is_some_and(|rule| rule.group == Group::RedFlags)
}

/// A rule that had too little data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJudged {
    /// The rule's id.
    pub rule: &'static str,
    /// What is missing.
    pub why: String,
}

/// How loud a finding is. The order is the order of the report, quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a smile.
    Good,
    /// Information.
    Note,
    /// Keep an eye on it.
    Watch,
    /// Lighter days.
    EaseOff,
    /// A doctor or physiotherapist should have a look.
    SeeSomeone,
    /// The same day.
    Urgent,
    /// Now.
    Emergency,
}

impl Severity {
    /// Every level, quietest first.
    pub const ALL: &[Severity] = &[
        Severity::Good,
        Severity::Note,
        Severity::Watch,
        Severity::EaseOff,
        Severity::SeeSomeone,
        Severity::Urgent,
        Severity::Emergency,
    ];

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Good => "good",
            Severity::Note => "note",
            Severity::Watch => "watch",
            Severity::EaseOff => "ease-off",
            Severity::SeeSomeone => "see-someone",
            Severity::Urgent => "urgent",
            Severity::Emergency => "emergency",
        }
    }

    /// How it is said to the runner.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Good => "Good",
            Severity::Note => "For information",
            Severity::Watch => "Keep an eye on it",
            Severity::EaseOff => "Ease off",
            Severity::SeeSomeone => "Have it looked at",
            Severity::Urgent => "Today",
            Severity::Emergency => "Now",
        }
    }
}

/// What the literature says about a rule, graded as in [`crate::method::rules`], Grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Several sound studies or an accepted definition.
    Strong,
    /// One large cohort, or consensus with some trials.
    Moderate,
    /// Small studies, mechanism or custom.
    Weak,
    /// Studies disagree with the claim or with each other.
    Contested,
    /// Describes the runner's own data; claims nothing.
    Descriptive,
    /// Public health services, reviews or clinical pathways tell everyone so; no study of a flag's value in runners.
    CommonAdvice,
}

/// The evidence behind a rule.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Evidence {
    /// How far it carries.
    pub stance: Stance,
    /// What the sources really say, in plain words, with their numbers.
    pub says: &'static str,
    /// The sources, each as author, year, journal, identifier where known.
    pub sources: &'static [&'static str],
}

/// One threshold of a rule.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Limit {
    /// Name with unit, unique inside its rule and stable (`minimum_distance_m`); options write it with `-`.
    pub key: &'static str,
    /// The default.
    pub value: f64,
    /// What it may be changed to.
    pub change: Change,
    /// Why this value.
    pub why: &'static str,
}

/// A rule. No field has a default, so a rule without evidence does not compile.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    /// Kebab-case, stable: scripts read it. The file has the same name with underscores.
    pub id: &'static str,
    /// A few words.
    pub title: &'static str,
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

/// A part of the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Alarms, by common medical advice.
    RedFlags,
    /// How much and how suddenly.
    Load,
    /// Step rate, climbing and descending.
    CadenceAndHills,
    /// What the pain log says.
    Pain,
    /// Sleep and shoes.
    BesideRunning,
    /// Load and pain together, and what the data can carry.
    Data,
}

/// A picture that marks what rules found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Distance a week.
    WeeklyDistance,
    /// The longest run of the weeks.
    LongestRun,
    /// Climbing a week.
    Ascent,
    /// Descent a week.
    Descent,
    /// Step rate of runs.
    Cadence,
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

/// What a rule has to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Something to look at.
    Flagged(Finding),
    /// Something worth saying because it is good.
    Good(Finding),
    /// Looked, and found nothing.
    Clear,
    /// Too little data to say; the text names what is missing. Never shown as "fine".
    NotJudged(String),
}

/// One finding: a rule, when, the numbers, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How loud.
    pub severity: Severity,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day it is about.
    pub to: NaiveDate,
    /// The value that was judged, in `unit`.
    pub observed: Option<f64>,
    /// The limit it was judged against, in `unit`.
    pub limit: Option<f64>,
    /// Unit of both.
    pub unit: Unit,
    /// Whether the message tells the observed value, so that it need not stand beside it.
    pub tells_observed: bool,
    /// Whether the message tells these days, first to last, so that they need not stand before it.
    pub tells_days: bool,
    /// The site, for findings about pain.
    pub site: Option<Site>,
    /// The side.
    pub side: Option<Side>,
    /// The runs it is about.
    pub run_ids: Vec<String>,
    /// The facts the runner reads, in whole sentences.
    pub message: String,
    /// What to do and by when, in whole sentences; empty where the finding asks for nothing. A report that lets a louder
    /// finding of the same place decide what is asked leaves it out.
    pub instruction: String,
}

impl Finding {
    /// A finding over some days, without numbers, a place, runs and words; words that tell the number and the days, unless it says so.
    pub fn on(rule: &Rule, severity: Severity, from: NaiveDate, to: NaiveDate) -> Finding {
        Finding {
            rule: rule.id,
            severity,
            from,
            to,
            observed: None,
            limit: None,
            unit: Unit::None,
            tells_observed: true,
            tells_days: true,
            site: None,
            side: None,
            run_ids: Vec::new(),
            message: String::new(),
            instruction: String::new(),
        }
    }

    /// The facts and what to do, as one text.
    pub fn text(&self) -> String {
        [&self.message, &self.instruction]
            .map(String::as_str)
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}
