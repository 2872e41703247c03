//! Where it hurts: the body from the front and from the back, shaded by days with pain, with numbers at the places that matter first.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    counted,
    figure::{self, View, Zone},
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    pain::{Entry, Place, hurting, places_meet, site_text, site_text_with},
    rules::{Severity, ladder},
    time::plus_days,
    units::number,
    words::{list, sentence_case},
};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Places with a number.
const MOST_PINS: usize = 6;

/// What is recent, days.
const LATELY_DAYS: i64 = 28;

/// Days of pain from which a zone is as strong as it gets.
const STRONGEST_DAYS: f64 = 14.0;

/// Size of the picture inside a page, logical pixels.
const INSIDE_PX: Px = (330.0, 336.0);

/// Midlines of the two views, from the left edge of the figure.
const MIDLINES_PX: [f64; 2] = [84.0, 246.0];

/// From the top of the figure to the crown.
const CROWN_PX: f64 = 6.0;

const PIN_PX: f64 = 9.0;

/// Pins are at least so far from each other, up and down.
const PIN_STEP_PX: f64 = 20.5;

/// From the midline to the pins beside the trunk and the hands, and to those beside the legs.
const BESIDE_TRUNK_PX: f64 = 68.0;
const BESIDE_LEGS_PX: f64 = 46.0;

/// Where the hands end, and as far below them as a number would still touch them.
const HANDS_PX: f64 = 194.0;

/// The figure in the file is larger.
const SCALE_OF_FILE: f64 = 1.3;

/// Where the list begins in the file.
const LIST_LEFT_PX: f64 = 500.0;
const LIST_STEP_PX: f64 = 46.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "body",
    subject: "Where it hurts",
    without_data: "no pain is logged",
    picture: |analysis| Some(Box::new(data(analysis)?)),
};

/// What is known of a place on the figure.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Sore {
    /// The place.
    pub place: Place,
    /// Its number on the figure. None: it has none there.
    pub pin: Option<usize>,
    /// Whether something is asked about it these days.
    pub is_asked: bool,
    /// Days with pain in the last four weeks.
    pub lately: usize,
    /// Days with pain in all.
    pub all: usize,
    /// The highest rating. None where a finding names it and no rating does.
    pub highest: Option<f64>,
    /// The last day with pain.
    pub last: Option<NaiveDate>,
}

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    /// In the order of what matters first.
    places: Vec<Sore>,
    /// Days with a rating in the last four weeks.
    logged: usize,
}

/// Every place that hurt: those first whose course is told, as it is told, then those that hurt on most days of the last four weeks.
pub(in crate::report) fn places(analysis: &Analysis) -> Vec<Sore> {
    let asked = asked(analysis);
    let current: Vec<Place> = analysis
        .courses
        .iter()
        .map(|course| course.place)
        .chain(asked.iter().copied())
        .collect();
    let mut places: Vec<Sore> = all_places(analysis, &asked)
        .into_iter()
        .map(|place| sore(analysis, place))
        .collect();
    places.sort_by_key(|sore| {
        (
            rank(&current, sore.place),
            Reverse(sore.lately),
            Reverse(sore.all),
            sore.place,
        )
    });
    number_pins(&mut places, &asked);
    places
}

/// The places that something is asked of, the loudest first.
fn asked(analysis: &Analysis) -> Vec<Place> {
    let mut rungs = ladder::ladder(&analysis.findings, analysis.history.as_of);
    rungs.retain(|rung| rung.severity() >= Severity::Watch);
    rungs.iter().filter_map(|rung| rung.place).collect()
}

/// Those that were rated above 0, and those that something is asked of without a rating.
fn all_places(analysis: &Analysis, asked: &[Place]) -> BTreeSet<Place> {
    let mut places = hurting(&analysis.pain.entries);
    let unrated = asked
        .iter()
        .filter(|place| !places.iter().any(|other| places_meet(*other, **place)));
    let unrated: Vec<Place> = unrated.copied().collect();
    places.extend(unrated);
    places
}

fn rank(asked: &[Place], place: Place) -> usize {
    let at = asked.iter().position(|other| places_meet(*other, place));
    at.unwrap_or(usize::MAX)
}

