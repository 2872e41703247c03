//! Metres up and down per week.

use super::{
    ChartError, ChartKind, Picture,
    axis::{Bucket, Panel, Span, Step, buckets, drawable, ticks_within},
    counted, findings, how_many,
    page::{Area, Page, Room},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::{AltitudeSource, Run, Week},
    rules::{Finding, Mark},
    time::{date_text, plus_days},
    units::{Units, number},
};
use chrono::NaiveDate;
use plotters::style::Color;
use std::cmp::Ordering;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "climbing",
    subject: "Climbing and descending per week",
    without_data: "no week has altitude for all its runs",
    picture: |analysis| Some(Box::new(data(analysis)?)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    span: Span,
    units: Units,
    step: Step,
    bars: Vec<Bar>,
    /// No altitude comes from a barometer or from the watch's own totals.
    all_from_gps: bool,
}

/// One week, or one month.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    from: NaiveDate,
    to: NaiveDate,
    up: Half,
    down: Half,
    /// There were runs, and at least one has no altitude.
    unknown: bool,
}

/// Ascent or descent of one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Half {
    /// In the shown unit. None: unknown.
    height: Option<f64>,
    /// A rule marked it.
    marked: bool,
}

/// Takes the weeks from the analysis. None when no week has ascent or descent.
fn data(analysis: &Analysis) -> Option<Data> {
    let span = Span::of(analysis)?;
    let (step, buckets) = buckets(&analysis.history.weeks, span);
    let bars: Vec<Bar> = buckets.iter().map(|bucket| bar(analysis, bucket)).collect();
    let any = |half: &Half| half.height.is_some_and(|height| height > 0.0);
    let any_height = bars.iter().any(|bar| any(&bar.up) || any(&bar.down));
    let all_from_gps = all_from_gps(&analysis.history.runs);
    any_height.then_some(Data {
        span,
        units: analysis.units,
        step,
        bars,
        all_from_gps,
    })
}

/// Whether all altitude that was measured is that of the satellites. Indoors nothing was measured.
fn all_from_gps(runs: &[Run]) -> bool {
    let measured = |source: &AltitudeSource| *source != AltitudeSource::Indoor;
    let mut sources = runs
        .iter()
        .filter_map(|run| run.altitude_source)
        .filter(measured)
        .peekable();
    sources.peek().is_some() && sources.all(|source| source == AltitudeSource::Gps)
}

/// The Monday of the week in which most of a finding's metres lie: seven days seldom begin on a Monday.
fn steepest_week(
    analysis: &Analysis,
    finding: &Finding,
    metres: fn(&Week) -> Option<f64>,
) -> Option<NaiveDate> {
    let touched =
        |week: &&Week| finding.from <= plus_days(week.start, 6) && finding.to >= week.start;
    let by_metres =
        |a: &&Week, b: &&Week| metres(a).partial_cmp(&metres(b)).unwrap_or(Ordering::Equal);
    analysis
        .history
        .weeks
        .iter()
        .filter(touched)
        .max_by(by_metres)
        .map(|week| week.start)
}

fn bar(analysis: &Analysis, bucket: &Bucket) -> Bar {
    let stands_out = |rule, value: fn(&Week) -> Option<f64>| {
        let steepest =
            findings(analysis, rule).filter_map(|finding| steepest_week(analysis, finding, value));
        steepest
            .into_iter()
            .any(|week| bucket.weeks.iter().any(|here| here.start == week))
    };
    let half = |rule, value: fn(&Week) -> Option<f64>| Half {
        height: total(bucket, value)
            .map(|metres| analysis.units.height(metres))
            .and_then(drawable),
        marked: stands_out(rule, value),
    };
    let runs: u32 = bucket.weeks.iter().map(|week| week.runs).sum();
    let up = half(Mark::Ascent, |week| week.ascent_m);
    let down = half(Mark::Descent, |week| week.descent_m);
    Bar {
        from: bucket.from,
        to: bucket.to,
        up,
        down,
        unknown: runs > 0 && (up.height.is_none() || down.height.is_none()),
    }
}

/// The sum over the weeks with runs. None when one of them is unknown: half a month would read as a flat one.
fn total(bucket: &Bucket, value: fn(&Week) -> Option<f64>) -> Option<f64> {
    let with_runs: Option<Vec<f64>> = bucket
        .weeks
        .iter()
        .filter(|week| week.runs > 0)
        .map(|week| value(week))
        .collect();
    with_runs
        .filter(|known| !known.is_empty())
        .map(|known| known.iter().sum())
}

impl Data {
    fn marked(&self) -> usize {
        self.bars
            .iter()
            .filter(|bar| bar.up.marked || bar.down.marked)
            .count()
    }

    fn unknown(&self) -> usize {
        self.bars.iter().filter(|bar| bar.unknown).count()
    }

