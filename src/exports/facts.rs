//! What the files of exports say, in one form for every service.

use crate::model::{Activity, Athlete};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one file of an export says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Activities that an index lists; taken out as soon as they are rows.
    #[serde(skip)]
    pub activities: Vec<Listed>,
    /// Activities that the file itself records, with their samples; taken out as soon as they are rows.
    #[serde(skip)]
    pub recordings: Vec<Activity>,
    /// Shoes.
    pub shoes: Vec<Shoe>,
    /// Which shoe was worn on which activity, where that stands in a file of its own.
    pub worn: Vec<Worn>,
    /// Nights.
    pub nights: Vec<Night>,
    /// What the account knows about the runner.
    pub athlete: Athlete,
    /// What the runner wrote about days; what is written about an activity stands with it until that is a row
    /// ([`Activity::comment`]). Only `--notes` reads them.
    pub comments: Vec<Comment>,
    /// Comments that were counted and not kept, because nobody asked for them.
    pub unread_comments: usize,
}

impl Facts {
    /// Keeps of the comments how many they are: their words may be of anything and must not lie in a cache unasked.
    pub fn leave_comments_unread(&mut self) {
        self.unread_comments += std::mem::take(&mut self.comments).len();
    }
}

/// Something that the runner wrote into the account about a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The local day.
    pub date: NaiveDate,
    /// Where in the file: `row 17`, `entry 5`.
    pub place: String,
    /// What it is about, behind "in the": `TrainingPeaks workout`.
    pub about: String,
    /// The words, or the number that the service has for an injury.
    pub text: String,
    /// It stands where the service asks for injuries, so that it speaks of one if it says anything.
    pub is_injury: bool,
}

/// One activity as an index lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Where in the file: `row 17`, `entry 5`.
    pub place: String,
    /// The service's own number of the activity.
    pub id: Option<String>,
    /// The recording it names, as written there (`activities/123.fit.gz`); None for entries made by hand.
    pub file: Option<String>,
    /// The [`Shoe::key`] of the shoe worn.
    pub shoe: Option<String>,
    /// Everything else: format [`crate::model::Format::Export`], sport, title, start, offset, totals (SI units); no samples.
    pub activity: Activity,
}

/// One shoe.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Shoe {
    /// What lists and [`Worn`] call it, unique within its service.
    pub key: String,
    /// What the runner calls it.
    pub name: String,
    /// Whether it is retired; None where the service does not say.
    pub retired: Option<bool>,
    /// First day of use.
    pub since: Option<NaiveDate>,
    /// Last day of use.
    pub until: Option<NaiveDate>,
    /// The distance at which the runner wanted to be told, m.
    pub limit_m: Option<f64>,
}

/// A shoe on an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worn {
    /// [`Listed::id`].
    pub activity: String,
    /// [`Shoe::key`].
    pub shoe: String,
}

/// One night of sleep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Night {
    /// The day on which it ended.
    pub date: NaiveDate,
    /// Time asleep, s: deep, light and REM; naps and waking are not in it.
    pub asleep_s: f64,
}

impl Night {
    /// Nights by their dates, each with the time asleep, s.
    pub fn of(nights: BTreeMap<NaiveDate, f64>) -> Vec<Night> {
        let nights = nights.into_iter();
        nights
            .map(|(date, asleep_s)| Night { date, asleep_s })
            .collect()
    }
}
