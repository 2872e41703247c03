//! Problems of one log, in the order of its lines. Equal reasons are one problem with a count and three examples, so that a
//! file of one fault a row is told in one line and stays small in memory.

use super::plan::columns::Column;
use crate::problem::{Code, Effect, Problem};
use crate::words::clipped;
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    iter::{once, repeat},
    mem::take,
};

/// Problems kept for each code; the rest is counted. Nobody corrects more in one sitting.
const KEPT_PER_CODE: usize = 500;
/// Equal reasons up to this many are told one by one.
const ONE_BY_ONE: usize = 3;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellTrouble {
    /// The kind.
    pub code: Code,
    /// What it means for the log.
    pub effect: Effect,
    /// What the cell is: `the date`, `site`.
    pub what: String,
    /// What was found, behind the cell: `is no date niggle reads`.
    pub found: String,
    /// What niggle did.
    pub consequence: String,
    /// The column whose accepted words are listed, the first time it is told.
    pub listed: Option<(Column, String)>,
}

/// Where and with which cell a reason was met.
#[derive(Debug, Clone)]
struct Met {
    order: usize,
    line: u64,
    value: String,
}

/// Equal reasons.
#[derive(Debug)]
struct Group {
    listed: Option<(Column, String)>,
    count: usize,
    examples: Vec<Met>,
}

impl Group {
    fn add(&mut self, met: Met) {
        self.count += 1;
        if self.examples.len() < ONE_BY_ONE {
            self.examples.push(met);
        }
    }

    fn order(&self) -> usize {
        self.examples.first().map_or(0, |met| met.order)
    }
}

/// What makes two troubles one reason.
type Reason = (Code, Effect, String, String, String);

/// One of many alike: where, what was found, what niggle did.
type Alike = (Met, String, String);

/// Collects problems.
#[derive(Debug)]
pub(super) struct Problems {
    place: String,
    /// Problems that are told one by one, each with its place in the order.
    list: Vec<(usize, Problem)>,
    groups: BTreeMap<Reason, Group>,
    /// Problems that are alike, by what they have in common: how many, and the first of them.
    alike: BTreeMap<(Code, String, String), (usize, Vec<Alike>)>,
    /// How many there were of each code, and the strongest effect among those only counted.
    counts: BTreeMap<Code, (usize, Effect)>,
    order: usize,
}

impl Problems {
    /// For the file called `place`.
    pub(super) fn new(place: &str) -> Self {
        Problems {
            place: place.to_string(),
            list: Vec::new(),
            groups: BTreeMap::new(),
            alike: BTreeMap::new(),
            counts: BTreeMap::new(),
            order: 0,
        }
    }

    /// Adds one, with its line when it is one line's.
    pub(super) fn add(
        &mut self,
        code: Code,
        effect: Effect,
        line: Option<u64>,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) {
        self.add_with(code, effect, line, || (detail.into(), consequence.into()));
    }

    /// Adds one whose words (detail, consequence) are only put together when it is kept.
    pub(super) fn add_with(
        &mut self,
        code: Code,
        effect: Effect,
        line: Option<u64>,
        words: impl FnOnce() -> (String, String),
    ) {
        let (count, strongest) = self.counts.entry(code).or_insert((0, effect));
        *count += 1;
        *strongest = effect.max(*strongest);
        if *count <= KEPT_PER_CODE {
            let (detail, consequence) = words();
            let problem = Problem::new(code, effect, "", detail, consequence);
            let placed = match line {
                Some(line) => problem.at_line(line),
                None => problem,
            };
            self.list.push((self.order, placed));
        }
        self.order += 1;
    }

    /// Adds one for all lines with the same question.
    pub(super) fn add_lines(&mut self, code: Code, lines: &[u64], what: &str, consequence: &str) {
        if !lines.is_empty() {
            let detail = format!("{what} in {}", lines_text(lines));
            self.add(code, Effect::Noted, None, detail, consequence);
        }
    }

    /// Adds what is wrong with one cell, of which `value` is the text; empty where the cell is not to be shown.
    pub(super) fn add_cell(&mut self, trouble: CellTrouble, line: u64, value: &str) {
        let met = self.meet(line, clipped(value));
        let (code, effect, listed) = (trouble.code, trouble.effect, trouble.listed);
        let room = self.groups.len() < KEPT_PER_CODE;
        let reason = (
            code,
            effect,
            trouble.what,
            trouble.found,
            trouble.consequence,
        );
        match self.groups.entry(reason) {
            Entry::Occupied(mut group) => group.get_mut().add(met),
            Entry::Vacant(group) if room => {
                group.insert(Group {
                    listed,
                    count: 1,
                    examples: vec![met],
                });
            }
            Entry::Vacant(_) => self.only_count(code, effect),
        }
    }

