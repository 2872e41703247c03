//! Where the parts of the drawing lie, and the key to its marks, both known before there is a page.

use super::super::style;
use super::{Timeline, YEAR_WEEKS, days::Grain, running::end_of};

/// From the upper edge to the highest bar: for what the bars are, and for words above them.
const ABOVE_BARS: f64 = 50.0;
/// From the upper edge to the line of the dates where there is no part for bars.
const ABOVE_DATES: f64 = 4.0;
/// From the bars to what lies under their dates.
const DATES: f64 = 42.0;
/// Under a heading.
const HEADING: f64 = 66.0;
/// Distance of two lines of the key.
const LINE: f64 = 21.0;
/// From a mark of the key to its word.
pub(super) const KEY: f64 = 22.0;
/// From one word of the key to the next mark.
pub(super) const APART: f64 = 18.0;

/// Where the parts lie, logical pixels from the upper edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// What the bars are.
    pub unit: f64,
    /// The highest bar ends here.
    pub top: f64,
    /// Bars stand on this.
    pub base: f64,
    /// The base of every row.
    pub rows: Vec<f64>,
    /// The base of the row of logged days. None without a log.
    pub logged: Option<f64>,
    /// Where lines of text stand, and their words.
    pub lines: Vec<(f64, String)>,
    /// The key: mark, word, and its line.
    pub key: Vec<(Key, String, f64)>,
    /// The whole.
    pub height: f64,
}

/// A mark that the key explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Key {
    /// A whole week.
    Bar,
    /// A week of which a part is missing.
    Part,
    /// A week that stands out.
    Marked,
    /// What is usual.
    Usual,
    /// Pain of a level.
    Pain(f64),
    /// Logged as not hurting.
    Clear,
    /// Logged.
    Logged,
    /// Nothing is known.
    Unknown,
}

/// The levels of pain that differ in shade: up to what, their words, and the rating whose shade they have.
pub(super) const LEVELS: [(f64, &str, f64); 4] = [
    (2.0, "1–2", 1.5),
    (4.0, "3–4", 4.0),
    (6.0, "5–6", 6.0),
    (10.0, "7–10", 9.5),
];

impl Timeline {
    /// Where everything lies.
    pub(super) fn layout(&self, is_headed: bool) -> Layout {
        let upper = if is_headed { HEADING } else { 0.0 };
        let (above, bars) = match self.has_runs {
            true => (ABOVE_BARS, self.form.bars),
            false => (ABOVE_DATES, 0.0),
        };
        let (top, base) = (upper + above, upper + above + bars);
        let first = base + DATES + self.form.pitch;
        let rows: Vec<f64> = (0..self.rows.len())
            .map(|row| first + self.form.pitch * row as f64)
            .collect();
        let logged =
            (self.logged.days > 0).then_some(first + self.form.pitch * rows.len() as f64 - 6.0);
        let mut below = logged.unwrap_or(base + DATES) + 24.0;
        let lines = self.lines(&mut below);
        let key = self.placed_key(&mut below);
        Layout {
            unit: upper + 14.0,
            top,
            base,
            rows,
            logged,
            lines,
            key,
            height: below,
        }
    }

    /// Sentences under the rows.
    fn lines(&self, below: &mut f64) -> Vec<(f64, String)> {
        let no_log = (self.logged.days == 0)
            .then(|| "Nothing is logged in this time: about pain nothing is known.".to_string());
        let said = self.others_sentence().or(no_log).unwrap_or_default();
        let lines = self.broken(&said).into_iter();
        lines
            .map(|line| {
                *below += LINE;
                (*below - LINE, line)
            })
            .collect()
    }

