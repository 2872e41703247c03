//! What there is to say about one input: what the file holds, what niggle derived from it, and what was wrong. Never a position.

use super::{
    keys,
    witnesses::{self, Said, Witness},
};
use crate::{
    exports::{self, Facts},
    ingest::{self, Identity},
    keys::Keys,
    metrics::{self, METRICS, Metric, Value, trimp::Basis},
    model::{Activity, Athlete, Decoded, Format, Run, Samples, Span},
    option::TITLES,
    problem::{Code, Problem},
    time::{self, ZoneSource},
    units::rounded,
};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Decimals kept of totals and seconds.
const DECIMALS: i32 = 3;
/// The metric that is the title.
const TITLE: &str = "name";

/// One input. The keys of the JSON are these names.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FileView {
    /// [`FileView::VERSION`] of the niggle that says it.
    pub schema_version: u32,
    /// Its name in reports.
    pub file: String,
    /// What it is.
    #[schemars(with = "String")]
    pub kind: Kind,
    /// Its size, in an archive as it is packed there. None: it could not be looked at.
    pub size_bytes: Option<u64>,
    /// Its size unpacked, where it was packed and was read whole.
    pub unpacked_bytes: Option<u64>,
    /// Files in it, when it is an archive; they follow as inputs of their own.
    pub entries: Option<usize>,
    /// What it says beside recordings, when it is a file of an account export.
    pub export: Option<ExportView>,
    /// The activities recorded in it.
    pub activities: Vec<ActivityView>,
    /// What is to be said of the file as a whole.
    pub problems: Vec<ProblemView>,
}

/// What an input is, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A file of an account export.
    Export,
    /// An archive.
    Archive,
    /// A pain log, told by its name.
    PainLog,
    /// Nothing niggle knows.
    Other,
    /// It could not be read.
    Unreadable,
    /// A file that a decoder reads, by its format.
    #[serde(untagged)]
    Recording(Format),
}

/// How much a file of an account export lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExportView {
    /// Whose export it is.
    pub service: &'static str,
    /// Activities.
    pub activities: usize,
    /// Shoes.
    pub shoes: usize,
    /// Activities with the shoe worn.
    pub shoes_worn: usize,
    /// Nights of sleep.
    pub nights: usize,
    /// Comments, notes and descriptions of the runner's, never their words.
    pub comments: usize,
    /// Whether it knows something about the runner.
    pub knows_runner: bool,
}

/// One activity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ActivityView {
    /// What recorded it.
    pub device: Option<String>,
    /// The title; None also where it is not to be shown.
    pub name: Option<String>,
    /// The sport the file names.
    pub sport: &'static str,
    /// The sub-sport.
    pub sub_sport: &'static str,
    /// What niggle takes it for. None: for nothing, since it has no time.
    pub taken_for: Option<&'static str>,
    /// Start, `2025-01-18T17:01:00Z`.
    pub start_utc: Option<String>,
    /// Start on the runner's clock, without a zone.
    pub start_local: Option<String>,
    /// Seconds that clock is ahead of UTC.
    pub utc_offset_s: Option<i32>,
    /// Where the offset is from.
    #[schemars(with = "Option<String>")]
    pub zone_source: Option<ZoneSource>,
    /// Records, as the decoder found them.
    pub records: usize,
    /// How many records have a value, for each channel that has any.
    #[serde(serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, usize>")]
    pub channel_values: Vec<(&'static str, usize)>,
    /// Stops of the timer.
    pub pauses: usize,
    /// How long they lasted in all, s.
    pub paused_s: f64,
    /// Laps.
    pub laps: usize,
    /// Whether altitude is from a barometer; None: the file does not say.
    pub altitude_is_barometric: Option<bool>,
    /// What the file knows about the runner.
    #[serde(serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, Option<f64>>")]
    pub runner: Vec<(&'static str, Option<f64>)>,
    /// Totals the device wrote.
    #[serde(serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, Option<f64>>")]
    pub device_totals: Vec<(&'static str, Option<f64>)>,
    /// Who says what of the quantities that several sources claim.
    #[serde(serialize_with = "said_as_map")]
    #[schemars(with = "BTreeMap<String, Vec<Witness>>")]
    pub witnesses: Vec<Said>,
    /// Every metric, in the order of `METRICS`; empty when the activity is taken for nothing.
    #[serde(serialize_with = "derived_as_map")]
    #[schemars(with = "BTreeMap<String, DerivedJson>")]
    pub derived: Vec<Derived>,
    /// What was repaired or is to be known.
    pub problems: Vec<ProblemView>,
}

/// One metric of one activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The metric.
    pub id: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Decimals that are shown.
    pub decimals: usize,
    /// Its value; absent when there is none.
    pub value: Cell,
    /// Where the value is from, or why there is none.
    pub from: String,
}

/// A value as files have it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell {
    /// None.
    Absent,
    /// Words.
    Text(String),
    /// A number, rounded.
    Number(f64),
}

