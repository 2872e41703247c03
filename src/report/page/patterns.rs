//! Patterns in the runner's own log: does pain move with the load before it? What came out in words, then in numbers. Where nothing
//! could be tested one sentence says so, and there are no numbers.

use super::{
    block::{Block, Line, Section, known},
    pictures, wider,
};
use crate::{
    analysis::Analysis,
    associate::{self, Association, Control, Exposure},
    pain::{PainLog, Place, site_text, site_text_with},
    report::{PAGE, charts::Charts, matrix},
    time::period_text,
    units::{counted, number},
};

/// The section; with nothing to relate it says why. None without a pain log, which is said first of all.
pub(super) fn section(analysis: &Analysis, charts: &Charts) -> Option<Section> {
    let has_log = analysis.pain.place.is_some() || !analysis.associations.is_empty();
    has_log.then(|| of_log(analysis, charts))
}

fn of_log(analysis: &Analysis, charts: &Charts) -> Section {
    let (tested, open): (Vec<&Association>, Vec<&Association>) =
        analysis.associations.iter().partition(|a| a.p.is_some());
    let blocks = match tested.is_empty() {
        true => vec![Block::paragraph(why_nothing(analysis, &open))],
        false => {
            let matrix = charts.get("matrix").map(pictures::beside_its_numbers);
            came_out(analysis, &tested, &open, matrix)
        }
    };
    Section::new("patterns", "Patterns in your own log", blocks).named("Patterns")
}

/// The one sentence where nothing could be tested: what the place with most days lacks.
fn why_nothing(analysis: &Analysis, open: &[&Association]) -> String {
    // Of a short log no day may be left of any: then the plainest load speaks.
    let nearest = open.iter().max_by_key(|a| {
        let is_plainest = a.exposure == Exposure::Distance1;
        (a.n, is_plainest, std::cmp::Reverse((a.site, a.side)))
    });
    let Some(nearest) = nearest else {
        return nothing_to_relate(&analysis.pain).to_string();
    };
    let place = site_text_with("the", nearest.site, nearest.side);
    let why = associate::why_not(nearest).unwrap_or("the two cannot be compared");
    format!("There are too few days to say whether load and pain go together: at {place}, {why}.")
}

/// What came out, the numbers, and how to read them.
fn came_out(
    analysis: &Analysis,
    tested: &[&Association],
    open: &[&Association],
    matrix: Option<Block>,
) -> Vec<Block> {
    let mut blocks = patterns(tested);
    blocks.extend(matrix);
    let table = tested_table(tested);
    let reading = [HOW_TO_READ, THE_COLUMNS].map(Block::paragraph);
    let numbers = std::iter::once(table).chain(reading);
    let logged = logging(tested.iter().chain(open)).map(Block::paragraph);
    let numbers = numbers.chain(logged).chain(not_tested(open)).collect();
    blocks.push(Block::fold("The numbers, and how to read them", numbers));
    blocks.extend(wider::block(&analysis.wider));
    let said = Block::list(must_be_said(analysis)).into_iter().collect();
    blocks.push(Block::aside("What must be said with it", said, PAGE));
    blocks
}

/// What stands out at each place, and what would but for its controls; or that nothing does.
fn patterns(tested: &[&Association]) -> Vec<Block> {
    let mut places: Vec<Place> = tested.iter().map(|a| (a.site, a.side)).collect();
    places.dedup();
    let found = places.into_iter().map(|place| {
        let mut flagged: Vec<&Association> = tested.to_vec();
        flagged.retain(|a| a.flagged && (a.site, a.side) == place);
        flagged.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
        associate::pattern(&flagged)
    });
    let found = found.filter(|text| !text.is_empty());
    let taken = tested.iter().filter_map(|a| associate::taken(a));
    let found: Vec<String> = found.chain(taken).collect();
    match found.is_empty() {
        true => vec![Block::paragraph(nothing(tested))],
        false => found.into_iter().map(Block::paragraph).collect(),
    }
}

