//! Pages as Markdown (GitHub's), and the one place that knows what has to be escaped in it.

use super::{
    page::{
        Block, Card, Item, Line, Look, Number, Page, Picture, Pinned, Section, Span, Table, Target,
    },
    text::{is_invisible, printable},
};

/// The file of the rules, beside the report.
pub(super) const RULES: &str = "rules.md";

/// A page.
pub(super) fn write(page: &Page) -> String {
    let mut parts = vec![format!("# {}\n", line(&page.title))];
    parts.extend((!page.about.is_empty()).then(|| line(&page.about) + "\n"));
    parts.extend(written(&page.opening, 1));
    let sections = page.sections.iter();
    let sections = sections.filter(|part| !matches!(part.look, Look::Deep(_) | Look::Sheet));
    parts.extend(sections.map(|part| section(part, 2)));
    parts.extend(beside_page(&page.sections));
    parts.extend(page.closing.iter().map(|said| line(said) + "\n"));
    parts.join("\n")
}

/// Where the sections are that this format leaves to other files.
fn beside_page(sections: &[Section]) -> Option<String> {
    let deep: Vec<String> = sections.iter().filter_map(deep_link).collect();
    (!deep.is_empty()).then(|| format!("Beside this page: {}.\n", deep.join(" · ")))
}

/// The link to the page of a section that has its own.
fn deep_link(part: &Section) -> Option<String> {
    match part.look {
        Look::Deep(file) => Some(format!("[{}]({file})", line(&part.title))),
        _ => None,
    }
}

/// What stands on a page without a heading of its own.
#[cfg(test)]
pub(super) fn blocks(parts: &[Block]) -> String {
    joined(parts, 1)
}

/// A section with its heading at this level, 1 being the page's own.
pub(super) fn section(section: &Section, level: usize) -> String {
    let anchor = section.id.filter(|id| *id != slug(&section.title));
    let mut parts: Vec<String> = anchor
        .map(|id| format!("<a id=\"{id}\"></a>\n"))
        .into_iter()
        .collect();
    parts.push(format!("{} {}\n", "#".repeat(level), line(&section.title)));
    parts.extend(written(&section.blocks, level));
    parts.join("\n")
}

/// Blocks that say something here: a picture without a file does not.
fn written(blocks: &[Block], level: usize) -> Vec<String> {
    let blocks = blocks.iter().map(|part| block(part, level));
    blocks.filter(|text| !text.is_empty()).collect()
}

/// A block inside a section of this level.
pub(super) fn block(part: &Block, level: usize) -> String {
    match part {
        Block::Paragraph(text) => line(text) + "\n",
        Block::List(items) => items.iter().map(|item| point(item, 0)).collect(),
        Block::Table(rows) => table(rows),
        Block::Fold {
            summary,
            file: Some(file),
            ..
        } => aside(summary, file),
        Block::Fold {
            summary, inside, ..
        } => fold(summary, inside, level),
        Block::Picture(picture) => image(picture),
        Block::Card(said) => card(said),
        Block::Numbers(said) => numbers(said),
        Block::Figure {
            picture,
            places,
            beside,
        } => figure(picture, places, beside),
        Block::Choice { views, .. } => one_view(views, level),
        Block::Named { shown, .. } => joined(shown, level),
        Block::Beside(parts) => beside(parts, level),
        Block::Part(part) => section(part, level + 1),
    }
}

/// Empty for one that has no file.
fn image(picture: &Picture) -> String {
    let file = picture.file.as_deref();
    file.map_or(String::new(), |file| {
        format!("![{}]({file})\n", escaped(&picture.alt))
    })
}

fn card(card: &Card) -> String {
    let title = format!("**{}:** {}\n", escaped(&card.label), line(&card.title));
    let points = |lines: &[Line]| -> Option<String> {
        let points = lines.iter().map(|said| format!("- {}\n", line(said)));
        (!lines.is_empty()).then(|| points.collect())
    };
    let instruction = card.instruction.as_ref().map(|said| line(said) + "\n");
    let parts = [points(&card.facts), instruction, points(&card.others)];
    let parts: Vec<String> = [Some(title)].into_iter().chain(parts).flatten().collect();
    parts.join("\n")
}

