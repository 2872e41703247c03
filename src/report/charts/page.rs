//! A page to draw on, in logical pixels, over any ink.

use super::{
    ChartError, Result,
    area::{Area, Px},
    style::{self, Text},
    surface::{Drawn, Line, Surface, UNITS_PER_PX, unit, units},
};
use plotters::{
    coord::Shift,
    element::{Drawable, PointCollection},
    prelude::{Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, Rectangle},
    style::{
        Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle,
        text_anchor::Pos,
    },
};
use plotters_backend::{
    BackendCoord,
    text_anchor::{HPos, VPos},
};
use std::borrow::Cow;

/// Length of a dash and of the gap after it, logical pixels.
const DASH_PX: f64 = 6.0;
const DASH_GAP_PX: f64 = 4.0;

/// Distance of the stripes on a marked bar, logical pixels.
const STRIPE_PX: f64 = 6.0;

/// What stays free beside a name, logical pixels.
const NAME_MARGIN_PX: f64 = 4.0;

/// Distance of the lines over what is not known, logical pixels.
pub(super) const HATCH_PX: f64 = 9.0;
/// How strong they are, and how wide.
pub(super) const HATCH_STRENGTH: f64 = 0.6;
pub(super) const HATCH_WIDTH_PX: f64 = 0.75;

/// A page over a surface.
pub(super) struct Page<'a> {
    area: DrawingArea<Surface<'a>, Shift>,
    has_heading: bool,
}

impl<'a> Page<'a> {
    /// The whole of a surface.
    pub(super) fn new(surface: Surface<'a>) -> Self {
        Page {
            has_heading: surface.wants_heading(),
            area: surface.into_drawing_area(),
        }
    }

    /// Tells the surface that the page is finished.
    pub(super) fn present(&self) -> Result {
        self.area.present().map_err(ChartError::drawing)
    }

