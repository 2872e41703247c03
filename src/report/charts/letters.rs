//! Letters: each glyph's mask is made once for a picture, and then put wherever the glyph is written.
//!
//! A picture holds thousands of letters and some two hundred different ones. Set from outlines they were a fifth of the work of a report.

use super::fonts::Fonts;
use ab_glyph::{Font, Glyph, GlyphId, OutlinedGlyph, PxScaleFactor, point};
use plotters_backend::BackendColor;
use std::collections::{BTreeMap, btree_map::Entry};
use tiny_skia::PixmapMut;

/// How finely a glyph is placed along its line: eyes see when letters are a pixel off, and not when they are an eighth of one off.
const PLACES_IN_A_PIXEL: f32 = 4.0;
/// How finely an edge is smoothed. More levels are not seen, and give a picture more colours than a byte can count.
const LEVELS: f32 = 15.0;

/// A line of level text: what it says, how, and where its first letter's baseline begins, image pixels.
#[derive(Clone, Copy)]
pub(super) struct Level<'a> {
    pub(super) text: &'a str,
    pub(super) bold: bool,
    pub(super) em: f32,
    pub(super) at: (f32, f32),
    pub(super) color: BackendColor,
}

/// The masks of a picture's glyphs.
pub(super) struct Letters<'a> {
    fonts: &'a Fonts,
    masks: BTreeMap<Key, Option<Mask>>,
}

/// What two glyphs have in common that share a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    glyph: GlyphId,
    bold: bool,
    em_bits: u32,
    /// How many of the [`PLACES_IN_A_PIXEL`] it stands right of a whole pixel.
    place: u8,
}

/// How much of each pixel a glyph covers.
struct Mask {
    /// Its first column and row, seen from the pixel its baseline begins in.
    left: i32,
    top: i32,
    width: usize,
    /// Row by row, 0 to 255.
    covers: Vec<u8>,
}

impl<'a> Letters<'a> {
    /// No mask is made yet.
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Letters {
            fonts,
            masks: BTreeMap::new(),
        }
    }

    /// Writes a line.
    pub(super) fn write(&mut self, pixmap: &mut PixmapMut, line: &Level) {
        let font = self.fonts.weight(line.bold);
        let scale = line.em / font.units_per_em().unwrap_or(1000.0);
        let (mut x, y) = (line.at.0, line.at.1.round() as i32);
        for c in line.text.chars() {
            let glyph = font.glyph_id(c);
            let (column, place) = column(x);
            let key = Key {
                glyph,
                bold: line.bold,
                em_bits: line.em.to_bits(),
                place,
            };
            if let Some(mask) = self.mask(key, scale) {
                mask.put(pixmap, (column, y), line.color);
            }
            x += font.h_advance_unscaled(glyph) * scale;
        }
    }

    /// None where a glyph has no ink.
    fn mask(&mut self, key: Key, scale: f32) -> Option<&Mask> {
        let made = match self.masks.entry(key) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(Mask::of(self.fonts, key, scale)),
        };
        made.as_ref()
    }
}

impl Mask {
    fn of(fonts: &Fonts, key: Key, scale: f32) -> Option<Mask> {
        let drawn = outlined(fonts, key, scale)?;
        let bounds = drawn.px_bounds();
        let (width, height) = (bounds.width() as usize, bounds.height() as usize);
        let mut covers = vec![0; width * height];
        drawn.draw(|x, y, cover| {
            if let Some(pixel) = covers.get_mut(y as usize * width + x as usize) {
                *pixel = level(cover);
            }
        });
        Some(Mask {
            left: bounds.min.x as i32,
            top: bounds.min.y as i32,
            width,
            covers,
        })
    }

    /// Lays a colour over the pixels that it covers; what would be out of the picture is left out.
    fn put(&self, pixmap: &mut PixmapMut, (column, row): (i32, i32), color: BackendColor) {
        let (width, height) = (i64::from(pixmap.width()), i64::from(pixmap.height()));
        let (pixels, _) = pixmap.data_mut().as_chunks_mut::<4>();
        let ink = Ink::new(color);
        let (left, top) = (
            i64::from(column) + i64::from(self.left),
            i64::from(row) + i64::from(self.top),
        );
        for (y, covers) in (top..).zip(self.covers.chunks_exact(self.width.max(1))) {
            if !(0..height).contains(&y) {
                continue;
            }
            let row = &mut pixels[(y * width) as usize..][..width as usize];
            ink.over_row(row, left, covers);
        }
    }
}

/// None where a glyph has no ink.
fn outlined(fonts: &Fonts, key: Key, scale: f32) -> Option<OutlinedGlyph> {
    let outline = fonts.weight(key.bold).outline(key.glyph)?;
    let glyph = Glyph {
        id: key.glyph,
        // The outline is scaled by the factor below.
        scale: 1.0.into(),
        position: point(f32::from(key.place) / PLACES_IN_A_PIXEL, 0.0),
    };
    let factor = PxScaleFactor {
        horizontal: scale,
        vertical: scale,
    };
    Some(OutlinedGlyph::new(glyph, outline, factor))
}