/// What the log could have found: the smallest rho of the pair that is known best.
fn nothing(tested: &[&Association]) -> String {
    let found = tested.iter().filter_map(|a| a.detectable_rho);
    let found = found.min_by(f64::total_cmp).map(|rho| {
        format!(
            " A log like this one finds four in five of the links with a rho of {} or more.",
            number(rho, 2)
        )
    });
    NOTHING.to_string() + &found.unwrap_or_default()
}

fn strength(a: &Association) -> f64 {
    a.partial_rho.unwrap_or(0.0)
}

const NOTHING: &str = "Between your load and your pain nothing stands out from chance. That does not mean that there is no link.";

/// Why there is no pair at all.
fn nothing_to_relate(pain: &PainLog) -> &'static str {
    match highest_rating(pain) {
        None => "The pain log has no rating yet, so there is nothing to set beside the load.",
        Some(0.0) => {
            "Every rating of the pain log is 0, so there is no pain to set beside the load."
        }
        _ => {
            "No limb and no lower back was rated above 0, so there is no place whose pain could be set beside the load."
        }
    }
}

/// The highest rating of the log.
fn highest_rating(pain: &PainLog) -> Option<f64> {
    let ratings = pain.entries.iter().filter_map(|entry| entry.pain);
    ratings.reduce(f64::max)
}

/// How each place was logged of which only run days are compared, once for the pairs of all moments and once for those of the same day.
fn logging<'a>(pairs: impl Iterator<Item = &'a &'a Association>) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    for pair in pairs.filter(|pair| pair.logging.run_days_only()) {
        let text = logged_text(pair);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    (!said.is_empty()).then(|| {
        let said = said.join("; ");
        format!(
            "Only run days were compared where rest days are logged mostly when it hurts: {said}."
        )
    })
}

/// `left knee, logged on 95 % of run days and 25 % of rest days, free of pain on 62 % and 0 % of those`.
fn logged_text(pair: &Association) -> String {
    let (run, rest) = (pair.logging.run, pair.logging.rest);
    let percent = |share: Option<f64>| format!("{} %", known(share.map(|share| 100.0 * share), 0));
    let [run_logged, rest_logged] = [run, rest].map(|days| percent(days.logged_share()));
    let [run_zeros, rest_zeros] = [run, rest].map(|days| percent(days.zero_share()));
    format!(
        "{}, logged on {run_logged} of run days and {rest_logged} of rest days, free of pain on {run_zeros} and {rest_zeros} of those",
        site_text(pair.site, pair.side)
    )
}

/// For whom rho and q are new.
const HOW_TO_READ: &str = "How to read it: rho says how closely two things go together, from −1 (one high when the other is low) over \
                           0 (no link) to 1 (always high together). q is the share of false alarms to expect among links at \
                           least this clear: the smaller, the less it looks like chance.";

const THE_COLUMNS: &str = "rho is the partial rank correlation given today's run (of the same day's load: yesterday's) and yesterday's pain, \
                           less the season; alone: without those. The range is its 95 % interval, in which days that resemble their \
                           neighbours count for less; q comes from turning the runs along the calendar, allows for the number of tests, \
                           and is bold where a link stands out now and did four weeks ago. A link's rho is above tomorrow's (of the \
                           load after the pain), and elsewhere's (another place, same load) unless that is a link too. Holds: same sign \
                           and a range beyond 0, of 16 ways of asking: all or run days, season out or in, given the rest or alone, with or \
                           without the three days of most load.";

const TESTED: [&str; 10] = [
    "pain at",
    "load",
    "rho (95 % range)",
    "alone",
    "tomorrow",
    "elsewhere",
    "holds",
    "q",
    "days (effective)",
    "says",
];

/// The column of another place.
const ELSEWHERE: usize = 5;

