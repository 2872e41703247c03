//! Both pages say the same, and nothing that a user wrote is markup.

use super::*;
use crate::{
    analysis::Analysis,
    pain::{Beside, PainLog, Side, Site},
    report::{
        charts::{self, fixtures},
        markdown, page,
        page::{Card, Item, Line, Number, Picture, Pinned, Span, Table, Tone},
        text::is_invisible,
    },
    rules::{Finding, Severity, fixture::finding},
};
use quick_xml::{Reader, events::Event};
use std::collections::BTreeSet;

/// The words of a page, one space between them. Panics where an element is not closed, or is one that a page must not have.
fn words(html: &str) -> String {
    let style = html.find("</style>").expect("a style");
    let body = &html[style + "</style></head>".len()..];
    let body = body.strip_suffix("</html>").expect("an end");
    // An attribute without a value and an element without an end are HTML and no XML.
    let inputs = body.replace(" checked>", ">");
    let mut parts = inputs.split("<input");
    let first = parts.next().unwrap_or_default().to_string();
    let body = parts.fold(first, |body, part| {
        body + "<input" + &part.replacen('>', "/>", 1)
    });
    let (mut reader, mut open, mut words) = (Reader::from_str(&body), Vec::new(), String::new());
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_string();
                assert!(
                    !["script", "iframe", "object", "img"].contains(&name.as_str()),
                    "{name}"
                );
                for attribute in tag.html_attributes().flatten() {
                    let key = attribute.key.as_ref().to_string();
                    assert!(!key.starts_with("on"), "{key}");
                }
                open.push(name);
            }
            Event::End(_) => {
                let is_inside = |name: String| ["a", "b", "code", "em"].contains(&name.as_str());
                if !open.pop().is_some_and(is_inside) {
                    words.push(' ');
                }
            }
            Event::Text(text) => words += &text,
            Event::GeneralRef(name) => {
                words += &quick_xml::escape::unescape(&format!("&{};", &*name)).expect("an entity");
            }
            Event::Eof => break,
            Event::Empty(_) => {}
            other => panic!("{other:?}"),
        }
    }
    spaced(&words)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every line that a page says, as plain words.
fn lines(page: &Page) -> Vec<String> {
    let mut said = vec![plain(&page.title), plain(&page.about)];
    let mut blocks: Vec<&Block> = page.opening.iter().collect();
    for section in page
        .sections
        .iter()
        .filter(|part| !matches!(part.look, Look::Deep(_) | Look::Sheet))
    {
        said.push(plain(&section.title));
        blocks.extend(&section.blocks);
    }
    blocks.iter().for_each(|block| add(block, &mut said));
    said.extend(page.closing.iter().map(plain));
    said.retain(|line| !line.is_empty());
    said
}

fn add(block: &Block, said: &mut Vec<String>) {
    match block {
        Block::Paragraph(line) => said.push(plain(line)),
        Block::List(items) => items.iter().for_each(|item| add_item(item, said)),
        Block::Table(table) => said.extend(table.rows.iter().flatten().map(plain)),
        Block::Fold { inside, .. } => inside.iter().for_each(|block| add(block, said)),
        Block::Card(card) => {
            said.extend([card.label.clone(), plain(&card.title)]);
            let lines = card
                .facts
                .iter()
                .chain(&card.instruction)
                .chain(&card.others);
            said.extend(lines.map(plain));
        }
        Block::Figure { places, beside, .. } => {
            said.extend(places.iter().map(|place| plain(&place.line)));
            said.extend(beside.iter().map(plain));
        }
        Block::Numbers(numbers) => said.extend(numbers.iter().flat_map(|number| {
            [
                number.value.clone(),
                number.what.clone(),
                number.usual.clone(),
            ]
        })),
        Block::Beside(parts) => parts.iter().for_each(|part| {
            said.push(plain(&part.title));
            part.blocks.iter().for_each(|block| add(block, said));
        }),
        Block::Part(part) => {
            said.push(plain(&part.title));
            part.blocks.iter().for_each(|block| add(block, said));
        }
        Block::Choice { .. } | Block::Picture(_) | Block::Named { .. } => {}
    }
}

fn add_item(item: &Item, said: &mut Vec<String>) {
    said.push(plain(&item.line));
    item.inside.iter().for_each(|item| add_item(item, said));
}

fn plain(line: &Line) -> String {
    let words = line.0.iter().map(|span| match span {
        Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) | Span::Code(text) => text,
        Span::Link { text, .. } => text,
        Span::Bar(_) | Span::Change { .. } => "",
    });
    words.collect()
}

