//! Distance per week, with the weeks the rules marked, over a strip of the highest pain logged in each.

use super::{
    ChartError, Picture,
    axis::{Bucket, Panel, Span, Step, buckets, drawable, highest, sum, ticks_within},
    counted, findings, median,
    page::{Area, Page, Room},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    time::{date_text, plus_days},
    units::{Units, number},
};
use chrono::NaiveDate;
use plotters::{prelude::DrawingBackend, style::Color};

/// The rules whose findings mark a week here, and the word at the bar.
const MARKING_RULES: &[(&str, &str)] = &[("weekly-distance-jump", "jump"), ("single-run-spike", "long run")];

/// Up to this many bars, every one has its value written above it.
const MOST_VALUES: usize = 16;

const PLOT_HEIGHT_PX: f64 = 262.0;
const STRIP_GAP_PX: f64 = 48.0;
const STRIP_HEIGHT_PX: f64 = 36.0;

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    span: Span,
    units: Units,
    step: Step,
    bars: Vec<Bar>,
    pain_is_logged: bool,
}

/// One week, or one month.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    from: NaiveDate,
    to: NaiveDate,
    /// In the shown unit. None: unknown.
    distance: Option<f64>,
    /// The part of it run in marked weeks.
    marked: f64,
    /// Why, in words, without repeats.
    reasons: Vec<&'static str>,
    /// Whether all its days are past and covered.
    complete: bool,
    /// Highest pain logged. None: nothing was.
    pain: Option<f64>,
}

/// Takes the weeks from the analysis. None when no week has a distance.
pub fn data(analysis: &Analysis) -> Option<Data> {
    let span = Span::of(analysis)?;
    let (step, buckets) = buckets(&analysis.history.weeks, span);
    let bars: Vec<Bar> = buckets.iter().map(|bucket| bar(analysis, step, bucket)).collect();
    bars.iter().any(|bar| bar.distance.is_some_and(|d| d > 0.0)).then(|| {
        let pain_is_logged = bars.iter().any(|bar| bar.pain.is_some());
        Data { span, units: analysis.units, step, bars, pain_is_logged }
    })
}

fn bar(analysis: &Analysis, step: Step, bucket: &Bucket) -> Bar {
    let shown = |metres: f64| drawable(analysis.units.distance(metres));
    let mut reasons: Vec<&'static str> = Vec::new();
    let mut marked = 0.0;
    for week in &bucket.weeks {
        let of_week = reasons_for(analysis, week.start);
        if !of_week.is_empty() {
            marked += week.distance_m.and_then(shown).unwrap_or(0.0);
        }
        reasons.extend(of_week.iter().filter(|word| !reasons.contains(word)).copied().collect::<Vec<_>>());
    }
    let complete = match step {
        Step::Week => bucket.weeks.iter().all(|week| week.full),
        Step::Month => plus_days(bucket.to, -1) <= analysis.history.as_of,
    };
    Bar {
        from: bucket.from,
        to: bucket.to,
        distance: sum(bucket.weeks.iter().map(|week| week.distance_m.and_then(shown))),
        marked,
        reasons,
        complete,
        pain: highest(bucket.weeks.iter().map(|week| week.pain_max.and_then(drawable))),
    }
}

/// The words of the rules with a finding that touches the week.
fn reasons_for(analysis: &Analysis, start: NaiveDate) -> Vec<&'static str> {
    let end = plus_days(start, 6);
    let touches = |rule: &str| findings(analysis, rule).any(|finding| finding.from <= end && finding.to >= start);
    MARKING_RULES.iter().filter(|(rule, _)| touches(rule)).map(|(_, word)| *word).collect()
}

