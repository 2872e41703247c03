//! The timeline in words and in numbers.

use super::super::{
    Numbers,
    axis::{Step, month_start},
    counted, periods,
};
use super::{
    Timeline, YEAR_WEEKS,
    days::{Row, Stretch},
    running::Bar,
};
use crate::{
    time::{date_text, days_between},
    units::number,
    words::sentence_case,
};

/// Places named in the words of a picture.
const NAMED: usize = 3;

impl Timeline {
    /// What it finds: the first place, then the running.
    pub(super) fn title(&self) -> String {
        match self.logged.days {
            0 => format!(
                "{}; about pain nothing is logged",
                sentence_case(&self.running_found())
            ),
            _ => format!("{}; {}", self.pain_found(), self.running_found()),
        }
    }

    fn pain_found(&self) -> String {
        match (self.rows.first(), self.logged.days) {
            (Some(row), _) => row.found(),
            (None, 0) => "No pain was logged".to_string(),
            (None, days) => format!("No pain on the {} logged", counted(days, "day")),
        }
    }

    fn running_found(&self) -> String {
        let is_run = self.bars.iter().any(|bar| bar.shown().is_some());
        match (is_run, self.step, self.marked().count()) {
            (false, ..) => "no running is recorded".to_string(),
            (true, Step::Month, _) => "running month by month".to_string(),
            (true, Step::Week, 0) if self.usual.is_none() => {
                "too few whole weeks of running to compare".to_string()
            }
            (true, Step::Week, 0) => format!("no week of running {}stands out", self.lately()),
            (true, Step::Week, 1) => format!("1 of {} of running stands out", self.weeks()),
            (true, Step::Week, marked) => {
                format!("{marked} of {} of running stand out", self.weeks())
            }
        }
    }

    /// The weeks that can have a mark: `40 weeks`, `the last 52 weeks`.
    fn weeks(&self) -> String {
        match i64::try_from(self.bars.len()) {
            Ok(bars @ ..=YEAR_WEEKS) => format!("{bars} weeks"),
            _ => format!("the last {YEAR_WEEKS} weeks"),
        }
    }

