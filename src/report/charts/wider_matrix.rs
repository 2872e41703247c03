//! The wider matrix: every place with pain by everything that was set beside it, day by day and week by week. Nothing is computed here.

use super::{
    ChartKind, Picture, Result,
    area::Area,
    counted,
    matrix::distinct,
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    associate::{
        Association, GATES,
        matrix::{Cell, Family},
    },
    pain::{Place, site_text},
    units::number,
    words::{list, sentence_case, signed},
};
use plotters::style::{Color, RGBAColor};

/// Its file below the report's folder.
pub(in crate::report) const FILE: &str = "charts/wider-matrix.png";

/// Places drawn; `associations.csv` has all.
const MOST_PLACES: usize = 24;

/// Left edge of the cells; names stand left of it.
const LEFT_PX: f64 = 150.0;
/// A row, with the gap below its cells.
const ROW_PX: f64 = 31.0;
const GAP_PX: f64 = 2.0;
/// Cells of a panel with few columns are no wider.
const WIDEST_PX: f64 = 66.0;
/// The name of a panel.
const NAME_PX: f64 = 30.0;
/// Distance of two lines of small letters.
const SMALL_LINE_PX: f64 = 12.5;
/// Between the last row of a panel and the next one.
const BETWEEN_PX: f64 = 22.0;

const HEAD: Text = Text::AXIS.sized(10.0).centered();
const RHO: Text = Text::NAME.sized(11.0).centered();
const DAYS: Text = Text::VALUE.sized(9.0).centered();
const ABSENT: Text = Text::AXIS.sized(11.0);

/// Width of a letter of [`HEAD`], mean and a little more.
const LETTER_PX: f64 = 5.3;
/// Letters of a line of [`ABSENT`].
const ABSENT_LETTERS: usize = 140;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "wider-matrix",
    subject: "Pain by place and everything that was set beside it, by days and by weeks",
    without_data: "no measure beside the main ones has days enough to be tested",
    picture: |analysis| data(analysis).map(|data| Box::new(data) as Box<dyn Picture>),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    panels: Vec<Panel>,
    /// The rows of every panel.
    places: Vec<String>,
    /// What could not be drawn, in lines.
    absent: Vec<String>,
    /// Places that are not drawn.
    hidden: usize,
}

/// A pain beside a family of measures.
#[derive(Debug, Clone, PartialEq)]
struct Panel {
    name: &'static str,
    heads: Vec<Head>,
    /// A row a place, a cell a column; None where the place is not asked about it.
    rows: Vec<Vec<Option<Shown>>>,
}

/// What stands over one column, or over that of the same week and that of the week before.
#[derive(Debug, Clone, PartialEq)]
struct Head {
    title: &'static str,
    lags: Vec<usize>,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shown {
    rho: Option<f64>,
    n: usize,
    n_eff: Option<f64>,
    /// None where it was not tested.
    q: Option<f64>,
    /// One of the main tests that is flagged; what stands beside them never is.
    stands_out: bool,
}

/// Takes the cells from the analysis. None when none of the wider ones was tested.
fn data(analysis: &Analysis) -> Option<Data> {
    let wider = &analysis.wider;
    if wider.secondary.tests() + wider.weekly.tests() == 0 {
        return None;
    }
    let all = places(analysis);
    let drawn: Vec<Place> = all.iter().take(MOST_PLACES).copied().collect();
    let weekly = |pain| {
        let cells = numbered(&wider.weekly);
        let of_pain = cells.into_iter().filter(|cell| cell.pain == pain);
        Panel::of_family(of_pain.collect(), &drawn)
    };
    let panels = [
        (
            "The main tests: a day's pain",
            Panel::of_main(&analysis.associations, &drawn),
        ),
        (
            "Beside them: a day's pain",
            Panel::of_family(numbered(&wider.secondary), &drawn),
        ),
        ("A week's days with pain", weekly("week_days")),
        ("A week's highest pain", weekly("week_highest")),
    ];
    let panels = panels.into_iter();
    let named = panels.filter_map(|(name, (heads, rows))| {
        (!heads.is_empty()).then_some(Panel { name, heads, rows })
    });
    Some(Data {
        panels: named.collect(),
        places: drawn.iter().map(name).collect(),
        absent: absent([&wider.secondary, &wider.weekly]),
        hidden: all.len() - drawn.len(),
    })
}

fn name((site, side): &Place) -> String {
    sentence_case(&site_text(*site, *side))
}

/// Each once, in the order of the main tests, then of those beside them.
fn places(analysis: &Analysis) -> Vec<Place> {
    let wider = &analysis.wider;
    let main = analysis
        .associations
        .iter()
        .map(|pair| (pair.site, pair.side));
    let cells = wider.secondary.cells.iter().chain(&wider.weekly.cells);
    distinct(main.chain(cells.map(|cell| (cell.site, cell.side))))
}

/// The cells of the measures that have a number at some place.
fn numbered(family: &Family) -> Vec<&Cell> {
    let with_number = family.cells.iter().filter(|cell| cell.rho.is_some());
    let measures: Vec<&str> = distinct(with_number.map(|cell| cell.measure));
    let cells = family.cells.iter();
    cells
        .filter(|cell| measures.contains(&cell.measure))
        .collect()
}

/// The measures of which some weeks or days are known, and too few for a number at any place.
fn without_number(family: &Family) -> Vec<&'static str> {
    let numbered: Vec<&str> = numbered(family).iter().map(|cell| cell.measure).collect();
    let cells = family.cells.iter();
    distinct(
        cells
            .filter(|cell| !numbered.contains(&cell.measure))
            .map(|cell| cell.title),
    )
}

