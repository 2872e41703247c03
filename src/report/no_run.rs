//! Why there is no run among the inputs and what to do about it: the hint of a report that cannot be made, and the first line of one
//! that is of a pain log alone.

use super::missing::{Naming, Recordings};
use crate::{
    analysis::Analysis,
    exports::{self, EXPORTS},
    option::AS_OF,
    problem::{Code, Problem},
    units::counted,
    words::sentence,
};

/// What a report says first that is of a log alone. `is_why_told` says that the next line tells why.
pub(super) fn said(analysis: &Analysis, is_why_told: bool, naming: Naming) -> Recordings {
    let reasons = match is_why_told {
        true => String::new(),
        false => why(analysis, naming),
    };
    Recordings {
        said: OF_LOG_ALONE.to_string(),
        reasons,
    }
}

const OF_LOG_ALONE: &str = "No run was read: this report is of your pain log alone.";

const TO_SAY_MORE: &str = "With recordings of runs beside it niggle can say more: FIT, GPX or TCX files, or the export of an account.";

fn why(analysis: &Analysis, naming: Naming) -> String {
    let of_log = &analysis.pain.problems;
    let of_files = analysis.problems.iter();
    let of_files: Vec<&Problem> = of_files
        .filter(|problem| !of_log.contains(problem))
        .collect();
    let others = analysis.history.others.len();
    match of_files.is_empty() && others == 0 {
        true => TO_SAY_MORE.to_string(),
        false => hint(&of_files, others, naming),
    }
}

fn of_other_sports(count: usize) -> String {
    let (one, many) = (
        "activity of another sport was read",
        "activities of other sports were read",
    );
    format!(
        "{}, and only running counts as running; `niggle inspect` says which sport a recording names.",
        counted(count, one, many)
    )
}

/// The commonest reason and what to do, where names may be told. `problems` are those of the inputs, `others` the activities of
/// other sports among them.
pub fn why_no_run(problems: &[&Problem], others: usize) -> String {
    hint(problems, others, Naming::Examples)
}

fn hint(problems: &[&Problem], others: usize, naming: Naming) -> String {
    let of_recordings = problems.iter().filter(|problem| !is_of_a_log(problem.code));
    let is_later = |problem: &&&Problem| problem.code == Code::AfterAsOf;
    let later = of_recordings.clone().filter(is_later).count();
    if later > 0 {
        let (one, many) = ("recording lies", "recordings lie");
        let later = counted(later, one, many);
        return format!("{later} after the day given with {AS_OF}.");
    }
    // That a service's sessions are not read says more than what lies beside them.
    let of_service = of_recordings
        .clone()
        .find(|problem| problem.code == Code::ExportUnread);
    let loudest = || of_recordings.max_by_key(|problem| problem.effect);
    match (of_service, others) {
        (Some(problem), _) => said_first(problem, naming),
        (None, 0) => loudest().map_or_else(what_to_give, |problem| said_first(problem, naming)),
        (None, others) => of_other_sports(others),
    }
}

/// Whether it is about a file that is, or should have been, a pain log.
fn is_of_a_log(code: Code) -> bool {
    matches!(code, Code::PainLogUnusable | Code::PainLogUnused)
}

/// A file of another kind is nothing to care about among recordings, but it is where there are none.
fn said_first(problem: &Problem, naming: Naming) -> String {
    match problem.code {
        Code::OtherFile | Code::UnknownKind => nothing_known(problem, naming),
        Code::ArchiveEncrypted => locked(problem, naming),
        _ => line(problem, naming),
    }
}

/// The problem in one line, with its file or without.
fn line(problem: &Problem, naming: Naming) -> String {
    match naming {
        Naming::Examples => problem.line(),
        Naming::NoFiles => format!("{} {}", sentence(&problem.detail), problem.code.advice()),
    }
}

/// What to do when nothing was a recording.
fn what_to_give() -> String {
    let services: Vec<&str> = EXPORTS.iter().map(|export| export.service).collect();
    let services = services.join(", ");
    format!(
        "Give niggle FIT, GPX or TCX files, a folder or zip of them, or the export of an account ({services})."
    )
}

/// A locked archive still shows its names, and by them its service.
fn locked(problem: &Problem, naming: Naming) -> String {
    let said = line(problem, naming);
    match exports::layout_of(problem.file()) {
        Some(layout) => format!(
            "{said} It is of {}'s export: unpack it with the password you chose when you asked for it (7-Zip can, where the system \
             cannot), and give niggle the folder.",
            layout.service
        ),
        None => said,
    }
}

fn nothing_known(problem: &Problem, naming: Naming) -> String {
    let is_called_zip = problem.place.to_lowercase().ends_with(".zip");
    let zip = if is_called_zip {
        "it is not a zip, whatever its name; "
    } else {
        ""
    };
    let what = format!("{zip}{}", problem.detail);
    let what = match naming {
        Naming::Examples => format!("{}: {what}.", problem.place),
        Naming::NoFiles => sentence(&what),
    };
    format!("{what} {}", what_to_give())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Effect;

    fn problem(code: Code, effect: Effect, detail: &str) -> Problem {
        Problem::new(code, effect, "", detail, "It was left out.").within("a/b.zip")
    }

    #[test]
    fn the_commonest_reason_is_said_with_its_file_or_without() {
        let later = problem(Code::AfterAsOf, Effect::Skipped, "later");
        let service = problem(
            Code::ExportUnread,
            Effect::Skipped,
            "a session of a service",
        );
        let cut = problem(
            Code::ArchiveDamaged,
            Effect::Failed,
            "the archive is cut off",
        );
        let other = problem(Code::OtherFile, Effect::Skipped, "a text");
        let log = problem(Code::PainLogUnusable, Effect::Failed, "no header");
        for (problems, others, names, says) in [
            (
                vec![&later, &service, &later],
                3,
                true,
                "2 recordings lie after the day given with --as-of.",
            ),
            (
                vec![&cut, &service],
                3,
                true,
                "a/b.zip: a session of a service. It was left out. Give niggle these",
            ),
            (
                vec![&cut],
                1,
                true,
                "1 activity of another sport was read, and only running counts",
            ),
            (
                vec![&other, &cut],
                0,
                true,
                "a/b.zip: the archive is cut off. It was left out. Download it again.",
            ),
            (
                vec![&other, &cut],
                0,
                false,
                "The archive is cut off. Download it again.",
            ),
            (
                vec![&other, &log],
                0,
                true,
                "a/b.zip: it is not a zip, whatever its name; a text. Give niggle FIT, GPX",
            ),
            (
                vec![&other],
                0,
                false,
                "It is not a zip, whatever its name; a text. Give niggle FIT, GPX",
            ),
            (vec![&log], 0, true, "Give niggle FIT, GPX or TCX files"),
        ] {
            let naming = if names {
                Naming::Examples
            } else {
                Naming::NoFiles
            };
            let said = hint(&problems, others, naming);
            assert!(said.starts_with(says), "{said}");
        }
    }
}
