//! Sources: which files there are, sorted once, and their bytes, unpacked. An archive is opened in place, like a folder.

mod archive;
mod beside;
mod directory;
mod discover;
mod limits;
mod local_headers;
mod long;
mod members;
mod names;
mod own_reports;
mod read;
mod storage;
mod stretch;
mod whole;

pub use archive::{Archive, IsKnown};
pub use beside::inputs_in;
pub use directory::Opened;
pub use discover::{Discovered, discover, one};
pub use long::{Long, long};
pub use members::{Member, Members, Weight, members};
pub use names::{SETTINGS, is_pain_log_name};
pub use own_reports::{CHARTS, COHORT, REPORT, STACKED, TABLES, is_report, is_without_recordings};
pub use read::{Content, Wish, for_each, open, read, read_unless, read_whole};
pub use storage::{Source, Storage};
pub use whole::crc32;

#[cfg(test)]
mod tests {
    use super::{Content, Source, Storage, Wish, discover, read};
    use crate::problem::{Code, Effect, Problem};
    use std::path::Path;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn files_are_found_once_in_order_and_the_output_is_not_input() {
        let folder = folder(&[
            ("b/2.fit", b"x"),
            ("a.gpx", b"x"),
            (".hidden/1.fit", b"x"),
            ("__MACOSX/._1.fit", b"x"),
            ("out/report.md", b"x"),
            ("b/old/findings.json", b"{\"niggle_version\": \"0.1.0\"}"),
            ("b/old/report.md", b"x"),
            ("b/old/charts/cadence.png", b"x"),
            ("Pain_Log.csv", b"x"),
        ]);
        let root = folder.path().to_path_buf();
        let found = discover(&[root.join("a.gpx"), root.clone()], &[&root.join("out")]).unwrap();
        let paths: Vec<_> = found
            .sources
            .iter()
            .map(|s| {
                s.path()
                    .unwrap()
                    .strip_prefix(root.canonicalize().unwrap())
                    .unwrap()
            })
            .collect();
        assert_eq!(paths, [Path::new("a.gpx"), Path::new("b/2.fit")]);
        assert_eq!(found.pain_logs.len(), 1);
        assert_eq!(
            discover(&[root.join("b/old")], &[]).unwrap().sources.len(),
            3,
            "a report that was named"
        );
        assert!(discover(&[root.join("missing")], &[]).is_err());
    }

    #[test]
    fn names_are_distinct_and_the_nearest_log_comes_first() {
        let folder = folder(&[
            ("x/runs/1.fit", b"x"),
            ("y/runs/1.fit", b"x"),
            ("y/runs/old/pain.csv", b"x"),
            ("y/runs/pain_log.csv", b"x"),
        ]);
        let found = discover(
            &[folder.path().join("x/runs"), folder.path().join("y/runs")],
            &[],
        )
        .unwrap();
        let names = |list: &[Source]| {
            list.iter()
                .map(|source| source.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&found.sources), ["runs/1.fit", "runs/1.fit (2)"]);
        assert_eq!(
            names(&found.pain_logs),
            ["runs/pain_log.csv", "runs/old/pain.csv"]
        );
    }

    #[test]
    #[cfg(unix)]
    fn links_are_named_and_not_followed() {
        let folder = folder(&[("runs/1.fit", b"x"), ("all/2.fit", b"x")]);
        let all = folder.path().join("all");
        std::os::unix::fs::symlink(folder.path().join("runs"), all.join("more")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("runs/1.fit"), all.join("1.fit")).unwrap();
        let found = discover(&[all], &[]).unwrap();
        assert_eq!(
            found
                .sources
                .iter()
                .map(|source| source.name.as_str())
                .collect::<Vec<_>>(),
            ["all/2.fit"]
        );
        let named: Vec<_> = found
            .unreadable
            .iter()
            .map(|p| (p.place.as_str(), p.code, p.effect))
            .collect();
        let link = |place| (place, Code::LinkSkipped, Effect::Skipped);
        assert_eq!(named, [link("all/1.fit"), link("all/more")]);
    }

