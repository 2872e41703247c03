//! Which columns hold the rating of a new row, and how it is written there.

use super::{Stated, draft::Drafting};
use crate::pain::{
    Place, Scale, Side, cells::rating_text, plan::RatingColumn, plan::columns::Column, site_text,
};
use crate::words::list;

/// Most that a rating may change when it is put on the log's scale, of 10.
const NEAR_ENOUGH: f64 = 0.05;

impl Drafting<'_> {
    /// Where it hurts, how much and when: each in the columns that the log has for it.
    pub(super) fn place_and_rating(&mut self) -> Result<(), String> {
        match self.row.said.place.clone() {
            None => self.all_clear(),
            Some(said) => self.sore(&said),
        }
    }

    /// Nothing hurts: 0 in every column about a place, else in the one for the moment.
    fn all_clear(&mut self) -> Result<(), String> {
        let placed = self.placed();
        if placed.is_empty() {
            let columns = self.at_the_moment(&self.open(), true)?;
            self.nowhere();
            self.rate_all(&columns, zero_of)?;
            return Ok(());
        }
        let columns = self.at_the_moment(&placed, true)?;
        self.rate_all(&columns, zero_of)?;
        let places = columns.iter().filter_map(|column| column.place);
        self.draft.expected.places = places.collect();
        if let Some(index) = self.read.plan.others {
            self.set(index, "0");
            self.draft.expected.places = Vec::new();
        } else {
            self.draft.told.push(format!(
                "The log has a column for each of these places and none for all others: {} are 0.",
                self.names_of_places()
            ));
        }
        self.tell_of_a_second_row();
        Ok(())
    }

    fn sore(&mut self, said: &str) -> Result<(), String> {
        let named = self.words.places(said).into_iter();
        let places: Vec<Place> = named.map(|place| (place.site, place.side)).collect();
        let placed = self.placed();
        let columns = match placed.is_empty() {
            true => self.at_the_moment(&self.open(), false)?,
            false => self.columns_of(&places, &placed)?,
        };
        self.rate_all(&columns, |_| None)?;
        match placed.is_empty() {
            true => self.put_places(&columns, &places, said),
            false => {
                self.tell_of_a_second_row();
                Ok(())
            }
        }
    }

    /// The places beside the rating: in their column, ticked, in the very cell, or in the note.
    fn put_places(
        &mut self,
        columns: &[RatingColumn],
        places: &[Place],
        said: &str,
    ) -> Result<(), String> {
        let plan = &self.read.plan;
        let shared = columns
            .iter()
            .find(|column| plan.places_in.contains(&column.index));
        if self.column(Column::Site).is_none() && !plan.ticks.is_empty() {
            self.tick(places)?;
            self.draft.expected.places = places.to_vec();
        } else if let Some(column) = shared {
            let rated = self
                .draft
                .cells
                .get(column.index)
                .cloned()
                .unwrap_or_default();
            self.set(column.index, format!("{said} {rated}"));
            self.draft.expected.places = places.to_vec();
        } else {
            self.places(places, said);
        }
        Ok(())
    }

    /// Ticks the columns of the places, as the log ticks.
    fn tick(&mut self, places: &[Place]) -> Result<(), String> {
        for place in places {
            let mut ticks = self.read.plan.ticks.iter();
            let found = ticks.find(|(_, ticked)| ticked == place);
            let (index, _) =
                found.ok_or_else(|| no_column(place, "a column to tick for each place"))?;
            let mark = self.own_word(*index, |_| true).unwrap_or("x");
            self.set(*index, mark);
        }
        Ok(())
    }

    /// The columns about one place each.
    fn placed(&self) -> Vec<RatingColumn> {
        let ratings = self.read.plan.ratings.iter();
        ratings
            .filter(|column| column.place.is_some())
            .copied()
            .collect()
    }

    /// The columns about no place.
    fn open(&self) -> Vec<RatingColumn> {
        let ratings = self.read.plan.ratings.iter();
        ratings
            .filter(|column| column.place.is_none())
            .copied()
            .collect()
    }

    /// The columns for the row's moment: those about it, else those about none. Without a moment an all-clear is for every one.
    fn at_the_moment(
        &mut self,
        columns: &[RatingColumn],
        is_clear: bool,
    ) -> Result<Vec<RatingColumn>, String> {
        let of = |moment| {
            let found = columns.iter().filter(move |column| column.moment == moment);
            found.copied().collect::<Vec<RatingColumn>>()
        };
        let (said, plain) = (self.row.said.moment, of(None));
        if let Some(moment) = said.filter(|moment| !of(Some(*moment)).is_empty()) {
            self.draft.expected.moment = moment;
            return Ok(of(said));
        }
        if plain.is_empty() && said.is_none() && is_clear && !columns.is_empty() {
            self.draft.expected.any_moment = true;
            return Ok(columns.to_vec());
        }
        if plain.is_empty() {
            return Err(no_moment(columns));
        }
        self.moment();
        Ok(plain)
    }

    /// The column for each place: its own, else the one without a side.
    fn columns_of(
        &mut self,
        places: &[Place],
        placed: &[RatingColumn],
    ) -> Result<Vec<RatingColumn>, String> {
        let mut found = Vec::new();
        for (site, side) in places {
            let at = |side: Option<Side>| {
                let here = placed
                    .iter()
                    .filter(move |column| column.place == Some((*site, side)));
                here.copied().collect::<Vec<RatingColumn>>()
            };
            let (own, open) = (at(*side), at(None));
            if own.is_empty() && open.is_empty() {
                return Err(self.no_column_for(&(*site, *side)));
            }
            if own.is_empty() {
                self.put_aside("the side", site_text(*site, *side));
            }
            let here = if own.is_empty() { open } else { own };
            found.extend(self.at_the_moment(&here, false)?);
        }
        self.draft.expected.places = found.iter().filter_map(|column| column.place).collect();
        Ok(found)
    }

    fn no_column_for(&self, place: &Place) -> String {
        let names = self.names_of_places();
        no_column(place, &format!("a column for each place ({names})"))
    }

    /// Writes the rating into the columns, or another that is given for each.
    fn rate_all(
        &mut self,
        columns: &[RatingColumn],
        other: impl Fn(Scale) -> Option<f64>,
    ) -> Result<(), String> {
        if columns.is_empty() {
            return Err("the log has no column for pain: add one called \"pain\".".to_string());
        }
        for column in columns {
            let value = match other(column.scale) {
                Some(value) => value,
                None => on_the_scale(self.row.said.rating, column.scale)?,
            };
            self.rate(*column, value);
        }
        self.answer();
        Ok(())
    }

    fn rate(&mut self, column: RatingColumn, value: f64) {
        let ten = if value == 0.0 {
            Some(0.0)
        } else {
            column.scale.to_ten(value)
        };
        let expected = &mut self.draft.expected;
        expected.pain = ten.unwrap_or(value);
        if column.scale != Scale::ZeroToTen && expected.pain > 0.0 {
            let scale = column.scale.as_str();
            expected.on_its_scale = Some(format!(
                "{} on your log's scale of {scale}",
                decimal(value, false)
            ));
        }
        self.set(column.index, decimal(value, self.form.decimal_comma));
    }

    /// The answer to "any pain?" where the log asks.
    fn answer(&mut self) {
        let Some(index) = self.read.plan.any_pain else {
            return;
        };
        let hurts = self.draft.expected.pain > 0.0;
        let means =
            |cell: &str| self.words.yes_no.get(&crate::pain::words::fold(cell)) == Some(hurts);
        let answer = self
            .own_word(index, means)
            .unwrap_or(if hurts { "yes" } else { "no" });
        self.set(index, answer);
    }

    fn tell_of_a_second_row(&mut self) {
        if self.has_row_of_the_day() {
            let told =
                "The log has a row of that day already: this one stands below it, and both count.";
            self.draft.told.push(told.to_string());
        }
    }
}