fn sore(analysis: &Analysis, place: Place) -> Sore {
    let days = days(&analysis.pain.entries, place);
    let since = plus_days(analysis.history.as_of, 1 - LATELY_DAYS);
    Sore {
        place,
        pin: None,
        is_asked: false,
        lately: days.range(since..=analysis.history.as_of).count(),
        all: days.len(),
        last: days.keys().next_back().copied(),
        highest: days.into_values().reduce(f64::max),
    }
}

/// The days on which a place was rated above 0, and the highest rating of each.
fn days(entries: &[Entry], place: Place) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.place() == Some(place)) {
        if let Some(pain) = entry.pain.filter(|pain| *pain > 0.0) {
            let highest: &mut f64 = days.entry(entry.date).or_insert(pain);
            *highest = highest.max(pain);
        }
    }
    days
}

fn midline(view: View) -> f64 {
    let [front, back] = MIDLINES_PX;
    match view {
        View::Front => front,
        View::Back => back,
    }
}

fn number_pins(places: &mut [Sore], asked: &[Place]) {
    for sore in places.iter_mut() {
        sore.is_asked = rank(asked, sore.place) < usize::MAX;
    }
    for (sore, pin) in on_figure(places).take(MOST_PINS).zip(1..) {
        sore.pin = Some(pin);
    }
}

fn on_figure(places: &mut [Sore]) -> impl Iterator<Item = &mut Sore> {
    let places = places.iter_mut();
    places.filter(|sore| !figure::zones(sore.place).is_empty())
}

/// Takes the places from the log. None when no pain is logged.
fn data(analysis: &Analysis) -> Option<Data> {
    let places = places(analysis);
    let since = plus_days(analysis.history.as_of, 1 - LATELY_DAYS);
    let recent = analysis.pain.entries.iter().filter(|entry| {
        entry.pain.is_some() && entry.date >= since && entry.date <= analysis.history.as_of
    });
    let logged: BTreeSet<NaiveDate> = recent.map(|entry| entry.date).collect();
    let hurts = places.iter().any(|sore| sore.all > 0);
    hurts.then_some(Data {
        places,
        logged: logged.len(),
    })
}

impl Sore {
    /// `the right shin`.
    fn the_place(&self) -> String {
        site_text_with("the", self.place.0, self.place.1)
    }

    fn name(&self) -> String {
        site_text(self.place.0, self.place.1)
    }

    /// `14 days of the last 28, 20 in all, up to 6 of 10`.
    fn words(&self) -> String {
        let Some(highest) = self.highest else {
            return "no rating logged".to_string();
        };
        let (lately, all) = (self.lately_text(), counted(self.all, "day"));
        let highest = number(highest, 0);
        format!("pain on {lately}, {all} in all, up to {highest} of 10")
    }

    fn lately_text(&self) -> String {
        match self.lately {
            0 => "none of the last 28 days".to_string(),
            lately => format!("{lately} of the last 28 days"),
        }
    }
}

impl Data {
    fn subtitle(&self) -> String {
        let order = "Numbers: what asks for something first, then the most days.";
        format!(
            "Shaded by days with pain: strong in the last four weeks, faint before that. {order}"
        )
    }

    fn pinned(&self) -> impl Iterator<Item = (&Sore, usize)> {
        let pinned = self.places.iter();
        pinned.filter_map(|sore| Some((sore, sore.pin?)))
    }

    fn pinned_texts(&self) -> Vec<String> {
        self.pinned()
            .map(|(sore, pin)| format!("{pin}, {}: {}", sore.name(), sore.words()))
            .collect()
    }

