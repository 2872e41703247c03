//! What is missing: of every runner, week by week of follow-up, whether recordings and log know of it.

use super::{
    ChartKind, Picture, Result,
    area::Px,
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    epidemiology::{DAYS_SEEN_MIN, Seen, Study},
    report::text::printable,
    units::counted,
};
use plotters::style::{Color, RGBAColor};

/// Rows drawn; of more runners as many, evenly from the most complete to the least.
const MOST_ROWS: usize = 40;

const ROW_PX: f64 = 15.0;
/// What stays free between two weeks and two rows.
const GAP_PX: f64 = 1.0;
/// Weeks are no wider than this.
const WIDEST_PX: f64 = 36.0;
/// From one word of the legend to the next.
const LEGEND_PX: f64 = 170.0;
const LEGEND_LINE_PX: f64 = 20.0;
const SWATCH_PX: f64 = 11.0;
/// Under the rows: the numbers of the weeks, and what they are.
const AXIS_PX: f64 = 44.0;

/// The chart.
pub(super) const CHART: ChartKind<Study> = ChartKind {
    id: "missing",
    subject: "What is missing, week by week",
    without_data: "nobody was watched",
    picture: |study| Both::of(|form| data(study, form)),
};

/// What is known of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Both,
    Recordings,
    Log,
    Neither,
}

const KINDS: [Known; 4] = [Known::Both, Known::Recordings, Known::Log, Known::Neither];

impl Known {
    /// Of a week shorter than the days that must be known all must be.
    fn of(week: &Seen) -> Known {
        let needed = DAYS_SEEN_MIN.min(week.days);
        match (week.covered >= needed, week.logged >= needed) {
            (true, true) => Known::Both,
            (true, false) => Known::Recordings,
            (false, true) => Known::Log,
            (false, false) => Known::Neither,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Known::Both => "recordings and log",
            Known::Recordings => "recordings alone",
            Known::Log => "log alone",
            Known::Neither => "neither",
        }
    }

    /// In the legend.
    fn draw(self, page: &Page, (x, y): Px) -> Result {
        page.rect((x, y), (x + SWATCH_PX, y + SWATCH_PX), self.color())?;
        let text = (x + SWATCH_PX + 6.0, y + SWATCH_PX / 2.0);
        page.text(self.words(), text, Text::VALUE)
    }

    fn color(self) -> RGBAColor {
        match self {
            Known::Both => style::BLUE,
            Known::Recordings => style::SKY.mix(0.45),
            Known::Log => style::ORANGE,
            Known::Neither => style::VERMILLION,
        }
    }
}

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    rows: Vec<(String, Vec<Known>)>,
    /// Everybody, drawn or not.
    runners: usize,
    /// Weeks of everybody, and those of them that recordings and log know.
    weeks: usize,
    known: usize,
}

fn data(study: &Study, form: Form) -> Option<Data> {
    let weeks = |seen: &[Seen]| seen.iter().map(Known::of).collect::<Vec<Known>>();
    let all = study.seen.iter();
    let mut rows: Vec<(String, Vec<Known>)> = all
        .map(|(name, seen)| (name.clone(), weeks(seen)))
        .collect();
    let (runners, all) = (rows.len(), rows.iter().map(|(_, weeks)| weeks.len()).sum());
    let known = rows.iter().map(|(_, weeks)| known(weeks)).sum();
    if runners > MOST_ROWS {
        rows = spread(rows);
    }
    (all > 0).then_some(Data {
        form,
        rows,
        runners,
        weeks: all,
        known,
    })
}

/// Some of many, evenly from the most complete to the least.
fn spread(mut rows: Vec<(String, Vec<Known>)>) -> Vec<(String, Vec<Known>)> {
    rows.sort_by(|a, b| {
        let by_share = share(&b.1).total_cmp(&share(&a.1));
        by_share.then_with(|| a.0.cmp(&b.0))
    });
    let last = rows.len().saturating_sub(1);
    let drawn = (0..MOST_ROWS).map(|row| row * last / (MOST_ROWS - 1));
    drawn.map(|row| rows[row].clone()).collect()
}

fn known(weeks: &[Known]) -> usize {
    weeks.iter().filter(|week| **week == Known::Both).count()
}

fn share(weeks: &[Known]) -> f64 {
    known(weeks) as f64 / weeks.len().max(1) as f64
}

impl Data {
    fn longest(&self) -> usize {
        let weeks = self.rows.iter().map(|(_, weeks)| weeks.len());
        weeks.max().unwrap_or(1).max(1)
    }

    fn left_px(&self) -> f64 {
        match self.form {
            Form::Wide => 150.0,
            Form::Narrow => 84.0,
        }
    }

    /// From the left edge of one week to that of the next.
    fn week_px(&self) -> f64 {
        let room = self.form.right_px() - self.left_px();
        (room / self.longest() as f64).min(WIDEST_PX)
    }

    fn legend_px(&self) -> f64 {
        match self.form {
            Form::Wide => LEGEND_LINE_PX + 8.0,
            Form::Narrow => 2.0 * LEGEND_LINE_PX + 8.0,
        }
    }

