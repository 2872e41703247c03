//! Exports: what Garmin's account export and Strava's bulk export say beside the recordings: indexes of activities, shoes,
//! nights and heart rates.
//!
//! Readers are pure and tell their files by content. An index line becomes an [`crate::model::Activity`] without samples, so that it
//! takes the same way as a recording: lines that a recording matches are merged into it, the others are runs of their own.
//!
//! A service is one file or folder here and its line in [`EXPORTS`]; what is only told by its name is a line of [`LAYOUTS`].

pub mod apple;
mod cells;
pub mod endomondo;
mod export;
mod facts;
pub mod fitbit;
pub mod garmin;
pub mod google_fit;
pub mod huawei;
pub mod intervals;
mod kit;
mod layout;
pub mod mapmyrun;
pub mod nike;
pub mod polar;
mod readings;
pub mod runkeeper;
pub mod runtastic;
pub mod samsung;
pub mod strava;
pub mod trainingpeaks;
pub mod zepp;

use crate::source::Wish;
pub use export::{Basis, Export, Open, Said, Stream, Take};
pub use facts::{Comment, Facts, Listed, Night, Shoe, Worn};
pub use layout::{LAYOUTS, Layout, layout_of};

/// Every export that niggle reads, in the order in which they are asked.
pub const EXPORTS: &[Export] = &[
    garmin::EXPORT,
    apple::EXPORT,
    strava::EXPORT,
    polar::EXPORT,
    samsung::EXPORT,
    google_fit::EXPORT,
    fitbit::EXPORT,
    runkeeper::EXPORT,
    runtastic::EXPORT,
    trainingpeaks::EXPORT,
    intervals::EXPORT,
    huawei::EXPORT,
    nike::EXPORT,
    zepp::EXPORT,
    mapmyrun::EXPORT,
    endomondo::EXPORT,
];

/// Reads a file of an export, told by its content; the name only decides where content cannot. None: it is none.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    read_by_service(bytes, name).map(|(_, said)| said)
}

/// As [`read`], with the export whose file it is.
pub fn read_by_service(bytes: &[u8], name: &str) -> Option<(&'static Export, Said)> {
    let mut exports = EXPORTS.iter();
    exports.find_map(|export| Some((export, (export.read)(bytes, name)?)))
}

/// How much of a file that begins with `head` is wanted because [`read`] may understand it.
pub fn wish(head: &[u8], name: &str) -> Wish {
    if streamed(head, name).is_some() {
        return Wish::Long;
    }
    EXPORTS
        .iter()
        .any(|export| (export.recognises)(head, name))
        .into()
}

/// How a file that begins with `head` is read, if it may be too long to be held.
pub fn streamed(head: &[u8], name: &str) -> Option<(&'static Export, Stream)> {
    let mut exports = EXPORTS.iter();
    exports.find_map(|export| {
        let stream = export.stream?;
        (stream.is_long)(head, name).then_some((export, stream))
    })
}