fn figure(picture: &Picture, places: &[Pinned], beside: &[Line]) -> String {
    let picture = Some(image(picture)).filter(|image| !image.is_empty());
    let places = places.iter().enumerate();
    let places = places.map(|(i, place)| format!("{}. {}\n", i + 1, line(&place.line)));
    let places: String = places.collect();
    let beside = beside.iter().map(|said| line(said) + "\n");
    let parts = picture
        .into_iter()
        .chain((!places.is_empty()).then_some(places));
    parts.chain(beside).collect::<Vec<_>>().join("\n")
}

fn numbers(numbers: &[Number]) -> String {
    let one = |number: &Number| {
        let said = [number.what.as_str(), number.usual.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        format!(
            "**{}** {}",
            escaped(&number.value),
            escaped(&said.join(", "))
        )
    };
    numbers.iter().map(one).collect::<Vec<_>>().join(" · ") + "\n"
}

/// The first view whose picture has a file; without one the first.
fn one_view(views: &[(&'static str, Vec<Block>)], level: usize) -> String {
    let has_file =
        |block: &Block| matches!(block, Block::Picture(picture) if picture.file.is_some());
    let seen = views.iter().find(|(_, inside)| inside.iter().any(has_file));
    let view = seen.or(views.first());
    joined(view.map_or(&[], |(_, inside)| inside.as_slice()), level)
}

fn joined(blocks: &[Block], level: usize) -> String {
    written(blocks, level).join("\n")
}

/// Points where each part is a sentence, else parts one below the other.
fn beside(parts: &[Section], level: usize) -> String {
    let points: Option<String> = parts.iter().map(named_point).collect();
    points.unwrap_or_else(|| in_full(parts, level))
}

/// Each part as a section of the next level.
fn in_full(parts: &[Section], level: usize) -> String {
    let parts = parts.iter().map(|part| section(part, level + 1));
    parts.collect::<Vec<_>>().join("\n")
}

/// `- **Sleep:** 7.1 h a night`. None of a part that says more than a sentence.
fn named_point(part: &Section) -> Option<String> {
    let has_file = |picture: &Picture| picture.file.is_some();
    let mut said = part
        .blocks
        .iter()
        .filter(|block| !matches!(block, Block::Picture(picture) if !has_file(picture)));
    match (said.next(), said.next(), part.id) {
        (Some(Block::Paragraph(text)), None, None) => {
            Some(format!("- **{}:** {}\n", line(&part.title), line(text)))
        }
        _ => None,
    }
}

fn fold(summary: &str, inside: &[Block], level: usize) -> String {
    let (summary, inside) = (escaped(summary), joined(inside, level));
    format!("<details>\n<summary>{summary}</summary>\n\n{inside}\n</details>\n")
}

/// Where the details are.
fn aside(summary: &str, file: &str) -> String {
    format!("{}: [{file}]({file}).\n", escaped(summary))
}

fn point(item: &Item, depth: usize) -> String {
    let inside: String = item
        .inside
        .iter()
        .map(|item| point(item, depth + 1))
        .collect();
    format!("{}- {}\n{inside}", "  ".repeat(depth), line(&item.line))
}

fn table(table: &Table) -> String {
    let rows: String = table.rows.iter().map(|cells| row(cells)).collect();
    let rule = "---|".repeat(table.head.len());
    format!("| {} |\n|{rule}\n{rows}", table.head.join(" | "))
}

fn row(cells: &[Line]) -> String {
    let cells: Vec<String> = cells.iter().map(line).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Spans one after another.
pub(super) fn line(line: &Line) -> String {
    line.0.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) => escaped(text),
        Span::Bar(_) | Span::Change { .. } => String::new(),
        Span::Strong(text) => format!("**{}**", escaped(text)),
        Span::Emphasis(text) => format!("*{}*", escaped(text)),
        Span::Code(text) => code(text),
        Span::Link { to, text } => format!("[{}]({})", escaped(text), address(to)),
    }
}

fn address(target: &Target) -> String {
    match target {
        Target::Section(id) => format!("#{id}"),
        Target::Rule(id) => format!("{RULES}#{id}"),
        Target::File(name) => name.to_string(),
    }
}

/// Nothing can be escaped between backticks: what would leave them, or the cell of a table, is plain text.
fn code(text: &str) -> String {
    let text = printable(text);
    if text.contains(['`', '|']) {
        escaped(&text)
    } else {
        format!("`{text}`")
    }
}

/// What GitHub makes of a heading for links: lower case, without punctuation, with hyphens for spaces.
fn slug(title: &Line) -> String {
    let letters = title.0.iter().flat_map(|span| plain(span).chars());
    letters
        .flat_map(char::to_lowercase)
        .filter_map(in_slug)
        .collect()
}

fn plain(span: &Span) -> &str {
    match span {
        Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) | Span::Code(text) => text,
        Span::Link { text, .. } => text,
        Span::Bar(_) | Span::Change { .. } => "",
    }
}

/// What becomes of a letter of a heading. None for punctuation.
fn in_slug(letter: char) -> Option<char> {
    match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        letter => letter.is_alphanumeric().then_some(letter),
    }
}

