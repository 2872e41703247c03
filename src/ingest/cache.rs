//! The cache: what files came to in an earlier run, by what is in them. Bytes to a table and back; nothing here touches a file.
//!
//! ```text
//! head, then for each entry: key (16 bytes), length (4 bytes), value; at the end XXH3-64 of all before (8 bytes); little-endian
//! ```

use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::BTreeMap,
    io::{self, Read},
    ops::Range,
    sync::{Mutex, PoisonError},
};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed, xxh3_128_with_seed};

/// How a cache begins.
const HEAD: &[u8] = b"niggle cache\n";
/// Goes up whenever the same file comes to other values within one version of niggle. A run of another shape is seen by itself:
/// its fields are among the options.
const FORMAT: u32 = 7;
/// How much of a long file is hashed at once, bytes.
const PART_BYTES: usize = 256 << 10;
/// Length of the checksum at the end.
const SEAL_BYTES: usize = 8;

/// The content of a file and everything else that decides what it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u128);

/// Values of an earlier run, and those of this one.
#[derive(Debug, Default)]
pub struct Cache {
    /// Hash of everything but the file that decides a value.
    seed: u64,
    earlier: Vec<u8>,
    places: BTreeMap<Key, Range<usize>>,
    /// What this run looked up or made; only this is kept for the next one.
    used: Mutex<BTreeMap<Key, Value>>,
}

#[derive(Debug, Clone)]
enum Value {
    Earlier(Range<usize>),
    New(Vec<u8>),
}

impl Cache {
    /// A cache without values. `options` names everything but the file and niggle itself that decides a value.
    pub fn new(options: &str) -> Cache {
        let all = format!("{} {FORMAT} {options}", env!("CARGO_PKG_VERSION"));
        Cache {
            seed: xxh3_64(all.as_bytes()),
            ..Cache::default()
        }
    }

    /// A cache with the values of an earlier run. None: the bytes are no cache, or not as they were written.
    pub fn with(options: &str, bytes: Vec<u8>) -> Option<Cache> {
        let places = places(&bytes)?;
        Some(Cache {
            earlier: bytes,
            places,
            ..Cache::new(options)
        })
    }

    /// The key of a file; `kind` is what decides beside its bytes.
    pub fn key(&self, kind: &[u8], bytes: &[u8]) -> Key {
        Key(xxh3_128_with_seed(
            bytes,
            xxh3_64_with_seed(kind, self.seed),
        ))
    }

    /// As [`Cache::key`], of a file that is too long to be held.
    ///
    /// # Errors
    /// Why it cannot be read to its end.
    pub fn key_of(&self, kind: &[u8], mut bytes: impl Read) -> io::Result<Key> {
        let mut hasher = Xxh3::with_seed(xxh3_64_with_seed(kind, self.seed));
        let mut buffer = vec![0; PART_BYTES];
        loop {
            match bytes.read(&mut buffer)? {
                0 => return Ok(Key(hasher.digest128())),
                read => hasher.update(&buffer[..read]),
            }
        }
    }

    /// The value of a key, which is then kept. None: there is none.
    pub fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let place = self.places.get(&key)?;
        let value = postcard::from_bytes(self.earlier.get(place.clone())?).ok()?;
        self.keep(key, Value::Earlier(place.clone()));
        Some(value)
    }

    /// Keeps a value for the next run. One that cannot be written down is not kept.
    pub fn put<T: Serialize>(&self, key: Key, value: &T) {
        if let Ok(bytes) = postcard::to_allocvec(value) {
            self.keep(key, Value::New(bytes));
        }
    }

    /// All that this run used, by key.
    pub fn bytes(&self) -> Vec<u8> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = HEAD.to_vec();
        for (key, value) in used.iter() {
            let value = self.bytes_of(value);
            let Ok(length) = u32::try_from(value.len()) else {
                continue;
            };
            bytes.extend(key.0.to_le_bytes());
            bytes.extend(length.to_le_bytes());
            bytes.extend(value);
        }
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        bytes
    }

    fn bytes_of<'v>(&'v self, value: &'v Value) -> &'v [u8] {
        match value {
            Value::Earlier(place) => self.earlier.get(place.clone()).unwrap_or_default(),
            Value::New(value) => value,
        }
    }

    fn keep(&self, key: Key, value: Value) {
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, value);
    }
}

/// Where each value lies. None when the bytes are not what [`Cache::bytes`] wrote.
fn places(bytes: &[u8]) -> Option<BTreeMap<Key, Range<usize>>> {
    let (body, seal) = bytes.split_last_chunk::<SEAL_BYTES>()?;
    let mut rest = body
        .strip_prefix(HEAD)
        .filter(|_| xxh3_64(body).to_le_bytes() == *seal)?;
    let mut places = BTreeMap::new();
    // Key, length, value, one after the other.
    while let Some((key, after)) = rest.split_first_chunk() {
        let (length, after) = after.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        let from = body.len() - after.len();
        rest = after.get(length..)?;
        places.insert(Key(u128::from_le_bytes(*key)), from..from + length);
    }
    rest.is_empty().then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_has_the_key_of_its_bytes() {
        let bytes: Vec<u8> = (0..1_000_000_u32).map(|i| (i % 251) as u8).collect();
        let cache = Cache::new("x");
        let long = cache.key_of(b"file", bytes.as_slice()).unwrap();
        assert_eq!(long, cache.key(b"file", &bytes));
    }

    #[test]
    fn values_come_back_and_unused_ones_go() {
        let cache = Cache::new("a");
        let key = |name: &str| cache.key(b"file", name.as_bytes());
        cache.put(key("one"), &vec![1.5, f64::INFINITY]);
        cache.put(key("two"), &vec![2.5]);
        let next = Cache::with("a", cache.bytes()).unwrap();
        assert_eq!(
            next.get::<Vec<f64>>(key("one")),
            Some(vec![1.5, f64::INFINITY])
        );
        assert_eq!(next.get::<Vec<f64>>(key("three")), None);
        let last = Cache::with("a", next.bytes()).unwrap();
        assert_eq!(
            last.get::<Vec<f64>>(key("two")),
            None,
            "the run before did not use it"
        );
        assert!(last.get::<Vec<f64>>(key("one")).is_some());
    }

    #[test]
    fn other_options_and_other_kinds_are_other_keys() {
        let key = |options: &str, kind: &[u8], bytes: &[u8]| Cache::new(options).key(kind, bytes);
        let all = [
            key("a", b"file", b"x"),
            key("b", b"file", b"x"),
            key("a", b"packed", b"x"),
            key("a", b"file", b"y"),
        ];
        assert!(
            all.iter()
                .enumerate()
                .all(|(i, key)| !all[..i].contains(key))
        );
        assert_eq!(all[0], key("a", b"file", b"x"));
    }

    #[test]
    fn what_is_no_cache_or_damaged_is_none() {
        let cache = Cache::new("");
        cache.put(cache.key(b"", b""), &7u8);
        let whole = cache.bytes();
        assert!(Cache::with("", whole.clone()).is_some());
        for cut in 0..whole.len() {
            assert!(
                Cache::with("", whole[..cut].to_vec()).is_none(),
                "cut at {cut}"
            );
            let mut damaged = whole.clone();
            damaged[cut] ^= 0x10;
            assert!(Cache::with("", damaged).is_none(), "damaged at {cut}");
        }
    }
}