impl Data {
    fn marked(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| !bar.reasons.is_empty())
    }

    fn highest_bar(&self) -> Option<(&Bar, f64)> {
        let known = self.bars.iter().filter_map(|bar| Some((bar, bar.distance?)));
        known.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    fn subtitle(&self) -> String {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        let mut text = format!("Each bar is one {step} in {unit}.");
        if self.marked().next().is_some() {
            text += match self.step {
                Step::Week => " Orange and striped: weeks to keep an eye on.",
                Step::Month => " Orange and striped: the part run in weeks to keep an eye on.",
            };
        }
        if self.bars.iter().any(|bar| !bar.complete && bar.distance.is_some_and(|d| d > 0.0)) {
            text += &format!(" Hollow: not a whole {step} of recordings.");
        }
        text
    }

    fn pain_words(&self) -> String {
        let logged = self.bars.iter().filter_map(|bar| Some((bar, bar.pain?)));
        let Some((bar, pain)) = logged.reduce(|best, next| if next.1 > best.1 { next } else { best }) else {
            return "No pain is logged.".to_string();
        };
        let blank = self.bars.iter().filter(|bar| bar.pain.is_none()).count();
        let blank = format!("{} without any pain entry", counted(blank, self.step.label()));
        if pain <= 0.0 {
            return format!("All pain logged is zero; {blank}.");
        }
        let when = date_text(bar.from);
        format!("The highest pain logged is {}/10, in the {} from {when}; {blank}.", number(pain, 0), self.step.label())
    }
}

impl Picture for Data {
    const FILE_NAME: &'static str = "01-weekly-distance.png";
    const SUBJECT: &'static str = "Distance per week";
    const WITHOUT_DATA: &'static str = "no run has a distance";

    fn title(&self) -> String {
        let step = self.step.label();
        match self.marked().count() {
            0 => format!("Distance per {step}"),
            1 => format!("Distance per {step}: one of {} stands out", self.bars.len()),
            marked => format!("Distance per {step}: {marked} of {} stand out", self.bars.len()),
        }
    }

    fn alt(&self) -> String {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        let middle = median(self.bars.iter().filter_map(|bar| bar.distance).collect()).unwrap_or(0.0);
        let highest = self.highest_bar().map_or(String::new(), |(bar, distance)| {
            format!(", the highest {} {unit} in the {step} from {}", number(distance, 0), date_text(bar.from))
        });
        let count = counted(self.bars.len(), step);
        let marked = counted(self.marked().count(), step);
        format!(
            "Bars of distance over {count}: {} {unit} in a middle {step}{highest}; {marked} marked. {}",
            number(middle, 0),
            self.pain_words()
        )
    }

    fn height_px(&self) -> f64 {
        let strip = if self.pain_is_logged { STRIP_GAP_PX + STRIP_HEIGHT_PX } else { 0.0 };
        (style::PLOT_TOP_PX + style::LINE_PX + PLOT_HEIGHT_PX + strip + style::UNDER_PLOT_PX).max(460.0)
    }

    fn draw<DB: DrawingBackend>(&self, page: &Page<DB>) -> Result<(), ChartError> {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let under = if self.pain_is_logged { STRIP_GAP_PX + STRIP_HEIGHT_PX } else { 0.0 };
        let bottom = self.height_px() - style::UNDER_PLOT_PX - under;
        let most = self.highest_bar().map_or(1.0, |(_, distance)| distance);
        let panel = Panel::new(self.span, (top, bottom), (0.0, most * 1.18));
        panel.value_axis(page, &ticks_within(0.0, most * 1.18, 5), false)?;
        panel.value_title(page, &format!("{} per {}", self.units.distance_label(), self.step.label()))?;
        self.bars.iter().try_for_each(|bar| draw_bar(page, &panel, bar))?;
        self.draw_values(page, &panel)?;
        if self.pain_is_logged {
            page.line(&[(panel.left, bottom), (panel.right, bottom)], style::AXIS, 1.0)?;
            self.draw_strip(page, bottom + STRIP_GAP_PX)?;
        }
        panel.date_axis(page, bottom + under + if self.pain_is_logged { 3.0 } else { 0.0 })
    }
}

fn draw_bar<DB: DrawingBackend>(page: &Page<DB>, panel: &Panel, bar: &Bar) -> Result<(), ChartError> {
    let Some(distance) = bar.distance.filter(|d| *d > 0.0) else { return Ok(()) };
    let (left, right) = panel.bar(bar.from, bar.to);
    let (top, base) = (panel.y(distance), panel.y(0.0));
    let split = panel.y(distance - bar.marked.min(distance));
    if bar.complete {
        page.rect((left, split), (right, base), style::SKY.mix(0.85))?;
    } else {
        page.rect((left, split), (right, base), style::WHITE)?;
        page.outline((left, split), (right, base), style::SKY, 1.5)?;
    }
    if bar.reasons.is_empty() {
        return Ok(());
    }
    page.marked_bar((left, top), (right, split))?;
    if right - left < 4.0 { page.dot(((left + right) / 2.0, top - 5.0), 2.0, style::VERMILLION) } else { Ok(()) }
}

