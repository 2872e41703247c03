//! niggle reads years of a runner's recordings and a pain log and reports what deserves attention.
//!
//! The whole program is one straight line, and [`pipeline`] is that line as code:
//!
//! ```text
//! inputs ──▶ source ──▶ decode ──▶ clean ──▶ trust ──▶ measure ──▶ frames ──▶ associate + judge ──▶ report
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | finds files, reads and unpacks them |
//! | [`decode`] | bytes to [`model::Activity`]; pure; salvages what is whole; [`decode::DECODERS`] lists the formats |
//! | [`exports`] | what services' own files say beside the recordings; [`exports::EXPORTS`] lists them |
//! | [`text`] | what other programs wrote: encodings, words, numbers, times, JSON; below every format |
//! | [`sport`] | sports, and the one vocabulary of what every file calls them |
//! | [`clean`] | repairs samples, names every repair |
//! | [`trust`] | of every quantity that several sources claim: all witnesses, the verdict and its reason |
//! | [`metrics`] | one file a metric; [`metrics::METRICS`] lists them; [`metrics::measure`] makes a [`model::Run`] |
//! | [`exit`] | exit codes and what they mean |
//! | [`digest`] | what was read, as one short name |
//! | [`ingest`] | the only parallel step: source to measure for each file, or what a cache has of it; samples die there |
//! | [`merge`] | one activity in several files is one run |
//! | [`pain`] | the pain log, every word mapped to one vocabulary |
//! | [`logbook`] | which file is the pain log |
//! | [`diary`] | one more row at the end of the pain log, the only file of the runner's that is written into |
//! | [`frames`] | runs, days and weeks as polars frames folded over `METRICS`, and back to plain rows |
//! | [`stats`] | pure functions on slices, each with its source |
//! | [`associate`] | pain against the load before it, few tests fixed in advance |
//! | [`rules`] | one file a rule; [`rules::RULES`] lists them |
//! | [`cohort`] | several runners: the line for each in turn, then pain and load within all of them |
//! | [`backtest`] | the flagged patterns against this runner's own pain, and what to watch this week |
//! | [`course`] | each place that hurts now, day by day, and what changed before; this week beside the usual |
//! | [`report`] | markdown, JSON, tables and charts; the only writer |
//! | [`schema`] | JSON Schemas of everything that is written for programs, from the types that write it and their [`keys`] |
//! | [`next`] | what the rules would say of a planned run, for `niggle next` |
//! | [`verify`] | fitparser and gpx as the second opinion |
//! | [`inspect`] | what one file holds and what came of it, for `niggle inspect` |
//! | [`terminal`] | how wide a terminal is, lines wrapped to that, words that stand out |
//! | [`cli`] | one file a command; its `Command` lists them, with their help |
//! | [`cli::options`] | every option of a report once: help, keys of a file and of the environment, and the `config` they come to |
//! | [`method`] | why it is computed so: the pages that comments and the data dictionary cite; no code |
//!
//! # What holds everywhere
//! - Memory is bounded by threads, not by history: a worker keeps a row of numbers and drops the samples.
//! - NaN is a missing sample inside a column and nowhere else. From [`model::Run`] upwards a value that was not measured is
//!   absent, and zero means zero.
//! - Trouble with a file is a [`problem::Problem`], never an abort; few errors are fatal ([`error::Error`]).
//! - Equal inputs and options give equal bytes: no clock (but for `--as-of today` and the day of a row that `pain add` writes), no
//!   environment, no hash-map order.
//! - SI units, and the unit stands in the name.
//! - Imports point down and every dependency has one home; `tests/it/tidy.rs` reads the code and says so.

pub mod analysis;
pub mod associate;
pub mod athlete;
pub mod backtest;
pub mod clean;
pub mod cli;
pub mod cohort;
pub mod column;
pub mod config;
pub mod course;
pub mod decode;
pub mod diary;
pub mod digest;
pub mod epidemiology;
pub mod error;
pub mod exit;
pub mod exports;
pub mod frames;
pub mod ingest;
pub mod inspect;
pub mod keys;
pub mod logbook;
pub mod merge;
pub mod method;
pub mod metrics;
pub mod model;
pub mod next;
pub mod option;
pub mod pain;
pub mod pipeline;
pub mod problem;
pub mod progress;
pub mod report;
pub mod rules;
pub mod schema;
pub mod source;
pub mod sport;
pub mod stats;
pub mod terminal;
pub mod text;
pub mod threads;
pub mod time;
pub mod trust;
pub mod units;
pub mod verify;
pub mod words;
