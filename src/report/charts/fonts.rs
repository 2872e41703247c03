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
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Fonts {
    /// Parses the bundled files. Fails only if the build bundled something that is no font.
    pub(super) fn bundled() -> Result<Self> {
        Ok(Fonts {
            regular: parsed(include_bytes!("../../../assets/fonts/Inter-Regular.ttf"))?,
            bold: parsed(include_bytes!("../../../assets/fonts/Inter-Bold.ttf"))?,
        })
    }

    /// The font of a weight.
    pub(super) fn weight(&self, bold: bool) -> &FontRef<'static> {
        if bold { &self.bold } else { &self.regular }
    }

    /// How wide a line of text is, em.
    pub(super) fn width_em(&self, text: &str, bold: bool) -> f32 {
        let font = self.weight(bold);
        let units: f32 = text
            .chars()
            .map(|c| font.h_advance_unscaled(font.glyph_id(c)))
            .sum();
        units / font.units_per_em().unwrap_or(1000.0)
    }
}

fn parsed(bytes: &'static [u8]) -> Result<FontRef<'static>> {
    FontRef::try_from_slice(bytes).map_err(|error| ChartError::Font(error.to_string()))
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
        let em = fonts.regular.units_per_em().expect("Inter names its em");
        assert!((fonts.regular.ascent_unscaled() / em - ASCENT_EM).abs() < 0.01);
        assert!((-fonts.regular.descent_unscaled() / em - DESCENT_EM).abs() < 0.01);
        assert!(fonts.width_em("distance", true) > fonts.width_em("distance", false));
        assert_eq!(fonts.width_em("", false), 0.0);
    }

    #[test]
    fn every_character_the_charts_write_is_in_the_font() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        for c in "0123456789+−–%/.,·×≥≤±ÄÖÜäöüéñ()\u{a0}".chars() {
            assert_ne!(fonts.regular.glyph_id(c).0, 0, "regular lacks {c:?}");
            assert_ne!(fonts.bold.glyph_id(c).0, 0, "bold lacks {c:?}");
        }
    }
}