impl Data {
    /// Values above the bars: at marked ones with the reason where there is room, at all where there are few.
    fn draw_values<DB: DrawingBackend>(&self, page: &Page<DB>, panel: &Panel) -> Result<(), ChartError> {
        let mut room = self.room_above(panel);
        let mut marked: Vec<&Bar> = self.marked().collect();
        marked.sort_by(|a, b| b.marked.total_cmp(&a.marked).then(a.from.cmp(&b.from)));
        for bar in marked {
            draw_mark(page, panel, &mut room, bar)?;
        }
        if self.bars.len() <= MOST_VALUES {
            for bar in self.bars.iter().filter(|bar| bar.reasons.is_empty()) {
                draw_value(page, panel, &mut room, bar, Text::VALUE.centered())?;
            }
        }
        Ok(())
    }

    /// The room above the bars. A neighbouring bar that is as high keeps a label away unless it only grazes it.
    fn room_above(&self, panel: &Panel) -> Room {
        let bounds =
            Area { left: panel.left, right: style::WIDTH_PX - 8.0, top: panel.top - 10.0, bottom: panel.bottom };
        let mut room = Room::new(bounds);
        for bar in &self.bars {
            let (left, right) = panel.bar_core(bar.from, bar.to);
            if let Some(distance) = bar.distance {
                room.occupy(Area { left, right, top: panel.y(distance), bottom: panel.bottom });
            }
        }
        room
    }

    /// The strip of pain: a cell for every logged bar, filled as high as the pain was.
    fn draw_strip<DB: DrawingBackend>(&self, page: &Page<DB>, top: f64) -> Result<(), ChartError> {
        let strip = Panel::new(self.span, (top, top + STRIP_HEIGHT_PX), (0.0, 10.0));
        let step = self.step.label();
        let caption =
            format!("Highest pain logged in the {step}, 0–10. Empty frame: zero logged. Blank: nothing logged.");
        page.text(&caption, (strip.left, top - 25.0), Text::VALUE)?;
        for (value, text) in [(0.0, "0"), (10.0, "10")] {
            page.text(text, (strip.left - 10.0, strip.y(value)), Text::VALUE.right())?;
        }
        self.bars.iter().try_for_each(|bar| draw_cell(page, &strip, bar))
    }
}

/// The distance above a marked bar, and over it the reasons: all of them or none, never a part.
fn draw_mark<DB: DrawingBackend>(page: &Page<DB>, panel: &Panel, room: &mut Room, bar: &Bar) -> Result<(), ChartError> {
    if !draw_value(page, panel, room, bar, Text::MARK.centered())? {
        return Ok(());
    }
    let look = Text { color: style::VERMILLION_TEXT, ..Text::VALUE }.centered();
    let (left, right) = panel.bar(bar.from, bar.to);
    let at = ((left + right) / 2.0, panel.y(bar.distance.unwrap_or(0.0)) - 25.0);
    let words = bar.reasons.join(", ");
    if room.take(page.text_box(&words, at, look)?) {
        page.label(&words, at, look)?;
    }
    Ok(())
}

/// The distance above its bar, if there is room; says whether there was.
fn draw_value<DB: DrawingBackend>(
    page: &Page<DB>,
    panel: &Panel,
    room: &mut Room,
    bar: &Bar,
    look: Text,
) -> Result<bool, ChartError> {
    let Some(distance) = bar.distance.filter(|d| *d > 0.0) else { return Ok(false) };
    let (left, right) = panel.bar(bar.from, bar.to);
    let narrow = if right - left < 4.0 { 6.0 } else { 0.0 };
    let at = ((left + right) / 2.0, panel.y(distance) - 10.0 - narrow);
    let text = number(distance, if distance < 9.95 { 1 } else { 0 });
    let free = room.take(page.text_box(&text, at, look)?);
    if free {
        page.label(&text, at, look)?;
    }
    Ok(free)
}

