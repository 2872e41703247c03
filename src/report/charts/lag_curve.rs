//! The lags: pain beside the load of one single day, the same day or up to a week before, a bar each, with what chance does.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    axis::sharp,
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    associate::lag_curve::{LAGS, LagCurve, Tested, lag_curves},
    pain::site_text,
    units::number,
    words::{sentence_case, signed},
};
use plotters::style::{Color, RGBAColor};

/// Curves shown, and on a phone.
const MOST_CURVES: usize = 6;
const MOST_NARROW: usize = 3;

/// Heights of a panel's three lines of text, its plot and the lags under it, logical pixels.
const PANEL_TITLE_PX: f64 = 64.0;
const PLOT_PX: f64 = 150.0;
const UNDER_PANEL_PX: f64 = 40.0;
/// Between two panels side by side.
const BETWEEN_PX: f64 = 34.0;
/// Room under the last panels for what the lags are.
const LAGS_TITLE_PX: f64 = 26.0;
/// Left edge of the plots: what up and down mean stands left of them.
const LEFT_PX: f64 = 100.0;
const NARROW_LEFT_PX: f64 = 78.0;
/// Half the width of a bar, as a share of its slot.
const HALF_BAR: f64 = 0.31;
/// Length of the ends of a bracket.
const BRACKET_PX: f64 = 6.0;

/// The scale reaches at least so far up and down.
const SMALLEST_SCALE: f64 = 0.3;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "lags",
    subject: "Load and pain, day by day",
    without_data: "no pair of load and pain has days enough to be tested",
    picture: |analysis| {
        let curves = curves(analysis);
        Both::of(|form| data(&curves, form))
    },
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    curves: Vec<LagCurve>,
    hidden: usize,
}

/// The curves of what was tested, worked out once for both forms: their bands are what a report's pictures wait for longest.
fn curves(analysis: &Analysis) -> Vec<LagCurve> {
    lag_curves(&analysis.history, &analysis.pain, &analysis.associations)
}

/// Takes as many curves as there is room for. None when nothing was tested.
fn data(curves: &[LagCurve], form: Form) -> Option<Data> {
    let most = match form {
        Form::Wide => MOST_CURVES,
        Form::Narrow => MOST_NARROW,
    };
    let shown = &curves[..curves.len().min(most)];
    (!shown.is_empty()).then_some(Data {
        form,
        curves: shown.to_vec(),
        hidden: curves.len() - shown.len(),
    })
}

/// `Left kneecap and distance`.
fn name(curve: &LagCurve) -> String {
    sentence_case(&format!(
        "{} and {}",
        site_text(curve.site, curve.side),
        curve.load
    ))
}

/// What a curve says: what was tested, its single days and its band.
fn words(curve: &LagCurve) -> String {
    let shown = |rho: &Option<f64>| rho.map_or("unknown".to_string(), |rho| number(rho, 2));
    let lags: Vec<String> = curve.rho.iter().map(shown).collect();
    let tested: Vec<String> = curve.tested.iter().map(tested_text).collect();
    let band = curve.band.iter().flatten().copied().reduce(f64::max);
    format!(
        "{}: {}; single days, 0 to 7 before: rho {}; chance alone keeps all within ±{} in 95 of 100 cases.",
        name(curve),
        tested.join(", "),
        lags.join(", "),
        number(band.unwrap_or(0.0), 2)
    )
}

/// Links of one place: `Left kneecap: more pain after more distance and descent`. A link that stands out is never one of less pain.
fn one_sentence(links: &[Link], first: &Link) -> String {
    let loads: Vec<&str> = links.iter().map(|link| link.load).collect();
    let when = if first.is_same_day {
        "on days with"
    } else {
        "after"
    };
    let place = sentence_case(&first.place);
    format!("{place}: more pain {when} more {}", loads.join(" and "))
}

/// `the day before rho 0.23`.
fn tested_text(tested: &Tested) -> String {
    let days = match (tested.lag, tested.days) {
        (0, _) => "the same day",
        (_, 1) => "the day before",
        _ => "the three days before together",
    };
    format!("{days} rho {}", number(tested.rho, 2))
}

/// What stands out.
#[derive(Debug, Clone, PartialEq)]
struct Link {
    place: String,
    load: &'static str,
    /// Whether the load of the same day alone stands out.
    is_same_day: bool,
}

impl Link {
    /// The link of a curve that stands out.
    fn of(curve: &LagCurve) -> Option<Link> {
        curve.is_flagged().then(|| Link {
            place: site_text(curve.site, curve.side),
            load: curve.load,
            is_same_day: !stands_out(curve, 1, 1) && !stands_out(curve, 1, 3),
        })
    }

