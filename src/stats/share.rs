//! The interval of a share of a few events.

use super::{Interval, NORMAL_975};

/// The 95 % interval of `events` among `all` by Wilson's score (1927, J Am Stat Assoc 22:209), which holds for few events and at 0
/// and 1. None without events to share, or with more than all of them.
pub fn share_interval(events: u32, all: u32) -> Option<Interval> {
    if all == 0 || events > all {
        return None;
    }
    let (share, n) = (f64::from(events) / f64::from(all), f64::from(all));
    let z2 = NORMAL_975.powi(2);
    let middle = share + z2 / (2.0 * n);
    let reach = NORMAL_975 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let end = |end: f64| (end / (1.0 + z2 / n)).clamp(0.0, 1.0);
    Some(Interval {
        low: end(middle - reach),
        high: end(middle + reach),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_agree_with_scipy() {
        // scipy.stats.binomtest(events, all).proportion_ci(method="wilson").
        for (events, all, low, high) in [
            (3, 9, 0.120_583_818_386_910_96, 0.645_797_864_419_603_6),
            (0, 5, 0.0, 0.434_482_464_783_174_77),
            (5, 5, 0.565_517_535_216_825_1, 1.0),
            (1, 1, 0.206_549_314_377_237_45, 1.0),
            (7, 40, 0.087_454_137_460_359_18, 0.319_499_903_317_877_1),
        ] {
            let found = share_interval(events, all).expect("a share");
            let is_close = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(
                is_close(found.low, low) && is_close(found.high, high),
                "{events} of {all}: {found:?}"
            );
        }
    }

    #[test]
    fn nothing_to_share_has_no_interval() {
        assert_eq!(share_interval(0, 0), None);
        assert_eq!(share_interval(2, 1), None);
    }
}
