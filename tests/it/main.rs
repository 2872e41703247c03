//! The one integration-test binary: every further binary would link polars anew.

mod cache;
mod command;
mod common;
mod fit_corpus;
mod fit_hostile;
mod hostile_end_to_end;
mod packing;
mod pain_hostile;
mod pain_vectors;
mod report_words;
mod run_corpus;
mod sample_data;
mod sample_report;
mod second_opinion;
mod tidy;
mod vectors;
mod xml_corpus;
mod xml_hostile;
