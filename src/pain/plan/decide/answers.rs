//! The four weekly questions by names that mean other things elsewhere: taken where their cells are answers.

use super::Desk;
use crate::pain::{
    cells::{self, OstrcCoding},
    ostrc::NO_PARTICIPATION_POINTS,
    plan::{columns::Column, names::Meaning, survey::Cells},
};

impl Desk<'_> {
    pub(super) fn ostrc_columns(&mut self, columns: &mut Vec<(Column, usize)>) {
        let loose = self.loose_questions();
        let holds_answers: Vec<bool> = loose
            .iter()
            .map(|(index, question)| self.holds_answers(*index, *question))
            .collect();
        let answers = holds_answers.iter().filter(|holds| **holds).count();
        let named = columns.iter().filter(|(column, _)| column.is_ostrc());
        let is_questionnaire = answers + named.count() >= 3;
        for ((index, question), holds_answers) in loose.into_iter().zip(holds_answers) {
            let answered = Column::ostrc(question).filter(|_| is_questionnaire && holds_answers);
            let column = if_free(answered, columns)
                .or_else(|| if_free(self.as_signs(index, question), columns));
            columns.extend(column.map(|column| (column, index)));
        }
    }

    fn loose_questions(&self) -> Vec<(usize, usize)> {
        let question = |index| match self.meaning(index) {
            Meaning::LooseOstrc(question) => Some((index, question)),
            _ => None,
        };
        (0..self.header.names.len()).filter_map(question).collect()
    }

    /// The question for symptoms may head a column of signs.
    fn as_signs(&self, index: usize, question: usize) -> Option<Column> {
        let name = self.folded(index);
        let names_symptoms = name.starts_with("sym") || name.starts_with("sin");
        (question == 3 && names_symptoms).then_some(Column::Signs)
    }

    /// Whether a column's cells can be answers to an OSTRC question: points, or the answers' words.
    fn holds_answers(&self, index: usize, question: usize) -> bool {
        let column = self.cells_of(index);
        if column.numbers == 0 {
            let answer = cells::ostrc(&column.example, question, OstrcCoding::Points, self.words);
            return matches!(answer, Ok(Some(_)));
        }
        // `Q1` heads the questions of any form: only points are answers there, small numbers can be anything.
        let is_letter = self.folded(index).len() == 2;
        let is_small = column.most <= 4.0 && !is_letter;
        let is_points = column.most == 8.0 || column.most >= 13.0;
        can_be_answers(column) && (is_small || is_points)
    }
}

fn can_be_answers(cells: &Cells) -> bool {
    cells.beyond == 0 && cells.fractions == 0 && cells.most <= f64::from(NO_PARTICIPATION_POINTS)
}

fn if_free(wanted: Option<Column>, columns: &[(Column, usize)]) -> Option<Column> {
    wanted.filter(|wanted| columns.iter().all(|(column, _)| column != wanted))
}
