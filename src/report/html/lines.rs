//! Lines of spans.

use super::blocks::Writer;
use crate::report::{
    markdown::RULES,
    page::{Line, Span, Target},
    text::printable,
};
use maud::{Markup, html};

impl Writer<'_> {
    /// Spans one after another.
    pub(super) fn line(&self, line: &Line) -> Markup {
        html! { @for span in &line.0 { (self.span(span)) } }
    }

    fn span(&self, span: &Span) -> Markup {
        html! {
            @match span {
                Span::Text(text) => (printable(text)),
                Span::Strong(text) => b { (printable(text)) },
                Span::Emphasis(text) => em { (printable(text)) },
                Span::Code(text) => code { (printable(text)) },
                Span::Bar(percent) => span.hb style={ "--v:" (percent) "%" } {},
                Span::Change { percent, stands_out } => (change(*percent, *stands_out)),
                Span::Link { to, text } => (self.link(to, text)),
            }
        }
    }

    /// A way to what the page holds; what it does not hold is said without one.
    fn link(&self, to: &Target, text: &str) -> Markup {
        let address = match to {
            Target::Section(id) => self.ids.contains(id).then(|| format!("#{id}")),
            Target::Rule(id) if self.ids.contains(id) => Some(format!("#{id}")),
            Target::Rule(id) => self.leads_out.then(|| format!("{RULES}#{id}")),
            Target::File(name) => self.leads_out.then(|| name.to_string()),
        };
        html! {
            @match address {
                Some(address) => a href=(address) { (printable(text)) },
                None => (printable(text)),
            }
        }
    }

    /// A line without its looks.
    pub(super) fn text(&self, line: &Line) -> String {
        let words = |span: &Span| match span {
            Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) | Span::Code(text) => {
                text.clone()
            }
            Span::Link { text, .. } => text.clone(),
            Span::Bar(_) | Span::Change { .. } => String::new(),
        };
        line.0.iter().map(words).collect()
    }
}

/// A dot as far from the middle as the change is large, to the left for less and to the right for more; in colour where it stands
/// out.
fn change(percent: i8, stands_out: bool) -> Markup {
    // The drawing is 90 wide with its middle at 45; half as much and half as much again are at its ends.
    let x = 45 + i32::from(percent).clamp(-50, 50) * 40 / 50;
    let look = match (stands_out, percent > 0) {
        (false, _) => "eq",
        (true, false) => "dn",
        (true, true) => "up",
    };
    html! {
        svg class={ "ch " (look) } viewBox="0 0 90 14" aria-hidden="true" {
            path d={ "M45 7H" (x) } {}
            circle cx=(x) cy="7" r="4" {}
        }
    }
}
