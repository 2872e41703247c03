//! The colours of a picture, which are few: a byte a pixel is enough. Where the smoothed edges have more, the rarest of them take the
//! nearest of the others, which no eye tells apart.

use std::{cmp::Reverse, iter::repeat_n};

/// Red, green, blue and alpha.
pub(super) type Pixel = [u8; 4];

/// As many colours as a byte can count.
const MOST: usize = 256;
/// A picture of more colours than this is no drawing, and is kept as it is.
const MOST_MET: usize = 4096;
/// How far a rare colour may be from the one it takes, of 255 in red, green and blue: few pixels have it, each at an edge.
const NEAR: u8 = 48;
/// No colour.
const FREE: u32 = u32::MAX;

/// The colours of a picture that were met so far.
struct Palette {
    /// Each in the order it was met, with how many pixels have it.
    colors: Vec<(Pixel, u32)>,
    /// How many there may be.
    most: usize,
    /// The number of each at its [`slot`](Palette::slot) or at the next that was free; four times as many as there may be colours, so that
    /// most stand where they are looked for first.
    slots: Vec<u32>,
}

impl Palette {
    /// Room for so many colours, a power of two.
    fn of(most: usize) -> Self {
        Palette {
            colors: Vec::new(),
            most,
            slots: vec![FREE; 4 * most],
        }
    }

    /// The number of the colour of so many pixels, the next one where it was not met before. None where that would be one too many.
    fn number(&mut self, pixel: Pixel, pixels: usize) -> Option<usize> {
        let mut at = self.slot(pixel);
        while let Some((known, count)) = self.colors.get_mut(self.slots[at] as usize) {
            if *known == pixel {
                *count += pixels as u32;
                return Some(self.slots[at] as usize);
            }
            at = (at + 1) % self.slots.len();
        }
        let number = self.colors.len();
        if number == self.most {
            return None;
        }
        self.colors.push((pixel, pixels as u32));
        self.slots[at] = number as u32;
        Some(number)
    }

    /// The place that a colour is looked for first (multiplicative hashing, Knuth).
    fn slot(&self, pixel: Pixel) -> usize {
        let hash = u32::from_le_bytes(pixel).wrapping_mul(0x9E37_79B1);
        (hash >> (32 - self.slots.len().ilog2())) as usize
    }

    /// Red, green and blue of each colour.
    fn listed(&self) -> Vec<u8> {
        self.colors
            .iter()
            .flat_map(|(pixel, _)| color(pixel))
            .collect()
    }
}

/// Fills `bytes` with the number of each pixel's colour, and returns red, green and blue of each of at most 256 colours. None where they
/// are more, and the rare ones not near others.
pub(super) fn indexed(pixels: &[Pixel], width: usize, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut met = Palette::of(MOST_MET);
    let drawing = Drawing::of(pixels, width, &mut met)?;
    let (listed, taken) = few(&met)?;
    drawing.write(&taken, bytes);
    Some(listed)
}

/// Red, green and blue of at most 256 of the colours that were met, and for each of these the number of the one it takes: its own where
/// there are few, else the nearest of the most common.
fn few(met: &Palette) -> Option<(Vec<u8>, Vec<u8>)> {
    if met.colors.len() <= MOST {
        return Some((met.listed(), (0..=u8::MAX).collect()));
    }
    let common = most_common(met);
    let near = met.colors.iter().map(|(pixel, _)| nearest(*pixel, &common));
    let listed = common.iter().flat_map(color).collect();
    Some((listed, near.collect::<Option<_>>()?))
}

/// A picture in stretches of pixels of one colour: pixels are looked at once, whatever their colours become.
#[derive(Default)]
struct Drawing {
    /// The number of a colour, and how many pixels have it.
    stretches: Vec<(u16, u16)>,
    /// How many stretches each row has. None: it is like the one above.
    rows: Vec<Option<usize>>,
}

impl Drawing {
    /// None where there are more colours than there is room for.
    fn of(pixels: &[Pixel], width: usize, met: &mut Palette) -> Option<Self> {
        let mut drawing = Drawing::default();
        let mut above = &[][..];
        for row in pixels.chunks(width) {
            let own = match row.as_flattened() == above {
                true => None,
                false => Some(drawing.add(row, met)?),
            };
            drawing.rows.push(own);
            above = row.as_flattened();
        }
        Some(drawing)
    }

    /// Adds a row, and counts its stretches.
    fn add(&mut self, mut row: &[Pixel], met: &mut Palette) -> Option<usize> {
        let before = self.stretches.len();
        while let Some(pixel) = row.first() {
            let length = stretch(*pixel, row);
            let number = met.number(*pixel, length)?;
            self.stretches.push((number as u16, length as u16));
            row = &row[length..];
        }
        Some(self.stretches.len() - before)
    }

