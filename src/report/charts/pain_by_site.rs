//! Where it hurt and when: a row for every site, a dot for every day with pain.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::{Area, Px},
    axis::{Panel, Span, month_start},
    counted,
    form::{Both, Form},
    greatest,
    labels::{Label, Room},
    page::Page,
    places::{others_name, ranked},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    pain::{Entry, Place, Site, site_text},
    time::{date_text, days_between, plus_days},
    units::number,
    words::sentence_case,
};
use chrono::NaiveDate;
use plotters::style::Color;
use std::collections::BTreeMap;

/// Sites with a row of their own; the rest share one.
const MOST_ROWS: usize = 10;

/// A stretch without any entry is shaded from this many days on.
const GAP_DAYS: i64 = 7;

/// A log that covers less than this share of the history is shown alone, not at the end of an empty picture.
const SHORT_LOG: f64 = 0.6;

/// Left and right edge of this plot: names of sites and counts of days stand beside it.
const LEFT_PX: f64 = 192.0;
const RIGHT_PX: f64 = 812.0;

/// A rating is written at the worst day within so many days either way.
const PEAK_DAYS: i64 = 14;

/// Room for the dots of the first and the last day, logical pixels.
const DOT_ROOM_PX: f64 = 10.0;

const ROW_PX: f64 = 31.0;
const CLEAR_ROW_PX: f64 = 26.0;
/// The name over its row, where there is no room beside it.
const NARROW_NAME_PX: f64 = 16.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "pain-by-site",
    subject: "Pain by place",
    without_data: "no pain is logged",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    /// The span begins with the log, not with the history.
    only_log: bool,
    /// The most painful days first; "other places", if any, last.
    rows: Vec<Row>,
    /// Days on which "all clear" was logged and no pain.
    clear: Vec<NaiveDate>,
    /// Stretches of at least a week without any usable entry: first day, and first day after.
    unlogged: Vec<(NaiveDate, NaiveDate)>,
}

/// One site.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: String,
    /// Days with pain and the highest rating of each, mild ones first so that the worst lie on top.
    days: Vec<(NaiveDate, f64)>,
}

/// Takes the pain log from the analysis. None when no pain is logged.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let history = form.span(analysis)?;
    let entries: Vec<&Entry> = analysis
        .pain
        .entries
        .iter()
        .filter(|entry| history.contains(entry.date))
        .collect();
    let log = log_alone(analysis, &entries, history);
    let span = log.unwrap_or(history);
    let last = analysis
        .history
        .period()
        .map(|(_, last)| plus_days(last, 1));
    let rows = rows(&entries);
    (!rows.is_empty()).then(|| Data {
        form,
        span: with_room(span, &hurting(&entries), form),
        only_log: log.is_some(),
        rows,
        clear: clear(&entries),
        unlogged: unlogged(entries.iter().copied(), span.from, last.unwrap_or(span.to)),
    })
}

/// The days of all entries with pain.
fn hurting(entries: &[&Entry]) -> Vec<NaiveDate> {
    let hurts = entries
        .iter()
        .filter(|entry| entry.pain.is_some_and(|pain| pain > 0.0));
    hurts.map(|entry| entry.date).collect()
}

/// The days on which "all clear" was logged and no pain.
fn clear(entries: &[&Entry]) -> Vec<NaiveDate> {
    let hurting = hurting(entries);
    let is_clear = |entry: &&&Entry| {
        entry.site == Some(Site::None) && entry.pain.is_some_and(|pain| pain <= 0.0)
    };
    let mut days: Vec<NaiveDate> = entries
        .iter()
        .filter(is_clear)
        .map(|entry| entry.date)
        .collect();
    days.retain(|date| !hurting.contains(date));
    days.dedup();
    days
}

/// Where the log covers little of the history: from the month of its first entry to the day of the report.
fn log_alone(analysis: &Analysis, entries: &[&Entry], history: Span) -> Option<Span> {
    let first = entries.iter().map(|entry| entry.date).min()?;
    let last = entries.iter().map(|entry| entry.date).max()?;
    let (begin, end) = analysis.history.period()?;
    let length = |from, to| (days_between(from, to) + 1) as f64;
    (length(first, last) < SHORT_LOG * length(begin, end)).then(|| Span {
        from: month_start(first).max(history.from),
        to: plus_days(last.max(analysis.history.as_of), 1),
    })
}

