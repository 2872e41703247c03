//! The terminal: how wide it is, lines wrapped to that, and words that stand out. Whatever is no terminal gets its lines whole and
//! plain, so that a search finds a sentence in a file.

use anstream::{
    AutoStream,
    adapter::strip_str,
    stream::{AsLockedWrite, RawStream},
};
use anstyle::{AnsiColor, Style};
use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};
use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthStr;

/// Lines are no longer than this however wide the window is: longer ones are hard to read.
pub const WIDEST: usize = 100;
/// What a window has that does not say how wide it is.
const USUAL: usize = 80;
/// Lines are not wrapped to less than this.
const NARROWEST: usize = 20;
/// How far a line goes on behind its own indent.
const HANG: usize = 2;
/// A blank at which no line ends.
pub const NO_BREAK: char = '\u{a0}';

/// Columns for what is printed on standard output. None: lines stay whole.
pub fn width_of_stdout() -> Option<usize> {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    width(is_terminal, terminal_size_of(stdout).map(columns_of))
}

/// The same on standard error.
pub fn width_of_stderr() -> Option<usize> {
    let stderr = io::stderr();
    let is_terminal = stderr.is_terminal();
    width(is_terminal, terminal_size_of(stderr).map(columns_of))
}

fn columns_of((width, _): (Width, terminal_size::Height)) -> usize {
    usize::from(width.0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how wide lines are on a terminal is nothing of a report's"
)]
fn width(is_terminal: bool, says: Option<usize>) -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok();
    chosen(is_terminal, says, asked.as_deref())
}

/// What the window says goes before `COLUMNS`, which some shells leave behind, and that before what is usual.
fn chosen(is_terminal: bool, says: Option<usize>, columns: Option<&str>) -> Option<usize> {
    let asked = || columns.and_then(|columns| columns.trim().parse().ok());
    let usual = is_terminal.then_some(USUAL);
    let width = says.or_else(asked).filter(|width| *width > 0).or(usual)?;
    Some(width.clamp(NARROWEST, WIDEST))
}

/// Whether standard error is a terminal on which a line can be drawn again.
pub fn can_redraw_stderr() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !is_dumb
}

/// How a word stands out. It says the same without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Before anything else.
    Loudest,
    /// Not to be missed.
    Loud,
    /// More than the rest.
    Strong,
}

impl Emphasis {
    /// Bold everywhere; colour is never the only difference.
    fn style(self) -> Style {
        let colour = match self {
            Emphasis::Loudest => Some(AnsiColor::Red.into()),
            Emphasis::Loud => Some(AnsiColor::Magenta.into()),
            Emphasis::Strong => None,
        };
        Style::new().bold().fg_color(colour)
    }

    /// The words with what makes them stand out; [`print()`] takes it off where it is not wanted.
    pub fn on(self, words: &str) -> String {
        let style = self.style();
        format!("{style}{words}{style:#}")
    }
}

