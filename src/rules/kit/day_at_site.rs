//! The pain log day by day and site by site, and what the rows of a day say together.

use super::series::only;
use crate::pain::{
    Entry, Everyday, Function, Moment, Onset, PainType, Side, Sign, Site, sides_meet,
};
use crate::time::days_between;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A site and side, each None where the rows leave it open.
pub(super) type OpenPlace = (Option<Site>, Option<Side>);

/// All rows of one day about one site and side. What a row leaves blank joins what the day's other rows name, see
/// [`days_at_sites`].
#[derive(Debug, Clone)]
pub struct DayAtSite<'a> {
    /// The day.
    pub date: NaiveDate,
    /// The site; None where the rows name none.
    pub site: Option<Site>,
    /// The side; None where the rows leave it open.
    pub side: Option<Side>,
    /// The rows, at least one.
    pub rows: Vec<&'a Entry>,
}

/// Something the runner wrote, in the report's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Fits after "you logged".
    pub text: String,
    /// Found in the free text and not in a column.
    pub in_note: bool,
}

impl Seen {
    /// From a column of the log.
    pub fn logged(text: impl Into<String>) -> Self {
        Seen {
            text: text.into(),
            in_note: false,
        }
    }

    /// From the free text.
    pub fn noted(text: impl Into<String>) -> Self {
        Seen {
            text: text.into(),
            in_note: true,
        }
    }

    /// From a column of the log or from the free text, the column before it. None when neither says so.
    fn in_either(text: impl Into<String>, in_column: bool, in_note: bool) -> Option<Self> {
        (in_column || in_note).then(|| Seen {
            text: text.into(),
            in_note: !in_column,
        })
    }
}

/// What was seen, where it counts; nothing elsewhere.
pub(in crate::rules) fn told_if(counts: bool, seen: Vec<Seen>) -> Vec<Seen> {
    if counts { seen } else { Vec::new() }
}