/// What no day and no week has, each reason once, and what has too few of them.
fn absent(families: [&Family; 2]) -> Vec<String> {
    let all = families.iter().flat_map(|family| &family.absent);
    let why: Vec<String> = distinct(all.map(|absent| format!("{} ({})", absent.title, absent.why)));
    let few = distinct(families.iter().flat_map(|family| without_number(family)));
    let few: Vec<String> = few.into_iter().map(str::to_string).collect();
    let said = |what: &str, those: &[String]| match those.is_empty() {
        true => String::new(),
        false => format!("{what}: {}.", list(those)),
    };
    let both = [
        said("Not looked at", &why),
        said("Too few days or weeks for a number at any place", &few),
    ];
    let lines = both.iter().filter(|text| !text.is_empty());
    lines
        .flat_map(|text| wrapped(text, ABSENT_LETTERS))
        .collect()
}

/// Heads and rows.
type Cells = (Vec<Head>, Vec<Vec<Option<Shown>>>);

impl Panel {
    fn of_main(pairs: &[Association], places: &[Place]) -> Cells {
        let loads = distinct(pairs.iter().map(|pair| pair.exposure));
        let cell = |place: &Place, load| {
            let is_it =
                |pair: &&Association| (pair.site, pair.side) == *place && pair.exposure == load;
            pairs.iter().find(is_it).map(Shown::of_pair)
        };
        let row = |place| loads.iter().map(|load| cell(place, *load)).collect();
        let head = |load: &crate::associate::Exposure| Head {
            title: load.title(),
            lags: vec![0],
        };
        (
            loads.iter().map(head).collect(),
            places.iter().map(row).collect(),
        )
    }

    fn of_family(cells: Vec<&Cell>, places: &[Place]) -> Cells {
        let columns = distinct(cells.iter().map(|cell| (cell.measure, cell.lag)));
        let cell = |place: &Place, column| {
            let is_it = |cell: &&&Cell| {
                (cell.site, cell.side) == *place && (cell.measure, cell.lag) == column
            };
            cells.iter().find(is_it).map(|cell| Shown::of_cell(cell))
        };
        let row = |place| columns.iter().map(|column| cell(place, *column)).collect();
        (heads(&cells), places.iter().map(row).collect())
    }

    fn columns(&self) -> usize {
        self.heads.iter().map(|head| head.lags.len()).sum()
    }

    fn column_px(&self) -> f64 {
        let room = style::PLOT_RIGHT_PX - LEFT_PX;
        (room / self.columns().max(1) as f64).min(WIDEST_PX)
    }