/// Prints, with emphasis only where the stream is a terminal that has it and `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` do not say
/// otherwise.
///
/// # Errors
/// What the stream answers.
pub fn print<S: RawStream + AsLockedWrite>(stream: S, text: &str) -> io::Result<()> {
    let mut stream = AutoStream::auto(stream);
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Words that belong on one line, as a path with blanks in it: [`wrapped`] does not break them.
pub fn unbroken(words: &str) -> String {
    words.replace(' ', &NO_BREAK.to_string())
}

/// A path in words that stay on one line.
pub fn whole(path: &Path) -> String {
    unbroken(&path.display().to_string())
}

/// The text with lines of at most so many columns; a word longer than that, as a path or an address, stays whole. A line goes on
/// where its last column begins (columns are parted by two blanks or more), else a little further in than it began.
pub fn wrapped(text: &str, width: Option<usize>) -> String {
    let lines = text.split('\n').map(|line| match width {
        // A number stays with its percent.
        Some(width) if columns(line) > width => {
            wrapped_line(&line.replace(" %", &format!("{NO_BREAK}%")), width)
        }
        _ => line.to_string(),
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n").replace(NO_BREAK, " ")
}

fn wrapped_line(line: &str, width: usize) -> String {
    let hang = hang(line, width);
    let (mut out, mut at) = (String::new(), 0);
    for (blanks, word) in words(line) {
        let long = columns(word);
        // On a line's own beginning a break would only leave an empty line.
        if at + blanks + long > width && at > hang {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            at = hang + long;
        } else {
            out.push_str(&" ".repeat(blanks));
            at += blanks + long;
        }
        out.push_str(word);
    }
    out
}

/// How far in a line goes on.
fn hang(line: &str, width: usize) -> usize {
    let (mut at, mut column) = (0, None);
    for (blanks, word) in words(line) {
        at += blanks;
        if blanks >= 2 && at > blanks && at <= width / 2 {
            column = Some(at);
        }
        at += columns(word);
    }
    column.unwrap_or_else(|| indent(line) + HANG)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Every word of a line, and how many blanks stand before it.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut blanks = 0;
    line.split(' ').filter_map(move |word| {
        let before = blanks;
        blanks = if word.is_empty() { before + 1 } else { 1 };
        (!word.is_empty()).then_some((before, word))
    })
}

/// How many columns a text takes, without what makes it stand out.
fn columns(text: &str) -> usize {
    strip_str(text).map(UnicodeWidthStr::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, lines: &[&str]) {
        let found = wrapped(text, Some(width));
        assert_eq!(found.split('\n').collect::<Vec<_>>(), lines);
    }

    #[test]
    fn lines_are_wrapped_between_words_and_hang() {
        check("one two three four five", 30, &["one two three four five"]);
        check(
            "one two three four five six",
            20,
            &["one two three four", "  five six"],
        );
        check(
            "  one two three four\n\n  five",
            12,
            &["  one two", "    three", "    four", "", "  five"],
        );
    }

    #[test]
    fn a_number_stays_with_its_percent() {
        check(
            "it is now up by a 19 % on it",
            20,
            &["it is now up by a", "  19 % on it"],
        );
    }

    #[test]
    fn a_line_goes_on_in_its_last_column_if_that_is_not_too_far_in() {
        let line = "  Now  one two three four five six";
        check(line, 20, &["  Now  one two three", "       four five six"]);
        check(
            "  Have it looked at  one two three",
            24,
            &["  Have it looked at  one", "    two three"],
        );
    }

    #[test]
    fn paths_and_addresses_are_never_broken() {
        let path = "/a/very/long/path-with-parts/report.html";
        check(
            &format!("It is {path} now"),
            20,
            &["It is", &format!("  {path}"), "  now"],
        );
        let path = "my own runs/report.html";
        check(
            &format!("It is {}", unbroken(path)),
            20,
            &["It is", &format!("  {path}")],
        );
        assert_eq!(wrapped(&unbroken(path), None), path);
    }

    #[test]
    fn wide_letters_count_twice_and_emphasis_not_at_all() {
        check("日本語日本 語日本語日", 20, &["日本語日本", "  語日本語日"]);
        check("abcdefghij klmnopqrs", 20, &["abcdefghij klmnopqrs"]);
        let word = Emphasis::Loudest.on("Today");
        assert!(word.len() > 5 && columns(&word) == 5, "{word:?}");
        check(
            &format!("{word} you go there"),
            20,
            &[&format!("{word} you go there")],
        );
    }

    #[test]
    fn a_window_says_its_width_and_what_is_none_is_not_wrapped() {
        for (is_terminal, says, columns, expected) in [
            (true, Some(64), Some("90"), Some(64)),
            (true, Some(250), None, Some(WIDEST)),
            (true, Some(7), None, Some(NARROWEST)),
            (true, None, Some("64"), Some(64)),
            (true, None, Some("wide"), Some(USUAL)),
            (true, None, Some("0"), Some(USUAL)),
            (false, None, None, None),
            (false, None, Some(" 40 "), Some(40)),
        ] {
            assert_eq!(chosen(is_terminal, says, columns), expected, "{columns:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn wrapping_loses_no_word_and_only_words_too_long_stick_out(
            text in "[ a-z日é]{0,120}", width in NARROWEST..60_usize,
        ) {
            let found = wrapped(&text, Some(width));
            let of = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
            proptest::prop_assert_eq!(of(&found), of(&text));
            for line in found.lines().filter(|line| columns(line) > width) {
                // Nothing but its last word, which had no room on a line of its own either.
                let before = line.trim_end().rsplit_once(' ').map_or("", |(before, _)| before);
                proptest::prop_assert!(columns(before.trim_end()) <= width, "{:?}", line);
            }
        }
    }
}
