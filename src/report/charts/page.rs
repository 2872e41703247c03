//! A page to draw on, in logical pixels, over any ink.

use super::{
    ChartError,
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

/// A place on the page, logical pixels from the upper left corner.
pub(super) type Px = (f64, f64);

/// Length of a dash and of the gap after it, logical pixels.
const DASH_PX: f64 = 6.0;
const DASH_GAP_PX: f64 = 4.0;

/// Distance of the stripes on a marked bar, logical pixels.
const STRIPE_PX: f64 = 6.0;

/// A page over a surface.
pub(super) struct Page<'a> {
    area: DrawingArea<Surface<'a>, Shift>,
}

impl<'a> Page<'a> {
    /// The whole of a surface.
    pub(super) fn new(surface: Surface<'a>) -> Self {
        Page {
            area: surface.into_drawing_area(),
        }
    }

    /// Tells the surface that the page is finished.
    pub(super) fn present(&self) -> Result<(), ChartError> {
        self.area.present().map_err(ChartError::drawing)
    }

    /// A filled rectangle between two opposite corners.
    pub(super) fn rect(&self, from: Px, to: Px, color: RGBAColor) -> Result<(), ChartError> {
        self.area
            .draw(&Rectangle::new([units(from), units(to)], color.filled()))
            .map_err(ChartError::drawing)
    }

    /// The outline of a rectangle, the line inside its edges.
    pub(super) fn outline(
        &self,
        (x0, y0): Px,
        (x1, y1): Px,
        color: RGBAColor,
        width_px: f64,
    ) -> Result<(), ChartError> {
        let inset = width_px / 2.0;
        let corners = [
            units((x0 + inset, y0 + inset)),
            units((x1 - inset, y1 - inset)),
        ];
        self.area
            .draw(&Rectangle::new(corners, stroke(color, width_px)))
            .map_err(ChartError::drawing)
    }

