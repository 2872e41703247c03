//! The scale of the ratings: what a column's name says, else what the cells of all of them show.

use super::Desk;
use crate::{
    pain::{
        HeaderFault, Scale,
        plan::{
            names::{Rating, Sure},
            survey::Cells,
        },
    },
    units::{counted, number},
};

/// So many ratings make a column from which its scale can be told.
const ENOUGH: usize = 14;

/// The cells of all columns whose scale is open.
#[derive(Default)]
struct Sums {
    numbers: usize,
    zeros: usize,
    ones: usize,
    fractions: usize,
    upper_half: usize,
    above_ten: usize,
    beyond: usize,
    most: f64,
}

impl Sums {
    fn with(self, cells: &Cells) -> Self {
        Sums {
            numbers: self.numbers + cells.numbers,
            zeros: self.zeros + cells.zeros,
            ones: self.ones + cells.ones,
            fractions: self.fractions + cells.fractions,
            upper_half: self.upper_half + cells.upper_half,
            above_ten: self.above_ten + cells.above_ten,
            beyond: self.beyond + cells.beyond,
            most: self.most.max(cells.most),
        }
    }

    fn hurting(&self) -> usize {
        self.numbers.saturating_sub(self.zeros)
    }

    /// Whether so many ratings lie above 10 that they are no slips.
    fn are_above_ten(&self) -> bool {
        self.above_ten >= 2 && self.above_ten * 10 >= self.hurting()
    }

    /// Whether the scale can begin at 1.
    fn has_no_zero(&self) -> bool {
        self.zeros == 0 && self.above_ten == 0 && self.numbers > 0
    }

    /// Whether 1 comes so often that it may mean no pain.
    fn are_mostly_ones(&self) -> bool {
        self.has_no_zero() && self.numbers >= ENOUGH && self.ones * 2 >= self.numbers
    }

    /// Whether the scale may end at 5.
    fn are_low_and_whole(&self) -> bool {
        self.fractions == 0
            && self.upper_half + self.above_ten + self.beyond == 0
            && self.numbers >= ENOUGH
            && self.hurting() > 0
    }
}

impl Desk<'_> {
    /// The scale that a column has of its own: by its name, or as training platforms rate injuries.
    pub(super) fn own_scale(&self, index: usize, rating: Rating) -> Option<Scale> {
        let cells = self.cells_of(index);
        let is_four_words = rating.sure == Sure::Injury
            && cells.zeros == 0
            && cells.numbers > 0
            && cells.most <= 4.0;
        self.options
            .scale
            .or_else(|| self.scale_by_name(index))
            .or(is_four_words.then_some(Scale::OneToFour))
    }

    /// "1-10" above zeros is 0-10 said loosely.
    fn scale_by_name(&self, index: usize) -> Option<Scale> {
        let cells = self.cells_of(index);
        Some(match self.read_name(index)?.scale? {
            Scale::OneToTen if cells.zeros > 0 || cells.ones * 2 < cells.numbers => {
                Scale::ZeroToTen
            }
            Scale::OneToFive if cells.zeros > 0 => Scale::ZeroToFive,
            scale => scale,
        })
    }

    /// A name that says another scale than niggle knows is believed: its numbers are not of 0–10.
    pub(super) fn check_names_of_scales(
        &self,
        ratings: &[(usize, Rating)],
    ) -> Result<(), HeaderFault> {
        let columns = || ratings.iter().map(|(index, _)| *index);
        let mut turned = columns().filter(|index| self.is_turned_round(*index));
        if let Some(index) = turned.next() {
            return Err(turned_round(&self.name(index)));
        }
        let other = columns().find_map(|index| Some((index, self.other_scale(index)?)));
        match other {
            Some((index, ends)) => Err(other_scale(&self.name(index), ends)),
            None => Ok(()),
        }
    }

    fn is_turned_round(&self, index: usize) -> bool {
        !self.is_named(index) && self.high_is_good(index)
    }

    /// The ends of a scale that niggle does not know, where no cell lies beyond them.
    fn other_scale(&self, index: usize) -> Option<(u32, u32)> {
        let ends = self.read_name(index)?.other_scale?;
        let is_within = self.cells_of(index).most <= f64::from(ends.1);
        (self.options.scale.is_none() && is_within).then_some(ends)
    }

    /// The scale of the columns whose name says none: 0–10, unless the cells of all of them show that it cannot be.
    pub(super) fn scale(&mut self, ratings: &[(usize, Rating)]) -> Result<Scale, HeaderFault> {
        let sums = ratings
            .iter()
            .filter(|(index, rating)| self.own_scale(*index, *rating).is_none())
            .fold(Sums::default(), |sums, (index, _)| {
                sums.with(self.cells_of(*index))
            });
        if sums.are_above_ten() {
            return Err(above_ten(sums.above_ten));
        }
        if sums.has_no_zero() && self.is_one_nothing() {
            return Ok(self.scale_from_one(sums.upper_half > 0));
        }
        if sums.are_mostly_ones() {
            return Err(may_begin_at_one(sums.ones, sums.numbers));
        }
        if sums.are_low_and_whole() {
            self.understood.push(format!(
                "No rating is above {} of 10; if your scale ends at 5, say --pain-scale 0-5.",
                number(sums.most, 0)
            ));
        }
        Ok(Scale::ZeroToTen)
    }

    /// Whether rows that name no place are rated 1, and never anything else.
    fn is_one_nothing(&self) -> bool {
        self.nowhere.0 >= 3 && self.nowhere.1 == 0
    }

    fn scale_from_one(&mut self, has_upper_half: bool) -> Scale {
        let scale = match has_upper_half {
            true => Scale::OneToTen,
            false => Scale::OneToFive,
        };
        let days = counted(
            self.nowhere.0,
            "row that names no place is",
            "rows that name no place are",
        );
        self.understood.push(format!(
            "{days} rated 1, so 1 means nothing: the scale was taken for {}.",
            scale.as_str()
        ));
        scale
    }
}

fn turned_round(name: &str) -> HeaderFault {
    HeaderFault::OpenScale {
        found: format!(
            "the high end of the column {name} is the good one, which is pain turned round"
        ),
        options: "Turn the numbers round (10 minus the number), so that 0 is no pain; then name it with --column pain=NAME.",
    }
}

fn other_scale(name: &str, (least, most): (u32, u32)) -> HeaderFault {
    HeaderFault::OpenScale {
        found: format!(
            "the column {name} is on a scale of {least}–{most}, which niggle does not know"
        ),
        options: "Write numbers from 0 to 10, or say the scale that comes closest with --pain-scale 0-5, 1-5, 1-4, 1-10 or 0-100.",
    }
}

fn above_ten(count: usize) -> HeaderFault {
    HeaderFault::OpenScale {
        found: format!(
            "{} above 10, so the ratings are on no scale of 0–10",
            counted(count, "rating lies", "ratings lie")
        ),
        options: "Say which scale it is: --pain-scale 0-100 for a line of 100 mm; rows above 10 that are slips of the pen must be corrected.",
    }
}

fn may_begin_at_one(ones: usize, numbers: usize) -> HeaderFault {
    HeaderFault::OpenScale {
        found: format!("no rating is 0, and {ones} of {numbers} are 1, which may mean no pain"),
        options: "If it does, say --pain-scale 1-5 (or 1-4, 1-10); if 1 is pain, say --pain-scale 0-10.",
    }
}
