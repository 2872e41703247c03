//! Charts: plotters drawing on an anti-aliased canvas of our own.
//!
//! Each chart is a file with two halves: `data` takes what it needs from the analysis, as plain numbers, and the
//! drawing turns those into marks on a `page::Page`. A chart without data is left out, and why is said.

mod axis;
mod backtest;
mod cadence;
mod canvas;
mod climbing;
mod cohort;
mod lag_curve;
mod longest_run;
mod page;
mod pain_by_site;
mod pain_strip;
mod style;
mod weekly_distance;

#[cfg(test)]
pub mod fixtures;

use crate::{
    analysis::Analysis,
    associate::cohort::Cohort,
    rules::{Mark, Severity},
};
use canvas::{Canvas, Fonts, OUTPUT_SCALE};
use page::Page;
use plotters::prelude::DrawingBackend;
use tiny_skia::Pixmap;

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// File name; stable, and in the order of the report (`01-weekly-distance.png`).
    pub file_name: &'static str,
    /// What the picture says, as its heading has it.
    pub title: String,
    /// One or two sentences with the main numbers, for someone who cannot see it.
    pub alt: String,
    /// The picture, 1800 pixels wide, at twice the density of a screen.
    pub png: Vec<u8>,
}

/// Every chart, drawn or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Charts {
    /// The pictures, in the order of the report.
    pub drawn: Vec<Chart>,
    /// Title of a chart that was left out, and why.
    pub left_out: Vec<(String, String)>,
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
    Encoding(#[from] png::EncodingError),
}

impl ChartError {
    fn drawing(error: impl std::fmt::Display) -> Self {
        ChartError::Drawing(error.to_string())
    }
}

/// Draws every chart the analysis has data for. Same analysis, same bytes.
pub fn draw_all(analysis: &Analysis) -> Result<Charts, ChartError> {
    let fonts = Fonts::bundled()?;
    let mut charts = Charts::default();
    charts.add(&fonts, weekly_distance::data(analysis))?;
    charts.add(&fonts, longest_run::data(analysis))?;
    charts.add(&fonts, cadence::data(analysis))?;
    charts.add(&fonts, climbing::data(analysis))?;
    charts.add(&fonts, pain_by_site::data(analysis))?;
    charts.add(&fonts, backtest::data(analysis))?;
    charts.add(&fonts, lag_curve::data(analysis))?;
    Ok(charts)
}

/// Draws the picture of several runners, where there is something to draw.
pub fn draw_cohort(cohort: &Cohort) -> Result<Charts, ChartError> {
    let mut charts = Charts::default();
    charts.add(&Fonts::bundled()?, cohort::data(cohort))?;
    Ok(charts)
}

impl Charts {
    fn add<P: Picture>(&mut self, fonts: &Fonts, data: Option<P>) -> Result<(), ChartError> {
        match data {
            Some(picture) => self.drawn.push(Chart {
                file_name: P::FILE_NAME,
                title: picture.title(),
                alt: picture.alt(),
                png: render(fonts, &picture)?,
            }),
            None => self.left_out.push((P::SUBJECT.to_string(), P::WITHOUT_DATA.to_string())),
        }
        Ok(())
    }
}

/// The data of one chart, which know how to be drawn.
trait Picture {
    /// File name of the chart.
    const FILE_NAME: &'static str;
    /// What it is about, for the list of charts left out.
    const SUBJECT: &'static str;
    /// What is missing when there is nothing to draw.
    const WITHOUT_DATA: &'static str;

    /// What the picture says.
    fn title(&self) -> String;
    /// The picture in words.
    fn alt(&self) -> String;
    /// How tall it is, logical pixels.
    fn height_px(&self) -> f64;
    /// Draws it.
    fn draw<DB: DrawingBackend>(&self, page: &Page<DB>) -> Result<(), ChartError>;
}

fn render<P: Picture>(fonts: &Fonts, picture: &P) -> Result<Vec<u8>, ChartError> {
    let pixels = |px: f64| (px * OUTPUT_SCALE).round() as u32;
    let (width, height) = (pixels(style::WIDTH_PX), pixels(picture.height_px()));
    let mut pixmap = Pixmap::new(width, height).ok_or(ChartError::Size(width, height))?;
    let page = Page::new(Canvas::new(&mut pixmap, fonts));
    picture.draw(&page)?;
    page.present()?;
    drop(page);
    canvas::encode(&pixmap)
}

/// The findings of one rule that ask for attention.
fn findings(analysis: &Analysis, mark: Mark) -> impl Iterator<Item = &crate::rules::Finding> {
    let is_marked = move |id| crate::rules::rule(id).is_some_and(|rule| rule.marks.contains(&mark));
    analysis.findings.iter().filter(move |finding| finding.severity >= Severity::Watch && is_marked(finding.rule))
}