    /// The lines over each head, as many as there are.
    fn titles(&self) -> impl Iterator<Item = (&Head, Vec<String>)> {
        self.heads.iter().map(|head| {
            let room = self.column_px() * head.lags.len() as f64 - 2.0 * GAP_PX;
            (head, wrapped(head.title, (room / LETTER_PX) as usize))
        })
    }

    /// Whether columns come in twos.
    fn is_weekly(&self) -> bool {
        self.heads.iter().any(|head| head.lags.len() > 1)
    }

    fn head_px(&self) -> f64 {
        let lines = self.titles().map(|(_, lines)| lines.len()).max();
        let lags = usize::from(self.is_weekly());
        (lines.unwrap_or_default() + lags) as f64 * SMALL_LINE_PX + 8.0
    }

    fn height_px(&self) -> f64 {
        NAME_PX + self.head_px() + ROW_PX * self.rows.len() as f64
    }

    fn draw(&self, page: &Page, places: &[String], top: f64) -> Result {
        let at = (style::MARGIN_PX, top + NAME_PX / 2.0);
        page.text(self.name, at, Text::LABEL)?;
        let bottom = top + NAME_PX + self.head_px();
        self.draw_heads(page, bottom - 8.0)?;
        for (index, (row, place)) in self.rows.iter().zip(places).enumerate() {
            let top = bottom + ROW_PX * index as f64;
            let at = (LEFT_PX - 12.0, top + (ROW_PX - GAP_PX) / 2.0);
            page.name(place, at, Text::NAME.right())?;
            for (column, cell) in row.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let left = LEFT_PX + self.column_px() * column as f64;
                let right = left + self.column_px() - GAP_PX;
                cell.draw(
                    page,
                    Area::between((left, top), (right, top + ROW_PX - GAP_PX)),
                )?;
            }
        }
        Ok(())
    }

    /// The heads, their last lines just above the cells.
    fn draw_heads(&self, page: &Page, bottom: f64) -> Result {
        let lags = if self.is_weekly() { SMALL_LINE_PX } else { 0.0 };
        let mut left = LEFT_PX;
        for (head, lines) in self.titles() {
            let width = self.column_px() * head.lags.len() as f64;
            let middle = left + (width - GAP_PX) / 2.0;
            for (back, line) in lines.iter().rev().enumerate() {
                let y = bottom - lags - SMALL_LINE_PX * (back as f64 + 0.5);
                page.text(line, (middle, y), HEAD)?;
            }
            if self.is_weekly() {
                for (place, lag) in head.lags.iter().enumerate() {
                    let x = left + self.column_px() * (place as f64 + 0.5) - GAP_PX / 2.0;
                    page.text(lag_word(*lag), (x, bottom - SMALL_LINE_PX / 2.0), DAYS)?;
                }
            }
            left += width;
        }
        Ok(())
    }
}

/// Each measure once, with its lags.
fn heads(cells: &[&Cell]) -> Vec<Head> {
    let titles = distinct(cells.iter().map(|cell| (cell.measure, cell.title)));
    let head = |(measure, title): (&str, &'static str)| {
        let of_it = cells.iter().filter(|cell| cell.measure == measure);
        Head {
            title,
            lags: distinct(of_it.map(|cell| cell.lag)),
        }
    };
    titles.into_iter().map(head).collect()
}

fn lag_word(lag: usize) -> &'static str {
    if lag == 0 { "same" } else { "before" }
}

/// Broken between words into lines of at most so many letters; a longer word stays whole.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

impl Shown {
    fn of_pair(pair: &Association) -> Self {
        Shown {
            rho: pair.partial_rho,
            n: pair.n,
            n_eff: pair.partial_n_eff,
            q: pair.q,
            stands_out: pair.flagged,
        }
    }

    fn of_cell(cell: &Cell) -> Self {
        Shown {
            rho: cell.rho,
            n: cell.n,
            n_eff: cell.n_eff,
            q: cell.q,
            stands_out: false,
        }
    }

    /// Whether few such results are chance; it is bold.
    fn has_small_q(&self) -> bool {
        self.q.is_some_and(|q| q <= GATES.flag_q_max)
    }

