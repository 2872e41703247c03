//! What was read, as one short name: equal digests mean the same activities, facts and pain log, whatever their files are called and
//! however they are packed.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use xxhash_rust::xxh3::xxh3_128;

/// XXH3-128 of something, and of several things in any order. No seal against malice: it tells two reports apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Digest(u128);

impl Digest {
    /// Of bytes as they are.
    pub fn of_bytes(bytes: &[u8]) -> Digest {
        Digest(xxh3_128(bytes))
    }

    /// Of a value, as it would be kept in a cache. One that cannot be written down counts as nothing.
    pub fn of<T: Serialize>(value: &T) -> Digest {
        postcard::to_allocvec(value).map_or(Digest::default(), |bytes| Digest::of_bytes(&bytes))
    }

    /// Of both, in either order.
    pub fn with(self, other: Digest) -> Digest {
        Digest(self.0.wrapping_add(other.0))
    }
}

impl FromIterator<Digest> for Digest {
    fn from_iter<T: IntoIterator<Item = Digest>>(all: T) -> Digest {
        all.into_iter().fold(Digest::default(), Digest::with)
    }
}

/// Sixteen hexadecimal digits of the thirty-two, which is plenty to tell reports apart and can be read out.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", (self.0 >> 64) as u64)
    }
}

/// SHA-256 in hexadecimal digits, as `sha256sum` writes it: what anyone can check a file by.
pub fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_is_the_published_hash() {
        // FIPS 180-4, the example "abc".
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn order_does_not_matter_and_content_does() {
        let [a, b, c] = ["a", "b", "c"].map(|text| Digest::of(&text));
        assert_eq!(a.with(b).with(c), [c, a, b].into_iter().collect());
        assert_ne!(a.with(b), a.with(c));
        assert_ne!(a.with(a), a, "two of the same are not one");
    }

    #[test]
    fn it_is_the_published_hash() {
        // XXH3_128bits of no bytes, seed 0: 99aa06d3014798d86001c324468d497f (xxHash's own test vectors).
        assert_eq!(Digest::of_bytes(b"").to_string(), "99aa06d3014798d8");
    }
}
