//! The one home of colours, sizes and the page they are used on.
//!
//! Colours are Okabe and Ito's (2008), which people with colour-vision deficiencies can tell apart; still, no meaning
//! hangs on colour alone: what is marked is also striped, outlined or drawn as another shape.

use plotters::style::{RGBAColor, text_anchor::HPos, text_anchor::VPos};

/// Width of every picture, logical pixels.
pub(super) const WIDTH_PX: f64 = 900.0;
/// Width of a picture for a narrow screen, logical pixels.
pub(super) const NARROW_PX: f64 = 360.0;
/// Left and right edge of what stands over a narrow plot.
pub(super) const NARROW_MARGIN_PX: f64 = 8.0;
/// Width of a line of text over a narrow plot.
pub(super) const NARROW_TEXT_PX: f64 = NARROW_PX - 2.0 * NARROW_MARGIN_PX;
/// From the last line over a narrow plot to the plot, and the margin above the first.
pub(super) const NARROW_TOP_PX: f64 = 30.0;
/// Left and right edge of headings.
pub(super) const MARGIN_PX: f64 = 24.0;
/// Left edge of the plot; numbers and axis titles stand left of it.
pub(super) const PLOT_LEFT_PX: f64 = 84.0;
/// Right edge of the plot.
pub(super) const PLOT_RIGHT_PX: f64 = 872.0;
/// Where the plot starts under a one-line subtitle.
pub(super) const PLOT_TOP_PX: f64 = 88.0;
/// Room under the plot for months and years.
pub(super) const UNDER_PLOT_PX: f64 = 58.0;
/// Middle of an axis title that reads upwards.
pub(super) const AXIS_TITLE_PX: f64 = 30.0;
/// How far the white halo of a label reaches beyond its letters.
pub(super) const HALO_PX: f64 = 2.5;
/// Distance of two lines of a subtitle.
pub(super) const LINE_PX: f64 = 18.0;

/// Titles and values.
pub(super) const INK: RGBAColor = RGBAColor(0x20, 0x24, 0x2A, 1.0);
/// Subtitles and axis labels.
pub(super) const QUIET: RGBAColor = RGBAColor(0x5B, 0x62, 0x6D, 1.0);
/// Grid lines.
pub(super) const GRID: RGBAColor = RGBAColor(0xE4, 0xE7, 0xEB, 1.0);
/// Base lines and tick marks.
pub(super) const AXIS: RGBAColor = RGBAColor(0xA9, 0xAF, 0xB8, 1.0);
/// Stretches about which nothing is known.
pub(super) const SHADE: RGBAColor = RGBAColor(0xF0, 0xF1, 0xF3, 1.0);
/// Behind marks and letters that would otherwise touch.
pub(super) const WHITE: RGBAColor = RGBAColor(0xFF, 0xFF, 0xFF, 1.0);
/// Okabe–Ito blue: lines.
pub(super) const BLUE: RGBAColor = RGBAColor(0x00, 0x72, 0xB2, 1.0);
/// Okabe–Ito sky blue: ordinary bars and dots.
pub(super) const SKY: RGBAColor = RGBAColor(0x56, 0xB4, 0xE9, 1.0);
/// Okabe–Ito orange: fill of what a rule marked.
pub(super) const ORANGE: RGBAColor = RGBAColor(0xE6, 0x9F, 0x00, 1.0);
/// Okabe–Ito vermillion: outline, stripes and labels of what a rule marked.
pub(super) const VERMILLION: RGBAColor = RGBAColor(0xD5, 0x5E, 0x00, 1.0);
/// Darker vermillion for letters: 5.6 : 1 against white.
pub(super) const VERMILLION_TEXT: RGBAColor = RGBAColor(0xB0, 0x4A, 0x00, 1.0);
/// Okabe–Ito bluish green: bands.
pub(super) const GREEN: RGBAColor = RGBAColor(0x00, 0x9E, 0x73, 1.0);

/// The sequential scale of pain, ColorBrewer Purples: at 0, 5 and 10.
const PAIN_SCALE: [(f64, f64, f64); 3] = [
    (203.0, 201.0, 226.0),
    (117.0, 107.0, 177.0),
    (63.0, 0.0, 125.0),
];

/// The colour of a pain rating from 0 to 10.
pub(super) fn pain_color(pain: f64) -> RGBAColor {
    let position = (pain / 5.0).clamp(0.0, 2.0);
    let [low, middle, high] = PAIN_SCALE;
    if position <= 1.0 {
        mixed(low, middle, position)
    } else {
        mixed(middle, high, position - 1.0)
    }
}

/// The colour so far on the way from one to another.
fn mixed(from: (f64, f64, f64), to: (f64, f64, f64), share: f64) -> RGBAColor {
    let mix = |a: f64, b: f64| (a + (b - a) * share).round() as u8;
    RGBAColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2), 1.0)
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
pub(super) struct Text {
    /// Size of the em, logical pixels.
    pub em_px: f64,
    /// Bold instead of regular.
    pub bold: bool,
    /// Its colour.
    pub color: RGBAColor,
    /// Which side of it stands at the given point.
    pub horizontal: HPos,
    /// Likewise, up and down.
    pub vertical: VPos,
    /// Reads upwards, for axis titles.
    pub upwards: bool,
}

impl Text {
    const fn new(em_px: f64, bold: bool, color: RGBAColor) -> Self {
        Text {
            em_px,
            bold,
            color,
            horizontal: HPos::Left,
            vertical: VPos::Center,
            upwards: false,
        }
    }

    /// The heading.
    pub(super) const TITLE: Text = Text::new(17.5, true, INK);
    /// What the marks mean.
    pub(super) const SUBTITLE: Text = Text::new(12.5, false, QUIET);
    /// Axis labels.
    pub(super) const AXIS: Text = Text::new(12.0, false, QUIET);
    /// Names of rows, labels of events.
    pub(super) const NAME: Text = Text::new(12.0, false, INK);
    /// Values at marks.
    pub(super) const VALUE: Text = Text::new(11.5, false, QUIET);
    /// Ratings at the worst days.
    pub(super) const PEAK: Text = Text::new(11.0, false, INK);
    /// Values at what a rule marked.
    pub(super) const MARK: Text = Text::new(12.0, true, VERMILLION_TEXT);

    /// The same in bold.
    pub(super) const fn bold(self) -> Self {
        Text { bold: true, ..self }
    }

    /// The same in another size.
    pub(super) const fn sized(self, em_px: f64) -> Self {
        Text { em_px, ..self }
    }

    /// The same in another colour.
    pub(super) const fn colored(self, color: RGBAColor) -> Self {
        Text { color, ..self }
    }

    /// The same, centred on its point.
    pub(super) const fn centered(self) -> Self {
        Text {
            horizontal: HPos::Center,
            ..self
        }
    }

    /// The same, ending at its point.
    pub(super) const fn right(self) -> Self {
        Text {
            horizontal: HPos::Right,
            ..self
        }
    }

    /// The same, reading upwards.
    pub(super) const fn upwards(self) -> Self {
        Text {
            upwards: true,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pain_gets_darker_with_every_point() {
        let lightness = |pain: f64| {
            let RGBAColor(r, g, b, _) = pain_color(pain);
            0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
        };
        for pain in 0..10 {
            assert!(
                lightness(f64::from(pain)) > lightness(f64::from(pain + 1)),
                "{pain}"
            );
        }
        assert_eq!(pain_color(-3.0), pain_color(0.0));
        assert_eq!(pain_color(99.0), pain_color(10.0));
    }
}