/// The whole pixel that something stands right of, and by how many of the [`PLACES_IN_A_PIXEL`].
fn column(x: f32) -> (i32, u8) {
    let places = (x * PLACES_IN_A_PIXEL).round() as i32;
    let in_a_pixel = PLACES_IN_A_PIXEL as i32;
    (
        places.div_euclid(in_a_pixel),
        places.rem_euclid(in_a_pixel) as u8,
    )
}

/// A share as the nearest of the levels, 0 to 255.
fn level(cover: f32) -> u8 {
    ((cover.clamp(0.0, 1.0) * LEVELS).round() * (255.0 / LEVELS)) as u8
}

/// A colour that is laid over pixels.
struct Ink {
    rgb: [u8; 3],
    alpha: f64,
}

impl Ink {
    fn new(color: BackendColor) -> Self {
        let (red, green, blue) = color.rgb;
        Ink {
            rgb: [red, green, blue],
            alpha: color.alpha.clamp(0.0, 1.0),
        }
    }

    /// Lays it over the pixels of a row from `left` on.
    fn over_row(&self, row: &mut [[u8; 4]], left: i64, covers: &[u8]) {
        for (x, cover) in (left..).zip(covers).filter(|(_, cover)| **cover > 0) {
            let pixel = usize::try_from(x).ok().and_then(|x| row.get_mut(x));
            if let Some(pixel) = pixel {
                self.over(pixel, *cover);
            }
        }
    }

    /// Lays it over a pixel of full alpha, of which it covers so much of 255 ("over": Porter and Duff 1984, doi:10.1145/800031.808606).
    fn over(&self, pixel: &mut [u8; 4], cover: u8) {
        let cover = (f64::from(cover) * self.alpha).round() as u32;
        for (below, above) in pixel.iter_mut().zip(self.rgb) {
            let mixed = u32::from(*below) * (255 - cover) + u32::from(above) * cover;
            *below = ((mixed + 127) / 255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::{Color, Pixmap};

    const SIZE: u32 = 40;

    fn written(text: &str, at: (f32, f32)) -> Pixmap {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        let mut pixmap = Pixmap::new(SIZE, SIZE).expect("a small pixmap");
        pixmap.fill(Color::WHITE);
        let line = Level {
            text,
            bold: true,
            em: 24.0,
            at,
            color: BackendColor {
                alpha: 1.0,
                rgb: (0, 0, 0),
            },
        };
        Letters::new(&fonts).write(&mut pixmap.as_mut(), &line);
        pixmap
    }

    /// The ink of each column, pixels.
    fn ink(pixmap: &Pixmap) -> Vec<f64> {
        let of = |x, y| {
            pixmap
                .pixel(x, y)
                .map_or(0.0, |p| 1.0 - f64::from(p.red()) / 255.0)
        };
        (0..SIZE)
            .map(|x| (0..SIZE).map(|y| of(x, y)).sum())
            .collect()
    }

    #[test]
    fn a_letter_has_the_area_of_its_outline() {
        // Inter Bold's I is a bar: so wide and as high as capitals are, 0.727 em.
        let columns = ink(&written("I", (10.0, 30.0)));
        let height = columns.iter().copied().fold(0.0, f64::max);
        assert!((height - 0.727 * 24.0).abs() < 0.5, "{height}");
        let inked: Vec<usize> = (0..columns.len()).filter(|x| columns[*x] > 0.0).collect();
        assert!(inked.first().is_some_and(|x| (10..14).contains(x)));
    }

    #[test]
    fn half_a_pixel_further_right_the_ink_is_half_a_pixel_further_right() {
        let middle = |columns: Vec<f64>| {
            let total: f64 = columns.iter().sum();
            let moment: f64 = (0..).zip(&columns).map(|(x, ink)| f64::from(x) * ink).sum();
            moment / total
        };
        let [here, there] = [10.0, 10.5].map(|x| middle(ink(&written("H", (x, 30.0)))));
        assert!((there - here - 0.5).abs() < 0.05, "{here} {there}");
    }

    #[test]
    fn letters_out_of_the_picture_are_left_out() {
        let out = ink(&written("HHHHHHHHHH", (-30.0, 8.0)));
        assert!(
            out.iter().sum::<f64>() > 0.0,
            "some of it is in the picture"
        );
        let far = ink(&written("H", (-1e9, 1e9)));
        assert_eq!(far.iter().sum::<f64>(), 0.0);
    }

    #[test]
    fn a_line_of_letters_has_few_colours() {
        let pixmap = written("Wdg8", (2.0, 30.0));
        let colors: std::collections::BTreeSet<u8> =
            pixmap.pixels().iter().map(|pixel| pixel.red()).collect();
        assert!(colors.len() > 4, "its edges are smooth");
        assert!(colors.len() <= LEVELS as usize + 1, "{}", colors.len());
    }
}
