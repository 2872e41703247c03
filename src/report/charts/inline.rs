//! The writer of pictures inside a page: colours by their names in the page's style, which follow light and dark, and as few letters
//! as it takes.
//!
//! Shapes of one look become one path. A shape joins those of its look that were drawn before others when none of the others lies
//! where it is drawn, so that the picture is the same: ten years of bars with their outlines are two paths.

use super::{
    Picture, Result,
    area::{Area, Px},
    cover::Cover,
    draw,
    fonts::{Fonts, baseline_em},
    page::{HATCH_PX, HATCH_STRENGTH, HATCH_WIDTH_PX},
    path::{Path, length},
    style,
    surface::{Ink, Line, Shape, px, units},
    svg::escaped,
};
use crate::units::shortest;
use plotters::style::RGBAColor;
use plotters_backend::{BackendColor, text_anchor::HPos};

/// Free around a picture, above and below, logical pixels.
const EDGE_PX: f64 = 4.0;

/// A letter is hardly wider, em.
const LETTER_EM: f64 = 0.68;

/// A picture as an element of a page, and what is to be said below its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPage {
    /// The element, which has neither heading nor caption in it.
    pub svg: String,
    /// What the marks in the picture mean. Empty where they need no words.
    pub caption: String,
}

/// A picture as an element of a page: same picture, same bytes. `id` makes the ids in it unique on the page.
pub(super) fn write(id: &str, picture: &dyn Picture) -> Result<InPage> {
    let ink = drawn(picture)?;
    Ok(InPage {
        svg: ink.element(id, picture),
        caption: ink.caption,
    })
}

/// The part of a picture that is shown in a page, under the caption of the whole.
pub(super) fn write_inside(id: &str, inside: &dyn Picture, whole: &dyn Picture) -> Result<InPage> {
    Ok(InPage {
        caption: drawn(whole)?.caption,
        ..write(id, inside)?
    })
}

fn drawn(picture: &dyn Picture) -> Result<Inline> {
    let mut ink = Inline::new((picture.width_px(), picture.height_px()));
    draw(picture, &mut ink, &Fonts::bundled()?)?;
    Ok(ink)
}

/// A picture under construction.
struct Inline {
    size_px: Px,
    layers: Vec<Layer>,
    /// Upper and lower edge of what is drawn.
    reach: Option<(f64, f64)>,
    caption: String,
}

/// What is drawn in one look and lies below the next layer.
struct Layer {
    /// The attributes of its element.
    look: String,
    body: Body,
    cover: Cover,
}

enum Body {
    Shapes(Path),
    Texts(Vec<String>),
}

impl Inline {
    fn new(size_px: Px) -> Self {
        Inline {
            size_px,
            layers: Vec::new(),
            reach: None,
            caption: String::new(),
        }
    }

    /// The layer to draw in, here and in this look.
    fn layer(&mut self, look: String, boxes: &[Area], empty: fn() -> Body) -> Option<&mut Body> {
        for area in boxes {
            self.stretch(area);
        }
        let at = self.joined(&look, boxes).unwrap_or(self.layers.len());
        if at == self.layers.len() {
            let (body, cover) = (empty(), Cover::none(self.size_px.0, self.size_px.1));
            self.layers.push(Layer { look, body, cover });
        }
        let layer = self.layers.get_mut(at)?;
        boxes.iter().for_each(|area| layer.cover.add(area));
        Some(&mut layer.body)
    }

    /// The last layer of this look that nothing lies on here.
    fn joined(&self, look: &str, boxes: &[Area]) -> Option<usize> {
        for (at, layer) in self.layers.iter().enumerate().rev() {
            if layer.look == look {
                return Some(at);
            }
            if boxes.iter().any(|area| layer.cover.touches(area)) {
                return None;
            }
        }
        None
    }

    fn stretch(&mut self, area: &Area) {
        let (top, bottom) = (area.top.max(0.0), area.bottom.min(self.size_px.1));
        let reach = self.reach.get_or_insert((top, bottom));
        *reach = (reach.0.min(top), reach.1.max(bottom));
    }

    fn path(&mut self, look: String, boxes: &[Area], add: impl FnOnce(&mut Path)) {
        if let Some(Body::Shapes(path)) = self.layer(look, boxes, || Body::Shapes(Path::default()))
        {
            add(path);
        }
    }

