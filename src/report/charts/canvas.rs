//! The canvas: anti-aliased pixels drawn with tiny-skia, and text in the bundled font.

use super::{
    area::Px,
    fonts::{Fonts, baseline_em},
    letters::{Letters, Level},
    surface::{Ink, Line, Shape, px, units},
};
use ab_glyph::{Font, FontRef, OutlineCurve};
use plotters_backend::{BackendColor, text_anchor::HPos};
use std::{f64::consts::TAU, ops::Range};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, PixmapMut, Rect, Stroke,
    Transform,
};

/// Image pixels for one logical pixel: twice the density of a screen.
pub(super) const OUTPUT_SCALE: f64 = 2.0;

/// Coordinates further out than this are drawn here: nothing can overflow the rasteriser.
const FURTHEST_PX: f32 = 100_000.0;

/// A halo is the text itself in white, moved by a radius (logical pixels) into so many directions: closer together than
/// the strokes of the letters are wide.
const HALO: &[(f64, u32)] = &[(1.25, 8), (super::style::HALO_PX, 16)];

/// A picture under construction.
pub(super) struct Canvas<'a> {
    pixmap: PixmapMut<'a>,
    fonts: &'a Fonts,
    letters: Letters<'a>,
}

impl<'a> Canvas<'a> {
    /// A white canvas over `pixmap`.
    pub(super) fn new(mut pixmap: PixmapMut<'a>, fonts: &'a Fonts) -> Self {
        pixmap.fill(Color::WHITE);
        Canvas {
            pixmap,
            fonts,
            letters: Letters::new(fonts),
        }
    }

    fn fill_path(&mut self, path: Option<Path>, color: BackendColor) {
        if let Some(path) = path {
            self.pixmap.fill_path(
                &path,
                &paint(color),
                FillRule::Winding,
                Transform::identity(),
                None,
            );
        }
    }

    /// A third of the work of the same as a path, and most of what charts are made of.
    fn fill_rect(&mut self, rect: Option<Rect>, color: BackendColor) {
        if let Some(rect) = rect {
            let as_is = Transform::identity();
            self.pixmap.fill_rect(rect, &paint(color), as_is, None);
        }
    }

    /// One copy of a line of text whose outlines these are.
    fn set(&mut self, outline: &Path, degrees: f32, at: Px, color: BackendColor) {
        let placed = outline.clone().transform(placed(degrees, at));
        self.fill_path(placed, color);
    }

    /// A line that is turned, or the halo of one that is level.
    fn write_outlines(&mut self, line: &Line, is_level: bool) {
        let Some(outline) = self.outline(line) else {
            return;
        };
        if line.halo {
            self.set_halo(&outline, line);
        }
        if !is_level {
            self.set(&outline, line.degrees, line.at, line.color);
        }
    }

    fn write_level(&mut self, line: &Line) {
        let ((x, y), (left, baseline)) = (image_px(px(units(line.at))), self.start_of(line));
        let level = Level {
            text: line.text,
            bold: line.bold,
            em: length(line.em_px),
            at: (x + left, y + baseline),
            color: line.color,
        };
        self.letters.write(&mut self.pixmap, &level);
    }

    /// The outlines of a line, around the point it is anchored at.
    fn outline(&self, line: &Line) -> Option<Path> {
        let font = self.fonts.weight(line.bold);
        text_outline(font, line.text, length(line.em_px), self.start_of(line))
    }

    /// Where its first letter stands, seen from the point it is anchored at.
    fn start_of(&self, line: &Line) -> (f32, f32) {
        let left = start(line.anchor.h_pos, self.width(line));
        let baseline = baseline_em(line.anchor.v_pos) * length(line.em_px);
        (left, baseline)
    }

    fn width(&self, line: &Line) -> f32 {
        self.fonts.width_em(line.text, line.bold) * length(line.em_px)
    }

    /// Copies of a line in white, all around it. Where there is nothing but white they would change nothing: most lines are placed there,
    /// and the copies are most of the work of a picture.
    fn set_halo(&mut self, outline: &Path, line: &Line) {
        if self.is_white_around(outline, line) {
            return;
        }
        let (x, y) = line.at;
        for (radius, directions) in HALO {
            for step in 0..*directions {
                let (sin, cos) = (TAU * f64::from(step) / f64::from(*directions)).sin_cos();
                let at = (x + radius * cos, y + radius * sin);
                self.set(outline, line.degrees, at, WHITE);
            }
        }
    }

