//! The pain log that `niggle pain init` writes: a header and comments that teach.

/// A log to start from. It reads back with no entry and no problem: everything below the header is a comment.
///
/// Lines whose first character is `#` are comments and are passed over by the reader.
pub fn template() -> String {
    TEMPLATE.to_string()
}

const TEMPLATE: &str = "\
# Your pain log. One line is one moment at one place. Lines that start with # are comments; niggle passes over them.
#
# 1. The line that matters most: nothing hurts. Write site none and pain 0 on such days:
#    2025-03-03,evening,none,,0,,,,,,,,,,,,,,,,
#    Without these days niggle cannot tell a day without pain from a day without a line. A blank is unknown, never 0.
#
# 2. Something hurts: the date, the moment, the place, the side and a number from 0 (nothing) to 10 (the worst).
#    All other cells may stay blank. An example with more in it:
#    2025-03-09,during,kneecap,left,3,ache,area,during,worse,none,,6.0,,6,Pegasus 2,no,,,,,long run 21 km
#
# Words you can use:
#    moment    before, during, after, evening, morning, night, rest, day
#    site      none, knee, kneecap, shin, calf, achilles, ankle, heel, foot, toe, hamstring, quad, thigh, itb, hip,
#              groin, glute, lower_back, abdomen, side_stitch, other
#    side      left, right, both, centre
#    type      dull, ache, sore, stiff, tight, heavy, cramp, sharp, stabbing, shooting, burning, throbbing, tingling, numb
#              (several with ; between them)
#    spread    spot, area, general
#    onset     sudden, gradual, during, after, next_day
#    movement  better, same, worse (what moving does to it)
#    function  none, changed_form, cut_short, stopped, missed_run, cannot_bear_weight
#    signs     swelling, redness, warmth, numbness, tingling, weakness, deformity, bruise, rest_pain, night_pain,
#              night_cramp, heavy_legs, giving_way, locking, fever, breathless, chest_pain (several with ; between them)
#    sleep_h   hours slept; sleep_quality 1 (bad) to 5 (good); rpe 0 to 10, how hard the run was
#    shoe      its name, always written the same
#    painkiller  yes or no: a painkiller can hide pain
#    ostrc_q1, ostrc_q2, ostrc_q3, ostrc_q4  the weekly questionnaire, if you use it: 0, 8, 17 or 25 (q2 and q3 of its
#              first version: 0, 6, 13, 19 or 25)
#    notes     anything; niggle looks for signs in it, such as swelling
#
# Columns you can leave out or add: only date and pain are needed. time (07:30) can stand beside the moment.
#    One line for a whole run: pain_before, pain_during, pain_after and pain_morning instead of moment and pain.
#
# `niggle pain check` shows what niggle understands of this file. Write your own lines below the next one.
date,moment,site,side,pain,type,spread,onset,movement,function,signs,sleep_h,sleep_quality,rpe,shoe,painkiller,ostrc_q1,ostrc_q2,ostrc_q3,ostrc_q4,notes
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::plan::columns::COLUMNS;
    use crate::pain::{Function, Moment, Options, PainType, Side, Sign, Site, Spread, read};

    #[test]
    fn it_reads_back_empty_and_clean() {
        let log = read(template().as_bytes(), "pain.csv", &Options::default()).expect("a readable header");
        assert_eq!((log.rows, log.entries.len(), log.problems.len()), (0, 0, 0));
        assert!(log.understood.contains(&"There are no rows yet.".to_string()));
    }

    #[test]
    fn its_examples_work_when_uncommented() {
        let examples: String =
            template().lines().filter_map(|l| l.strip_prefix("#    2025").map(|l| format!("2025{l}\n"))).collect();
        let log = read((template() + &examples).as_bytes(), "pain.csv", &Options::default()).expect("readable");
        assert_eq!(log.problems, []);
        let found: Vec<_> =
            log.entries.iter().map(|e| (e.date.to_string(), e.moment, e.site, e.side, e.pain)).collect();
        let expected = [
            ("2025-03-03".to_string(), Moment::Evening, Some(Site::None), None, Some(0.0)),
            ("2025-03-09".to_string(), Moment::During, Some(Site::Kneecap), Some(Side::Left), Some(3.0)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn it_names_every_column_that_is_read() {
        let text = template();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let wide = ["pain_before", "pain_during", "pain_after", "pain_morning"];
        for name in COLUMNS.iter().map(|(_, name, _)| *name).chain(wide) {
            assert!(words.contains(&name), "{name}");
        }
        let header = text.lines().last().unwrap_or_default();
        let left_out: Vec<&str> = COLUMNS
            .iter()
            .map(|(_, name, _)| *name)
            .filter(|name| !header.split(',').any(|cell| cell == *name))
            .collect();
        assert_eq!(left_out, ["time"], "everything else has its column");
    }

    #[test]
    fn it_names_every_word_of_the_vocabulary() {
        let text = template();
        let words = Moment::ALL.iter().map(|w| w.as_str()).chain(Site::ALL.iter().map(|w| w.as_str()));
        let words = words.chain(Side::ALL.iter().map(|w| w.as_str())).chain(PainType::ALL.iter().map(|w| w.as_str()));
        let words = words.chain(Spread::ALL.iter().map(|w| w.as_str())).chain(Function::ALL.iter().map(|w| w.as_str()));
        // The last three signs are for notes; the page does not list them for the column.
        let words = words.chain(Sign::ALL.iter().take(17).map(|w| w.as_str()));
        words.for_each(|word| assert!(text.contains(word), "{word}"));
    }
}
