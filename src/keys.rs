//! What the keys of an object mean, told beside the struct that has them; the data dictionary and the JSON Schemas are made of it.

/// Keys of one object that are explained together.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// Their names, as they are written.
    pub names: &'static [&'static str],
    /// What they are, in words: unit, and what null means.
    pub about: &'static str,
    /// What is inside the last of them.
    pub inside: Inside,
}

/// What the value of a key holds that has keys itself.
#[derive(Debug, Clone, Copy)]
pub enum Inside {
    /// A plain value, or a list of them.
    Nothing,
    /// One object, or null.
    Object(&'static [Keys]),
    /// A list of objects.
    Each(&'static [Keys]),
    /// An object with keys that differ from file to file, each with an object or a list of them.
    Values(&'static [Keys]),
}

impl Keys {
    /// Keys of plain values.
    pub const fn of(names: &'static [&'static str], about: &'static str) -> Keys {
        Keys {
            names,
            about,
            inside: Inside::Nothing,
        }
    }

    /// Keys of which the last holds an object, or null.
    pub const fn object(
        names: &'static [&'static str],
        about: &'static str,
        inside: &'static [Keys],
    ) -> Keys {
        Keys {
            names,
            about,
            inside: Inside::Object(inside),
        }
    }

    /// Keys of which the last holds a list of objects.
    pub const fn each(
        names: &'static [&'static str],
        about: &'static str,
        inside: &'static [Keys],
    ) -> Keys {
        Keys {
            names,
            about,
            inside: Inside::Each(inside),
        }
    }

    /// Keys of which the last holds an object whose keys differ, each with objects.
    pub const fn values(
        names: &'static [&'static str],
        about: &'static str,
        inside: &'static [Keys],
    ) -> Keys {
        Keys {
            names,
            about,
            inside: Inside::Values(inside),
        }
    }

    /// The path of the last of them in an object.
    fn path_in(&self, object: &str) -> Option<String> {
        let name = self.names.last()?;
        Some(match object {
            "" => name.to_string(),
            object => format!("{object}.{name}"),
        })
    }
}

/// One row of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The object that has the keys: `backtest.pairs[]`, where `[]` stands for each element of a list. Empty for the document.
    pub object: String,
    /// The keys.
    pub names: &'static [&'static str],
    /// What they are.
    pub about: &'static str,
}

/// The keys and all that is inside them, each object right after the key that holds it.
pub fn rows(keys: &[Keys]) -> Vec<Row> {
    let mut found = Vec::new();
    add_rows("", keys, &mut found);
    found
}

fn add_rows(object: &str, keys: &[Keys], found: &mut Vec<Row>) {
    for key in keys {
        found.push(Row {
            object: object.to_string(),
            names: key.names,
            about: key.about,
        });
        match (key.inside, key.path_in(object)) {
            (Inside::Object(inside), Some(path)) => add_rows(&path, inside, found),
            (Inside::Each(inside), Some(path)) => add_rows(&format!("{path}[]"), inside, found),
            (Inside::Values(inside), Some(path)) => add_rows(&format!("{path}.*"), inside, found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_a_key_follows_it() {
        const LEAF: &[Keys] = &[Keys::of(&["x", "y"], "")];
        const TOP: &[Keys] = &[
            Keys::each(&["list"], "", &[Keys::object(&["other", "one"], "", LEAF)]),
            Keys::of(&["last"], ""),
        ];
        let shown: Vec<_> = rows(TOP)
            .into_iter()
            .map(|row| format!("{}:{}", row.object, row.names.join("+")))
            .collect();
        assert_eq!(
            shown,
            [":list", "list[]:other+one", "list[].one:x+y", ":last"]
        );
    }
}