    fn put<'e, Element>(&self, element: &'e Element) -> Result
    where
        &'e Element: PointCollection<'e, BackendCoord>,
        Element: Drawable<Surface<'a>>,
    {
        self.area.draw(element).map_err(ChartError::drawing)
    }

    /// A filled rectangle between two opposite corners.
    pub(super) fn rect(&self, from: Px, to: Px, color: RGBAColor) -> Result {
        self.put(&Rectangle::new([units(from), units(to)], color.filled()))
    }

    /// The outline of a rectangle, the line inside its edges.
    pub(super) fn outline(
        &self,
        (x0, y0): Px,
        (x1, y1): Px,
        color: RGBAColor,
        width_px: f64,
    ) -> Result {
        let inset = width_px / 2.0;
        let (from, to) = ((x0 + inset, y0 + inset), (x1 - inset, y1 - inset));
        self.put(&Rectangle::new(
            [units(from), units(to)],
            stroke(color, width_px),
        ))
    }

    /// A line through all points.
    pub(super) fn line(&self, points: &[Px], color: RGBAColor, width_px: f64) -> Result {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.put(&PathElement::new(points, stroke(color, width_px)))
    }

    /// A dashed line through all points.
    pub(super) fn dashed(&self, points: &[Px], color: RGBAColor, width_px: f64) -> Result {
        dashes(points)
            .iter()
            .try_for_each(|dash| self.line(dash, color, width_px))
    }

    /// A filled polygon.
    pub(super) fn polygon(&self, points: &[Px], color: RGBAColor) -> Result {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.put(&Polygon::new(points, color.filled()))
    }

    /// The band between two lines of as many points.
    pub(super) fn band(&self, upper: &[Px], lower: &[Px], color: RGBAColor) -> Result {
        let around: Vec<Px> = upper.iter().chain(lower.iter().rev()).copied().collect();
        self.polygon(&around, color)
    }

    /// A filled circle.
    pub(super) fn dot(&self, center: Px, radius_px: f64, color: RGBAColor) -> Result {
        self.put(&Circle::new(units(center), unit(radius_px), color.filled()))
    }

    /// A diamond with a white edge: the mark of what stands out.
    pub(super) fn diamond(&self, at: Px, radius_px: f64) -> Result {
        self.polygon(&around(at, radius_px + 1.5), style::WHITE)?;
        self.polygon(&around(at, radius_px), style::VERMILLION)
    }

    /// A diamond of the same size, white inside: the mark of what could not be judged.
    pub(super) fn hollow_diamond(&self, at: Px, radius_px: f64) -> Result {
        self.diamond(at, radius_px)?;
        self.polygon(&around(at, radius_px - 2.0), style::WHITE)
    }

    /// A bar that a rule marked: orange, outlined and, where wide enough to show it, striped.
    pub(super) fn marked_bar(&self, from: Px, to: Px) -> Result {
        self.rect(from, to, style::ORANGE.mix(0.75))?;
        if to.0 - from.0 < 4.0 {
            return Ok(());
        }
        for stripe in stripes(from, to, STRIPE_PX) {
            self.line(&stripe, style::VERMILLION.mix(0.7), 1.0)?;
        }
        self.outline(from, to, style::VERMILLION, 1.25)
    }

    /// Thin diagonal lines over a rectangle: the mark of what is not known.
    pub(super) fn hatch(&self, from: Px, to: Px) -> Result {
        self.put(&Hatched { from, to })
    }

    /// Where a bar between these edges is broken, because it goes on beyond its axis.
    pub(super) fn broken(&self, (left, right): (f64, f64), y: f64) -> Result {
        let (left, right) = (left - 1.5, right + 1.5);
        let (fall, gap) = (3.0, 4.0);
        let corners = [
            (left, y + fall),
            (right, y - fall),
            (right, y - fall + gap),
            (left, y + fall + gap),
        ];
        self.polygon(&corners, style::WHITE)
    }

    /// One line of text.
    pub(super) fn text(&self, text: &str, at: Px, look: Text) -> Result {
        self.put(&plotters::element::Text::new(
            text,
            units(at),
            text_style(look),
        ))
    }

    /// One line of text in a white halo, so that no line strikes its letters through.
    pub(super) fn label(&self, text: &str, at: Px, look: Text) -> Result {
        let style = text_style(look);
        self.put(&Haloed { text, at, style })
    }

    /// How wide a line of text is, logical pixels.
    pub(super) fn text_width(&self, text: &str, look: Text) -> Result<f64> {
        let (width, _) = self
            .area
            .estimate_text_size(text, &text_style(look))
            .map_err(ChartError::drawing)?;
        Ok(f64::from(width) / UNITS_PER_PX)
    }

    /// A name beside a row, at its left or its right end, cut to what has room: the runner's own may be as long as a sentence.
    pub(super) fn name(&self, name: &str, at: Px, look: Text) -> Result {
        let room = match look.horizontal {
            HPos::Right => at.0 - NAME_MARGIN_PX,
            _ => self.width_px() - at.0 - NAME_MARGIN_PX,
        };
        self.text(&self.cut(name, look, room)?, at, look)
    }

    /// The text as it is, or as much of it as has room with three dots behind it.
    fn cut<'t>(&self, text: &'t str, look: Text, room: f64) -> Result<Cow<'t, str>> {
        if self.text_width(text, look)? <= room {
            return Ok(text.into());
        }
        let mut letters: Vec<char> = text.chars().collect();
        while letters.pop().is_some() {
            let shorter: String = letters.iter().chain(&['…']).collect();
            if self.text_width(&shorter, look)? <= room {
                return Ok(shorter.into());
            }
        }
        Ok("…".into())
    }

    /// The box a line of text (not one reading upwards) will cover.
    pub(super) fn text_box(&self, text: &str, (x, y): Px, look: Text) -> Result<Area> {
        let (width, half) = (self.text_width(text, look)?, look.em_px * 0.6);
        let left = match look.horizontal {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let middle = match look.vertical {
            VPos::Top => y + half,
            VPos::Center => y,
            VPos::Bottom => y - half,
        };
        Ok(Area {
            left,
            right: left + width,
            top: middle - half,
            bottom: middle + half,
        })
    }

    /// How wide it is, logical pixels.
    pub(super) fn width_px(&self) -> f64 {
        f64::from(self.area.dim_in_pixel().0) / UNITS_PER_PX
    }

    /// Whether it is a narrow one.
    pub(super) fn is_narrow(&self) -> bool {
        self.width_px() <= style::NARROW_PX
    }

    /// Title and subtitle, the latter broken into lines; returns where the plot may start. A picture inside a page leaves both to the
    /// page, and so does a narrow one.
    pub(super) fn heading(&self, title: &str, subtitle: &str) -> Result<f64> {
        let width = self.width_px();
        if width < style::WIDTH_PX {
            self.leave_out(subtitle)?;
            return Ok(style::NARROW_TOP_PX);
        }
        let lines = self.balanced(subtitle, width - 2.0 * style::MARGIN_PX, Text::SUBTITLE)?;
        if self.has_heading {
            self.write_heading(title, &lines)?;
        } else {
            self.leave_out(subtitle)?;
        }
        Ok(style::PLOT_TOP_PX + style::LINE_PX * lines.len().saturating_sub(1) as f64)
    }

    fn write_heading(&self, title: &str, lines: &[String]) -> Result {
        self.text(title, (style::MARGIN_PX, 27.0), Text::TITLE)?;
        for (line, y) in lines.iter().zip(line_places(52.0)) {
            self.text(line, (style::MARGIN_PX, y), Text::SUBTITLE)?;
        }
        Ok(())
    }

    fn leave_out(&self, subtitle: &str) -> Result {
        self.put(&LeftOut(subtitle))
    }

    /// Breaks text into as few lines as fit, all about as long: no line of one word.
    fn balanced(&self, text: &str, width_px: f64, look: Text) -> Result<Vec<String>> {
        let mut best = self.wrap(text, width_px, look)?;
        if best.len() < 2 {
            return Ok(best);
        }
        for width in narrower(width_px) {
            let lines = self.wrap(text, width, look)?;
            if lines.len() > best.len() {
                break;
            }
            best = lines;
        }
        Ok(best)
    }

    /// Breaks text between words so that no line is wider than `width_px` (a single longer word stays whole).
    pub(super) fn wrap(&self, text: &str, width_px: f64, look: Text) -> Result<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(line)) if self.text_width(&longer, look)? <= width_px => {
                    *line = longer;
                }
                _ => lines.push(word.to_string()),
            }
        }
        Ok(lines)
    }
}

