//! FIT's checksum, CRC-16/ARC, over 16 bytes a step: a nibble table would cap the decoder at 230 MB/s (performance.md).

use crc::{CRC_16_ARC, Crc, Table};

static CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_ARC);

/// The checksum of these bytes. Over a FIT header and its data together it is the file's CRC, whatever the header's kind.
pub fn checksum(bytes: &[u8]) -> u16 {
    CRC.checksum(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_check_value() {
        // CRC RevEng catalogue, CRC-16/ARC: check = 0xbb3d over "123456789".
        assert_eq!(checksum(b"123456789"), 0xbb3d);
    }
}
