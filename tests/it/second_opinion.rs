//! fitparser and gpx beside niggle on every recording of the sample.

use flate2::read::GzDecoder;
use niggle::{
    decode,
    model::Format,
    problem::{Code, Effect},
    verify,
};
use std::{io::Read, path::PathBuf};

fn recordings() -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let found = niggle::source::discover(&[root], &[]).unwrap();
    let bytes_of = |path: &std::path::Path| {
        let bytes = std::fs::read(path).unwrap();
        if !bytes.starts_with(&[0x1F, 0x8B]) {
            return bytes;
        }
        let mut unpacked = Vec::new();
        GzDecoder::new(&bytes[..])
            .read_to_end(&mut unpacked)
            .unwrap();
        unpacked
    };
    found
        .sources
        .iter()
        .map(|source| {
            (
                source.name.clone(),
                bytes_of(source.path().expect("a file")),
            )
        })
        .collect()
}

#[test]
fn both_decoders_see_the_same_in_the_sample() {
    let (mut fit, mut gpx) = (0, 0);
    for (name, bytes) in recordings() {
        let decoded = decode::decode(&bytes);
        // The one file that is cut off is not read by fitparser at all.
        let is_cut = decoded
            .problems
            .iter()
            .any(|problem| problem.code == Code::Truncated);
        let is_other = decoded
            .problems
            .iter()
            .any(|problem| problem.effect >= Effect::Skipped);
        match decode::format_of(&bytes) {
            Some(Format::Fit) if is_cut => {
                assert!(verify::fit::compare(&bytes, &decoded).is_err(), "{name}")
            }
            Some(Format::Fit) if !is_other => {
                assert_eq!(verify::fit::compare(&bytes, &decoded), Ok(vec![]), "{name}");
                fit += 1;
            }
            Some(Format::Gpx) => {
                assert_eq!(verify::gpx::compare(&bytes, &decoded), Ok(vec![]), "{name}");
                gpx += 1;
            }
            _ => {}
        }
    }
    println!("fitparser agrees on {fit} files, gpx on {gpx}");
    assert!(
        fit > 120 && gpx >= 5,
        "{fit} FIT and {gpx} GPX files were compared"
    );
}
