//! The one writer of SVG: shapes as shapes and text as text, which scales, can be searched and is read out.

use super::{
    Picture, Result,
    area::Px,
    draw,
    fonts::{Fonts, baseline_em},
    style,
    surface::{Ink, Line, Shape, px, units},
};
use crate::units::shortest;
use plotters_backend::{BackendColor, text_anchor::HPos};

/// The typeface the text was measured in, and what comes near it where that is missing.
const FAMILY: &str = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// A picture as an SVG: same picture, same bytes. `id` makes the ids in it unique among the pictures of one page.
pub(super) fn write(id: &str, picture: &dyn Picture) -> Result<String> {
    let mut svg = Svg {
        text: opening(id, picture),
    };
    draw(picture, &mut svg, &Fonts::bundled()?)?;
    Ok(svg.text + "</svg>\n")
}

/// The root with the picture's names, and white paper, so that it is the same picture on a dark page.
fn opening(id: &str, picture: &dyn Picture) -> String {
    let (width, height) = (shortest(picture.width_px()), shortest(picture.height_px()));
    let (title, alt) = (escaped(&picture.title()), escaped(&picture.alt()));
    let size = format!("width=\"{width}\" height=\"{height}\"");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {size} viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{alt}</desc>\n<rect {size} fill=\"#ffffff\"/>\n"
    )
}

/// A picture under construction: an element a line.
struct Svg {
    text: String,
}

impl Svg {
    fn add(&mut self, element: &str) {
        self.text += element;
        self.text.push('\n');
    }
}

impl Ink for Svg {
    fn fill(&mut self, shape: &Shape, color: BackendColor) {
        self.add(&format!("<{}{}/>", outline(shape), paint("fill", color)));
    }

    fn stroke(&mut self, shape: &Shape, color: BackendColor, width_px: f64) {
        let (outline, paint) = (outline(shape), paint("stroke", color));
        self.add(&format!(
            "<{outline} fill=\"none\"{paint} stroke-width=\"{}\"/>",
            shortest(width_px)
        ));
    }

    fn write(&mut self, line: &Line) {
        let look = [halo(line.halo), paint("fill", line.color)].concat();
        self.add(&format!(
            "<text{}{}{look}>{}</text>",
            place(line),
            font(line),
            escaped(line.text)
        ));
    }
}

/// The name of a shape's element and where it lies.
fn outline(shape: &Shape) -> String {
    match shape {
        Shape::Rect(from, to) => rect(*from, *to),
        Shape::Circle((x, y), radius) => {
            "circle".to_string() + &numbers(&[("cx", *x), ("cy", *y), ("r", *radius)])
        }
        Shape::Polygon(points) => format!("polygon points=\"{}\"", list(points)),
        Shape::Polyline(points) => match points.as_slice() {
            [from, to] => line(*from, *to),
            points => format!("polyline points=\"{}\"", list(points)),
        },
    }
}

fn rect((left, top): Px, (right, bottom): Px) -> String {
    let corner = numbers(&[("x", left), ("y", top)]);
    let size = numbers(&[("width", right - left), ("height", bottom - top)]);
    format!("rect{corner}{size}")
}

fn line((x1, y1): Px, (x2, y2): Px) -> String {
    let ends = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)];
    format!("line{}", numbers(&ends))
}

/// Where a line of text stands. Its baseline is a number, because programs differ in what they centre text on.
fn place(line: &Line) -> String {
    let (x, y) = px(units(line.at));
    let baseline = y + f64::from(baseline_em(line.anchor.v_pos)) * line.em_px;
    let anchor = match line.anchor.h_pos {
        HPos::Left => "",
        HPos::Center => " text-anchor=\"middle\"",
        HPos::Right => " text-anchor=\"end\"",
    };
    numbers(&[("x", x), ("y", baseline)]) + anchor + &turn(line.degrees, (x, y))
}

/// A turn around a point.
fn turn(degrees: f32, (x, y): Px) -> String {
    if degrees == 0.0 {
        return String::new();
    }
    let (x, y) = (shortest(x), shortest(y));
    format!(" transform=\"rotate({degrees} {x} {y})\"")
}

fn font(line: &Line) -> String {
    let weight = if line.bold {
        " font-weight=\"700\""
    } else {
        ""
    };
    numbers(&[("font-size", line.em_px)]) + weight
}

/// A white edge under the letters: one text instead of many.
fn halo(is_wanted: bool) -> String {
    let width = numbers(&[("stroke-width", 2.0 * style::HALO_PX)]);
    if is_wanted {
        format!(" stroke=\"#ffffff\"{width} paint-order=\"stroke\"")
    } else {
        String::new()
    }
}

/// `fill` or `stroke` with its colour.
fn paint(what: &str, color: BackendColor) -> String {
    let (r, g, b) = color.rgb;
    let opaque = format!(" {what}=\"#{r:02x}{g:02x}{b:02x}\"");
    if color.alpha < 1.0 {
        format!("{opaque} {what}-opacity=\"{}\"", shortest(color.alpha))
    } else {
        opaque
    }
}

fn numbers(attributes: &[(&str, f64)]) -> String {
    attributes
        .iter()
        .map(|(name, value)| format!(" {name}=\"{}\"", shortest(*value)))
        .collect()
}

/// Points as `1,2 3,4`.
fn list(points: &[Px]) -> String {
    let points = points
        .iter()
        .map(|(x, y)| format!("{},{}", shortest(*x), shortest(*y)));
    points.collect::<Vec<_>>().join(" ")
}

