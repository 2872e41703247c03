//! Where it hurts, by the row's columns for the place and the side.

use super::Row;
use crate::pain::{
    Entry, Place, Set, Side, Sign, Site,
    plan::{columns::Column, survey::is_tick},
    site_text,
    words::{fold, is_unknown, likely_site},
};

impl Row<'_> {
    /// The places of the site cell; the side column beats its words where it names one place. Empty when it is blank.
    pub(super) fn places(&mut self) -> Vec<Place> {
        self.side = self.column_side();
        let cell = self.cell(Column::Site);
        if is_unknown(&fold(cell)) {
            return self.ticked();
        }
        let mut places = self.reader.words.places(cell);
        if let Some(unknown) = places.iter().find(|place| !place.is_known) {
            self.tell_of_unknown((unknown.site, unknown.side));
        }
        if let ([place], Some(side)) = (places.as_mut_slice(), self.side) {
            self.check_side(place.side, side);
            place.side = Some(side);
        }
        let sided = places.into_iter();
        sided
            .map(|place| (place.site, place.side.or(self.side)))
            .collect()
    }

    fn column_side(&mut self) -> Option<Side> {
        let words = &self.reader.words.sides;
        self.side_of_letter()
            .or_else(|| self.one(Column::Side, words))
    }

    /// The side of a lone letter of the log's language: `E` is left in Portuguese.
    fn side_of_letter(&self) -> Option<Side> {
        let letter = self.reader.plan.left_letter?;
        (fold(self.cell(Column::Side)) == letter).then_some(Side::Left)
    }

    /// The places whose columns are ticked.
    fn ticked(&self) -> Vec<Place> {
        let ticks = self.reader.plan.ticks.iter();
        ticks
            .filter(|(index, _)| self.is_ticked(*index))
            .map(|(_, place)| *place)
            .collect()
    }

    fn is_ticked(&self, index: usize) -> bool {
        let cell = self.record.cell(index);
        is_tick(cell) || self.reader.words.yes_no.get(&fold(cell)) == Some(true)
    }

    fn tell_of_unknown(&mut self, (site, side): Place) {
        let done = format!(
            "{}It counts as a place of its own, \"{}\".",
            self.likely_text(),
            site_text(site, side)
        );
        let accepted = &self.reader.words.sites.accepted;
        self.bad_word(Column::Site, "is not a place niggle knows", &done, accepted);
    }

    /// The question whether a known site was meant, where one is written alike.
    fn likely_text(&self) -> String {
        let likely = likely_site(&fold(self.cell(Column::Site)));
        likely.map_or_else(String::new, |site| format!("Did you mean {site}? "))
    }

    fn check_side(&mut self, written: Option<Side>, side: Side) {
        if written.is_some_and(|written| written != side) {
            let found = format!("and side \"{}\" contradict each other", side.as_str());
            self.bad_cell(Column::Site, &found, "The side column counts.");
        }
    }

    /// Brings site and rating together: a rating of 0 without a site is "all clear", "none" with pain is a contradiction.
    pub(super) fn settle_site(&mut self, entry: &mut Entry) {
        match (entry.site, entry.pain) {
            (None, Some(0.0)) => entry.site = Some(Site::None),
            (Some(Site::None), Some(pain)) if pain > 0.0 => {
                entry.site = None;
                self.bad_cell(
                    Column::Site,
                    "stands beside pain above 0",
                    "The rating counts as one of a place that is not named.",
                );
            }
            (Some(Site::None), None) => {
                let consequence = "The pain stays unknown. Write pain 0 on days when all is clear.";
                self.bad_cell(Column::Site, "stands beside a blank rating", consequence);
            }
            _ => {}
        }
    }
}

/// The chest is no place of a limb: pain there is told as the sign that triage looks for.
pub(super) fn with_chest(mut signs: Set<Sign>, places: &[Place]) -> Set<Sign> {
    let is_chest = |(site, _): &Place| matches!(site, Site::Other(word) if is_chest(word.as_str()));
    if places.iter().any(is_chest) {
        signs.insert(Sign::ChestPain);
    }
    signs
}

fn is_chest(word: &str) -> bool {
    word.split(' ').any(|word| {
        matches!(
            word,
            "chest" | "brust" | "poitrine" | "pecho" | "petto" | "peito" | "borst"
        )
    })
}
