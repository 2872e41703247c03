//! Trouble at the same place before: a word in the messages of other rules, never a finding of its own.

use super::verdicts::is_past;
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, rule, sighting, triage,
};
use crate::pain::episodes::Episode;
use crate::pain::sides_meet;
use crate::pain::site_text;
use crate::time::{days_between, period_text};

/// The rule. An injury in a profile would count as well; niggle has none, so the log is all that is known.
pub const RULE: Rule = Rule {
    id: "previous-injury",
    title: "Trouble here before",
    headline: "trouble here before",
    why: "A place that gave trouble before is more likely to give it again, so the same ache asks for more care there.",
    formula: "A spell of pain above 0 of more than 7 days at the same site and side (see pain-over-a-week) that ended at most \
        365 days before a finding about pain begins adds a sentence to it. It raises no severity and is never a finding \
        alone.",
    needs: "A pain log in which the earlier spell was logged.",
    cap: Severity::Note,
    group: Group::Pain,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Strong,
        says: "In reviews and in cohorts of runners an earlier running injury is the steadiest sign of a new one, \
            with hazard ratios of 1.72 (1.11–2.66) and 1.74 (1.04–2.90) in two of them. They asked about injuries; \
            a spell in a pain log is niggle's stand-in.",
        sources: &[
            "van der Worp 2015, PLoS ONE 10:e0114937, PMC4338213",
            "Malisoux 2015, Scandinavian Journal of Medicine & Science in Sports 25:110, doi 10.1111/sms.12154",
            "Theisen 2014, British Journal of Sports Medicine 48:371, doi 10.1136/bjsports-2013-092613",
        ],
    },
    limits: &[SPELL_DAYS, YEAR_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "None: the articles do not mention it.",
    message: "You have had trouble here before (left knee, 3–14 Mar 2025), so go gently.",
    check: Check::Data(check),
};

const SPELL_DAYS: Limit = Limit {
    key: "spell_days",
    value: 7.0,
    change: Change::Whole(1.0, 90.0),
    why: "Researchers of running injuries agreed on a week of restriction as the mark of one (Yamato et al. 2015).",
};
const YEAR_DAYS: Limit = Limit {
    key: "year_days",
    value: 365.0,
    change: Change::Whole(28.0, 3660.0),
    why: "The studies ask about the twelve months before.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    triage::conclude(ctx, Vec::new())
}

/// Every spell long enough to count as trouble, by first day.
pub(super) fn long_spells(ctx: &Context) -> Vec<Episode> {
    let ctx = &ctx.of(&RULE);
    let spells = sighting::spells(ctx);
    let long = spells.iter().filter(|spell| is_long(ctx, spell));
    long.cloned().collect()
}

fn is_long(ctx: &Context, spell: &Episode) -> bool {
    spell.site.is_limb() && spell.days() as f64 > ctx.limit(SPELL_DAYS)
}

/// Adds the sentence to findings of this log.
pub(super) fn recalling(ctx: &Context) -> impl Fn(Finding) -> Finding {
    let spells = long_spells(ctx);
    move |finding| reworded(ctx, &spells, finding)
}

/// The finding, with the sentence where it belongs.
pub(super) fn reworded(ctx: &Context, spells: &[Episode], mut finding: Finding) -> Finding {
    let recalled = before(ctx, spells, &finding).filter(|_| recalls(ctx, &finding));
    if let Some(spell) = recalled {
        let with_sentence = [finding.instruction, sentence(spell)].join(" ");
        finding.instruction = with_sentence.trim_start().to_string();
    }
    finding
}

/// Whether it is a current finding of a rule that recalls ([`super::Rule::recalls`]) that asks for care without yet sending to
/// someone.
fn recalls(ctx: &Context, finding: &Finding) -> bool {
    let asks_for_care = (Severity::Note..=Severity::EaseOff).contains(&finding.severity);
    rule(finding.rule).is_some_and(|rule| rule.recalls)
        && asks_for_care
        && !is_past(ctx, finding.to)
}

fn sentence(spell: &Episode) -> String {
    let place = site_text(spell.site, spell.side);
    let period = period_text(spell.from, spell.to);
    format!("You have had trouble here before ({place}, {period}), so go gently.")
}

/// The latest spell at the finding's place that was over before it.
fn before<'a>(ctx: &Context, spells: &'a [Episode], finding: &Finding) -> Option<&'a Episode> {
    spells
        .iter()
        .filter(|spell| is_earlier_here(ctx, spell, finding))
        .max_by_key(|spell| spell.to)
}

