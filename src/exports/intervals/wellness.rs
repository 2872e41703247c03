//! Wellness: one day a line.

use super::source::Fields;
use crate::{
    exports::{
        facts::{Comment, Facts, Night},
        kit::{ASLEEP_S, Fault, Notes, REST_BPM, WEIGHT_KG},
        readings::Readings,
    },
    model::Athlete,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What the days say.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Days {
    asleep_s: BTreeMap<NaiveDate, f64>,
    rest: Readings,
    weight: Readings,
    comments: Vec<Comment>,
}

impl Days {
    /// One more line. The day of a night is that of waking; in JSON the day is the `id`.
    pub(super) fn take(&mut self, notes: &mut Notes, line: &dyn Fields) {
        let written = line
            .text("date")
            .or_else(|| line.text("id"))
            .unwrap_or_default();
        let day = written.get(..10).and_then(|date| date.parse().ok());
        let Some(day) = day else {
            return notes.add(Fault::NoDate, line.number(), &written);
        };
        let mut value = |key, range| line.value(notes, key, range).filter(|it| *it > 0.0);
        value("sleepSecs", ASLEEP_S).inspect(|asleep_s| {
            self.asleep_s.insert(day, *asleep_s);
        });
        value("restingHR", REST_BPM).inspect(|bpm| self.rest.add_latest(day, *bpm));
        value("weight", WEIGHT_KG).inspect(|kg| self.weight.add_latest(day, *kg));
        self.comments.extend(comments(line, day));
    }

    /// What that is.
    fn athlete(&self) -> Athlete {
        Athlete {
            heart_rate_rest_bpm: self.rest.usual(),
            weight_kg: self.weight.latest(),
            ..Athlete::default()
        }
    }

    pub(super) fn facts(self) -> Facts {
        let athlete = self.athlete();
        let nights = self.asleep_s.into_iter();
        Facts {
            nights: nights
                .map(|(date, asleep_s)| Night { date, asleep_s })
                .collect(),
            athlete,
            comments: self.comments,
            ..Facts::default()
        }
    }
}

/// What the runner wrote of a day: a comment, and an injury by its number, of which 1 is none.
fn comments(line: &dyn Fields, date: NaiveDate) -> impl Iterator<Item = Comment> {
    let written = [
        (line.written("comments"), false),
        (line.text("injury"), true),
    ];
    let place = line.place();
    let said = written.into_iter();
    said.filter_map(move |(text, is_injury)| {
        Some(Comment {
            date,
            place: place.clone(),
            about: "intervals.icu wellness".to_string(),
            text: text?,
            is_injury,
        })
    })
}