    /// The whole element. What is free above and below is cut off: the title stands in the page.
    fn element(&self, id: &str, picture: &dyn Picture) -> String {
        let (top, bottom) = self.reach.unwrap_or((0.0, self.size_px.1));
        let (top, bottom) = ((top - EDGE_PX).floor().max(0.0), (bottom + EDGE_PX).ceil());
        let view = format!(
            "0 {} {} {}",
            length(top),
            length(self.size_px.0),
            length(bottom - top)
        );
        let (title, alt) = (escaped(&picture.title()), escaped(&picture.alt()));
        let layers = self.elements(id);
        format!(
            "<svg viewBox=\"{view}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{alt}</desc>\n{layers}</svg>"
        )
    }
}

/// A path of more letters that comes again is written once.
const LONG_PATH: usize = 400;

impl Inline {
    /// The layers; of one long shape that is filled and then outlined the second only refers to the first.
    fn elements(&self, id: &str) -> String {
        let again = self.drawn_again();
        let element = |(at, layer): (usize, &Layer)| match again {
            Some((first, _)) if at == first => format!(
                "<defs><path id=\"{id}-line\" d=\"{}\"/></defs>\n{}",
                layer.shape().unwrap_or_default(),
                layer.reference(id)
            ),
            Some((_, second)) if at == second => layer.reference(id),
            _ => layer.element(),
        };
        self.layers.iter().enumerate().map(element).collect()
    }

    /// The first two layers that are one long shape.
    fn drawn_again(&self) -> Option<(usize, usize)> {
        let long = |layer: &Layer| {
            layer
                .shape()
                .filter(|text| text.len() > LONG_PATH)
                .map(str::to_string)
        };
        let shapes: Vec<Option<String>> = self.layers.iter().map(long).collect();
        let known = shapes
            .iter()
            .enumerate()
            .filter(|(_, shape)| shape.is_some());
        known.clone().find_map(|(first, shape)| {
            let mut later = known.clone().skip_while(|(at, _)| *at <= first);
            Some((first, later.find(|(_, other)| *other == shape)?.0))
        })
    }
}

impl Layer {
    /// What its path says. None of texts.
    fn shape(&self) -> Option<&str> {
        match &self.body {
            Body::Shapes(path) => Some(path.text()),
            Body::Texts(_) => None,
        }
    }

    /// Its look, of the shape that stands in the definitions.
    fn reference(&self, id: &str) -> String {
        format!("<use{} href=\"#{id}-line\"/>\n", self.look)
    }

    fn element(&self) -> String {
        let look = &self.look;
        match &self.body {
            Body::Shapes(path) => format!("<path{look} d=\"{}\"/>\n", path.text()),
            Body::Texts(texts) => texts_element(look, texts),
        }
    }
}

/// Texts of one look.
fn texts_element(look: &str, texts: &[String]) -> String {
    match texts {
        [text] => format!("<text{look}{text}</text>\n"),
        texts => format!("<g{look}><text{}</text></g>\n", texts.join("</text><text")),
    }
}

/// A rectangle no higher than this is written as a line of that width, which takes half the room: there is one for every logged day.
const FLAT_PX: f64 = 2.0;

impl Ink for Inline {
    fn fill(&mut self, shape: &Shape, color: BackendColor) {
        let boxes = boxes(shape, None);
        match shape {
            Shape::Rect(from, to) if to.1 - from.1 <= FLAT_PX => {
                let middle = (from.1 + to.1) / 2.0;
                let line = [(from.0, middle), (to.0, middle)];
                let look = stroked(color, to.1 - from.1);
                self.path(look, &boxes, |path| path.line(&line));
            }
            // A square is the end of a line that is as wide: fewer letters than its four sides.
            Shape::Rect(from, to) if is_square(*from, *to) => {
                let side = to.0 - from.0;
                let (x, y) = (from.0 + side / 2.0, from.1 + side / 2.0);
                let line = [(x, y), (x + SQUARE_LINE_PX, y)];
                self.path(ended(color, side, "q"), &boxes, |path| path.line(&line));
            }
            Shape::Rect(from, to) => self.path(filled(color), &boxes, |path| path.rect(*from, *to)),
            Shape::Circle(center, radius) => {
                self.path(dotted(color, *radius), &boxes, |path| path.dot(*center))
            }
            Shape::Polygon(points) | Shape::Polyline(points) => {
                self.path(filled(color), &boxes, |path| path.polygon(points));
            }
        }
    }

