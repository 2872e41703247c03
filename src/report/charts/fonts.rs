//! The bundled typeface: how wide its text is and where its lines stand, the same whatever a picture is written as.

use super::{ChartError, Result};
use ab_glyph::{Font, FontRef};
use plotters_backend::text_anchor::VPos;

/// Height of Inter's capitals in em; text is centred on it.
const CAP_HEIGHT_EM: f32 = 0.727;

/// How far Inter reaches above the baseline, em (`hhea` ascender).
const ASCENT_EM: f32 = 0.969;

/// How far Inter reaches below the baseline, em (`hhea` descender).
const DESCENT_EM: f32 = 0.242;

/// The typeface in its two weights.
pub(super) struct Fonts {
    regular: Weight,
    bold: Weight,
}

impl Fonts {
    /// Parses the bundled files. Fails only if the build bundled something that is no font.
    pub(super) fn bundled() -> Result<Self> {
        Ok(Fonts {
            regular: Weight::of(include_bytes!("../../../assets/fonts/Inter-Regular.ttf"))?,
            bold: Weight::of(include_bytes!("../../../assets/fonts/Inter-Bold.ttf"))?,
        })
    }

    /// The font of a weight.
    pub(super) fn weight(&self, bold: bool) -> &FontRef<'static> {
        &self.looks(bold).font
    }

    /// How wide a line of text is, em.
    pub(super) fn width_em(&self, text: &str, bold: bool) -> f32 {
        let weight = self.looks(bold);
        text.chars().map(|c| weight.advance(c)).sum::<f32>()
            / weight.font.units_per_em().unwrap_or(1000.0)
    }

    fn looks(&self, bold: bool) -> &Weight {
        if bold { &self.bold } else { &self.regular }
    }
}

/// Characters whose widths are looked up once: those of western Europe.
const COMMON: std::ops::Range<char> = '\0'..'\u{180}';

/// One weight of the typeface.
struct Weight {
    font: FontRef<'static>,
    /// Widths of the [`COMMON`] characters: a text is measured again and again until its lines fit.
    advances: Vec<f32>,
}

impl Weight {
    fn of(bytes: &'static [u8]) -> Result<Self> {
        let font = FontRef::try_from_slice(bytes);
        let font = font.map_err(|error| ChartError::Font(error.to_string()))?;
        let advances = COMMON.map(|c| advance(&font, c)).collect();
        Ok(Weight { font, advances })
    }

    /// How far the next character is from this one, units of the font.
    fn advance(&self, c: char) -> f32 {
        let known = self.advances.get(c as usize);
        known.copied().unwrap_or_else(|| advance(&self.font, c))
    }
}

fn advance(font: &FontRef<'static>, c: char) -> f32 {
    font.h_advance_unscaled(font.glyph_id(c))
}

/// How far below the point it is anchored at a text has its baseline, em.
pub(super) fn baseline_em(anchor: VPos) -> f32 {
    match anchor {
        VPos::Top => ASCENT_EM,
        VPos::Center => CAP_HEIGHT_EM / 2.0,
        VPos::Bottom => -DESCENT_EM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inter_has_the_metrics_the_layout_relies_on() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        let regular = fonts.weight(false);
        let em = regular.units_per_em().expect("Inter names its em");
        assert!((regular.ascent_unscaled() / em - ASCENT_EM).abs() < 0.01);
        assert!((-regular.descent_unscaled() / em - DESCENT_EM).abs() < 0.01);
        assert!(fonts.width_em("distance", true) > fonts.width_em("distance", false));
        assert_eq!(fonts.width_em("", false), 0.0);
    }

    #[test]
    fn every_character_the_charts_write_is_in_the_font() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        for c in "0123456789+−–%/.,·×≥≤±ÄÖÜäöüéñ()\u{a0}".chars() {
            assert_ne!(fonts.weight(false).glyph_id(c).0, 0, "regular lacks {c:?}");
            assert_ne!(fonts.weight(true).glyph_id(c).0, 0, "bold lacks {c:?}");
        }
    }
}
