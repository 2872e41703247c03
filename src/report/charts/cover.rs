//! Which pixels of a picture something covers.

use super::area::Area;

/// Pixels of one word.
const WORD: usize = 64;

/// What touches a pixel by less does not cover it, logical pixels.
const GRAZE_PX: f64 = 0.05;

/// The covered pixels of a picture, a bit each.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    words: usize,
    rows: usize,
    bits: Vec<u64>,
}

impl Cover {
    /// Nothing is covered of a picture of this size.
    pub(super) fn none(width_px: f64, height_px: f64) -> Self {
        let (words, rows) = (
            width_px.max(1.0) as usize / WORD + 1,
            height_px.max(1.0) as usize + 1,
        );
        Cover {
            words,
            rows,
            bits: vec![0; words * rows],
        }
    }

    /// Covers an area.
    pub(super) fn add(&mut self, area: &Area) {
        for (at, mask) in self.masks(area) {
            if let Some(word) = self.bits.get_mut(at) {
                *word |= mask;
            }
        }
    }

    /// Whether some of an area is covered.
    pub(super) fn touches(&self, area: &Area) -> bool {
        self.masks(area)
            .any(|(at, mask)| self.bits.get(at).is_some_and(|word| word & mask != 0))
    }

    /// The words an area lies in, and its bits there.
    fn masks(&self, area: &Area) -> impl Iterator<Item = (usize, u64)> + use<> {
        let columns = pixels(area.left, area.right, self.words * WORD);
        let words = self.words;
        pixels(area.top, area.bottom, self.rows).flat_map(move |row| {
            let columns = columns.clone();
            (columns.start / WORD..columns.end.div_ceil(WORD))
                .map(move |word| (row * words + word, mask(word, &columns)))
        })
    }
}

/// The pixels from one place to another, of so many; at least one.
fn pixels(from: f64, to: f64, count: usize) -> std::ops::Range<usize> {
    let first = ((from + GRAZE_PX).floor().max(0.0) as usize).min(count - 1);
    let end = ((to - GRAZE_PX).ceil().max(0.0) as usize).min(count);
    first..end.max(first + 1)
}

/// The bits of these columns in a word.
fn mask(word: usize, columns: &std::ops::Range<usize>) -> u64 {
    let start = columns.start.saturating_sub(word * WORD).min(WORD - 1);
    let length = (columns.end - word * WORD).min(WORD) - start;
    (u64::MAX >> (WORD - length)) << start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, right: f64, top: f64, bottom: f64) -> Area {
        Area {
            left,
            right,
            top,
            bottom,
        }
    }

    #[test]
    fn neighbours_do_not_touch_and_what_lies_on_each_other_does() {
        let mut cover = Cover::none(900.0, 400.0);
        cover.add(&area(60.0, 70.0, 10.0, 20.0));
        assert!(cover.touches(&area(69.0, 80.0, 19.0, 30.0)));
        assert!(
            cover.touches(&area(0.0, 900.0, 15.0, 15.0)),
            "a line through it"
        );
        for beside in [
            area(70.0, 80.0, 10.0, 20.0),
            area(50.0, 60.0, 10.0, 20.0),
            area(60.0, 70.0, 20.0, 30.0),
        ] {
            assert!(!cover.touches(&beside), "{beside:?}");
        }
    }

    #[test]
    fn words_are_covered_from_bit_to_bit() {
        let mut cover = Cover::none(200.0, 1.0);
        cover.add(&area(63.0, 129.0, 0.0, 1.0));
        assert_eq!(cover.bits[..4], [1 << 63, u64::MAX, 1, 0]);
    }

    #[test]
    fn what_is_out_of_the_picture_is_at_its_edge() {
        let mut cover = Cover::none(100.0, 100.0);
        cover.add(&area(-1e9, 1e9, -1e9, -1e8));
        cover.add(&area(f64::NAN, 1e300, 1e300, f64::NAN));
        assert!(cover.touches(&area(0.0, 1.0, 0.0, 1.0)));
        assert!(!cover.touches(&area(0.0, 1.0, 50.0, 51.0)));
    }
}
