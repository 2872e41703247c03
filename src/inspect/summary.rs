//! Whose exports the inputs are and what was found in them, when every file has been looked at.

use super::{
    text,
    view::{ExportView, FileView, Kind},
};
use crate::{problem::Code, units::counted};
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
        if let Some(export) = view.export {
            let of_service = (input, export.service.to_string());
            self.exports
                .entry(of_service)
                .and_modify(|all| all.add(&export))
                .or_insert(export);
        } else if let Some(service) = unread(view) {
            *self.unread.entry((input, service)).or_default() += 1;
        } else if matches!(view.kind, Kind::Recording(_)) {
            *self.recordings.entry(input).or_default() += view.activities.len();
        }
    }

    /// A line for each service of each input. Nothing where there was no export.
    pub(super) fn lines(&self) -> Vec<String> {
        let read = self.exports.iter();
        let read = read.map(|((input, service), export)| {
            let recordings = self.recordings.get(input).copied().unwrap_or(0);
            let recordings = counted(recordings, "recording", "recordings");
            format!(
                "  {input}: {service}, {}, {recordings}",
                text::listed(export)
            )
        });
        let unread = self.unread.iter().map(|((input, service), files)| {
            let files = counted(*files, "file of it is", "files of it are");
            format!("  {input}: {service}, {files} not read")
        });
        let lines: Vec<String> = read.chain(unread).collect();
        let head = (!lines.is_empty()).then(|| "found of account exports".to_string());
        head.into_iter().chain(lines).collect()
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
