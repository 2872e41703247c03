//! The colours of a picture, which are few: a byte a pixel is enough for most.

use std::iter::repeat_n;

/// Red, green, blue and alpha.
pub(super) type Pixel = [u8; 4];

/// A picture in numbered colours.
#[derive(Debug, Default)]
pub(super) struct Indexed {
    /// Red, green and blue of each colour, in the order they are met.
    pub colors: Vec<u8>,
    /// The number of each pixel's colour.
    pub pixels: Vec<u8>,
}

impl Indexed {
    /// These pixels. None where they have more colours than a byte can count.
    pub(super) fn of(pixels: &[Pixel]) -> Option<Self> {
        let mut indexed = Indexed::default();
        indexed.pixels.reserve(pixels.len());
        let mut known = Vec::new();
        for run in pixels.chunk_by(|a, b| a == b) {
            let number = indexed.number(*run.first()?, &mut known)?;
            indexed.pixels.extend(repeat_n(number, run.len()));
        }
        Some(indexed)
    }

    /// The number of a colour, a new one where it is none of the `known`, which are sorted.
    fn number(&mut self, pixel: Pixel, known: &mut Vec<(Pixel, u8)>) -> Option<u8> {
        match known.binary_search_by_key(&pixel, |(pixel, _)| *pixel) {
            Ok(at) => known.get(at).map(|(_, number)| *number),
            Err(at) => {
                let number = u8::try_from(known.len()).ok()?;
                known.insert(at, (pixel, number));
                self.colors.extend(color(&pixel));
                Some(number)
            }
        }
    }
}

/// Red, green and blue of each pixel.
pub(super) fn rgb(pixels: &[Pixel]) -> Vec<u8> {
    let mut colors = vec![[0; 3]; pixels.len()];
    for (to, pixel) in colors.iter_mut().zip(pixels) {
        *to = color(pixel);
    }
    colors.into_flattened()
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
        let indexed = Indexed::of(&[white, white, red, white]).unwrap();
        assert_eq!(indexed.colors, [255, 255, 255, 200, 0, 0]);
        assert_eq!(indexed.pixels, [0, 0, 1, 0]);
    }

    #[test]
    fn a_byte_counts_256_colours_and_no_more() {
        let grey = |level: u8| [level, level, level, 255];
        let mut pixels: Vec<Pixel> = (0..=255).rev().map(grey).collect();
        let all = Indexed::of(&pixels).unwrap();
        assert_eq!((all.colors.len(), all.pixels[255]), (768, 255));
        pixels.push([1, 2, 3, 255]);
        assert!(Indexed::of(&pixels).is_none());
    }
}