/// Where the lines of a subtitle stand, from the first on.
fn line_places(first: f64) -> impl Iterator<Item = f64> {
    (0..).map(move |index| first + style::LINE_PX * f64::from(index))
}

/// Widths to try after this one.
fn narrower(width_px: f64) -> impl Iterator<Item = f64> {
    (1..40)
        .map(move |step| width_px - 20.0 * f64::from(step))
        .take_while(|width| *width > 200.0)
}

/// A line of text in a halo. Plotters has no such thing, so that it is handed to the surface as it is.
struct Haloed<'t> {
    text: &'t str,
    at: Px,
    style: TextStyle<'static>,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Haloed<'_> {
    type Point = BackendCoord;
    type IntoIter = std::iter::Once<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(units(self.at))
    }
}

impl Drawable<Surface<'_>> for Haloed<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        surface: &mut Surface,
        _: (u32, u32),
    ) -> Drawn {
        surface.write(&Line::new(self.text, &self.style, self.at, true))
    }
}

/// A rectangle under thin diagonal lines, which an ink may know better than to draw one by one.
struct Hatched {
    from: Px,
    to: Px,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Hatched {
    type Point = BackendCoord;
    type IntoIter = std::iter::Once<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(units(self.from))
    }
}

impl Drawable<Surface<'_>> for Hatched {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        surface: &mut Surface,
        _: (u32, u32),
    ) -> Drawn {
        let color = style::AXIS.mix(HATCH_STRENGTH).to_backend_color();
        let lines = stripes(self.from, self.to, HATCH_PX);
        surface.hatch((self.from, self.to), &lines, (color, HATCH_WIDTH_PX))
    }
}

/// A subtitle that is not written, likewise.
struct LeftOut<'t>(&'t str);

impl<'a> PointCollection<'a, BackendCoord> for &'a LeftOut<'_> {
    type Point = BackendCoord;
    type IntoIter = std::iter::Empty<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl Drawable<Surface<'_>> for LeftOut<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        surface: &mut Surface,
        _: (u32, u32),
    ) -> Drawn {
        surface.leave_out(self.0)
    }
}

fn stroke(color: RGBAColor, width_px: f64) -> ShapeStyle {
    color.stroke_width(unit(width_px).max(1) as u32)
}

fn text_style(look: Text) -> TextStyle<'static> {
    TextStyle {
        font: font(look),
        color: look.color.to_backend_color(),
        pos: Pos::new(look.horizontal, look.vertical),
    }
}

fn weight(look: Text) -> FontStyle {
    match look.bold {
        true => FontStyle::Bold,
        false => FontStyle::Normal,
    }
}

