//! FIT, message by message, with sizes and CRCs that are right.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| niggle_fuzz::recording("a.fit", data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // One time in four as any other file: a dictionary's words and what comparisons asked for come in by that.
    if seed % 4 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mutated = niggle_fuzz::fit::mutated(&data[..size], max_size, seed);
    data[..mutated.len()].copy_from_slice(&mutated);
    mutated.len()
});
