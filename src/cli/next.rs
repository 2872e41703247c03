//! `niggle next`: what the rules would say of a planned run.

use super::{
    options::{
        Cached, Common, ConfigFile, Day, Heart, Judged, Options, PainFile, Request, Settings,
        Spelled,
    },
    say::{Outcome, prose, tell_notices, tell_of_settings},
};
use crate::{
    error::Error,
    next::{self, Asked, Length, Next},
    pipeline,
    progress::Terminal,
    report::text::printable_json,
    rules::Context,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle next my_export --pain pain.csv
  niggle next my_export --distance 18 --climb 400
  niggle next --distance 11mi --date today")]
pub(super) struct NextArgs {
    /// What `niggle report` takes: recordings, folders and zips of them, exports of accounts. A pain log inside is found by itself.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// How long the run is to be, as 18, 18.5 or 11mi [default: none, to learn from where on a rule would speak].
    #[arg(long, value_name = "LENGTH", value_parser = Length::parse, allow_negative_numbers = true)]
    distance: Option<Length>,
    /// How far it goes up, as 400 or 1300ft.
    #[arg(long, visible_alias = "ascent", value_name = "HEIGHT", value_parser = Length::parse, allow_negative_numbers = true)]
    climb: Option<Length>,
    /// How far it goes down.
    #[arg(long, value_name = "HEIGHT", value_parser = Length::parse, allow_negative_numbers = true)]
    descent: Option<Length>,
    /// On which day, as 2025-10-31, or today, for which alone the clock is looked at [default: the day after the last known one].
    #[arg(long, value_name = "DATE", value_parser = Day::spelled)]
    date: Option<Day>,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    history: History,
}

/// Of the options of a report those that say what was run, what hurts and how the rules judge it.
#[derive(Debug, Args)]
struct History {
    #[command(flatten)]
    pain_file: PainFile,
    #[command(flatten)]
    cached: Cached,
    #[command(flatten)]
    heart: Heart,
    #[command(flatten)]
    judged: Judged,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    config: ConfigFile,
}

impl History {
    /// The same as a report would take them.
    fn of(self, inputs: Vec<PathBuf>) -> Request {
        let options = Options {
            pain_file: self.pain_file,
            cached: self.cached,
            heart: self.heart,
            judged: self.judged,
            common: self.common,
            ..Options::default()
        };
        Request { inputs, options }
    }
}

pub(super) fn run(args: NextArgs) -> Result<Outcome, Error> {
    let asked = Asked {
        distance: args.distance,
        climb: args.climb,
        descent: args.descent,
        date: args.date.map(Day::date),
    };
    let file = args.history.config.clone();
    let settings = Settings::load(args.history.of(args.inputs), &file)?;
    tell_of_settings(&settings.notices);
    let quiet = settings.request.options.common.is_quiet();
    let config = settings.resolve()?;
    let recorded = pipeline::recorded(&config, &Terminal::new(quiet))?;
    tell_notices(&recorded.notices);
    let judging = &config.judging;
    let ctx = Context::new(&recorded.history, &recorded.pain, judging.units)
        .with(&judging.limits, &judging.emergency_number);
    let next = next::next(&ctx, recorded.day_from, &asked)?;
    said(&next, args.json).map(Outcome::done)
}

fn said(next: &Next, json: bool) -> Result<String, Error> {
    if !json {
        return Ok(prose(&next::text(next)));
    }
    let text = next::json(next).map_err(|error| Error::render("the JSON", &error));
    text.map(|text| printable_json(&text))
}
