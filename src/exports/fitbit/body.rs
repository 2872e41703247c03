//! `resting_heart_rate-*.json` and `Profile.csv`: what Fitbit knows of the runner.

use crate::{
    exports::{
        export::Said,
        facts::Facts,
        kit::{self, Notes, REST_BPM, Table, us_stamp_s},
    },
    model::{Athlete, Sex},
    text::json::Piece,
};

/// Columns that only the profile has together.
const PROFILE: &[&str] = &["gender", "member_since"];

/// Reads the resting heart rate of the latest day that has one: `{"dateTime": …, "value": {"value": 52.1, "error": 6.8}}`. Days on which
/// it was not measured have 0.
pub(super) fn read_resting(document: Piece) -> Said {
    let mut notes = Notes::new("entry");
    let mut latest: Option<(f64, f64)> = None;
    kit::entries(document.entries(), &mut notes, |notes, entry| {
        let day_s = entry.text("dateTime").and_then(|text| us_stamp_s(&text));
        let value = entry.inner("value");
        let bpm = value.and_then(|value| notes.value(&value, "value", 1.0, REST_BPM));
        let found = day_s.zip(bpm);
        latest = found
            .filter(|(day_s, _)| latest.is_none_or(|(before_s, _)| before_s <= *day_s))
            .or(latest);
    });
    let athlete = Athlete {
        heart_rate_rest_bpm: latest.map(|(_, bpm)| bpm),
        ..Athlete::default()
    };
    let facts = Facts {
        athlete,
        ..Facts::default()
    };
    kit::said(document, facts, &notes)
}

/// Whether a table begins like the profile.
pub(super) fn is_profile(head: &[u8]) -> bool {
    Table::has_columns(head, PROFILE)
}

/// Reads the sex; the weight has no unit beside it.
pub(super) fn read_profile(bytes: &[u8]) -> Option<Said> {
    let mut notes = Notes::new("row");
    let table = Table::read(bytes, PROFILE, &mut notes)?;
    let word = table.rows().find_map(|row| row.text("gender"));
    let sex = match word.unwrap_or_default().to_ascii_lowercase().as_str() {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        _ => None,
    };
    let facts = Facts {
        athlete: Athlete {
            sex,
            ..Athlete::default()
        },
        ..Facts::default()
    };
    Some((facts, notes.problems()))
}
