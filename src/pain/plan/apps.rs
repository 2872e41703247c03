//! Files of apps and survey tools that hold no place and strength of pain in rows: known by their columns, told by their name.

use crate::pain::{HeaderFault, records::Record};

/// A file that is known by its columns.
struct App {
    /// Columns that must all be there, folded.
    columns: &'static [&'static str],
    name: &'static str,
    why: &'static str,
}

/// What each is. The first that fits counts.
const APPS: &[App] = &[
    App {
        columns: &["full date", "mood", "activities"],
        name: "a Daylio export",
        why: "it holds moods and activities, and no place and strength of pain",
    },
    App {
        columns: &["category", "rating amount", "detail"],
        name: "a Bearable export",
        why: "each row is one reading of anything (mood, sleep, symptoms from 0 to 4), and none names a place and a side",
    },
    App {
        columns: &["activity type", "date", "title", "distance"],
        name: "Garmin Connect's list of activities",
        why: "it holds runs and no pain; give niggle the recordings themselves as well",
    },
    App {
        columns: &["activity id", "activity date", "activity name"],
        name: "Strava's list of activities",
        why: "it holds runs and no pain; give niggle the whole export as well",
    },
    App {
        columns: &["effective time frame", "readiness", "soreness"],
        name: "a PMSys wellness file",
        why: "its soreness runs from 1 (very sore) to 5 (not sore at all), turned round, and names no place",
    },
    App {
        columns: &["player name", "type", "timestamp"],
        name: "a PMSys team file",
        why: "its injuries are lists of places in words (minor, major), and it holds several people",
    },
    App {
        columns: &["effective time frame", "perceived exertion"],
        name: "a PMSys training file",
        why: "it holds effort and no pain",
    },
    App {
        columns: &["timestamp", "type", "value"],
        name: "a TrainingPeaks metrics file",
        why: "each row is one measurement of anything, and none names a place",
    },
    App {
        columns: &["type", "sourcename", "startdate", "value"],
        name: "an Apple Health table",
        why: "its symptoms have no place and no number",
    },
];

/// The app whose file has these columns.
pub(super) fn app(folded: &[String]) -> Option<HeaderFault> {
    let has = |column: &&'static str| folded.iter().any(|name| name == column);
    let app = APPS.iter().find(|app| app.columns.iter().all(has))?;
    Some(HeaderFault::App {
        app: app.name,
        why: app.why,
    })
}

/// Whether the row below a header is a survey tool's own: Qualtrics writes an import id into every cell of its third row.
pub(in crate::pain) fn is_qualtrics(record: &Record) -> bool {
    let mut first = record.fields.iter().take(12);
    first.any(|cell| cell.contains("\"ImportId\""))
}

/// What a text that is no table of rows is, by its first characters.
pub(super) fn no_table(text: &str) -> Option<HeaderFault> {
    let start: String = text.trim_start().chars().take(200).collect();
    let lower = start.to_lowercase();
    let what = if lower.starts_with('{')
        || lower.starts_with("[{")
        || lower.starts_with("[\n")
        || lower == "[]"
    {
        "this is JSON, and niggle reads a table of rows: export it as CSV, or keep date, site and pain in a spreadsheet"
    } else if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.starts_with("<table")
    {
        "this is an HTML page, whatever its name: open it in a spreadsheet and save it as .xlsx or CSV"
    } else if lower.starts_with("<?xml") || lower.starts_with("<") {
        "this is XML, and niggle reads a table of rows: open it in a spreadsheet and save it as .xlsx or CSV"
    } else if lower.starts_with("%pdf") {
        "this is a PDF, and niggle reads a table of rows: copy the rows into a spreadsheet"
    } else {
        return None;
    };
    Some(HeaderFault::NoTable {
        what: what.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::words::fold;

    #[test]
    fn apps_are_known_by_their_columns() {
        for (header, name) in [
            (
                "full_date,date,weekday,time,mood,activities,note_title,note",
                "Daylio",
            ),
            (
                "date,date formatted,weekday,time of day,category,rating/amount,detail,notes",
                "Bearable",
            ),
            ("Activity Type,Date,Title,Distance,Time,Avg HR", "Garmin"),
            (
                "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,soreness",
                "PMSys wellness",
            ),
        ] {
            let folded: Vec<String> = header.split(',').map(fold).collect();
            let Some(HeaderFault::App { app, .. }) = app(&folded) else {
                panic!("{header}")
            };
            assert!(app.contains(name), "{app}");
        }
        assert_eq!(app(&["date".to_string(), "pain".to_string()]), None);
    }

    #[test]
    fn what_is_no_table() {
        for text in [
            "[{\"date\": 1}]",
            "{\"a\": 1}",
            "<html><body>",
            "%PDF-1.4",
            "<?xml version=\"1.0\"?>",
        ] {
            assert!(no_table(text).is_some(), "{text}");
        }
        assert_eq!(no_table("date,pain\n"), None);
    }
}
