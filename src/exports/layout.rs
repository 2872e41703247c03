//! Layouts: which service a file is of by its name and folders alone, for what niggle does not read and for what is locked.

use crate::problem::{Code, Effect, Problem};

/// Files of a service, as they lie in its export.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// What a runner calls the service.
    pub service: &'static str,
    /// Ends of paths in lower case, from a folder's beginning; `*` stands for anything.
    paths: &'static [&'static str],
    /// What lies there, as the end of "niggle does not read its …".
    pub holds: &'static str,
    /// What else a runner can give, one sentence.
    pub way_out: &'static str,
}

impl Layout {
    /// What is said of a file that is of this service and is not read.
    pub fn unread(&self) -> Problem {
        let Layout { service, holds, .. } = self;
        Problem::new(
            Code::ExportUnread,
            Effect::Skipped,
            "",
            format!("this is {service}'s export, of which niggle does not read {holds}"),
            format!("It was left out. {}", self.way_out),
        )
    }
}

/// The general way out.
const SESSIONS: &str = "Export the sessions as FIT or TCX there, or give niggle the export of another service that has them.";

/// Services by the names of the files that hold their sessions. Those that [`super::EXPORTS`] reads are here for what is locked and for
/// layouts that their readers do not know.
#[rustfmt::skip]
pub const LAYOUTS: &[Layout] = &[
    Layout { service: "Polar Flow", paths: &["training-session*.json"], holds: "this file",
        way_out: "In Polar Flow open the session and export it as TCX." },
    Layout { service: "Fitbit", paths: &["exercise-*.json", "fitbit/*userexercises_*.csv"], holds: "this file",
        way_out: "On Fitbit's website open the exercise and export it as TCX." },
    Layout { service: "Google Fit", paths: &["fit/all sessions/*.json", "fit/alle sitzungen/*.json"], holds: "JSON",
        way_out: "The TCX files in the folder Activities of the same download are read." },
    Layout { service: "Samsung Health", paths: &["com.samsung.*shealth.exercise.*csv"], holds: "this file",
        way_out: SESSIONS },
    Layout { service: "Runkeeper", paths: &["cardioactivities.csv"], holds: "this file",
        way_out: "The GPX files of the same download are read." },
    Layout { service: "adidas Running", paths: &["sport-sessions/*.json"], holds: "this file",
        way_out: "The GPX files of the same download are read." },
    Layout { service: "Zepp", paths: &["sport/sport_*.csv"], holds: "this file",
        way_out: "In the Zepp app open the workout and export it as TCX or FIT." },
    Layout { service: "MapMyRun", paths: &["user*workout*history*.csv"], holds: "this file",
        way_out: "On MapMyRun's website open the workout and export it as TCX." },
    Layout { service: "Huawei Health", paths: &["motion path detail data*", "health detail data*"], holds: "this file",
        way_out: SESSIONS },
    Layout { service: "Nike Run Club", paths: &["nrc/activities/*.json"], holds: "this file",
        way_out: "Programs such as nrc-exporter make GPX files of it." },
    Layout { service: "Mi Fitness", paths: &["*_hlth_center_sport_record.csv", "*_hlth_center_sport_track_data.csv"],
        holds: "workouts", way_out: "In Mi Fitness open the workout and export its route, or connect the app to Strava." },
    Layout { service: "Withings", paths: &["raw_tracker_*.csv", "raw_location_latitude.csv"], holds: "workouts",
        way_out: SESSIONS },
    Layout { service: "WHOOP", paths: &["physiological_cycles.csv"], holds: "workouts", way_out: SESSIONS },
    Layout { service: "Gadgetbridge", paths: &["database/gadgetbridge"], holds: "its database",
        way_out: "The FIT and GPX files of the same export are read." },
];

/// The layout that a path fits, whatever folders it lies in.
pub fn layout_of(path: &str) -> Option<&'static Layout> {
    let path = path.to_lowercase();
    LAYOUTS
        .iter()
        .find(|layout| layout.paths.iter().any(|end| is_below(&path, end)))
}

/// Whether the path ends as the pattern says, from some folder's beginning.
fn is_below(path: &str, pattern: &str) -> bool {
    let folders = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
    // What `*` stands for is no folder.
    let depth = pattern.matches('/').count();
    std::iter::once(path)
        .chain(folders)
        .filter(|tail| tail.matches('/').count() == depth)
        .any(|tail| fits(tail, pattern))
}

/// Whether a text is what the pattern says, `*` standing for anything.
fn fits(text: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        let Some(at) = text.find(part) else {
            return false;
        };
        text = &text[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_told_by_where_their_sessions_lie() {
        for (path, service) in [
            (
                "x.zip/training-session_2025-01-02T08-30-00.json",
                Some("Polar Flow"),
            ),
            ("NRC/activities/0.json", Some("Nike Run Club")),
            ("a/nrc/activities/0.json", Some("Nike Run Club")),
            ("a/bnrc/activities/0.json", None),
            (
                "H.zip/Motion path detail data & description/motion path detail data.json",
                Some("Huawei Health"),
            ),
            ("gb.zip/database/Gadgetbridge", Some("Gadgetbridge")),
            ("gb.zip/database/Gadgetbridge_old", None),
            ("user123_workout_history.csv", Some("MapMyRun")),
            ("run.json", None),
            ("", None),
        ] {
            assert_eq!(
                layout_of(path).map(|layout| layout.service),
                service,
                "{path}"
            );
        }
    }

    #[test]
    fn every_pattern_is_in_lower_case_and_says_what_to_do() {
        for layout in LAYOUTS {
            assert!(layout.paths.iter().all(|path| *path == path.to_lowercase()));
            assert!(layout.way_out.ends_with('.') && !layout.holds.is_empty());
        }
    }
}
