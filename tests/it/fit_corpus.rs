//! FIT over the corpus: niggle against the facts that other readers (Garmin's SDK, fitdecode) wrote down, and against fitparser.

use crate::common::{self, Facts};
use niggle::decode::fit::decode;
use niggle::model::{Activity, Decoded};
use niggle::verify::fit::compare;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[test]
fn facts_of_independent_readers() {
    let Some(corpus) = common::corpus("facts_of_independent_readers") else { return };
    let mut tally = Tally::default();
    for row in common::facts(&corpus).iter().filter(|row| is_fit(row)) {
        let path = row["path"].as_str();
        let Ok(bytes) = std::fs::read(corpus.join(path)) else { continue };
        check_row(&mut tally, path, row, &decode(&bytes));
    }
    tally.finish();
}

fn is_fit(row: &Facts) -> bool {
    row.get("format").is_some_and(|format| format == "FIT")
}
