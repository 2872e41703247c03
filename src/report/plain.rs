//! Sections as plain text for a terminal: headings stand out, points are indented, and no mark of Markdown is left.

use super::{
    page::{Block, Item, Line, Section, Span, Table},
    text::printable,
};
use crate::terminal::Emphasis;

/// A section with its title, and everything below it.
pub(super) fn section(section: &Section) -> String {
    let title = Emphasis::Strong.on(&words(&section.title));
    let blocks = section.blocks.iter().map(block);
    let parts = std::iter::once(title + "\n").chain(blocks);
    let parts: Vec<String> = parts.filter(|text| !text.is_empty()).collect();
    parts.join("\n")
}

/// Empty for what only a page draws.
fn block(part: &Block) -> String {
    match part {
        Block::Paragraph(text) => line(text) + "\n",
        Block::List(items) => items.iter().map(|item| point(item, 0)).collect(),
        Block::Table(rows) => table(rows),
        Block::Fold {
            summary, inside, ..
        } => {
            let inside: Vec<String> = inside.iter().map(block).collect();
            format!("{}\n\n{}", printable(summary), inside.join("\n"))
        }
        Block::Part(part) => section(part),
        Block::Beside(parts) => parts.iter().map(section).collect::<Vec<_>>().join("\n"),
        Block::Named { shown, .. } => shown.iter().map(block).collect::<Vec<_>>().join("\n"),
        // A terminal chooses nothing: the first view stands for all.
        Block::Choice { views, .. } => {
            let first = views.first().map(|(_, inside)| inside.as_slice());
            let first = first.unwrap_or_default().iter().map(block);
            first.collect::<Vec<_>>().join("\n")
        }
        Block::Picture(_) | Block::Card(_) | Block::Numbers(_) | Block::Figure { .. } => {
            String::new()
        }
    }
}

fn point(item: &Item, depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    let inside = item.inside.iter().map(|item| point(item, depth + 1));
    let inside: String = inside.collect();
    format!("{indent}{}\n{inside}", line(&item.line))
}

/// A row a line, its cells two blanks apart.
fn table(table: &Table) -> String {
    let rows = table.rows.iter().map(|cells| {
        let cells: Vec<String> = cells.iter().map(line).collect();
        cells.join("  ") + "\n"
    });
    let head = table.head.join("  ") + "\n";
    std::iter::once(head).chain(rows).collect()
}

/// A line with what is seen first standing out.
fn line(line: &Line) -> String {
    let spans = line.0.iter().map(|span| match span {
        Span::Strong(text) => Emphasis::Strong.on(&printable(text)),
        span => printable(plain(span)),
    });
    spans.collect()
}

/// A line without anything that stands out.
fn words(line: &Line) -> String {
    let spans = line.0.iter().map(|span| printable(plain(span)));
    spans.collect()
}

fn plain(span: &Span) -> &str {
    match span {
        Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) | Span::Code(text) => text,
        Span::Link { text, .. } => text,
        Span::Bar(_) | Span::Change { .. } => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_of_markdown_is_left() {
        let inside = vec![Item::from(Line::from("at ").code("a_b").text(" \u{1b}[2J"))];
        let list = Block::List(vec![Item::with(Line::new().strong("Limits:"), inside)]);
        let title = Line::new().code("a-rule").text(": what it sees");
        let text = section(&Section::untargeted(
            title,
            vec![Block::paragraph("Why."), list],
        ));
        let bold = |words: &str| Emphasis::Strong.on(words);
        let expected = format!(
            "{}\n\nWhy.\n\n  {}\n    at a_b [2J\n",
            bold("a-rule: what it sees"),
            bold("Limits:")
        );
        assert_eq!(text, expected);
    }
}
