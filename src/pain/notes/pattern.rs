//! Patterns of the tables: words, alternatives, optional words and gaps, as `signs.tsv` explains them.

/// A step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// A word of this text: `a|b*|@class`.
    Word(&'t str),
    /// The same, or none.
    Maybe(&'t str),
    /// Up to so many other words; true when commas may stand among them.
    Gap(usize, bool),
    /// The beginning of a part between commas.
    Start,
    /// The end of a part between commas.
    End,
}

/// The patterns of a cell, in full: ` / ` stands between alternatives, `a &3 b` is `a ~3 b` and `b ~3 a`, and an optional
/// word at the beginning makes two. Err says what was not understood.
pub(super) fn parse(cell: &str) -> Result<Vec<Vec<Step<'_>>>, String> {
    let mut patterns = Vec::new();
    for pattern in cell.split(" / ") {
        for steps in both_orders(pattern)? {
            add_pattern(steps, &mut patterns);
        }
    }
    let is_word = |step: &Step| matches!(step, Step::Word(_));
    match patterns.iter().all(|steps| steps.iter().any(is_word)) {
        true if !patterns.is_empty() => Ok(patterns),
        _ => Err(format!("no word in {cell:?}")),
    }
}

fn both_orders(pattern: &str) -> Result<Vec<Vec<Step<'_>>>, String> {
    let words: Vec<&str> = pattern.split_whitespace().collect();
    let is_swap = |word: &&str| word.starts_with('&') && word.len() > 1;
    let mut sides = words.splitn(2, is_swap);
    let first = steps(sides.next().unwrap_or_default())?;
    let (Some(second), Some(swap)) = (sides.next(), words.iter().find(|word| is_swap(word))) else {
        return Ok(vec![first]);
    };
    let (second, gap) = (steps(second)?, [gap(swap)?]);
    let there = [&first, &gap[..], &second].concat();
    let back = [&second, &gap[..], &first].concat();
    Ok(vec![there, back])
}

fn steps<'t>(words: &[&'t str]) -> Result<Vec<Step<'t>>, String> {
    words.iter().map(|word| step(word)).collect()
}

fn step(word: &str) -> Result<Step<'_>, String> {
    if word.starts_with('~') {
        return gap(word);
    }
    let maybe = word.strip_prefix('[');
    Ok(match word {
        "^" => Step::Start,
        "$" => Step::End,
        _ => maybe
            .and_then(|word| word.strip_suffix(']'))
            .map_or(Step::Word(word), Step::Maybe),
    })
}

/// `~3`, `~3,` or `&3`.
fn gap(word: &str) -> Result<Step<'_>, String> {
    let gap = word.trim_start_matches(['~', '&']);
    let (number, commas) = gap
        .strip_suffix(',')
        .map_or((gap, false), |number| (number, true));
    number
        .parse()
        .map(|words| Step::Gap(words, commas))
        .map_err(|_| format!("no gap: {word:?}"))
}

/// Patterns are found by their first word, so an optional one there is written out.
fn add_pattern<'t>(mut steps: Vec<Step<'t>>, patterns: &mut Vec<Vec<Step<'t>>>) {
    let first = steps.iter().position(|step| *step != Step::Start);
    let first = first.unwrap_or(0);
    let Some(Step::Maybe(word)) = steps.get(first).copied() else {
        return patterns.push(steps);
    };
    let mut without = steps.clone();
    without.remove(first);
    if let Some(step) = steps.get_mut(first) {
        *step = Step::Word(word);
    }
    patterns.push(steps);
    add_pattern(without, patterns);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Step<'_> {
        Step::Word(text)
    }

    #[test]
    fn patterns_are_written_out() {
        let gap = Step::Gap(3, false);
        assert_eq!(
            parse("a|b &3 c").unwrap(),
            [
                vec![word("a|b"), gap, word("c")],
                vec![word("c"), gap, word("a|b")]
            ]
        );
        assert_eq!(
            parse("[a] b $").unwrap(),
            [
                vec![word("a"), word("b"), Step::End],
                vec![word("b"), Step::End]
            ]
        );
        assert_eq!(
            parse("^ a [x] ~2, b / c").unwrap(),
            [
                vec![
                    Step::Start,
                    word("a"),
                    Step::Maybe("x"),
                    Step::Gap(2, true),
                    word("b")
                ],
                vec![word("c")]
            ]
        );
        for faulty in ["", "~x a", "~3", "^ $", "a &x b"] {
            assert!(parse(faulty).is_err(), "{faulty:?}");
        }
    }
}
