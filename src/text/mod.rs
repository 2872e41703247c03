//! What other programs wrote: bytes, words, numbers and times of foreign files, read without believing anything.
//!
//! Lies below every format, so that a decoder, an export and the pain log read one text in one way. Nothing here knows what a
//! problem is: whoever asks says what it means.

pub mod encoding;
pub mod fold;
pub mod json;
pub mod line;
pub mod named;
pub mod number;
pub mod stamp;
