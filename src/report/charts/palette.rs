//! The colours of a picture, which are few: a byte a pixel is enough for most.

use std::iter::repeat_n;

/// Red, green, blue and alpha.
pub(super) type Pixel = [u8; 4];

/// Where colours are looked for, four times as many places as there can be colours: most stand where they are looked for first.
const SLOTS: usize = 1024;

/// The colours of a picture that were met so far.
struct Palette {
    /// Red, green and blue of each, in the order they were met.
    colors: Vec<u8>,
    /// Each with its number, at its [`slot`] or at the next that was free.
    slots: [Option<(Pixel, u8)>; SLOTS],
}

impl Palette {
    /// The number of a colour, the next one where it was not met before. None where that is more than a byte can count.
    fn number(&mut self, pixel: Pixel) -> Option<u8> {
        let mut at = slot(pixel);
        while let Some((known, number)) = self.slots[at] {
            if known == pixel {
                return Some(number);
            }
            at = (at + 1) % SLOTS;
        }
        let number = u8::try_from(self.colors.len() / 3).ok()?;
        self.colors.extend(color(&pixel));
        self.slots[at] = Some((pixel, number));
        Some(number)
    }
}

/// The place that a colour is looked for first (multiplicative hashing, Knuth).
fn slot(pixel: Pixel) -> usize {
    (u32::from_le_bytes(pixel).wrapping_mul(0x9E37_79B1) >> 22) as usize
}

/// Fills `bytes` with the number of each pixel's colour, and returns red, green and blue of each colour in the order they are met.
/// None where they are more than a byte can count.
pub(super) fn indexed(pixels: &[Pixel], width: usize, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut palette = Palette {
        colors: Vec::new(),
        slots: [None; SLOTS],
    };
    by_rows(pixels, width, bytes, |row, bytes| {
        for run in row.chunk_by(|a, b| a == b) {
            bytes.extend(repeat_n(palette.number(*run.first()?)?, run.len()));
        }
        Some(())
    })?;
    Some(palette.colors)
}

/// Fills `bytes` with red, green and blue of each pixel.
pub(super) fn rgb(pixels: &[Pixel], width: usize, bytes: &mut Vec<u8>) {
    by_rows(pixels, width, bytes, |row, bytes| {
        let start = bytes.len();
        bytes.resize(start + 3 * row.len(), 0);
        let (colors, _) = bytes[start..].as_chunks_mut();
        for (to, pixel) in colors.iter_mut().zip(row) {
            *to = color(pixel);
        }
        Some(())
    });
}

/// Fills `bytes` with what `add` makes of each row. Of a row like the one above it, which half of a chart's are, it is copied.
fn by_rows(
    pixels: &[Pixel],
    width: usize,
    bytes: &mut Vec<u8>,
    mut add: impl FnMut(&[Pixel], &mut Vec<u8>) -> Option<()>,
) -> Option<()> {
    bytes.clear();
    let (mut above, mut made) = (&[][..], 0);
    for row in pixels.chunks(width) {
        let start = bytes.len();
        match row.as_flattened() == above {
            true => bytes.extend_from_within(start - made..),
            false => add(row, bytes)?,
        }
        (above, made) = (row.as_flattened(), bytes.len() - start);
    }
    Some(())
}

fn color(&[red, green, blue, _]: &Pixel) -> [u8; 3] {
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_numbered_as_they_are_met() {
        let (white, red) = ([255; 4], [200, 0, 0, 255]);
        let pixels = [white, white, red, white, red, white, red, white, red, red];
        let mut numbers = vec![9; 30];
        let colors = indexed(&pixels, 2, &mut numbers).unwrap();
        assert_eq!(colors, [255, 255, 255, 200, 0, 0]);
        assert_eq!(numbers, [0, 0, 1, 0, 1, 0, 1, 0, 1, 1]);
    }

    #[test]
    fn a_row_like_the_one_above_has_its_colours() {
        let (a, b) = ([1, 2, 3, 255], [4, 5, 6, 255]);
        let mut bytes = vec![7];
        rgb(&[a, b, a, b, b, b], 2, &mut bytes);
        assert_eq!(
            bytes,
            [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 4, 5, 6, 4, 5, 6]
        );
    }

    #[test]
    fn a_byte_counts_256_colours_and_no_more() {
        let grey = |level: u8| [level, level, level, 255];
        let mut pixels: Vec<Pixel> = (0..=255).rev().map(grey).collect();
        let mut numbers = Vec::new();
        let colors = indexed(&pixels, 16, &mut numbers).unwrap();
        assert_eq!((colors.len(), numbers[255]), (768, 255));
        pixels.push([1, 2, 3, 255]);
        assert!(indexed(&pixels, 16, &mut numbers).is_none());
    }
}