    /// The places the figure does not have.
    fn elsewhere(&self) -> Option<String> {
        let unknown = self
            .places
            .iter()
            .filter(|sore| figure::zones(sore.place).is_empty());
        let names: Vec<String> = unknown.map(Sore::name).collect();
        let shown = match names.as_slice() {
            [] => return None,
            [first, second, rest @ ..] if !rest.is_empty() => {
                vec![
                    first.clone(),
                    second.clone(),
                    format!("{} more", rest.len()),
                ]
            }
            all => all.to_vec(),
        };
        Some(format!("Not on the figure: {}", list(&shown)))
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let first = self.places.iter().find(|sore| sore.lately > 0);
        let before = self
            .places
            .iter()
            .reduce(|most, next| if next.all > most.all { next } else { most });
        let logged = counted(self.logged, "day");
        match (first, before) {
            (Some(sore), _) => format!(
                "{}: pain on {} of the {logged} logged in four weeks",
                sentence_case(&sore.name()),
                sore.lately
            ),
            (None, Some(sore)) if self.logged == 0 => format!(
                "Nothing logged in four weeks; before that most often {}",
                sore.the_place()
            ),
            (None, Some(sore)) => format!(
                "No pain on the {logged} logged in four weeks; before that most often {}",
                sore.the_place()
            ),
            (None, None) => "Where it hurts".to_string(),
        }
    }

    fn alt(&self) -> String {
        let pinned = self.pinned_texts();
        let (numbered, pinned) = match pinned.is_empty() {
            true => ("", None),
            false => (", with numbered places", Some(pinned.join("; "))),
        };
        let said = pinned.into_iter().chain(self.elsewhere());
        let said: String = said.map(|text| format!(" {text}.")).collect();
        format!("A body from the front and from the back{numbered}.{said}")
    }

    fn height_px(&self) -> f64 {
        style::PLOT_TOP_PX + SCALE_OF_FILE * (CROWN_PX + figure::HEIGHT) + 62.0
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())? - 12.0;
        let drawing = Drawing {
            page,
            left: style::MARGIN_PX,
            top,
            scale: SCALE_OF_FILE,
        };
        drawing.figures(self)?;
        self.draw_list(page, top + 26.0)
    }

    fn inside(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(Inside(self.clone())))
    }

    fn numbers(&self) -> Option<Numbers> {
        let row = |sore: &Sore| {
            let unknown = || "–".to_string();
            vec![
                sore.pin.map_or_else(unknown, |pin| pin.to_string()),
                sentence_case(&sore.name()),
                sore.lately.to_string(),
                sore.all.to_string(),
                sore.highest.map_or_else(unknown, |pain| number(pain, 0)),
            ]
        };
        Some(Numbers {
            head: vec![
                "number",
                "place",
                "days with pain, last 4 weeks",
                "days in all",
                "highest of 10",
            ],
            rows: self.places.iter().map(row).collect(),
        })
    }
}

impl Data {
    /// The numbered places in words, right of the figure.
    fn draw_list(&self, page: &Page, top: f64) -> Result {
        let mut y = top;
        for (sore, pin) in self.pinned() {
            draw_pin(page, (LIST_LEFT_PX, y), pin, sore)?;
            let left = LIST_LEFT_PX + 20.0;
            page.text(&sentence_case(&sore.name()), (left, y - 1.0), Text::LABEL)?;
            page.text(&sentence_case(&sore.words()), (left, y + 17.0), Text::AXIS)?;
            y += LIST_STEP_PX;
        }
        match self.elsewhere() {
            Some(text) => page.text(&text, (LIST_LEFT_PX - PIN_PX, y + 4.0), Text::AXIS),
            None => Ok(()),
        }
    }
}

/// The figure alone: inside a page its places stand below it.
#[derive(Debug)]
struct Inside(Data);

impl Picture for Inside {
    fn title(&self) -> String {
        self.0.title()
    }

    fn alt(&self) -> String {
        self.0.alt()
    }

    fn width_px(&self) -> f64 {
        INSIDE_PX.0
    }

    fn height_px(&self) -> f64 {
        INSIDE_PX.1
    }

    fn draw(&self, page: &Page) -> Result {
        page.heading("", &self.0.subtitle())?;
        let drawing = Drawing {
            page,
            left: 0.0,
            top: 0.0,
            scale: 1.0,
        };
        drawing.figures(&self.0)
    }
}

/// Where and how large the two views are drawn.
struct Drawing<'a, 's> {
    page: &'a Page<'s>,
    left: f64,
    top: f64,
    scale: f64,
}