    /// Whether nothing was drawn yet where a line and its halo come to stand.
    fn is_white_around(&self, outline: &Path, line: &Line) -> bool {
        let placed = placed(line.degrees, line.at);
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height());
        let Some(bounds) = outline.bounds().transform(placed) else {
            return false;
        };
        let columns = touched(bounds.left(), bounds.right(), width);
        let rows = touched(bounds.top(), bounds.bottom(), height as usize);
        let picture = self.pixmap.as_ref();
        let (pixels, _) = picture.data().as_chunks::<4>();
        let mut rows = pixels.chunks_exact(width).take(rows.end).skip(rows.start);
        rows.all(|row| row[columns.clone()].iter().all(|pixel| *pixel == [0xFF; 4]))
    }
}

/// From around the point that a line is anchored at to where it stands in the picture.
fn placed(degrees: f32, at: Px) -> Transform {
    let (x, y) = image_px(px(units(at)));
    Transform::from_rotate(degrees).post_translate(x, y)
}

/// The pixels of so many that a line and its halo touch, from one end of its letters to the other.
fn touched(from: f32, to: f32, count: usize) -> Range<usize> {
    let around = length(super::style::HALO_PX) + 1.0;
    let end = ((to + around).ceil().max(0.0) as usize).min(count);
    ((from - around).floor().max(0.0) as usize).min(end)..end
}

impl Ink for Canvas<'_> {
    fn fill(&mut self, shape: &Shape, color: BackendColor) {
        match shape {
            Shape::Rect(from, to) => self.fill_rect(rect(image_px(*from), image_px(*to)), color),
            _ => self.fill_path(path(shape), color),
        }
    }

    fn stroke(&mut self, shape: &Shape, color: BackendColor, width_px: f64) {
        if let Some(bar) = bar(shape, length(width_px)) {
            return self.fill_rect(Some(bar), color);
        }
        let stroke = Stroke {
            width: length(width_px),
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        if let Some(path) = path(shape) {
            let (paint, as_is) = (paint(color), Transform::identity());
            self.pixmap.stroke_path(&path, &paint, &stroke, as_is, None);
        }
    }

    fn write(&mut self, line: &Line) {
        let is_level = line.degrees == 0.0;
        if line.halo || !is_level {
            self.write_outlines(line, is_level);
        }
        if is_level {
            self.write_level(line);
        }
    }
}

const WHITE: BackendColor = BackendColor {
    alpha: 1.0,
    rgb: (0xFF, 0xFF, 0xFF),
};

