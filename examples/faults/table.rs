//! The table of what came out, in Markdown.

use super::{
    Trial,
    damage::FAULTS,
    judge::Outcome,
    truth::{Form, Quantity},
};
use std::fmt::Write;

/// How many came out so, of so many.
#[derive(Default)]
struct Count {
    runs: usize,
    silent_runs: usize,
    values: usize,
    outcomes: [usize; 5],
}

impl Count {
    fn of<'a>(trials: impl Iterator<Item = &'a Trial>) -> Count {
        let mut count = Count::default();
        trials.for_each(|trial| count.add(trial, None));
        count
    }

    fn add(&mut self, trial: &Trial, only: Option<Quantity>) {
        let judged = trial
            .judged
            .iter()
            .filter(|judged| only.is_none_or(|only| only == judged.quantity));
        let outcomes: Vec<Outcome> = judged.map(|judged| judged.outcome).collect();
        self.runs += usize::from(!outcomes.is_empty());
        self.silent_runs += usize::from(outcomes.contains(&Outcome::Silent));
        self.values += outcomes.len();
        outcomes
            .iter()
            .for_each(|outcome| self.outcomes[*outcome as usize] += 1);
    }

    /// The cells of a row.
    fn cells(&self) -> String {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let of = |outcome: Outcome| share(self.outcomes[outcome as usize], self.values);
        format!(
            "{} | **{:.2} %** | {:.2} % | {:.2} % | {:.2} % | {:.1} % | {:.1} %",
            self.runs,
            share(self.silent_runs, self.runs),
            of(Outcome::Silent),
            of(Outcome::Absent),
            of(Outcome::Told),
            of(Outcome::Unknowable),
            of(Outcome::Right)
        )
    }
}

const HEAD: &str = "runs | runs with a silent wrong value | values wrong in silence | absent though knowable | wrong and told | absent, not knowable | right |\n|---|---|---|---|---|---|---|---|\n";

/// Everything.
pub fn of(trials: &[Trial]) -> String {
    let mut text = String::from(INTRODUCTION);
    text += "\n## By number of faults\n\n| faults | ";
    text += HEAD;
    for faults in 0..=3 {
        row(
            &mut text,
            &faults.to_string(),
            &Count::of(trials.iter().filter(|trial| trial.faults.len() == faults)),
        );
    }
    row(&mut text, "all", &Count::of(trials.iter()));
    text += "\n## By quantity\n\n| quantity | ";
    text += HEAD;
    for quantity in Quantity::ALL {
        let mut count = Count::default();
        trials
            .iter()
            .for_each(|trial| count.add(trial, Some(quantity)));
        row(&mut text, quantity.in_words(), &count);
    }
    text += "\n## By format\n\n| format | ";
    text += HEAD;
    for form in [Form::Fit, Form::Gpx, Form::Tcx] {
        let name = format!("{form:?}").to_uppercase();
        row(
            &mut text,
            &name,
            &Count::of(trials.iter().filter(|trial| trial.form == form)),
        );
    }
    text += "\n## By fault, alone\n\n| fault | ";
    text += HEAD;
    for fault in FAULTS {
        row(
            &mut text,
            fault.name,
            &Count::of(trials.iter().filter(|trial| trial.faults == [fault.name])),
        );
    }
    text
}

fn row(text: &mut String, name: &str, count: &Count) {
    writeln!(text, "| {name} | {} |", count.cells()).unwrap();
}

const INTRODUCTION: &str = "# Invented runs, damaged

`cargo run --release --example faults > reports/faults.md` invents runs whose truth is known (FIT, GPX and TCX; nine places on four
continents; flat ground, waves and hills; a barometer, satellites, an app's smoothing, a map; pauses; one or three of four channels), damages
each with none to three of the faults below at random, reads the file as a report does and asks ten quantities of each run: right, absent, told
(a problem names the quantity as doubtful), or wrong in silence. A value is right within 5 % (distance), 10 s and 2 % (timer, elapsed), 30 s
and 5 % (moving), two minutes (start), the day, the sport, 3 a minute (cadence, heart rate), 30 m or 25 % (ascent); times also within a record
at each pause. Of a ride that is called
a run only the sport is asked, and only where anything shows its speed.

*Knowable* is what the witnesses that no fault touched could still tell: two voices that agree (the device's totals and laps, the records'
distance and speed, the track), or all that are left. The ascent of raw satellites is not knowable, nor that of an app that smoothed the waves
away.
";
