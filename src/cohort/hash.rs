//! SHA-256: what receipts know files by, so that anyone can check them.

use sha2::{Digest, Sha256};

/// In hexadecimal digits, as `sha256sum` writes it.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_published_hash() {
        // FIPS 180-4, the example "abc".
        assert_eq!(
            super::sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
