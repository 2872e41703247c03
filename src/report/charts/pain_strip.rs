//! Spells of pain, a row for every site: the strip under a chart of running.

use super::{
    Result,
    axis::{Panel, Span},
    counted,
    page::Page,
    pain_by_site::unlogged,
    places::{others_name, ranked},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    pain::{
        Entry, Place,
        episodes::{Episode, episodes},
        site_text,
    },
    time::plus_days,
    units::number,
};
use chrono::NaiveDate;
use plotters::style::RGBAColor;
use std::{cmp::Ordering, collections::BTreeMap};

/// Sites with a row of their own; the rest share one.
const MOST_ROWS: usize = 5;

/// From the name of a site to its row.
pub(super) const NAME_GAP_PX: f64 = 10.0;

/// From the lower edge of a plot to the strip under it.
pub(super) const STRIP_GAP_PX: f64 = 18.0;

const ROW_PX: f64 = 19.0;
const BAR_PX: f64 = 9.0;

/// From the top of the strip to its first row.
const CAPTION_PX: f64 = 22.0;

/// No spell is drawn narrower.
const NARROWEST_PX: f64 = 3.0;

/// What the strip shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PainStrip {
    /// The site with most days of pain first; "other places", if any, last.
    rows: Vec<Row>,
    /// Stretches of at least a week without any rating: first day, and first day after.
    unlogged: Vec<(NaiveDate, NaiveDate)>,
}

/// One site.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: String,
    /// Mild ones first, so that the worst lie on top.
    spells: Vec<Spell>,
}

/// A spell of pain: its first and last day and its highest rating.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spell {
    from: NaiveDate,
    to: NaiveDate,
    peak: f64,
}

/// Takes the spells at limbs and the lower back from the log. None when there are none.
pub(super) fn strip(analysis: &Analysis, span: Span) -> Option<PainStrip> {
    let mut entries: Vec<Entry> = analysis.pain.entries.clone();
    entries.retain(|entry| span.contains(entry.date));
    let rows = rows(by_place(&entries));
    let last = analysis
        .history
        .period()
        .map(|(_, last)| plus_days(last, 1));
    let end = last.unwrap_or(span.to);
    (!rows.is_empty()).then(|| PainStrip {
        rows,
        unlogged: unlogged(&entries, span.from, end),
    })
}

/// The spells of every limb and the lower back.
fn by_place(entries: &[Entry]) -> BTreeMap<Place, Vec<Episode>> {
    let mut places: BTreeMap<Place, Vec<Episode>> = BTreeMap::new();
    for spell in of_limbs(entries) {
        let place = (spell.site, spell.side);
        places.entry(place).or_default().push(spell);
    }
    places
}

fn of_limbs(entries: &[Entry]) -> impl Iterator<Item = Episode> {
    let all = episodes(entries).into_iter();
    all.filter(|spell| spell.site.is_limb())
}

fn rows(places: BTreeMap<Place, Vec<Episode>>) -> Vec<Row> {
    let days = |spells: &Vec<Episode>| spells.iter().map(|spell| spell.logs).sum();
    let (own, others) = ranked(places, days, MOST_ROWS);
    let mut rows: Vec<Row> = own
        .into_iter()
        .map(|((site, side), spells)| row(site_text(site, side), spells))
        .collect();
    if !others.is_empty() {
        let name = others_name(others.len());
        rows.push(row(name, others.into_iter().flat_map(|(_, spells)| spells)));
    }
    rows
}

fn row(name: String, spells: impl IntoIterator<Item = Episode>) -> Row {
    let mut spells: Vec<Spell> = spells.into_iter().map(Spell::from).collect();
    spells.sort_by(milder);
    Row { name, spells }
}

/// The order of drawing: the milder first, then the earlier.
fn milder(a: &Spell, b: &Spell) -> Ordering {
    a.peak.total_cmp(&b.peak).then(a.from.cmp(&b.from))
}

impl From<Episode> for Spell {
    fn from(spell: Episode) -> Self {
        Spell {
            from: spell.from,
            to: spell.to,
            peak: spell.peak,
        }
    }
}

impl Row {
    /// `left shin 3 times, up to 6/10`.
    fn words(&self) -> String {
        let peak = self.spells.last().map_or(0.0, |spell| spell.peak);
        let times = counted(self.spells.len(), "time");
        format!("{} {times}, up to {}/10", self.name, number(peak, 0))
    }
}

impl PainStrip {
    /// How tall it is, logical pixels.
    pub(super) fn height_px(&self) -> f64 {
        CAPTION_PX + ROW_PX * self.rows.len() as f64
    }

