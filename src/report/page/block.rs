//! What a page is made of, for every format: sections of blocks of lines of spans. Text stands here as it is said; what a format
//! has to escape is known to its writer alone.

use crate::{rules, units::number};
use std::slice;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Page {
    /// What it is called.
    pub title: Line,
    /// The day it speaks from, and what it is about.
    pub about: Line,
    /// The first screen: what stands above the first section.
    pub opening: Vec<Block>,
    /// The rest, in order.
    pub sections: Vec<Section>,
    /// The sentences that close it.
    pub closing: Vec<Line>,
}

/// A titled part of a page, or of another section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// What links lead to; of a rule its id. None where nothing leads here.
    pub id: Option<&'static str>,
    /// Its heading.
    pub title: Line,
    /// What it says.
    pub blocks: Vec<Block>,
    /// How it is met where a reader can choose.
    pub look: Look,
    /// Its name in the list of sections, where it is one of the main ones.
    pub nav: Option<&'static str>,
}

/// How a section is met. A format that can neither fold nor print shows all alike, but for [`Look::Sheet`], which it leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Look {
    /// It is seen.
    #[default]
    Open,
    /// It is there for whoever opens it.
    Fold,
    /// Likewise; a format that cannot fold only names the file or folder beside the page that has it.
    Deep(&'static str),
    /// It is what is printed, and nothing else is.
    Sheet,
}

/// One thing below another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// Sentences.
    Paragraph(Line),
    /// Points, at least one.
    List(Vec<Item>),
    /// Rows of cells.
    Table(Table),
    /// What is there for whoever opens it.
    Fold {
        /// What is shown closed.
        summary: String,
        /// What is inside.
        inside: Vec<Block>,
        /// The file beside the page that has it, for a format that shows all alike and has to stay short. None: it is shown there.
        file: Option<&'static str>,
    },
    /// A drawn chart.
    Picture(Picture),
    /// What is asked first, or that nothing is.
    Card(Card),
    /// Where it hurts: a picture with numbered places, and what each is.
    Figure {
        /// The picture.
        picture: Picture,
        /// The places, in the order of their numbers from 1 on.
        places: Vec<Pinned>,
        /// What the picture has no number for.
        beside: Vec<Line>,
    },
    /// A few numbers, each beside what is usual.
    Numbers(Vec<Number>),
    /// Views of one thing, of which the reader chooses one. A format without a choice shows the first that
    /// it can draw.
    Choice {
        /// Unique on the page: small letters and hyphens.
        name: &'static str,
        /// At least one: what it is called, and what it shows.
        views: Vec<(&'static str, Vec<Block>)>,
    },
    /// What names files: shown where names are, and what is said instead where they are not.
    Named {
        /// With the names.
        shown: Vec<Block>,
        /// Without them.
        withheld: Vec<Block>,
    },
    /// Short parts beside each other, as wide as the page allows.
    Beside(Vec<Section>),
    /// A part with a heading of its own, a level deeper.
    Part(Section),
}

/// A chart, in words and in numbers; a format that draws draws it by its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Picture {
    /// The name of the chart.
    pub id: &'static str,
    /// Its file, below the folder of the page. None where it has none: it is seen in the page alone.
    pub file: Option<String>,
    /// The picture in words.
    pub alt: String,
    /// The numbers behind it. None where they stand beside it anyway.
    pub numbers: Option<Table>,
}

/// The first thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    /// How loud.
    pub tone: Tone,
    /// What is asked, in a few words: `Have it looked at`.
    pub label: String,
    /// What is the matter, in one line.
    pub title: Line,
    /// The facts, a line each.
    pub facts: Vec<Line>,
    /// What to do, and by when. None where nothing is asked.
    pub instruction: Option<Line>,
    /// What else is asked, a line a place.
    pub others: Vec<Line>,
    /// Ways on from here.
    pub links: Vec<Line>,
}

/// A place with a number on a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pinned {
    /// Whether something is asked about it.
    pub is_asked: bool,
    /// What it is, and how it stands.
    pub line: Line,
}

/// How loud a card is: never by its colour alone, its label says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Someone should look at it.
    Look,
    /// Something is asked of the runner.
    Ease,
    /// Nothing is asked, but not everything is known.
    Open,
    /// Nothing is asked.
    Calm,
}