    /// Whether one sentence can say both.
    fn is_like(&self, other: &Link) -> bool {
        self.place == other.place && self.is_same_day == other.is_same_day
    }
}

impl Data {
    fn columns(&self) -> usize {
        match self.curves.len() {
            _ if self.form.is_narrow() => 1,
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        }
    }

    fn rows(&self) -> usize {
        self.curves.len().div_ceil(self.columns())
    }

    /// How far the scale reaches up and down.
    fn reach(&self) -> f64 {
        let rho = self
            .curves
            .iter()
            .flat_map(|curve| curve.rho.iter().chain(&curve.band));
        let tested = self.tested().map(|tested| tested.rho);
        let most = rho.flatten().copied().chain(tested);
        let most = most.fold(SMALLEST_SCALE, |most, rho| most.max(rho.abs()));
        (most * 1.12).min(1.0)
    }

    /// All that was tested.
    fn tested(&self) -> impl Iterator<Item = &Tested> {
        self.curves.iter().flat_map(|curve| &curve.tested)
    }

    fn subtitle(&self) -> String {
        let mut text =
            "A bar up: it hurt more after more of that day; inside the grey it can be chance."
                .to_string();
        if self.curves.iter().any(LagCurve::is_flagged) {
            text += " Orange: stands out, no proof of cause.";
        }
        if self.hidden > 0 {
            text += &format!(" Not drawn: {} more.", self.hidden);
        }
        text
    }

    /// So many links in a sentence; there may be more among those that are not drawn.
    fn many_links(&self, count: usize) -> String {
        let at_least = match self.hidden > 0 && count == self.curves.len() {
            true => "at least ",
            false => "",
        };
        format!("Load and pain, day by day: {at_least}{count} links stand out")
    }

    /// Left edge of the first panel.
    fn left_px(&self) -> f64 {
        match self.form {
            Form::Wide => LEFT_PX,
            Form::Narrow => NARROW_LEFT_PX,
        }
    }

    /// The panel of the curve at `index`, under `top`.
    fn panel(&self, index: usize, top: f64) -> Panel {
        let columns = self.columns();
        let between = BETWEEN_PX * (columns as f64 - 1.0);
        let width = (self.form.right_px() - self.left_px() - between) / columns as f64;
        let left = self.left_px() + (index % columns) as f64 * (width + BETWEEN_PX);
        let row_px = PANEL_TITLE_PX + PLOT_PX + UNDER_PANEL_PX;
        Panel {
            left,
            right: left + width,
            top: top + PANEL_TITLE_PX + (index / columns) as f64 * row_px,
            reach: self.reach(),
        }
    }

    /// What the lags are, under the last panel.
    fn draw_lags_title(&self, page: &Page, top: f64) -> Result {
        let bottom = self.panel(self.curves.len() - 1, top).bottom();
        let middle = (self.left_px() + self.form.right_px()) / 2.0;
        page.text(
            "days before the pain (0: the same day)",
            (middle, bottom + UNDER_PANEL_PX + 2.0),
            Text::AXIS.centered(),
        )
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let links: Vec<Link> = self.curves.iter().filter_map(Link::of).collect();
        match links.first() {
            None => "Load and pain, day by day: no link stands out".to_string(),
            Some(first) if links.iter().all(|link| link.is_like(first)) => {
                one_sentence(&links, first)
            }
            Some(_) => self.many_links(links.len()),
        }
    }

    fn alt(&self) -> String {
        let curves: Vec<String> = self.curves.iter().map(words).collect();
        format!("{}. {}", self.title(), curves.join(" "))
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = self.rows() as f64;
        let panels = rows * (PANEL_TITLE_PX + PLOT_PX) + (rows - 1.0) * UNDER_PANEL_PX;
        self.form.head_px() + panels + UNDER_PANEL_PX + LAGS_TITLE_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        for (index, curve) in self.curves.iter().enumerate() {
            let panel = self.panel(index, top);
            panel.draw_heading(page, curve)?;
            panel.draw_curve(page, curve)?;
            if index.is_multiple_of(self.columns()) {
                panel.draw_ways(page)?;
            }
        }
        self.draw_lags_title(page, top)
    }

