//! The two forms of the drawing: for a wide page, and for a phone, with larger letters and the names above their rows.

use super::super::{
    axis::{Span, Step},
    style::{self, Text},
};
use super::days::Grain;

/// A bar of a week is at least so wide, logical pixels; else bars are months.
const NARROWEST_BAR_PX: f64 = 1.8;

/// From so many weeks on bars are months on every page.
const MOST_WEEKS: f64 = 520.0;

/// A mark of pain is at least so wide, logical pixels.
const NARROWEST_MARK_PX: f64 = 1.5;

/// Sizes of a drawing, logical pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    /// Width of the whole.
    pub width: f64,
    /// Left edge of the plot.
    pub left: f64,
    /// Right edge of the plot.
    pub right: f64,
    /// Height of the bars' part.
    pub bars: f64,
    /// Height of a row's marks at 10 of 10.
    pub row: f64,
    /// From one row's base to the next.
    pub pitch: f64,
    /// Names stand above their rows, not left of them.
    pub is_stacked: bool,
    /// Size of names.
    pub name_em: f64,
    /// Size of numbers and dates.
    pub small_em: f64,
}

/// For a page.
pub(super) static WIDE: Form = Form {
    width: style::PAGE_PX,
    left: 138.0,
    right: 972.0,
    bars: 196.0,
    row: 22.0,
    pitch: 31.0,
    is_stacked: false,
    name_em: 13.0,
    small_em: 12.5,
};

/// For a phone.
pub(super) static NARROW: Form = Form {
    width: style::NARROW_PX,
    left: 38.0,
    right: 354.0,
    bars: 150.0,
    row: 22.0,
    pitch: 50.0,
    is_stacked: true,
    name_em: 14.5,
    small_em: 13.0,
};

impl Form {
    fn plot(&self) -> f64 {
        self.right - self.left
    }

    /// What a bar is.
    pub(super) fn step(&self, span: Span) -> Step {
        let weeks = span.days() as f64 / 7.0;
        match self.plot() / weeks < NARROWEST_BAR_PX || weeks > MOST_WEEKS {
            true => Step::Month,
            false => Step::Week,
        }
    }

    /// What a mark of pain is: the shortest time with room for a mark.
    pub(super) fn grain(&self, span: Span) -> Grain {
        let day_px = self.plot() / span.days().max(1) as f64;
        let has_room = |grain: &Grain| grain.days() * day_px >= NARROWEST_MARK_PX;
        let grains = [Grain::Day, Grain::Week];
        grains.into_iter().find(has_room).unwrap_or(Grain::Month)
    }

    /// How names are set.
    pub(super) fn name(&self) -> Text {
        Text::NAME.sized(self.name_em)
    }

    /// How numbers and dates are set.
    pub(super) fn small(&self) -> Text {
        Text::AXIS.sized(self.small_em)
    }

    /// About how wide a text of small letters is, logical pixels: for what has to be known before there is a page to measure on.
    pub(super) fn about(&self, text: &str) -> f64 {
        text.chars().count() as f64 * self.small_em * 0.53
    }
}
