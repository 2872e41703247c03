//! What rules are made with: what they may look at, how rows are gathered, the triage table, limits, words and fixtures. Every
//! other file of `rules/` is a rule.

pub mod climb;
pub mod context;
pub mod emergency_number;
pub mod explained;
#[cfg(test)]
pub mod fixture;
pub mod handbook;
pub mod ladder;
pub mod limb;
pub mod limits;
#[cfg(test)]
pub mod pain_fixture;
pub mod pattern;
#[cfg(test)]
mod red_flag_cases;
pub mod sighting;
pub mod standing;
pub mod triage;
pub mod verdicts;
#[cfg(test)]
pub mod wording;
