//! Charts: plotters over inks of our own.
//!
//! Each chart is a file with three parts: `CHART` says what it is, `data` takes what it needs from the analysis, as plain numbers,
//! and `draw` turns those into marks on a `page::Page`. A page knows nothing of how a picture is written; `png` and `svg` do. A chart
//! is in the report when it is in the list. One without data is left out, and why is said.

mod area;
mod axis;
mod backtest;
pub(super) mod body;
mod cadence;
mod cadence_speed;
mod calendar;
mod canvas;
mod climbing;
mod cohort;
pub(super) mod course;
mod cover;
mod figure;
mod flow;
mod fonts;
mod form;
mod inline;
mod labels;
mod lag_curve;
mod letters;
mod load;
mod longest_run;
mod loudest;
mod matrix;
mod missing;
mod page;
mod pain_by_site;
mod pain_strip;
mod palette;
mod path;
mod periods;
mod places;
mod png;
mod shoes;
mod sleep;
pub(super) mod sparks;
mod style;
mod surface;
mod survival;
mod svg;
pub(super) mod timeline;
mod weekly_distance;
pub(super) mod wider_matrix;

#[cfg(test)]
pub mod fixtures;

pub(super) use crate::source::CHARTS as FOLDER;
use crate::{
    analysis::Analysis,
    associate::cohort::Cohort,
    epidemiology::{Flow, Study},
    model::Run,
    rules::{Finding, Mark, Severity, rule},
    time::plus_days,
};
use fonts::Fonts;
pub use inline::InPage;
pub(super) use inline::patterns;
use page::Page;
pub(super) use png::leave_room;
pub(super) use style::{Scheme, css, css_classes};
use surface::{Ink, Surface};

/// Every chart of a report, in its order.
const CHARTS: &[ChartKind<Analysis>] = &[
    body::CHART,
    timeline::CHART,
    weekly_distance::CHART,
    calendar::CHART,
    longest_run::CHART,
    load::CHART,
    cadence::CHART,
    cadence_speed::CHART,
    climbing::CHART,
    pain_by_site::CHART,
    matrix::CHART,
    wider_matrix::CHART,
    lag_curve::CHART,
    backtest::CHART,
    shoes::CHART,
    sleep::CHART,
];

/// Every chart of a report on several runners.
const COHORT_CHARTS: &[ChartKind<Cohort>] = &[cohort::CHART];

/// The chart of who took part.
const FLOW_CHARTS: &[ChartKind<Flow>] = &[flow::CHART];

/// The charts of who was watched and of injuries.
const STUDY_CHARTS: &[ChartKind<Study>] = &[missing::CHART, survival::CHART];

/// Names that pictures had in earlier reports and no longer have.
const FORMER_NAMES: [&str; 8] = [
    "01-weekly-distance.png",
    "02-longest-run.png",
    "03-cadence.png",
    "04-climbing.png",
    "05-pain-by-site.png",
    "06-backtest.png",
    "07-lags.png",
    "01-cohort.png",
];

/// One chart: what it is, and how it is made of what was worked out.
struct ChartKind<Input> {
    /// Its name, which is that of its file and stays (`weekly-distance`). One that goes or changes is added to [`FORMER_NAMES`].
    id: &'static str,
    /// What it is about, for the lists of charts.
    subject: &'static str,
    /// What is missing when there is nothing to draw.
    without_data: &'static str,
    /// Takes the data. None when there is nothing to draw.
    picture: fn(&Input) -> Option<Box<dyn Picture>>,
}

/// The data of one chart, which know how to be drawn.
trait Picture: std::fmt::Debug + Send + Sync {
    /// What the picture says.
    fn title(&self) -> String;
    /// The picture in words.
    fn alt(&self) -> String;
    /// How wide it is, logical pixels.
    fn width_px(&self) -> f64 {
        style::WIDTH_PX
    }
    /// How tall it is, logical pixels.
    fn height_px(&self) -> f64;
    /// Draws it.
    fn draw(&self, page: &Page) -> Result;
    /// The same for a narrow screen, [`style::NARROW_PX`] wide. None where the wide one can be read there too.
    fn narrow(&self) -> Option<Box<dyn Picture>> {
        None
    }
    /// What is drawn inside a page, where that is less. None where it is the same.
    fn inside(&self) -> Option<Box<dyn Picture>> {
        None
    }
    /// The numbers that are drawn, for someone who cannot see it or wants to know exactly.
    fn numbers(&self) -> Option<Numbers> {
        None
    }
}

/// The numbers behind a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// As many cells a row as there are names.
    pub rows: Vec<Vec<String>>,
}

