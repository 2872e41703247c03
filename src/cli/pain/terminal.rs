//! Where answers are typed: at a terminal with a line that can be edited, else as lines of standard input.

use super::asked::Answers;
use crate::{cli::say::tell, error::Error};
use dialoguer::Input;
use std::io::{self, BufRead, ErrorKind, IsTerminal};

/// Answers from whoever is there.
pub(super) fn answers() -> Box<dyn Answers> {
    match io::stdin().is_terminal() && io::stderr().is_terminal() {
        true => Box::new(Typed),
        false => Box::new(Lines(io::stdin().lock())),
    }
}

/// A person at a terminal.
struct Typed;

impl Answers for Typed {
    fn answer(&mut self, question: &str) -> Result<Option<String>, Error> {
        let input = Input::<String>::new()
            .with_prompt(question)
            .allow_empty(true);
        match input.interact_text() {
            Ok(answer) => Ok(Some(answer.trim().to_string())),
            Err(dialoguer::Error::IO(error)) => Err(unread(error)),
        }
    }

    fn say(&mut self, line: &str) {
        tell(line);
    }
}

/// Lines of a file, a pipe or a program.
struct Lines<R>(R);

impl<R: BufRead> Answers for Lines<R> {
    fn answer(&mut self, question: &str) -> Result<Option<String>, Error> {
        tell(question);
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line.trim().to_string())),
            Err(error) => Err(unread(error)),
        }
    }

    fn say(&mut self, line: &str) {
        tell(line);
    }
}

fn unread(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::Interrupted => Error::Interrupted,
        _ => Error::Input {
            path: "standard input".into(),
            error,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_answers_until_they_end() {
        let mut lines = Lines(&b" left knee \n\n3"[..]);
        let answers: Vec<_> = (0..4)
            .map(|_| lines.answer("?").expect("bytes are read"))
            .collect();
        let expected = [Some("left knee"), Some(""), Some("3"), None];
        assert_eq!(answers, expected.map(|answer| answer.map(str::to_string)));
    }
}
