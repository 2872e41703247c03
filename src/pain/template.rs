//! The pain log that `niggle pain init` writes: a header and two example rows, and the page of help beside it.
//!
//! The explanation is a page of its own: a spreadsheet turns comment lines of a CSV into cells.

use super::{Scale, plan::columns::Column};
use crate::option::PAIN_SCALE;

/// Which columns a new log has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Date, moment, site, pain and notes.
    Simple,
    /// Every column.
    Full,
}

impl Template {
    /// The log to start from: a header and two rows that show how, which are never counted. With a scale of its own the first line
    /// remembers it.
    pub fn log(self, scale: Option<Scale>) -> String {
        let examples = match self {
            Template::Simple => SIMPLE_EXAMPLES,
            Template::Full => FULL_EXAMPLES,
        };
        self.header(scale) + examples
    }

    /// The log without its examples, for a first row of the runner's own.
    pub fn header(self, scale: Option<Scale>) -> String {
        let scale = scale.map_or_else(String::new, |scale| {
            format!("# niggle: {PAIN_SCALE} {}\n", scale.as_str())
        });
        let header = match self {
            Template::Simple => SIMPLE,
            Template::Full => FULL,
        };
        format!("{scale}{header}\n")
    }
}

/// The header of a log that `niggle pain add` begins: what one row can say without a page of columns, and so that every later row has a
/// column for its signs.
pub(super) fn begun(scale: Option<Scale>) -> String {
    Template::Simple.header(scale).replace(SIMPLE, BEGUN)
}

/// The page that explains the log, for `pain-help.md` beside it.
pub fn help() -> &'static str {
    include_str!("help.md")
}

const SIMPLE: &str = "date,moment,site,pain,notes";
const BEGUN: &str = "date,moment,site,pain,function,signs,notes";
const SIMPLE_EXAMPLES: &str = "\
2025-03-03,evening,none,0,EXAMPLE nothing hurt today (delete this row)
2025-04-04,during,left knee,3,EXAMPLE where and how much from 0 to 10 (delete this row)
";
const FULL: &str = "date,moment,site,side,pain,type,spread,onset,movement,function,signs,sleep_h,sleep_quality,rpe,shoe,painkiller,\
     ostrc_q1,ostrc_q2,ostrc_q3,ostrc_q4,others,notes";
const FULL_EXAMPLES: &str = "\
2025-03-03,evening,none,,0,,,,,,,7.5,,,,,,,,,,EXAMPLE nothing hurt today (delete this row)
2025-04-04,during,knee,left,3,ache,area,during,worse,none,,6,,6,Pegasus 2,no,,,,,0,EXAMPLE where and how much from 0 to 10 (delete this row)
";

/// The notes of the example rows, and the ratings beside them.
const EXAMPLES: [(&str, &str); 2] = [
    ("EXAMPLE nothing hurt today (delete this row)", "0"),
    (
        "EXAMPLE where and how much from 0 to 10 (delete this row)",
        "3",
    ),
];

/// Whether a row is one of the template's examples: its note and its rating, whatever a spreadsheet made of its date. `cell` gives
/// the row's cells, `ratings` what its columns of ratings hold.
pub(super) fn is_example<'c>(
    cell: impl Fn(Column) -> &'c str,
    mut ratings: impl Iterator<Item = &'c str>,
) -> bool {
    let note = cell(Column::Notes).trim();
    let example = EXAMPLES.iter().find(|(text, _)| *text == note);
    example.is_some_and(|(_, rating)| ratings.any(|cell| cell.trim() == *rating))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::plan::columns::COLUMNS;
    use crate::pain::{Function, Moment, Options, PainType, Side, Sign, Site, Spread, read};

    fn log_of(text: &str) -> crate::pain::PainLog {
        read(text.as_bytes(), "pain.csv", &Options::default()).expect("a readable header")
    }

    #[test]
    fn it_reads_back_empty_and_clean() {
        for template in [Template::Simple, Template::Full] {
            let log = log_of(&template.log(None));
            assert_eq!(
                (log.rows, log.entries.len(), log.problems.len()),
                (0, 0, 0),
                "{template:?}"
            );
            let said = "2 example rows of the template are not counted.";
            assert!(
                log.understood.iter().any(|sentence| sentence == said),
                "{:?}",
                log.understood
            );
        }
    }

    #[test]
    fn what_a_spreadsheet_makes_of_it_reads_back_too() {
        let german = Template::Simple
            .log(None)
            .replace(',', ";")
            .replace("2025-03-03", "03.03.2025");
        let american = Template::Full
            .log(None)
            .replace("2025-04-04", "4/4/25")
            .replace("2025-03-03", "3/3/25");
        for text in [german, american] {
            let log = log_of(&text);
            assert_eq!((log.rows, log.problems.len()), (0, 0), "{:?}", log.problems);
        }
    }

    #[test]
    fn an_example_that_was_written_over_counts() {
        let text = Template::Simple
            .log(None)
            .replace("during,left knee,3,", "during,left knee,4,");
        assert_eq!(log_of(&text).rows, 1);
        let text = Template::Simple
            .log(None)
            .replace(EXAMPLES[1].0, "on the stairs");
        assert_eq!(log_of(&text).rows, 1);
    }

    #[test]
    fn the_scale_is_remembered() {
        let text =
            Template::Simple.log(Some(Scale::ZeroToFive)) + "2025-05-05,evening,left knee,4,\n";
        assert_eq!(
            log_of(&text).entries.first().and_then(|entry| entry.pain),
            Some(8.0)
        );
    }

    #[test]
    fn the_help_names_every_column_that_is_read() {
        let words: Vec<&str> = help()
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .collect();
        let wide = ["pain_before", "pain_during", "pain_after", "pain_morning"];
        for name in COLUMNS
            .iter()
            .map(|(_, name, _)| *name)
            .chain(wide)
            .chain(["others"])
        {
            assert!(words.contains(&name), "{name}");
        }
        let left_out = COLUMNS
            .iter()
            .map(|(_, name, _)| *name)
            .filter(|name| !FULL.split(',').any(|cell| cell == *name));
        assert_eq!(
            left_out.collect::<Vec<_>>(),
            ["time"],
            "everything else has its column"
        );
    }

    #[test]
    fn the_help_names_every_word_of_the_vocabulary() {
        let words = Moment::ALL
            .iter()
            .map(|w| w.as_str())
            .chain(Site::ALL.iter().map(|w| w.as_str()));
        let words = words
            .chain(Side::ALL.iter().map(|w| w.as_str()))
            .chain(PainType::ALL.iter().map(|w| w.as_str()));
        let words = words
            .chain(Spread::ALL.iter().map(|w| w.as_str()))
            .chain(Function::ALL.iter().map(|w| w.as_str()));
        let words = words.chain(Sign::ALL.iter().map(|w| w.as_str()));
        words.for_each(|word| assert!(help().contains(word), "{word}"));
    }
}
