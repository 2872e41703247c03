//! Every option of a report, once: clap takes its help from here, a `niggle.toml` its keys, the environment its variables, and
//! [`Config`](crate::config::Config) what they come to.
//!
//! A value is read by the same function wherever it stands, so all three take the same words. [`Settings::load`] puts them over each
//! other, each value with who said it.

mod cached;
mod common;
mod entries;
mod environment;
mod fault;
mod file;
mod gate;
mod heart;
mod judged;
mod key;
mod log;
mod over;
mod pain_file;
mod place;
mod reading;
mod registered;
mod report;
mod request;
mod said;
mod settings;
mod shown;
mod spelled;
mod template;
mod values;
mod work;

pub use cached::Cached;
pub use common::Common;
pub use gate::Gate;
pub use heart::Heart;
pub use judged::Judged;
pub use log::Log;
pub use pain_file::PainFile;
pub use place::ConfigFile;
pub use reading::Reading;
pub use registered::registered;
pub use report::Options;
pub use request::Request;
pub use said::Origin;
pub use settings::{Setting, Settings};
pub use shown::Shown;
pub(super) use spelled::Spelled;
pub use template::template;
pub use values::Service;
pub use values::{Day, Whole};
pub(in crate::cli) use values::{Loudness, today, written_day};
pub use work::Work;

#[cfg(test)]
mod tests;