    /// How wide the names left of the rows are, logical pixels.
    pub(super) fn names_px(&self, page: &Page) -> Result<f64> {
        self.rows.iter().try_fold(0.0, |widest: f64, row| {
            Ok(widest.max(page.text_width(&row.name, Text::AXIS)?))
        })
    }

    /// The rows in words: `left shin 3 times, up to 6/10`. "Spell" is the look back's word for something stricter.
    pub(super) fn alt(&self) -> String {
        self.rows
            .iter()
            .map(Row::words)
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// Draws it from `top` on between the edges of the panel above it.
    pub(super) fn draw(&self, page: &Page, above: &Panel, top: f64) -> Result {
        let (first, bottom) = (top + CAPTION_PX, top + self.height_px());
        let panel =
            Panel::new(above.span, (first, bottom), (0.0, 1.0)).between(above.left, above.right);
        for (from, to) in &self.unlogged {
            panel.shade(page, *from, *to)?;
        }
        self.draw_caption(page, &panel, top + 6.0)?;
        self.draw_rows(page, &panel)
    }

    /// Draws one, where there is any, under a panel.
    pub(super) fn draw_under(strip: Option<&PainStrip>, page: &Page, panel: &Panel) -> Result {
        let Some(strip) = strip else {
            return Ok(());
        };
        panel.rule(page, panel.bottom, style::AXIS)?;
        strip.draw(page, panel, panel.bottom + STRIP_GAP_PX)
    }

    /// How wide the names of one are, where there is any.
    pub(super) fn names_or_none_px(strip: Option<&PainStrip>, page: &Page) -> Result<f64> {
        strip.map_or(Ok(0.0), |strip| strip.names_px(page))
    }

    /// A sentence about one, where there is any.
    pub(super) fn alt_under(strip: Option<&PainStrip>) -> String {
        strip.map_or(String::new(), |strip| {
            format!(" Pain below it: {}.", strip.alt())
        })
    }

    fn draw_rows(&self, page: &Page, panel: &Panel) -> Result {
        let mut rows = self.rows.iter().enumerate();
        rows.try_for_each(|(index, row)| draw_row(page, panel, row, middle(panel.top, index)))
    }

    /// What the rows show.
    fn draw_caption(&self, page: &Page, panel: &Panel, y: f64) -> Result {
        if page.is_narrow() {
            let at = (style::NARROW_MARGIN_PX, y);
            return page.text(self.narrow_caption(), at, Text::VALUE);
        }
        page.text(self.wide_caption(), (panel.left, y), Text::VALUE)?;
        draw_scale(page, panel.right, y)
    }

    fn wide_caption(&self) -> &'static str {
        match self.unlogged.is_empty() {
            true => "Spells of pain, first to last day.",
            false => "Spells of pain, first to last day. Grey: a week or more without entry.",
        }
    }

    /// Where there is no room for the scale: it is that of the picture of pain by place.
    fn narrow_caption(&self) -> &'static str {
        match self.unlogged.is_empty() {
            true => "Pain, first to last day; darker: more.",
            false => "Pain, first to last day; darker: more. Grey: no entry.",
        }
    }
}

/// The colours of the ratings, up to the right edge.
fn draw_scale(page: &Page, mut right: f64, y: f64) -> Result {
    for pain in [10.0, 7.0, 5.0, 3.0, 1.0] {
        let label = number(pain, 0);
        page.text(&label, (right, y), Text::VALUE.right())?;
        right -= page.text_width(&label, Text::VALUE)? + 3.0;
        draw_bar(page, (right - BAR_PX, right), y, style::pain_color(pain))?;
        right -= BAR_PX + 8.0;
    }
    page.text("Highest, 0–10:", (right, y), Text::VALUE.right())
}

fn draw_bar(page: &Page, (left, right): (f64, f64), y: f64, color: RGBAColor) -> Result {
    page.rect((left, y - BAR_PX / 2.0), (right, y + BAR_PX / 2.0), color)
}

/// The middle of a row.
fn middle(first: f64, index: usize) -> f64 {
    first + ROW_PX * (index as f64 + 0.5)
}

/// Left and right edge of a spell.
fn edges(panel: &Panel, spell: &Spell) -> (f64, f64) {
    let (left, right) = (panel.x(spell.from), panel.x(plus_days(spell.to, 1)));
    let middle = (left + right) / 2.0;
    let half = ((right - left) / 2.0).max(NARROWEST_PX / 2.0);
    (
        (middle - half).max(panel.left),
        (middle + half).min(panel.right),
    )
}