/// A number of this week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// With its unit: `4 km`.
    pub value: String,
    /// Of what: `this week`.
    pub what: String,
    /// What is usual: `usual 27–40`. Empty where that is not known.
    pub usual: String,
}

/// A point of a list, and the points below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Item {
    /// What it says.
    pub line: Line,
    /// Points below it.
    pub inside: Vec<Item>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// As many cells a row as there are names.
    pub rows: Vec<Vec<Line>>,
}

/// A run of spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line(pub Vec<Span>);

/// Text of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Span {
    /// Plain text, ours or foreign.
    Text(String),
    /// What is seen first.
    Strong(String),
    /// A word spoken of.
    Emphasis(String),
    /// What is typed, and names in files.
    Code(String),
    /// A share in percent, 0 to 100, drawn as a bar. Its number stands beside it: a format that draws nothing leaves it out.
    Bar(u8),
    /// A change, drawn from the middle; likewise.
    Change {
        /// In percent, cut at −100 and 100.
        percent: i8,
        /// Whether it is more than the usual up and down.
        stands_out: bool,
    },
    /// A way to another place.
    Link {
        /// Where it leads.
        to: Target,
        /// Its words.
        text: String,
    },
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The section of this page with this id.
    Section(&'static str),
    /// What stands behind the rule with this id.
    Rule(&'static str),
    /// A file beside the page.
    File(&'static str),
}

impl Section {
    /// A section that links lead to.
    pub(crate) fn new(id: &'static str, title: impl Into<Line>, blocks: Vec<Block>) -> Section {
        Section {
            id: Some(id),
            title: title.into(),
            blocks,
            look: Look::Open,
            nav: None,
        }
    }

    /// The same that nothing leads to.
    pub(crate) fn untargeted(title: impl Into<Line>, blocks: Vec<Block>) -> Section {
        Section {
            id: None,
            title: title.into(),
            blocks,
            look: Look::Open,
            nav: None,
        }
    }

    /// The same, met so.
    pub(crate) fn looking(self, look: Look) -> Section {
        Section { look, ..self }
    }

    /// The same, in the list of sections by this name.
    pub(crate) fn named(self, nav: &'static str) -> Section {
        Section {
            nav: Some(nav),
            ..self
        }
    }
}

impl Block {
    /// A paragraph.
    pub(crate) fn paragraph(line: impl Into<Line>) -> Block {
        Block::Paragraph(line.into())
    }

    /// A list. None without points.
    pub(crate) fn list<I: Into<Item>>(items: impl IntoIterator<Item = I>) -> Option<Block> {
        let items: Vec<Item> = items.into_iter().map(Into::into).collect();
        (!items.is_empty()).then_some(Block::List(items))
    }

    /// A table.
    pub(crate) fn table(head: &[&'static str], rows: impl IntoIterator<Item = Vec<Line>>) -> Block {
        Block::Table(Table {
            head: head.to_vec(),
            rows: rows.into_iter().collect(),
        })
    }

    /// The sections that it is made of. None for a block without headings of its own.
    pub(crate) fn sections(&self) -> &[Section] {
        match self {
            Block::Part(part) => slice::from_ref(part),
            Block::Beside(parts) => parts,
            _ => &[],
        }
    }

    /// The blocks one step inside it, those of its sections among them.
    pub(crate) fn inside(&self) -> Vec<&Block> {
        match self {
            Block::Fold { inside, .. } => inside.iter().collect(),
            Block::Choice { views, .. } => views.iter().flat_map(|(_, inside)| inside).collect(),
            Block::Named { shown, withheld } => shown.iter().chain(withheld).collect(),
            _ => self
                .sections()
                .iter()
                .flat_map(|part| &part.blocks)
                .collect(),
        }
    }

    /// What is there for whoever opens it.
    pub(crate) fn fold(summary: impl Into<String>, inside: Vec<Block>) -> Block {
        Block::Fold {
            summary: summary.into(),
            inside,
            file: None,
        }
    }

    /// The same of details that a file beside the page has as well: a format that cannot fold only names it.
    pub(crate) fn aside(
        summary: impl Into<String>,
        inside: Vec<Block>,
        file: &'static str,
    ) -> Block {
        Block::Fold {
            summary: summary.into(),
            inside,
            file: Some(file),
        }
    }
}

impl Item {
    /// A point with points below it.
    pub(crate) fn with(line: impl Into<Line>, inside: Vec<Item>) -> Item {
        Item {
            line: line.into(),
            inside,
        }
    }
}

impl From<Line> for Item {
    fn from(line: Line) -> Item {
        Item {
            line,
            inside: Vec::new(),
        }
    }
}

impl Line {
    /// An empty line.
    pub(crate) fn new() -> Line {
        Line::default()
    }

    /// Sentences of ours, in which `` `marks` `` say what is typed. A mark without its partner is a letter.
    pub(crate) fn prose(text: &str) -> Line {
        let mut line = Line::new();
        let mut rest = text;
        while let Some((before, typed, behind)) = marked(rest) {
            line = line.text(before).code(typed);
            rest = behind;
        }
        match rest.split_once('`') {
            Some((before, behind)) => line.text(before).text(format!("`{behind}")),
            None => line.text(rest),
        }
    }

    /// A rule by its title, leading to its section.
    pub(crate) fn rule(id: &'static str) -> Line {
        Line::new().link(
            Target::Rule(id),
            rules::rule(id).map_or(id, |rule| rule.title),
        )
    }

    /// With text at its end, as it is.
    pub(crate) fn text(self, text: impl Into<String>) -> Line {
        self.with(Span::Text(text.into()))
    }

    /// With text that is seen first.
    pub(crate) fn strong(self, text: impl Into<String>) -> Line {
        self.with(Span::Strong(text.into()))
    }

    /// With a word spoken of.
    pub(crate) fn emphasis(self, text: impl Into<String>) -> Line {
        self.with(Span::Emphasis(text.into()))
    }

    /// With what is typed, or a name in files.
    pub(crate) fn code(self, text: impl Into<String>) -> Line {
        self.with(Span::Code(text.into()))
    }

    /// With a bar, of a share from 0 to 1.
    pub(crate) fn bar(self, share: f64) -> Line {
        self.with(Span::Bar((share.clamp(0.0, 1.0) * 100.0).round() as u8))
    }

    /// With a change drawn, as a share: −0.5 is half as much.
    pub(crate) fn change(self, share: f64, stands_out: bool) -> Line {
        self.with(Span::Change {
            percent: (share.clamp(-1.0, 1.0) * 100.0).round() as i8,
            stands_out,
        })
    }

    /// With a way to another place.
    pub(crate) fn link(self, to: Target, text: impl Into<String>) -> Line {
        self.with(Span::Link {
            to,
            text: text.into(),
        })
    }

    /// With another line at its end.
    pub(crate) fn line(mut self, other: impl Into<Line>) -> Line {
        self.0.extend(other.into().0);
        self
    }

    /// Lines with text between them.
    pub(crate) fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
        let joined = |line: Line, next: Line| line.text(between).line(next);
        lines.into_iter().reduce(joined).unwrap_or_default()
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn with(mut self, span: Span) -> Line {
        let is_nothing = matches!(&span, Span::Text(text) if text.is_empty());
        if !is_nothing {
            self.0.push(span);
        }
        self
    }
}

/// A number, or a dash where none is known.
pub(super) fn known(value: Option<f64>, decimals: usize) -> String {
    value.map_or("–".to_string(), |value| number(value, decimals))
}

/// What stands before the first two marks, between them, and behind.
fn marked(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (typed, behind) = rest.split_once('`')?;
    Some((before, typed, behind))
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Line {
        Line::new().text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_prose_come_in_pairs() {
        let typed = Line::new().text("Type ").code("a b").text(" now.");
        assert_eq!(Line::prose("Type `a b` now."), typed);
        assert_eq!(Line::prose("`a`"), Line::new().code("a"));
        assert_eq!(Line::prose("a ` b"), Line::new().text("a ").text("` b"));
        assert_eq!(Line::prose(""), Line::new());
    }

    #[test]
    fn lines_are_joined_between_and_not_around() {
        let lines = || ["a", "b"].map(Line::from);
        assert_eq!(
            Line::joined(lines(), ", "),
            Line::new().text("a").text(", ").text("b")
        );
        assert!(Line::joined([], ", ").is_empty());
    }

    #[test]
    fn a_list_without_points_is_none() {
        assert_eq!(Block::list(Vec::<Line>::new()), None);
    }
}
