//! What explains a number in the pain log, and how loud it may then be: a blister, one cramp, sore thighs after a race.
//!
//! A rating says how much it hurts and not what of. Skin and nails hurt a lot without being an injury of the leg, and muscles
//! of both sides are sore for a few days after much work. A sign that asks to be looked at takes every explanation away.

use crate::pain::{Entry, Everyday, Function, PainType, Side, Sign, Site, Spread};
use crate::rules::{
    Severity,
    sighting::{DayAtSite, Seen, is_sore},
};
use crate::time::days_between;

/// Highest rating that sore muscles of both sides explain: races bring seven and eight, what is beyond them is told as it is.
const MOST_SORENESS: f64 = 8.0;
/// Days after its first day in which soreness of both sides is taken for what follows hard work.
const SORENESS_DAYS: i64 = 3;
/// Signs that go with the everyday trouble itself.
const HARMLESS: &[Sign] = &[
    Sign::Redness,
    Sign::Warmth,
    Sign::Bruise,
    Sign::HeavyLegs,
    Sign::NightCramp,
];
/// Kinds of pain that soreness has.
const SORE: &[PainType] = &[
    PainType::Dull,
    PainType::Ache,
    PainType::Sore,
    PainType::Stiff,
    PainType::Tight,
    PainType::Heavy,
];
/// Muscles that are sore after much running.
const MUSCLES: &[Site] = &[
    Site::Quad,
    Site::Thigh,
    Site::Hamstring,
    Site::Calf,
    Site::Glute,
];

/// The loudest that the pain of this day at this place may be called. None where nothing explains it.
///
/// `days` are all days of the log, in order.
pub(in crate::rules) fn ceiling(day: &DayAtSite, days: &[DayAtSite]) -> Option<Severity> {
    if day.any(is_alarming) {
        None
    } else if is_everyday(day) {
        Some(Severity::Watch)
    } else {
        is_soreness(day, days).then_some(Severity::EaseOff)
    }
}

/// Whether the note of every row that rates pain explains it.
fn is_everyday(day: &DayAtSite) -> bool {
    let mut rated = day.rows.iter().filter(|row| is_sore(row)).peekable();
    rated.peek().is_some() && rated.all(|row| is_noted_as_everyday(row, day.site))
}

fn is_noted_as_everyday(row: &Entry, site: Option<Site>) -> bool {
    row.everyday_in_note.iter().any(|kind| fits(kind, site))
}

/// Words for what explains it, for the message; nothing where nothing does.
pub(in crate::rules) fn words(day: &DayAtSite) -> Vec<Seen> {
    let kinds = day.rows.iter().flat_map(|row| row.everyday_in_note);
    let fitting = kinds.filter(|kind| fits(*kind, day.site));
    fitting.map(|kind| Seen::noted(kind.label())).collect()
}

/// Whether the row holds something that no everyday trouble explains.
pub(in crate::rules) fn is_alarming(row: &Entry) -> bool {
    let signs = || row.signs.iter().chain(row.signs_in_note);
    row.bears_no_weight() || signs().any(|sign| !HARMLESS.contains(&sign))
}

/// Whether the trouble belongs to the place: a note about a blister says nothing about the knee of the same row. A click
/// without pain explains no pain, and a tick or tight laces no number.
fn fits(kind: Everyday, site: Option<Site>) -> bool {
    use Site::{Abdomen, Achilles, Ankle, Foot, Groin, Heel, Other, SideStitch, Toe, Unnamed};
    let Some(site) = site.filter(|site| !matches!(site, Site::None | Unnamed | Other(_))) else {
        return !matches!(
            kind,
            Everyday::Click | Everyday::Laces | Everyday::Tick | Everyday::Soreness
        );
    };
    match kind {
        Everyday::Blister | Everyday::Nail => matches!(site, Toe | Foot | Heel | Achilles | Ankle),
        Everyday::Chafing => matches!(
            site,
            Toe | Foot | Heel | Achilles | Groin | Abdomen | Site::Thigh
        ),
        Everyday::Graze | Everyday::Sunburn => true,
        Everyday::Stitch => matches!(site, Abdomen | SideStitch),
        Everyday::Cramp => MUSCLES.contains(&site) || matches!(site, Foot | Toe | Abdomen),
        Everyday::Click | Everyday::Laces | Everyday::Tick | Everyday::Soreness => false,
    }
}