/// A picture, ready to be written.
#[derive(Debug)]
pub struct Drawn {
    /// The name of the chart: stable, in small letters with dashes (`weekly-distance`).
    pub id: &'static str,
    /// What the picture says, as its heading has it.
    pub title: String,
    /// One or two sentences with the main numbers, for someone who cannot see it.
    pub alt: String,
    /// Whether it is a file of the report, or in its page alone.
    pub has_file: bool,
    picture: Box<dyn Picture>,
}

impl Drawn {
    fn new(id: &'static str, picture: Box<dyn Picture>) -> Self {
        Drawn {
            id,
            title: picture.title(),
            alt: picture.alt(),
            has_file: true,
            picture,
        }
    }

    /// One that is seen in the page alone.
    fn of_page(id: &'static str, picture: Box<dyn Picture>) -> Self {
        Drawn {
            has_file: false,
            ..Drawn::new(id, picture)
        }
    }

    /// The numbers behind it.
    pub fn numbers(&self) -> Option<Numbers> {
        self.picture.numbers()
    }

    /// The picture as an element of a page that may be light or dark: as wide as its place, its colours by their names in the page's
    /// style. `id` makes the ids in it unique on the page.
    ///
    /// # Errors
    /// [`ChartError`], as for a PNG.
    pub fn inline(&self, id: &str) -> std::result::Result<InPage, ChartError> {
        let whole = self.picture.as_ref();
        match self.picture.inside() {
            Some(inside) => inline::write_inside(id, inside.as_ref(), whole),
            None => inline::write(id, whole),
        }
    }

    /// The same for a narrow screen, where the wide picture cannot be read; it may show less. None where it can be read there too.
    ///
    /// # Errors
    /// [`ChartError`], as for a PNG.
    pub fn inline_narrow(&self, id: &str) -> std::result::Result<Option<InPage>, ChartError> {
        let narrow = self.picture.narrow();
        narrow
            .map(|picture| inline::write(id, picture.as_ref()))
            .transpose()
    }

    /// Where its file is below the report's folder: `charts/weekly-distance.png`.
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}", file_name(self.id))
    }

    /// The picture as a PNG, 1800 pixels wide, at twice the density of a screen. Same analysis, same bytes.
    ///
    /// # Errors
    /// [`ChartError`], which nothing in a runner's data brings about.
    pub fn png(&self) -> std::result::Result<Vec<u8>, ChartError> {
        png::write(self.picture.as_ref())
    }

    /// The picture as an SVG 900 pixels wide, to be put into a page or a file: its text is text, `title` and `alt` are its names. Same
    /// analysis, same bytes.
    ///
    /// # Errors
    /// [`ChartError`], as for a PNG.
    pub fn svg(&self) -> std::result::Result<String, ChartError> {
        svg::write(self.id, self.picture.as_ref())
    }
}

/// Every chart, with or without something to draw.
#[derive(Debug, Default)]
pub struct Charts {
    /// The pictures, in the order of the report.
    pub drawn: Vec<Drawn>,
    /// Whether a picture for a narrow screen has room for the whole history.
    pub is_short: bool,
    /// Those of the page alone: views of others, lines beside words.
    pub of_page: Vec<Drawn>,
    /// What a chart that was left out is about, and why it was.
    pub left_out: Vec<(&'static str, &'static str)>,
}

impl Charts {
    /// The chart of this name. None where it was left out.
    pub fn get(&self, id: &str) -> Option<&Drawn> {
        let all = self.drawn.iter().chain(&self.of_page);
        all.into_iter().find(|chart| chart.id == id)
    }
}

/// Why a picture could not be drawn. None of these depends on the runner's data.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The bundled font is damaged.
    #[error("the bundled font cannot be read: {0}")]
    Font(String),
    /// No memory for the picture.
    #[error("a picture of {0} × {1} pixels cannot be made")]
    Size(u32, u32),
    /// The drawing library gave up.
    #[error("a chart cannot be drawn: {0}")]
    Drawing(String),
    /// The picture cannot be encoded.
    #[error("a chart cannot be written as PNG: {0}")]
    Encoding(#[from] ::png::EncodingError),
}

/// What drawing comes to.
type Result<T = ()> = std::result::Result<T, ChartError>;

impl ChartError {
    fn drawing(error: impl std::fmt::Display) -> Self {
        ChartError::Drawing(error.to_string())
    }
}

/// Every chart of a report on one runner.
pub fn of(analysis: &Analysis) -> Charts {
    let mut charts = Charts {
        of_page: of_page(analysis),
        is_short: form::has_room(analysis),
        ..charts(CHARTS, analysis)
    };
    climbing::say_flat(&mut charts, analysis);
    charts
}

/// The pictures that are seen in the page alone.
fn of_page(analysis: &Analysis) -> Vec<Drawn> {
    let views = timeline::views(analysis).into_iter();
    let views = views.map(|(_, _, drawn)| drawn);
    views
        .chain(course::drawn(analysis))
        .chain(sparks::drawn(analysis))
        .collect()
}

