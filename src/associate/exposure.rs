//! The loads that pain is set beside, fixed in advance.

use crate::model::Day;
use serde::{Serialize, Serializer};

/// A load beside the pain. The order is that of the names in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// Metres climbed in the three days before.
    Ascent3,
    /// Metres descended in the three days before.
    Descent3,
    /// Metres run on the day itself, beside ratings made during the run, after it or in the evening.
    Distance0,
    /// Metres run the day before.
    Distance1,
    /// Metres run in the three days before.
    Distance3,
}

impl Exposure {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "ascent_m_3",
            Exposure::Descent3 => "descent_m_3",
            Exposure::Distance0 => "distance_m_0",
            Exposure::Distance1 => "distance_m_1",
            Exposure::Distance3 => "distance_m_3",
        }
    }

    /// `distance, 3 days before`: its name in tables.
    pub fn title(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "ascent, 3 days before",
            Exposure::Descent3 => "descent, 3 days before",
            Exposure::Distance0 => "distance the same day",
            Exposure::Distance1 => "distance the day before",
            Exposure::Distance3 => "distance, 3 days before",
        }
    }

    /// How many days are added up.
    pub fn days(self) -> usize {
        match self {
            Exposure::Distance0 | Exposure::Distance1 => 1,
            Exposure::Ascent3 | Exposure::Descent3 | Exposure::Distance3 => 3,
        }
    }

    /// Days from the last of them to the pain's: 0 for the same day, else 1.
    pub fn lag_days(self) -> usize {
        usize::from(!self.is_same_day())
    }

    /// Whether it is the load of the pain's own day.
    pub fn is_same_day(self) -> bool {
        self == Exposure::Distance0
    }

    /// The other day's run that is held fixed beside yesterday's pain.
    pub fn given(self) -> &'static str {
        if self.is_same_day() {
            "yesterday's run"
        } else {
            "today's run"
        }
    }

    /// What is counted, in a word: two exposures of one kind differ in days alone.
    pub fn kind(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "ascent",
            Exposure::Descent3 => "descent",
            Exposure::Distance0 | Exposure::Distance1 | Exposure::Distance3 => "distance",
        }
    }

    /// Whether it counts metres run, which are shown in kilometres or miles; the others are heights.
    pub fn is_distance(self) -> bool {
        self.kind() == "distance"
    }

    /// Its metres on a day. None when they are not known.
    pub(super) fn of(self, day: &Day) -> Option<f64> {
        match self {
            Exposure::Ascent3 => day.ascent_m,
            Exposure::Descent3 => day.descent_m,
            Exposure::Distance0 | Exposure::Distance1 | Exposure::Distance3 => day.distance_m,
        }
    }

    /// More of it, whatever the days.
    pub(super) fn load(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "more climbing",
            Exposure::Descent3 => "more descent",
            Exposure::Distance0 | Exposure::Distance1 | Exposure::Distance3 => "more running",
        }
    }

    /// The beginning of a sentence about a pattern.
    pub(super) fn opening(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "After three days with more climbing",
            Exposure::Descent3 => "After three days with more descent",
            Exposure::Distance0 => "On the days you ran further",
            Exposure::Distance1 => "On days after more running",
            Exposure::Distance3 => "After three days with more running",
        }
    }

    /// The load of as many days after the pain, inside a sentence.
    pub(super) fn after(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "climbing in the three days after",
            Exposure::Descent3 => "descent in the three days after",
            Exposure::Distance0 | Exposure::Distance1 => "tomorrow's running",
            Exposure::Distance3 => "running in the three days after",
        }
    }

    /// Its name inside a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Exposure::Ascent3 => "climbing in the three days before",
            Exposure::Descent3 => "descent in the three days before",
            Exposure::Distance0 => "running the same day",
            Exposure::Distance1 => "running the day before",
            Exposure::Distance3 => "running in the three days before",
        }
    }
}

impl Serialize for Exposure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