/// Muscles of both sides, sore as after much work and for no longer than that, with nothing lost by it.
fn is_soreness(day: &DayAtSite, days: &[DayAtSite]) -> bool {
    is_of_a_muscle(day)
        && is_wide(day)
        && day.rows.iter().all(|row| is_plain(row))
        && days_sore(day, days) <= SORENESS_DAYS
}

fn names_soreness(row: &Entry) -> bool {
    row.everyday_in_note.contains(&Everyday::Soreness)
}

fn is_of_a_muscle(day: &DayAtSite) -> bool {
    day.site.is_some_and(|site| {
        MUSCLES.contains(&site) || matches!(site, Site::Other(_)) && day.any(names_soreness)
    })
}

/// Whether it is on both sides, or everywhere by the word of the runner.
fn is_wide(day: &DayAtSite) -> bool {
    let is_general = day.any(|row| row.spread == Some(Spread::General));
    day.side == Some(Side::Both) || is_general && day.any(names_soreness)
}

/// Whether nothing of the row is more than soreness.
fn is_plain(row: &Entry) -> bool {
    let is_whole = matches!(row.effect(), None | Some(Function::None)) && !row.began_suddenly();
    is_sore_only(row) && is_whole && row.signs.is_empty()
}

/// Whether kind, spread and number of the pain are those of sore muscles.
fn is_sore_only(row: &Entry) -> bool {
    row.types.iter().all(|kind| SORE.contains(&kind))
        && row.spread != Some(Spread::Spot)
        && row.pain.is_none_or(|pain| pain <= MOST_SORENESS)
}

/// Days since the first of the days in a row, at most [`SORENESS_DAYS`] apart, on which the place hurt.
fn days_sore(day: &DayAtSite, days: &[DayAtSite]) -> i64 {
    let until = days.partition_point(|other| other.date <= day.date);
    let mut first = day.date;
    for other in days[..until].iter().rev() {
        let is_long = days_between(first, day.date) > SORENESS_DAYS;
        if is_long || days_between(other.date, first) > SORENESS_DAYS {
            break;
        }
        if hurts_at_place_of(other, day) {
            first = other.date;
        }
    }
    days_between(first, day.date)
}

