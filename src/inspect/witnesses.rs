//! The witnesses of each quantity side by side: who says what, and what became of it.

use crate::{
    ingest::Heard,
    model::Run,
    time,
    trust::{self, ClockOffset, Start, Verdict},
    units::rounded,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Decimals kept of metres and seconds.
const DECIMALS: i32 = 1;

/// All that was said of one quantity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The quantity, called as its column is.
    #[serde(skip)]
    pub quantity: &'static str,
    /// Who says what.
    pub witnesses: Vec<Witness>,
}

/// What one witness says.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Witness {
    /// Who: `device`, `laps`, `records`, `track`, `speed`, `file`, `position`, `title` …
    pub by: String,
    /// What: a number in the column's unit, or words.
    pub says: Says,
    /// What became of it: believed, agrees, differs, part or impossible.
    pub heard: String,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Says {
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

/// Every quantity of which anything was said.
pub(super) fn said(heard: &Heard) -> Vec<Said> {
    let verdicts = &heard.verdicts;
    let mut all = vec![
        numbers("distance_m", &verdicts.distance_m),
        numbers("timer_s", &verdicts.timer_s),
        numbers("elapsed_s", &verdicts.elapsed_s),
        numbers("speed_m", &verdicts.speed_m),
        moments(&verdicts.start),
    ];
    all.extend(heard.clock.as_ref().map(offsets));
    all.extend(heard.row.as_ref().map(sports));
    all.retain(|said| !said.witnesses.is_empty());
    all
}

fn numbers(quantity: &'static str, verdict: &Verdict) -> Said {
    let witnesses = verdict.witnesses.iter().map(number).collect();
    Said {
        quantity,
        witnesses,
    }
}

fn number(witness: &trust::Witness) -> Witness {
    Witness {
        by: name(&witness.by),
        says: Says::Number(rounded(witness.value, DECIMALS)),
        heard: name(&witness.heard),
    }
}

fn moments(start: &Start) -> Said {
    let text = |unix_s: f64| {
        let moment = time::utc(unix_s);
        moment.map_or_else(String::new, |utc| {
            utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        })
    };
    let witnesses = start.witnesses.iter().map(|(by, unix_s, heard)| Witness {
        by: name(by),
        says: Says::Text(text(*unix_s)),
        heard: name(heard),
    });
    Said {
        quantity: "start_utc",
        witnesses: witnesses.collect(),
    }
}

fn offsets(clock: &ClockOffset) -> Said {
    let witnesses = clock.witnesses.iter().map(|(by, offset_s, heard)| Witness {
        by: name(by),
        says: Says::Number(f64::from(*offset_s)),
        heard: name(heard),
    });
    Said {
        quantity: "utc_offset_s",
        witnesses: witnesses.collect(),
    }
}

/// What the file says, and what decided where it was not that.
fn sports(run: &Run) -> Said {
    let is_file = run.sport == run.sport_recorded;
    let file = Witness {
        by: "file".to_string(),
        says: Says::Text(run.sport_recorded.0.to_string()),
        heard: if is_file { "believed" } else { "differs" }.to_string(),
    };
    let decided = (!is_file).then(|| Witness {
        by: run.sport_source.as_str().to_string(),
        says: Says::Text(run.sport.0.to_string()),
        heard: "believed".to_string(),
    });
    Said {
        quantity: "sport",
        witnesses: [Some(file), decided].into_iter().flatten().collect(),
    }
}

/// The name that an enum has in files.
fn name<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').to_string()
}
