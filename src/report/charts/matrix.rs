//! The correlation matrix: places with pain by the loads beside it, as far as the report relates them. Nothing is computed here.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Area,
    counted,
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    associate::{Association, Exposure, why_not},
    pain::{Place, site_text},
    units::number,
    words::{list, sentence_case, signed},
};
use plotters::style::{Color, RGBAColor};
use std::cmp::Reverse;

/// Places drawn, those with a link first; the table has all.
const MOST_ROWS: usize = 10;

/// Left edge of the cells where the names stand beside them.
const LEFT_PX: f64 = 190.0;
const CELL_PX: f64 = 58.0;
const GAP_PX: f64 = 6.0;
const HEAD_PX: f64 = 40.0;
/// From one line of the days of a load to the next.
const DAYS_LINE_PX: f64 = 13.0;
/// The name over its row, where there is no room beside it.
const NAME_PX: f64 = 24.0;
/// Cells are no wider than this.
const WIDEST_PX: f64 = 168.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "matrix",
    subject: "Pain by place and the load before it",
    without_data: "no pair of load and pain has days enough to be tested",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    loads: Vec<Exposure>,
    rows: Vec<Row>,
    /// Places that are not drawn.
    hidden: usize,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    place: String,
    /// A pair for every load. None where the place is not asked about it.
    cells: Vec<Option<Association>>,
}

/// Takes the pairs from the analysis. None when none was tested.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let pairs = &analysis.associations;
    if !pairs.iter().any(|pair| pair.p.is_some()) {
        return None;
    }
    let loads = distinct(pairs.iter().map(|pair| pair.exposure));
    let mut rows: Vec<Row> = distinct(pairs.iter().map(|pair| (pair.site, pair.side)))
        .into_iter()
        .map(|place| row(pairs, place, &loads))
        .collect();
    rows.sort_by_key(|row| Reverse((row.flagged().count(), row.tested(), row.days())));
    let hidden = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    Some(Data {
        form,
        loads,
        rows,
        hidden,
    })
}

/// Each once, in the order they are met.
pub(super) fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn row(pairs: &[Association], place: Place, loads: &[Exposure]) -> Row {
    let pair = |load: &Exposure| {
        let is_it = |pair: &&Association| (pair.site, pair.side) == place && pair.exposure == *load;
        pairs.iter().find(is_it).cloned()
    };
    Row {
        place: sentence_case(&site_text(place.0, place.1)),
        cells: loads.iter().map(pair).collect(),
    }
}

impl Row {
    fn pairs(&self) -> impl Iterator<Item = &Association> {
        self.cells.iter().flatten()
    }

    fn flagged(&self) -> impl Iterator<Item = &Association> {
        self.pairs().filter(|pair| pair.flagged)
    }

    fn tested(&self) -> usize {
        self.pairs().filter(|pair| pair.p.is_some()).count()
    }

    fn days(&self) -> usize {
        self.pairs().map(|pair| pair.n).max().unwrap_or(0)
    }

    /// `Left kneecap: more pain after long and downhill days`. None where nothing stands out; what does is never less pain.
    fn sentence(&self) -> Option<String> {
        let (same_day, before): (Vec<_>, Vec<_>) =
            self.flagged().partition(|pair| pair.exposure.is_same_day());
        let loads = distinct(before.iter().map(|pair| days_word(pair.exposure)));
        let loads = list(&loads.into_iter().map(str::to_string).collect::<Vec<_>>());
        let when = match (same_day.is_empty(), before.is_empty()) {
            (true, true) => return None,
            (true, false) => format!("after {loads} days"),
            (false, true) => "on long days".to_string(),
            (false, false) => format!("on long days and after {loads} days"),
        };
        Some(format!("{}: more pain {when}", self.place))
    }
}

/// What days with more of a load are called.
fn days_word(load: Exposure) -> &'static str {
    match load.kind() {
        "distance" => "long",
        "descent" => "downhill",
        "ascent" => "uphill",
        other => other,
    }
}