    fn most(&self, half: fn(&Bar) -> Half) -> Option<(&Bar, f64)> {
        let known = self
            .bars
            .iter()
            .filter_map(|bar| Some((bar, half(bar).height?)));
        known.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    fn subtitle(&self) -> String {
        let (unit, step) = (self.units.height_label(), self.step.label());
        let mut text = format!("Upwards: {unit} climbed in a {step}. Downwards: {unit} descended.");
        if self.all_from_gps {
            text += " From GPS altitude, which is rough.";
        }
        if self.marked() > 0 {
            text += &format!(" Orange and striped: a {step} to keep an eye on.");
        }
        if self.unknown() > 0 {
            text += &format!(
                " Grey: {} with a run that has no altitude.",
                counted(self.unknown(), step)
            );
        }
        text
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let step = self.step.label();
        match self.marked() {
            0 => format!("Climbing and descending per {step}"),
            1 => format!("Climbing and descending: one {step} stands out"),
            count => format!("Climbing and descending: {count} {step}s stand out"),
        }
    }

    fn alt(&self) -> String {
        let (unit, step) = (self.units.height_label(), self.step.label());
        let most = |half, verb| {
            self.most(half)
                .map_or(format!("nothing known {verb}"), |(bar, height)| {
                    format!(
                        "most {verb} {} {unit} in the {step} from {}",
                        number(height, 0),
                        date_text(bar.from)
                    )
                })
        };
        format!(
            "Bars of climbing and descending over {}: {}, {}; {} marked, {} without altitude.",
            counted(self.bars.len(), step),
            most(|bar| bar.up, "climbed"),
            most(|bar| bar.down, "descended"),
            how_many(self.marked(), step),
            how_many(self.unknown(), step)
        )
    }

    fn height_px(&self) -> f64 {
        468.0
    }

    fn draw(&self, page: &Page) -> Result<(), ChartError> {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let bottom = self.height_px() - style::UNDER_PLOT_PX;
        let most = |half| self.most(half).map_or(0.0, |(_, height)| height);
        let (up, down) = (most(|bar| bar.up), most(|bar| bar.down));
        // Room beyond the highest bars for their values; where there is no descent the axis still has some height.
        let (low, high) = (
            -(down + 0.14 * up.max(down)),
            (up + 0.14 * up.max(down)).max(1.0),
        );
        let panel = Panel::new(self.span, (top, bottom), (low, high));
        self.draw_unknown(page, &panel)?;
        panel.value_axis(page, &ticks_within(low, high, 7), true)?;
        self.draw_titles(page, &panel)?;
        for bar in &self.bars {
            draw_half(page, &panel, bar, bar.up, 1.0)?;
            draw_half(page, &panel, bar, bar.down, -1.0)?;
        }
        page.line(
            &[(panel.left, panel.y(0.0)), (panel.right, panel.y(0.0))],
            style::QUIET,
            1.0,
        )?;
        self.draw_values(page, &panel)?;
        panel.date_axis(page, bottom)
    }
}

impl Data {
    fn draw_titles(&self, page: &Page, panel: &Panel) -> Result<(), ChartError> {
        let (zero, unit) = (panel.y(0.0), self.units.height_label());
        for (edge, word) in [(panel.top, "up"), (panel.bottom, "down")] {
            let text = format!("{unit} {word}");
            if (zero - edge).abs() >= page.text_width(&text, Text::AXIS)? {
                page.text(
                    &text,
                    (style::AXIS_TITLE_PX, (zero + edge) / 2.0),
                    Text::AXIS.centered().upwards(),
                )?;
            }
        }
        Ok(())
    }

    fn draw_unknown(&self, page: &Page, panel: &Panel) -> Result<(), ChartError> {
        let joined = self
            .bars
            .chunk_by(|a, b| a.unknown == b.unknown && a.to == b.from);
        for stretch in joined.filter(|stretch| stretch.iter().any(|bar| bar.unknown)) {
            if let (Some(first), Some(last)) = (stretch.first(), stretch.last()) {
                let (left, right) = (
                    panel.x(first.from).max(panel.left),
                    panel.x(last.to).min(panel.right),
                );
                page.rect((left, panel.top), (right, panel.bottom), style::SHADE)?;
            }
        }
        Ok(())
    }