    /// A box as full as the link is close, its number, and its days.
    fn draw(&self, page: &Page, area: Area) -> Result {
        let (from, to) = ((area.left, area.top), (area.right, area.bottom));
        page.rect(from, to, self.fill())?;
        match self.stands_out {
            true => page.outline(from, to, style::VERMILLION, 2.0)?,
            false => page.outline(from, to, style::GRID, 1.0)?,
        }
        let middle = f64::midpoint(area.left, area.right);
        let Some(rho) = self.rho else {
            let at = (middle, f64::midpoint(area.top, area.bottom));
            return page.text("·", at, RHO.colored(style::QUIET));
        };
        let look = match (self.has_small_q(), self.q) {
            (true, _) => RHO.bold(),
            (false, Some(_)) => RHO,
            (false, None) => RHO.colored(style::QUIET),
        };
        page.text(&plus(rho), (middle, area.top + 9.5), look)?;
        // On a tint quiet letters could not be read.
        let days = DAYS.colored(look.color);
        page.text(&self.days(), (middle, area.top + 21.0), days)
    }

    /// `84/31`.
    fn days(&self) -> String {
        let n_eff = self.n_eff.map(|n_eff| format!("/{}", number(n_eff, 0)));
        format!("{}{}", self.n, n_eff.unwrap_or_default())
    }

    /// Orange where pain rises with it, blue where it falls; paler the less it does. White where nothing was tested.
    fn fill(&self) -> RGBAColor {
        let rho = self.rho.filter(|_| self.q.is_some()).unwrap_or(0.0);
        let strength = (rho.abs() * 0.8).min(0.6);
        match rho > 0.0 {
            true => style::ORANGE.mix(strength),
            false => style::SKY.mix(strength),
        }
    }
}

/// A rho with its sign.
fn plus(rho: f64) -> String {
    match number(rho, 2).starts_with('-') {
        true => signed(rho, 2),
        false => format!("+{}", number(rho, 2)),
    }
}

impl Data {
    fn cells(&self) -> impl Iterator<Item = &Shown> {
        let rows = self.panels.iter().flat_map(|panel| &panel.rows);
        rows.flatten().flatten()
    }

    fn tested(&self) -> usize {
        self.cells().filter(|cell| cell.q.is_some()).count()
    }

    fn with_small_q(&self) -> usize {
        self.cells().filter(|cell| cell.has_small_q()).count()
    }

    fn subtitle(&self) -> String {
        let mut text = "Rank correlation of pain with each measure: +1 always together, −1 always against. Of days given today's run and \
                        yesterday's pain, of weeks of the same week and of the week before. Under it the days or weeks with both / what \
                        they are worth in independent ones. Bold: q of 0.05 or less in its family; of so many some are chance, and none \
                        is a proof of cause. Framed: a main test that stands out. Pale: not tested. A point: no number. No box: not asked."
            .to_string();
        if self.hidden > 0 {
            let places = counted(self.hidden, "place");
            text += &format!(" Not drawn: {places}; associations.csv has all.");
        }
        text
    }

    fn absent_px(&self) -> f64 {
        match self.absent.is_empty() {
            true => 0.0,
            false => BETWEEN_PX + 16.0 * self.absent.len() as f64,
        }
    }
}

/// Lines of the subtitle beyond the one that every head has room for.
const SUBTITLE_LINES: f64 = 3.0;

impl Picture for Data {
    fn title(&self) -> String {
        let tests = counted(self.tested(), "test");
        let found = match self.with_small_q() {
            0 => "none has".to_string(),
            1 => "1 has".to_string(),
            several => format!("{several} have"),
        };
        format!("Pain and all that was set beside it: of {tests} {found} a q of 0.05 or less")
    }

    fn alt(&self) -> String {
        let panels = self.panels.iter().map(|panel| {
            let measures = counted(panel.heads.len(), "measure");
            format!("{} beside {measures}", panel.name)
        });
        let panels: Vec<String> = panels.collect();
        format!(
            "{}. {} in {}: {}. The numbers are in associations.csv.",
            self.title(),
            counted(self.places.len(), "place"),
            counted(self.panels.len(), "table"),
            panels.join("; ")
        )
    }

