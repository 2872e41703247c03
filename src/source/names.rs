//! What files are called: pain logs, workbooks, and what nobody wants to see.

/// What a file of options is called. It lies beside recordings and is none.
pub const SETTINGS: &str = "niggle.toml";

/// Names under which a pain log is found by itself, without blanks and signs, in seven languages.
const PAIN_LOG_NAMES: &str = "pain|painlog|paindiary|painjournal|paintracker|niggles|nigglelog|injurylog|schmerz|schmerzen|\
     schmerztagebuch|schmerzprotokoll|schmerzlog|douleur|douleurs|journaldedouleur|journaldouleur|carnetdedouleur|dolor|\
     diariodedolor|registrodedolor|dolore|diariodeldolore|diariodolore|dor|dores|diariodador|diariodedor|pijn|pijnlog|pijndagboek";

/// Endings of files that can be a pain log.
const PAIN_LOG_ENDS: [&str; 8] = [
    ".csv.txt", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods",
];
/// Endings of workbooks, which are no archives of recordings.
const WORKBOOK_ENDS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".ods"];

/// Hidden files, and what macOS puts beside files in archives.
pub(super) fn is_hidden_name(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// `pain.csv`, `Pain Log.csv`, `pain-log (1).xlsx`, `Schmerztagebuch - Tabelle1.csv`: what copies and spreadsheets add is no part
/// of the name.
pub fn is_pain_log_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let Some(stem) = PAIN_LOG_ENDS.iter().find_map(|end| name.strip_suffix(end)) else {
        return false;
    };
    let letters = own_letters(stem);
    PAIN_LOG_NAMES.split('|').any(|known| known == letters)
}

/// The letters of a name without what copies and spreadsheets add behind it.
fn own_letters(stem: &str) -> String {
    let stem = stem.split(['(', '[']).next().unwrap_or_default();
    let stem = stem.split(" - ").next().unwrap_or_default();
    let mut letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    let of_copy = ["copy", "kopie"]
        .into_iter()
        .find(|word| letters.ends_with(word));
    letters.truncate(letters.len() - of_copy.map_or(0, str::len));
    letters
}

pub(super) fn is_workbook_name(name: &str) -> bool {
    let name = name.to_lowercase();
    WORKBOOK_ENDS.iter().any(|end| name.ends_with(end))
}