fn hurts_at_place_of(other: &DayAtSite, day: &DayAtSite) -> bool {
    let is_here = other.site == day.site && (other.side == day.side || other.side.is_none());
    is_here && other.any(is_sore)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{day_at_site::days_at_sites, pain_fixture::sore};

    fn check(rows: Vec<Entry>, expected: Option<Severity>) {
        let days = days_at_sites(&rows);
        let last = days.last().expect("a day");
        assert_eq!(ceiling(last, &days), expected, "{rows:?}");
    }

    fn noted(site: Site, pain: f64, kind: Everyday) -> Entry {
        Entry {
            everyday_in_note: [kind].into(),
            ..sore(20, site, Side::Left, pain)
        }
    }

    fn quads(n: i64, pain: f64) -> Entry {
        sore(n, Site::Quad, Side::Both, pain)
    }

    #[test]
    fn everyday_trouble_explains_the_place_it_belongs_to() {
        let watch = Some(Severity::Watch);
        for (site, kind, expected) in [
            (Site::Toe, Everyday::Blister, watch),
            (Site::Heel, Everyday::Blister, watch),
            (Site::Knee, Everyday::Blister, None),
            (Site::Toe, Everyday::Nail, watch),
            (Site::Hip, Everyday::Nail, None),
            (Site::Thigh, Everyday::Chafing, watch),
            (Site::Shin, Everyday::Chafing, None),
            (Site::Knee, Everyday::Graze, watch),
            (Site::Calf, Everyday::Sunburn, watch),
            (Site::Abdomen, Everyday::Stitch, watch),
            (Site::Hip, Everyday::Stitch, None),
            (Site::Calf, Everyday::Cramp, watch),
            (Site::Knee, Everyday::Cramp, None),
            (Site::Unnamed, Everyday::Cramp, watch),
            (Site::Knee, Everyday::Click, None),
            (Site::Foot, Everyday::Laces, None),
            (Site::Thigh, Everyday::Tick, None),
            (Site::Quad, Everyday::Soreness, None),
        ] {
            check(vec![noted(site, 9.0, kind)], expected);
        }
    }

    #[test]
    fn a_sign_or_a_row_of_its_own_takes_the_explanation_away() {
        let blister = || noted(Site::Heel, 9.0, Everyday::Blister);
        check(
            vec![Entry {
                signs_in_note: [Sign::Redness].into(),
                ..blister()
            }],
            Some(Severity::Watch),
        );
        for sign in [
            Sign::RedStreak,
            Sign::WeepingWound,
            Sign::Fever,
            Sign::Swelling,
            Sign::NoWeight,
            Sign::BoneSpot,
        ] {
            check(
                vec![Entry {
                    signs_in_note: [sign].into(),
                    ..blister()
                }],
                None,
            );
        }
        check(vec![blister(), sore(20, Site::Heel, Side::Left, 8.0)], None);
        check(
            vec![blister(), sore(20, Site::Heel, Side::Left, 0.0)],
            Some(Severity::Watch),
        );
    }

    #[test]
    fn muscles_of_both_sides_are_sore_for_a_few_days() {
        let ease = Some(Severity::EaseOff);
        check(vec![quads(20, 8.0)], ease);
        check(vec![quads(20, 8.5)], None);
        check(vec![quads(17, 5.0), quads(18, 8.0), quads(20, 8.0)], ease);
        check(vec![quads(16, 5.0), quads(18, 8.0), quads(20, 8.0)], None);
        check(vec![quads(10, 5.0), quads(20, 8.0)], ease);
        check(vec![sore(20, Site::Shin, Side::Both, 8.0)], None);
        check(vec![sore(20, Site::Quad, Side::Left, 8.0)], None);
        check(
            vec![Entry {
                types: [PainType::Sore].into(),
                spread: Some(Spread::General),
                ..quads(20, 8.0)
            }],
            ease,
        );
        check(
            vec![Entry {
                types: [PainType::Sharp].into(),
                ..quads(20, 8.0)
            }],
            None,
        );
        check(
            vec![Entry {
                function: Some(Function::None),
                ..quads(20, 8.0)
            }],
            ease,
        );
        check(
            vec![Entry {
                function: Some(Function::ChangedForm),
                ..quads(20, 8.0)
            }],
            None,
        );
        check(
            vec![Entry {
                sudden_in_note: true,
                ..quads(20, 8.0)
            }],
            None,
        );
        check(
            vec![Entry {
                signs_in_note: [Sign::DarkUrine].into(),
                ..quads(20, 8.0)
            }],
            None,
        );
    }

    #[test]
    fn what_explains_it_is_named() {
        let rows = vec![
            noted(Site::Toe, 9.0, Everyday::Blister),
            noted(Site::Toe, 3.0, Everyday::Click),
        ];
        let days = days_at_sites(&rows);
        assert_eq!(
            words(&days[0]),
            [Seen {
                text: "a blister".to_string(),
                in_note: true
            }]
        );
        assert!(is_alarming(&Entry {
            signs: [Sign::Limp].into(),
            ..noted(Site::Toe, 1.0, Everyday::Nail)
        }));
    }
}