/// Without that column where no other place was tested.
fn tested_table(tested: &[&Association]) -> Block {
    let (mut head, mut rows) = (TESTED.to_vec(), Vec::new());
    rows.extend(tested.iter().map(|a| tested_row(a)));
    if tested.iter().all(|a| a.controls.elsewhere.is_none()) {
        head.remove(ELSEWHERE);
        rows.iter_mut().for_each(|row| drop(row.remove(ELSEWHERE)));
    }
    Block::table(&head, rows)
}

fn tested_row(a: &Association) -> Vec<Line> {
    let [place, load, days, rho] = pair_cells(a);
    let alone = known(a.rho, 2).into();
    let tomorrow = known(a.controls.after, 2).into();
    vec![
        place,
        load,
        rho,
        alone,
        tomorrow,
        elsewhere(a),
        holds(a),
        q_cell(a),
        days,
        says(a),
    ]
}

/// `0.02 right shin`.
fn elsewhere(a: &Association) -> Line {
    let other = a.controls.elsewhere;
    let other = other.map(|other| {
        let rho = number(other.rho, 2);
        format!("{rho} {}", site_text(other.site, other.side))
    });
    other.unwrap_or("–".to_string()).into()
}

/// `14 of 16`.
fn holds(a: &Association) -> Line {
    let ways = a.ways.map(|ways| format!("{} of {}", ways.holds, ways.of));
    ways.unwrap_or("–".to_string()).into()
}

fn q_cell(a: &Association) -> Line {
    let q = known(a.q, 3);
    match a.flagged {
        true => Line::new().strong(q),
        false => q.into(),
    }
}

/// What a row says in words.
fn says(a: &Association) -> Line {
    let is_lower = a.partial_ci_high.is_some_and(|high| high < 0.0);
    let is_found = a.q.is_some_and(|q| q <= associate::GATES.q_max);
    match (a.flagged, a.taken_by) {
        (true, _) => flagged_says(a),
        (false, Some(Control::After)) => "tomorrow's load as much".into(),
        (false, Some(Control::Elsewhere)) => "elsewhere as much".into(),
        (false, None) if is_found && is_lower => "lower: you rest when it hurts".into(),
        (false, None) => "nothing that stands out".into(),
    }
}

/// `more pain after more; rests on 3–9 May 2025`.
fn flagged_says(a: &Association) -> Line {
    let says = match a.exposure.is_same_day() {
        true => "more pain with more",
        false => "more pain after more",
    };
    let says = Line::new().strong(says);
    match a.rests_on {
        Some((from, to)) => says.text(format!("; rests on {}", period_text(from, to))),
        None => says,
    }
}

/// Where, which load, on how many days, and how closely.
fn pair_cells(a: &Association) -> [Line; 4] {
    [
        site_text(a.site, a.side),
        load_text(a),
        days_text(a),
        rho_text(a),
    ]
    .map(Line::from)
}

const NOT_TESTED: [&str; 5] = [
    "pain at",
    "load",
    "days (effective)",
    "rho (95 % range)",
    "not tested because",
];

/// What was not tested. None when everything was.
fn not_tested(open: &[&Association]) -> Option<Block> {
    let table = Block::table(&NOT_TESTED, open.iter().map(|a| untested_row(a)));
    (!open.is_empty()).then(|| Block::aside(untested_title(open.len()), vec![table], matrix::FILE))
}

fn untested_title(count: usize) -> String {
    let pairs = counted(count, "pair", "pairs");
    format!("{pairs} of load and pain that could not be tested")
}

fn untested_row(a: &Association) -> Vec<Line> {
    let why = Line::from(associate::why_not(a).unwrap_or_default());
    pair_cells(a).into_iter().chain([why]).collect()
}

fn load_text(a: &Association) -> String {
    a.exposure.title().to_string()
}

/// `187 (115)`.
fn days_text(a: &Association) -> String {
    a.partial_n_eff.map_or(a.n.to_string(), |effective| {
        format!("{} ({})", a.n, number(effective, 0))
    })
}

