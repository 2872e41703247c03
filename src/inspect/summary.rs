//! Whose exports the inputs are and what was found in them, when every file has been looked at.

use super::view::{ExportView, FileView};
use crate::{problem::Code, units::counted, words::list};
use std::collections::BTreeMap;

/// What was found, by input and service.
#[derive(Debug, Default)]
pub(super) struct Summary {
    exports: BTreeMap<(String, String), ExportView>,
    /// Files of a service that are not read.
    unread: BTreeMap<(String, String), usize>,
    /// Activities with a recording of their own, by input.
    recordings: BTreeMap<String, usize>,
}

impl Summary {
    /// Adds what one file holds.
    pub(super) fn add(&mut self, view: &FileView) {
        let input = input_of(&view.file);
        let recordings = view.activities.len();
        if let Some(export) = view.export {
            let listed = ExportView {
                activities: export.activities - recordings.min(export.activities),
                ..export
            };
            let of_service = (input.clone(), export.service.to_string());
            self.exports
                .entry(of_service)
                .and_modify(|all| all.add(&listed))
                .or_insert(listed);
        } else if let Some(service) = unread(view) {
            *self.unread.entry((input.clone(), service)).or_default() += 1;
        }
        *self.recordings.entry(input).or_default() += recordings;
    }

    /// A line for each service of each input. Nothing where there was no export.
    pub(super) fn lines(&self) -> Vec<String> {
        let read = self.exports.iter();
        let read = read.map(|((input, service), export)| {
            let recordings = self.recordings.get(input).copied().unwrap_or(0);
            format!("  {input}: {service}: {}", found(export, recordings))
        });
        let unread = self.unread.iter().map(|((input, service), files)| {
            let files = counted(*files, "file of it is", "files of it are");
            format!("  {input}: {service}: {files} not read")
        });
        let lines: Vec<String> = read.chain(unread).collect();
        let head = (!lines.is_empty()).then(|| "found of account exports".to_string());
        head.into_iter().chain(lines).collect()
    }
}

/// What there is of each kind.
fn found(export: &ExportView, recordings: usize) -> String {
    let kinds = [
        (export.activities, "activity listed", "activities listed"),
        (recordings, "recording", "recordings"),
        (export.shoes, "shoe", "shoes"),
        (export.nights, "night", "nights"),
        (export.comments, "comment", "comments"),
    ];
    let counts = kinds.into_iter().filter(|(count, ..)| *count > 0);
    let mut parts: Vec<String> = counts
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let runner = "what the account knows of the runner";
    parts.extend(export.knows_runner.then(|| runner.to_string()));
    match parts.as_slice() {
        [] => "nothing that niggle uses".to_string(),
        parts => list(parts),
    }
}

/// The input that a file lies in: the first part of its name.
fn input_of(file: &str) -> String {
    file.split('/').next().unwrap_or(file).to_string()
}

/// The service of a file that is told by its name and not read.
fn unread(view: &FileView) -> Option<String> {
    let mut problems = view.problems.iter();
    let is_unread = problems.any(|found| found.problem.code == Code::ExportUnread);
    let layout = is_unread.then(|| crate::exports::layout_of(&view.file))?;
    layout.map(|layout| layout.service.to_string())
}