    /// Fills `bytes` with the number that each pixel's colour takes, each row behind a 0 as in [`rgb`]. Of a row like the one
    /// above it, which half of a chart's are, all is copied.
    fn write(&self, taken: &[u8], bytes: &mut Vec<u8>) {
        bytes.clear();
        let (mut rest, mut above) = (&self.stretches[..], 0);
        for own in &self.rows {
            let start = bytes.len();
            match own {
                None => bytes.extend_from_within(start - above..),
                Some(own) => {
                    bytes.push(0);
                    rest.iter()
                        .take(*own)
                        .for_each(|one| put(*one, taken, bytes));
                    rest = &rest[*own..];
                }
            }
            above = bytes.len() - start;
        }
    }
}

/// Most stretches are one pixel of a smoothed edge.
fn put((number, length): (u16, u16), taken: &[u8], bytes: &mut Vec<u8>) {
    let number = taken[usize::from(number)];
    match length {
        1 => bytes.push(number),
        _ => bytes.extend(repeat_n(number, length.into())),
    }
}

/// How many pixels of this colour the row begins with, as many as a number of two bytes counts. Most pixels of a drawing lie in long
/// stretches: they are compared by blocks.
fn stretch(pixel: Pixel, row: &[Pixel]) -> usize {
    let row = &row[..row.len().min(usize::from(u16::MAX))];
    let (blocks, _) = row.as_chunks::<16>();
    let whole = blocks.iter().take_while(|block| **block == [pixel; 16]);
    let whole = 16 * whole.count();
    let rest = row[whole..].iter().take_while(|other| **other == pixel);
    whole + rest.count()
}

/// The colours that most pixels have; of those that are as common the first that were met.
fn most_common(met: &Palette) -> Vec<Pixel> {
    let mut by_count = met.colors.clone();
    by_count.sort_by_key(|(_, count)| Reverse(*count));
    by_count
        .iter()
        .take(MOST)
        .map(|(pixel, _)| *pixel)
        .collect()
}

/// The number of the nearest of the colours; None where none is near.
fn nearest(pixel: Pixel, colors: &[Pixel]) -> Option<u8> {
    let apart = |other: &Pixel| {
        let pairs = pixel.iter().zip(other);
        pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or_default()
    };
    let nearest = colors.iter().map(apart).zip(0..=u8::MAX).min()?;
    (nearest.0 <= NEAR).then_some(nearest.1)
}

/// Fills `bytes` with red, green and blue of each pixel, each row behind a 0, by which a PNG says that it is not filtered.
pub(super) fn rgb(pixels: &[Pixel], width: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for row in pixels.chunks(width) {
        bytes.push(0);
        bytes.extend(row.iter().flat_map(color));
    }
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
        assert_eq!(numbers, [0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1]);
    }

    #[test]
    fn a_row_like_the_one_above_has_its_colours() {
        let (a, b) = ([1, 2, 3, 255], [4, 5, 6, 255]);
        let mut bytes = vec![7];
        let pixels = [a, b, a, b, b, b];
        assert_eq!(
            indexed(&pixels, 2, &mut bytes),
            Some(vec![1, 2, 3, 4, 5, 6])
        );
        assert_eq!(bytes, [0, 0, 1, 0, 0, 1, 0, 1, 1]);
        rgb(&pixels, 2, &mut bytes);
        assert_eq!(
            bytes,
            [
                0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 4, 5, 6, 4, 5, 6
            ]
        );
    }

    #[test]
    fn stretches_are_of_any_length() {
        let (white, red) = ([255; 4], [200, 0, 0, 255]);
        for length in (1..70).chain([65_535, 65_536, 70_000]) {
            let mut row = vec![white; length];
            row.push(red);
            let mut bytes = Vec::new();
            indexed(&row, row.len(), &mut bytes).unwrap();
            let (before, last) = bytes.split_at(length + 1);
            assert!(
                before.iter().all(|number| *number == 0) && last == [1],
                "{length}"
            );
        }
    }

    #[test]
    fn a_byte_counts_256_colours_and_no_more() {
        let grey = |level: u8| [level, level, level, 255];
        let mut pixels: Vec<Pixel> = (0..=255).rev().map(grey).collect();
        let mut numbers = Vec::new();
        let colors = indexed(&pixels, 16, &mut numbers).unwrap();
        assert_eq!((colors.len(), numbers.last()), (768, Some(&255)));
        pixels.push([200, 2, 3, 255]);
        assert!(indexed(&pixels, 16, &mut numbers).is_none());
    }

    #[test]
    fn rare_colours_take_the_nearest_of_the_common_ones() {
        let grey = |level: u8| [level, level, level, 255];
        let mut pixels: Vec<Pixel> = (0..=255).map(grey).cycle().take(512).collect();
        pixels.extend([[90, 101, 100, 255], grey(0)]);
        let mut numbers = Vec::new();
        let colors =
            indexed(&pixels, 257, &mut numbers).expect("257 colours, of which one is rare");
        assert_eq!(colors.len(), 768);
        let rows = numbers.chunks_exact(258).flat_map(|row| &row[1..]);
        let shown: Vec<u8> = rows
            .map(|number| colors[3 * usize::from(*number)])
            .collect();
        for (at, pixel) in pixels.iter().enumerate() {
            let expected = if at == 512 { 95 } else { pixel[0] };
            assert!(shown[at].abs_diff(expected) <= u8::from(at == 512), "{at}");
        }
    }
}
