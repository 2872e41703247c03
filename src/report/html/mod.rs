//! Pages as HTML: one file that loads nothing, runs nothing and can be handed over.
//!
//! Markup is `maud`'s, which escapes every text. What can be chosen (light or dark, a span of time, what is open) is chosen by the
//! page's style alone; what is printed is the sheet.

mod blocks;
mod lines;
#[cfg(test)]
mod tests;

use super::{
    charts::{self, ChartError, Charts},
    page::{Block, Look, Page, Section},
    text::printable,
};
use blocks::Writer;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nothing is loaded, nothing runs: style and pictures are inside the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
const STYLE: &str = include_str!("style.css");
const FONTS: &str = include_str!("fonts.css");

/// What becomes of the runner's own names: of files, outings, people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// They are left out: the page can go to others.
    Withheld,
    /// They are shown.
    Shown,
}

/// A page with its charts.
///
/// # Errors
/// [`ChartError`], which nothing in a runner's data brings about.
pub(super) fn write(page: &Page, charts: &Charts, names: Names) -> Result<String, ChartError> {
    let sections = page.sections.iter().flat_map(|part| &part.blocks);
    let writer = Writer::new(page, page.opening.iter().chain(sections), charts, names)?;
    Ok(document(&writer.text(&page.title), &body(page, &writer)).into_string())
}

/// The sheet of a page alone, seen as it is printed.
///
/// # Errors
/// [`ChartError`], likewise.
pub(super) fn sheet(page: &Page, charts: &Charts, names: Names) -> Result<String, ChartError> {
    let sheets = || page.sections.iter().filter(|part| part.look == Look::Sheet);
    let blocks = sheets().flat_map(|part| &part.blocks);
    let mut writer = Writer::new(page, blocks, charts, names)?;
    // What the sheet does not hold cannot be led to.
    writer.leads_out = false;
    writer.ids = sheets().filter_map(|sheet| sheet.id).collect();
    let body = html! {
        body.alone {
            (PreEscaped(charts::patterns()))
            main.wrap {
                h1.vh { (writer.line(&page.title)) }
                @for sheet in sheets() { (one_sheet(sheet, &writer)) }
            }
        }
    };
    Ok(document(&writer.text(&page.title), &body).into_string())
}

fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { (document_head(title)) }
            (body)
        }
    }
}

/// What stands in the head of the document.
fn document_head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta http-equiv="Content-Security-Policy" content=(POLICY);
        meta name="color-scheme" content="light dark";
        title { (printable(title)) }
        style { (PreEscaped(style())) }
    }
}

/// The fonts, the colours of light and dark, and the style that uses both. Paper is always light: dark is of screens.
fn style() -> String {
    let (light, dark) = (colors(charts::Scheme::Light), colors(charts::Scheme::Dark));
    format!(
        "{FONTS}:root{{color-scheme:light;{light}}}\
         @media screen{{:root:has(#dark:checked){{color-scheme:dark;{dark}}}}}\
         @media screen and (prefers-color-scheme:dark){{:root:not(:has(#light:checked)){{color-scheme:dark;{dark}}}}}{}{STYLE}",
        charts::css_classes()
    )
}

/// The colours of the page, then those of the pictures.
fn colors(scheme: charts::Scheme) -> String {
    let of_page = match scheme {
        charts::Scheme::Light => LIGHT,
        charts::Scheme::Dark => DARK,
    };
    format!("{of_page}{}", charts::css(scheme))
}

const LIGHT: &str = "--bg:#f7f7f5;--card:#fff;--ink:#1c2027;--mut:#59616e;--line:#e1e4e8;--soft:#eef1f4;--link:#00659e;\
                     --hot:#a83f08;--hotbg:#fff5ec;--hotline:#efb98e;--eye:#7a5400;--eyebg:#fff9e8;--eyeline:#e8cf8a;\
                     --ok:#0a6b50;--okbg:#eefaf5;--okline:#a9dcc8;--p:#7a65bb;--down:#00659e;--up:#a83f08;";
const DARK: &str = "--bg:#101317;--card:#181c22;--ink:#eceef1;--mut:#a7b0bc;--line:#2c323b;--soft:#222932;--link:#7fc3f2;\
                    --hot:#ffa76b;--hotbg:#2a1d13;--hotline:#7a4a25;--eye:#f0c75e;--eyebg:#26210f;--eyeline:#6b5a22;\
                    --ok:#63d2a8;--okbg:#12231d;--okline:#2d6a54;--p:#9f8fdc;--down:#7fc3f2;--up:#ffa76b;";

fn body(page: &Page, writer: &Writer) -> Markup {
    let seen = || page.sections.iter().filter(|part| part.look == Look::Open);
    let folded = || {
        let is_folded = |part: &&Section| matches!(part.look, Look::Fold | Look::Deep(_));
        page.sections.iter().filter(is_folded)
    };
    let sheets = page.sections.iter().filter(|part| part.look == Look::Sheet);
    html! {
        body {
            a.skip href="#now" { "Skip to the report" }
            (PreEscaped(charts::patterns()))
            (header(page, writer))
            (navigation(page))
            main.wrap {
                (opening(&page.opening, writer))
                @for section in seen() { (writer.section(section, 2)) }
                @if folded().next().is_some() {
                    section.block #more aria-labelledby="more-title" {
                        h2 #more-title { "Everything else" }
                        @for section in folded() { (writer.folded(section)) }
                    }
                }
                @for sheet in sheets { (one_sheet(sheet, writer)) }
            }
            footer.wrap { @for said in &page.closing { p { (writer.line(said)) } } }
        }
    }
}

fn header(page: &Page, writer: &Writer) -> Markup {
    html! {
        header {
            div.wrap {
                h1 { (writer.line(&page.title)) }
                p.about { (writer.line(&page.about)) }
                fieldset.theme {
                    legend.vh { "Colours" }
                    @for (id, is_first) in [("auto", true), ("light", false), ("dark", false)] {
                        input type="radio" name="theme" id=(id) checked[is_first];
                        label for=(id) { (id) }
                    }
                }
            }
        }
    }
}

fn navigation(page: &Page) -> Markup {
    let main = page
        .sections
        .iter()
        .filter_map(|part| Some((part.id?, part.nav?)));
    let has_more = page
        .sections
        .iter()
        .any(|part| matches!(part.look, Look::Fold | Look::Deep(_)));
    html! {
        nav aria-label="Sections" {
            div.wrap {
                a href="#now" { "Now" }
                @for (id, name) in main { a href={ "#" (id) } { (name) } }
                @if has_more { a href="#more" { "Everything else" } }
            }
        }
    }
}

/// The first screen: the card, where it hurts and the numbers side by side, then what else is said first.
fn opening(blocks: &[Block], writer: &Writer) -> Markup {
    let is_hero = |block: &&Block| {
        matches!(
            block,
            Block::Card(_) | Block::Figure { .. } | Block::Numbers(_)
        )
    };
    let (hero, rest): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(is_hero);
    let has_figure = hero
        .iter()
        .any(|block| matches!(block, Block::Figure { .. }));
    html! {
        div #now .hero.alone[!has_figure] {
            @for block in hero { (writer.block(block, 2)) }
        }
        @if !rest.is_empty() {
            div.first { @for block in rest { (writer.block(block, 2)) } }
        }
    }
}

fn one_sheet(sheet: &Section, writer: &Writer) -> Markup {
    html! {
        section.sheet id=[sheet.id] {
            h2 { (writer.line(&sheet.title)) }
            @for block in &sheet.blocks { (writer.block(block, 2)) }
        }
    }
}
