//! The one integration-test binary: every further binary would link polars anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test may fail loudly and print"
)]

mod account_exports;
mod account_notes;
mod all_or_nothing;
mod apple_health;
mod bounds;
mod cache;
mod circles;
mod cohort;
mod command;
mod common;
mod config;
mod contributing;
mod differential;
mod every_bit;
mod everywhere;
mod export_layouts;
mod fit_corpus;
mod fit_fifty_four;
mod fit_hostile;
mod fit_salvage;
mod fit_truncation;
mod fit_walk;
mod for_machines;
mod fuzzing;
mod healthy_year;
mod hostile_end_to_end;
mod house;
mod independent;
mod index_exports;
mod inspect;
mod install;
mod limits;
mod log_alone;
mod log_here;
mod more_exports;
mod next;
mod no_network;
mod options;
mod packing;
mod page;
mod pain_add;
mod pain_cases;
mod pain_hostile;
mod pain_vectors;
mod poor_input;
mod report_words;
mod roster;
mod run_corpus;
mod sample_cohort;
mod sample_data;
mod sample_report;
mod schemas;
mod second_opinion;
mod shards;
mod shoes_and_sleep;
mod strava_corpus;
mod supply_chain;
mod tables;
mod terminal;
mod thin_log;
mod tidy;
mod traps;
mod triage_tables;
mod vectors;
mod wall_clock;
mod web;
mod workflow;
mod xml_corpus;
mod xml_hostile;