/// `0.44 (0.24 to 0.60)`.
fn rho_text(a: &Association) -> String {
    let Some(rho) = a.partial_rho.map(|rho| number(rho, 2)) else {
        return "–".to_string();
    };
    match a.partial_ci_low.zip(a.partial_ci_high) {
        Some((low, high)) => format!("{rho} ({} to {})", number(low, 2), number(high, 2)),
        None => rho,
    }
}

fn must_be_said(analysis: &Analysis) -> Vec<Line> {
    let (logged, covered) = analysis.history.days_logged_of_covered();
    let sentences = associate::must_be_said(logged, covered, analysis.backtest.tests);
    sentences.into_iter().map(Line::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{associate, tests::knee_after_distance},
        report::{charts::fixtures::analysis, markdown},
    };

    fn of(analysis: &Analysis) -> Section {
        section(analysis, &Charts::default()).expect("a pain log")
    }

    fn knee(days: usize) -> Analysis {
        let (history, pain) = knee_after_distance(days);
        Analysis {
            associations: associate(&history, &pain),
            history,
            pain,
            ..analysis(Vec::new(), Vec::new(), Vec::new())
        }
    }

    #[test]
    fn what_stands_out_is_said_before_the_numbers() {
        let text = markdown::blocks(&of(&knee(84)).blocks);
        assert!(
            text.starts_with("On days after more running your left knee pain tended to be higher."),
            "{text}"
        );
        assert!(text.contains("**more pain after more**"), "{text}");
    }

    #[test]
    fn without_a_test_there_is_one_sentence_and_no_number_of_statistics() {
        let section = of(&knee(30));
        assert_eq!(section.blocks.len(), 1);
        // The first of the 30 days has no day before it.
        let text = markdown::blocks(&section.blocks);
        assert_eq!(
            text.trim_end(),
            "There are too few days to say whether load and pain go together: at the left knee, 29 logged days with a known load, \
             42 are needed."
        );
        let bare = analysis(Vec::new(), Vec::new(), Vec::new());
        assert_eq!(super::section(&bare, &Charts::default()), None);
    }

    #[test]
    fn what_a_control_took_away_is_said_and_no_pattern() {
        let mut analysis = knee(84);
        for pair in &mut analysis.associations {
            pair.flagged = false;
        }
        analysis.associations[0].taken_by = Some(Control::After);
        let text = markdown::blocks(&of(&analysis).blocks);
        let said = "On days after more running your left knee pain tended to be higher, but tomorrow's running goes with it as much: \
                    something else probably moves both.";
        assert!(text.starts_with(said), "{text}");
        assert!(text.contains("| tomorrow's load as much |"), "{text}");
        assert!(!text.contains(NOTHING), "{text}");
    }

    #[test]
    fn a_log_of_rest_days_that_hurt_is_told_with_its_shares() {
        let mut analysis = knee(84);
        let days = |days, logged, zeros| associate::Logged {
            days,
            logged,
            zeros,
        };
        for pair in &mut analysis.associations {
            pair.logging = associate::Logging {
                run: days(100, 95, 57),
                rest: days(80, 20, 1),
            };
        }
        let text = markdown::blocks(&of(&analysis).blocks);
        let said = "left knee, logged on 95 % of run days and 25 % of rest days, free of pain on 60 % and 5 % of those.";
        assert_eq!(text.matches(said).count(), 1, "{text}");
        assert!(text.contains("so only run days were compared."), "{text}");
    }

    #[test]
    fn nothing_that_stands_out_is_no_proof_of_nothing() {
        let mut analysis = knee(84);
        analysis
            .associations
            .iter_mut()
            .for_each(|pair| pair.flagged = false);
        let text = markdown::blocks(&of(&analysis).blocks);
        assert!(text.starts_with(NOTHING), "{text}");
    }
}
