//! The times that a watch can have shown.

/// 2000-01-01T00:00:00Z: no consumer GPS watch recorded a run before (src/method/limits.md, Plausible values).
pub(super) const EARLIEST_UNIX_S: f64 = 946_684_800.0;
/// 2100-01-01T00:00:00Z. A fixed bound and not the machine's clock, so that equal inputs give equal reports.
pub(super) const LATEST_UNIX_S: f64 = 4_102_444_800.0;

/// Whether a consumer's watch can have shown this time.
pub(crate) fn in_window(unix_s: f64) -> bool {
    (EARLIEST_UNIX_S..LATEST_UNIX_S).contains(&unix_s)
}
