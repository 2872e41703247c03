//! The look back, and what to watch this week.

use super::{Keys, Rounded};
use crate::{
    backtest::{self, before, hits, verdict::Verdict, watch},
    pain::Side,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that was looked back on, and the watch list made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Backtest {
    /// Every rule at every place.
    pub pairs: Vec<Pair>,
    /// The days before each new spell, by place.
    pub before: Vec<Before>,
    /// Tests in the one family of the report.
    pub tests: usize,
    /// What to watch this week.
    pub watch: Watch,
}

impl Backtest {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::each(
            &["pairs"],
            "Every rule that was ever flagged at every place that ever began to hurt.",
            Pair::KEYS,
        ),
        Keys::each(
            &["before"],
            "The days before each new spell, by place.",
            Before::KEYS,
        ),
        Keys::of(&["tests"], "Tests in the one family of the report."),
        Keys::object(&["watch"], "What to watch this week.", Watch::KEYS),
    ];

    /// Of both parts.
    pub fn new(back: &backtest::Backtest, watch: &watch::Watch) -> Backtest {
        Backtest {
            pairs: back.pairs.iter().map(Pair::from).collect(),
            before: back.before.iter().map(Before::from).collect(),
            tests: back.tests,
            watch: watch.into(),
        }
    }
}

/// One rule at one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// The rule's id.
    pub rule: String,
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// Findings of the rule while the place was logged.
    pub flags: usize,
    /// New spells at the place.
    pub onsets: usize,
    /// New spells on the day of a flag, after its run, or in the seven days after it.
    pub flagged_onsets: u32,
    /// Logged days at risk on the day of a flag, where it has a run, or in the seven days after it.
    pub flagged_days: u32,
    /// New spells on other days.
    pub other_onsets: u32,
    /// Other logged days at risk.
    pub other_days: u32,
    /// Rate after flags by rate on other days. None where there is none.
    pub rate_ratio: Option<Rounded<4>>,
    /// Lower end of its 95 % interval. None where there is none.
    pub ci_low: Option<Rounded<4>>,
    /// Upper end. None also when no spell fell on other days.
    pub ci_high: Option<Rounded<4>>,
    /// Exact circular-shift p. None where it was not tested.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<Rounded<4>>,
    /// q over all tests of the report. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<Rounded<4>>,
    /// What it comes to: `fits`, `does-not-fit` or `cannot-be-judged`.
    #[schemars(extend("enum" = ["fits", "does-not-fit", "cannot-be-judged"]))]
    pub verdict: String,
    /// Whether the verdict would be another without one of its spells. None without a verdict.
    pub rests_on_one_spell: Option<bool>,
    /// How many spells began within a day of a flag. None when that is known of no spell.
    pub hits: Option<Hits>,
    /// Why it was not tested. None when it was.
    pub gate: Option<String>,
    /// Logged days that would probably do. None where unknown or judged.
    pub more_logged_days: Option<u32>,
}

impl Pair {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["rule", "site", "side"], "The rule's id and the place."),
        Keys::of(
            &["flags", "onsets"],
            "Findings of the rule while the place was logged, and new spells at the place.",
        ),
        Keys::of(
            &[
                "flagged_onsets",
                "flagged_days",
                "other_onsets",
                "other_days",
            ],
            "New spells and logged days at risk on the day of a flag or in the seven days after it, and on other days. The flag's \
             own day counts where it has a run, and no spell there that a row of the morning or of before the run has.",
        ),
        Keys::of(
            &["rate_ratio", "ci_low", "ci_high"],
            "Rate after flags by rate on other days, and its 95 % interval; null where there is none.",
        ),
        Keys::of(&["p", "q"], "As in `associations[]`; one family of tests."),
        Keys::of(&["verdict"], "fits, does-not-fit or cannot-be-judged."),
        Keys::of(
            &["rests_on_one_spell"],
            "Whether the verdict would be another without one of its spells; null without a verdict.",
        ),
        Keys::object(
            &["hits"],
            "New spells within a day of a flag, described from the first spell on and not tested; null when of no spell it is \
             known whether a flag was near.",
            Hits::KEYS,
        ),
        Keys::of(&["gate"], "Why it was not tested; null when it was."),
        Keys::of(
            &["more_logged_days"],
            "Logged days that would probably do, at the pace so far; null where unknown or judged.",
        ),
    ];
}