    /// A place in the order.
    fn meet(&mut self, line: u64, value: String) -> Met {
        let order = self.order;
        self.order += 1;
        Met { order, line, value }
    }

    /// Counts one beyond those that are kept.
    fn only_count(&mut self, code: Code, effect: Effect) {
        let (count, strongest) = self.counts.entry(code).or_insert((KEPT_PER_CODE, effect));
        *count = (*count).max(KEPT_PER_CODE) + 1;
        *strongest = effect.max(*strongest);
    }

    /// Adds one of many alike: up to three are told one by one, more as one problem that says what they have in common.
    pub(super) fn add_alike(
        &mut self,
        code: Code,
        line: u64,
        detail: String,
        consequence: String,
        in_common: (&str, &str),
    ) {
        let met = self.meet(line, String::new());
        let (what, done) = in_common;
        let alike = self.alike.entry((code, what.to_string(), done.to_string()));
        let (count, kept) = alike.or_default();
        *count += 1;
        if kept.len() < ONE_BY_ONE {
            kept.push((met, detail, consequence));
        }
    }

    /// All of them, and one more for each code that had too many.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        for ((code, what, done), (count, kept)) in take(&mut self.alike) {
            self.list
                .extend(alike_problems(code, &what, &done, count, kept));
        }
        self.tell_groups();
        self.list.sort_by_key(|(order, _)| *order);
        let more = self.counts.into_iter().filter_map(many_more);
        let problems = self.list.into_iter().map(|(_, problem)| problem);
        problems
            .chain(more)
            .map(|problem| problem.within(&self.place))
            .collect()
    }

    fn tell_groups(&mut self) {
        let mut groups: Vec<(Reason, Group)> = take(&mut self.groups).into_iter().collect();
        groups.sort_by_key(|(_, group)| group.order());
        // The words of a column are listed once, with the first of its groups.
        let mut told = BTreeSet::new();
        for (reason, group) in groups {
            let listed = group.listed.as_ref();
            let listed = listed.filter(|(column, _)| told.insert(*column));
            let words = listed.map_or_else(String::new, |(_, words)| format!(" ({words})"));
            self.list.extend(group_problems(&reason, &group, &words));
        }
    }
}

/// A reason one by one, or once with its count and examples.
fn group_problems(reason: &Reason, group: &Group, words: &str) -> Vec<(usize, Problem)> {
    if group.count > ONE_BY_ONE {
        let problem = counted_problem(reason, group, words);
        return vec![(group.order(), problem)];
    }
    let words = once(words).chain(repeat(""));
    let met = group.examples.iter().zip(words);
    met.map(|(met, words)| (met.order, one_problem(reason, met, words)))
        .collect()
}

fn one_problem(
    (code, effect, what, found, consequence): &Reason,
    met: &Met,
    words: &str,
) -> Problem {
    let quoted = match met.value.as_str() {
        "" => String::new(),
        value => format!(" \"{value}\""),
    };
    let detail = format!("{what}{quoted} {found}{words}");
    Problem::new(*code, *effect, "", detail, consequence.clone()).at_line(met.line)
}

fn counted_problem(
    (code, effect, what, found, consequence): &Reason,
    group: &Group,
    words: &str,
) -> Problem {
    let examples: Vec<String> = group.examples.iter().map(example).collect();
    let detail = format!("{what} {found}{words}, as {}", examples.join(", "));
    let place = format!("{} rows", group.count);
    Problem::new(*code, *effect, place, detail, consequence.clone()).times(group.count)
}

fn example(met: &Met) -> String {
    match met.value.as_str() {
        "" => line_text(met),
        value => format!("\"{value}\" in {}", line_text(met)),
    }
}

fn line_text(met: &Met) -> String {
    format!("line {}", met.line)
}

