//! Reports of niggle's own: how a folder shows that it holds one, so that nobody's next report reads the last.

use super::names::{is_hidden_name, is_pain_log_name};
use crate::model::Format;
use std::{
    fs::{DirEntry, File, ReadDir},
    io::Read,
    path::Path,
};

/// The file that shows a folder to be a report of niggle's.
pub const REPORT: &str = "findings.json";
/// The file that shows a folder to be a report of niggle's on several runners.
pub const COHORT: &str = "cohort.json";
/// The file that shows a folder to hold tables of niggle's and no report.
pub const TABLES: &str = "tables.json";
/// What such a file holds, near its top.
const MARK: &str = "niggle_version";
/// Bytes in which the mark must stand: it is one of the first keys, and a report can be large.
const MARK_BYTES: u64 = 4096;
/// A folder in a report: its pictures.
pub const CHARTS: &str = "charts";
/// Another in a report on several runners: the tables of all of them.
pub const STACKED: &str = "tables";
/// Tables that tell of runs and of pain.
const RUNS: [&str; 3] = ["runs", "days", "ratings"];
/// How names of archives end, and of what else may be read in a report's folder, because someone put it there.
const PACKED: [&str; 2] = [".zip", ".gz"];

/// Whether the folder holds a report of this kind: [`REPORT`], [`COHORT`] or [`TABLES`].
pub fn is_report(folder: &Path, kind: &str) -> bool {
    head_of(&folder.join(kind)).is_ok_and(|head| {
        head.windows(MARK.len())
            .any(|window| window == MARK.as_bytes())
    })
}

fn head_of(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(file)?.take(MARK_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether the folder holds a report and nothing that may be a recording, an archive, a pain log or a folder of them:
/// what lies in a report's folder beside the report is not to be lost without a word.
pub(super) fn is_only_report(folder: &Path) -> bool {
    let kinds = [REPORT, COHORT, TABLES];
    kinds.iter().any(|kind| is_report(folder, kind)) && is_without_recordings(folder)
}

/// The same, and whether it holds tables without the report that they came with.
pub(super) fn is_only_tables(folder: &Path) -> bool {
    let is_table = |folder: &Path, name| folder.join(format!("{name}.parquet")).is_file();
    let mut folders = [folder.to_path_buf(), folder.join(STACKED)].into_iter();
    let holds = folders.any(|folder| RUNS.iter().all(|name| is_table(&folder, *name)));
    is_only_report(folder) || holds && is_without_recordings(folder)
}

/// Whether a folder holds nothing that may be a recording, an archive, a pain log or a folder of them.
pub fn is_without_recordings(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(are_of_report)
}

fn are_of_report(mut entries: ReadDir) -> bool {
    entries.all(|entry| entry.is_ok_and(|entry| is_of_report(&entry)))
}

/// Whether an entry of a report's folder is nothing that someone may have put there to be read.
fn is_of_report(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    is_hidden_name(&name)
        || if is_folder {
            [CHARTS, STACKED].contains(&name.as_str())
        } else {
            !may_be_input(&name)
        }
}

fn may_be_input(name: &str) -> bool {
    may_be_recording(name) || is_pain_log_name(name)
}

/// Whether a file of this name, in small letters, may be a recording or an archive of them.
pub(super) fn may_be_recording(name: &str) -> bool {
    PACKED.iter().any(|end| name.ends_with(end)) || Format::is_recording_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn check(files: &[(&str, &str)], expected: bool) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        assert_eq!(is_only_report(folder.path()), expected, "{files:?}");
    }

    #[test]
    fn a_report_is_told_by_its_mark_and_by_nothing_of_the_runners_in_it() {
        let of_one = (
            "findings.json",
            "{\"schema_version\": 1, \"niggle_version\": \"0.1.0\"}",
        );
        let of_many = ("cohort.json", "{\"niggle_version\": \"0.1.0\"}");
        check(
            &[
                of_one,
                ("report.md", ""),
                ("runs.csv", ""),
                ("charts/weekly-distance.png", ""),
            ],
            true,
        );
        check(
            &[of_many, ("cohort.md", ""), (".niggle-x/report.md", "")],
            true,
        );
        check(&[], false);
        check(
            &[("findings.json", "{\"findings\": []}"), ("report.md", "")],
            false,
        );
        for mine in [
            "run.fit",
            "run.GPX.gz",
            "export.zip",
            "Pain.csv",
            "more/run.fit",
        ] {
            check(&[of_one, (mine, "")], false);
        }
    }
}