/// Left and right edge of the plot: names of sites and counts of days stand beside it, or the names over their rows.
fn edges(form: Form) -> (f64, f64) {
    match form {
        Form::Wide => (LEFT_PX, RIGHT_PX),
        Form::Narrow => (style::NARROW_MARGIN_PX + 6.0, style::NARROW_PX - 62.0),
    }
}

/// The span with days added at its ends where a dot would reach over the edge.
fn with_room(span: Span, hurting: &[NaiveDate], form: Form) -> Span {
    let (left, right) = edges(form);
    let inside_px = right - left - 2.0 * DOT_ROOM_PX;
    let room = (DOT_ROOM_PX / inside_px * span.days() as f64).ceil() as i64;
    let first = hurting.iter().min().map(|first| plus_days(*first, -room));
    let last = hurting.iter().max().map(|last| plus_days(*last, 1 + room));
    Span {
        from: first.map_or(span.from, |first| span.from.min(first)),
        to: last.map_or(span.to, |last| span.to.max(last)),
    }
}

/// The stretches of at least a week between `from` and `to` on which nothing was rated.
pub(super) fn unlogged<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate)> {
    let mut logged = rated_days(entries);
    logged.sort();
    gaps(&logged, from, to)
}

fn rated_days<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<NaiveDate> {
    let rated = entries.into_iter().filter(|entry| entry.pain.is_some());
    rated.map(|entry| entry.date).collect()
}

fn rows(entries: &[&Entry]) -> Vec<Row> {
    let (own, others) = ranked(by_place(entries), BTreeMap::len, MOST_ROWS);
    let mut rows: Vec<Row> = own
        .into_iter()
        .map(|((site, side), days)| row(sentence_case(&site_text(site, side)), days))
        .collect();
    if !others.is_empty() {
        let name = others_name(others.len());
        rows.push(row(
            name,
            worst_of_days(others.into_iter().flat_map(|(_, days)| days)),
        ));
    }
    rows
}

/// The highest rating of every day with pain, by place.
fn by_place(entries: &[&Entry]) -> BTreeMap<Place, BTreeMap<NaiveDate, f64>> {
    let mut ratings: BTreeMap<Place, Vec<(NaiveDate, f64)>> = BTreeMap::new();
    for entry in entries {
        let site = entry.site.filter(|site| *site != Site::None);
        if let (Some(site), Some(pain)) = (site, entry.pain.filter(|pain| *pain > 0.0)) {
            let place = ratings.entry((site, entry.side)).or_default();
            place.push((entry.date, pain));
        }
    }
    let worst = |(place, ratings)| (place, worst_of_days(ratings));
    ratings.into_iter().map(worst).collect()
}

fn row(name: String, days: BTreeMap<NaiveDate, f64>) -> Row {
    let mut days: Vec<(NaiveDate, f64)> = days.into_iter().collect();
    days.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    Row { name, days }
}

/// The highest of each day's ratings.
fn worst_of_days(ratings: impl IntoIterator<Item = (NaiveDate, f64)>) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    for (date, pain) in ratings {
        let worst: &mut f64 = days.entry(date).or_insert(pain);
        *worst = worst.max(pain);
    }
    days
}

/// The stretches of at least a week between `from` and `to` on which nothing was logged.
fn gaps(logged: &[NaiveDate], from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let begins = std::iter::once(from).chain(logged.iter().map(|date| plus_days(*date, 1)));
    let ends = logged.iter().copied().chain(std::iter::once(to));
    begins
        .zip(ends)
        .filter(|(begin, end)| days_between(*begin, *end) >= GAP_DAYS)
        .collect()
}

impl Row {
    /// The worst day within two weeks either way, the middle one of equals; the worst of all first.
    fn peaks(&self) -> Vec<(NaiveDate, f64)> {
        let mut worst = self.days.clone();
        worst.retain(|day| !self.is_outdone(day));
        worst.sort_by_key(|(date, _)| *date);
        let mut peaks: Vec<_> = worst.chunk_by(is_near).filter_map(middle).collect();
        peaks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        peaks
    }

    /// Whether a day close by was worse.
    fn is_outdone(&self, day: &(NaiveDate, f64)) -> bool {
        let mut near = self.days.iter().filter(|other| is_near(day, other));
        near.any(|other| other.1 > day.1)
    }

    fn days_text(&self) -> String {
        counted(self.days.len(), "day")
    }

