//! The table `ostrc_weeks`: the weekly questions about a place, answer by answer, and their score.

use super::{
    fixed::{Cell, Column},
    ratings::{code, own_word, side_code},
};
use crate::pain::{
    Entry, Side, Site,
    ostrc::{NO_PARTICIPATION_POINTS, Score, score, week_of},
};
use std::collections::BTreeMap;

/// One week's answers about a place.
pub(super) struct Answers {
    week: String,
    entry: Entry,
    score: Score,
}

/// Its columns.
pub(super) const COLUMNS: &[Column<Answers>] = &[
    Column {
        id: "week",
        unit: "",
        about: "The ISO week that most of the seven days up to the answers lie in: answers of a Monday to Wednesday are about the \
                week before. The last answers of a week about a place count.",
        cell: Cell::Text(|answers| Some(answers.week.clone())),
    },
    Column {
        id: "local_date",
        unit: "",
        about: "The day of the answers.",
        cell: Cell::Date(|answers| Some(answers.entry.date)),
    },
    Column {
        id: "site",
        unit: "",
        about: "The place, as in ratings. Empty: the row names none.",
        cell: Cell::Text(|answers| answers.entry.site.map(code)),
    },
    Column {
        id: "side",
        unit: "",
        about: "left, right, both or centre. Empty: the log leaves it open.",
        cell: Cell::Text(|answers| answers.entry.side.map(side_code)),
    },
    Column {
        id: "own_word",
        unit: "",
        about: "The runner's own word for the place, as in ratings.",
        cell: Cell::Text(|answers| answers.entry.site.and_then(own_word)),
    },
    Column {
        id: "participation",
        unit: "points",
        about: "Question 1, taking part: 0, 8, 17 or 25. Empty: not answered, which is not zero.",
        cell: Cell::Whole(|answers| points(answers, 0)),
    },
    Column {
        id: "modified_training",
        unit: "points",
        about: "Question 2, training that was modified: 0, 8, 17 or 25; in the first version of the questionnaire 0, 6, 13, 19 or \
                25. Empty: not answered.",
        cell: Cell::Whole(|answers| points(answers, 1)),
    },
    Column {
        id: "performance",
        unit: "points",
        about: "Question 3, performance that suffered, likewise.",
        cell: Cell::Whole(|answers| points(answers, 2)),
    },
    Column {
        id: "symptoms",
        unit: "points",
        about: "Question 4, pain: 0, 8, 17 or 25. Empty: not answered.",
        cell: Cell::Whole(|answers| points(answers, 3)),
    },
    Column {
        id: "severity",
        unit: "0–100",
        about: "The four added up. Empty: an answer is missing, or questions 2 and 3 are of different versions.",
        cell: Cell::Whole(|answers| answers.score.severity.map(i64::from)),
    },
    Column {
        id: "problem",
        unit: "",
        about: "Whether question 1 is above 0. Empty: it is not answered.",
        cell: Cell::Flag(|answers| answers.score.problem),
    },
    Column {
        id: "substantial",
        unit: "",
        about: "Whether question 1 is 25, or question 2 or 3 is moderate or more: 17, in the first version 13. Empty: the answers \
                leave it open.",
        cell: Cell::Flag(|answers| answers.score.substantial),
    },
    Column {
        id: "time_loss",
        unit: "",
        about: "Whether question 1 is 25: could not take part. Empty: it is not answered.",
        cell: Cell::Flag(time_loss),
    },
    Column {
        id: "line",
        unit: "",
        about: "The row's line in the log, as in ratings.",
        cell: Cell::Whole(|answers| {
            i64::try_from(answers.entry.line)
                .ok()
                .filter(|line| *line > 0)
        }),
    },
];

fn points(answers: &Answers, question: usize) -> Option<i64> {
    let points = answers.entry.ostrc().get(question).copied().flatten();
    points.map(i64::from)
}

fn time_loss(answers: &Answers) -> Option<bool> {
    let [participation, ..] = answers.entry.ostrc();
    participation.map(|points| points >= NO_PARTICIPATION_POINTS)
}

/// The last answers of each week about each place, by week and place.
pub(super) fn rows(entries: &[Entry]) -> Vec<Answers> {
    let mut last: BTreeMap<(String, Option<Site>, Option<Side>), Answers> = BTreeMap::new();
    for answers in entries.iter().filter_map(answered) {
        let place = (answers.entry.site, answers.entry.side);
        last.insert((answers.week.clone(), place.0, place.1), answers);
    }
    last.into_values().collect()
}

fn answered(entry: &Entry) -> Option<Answers> {
    Some(Answers {
        week: week_of(entry.date),
        score: score(entry.ostrc())?,
        entry: entry.clone(),
    })
}
