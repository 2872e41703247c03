//! How a file of XML is read, whatever its elements are called: one walk, and what each format takes from it.

use super::{
    attributes::Attributes,
    encoding::text,
    plain::Element,
    root::{is_root, unusable_size},
    walker::{Event, Walker},
};
use crate::{model::Decoded, problem::Problem};

/// What a format of XML takes from the steps of the walk.
pub(in crate::decode) trait Document: Default {
    /// The root elements of its files, the proper one first.
    const ROOTS: &'static [&'static str];
    /// The element that is one point of a recording.
    const POINT: &'static str;
    /// The element that points stand in, one after the other.
    const TRACK: &'static str;
    /// Elements that are more than a part of the point they stand in: [`Document::open`] must see them.
    const NOT_IN_POINTS: &'static [&'static str];

    /// An element begins.
    fn open(&mut self, name: &str, attributes: Attributes, walker: &Walker);

    /// An element ends; the walker has its text.
    fn close<'t>(&mut self, name: &'t str, walker: &Walker<'t>);

    /// A whole point of ordinary shape, with the effect that [`Document::open`] and [`Document::close`] would have.
    fn plain_point(&mut self, point: &Element);

    /// A point that is begun cannot be trusted, since the markup is broken.
    fn lose_point(&mut self);

    /// All that was read, with the `problems` there were before.
    fn into_decoded(self, walker: &Walker, problems: Vec<Problem>) -> Decoded;
}

/// Reads a file. A damaged file gives all its whole points; each kind of fault is one problem.
pub(in crate::decode) fn decode<D: Document>(bytes: &[u8]) -> Decoded {
    if let Some(problem) = unusable_size(bytes) {
        return Decoded::nothing(problem);
    }
    let (text, problems) = text(bytes);
    walk::<D>(Walker::new(&text), problems)
}

/// The same without the fast path, which must change nothing.
#[cfg(test)]
pub(in crate::decode) fn decode_stepwise<D: Document>(bytes: &[u8]) -> Decoded {
    let (text, problems) = text(bytes);
    walk::<D>(Walker::new(&text).stepwise(), problems)
}

fn walk<D: Document>(mut walker: Walker, problems: Vec<Problem>) -> Decoded {
    let mut document = D::default();
    let mut point = Element::new(D::POINT, D::NOT_IN_POINTS);
    while let Some(event) = walker.step() {
        match event {
            Event::Open(name, attributes) => document.open(name, attributes, &walker),
            Event::Close(name) => document.close(name, &walker),
            Event::Broken => document.lose_point(),
        }
        if walker.root().is_some_and(|root| !is_root(root, D::ROOTS)) {
            break;
        }
        let is_among_points = event != Event::Broken && walker.parent() == D::TRACK;
        while is_among_points && walker.element(&mut point) {
            document.lose_point();
            document.plain_point(&point);
        }
    }
    document.lose_point();
    document.into_decoded(&walker, problems)
}
