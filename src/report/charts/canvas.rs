//! The canvas: a plotters backend that draws anti-aliased paths with tiny-skia and sets text from the outlines of the bundled font.
//!
//! Plotters only knows whole-number coordinates, so the canvas offers [`UNITS_PER_PX`] units for every logical pixel
//! and writes [`OUTPUT_SCALE`] image pixels for each: lines and letters land where they belong.

use super::ChartError;
use ab_glyph::{Font, FontRef, OutlineCurve};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform, text_anchor,
};
use std::convert::Infallible;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// Drawing units for one logical pixel.
pub(super) const UNITS_PER_PX: f64 = 8.0;

/// Image pixels for one logical pixel.
pub(super) const OUTPUT_SCALE: f64 = 2.0;

/// A plotters text size is a line height; the em is smaller by this factor.
pub(super) const LINE_HEIGHT_EM: f64 = 1.24;

/// Image pixels for one drawing unit.
const UNIT: f32 = (OUTPUT_SCALE / UNITS_PER_PX) as f32;

/// Pixels per metre of a picture meant for 96 dpi at twice the density (PNG `pHYs`).
const PIXELS_PER_METRE: u32 = 7560;

/// Height of Inter's capitals in em; text is centred on it.
const CAP_HEIGHT_EM: f32 = 0.727;

/// How far Inter reaches above the baseline, em (`hhea` ascender).
const ASCENT_EM: f32 = 0.969;

/// How far Inter reaches below the baseline, em (`hhea` descender).
const DESCENT_EM: f32 = 0.242;

/// Coordinates further out than this are drawn here: nothing can overflow the rasteriser.
const FURTHEST_PX: f32 = 100_000.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The bundled typeface in its two weights.
pub(super) struct Fonts {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Fonts {
    /// Parses the bundled files. Fails only if the build bundled something that is no font.
    pub(super) fn bundled() -> Result<Self, ChartError> {
        let parse = |bytes: &'static [u8]| FontRef::try_from_slice(bytes).map_err(|e| ChartError::Font(e.to_string()));
        Ok(Fonts {
            regular: parse(include_bytes!("../../../assets/fonts/Inter-Regular.ttf"))?,
            bold: parse(include_bytes!("../../../assets/fonts/Inter-Bold.ttf"))?,
        })
    }

    fn weight(&self, style: FontStyle) -> &FontRef<'static> {
        match style {
            FontStyle::Bold => &self.bold,
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => &self.regular,
        }
    }
}

/// A picture under construction.
pub(super) struct Canvas<'a> {
    pixmap: &'a mut Pixmap,
    fonts: &'a Fonts,
}

impl<'a> Canvas<'a> {
    /// A white canvas over `pixmap`.
    pub(super) fn new(pixmap: &'a mut Pixmap, fonts: &'a Fonts) -> Self {
        pixmap.fill(Color::WHITE);
        Canvas { pixmap, fonts }
    }

    fn fill(&mut self, path: Option<Path>, color: BackendColor) -> Drawn {
        if let Some(path) = path {
            self.pixmap.fill_path(&path, &paint(color), FillRule::Winding, Transform::identity(), None);
        }
        Ok(())
    }