/// `1 week`, `2 weeks`.
fn counted(count: usize, noun: &str) -> String {
    crate::units::counted(count, noun, &format!("{noun}s"))
}

/// The same with `none` for 0, as a whole phrase.
fn how_many(count: usize, noun: &str) -> String {
    if count == 0 { "none".to_string() } else { counted(count, noun) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        report::charts::fixtures::{analysis, date, pain, regular, run, short},
        time::plus_days,
        units::Units,
    };

    fn check(analysis: &Analysis, expected: &[&str]) -> Charts {
        let charts = draw_all(analysis).expect("drawing does not fail");
        let names: Vec<_> = charts.drawn.iter().map(|chart| chart.file_name).collect();
        assert_eq!(names, expected);
        assert_eq!(charts.drawn.len() + charts.left_out.len(), 7, "every chart is drawn or accounted for");
        for chart in &charts.drawn {
            let (width, height, inked) = look_at(&chart.png);
            assert_eq!(width, 1800, "{}", chart.file_name);
            assert!((400..=1400).contains(&height), "{} is {height} high", chart.file_name);
            assert!(inked > 0.01, "{} has ink on {inked} of its pixels", chart.file_name);
            assert!(chart.alt.ends_with('.') && !chart.alt.contains("NaN") && !chart.title.is_empty());
        }
        charts
    }

    /// Width, height and share of pixels that are not white.
    pub(crate) fn look_at(png: &[u8]) -> (u32, u32, f64) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a whole picture");
        let inked = pixels.chunks_exact(4).filter(|rgba| rgba.iter().any(|c| *c < 250)).count();
        (info.width, info.height, inked as f64 / f64::from(info.width * info.height))
    }

    const ALL: [&str; 5] =
        ["01-weekly-distance.png", "02-longest-run.png", "03-cadence.png", "04-climbing.png", "05-pain-by-site.png"];

    #[test]
    fn equal_histories_give_equal_bytes() {
        let (first, second) = (check(&regular(40), &ALL), check(&regular(40), &ALL));
        assert_eq!(first, second);
        let miles = draw_all(&Analysis { units: Units::Mi, ..regular(40) }).expect("drawing does not fail");
        assert_ne!(first.drawn.first(), miles.drawn.first(), "the bytes do depend on what is shown");
    }

    #[test]
    fn three_weeks_and_eight_years_are_drawn() {
        check(&short(), &ALL);
        check(&regular(8 * 52), &ALL);
    }

    #[test]
    fn a_picture_says_its_density() {
        let charts = check(&short(), &ALL);
        let png = &charts.drawn.first().expect("drawn").png;
        let info = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
        let density = info.info().pixel_dims.expect("pHYs");
        // 192 pixels per inch: 192 / 0.0254 = 7559.06.
        assert_eq!((density.xppu, density.yppu), (7560, 7560));
    }

    #[test]
    fn nothing_in_is_nothing_drawn_and_said() {
        let charts = check(&analysis(vec![], vec![], vec![]), &[]);
        let said: Vec<_> = charts.left_out.iter().map(|(title, why)| format!("{title}: {why}")).collect();
        assert_eq!(said.first().map(String::as_str), Some("Distance per week: no run has a distance"));
        assert_eq!(said.get(4).map(String::as_str), Some("Pain by place: no pain is logged"));
        assert!(
            said.get(5).is_some_and(|why| why.starts_with("Patterns before your pain: no pattern can be judged yet"))
        );
        assert_eq!(
            said.get(6).map(String::as_str),
            Some("Load and pain, day by day: no pair of load and pain has days enough to be tested")
        );
    }

    #[test]
    fn absurd_numbers_end_in_a_picture() {
        let one = |km: f64, up: f64, cadence: f64| {
            let mut run = run(date("2025-03-03"), km);
            (run.ascent_m, run.descent_m, run.cadence_flat_spm) = (Some(up), Some(up), Some(cadence));
            analysis(vec![run], vec![], vec![])
        };
        check(&one(1e300, 1e300, 1e300), &ALL[..4]);
        check(&one(f64::INFINITY, f64::NAN, f64::NAN), &[]);
        check(&one(1e-9, 0.0, 0.0), &ALL[..3]);
        check(&one(5.0, 1e-12, 300.0), &ALL[..4]);
    }

    #[test]
    fn sixty_years_show_their_last_forty() {
        let first = date("1960-01-04");
        let runs = (0..60).map(|year| run(plus_days(first, year * 365), 8.0)).collect();
        let rows = (0..60).map(|year| pain(plus_days(first, year * 365), crate::pain::Site::Hip, None, 3.0)).collect();
        check(&analysis(runs, rows, vec![]), &ALL);
    }
}
