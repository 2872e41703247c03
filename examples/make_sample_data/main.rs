//! Writes `sample_data/`: an invented runner's forty weeks of recordings and pain log, the same bytes each time.
//!
//! `cargo run --example make_sample_data [FOLDER]` (default: `sample_data`). No clock, no random source but a fixed
//! seed, and no library function whose last digit depends on the machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

use std::{error::Error, path::Path};

mod encode;
mod fit;
mod gpx;
mod noise;
mod pain;
mod plan;
mod readme;
mod tcx;
mod track;

/// One file of the folder.
pub struct SampleFile {
    /// Where it goes, below the folder, with `/` between parts.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Every file of the folder, in the order of the story.
pub fn generate() -> Result<Vec<SampleFile>, Box<dyn Error>> {
    let plan = plan::plan();
    let log = pain::log(&plan);
    let mut files = Vec::new();
    for (number, planned) in (1..).zip(&plan) {
        files.extend(recording(number, planned)?);
    }
    files.push(SampleFile {
        path: uploaded(9001, "fit"),
        bytes: fit::settings()?,
    });
    files.push(SampleFile {
        path: uploaded(9002, "fit"),
        bytes: fit::monitoring()?,
    });
    files.push(SampleFile {
        path: "README.md".into(),
        bytes: readme::text(&plan, &log).into_bytes(),
    });
    files.push(SampleFile {
        path: "pain_log.csv".into(),
        bytes: log.to_csv().into_bytes(),
    });
    Ok(files)
}

/// Writes the folder named by the only argument.
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "sample_data".into());
    let files = generate()?;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    for file in &files {
        let path = Path::new(&folder).join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    println!(
        "{folder}: {} files, {:.1} MB",
        files.len(),
        bytes as f64 / 1e6
    );
    Ok(())
}

/// The file or files that one planned activity leaves behind.
fn recording(number: u32, planned: &plan::Planned) -> Result<Vec<SampleFile>, Box<dyn Error>> {
    use plan::Storage;
    let track = track::Track::of(planned);
    let other =
        |extension: &str| format!("other/{}_{}.{extension}", planned.date, planned.kind.name());
    let one = |path: String, bytes: Vec<u8>| vec![SampleFile { path, bytes }];
    Ok(match planned.storage {
        Storage::Fit => one(uploaded(number, "fit"), fit::activity(planned, &track)?),
        Storage::FitGz => one(
            uploaded(number, "fit.gz"),
            gzip(&fit::activity(planned, &track)?)?,
        ),
        Storage::FitCutShort => {
            let mut bytes = fit::activity(planned, &track)?;
            bytes.truncate(bytes.len() * 6 / 10);
            one(uploaded(number, "fit"), bytes)
        }
        Storage::FitAndGpx => {
            let mut files = one(uploaded(number, "fit"), fit::activity(planned, &track)?);
            files.extend(one(other("gpx"), gpx::activity(planned, &track)?));
            files
        }
        Storage::Gpx => one(other("gpx"), gpx::activity(planned, &track)?),
        Storage::GpxGz => one(other("gpx.gz"), gzip(&gpx::activity(planned, &track)?)?),
        Storage::Tcx => one(other("tcx"), tcx::activity(planned, &track)?.into_bytes()),
        Storage::TcxGz => one(
            other("tcx.gz"),
            gzip(tcx::activity(planned, &track)?.as_bytes())?,
        ),
    })
}

/// A name as in a Garmin account export, whose numbers say nothing about the type of the file.
fn uploaded(number: u32, extension: &str) -> String {
    format!(
        "DI_CONNECT/DI-Connect-Uploaded-Files/sample_{}.{extension}",
        1_000_000 + number
    )
}

/// Gzip without a time and a name in its header.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, bytes)?;
    encoder.finish()
}
