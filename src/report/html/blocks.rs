//! Blocks and sections.

use super::Names;
use crate::report::{
    charts::{ChartError, Charts, Drawn, InPage},
    page::{Block, Card, Item, Line, Number, Page, Picture, Pinned, Section, Span, Table, Tone},
    text::printable,
};
use maud::{Markup, PreEscaped, html};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

/// Writes the parts of one page.
pub(super) struct Writer<'p> {
    /// The pictures as elements, by their names.
    pictures: BTreeMap<&'p str, Element>,
    /// How often each was put into the page.
    used: RefCell<BTreeMap<String, usize>>,
    /// How many tables were.
    tables: Cell<usize>,
    /// What the page's links can lead to.
    pub(super) ids: BTreeSet<&'p str>,
    names: Names,
    /// Whether the files beside the page are where it is read.
    pub(super) leads_out: bool,
}

impl<'p> Writer<'p> {
    /// Draws the pictures of these parts of a page, of which links can lead to all sections.
    pub(super) fn new(
        page: &'p Page,
        shown: impl Iterator<Item = &'p Block>,
        charts: &'p Charts,
        names: Names,
    ) -> Result<Writer<'p>, ChartError> {
        let named: BTreeSet<&str> = shown.flat_map(pictures).collect();
        let all = charts.drawn.iter().chain(&charts.of_page);
        let shown = all.filter(|chart| named.contains(chart.id));
        Ok(Writer {
            pictures: shown
                .map(|chart| drawn(chart, charts.is_short))
                .collect::<Result<_, _>>()?,
            used: RefCell::default(),
            tables: Cell::default(),
            ids: page.sections.iter().flat_map(ids).collect(),
            names,
            leads_out: true,
        })
    }

    /// A section with its heading at this level, 1 being the page's own.
    pub(super) fn section(&self, section: &Section, level: usize) -> Markup {
        html! {
            section class=[(level == 2).then_some("block")] id=[section.id] {
                (self.heading(section, level))
                (self.blocks(&section.blocks, level))
            }
        }
    }

    /// A section for whoever opens it.
    pub(super) fn folded(&self, section: &Section) -> Markup {
        html! {
            details id=[section.id] {
                summary { h3 { (self.line(&section.title)) } }
                div.inside { (self.blocks(&section.blocks, 3)) }
            }
        }
    }

    fn heading(&self, section: &Section, level: usize) -> Markup {
        let title = self.line(&section.title);
        html! {
            @match level {
                ..=2 => h2 { (title) },
                3 => h3 { (title) },
                4 => h4 { (title) },
                _ => h5 { (title) },
            }
        }
    }

    fn blocks(&self, blocks: &[Block], level: usize) -> Markup {
        html! { @for block in blocks { (self.block(block, level)) } }
    }

    /// A block inside a section of this level.
    pub(super) fn block(&self, block: &Block, level: usize) -> Markup {
        match block {
            Block::Paragraph(said) => html! { p { (self.line(said)) } },
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table),
            Block::Fold {
                summary, inside, ..
            } => self.fold(summary, inside, level),
            Block::Picture(picture) => self.picture(picture),
            Block::Card(card) => self.card(card),
            Block::Figure {
                picture,
                places,
                beside,
            } => self.figure(picture, places, beside),
            Block::Numbers(all) => numbers(all),
            Block::Choice { name, views } => self.choice(name, views, level),
            Block::Named { shown, withheld } => match self.names {
                Names::Shown => self.blocks(shown, level),
                Names::Withheld => self.blocks(withheld, level),
            },
            Block::Beside(parts) => self.beside(parts, level),
            Block::Part(part) => self.section(part, level + 1),
        }
    }

    fn list(&self, items: &[Item]) -> Markup {
        html! {
            ul {
                @for item in items {
                    li {
                        (self.line(&item.line))
                        @if !item.inside.is_empty() { (self.list(&item.inside)) }
                    }
                }
            }
        }
    }

    /// The number of the next table: a screen reader tells places apart by their names alone.
    fn next_table(&self) -> usize {
        self.tables.set(self.tables.get() + 1);
        self.tables.get()
    }

    /// A table that scrolls by itself where the screen is narrower.
    fn table(&self, table: &Table) -> Markup {
        let first = table.head.iter().find(|name| !name.is_empty());
        let label = format!(
            "Table {}: {}",
            self.next_table(),
            first.unwrap_or(&"numbers")
        );
        let looks: Vec<Option<&str>> = (0..table.head.len()).map(|i| look_of(table, i)).collect();
        // What holds for the whole table is said once.
        let of_all = look_of_all(&looks);
        let each: &[Option<&str>] = if of_all.is_some() { &[] } else { &looks };
        html! {
            div.scroll role="region" tabindex="0" aria-label=(label) {
                table class=[of_all] {
                    @if table.head.iter().any(|name| !name.is_empty()) {
                        thead { tr { @for (i, name) in table.head.iter().enumerate() { (head(name, each.get(i).copied().flatten())) } } }
                    }
                    tbody { @for row in &table.rows { (self.row(row, each)) } }
                }
            }
        }
    }

    fn row(&self, cells: &[Line], looks: &[Option<&str>]) -> Markup {
        html! {
            tr {
                @for (i, cell) in cells.iter().enumerate() {
                    @if i == 0 {
                        th scope="row" class=[(!looks.is_empty() && is_short(cell)).then_some("nw")] { (self.line(cell)) }
                    } @else {
                        td class=[looks.get(i).copied().flatten()] { (self.line(cell)) }
                    }
                }
            }
        }
    }

    fn fold(&self, summary: &str, inside: &[Block], level: usize) -> Markup {
        html! {
            details {
                summary { (printable(summary)) }
                div.inside { (self.blocks(inside, level)) }
            }
        }
    }

    /// A picture, drawn anew for narrow screens where it has to be, and the numbers behind it.
    fn picture(&self, picture: &Picture) -> Markup {
        let numbers = picture.numbers.as_ref();
        let drawn = self.pictures.get(picture.id);
        let is_small = drawn.is_some_and(|drawn| drawn.is_small);
        html! {
            figure class=[is_small.then_some("small")] {
                @if let Some(drawn) = self.pictures.get(picture.id).filter(|d| !d.caption.is_empty()) {
                    figcaption { (caption(drawn)) }
                }
                (self.drawn(picture.id))
                @if let Some(numbers) = numbers.filter(|table| !table.rows.is_empty()) {
                    details.numbers {
                        summary { "The numbers behind it" }
                        (self.table(numbers))
                        @if self.ids.contains("days") { p { a href="#days" { "Day by day" } } }
                    }
                }
            }
        }
    }

    fn drawn(&self, id: &str) -> Markup {
        html! {
            @match self.pictures.get(id) {
                Some(Element { wide, narrow: Some(narrow), .. }) => {
                    @let times = self.times(id);
                    div.wide { (renamed(id, wide, times)) }
                    div.narrow { (renamed(id, narrow, times)) }
                }
                Some(Element { wide, .. }) => (renamed(id, wide, self.times(id))),
                None => {},
            }
        }
    }

    /// How often a picture was put into the page, this time included.
    fn times(&self, id: &str) -> usize {
        let mut used = self.used.borrow_mut();
        let times = used.entry(id.to_string()).or_insert(0);
        *times += 1;
        *times
    }

    fn card(&self, card: &Card) -> Markup {
        html! {
            section class={ "card now " (tone(card.tone)) } aria-labelledby="verdict" {
                p.tag { (flag(card.tone)) (printable(&card.label)) }
                h2 #verdict { (self.line(&card.title)) }
                @if !card.facts.is_empty() {
                    ul.facts { @for fact in &card.facts { li { (self.line(fact)) } } }
                }
                @if let Some(instruction) = &card.instruction {
                    p.do { (self.line(instruction)) }
                }
                @if !card.others.is_empty() {
                    ul.others { @for other in &card.others { li { (self.line(other)) } } }
                }
                @if !card.links.is_empty() {
                    p.links { @for link in &card.links { (self.line(link)) " " } }
                }
            }
        }
    }

    fn figure(&self, picture: &Picture, places: &[Pinned], beside: &[Line]) -> Markup {
        html! {
            section.card.fig aria-label="Where it hurts" {
                (self.drawn(picture.id))
                @if !places.is_empty() {
                    ol {
                        @for place in places {
                            li class=[place.is_asked.then_some("hot")] { (self.line(&place.line)) }
                        }
                    }
                }
                @for said in beside { p { (self.line(said)) } }
            }
        }
    }

    /// Views of which one is seen: radio buttons that the style listens to.
    fn choice(&self, name: &str, views: &[(&'static str, Vec<Block>)], level: usize) -> Markup {
        html! {
            div.choice {
                fieldset.pick {
                    legend.vh { "What is shown" }
                    @for (i, (label, _)) in views.iter().enumerate() {
                        input type="radio" name=(name) id={ (name) "-" (i) } checked[i == 0];
                        label for={ (name) "-" (i) } { (label) }
                    }
                }
                @for (_, inside) in views { div.view { (self.blocks(inside, level)) } }
            }
        }
    }

    fn beside(&self, parts: &[Section], level: usize) -> Markup {
        html! {
            div.beside {
                @for part in parts {
                    section.card id=[part.id] {
                        (self.heading(part, level + 1))
                        (self.blocks(&part.blocks, level + 1))
                    }
                }
            }
        }
    }
}

/// What an id in a picture ends with.
const ENDS: [&str; 3] = ["title", "desc", "line"];

/// The element, whose ids are others each further time it is put into the page.
fn renamed(id: &str, drawn: &str, times: usize) -> Markup {
    if times == 1 {
        return PreEscaped(drawn.to_string());
    }
    let mut text = drawn.to_string();
    for of in [id.to_string(), format!("{id}-narrow")] {
        for end in ENDS {
            text = text.replace(&format!("{of}-{end}"), &format!("{of}-{times}-{end}"));
        }
    }
    PreEscaped(text)
}

/// The narrow picture without its words where the wide one beside it says the same: it is called by those.
fn sharing_words(id: &str, wide: &str, narrow: String) -> String {
    let own = format!("{id}-narrow");
    let words = |drawn: &str, id: &str| -> Option<(usize, usize, String)> {
        let (from, to) = (
            drawn.find("<title")?,
            drawn.find("</desc>")? + "</desc>".len(),
        );
        Some((from, to, drawn.get(from..to)?.replace(id, "")))
    };
    match (words(wide, id), words(&narrow, &own)) {
        (Some((_, _, said)), Some((from, to, same))) if said == same => {
            let head = narrow[..from].replace(&own, id);
            format!("{head}{}", &narrow[to..])
        }
        _ => narrow,
    }
}

/// A chart as an element.
struct Element {
    wide: String,
    /// Another for narrow screens. None where the wide one can be read there.
    narrow: Option<String>,
    /// Whether it is no wider than a phone anywhere.
    is_small: bool,
    /// What its marks mean.
    caption: String,
    /// The same of the one for narrow screens. None where it is the same.
    narrow_caption: Option<String>,
}

/// What the marks of a picture mean, of each of two where they differ: the narrow one may be of weeks where the wide one is of months.
fn caption(drawn: &Element) -> Markup {
    html! {
        @match &drawn.narrow_caption {
            Some(narrow) => {
                span.wide { (printable(&drawn.caption)) }
                span.narrow { (printable(narrow)) }
            }
            None => (printable(&drawn.caption)),
        }
    }
}

/// Charts that say all they have to say on a phone, whatever the history: drawn once, no wider than there.
const SMALL: [&str; 3] = ["cadence-speed", "lags", "shoes"];
/// Charts that do so where the history is short.
const SMALL_WHERE_SHORT: [&str; 6] = [
    "calendar",
    "longest-run",
    "load",
    "cadence",
    "climbing",
    "sleep",
];

fn drawn(chart: &Drawn, is_short: bool) -> Result<(&str, Element), ChartError> {
    let narrow = chart.inline_narrow(&format!("{}-narrow", chart.id))?;
    let is_small = SMALL.contains(&chart.id) || (is_short && SMALL_WHERE_SHORT.contains(&chart.id));
    let element = match narrow {
        Some(narrow) if is_small => Element::small(narrow),
        narrow => Element::wide(chart.id, chart.inline(chart.id)?, narrow),
    };
    Ok((chart.id, element))
}

impl Element {
    /// One that is no wider than a phone anywhere.
    fn small(drawn: InPage) -> Self {
        Element {
            wide: drawn.svg,
            narrow: None,
            is_small: true,
            caption: drawn.caption,
            narrow_caption: None,
        }
    }

    /// One with another beside it for narrow screens, where there is one.
    fn wide(id: &str, wide: InPage, narrow: Option<InPage>) -> Self {
        let (narrow, of_narrow) = narrow.map(|narrow| (narrow.svg, narrow.caption)).unzip();
        let says_other = |said: &String| *said != wide.caption && !said.is_empty();
        Element {
            narrow: narrow.map(|narrow| sharing_words(id, &wide.svg, narrow)),
            is_small: false,
            narrow_caption: of_narrow.filter(says_other),
            wide: wide.svg,
            caption: wide.caption,
        }
    }
}

/// What links can lead to: the section, and those inside it.
fn ids(section: &Section) -> Vec<&'static str> {
    let inside = section.blocks.iter().flat_map(ids_inside);
    section.id.into_iter().chain(inside).collect()
}

