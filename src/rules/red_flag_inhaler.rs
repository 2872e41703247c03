//! Red flag: an inhaler that does not help, and wheezing that keeps coming.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::Sign;

/// On how many days wheezing keeps coming.
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 2.0,
    change: Change::TRIAGE,
    why: "A choice: once in cold air is ordinary, twice in two weeks is a pattern to ask about.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-inhaler",
    title: "An inhaler that does not help, or wheezing",
    headline: "wheezing, or an inhaler that does not help",
    why: "Many runners wheeze in cold air and are well again after two puffs. When the puffs do nothing, it is an emergency.",
    formula: "A day with inhaler_fails: emergency. Wheezing without it, without breathlessness (red-flag-chest) and without a swelling throat (red-flag-throat): on 2 or more days within 14 see someone, on one day keep an eye on it.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 50), (Severity::SeeSomeone, 80)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Asthma charities ask for an ambulance when the reliever inhaler does not help or breath is too short to talk, and for an appointment when attacks come and settle. The two days are a choice.",
        sources: &[
            "Asthma + Lung UK, page on attacks, asthma.org.uk/advice/asthma-attacks, read November 2026.",
            "RespeLearning Scotland, page on attacks, www.respelearning.scot/, read November 2026.",
        ],
    },
    limits: &[MINIMUM_DAYS, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions an inhaler that does not help. Please call your emergency number ({number}) now if you are still short of breath or it comes back.",
    check: Check::Data(check),
};

const ADVICE_NO_HELP: &str = "Please call your emergency number ({number}) now if you are still short of breath or it comes back.";
const ADVICE_AGAIN: &str = "Wheezing that keeps coming is worth an appointment, also when it settles each time: please make one this week.";
const ADVICE_ONCE: &str = "Cold or dry air does that to many. Should it come again in the next two weeks, please tell a doctor that week.";
const IF_BACK: &str = "please tell a doctor that week.";
const WHEEZING: &str = "wheezing";

fn check(ctx: &Context) -> Vec<Outcome> {
    let no_help =
        Flag::of_an_emergency(ctx, &RULE, ADVICE_NO_HELP).called("an inhaler that does not help");
    let no_help = sighting::found_by_date(ctx, &no_help, |day| day.signs(&[Sign::InhalerFails]));
    let again = sighting::found_by_date(ctx, &again(ctx), wheeze);
    let mut once = sighting::found_by_date(ctx, &once(), wheeze);
    once.retain(|once| !is_told(once, &again));
    sighting::conclude(ctx, [no_help, once, again])
}

fn is_told(once: &Finding, again: &[Finding]) -> bool {
    let holds = |again: &Finding| (again.from..=again.to).contains(&once.to);
    again.iter().any(holds)
}

fn again(ctx: &Context) -> Flag {
    Flag {
        days: ctx.limit(MINIMUM_DAYS) as usize,
        within_days: triage::WINDOW.value as i64,
        ..Flag::of_the_body(&RULE, ADVICE_AGAIN, IF_BACK)
            .at(Severity::SeeSomeone)
            .called(WHEEZING)
    }
}

fn once() -> Flag {
    Flag::of_the_body(&RULE, ADVICE_ONCE, IF_BACK)
        .at(Severity::Watch)
        .called(WHEEZING)
}

fn wheeze(day: &DayAtSite) -> Vec<Seen> {
    told_if(
        !day.has_any(&[Sign::InhalerFails, Sign::ThroatSwelling, Sign::Breathless]),
        day.signs(&[Sign::Wheeze]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Entry;
    use crate::rules::pain_fixture::{check_level, check_too_little_data, day, flagged, harmless};

    fn row(n: i64, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn no_help_is_an_emergency_and_a_usual_wheeze_is_none() {
        check_level(
            &RULE,
            vec![row(20, &[Sign::InhalerFails])],
            Some(Severity::Emergency),
        );
        check_level(
            &RULE,
            vec![row(20, &[Sign::InhalerFails, Sign::Wheeze])],
            Some(Severity::Emergency),
        );
        check_level(&RULE, vec![row(20, &[Sign::Wheeze])], Some(Severity::Watch));
        check_level(
            &RULE,
            vec![row(8, &[Sign::Wheeze]), row(20, &[Sign::Wheeze])],
            Some(Severity::SeeSomeone),
        );
        check_level(
            &RULE,
            vec![row(20, &[Sign::Wheeze, Sign::Breathless])],
            None,
        );
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn words() {
        let found = flagged(
            &RULE,
            20,
            vec![row(19, &[Sign::Wheeze]), row(20, &[Sign::Wheeze])],
        );
        assert_eq!(found.len(), 1, "the same wheeze is told once");
        assert_eq!(
            found[0].text(),
            "Your notes of 22–23 Mar 2025 mention wheezing. Wheezing that keeps coming is worth an appointment, also when \
             it settles each time: please make one this week."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![row(20, &[Sign::InhalerFails])])[0].text(),
            "Your note of 23 Mar 2025 mentions an inhaler that does not help. Please call your emergency number \
             (112, 911 or 999) now if you are still short of breath or it comes back."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![row(20, &[Sign::Wheeze])])[0].text(),
            "Your note of 23 Mar 2025 mentions wheezing. Cold or dry air does that to many. Should it come again in the \
             next two weeks, please tell a doctor that week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
