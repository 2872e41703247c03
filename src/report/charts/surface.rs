//! The surface of a page: a plotters backend over any [`Ink`].
//!
//! What plotters draws comes down to three things: shapes that are filled, shapes that are outlined, and lines of text. A way to
//! write pictures has to know those three and nothing of plotters.

use super::{area::Px, fonts::Fonts};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform, text_anchor::Pos,
};
use std::convert::Infallible;

/// Plotters only knows whole-number coordinates; this many of them are one logical pixel, so that lines and letters land where
/// they belong.
pub(super) const UNITS_PER_PX: f64 = 8.0;

/// What writes the marks of a picture. All lengths are logical pixels, all places are from the upper left corner.
pub(super) trait Ink {
    /// Fills a shape.
    fn fill(&mut self, shape: &Shape, color: BackendColor);
    /// Draws along the edge of a shape, or along a line. Corners are round, ends are cut.
    fn stroke(&mut self, shape: &Shape, color: BackendColor, width_px: f64);
    /// Writes a line of text.
    fn write(&mut self, line: &Line);
    /// Thin diagonal lines over a rectangle, in a colour and of a width.
    fn hatch(
        &mut self,
        (from, to): (Px, Px),
        lines: &[[Px; 2]],
        color: BackendColor,
        width_px: f64,
    ) {
        let _ = (from, to);
        for line in lines {
            self.stroke(&Shape::Polyline(line.to_vec()), color, width_px);
        }
    }
    /// Whether title and subtitle are part of the picture.
    fn wants_heading(&self) -> bool {
        true
    }
    /// Hears the subtitle that is left out.
    fn leave_out(&mut self, _subtitle: &str) {}
}

/// The outline of a mark.
pub(super) enum Shape {
    /// Between its upper left and its lower right corner.
    Rect(Px, Px),
    /// From point to point.
    Polyline(Vec<Px>),
    /// From point to point and back to the first.
    Polygon(Vec<Px>),
    /// Around a point, with a radius.
    Circle(Px, f64),
}

/// A line of text.
pub(super) struct Line<'a> {
    /// What it says.
    pub text: &'a str,
    /// The point it is anchored at.
    pub at: Px,
    /// Which of its sides stand at that point.
    pub anchor: Pos,
    /// Turned around that point so far, clockwise.
    pub degrees: f32,
    /// Size of the em.
    pub em_px: f64,
    /// Bold instead of regular.
    pub bold: bool,
    /// Its colour.
    pub color: BackendColor,
    /// In a white halo, so that nothing strikes its letters through.
    pub halo: bool,
}

impl<'a> Line<'a> {
    /// A line in the style plotters gives it.
    pub(super) fn new<S: BackendTextStyle>(text: &'a str, style: &S, at: Px, halo: bool) -> Self {
        Line {
            text,
            at,
            anchor: style.anchor(),
            degrees: degrees(style.transform()),
            em_px: style.size() / UNITS_PER_PX,
            bold: is_bold(style),
            color: style.color(),
            halo,
        }
    }
}

/// A page's plotters backend.
pub(super) struct Surface<'a> {
    ink: &'a mut dyn Ink,
    fonts: &'a Fonts,
    size_px: Px,
}

impl<'a> Surface<'a> {
    /// A surface of a width and height.
    pub(super) fn new(ink: &'a mut dyn Ink, fonts: &'a Fonts, size_px: Px) -> Self {
        Surface {
            ink,
            fonts,
            size_px,
        }
    }

    /// Whether title and subtitle are part of the picture.
    pub(super) fn wants_heading(&self) -> bool {
        self.ink.wants_heading()
    }

    /// Hears the subtitle that is left out.
    pub(super) fn leave_out(&mut self, subtitle: &str) -> Drawn {
        self.ink.leave_out(subtitle);
        Ok(())
    }

    /// Writes a line of text.
    pub(super) fn write(&mut self, line: &Line) -> Drawn {
        self.ink.write(line);
        Ok(())
    }

    /// Draws thin diagonal lines over a rectangle.
    pub(super) fn hatch(
        &mut self,
        area: (Px, Px),
        lines: &[[Px; 2]],
        (color, width_px): (BackendColor, f64),
    ) -> Drawn {
        self.ink.hatch(area, lines, color, width_px);
        Ok(())
    }

    fn fill(&mut self, shape: &Shape, color: BackendColor) -> Drawn {
        self.ink.fill(shape, color);
        Ok(())
    }

    fn stroke<S: BackendStyle>(&mut self, shape: &Shape, style: &S) -> Drawn {
        self.ink.stroke(
            shape,
            style.color(),
            f64::from(style.stroke_width()) / UNITS_PER_PX,
        );
        Ok(())
    }

    fn paint<S: BackendStyle>(&mut self, shape: &Shape, style: &S, fill: bool) -> Drawn {
        if fill {
            self.fill(shape, style.color())
        } else {
            self.stroke(shape, style)
        }
    }
}

/// What plotters wants to hear of every call. Nothing goes wrong before the picture is finished.
pub(super) type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Surface<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let units = |px: f64| (px * UNITS_PER_PX) as u32;
        (units(self.size_px.0), units(self.size_px.1))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.fill(&rect((x, y), (x + 1, y + 1)), color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.stroke(&Shape::Polyline(vec![px(from), px(to)]), style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.paint(&rect(from, to), style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.stroke(&Shape::Polyline(path.into_iter().map(px).collect()), style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.paint(
            &Shape::Circle(px(center), f64::from(radius) / UNITS_PER_PX),
            style,
            fill,
        )
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn {
        self.fill(
            &Shape::Polygon(points.into_iter().map(px).collect()),
            style.color(),
        )
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.write(&Line::new(text, style, px(at), false))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = self.fonts.width_em(text, is_bold(style)) * style.size() as f32;
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

/// The nearest place plotters knows. What is not a number is 0, what is too far out is at the end of its numbers.
pub(super) fn units((x, y): Px) -> BackendCoord {
    (unit(x), unit(y))
}

/// Likewise for a length.
pub(super) fn unit(px: f64) -> i32 {
    (px * UNITS_PER_PX).round() as i32
}

/// A place of plotters' in logical pixels.
pub(super) fn px((x, y): BackendCoord) -> Px {
    (f64::from(x) / UNITS_PER_PX, f64::from(y) / UNITS_PER_PX)
}

fn rect(from: BackendCoord, to: BackendCoord) -> Shape {
    let ((x0, y0), (x1, y1)) = (px(from), px(to));
    Shape::Rect((x0.min(x1), y0.min(y1)), (x0.max(x1), y0.max(y1)))
}

fn is_bold<S: BackendTextStyle>(style: &S) -> bool {
    matches!(style.style(), FontStyle::Bold)
}

fn degrees(turn: FontTransform) -> f32 {
    match turn {
        FontTransform::None => 0.0,
        FontTransform::Rotate90 => 90.0,
        FontTransform::Rotate180 => 180.0,
        FontTransform::Rotate270 => 270.0,
    }
}
