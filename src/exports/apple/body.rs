//! What the phone knows of the runner: sex, resting heart rate, weight.

use super::{
    super::kit::{Notes, REST_BPM, WEIGHT_KG},
    amount::{MASSES, RATES, amount},
    tag::{Tag, moment},
};
use crate::model::{Athlete, Sex};

/// The resting heart rate is the median of this long before the last one, s: a year.
const REST_S: f64 = 365.25 * 86_400.0;
/// Most resting heart rates kept: one a day for a life.
const RESTS_MAX: usize = 50_000;

/// What was read of the runner.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Body {
    sex: Option<Sex>,
    rests: Vec<(f64, f64)>,
    /// The latest weight: when, and kg.
    weight: Option<(f64, f64)>,
}

impl Body {
    /// `<Me>`.
    pub(super) fn add_sex(&mut self, tag: &Tag) {
        self.sex = match tag.value("HKCharacteristicTypeIdentifierBiologicalSex") {
            b"HKBiologicalSexFemale" => Some(Sex::Female),
            b"HKBiologicalSexMale" => Some(Sex::Male),
            _ => None,
        };
    }

    /// A day's resting heart rate.
    pub(super) fn add_rest(&mut self, tag: &Tag, notes: &mut Notes, number: usize) {
        let [value, unit, start] = tag.values(["value", "unit", "startDate"]);
        let bpm = amount(notes, (value, unit), RATES, REST_BPM, number);
        let rest = moment(start).map(|at| at.unix_s).zip(bpm);
        self.rests
            .extend(rest.filter(|_| self.rests.len() < RESTS_MAX));
    }

    /// A weight.
    pub(super) fn add_mass(&mut self, tag: &Tag, notes: &mut Notes, number: usize) {
        let [value, unit, start] = tag.values(["value", "unit", "startDate"]);
        let kg = amount(notes, (value, unit), MASSES, WEIGHT_KG, number);
        let weight = moment(start).map(|at| at.unix_s).zip(kg);
        self.weight = weight
            .filter(|(at, _)| self.weight.is_none_or(|(before, _)| before <= *at))
            .or(self.weight);
    }

    pub(super) fn athlete(mut self) -> Athlete {
        let last_s = self
            .rests
            .iter()
            .map(|(at, _)| *at)
            .fold(f64::NEG_INFINITY, f64::max);
        self.rests.retain(|(at, _)| last_s - at <= REST_S);
        self.rests.sort_by(|a, b| a.1.total_cmp(&b.1));
        let median = self.rests.get(self.rests.len() / 2);
        Athlete {
            heart_rate_rest_bpm: median.map(|(_, bpm)| *bpm),
            weight_kg: self.weight.map(|(_, kg)| kg),
            sex: self.sex,
            ..Athlete::default()
        }
    }
}