    /// Its name and its days in a sentence.
    fn in_words(&self, joined: &str) -> String {
        format!("{}{joined}on {}", lowered(&self.name), self.days_text())
    }
}

/// The middle one of equally bad days.
fn middle(equals: &[(NaiveDate, f64)]) -> Option<(NaiveDate, f64)> {
    equals.get((equals.len() - 1) / 2).copied()
}

fn is_near(a: &(NaiveDate, f64), b: &(NaiveDate, f64)) -> bool {
    days_between(a.0, b.0).abs() <= PEAK_DAYS
}

impl Data {
    /// The worst day of the worst row.
    fn worst(&self) -> Option<((&Row, NaiveDate), f64)> {
        let worst = self.rows.iter().filter_map(|row| {
            let (date, pain) = row.days.last()?;
            Some(((row, *date), *pain))
        });
        greatest(worst)
    }

    fn worst_text(&self) -> String {
        self.worst().map_or(String::new(), |((row, date), pain)| {
            let pain = number(pain, 0);
            let name = lowered(&row.name);
            format!(" The highest is {pain}/10, {name} on {}.", date_text(date))
        })
    }

    fn rows_in_words(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| row.in_words(" ")).collect();
        rows.join(", ")
    }

    fn days_unlogged(&self) -> usize {
        let stretches = self.unlogged.iter();
        let days = stretches.map(|(from, to)| days_between(*from, *to));
        usize::try_from(days.sum::<i64>()).unwrap_or(0)
    }

    /// Room for the row of clear days, where there are any.
    fn clear_px(&self) -> f64 {
        if self.clear.is_empty() {
            0.0
        } else {
            CLEAR_ROW_PX
        }
    }

    fn subtitle(&self) -> String {
        let mut text = "Each dot is a day with pain: the larger and darker, the more.".to_string();
        if self.only_log {
            text += " The picture begins with the log.";
        }
        if !self.clear.is_empty() {
            text += " Ticks: days logged as all clear.";
        }
        if !self.unlogged.is_empty() {
            text += " Grey: a week or more without any entry, so nothing is known.";
        }
        text
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        match self.rows.as_slice() {
            [] => "Where it hurt".to_string(),
            [row] => format!("Where it hurt: {}", row.in_words(", ")),
            [row, ..] => format!("Where it hurt: {}", row.in_words(" most often, ")),
        }
    }

    fn alt(&self) -> String {
        let (rows, worst) = (self.rows_in_words(), self.worst_text());
        let clear = counted(self.clear.len(), "day");
        let unlogged = counted(self.days_unlogged(), "day");
        format!(
            "Days with pain by place: {rows}.{worst} All clear was logged on {clear}; {unlogged} lie in stretches of a week or more \
             without any entry."
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = self.rows_px() + self.clear_px();
        self.form.head_px() + rows + style::UNDER_PLOT_PX + 34.0
    }

    fn numbers(&self) -> Option<Numbers> {
        let row = |row: &Row| {
            let days = || row.days.iter().map(|(date, _)| *date);
            let text = |date: Option<NaiveDate>| date.map_or(String::new(), date_text);
            let (worst, pain) = row.days.last().copied().unzip();
            vec![
                row.name.clone(),
                row.days.len().to_string(),
                pain.map_or(String::new(), |pain| number(pain, 0)),
                text(worst),
                text(days().min()),
                text(days().max()),
            ]
        };
        Some(Numbers {
            head: vec!["place", "days", "highest", "on", "first", "last"],
            rows: self.rows.iter().map(row).collect(),
        })
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())? - 4.0;
        let bottom = top + self.rows_px() + self.clear_px();
        let (left, right) = edges(self.form);
        let panel = Panel::new(self.span, (top, bottom), (0.0, 1.0)).between(left, right);
        self.form.say_cut(page, self.span)?;
        self.draw_unlogged(page, &panel)?;
        self.draw_rows(page, &panel)?;
        if !self.clear.is_empty() {
            self.draw_clear(page, &panel, bottom - CLEAR_ROW_PX / 2.0)?;
        }
        panel.date_axis(page, bottom)?;
        draw_legend(page, (left, bottom + 66.0), dot_scale(&panel))
    }
}

/// A name inside a sentence; `Achilles` keeps its capital.
fn lowered(name: &str) -> String {
    if name.starts_with("Achilles") {
        name.to_string()
    } else {
        name.to_lowercase().replace("achilles", "Achilles")
    }
}

