//! The cache changes no byte of a report, whatever is in it, and is used only for what has not changed.

use niggle::{
    config::Config,
    ingest::{self, OpenSport, Silent, cache::Cache},
    pipeline, source,
};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// A folder with some of the sample: plain, gzipped and in a zip, one FIT file cut short, and a page that is no recording.
fn history(folder: &Path) {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let mut fit: Vec<PathBuf> = fs::read_dir(sample.join("DI_CONNECT/DI-Connect-Uploaded-Files"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "fit"))
        .collect();
    fit.sort();
    let others = fs::read_dir(sample.join("other"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    fs::create_dir_all(folder).unwrap();
    for path in fit.iter().take(12).cloned().chain(others) {
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    let cut = fs::read(&fit[12]).unwrap();
    fs::write(folder.join("cut.fit"), &cut[..cut.len() * 2 / 3]).unwrap();
    fs::write(folder.join("page.txt"), "nothing to see").unwrap();
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for path in fit.iter().skip(13).take(6) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (mut entry, config) = zip
            .new_file(&name)
            .compression_method(CompressionMethod::STORE)
            .start()
            .unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(&fs::read(path).unwrap()).unwrap();
        let descriptor = writer.finish().unwrap().1;
        entry.finish(descriptor).unwrap();
    }
    fs::write(folder.join("more.zip"), zip.finish().unwrap()).unwrap();
}

/// A report's files, and what was said of the cache.
fn report(
    inputs: &Path,
    cache: Option<&Path>,
    options: &ingest::Options,
) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let output = tempfile::tempdir().unwrap();
    let config = Config {
        inputs: vec![inputs.to_path_buf()],
        output: output.path().to_path_buf(),
        cache: cache.map(Path::to_path_buf),
        ingest: options.clone(),
        ..Config::default()
    };
    let summary = pipeline::run(&config, &Silent).unwrap();
    let files = fs::read_dir(output.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|e| e.path().is_file());
    let files = files.map(|e| {
        (
            e.file_name().to_string_lossy().into_owned(),
            fs::read(e.path()).unwrap(),
        )
    });
    (files.collect(), summary.notices)
}

#[test]
fn a_report_is_the_same_without_a_cache_with_a_new_one_and_with_a_full_one() {
    let folder = tempfile::tempdir().unwrap();
    let (runs, cache) = (folder.path().join("runs"), folder.path().join("cache"));
    let file = cache.join("niggle-cache.bin");
    history(&runs);
    let options = ingest::Options::default();
    let (plain, _) = report(&runs, None, &options);
    assert_eq!(
        report(&runs, Some(&cache), &options),
        (plain.clone(), vec![])
    );
    let first = fs::read(&file).unwrap();
    assert_eq!(
        report(&runs, Some(&cache), &options),
        (plain.clone(), vec![])
    );
    assert!(
        fs::read(&file).unwrap() == first,
        "the same runs leave the same cache"
    );

    let mut damaged = first.clone();
    damaged[first.len() / 2] ^= 1;
    for bytes in [
        damaged,
        first[..100].to_vec(),
        b"something else".to_vec(),
        Vec::new(),
    ] {
        fs::write(&file, bytes).unwrap();
        let (again, notices) = report(&runs, Some(&cache), &options);
        assert!(
            again == plain && notices.len() == 1 && notices[0].contains("niggle-cache.bin"),
            "{notices:?}"
        );
        assert!(
            fs::read(&file).unwrap() == first,
            "a bad cache is replaced by a good one"
        );
    }

    // A cache of other options gives nothing away, and a changed file is read anew.
    let others = ingest::Options {
        open_sport: OpenSport::Other,
        timezone: "Asia/Tokyo".parse().ok(),
        jobs: Some(1),
        notes: true,
    };
    let (plain_others, _) = report(&runs, None, &others);
    assert_eq!(report(&runs, Some(&cache), &others), (plain_others, vec![]));
    fs::copy(runs.join("cut.fit"), runs.join("page.txt")).unwrap();
    fs::remove_file(runs.join("cut.fit")).unwrap();
    assert_eq!(
        report(&runs, Some(&cache), &options).0,
        report(&runs, None, &options).0
    );
}

/// A watch that is synchronised every day, a phone that adds to its folder: what came, changed in place, and went again.
#[test]
fn a_folder_that_grows_gives_the_report_that_it_gives_without_a_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (runs, later) = (folder.path().join("runs"), folder.path().join("later"));
    let cache = folder.path().join("cache");
    history(&runs);
    fs::create_dir(&later).unwrap();
    let options = ingest::Options::default();
    let same = |what: &str| {
        let cached = report(&runs, Some(&cache), &options);
        assert_eq!(cached, (report(&runs, None, &options).0, vec![]), "{what}");
    };
    let mut names: Vec<_> = fs::read_dir(&runs)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().ends_with(".fit"))
        .collect();
    names.sort();
    let newest = &names[names.len() - 3..];
    let move_all = |from: &Path, to: &Path| {
        for name in newest {
            fs::rename(from.join(name), to.join(name)).unwrap();
        }
    };
    move_all(&runs, &later);
    same("the folder as it was");
    move_all(&later, &runs);
    same("three new files");

    // Another run of the same length in the place of a known one, with its time of change: only the content tells them apart.
    let path = runs.join(&names[0]);
    let (before, time) = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap());
    let mut other = before.clone();
    let at = other.len() / 2;
    other[at] ^= 0x55;
    fs::write(&path, &other).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time.modified().unwrap()).unwrap();
    same("a file changed in place");

    fs::remove_file(&path).unwrap();
    same("a file that went");
}

#[test]
fn a_value_in_the_cache_is_used_wherever_the_file_lies() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("away"));
    history(&here);
    let options = ingest::Options::default();
    let read = |inputs: &Path, cache: &Cache| {
        let found = source::discover(&[inputs.to_path_buf()], &[]).unwrap();
        ingest::read_all_with(&found, &options, Some(cache), &Silent).unwrap()
    };
    let first = Cache::new(&ingest::cache_options(&options));
    let all = read(&here, &first);
    assert!(all.rows.iter().filter(|row| row.is_run()).count() > 12);
    fs::rename(&here, &there).unwrap();
    let second = Cache::with(&ingest::cache_options(&options), first.bytes()).unwrap();
    let moved = read(&there, &second);
    assert!(
        second.bytes() == first.bytes(),
        "every value was found again"
    );
    let renamed = |text: String| text.replace("here/", "away/");
    assert_eq!(
        (moved.files.len(), moved.rows.len()),
        (all.files.len(), all.rows.len())
    );
    for (file, moved) in all.files.iter().zip(&moved.files) {
        assert_eq!(format!("{moved:?}"), renamed(format!("{file:?}")));
    }
    for (row, moved) in all.rows.iter().zip(&moved.rows) {
        assert_eq!(format!("{moved:?}"), renamed(format!("{row:?}")));
    }
}