    fn numbers(&self) -> Option<Numbers> {
        let text = |rho: Option<f64>| rho.map_or("–".to_string(), |rho| signed(rho, 2));
        let rows = self.curves.iter().map(|curve| {
            let single = curve.rho.iter().map(|rho| text(*rho));
            let sums = curve.tested.iter().find(|tested| tested.days > 1);
            let sums = text(sums.map(|tested| tested.rho));
            let widest = curve.band.iter().flatten().copied().reduce(f64::max);
            let chance = widest.map_or("–".to_string(), |band| format!("±{}", number(band, 2)));
            std::iter::once(name(curve))
                .chain(single)
                .chain([sums, chance])
                .collect()
        });
        Some(Numbers {
            head: HEAD.to_vec(),
            rows: rows.collect(),
        })
    }
}

/// The table: rho of a pair on the day itself, one to seven days before, of the three days before together, and how far chance alone
/// reaches at most.
const HEAD: [&str; 11] = [
    "pain and load, days before",
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "1 to 3",
    "chance",
];

/// One curve's part of the page.
struct Panel {
    left: f64,
    right: f64,
    top: f64,
    /// The scale goes from minus this to this.
    reach: f64,
}

impl Panel {
    fn bottom(&self) -> f64 {
        self.top + PLOT_PX
    }

    fn slot_px(&self) -> f64 {
        (self.right - self.left) / LAGS as f64
    }

    /// The place of a lag and a rho.
    fn at(&self, lag: usize, rho: f64) -> Px {
        (self.left + self.slot_px() * (lag as f64 + 0.5), self.y(rho))
    }

    fn y(&self, rho: f64) -> f64 {
        let share = (self.reach - rho.clamp(-self.reach, self.reach)) / (2.0 * self.reach);
        self.top + PLOT_PX * share
    }

    fn draw_heading(&self, page: &Page, curve: &LagCurve) -> Result {
        let title = Text::NAME.bold();
        page.text(&name(curve), (self.left, self.top - 52.0), title)?;
        let (verdict, look) = verdict(curve);
        page.text(&verdict, (self.left, self.top - 35.0), look)?;
        let days = format!("{} days with a score, season taken out", curve.days_logged);
        page.text(&days, (self.left, self.top - 18.0), Text::VALUE)
    }

    fn rule(&self, page: &Page, y: f64, color: RGBAColor) -> Result {
        page.line(&[(self.left, y), (self.right, y)], color, 1.0)
    }

    /// What up and down mean, left of the plot.
    fn draw_ways(&self, page: &Page) -> Result {
        let ways = [
            (self.top + 10.0, "more pain"),
            (self.y(0.0), "no link"),
            (self.bottom() - 10.0, "less pain"),
        ];
        ways.into_iter()
            .try_for_each(|(y, text)| page.text(text, (self.left - 10.0, y), Text::AXIS.right()))
    }

    /// A bar for every lag over what chance reaches, and what was tested and stands out.
    fn draw_curve(&self, page: &Page, curve: &LagCurve) -> Result {
        self.draw_chance(page, &curve.band)?;
        for lag in 0..LAGS {
            self.draw_lag(page, curve, lag)?;
        }
        self.rule(page, sharp(self.y(0.0)), style::QUIET)?;
        let flagged = curve.tested.iter().filter(|tested| tested.flagged);
        let mut sums = flagged.filter(|tested| tested.days > 1);
        sums.try_for_each(|tested| self.draw_bracket(page, tested))
    }

    /// As far as chance alone reaches, one step a lag.
    fn draw_chance(&self, page: &Page, band: &[Option<f64>; LAGS]) -> Result {
        for (lag, rho) in band.iter().enumerate() {
            let Some(rho) = rho else { continue };
            let (x, _) = self.at(lag, 0.0);
            let half = self.slot_px() / 2.0;
            let (upper, lower) = (self.y(*rho), self.y(-rho));
            page.rect((x - half, upper), (x + half, lower), style::SHADE)?;
        }
        Ok(())
    }

    /// The bar of one lag, and its name under the plot.
    fn draw_lag(&self, page: &Page, curve: &LagCurve, lag: usize) -> Result {
        let (x, zero) = self.at(lag, 0.0);
        let below = (x, self.bottom() + 14.0);
        page.text(&lag.to_string(), below, Text::AXIS.centered())?;
        let rho = curve.rho.get(lag).copied().flatten();
        let Some(rho) = rho else { return Ok(()) };
        let half = self.slot_px() * HALF_BAR;
        let (from, to) = (
            (x - half, self.y(rho).min(zero)),
            (x + half, self.y(rho).max(zero)),
        );
        if lag <= 1 && stands_out(curve, lag, 1) {
            return page.marked_bar(from, to);
        }
        let color = match is_beyond(curve, lag) {
            true => style::BLUE,
            false => style::SKY.mix(0.6),
        };
        page.rect(from, to, color)
    }