/// A runner with findings of all kinds, and a log with words of all kinds.
fn runner(note: &str) -> Analysis {
    let mut analysis = fixtures::regular(40);
    analysis.tally.used = analysis.history.runs.len();
    let day = analysis.history.as_of;
    let entries = (0..30).map(|ago| {
        let mut entry = fixtures::pain(
            crate::time::plus_days(day, -ago),
            Site::Shin,
            Some(Side::Right),
            f64::from(6 - ago as i32 / 5),
        );
        entry.beside = Beside {
            notes: Some(note.into()),
            ..Beside::default()
        }
        .kept();
        entry
    });
    let entries: Vec<_> = entries.collect();
    analysis.pain = PainLog {
        place: Some("pain.csv".to_string()),
        entries: entries.into_iter().rev().collect(),
        ..PainLog::default()
    };
    let said = |rule, severity, site: Option<Site>, ago: i64| {
        let day = crate::time::plus_days(day, -ago);
        Finding {
            severity,
            site,
            side: site.map(|_| Side::Right),
            message: format!("Fact of {rule}: {note} 12.5 km."),
            instruction: format!("Do {rule} today."),
            ..finding(rule, day, day)
        }
    };
    analysis.findings = vec![
        said(
            "red-flag-bone-spot",
            Severity::SeeSomeone,
            Some(Site::Shin),
            0,
        ),
        said("pain-rising", Severity::Watch, Some(Site::Shin), 3),
        said("sleep-short", Severity::Watch, None, 1),
        said("single-run-spike", Severity::Watch, None, 100),
    ];
    analysis
}

const HOSTILE: &str = "<script>alert(1)</script></style><img src=x onerror=y> **b** [l](x) | `c` =1+1 \u{202E}&amp; \"q' ]]>";

#[test]
fn both_pages_say_the_same() {
    for note in ["hurts on stairs", HOSTILE] {
        let analysis = runner(note);
        let charts = charts::of(&analysis);
        let page = page::report(&analysis, &charts, None);
        let html = words(&write(&page, &charts, Names::Withheld).unwrap());
        let text = markdown::write(&page);
        let said = lines(&page);
        assert!(said.len() > 40, "{said:?}");
        for line in said {
            let shown: String = line
                .chars()
                .filter(|letter| !is_invisible(*letter))
                .collect();
            assert!(html.contains(&spaced(&shown)), "not in the HTML: {line}");
            let has = text.contains(markdown::escaped(&line).trim());
            // Links and looks stand between words.
            let all_words = || {
                let mut words = line.split(|letter: char| !letter.is_alphanumeric());
                words.all(|word| text.contains(word))
            };
            assert!(has || all_words(), "not in the Markdown: {line}");
        }
    }
}

#[test]
fn nothing_a_user_wrote_is_markup() {
    let line = || {
        Line::new()
            .text(HOSTILE)
            .strong(HOSTILE)
            .emphasis(HOSTILE)
            .code(HOSTILE)
    };
    let table = || Table {
        head: vec!["a", ""],
        rows: vec![vec![line(), line().bar(0.5).change(-0.3, true)]],
    };
    let blocks = vec![
        Block::Paragraph(line()),
        Block::List(vec![Item::with(line(), vec![line().into()])]),
        Block::Table(table()),
        Block::fold(HOSTILE, vec![Block::Paragraph(line())]),
        Block::Card(Card {
            tone: Tone::Look,
            label: HOSTILE.to_string(),
            title: line(),
            facts: vec![line()],
            instruction: Some(line()),
            others: vec![line()],
            links: vec![line()],
        }),
        Block::Figure {
            picture: Picture::default(),
            places: vec![Pinned {
                is_asked: true,
                line: line(),
            }],
            beside: vec![line()],
        },
        Block::Numbers(vec![Number {
            value: HOSTILE.to_string(),
            what: HOSTILE.to_string(),
            usual: HOSTILE.to_string(),
        }]),
        Block::Choice {
            name: "choice",
            views: vec![("one", vec![Block::Paragraph(line())])],
        },
        Block::Beside(vec![Section::untargeted(
            line(),
            vec![Block::Paragraph(line())],
        )]),
    ];
    let page = Page {
        title: line(),
        about: line(),
        opening: blocks.clone(),
        sections: [Look::Open, Look::Fold, Look::Deep("rules.md"), Look::Sheet]
            .map(|look| Section::untargeted(line(), blocks.clone()).looking(look))
            .into(),
        closing: vec![line()],
    };
    let html = write(&page, &charts::Charts::default(), Names::Shown).unwrap();
    let found = words(&html);
    assert!(found.contains("<script>alert(1)</script></style><img src=x onerror=y> **b**"));
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains('\u{202E}'));
    assert_eq!(html.matches("</style>").count(), 1);
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_there_once() {
    let analysis = runner("hurts on stairs");
    let charts = charts::of(&analysis);
    let page = page::report(&analysis, &charts, None);
    let html = write(&page, &charts, Names::Withheld).unwrap();
    let all = |what: &str| -> Vec<String> {
        let parts = html.split(what).skip(1);
        parts
            .map(|part| part.split('"').next().unwrap_or_default().to_string())
            .collect()
    };
    let ids = all(" id=\"");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for link in all("href=\"#") {
        assert!(unique.contains(&link), "{link} leads nowhere");
    }
}

#[test]
fn names_are_withheld_unless_asked_for() {
    let named = Block::Named {
        shown: vec![Block::paragraph("home.fit")],
        withheld: vec![Block::paragraph("not told")],
    };
    let page = Page {
        title: "T".into(),
        opening: vec![named],
        ..Page::default()
    };
    let html = |names| words(&write(&page, &charts::Charts::default(), names).unwrap());
    assert!(html(Names::Shown).contains("home.fit"));
    let withheld = html(Names::Withheld);
    assert!(withheld.contains("not told") && !withheld.contains("home.fit"));
}