impl From<&backtest::Pair> for Pair {
    fn from(pair: &backtest::Pair) -> Self {
        Pair {
            rule: pair.rule.to_string(),
            site: pair.site.as_str().to_string(),
            side: pair.side.map(|side| side.as_str().to_string()),
            flags: pair.flags,
            onsets: pair.onsets,
            flagged_onsets: pair.flagged_onsets,
            flagged_days: pair.flagged_days,
            other_onsets: pair.other_onsets,
            other_days: pair.other_days,
            rate_ratio: pair.rate_ratio.map(Rounded::from),
            ci_low: pair.ci_low.map(Rounded::from),
            ci_high: pair.ci_high.map(Rounded::from),
            p: pair.p.map(Rounded::from),
            q: pair.q.map(Rounded::from),
            verdict: verdict_word(pair.verdict).to_string(),
            rests_on_one_spell: pair.rests_on_one,
            hits: pair.hits.map(Hits::from),
            gate: pair.gate.clone(),
            more_logged_days: pair.more_logged_days,
        }
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fits => "fits",
        Verdict::DoesNotFit => "does-not-fit",
        Verdict::CannotBeJudged => "cannot-be-judged",
    }
}

/// New spells within a day of a rule's flags.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hits {
    /// New spells that began on the day of a flag, after its run, or on the day after.
    pub near_onsets: u32,
    /// New spells of which it is known whether a flag was near.
    pub known_onsets: u32,
    /// Logged days at risk on the day of a flag or the day after.
    pub near_days: u32,
    /// Logged days at risk of which that is known.
    pub known_days: u32,
    /// Lower end of the share's 95 % Wilson interval.
    #[schemars(range(min = 0, max = 1))]
    pub ci_low: Rounded<4>,
    /// Upper end.
    #[schemars(range(min = 0, max = 1))]
    pub ci_high: Rounded<4>,
    /// How many of the spells would lie near a flag if they knew nothing of flags.
    pub by_chance: Rounded<4>,
}

impl Hits {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["near_onsets", "known_onsets"],
            "New spells that began on the day of a flag, after its run, or on the day after; of so many.",
        ),
        Keys::of(
            &["near_days", "known_days"],
            "Logged days at risk that lie so near a flag; of so many.",
        ),
        Keys::of(
            &["ci_low", "ci_high"],
            "95 % Wilson interval of `near_onsets` / `known_onsets`, 0–1.",
        ),
        Keys::of(
            &["by_chance"],
            "How many of the spells would lie near a flag if they knew nothing of flags: near days times spells a day, and for the \
             days of flags times spells a day with a run.",
        ),
    ];
}

impl From<hits::Hits> for Hits {
    fn from(hits: hits::Hits) -> Self {
        Hits {
            near_onsets: hits.near,
            known_onsets: hits.spells,
            near_days: hits.near_days,
            known_days: hits.days,
            ci_low: hits.interval.low.into(),
            ci_high: hits.interval.high.into(),
            by_chance: hits.by_chance.into(),
        }
    }
}

/// The new spells of one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Before {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// Pain-free days that windows up to the day before are compared with.
    pub reference_days: usize,
    /// Those of them with a run, which windows that end with the spell's own day are compared with.
    #[serde(default)]
    pub reference_run_days: usize,
    /// The spells, by day.
    pub onsets: Vec<Onset>,
}

impl Before {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["site", "side"], "The place."),
        Keys::of(
            &["reference_days", "reference_run_days"],
            "Pain-free days that windows up to the day before are compared with, and those of them with a run, beside which windows \
             stand that end with the spell's own day.",
        ),
        Keys::each(&["onsets"], "The spells, by day.", Onset::KEYS),
    ];
}

impl From<&before::Before> for Before {
    fn from(place: &before::Before) -> Self {
        Before {
            site: place.site.as_str().to_string(),
            side: place.side.map(|side| side.as_str().to_string()),
            reference_days: place.reference_days,
            reference_run_days: place.reference_run_days,
            onsets: place.onsets.iter().map(Onset::from).collect(),
        }
    }
}

/// One new spell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Onset {
    /// Its first day.
    pub date: NaiveDate,
    /// Whether it may have begun with that day's run: the windows end with the day itself, else the day before.
    #[serde(default)]
    pub own_day: bool,
    /// What is known of those days.
    pub measures: Vec<Standing>,
}

impl Onset {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::each(
        &["date", "own_day", "measures"],
        "The first day, whether the spell may have begun with its run (then the windows end with it, else the day before), and what is \
         known of those days.",
        Standing::KEYS,
    )];
}