/// Radius of a dot; its area grows about evenly with the rating. `scale` is 1 where days have room and less where not.
fn radius_px(pain: f64, scale: f64) -> f64 {
    scale * (2.0 + 2.0 * pain.clamp(0.0, 10.0).sqrt())
}

/// Dots shrink, at most to 0.75, where days lie closer together than 6 px.
fn dot_scale(panel: &Panel) -> f64 {
    ((panel.right - panel.left) / panel.span.days().max(1) as f64 / 6.0).clamp(0.75, 1.0)
}

/// A row under `top`.
fn draw_row(page: &Page, panel: &Panel, row: &Row, top: f64) -> Result {
    let y = match page.is_narrow() {
        true => top + NARROW_NAME_PX + ROW_PX / 2.0,
        false => top + ROW_PX / 2.0,
    };
    panel.rule(page, y, style::GRID)?;
    match page.is_narrow() {
        true => page.label(&row.name, (style::NARROW_MARGIN_PX, top + 9.0), Text::NAME)?,
        false => page.name(&row.name, (panel.left - 16.0, y), Text::NAME.right())?,
    }
    draw_count(page, panel, row.days.len(), y)?;
    draw_days(page, panel, row, y)?;
    draw_peaks(page, panel, row, y)
}

/// The white edges first: dots of one colour then lie together, and the picture stays small.
fn draw_days(page: &Page, panel: &Panel, row: &Row, y: f64) -> Result {
    let scale = dot_scale(panel);
    let places = || {
        let days = row.days.iter();
        days.map(|(date, pain)| ((panel.x_noon(*date), y), *pain))
    };
    places().try_for_each(|(at, pain)| draw_edge(page, at, pain, scale))?;
    places().try_for_each(|(at, pain)| draw_dot(page, at, pain, scale))
}

/// How many days a row has, right of it.
fn draw_count(page: &Page, panel: &Panel, days: usize, y: f64) -> Result {
    let gap = if page.is_narrow() { 6.0 } else { 14.0 };
    let at = (panel.right + gap, y);
    page.text(&counted(days, "day"), at, Text::AXIS)
}

/// Ratings over the worst days, as long as they find room.
fn draw_peaks(page: &Page, panel: &Panel, row: &Row, y: f64) -> Result {
    let (from, to) = ((panel.left - 6.0, y - ROW_PX), (panel.right + 10.0, y));
    let mut room = Room::new(Area::between(from, to));
    for peak in row.peaks() {
        let label = peak_label(panel, peak, y);
        if room.take(label.area(page)?) {
            page.text(&label.text, label.at, label.look)?;
        }
    }
    Ok(())
}

/// The rating over the dot of a day.
fn peak_label(panel: &Panel, (date, pain): (NaiveDate, f64), y: f64) -> Label {
    let over = y - radius_px(pain, dot_scale(panel)) - 6.0;
    Label {
        text: number(pain, 0),
        at: (panel.x_noon(date), over),
        look: Text::PEAK.centered(),
    }
}

fn draw_pain(page: &Page, at: Px, pain: f64, scale: f64) -> Result {
    draw_edge(page, at, pain, scale)?;
    draw_dot(page, at, pain, scale)
}

fn draw_edge(page: &Page, at: Px, pain: f64, scale: f64) -> Result {
    page.dot(at, radius_px(pain, scale) + 0.6, style::WHITE.mix(0.8))
}

fn draw_dot(page: &Page, at: Px, pain: f64, scale: f64) -> Result {
    page.dot(at, radius_px(pain, scale), style::pain_color(pain))
}

fn draw_legend(page: &Page, (left, y): Px, scale: f64) -> Result {
    let title = "Pain, 0–10:";
    page.text(title, (left, y), Text::AXIS)?;
    let mut x = left + (page.text_width(title, Text::AXIS)? + 22.0);
    for pain in [1.0, 3.0, 5.0, 7.0, 10.0] {
        let radius = radius_px(pain, scale);
        draw_pain(page, (x, y), pain, scale)?;
        page.text(&number(pain, 0), (x + radius + 6.0, y), Text::AXIS)?;
        x += radius + 44.0;
    }
    Ok(())
}

impl Data {
    fn row_px(&self) -> f64 {
        match self.form {
            Form::Wide => ROW_PX,
            Form::Narrow => ROW_PX + NARROW_NAME_PX,
        }
    }