    /// A line through all points.
    pub(super) fn line(
        &self,
        points: &[Px],
        color: RGBAColor,
        width_px: f64,
    ) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.area
            .draw(&PathElement::new(points, stroke(color, width_px)))
            .map_err(ChartError::drawing)
    }

    /// A dashed line through all points.
    pub(super) fn dashed(
        &self,
        points: &[Px],
        color: RGBAColor,
        width_px: f64,
    ) -> Result<(), ChartError> {
        dashes(points)
            .iter()
            .try_for_each(|dash| self.line(dash, color, width_px))
    }

    /// A filled polygon.
    pub(super) fn polygon(&self, points: &[Px], color: RGBAColor) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.area
            .draw(&Polygon::new(points, color.filled()))
            .map_err(ChartError::drawing)
    }

    /// A filled circle.
    pub(super) fn dot(
        &self,
        center: Px,
        radius_px: f64,
        color: RGBAColor,
    ) -> Result<(), ChartError> {
        self.area
            .draw(&Circle::new(units(center), unit(radius_px), color.filled()))
            .map_err(ChartError::drawing)
    }

    /// A diamond with a white edge: the mark of what stands out.
    pub(super) fn diamond(&self, at: Px, radius_px: f64) -> Result<(), ChartError> {
        self.polygon(&around(at, radius_px + 1.5), style::WHITE)?;
        self.polygon(&around(at, radius_px), style::VERMILLION)
    }

    /// A diamond of the same size, white inside: the mark of what could not be judged.
    pub(super) fn hollow_diamond(&self, at: Px, radius_px: f64) -> Result<(), ChartError> {
        self.diamond(at, radius_px)?;
        self.polygon(&around(at, radius_px - 2.0), style::WHITE)
    }

    /// A bar that a rule marked: orange, outlined and, where wide enough to show it, striped.
    pub(super) fn marked_bar(&self, from: Px, to: Px) -> Result<(), ChartError> {
        self.rect(from, to, style::ORANGE.mix(0.75))?;
        if to.0 - from.0 < 4.0 {
            return Ok(());
        }
        for stripe in stripes(from, to) {
            self.line(&stripe, style::VERMILLION.mix(0.7), 1.0)?;
        }
        self.outline(from, to, style::VERMILLION, 1.25)
    }

    /// One line of text.
    pub(super) fn text(&self, text: &str, at: Px, look: Text) -> Result<(), ChartError> {
        self.area
            .draw(&plotters::element::Text::new(
                text,
                units(at),
                text_style(look),
            ))
            .map_err(ChartError::drawing)
    }

    /// One line of text in a white halo, so that no line strikes its letters through.
    pub(super) fn label(&self, text: &str, at: Px, look: Text) -> Result<(), ChartError> {
        self.area
            .draw(&Label {
                text,
                at,
                style: text_style(look),
            })
            .map_err(ChartError::drawing)
    }

    /// How wide a line of text is, logical pixels.
    pub(super) fn text_width(&self, text: &str, look: Text) -> Result<f64, ChartError> {
        let (width, _) = self
            .area
            .estimate_text_size(text, &text_style(look))
            .map_err(ChartError::drawing)?;
        Ok(f64::from(width) / UNITS_PER_PX)
    }

    /// The box a line of text (not one reading upwards) will cover.
    pub(super) fn text_box(&self, text: &str, (x, y): Px, look: Text) -> Result<Area, ChartError> {
        let width = self.text_width(text, look)?;
        let left = match look.horizontal {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let half = look.em_px * 0.6;
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

    /// Title and subtitle, the latter broken into lines; returns where the plot may start.
    pub(super) fn heading(&self, title: &str, subtitle: &str) -> Result<f64, ChartError> {
        self.text(title, (style::MARGIN_PX, 27.0), Text::TITLE)?;
        let lines = self.balanced(
            subtitle,
            style::WIDTH_PX - 2.0 * style::MARGIN_PX,
            Text::SUBTITLE,
        )?;
        for (index, line) in lines.iter().enumerate() {
            self.text(
                line,
                (style::MARGIN_PX, 52.0 + style::LINE_PX * index as f64),
                Text::SUBTITLE,
            )?;
        }
        Ok(style::PLOT_TOP_PX + style::LINE_PX * lines.len().saturating_sub(1) as f64)
    }

    /// Breaks text into as few lines as fit, all about as long: no line of one word.
    fn balanced(&self, text: &str, width_px: f64, look: Text) -> Result<Vec<String>, ChartError> {
        let mut best = self.wrap(text, width_px, look)?;
        let narrower = (1..40)
            .map(|step| width_px - 20.0 * f64::from(step))
            .take_while(|width| *width > 200.0);
        for width in narrower.take(if best.len() > 1 { 40 } else { 0 }) {
            let lines = self.wrap(text, width, look)?;
            if lines.len() > best.len() {
                break;
            }
            best = lines;
        }
        Ok(best)
    }

    /// Breaks text between words so that no line is wider than `width_px` (a single longer word stays whole).
    fn wrap(&self, text: &str, width_px: f64, look: Text) -> Result<Vec<String>, ChartError> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) if self.text_width(&format!("{line} {word}"), look)? <= width_px => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_string()),
            }
        }
        Ok(lines)
    }
}

/// A line of text in a halo. Plotters has no such thing, so that it is handed to the surface as it is.
struct Label<'t> {
    text: &'t str,
    at: Px,
    style: TextStyle<'static>,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Label<'_> {
    type Point = BackendCoord;
    type IntoIter = std::iter::Once<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(units(self.at))
    }
}

impl Drawable<Surface<'_>> for Label<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        surface: &mut Surface,
        _: (u32, u32),
    ) -> Drawn {
        surface.write(&Line::new(self.text, &self.style, self.at, true))
    }
}

/// A rectangle that something covers, logical pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    fn touches(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// What is taken already, so that labels never lie on one another.
#[derive(Clone)]
pub(super) struct Room {
    bounds: Area,
    taken: Vec<Area>,
}

impl Room {
    /// Empty room inside `bounds`.
    pub(super) fn new(bounds: Area) -> Self {
        Room {
            bounds,
            taken: Vec::new(),
        }
    }

