//! The columns that rate pain: what the cells disprove and what a surer column outdoes is left.

use super::Desk;
use crate::{
    option::{COLUMN, PAIN_SCALE},
    pain::{
        HeaderFault,
        Moment::{After, Before, During, Evening, Morning},
        plan::{
            RatingColumn,
            columns::Column,
            names::{Meaning, Rating, Sure},
        },
        words::fold,
    },
};

/// Columns with what their names say of a rating.
pub(super) type Candidates = Vec<(usize, Rating)>;

/// A column that asks for the worst goes before its equals.
const WORST: &[&str] = &[
    "worst", "max", "maximum", "highest", "peak", "maximal", "pire",
];

/// Names that say that 0 is no and 1 is yes.
const ZERO_OR_ONE: &[&str] = &[
    "0 no", "1 yes", "yes no", "y n", "0 1", "no 0", "yes 1", "ja nein", "oui non", "si no",
];

impl Desk<'_> {
    /// The columns that rate pain, and the one that answers yes or no.
    pub(super) fn ratings(&mut self) -> Result<(Vec<RatingColumn>, Option<usize>), HeaderFault> {
        let (mut candidates, any_pain) = self.candidates();
        // What the cells disprove is no rival of the rest.
        candidates.retain(|(index, rating)| self.is_kept(*index, self.disproved(*index, *rating)));
        let best = surest(candidates.iter().filter(|(_, rating)| rating.is_plain()));
        candidates
            .retain(|(index, rating)| self.is_kept(*index, self.outdone(*index, *rating, best)));
        let (placed, open): (Candidates, Candidates) = candidates
            .into_iter()
            .partition(|(_, rating)| rating.place.is_some());
        let (moments, plain): (Candidates, Candidates) = open
            .into_iter()
            .partition(|(_, rating)| rating.moment.is_some());
        let plain = self.one_of(plain)?;
        self.check_doubles("pain at one place", &placed)?;
        self.check_doubles("pain at one moment", &moments)?;
        let general = plain.filter(|_| placed.len() > 1).map(|(index, _)| index);
        let mut ratings: Candidates = placed.into_iter().chain(moments).chain(plain).collect();
        ratings.sort_by_key(|(index, _)| *index);
        Ok((self.with_scales(&ratings, general)?, any_pain))
    }

    /// The columns that may rate pain, and the one of yes and no; those that are ticked are kept apart.
    fn candidates(&mut self) -> (Candidates, Option<usize>) {
        let mut candidates = Vec::new();
        let mut any_pain = self.named_as("any_pain");
        for (index, rating) in self.by_name() {
            if let (Some(place), true) = (rating.place, self.is_ticked(index)) {
                self.ticks.push((index, place));
            } else if self.cells_of(index).is_yes_no() || self.is_zero_or_one(index) {
                any_pain = any_pain.or(Some(index));
            } else {
                let sure = self.sureness(index, rating.sure);
                candidates.push((index, Rating { sure, ..rating }));
            }
        }
        (candidates, any_pain)
    }

    fn by_name(&self) -> Candidates {
        let rating = |index| match self.meaning(index) {
            Meaning::Rating(rating) => Some((index, rating)),
            _ => None,
        };
        (0..self.header.names.len()).filter_map(rating).collect()
    }

    /// Whether a column about a place is ticked where it hurts: marks, or yes and no.
    fn is_ticked(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        cells.filled > 0 && cells.numbers == 0 && (cells.ticks == cells.filled || cells.is_yes_no())
    }

    /// Whether a column about pain is coded 0 and 1, which its name says: `Pain (0 = no, 1 = yes)`.
    fn is_zero_or_one(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let mut name = self.header.written.get(index).into_iter();
        cells.numbers == cells.zeros + cells.ones && name.any(|name| says_zero_or_one(name))
    }

    /// A list of injured places says more than how sore all is.
    fn sureness(&self, index: usize, sure: Sure) -> Sure {
        let cells = self.cells_of(index);
        match cells.lists > 0 && cells.lists * 2 >= cells.filled {
            true => sure.max(Sure::Question),
            false => sure,
        }
    }

    /// Whether a candidate is kept; a reason against it is kept with it.
    fn is_kept(&mut self, index: usize, reason: Option<String>) -> bool {
        let Some(reason) = reason else { return true };
        let sentence = format!(
            "Column {} was not taken for pain: {reason}.",
            self.name(index)
        );
        self.left.push((index, sentence));
        false
    }

    /// Why the cells of a candidate cannot be ratings of pain, or why it is none in this company.
    fn disproved(&self, index: usize, rating: Rating) -> Option<String> {
        match rating.sure {
            _ if self.is_named(index) => None,
            Sure::Weak => self.beside_training(),
            Sure::BareMoment => self.no_rating(index).or_else(|| self.lone_moment()),
            Sure::BarePlace => self.no_rating(index),
            Sure::Soreness => self.open_direction(index),
            Sure::Loose => self.is_all_text(index).then(are_text),
            _ => None,
        }
    }

    /// Names of columns that show a log of training or well-being.
    fn beside_training(&self) -> Option<String> {
        let is_training =
            |meaning| matches!(meaning, Meaning::Training | Meaning::Is(Column::Rpe, _));
        let names = self.names(self.all_of(is_training).into_iter().take(2));
        (!names.is_empty()).then(|| format!("its file also has {}", names.join(" and ")))
    }

    /// Why a column whose name says nothing of pain does not rate it.
    fn no_rating(&self, index: usize) -> Option<String> {
        let cells = self.cells_of(index);
        if cells.above_ten + cells.beyond > 0 {
            return Some("it holds numbers above 10".to_string());
        }
        (cells.filled > 0 && cells.text > cells.numbers + cells.words).then(are_text)
    }

    fn is_all_text(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        cells.filled > 0 && !cells.has_ratings()
    }

    fn lone_moment(&self) -> Option<String> {
        (self.bare_moments() < 2).then(|| "a moment alone can be anything".to_string())
    }

    /// Columns called before, during, after or morning alone: evening and night head columns of many kinds, unless the log has a
    /// column for the place.
    fn bare_moments(&self) -> usize {
        let has_site = self.has_site();
        let of_a_run = |rating: Rating| match rating.moment {
            Some(Before | During | After | Morning) => rating.sure == Sure::BareMoment,
            Some(Evening) => rating.sure == Sure::BareMoment && has_site,
            _ => false,
        };
        self.all_of(|meaning| matches!(meaning, Meaning::Rating(rating) if of_a_run(rating)))
            .len()
    }

    /// Why the sore end of a column is not known, or is the wrong one.
    fn open_direction(&self, index: usize) -> Option<String> {
        if self.high_is_good(index) {
            return Some(format!(
                "its high end is the good one; turn it round and say {COLUMN} pain=NAME"
            ));
        }
        self.begins_at_one(index).then(|| {
            format!(
                "it has no 0, so which end is sore cannot be told (say {COLUMN} pain=NAME and {PAIN_SCALE} 1-5)"
            )
        })
    }

    pub(super) fn high_is_good(&self, index: usize) -> bool {
        self.read_name(index).is_some_and(|name| name.high_is_good)
    }

    /// Whether soreness runs from 1: then nothing tells whether 1 or the other end is sore.
    fn begins_at_one(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let by_name = self.read_name(index).and_then(|name| name.scale);
        self.options.scale.or(by_name).is_none() && cells.zeros == 0 && cells.numbers > 0
    }

    /// Why a candidate is not taken beside a surer one.
    fn outdone(&self, index: usize, rating: Rating, best: Option<Sure>) -> Option<String> {
        let is_outdone = match rating.sure {
            _ if self.is_named(index) => false,
            Sure::Weak | Sure::Soreness | Sure::Injury | Sure::Loose => {
                rating.is_plain() && best > Some(rating.sure)
            }
            Sure::BareMoment => best.is_some(),
            _ => false,
        };
        is_outdone.then(|| "the log has a column for pain".to_string())
    }

    /// The one column of those without place and moment: the surest, and of equals the one that asks for the worst.
    fn one_of(&self, mut plain: Candidates) -> Result<Option<(usize, Rating)>, HeaderFault> {
        let best = surest(plain.iter());
        plain.retain(|(_, rating)| Some(rating.sure) == best);
        prefer(&mut plain, |index| self.cells_of(index).has_ratings());
        prefer(&mut plain, |index| self.asks_for_worst(index));
        match plain.as_slice() {
            [(first, _), (second, _), ..] => Err(self.doubled("pain", *first, *second)),
            one => Ok(one.first().copied()),
        }
    }

    fn asks_for_worst(&self, index: usize) -> bool {
        let mut words = self.folded(index).split(' ');
        words.any(|word| WORST.contains(&word))
    }

    /// Two columns about the same place and moment are ambiguous.
    fn check_doubles(
        &self,
        meaning: &'static str,
        list: &[(usize, Rating)],
    ) -> Result<(), HeaderFault> {
        let about = |rating: &Rating| (rating.place, rating.moment);
        for (at, (index, rating)) in list.iter().enumerate() {
            let mut behind = list.iter().skip(at + 1);
            if let Some((other, _)) = behind.find(|(_, other)| about(other) == about(rating)) {
                return Err(self.doubled(meaning, *index, *other));
            }
        }
        Ok(())
    }

    /// The columns of ratings, each with its scale; `general` is the one of pain all over, beside columns of places.
    fn with_scales(
        &mut self,
        ratings: &[(usize, Rating)],
        general: Option<usize>,
    ) -> Result<Vec<RatingColumn>, HeaderFault> {
        self.check_names_of_scales(ratings)?;
        let scale = self.scale(ratings)?;
        let column = |(index, rating): &(usize, Rating)| RatingColumn {
            index: *index,
            place: rating.place,
            moment: rating.moment,
            general: general == Some(*index),
            scale: self.own_scale(*index, *rating).unwrap_or(scale),
        };
        Ok(ratings.iter().map(column).collect())
    }
}

fn says_zero_or_one(name: &str) -> bool {
    let name = format!(" {} ", fold(name));
    let mut answers = ZERO_OR_ONE.iter();
    answers.any(|words| name.contains(&format!(" {words} ")))
}

fn are_text() -> String {
    "its cells are text".to_string()
}

fn surest<'r>(candidates: impl Iterator<Item = &'r (usize, Rating)>) -> Option<Sure> {
    candidates.map(|(_, rating)| rating.sure).max()
}

/// Keeps those of several that are so, where any is.
fn prefer(candidates: &mut Candidates, is_so: impl Fn(usize) -> bool) {
    if candidates.len() > 1 && candidates.iter().any(|(index, _)| is_so(*index)) {
        candidates.retain(|(index, _)| is_so(*index));
    }
}