fn draw_row(page: &Page, panel: &Panel, row: &Row, y: f64) -> Result {
    panel.rule(page, y, style::GRID)?;
    draw_name(page, panel, &row.name, y)?;
    let mut spells = row.spells.iter();
    spells.try_for_each(|spell| draw_spell(page, panel, spell, y))
}

fn draw_name(page: &Page, panel: &Panel, name: &str, y: f64) -> Result {
    page.name(name, (panel.left - NAME_GAP_PX, y), Text::AXIS.right())
}

/// A bar in a white edge, so that two spells in a row stay two.
fn draw_spell(page: &Page, panel: &Panel, spell: &Spell, y: f64) -> Result {
    let (left, right) = edges(panel, spell);
    let (top, bottom) = (y - BAR_PX / 2.0, y + BAR_PX / 2.0);
    page.rect(
        (left - 0.5, top - 0.5),
        (right + 0.5, bottom + 0.5),
        style::WHITE,
    )?;
    draw_bar(page, (left, right), y, style::pain_color(spell.peak))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::report::charts::fixtures::{analysis, date, pain, run};

    fn shin(day: &str, rating: f64) -> Entry {
        pain(date(day), Site::Shin, Some(Side::Left), rating)
    }

    fn check(rows: Vec<Entry>) -> Option<PainStrip> {
        let analysis = analysis(
            vec![run(date("2025-01-06"), 8.0), run(date("2025-02-28"), 8.0)],
            rows,
            Vec::new(),
        );
        strip(&analysis, Span::of(&analysis).expect("a calendar"))
    }

    #[test]
    fn rows_are_sites_and_spells_end_after_three_days_without() {
        let strip = check(vec![
            pain(date("2025-01-08"), Site::Hip, None, 7.0),
            shin("2025-01-10", 2.0),
            shin("2025-01-13", 5.0),
            shin("2025-01-17", 4.0),
            pain(date("2025-02-11"), Site::SideStitch, None, 9.0),
        ])
        .expect("pain");
        let spell = |from: &str, to: &str, peak: f64| Spell {
            from: date(from),
            to: date(to),
            peak,
        };
        let expected = [
            (
                "left shin",
                vec![
                    spell("2025-01-17", "2025-01-17", 4.0),
                    spell("2025-01-10", "2025-01-13", 5.0),
                ],
            ),
            ("hip", vec![spell("2025-01-08", "2025-01-08", 7.0)]),
        ];
        assert_eq!(
            strip.rows,
            expected.map(|(name, spells)| Row {
                name: name.into(),
                spells
            })
        );
        assert_eq!(
            strip.alt(),
            "left shin 2 times, up to 5/10; hip 1 time, up to 7/10"
        );
        // A side stitch is no limb's pain, but it is an entry.
        let unlogged = [("2025-01-18", "2025-02-11"), ("2025-02-12", "2025-03-01")];
        assert_eq!(
            strip.unlogged,
            unlogged.map(|(from, to)| (date(from), date(to)))
        );
    }

    #[test]
    fn without_pain_at_a_limb_there_is_no_strip() {
        assert_eq!(check(Vec::new()), None);
        assert_eq!(
            check(vec![pain(date("2025-01-08"), Site::None, None, 0.0)]),
            None
        );
        assert_eq!(
            check(vec![pain(date("2025-01-08"), Site::SideStitch, None, 4.0)]),
            None
        );
    }

    #[test]
    fn many_sites_share_the_last_row() {
        for (count, last) in [(6, "ankle"), (7, "2 other places"), (12, "7 other places")] {
            let sites = Site::ALL.iter().filter(|site| site.is_limb()).take(count);
            let rows_of = sites
                .map(|site| pain(date("2025-01-08"), *site, None, 2.0))
                .collect();
            let strip = check(rows_of).expect("pain");
            assert_eq!(strip.rows.len(), 6, "{count}");
            assert_eq!(strip.rows.last().map(|row| row.name.as_str()), Some(last));
            assert_eq!(
                strip.rows.iter().map(|row| row.spells.len()).sum::<usize>(),
                count
            );
        }
    }

    #[test]
    fn a_spell_of_one_day_can_be_seen_and_stays_inside() {
        let span = Span {
            from: date("2015-01-05"),
            to: date("2025-01-06"),
        };
        let panel = Panel::new(span, (0.0, 10.0), (0.0, 1.0)).between(100.0, 872.0);
        for day in ["2015-01-05", "2020-06-01", "2025-01-05"] {
            let (left, right) = edges(
                &panel,
                &Spell {
                    from: date(day),
                    to: date(day),
                    peak: 3.0,
                },
            );
            assert!(
                left >= 100.0 && right <= 872.0 && right - left >= 1.5,
                "{day} {left} {right}"
            );
        }
    }
}