/// Text between tags or quotes: no markup, and no character that XML has no place for.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::charts::{Drawn, fixtures::short, of};
    use plotters_backend::text_anchor::{Pos, VPos};
    use quick_xml::{Reader, events::Event};

    /// The texts of an SVG with the elements they are in. Panics where it is not well-formed.
    pub(in crate::report::charts) fn texts(svg: &str) -> Vec<(String, String)> {
        let (mut reader, mut open, mut texts) = (
            Reader::from_str(svg.trim_end()),
            Vec::<(String, String)>::new(),
            Vec::new(),
        );
        loop {
            let event = reader.read_event().expect("well-formed");
            match event {
                Event::Start(tag) => open.push((tag.name().as_ref().to_string(), String::new())),
                Event::End(_) => texts.extend(open.pop()),
                Event::Text(text) => {
                    open.last_mut().expect("in the root").1 += text.trim_matches('\n')
                }
                Event::GeneralRef(entity) => {
                    let (_, text) = open.last_mut().expect("in the root");
                    *text += &quick_xml::escape::unescape(&format!("&{};", &*entity))
                        .expect("an entity of XML");
                }
                Event::Empty(tag) => assert!(
                    tag.attributes().all(|attribute| attribute.is_ok()),
                    "{tag:?}"
                ),
                Event::Eof => break,
                other => panic!("no {other:?} in a picture"),
            }
        }
        assert!(open.is_empty(), "all is closed: {open:?}");
        texts
    }

    /// The picture as an SVG that was looked through: well-formed, its names in it, no text empty, no number missing.
    pub(in crate::report::charts) fn checked(chart: &Drawn) -> String {
        let svg = chart.svg().expect("drawing does not fail");
        let texts = texts(&svg);
        let of = |element: &str| {
            texts
                .iter()
                .filter(|(name, _)| name == element)
                .map(|(_, text)| text)
                .collect()
        };
        let (titles, descriptions, lines): (Vec<&String>, Vec<&String>, Vec<&String>) =
            (of("title"), of("desc"), of("text"));
        assert_eq!(
            (titles, descriptions),
            (vec![&chart.title], vec![&chart.alt])
        );
        assert!(
            lines.len() > 5 && lines.iter().all(|text| !text.trim().is_empty()),
            "{lines:?}"
        );
        // A number that is none is written as a dash, and an attribute has no other.
        let attributes = svg
            .lines()
            .filter_map(|line| line.split('>').next())
            .collect::<String>();
        assert!(
            !attributes.contains('–') && !svg.contains("NaN") && !svg.contains("inf\""),
            "{svg}"
        );
        for id in ["title", "desc"] {
            assert!(svg.contains(&format!("id=\"{}-{id}\"", chart.id)), "{svg}");
        }
        svg
    }

    #[test]
    fn the_weekly_distance() {
        let charts = of(&short());
        let chart = charts.get("weekly-distance").expect("there is distance");
        insta::assert_snapshot!("weekly_distance_svg", checked(chart));
    }

    #[test]
    fn text_is_text_and_never_markup() {
        let place = "<b>&\"\u{1}\n";
        let mut svg = Svg {
            text: "<svg>".to_string(),
        };
        svg.write(&Line {
            text: place,
            at: (1.0, 2.0),
            anchor: Pos::new(HPos::Left, VPos::Bottom),
            degrees: 0.0,
            em_px: 10.0,
            bold: false,
            color: BackendColor {
                alpha: 1.0,
                rgb: (0, 0, 0),
            },
            halo: false,
        });
        assert_eq!(
            texts(&(svg.text + "</svg>"))[0],
            ("text".to_string(), "<b>&\"\u{FFFD} ".to_string())
        );
    }

    #[test]
    fn a_halo_is_one_text_and_a_turn_is_around_its_point() {
        let line = |degrees, halo| Line {
            text: "up",
            at: (30.0, 200.0),
            anchor: Pos::new(HPos::Center, VPos::Center),
            degrees,
            em_px: 12.0,
            bold: true,
            color: BackendColor {
                alpha: 0.5,
                rgb: (0xB0, 0x4A, 0),
            },
            halo,
        };
        let mut svg = Svg {
            text: String::new(),
        };
        svg.write(&line(270.0, true));
        svg.write(&line(0.0, false));
        assert_eq!(
            svg.text,
            "<text x=\"30\" y=\"204.36\" text-anchor=\"middle\" transform=\"rotate(270 30 200)\" font-size=\"12\" \
             font-weight=\"700\" stroke=\"#ffffff\" stroke-width=\"5\" paint-order=\"stroke\" fill=\"#b04a00\" \
             fill-opacity=\"0.5\">up</text>\n\
             <text x=\"30\" y=\"204.36\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"700\" fill=\"#b04a00\" \
             fill-opacity=\"0.5\">up</text>\n"
        );
    }

    #[test]
    fn shapes_are_shapes() {
        for (shape, expected) in [
            (
                Shape::Rect((1.0, 2.125), (4.0, 3.0)),
                "rect x=\"1\" y=\"2.12\" width=\"3\" height=\"0.88\"",
            ),
            (
                Shape::Circle((1.0, 2.0), 3.5),
                "circle cx=\"1\" cy=\"2\" r=\"3.5\"",
            ),
            (
                Shape::Polyline(vec![(0.0, 0.0), (1.0, 2.0)]),
                "line x1=\"0\" y1=\"0\" x2=\"1\" y2=\"2\"",
            ),
            (
                Shape::Polyline(vec![(0.0, 0.0), (1.0, 2.0), (3.0, 0.0)]),
                "polyline points=\"0,0 1,2 3,0\"",
            ),
            (
                Shape::Polygon(vec![(0.0, 0.0), (1.0, 2.0)]),
                "polygon points=\"0,0 1,2\"",
            ),
        ] {
            assert_eq!(outline(&shape), expected);
        }
    }
}
