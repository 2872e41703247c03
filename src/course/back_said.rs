//! What is said of running again: a sentence for the weeks before, for what came between, and for how far it is back.

use super::{
    back::{Back, Gap, Sound, WeekBack},
    cost::Cost,
};
use crate::{
    pain::site_text_with,
    rules::standing::rating,
    time::{date_text, period_text, short_date_text},
    units::{Units, counted, counted_in_words, number, percent},
    words::{list, sentence},
};
use chrono::NaiveDate;

/// What it is not, said wherever it is told.
pub const NO_PLAN: &str = "These are your own weeks: a description, no plan and no promise.";

/// Of weeks whose pain is known.
const COST_NONE: &str = " in which pain cost no run";

impl Back {
    /// The sentences, in order. `shares`: how far it is back is said as a share of the usual too, which nobody needs while something is to
    /// be looked at.
    pub fn sentences(&self, units: Units, shares: bool) -> Vec<String> {
        let before = match &self.sound {
            Some(sound) => sound.text(units, self.is_pain_known),
            None => format!("What was usual before is not known: {}.", self.too_few()),
        };
        let latest = self.latest().map(|week| match shares {
            true => self.with_shares(week, units),
            false => sentence(&week.text(units)),
        });
        [before, self.between()].into_iter().chain(latest).collect()
    }

    /// The same in short and of a third person, for one who examines: numbers alone, no share of anything.
    /// Days are of the year of `as_of` where they do not say theirs.
    pub fn facts(&self, units: Units, as_of: NaiveDate) -> Vec<String> {
        let before = match &self.sound {
            Some(sound) => sound.fact(units, self.is_pain_known),
            None => format!("Before: not known; {}.", self.too_few()),
        };
        let gap = self.gap.as_ref().map(Gap::text);
        let cost = self.cost.as_ref().map(|cost| cost.text("the"));
        let between: Vec<String> = gap.into_iter().chain(cost).collect();
        let since = self.weeks.iter().map(|week| week.fact(units, as_of));
        let since: Vec<String> = since.collect();
        let place = match self.cost {
            Some(_) => "pain there",
            None => "pain",
        };
        vec![
            before,
            format!("Then: {}.", between.join("; ")),
            format!(
                "Since, by weeks from, with the highest {place}: {}.",
                since.join("; ")
            ),
        ]
    }

    /// Without a log it is not known whether pain cost a run, and nothing may say that it did not.
    fn too_few(&self) -> String {
        let cost = if self.is_pain_known { COST_NONE } else { "" };
        format!("fewer than two whole weeks are recorded{cost}")
    }

    /// `Then 20 days without a recorded run, 1–20 Sep 2025, and pain in your left knee …`.
    fn between(&self) -> String {
        let gap = self.gap.as_ref().map(Gap::text);
        let cost = self.cost.as_ref().map(|cost| cost.text("your"));
        let both: Vec<String> = gap.into_iter().chain(cost).collect();
        format!(
            "Then {}. Running again since {}.",
            list(&both),
            date_text(self.since)
        )
    }

    /// The week beside the usual.
    fn with_shares(&self, week: &WeekBack, units: Units) -> String {
        let usual = self.sound.filter(|sound| sound.distance_m > 0.0);
        let of_usual = |metres: f64, usual: f64| format!("{} %", percent(metres / usual));
        let distance = usual.zip(week.distance_m);
        let distance = distance.map(|(usual, metres)| {
            format!(", {} of the usual", of_usual(metres, usual.distance_m))
        });
        let longest = usual.and_then(|usual| usual.longest_m).zip(week.longest_m);
        let longest = longest.map(|(usual, metres)| {
            let (text, share) = (units.distance_text(metres), of_usual(metres, usual));
            format!("; its longest run was {text}, {share} of the longest before")
        });
        let parts = [Some(week.text(units)), distance, longest];
        sentence(&parts.into_iter().flatten().collect::<String>())
    }
}

impl Sound {
    fn text(&self, units: Units, is_pain_known: bool) -> String {
        let longest = self.longest_m.map(|metres| {
            let metres = units.distance_text(metres);
            format!("; the longest run was {metres}")
        });
        let cost = if is_pain_known { COST_NONE } else { "" };
        format!(
            "Your last {} recorded whole{cost} before it, {}, held {} in {} runs a week on average{}.",
            counted_in_words(self.weeks as f64, "week"),
            period_text(self.from, self.to),
            units.distance_text(self.distance_m),
            number(self.runs, 1),
            longest.unwrap_or_default()
        )
    }
}

impl Sound {
    /// `Before, in the last four weeks recorded whole in which pain cost no run, 20 Jan – 16 Feb 2025: 40.0 km …`.
    fn fact(&self, units: Units, is_pain_known: bool) -> String {
        let cost = if is_pain_known { COST_NONE } else { "" };
        let longest = self.longest_m.map(|metres| {
            let metres = units.distance_text(metres);
            format!(", the longest {metres}")
        });
        format!(
            "Before, in the last {} recorded whole{cost}, {}: {} in {} runs a week on average{}.",
            counted_in_words(self.weeks as f64, "week"),
            period_text(self.from, self.to),
            units.distance_text(self.distance_m),
            number(self.runs, 1),
            longest.unwrap_or_default()
        )
    }
}

impl Gap {
    fn text(&self) -> String {
        format!(
            "{} days without a recorded run, {}",
            self.days(),
            period_text(self.from, self.to)
        )
    }
}

impl Cost {
    /// `pain in your left knee from …`, or in whose it is.
    fn text(&self, whose: &str) -> String {
        let place = site_text_with(whose, self.place.0, self.place.1);
        format!(
            "pain in {place} from {} on, which cost running on {} (the last {})",
            date_text(self.from),
            counted(self.days, "day", "days"),
            date_text(self.to)
        )
    }
}

impl WeekBack {
    /// `5 Oct 24.0 km in 3 runs, 2`.
    fn fact(&self, units: Units, as_of: NaiveDate) -> String {
        let held = match (self.distance_m, self.runs) {
            (Some(metres), Some(runs)) => {
                let runs = counted(runs, "run", "runs");
                format!("{} in {runs}", units.distance_text(metres))
            }
            (None, Some(runs)) => {
                let runs = counted(runs, "run", "runs");
                format!("{runs}, the distance not all known")
            }
            (_, None) => "nothing recorded".to_string(),
        };
        let so_far = if self.is_over { "" } else { " so far" };
        let pain = self.pain.map_or("not rated".to_string(), rating);
        let from = short_date_text(self.from, as_of);
        format!("{from} {held}{so_far}, {pain}")
    }

    /// `the last whole week since, 5–11 Oct 2025, held 24.0 km in 3 runs`.
    fn text(&self, units: Units) -> String {
        let period = period_text(self.from, self.to);
        let held = match (self.distance_m, self.runs) {
            (Some(metres), Some(runs)) => {
                let runs = counted(runs, "run", "runs");
                format!("{} in {runs}", units.distance_text(metres))
            }
            (None, Some(runs)) => {
                let runs = counted(runs, "run", "runs");
                format!("{runs} of which the distance is not all known")
            }
            (_, None) => "nothing that is recorded".to_string(),
        };
        match self.is_over {
            true => format!("the last whole week since, {period}, held {held}"),
            false => format!("the first week, {period}, holds {held} so far"),
        }
    }
}
