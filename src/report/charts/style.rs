//! The one home of colours, sizes and the page they are used on.
//!
//! Colours are Okabe and Ito's (2008), which people with colour-vision deficiencies can tell apart; still, no meaning
//! hangs on colour alone: what is marked is also striped, outlined or drawn as another shape.

use plotters::style::{RGBAColor, text_anchor::HPos, text_anchor::VPos};

/// Width of every picture, logical pixels.
pub(super) const WIDTH_PX: f64 = 900.0;
/// Width of a picture for a narrow screen, logical pixels.
pub(super) const NARROW_PX: f64 = 360.0;
/// Width of a picture that takes the whole of a page, logical pixels.
pub(super) const PAGE_PX: f64 = 1100.0;
/// Left and right edge of what stands over a narrow plot.
pub(super) const NARROW_MARGIN_PX: f64 = 8.0;
/// Width of a line of text over a narrow plot.
pub(super) const NARROW_TEXT_PX: f64 = NARROW_PX - 2.0 * NARROW_MARGIN_PX;
/// Left and right edge of headings.
pub(super) const MARGIN_PX: f64 = 24.0;
/// Left edge of the plot; numbers and axis titles stand left of it.
pub(super) const PLOT_LEFT_PX: f64 = 84.0;
/// Right edge of the plot.
pub(super) const PLOT_RIGHT_PX: f64 = 872.0;
/// Where the plot starts under a one-line subtitle.
pub(super) const PLOT_TOP_PX: f64 = 88.0;
/// Where the plot starts in a picture for a narrow screen, which has no heading.
pub(super) const NARROW_TOP_PX: f64 = 24.0;
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

/// Skin of the drawn body.
pub(super) const BODY: RGBAColor = RGBAColor(0xE9, 0xEC, 0xEF, 1.0);
/// Outline of the drawn body.
pub(super) const BODY_LINE: RGBAColor = RGBAColor(0x8F, 0x99, 0xA6, 1.0);

/// The sequential scale of pain, ColorBrewer Purples: at 0, 5 and 10.
const PAIN_SCALE: Scale = [
    (203.0, 201.0, 226.0),
    (117.0, 107.0, 177.0),
    (63.0, 0.0, 125.0),
];

/// The same on a dark page, where more pain is lighter: what is much stands out from the page in both.
const PAIN_SCALE_DARK: Scale = [
    (112.0, 101.0, 168.0),
    (165.0, 150.0, 226.0),
    (230.0, 222.0, 255.0),
];

/// Colours at 0, 5 and 10.
type Scale = [(f64, f64, f64); 3];

/// The colour of a pain rating from 0 to 10.
pub(super) fn pain_color(pain: f64) -> RGBAColor {
    on_scale(PAIN_SCALE, pain)
}

fn on_scale([low, middle, high]: Scale, pain: f64) -> RGBAColor {
    let position = (pain / 5.0).clamp(0.0, 2.0);
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

/// How light a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Scheme {
    /// Dark letters on white, as in files.
    Light,
    /// Light letters on a dark card, `#181c22`.
    Dark,
}

/// A colour of a page that may be light or dark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// One letter or digit, for the names of classes.
    pub code: char,
    light: RGBAColor,
    dark: RGBAColor,
}

const fn role(code: char, light: RGBAColor, (r, g, b): (u8, u8, u8)) -> Role {
    let dark = RGBAColor(r, g, b, 1.0);
    Role { code, light, dark }
}

/// Every colour but those of pain. In the dark, letters have 4.5 : 1 against the card, marks 3 : 1.
const ROLES: [Role; 14] = [
    role('i', INK, (0xEC, 0xEE, 0xF1)),
    role('q', QUIET, (0xA4, 0xAD, 0xBA)),
    role('g', GRID, (0x2A, 0x30, 0x38)),
    role('a', AXIS, (0x6C, 0x76, 0x84)),
    role('u', SHADE, (0x22, 0x28, 0x30)),
    role('w', WHITE, (0x18, 0x1C, 0x22)),
    role('b', BLUE, (0x6D, 0xB9, 0xEC)),
    role('s', SKY, (0x4A, 0x9F, 0xD6)),
    role('o', ORANGE, (0xBD, 0x7F, 0x00)),
    role('v', VERMILLION, (0xFF, 0x9A, 0x52)),
    role('t', VERMILLION_TEXT, (0xFF, 0xA3, 0x66)),
    role('n', GREEN, (0x4F, 0xC0, 0x98)),
    role('y', BODY, (0x26, 0x2D, 0x36)),
    role('l', BODY_LINE, (0x6A, 0x75, 0x84)),
];

