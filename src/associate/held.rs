//! Whether what stands out today stood out four weeks ago, and since when it has.
//!
//! A report is read every week, and each reading is one more chance for chance. What is flagged must therefore have stood out four weeks
//! earlier, in the log as it was then ([`crate::method::statistics`], Reading it every week).

use super::{
    coverage::coverage_until,
    gates::is_sure,
    pains,
    pair::{Association, one_pair},
};
use crate::{
    model::History,
    pain::PainLog,
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// Between two looks, days.
const STEP_DAYS: i64 = 28;

/// How many looks back from the one four weeks ago: a year.
const LOOKS: usize = 13;

/// Takes the flag from what did not stand out four weeks ago, and finds out since when the others have.
///
/// `bar` is the largest p that has a q of at most 0.05 in the family of today ([`crate::stats::fdr::largest_p`]): an earlier look is
/// held to the same. It sees recordings and ratings of the days up to its own, and nothing of those after. Only flagged pairs are looked
/// at.
pub fn hold(found: &mut [Association], history: &History, pain: &PainLog, bar: Option<f64>) {
    let back = Back { history, pain, bar };
    for pair in found.iter_mut().filter(|pair| pair.flagged) {
        pair.first_seen = back.first_seen(pair);
        pair.flagged = pair.first_seen.is_some();
    }
}

struct Back<'a> {
    history: &'a History,
    pain: &'a PainLog,
    bar: Option<f64>,
}

impl Back<'_> {
    /// None when the pair did not stand out four weeks ago.
    fn first_seen(&self, pair: &Association) -> Option<NaiveDate> {
        let weeks_ago = plus_days(self.history.as_of, -STEP_DAYS);
        let stood_out = |day: &NaiveDate| self.stood_out(pair, *day);
        stood_out(&weeks_ago).then(|| {
            let looks = looks(pair.from, weeks_ago).take_while(stood_out);
            looks.last().unwrap_or(weeks_ago)
        })
    }

    /// Whether the pair would have stood out in the report of an earlier day.
    fn stood_out(&self, pair: &Association, as_of: NaiveDate) -> bool {
        let days = self.history.days_until(as_of, usize::MAX);
        let log = coverage_until(self.history, self.pain, as_of);
        let place = (pair.site, pair.side);
        let pains = pains(days, self.pain, place);
        let then = pains.and_then(|pains| one_pair(days, place, &pains, pair.exposure, log));
        then.is_some_and(|then| {
            let is_found = then.p.zip(self.bar).is_some_and(|(p, bar)| p <= bar);
            is_found && is_sure(then.partial_ci_low, then.partial_n_eff)
        })
    }
}

/// The days of the looks, the latest first: whole steps from the first day of the pair, so that the day a pair was first seen stays the
/// same from one week's report to the next.
fn looks(from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let steps = days_between(from, until).max(0) / STEP_DAYS;
    (1..=steps)
        .rev()
        .map(move |step| plus_days(from, step * STEP_DAYS))
        .take(LOOKS)
}