    /// A text in lines that fit.
    fn broken(&self, text: &str) -> Vec<String> {
        let room = self.form.width - self.margin() - 8.0;
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.form.about(line) + self.form.about(word) < room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_string()),
            }
        }
        lines
    }

    /// The left edge of what is written below.
    pub(super) fn margin(&self) -> f64 {
        if self.form.is_stacked {
            6.0
        } else {
            style::MARGIN_PX
        }
    }

    /// The key, in as many lines as it needs.
    fn placed_key(&self, below: &mut f64) -> Vec<(Key, String, f64)> {
        let (mut x, mut placed) = (self.margin(), Vec::new());
        *below += 6.0;
        for (key, word) in self.key() {
            let width = KEY + self.form.about(&word);
            if x + width > self.form.width - 6.0 && x > self.margin() {
                (x, *below) = (self.margin(), *below + LINE);
            }
            placed.push((key, word, *below));
            x += width + APART;
        }
        *below += LINE;
        placed
    }

    /// What the marks that are drawn mean.
    fn key(&self) -> Vec<(Key, String)> {
        [
            self.key_of_bars(),
            self.key_of_pain(),
            self.key_of_the_unknown(),
        ]
        .concat()
    }

    fn key_of_bars(&self) -> Vec<(Key, String)> {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        let shown = || self.bars.iter().filter(|bar| bar.shown().is_some());
        let usual = self
            .usual
            .filter(|_| self.form.is_stacked)
            .map(|usual| format!("usual, {}", usual.text(unit)));
        let keys = [
            shown()
                .any(|bar| bar.is_whole)
                .then(|| (Key::Bar, format!("{unit} a {step}"))),
            shown()
                .any(|bar| !bar.is_whole)
                .then(|| (Key::Part, format!("not a whole {step}"))),
            self.marked()
                .next()
                .map(|_| (Key::Marked, self.marked_word())),
            usual.map(|word| (Key::Usual, word)),
        ];
        keys.into_iter().flatten().collect()
    }

    /// What a mark means: where more than a year is shown, that it is of the last one.
    fn marked_word(&self) -> String {
        let step = self.step.label();
        match self.bars.len() as i64 > YEAR_WEEKS {
            true => format!("a {step} of the last year that stands out"),
            false => format!("a {step} that stands out"),
        }
    }

    fn key_of_pain(&self) -> Vec<(Key, String)> {
        let ratings = || self.rows.iter().flat_map(|row| row.marks.values());
        let mut above = 0.0;
        let mut keys = Vec::new();
        for (to, word, _) in LEVELS {
            let is_drawn = ratings().any(|pain| above < *pain && *pain <= to);
            let word = if keys.is_empty() {
                format!("pain {word}")
            } else {
                word.to_string()
            };
            keys.extend(is_drawn.then_some((Key::Pain(to), word)));
            above = to;
        }
        keys
    }

    fn key_of_the_unknown(&self) -> Vec<(Key, String)> {
        let is_clear =
            self.grain == Grain::Day && self.rows.iter().any(|row| !row.clear.is_empty());
        let keys = [
            is_clear.then(|| (Key::Clear, "logged: none there".to_string())),
            self.logged
                .shares
                .is_empty()
                .then_some(self.logged.days)
                .filter(|days| *days > 0)
                .map(|_| (Key::Logged, "a day with an entry".to_string())),
            (!self.logged.shares.is_empty()).then(|| {
                (
                    Key::Logged,
                    format!("days with an entry, of the {}", self.grain.label()),
                )
            }),
            self.unknown_word()
                .map(|word| (Key::Unknown, word.to_string())),
        ];
        keys.into_iter().flatten().collect()
    }

    /// What hatching means here. None where nothing is hatched.
    fn unknown_word(&self) -> Option<&'static str> {
        let is_log_drawn = self.logged.days > 0;
        match (
            !self.unrecorded.is_empty(),
            is_log_drawn && !self.unlogged.is_empty(),
        ) {
            (true, true) => Some("unknown: no recordings, no entries"),
            (true, false) => Some("unknown: no recordings"),
            (false, true) => Some("unknown: no entries"),
            (false, false) => None,
        }
    }

    /// Where the axis of values ends.
    pub(super) fn high(&self) -> f64 {
        end_of(&self.bars).0.max(1e-6)
    }
}