fn ids_inside(block: &Block) -> Vec<&'static str> {
    let own = block.sections().iter().filter_map(|part| part.id);
    let deeper = block.inside().into_iter().flat_map(ids_inside);
    own.chain(deeper).collect()
}

/// The names of the pictures inside a block.
fn pictures(block: &Block) -> Vec<&'static str> {
    match block {
        Block::Picture(picture) | Block::Figure { picture, .. } => vec![picture.id],
        _ => block.inside().into_iter().flat_map(pictures).collect(),
    }
}

fn numbers(numbers: &[Number]) -> Markup {
    html! {
        ul.nums aria-label="This week" {
            @for number in numbers { (number_card(number)) }
        }
    }
}

/// One number of the week.
fn number_card(number: &Number) -> Markup {
    html! {
        li.card {
            b { (printable(&number.value)) }
            span { (printable(&number.what)) }
            @if !number.usual.is_empty() { span { (printable(&number.usual)) } }
        }
    }
}

/// The name of a column; one without a name is an empty cell and no heading.
fn head(name: &str, look: Option<&str>) -> Markup {
    html! {
        @if name.is_empty() { td {} } @else { th scope="col" class=[look] { (printable(name)) } }
    }
}

/// The look of a table whose every column but the first holds numbers, or but the first and the last. None of another.
fn look_of_all(looks: &[Option<&'static str>]) -> Option<&'static str> {
    let others = looks.get(1..).unwrap_or_default();
    let are_numbers = |looks: &[Option<&str>]| looks.iter().all(|look| *look == Some("n"));
    match others.split_last()? {
        (Some("n"), before) if are_numbers(before) => Some("num"),
        (None, before) if before.len() > 2 && are_numbers(before) => Some("num words"),
        _ => None,
    }
}

/// Columns of numbers stand right, drawings have room.
fn look_of(table: &Table, column: usize) -> Option<&'static str> {
    let cells = || table.rows.iter().filter_map(|row| row.get(column));
    let is_drawn = |cell: &Line| matches!(cell.0.as_slice(), [Span::Bar(_)]);
    let is_number = |cell: &Line| match cell.0.as_slice() {
        [Span::Text(text) | Span::Strong(text)] => is_number(text),
        other => other.is_empty(),
    };
    if column > 0 && cells().next().is_some() && cells().all(is_number) {
        Some("n")
    } else {
        cells().any(is_drawn).then_some("w")
    }
}

/// Dates and the like are not broken.
fn is_short(cell: &Line) -> bool {
    matches!(cell.0.as_slice(), [Span::Text(text) | Span::Strong(text)] if text.chars().count() <= SHORT)
}

const SHORT: usize = 12;

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text == "–" || (digits > 0 && letters_in(text) <= 3 && text.chars().count() <= 14)
}

/// How many letters the text has.
fn letters_in(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Look => "look",
        Tone::Ease => "ease",
        Tone::Open => "open",
        Tone::Calm => "calm",
    }
}

/// A shape for each tone, so that no colour is needed to tell them apart.
fn flag(tone: Tone) -> Markup {
    let shape = flag_shape(tone);
    html! {
        svg viewBox="0 0 18 18" aria-hidden="true" {
            path d=(shape) fill="none" stroke="currentColor" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round" {}
        }
    }
}

/// The strokes of the flag of a tone.
fn flag_shape(tone: Tone) -> &'static str {
    match tone {
        Tone::Look => "M4 17V2l10 3.6L4 9.4",
        Tone::Ease => "M9 2l7.5 13.5h-15zM9 7v4M9 13v.5",
        Tone::Open => {
            "M9 1.5a7.5 7.5 0 100 15a7.5 7.5 0 000-15M6.8 7a2.2 2.2 0 113 2c-.6.3-.8.8-.8 1.4M9 12.6v.4"
        }
        Tone::Calm => "M9 1.5a7.5 7.5 0 100 15a7.5 7.5 0 000-15M5.5 9.2l2.4 2.4 4.6-5",
    }
}
