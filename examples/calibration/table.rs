//! Percentages and tables.

/// So many of all.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub part: usize,
    pub all: usize,
}

impl Share {
    /// How many of these are meant.
    pub fn of<T>(all: impl IntoIterator<Item = T>, is_meant: impl Fn(&T) -> bool) -> Share {
        let mut share = Share::default();
        for one in all {
            share.all += 1;
            share.part += usize::from(is_meant(&one));
        }
        share
    }

    /// In percent. None of nothing.
    pub fn percent(self) -> Option<f64> {
        (self.all > 0).then(|| 100.0 * self.part as f64 / self.all as f64)
    }

    /// `5.1`, and a dash of nothing.
    pub fn text(self) -> String {
        self.percent()
            .map_or("–".to_string(), |percent| format!("{percent:.1}"))
    }

    /// `5.1 (± 0.7)`: half of the 95 % interval of the percentage itself. Of none and of all the far end of Wilson's: `0.0 (≤ 9.2)`.
    pub fn with_error(self) -> String {
        let Some(percent) = self.percent() else {
            return "–".to_string();
        };
        let share = percent / 100.0;
        let error = 196.0 * (share * (1.0 - share) / self.all as f64).sqrt();
        let far = 384.16 / (self.all as f64 + 3.8416);
        match self.part {
            0 => format!("0.0 (≤ {far:.1})"),
            part if part == self.all => format!("100.0 (≥ {:.1})", 100.0 - far),
            _ => format!("{percent:.1} (± {error:.1})"),
        }
    }
}

/// Half of the range in which 95 % of a true 5 % lie among so many.
pub fn error_of_five(all: usize) -> f64 {
    196.0 * (0.05f64 * 0.95 / all.max(1) as f64).sqrt()
}

/// A table with these headings.
pub fn table(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
    let rule = format!("|{}\n", "---|".repeat(headings.len()));
    let rows: String = rows.into_iter().map(|row| line(&row)).collect();
    format!("{}{rule}{rows}", line(&headings))
}