/// Every chart of a report on several.
pub fn of_cohort(cohort: &Cohort) -> Charts {
    charts(COHORT_CHARTS, cohort)
}

/// The chart of who took part.
pub fn of_flow(flow: &Flow) -> Charts {
    charts(FLOW_CHARTS, flow)
}

/// The charts of who was watched and of injuries.
pub fn of_study(study: &Study) -> Charts {
    charts(STUDY_CHARTS, study)
}

fn charts<Input>(kinds: &[ChartKind<Input>], input: &Input) -> Charts {
    let mut charts = Charts::default();
    for kind in kinds {
        match (kind.picture)(input) {
            Some(picture) => charts.drawn.push(Drawn::new(kind.id, picture)),
            None => charts.left_out.push((kind.subject, kind.without_data)),
        }
    }
    charts
}

/// Every chart of a report on one runner: its file, what it shows, and when it is left out.
pub(super) fn list() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    CHARTS.iter().map(|kind| {
        (
            format!("{FOLDER}/{}", file_name(kind.id)),
            kind.subject,
            kind.without_data,
        )
    })
}

/// Whether a file of this name in the folder of pictures is one of ours, of this report or an earlier one.
pub(super) fn is_ours(name: &str) -> bool {
    let of_one = CHARTS.iter().map(|kind| kind.id);
    let of_several = COHORT_CHARTS.iter().map(|kind| kind.id);
    let of_flow = FLOW_CHARTS.iter().map(|kind| kind.id);
    let of_study = STUDY_CHARTS.iter().map(|kind| kind.id);
    let mut all = of_one.chain(of_several).chain(of_flow).chain(of_study);
    all.any(|id| file_name(id) == name) || FORMER_NAMES.contains(&name)
}

fn file_name(id: &str) -> String {
    format!("{id}.png")
}

/// Draws a picture with an ink.
fn draw(picture: &dyn Picture, ink: &mut dyn Ink, fonts: &Fonts) -> Result {
    let page = Page::new(Surface::new(
        ink,
        fonts,
        (picture.width_px(), picture.height_px()),
    ));
    picture.draw(&page)?;
    page.present()
}

/// The findings of one rule that ask for attention.
fn findings(analysis: &Analysis, mark: Mark) -> impl Iterator<Item = &Finding> {
    let is_marked = move |id| rule(id).is_some_and(|rule| rule.marks.contains(&mark));
    analysis
        .findings
        .iter()
        .filter(move |finding| finding.severity >= Severity::Watch && is_marked(finding.rule))
}

/// The runs a finding is about, which are one outing where it was recorded in parts.
fn runs_of<'a>(analysis: &'a Analysis, finding: &'a Finding) -> impl Iterator<Item = &'a Run> {
    // The last part may have begun after midnight.
    let near = analysis
        .history
        .runs_between(finding.from, plus_days(finding.to, 1));
    near.iter()
        .filter(|run| finding.run_ids.contains(&run.run_id))
}

