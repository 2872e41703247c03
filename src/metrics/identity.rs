//! Identity: which run it is, where it came from, when and what it was.

use super::{Gift, HandOver, Metric, Rollup, Value};
use crate::{model::Run, problem::Code, time::ZoneSource};

/// A column of words that identify a run.
pub(super) const fn words(
    id: &'static str,
    title: &'static str,
    about: &'static str,
    value: fn(&Run) -> Value,
) -> Metric {
    Metric {
        id,
        title,
        unit: "",
        decimals: 0,
        about,
        empty: None,
        origin: |_, _| None,
        any_sport: true,
        hand_over: HandOver::Keeps,
        source: "the recording",
        caveats: "",
        rollup: Rollup::None,
        value,
    }
}

/// The column `run_id`.
pub(super) const RUN_ID: Metric = Metric {
    origin: |_, _| Some("the local start and the content"),
    ..words(
        "run_id",
        "Run",
        "Local start and eight hex digits of the content, 20250314-0712-1a2b3c4d. The same recording has the same id wherever it lies.",
        |run| Value::Text(Some(run.run_id.clone())),
    )
};
/// The column `source`.
pub(super) const SOURCE: Metric = words(
    "source",
    "File",
    "The file, below the folder that was given.",
    |run| Value::Text(Some(run.source.clone())),
);
/// The column `format`.
pub(super) const FORMAT: Metric = words(
    "format",
    "Format",
    "fit, gpx, tcx, or export (a line of an account export without a recording).",
    |run| Value::Text(Some(run.format.as_str().to_string())),
);
/// The column `device`.
pub(super) const DEVICE: Metric = Metric {
    empty: Some("the file does not say"),
    ..words("device", "Device", "What recorded it.", |run| {
        Value::Text(run.device.clone())
    })
};
/// The column `name`.
pub(super) const NAME: Metric = Metric {
    hand_over: HandOver::Gives(Gift {
        what: "title",
        settles: None,
        has: |run| run.name.is_some(),
        give: |to, from| to.name.clone_from(&from.name),
    }),
    ..words(
        "name",
        "Title",
        "The title, from the recording or the account export.",
        |run| Value::Text(run.name.clone()),
    )
};
/// The column `start_utc`.
pub(super) const START_UTC: Metric = words(
    "start_utc",
    "Start (UTC)",
    "Start, ISO 8601 in UTC.",
    |run| Value::Text(Some(run.start_utc.format("%Y-%m-%dT%H:%M:%SZ").to_string())),
);
/// The column `local_date`.
pub(super) const LOCAL_DATE: Metric = Metric {
    origin: |run, _| Some(run.zone_source.in_words()),
    hand_over: HandOver::Follows(&ZONE_SOURCE),
    ..words(
        "local_date",
        "Day",
        "The day on the runner's calendar on which the run started, YYYY-MM-DD.",
        |run| Value::Date(run.local_date()),
    )
};
/// The column `utc_offset_s`.
pub(super) const UTC_OFFSET_S: Metric = Metric {
    id: "utc_offset_s",
    title: "UTC offset",
    unit: "s",
    decimals: 0,
    about: "Seconds that the runner's clock was ahead of UTC.",
    empty: None,
    origin: |run, _| Some(run.zone_source.in_words()),
    any_sport: true,
    hand_over: HandOver::Follows(&ZONE_SOURCE),
    source: "FIT activity.local_timestamp; src/method/formats.md, Local time",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(Some(f64::from(run.utc_offset_s))),
};
/// The column `zone_source`.
pub(super) const ZONE_SOURCE: Metric = Metric {
    origin: |_, _| Some("the best there was"),
    hand_over: HandOver::Gives(Gift {
        what: "local time",
        settles: Some(Code::NoTimeZone),
        has: |run| run.zone_source != ZoneSource::AssumedUtc,
        give: |to, from| {
            (to.utc_offset_s, to.zone_source) = (from.utc_offset_s, from.zone_source);
            to.start_local = crate::time::local(to.start_utc, to.utc_offset_s);
            to.is_on_the_wall = false;
        },
    }),
    ..words(
        "zone_source",
        "Zone source",
        "Where the offset came from: file, index (the account's own word), position (the zone of the first position), option (--timezone) or assumed-utc (nothing said so).",
        |run| Value::Text(Some(run.zone_source.as_str().to_string())),
    )
};
/// The column `sport`.
pub(super) const SPORT: Metric = Metric {
    origin: |run, _| Some(run.sport_source.in_words()),
    hand_over: HandOver::Gives(Gift {
        what: "sport",
        settles: Some(Code::SportAssumed),
        // What was taken for another sport by its speed may be a slow run, if a copy says so.
        has: |run| !run.has_vague_sport(),
        give: |to, from| {
            (to.sport, to.sub_sport, to.sport_source) =
                (from.sport, from.sub_sport, from.sport_source);
        },
    }),
    ..words(
        "sport",
        "Sport",
        "What the recording was taken for, in the words of the FIT profile; sport_recorded has what the file says, sport_source who decided.",
        |run| Value::Text(Some(run.sport.0.to_string())),
    )
};
/// The column `sport_recorded`.
pub(super) const SPORT_RECORDED: Metric = words(
    "sport_recorded",
    "Sport recorded",
    "The sport the file names, in the words of the FIT profile; unknown or generic where it leaves that open.",
    |run| Value::Text(Some(run.sport_recorded.0.to_string())),
);
/// The column `sport_source`.
pub(super) const SPORT_SOURCE: Metric = Metric {
    hand_over: HandOver::Follows(&SPORT),
    ..words(
        "sport_source",
        "Sport source",
        "Who decided the sport: file, title, movement (speed, cadence, heart rate), option (--open-sport) or index (the account's own word).",
        |run| Value::Text(Some(run.sport_source.as_str().to_string())),
    )
};
/// The column `doubtful`.
pub(super) const DOUBTFUL: Metric = Metric {
    source: "src/method/limits.md, Trust",
    empty: Some("nothing is"),
    ..words(
        "doubtful",
        "Doubtful",
        "What of the run rests on one voice that another denies, or is blank because nobody could be believed: distance, time; and climb, where an altitude that does not say what it is from climbs mostly in moves below 10 m, as satellites do on flat ground.",
        |run| Value::Text(Some(run.doubts.in_words()).filter(|words| !words.is_empty())),
    )
};
/// The column `sub_sport`.
pub(super) const SUB_SPORT: Metric = Metric {
    hand_over: HandOver::Follows(&SPORT),
    ..words(
        "sub_sport",
        "Kind",
        "FIT sub-sport: trail, treadmill, track, generic.",
        |run| Value::Text(Some(run.sub_sport.to_string())),
    )
};
/// The column `records`.
pub(super) const RECORDS: Metric = Metric {
    id: "records",
    title: "Records",
    unit: "",
    decimals: 0,
    about: "Records (points) the file holds for this run; 0 for a manual entry.",
    empty: None,
    origin: |_, _| None,
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "the recording",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(Some(f64::from(run.records))),
};