    fn stroke(&mut self, path: Option<Path>, color: BackendColor, width_units: u32) -> Drawn {
        if let Some(path) = path {
            let stroke = Stroke {
                width: width_units as f32 * UNIT,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            self.pixmap.stroke_path(&path, &paint(color), &stroke, Transform::identity(), None);
        }
        Ok(())
    }

    fn paint_shape<S: BackendStyle>(&mut self, path: Option<Path>, style: &S, fill: bool) -> Drawn {
        if fill { self.fill(path, style.color()) } else { self.stroke(path, style.color(), style.stroke_width()) }
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let units = |pixels: u32| (pixels as f32 / UNIT) as u32;
        (units(self.pixmap.width()), units(self.pixmap.height()))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.fill(rect_path((x, y), (x + 1, y + 1)), color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke(polyline([from, to], false), style.color(), style.stroke_width())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        self.paint_shape(rect_path(from, to), style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke(polyline(path, false), style.color(), style.stroke_width())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y) = image_px(center);
        self.paint_shape(PathBuilder::from_circle(x, y, radius as f32 * UNIT), style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        self.fill(polyline(points, true), style.color())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let em_px = (style.size() / LINE_HEIGHT_EM) as f32 * UNIT;
        let font = self.fonts.weight(style.style());
        let (x, y) = anchored(style.anchor(), width_em(font, text) * em_px, em_px);
        let outline = text_outline(font, text, em_px, (x, y));
        let placed = outline.and_then(|path| path.transform(turned(style.transform(), image_px(pos))));
        self.fill(placed, style.color())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let em_units = (style.size() / LINE_HEIGHT_EM) as f32;
        let width = width_em(self.fonts.weight(style.style()), text) * em_units;
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

/// The finished picture as a PNG: same picture, same bytes.
///
/// Every pixel lies on white, so its alpha is full and tiny-skia's premultiplied colours are plain colours.
pub(super) fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, ChartError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let density = png::PixelDimensions { xppu: PIXELS_PER_METRE, yppu: PIXELS_PER_METRE, unit: png::Unit::Meter };
    encoder.set_pixel_dims(Some(density));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixmap.data())?;
    writer.finish()?;
    Ok(bytes)
}

fn paint(color: BackendColor) -> Paint<'static> {
    let (r, g, b) = color.rgb;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(r, g, b, (color.alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

fn image_px((x, y): BackendCoord) -> (f32, f32) {
    let clamp = |unit: i32| (unit as f32 * UNIT).clamp(-FURTHEST_PX, FURTHEST_PX);
    (clamp(x), clamp(y))
}

fn polyline(points: impl IntoIterator<Item = BackendCoord>, close: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, point) in points.into_iter().enumerate() {
        let (x, y) = image_px(point);
        if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if close {
        path.close();
    }
    path.finish()
}

fn rect_path(from: BackendCoord, to: BackendCoord) -> Option<Path> {
    let ((x0, y0), (x1, y1)) = (image_px(from), image_px(to));
    Rect::from_ltrb(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)).map(PathBuilder::from_rect)
}

fn width_em(font: &FontRef, text: &str) -> f32 {
    let units: f32 = text.chars().map(|c| font.h_advance_unscaled(font.glyph_id(c))).sum();
    units / font.units_per_em().unwrap_or(1000.0)
}

/// Where the text's baseline starts, relative to the point it is anchored at.
fn anchored(anchor: text_anchor::Pos, width: f32, em: f32) -> (f32, f32) {
    let x = match anchor.h_pos {
        text_anchor::HPos::Left => 0.0,
        text_anchor::HPos::Center => -width / 2.0,
        text_anchor::HPos::Right => -width,
    };
    let y = match anchor.v_pos {
        text_anchor::VPos::Top => ASCENT_EM * em,
        text_anchor::VPos::Center => CAP_HEIGHT_EM / 2.0 * em,
        text_anchor::VPos::Bottom => -DESCENT_EM * em,
    };
    (x, y)
}

/// The outlines of `text` with its baseline starting at `(x, y)`.
fn text_outline(font: &FontRef, text: &str, em: f32, (mut x, y): (f32, f32)) -> Option<Path> {
    let scale = em / font.units_per_em().unwrap_or(1000.0);
    let mut path = PathBuilder::new();
    for c in text.chars() {
        let glyph = font.glyph_id(c);
        if let Some(outline) = font.outline(glyph) {
            add_glyph(&mut path, &outline.curves, |p| (x + p.x * scale, y - p.y * scale));
        }
        x += font.h_advance_unscaled(glyph) * scale;
    }
    path.finish()
}

/// Adds one glyph; a curve that does not start where the last one ended begins a new contour.
fn add_glyph(path: &mut PathBuilder, curves: &[OutlineCurve], place: impl Fn(ab_glyph::Point) -> (f32, f32)) {
    let mut end = None;
    for curve in curves {
        let (OutlineCurve::Line(start, ..) | OutlineCurve::Quad(start, ..) | OutlineCurve::Cubic(start, ..)) = curve;
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

fn turned(turn: FontTransform, (x, y): (f32, f32)) -> Transform {
    let degrees = match turn {
        FontTransform::None => 0.0,
        FontTransform::Rotate90 => 90.0,
        FontTransform::Rotate180 => 180.0,
        FontTransform::Rotate270 => 270.0,
    };
    Transform::from_rotate(degrees).post_translate(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters_backend::text_anchor::{HPos, Pos, VPos};

    #[test]
    fn inter_has_the_metrics_the_layout_relies_on() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        let em = fonts.regular.units_per_em().expect("Inter names its em");
        assert!((fonts.regular.ascent_unscaled() / em - ASCENT_EM).abs() < 0.01);
        assert!((-fonts.regular.descent_unscaled() / em - DESCENT_EM).abs() < 0.01);
        assert!(width_em(&fonts.bold, "distance") > width_em(&fonts.regular, "distance"));
        assert_eq!(width_em(&fonts.regular, ""), 0.0);
    }

    #[test]
    fn every_character_the_charts_write_is_in_the_font() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        for c in "0123456789+−–%/.,·×≥≤±ÄÖÜäöüéñ()\u{a0}".chars() {
            assert_ne!(fonts.regular.glyph_id(c).0, 0, "regular lacks {c:?}");
            assert_ne!(fonts.bold.glyph_id(c).0, 0, "bold lacks {c:?}");
        }
    }

    #[test]
    fn anchors_place_the_baseline() {
        for (h, v, expected) in [
            (HPos::Left, VPos::Top, (0.0, 9.69)),
            (HPos::Center, VPos::Center, (-20.0, 3.635)),
            (HPos::Right, VPos::Bottom, (-40.0, -2.42)),
        ] {
            let (x, y) = anchored(Pos::new(h, v), 40.0, 10.0);
            assert!((x - expected.0).abs() < 1e-4 && (y - expected.1).abs() < 1e-4, "{x} {y} against {expected:?}");
        }
    }

    #[test]
    fn a_filled_rectangle_covers_its_pixels_and_no_others() {
        let fonts = Fonts::bundled().expect("the bundled fonts parse");
        let mut pixmap = Pixmap::new(20, 10).expect("a small pixmap");
        let black = BackendColor { alpha: 1.0, rgb: (0, 0, 0) };
        let mut canvas = Canvas::new(&mut pixmap, &fonts);
        assert_eq!(canvas.get_size(), (80, 40));
        canvas.draw_rect((16, 8), (32, 24), &black, true).expect("drawing cannot fail");
        let dark = |x, y| pixmap.pixel(x, y).is_some_and(|p| p.red() == 0);
        assert!(dark(4, 2) && dark(7, 5), "16..32 units are pixels 4..8, 8..24 units are pixels 2..6");
        assert!(!dark(3, 2) && !dark(8, 5) && !dark(4, 6));
    }
}