/// The lowest number of a scale.
fn zero_of(scale: Scale) -> Option<f64> {
    Some(scale.bounds().0)
}

/// A rating as a number of the log's scale.
fn on_the_scale(stated: Stated, scale: Scale) -> Result<f64, String> {
    let (low, high) = scale.bounds();
    match stated {
        Stated::OnItsScale(value) if value == 0.0 && low > 0.0 => Ok(low),
        Stated::OnItsScale(value) => match scale.to_ten(value) {
            Some(_) => Ok(value),
            None => Err(format!(
                "the rating {} is none from {low} to {high}{}",
                decimal(value, false),
                match scale {
                    Scale::ZeroToTen => ".".to_string(),
                    _ => ", which is the scale of the log. A rating of ten is written with its ten, as 3/10.".to_string(),
                }
            )),
        },
        Stated::Of(value, own) => {
            let ten = own.to_ten(value).ok_or_else(|| {
                format!(
                    "the rating {} is none on a scale of {own}.",
                    decimal(value, false)
                )
            })?;
            nearest(ten, scale).ok_or_else(|| {
                format!(
                    "the log's scale of {scale} has no number for {} of 10.",
                    rating_text(ten)
                )
            })
        }
    }
}

/// The number of a scale that stands for a rating of ten, with at most two decimals.
fn nearest(ten: f64, scale: Scale) -> Option<f64> {
    let (low, high) = scale.bounds();
    let numbers = [0.0, 2.0, 5.0, 8.0];
    let value = match scale {
        Scale::OneToFour => low + numbers.iter().position(|number| *number == ten)? as f64,
        _ => ((low + ten / 10.0 * (high - low)) * 100.0).round() / 100.0,
    };
    let back = scale.to_ten(value)?;
    ((back - ten).abs() <= NEAR_ENOUGH).then_some(value)
}

/// A number as short as it is, with the log's sign.
fn decimal(value: f64, has_comma: bool) -> String {
    let text = value.to_string();
    if has_comma {
        text.replace('.', ",")
    } else {
        text
    }
}

fn no_column(place: &Place, what: &str) -> String {
    let name = site_text(place.0, place.1);
    format!("the log has {what} and none for \"{name}\": add a column of that name to it first.")
}

fn no_moment(columns: &[RatingColumn]) -> String {
    let moments = columns.iter().filter_map(|column| column.moment);
    let mut names: Vec<String> = moments.map(|moment| moment.as_str().to_string()).collect();
    names.dedup();
    match names.is_empty() {
        true => "the log has no column for pain: add one called \"pain\".".to_string(),
        false => format!(
            "the log has a column for each moment, so say which it was: {}.",
            list(&names).replace(" and ", " or ")
        ),
    }
}
