//! Patterns of the tables: words, alternatives, optional words and gaps, as `signs.tsv` explains them.

/// A step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A word of this text: `a|b*|@class`.
    Word(String),
    /// The same, or none.
    Maybe(String),
    /// Up to so many other words; true when commas may stand among them.
    Gap(usize, bool),
    /// The beginning of a part between commas.
    Start,
    /// The end of a part between commas.
    End,
}

/// The patterns of a cell, in full: ` / ` stands between alternatives, `a &3 b` is `a ~3 b` and `b ~3 a`, and an optional
/// word at the beginning makes two. Err says what was not understood.
pub(super) fn parse(cell: &str) -> Result<Vec<Vec<Step>>, String> {
    let orders = cell
        .split(" / ")
        .map(both_orders)
        .collect::<Result<Vec<_>, _>>()?;
    let mut patterns = Vec::new();
    for text in orders.concat() {
        let steps = text
            .split_whitespace()
            .map(step)
            .collect::<Result<Vec<_>, _>>()?;
        patterns.extend(without_optional_start(steps));
    }
    match patterns
        .iter()
        .all(|steps| steps.iter().any(|step| matches!(step, Step::Word(_))))
    {
        true if !patterns.is_empty() => Ok(patterns),
        _ => Err(format!("no word in {cell:?}")),
    }
}

fn both_orders(pattern: &str) -> Result<Vec<String>, String> {
    let mark = pattern
        .split_whitespace()
        .find(|word| word.starts_with('&') && word.len() > 1);
    let Some(mark) = mark else {
        return Ok(vec![pattern.to_string()]);
    };
    let (first, second) = pattern
        .split_once(mark)
        .ok_or_else(|| format!("no two sides in {pattern:?}"))?;
    let gap = mark.replace('&', "~");
    Ok(vec![
        format!("{first} {gap} {second}"),
        format!("{second} {gap} {first}"),
    ])
}

fn step(word: &str) -> Result<Step, String> {
    if let Some(gap) = word.strip_prefix('~') {
        let (number, commas) = gap
            .strip_suffix(',')
            .map_or((gap, false), |number| (number, true));
        return number
            .parse()
            .map(|words| Step::Gap(words, commas))
            .map_err(|_| format!("no gap: {word:?}"));
    }
    Ok(match word {
        "^" => Step::Start,
        "$" => Step::End,
        _ => match word
            .strip_prefix('[')
            .and_then(|word| word.strip_suffix(']'))
        {
            Some(inner) => Step::Maybe(inner.to_string()),
            None => Step::Word(word.to_string()),
        },
    })
}

/// Patterns are found by their first word, so an optional one there is written out.
fn without_optional_start(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let first = steps
        .iter()
        .position(|step| *step != Step::Start)
        .unwrap_or(0);
    let Some(Step::Maybe(word)) = steps.get(first).cloned() else {
        return vec![steps];
    };
    let (mut with, mut without) = (steps.clone(), steps);
    if let Some(step) = with.get_mut(first) {
        *step = Step::Word(word);
    }
    without.remove(first);
    let mut patterns = vec![with];
    patterns.extend(without_optional_start(without));
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Step {
        Step::Word(text.to_string())
    }

    #[test]
    fn patterns_are_written_out() {
        let gap = Step::Gap(3, false);
        assert_eq!(
            parse("a|b &3 c").unwrap(),
            [
                vec![word("a|b"), gap.clone(), word("c")],
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
                    Step::Maybe("x".into()),
                    Step::Gap(2, true),
                    word("b")
                ],
                vec![word("c")]
            ]
        );
        for faulty in ["", "~x a", "~3", "^ $"] {
            assert!(parse(faulty).is_err(), "{faulty:?}");
        }
    }
}
