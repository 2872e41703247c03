//! `niggle man`: the manual, a page a command, from what the help is made of.

use super::{
    codes,
    say::{Outcome, prose},
};
use crate::{
    error::Error,
    report::{self, Access},
    terminal::unbroken,
    units::counted,
};
use clap::{Args, Command, ValueHint};
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};
use std::{
    io,
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle man report | man -l -
  niggle man | man -l -
  niggle man --out ~/.local/share/man/man1")]
pub(super) struct ManArgs {
    /// The command whose page alone is wanted, as report or pain add [default: every page]. To read it: niggle man report | man -l -
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,
    /// A folder for the pages, a file a command (niggle-report.1), in place of standard output.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, command: Command) -> Result<Outcome, Error> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let pages = pages(&command, "").map_err(not_made)?;
    let pages = chosen(pages, &args.command)?;
    match &args.out {
        Some(folder) => kept(folder, &pages),
        None => Ok(Outcome::done(
            pages.into_iter().map(|page| page.roff).collect(),
        )),
    }
}

/// The page of the command that was named, or all of them.
fn chosen(pages: Vec<Page>, named: &[String]) -> Result<Vec<Page>, Error> {
    let named = named.join(" ");
    if named.is_empty() {
        return Ok(pages);
    }
    let one: Vec<Page> = pages
        .into_iter()
        .filter(|page| page.path == named)
        .collect();
    match one.is_empty() {
        true => Err(Error::Usage(format!(
            "there is no command `{named}`: `niggle --help` names them all."
        ))),
        false => Ok(one),
    }
}

/// A page of the manual.
struct Page {
    /// How its command is called, without the program's name; empty for that itself.
    path: String,
    /// `niggle-report.1`.
    file: String,
    roff: String,
}

/// The page of a command, then of those below it. `path` is how it is called, without the program's name.
fn pages(command: &Command, path: &str) -> io::Result<Vec<Page>> {
    let mut pages = vec![page(command, path)?];
    for below in command.get_subcommands() {
        let path = format!("{path} {}", below.get_name());
        pages.extend(self::pages(below, path.trim_start())?);
    }
    Ok(pages)
}

fn page(command: &Command, path: &str) -> io::Result<Page> {
    let man = Man::new(command.clone());
    let mut roff = Vec::new();
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    man.render_options_section(&mut roff)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut roff)?;
    }
    endings(command, path).to_writer(&mut roff)?;
    Ok(Page {
        path: path.to_string(),
        file: man.get_filename(),
        roff: String::from_utf8_lossy(&roff).into_owned(),
    })
}

/// The exit codes and the examples, in the sections that a manual has for them.
fn endings(command: &Command, path: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for code in codes::of(path) {
        roff.control("TP", []);
        roff.text([bold(code.code.to_string())]);
        roff.text([roman(codes::said_for(code, path))]);
    }
    let examples = command
        .get_after_long_help()
        .or(command.get_after_help())
        .map(ToString::to_string);
    roff.control("SH", ["EXAMPLES"]);
    roff.control("nf", []);
    for line in examples.unwrap_or_default().lines().skip(1) {
        roff.text([roman(line.trim_start())]);
    }
    roff.control("fi", []);
    roff
}

/// Writes the pages, those of before anew.
fn kept(folder: &Path, pages: &[Page]) -> Result<Outcome, Error> {
    for page in pages {
        report::replace(
            &folder.join(&page.file),
            page.roff.as_bytes(),
            Access::Shared,
        )?;
    }
    let count = counted(pages.len(), "page is", "pages are");
    let folder = unbroken(&folder.display().to_string());
    Ok(Outcome::done(prose(&format!("{count} in {folder}\n"))))
}

fn not_made(error: io::Error) -> Error {
    Error::render("the manual", &error)
}