fn font(look: Text) -> FontDesc<'static> {
    let size = look.em_px * UNITS_PER_PX;
    let font = FontDesc::new(FontFamily::Name("Inter"), size, weight(look));
    match look.upwards {
        true => font.transform(FontTransform::Rotate270),
        false => font,
    }
}

/// The corners of a diamond.
fn around((x, y): Px, radius_px: f64) -> [Px; 4] {
    [
        (x - radius_px, y),
        (x, y - radius_px),
        (x + radius_px, y),
        (x, y + radius_px),
    ]
}

/// Cuts a polyline into dashes. The pattern runs on around corners; a line of no length has none.
fn dashes(points: &[Px]) -> Vec<Vec<Px>> {
    let mut pen = DashPen::at(points.first().copied());
    for leg in points.windows(2) {
        pen.move_along(leg[0], leg[1]);
    }
    pen.dashes.retain(|dash| dash.len() > 1);
    pen.dashes
}

/// A pen that goes along a line and is lifted and put down on its way.
struct DashPen {
    dashes: Vec<Vec<Px>>,
    is_down: bool,
    /// How far to go until it is lifted or put down.
    left_px: f64,
}

impl DashPen {
    fn at(start: Option<Px>) -> Self {
        DashPen {
            dashes: vec![start.into_iter().collect()],
            is_down: true,
            left_px: DASH_PX,
        }
    }

    fn move_along(&mut self, (x0, y0): Px, (x1, y1): Px) {
        let length = (x1 - x0).hypot(y1 - y0);
        let mut done = 0.0;
        while length - done > self.left_px {
            done += self.left_px;
            self.turn((
                x0 + (x1 - x0) * done / length,
                y0 + (y1 - y0) * done / length,
            ));
        }
        self.left_px -= length - done;
        if self.is_down {
            self.mark((x1, y1));
        }
    }

    /// Lifts the pen or puts it down.
    fn turn(&mut self, at: Px) {
        if self.is_down {
            self.mark(at);
            self.left_px = DASH_GAP_PX;
        } else {
            self.dashes.push(vec![at]);
            self.left_px = DASH_PX;
        }
        self.is_down = !self.is_down;
    }

    fn mark(&mut self, at: Px) {
        self.dashes
            .last_mut()
            .into_iter()
            .for_each(|dash| dash.push(at));
    }
}

/// Diagonal stripes inside a rectangle.
fn stripes(from: Px, to: Px, apart_px: f64) -> Vec<[Px; 2]> {
    let bar = Area::between(from, to);
    let most = (bar.right - bar.left + bar.bottom - bar.top) / apart_px;
    (1..most.ceil().clamp(0.0, 2000.0) as usize)
        .filter_map(|index| stripe(&bar, apart_px * index as f64))
        .collect()
}

/// The stripe x − left + (bottom − y) = reach, from the lower right to the upper left. None where it has no length.
fn stripe(bar: &Area, reach: f64) -> Option<[Px; 2]> {
    let (right, up) = (bar.left + reach, bar.bottom - reach);
    let start = (
        right.min(bar.right),
        bar.bottom - (right - bar.right).max(0.0),
    );
    let end = (
        (right - (bar.bottom - bar.top)).max(bar.left),
        up.max(bar.top),
    );
    (start.0 > end.0).then_some([start, end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_run_on_around_corners() {
        // 6 on, 4 off along 8 px right, then 8 px down: 0–6 on, 6–10 off (2 px into the second leg), 10–16 on.
        let cut = dashes(&[(0.0, 0.0), (8.0, 0.0), (8.0, 8.0)]);
        assert_eq!(
            cut,
            [vec![(0.0, 0.0), (6.0, 0.0)], vec![(8.0, 2.0), (8.0, 8.0)]]
        );
        assert!(dashes(&[]).is_empty());
        assert!(dashes(&[(1.0, 1.0)]).is_empty());
    }

    #[test]
    fn stripes_stay_inside_their_bar() {
        let lines = stripes((10.0, 20.0), (30.0, 60.0), STRIPE_PX);
        assert_eq!(
            lines.len(),
            9,
            "(20 + 40) / 6 = 10 steps, the ends excluded"
        );
        for (x, y) in lines.into_iter().flatten() {
            assert!(
                (10.0..=30.0).contains(&x) && (20.0..=60.0).contains(&y),
                "{x} {y}"
            );
        }
        assert!(stripes((1.0, 1.0), (1.0, 1.0), STRIPE_PX).is_empty());
    }
}
