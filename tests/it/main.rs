//! The one integration-test binary: every further binary would link polars anew.

mod account_exports;
mod cache;
mod command;
mod common;
mod differential;
mod fit_corpus;
mod fit_fifty_four;
mod fit_hostile;
mod fit_salvage;
mod fit_truncation;
mod fit_walk;
mod hostile_end_to_end;
mod inspect;
mod packing;
mod pain_hostile;
mod pain_vectors;
mod report_words;
mod run_corpus;
mod sample_data;
mod sample_report;
mod second_opinion;
mod strava_corpus;
mod tidy;
mod vectors;
mod xml_corpus;
mod xml_hostile;