/// Problems that are alike, one by one, or once with the lines of three.
fn alike_problems(
    code: Code,
    what: &str,
    done: &str,
    count: usize,
    kept: Vec<Alike>,
) -> Vec<(usize, Problem)> {
    let repaired = |place, detail, consequence| {
        Problem::new(code, Effect::Repaired, place, detail, consequence)
    };
    if count <= ONE_BY_ONE {
        let kept = kept.into_iter();
        return kept
            .map(|(met, detail, done)| {
                let problem = repaired(String::new(), detail, done);
                (met.order, problem.at_line(met.line))
            })
            .collect();
    }
    let order = kept.first().map_or(0, |(met, ..)| met.order);
    let lines: Vec<String> = kept.iter().map(|(met, ..)| line_text(met)).collect();
    let detail = format!("{what}, as {}", lines.join(", "));
    let problem = repaired(format!("{count} rows"), detail, done.to_string());
    vec![(order, problem.times(count))]
}

/// Problems of a code beyond those that are kept.
fn many_more((code, (count, effect)): (Code, (usize, Effect))) -> Option<Problem> {
    let more = count.checked_sub(KEPT_PER_CODE).filter(|more| *more > 0)?;
    let detail = format!("{more} more rows or cells with the same kind of problem");
    let problem = Problem::new(code, effect, "", detail, "Treated like those before.");
    Some(problem.times(more))
}

/// `line 3`, `lines 3, 5 and 9`, or the first ten and how many more.
pub(super) fn lines_text(lines: &[u64]) -> String {
    const NAMED: usize = 10;
    let named: Vec<String> = lines.iter().take(NAMED).map(u64::to_string).collect();
    match (named.as_slice(), lines.len()) {
        ([line], _) => format!("line {line}"),
        ([first @ .., last], count) if count <= NAMED => {
            format!("lines {} and {last}", first.join(", "))
        }
        (named, count) => format!(
            "lines {} and {} more",
            named.join(", "),
            count - named.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_are_counted() {
        let mut problems = Problems::new("pain.csv");
        (0..KEPT_PER_CODE as u64 + 3).for_each(|line| {
            problems.add(Code::PainDuplicate, Effect::Repaired, Some(line), "", "");
        });
        problems.add(Code::PainRowUnusable, Effect::PartLost, Some(9), "", "");
        let list = problems.into_list();
        assert_eq!(list.len(), KEPT_PER_CODE + 2);
        assert_eq!(list[0].place, "pain.csv, line 0");
        let last = list.last().expect("a list");
        assert_eq!(
            (last.detail.as_str(), last.count),
            ("3 more rows or cells with the same kind of problem", 3)
        );
    }

    fn trouble(found: &str, listed: Option<&str>) -> CellTrouble {
        CellTrouble {
            code: Code::PainValueUnusable,
            effect: Effect::Repaired,
            what: "side".to_string(),
            found: found.to_string(),
            consequence: "Left blank.".to_string(),
            listed: listed.map(|words| (Column::Side, words.to_string())),
        }
    }

    fn told(problems: Problems) -> Vec<(String, String, usize)> {
        problems
            .into_list()
            .into_iter()
            .map(|p| (p.place, p.detail, p.count))
            .collect()
    }

    #[test]
    fn equal_reasons_are_told_once() {
        let mut problems = Problems::new("pain.csv");
        for line in 2..=64 {
            problems.add_cell(
                trouble("is no word", Some("left, right")),
                line,
                &format!("x{line}"),
            );
        }
        problems.add_cell(trouble("contradicts", None), 70, "up");
        let expected = "side is no word (left, right), as \"x2\" in line 2, \"x3\" in line 3, \"x4\" in line 4";
        let rest = (
            "pain.csv, line 70".to_string(),
            "side \"up\" contradicts".to_string(),
            1,
        );
        assert_eq!(
            told(problems),
            [
                ("pain.csv, 63 rows".to_string(), expected.to_string(), 63),
                rest
            ]
        );
    }

    #[test]
    fn words_are_listed_once() {
        let mut problems = Problems::new("pain.csv");
        problems.add_cell(trouble("is no word", Some("left, right")), 2, "up");
        problems.add_cell(trouble("is no word", Some("left, right")), 3, "down");
        let details: Vec<String> = told(problems)
            .into_iter()
            .map(|(_, detail, _)| detail)
            .collect();
        assert_eq!(
            details,
            [
                "side \"up\" is no word (left, right)",
                "side \"down\" is no word"
            ]
        );
    }

    #[test]
    fn lines_are_listed_briefly() {
        for (lines, text) in [
            (vec![3], "line 3"),
            (vec![3, 5], "lines 3 and 5"),
            (vec![3, 5, 9], "lines 3, 5 and 9"),
            (
                (1..=12).collect(),
                "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more",
            ),
        ] {
            assert_eq!(lines_text(&lines), text);
        }
    }
}