    fn rows_px(&self) -> f64 {
        self.row_px() * self.rows.len() as f64
    }

    fn draw_rows(&self, page: &Page, panel: &Panel) -> Result {
        let mut rows = self.rows.iter().enumerate();
        rows.try_for_each(|(index, row)| {
            let top = panel.top + self.row_px() * index as f64;
            draw_row(page, panel, row, top)
        })
    }

    fn draw_unlogged(&self, page: &Page, panel: &Panel) -> Result {
        for (from, to) in &self.unlogged {
            let (left, right) = panel.shade(page, *from, *to)?;
            if right - left >= page.text_width("no log", Text::VALUE)? + 8.0 {
                let at = ((left + right) / 2.0, panel.top - 9.0);
                page.text("no log", at, Text::VALUE.centered())?;
            }
        }
        Ok(())
    }

    fn draw_clear(&self, page: &Page, panel: &Panel, y: f64) -> Result {
        if !page.is_narrow() {
            page.text("All clear", (panel.left - 16.0, y), Text::AXIS.right())?;
        }
        draw_count(page, panel, self.clear.len(), y)?;
        self.clear.iter().try_for_each(|date| {
            let x = panel.x_noon(*date);
            page.line(&[(x, y - 4.0), (x, y + 4.0)], style::GREEN, 1.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::report::charts::fixtures::{analysis, date, pain, run};

    fn logged() -> Analysis {
        let rows = vec![
            pain(date("2025-03-04"), Site::Shin, Some(Side::Left), 2.0),
            pain(date("2025-03-04"), Site::Shin, Some(Side::Left), 4.0),
            pain(date("2025-03-05"), Site::Shin, Some(Side::Left), 3.0),
            pain(date("2025-03-05"), Site::Achilles, None, 1.0),
            pain(date("2025-03-06"), Site::None, None, 0.0),
            pain(date("2025-03-06"), Site::Shin, Some(Side::Left), 0.0),
            pain(date("2025-03-05"), Site::None, None, 0.0),
            Entry {
                site: Some(Site::Hip),
                ..Entry::on(date("2025-03-10"))
            },
            pain(date("2025-03-20"), Site::None, None, 0.0),
        ];
        analysis(
            vec![run(date("2025-03-03"), 8.0), run(date("2025-03-22"), 8.0)],
            rows,
            Vec::new(),
        )
    }

    #[test]
    fn rows_are_sites_by_days_with_pain() {
        let data = data(&logged(), Form::Wide).expect("pain");
        let shin = vec![(date("2025-03-05"), 3.0), (date("2025-03-04"), 4.0)];
        let expected = [
            ("Left shin", shin),
            ("Achilles", vec![(date("2025-03-05"), 1.0)]),
        ];
        let found: Vec<_> = data
            .rows
            .into_iter()
            .map(|row| (row.name, row.days))
            .collect();
        assert_eq!(found, expected.map(|(name, days)| (name.to_string(), days)));
    }

    #[test]
    fn peaks_are_the_worst_days_around() {
        let at = |day: &str, pain: f64| (date(day), pain);
        let days = [
            at("2025-03-04", 2.0),
            at("2025-03-06", 4.0),
            at("2025-03-08", 4.0),
            at("2025-03-25", 1.0),
        ];
        let row = row("Hip".into(), days.into_iter().collect());
        assert_eq!(row.peaks(), [at("2025-03-06", 4.0), at("2025-03-25", 1.0)]);
    }

    #[test]
    fn zero_unknown_and_unlogged_are_three_things() {
        let data = data(&logged(), Form::Wide).expect("pain");
        assert_eq!(
            data.clear,
            [date("2025-03-06"), date("2025-03-20")],
            "5 March had pain after all"
        );
        assert_eq!(
            data.unlogged,
            [(date("2025-03-07"), date("2025-03-20"))],
            "an unrated row is no log"
        );
    }

    #[test]
    fn a_short_log_is_shown_alone() {
        let hip = |day: &str| pain(date(day), Site::Hip, None, 3.0);
        let history = |rows: Vec<Entry>| {
            let runs = vec![run(date("2025-01-01"), 8.0), run(date("2025-04-10"), 8.0)];
            data(&analysis(runs, rows, vec![]), Form::Wide).expect("pain")
        };
        // The history has 100 days. From 31 January to 30 March it is 59 of them, with one more 60.
        let short = history(vec![hip("2025-01-31"), hip("2025-03-30")]);
        assert_eq!(
            (short.only_log, short.span),
            (
                true,
                Span {
                    from: date("2025-01-01"),
                    to: date("2025-04-11")
                }
            )
        );
        let long = history(vec![hip("2025-01-31"), hip("2025-03-31")]);
        assert_eq!(
            (long.only_log, long.span),
            (
                false,
                Span {
                    from: date("2024-12-30"),
                    to: date("2025-04-14")
                }
            )
        );
        let late = history(vec![hip("2025-03-20"), hip("2025-04-02")]);
        assert_eq!(
            (late.only_log, late.span),
            (
                true,
                Span {
                    from: date("2025-03-01"),
                    to: date("2025-04-11")
                }
            )
        );
        assert_eq!(
            late.unlogged.first(),
            Some(&(date("2025-03-01"), date("2025-03-20")))
        );
    }

    #[test]
    fn dots_of_the_first_and_last_day_stay_inside() {
        let span = Span {
            from: date("2025-01-06"),
            to: date("2025-03-10"),
        };
        for (first, last) in [
            ("2025-01-06", "2025-03-09"),
            ("2025-01-07", "2025-03-08"),
            ("2025-02-03", "2025-02-03"),
        ] {
            let panel = Panel::new(
                with_room(span, &[date(first), date(last)], Form::Wide),
                (0.0, 1.0),
                (0.0, 1.0),
            );
            let panel = panel.between(LEFT_PX, RIGHT_PX);
            let reach = radius_px(10.0, dot_scale(&panel));
            assert!(panel.x_noon(date(first)) - reach >= LEFT_PX, "{first}");
            assert!(panel.x_noon(date(last)) + reach <= RIGHT_PX, "{last}");
        }
        assert_eq!(with_room(span, &[date("2025-02-03")], Form::Wide), span);
    }

    #[test]
    fn gaps_are_a_week_or_more() {
        let days = |texts: &[&str]| texts.iter().map(|text| date(text)).collect::<Vec<_>>();
        let (from, to) = (date("2025-03-03"), date("2025-03-31"));
        for (logged, expected) in [
            (days(&[]), vec![("2025-03-03", "2025-03-31")]),
            (
                days(&["2025-03-10", "2025-03-17", "2025-03-25"]),
                vec![("2025-03-03", "2025-03-10"), ("2025-03-18", "2025-03-25")],
            ),
            (
                days(&["2025-03-05", "2025-03-11", "2025-03-18", "2025-03-25"]),
                vec![],
            ),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(from, to)| (date(from), date(to)))
                .collect();
            assert_eq!(gaps(&logged, from, to), expected);
        }
    }

    #[test]
    fn many_sites_share_the_last_row() {
        let sites = Site::ALL
            .iter()
            .filter(|site| **site != Site::None)
            .take(13);
        let rows = sites.enumerate().map(|(index, site)| {
            pain(
                plus_days(date("2025-03-03"), index as i64),
                *site,
                None,
                2.0,
            )
        });
        let runs = vec![run(date("2025-03-03"), 5.0)];
        let data = data(&analysis(runs, rows.collect(), vec![]), Form::Wide).expect("pain");
        assert_eq!(data.rows.len(), 11);
        let last = data.rows.last().expect("eleven rows");
        assert_eq!((last.name.as_str(), last.days.len()), ("3 other places", 3));
    }

    #[test]
    fn the_alt_text_has_the_numbers() {
        let picture = data(&logged(), Form::Wide).expect("pain");
        assert_eq!(
            picture.title(),
            "Where it hurt: left shin most often, on 2 days"
        );
        assert_eq!(
            picture.alt(),
            "Days with pain by place: left shin on 2 days, Achilles on 1 day. The highest is 4/10, left shin on 4 Mar 2025. \
             All clear was logged on 2 days; 13 days lie in stretches of a week or more without any entry."
        );
        let rows = picture.numbers().expect("a table").rows;
        let shin = [
            "Left shin",
            "2",
            "4",
            "4 Mar 2025",
            "4 Mar 2025",
            "5 Mar 2025",
        ];
        assert_eq!(rows[0], shin);
        let zeros = vec![pain(date("2025-03-04"), Site::None, None, 0.0)];
        assert_eq!(
            data(
                &analysis(vec![run(date("2025-03-03"), 5.0)], zeros, vec![]),
                Form::Wide
            ),
            None
        );
    }
}