impl DayAtSite<'_> {
    /// Whether some row of the day is so.
    pub fn any(&self, is_so: impl Fn(&Entry) -> bool) -> bool {
        self.rows.iter().any(|row| is_so(row))
    }

    /// Whether the sign is in a column or a note.
    pub fn has(&self, sign: Sign) -> bool {
        self.any(|row| row.has_sign(sign))
    }

    /// Pain at night or at rest: as a sign, or as pain above zero rated at that moment of the day.
    pub fn pain_at_night_or_rest(&self) -> Vec<Seen> {
        let mut seen = self.signs(&[Sign::NightPain, Sign::RestPain]);
        let moments = [
            (Moment::Night, Sign::NightPain),
            (Moment::Rest, Sign::RestPain),
        ];
        let is_rated_alone = |(at, sign): &(Moment, Sign)| self.hurts_at(*at) && !self.has(*sign);
        let rated_alone = moments.into_iter().filter(is_rated_alone);
        seen.extend(rated_alone.map(|(_, sign)| Seen::logged(sign.label())));
        seen
    }

    fn hurts_at(&self, moment: Moment) -> bool {
        self.any(|row| row.moment == moment && is_sore(row))
    }

    /// Those of the wanted signs that were written, a column before a note.
    pub fn signs(&self, wanted: &[Sign]) -> Vec<Seen> {
        let written = wanted.iter().filter(|sign| self.has(**sign));
        written.map(|sign| self.as_written(*sign)).collect()
    }

    fn as_written(&self, sign: Sign) -> Seen {
        match self.any(|row| row.signs.contains(&sign)) {
            true => Seen::logged(sign.label()),
            false => Seen::noted(sign.label()),
        }
    }

    /// The signs of a flag that were written, and those told with them; empty when none of its own was.
    pub fn signs_in_company(&self, own: &[Sign], company: &[Sign]) -> Vec<Seen> {
        let mut seen = self.signs(own);
        if !seen.is_empty() {
            seen.extend(self.signs(company));
        }
        seen
    }

    /// Whether one of the signs is in a column or a note.
    pub fn has_any(&self, signs: &[Sign]) -> bool {
        signs.iter().any(|sign| self.has(*sign))
    }

    /// Whether it is about a limb, or about no named place.
    pub(in crate::rules) fn may_be_limb(&self) -> bool {
        self.site
            .is_none_or(|site| site == Site::None || site.is_limb())
    }

    /// The site, for a finding: a rating "nowhere" names none.
    pub(in crate::rules) fn named_site(&self) -> Option<Site> {
        self.site.filter(|site| *site != Site::None)
    }

    /// The highest rating of one moment of the day.
    pub(in crate::rules) fn peak_at(&self, moment: Moment) -> Option<f64> {
        let rows = self.rows.iter().filter(|row| row.moment == moment);
        rows.filter_map(|row| row.pain).reduce(f64::max)
    }

    /// The highest rating. None where nothing is rated.
    pub fn peak(&self) -> Option<f64> {
        self.rows.iter().filter_map(|row| row.pain).reduce(f64::max)
    }

    /// Whether the rows say that nothing hurts.
    pub fn is_free_of_pain(&self) -> bool {
        self.peak() == Some(0.0)
    }

    /// Whether a note names one of these everyday troubles.
    pub fn is_everyday(&self, kinds: &[Everyday]) -> bool {
        self.any(|row| row.everyday_in_note.has_any(kinds))
    }

    /// That weight could not be put on it, by a column or a note.
    pub fn no_weight(&self) -> Option<Seen> {
        let in_note = |row: &Entry| row.signs_in_note.contains(&Sign::NoWeight);
        Seen::in_either(
            "that you could not put weight on it",
            self.any(logs_no_weight),
            self.any(in_note),
        )
    }

    /// That it began suddenly, by a column or a note.
    pub fn sudden(&self) -> Option<Seen> {
        Seen::in_either(
            "that it came suddenly",
            self.any(|row| row.onset == Some(Onset::Sudden)),
            self.any(|row| row.sudden_in_note),
        )
    }

    /// The gravest of what it did to running.
    pub fn effect(&self) -> Option<Function> {
        self.each_effect().max()
    }

    fn each_effect(&self) -> impl Iterator<Item = Function> {
        self.rows.iter().filter_map(|row| row.effect())
    }

    /// What it did to running, from `least` on up to a missed run; [`DayAtSite::no_weight`] says the rest.
    pub fn effects(&self, least: Function) -> Option<Seen> {
        let told = least..=Function::MissedRun;
        let gravest = self
            .each_effect()
            .filter(|effect| told.contains(effect))
            .max()?;
        let in_column = self.any(|row| row.function == Some(gravest));
        Seen::in_either(format!("that it {}", gravest.label()), in_column, true)
    }

    /// Those of the wanted kinds of pain that were logged.
    pub fn types(&self, wanted: &[PainType]) -> Vec<Seen> {
        let logged = wanted.iter().filter(|kind| self.has_type(**kind));
        logged.map(|kind| Seen::logged(kind.label())).collect()
    }

    /// The signs that a kind of pain stands for, where the kind was logged and the sign was not written.
    pub(in crate::rules) fn signs_by_type(&self, wanted: &[(PainType, Sign)]) -> Vec<Seen> {
        let is_told = |(kind, sign): &&(PainType, Sign)| self.has_type(*kind) && !self.has(*sign);
        let told = wanted.iter().filter(is_told);
        told.map(|(_, sign)| Seen::logged(sign.label())).collect()
    }

    /// Whether the kind of pain was logged.
    pub(in crate::rules) fn has_type(&self, kind: PainType) -> bool {
        self.any(|row| row.types.contains(&kind))
    }
}

/// What the row says that pain did to running, in its column and its note.
pub(in crate::rules) fn effects_of(row: &Entry) -> impl Iterator<Item = Function> {
    [row.function, row.function_in_note].into_iter().flatten()
}

/// Whether the row rates pain above zero.
pub(in crate::rules) fn is_sore(row: &Entry) -> bool {
    row.pain.is_some_and(|pain| pain > 0.0)
}

