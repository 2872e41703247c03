//! The lag curves: pain beside the load of one single day, the same day or up to a week before, with what chance does.

use super::{
    ChartKind, Picture, Result,
    area::Px,
    axis::{sharp, ticks_within},
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

/// Curves shown.
const MOST_CURVES: usize = 6;

/// Heights of a panel's three lines of text, its plot and the lags under it, logical pixels.
const PANEL_TITLE_PX: f64 = 60.0;
const PLOT_PX: f64 = 170.0;
const UNDER_PANEL_PX: f64 = 40.0;
/// Between two panels side by side: room for the values of the right one.
const BETWEEN_PX: f64 = 52.0;
/// Room under the last panels for what the lags are.
const LAGS_TITLE_PX: f64 = 26.0;

const DOT_PX: f64 = 4.0;
const RING_PX: f64 = 7.5;
/// Length of a bar in the key.
const BAR_PX: f64 = 18.0;

/// The scale reaches at least so far up and down.
const SMALLEST_SCALE: f64 = 0.3;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "lags",
    subject: "Load and pain, day by day",
    without_data: "no pair of load and pain has days enough to be tested",
    picture: |analysis| Some(Box::new(data(analysis)?)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    curves: Vec<LagCurve>,
    hidden: usize,
}

/// Takes the curves of what was tested. None when nothing was.
fn data(analysis: &Analysis) -> Option<Data> {
    let mut curves = lag_curves(&analysis.history, &analysis.pain, &analysis.associations);
    let hidden = curves.len().saturating_sub(MOST_CURVES);
    curves.truncate(MOST_CURVES);
    (!curves.is_empty()).then_some(Data { curves, hidden })
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

/// Links of one place and way: `Left kneecap: more pain after more distance and descent`.
fn one_sentence(links: &[Link], first: &Link) -> String {
    let loads: Vec<&str> = links.iter().map(|link| link.load).collect();
    let way = if first.more { "more" } else { "less" };
    let place = sentence_case(&first.place);
    format!("{place}: {way} pain after more {}", loads.join(" and "))
}

/// `the day before rho 0.23`.
fn tested_text(tested: &Tested) -> String {
    let days = match tested.days {
        1 => "the day before",
        _ => "the three days before together",
    };
    format!("{days} rho {}", number(tested.rho, 2))
}

/// What stands out.
#[derive(Debug, Clone, PartialEq)]
struct Link {
    place: String,
    load: &'static str,
    /// Pain was higher after more of the load.
    more: bool,
}

impl Link {
    /// The link of a curve that stands out.
    fn of(curve: &LagCurve) -> Option<Link> {
        let tested = curve.tested.iter().find(|tested| tested.flagged)?;
        Some(Link {
            place: site_text(curve.site, curve.side),
            load: curve.load,
            more: tested.rho > 0.0,
        })
    }

    /// Whether one sentence can say both.
    fn is_like(&self, other: &Link) -> bool {
        self.place == other.place && self.more == other.more
    }
}

impl Data {
    fn columns(&self) -> usize {
        match self.curves.len() {
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

    fn has(&self, days: usize) -> bool {
        self.tested().any(|tested| tested.days == days)
    }

    fn subtitle(&self) -> String {
        let mut text = "Dots: how your pain went with the load of one single day (rank correlation rho: 0 is no link, 1 the closest). \
                        Green, for the dots only: where chance alone keeps all eight in 95 of 100 cases."
            .to_string();
        text += self.tested_words();
        if self.curves.iter().any(LagCurve::is_flagged) {
            text += " Orange: it stands out, which is no proof of cause.";
        }
        text += match self.has(1) {
            true => " The other dots are a picture only and were not tested.",
            false => " The dots are a picture only and were not tested.",
        };
        if self.hidden > 0 {
            text += &format!(" Not drawn: {} more.", self.hidden);
        }
        text
    }

    fn tested_words(&self) -> &'static str {
        match (self.has(1), self.has(3)) {
            (true, true) => " Tested: ring, the day before; bar, three days together.",
            (true, false) => " Tested: ring, the day before.",
            (false, _) => " Tested: bar, three days together.",
        }
    }

    /// So many links in a sentence; there may be more among those that are not drawn.
    fn many_links(&self, count: usize) -> String {
        let at_least = match self.hidden > 0 && count == self.curves.len() {
            true => "at least ",
            false => "",
        };
        format!("Load and pain, day by day: {at_least}{count} links stand out")
    }

    /// The panel of the curve at `index`, under `top`.
    fn panel(&self, index: usize, top: f64) -> Panel {
        let columns = self.columns();
        let between = BETWEEN_PX * (columns as f64 - 1.0);
        let width = (style::PLOT_RIGHT_PX - style::PLOT_LEFT_PX - between) / columns as f64;
        let left = style::PLOT_LEFT_PX + (index % columns) as f64 * (width + BETWEEN_PX);
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
        let middle = (style::PLOT_LEFT_PX + style::PLOT_RIGHT_PX) / 2.0;
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

    fn height_px(&self) -> f64 {
        let rows = self.rows() as f64;
        let panels = rows * (PANEL_TITLE_PX + PLOT_PX) + (rows - 1.0) * UNDER_PANEL_PX;
        style::PLOT_TOP_PX + 2.0 * style::LINE_PX + panels + UNDER_PANEL_PX + LAGS_TITLE_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        for (index, curve) in self.curves.iter().enumerate() {
            let panel = self.panel(index, top);
            panel.draw_heading(page, curve)?;
            panel.draw_axes(page)?;
            panel.draw_curve(page, curve)?;
            panel.draw_key(page, &curve.tested)?;
            if index.is_multiple_of(self.columns()) {
                panel.draw_title(page)?;
            }
        }
        self.draw_lags_title(page, top)
    }
}

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

    /// The place of a lag and a rho.
    fn at(&self, lag: usize, rho: f64) -> Px {
        let slot = (self.right - self.left) / LAGS as f64;
        (self.left + slot * (lag as f64 + 0.5), self.y(rho))
    }

    fn y(&self, rho: f64) -> f64 {
        let share = (self.reach - rho.clamp(-self.reach, self.reach)) / (2.0 * self.reach);
        self.top + PLOT_PX * share
    }

    fn draw_heading(&self, page: &Page, curve: &LagCurve) -> Result {
        page.text(
            &name(curve),
            (self.left, self.top - 48.0),
            Text::NAME.bold(),
        )?;
        let season = match curve.detrended {
            true => ", season taken out",
            false => "",
        };
        let days = format!("{} days with a score{season}", curve.days_logged);
        page.text(&days, (self.left, self.top - 31.0), Text::VALUE)
    }

    fn draw_axes(&self, page: &Page) -> Result {
        for tick in ticks_within(-self.reach, self.reach, 5) {
            let y = sharp(self.y(tick));
            let is_zero = tick.abs() < 1e-9;
            self.rule(page, y, if is_zero { style::AXIS } else { style::GRID })?;
            page.text(&signed(tick, 1), (self.left - 8.0, y), Text::AXIS.right())?;
        }
        (0..LAGS).try_for_each(|lag| self.draw_lag(page, lag))
    }

    fn draw_lag(&self, page: &Page, lag: usize) -> Result {
        let at = (self.at(lag, 0.0).0, self.bottom() + 14.0);
        page.text(&lag.to_string(), at, Text::AXIS.centered())
    }

    fn rule(&self, page: &Page, y: f64, color: RGBAColor) -> Result {
        page.line(&[(self.left, y), (self.right, y)], color, 1.0)
    }

    /// What the values are, reading upwards.
    fn draw_title(&self, page: &Page) -> Result {
        let at = (style::AXIS_TITLE_PX, (self.top + self.bottom()) / 2.0);
        page.text("rank correlation, rho", at, Text::AXIS.centered().upwards())
    }

    /// The curve, its dots and what was tested, over the band.
    fn draw_curve(&self, page: &Page, curve: &LagCurve) -> Result {
        self.draw_band(page, &curve.band)?;
        self.rule(page, sharp(self.y(0.0)), style::AXIS)?;
        let (rings, bars): (Vec<&Tested>, Vec<&Tested>) =
            curve.tested.iter().partition(|tested| tested.days == 1);
        bars.iter()
            .try_for_each(|tested| self.draw_bar(page, tested))?;
        let dots = self.dots(curve);
        draw_links(page, &dots)?;
        rings
            .iter()
            .try_for_each(|tested| self.draw_ring(page, tested))?;
        let mut known = dots.into_iter().flatten();
        known.try_for_each(|at| page.dot(at, DOT_PX, style::BLUE))
    }

    fn draw_ring(&self, page: &Page, tested: &Tested) -> Result {
        ring(page, self.at(1, tested.rho), look(tested))
    }

    /// The places of the single days.
    fn dots(&self, curve: &LagCurve) -> Vec<Option<Px>> {
        let lags = curve.rho.iter().enumerate();
        lags.map(|(lag, rho)| Some(self.at(lag, (*rho)?))).collect()
    }

    /// Between the band's lower and upper edge, from one end of the panel to the other.
    fn draw_band(&self, page: &Page, band: &[Option<f64>; LAGS]) -> Result {
        let (upper, lower) = (self.band_edge(band, 1.0), self.band_edge(band, -1.0));
        page.band(&upper, &lower, style::GREEN.mix(0.13))?;
        [upper, lower]
            .iter()
            .try_for_each(|edge| page.line(edge, style::GREEN.mix(0.6), 1.0))
    }

    /// The upper (1) or the lower edge (−1) of a band, which goes on level to both ends.
    fn band_edge(&self, band: &[Option<f64>; LAGS], way: f64) -> Vec<Px> {
        let lags = band.iter().enumerate();
        let known = lags.filter_map(|(lag, rho)| Some(self.at(lag, way * (*rho)?)));
        let mut points: Vec<Px> = known.collect();
        let ends = points.first().copied().zip(points.last().copied());
        if let Some(((_, first), (_, last))) = ends {
            points.insert(0, (self.left, first));
            points.push((self.right, last));
        }
        points
    }

    /// A bar over the days that are added up, at the height of their rho.
    fn draw_bar(&self, page: &Page, tested: &Tested) -> Result {
        let (left, y) = self.at(1, tested.rho);
        let (right, _) = self.at(tested.days, tested.rho);
        page.line(&[(left - 7.0, y), (right + 7.0, y)], look(tested), 3.0)
    }

    /// The marks of what was tested with their numbers, over the plot so that they cover nothing of it.
    fn draw_key(&self, page: &Page, tested: &[Tested]) -> Result {
        let (mut x, y) = (self.left, self.top - 13.0);
        for tested in tested {
            let mark_px = draw_mark(page, (x, y), tested)?;
            let (text, set) = (key_text(tested), key_look(tested));
            page.text(&text, (x + mark_px + 5.0, y), set)?;
            x += mark_px + 5.0 + page.text_width(&text, set)? + 13.0;
        }
        Ok(())
    }
}

/// Lines between days that follow one another.
fn draw_links(page: &Page, dots: &[Option<Px>]) -> Result {
    for pair in dots.windows(2) {
        if let [Some(from), Some(to)] = pair {
            page.line(&[*from, *to], style::BLUE.mix(0.45), 1.5)?;
        }
    }
    Ok(())
}

/// The mark of what was tested; returns how wide it is.
fn draw_mark(page: &Page, (x, y): Px, tested: &Tested) -> Result<f64> {
    if tested.days > 1 {
        page.line(&[(x, y), (x + BAR_PX, y)], look(tested), 3.0)?;
        return Ok(BAR_PX);
    }
    let middle = (x + RING_PX, y);
    ring(page, middle, look(tested))?;
    page.dot(middle, DOT_PX, style::BLUE)?;
    Ok(2.0 * RING_PX)
}

/// `day before +0.23`.
fn key_text(tested: &Tested) -> String {
    let days = if tested.days == 1 {
        "day before"
    } else {
        "3 days"
    };
    format!("{days} {}", signed(tested.rho, 2))
}

fn key_look(tested: &Tested) -> Text {
    if tested.flagged {
        Text {
            em_px: Text::VALUE.em_px,
            ..Text::MARK
        }
    } else {
        Text::VALUE
    }
}

/// The colour of what was tested: orange where it is flagged.
fn look(tested: &Tested) -> RGBAColor {
    if tested.flagged {
        style::VERMILLION
    } else {
        style::INK
    }
}

/// A ring, white inside.
fn ring(page: &Page, at: Px, look: RGBAColor) -> Result {
    page.dot(at, RING_PX, look)?;
    page.dot(at, RING_PX - 1.75, style::WHITE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{Association, associate, tests::knee_after_distance},
        pain::Side,
        report::charts::{self, fixtures::analysis, svg::tests::checked},
    };

    /// The knee of the associations' tests.
    fn knee() -> Analysis {
        let (history, pain) = knee_after_distance(84);
        let associations = associate(&history, &pain);
        Analysis {
            history,
            pain,
            associations,
            ..analysis(Vec::new(), Vec::new(), Vec::new())
        }
    }

    /// The same knee so many times over, all left and right.
    fn knees(count: usize) -> Data {
        let curve = data(&knee()).expect("tested").curves.remove(0);
        let side = |index: usize| {
            Some(if index.is_multiple_of(2) {
                Side::Left
            } else {
                Side::Right
            })
        };
        Data {
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
        let picture = data(&analysis).expect("tested");
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
            picture.subtitle().contains("ring, the day before; bar")
                && picture.subtitle().contains("Orange")
        );
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
        assert_eq!(data(&analysis), None);
    }

    #[test]
    fn the_title_says_what_stands_out() {
        let title = |flags: &[(usize, bool, f64)]| {
            let mut data = knees(2);
            data.curves[1].load = "descent";
            data.curves[1].side = data.curves[0].side;
            data.curves
                .iter_mut()
                .flat_map(|curve| &mut curve.tested)
                .for_each(|tested| tested.flagged = false);
            for (curve, other_side, rho) in flags {
                let tested = &mut data.curves[*curve].tested[0];
                (tested.flagged, tested.rho) = (true, *rho);
                if *other_side {
                    data.curves[*curve].side = Some(Side::Right);
                }
            }
            data.title()
        };
        for (flags, expected) in [
            (&[][..], "Load and pain, day by day: no link stands out"),
            (
                &[(1, false, 0.4)],
                "Left knee: more pain after more descent",
            ),
            (
                &[(0, false, 0.4), (1, false, 0.5)],
                "Left knee: more pain after more distance and descent",
            ),
            (
                &[(0, false, -0.4)],
                "Left knee: less pain after more distance",
            ),
            (
                &[(0, false, 0.4), (1, false, -0.5)],
                "Load and pain, day by day: 2 links stand out",
            ),
            (
                &[(0, false, 0.4), (1, true, 0.5)],
                "Load and pain, day by day: 2 links stand out",
            ),
        ] {
            assert_eq!(title(flags), expected);
        }
    }

    #[test]
    fn only_a_sum_is_a_bar_without_a_ring() {
        let mut analysis = knee();
        analysis.associations[0].p = None;
        analysis
            .associations
            .iter_mut()
            .for_each(|pair| pair.flagged = false);
        let subtitle = data(&analysis).expect("tested").subtitle();
        assert!(
            subtitle.contains(" Tested: bar")
                && !subtitle.contains("ring")
                && !subtitle.contains("Orange")
        );
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
        let data = data(&analysis).expect("tested");
        assert_eq!((data.curves.len(), data.hidden), (6, 1));
        assert!(data.subtitle().ends_with(" Not drawn: 1 more."));
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
