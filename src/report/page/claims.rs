//! What articles say, checked against this runner's log: yes, no, or that it cannot be told, with the numbers.

use super::block::{Block, Item, Line, Look, Section, known};
use crate::{
    analysis::Analysis,
    associate::claims::{Answered, Claim},
    units::number,
    words::{sentence_case, signed},
};

/// The section. None without pain to ask about.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let asked = analysis.wider.claims.iter();
    let asked: Vec<(&Answered, &Claim)> =
        asked.filter_map(|one| Some((one, one.claim()?))).collect();
    let (tested, open): (Vec<_>, Vec<_>) = asked.into_iter().partition(|(one, _)| one.p.is_some());
    let told = tested
        .iter()
        .map(|(one, claim)| Item::from(told(one, claim)));
    let items = told.chain(untold(&open));
    let blocks = Block::list(items)?;
    let intro = Block::paragraph(INTRO);
    let section = Section::new("claims", TITLE, vec![intro, blocks]);
    Some(section.looking(Look::Deep("report.html#claims")))
}

const TITLE: &str = "What articles say, checked against you";

const INTRO: &str = "A \"no\" means that in your log there is no link worth the name, and \"cannot tell\" that it would take more days. It is \
                     about your past and no promise, and these are not among the report's main tests.";

/// `No: more than 40 miles a week …`
fn told(one: &Answered, claim: &Claim) -> Line {
    let answer = sentence_case(one.answer.as_str());
    let text = format!(". {}: {}.", claim.says, numbers(one, claim));
    Line::new().strong(answer).text(text)
}

/// `your calf pain averaged 0.6 on 61 days …, 0.4 on 121 others (rho 0.10, likely range −0.1 to 0.3, q 0.40)`.
fn numbers(one: &Answered, claim: &Claim) -> String {
    let at = if claim.is_weekly() { "in" } else { "on" };
    let (on, off) = one.counts;
    let ((pain_on, pain_off), rho) = (one.pain, one.rho.unwrap_or_default());
    let range = one.interval.map_or(String::new(), |ends| {
        format!(
            ", likely range {} to {}",
            signed(ends.low, 1),
            signed(ends.high, 1)
        )
    });
    let q = number(one.q.unwrap_or(1.0), 2);
    format!(
        "your {} averaged {} {at} {on} {} and {} {at} {off} others (rho {}{range}, q {q})",
        claim.pain,
        known(pain_on, 1),
        claim.split,
        known(pain_off, 1),
        signed(rho, 2)
    )
}

/// What could not be asked, in one item. None when all could.
fn untold(open: &[(&Answered, &Claim)]) -> Option<Item> {
    let one = |(one, claim): &(&Answered, &Claim)| {
        let gate = one.gate.as_deref().unwrap_or("the two cannot be compared");
        Item::from(Line::from(format!("{}: {gate}.", claim.says)))
    };
    let items: Vec<Item> = open.iter().map(one).collect();
    let title = Line::new().strong("Too little to ask").text(":");
    (!items.is_empty()).then(|| Item::with(title, items))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{tests::knee_after_distance, wider},
        report::{charts::fixtures::analysis, markdown},
    };

    fn text(nights_from: f64) -> String {
        let (mut history, pain) = knee_after_distance(168);
        let before: Vec<_> = history.days.iter().map(|day| day.distance_m).collect();
        for (day, before) in history.days.iter_mut().skip(1).zip(before) {
            day.sleep_s = before.map(|metres| {
                if metres > nights_from {
                    18_000.0
                } else {
                    28_800.0
                }
            });
        }
        let wider = wider(&history, &pain);
        let analysis = crate::analysis::Analysis {
            history,
            pain,
            wider,
            ..analysis(Vec::new(), Vec::new(), Vec::new())
        };
        markdown::blocks(&section(&analysis).expect("a section").blocks)
    }

    #[test]
    fn a_claim_is_answered_with_its_numbers_and_the_others_say_why_not() {
        let text = text(10_000.0);
        assert!(
            text.contains("**Yes**. Less than six hours of sleep hinders recovery: your highest pain of the day averaged ")
                && text.contains(" days after a night under six hours and 0."),
            "{text}"
        );
        assert!(
            text.contains("no run names its shoe.") && !text.contains("NaN"),
            "{text}"
        );
    }

    #[test]
    fn nights_that_are_all_long_say_how_many_there_are() {
        let text = text(f64::INFINITY);
        assert!(
            text.contains("0 days after a night under six hours and"),
            "{text}"
        );
        assert!(
            !text.contains("**Yes**") && !text.contains("**No**"),
            "{text}"
        );
    }

    #[test]
    fn without_pain_nothing_is_asked() {
        assert_eq!(section(&analysis(Vec::new(), Vec::new(), Vec::new())), None);
    }
}