fn logs_no_weight(row: &Entry) -> bool {
    row.function == Some(Function::CannotBearWeight) || row.signs.contains(&Sign::NoWeight)
}

/// What the rows of the same place say from `before` days before this day to `after` days after it, as if it were one day.
/// A side that is left open, or both sides, may be this one.
pub fn around<'a>(
    days: &[DayAtSite<'a>],
    day: &DayAtSite<'a>,
    before: i64,
    after: i64,
) -> DayAtSite<'a> {
    let start = days.partition_point(|other| days_between(other.date, day.date) > before);
    let near = days
        .iter()
        .skip(start)
        .take_while(|other| days_between(day.date, other.date) <= after);
    let here = near.filter(|other| other.may_be_at_the_place_of(day));
    DayAtSite {
        rows: here.flat_map(|other| other.rows.iter().copied()).collect(),
        ..day.clone()
    }
}

impl DayAtSite<'_> {
    fn may_be_at_the_place_of(&self, other: &DayAtSite) -> bool {
        self.site == other.site && sides_meet(self.side, other.side)
    }
}

/// The rows from one day to another, both included; nothing when the order is the other way round.
pub fn between(rows: &[Entry], from: NaiveDate, to: NaiveDate) -> &[Entry] {
    let until = &rows[..rows.partition_point(|row| row.date <= to)];
    &until[until.partition_point(|row| row.date < from)..]
}

/// The rows by day, site and side.
///
/// A blank is unknown, and must not pull apart what belongs together. A row without a side joins every side of its site
/// that the day names; a row without a site joins the day's site when the day names only one, with all its sides. With
/// no or several sites to choose from it stays a place of its own: niggle does not pick where it hurt.
pub fn days_at_sites(entries: &[Entry]) -> Vec<DayAtSite<'_>> {
    // There are at most as many as rows, and mostly far fewer; growing by doubling leaves holes in memory as large as the list.
    let mut days = Vec::with_capacity(entries.len());
    let by_date = entries.chunk_by(|a, b| a.date == b.date);
    days.extend(by_date.flat_map(places_of_day));
    days.shrink_to_fit();
    days
}

/// The places of one day; `rows` are all of that day.
fn places_of_day(rows: &[Entry]) -> Vec<DayAtSite<'_>> {
    let Some(date) = rows.first().map(|row| row.date) else {
        return Vec::new();
    };
    let only_site = only_site(rows);
    let at_place = |(site, side)| DayAtSite {
        date,
        site,
        side,
        rows: rows_at(rows, only_site, (site, side)),
    };
    let places = places_named(rows, only_site);
    places.into_iter().map(at_place).collect()
}

/// The site of a day that names one and no other.
fn only_site(rows: &[Entry]) -> Option<Site> {
    let named = rows.iter().filter_map(|row| row.site);
    only(&named.filter(|site| *site != Site::None).collect())
}

/// Every place of a day; a site without a side is none of its own where the day names a side of it.
fn places_named(rows: &[Entry], only_site: Option<Site>) -> BTreeSet<OpenPlace> {
    let place = |row: &Entry| (row.site.or(only_site), row.side);
    let mut places: BTreeSet<_> = rows.iter().map(place).collect();
    let sided = places.iter().filter(|(_, side)| side.is_some());
    let sided: BTreeSet<_> = sided.map(|(site, _)| *site).collect();
    places.retain(|(site, side)| side.is_some() || !sided.contains(site));
    places
}

fn rows_at(rows: &[Entry], only_site: Option<Site>, (site, side): OpenPlace) -> Vec<&Entry> {
    let is_here =
        |row: &&Entry| row.site.or(only_site) == site && (row.side == side || row.side.is_none());
    let here = || rows.iter().filter(is_here);
    // Exactly as long as they are: a long log has tens of thousands of these lists.
    let mut found = Vec::with_capacity(here().count());
    found.extend(here());
    found
}