/// A number beside a view.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pin {
    number: usize,
    /// Left (−1) or right (1) of the midline.
    direction: f64,
    /// Where its line begins.
    from: Px,
    /// How far down it stands.
    y: f64,
}

impl Drawing<'_, '_> {
    fn figures(&self, data: &Data) -> Result {
        for view in [View::Front, View::Back] {
            self.figure(view, data)?;
        }
        Ok(())
    }

    fn figure(&self, view: View, data: &Data) -> Result {
        let outline = self.all(view, figure::outline());
        self.page.polygon(&outline, style::BODY)?;
        self.shades(view, data)?;
        for line in figure::lines(view) {
            self.page.line(
                &self.all(view, line),
                style::BODY_LINE.mix(0.7),
                0.7 * self.scale,
            )?;
        }
        let closed: Vec<Px> = outline.iter().chain(outline.first()).copied().collect();
        self.page.line(&closed, style::BODY_LINE, self.scale)?;
        self.names(view)?;
        pins(view, data)
            .iter()
            .try_for_each(|pin| self.pin(view, pin, data))
    }

    /// The zones, faint ones first.
    fn shades(&self, view: View, data: &Data) -> Result {
        let mut places: Vec<&Sore> = data.places.iter().collect();
        places.sort_by_key(|sore| sore.lately);
        for sore in places {
            for zone in zones(view, sore.place) {
                self.page
                    .polygon(&self.all(view, zone.outline()), shade(sore.lately))?;
            }
        }
        Ok(())
    }

    /// `R` and `L` at the arms, the name of the view under the feet.
    fn names(&self, view: View) -> Result {
        let (left, right, name) = match view {
            View::Front => ("R", "L", "front"),
            View::Back => ("L", "R", "back"),
        };
        let look = Text::AXIS.centered();
        for (text, x) in [(left, -figure::HALF_WIDTH), (right, figure::HALF_WIDTH)] {
            self.page.text(text, self.at(view, (x, 84.0)), look)?;
        }
        self.page
            .text(name, self.at(view, (0.0, figure::HEIGHT + 17.0)), look)
    }

    fn pin(&self, view: View, pin: &Pin, data: &Data) -> Result {
        let end = (pin.direction * beside(pin.from.1), pin.y);
        let bend = (end.0 - pin.direction * (PIN_PX + 4.0), pin.from.1);
        let leader = self.all(view, vec![pin.from, bend, end]);
        self.page.line(&leader, style::QUIET, 1.0)?;
        let sore = data.pinned().find(|(_, number)| *number == pin.number);
        sore.map_or(Ok(()), |(sore, number)| {
            draw_pin(self.page, self.at(view, end), number, sore)
        })
    }

    fn all(&self, view: View, points: Vec<Px>) -> Vec<Px> {
        points
            .into_iter()
            .map(|point| self.at(view, point))
            .collect()
    }

    fn at(&self, view: View, (x, y): Px) -> Px {
        (
            self.left + self.scale * (midline(view) + x),
            self.top + self.scale * (CROWN_PX + y),
        )
    }
}

/// The zones of a place on a view.
fn zones(view: View, place: Place) -> impl Iterator<Item = Zone> {
    figure::zones(place)
        .into_iter()
        .filter(move |zone| zone.view == view)
}

/// The colour of so many days of the last four weeks; of none the faint one.
fn shade(lately: usize) -> RGBAColor {
    match lately {
        0 => style::pain_color(0.0).mix(0.7),
        days => style::pain_color(4.0 + 6.0 * (days as f64 / STRONGEST_DAYS).min(1.0)),
    }
}

/// How far from the midline pins stand.
fn beside(y: f64) -> f64 {
    if y < HANDS_PX {
        BESIDE_TRUNK_PX
    } else {
        BESIDE_LEGS_PX
    }
}

/// The numbers of a view, on each side in the order of their zones from top to bottom: no line crosses another.
fn pins(view: View, data: &Data) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    for (sore, number) in data.pinned() {
        let zones: Vec<Zone> = zones(view, sore.place).collect();
        pins.extend(pin(number, &zones, &pins));
    }
    let mut placed = side(&pins, -1.0);
    placed.extend(side(&pins, 1.0));
    placed
}