    fn stroke(&mut self, shape: &Shape, color: BackendColor, width_px: f64) {
        let (look, boxes) = (stroked(color, width_px), boxes(shape, Some(width_px)));
        self.path(look, &boxes, |path| match shape {
            Shape::Rect(from, to) => path.rect(*from, *to),
            Shape::Circle(center, radius) => path.circle(*center, *radius),
            Shape::Polygon(points) => path.polygon(points),
            Shape::Polyline(points) => match closed(points) {
                Some(points) => path.polygon(points),
                None => path.line(points),
            },
        });
    }

    /// The lines are a pattern of the page's style, wherever they are.
    fn hatch(&mut self, (from, to): (Px, Px), _: &[[Px; 2]], _: BackendColor, _: f64) {
        let boxes = boxes(&Shape::Rect(from, to), None);
        self.path(" class=\"hatch\"".to_string(), &boxes, |path| {
            path.rect(from, to)
        });
    }

    fn write(&mut self, line: &Line) {
        let layer = self.layer(look(line), &[room(line)], || Body::Texts(Vec::new()));
        if let Some(Body::Texts(texts)) = layer {
            texts.push(format!("{}>{}", place(line), escaped(line.text)));
        }
    }

    fn wants_heading(&self) -> bool {
        false
    }

    fn leave_out(&mut self, subtitle: &str) {
        self.caption = subtitle.to_string();
    }
}

fn filled(color: BackendColor) -> String {
    let code = style::role_of(color.rgb);
    format!(" class=\"f{code}\"{}", opacity("fill", color))
}

fn stroked(color: BackendColor, width_px: f64) -> String {
    let code = style::role_of(color.rgb);
    format!(
        " class=\"s{code}\"{}{}",
        opacity("stroke", color),
        width(width_px)
    )
}

/// A circle is a line of no length with round ends.
fn dotted(color: BackendColor, radius_px: f64) -> String {
    ended(color, 2.0 * radius_px, "r")
}

/// A line of no length, by the class of its ends: a square is one of next to none with square ends, in half the letters of a rectangle.
fn ended(color: BackendColor, width_px: f64, ends: &str) -> String {
    let code = style::role_of(color.rgb);
    format!(
        " class=\"s{code} {ends}\"{}{}",
        opacity("stroke", color),
        width(width_px)
    )
}

/// The length of the line that a square is: on paper one of no length has no square ends (PDF 2.0, 8.5.3.2).
const SQUARE_LINE_PX: f64 = 0.1;

/// Whether a rectangle is a square of tenths of a pixel, as its width is written.
fn is_square(from: Px, to: Px) -> bool {
    let (width, height) = (to.0 - from.0, to.1 - from.1);
    (width - height).abs() < 0.01
}

/// The pattern that hatched places of the pictures are filled with, once a page.
pub(in crate::report) fn patterns() -> String {
    let (side, width) = (length(HATCH_PX), length(HATCH_WIDTH_PX));
    let (code, over) = (style::role_of(rgb(style::AXIS)), length(HATCH_PX + 1.0));
    format!(
        "<svg class=\"vh\" aria-hidden=\"true\"><pattern id=\"hatch\" width=\"{side}\" height=\"{side}\" \
         patternUnits=\"userSpaceOnUse\"><path class=\"s{code}\" stroke-opacity=\"{}\" stroke-width=\"{width}\" \
         d=\"M-1-1 {over} {over}\"/></pattern></svg>",
        short(HATCH_STRENGTH)
    )
}

fn rgb(RGBAColor(r, g, b, _): RGBAColor) -> (u8, u8, u8) {
    (r, g, b)
}

fn width(px: f64) -> String {
    match length(px).as_str() {
        "1" => String::new(),
        text => format!(" stroke-width=\"{text}\""),
    }
}

/// `.85`, and `0` for nothing at all.
fn short(share: f64) -> String {
    let text = shortest(share);
    match text.strip_prefix('0') {
        Some(behind) if !behind.is_empty() => behind.to_string(),
        _ => text,
    }
}

fn opacity(of: &str, color: BackendColor) -> String {
    match color.alpha < 1.0 {
        true => format!(" {of}-opacity=\"{}\"", short(color.alpha)),
        false => String::new(),
    }
}

