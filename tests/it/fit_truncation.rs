//! Cut files: at every length of every small seed none passes as whole, and every whole record before the cut comes back.
use crate::common;
use crate::fit_salvage::Random;
use crate::fit_walk::{self, Whole};
use niggle::decode::fit::decode;
use niggle::model::Decoded;
use niggle::problem::{Code::*, Effect};
use std::path::{Path, PathBuf};

/// Seeds up to this size are cut at every length, bytes.
const SMALL: usize = 8 * 1024;
/// Larger seeds are cut at this many lengths, drawn once and for all.
const CUTS: usize = 4;

/// Cuts whose last records are not believed: a clock that jumps is believed once two more records go on from there, and
/// the cut took those. The cut itself is told. End of the path, and how many records at most.
const UNCONFIRMED: &[(&str, usize)] = &[("28_ts_gps_resync.fit", 2)];

/// Cuts tried, and whole records that had to come back from them.
#[derive(Debug, Default)]
struct Tally {
    seeds: usize,
    lengths: usize,
    records: usize,
    failures: Vec<String>,
}

impl Tally {
    /// Cuts one seed, if it is whole.
    fn cut(&mut self, path: &Path, most_lengths: usize) {
        let bytes = std::fs::read(path).expect("a seed is readable");
        let Some(whole) = fit_walk::whole(&bytes) else {
            return;
        };
        let all = decode(&bytes);
        if all
            .problems
            .iter()
            .any(|problem| matches!(problem.code, CrcMismatch | DamagedMiddle))
        {
            return;
        }
        self.seeds += 1;
        let mut random = Random::new(bytes.len() as u64);
        let lengths: Vec<usize> = match bytes.len() {
            0..=SMALL => (0..bytes.len()).collect(),
            _ => (0..most_lengths)
                .map(|_| random.below(bytes.len()))
                .collect(),
        };
        for length in lengths {
            self.check(path, &bytes[..length], &whole);
        }
    }

    fn check(&mut self, path: &Path, cut: &[u8], whole: &Whole) {
        self.lengths += 1;
        // A chained file cut at a seam is whole.
        if whole.ends.contains(&cut.len()) {
            return;
        }
        let decoded = decode(cut);
        let (found, there) = (record_count(&decoded), whole_records(whole, cut.len()));
        self.records += found;
        let is_after_all = whole
            .records
            .last()
            .is_some_and(|last| last.end <= cut.len());
        if !is_flagged(&decoded, is_after_all) {
            self.failures.push(format!(
                "{} at {} passes as whole: {:?}",
                path.display(),
                cut.len(),
                decoded.problems
            ));
        }
        // A recording of which nothing has a time yet is skipped as a whole, and said to be.
        let is_untimed = decoded
            .problems
            .iter()
            .any(|problem| problem.code == NoTime);
        let unconfirmed = UNCONFIRMED
            .iter()
            .find(|row| path.ends_with(row.0))
            .map_or(0, |row| row.1);
        if !(found..=found + unconfirmed).contains(&there) && !is_untimed {
            self.failures.push(format!(
                "{} at {}: {found} of {there}",
                path.display(),
                cut.len()
            ));
        }
    }

    fn finish(self, title: &str) -> usize {
        println!(
            "{title}: {} seeds cut at {} lengths, {} records all back",
            self.seeds, self.lengths, self.records
        );
        let shown: Vec<&String> = self.failures.iter().take(40).collect();
        assert!(
            self.failures.is_empty(),
            "{} failures: {shown:#?}",
            self.failures.len()
        );
        self.lengths
    }
}

/// A problem that says so, or no activity at all and the reason. In the first bytes of a chained sequence there is no header
/// yet: then it is those bytes that are told. A cut settings file behind a whole activity is told as a settings file.
fn is_flagged(decoded: &Decoded, is_after_all_records: bool) -> bool {
    decoded.problems.iter().any(|problem| match problem.code {
        _ if decoded.activities.is_empty() => problem.effect >= Effect::Skipped,
        Truncated | HeaderDamaged | TrailingBytes => true,
        NotAnActivity => is_after_all_records,
        _ => false,
    })
}

fn record_count(decoded: &Decoded) -> usize {
    decoded
        .activities
        .iter()
        .map(|activity| activity.samples.len())
        .sum()
}

/// The records before the cut; none when they have no time, for then there is no activity.
fn whole_records(whole: &Whole, length: usize) -> usize {
    let there: Vec<_> = whole
        .records
        .iter()
        .filter(|record| record.end <= length)
        .collect();
    if there.iter().any(|record| record.is_timed) {
        there.len()
    } else {
        0
    }
}

fn fit_files(folder: &Path) -> Vec<PathBuf> {
    let found = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let paths = found.map(|entry| entry.into_path());
    paths
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("fit"))
        })
        .collect()
}

#[test]
fn no_cut_synthetic_file_passes_as_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tally = Tally::default();
    fit_files(&root.join("tests/hostile/fit"))
        .iter()
        .for_each(|path| tally.cut(path, CUTS));
    let mut sample = fit_files(&root.join("sample_data"));
    sample.sort_by_key(|path| std::fs::metadata(path).map_or(0, |data| data.len()));
    sample.iter().for_each(|path| tally.cut(path, CUTS));
    assert!(tally.finish("synthetic") > 50_000);
}

#[test]
fn no_cut_real_file_passes_as_whole() {
    let Some(corpus) = common::corpus("no_cut_real_file_passes_as_whole") else {
        return;
    };
    let mut tally = Tally::default();
    fit_files(&corpus.join("suites"))
        .iter()
        .for_each(|path| tally.cut(path, CUTS));
    fit_files(&corpus.join("history-fit"))
        .iter()
        .step_by(20)
        .for_each(|path| tally.cut(path, 2));
    assert!(tally.finish("real") > 50_000);
}
