//! The formats that recordings come in: one line each with all that others need to know of it.

use serde::{Deserialize, Serialize};

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident $id:literal $name:literal $ending:expr, $richness:literal;)*) => {
        /// The file format a recording came in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Format { $($(#[$doc])* $variant,)* }

        impl Format {
            /// Every format, in the order of the list.
            pub const ALL: &[Format] = &[$(Format::$variant),*];

            /// The name used in files: `fit`, `gpx`, `tcx` or `export`.
            pub fn as_str(self) -> &'static str {
                match self { $(Format::$variant => $id),* }
            }

            /// The name used in sentences.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name),* }
            }

            /// How the names of its files end, in lower case. None: so do those of files that are no recordings.
            pub fn ending(self) -> Option<&'static str> {
                match self { $(Format::$variant => $ending),* }
            }

            /// Of two copies of an activity the one in the format with the higher number is kept: it holds more.
            pub fn richness(self) -> u8 {
                match self { $(Format::$variant => $richness),* }
            }
        }
    };
}

// The name in files, the name in sentences, the ending, the richness. A cache keeps a format by its place: new ones go last.
formats! {
    /// Garmin's Flexible and Interoperable Data Transfer, what the watch wrote.
    Fit "fit" "FIT" Some(".fit"), 3;
    /// GPS Exchange Format.
    Gpx "gpx" "GPX" Some(".gpx"), 1;
    /// Garmin Training Center XML.
    Tcx "tcx" "TCX" Some(".tcx"), 2;
    /// A line in the index of an account export, without a recording of its own.
    Export "export" "a file of an account export" None, 0;
}

impl Format {
    /// Whether a file with this name should be a recording, packed or not.
    pub fn is_recording_name(name: &str) -> bool {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        Format::ALL
            .iter()
            .filter_map(|format| format.ending())
            .any(|ending| name.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_those_of_the_json_and_no_two_formats_are_equally_rich() {
        for format in Format::ALL {
            assert_eq!(
                serde_json::to_string(format).unwrap(),
                format!("\"{}\"", format.as_str())
            );
        }
        let richness: BTreeSet<u8> = Format::ALL.iter().map(|format| format.richness()).collect();
        assert_eq!(richness.len(), Format::ALL.len());
    }

    #[test]
    fn recordings_are_known_by_their_endings() {
        for (name, is_recording) in [
            ("a/1.FIT", true),
            ("1.gpx.gz", true),
            ("1.tcx", true),
            ("gear.json", false),
            ("fit", false),
        ] {
            assert_eq!(Format::is_recording_name(name), is_recording, "{name}");
        }
    }
}