/// Markdown that shows `text` as it is: no markup, no HTML, one line, no control or direction characters.
pub(super) fn escaped(text: &str) -> String {
    let letters: Vec<char> = text.chars().filter(|letter| is_shown(*letter)).collect();
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (place, letter) in letters.iter().enumerate() {
        let behind = letters.get(place + 1..).unwrap_or_default();
        push(&mut out, *letter, before, behind);
        before = Some(*letter);
    }
    out
}

fn is_shown(letter: char) -> bool {
    letter.is_whitespace() || !is_invisible(letter)
}

/// A letter between the one before it and all behind it; what can begin no markup there stays as it is.
fn push(out: &mut String, letter: char, before: Option<char>, behind: &[char]) {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let next = behind.first().copied();
    match letter {
        '\n' | '\r' | '\t' => out.push(' '),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' if is_entity(behind) => out.push_str("&amp;"),
        '_' if is_word(before) && is_word(next) => out.push('_'),
        '[' if next == Some(']') => out.push('['),
        ']' if before == Some('[') => out.push(']'),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => out.extend(['\\', letter]),
        other => out.push(other),
    }
}

/// Whether an ampersand before these letters begins a character reference: `lt;`, `#60;`.
fn is_entity(behind: &[char]) -> bool {
    let name = behind
        .iter()
        .take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '#')
        .count();
    name > 0 && behind.get(name) == Some(&';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_tricks_are_shown_not_run() {
        for (text, shown) in [
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("![a](x)", "\\!\\[a\\](x)"),
            ("a|b\nc", "a\\|b c"),
            ("\u{1b}[31mred\u{202E}", "\\[31mred"),
            ("**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"),
            (
                "&lt;b> &#60; R&D, A & B, &;",
                "&amp;lt;b&gt; &amp;\\#60; R&D, A & B, &;",
            ),
            (
                "near_faint, findings[].id, _x",
                "near_faint, findings[].id, \\_x",
            ),
            ("[\u{200B}]", "[]"),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn code_is_not_left_by_what_it_holds() {
        let write = |text: &str| line(&Line::new().code(text));
        assert_eq!(
            (write("_a_b"), write("a\n*")),
            ("`_a_b`".to_string(), "`a *`".to_string())
        );
        assert_eq!(
            (write("a|b"), write("a`b")),
            ("a\\|b".to_string(), "a\\`b".to_string())
        );
    }

    #[test]
    fn blocks_stand_apart_and_parts_lie_deeper() {
        let list = Block::List(vec![Item::with(
            Line::new().strong("a"),
            vec![Line::from("b").into()],
        )]);
        let part = Section::new("x", "Y", vec![Block::fold("s", vec![list])]);
        let page = Page {
            title: "T".into(),
            opening: vec![Block::paragraph("p")],
            closing: vec!["q".into()],
            sections: vec![
                Section::new(
                    "first-one",
                    "First one",
                    vec![Block::table(&["h", "i"], [vec!["1".into(), Line::new()]])],
                ),
                Section::untargeted("Z", vec![Block::Part(part)]),
            ],
            ..Page::default()
        };
        let expected = "# T\n\np\n\n## First one\n\n| h | i |\n|---|---|\n| 1 |  |\n\n## Z\n\n<a id=\"x\"></a>\n\n### Y\n\n\
                        <details>\n<summary>s</summary>\n\n- **a**\n  - b\n\n</details>\n\nq\n";
        assert_eq!(write(&page), expected);
    }

    #[test]
    fn links_lead_to_sections_and_files() {
        let to = |to| line(&Line::new().link(to, "a [b]"));
        assert_eq!(to(Target::Section("x")), "[a \\[b\\]](#x)");
        assert_eq!(to(Target::File("merges.csv")), "[a \\[b\\]](merges.csv)");
    }
}