fn is_earlier_here(ctx: &Context, spell: &Episode, finding: &Finding) -> bool {
    let within = 1..=ctx.of(&RULE).limit(YEAR_DAYS) as i64;
    is_of_place(spell, finding) && within.contains(&days_between(spell.to, finding.from))
}

fn is_of_place(spell: &Episode, finding: &Finding) -> bool {
    Some(spell.site) == finding.site && sides_meet(spell.side, finding.side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;
    use crate::pain::{Entry, PainLog, Site, episodes::episodes};
    use crate::rules::pain_fixture::{check_too_little_data, clear, day, judge, sore};
    use crate::rules::{fixture, pain_over_a_week};
    use crate::units::{Unit, Units};

    /// What is said of a left knee sore on days 300 to 303, after a spell of `length` days that ended on day `end`.
    fn said(length: i64, end: i64, side: Side) -> String {
        let old = (end + 1 - length..=end).map(|n| sore(n, Site::Knee, side, 2.0));
        let new = (300..304).map(|n| sore(n, Site::Knee, Side::Left, 2.0));
        let rows: Vec<Entry> = old.chain(new).collect();
        let pain = PainLog {
            rows: rows.len(),
            entries: rows,
            ..PainLog::default()
        };
        let history = crate::model::History {
            as_of: day(303),
            ..fixture::history(vec![])
        };
        let ctx = Context::new(&history, &pain, Units::Km);
        let spells = long_spells(&ctx);
        let flagged = crate::rules::fixture::ask(&pain_over_a_week::RULE, &ctx)
            .into_iter()
            .filter_map(|outcome| match outcome {
                Outcome::Flagged(finding) if finding.from == day(300) => Some(finding),
                _ => None,
            });
        flagged
            .map(|finding| reworded(&ctx, &spells, finding).text())
            .collect()
    }

    #[test]
    fn a_long_spell_within_a_year_is_remembered() {
        for (length, end, side, remembered) in [
            (8, 290, Side::Left, true),
            (7, 290, Side::Left, false),
            (8, -65, Side::Left, true),
            (8, -66, Side::Left, false),
            (8, 290, Side::Right, false),
            (8, 290, Side::Both, true),
        ] {
            let text = said(length, end, side);
            assert!(
                text.starts_with("Your left knee has been sore for 4 days"),
                "{text}"
            );
            assert_eq!(
                text.contains("You have had trouble here before"),
                remembered,
                "{length} {end} {side:?}"
            );
        }
    }

    #[test]
    fn the_sentence_has_the_place_and_the_days() {
        // Days 0 to 11 are 3 to 14 March 2025.
        assert!(
            said(12, 11, Side::Left).ends_with(&format!(" {}", RULE.message)),
            "{}",
            said(12, 11, Side::Left)
        );
    }

    #[test]
    fn loud_and_old_findings_are_left_as_they_are() {
        let rows = (0..9)
            .map(|n| sore(n, Site::Knee, Side::Left, 2.0))
            .collect();
        let spells = episodes(&[rows, vec![clear(9), clear(10)]].concat());
        let history = crate::model::History {
            as_of: day(40),
            ..fixture::history(vec![])
        };
        let none = PainLog::default();
        let ctx = Context::new(&history, &none, Units::Km);
        let check = |rule: &'static str, severity: Severity, to: i64, reworded_here: bool| {
            let finding = Finding {
                rule,
                unit: Unit::Days,
                site: Some(Site::Knee),
                side: Some(Side::Left),
                message: "Sore.".to_string(),
                ..Finding::on(&RULE, severity, day(to), day(to))
            };
            let message = reworded(&ctx, &spells, finding).text();
            assert_eq!(
                message != "Sore.",
                reworded_here,
                "{rule} {severity:?} {to}"
            );
        };
        check("pain-rising", Severity::Note, 40, true);
        check("pain-rising", Severity::EaseOff, 26, true);
        check("pain-rising", Severity::EaseOff, 25, false);
        check("pain-rising", Severity::SeeSomeone, 40, false);
        check("pain-during-run", Severity::Good, 40, false);
        check("red-flag-swelling", Severity::EaseOff, 40, false);
    }

    #[test]
    fn it_is_never_a_finding_alone() {
        let rows: Vec<Entry> = (0..20)
            .map(|n| sore(n, Site::Knee, Side::Left, 5.0))
            .collect();
        assert_eq!(judge(&RULE, 20, rows), [Outcome::Clear]);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
