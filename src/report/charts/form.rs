//! The two forms of a picture: for a page or a file, and for a phone.

use super::{
    Numbers, Page, Picture, Result,
    axis::{Panel, Span},
    style::{self, Text},
};
use crate::{analysis::Analysis, time::plus_days};

/// Weeks that a narrow picture of weeks reaches back: as many bars as it has room for.
const NARROW_WEEKS: i64 = 53;

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A file, or a page on a screen as wide as a desk's.
    Wide,
    /// A phone.
    Narrow,
}

/// Whether a narrow picture of weeks shows all of them.
pub(super) fn has_room(analysis: &Analysis) -> bool {
    Span::of(analysis).is_none_or(|span| span.days() <= 7 * NARROW_WEEKS)
}

impl Form {
    /// Width of the picture, logical pixels.
    pub(super) fn width_px(self) -> f64 {
        match self {
            Form::Wide => style::WIDTH_PX,
            Form::Narrow => style::NARROW_PX,
        }
    }

    /// Left edge of the plot, where numbers stand left of it.
    pub(super) fn left_px(self) -> f64 {
        match self {
            Form::Wide => style::PLOT_LEFT_PX,
            Form::Narrow => 40.0,
        }
    }

    /// From the edge of the picture to the names beside a plot.
    pub(super) fn margin_px(self) -> f64 {
        match self {
            Form::Wide => style::MARGIN_PX,
            Form::Narrow => style::NARROW_MARGIN_PX,
        }
    }

    /// Right edge of the plot.
    pub(super) fn right_px(self) -> f64 {
        match self {
            Form::Wide => style::PLOT_RIGHT_PX,
            Form::Narrow => style::NARROW_PX - 8.0,
        }
    }

    /// The plot between its edges.
    pub(super) fn panel(self, panel: Panel) -> Panel {
        panel.between(self.left_px(), self.right_px())
    }

    /// Whether it is for a phone.
    pub(super) fn is_narrow(self) -> bool {
        self == Form::Narrow
    }

    /// The weeks to show: all, or the last year where there is room for no more. None without a calendar.
    pub(super) fn span(self, analysis: &Analysis) -> Option<Span> {
        Span::of(analysis).map(|span| self.cut(span))
    }

    /// The end of a span that there is room for.
    pub(super) fn cut(self, span: Span) -> Span {
        match self {
            Form::Wide => span,
            Form::Narrow => Span {
                from: span.from.max(plus_days(span.to, -7 * NARROW_WEEKS)),
                ..span
            },
        }
    }

    /// Says over a narrow plot that it shows the end of a longer history.
    pub(super) fn say_cut(self, page: &Page, span: Span) -> Result {
        match self.is_narrow() && span.days() >= 7 * NARROW_WEEKS {
            true => page.text(
                "the last year",
                (self.right_px(), 11.0),
                Text::VALUE.right(),
            ),
            false => Ok(()),
        }
    }

    /// How tall the head of a picture is, logical pixels. A narrow one leaves its words to the page.
    pub(super) fn head_px(self) -> f64 {
        match self {
            Form::Wide => style::PLOT_TOP_PX + style::LINE_PX,
            Form::Narrow => style::NARROW_TOP_PX,
        }
    }
}

/// A picture with the one for a narrow screen.
#[derive(Debug)]
pub(super) struct Both<P> {
    /// For a file and a wide page.
    pub wide: P,
    /// For a phone. None where it has nothing to draw.
    pub narrow: Option<P>,
}

impl<P: Picture + 'static> Both<P> {
    /// Both forms of what a chart makes. None where the wide one has nothing to draw.
    pub(super) fn of(picture: impl Fn(Form) -> Option<P>) -> Option<Box<dyn Picture>>
    where
        P: Clone,
    {
        Some(Box::new(Both {
            wide: picture(Form::Wide)?,
            narrow: picture(Form::Narrow),
        }))
    }
}

impl<P: Picture + Clone + 'static> Picture for Both<P> {
    fn title(&self) -> String {
        self.wide.title()
    }

    fn alt(&self) -> String {
        self.wide.alt()
    }

    fn width_px(&self) -> f64 {
        self.wide.width_px()
    }

    fn height_px(&self) -> f64 {
        self.wide.height_px()
    }

    fn draw(&self, page: &Page) -> Result {
        self.wide.draw(page)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(self.narrow.clone()?))
    }

    fn numbers(&self) -> Option<Numbers> {
        self.wide.numbers()
    }
}