    fn lately(&self) -> &'static str {
        let is_longer = self.bars.len() as i64 > YEAR_WEEKS;
        if is_longer { "in the last year " } else { "" }
    }

    /// Bars with a mark.
    pub(super) fn marked(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| bar.is_marked(self.step))
    }

    /// What the picture is of.
    pub(super) fn subtitle(&self) -> String {
        let grain = self.grain.label();
        let ratings = format!(
            "the highest rating of a {grain} at each place, the taller and darker the more."
        );
        match (self.has_runs, self.rows.is_empty()) {
            (false, _) => sentence_case(&ratings),
            (true, true) => "How far was run.".to_string(),
            (true, false) => format!("Above, how far was run; below, {ratings}"),
        }
    }

    /// The picture in words.
    pub(super) fn alt(&self) -> String {
        [
            self.running_words(),
            self.pain_words(),
            self.unknown_words(),
        ]
        .concat()
    }

    fn running_words(&self) -> String {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        let bars = counted(self.bars.len(), step);
        if !self.has_runs {
            let last = date_text(self.last);
            return format!("{bars} to {last}, without a recorded run.");
        }
        let usual = self.usual.map_or(String::new(), |usual| {
            format!(
                ", usually {} to {}",
                number(usual.low, 0),
                number(usual.high, 0)
            )
        });
        let highest = self.highest().map_or(String::new(), |(bar, distance)| {
            format!(
                ", the highest {} in the {step} from {}",
                number(distance, 0),
                date_text(bar.from)
            )
        });
        format!(
            "Running above in {unit} over {bars} to {}{usual}{highest}.{}",
            date_text(self.last),
            self.marked_words()
        )
    }

    fn highest(&self) -> Option<(&Bar, f64)> {
        super::super::greatest(self.bars.iter().filter_map(|bar| Some((bar, bar.shown()?))))
    }

    fn marked_words(&self) -> String {
        match self.marked_texts().as_slice() {
            [] => String::new(),
            few if few.len() <= NAMED => format!(" Marked: {}.", few.join("; ")),
            many => format!(" {} weeks are marked.", many.len()),
        }
    }

    fn marked_texts(&self) -> Vec<String> {
        self.marked().map(|bar| self.marked_text(bar)).collect()
    }

    /// `10 Mar 2025 (jump)`.
    fn marked_text(&self, bar: &Bar) -> String {
        let why = self.why(bar).unwrap_or_default();
        format!(
            "the {} from {} ({why})",
            self.step.label(),
            date_text(bar.from)
        )
    }

    /// The words of a mark. None where there is none.
    pub(super) fn why(&self, bar: &Bar) -> Option<String> {
        let reasons = bar.reasons.filter(|_| bar.is_marked(self.step))?;
        reasons.words((true, true), self.units.distance_label())
    }

    fn pain_words(&self) -> String {
        match (self.rows.is_empty(), self.logged.days) {
            (true, 0) => return String::new(),
            (true, _) => return format!(" {}.", self.pain_found()),
            (false, _) => (),
        }
        let rows: Vec<String> = self.rows.iter().map(Row::words).collect();
        let pain = if self.has_runs { "Pain below" } else { "Pain" };
        format!(
            " {pain}: {}.{}",
            rows.join("; "),
            self.others_sentence()
                .map_or(String::new(), |said| format!(" {said}"))
        )
    }

    /// The places without a row: `And 2 more places: hip (3 days), ankle (1 day).` None where there is none.
    pub(super) fn others_sentence(&self) -> Option<String> {
        let named: Vec<String> = self.others.iter().take(NAMED).map(Row::short).collect();
        let rest = self.others.len().saturating_sub(NAMED);
        let rest = match rest {
            0 => String::new(),
            _ => format!(" and {rest} more"),
        };
        (!named.is_empty()).then(|| {
            format!(
                "And {}: {}{rest}.",
                counted(self.others.len(), "more place"),
                named.join(", ")
            )
        })
    }

    fn unknown_words(&self) -> String {
        let logged = self.logged_words();
        match days_of(&self.unrecorded) {
            0 => logged,
            gaps => format!(
                "{logged} {} lie in stretches without recordings.",
                counted(gaps, "day")
            ),
        }
    }

    fn logged_words(&self) -> String {
        match self.logged.days {
            0 => " About pain nothing is logged.".to_string(),
            days => format!(
                " Pain was logged on {days} of {} days; the others are unknown.",
                self.days_past()
            ),
        }
    }

    /// Days of the time that are past.
    pub(super) fn days_past(&self) -> i64 {
        days_between(self.span.from, self.last) + 1
    }

    /// The numbers behind it, a row a bar.
    pub(super) fn numbers(&self) -> Numbers {
        let (from, unit) = match self.told_by() {
            Step::Week => ("week from", self.units.distance_label()),
            Step::Month => ("month", self.units.distance_label()),
        };
        let running = [unit, "runs", "marked"].into_iter();
        let running = running.filter(|_| self.has_runs);
        let pain = ["highest pain, 0–10", "days logged"];
        Numbers {
            head: [from].into_iter().chain(running).chain(pain).collect(),
            rows: self.told().iter().map(|bar| self.number_row(bar)).collect(),
        }
    }

    /// What the rows of the table are: of more than half a year months, since weeks.csv has the weeks.
    fn told_by(&self) -> Step {
        match self.step {
            Step::Week if periods::is_short(self.span) => Step::Week,
            _ => Step::Month,
        }
    }

    /// The bars, or those that begin in each month together.
    fn told(&self) -> Vec<Bar> {
        if self.told_by() == self.step {
            return self.bars.clone();
        }
        let months = self
            .bars
            .chunk_by(|a, b| month_start(a.from) == month_start(b.from));
        months
            .filter_map(|month| month.iter().cloned().reduce(Bar::and))
            .collect()
    }

    fn number_row(&self, bar: &Bar) -> Vec<String> {
        let why = self.why(bar).unwrap_or_default();
        let running = [distance_text(bar), bar.runs.to_string(), why].into_iter();
        let running = running.filter(|_| self.has_runs);
        let pain = [self.pain_in(bar), self.logged_in(bar).to_string()];
        let name = match self.told_by() {
            Step::Week => date_text(bar.from),
            Step::Month => bar.from.format("%b %Y").to_string(),
        };
        let cells = [name].into_iter().chain(running);
        cells.chain(pain).collect()
    }

    /// `Right shin 6, left kneecap 2`. A dash where nothing was logged.
    fn pain_in(&self, bar: &Bar) -> String {
        let found = self.found_in(bar);
        match (found.is_empty(), self.logged_in(bar)) {
            (false, _) => found.join(", "),
            (true, 0) => "–".to_string(),
            (true, _) => "0".to_string(),
        }
    }

    fn found_in(&self, bar: &Bar) -> Vec<String> {
        let rows = self.rows.iter().chain(&self.others);
        rows.filter_map(|row| row.within(bar)).collect()
    }

    fn logged_in(&self, bar: &Bar) -> i64 {
        let within = self
            .logged
            .stretches
            .iter()
            .map(|stretch| shared(*stretch, (bar.from, bar.to)));
        within.sum()
    }
}

impl Row {
    /// `right shin on 20 days, up to 6 on 7 Oct 2025`.
    fn words(&self) -> String {
        let (name, days) = (&self.name, counted(self.days, "day"));
        format!(
            "{name} on {days}, up to {} of 10 on {}",
            number(self.highest, 0),
            date_text(self.highest_on)
        )
    }

    /// `Right shin: pain on 20 days, up to 6 of 10`.
    fn found(&self) -> String {
        let (name, days) = (sentence_case(&self.name), counted(self.days, "day"));
        let highest = number(self.highest, 0);
        format!("{name}: pain on {days}, up to {highest} of 10")
    }

    /// `hip (3 days)`.
    fn short(&self) -> String {
        format!("{} ({})", self.name, counted(self.days, "day"))
    }

    /// The highest in a bar, with its name.
    fn within(&self, bar: &Bar) -> Option<String> {
        let highest = self.highest_in(bar)?;
        Some(format!("{} {}", self.name, number(highest, 0)))
    }

    fn highest_in(&self, bar: &Bar) -> Option<f64> {
        let days = self.days_of.range(bar.from..bar.to);
        days.map(|(_, pain)| *pain).reduce(f64::max)
    }
}

/// `12.3`, or `12.3 (part)`.
fn distance_text(bar: &Bar) -> String {
    let distance = bar.distance.map(|distance| number(distance, 1));
    let part = if bar.is_whole { "" } else { " (part)" };
    distance.map_or("–".to_string(), |distance| distance + part)
}

/// Days of all stretches.
fn days_of(stretches: &[Stretch]) -> usize {
    let days: i64 = stretches
        .iter()
        .map(|(from, to)| days_between(*from, *to))
        .sum();
    usize::try_from(days).unwrap_or(0)
}

/// Days in both.
fn shared(a: Stretch, b: Stretch) -> i64 {
    days_between(a.0.max(b.0), a.1.min(b.1)).max(0)
}
