//! How much is read of one input, packed or not ([`crate::method::limits`], Sizes).

/// The largest input read, unpacked or not (src/method/limits.md, Sizes; the FIT decoder has its own bound).
pub(super) const MAX_BYTES: u64 = 256 << 20;
/// The most read of an input that is never held: the longest export of Apple's that is told of has some 4 GB.
pub(super) const MAX_LONG_BYTES: u64 = 32 << 30;
/// Above [`RATIO_FREE_BYTES`] unpacked data may be this many times its packed size: real recordings reach 48.
pub(super) const MAX_RATIO: u64 = 200;
/// Below this size no ratio is a danger.
const RATIO_FREE_BYTES: u64 = 16 << 20;

/// What is said of so many packed bytes that come to more than they may.
pub(super) fn unpacks_to_more(packed: u64, limit: u64) -> String {
    let (packed, limit) = (size_text(packed), size_text(limit));
    format!("{packed} unpack to more than the {limit} that niggle reads of them")
}

fn size_text(bytes: u64) -> String {
    if bytes < 1 << 20 {
        format!("{bytes} bytes")
    } else {
        format!("{} MiB", bytes >> 20)
    }
}

/// What so many packed bytes may unpack to.
pub(super) fn most_unpacked(packed: u64) -> u64 {
    MAX_BYTES.min(RATIO_FREE_BYTES.max(packed.saturating_mul(MAX_RATIO)))
}
