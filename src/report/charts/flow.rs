//! The flow diagram of a study: from everybody to those who count, and beside the way who was left out and why (CONSORT 2010, BMJ 340:c332).

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    page::Page,
    style::{self, Text},
};
use crate::{
    epidemiology::{Flow, FlowBox},
    units::counted,
    words::list,
};

/// Heights of a box of the way, of the way between two, and of a line of the box beside it.
const BOX_PX: f64 = 46.0;
const BETWEEN_PX: f64 = 30.0;
const REASON_PX: f64 = 19.0;
/// Room above and below the lines of the box beside the way.
const INSIDE_PX: f64 = 12.0;
/// Half the width of the head of an arrow, and its length.
const HEAD_PX: f64 = 4.5;
/// Right edge of the boxes of the way, and left edge of the one beside it, as shares of the width.
const WAY: f64 = 0.46;
const BESIDE: f64 = 0.53;

/// The chart.
pub(super) const CHART: ChartKind<Flow> = ChartKind {
    id: "flow",
    subject: "Who took part",
    without_data: "nobody is there",
    picture: |flow| (flow.assessed > 0).then(|| Box::new(Data::wide(flow)) as Box<dyn Picture>),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    flow: Flow,
    width_px: f64,
}

impl Data {
    fn wide(flow: &Flow) -> Data {
        Data {
            flow: flow.clone(),
            width_px: style::WIDTH_PX,
        }
    }

    fn is_narrow(&self) -> bool {
        self.width_px <= style::NARROW_PX
    }

    fn left_out(&self) -> usize {
        self.flow.assessed - self.flow.watched
    }

    /// The lines of the box beside the way; none where nobody was left out.
    fn reasons(&self) -> Vec<String> {
        let all = (self.left_out() > 0).then(|| format!("{} left out", self.left_out()));
        let each = self.flow.left_out.iter().map(reason);
        all.into_iter().chain(each).collect()
    }

    /// How tall the box beside the way is.
    fn beside_px(&self) -> f64 {
        match self.reasons().len() {
            0 => 0.0,
            lines => 2.0 * INSIDE_PX + REASON_PX * lines as f64,
        }
    }

    /// How long the way from the first box to the second is: as long as the box beside it needs.
    fn first_way_px(&self) -> f64 {
        match self.beside_px() {
            0.0 => BETWEEN_PX,
            beside => beside + BETWEEN_PX,
        }
    }

    /// Left and right edge of the boxes of the way, and of the box beside it.
    fn edges(&self) -> [(f64, f64); 2] {
        let margin = if self.is_narrow() {
            style::NARROW_MARGIN_PX
        } else {
            style::MARGIN_PX
        };
        let right = self.width_px - margin;
        match self.is_narrow() {
            true => [(margin, right), (margin + 40.0, right)],
            false => [
                (margin, self.width_px * WAY),
                (self.width_px * BESIDE, right),
            ],
        }
    }

    fn draw_box(&self, page: &Page, top: f64, text: &str) -> Result {
        let [(left, right), _] = self.edges();
        page.outline((left, top), (right, top + BOX_PX), style::AXIS, 1.5)?;
        let middle = ((left + right) / 2.0, top + BOX_PX / 2.0);
        page.text(text, middle, Text::NAME.bold().centered())
    }

    /// Where the way goes down: beside the box beside it on a narrow screen.
    fn way_x(&self) -> f64 {
        let [(left, right), _] = self.edges();
        if self.is_narrow() {
            left + 20.0
        } else {
            (left + right) / 2.0
        }
    }

    fn draw_beside(&self, page: &Page, top: f64) -> Result {
        let [_, (left, right)] = self.edges();
        let bottom = top + self.beside_px();
        page.rect((left, top), (right, bottom), style::SHADE)?;
        page.outline((left, top), (right, bottom), style::AXIS, 1.0)?;
        for (at, line) in self.reasons().iter().enumerate() {
            let look = if at == 0 {
                Text::NAME.bold()
            } else {
                Text::NAME
            };
            let y = top + INSIDE_PX + REASON_PX * (at as f64 + 0.5);
            page.text(line, (left + INSIDE_PX, y), look)?;
        }
        let middle = (top + bottom) / 2.0;
        arrow(page, (self.way_x(), middle), (left, middle))
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let Flow {
            assessed, watched, ..
        } = self.flow;
        format!("Who took part: {watched} of {assessed}")
    }