    #[test]
    fn of_a_video_only_the_head_is_read() {
        let folder = folder(&[("film.mp4", &[7; 5000])]);
        let found = discover(&[folder.path().to_path_buf()], &[]).unwrap();
        let mut buffer = Vec::new();
        assert_eq!(
            read(&found.sources[0], &mut buffer, 512, |_| false),
            Ok(Content::Bytes(vec![]))
        );
        assert_eq!(buffer.len(), 512);
        assert_eq!(
            read(&found.sources[0], &mut buffer, 512, |_| true),
            Ok(Content::Bytes(vec![]))
        );
        assert_eq!(buffer.len(), 5000);
    }

    #[test]
    fn of_what_is_too_long_to_be_held_only_the_head_is_read() {
        let folder = folder(&[("export.xml", &[7; 5000])]);
        let found = discover(&[folder.path().to_path_buf()], &[]).unwrap();
        let mut buffer = Vec::new();
        let read = read(&found.sources[0], &mut buffer, 512, |_| Wish::Long);
        assert_eq!((read, buffer.len()), (Ok(Content::Long), 512));
        let long = super::long(&found.sources[0]).unwrap();
        let mut all = Vec::new();
        std::io::Read::read_to_end(&mut long.open().unwrap(), &mut all).unwrap();
        assert_eq!(all.len(), 5000);
    }

    #[test]
    fn of_gzip_that_is_no_recording_only_the_head_is_unpacked() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, &vec![7; 100_000]).unwrap();
        let folder = folder(&[("film.gz", &encoder.finish().unwrap())]);
        let found = discover(&[folder.path().to_path_buf()], &[]).unwrap();
        let mut buffer = Vec::new();
        for (wanted, bytes) in [(false, 512), (true, 100_000)] {
            let content = read(&found.sources[0], &mut buffer, 512, |head| {
                wanted && head[0] == 7
            });
            assert_eq!((content, buffer.len()), (Ok(Content::Bytes(vec![])), bytes));
        }
    }

    #[test]
    fn gzip_is_told_by_content_and_bounded() {
        let hostile = |name: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/hostile")
                .join(name);
            let bytes = std::fs::metadata(&path).unwrap().len();
            let mut buffer = Vec::new();
            let source = Source {
                name: name.to_string(),
                storage: Storage::File(path),
                bytes,
            };
            let codes = |content| match content {
                Content::Bytes(problems) => problems
                    .into_iter()
                    .map(|p: Problem| p.code)
                    .collect::<Vec<_>>(),
                Content::Archive | Content::Long => vec![Code::ArchiveEntry],
            };
            (
                read(&source, &mut buffer, 512, |_| true)
                    .map(codes)
                    .map_err(|p| p.code),
                buffer,
            )
        };
        let good = hostile("fit/00_good_run.fit").1;
        for (name, expected, whole) in [
            ("gz/00_good.fit.gz", Ok(vec![]), true),
            ("gz/01_truncated.fit.gz", Ok(vec![Code::GzipDamaged]), false),
            ("gz/02_bad_crc.fit.gz", Ok(vec![Code::GzipDamaged]), true),
            ("gz/03_bomb_200MB.gz", Err(Code::UnpacksTooLarge), false),
            ("gz/04_multi_member.fit.gz", Ok(vec![]), true),
            (
                "gz/05_trailing_garbage.fit.gz",
                Ok(vec![Code::GzipDamaged]),
                true,
            ),
            ("gz/06_plain_named.fit.gz", Ok(vec![]), true),
            ("gz/07_gz_in_gz.fit.gz", Ok(vec![]), true),
            ("gz/08_header_only.gz", Err(Code::GzipDamaged), false),
            ("gz/09_huge_header_name.gz", Err(Code::GzipDamaged), false),
        ] {
            let (result, bytes) = hostile(name);
            assert_eq!(result, expected, "{name}");
            assert_eq!(
                bytes == good,
                whole,
                "{name}: the same bytes as the plain file"
            );
        }
    }
}