/// A problem with its advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemView {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// What the runner can do.
    pub advice: &'static str,
}

impl FileView {
    /// Raised when a name of the JSON changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What its keys are.
    pub const KEYS: &'static [Keys] = keys::OF_FILES;

    /// An input of which only its name, kind and size are known so far.
    pub fn of(file: &str, kind: Kind, size_bytes: Option<u64>) -> FileView {
        FileView {
            schema_version: FileView::VERSION,
            file: file.to_string(),
            kind,
            size_bytes,
            unpacked_bytes: None,
            entries: None,
            export: None,
            activities: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The same with these problems added.
    pub fn with(mut self, problems: impl IntoIterator<Item = Problem>) -> FileView {
        self.problems.extend(problems.into_iter().map(viewed));
        self
    }

    /// The same without the titles of its activities: many begin with the town.
    pub fn without_titles(mut self) -> FileView {
        let activities = self.activities.iter_mut();
        for activity in activities.filter(|activity| activity.name.is_some()) {
            activity.hide_title();
        }
        self
    }

    /// Whether niggle knows what to make of it, be it of use for a report or not.
    pub fn is_understood(&self) -> bool {
        !self.activities.is_empty()
            || self.export.is_some()
            || self.kind == Kind::PainLog
            || self.is_other_fit()
    }

    fn is_other_fit(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|found| found.problem.code == Code::NotAnActivity)
    }

    /// Adds the activities of a recording: each as it was decoded, and what it came to.
    pub fn recording(
        mut self,
        decoded: Decoded,
        bytes: &[u8],
        options: &ingest::Options,
    ) -> FileView {
        self.add(decoded.activities, bytes, options);
        self.with(decoded.problems)
    }

    /// Names the service whose sessions are in a file that niggle does not know.
    pub(super) fn of_unread_export(self) -> FileView {
        let is_unknown = self.kind == Kind::Other;
        let layout = exports::layout_of(&self.file).filter(|_| is_unknown);
        self.with(layout.map(exports::Layout::unread))
    }

    fn add(&mut self, activities: Vec<Activity>, bytes: &[u8], options: &ingest::Options) {
        for (index, activity) in activities.into_iter().enumerate() {
            let identity = Identity::of(bytes, index, &self.file);
            let activity = ActivityView::of(activity, identity, options);
            self.activities.push(activity);
        }
    }

    /// The same as a file of an account export.
    pub(super) fn listing(
        mut self,
        service: &'static str,
        facts: Facts,
        bytes: &[u8],
        options: &ingest::Options,
    ) -> FileView {
        self.kind = Kind::Export;
        self.export = Some(ExportView::of(service, &facts));
        self.add(facts.recordings, bytes, options);
        self
    }
}

impl ExportView {
    /// Counts what an export's file says.
    pub fn of(service: &'static str, facts: &Facts) -> ExportView {
        let activities = facts.activities.iter();
        let with_shoe = activities.filter(|listed| listed.shoe.is_some()).count();
        let listed = facts.activities.iter().map(|listed| &listed.activity);
        let all = listed.chain(&facts.recordings);
        let written = all.filter(|activity| activity.comment.is_some()).count();
        ExportView {
            service,
            activities: facts.activities.len() + facts.recordings.len(),
            shoes: facts.shoes.len(),
            shoes_worn: facts.worn.len() + with_shoe,
            nights: facts.nights.len(),
            comments: written + facts.comments.len(),
            knows_runner: facts.athlete != Athlete::default(),
        }
    }

