//! What rules are made with: what they may look at, how rows are gathered, the triage table, limits, words and fixtures. Every
//! other file of `rules/` is a rule.

pub mod climb;
pub mod context;
pub mod day_at_site;
pub mod emergency_number;
pub mod evidence;
pub mod explained;
pub mod finding;
#[cfg(test)]
pub mod fixture;
pub mod handbook;
pub mod judged;
pub mod ladder;
pub mod limb;
pub mod limit;
pub mod limits;
#[cfg(test)]
pub mod pain_fixture;
pub mod pattern;
pub mod place_in_report;
#[cfg(test)]
mod red_flag_cases;
pub mod series;
pub mod severity;
pub mod sighting;
pub mod standing;
pub mod stretch;
pub mod triage;
pub mod until;
pub mod verdicts;
#[cfg(test)]
pub mod wording;