/// What has the greatest value; of equals the first.
fn greatest<T>(values: impl Iterator<Item = (T, f64)>) -> Option<(T, f64)> {
    values.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// `1 week`, `2 weeks`.
fn counted(count: usize, noun: &str) -> String {
    crate::units::counted(count, noun, &format!("{noun}s"))
}

/// The same with `none` for 0, as a whole phrase.
fn how_many(count: usize, noun: &str) -> String {
    if count == 0 {
        "none".to_string()
    } else {
        counted(count, noun)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        report::charts::{
            fixtures::{analysis, date, pain, regular, run, short},
            svg::tests::checked,
        },
        time::plus_days,
        units::Units,
    };

    fn check(analysis: &Analysis, expected: &[&str]) -> Charts {
        let charts = of(analysis);
        let ids: Vec<_> = charts.drawn.iter().map(|chart| chart.id).collect();
        assert_eq!(ids, expected);
        assert_eq!(
            charts.drawn.len() + charts.left_out.len(),
            CHARTS.len(),
            "every chart is drawn or accounted for"
        );
        for (chart, png) in charts.drawn.iter().zip(pngs(&charts)) {
            let (width, height, inked) = look_at(&png);
            let expected = 2.0 * chart.picture.width_px();
            assert_eq!(f64::from(width), expected, "{}", chart.id);
            assert!(
                (400..=1400).contains(&height),
                "{} is {height} high",
                chart.id
            );
            assert!(
                inked > 0.01,
                "{} has ink on {inked} of its pixels",
                chart.id
            );
            checked(chart);
            assert!(
                chart.alt.ends_with('.') && !chart.alt.contains("NaN") && !chart.title.is_empty()
            );
        }
        charts
    }

    fn pngs(charts: &Charts) -> Vec<Vec<u8>> {
        charts
            .drawn
            .iter()
            .map(|chart| chart.png().expect("drawing does not fail"))
            .collect()
    }

    /// Width, height and share of pixels that are not white.
    pub(crate) fn look_at(png: &[u8]) -> (u32, u32, f64) {
        let mut decoder = ::png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(::png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a whole picture");
        let inked = pixels
            .chunks_exact(3)
            .filter(|rgb| rgb.iter().any(|c| *c < 250))
            .count();
        (
            info.width,
            info.height,
            inked as f64 / f64::from(info.width * info.height),
        )
    }

    const ALL: [&str; 8] = [
        "body",
        "timeline",
        "weekly-distance",
        "calendar",
        "longest-run",
        "cadence",
        "climbing",
        "pain-by-site",
    ];

    #[test]
    fn ids_are_names_of_files_and_each_is_there_once() {
        let ids: Vec<&str> = CHARTS
            .iter()
            .map(|kind| kind.id)
            .chain(COHORT_CHARTS.iter().map(|kind| kind.id))
            .chain(FLOW_CHARTS.iter().map(|kind| kind.id))
            .chain(STUDY_CHARTS.iter().map(|kind| kind.id))
            .collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(
                id.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{id}"
            );
            assert!(!ids[..index].contains(id), "{id} is there twice");
        }
    }

    #[test]
    fn equal_histories_give_equal_bytes() {
        let (first, second) = (check(&regular(40), &ALL), check(&regular(40), &ALL));
        assert_eq!(pngs(&first), pngs(&second));
        assert_eq!(
            first.drawn.iter().map(checked).collect::<Vec<_>>(),
            second.drawn.iter().map(checked).collect::<Vec<_>>()
        );
        let miles = of(&Analysis {
            units: Units::Mi,
            ..regular(40)
        });
        assert_ne!(
            pngs(&first).get(1),
            pngs(&miles).get(1),
            "the bytes do depend on what is shown"
        );
    }

    #[test]
    fn three_weeks_and_eight_years_are_drawn() {
        check(&short(), &ALL);
        check(&regular(8 * 52), &ALL);
    }

    #[test]
    fn a_picture_says_its_density() {
        let charts = check(&short(), &ALL);
        let png = charts
            .drawn
            .first()
            .expect("drawn")
            .png()
            .expect("drawing does not fail");
        let info = ::png::Decoder::new(std::io::Cursor::new(png))
            .read_info()
            .expect("a PNG");
        let density = info.info().pixel_dims.expect("pHYs");
        // 192 pixels per inch: 192 / 0.0254 = 7559.06.
        assert_eq!((density.xppu, density.yppu), (7560, 7560));
    }

    #[test]
    fn nothing_in_is_nothing_drawn_and_said() {
        let charts = check(&analysis(vec![], vec![], vec![]), &[]);
        let said: Vec<_> = charts
            .left_out
            .iter()
            .map(|(title, why)| format!("{title}: {why}"))
            .collect();
        assert_eq!(
            said.get(1).map(String::as_str),
            Some("Running above, pain below: neither a distance nor pain is recorded")
        );
        assert_eq!(
            said.get(2).map(String::as_str),
            Some("Distance per week: no run has a distance")
        );
        assert_eq!(
            said.get(9).map(String::as_str),
            Some("Pain by place: no pain is logged")
        );
        assert!(said.get(13).is_some_and(|why| {
            why.starts_with("Patterns before your pain: no pattern can be judged yet")
        }));
        assert_eq!(
            said.get(12).map(String::as_str),
            Some(
                "Load and pain, day by day: no pair of load and pain has days enough to be tested"
            )
        );
    }

    #[test]
    fn absurd_numbers_end_in_a_picture() {
        let one = |km: f64, up: f64, cadence: f64| {
            let mut run = run(date("2025-03-03"), km);
            (run.ascent_m, run.descent_m, run.cadence_flat_spm) =
                (Some(up), Some(up), Some(cadence));
            analysis(vec![run], vec![], vec![])
        };
        check(&one(1e300, 1e300, 1e300), &ALL[1..7]);
        check(&one(f64::INFINITY, f64::NAN, f64::NAN), &[]);
        check(&one(1e-9, 0.0, 0.0), &ALL[1..6]);
        check(&one(5.0, 1e-12, 300.0), &ALL[1..6]);
    }

    #[test]
    fn sixty_years_show_their_last_forty() {
        let first = date("1960-01-04");
        let runs = (0..60)
            .map(|year| run(plus_days(first, year * 365), 8.0))
            .collect();
        let rows = (0..60)
            .map(|year| {
                pain(
                    plus_days(first, year * 365),
                    crate::pain::Site::Hip,
                    None,
                    3.0,
                )
            })
            .collect();
        check(&analysis(runs, rows, vec![]), &ALL);
    }
}