fn paint(color: BackendColor) -> Paint<'static> {
    let (r, g, b) = color.rgb;
    let mut paint = Paint {
        anti_alias: true,
        ..Paint::default()
    };
    paint.set_color_rgba8(r, g, b, (color.alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

fn length(px: f64) -> f32 {
    (px * OUTPUT_SCALE) as f32
}

fn image_px((x, y): Px) -> (f32, f32) {
    let clamp = |px: f64| length(px).clamp(-FURTHEST_PX, FURTHEST_PX);
    (clamp(x), clamp(y))
}

/// None where a shape has no extent.
fn path(shape: &Shape) -> Option<Path> {
    match shape {
        Shape::Rect(from, to) => rect(image_px(*from), image_px(*to)).map(PathBuilder::from_rect),
        Shape::Polyline(points) => points_path(points, false),
        Shape::Polygon(points) => points_path(points, true),
        Shape::Circle(center, radius_px) => {
            let (x, y) = image_px(*center);
            PathBuilder::from_circle(x, y, length(*radius_px))
        }
    }
}

/// None where it has no extent, or its corners are not in their order.
fn rect((left, top): (f32, f32), (right, bottom): (f32, f32)) -> Option<Rect> {
    Rect::from_ltrb(left, top, right, bottom)
}

/// A stretch of one line that is level or upright, so wide, as the rectangle it covers. None for all else.
fn bar(shape: &Shape, width: f32) -> Option<Rect> {
    let Shape::Polyline(points) = shape else {
        return None;
    };
    let [from, to] = points[..] else {
        return None;
    };
    let ((x, y), (to_x, to_y), half) = (image_px(from), image_px(to), width / 2.0);
    let ends = |a: f32, b: f32| (a.min(b), a.max(b));
    match (x == to_x, y == to_y) {
        (false, true) => {
            let (left, right) = ends(x, to_x);
            rect((left, y - half), (right, y + half))
        }
        (true, false) => {
            let (top, bottom) = ends(y, to_y);
            rect((x - half, top), (x + half, bottom))
        }
        _ => None,
    }
}

fn add_point(path: &mut PathBuilder, is_first: bool, (x, y): (f32, f32)) {
    match is_first {
        true => path.move_to(x, y),
        false => path.line_to(x, y),
    }
}

fn points_path(points: &[Px], close: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, point) in points.iter().enumerate() {
        add_point(&mut path, index == 0, image_px(*point));
    }
    if close {
        path.close();
    }
    path.finish()
}

/// Where a text starts, relative to the point it is anchored at.
fn start(anchor: HPos, width: f32) -> f32 {
    match anchor {
        HPos::Left => 0.0,
        HPos::Center => -width / 2.0,
        HPos::Right => -width,
    }
}

/// The outlines of `text` with its baseline starting at `(x, y)`.
fn text_outline(font: &FontRef, text: &str, em: f32, (mut x, y): (f32, f32)) -> Option<Path> {
    let scale = em / font.units_per_em().unwrap_or(1000.0);
    let mut path = PathBuilder::new();
    for c in text.chars() {
        let glyph = font.glyph_id(c);
        if let Some(outline) = font.outline(glyph) {
            add_glyph(&mut path, &outline.curves, |p| {
                (x + p.x * scale, y - p.y * scale)
            });
        }
        x += font.h_advance_unscaled(glyph) * scale;
    }
    path.finish()
}

/// Adds one glyph; a curve that does not start where the last one ended begins a new contour.
fn add_glyph(
    path: &mut PathBuilder,
    curves: &[OutlineCurve],
    place: impl Fn(ab_glyph::Point) -> (f32, f32),
) {
    let mut end = None;
    for curve in curves {
        let (OutlineCurve::Line(start, ..)
        | OutlineCurve::Quad(start, ..)
        | OutlineCurve::Cubic(start, ..)) = curve;
        if end != Some(*start) {
            let (x, y) = place(*start);
            path.move_to(x, y);
        }
        end = Some(add_curve(path, curve, &place));
    }
}

/// Adds one curve and returns its end.
fn add_curve(
    path: &mut PathBuilder,
    curve: &OutlineCurve,
    place: &impl Fn(ab_glyph::Point) -> (f32, f32),
) -> ab_glyph::Point {
    match *curve {
        OutlineCurve::Line(_, end) => {
            let (x, y) = place(end);
            path.line_to(x, y);
            end
        }
        OutlineCurve::Quad(_, c, end) => {
            let ((cx, cy), (x, y)) = (place(c), place(end));
            path.quad_to(cx, cy, x, y);
            end
        }
        OutlineCurve::Cubic(_, c, d, end) => {
            let ((cx, cy), (dx, dy), (x, y)) = (place(c), place(d), place(end));
            path.cubic_to(cx, cy, dx, dy, x, y);
            end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters_backend::text_anchor::{Pos, VPos};
    use tiny_skia::Pixmap;

    const BLACK: BackendColor = BackendColor {
        alpha: 1.0,
        rgb: (0, 0, 0),
    };

    /// A canvas of 20 × 20 image pixels, and which of them are darker than half.
    fn drawn(draw: impl Fn(&mut Canvas)) -> Vec<(u32, u32)> {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        let mut pixmap = Pixmap::new(20, 20).expect("a small pixmap");
        draw(&mut Canvas::new(pixmap.as_mut(), &fonts));
        let dark =
            |(x, y): &(u32, u32)| pixmap.pixel(*x, *y).is_some_and(|pixel| pixel.red() < 128);
        (0..20)
            .flat_map(|y| (0..20).map(move |x| (x, y)))
            .filter(dark)
            .collect()
    }

    #[test]
    fn a_filled_rectangle_covers_its_pixels_and_no_others() {
        let dark = drawn(|canvas| canvas.fill(&Shape::Rect((2.0, 1.0), (4.0, 3.0)), BLACK));
        let expected: Vec<_> = (2..6).flat_map(|y| (4..8).map(move |x| (x, y))).collect();
        assert_eq!(
            dark, expected,
            "2 to 4 logical pixels are the image's 4 to 8"
        );
    }

    #[test]
    fn anchors_place_the_text() {
        let line = |h_pos, v_pos, degrees| Line {
            text: "H",
            at: (5.0, 5.0),
            anchor: Pos::new(h_pos, v_pos),
            degrees,
            em_px: 6.0,
            bold: true,
            color: BLACK,
            halo: false,
        };
        for (h_pos, v_pos, degrees, left, above) in [
            (HPos::Left, VPos::Center, 0.0, false, None),
            (HPos::Right, VPos::Center, 0.0, true, None),
            (HPos::Right, VPos::Bottom, 0.0, true, Some(true)),
            (HPos::Right, VPos::Top, 0.0, true, Some(false)),
        ] {
            let dark = drawn(|canvas| canvas.write(&line(h_pos, v_pos, degrees)));
            assert!(!dark.is_empty());
            assert!(dark.iter().all(|(x, _)| (*x < 10) == left), "{dark:?}");
            assert!(
                above.is_none_or(|above| dark.iter().all(|(_, y)| (*y < 10) == above)),
                "{dark:?}"
            );
        }
        let upwards = drawn(|canvas| canvas.write(&line(HPos::Left, VPos::Center, 270.0)));
        assert!(
            !upwards.is_empty() && upwards.iter().all(|(_, y)| *y < 10),
            "{upwards:?}"
        );
    }
}