impl From<&before::Onset> for Onset {
    fn from(onset: &before::Onset) -> Self {
        Onset {
            date: onset.date,
            own_day: onset.own_day,
            measures: onset.measures.iter().map(Standing::from).collect(),
        }
    }
}

/// Where one measure of the days before stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// The measure's id.
    pub measure: String,
    /// Percentile among pain-free windows of 3, 7 and 28 days, 0–100. None where unknown.
    pub percentile: [Option<Rounded<1>>; 3],
}

impl Standing {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["measure", "percentile"],
        "What was measured, and where it stands among pain-free windows of 3, 7 and 28 days, 0–100; null where unknown.",
    )];
}

impl From<&before::Standing> for Standing {
    fn from(standing: &before::Standing) -> Self {
        let percentile = standing
            .percentile
            .map(|percentile| percentile.map(Rounded::from));
        Standing {
            measure: standing.measure.to_string(),
            percentile,
        }
    }
}

/// What to watch this week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Watch {
    /// Places that hurt lately.
    pub places: Vec<WatchedPlace>,
    /// The longest next run that no rule would flag, m. None where that cannot be said.
    pub next_run_m: Option<Rounded<0>>,
    /// What is missing to say it. None when it is said or withheld.
    pub next_run_missing: Option<String>,
    /// The longest week that no rule would flag, m. None where that cannot be said.
    pub week_m: Option<Rounded<0>>,
    /// What is missing to say it. None when it is said or withheld.
    pub week_missing: Option<String>,
    /// Run so far in that week, m. None when a run has no distance.
    pub week_so_far_m: Option<Rounded<0>>,
    /// Whether something current asks to be looked at first.
    pub see_first: bool,
    /// Why no distance is named. None where nothing keeps it back.
    pub withheld: Option<String>,
}

impl Watch {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::each(
            &["places"],
            "Places that hurt in the last 180 days: those that hurt now first, then those with most flags.",
            WatchedPlace::KEYS,
        ),
        Keys::of(
            &["next_run_m", "week_m"],
            "The longest next run, and week, that no rule would flag, m; null where that cannot be said.",
        ),
        Keys::of(
            &["next_run_missing", "week_missing"],
            "What is missing to say it; null when it is said, or when `withheld`.",
        ),
        Keys::of(
            &["week_so_far_m"],
            "Run so far in that week, m; null when a run has no distance.",
        ),
        Keys::of(
            &["see_first"],
            "Something current asks to be looked at, so no distance is named.",
        ),
        Keys::of(
            &["withheld"],
            "Why no distance is named: `see_first`, a place above 2 of 10, or pain that changed running; null where \
             nothing keeps it back.",
        ),
    ];
}

impl From<&watch::Watch> for Watch {
    fn from(watch: &watch::Watch) -> Self {
        Watch {
            places: watch.places.iter().map(WatchedPlace::from).collect(),
            next_run_m: watch.next_run_m.map(Rounded::from),
            next_run_missing: watch.next_run_missing.clone(),
            week_m: watch.week_m.map(Rounded::from),
            week_missing: watch.week_missing.clone(),
            week_so_far_m: watch.week_so_far_m.map(Rounded::from),
            see_first: watch.see_first,
            withheld: watch.withheld.clone(),
        }
    }
}

/// One place that hurt lately.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WatchedPlace {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// How it stands: `sore`, `open` or `settled`.
    #[schemars(extend("enum" = ["sore", "open", "settled"]))]
    pub state: String,
    /// First day of the last spell.
    pub from: NaiveDate,
    /// Its last day with pain.
    pub to: NaiveDate,
    /// Ids of rules flagged in the last 14 days that bear on the place.
    pub flags: Vec<String>,
}

impl WatchedPlace {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["site", "side"], "The place."),
        Keys::of(
            &["state", "from", "to"],
            "sore, open or settled, and the first and last day of the last spell.",
        ),
        Keys::of(
            &["flags"],
            "Rules flagged in the last 14 days that bear on the place.",
        ),
    ];
}

impl From<&watch::WatchedPlace> for WatchedPlace {
    fn from(place: &watch::WatchedPlace) -> Self {
        WatchedPlace {
            site: place.site.as_str().to_string(),
            side: place.side.map(|side| side.as_str().to_string()),
            state: state_word(place.state).to_string(),
            from: place.from,
            to: place.to,
            flags: place.flags.iter().map(|rule| rule.to_string()).collect(),
        }
    }
}

fn state_word(state: watch::State) -> &'static str {
    match state {
        watch::State::Sore => "sore",
        watch::State::Open => "open",
        watch::State::Settled => "settled",
    }
}