    fn draw_values(&self, page: &Page, panel: &Panel) -> Result<(), ChartError> {
        let bounds = Area {
            left: panel.left,
            right: style::WIDTH_PX - 8.0,
            top: panel.top - 8.0,
            bottom: panel.bottom,
        };
        let mut room = Room::new(bounds);
        let mut marked: Vec<(f64, f64, f64)> = Vec::new();
        for bar in &self.bars {
            let (left, right) = panel.bar_core(bar.from, bar.to);
            for (half, sign) in [(bar.up, 1.0), (bar.down, -1.0)] {
                let height = half.height.unwrap_or(0.0);
                let (tip, zero) = (panel.y(sign * height), panel.y(0.0));
                room.occupy(Area {
                    left,
                    right,
                    top: tip.min(zero),
                    bottom: tip.max(zero),
                });
                if half.marked && height > 0.0 {
                    marked.push((height, (left + right) / 2.0, tip - 10.0 * sign));
                }
            }
        }
        marked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
        for (height, x, y) in marked {
            let (text, look) = (number(height, 0), Text::MARK.centered());
            if room.take(page.text_box(&text, (x, y), look)?) {
                page.label(&text, (x, y), look)?;
            }
        }
        Ok(())
    }
}

/// One bar upwards (`sign` 1) or downwards (−1).
fn draw_half(
    page: &Page,
    panel: &Panel,
    bar: &Bar,
    half: Half,
    sign: f64,
) -> Result<(), ChartError> {
    let Some(height) = half.height.filter(|height| *height > 0.0) else {
        return Ok(());
    };
    let (left, right) = panel.bar(bar.from, bar.to);
    let (tip, zero) = (panel.y(sign * height), panel.y(0.0));
    let (from, to) = ((left, tip.min(zero)), (right, tip.max(zero)));
    match (half.marked, sign > 0.0) {
        (true, _) => page.marked_bar(from, to),
        (false, true) => page.rect(from, to, style::SKY.mix(0.85)),
        (false, false) => page.rect(from, to, style::BLUE.mix(0.55)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{analysis, date, finding, regular, run};

    /// A week of 10 km (80 m up and down in the fixture), a week with a run without altitude, a week of 5 km.
    fn three_weeks() -> Analysis {
        let mut indoor = run(date("2025-03-12"), 7.0);
        (indoor.ascent_m, indoor.descent_m) = (None, None);
        let runs = vec![
            run(date("2025-03-03"), 10.0),
            run(date("2025-03-11"), 6.0),
            indoor,
            run(date("2025-03-23"), 5.0),
        ];
        analysis(
            runs,
            Vec::new(),
            vec![finding(
                crate::rules::descent_spike::RULE.id,
                date("2025-03-03"),
                date("2025-03-09"),
            )],
        )
    }

    #[test]
    fn a_week_with_a_run_without_altitude_is_unknown() {
        let data = data(&three_weeks()).expect("altitude");
        let bars: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.up.height, bar.down.height, bar.unknown))
            .collect();
        assert_eq!(
            bars,
            [
                (Some(80.0), Some(80.0), false),
                (None, None, true),
                (Some(40.0), Some(40.0), false)
            ]
        );
    }

    #[test]
    fn only_the_half_a_rule_speaks_about_is_marked() {
        let data = data(&three_weeks()).expect("altitude");
        let marked: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.up.marked, bar.down.marked))
            .collect();
        assert_eq!(marked, [(false, true), (false, false), (false, false)]);
        assert_eq!(data.title(), "Climbing and descending: one week stands out");
        assert_eq!(
            data.alt(),
            "Bars of climbing and descending over 3 weeks: most climbed 80 m in the week from 3 Mar 2025, most descended \
             80 m in the week from 3 Mar 2025; 1 week marked, 1 week without altitude."
        );
    }

    #[test]
    fn feet_are_shown_when_asked_for() {
        let data = data(&Analysis {
            units: Units::Mi,
            ..three_weeks()
        })
        .expect("altitude");
        let first = data
            .bars
            .first()
            .and_then(|bar| bar.up.height)
            .expect("known");
        assert!(
            (first - 262.467).abs() < 0.001,
            "80 m are 262.467 ft, not {first}"
        );
    }

    #[test]
    fn altitude_of_satellites_alone_is_called_rough() {
        use AltitudeSource::{Barometer, Device, Gps, Indoor};
        for (sources, expected) in [
            ([Some(Gps), Some(Gps), None], true),
            ([Some(Gps), Some(Indoor), None], true),
            ([Some(Gps), Some(Barometer), None], false),
            ([Some(Gps), Some(Device), Some(Gps)], false),
            ([Some(Indoor), None, None], false),
        ] {
            let mut analysis = three_weeks();
            analysis
                .history
                .runs
                .iter_mut()
                .zip(sources)
                .for_each(|(run, source)| run.altitude_source = source);
            let subtitle = data(&analysis).expect("altitude").subtitle();
            assert_eq!(
                subtitle.contains(" From GPS altitude, which is rough."),
                expected,
                "{sources:?}"
            );
        }
    }

    #[test]
    fn a_month_with_an_unknown_week_is_unknown() {
        let data = data(&regular(6 * 52)).expect("altitude");
        assert_eq!(data.step, Step::Month);
        assert!(
            data.bars
                .iter()
                .all(|bar| bar.unknown == bar.up.height.is_none())
        );
        // The fixture has no altitude in weeks 8, 41, 74, … of 312: ten of them, each in another month.
        assert_eq!(data.unknown(), 10);
    }

    #[test]
    fn without_altitude_there_is_no_picture() {
        let mut analysis = three_weeks();
        analysis
            .history
            .weeks
            .iter_mut()
            .for_each(|week| (week.ascent_m, week.descent_m) = (None, None));
        assert_eq!(data(&analysis), None);
    }
}