/// Every colour: those of the table, and pain at 0 to 10.
fn roles() -> impl Iterator<Item = Role> {
    let pains = ('0'..='9').chain(['x']).zip(0..).map(|(code, pain)| Role {
        code,
        light: pain_color(f64::from(pain)),
        dark: on_scale(PAIN_SCALE_DARK, f64::from(pain)),
    });
    ROLES.into_iter().chain(pains)
}

/// The role of a colour; of a rating between two numbers that of the nearer one.
pub(super) fn role_of(rgb: (u8, u8, u8)) -> char {
    let nearest = roles().min_by_key(|role| distance(role.light, rgb));
    nearest.map_or('i', |role| role.code)
}

fn distance(RGBAColor(r, g, b, _): RGBAColor, (red, green, blue): (u8, u8, u8)) -> i32 {
    let square = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
    square(r, red) + square(g, green) + square(b, blue)
}

/// The colours of pictures inside a page as custom properties, for the rule that is met in a scheme: `--c-i:#20242a;…`.
pub(in crate::report) fn css(scheme: Scheme) -> String {
    let property = |role: Role| {
        let RGBAColor(r, g, b, _) = match scheme {
            Scheme::Light => role.light,
            Scheme::Dark => role.dark,
        };
        format!("--c-{}:#{r:02x}{g:02x}{b:02x};", role.code)
    };
    roles().map(property).collect()
}

/// The rules that the classes in pictures stand for: `fi` is filled with ink, `si` is drawn with it.
pub(in crate::report) fn css_classes() -> String {
    let rules = roles().map(|Role { code, .. }| {
        let color = format!("var(--c-{code})");
        format!("svg .f{code}{{fill:{color}}}svg .s{code}{{fill:none;stroke:{color}}}")
    });
    rules.collect::<String>()
        + "svg .r{stroke-linecap:round}svg .q{stroke-linecap:square}.hatch{fill:url(#hatch)}svg .b{font-weight:700}svg .m{text-anchor:middle}svg .e{text-anchor:end}\
           svg .h{stroke:var(--c-w);stroke-width:5;paint-order:stroke}"
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
    /// Names in a list.
    pub(super) const LABEL: Text = Text::new(13.5, true, INK);
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

    /// WCAG 2.2, relative luminance.
    fn luminance(RGBAColor(r, g, b, _): RGBAColor) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.04045 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: RGBAColor, b: RGBAColor) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    fn role(code: char) -> Role {
        roles().find(|role| role.code == code).expect("a role")
    }

    #[test]
    fn letters_can_be_read_and_marks_seen_in_both_schemes() {
        let card = role('w');
        assert_eq!(card.light, RGBAColor(255, 255, 255, 1.0));
        // Black on white is 21 : 1.
        let black = RGBAColor(0, 0, 0, 1.0);
        assert!((contrast(black, card.light) - 21.0).abs() < 1e-9);
        for code in ['i', 'q', 't'] {
            let role = role(code);
            for ground in [card, self::role('u')] {
                let light = contrast(role.light, ground.light);
                let dark = contrast(role.dark, ground.dark);
                assert!(light >= 4.5 && dark >= 4.5, "{code}: {light} {dark}");
            }
        }
        for code in "bsovtnal".chars().chain('0'..='9').chain(['x']) {
            let found = contrast(role(code).dark, card.dark);
            assert!(found >= 3.0, "{code}: {found}");
        }
    }

    #[test]
    fn pain_stands_out_more_with_every_point_in_the_dark_too() {
        let levels: Vec<f64> = "0123456789x"
            .chars()
            .map(|code| luminance(role(code).dark))
            .collect();
        assert!(
            levels.is_sorted() && levels.first() < levels.last(),
            "{levels:?}"
        );
    }

    #[test]
    fn every_colour_has_a_role_of_its_own_and_both_schemes_the_same() {
        for (index, role) in roles().enumerate() {
            let RGBAColor(r, g, b, _) = role.light;
            assert_eq!(role_of((r, g, b)), role.code);
            assert!(!roles().take(index).any(|other| other.code == role.code));
        }
        let names = |scheme| {
            css(scheme)
                .split(';')
                .map(|rule| rule.split(':').next().map(str::to_string))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(Scheme::Light), names(Scheme::Dark));
        assert!(css(Scheme::Light).starts_with("--c-i:#20242a;--c-q:#5b626d;"));
        assert_eq!(
            role_of((203, 201, 227)),
            '0',
            "of a colour between two the nearer one"
        );
        assert!(
            css_classes()
                .starts_with("svg .fi{fill:var(--c-i)}svg .si{fill:none;stroke:var(--c-i)}")
        );
    }
}