    fn alt(&self) -> String {
        let Flow {
            watched, tested, ..
        } = self.flow;
        let assessed = counted(self.flow.assessed, "runner", "runners");
        let why: Vec<String> = self.flow.left_out.iter().map(reason).collect();
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(" ({})", list(&why))
        };
        let left_out = match self.left_out() {
            0 => "nobody was".to_string(),
            some => counted(some, "was", "were"),
        };
        format!(
            "Of {assessed} {left_out} left out{why}. {watched} are counted in the study, {tested} take part in a test of load and pain."
        )
    }

    fn width_px(&self) -> f64 {
        self.width_px
    }

    fn height_px(&self) -> f64 {
        let top = if self.is_narrow() {
            style::NARROW_TOP_PX
        } else {
            style::PLOT_TOP_PX
        };
        top + 3.0 * BOX_PX + self.first_way_px() + BETWEEN_PX + style::MARGIN_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let first = page.heading(
            &self.title(),
            "Everybody whom the folder or a table speaks of, and who was left out on the way.",
        )?;
        let [assessed, watched, tested] = self.boxes();
        let second = first + BOX_PX + self.first_way_px();
        let third = second + BOX_PX + BETWEEN_PX;
        let x = self.way_x();
        self.draw_box(page, first, &assessed)?;
        arrow(page, (x, first + BOX_PX), (x, second))?;
        if self.beside_px() > 0.0 {
            self.draw_beside(page, first + BOX_PX + BETWEEN_PX / 2.0)?;
        }
        self.draw_box(page, second, &watched)?;
        arrow(page, (x, second + BOX_PX), (x, third))?;
        self.draw_box(page, third, &tested)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(Data {
            width_px: style::NARROW_PX,
            ..self.clone()
        }))
    }

    fn numbers(&self) -> Option<Numbers> {
        None
    }
}

impl Data {
    /// What stands in the boxes of the way.
    fn boxes(&self) -> [String; 3] {
        let Flow {
            assessed,
            watched,
            tested,
            ..
        } = self.flow;
        [
            counted(assessed, "runner", "runners"),
            format!("{watched} counted in the study"),
            format!("{tested} in a test of load and pain"),
        ]
    }
}

/// `3 no pain log`.
fn reason(one: &FlowBox) -> String {
    format!("{} {}", one.runners, one.why.title())
}

/// From one point to another straight below it or to the right of it.
fn arrow(page: &Page, from: Px, to: Px) -> Result {
    page.line(&[from, to], style::QUIET, 1.5)?;
    let is_down = to.1 > from.1;
    let corners = match is_down {
        true => [
            (to.0 - HEAD_PX, to.1 - 2.0 * HEAD_PX),
            (to.0 + HEAD_PX, to.1 - 2.0 * HEAD_PX),
        ],
        false => [
            (to.0 - 2.0 * HEAD_PX, to.1 - HEAD_PX),
            (to.0 - 2.0 * HEAD_PX, to.1 + HEAD_PX),
        ],
    };
    page.polygon(&[to, corners[0], corners[1]], style::QUIET)
}

#[cfg(test)]
mod tests {
    use crate::{
        epidemiology::{Flow, Out, Why},
        report::charts::{
            of_flow,
            svg::tests::{checked, texts},
        },
    };

    #[test]
    fn everybody_stands_in_the_picture() {
        let out = |why| Out::new("x", why, "");
        let flow = Flow::of(
            &[out(Why::NoLog), out(Why::NoLog), out(Why::NoConsent)],
            9,
            7,
        );
        let charts = of_flow(&flow);
        let chart = &charts.drawn[0];
        assert_eq!(chart.title, "Who took part: 9 of 12");
        assert_eq!(
            chart.alt,
            "Of 12 runners 3 were left out (1 no consent and 2 no pain log). 9 are counted in the study, 7 take part in a test of load and \
             pain."
        );
        let svg = checked(chart);
        let said: Vec<String> = texts(&svg).into_iter().map(|(_, text)| text).collect();
        for line in [
            "12 runners",
            "3 left out",
            "1 no consent",
            "2 no pain log",
            "9 counted in the study",
            "7 in a test of load and pain",
        ] {
            assert!(said.iter().any(|text| text == line), "{line}: {said:?}");
        }
        assert!(of_flow(&Flow::default()).drawn.is_empty());
    }
}