    fn draw_legend(&self, page: &Page, top: f64) -> Result {
        let a_line: u32 = if self.form.is_narrow() { 2 } else { 4 };
        let left = self.form.margin_px();
        let slot = LEGEND_PX.min((self.form.right_px() - left) / f64::from(a_line));
        for (at, kind) in (0..).zip(KINDS) {
            let x = left + slot * f64::from(at % a_line);
            let y = top + LEGEND_LINE_PX * f64::from(at / a_line);
            kind.draw(page, (x, y))?;
        }
        Ok(())
    }

    fn draw_row(&self, page: &Page, top: f64, (name, weeks): &(String, Vec<Known>)) -> Result {
        let at = (self.left_px() - 8.0, top + ROW_PX / 2.0);
        page.name(&printable(name), at, Text::VALUE.right())?;
        let mut weeks = weeks.iter().enumerate();
        weeks.try_for_each(|(week, known)| self.draw_week(page, top, week, *known))
    }

    fn draw_week(&self, page: &Page, top: f64, week: usize, known: Known) -> Result {
        let left = self.left_px() + self.week_px() * week as f64;
        let gap = GAP_PX.min(self.week_px() / 4.0);
        let corner = (left + self.week_px() - gap, top + ROW_PX - GAP_PX);
        page.rect((left, top), corner, known.color())
    }

    /// The first week, and every fourth, eighth … so that numbers have room.
    fn draw_axis(&self, page: &Page, top: f64) -> Result {
        let mut every = 4;
        while (self.week_px() * every as f64) < 28.0 {
            every *= 2;
        }
        let weeks = (1..=self.longest()).filter(|week| *week == 1 || week % every == 0);
        for week in weeks {
            let x = self.left_px() + self.week_px() * (week as f64 - 0.5);
            page.text(&week.to_string(), (x, top + 10.0), Text::VALUE.centered())?;
        }
        let title = (self.left_px(), top + 28.0);
        page.text("week of each runner's follow-up", title, Text::AXIS)
    }

    fn subtitle(&self) -> String {
        let drawn = match self.runners > MOST_ROWS {
            true => format!(
                " {MOST_ROWS} of {} runners, evenly from the most complete to the least.",
                self.runners
            ),
            false => String::new(),
        };
        format!(
            "A square is a week of which {DAYS_SEEN_MIN} days are known; of a shorter last week all. White: no longer watched.{drawn}"
        )
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let percent = 100.0 * self.known as f64 / self.weeks as f64;
        format!("Recordings and log know {percent:.0} % of the weeks")
    }

    fn alt(&self) -> String {
        let runners = counted(self.runners, "runner", "runners");
        let weeks = counted(self.weeks, "week", "weeks");
        let known = self.known;
        format!("Of {weeks} of {runners} recordings and log know {known}, week by week.")
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = ROW_PX * self.rows.len() as f64;
        self.form.head_px() + self.legend_px() + rows + AXIS_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        self.draw_legend(page, top)?;
        let top = top + self.legend_px();
        for (at, row) in self.rows.iter().enumerate() {
            self.draw_row(page, top + ROW_PX * at as f64, row)?;
        }
        self.draw_axis(page, top + ROW_PX * self.rows.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{
        of_study,
        svg::tests::{checked, texts},
        tests::look_at,
    };

    fn study(runners: usize) -> Study {
        let week = |covered, logged| Seen {
            days: 7,
            covered,
            logged,
        };
        let weeks = [week(7, 5), week(7, 4), week(4, 7), week(0, 0)];
        let short = Seen {
            days: 2,
            covered: 2,
            logged: 2,
        };
        let seen = (0..runners).map(|at| {
            let own = weeks.into_iter().chain([short]).take(1 + at % 5);
            (format!("R{at:03}"), own.collect())
        });
        Study {
            seen: seen.collect(),
            ..Study::default()
        }
    }

    #[test]
    fn a_week_is_known_by_five_days_or_all_of_a_shorter_one() {
        let shown = data(&study(5), Form::Wide).expect("a picture");
        let [.., (name, last)] = &shown.rows[..] else {
            panic!("{shown:?}")
        };
        let [both, recordings, log, neither] = KINDS;
        assert_eq!(
            (name.as_str(), &last[..]),
            ("R004", &[both, recordings, log, neither, both][..])
        );
        // 1 + 2 + 3 + 4 + 5 weeks, of which the first of each and the short one are known.
        assert_eq!((shown.weeks, shown.known), (15, 6));
        assert_eq!(shown.title(), "Recordings and log know 40 % of the weeks");
        assert!(data(&Study::default(), Form::Wide).is_none());
    }

    #[test]
    fn many_runners_are_shown_by_some_of_them() {
        let charts = of_study(&study(200));
        let chart = charts.get(CHART.id).expect("drawn");
        let svg = checked(chart);
        let said: Vec<String> = texts(&svg).into_iter().map(|(_, text)| text).collect();
        let names = said
            .iter()
            .filter(|text| text.starts_with('R') && text.len() == 4);
        assert_eq!(names.count(), MOST_ROWS);
        assert!(
            said.iter().any(|text| text.contains("40 of 200 runners")),
            "{said:?}"
        );
        let (width, _, inked) = look_at(&chart.png().expect("a picture"));
        assert!(width == 1800 && inked > 0.05);
    }
}