    /// Takes the area whatever lies there.
    pub(super) fn occupy(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Whether the area is inside the bounds and nothing lies in it or within 3 px left and right of it.
    pub(super) fn is_free(&self, area: Area) -> bool {
        let padded = Area {
            left: area.left - 3.0,
            right: area.right + 3.0,
            ..area
        };
        area.left >= self.bounds.left
            && area.right <= self.bounds.right
            && area.top >= self.bounds.top
            && area.bottom <= self.bounds.bottom
            && !self.taken.iter().any(|other| other.touches(&padded))
    }

    /// Takes the area if it is free; says whether it was.
    pub(super) fn take(&mut self, area: Area) -> bool {
        let free = self.is_free(area);
        if free {
            self.taken.push(area);
        }
        free
    }
}

fn stroke(color: RGBAColor, width_px: f64) -> ShapeStyle {
    color.stroke_width(unit(width_px).max(1) as u32)
}

fn text_style(look: Text) -> TextStyle<'static> {
    let weight = if look.bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let font = FontDesc::new(FontFamily::Name("Inter"), look.em_px * UNITS_PER_PX, weight);
    let font = if look.upwards {
        font.transform(FontTransform::Rotate270)
    } else {
        font
    };
    TextStyle {
        font,
        color: look.color.to_backend_color(),
        pos: Pos::new(look.horizontal, look.vertical),
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
    let mut dashes: Vec<Vec<Px>> = vec![points.first().copied().into_iter().collect()];
    let (mut drawing, mut left) = (true, DASH_PX);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let point = (
                x0 + (x1 - x0) * done / length,
                y0 + (y1 - y0) * done / length,
            );
            if drawing {
                dashes
                    .last_mut()
                    .into_iter()
                    .for_each(|dash| dash.push(point));
            } else {
                dashes.push(vec![point]);
            }
            drawing = !drawing;
            left = if drawing { DASH_PX } else { DASH_GAP_PX };
        }
        left -= length - done;
        if drawing {
            dashes
                .last_mut()
                .into_iter()
                .for_each(|dash| dash.push((x1, y1)));
        }
    }
    dashes.retain(|dash| dash.len() > 1);
    dashes
}

/// Diagonal stripes inside a rectangle.
fn stripes((x0, y0): Px, (x1, y1): Px) -> Vec<[Px; 2]> {
    let (left, right, top, bottom) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
    let count = ((right - left + bottom - top) / STRIPE_PX)
        .ceil()
        .clamp(0.0, 2000.0) as usize;
    (1..count)
        .filter_map(|index| {
            // The stripe x − left + (bottom − y) = reach, from the lower right to the upper left.
            let reach = STRIPE_PX * index as f64;
            let start = (
                (left + reach).min(right),
                bottom - (left + reach - right).max(0.0),
            );
            let end = (
                (left + reach - (bottom - top)).max(left),
                (bottom - reach).max(top),
            );
            (start.0 > end.0).then_some([(start.0, start.1), (end.0, end.1)])
        })
        .collect()
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
        let lines = stripes((10.0, 20.0), (30.0, 60.0));
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
        assert!(stripes((1.0, 1.0), (1.0, 1.0)).is_empty());
    }

    #[test]
    fn a_label_finds_room_or_is_refused() {
        let area = |left: f64, top: f64| Area {
            left,
            right: left + 20.0,
            top,
            bottom: top + 10.0,
        };
        let mut room = Room::new(Area {
            left: 0.0,
            right: 100.0,
            top: 0.0,
            bottom: 50.0,
        });
        assert!(room.take(area(0.0, 0.0)));
        assert!(!room.take(area(10.0, 5.0)), "overlaps");
        assert!(!room.take(area(21.0, 0.0)), "closer than 3 px");
        assert!(room.take(area(24.0, 0.0)));
        assert!(!room.take(area(90.0, 0.0)), "would be clipped");
        room.occupy(area(60.0, 20.0));
        assert!(!room.take(area(60.0, 20.0)));
    }
}