/// The attributes that lines of text share.
fn look(line: &Line) -> String {
    let anchor = match line.anchor.h_pos {
        HPos::Left => "",
        HPos::Center => " m",
        HPos::Right => " e",
    };
    let (bold, halo) = (when(line.bold, " b"), when(line.halo, " h"));
    let (code, size) = (style::role_of(line.color.rgb), length(line.em_px));
    let opacity = opacity("fill", line.color);
    format!(" class=\"f{code}{anchor}{bold}{halo}\" font-size=\"{size}\"{opacity}")
}

fn when(wanted: bool, text: &'static str) -> &'static str {
    if wanted { text } else { "" }
}

/// Where a line of text stands.
fn place(line: &Line) -> String {
    let (x, y) = px(units(line.at));
    let baseline = y + f64::from(baseline_em(line.anchor.v_pos)) * line.em_px;
    let turn = match line.degrees {
        0.0 => String::new(),
        degrees => format!(
            " transform=\"rotate({degrees} {} {})\"",
            length(x),
            length(y)
        ),
    };
    format!(" x=\"{}\" y=\"{}\"{turn}", length(x), length(baseline))
}

/// About what a line of text covers, rather more than less.
fn room(line: &Line) -> Area {
    let (width, half) = (
        line.text.chars().count() as f64 * LETTER_EM * line.em_px,
        line.em_px * 0.6,
    );
    let (x, y) = line.at;
    let (left, right) = match line.anchor.h_pos {
        HPos::Left => (x, x + width),
        HPos::Center => (x - width / 2.0, x + width / 2.0),
        HPos::Right => (x - width, x),
    };
    match line.degrees {
        0.0 => Area {
            left,
            right,
            top: y - 2.0 * half,
            bottom: y + 2.0 * half,
        },
        _ => Area {
            left: x - half,
            right: x + half,
            top: y - width / 2.0,
            bottom: y + width / 2.0,
        },
    }
}

/// The points of a line that ends where it began, each once: it is written as what it goes around.
fn closed(points: &[Px]) -> Option<&[Px]> {
    let (last, rest) = points.split_last()?;
    (rest.len() > 2 && rest.first() == Some(last)).then_some(rest)
}

/// What a shape covers: all of it, or a line of some width along its edge.
fn boxes(shape: &Shape, width_px: Option<f64>) -> Vec<Area> {
    let grown = |area: Area| area.grown(width_px.unwrap_or(0.0) / 2.0);
    match (shape, width_px) {
        (Shape::Rect((x0, y0), (x1, y1)), Some(_)) => {
            let corners = [(*x0, *y0), (*x1, *y0), (*x1, *y1), (*x0, *y1), (*x0, *y0)];
            legs(&corners).map(grown).collect()
        }
        (Shape::Rect(from, to), None) => vec![Area::between(*from, *to)],
        (Shape::Circle((x, y), radius), _) => {
            vec![grown(Area::between((*x, *y), (*x, *y)).grown(*radius))]
        }
        (Shape::Polyline(points), Some(_)) => legs(points).map(grown).collect(),
        (Shape::Polyline(points) | Shape::Polygon(points), _) => {
            around(points).map(grown).into_iter().collect()
        }
    }
}

/// The boxes around the legs of a line.
fn legs(points: &[Px]) -> impl Iterator<Item = Area> {
    points.windows(2).map(|leg| Area::between(leg[0], leg[1]))
}

/// The box around points. None without any.
fn around(points: &[Px]) -> Option<Area> {
    let boxes = points.iter().map(|point| Area::between(*point, *point));
    boxes.reduce(|all, one| Area {
        left: all.left.min(one.left),
        right: all.right.max(one.right),
        top: all.top.min(one.top),
        bottom: all.bottom.max(one.bottom),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{
        Drawn,
        fixtures::{regular, short},
        of,
        svg::tests::texts,
    };
    use plotters_backend::text_anchor::{Pos, VPos};

    const INK: BackendColor = BackendColor {
        alpha: 1.0,
        rgb: (0x20, 0x24, 0x2A),
    };
    const SKY: BackendColor = BackendColor {
        alpha: 0.85,
        rgb: (0x56, 0xB4, 0xE9),
    };

    fn elements(ink: &Inline) -> String {
        ink.layers.iter().map(Layer::element).collect()
    }

    #[test]
    fn a_shape_joins_its_look_where_nothing_lies_between() {
        let mut ink = Inline::new((100.0, 100.0));
        let bar = |left: f64| Shape::Rect((left, 10.0), (left + 10.0, 50.0));
        for left in [10.0, 30.0] {
            ink.fill(&bar(left), SKY);
            ink.stroke(&bar(left), INK, 1.0);
        }
        let bars =
            "<path class=\"fs\" fill-opacity=\".85\" d=\"m10 10h10v40h-10zm20 0h10v40h-10z\"/>\n";
        let edges = "<path class=\"si\" d=\"m10 10h10v40h-10zm20 0h10v40h-10z\"/>\n";
        assert_eq!(elements(&ink), [bars, edges].concat());
        // The next one lies on the edge of the second.
        ink.fill(&bar(35.0), SKY);
        let over = "<path class=\"fs\" fill-opacity=\".85\" d=\"m35 10h10v40h-10z\"/>\n";
        assert_eq!(elements(&ink), [bars, edges, over].concat());
    }

    #[test]
    fn dots_are_lines_of_no_length_with_round_ends() {
        let mut ink = Inline::new((100.0, 100.0));
        ink.fill(&Shape::Circle((10.0, 20.0), 3.0), INK);
        ink.fill(&Shape::Circle((15.0, 20.0), 3.0), INK);
        assert_eq!(
            elements(&ink),
            "<path class=\"si r\" stroke-width=\"6\" d=\"m10 20h0m5 0h0\"/>\n"
        );
    }

    #[test]
    fn a_square_has_a_length_so_that_it_is_seen_on_paper() {
        let mut ink = Inline::new((100.0, 100.0));
        ink.fill(&Shape::Rect((10.0, 20.0), (16.0, 26.0)), INK);
        assert_eq!(
            elements(&ink),
            "<path class=\"si q\" stroke-width=\"6\" d=\"m13 23h.1\"/>\n"
        );
    }

    #[test]
    fn texts_of_one_look_are_a_group_and_never_markup() {
        let line = |text, y, degrees| Line {
            text,
            at: (30.0, y),
            anchor: Pos::new(HPos::Center, VPos::Center),
            degrees,
            em_px: 12.0,
            bold: true,
            color: INK,
            halo: true,
        };
        let mut ink = Inline::new((100.0, 300.0));
        ink.write(&line("<b>&", 20.0, 0.0));
        let one =
            "<text class=\"fi m b h\" font-size=\"12\" x=\"30\" y=\"24.4\">&lt;b&gt;&amp;</text>\n";
        assert_eq!(elements(&ink), one);
        ink.write(&line("up", 200.0, 270.0));
        assert_eq!(
            elements(&ink),
            "<g class=\"fi m b h\" font-size=\"12\"><text x=\"30\" y=\"24.4\">&lt;b&gt;&amp;</text>\
             <text x=\"30\" y=\"204.4\" transform=\"rotate(270 30 200)\">up</text></g>\n"
        );
    }

    /// Looked through: well-formed, no colour of its own, its title only as its name.
    fn checked(chart: &Drawn) -> String {
        let svg = chart.inline("one").expect("drawing does not fail").svg;
        let texts = texts(&svg);
        assert_eq!(texts[0], ("title".to_string(), chart.title.clone()));
        assert!(
            texts[2..].iter().all(|(_, text)| *text != chart.title),
            "{svg}"
        );
        assert!(
            !svg.contains("fill=\"#") && !svg.contains("NaN") && !svg.contains("font-family"),
            "{svg}"
        );
        assert!(svg.starts_with("<svg viewBox=\"0 "), "{svg}");
        svg
    }

    #[test]
    fn ten_years_of_every_chart_stay_small() {
        for (years, most) in [(1, 25_000), (10, 50_000)] {
            for chart in of(&regular(years * 52)).drawn {
                let bytes = checked(&chart).len();
                assert!(bytes <= most, "{} of {years} years: {bytes}", chart.id);
            }
        }
    }

    #[test]
    fn what_the_marks_mean_is_left_to_the_page() {
        for chart in of(&short()).drawn {
            let svg = checked(&chart);
            let caption = chart.inline("one").expect("drawing does not fail").caption;
            assert!(
                caption.is_empty() || !svg.contains(&escaped(&caption)),
                "{svg}"
            );
        }
        let charts = of(&short());
        let bars = charts.get("weekly-distance").expect("it is drawn");
        let drawn = bars.inline("one").expect("drawing does not fail");
        assert!(drawn.caption.contains("Each bar is one week in km."));
    }
}
