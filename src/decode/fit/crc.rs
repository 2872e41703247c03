//! FIT's checksum, CRC-16/ARC: all but the last block is folded forward by plain XOR, the last goes through tables.
//!
//! A nibble table would cap the decoder at 230 MB/s and even 16-way tables would take a quarter of its time. But the
//! polynomial P = x^16 + x^15 + x^2 + 1 is sparse, and over GF(2) squaring only doubles the exponents: P^(2^k) =
//! x^(16 w) + x^(15 w) + x^(2 w) + 1 with w = 2^k. So, modulo P, a word of w bits equals its copies 1, 14 and 16 words
//! further on, and three XORs a word replace all table look-ups. Words here have 256 bits.

use crc::{CRC_16_ARC, Crc, Table};

static CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_ARC);

/// Words that a word is folded over: the degree of P.
const REACH: usize = 16;
/// 64-bit lanes of a word; words must have 2^k bits.
const LANES: usize = 4;
/// Bytes of a block of [`REACH`] words.
const BLOCK: usize = REACH * LANES * 8;

type Word = [u64; LANES];
type Block = [Word; REACH];

/// The checksum of these bytes. Over a FIT header and its data together it is the file's CRC, whatever the header's kind.
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    // The first value is 0, so zeros may be put before the bytes to make whole blocks.
    let (head, blocks) = bytes.as_rchunks::<BLOCK>();
    let Some((last, blocks)) = blocks.split_last() else {
        return CRC.checksum(bytes);
    };
    let mut first = [0; BLOCK];
    first[BLOCK - head.len()..].copy_from_slice(head);
    let mut folded = Block::default();
    for block in std::iter::once(&first).chain(blocks) {
        fold(&mut folded, block);
    }
    CRC.checksum(&carried(&folded, last))
}

/// Takes in the next block: `folded` holds the last [`REACH`] words, each with all that was folded onto it.
fn fold(folded: &mut Block, block: &[u8; BLOCK]) {
    let mut before = folded[REACH - 1];
    for (index, bytes) in block.as_chunks::<{ LANES * 8 }>().0.iter().enumerate() {
        let (one, fourteen, sixteen) = (before, folded[(index + 2) % REACH], folded[index]);
        let stored = word(bytes);
        before =
            std::array::from_fn(|lane| stored[lane] ^ one[lane] ^ fourteen[lane] ^ sixteen[lane]);
        folded[index] = before;
    }
}

/// The last block with what the words before it are worth there.
fn carried(folded: &Block, last: &[u8; BLOCK]) -> [u8; BLOCK] {
    let mut carried = *last;
    let (words, _) = carried.as_chunks_mut::<{ LANES * 8 }>();
    for (index, bytes) in words.iter_mut().enumerate() {
        let one = if index == 0 {
            folded[REACH - 1]
        } else {
            Word::default()
        };
        let fourteen = folded.get(index + 2).copied().unwrap_or_default();
        for (lane, eight) in bytes.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let sum = u64::from_le_bytes(*eight) ^ one[lane] ^ fourteen[lane] ^ folded[index][lane];
            *eight = sum.to_le_bytes();
        }
    }
    carried
}

fn word(bytes: &[u8; LANES * 8]) -> Word {
    let (lanes, _) = bytes.as_chunks::<8>();
    std::array::from_fn(|lane| u64::from_le_bytes(lanes[lane]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_check_value() {
        // CRC RevEng catalogue, CRC-16/ARC: check = 0xbb3d over "123456789".
        assert_eq!(checksum(b"123456789"), 0xbb3d);
    }

    #[test]
    fn every_length_and_offset_agrees_with_the_tables() {
        let mut state = 1u32;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(6 * BLOCK)
        .collect();
        for length in 0..bytes.len() - 7 {
            let part = &bytes[length % 7..][..length];
            assert_eq!(checksum(part), CRC.checksum(part), "{length} bytes");
        }
    }

    proptest::proptest! {
        #[test]
        fn equal_to_the_crc_crates(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..4 * BLOCK)) {
            proptest::prop_assert_eq!(checksum(&bytes), CRC.checksum(&bytes));
        }
    }
}
