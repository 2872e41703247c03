//! The key of a study: which pseudonym stands for which id in everything that is written.

use super::{file, ids};
use crate::{
    error::Error,
    pain::grid::{Grid, Row},
    units::counted,
    words::clipped,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Names of the column of pseudonyms, folded, the likeliest first.
const PSEUDONYMS: &str =
    "pseudonym|pseudonyme|seudonimo|pseudonimo|pseudoniem|alias|code|shown as|study id|study code";
/// Ids and pseudonyms that are named where something is wrong with them.
const NAMED: usize = 10;

/// Which pseudonym stands for which id; without a key ids stand for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Key(Option<BTreeMap<String, String>>);

/// Reads a key.
///
/// # Errors
/// No such file, no table, no columns for id and pseudonym; two pseudonyms for one id, one for two, or one that is an id itself.
pub(super) fn read(path: &Path, id: Option<&str>) -> Result<Key, Error> {
    of(&file::grid(path)?, id)
}

fn of(grid: &Grid, id: Option<&str>) -> Result<Key, Error> {
    let [id, shown] = columns(grid, id)?;
    let rows: Vec<Row> = grid.rows().collect();
    let pairs = rows.iter().filter_map(|row| pair(row, id, shown)).collect();
    match fault(&pairs) {
        Some(fault) => Err(Error::Usage(format!(
            "{}: {fault} Nothing was written.",
            grid.place()
        ))),
        None => Ok(Key::of(&pairs)),
    }
}

/// Where ids and pseudonyms stand.
fn columns(grid: &Grid, id: Option<&str>) -> Result<[usize; 2], Error> {
    let help = "A key has a row each: id,pseudonym.";
    let shown = grid.column(PSEUDONYMS);
    let shown = shown.ok_or_else(|| file::no_column(grid, "the pseudonym", help))?;
    // A pseudonym may be called as ids are elsewhere.
    let mut likely = ids::NAMES.split('|').filter_map(|name| grid.column(name));
    let named = id.and_then(|id| grid.called(id));
    let id = named.or_else(|| likely.find(|column| *column != shown));
    let id = id.ok_or_else(|| file::no_column(grid, "the id", help))?;
    Ok([id, shown])
}

/// An id to the letter, and its pseudonym. None where either is blank.
fn pair<'r>(row: &'r Row, id: usize, shown: usize) -> Option<(&'r str, &'r str)> {
    let (id, shown) = (row.as_written(Some(id)), row.cell(Some(shown)));
    let is_whole = !id.trim().is_empty() && !shown.is_empty();
    is_whole.then_some((id, shown))
}

/// What is wrong with pairs of id and pseudonym.
fn fault(pairs: &BTreeSet<(&str, &str)>) -> Option<String> {
    let ids: BTreeSet<&str> = pairs.iter().map(|(id, _)| *id).collect();
    let shown = || pairs.iter().map(|(_, shown)| *shown);
    let two_names = twice(pairs.iter().map(|(id, _)| *id));
    let two_ids = twice(shown());
    let are_ids = shown().filter(|shown| ids.contains(shown)).collect();
    let faults = [
        (two_names, "id has", "ids have", "two pseudonyms"),
        (
            two_ids,
            "pseudonym stands",
            "pseudonyms stand",
            "for two ids",
        ),
        (are_ids, "pseudonym is", "pseudonyms are", "somebody's id"),
    ];
    let mut told = faults.iter().filter(|(found, ..)| !found.is_empty());
    told.next().map(|(found, one, many, what)| {
        let how_many = counted(found.len(), one, many);
        format!("{how_many} {what} ({}).", listed(found))
    })
}

fn twice<'w>(words: impl Iterator<Item = &'w str>) -> BTreeSet<&'w str> {
    let mut seen = BTreeSet::new();
    words.filter(|word| !seen.insert(*word)).collect()
}

/// The first of them by name.
fn listed(words: &BTreeSet<&str>) -> String {
    let shown = words.iter().take(NAMED).map(|word| clipped(word));
    let more = words.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {more} more"));
    shown.chain(more).collect::<Vec<_>>().join(", ")
}

impl Key {
    fn of(pairs: &BTreeSet<(&str, &str)>) -> Key {
        let owned = pairs
            .iter()
            .map(|(id, shown)| (id.to_string(), shown.to_string()));
        Key(Some(owned.collect()))
    }

    /// How an id is written: itself where there is no key, or none that has it ([`Key::knows_all`]).
    pub(super) fn shown<'k>(&'k self, id: &'k str) -> &'k str {
        self.pseudonym(id).unwrap_or(id)
    }

    /// The pseudonym of an id. None without a key.
    pub(super) fn pseudonym(&self, id: &str) -> Option<&str> {
        let names = self.0.as_ref()?;
        names.get(id).map(String::as_str)
    }

    /// Whether it has everybody who is spoken of.
    ///
    /// # Errors
    /// [`Error::Usage`] naming whom it lacks: they would stand in the report by their own names.
    pub(super) fn knows_all<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<(), Error> {
        let Some(names) = &self.0 else { return Ok(()) };
        let lacking: BTreeSet<&str> = ids.filter(|id| !names.contains_key(*id)).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        Err(Error::Usage(lacks(&lacking)))
    }
}

fn lacks(ids: &BTreeSet<&str>) -> String {
    let count = counted(ids.len(), "id", "ids");
    format!(
        "the key has no pseudonym for {count}: {}. Nothing was written. Add a row each; ids match to the letter.",
        listed(ids)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<Key, Error> {
        of(
            &Grid::read(text.as_bytes(), "key.csv").expect("a table"),
            None,
        )
    }

    fn said(text: &str) -> String {
        key(text).expect_err(text).to_string()
    }

    #[test]
    fn pseudonyms_stand_for_ids_to_the_letter() {
        for text in [
            "id,pseudonym\nR01,K7\nR02,K3\nR02,K3\n,K9\nR05,\n",
            "Code;Athlete ID\nK7;R01\nK3;R02\n",
            "pseudonym,name\nK7,R01\nK3,R02\n",
        ] {
            let key = key(text).expect(text);
            assert_eq!((key.shown("R01"), key.shown("R02")), ("K7", "K3"), "{text}");
            assert!(key.knows_all(["R01", "R02"].into_iter()).is_ok());
            let lacking = key.knows_all(["R05", "r01", "R01"].into_iter());
            let lacking = lacking.expect_err("two").to_string();
            assert!(lacking.contains("for 2 ids: R05, r01."), "{lacking}");
        }
        let none = Key::default();
        assert_eq!((none.shown("R01"), none.pseudonym("R01")), ("R01", None));
        assert!(none.knows_all(["R01"].into_iter()).is_ok());
    }

    #[test]
    fn a_key_that_is_none_says_why() {
        assert!(
            said("id,pseudonym\nA,K1\nB,K1\n").contains("1 pseudonym stands for two ids (K1).")
        );
        assert!(said("id,pseudonym\nA,K1\nA,K2\n").contains("1 id has two pseudonyms (A)."));
        assert!(said("id,pseudonym\nA,B\nB,K2\n").contains("1 pseudonym is somebody's id (B)."));
        assert!(said("id,group\nA,K1\n").contains("no column for the pseudonym"));
        assert!(said("pseudonym,group\nA,K1\n").contains("no column for the id"));
        let many: String = (0..12).map(|at| format!("A{at:02},K\n")).collect();
        assert!(said(&format!("id,pseudonym\n{many}")).contains("1 pseudonym stands"));
    }
}