/// A number at the outer side of its zone; where there are two, or one in the middle, on the side with fewer numbers.
fn pin(number: usize, zones: &[Zone], others: &[Pin]) -> Option<Pin> {
    let on_left = others.iter().filter(|pin| pin.direction < 0.0).count();
    let free = if 2 * on_left > others.len() {
        1.0
    } else {
        -1.0
    };
    let directions = zones.iter().map(|zone| match zone.middle().0 {
        0.0 => free,
        x => x.signum(),
    });
    let (zone, direction) = zones
        .iter()
        .zip(directions)
        .min_by_key(|(_, direction)| *direction != free)?;
    let from = zone.edge(direction);
    Some(Pin {
        number,
        direction,
        from,
        y: from.1,
    })
}

/// The numbers of one side, moved apart.
fn side(pins: &[Pin], direction: f64) -> Vec<Pin> {
    let mut pins: Vec<Pin> = pins
        .iter()
        .filter(|pin| pin.direction == direction)
        .copied()
        .collect();
    pins.sort_by(|a, b| a.from.1.total_cmp(&b.from.1).then(a.number.cmp(&b.number)));
    let mut lowest = f64::MIN;
    for pin in &mut pins {
        pin.y = pin.y.max(lowest + PIN_STEP_PX);
        lowest = pin.y;
    }
    let mut highest = figure::HEIGHT;
    for pin in pins.iter_mut().rev() {
        pin.y = pin.y.min(highest);
        highest = pin.y - PIN_STEP_PX;
    }
    pins
}