    /// Adds what another file of the service says.
    pub fn add(&mut self, other: &ExportView) {
        self.activities += other.activities;
        self.shoes += other.shoes;
        self.shoes_worn += other.shoes_worn;
        self.nights += other.nights;
        self.comments += other.comments;
        self.knows_runner |= other.knows_runner;
    }
}

impl ActivityView {
    fn hide_title(&mut self) {
        self.name = None;
        let metrics = self.derived.iter_mut();
        for metric in metrics.filter(|metric| metric.id == TITLE) {
            metric.value = Cell::Absent;
            metric.from = format!("not shown; {TITLES} shows it");
        }
    }

    fn of(activity: Activity, identity: Identity, options: &ingest::Options) -> ActivityView {
        let found = ActivityView::found(&activity);
        let heard = ingest::hear(activity, identity, options, true);
        let view = ActivityView {
            witnesses: witnesses::said(&heard),
            problems: heard.problems.into_iter().map(viewed).collect(),
            ..found
        };
        match heard.row {
            Some(row) => view.measured(row),
            None => view,
        }
    }

    /// What the file holds.
    fn found(activity: &Activity) -> ActivityView {
        ActivityView {
            device: activity.device.clone(),
            name: activity.name.clone(),
            sport: activity.sport.0,
            sub_sport: activity.sub_sport,
            taken_for: None,
            start_utc: activity.start_unix_s.and_then(time::utc).map(utc_text),
            start_local: None,
            utc_offset_s: None,
            zone_source: None,
            records: activity.samples.len(),
            channel_values: channel_values(&activity.samples),
            pauses: activity.pauses.len(),
            paused_s: paused_s(&activity.pauses),
            laps: activity.laps.len(),
            altitude_is_barometric: activity.altitude_is_barometric,
            runner: runner(&activity.athlete),
            device_totals: device_totals(activity),
            witnesses: Vec::new(),
            derived: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The same with what niggle made of it.
    fn measured(self, mut run: Run) -> ActivityView {
        let basis = basis(&run.athlete);
        metrics::complete(&mut run, basis);
        let metrics = METRICS.iter();
        let derived = metrics.map(|metric| derived(metric, &run, &self.device_totals));
        ActivityView {
            taken_for: Some(if run.is_run() { "run" } else { "other-sport" }),
            start_utc: Some(utc_text(run.start_utc)),
            start_local: Some(run.start_local.format("%Y-%m-%dT%H:%M:%S").to_string()),
            utc_offset_s: Some(run.utc_offset_s),
            zone_source: Some(run.zone_source),
            derived: derived.collect(),
            ..self
        }
    }
}

fn viewed(problem: Problem) -> ProblemView {
    ProblemView {
        advice: problem.code.advice(),
        problem,
    }
}

/// How many records have a value. Positions are counted and never shown: people paste such output where others read it.
fn channel_values(samples: &Samples) -> Vec<(&'static str, usize)> {
    let wide = |column: &[f64]| column.iter().filter(|value| value.is_finite()).count();
    let narrow = |column: &[f32]| column.iter().filter(|value| value.is_finite()).count();
    let mut counted = vec![
        ("time", wide(&samples.time_s)),
        ("positions", positions(samples)),
        ("altitude", narrow(&samples.altitude_m)),
        ("distance", wide(&samples.distance_m)),
        ("speed", narrow(&samples.speed_m_s)),
        ("heart_rate", narrow(&samples.heart_rate_bpm)),
        ("cadence", narrow(&samples.cadence_raw)),
    ];
    counted.retain(|(_, values)| *values > 0);
    counted
}

fn positions(samples: &Samples) -> usize {
    let places = samples.latitude_deg.iter().zip(&samples.longitude_deg);
    let known =
        places.filter(|(latitude, longitude)| latitude.is_finite() && longitude.is_finite());
    known.count()
}

fn paused_s(pauses: &[Span]) -> f64 {
    let lengths = pauses.iter().map(|pause| pause.to_s - pause.from_s);
    rounded(lengths.sum(), DECIMALS)
}

fn utc_text(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Heart rates alone: weight and sex are nobody's business where output is pasted, and niggle shows what they lead to.
fn runner(athlete: &Athlete) -> Vec<(&'static str, Option<f64>)> {
    known([
        ("heart_rate_rest_bpm", athlete.heart_rate_rest_bpm),
        ("heart_rate_max_bpm", athlete.heart_rate_max_bpm),
    ])
}

fn device_totals(activity: &Activity) -> Vec<(&'static str, Option<f64>)> {
    let totals = &activity.totals;
    known([
        ("distance_m", totals.distance_m),
        ("timer_s", totals.timer_s),
        ("whole_timer_s", totals.whole_timer_s),
        ("elapsed_s", totals.elapsed_s),
        ("moving_s", totals.moving_s),
        ("ascent_m", totals.ascent_m),
        ("descent_m", totals.descent_m),
        ("heart_rate_mean_bpm", totals.heart_rate_mean_bpm),
        ("heart_rate_max_bpm", totals.heart_rate_max_bpm),
        ("cadence_mean_raw", totals.cadence_mean_raw),
        ("session_rpe", totals.session_rpe),
        ("feel", totals.feel),
    ])
}

/// Rounded, and without what is not a number.
fn known<const N: usize>(
    values: [(&'static str, Option<f64>); N],
) -> Vec<(&'static str, Option<f64>)> {
    let tidy = |value: f64| value.is_finite().then(|| rounded(value, DECIMALS));
    values
        .into_iter()
        .map(|(key, value)| (key, value.and_then(tidy)))
        .collect()
}

/// The heart rates of this file alone; a report has the whole history to choose from. Rest not below maximum is no pair.
fn basis(athlete: &Athlete) -> Basis {
    let are_crossed = are_crossed(athlete);
    Basis {
        rest_bpm: athlete.heart_rate_rest_bpm.filter(|_| !are_crossed),
        max_bpm: athlete.heart_rate_max_bpm.filter(|_| !are_crossed),
        sex: athlete.sex,
    }
}

/// Whether the heart rate at rest is not below the highest one.
fn are_crossed(athlete: &Athlete) -> bool {
    let both = athlete.heart_rate_rest_bpm.zip(athlete.heart_rate_max_bpm);
    both.is_some_and(|(rest, max)| rest >= max)
}

fn derived(metric: &Metric, run: &Run, device_totals: &[(&'static str, Option<f64>)]) -> Derived {
    let value = cell(metric, run);
    let from = match value {
        Cell::Absent => why_absent(metric),
        _ => origin(metric, run, device_totals),
    };
    Derived {
        id: metric.id,
        unit: metric.unit,
        decimals: metric.decimals,
        value,
        from,
    }
}

fn cell(metric: &Metric, run: &Run) -> Cell {
    match (metric.value)(run) {
        Value::Text(Some(text)) => Cell::Text(text),
        Value::Date(date) => Cell::Text(date.to_string()),
        Value::Number(Some(number)) if number.is_finite() => {
            Cell::Number(rounded(number, metric.decimals as i32))
        }
        Value::Text(None) | Value::Number(_) => Cell::Absent,
    }
}

/// What an empty cell means.
fn why_absent(metric: &Metric) -> String {
    let nothing = if metric.unit.is_empty() {
        "the file does not say"
    } else {
        "nothing to take it from"
    };
    metric.empty.unwrap_or(nothing).to_string()
}

/// Where a value is from: what decided it in this run, else what the metric's documentation says.
fn origin(metric: &Metric, run: &Run, device_totals: &[(&'static str, Option<f64>)]) -> String {
    let mut totals = device_totals.iter();
    let total = totals.find(|(key, _)| *key == metric.id);
    let total = total.and_then(|(_, total)| *total);
    let is_total = total.is_some_and(|total| is_value(metric, run, total));
    let decided = (metric.origin)(run, is_total);
    decided.unwrap_or(metric.source).to_string()
}

fn is_value(metric: &Metric, run: &Run, total: f64) -> bool {
    match (metric.value)(run) {
        Value::Number(Some(value)) => rounded(value, DECIMALS) == total,
        Value::Number(None) | Value::Text(_) | Value::Date(_) => false,
    }
}

fn as_map<S: Serializer, T: Serialize>(
    pairs: &[(&'static str, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

fn said_as_map<S: Serializer>(said: &[Said], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(said.iter().map(|said| (said.quantity, &said.witnesses)))
}

/// What one metric is in JSON.
#[derive(Serialize, JsonSchema)]
struct DerivedJson<'a> {
    value: &'a Cell,
    unit: &'a str,
    from: &'a str,
}

fn derived_as_map<S: Serializer>(derived: &[Derived], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(derived.iter().map(|metric| (metric.id, metric.json())))
}

impl Derived {
    fn json(&self) -> DerivedJson<'_> {
        DerivedJson {
            value: &self.value,
            unit: self.unit,
            from: &self.from,
        }
    }
}