/// The two lines over a column: what is counted, and over which days.
fn head(load: Exposure) -> (String, &'static str) {
    let title = load.title();
    let kind = load.kind();
    let rest = title.strip_prefix(kind).unwrap_or(title);
    (
        sentence_case(kind),
        rest.trim_start_matches(',').trim_start(),
    )
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Says {
    /// It stands out from chance.
    StandsOut,
    /// It was tested and does not.
    Tested,
    /// It is drawn, and not tested.
    DrawnOnly,
    /// Too few days for a number.
    Nothing,
}

fn says(pair: &Association) -> Says {
    match (pair.partial_rho, pair.p) {
        (Some(_), Some(_)) if pair.flagged => Says::StandsOut,
        (Some(_), Some(_)) => Says::Tested,
        (Some(_), None) => Says::DrawnOnly,
        (None, _) => Says::Nothing,
    }
}

impl Data {
    fn count(&self, what: Says) -> usize {
        let pairs = self.rows.iter().flat_map(Row::pairs);
        pairs.filter(|pair| says(pair) == what).count()
    }

    fn has_empty(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.any(Option::is_none)
    }

    fn subtitle(&self) -> String {
        let mut text = "How closely pain went with the load, given the other day's run and yesterday's pain: 0 not at all, +1 always, −1 always against. \
                        Under it: days with both."
            .to_string();
        if self.count(Says::StandsOut) > 0 {
            text += " Framed: more than chance alone makes, which is no proof of cause.";
        }
        if self.count(Says::DrawnOnly) > 0 {
            text += " Grey: too little to test.";
        }
        if self.count(Says::Nothing) > 0 {
            text += " A point: too few days for a number.";
        }
        if self.has_empty() {
            text += " No box: not asked of this place.";
        }
        if self.hidden > 0 {
            text += &format!(" Not drawn: {}.", counted(self.hidden, "place"));
        }
        text
    }

    fn row_px(&self) -> f64 {
        match self.form {
            Form::Wide => CELL_PX + GAP_PX,
            Form::Narrow => NAME_PX + CELL_PX + GAP_PX,
        }
    }

    /// Left edge and width of the cells of a column.
    fn column(&self, index: usize) -> (f64, f64) {
        let (left, right) = match self.form {
            Form::Wide => (LEFT_PX, self.form.right_px()),
            Form::Narrow => (style::NARROW_MARGIN_PX, self.form.right_px()),
        };
        let slot = (right - left) / self.loads.len().max(1) as f64;
        let slot = slot.min(WIDEST_PX);
        (left + slot * index as f64, slot - GAP_PX)
    }

    /// The days of a load, in two lines where a column is no wider than a word.
    fn lines_of(&self, days: &'static str) -> Vec<&'static str> {
        match days.rsplit_once(' ') {
            Some((first, last)) if self.form.is_narrow() => vec![first, last],
            _ => vec![days],
        }
    }

    /// Height of what stands over the columns.
    fn heads_px(&self) -> f64 {
        let longest = self
            .loads
            .iter()
            .map(|load| self.lines_of(head(*load).1).len());
        HEAD_PX + DAYS_LINE_PX * longest.max().unwrap_or(1).saturating_sub(1) as f64
    }

    fn draw_head(&self, page: &Page, top: f64) -> Result {
        for (index, load) in self.loads.iter().enumerate() {
            let (left, width) = self.column(index);
            let (what, days) = head(*load);
            let middle = left + width / 2.0;
            page.text(&what, (middle, top + 8.0), Text::NAME.bold().centered())?;
            for (line, words) in self.lines_of(days).into_iter().enumerate() {
                let y = top + 24.0 + DAYS_LINE_PX * line as f64;
                page.text(words, (middle, y), Text::VALUE.centered())?;
            }
        }
        Ok(())
    }

    fn draw_row(&self, page: &Page, row: &Row, top: f64) -> Result {
        let cells = match self.form {
            Form::Wide => {
                let at = (LEFT_PX - 16.0, top + CELL_PX / 2.0);
                page.name(&row.place, at, Text::NAME.right())?;
                top
            }
            Form::Narrow => {
                let at = (style::NARROW_MARGIN_PX, top + NAME_PX / 2.0);
                page.name(&row.place, at, Text::NAME.bold())?;
                top + NAME_PX
            }
        };
        for (index, pair) in row.cells.iter().enumerate() {
            let (left, width) = self.column(index);
            if let Some(pair) = pair {
                draw_cell(
                    page,
                    pair,
                    Area::between((left, cells), (left + width, cells + CELL_PX)),
                )?;
            }
        }
        Ok(())
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let found: Vec<String> = self.rows.iter().filter_map(Row::sentence).collect();
        match found.as_slice() {
            [] => "Load and pain: no link stands out from chance".to_string(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first}; {} more", rest.len()),
        }
    }

    fn alt(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let cells = row.pairs().map(|pair| {
                let rho = pair.partial_rho.map_or("too few days".to_string(), plus);
                format!("{} {rho}", pair.exposure.title())
            });
            format!("{}: {}", row.place, cells.collect::<Vec<_>>().join("; "))
        });
        format!(
            "{}. Partial rank correlation of pain with the load. {}.",
            self.title(),
            rows.collect::<Vec<_>>().join(". ")
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = self.row_px() * self.rows.len().max(1) as f64;
        self.form.head_px() + self.heads_px() + rows + 18.0
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let top = if self.form.is_narrow() {
            top - 10.0
        } else {
            top
        };
        self.draw_head(page, top)?;
        for (index, row) in self.rows.iter().enumerate() {
            let at = top + self.heads_px() + self.row_px() * index as f64;
            self.draw_row(page, row, at)?;
        }
        Ok(())
    }

    fn numbers(&self) -> Option<Numbers> {
        let cells = self
            .rows
            .iter()
            .flat_map(|row| row.pairs().map(move |pair| (row, pair)));
        let rows = cells.map(|(row, pair)| {
            vec![
                row.place.clone(),
                pair.exposure.title().to_string(),
                pair.partial_rho.map_or("·".to_string(), plus),
                pair.n.to_string(),
                pair.q.map_or("–".to_string(), |q| number(q, 2)),
                in_words(pair),
            ]
        });
        Some(Numbers {
            head: vec!["pain at", "load", "rho", "days", "q", "says"],
            rows: rows.collect(),
        })
    }
}

/// A rho with its sign.
fn plus(rho: f64) -> String {
    match number(rho, 2).starts_with('-') {
        true => signed(rho, 2),
        false => format!("+{}", number(rho, 2)),
    }
}

/// What a cell says, in words.
fn in_words(pair: &Association) -> String {
    match says(pair) {
        Says::StandsOut => "stands out".to_string(),
        Says::Tested => "not told from chance".to_string(),
        Says::DrawnOnly | Says::Nothing => not_tested(pair),
    }
}

fn not_tested(pair: &Association) -> String {
    let why = why_not(pair).unwrap_or("the two cannot be compared");
    format!("not tested: {why}")
}

/// A box as full as the link is close, its number, and its days.
fn draw_cell(page: &Page, pair: &Association, area: Area) -> Result {
    let (from, to) = ((area.left, area.top), (area.right, area.bottom));
    page.rect(from, to, fill(pair))?;
    match says(pair) {
        Says::StandsOut => page.outline(from, to, style::VERMILLION, 2.5)?,
        _ => page.outline(from, to, style::GRID, 1.0)?,
    }
    let middle = (
        (area.left + area.right) / 2.0,
        (area.top + area.bottom) / 2.0,
    );
    let Some(rho) = pair.partial_rho else {
        return page.text("·", middle, Text::NAME.bold().centered());
    };
    let look = match says(pair) {
        Says::StandsOut => Text::NAME.bold(),
        Says::Tested => Text::NAME,
        _ => Text::AXIS,
    };
    page.text(
        &plus(rho),
        (middle.0, middle.1 - 9.0),
        look.sized(15.0).centered(),
    )?;
    let days = counted(pair.n, "day");
    // On a tint quiet letters could not be read.
    let look = Text::VALUE.colored(look.color);
    page.text(&days, (middle.0, middle.1 + 12.0), look.centered())
}

/// Orange where pain rises with the load, blue where it falls; paler the less it does. White where nothing was tested.
fn fill(pair: &Association) -> RGBAColor {
    let rho = pair.partial_rho.filter(|_| pair.p.is_some()).unwrap_or(0.0);
    let strength = (rho.abs() * 0.8).min(0.6);
    match rho > 0.0 {
        true => style::ORANGE.mix(strength),
        false => style::SKY.mix(strength),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Side, Site},
        report::charts::{self, fixtures::knee, svg::tests::checked},
    };

    #[test]
    fn every_pair_of_the_analysis_is_a_cell() {
        let analysis = knee();
        let data = data(&analysis, Form::Wide).expect("tested");
        let cells: Vec<_> = data.rows.iter().flat_map(Row::pairs).collect();
        assert_eq!(cells.len(), analysis.associations.len());
        assert_eq!(data.title(), "Left knee: more pain after long days");
        let rho = analysis.associations[0].partial_rho.expect("a rho");
        let rows = data.numbers().expect("a table").rows;
        assert_eq!(
            rows[0][..3],
            [
                "Left knee".to_string(),
                "distance the day before".to_string(),
                format!("+{rho:.2}")
            ]
        );
        assert!(
            data.alt()
                .contains(&format!("distance the day before +{rho:.2}"))
        );
        let charts = charts::of(&analysis);
        let chart = charts.drawn.iter().find(|chart| chart.id == CHART.id);
        checked(chart.expect("drawn"));
    }

    #[test]
    fn what_was_not_tested_is_drawn_and_not_marked() {
        let mut analysis = knee();
        let pair = analysis.associations[0].clone();
        analysis.associations.push(Association {
            site: Site::Calf,
            side: Some(Side::Left),
            exposure: Exposure::Ascent3,
            p: None,
            q: None,
            flagged: false,
            ..pair.clone()
        });
        analysis.associations.push(Association {
            site: Site::Hip,
            side: None,
            rho: None,
            partial_rho: None,
            p: None,
            q: None,
            flagged: false,
            gate: Some("3 logged days with a known load, 42 are needed".to_string()),
            ..pair
        });
        let data = data(&analysis, Form::Narrow).expect("tested");
        let counts = [Says::StandsOut, Says::DrawnOnly, Says::Nothing].map(|what| data.count(what));
        assert!(counts[1] == 1 && counts[2] >= 1, "{counts:?}");
        assert!(data.subtitle().contains("No box: not asked of this place."));
        let rows = data.numbers().expect("a table").rows;
        let hip = rows.iter().find(|row| row[0] == "Hip").expect("the hip");
        assert_eq!(hip[2], "·");
        assert!(hip[5].ends_with("42 are needed"), "{hip:?}");
    }

    #[test]
    fn without_a_test_there_is_no_picture() {
        let mut analysis = knee();
        analysis
            .associations
            .iter_mut()
            .for_each(|pair| pair.p = None);
        assert_eq!(data(&analysis, Form::Wide), None);
    }
}