/// A number in a circle: filled where something is asked.
fn draw_pin(page: &Page, at: Px, number: usize, sore: &Sore) -> Result {
    let (edge, inside, ink) = match sore.is_asked {
        true => (style::VERMILLION_TEXT, style::VERMILLION_TEXT, style::WHITE),
        false => (style::pain_color(7.0), style::WHITE, style::INK),
    };
    page.dot(at, PIN_PX + 1.5, style::WHITE)?;
    page.dot(at, PIN_PX, edge)?;
    page.dot(at, PIN_PX - 1.4, inside)?;
    let look = Text::PEAK.bold().centered().colored(ink);
    page.text(&number.to_string(), at, look)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Side, Site, Word},
        report::charts::fixtures::{analysis, date, finding, pain, regular, run, short},
        rules::Finding,
    };

    fn log(rows: &[(&str, Site, Option<Side>, f64)]) -> Vec<Entry> {
        let rows = rows.iter();
        rows.map(|(day, site, side, rating)| pain(date(day), *site, *side, *rating))
            .collect()
    }

    const LEFT: Option<Side> = Some(Side::Left);
    const RIGHT: Option<Side> = Some(Side::Right);

    fn example() -> Analysis {
        let rows = log(&[
            ("2025-01-10", Site::Kneecap, LEFT, 3.0),
            ("2025-01-11", Site::Kneecap, LEFT, 4.0),
            ("2025-01-12", Site::Kneecap, LEFT, 2.0),
            ("2025-03-20", Site::Shin, RIGHT, 2.0),
            ("2025-03-20", Site::Shin, RIGHT, 6.0),
            ("2025-03-21", Site::None, None, 0.0),
            ("2025-03-22", Site::Other(Word::new("neck")), None, 1.0),
            ("2025-03-23", Site::Shin, RIGHT, 5.0),
        ]);
        analysis(
            vec![run(date("2025-01-06"), 8.0), run(date("2025-03-24"), 8.0)],
            rows,
            Vec::new(),
        )
    }

    #[test]
    fn places_are_counted_by_days_and_the_recent_ones_come_first() {
        let found: Vec<_> = places(&example())
            .into_iter()
            .map(|sore| (sore.name(), sore.pin, sore.lately, sore.all, sore.highest))
            .collect();
        let expected = [
            ("right shin", Some(1), 2, 2, Some(6.0)),
            ("neck", None, 1, 1, Some(1.0)),
            ("left kneecap", Some(2), 0, 3, Some(4.0)),
        ];
        assert_eq!(
            found,
            expected.map(|(name, pin, lately, all, highest)| (
                name.to_string(),
                pin,
                lately,
                all,
                highest
            ))
        );
    }

    #[test]
    fn the_picture_says_where_on_how_many_of_the_logged_days() {
        let data = data(&example()).expect("pain");
        assert_eq!(
            data.title(),
            "Right shin: pain on 2 of the 4 days logged in four weeks"
        );
        assert_eq!(
            data.alt(),
            "A body from the front and from the back, with numbered places. 1, right shin: pain on 2 of the last 28 days, 2 days in all, \
             up to 6 of 10; 2, left kneecap: pain on none of the last 28 days, 3 days in all, up to 4 of 10. Not on the figure: neck."
        );
        let rows = data.numbers().expect("numbers").rows;
        assert_eq!(rows[1], ["–", "Neck", "1", "1", "1"]);
    }

    #[test]
    fn silence_is_not_called_free_of_pain() {
        let rows = log(&[("2025-01-10", Site::Calf, None, 3.0)]);
        let runs = || vec![run(date("2025-01-06"), 8.0), run(date("2025-03-24"), 8.0)];
        let silent = data(&analysis(runs(), rows.clone(), Vec::new())).expect("pain");
        assert_eq!(
            silent.title(),
            "Nothing logged in four weeks; before that most often the calf"
        );
        let clear = log(&[("2025-03-20", Site::None, None, 0.0)]);
        let calm = data(&analysis(
            runs(),
            [rows, clear.clone()].concat(),
            Vec::new(),
        ))
        .expect("pain");
        assert_eq!(
            calm.title(),
            "No pain on the 1 day logged in four weeks; before that most often the calf"
        );
        assert_eq!(
            data(&analysis(runs(), clear, Vec::new())),
            None,
            "no pain, no figure"
        );
    }

    #[test]
    fn what_asks_for_something_is_first_even_where_it_hurt_less() {
        let mut analysis = example();
        let day = analysis.history.as_of;
        analysis.findings = vec![Finding {
            site: Some(Site::Other(Word::new("neck"))),
            severity: Severity::SeeSomeone,
            ..finding("pain-high", plus_days(day, -2), day)
        }];
        let places = places(&analysis);
        let found: Vec<_> = places
            .iter()
            .map(|sore| (sore.name(), sore.is_asked))
            .collect();
        assert_eq!(found[0], ("neck".to_string(), true));
        assert!(found[1..].iter().all(|(_, is_asked)| !is_asked));
    }

    #[test]
    fn numbers_are_at_most_six_apart_and_in_the_order_of_their_zones() {
        let sites = Site::ALL.iter().filter(|site| site.is_limb());
        let rows = sites
            .map(|site| pain(date("2025-01-08"), *site, LEFT, 3.0))
            .collect();
        let data = data(&analysis(
            vec![run(date("2025-01-08"), 8.0)],
            rows,
            Vec::new(),
        ))
        .expect("pain");
        assert_eq!(data.pinned().count(), 6);
        for view in [View::Front, View::Back] {
            for pair in pins(view, &data)
                .windows(2)
                .filter(|pair| pair[0].direction == pair[1].direction)
            {
                assert!(
                    pair[1].y - pair[0].y >= PIN_STEP_PX - 1e-9 && pair[1].from.1 >= pair[0].from.1,
                    "{pair:?}"
                );
            }
        }
    }

    #[test]
    fn the_figure_stays_inside_its_picture() {
        let widest = MIDLINES_PX[1] + BESIDE_TRUNK_PX + PIN_PX + 1.5;
        assert!(widest <= INSIDE_PX.0 && MIDLINES_PX[1] + figure::HALF_WIDTH <= INSIDE_PX.0);
        for analysis in [short(), regular(60), regular(8 * 52)] {
            let data = data(&analysis).expect("pain");
            assert!(
                data.title().len() < 90 && data.places.iter().any(|sore| sore.pin == Some(1)),
                "{}",
                data.title()
            );
        }
    }
}