    fn height_px(&self) -> f64 {
        let panels = self.panels.iter().map(Panel::height_px).sum::<f64>();
        let between = BETWEEN_PX * self.panels.len() as f64;
        let head = style::PLOT_TOP_PX + style::LINE_PX * SUBTITLE_LINES;
        head + panels + between + self.absent_px()
    }

    fn draw(&self, page: &Page) -> Result {
        let mut top = page.heading(&self.title(), &self.subtitle())? - 10.0;
        for panel in &self.panels {
            panel.draw(page, &self.places, top)?;
            top += panel.height_px() + BETWEEN_PX;
        }
        for (index, line) in self.absent.iter().enumerate() {
            let y = top + 16.0 * (index as f64 + 0.5);
            page.text(line, (style::MARGIN_PX, y), ABSENT)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{
            Exposure, Wider, associate, matrix::Absent, tests::knee_after_distance, wider,
        },
        pain::{Side, Site},
        report::charts::{self, Drawn, fixtures::knee, svg::tests::checked, tests::look_at},
    };

    /// The knee of the associations' tests, with what stands beside it.
    fn with_wider() -> Analysis {
        let (mut history, pain) = knee_after_distance(84);
        for day in &mut history.days {
            day.load = day.distance_m;
        }
        Analysis {
            associations: associate(&history, &pain),
            wider: wider(&history, &pain),
            history,
            pain,
            ..knee()
        }
    }

    fn drawn(analysis: &Analysis) -> Drawn {
        let charts = charts::of(analysis);
        let mut drawn = charts.drawn.into_iter();
        drawn.find(|chart| chart.id == CHART.id).expect("drawn")
    }

    #[test]
    fn every_cell_of_the_analysis_is_there_once() {
        let analysis = with_wider();
        let data = data(&analysis).expect("tested");
        let wider = &analysis.wider;
        let families = [&wider.secondary, &wider.weekly];
        let cells = families
            .map(|family| family.cells.len())
            .iter()
            .sum::<usize>();
        // Hard minutes, loads of three and seven days, the longest run, days since rest; no week is full here.
        assert_eq!(cells, 5);
        let numbered = families.map(|family| {
            family
                .cells
                .iter()
                .filter(|cell| cell.rho.is_some())
                .count()
        });
        let cells = numbered.iter().sum::<usize>();
        assert!((1..5).contains(&cells), "{cells} of them have a number");
        assert_eq!(
            data.absent.concat().contains("Too few days or weeks"),
            cells < 5
        );
        assert_eq!(data.cells().count(), analysis.associations.len() + cells);
        assert_eq!(
            data.tested(),
            analysis
                .associations
                .iter()
                .filter(|pair| pair.p.is_some())
                .count()
                + wider.secondary.tests()
                + wider.weekly.tests()
        );
        let svg = checked(&drawn(&analysis));
        let first = data.panels[0].rows[0][0].expect("the distance of the day before");
        assert!(
            first.has_small_q() && svg.contains(&plus(first.rho.expect("a rho"))),
            "{first:?}"
        );
        assert!(
            svg.contains(&format!(">{}<", first.days())),
            "{}",
            first.days()
        );
        assert_eq!(drawn(&analysis).path(), FILE);
    }

    #[test]
    fn what_is_absent_has_its_name_and_its_reason() {
        let absent = with_wider();
        let data = data(&absent).expect("tested");
        let said = data.absent.join(" ");
        assert!(
            said.contains("sleep of the night before (no night has its sleep)"),
            "{said}"
        );
        assert!(
            data.absent
                .iter()
                .all(|line| line.chars().count() <= ABSENT_LETTERS)
        );
        let nothing = Family {
            absent: vec![],
            ..Family::default()
        };
        assert!(super::absent([&nothing, &nothing]).is_empty());
        let twice = Family {
            absent: vec![
                Absent {
                    measure: "load_3",
                    title: "load",
                    why: "no day has a load",
                };
                2
            ],
            ..Family::default()
        };
        assert_eq!(
            super::absent([&twice, &twice]),
            ["Not looked at: load (no day has a load)."]
        );
    }

    #[test]
    fn nothing_tested_is_no_picture() {
        let (history, pain) = knee_after_distance(41);
        let analysis = Analysis {
            associations: associate(&history, &pain),
            wider: wider(&history, &pain),
            ..knee()
        };
        assert_eq!(data(&analysis), None);
        assert_eq!(
            data(&Analysis {
                wider: Wider::default(),
                ..knee()
            }),
            None
        );
    }

    /// Twelve places by all measures there are, as many as the families have.
    fn crowded() -> Analysis {
        let mut analysis = with_wider();
        let (pair, cell) = (
            analysis.associations[0].clone(),
            analysis.wider.secondary.cells[0].clone(),
        );
        let sites = Site::ALL.iter().filter(|site| site.is_limb());
        let places: Vec<Place> = sites
            .take(12)
            .map(|site| (*site, Some(Side::Right)))
            .collect();
        let loads = [
            Exposure::Distance1,
            Exposure::Distance3,
            Exposure::Descent3,
            Exposure::Ascent3,
            Exposure::Distance0,
        ];
        analysis.associations = places
            .iter()
            .flat_map(|(site, side)| {
                let pair = pair.clone();
                loads.iter().map(move |exposure| Association {
                    site: *site,
                    side: *side,
                    exposure: *exposure,
                    ..pair.clone()
                })
            })
            .collect();
        let long = "step rate against your own at that pace, 7 days before";
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
        let of = |pain: &'static str, measures: usize, lags: &'static [usize]| {
            let cell = cell.clone();
            let places = places.clone();
            names.iter().take(measures).flat_map(move |measure| {
                let (cell, places) = (cell.clone(), places.clone());
                places.into_iter().flat_map(move |(site, side)| {
                    let cell = cell.clone();
                    lags.iter().map(move |lag| Cell {
                        site,
                        side,
                        pain,
                        measure,
                        title: long,
                        lag: *lag,
                        n: 3650,
                        n_eff: Some(1234.4),
                        rho: Some(if *measure == "c" { -0.34 } else { 0.12 }),
                        q: (*measure != "b").then_some(if *measure == "c" { 0.02 } else { 0.6 }),
                        ..cell.clone()
                    })
                })
            })
        };
        analysis.wider.secondary.cells = of("day", 11, &[1]).collect();
        let weeks = of("week_days", 10, &[0, 1]).chain(of("week_highest", 10, &[0, 1]));
        analysis.wider.weekly.cells = weeks.collect();
        analysis.wider.secondary.cells[0].p = Some(0.3);
        analysis
    }

    #[test]
    fn twelve_places_and_all_measures_stay_on_the_page() {
        let analysis = crowded();
        let data = data(&analysis).expect("tested");
        assert_eq!(
            data.panels.iter().map(Panel::columns).collect::<Vec<_>>(),
            [5, 11, 20, 20]
        );
        assert!(data.panels.iter().all(|panel| panel.rows.len() == 12));
        for panel in &data.panels {
            let right = LEFT_PX + panel.column_px() * panel.columns() as f64;
            assert!(right <= style::PLOT_RIGHT_PX + 1e-9 && panel.column_px() > 30.0);
        }
        let chart = drawn(&analysis);
        checked(&chart);
        let (width, height, inked) = look_at(&chart.png().expect("drawing does not fail"));
        assert_eq!(f64::from(width), 2.0 * style::WIDTH_PX);
        assert!(height > 2000 && inked > 0.02, "{height} {inked}");
    }

    #[test]
    fn more_places_than_there_is_room_for_are_counted() {
        let mut analysis = with_wider();
        let cell = analysis.wider.secondary.cells[0].clone();
        let sites = Site::ALL.iter().filter(|site| site.is_limb());
        let sides = [None, Some(Side::Left), Some(Side::Right)];
        let more = sites.flat_map(|site| {
            sides.map(|side| Cell {
                site: *site,
                side,
                ..cell.clone()
            })
        });
        analysis.wider.secondary.cells.extend(more);
        let data = data(&analysis).expect("tested");
        assert!(data.hidden > 0 && data.places.len() == MOST_PLACES);
        assert!(data.subtitle().contains("associations.csv has all"));
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(
            wrapped("load, 3 days before", 8),
            ["load, 3", "days", "before"]
        );
        assert_eq!(wrapped("unbreakable", 3), ["unbreakable"]);
    }
}
