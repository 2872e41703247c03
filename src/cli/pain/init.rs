//! `niggle pain init`: a pain log to start from.

use crate::{
    cli::say::{Outcome, prose},
    error::Error,
    option::PAIN,
    pain::{self, Resembles, Scale, Template},
    report::{self, Access},
};
use clap::{Args, ValueHint};
use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle pain init pain.csv
  niggle pain init pain.csv --simple")]
pub(in crate::cli) struct InitArgs {
    /// Where to write it; an existing file is left alone.
    #[arg(default_value = "pain.csv", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Five columns: date, moment, site, pain, notes.
    #[arg(long)]
    simple: bool,
    /// The scale you rate on, if not 0 to 10; the log remembers it.
    #[arg(long, value_name = "SCALE", value_parser = str::parse::<Scale>)]
    pain_scale: Option<Scale>,
    /// Whoever the system lets read new files may read it; without, only whoever ran niggle.
    #[arg(long)]
    shared: bool,
}

pub(super) fn run(args: InitArgs) -> Result<Outcome, Error> {
    let file = &args.file;
    if is_workbook_name(file) {
        return Err(Error::Usage(only_csv(file)));
    }
    if is_log(file) {
        return Err(is_there(file));
    }
    let template = if args.simple {
        Template::Simple
    } else {
        Template::Full
    };
    let access = Access::of(args.shared);
    report::write_new(file, template.log(args.pain_scale).as_bytes(), access)?;
    let (file, explained) = (file.display(), explain_beside(file, access));
    Ok(Outcome::done(prose(&format!(
        "{file} is ready: open it in a spreadsheet or an editor, one row a moment. {explained}.\n"
    ))))
}

/// Whether a pain log lies there already.
fn is_log(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|bytes| pain::resembles(&bytes) == Resembles::Log)
}

fn is_there(file: &Path) -> Error {
    let option = match file == Path::new("pain.csv") {
        true => String::new(),
        false => format!(" {PAIN} {}", file.display()),
    };
    let what =
        format!("it is there already and is a pain log: `niggle pain add{option}` adds to it");
    Error::Output {
        path: file.to_path_buf(),
        error: io::Error::new(ErrorKind::AlreadyExists, what),
    }
}

fn only_csv(file: &Path) -> String {
    let what =
        "niggle writes a CSV, which every spreadsheet opens: give it a name that ends in .csv";
    format!("{}: {what}", file.display())
}

fn is_workbook_name(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_lowercase();
    ["xlsx", "xlsm", "xls", "ods"].contains(&ending.as_str())
}

/// Puts the page that explains the log beside it, and says where an explanation is.
fn explain_beside(file: &Path, access: Access) -> String {
    let help = file.with_file_name("pain-help.md");
    // A page that is there already may have been written into.
    if help.exists() || report::write_new(&help, pain::help().as_bytes(), access).is_ok() {
        format!("{} explains it", help.display())
    } else {
        "`niggle pain check` shows what it understands".to_string()
    }
}