fn draw_cell<DB: DrawingBackend>(page: &Page<DB>, strip: &Panel, bar: &Bar) -> Result<(), ChartError> {
    let Some(pain) = bar.pain else { return Ok(()) };
    let (left, right) = strip.bar(bar.from, bar.to);
    page.rect((left, strip.y(pain)), (right, strip.bottom), style::pain_color(pain))?;
    if right - left >= 3.0 {
        page.outline((left, strip.top), (right, strip.bottom), style::AXIS.mix(0.7), 0.75)?;
    } else if pain <= 0.0 {
        page.rect((left, strip.bottom - 1.0), (right, strip.bottom), style::AXIS)?;
    }
    if pain <= 0.0 || right - left < page.text_width("10", Text::VALUE)? {
        return Ok(());
    }
    let look = Text { color: style::INK, ..Text::VALUE }.centered();
    page.text(&number(pain, 0), ((left + right) / 2.0, strip.top - 8.0), look)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::charts::fixtures::{analysis, date, finding, pain, regular, run},
        rules::{Finding, Severity},
    };

    fn two_weeks() -> Analysis {
        // Monday 3 March to Sunday 9 March is whole; the second week has only its Monday.
        let runs = vec![run(date("2025-03-03"), 8.0), run(date("2025-03-09"), 12.0), run(date("2025-03-10"), 5.5)];
        analysis(runs, vec![pain(date("2025-03-04"), Site::None, None, 0.0)], Vec::new())
    }

    #[test]
    fn weeks_become_bars() {
        let data = data(&two_weeks()).expect("there is distance");
        let bars: Vec<_> = data.bars.iter().map(|b| (b.distance, b.marked, b.complete, b.pain)).collect();
        assert_eq!(bars, [(Some(20.0), 0.0, true, Some(0.0)), (Some(5.5), 0.0, false, None)]);
        assert_eq!((data.step, data.span.days()), (Step::Week, 14));
        assert_eq!(data.title(), "Distance per week");
    }

    #[test]
    fn a_finding_marks_every_week_it_touches() {
        let good =
            Finding { severity: Severity::Good, ..finding("single-run-spike", date("2025-03-03"), date("2025-03-03")) };
        for (findings, expected) in [
            (vec![finding("single-run-spike", date("2025-03-09"), date("2025-03-09"))], [vec!["long run"], vec![]]),
            (
                vec![
                    finding("single-run-spike", date("2025-03-09"), date("2025-03-10")),
                    finding("weekly-distance-jump", date("2025-03-10"), date("2025-03-16")),
                ],
                [vec!["long run"], vec!["jump", "long run"]],
            ),
            (vec![good], [vec![], vec![]]),
            (vec![finding("pain-rising", date("2025-03-03"), date("2025-03-09"))], [vec![], vec![]]),
        ] {
            let analysis = Analysis { findings, ..two_weeks() };
            let reasons: Vec<_> = data(&analysis).expect("distance").bars.into_iter().map(|b| b.reasons).collect();
            assert_eq!(reasons, expected);
        }
    }

    #[test]
    fn many_years_become_months_and_lose_no_metre() {
        let analysis = regular(8 * 52);
        let data = data(&analysis).expect("distance");
        assert_eq!(data.step, Step::Month);
        assert!((95..=97).contains(&data.bars.len()), "416 weeks are 95.7 months, not {}", data.bars.len());
        let shown: f64 = data.bars.iter().filter_map(|bar| bar.distance).sum();
        let run: f64 = analysis.history.runs.iter().filter_map(|run| run.distance_m).sum();
        assert!((shown - run / 1000.0).abs() < 1e-6, "{shown} {run}");
        assert!(data.bars.iter().all(|bar| bar.marked <= bar.distance.unwrap_or(0.0)));
    }

    #[test]
    fn without_distance_there_is_no_picture() {
        let mut analysis = two_weeks();
        analysis.history.weeks.iter_mut().for_each(|week| week.distance_m = None);
        assert_eq!(data(&analysis), None);
    }

    #[test]
    fn the_alt_text_has_the_numbers() {
        let mut analysis = two_weeks();
        analysis.findings.push(finding("weekly-distance-jump", date("2025-03-03"), date("2025-03-09")));
        let data = data(&analysis).expect("distance");
        assert_eq!(data.title(), "Distance per week: one of 2 stands out");
        assert_eq!(
            data.alt(),
            "Bars of distance over 2 weeks: 13 km in a middle week, the highest 20 km in the week from 3 Mar 2025; \
             1 week marked. All pain logged is zero; 1 week without any pain entry."
        );
    }
}