    /// A bracket over the days that were added up, at the height of their rho.
    fn draw_bracket(&self, page: &Page, tested: &Tested) -> Result {
        let (left, y) = self.at(1, tested.rho);
        let (right, _) = self.at(tested.days, tested.rho);
        let (left, right) = (left - 8.0, right + 8.0);
        let end = y + BRACKET_PX * tested.rho.signum();
        let corners = [(left, end), (left, y), (right, y), (right, end)];
        page.line(&corners, style::VERMILLION, 3.0)
    }
}

/// Whether a lag lies beyond what chance alone reaches.
fn is_beyond(curve: &LagCurve, lag: usize) -> bool {
    let at = |of: &[Option<f64>; LAGS]| of.get(lag).copied().flatten();
    at(&curve.rho)
        .zip(at(&curve.band))
        .is_some_and(|(rho, band)| rho.abs() > band)
}

/// Whether so many days, the last of them so many before the pain, were tested and stand out.
fn stands_out(curve: &LagCurve, lag: usize, days: usize) -> bool {
    let mut tested = curve.tested.iter();
    tested.any(|tested| tested.flagged && (tested.lag, tested.days) == (lag, days))
}

/// What was tested and what came out, in words.
fn verdict(curve: &LagCurve) -> (String, Text) {
    let look = Text {
        em_px: Text::VALUE.em_px,
        ..Text::MARK
    };
    let days = [
        (0, 1, "the same day"),
        (1, 1, "the day before"),
        (1, 3, "three days together"),
    ];
    let found = days
        .into_iter()
        .filter(|(lag, days, _)| stands_out(curve, *lag, *days));
    let found: Vec<&str> = found.map(|(_, _, text)| text).collect();
    match found.is_empty() {
        true => ("nothing stands out from chance".to_string(), Text::VALUE),
        false => (format!("stands out: {}", found.join(", ")), look),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::Association,
        pain::Side,
        report::charts::{self, fixtures::knee, svg::tests::checked},
    };

    /// The same knee so many times over, all left and right.
    fn knees(count: usize) -> Data {
        let curve = data(&curves(&knee()), Form::Wide)
            .expect("tested")
            .curves
            .remove(0);
        let side = |index: usize| {
            Some(if index.is_multiple_of(2) {
                Side::Left
            } else {
                Side::Right
            })
        };
        Data {
            form: Form::Wide,
            curves: (0..count)
                .map(|index| LagCurve {
                    side: side(index),
                    ..curve.clone()
                })
                .collect(),
            hidden: 0,
        }
    }

    #[test]
    fn what_was_tested_is_a_curve_and_the_rest_is_not() {
        let mut analysis = knee();
        let picture = data(&curves(&analysis), Form::Wide).expect("tested");
        let rho = |index: usize| number(analysis.associations[index].rho.expect("a rho"), 2);
        let tested = format!(
            "the day before rho {}, the three days before together rho {}; single days",
            rho(0),
            rho(1)
        );
        let alt = picture.alt();
        assert_eq!(picture.title(), "Left knee: more pain after more distance");
        assert!(
            alt.starts_with(&format!(
                "{}. Left knee and distance: {tested}",
                picture.title()
            )),
            "{alt}"
        );
        assert_eq!(
            alt.matches(',').count(),
            7 + 2,
            "eight lags and two tests: {alt}"
        );
        assert!(
            picture.subtitle().contains("Orange"),
            "{}",
            picture.subtitle()
        );
        // A row a pair: eight lags, the three days together, and chance.
        let table = picture.numbers().expect("a table");
        let [row] = &table.rows[..] else {
            panic!("one pair: {:?}", table.rows)
        };
        assert_eq!((table.head[2], row[2].clone()), ("1", rho(0)));
        assert_eq!((table.head[9], row[9].clone()), ("1 to 3", rho(1)));
        assert!(row[10].starts_with('±'), "{row:?}");
        let charts = charts::of(&analysis);
        let chart = charts
            .drawn
            .iter()
            .find(|chart| chart.id == CHART.id)
            .expect("drawn");
        assert_eq!(chart.alt, alt);
        checked(chart);
        analysis
            .associations
            .iter_mut()
            .for_each(|pair| pair.p = None);
        assert_eq!(data(&curves(&analysis), Form::Wide), None);
    }

    #[test]
    fn the_title_says_what_stands_out() {
        let title = |flags: &[(usize, bool, usize)]| {
            let mut data = knees(2);
            data.curves[1].load = "descent";
            data.curves[1].side = data.curves[0].side;
            data.curves
                .iter_mut()
                .flat_map(|curve| &mut curve.tested)
                .for_each(|tested| tested.flagged = false);
            for (curve, other_side, lag) in flags {
                let tested = &mut data.curves[*curve].tested[0];
                (tested.flagged, tested.lag) = (true, *lag);
                if *other_side {
                    data.curves[*curve].side = Some(Side::Right);
                }
            }
            data.title()
        };
        for (flags, expected) in [
            (&[][..], "Load and pain, day by day: no link stands out"),
            (&[(1, false, 1)], "Left knee: more pain after more descent"),
            (
                &[(0, false, 1), (1, false, 1)],
                "Left knee: more pain after more distance and descent",
            ),
            (
                &[(0, false, 0)],
                "Left knee: more pain on days with more distance",
            ),
            (
                &[(0, false, 1), (1, false, 0)],
                "Load and pain, day by day: 2 links stand out",
            ),
            (
                &[(0, false, 1), (1, true, 1)],
                "Load and pain, day by day: 2 links stand out",
            ),
        ] {
            assert_eq!(title(flags), expected);
        }
    }

    #[test]
    fn what_stands_out_is_said_in_words() {
        let mut curve = knees(1).curves.remove(0);
        let mut said = |flags: [bool; 2]| {
            for (tested, flag) in curve.tested.iter_mut().zip(flags) {
                tested.flagged = flag;
            }
            verdict(&curve).0
        };
        assert_eq!(said([true, false]), "stands out: the day before");
        assert_eq!(said([false, true]), "stands out: three days together");
        assert_eq!(
            said([true, true]),
            "stands out: the day before, three days together"
        );
        assert_eq!(said([false, false]), "nothing stands out from chance");
    }

    #[test]
    fn panels_lie_beside_one_another_inside_the_page() {
        for (count, columns) in [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3)] {
            let data = knees(count);
            assert_eq!(data.columns(), columns, "{count}");
            let panels: Vec<Panel> = (0..count)
                .map(|index| data.panel(index, style::PLOT_TOP_PX))
                .collect();
            for pair in panels.windows(2) {
                assert!(
                    pair[1].left >= pair[0].right + BETWEEN_PX - 1e-9
                        || pair[1].top > pair[0].bottom(),
                    "{count}"
                );
            }
            assert!(
                panels
                    .iter()
                    .all(|panel| panel.right <= style::PLOT_RIGHT_PX + 1e-9
                        && panel.right - panel.left > 200.0)
            );
            assert!(
                panels
                    .iter()
                    .all(|panel| panel.bottom() + UNDER_PANEL_PX < data.height_px()),
                "{count}"
            );
        }
    }

    #[test]
    fn seven_curves_leave_one_out_and_say_so() {
        let mut analysis = knee();
        let pair = analysis.associations[0].clone();
        let rows = analysis.pain.entries.clone();
        for site in crate::pain::Site::ALL
            .iter()
            .filter(|site| site.is_limb() && **site != pair.site)
            .take(6)
        {
            let knees = rows.iter().filter(|row| row.site == Some(pair.site));
            analysis
                .pain
                .entries
                .extend(knees.map(|row| crate::pain::Entry {
                    site: Some(*site),
                    ..row.clone()
                }));
            analysis.associations.push(Association {
                site: *site,
                ..pair.clone()
            });
        }
        let data = data(&curves(&analysis), Form::Wide).expect("tested");
        assert_eq!((data.curves.len(), data.hidden), (6, 1));
        assert!(data.subtitle().ends_with(" Not drawn: 1 more."));
        let narrow = super::data(&curves(&analysis), Form::Narrow).expect("tested");
        assert_eq!((narrow.curves.len(), narrow.columns()), (3, 1));
    }

    #[test]
    fn the_scale_holds_everything_and_never_passes_one() {
        let panel = knees(1).panel(0, 100.0 - PANEL_TITLE_PX);
        assert_eq!(
            (panel.y(0.0), panel.y(9.0), panel.y(-9.0)),
            (100.0 + PLOT_PX / 2.0, 100.0, 100.0 + PLOT_PX)
        );
        assert!(
            panel.reach <= 1.0
                && knees(1).curves[0]
                    .rho
                    .iter()
                    .flatten()
                    .all(|rho| rho.abs() <= panel.reach)
        );
    }
}
