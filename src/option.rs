//! How the options are spelled that messages name, so that a sentence cannot name one that is not there: a test compares every
//! `--option` of the program's texts with the command line.

/// The day to report from.
pub const AS_OF: &str = "--as-of";
/// A report of before, with which findings are compared.
pub const BASELINE: &str = "--baseline";
/// RPE in the pain log is Borg's.
pub const BORG: &str = "--borg";
/// The folder of the cache.
pub const CACHE: &str = "--cache";
/// How far a planned run climbs (`niggle next`).
pub const CLIMB: &str = "--climb";
/// What a column of the pain log is.
pub const COLUMN: &str = "--column";
/// The day of a planned run (`niggle next`).
pub const DATE: &str = "--date";
/// How far a planned run goes down (`niggle next`).
pub const DESCENT: &str = "--descent";
/// How long a planned run is (`niggle next`).
pub const DISTANCE: &str = "--distance";
/// How loud a finding is that ends with a code of its own.
pub const FAIL_ON: &str = "--fail-on";
/// Whom the page is for.
pub const FOR: &str = "--for";
/// Maximum heart rate.
pub const HEART_RATE_MAX: &str = "--heart-rate-max";
/// Resting heart rate.
pub const HEART_RATE_REST: &str = "--heart-rate-rest";
/// Another limit for a rule.
pub const LIMIT: &str = "--limit";
/// What is printed.
pub const FORMAT: &str = "--format";
/// What the runner wrote into accounts is read for pain.
pub const NOTES: &str = "--notes";
/// The page is opened.
pub const OPEN: &str = "--open";
/// What a recording is that leaves its sport open.
pub const OPEN_SPORT: &str = "--open-sport";
/// The folder to write.
pub const OUT: &str = "--out";
/// The pain log.
pub const PAIN: &str = "--pain";
/// The scale of the pain log's ratings.
pub const PAIN_SCALE: &str = "--pain-scale";
/// What could not be used ends with a code of its own.
pub const STRICT: &str = "--strict";
/// The zone of recordings that do not know theirs.
pub const TIMEZONE: &str = "--timezone";
/// Titles of activities are shown (`niggle inspect`).
pub const TITLES: &str = "--titles";
/// Names of files are shown in the page.
pub const WITH_NAMES: &str = "--with-names";
