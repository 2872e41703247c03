//! The columns of the tables of several runners, for programs that read them. They are the same whatever is in a table, so that the driver of
//! an engine copies none and reads no first file.

use crate::{
    error::Error,
    frames::{Kind, STACKED, Stacked},
    report,
};
use serde_json::{Value, json};

/// The table with this name.
pub fn named(name: &str) -> Option<&'static Stacked> {
    STACKED.iter().find(|table| table.name == name)
}

/// Every column: `name`, `type`, `unit` and `about`, a JSON list ending in a line break.
///
/// # Errors
/// [`Error::Render`] when polars refuses; that would be a fault in niggle.
pub fn json(table: &Stacked) -> Result<String, Error> {
    let columns = table.columns()?.into_iter();
    let columns = columns.map(|(name, kind)| {
        let (unit, about) = report::column_told(table.name, &name).unwrap_or_default();
        json!({ "name": name, "type": kind.word(), "unit": unit, "about": about })
    });
    Ok(lines(&columns.collect()))
}

/// An Arrow schema: `fields`, each with `name`, `type` as pyarrow calls it, and `nullable`.
///
/// # Errors
/// As [`json()`].
pub fn arrow(table: &Stacked) -> Result<String, Error> {
    let columns = table.columns()?.into_iter();
    let fields = columns
        .map(|(name, kind)| json!({ "name": name, "type": arrow_type(kind), "nullable": true }));
    Ok(lines(&json!({ "fields": fields.collect::<Vec<Value>>() })))
}

/// The columns as Spark's DDL, on one line.
///
/// # Errors
/// As [`json()`].
pub fn ddl(table: &Stacked) -> Result<String, Error> {
    let columns = table.columns()?.into_iter();
    // Some names, as `from`, are words of SQL.
    let columns = columns.map(|(name, kind)| format!("`{name}` {}", spark_type(kind)));
    Ok(columns.collect::<Vec<String>>().join(", ") + "\n")
}

fn lines(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn arrow_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Date => "date32[day]",
        Kind::Whole => "int64",
        Kind::Number => "double",
        Kind::Flag => "bool",
    }
}

fn spark_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "STRING",
        Kind::Date => "DATE",
        Kind::Whole => "BIGINT",
        Kind::Number => "DOUBLE",
        Kind::Flag => "BOOLEAN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn the_three_forms_name_the_same_columns() {
        for table in &STACKED {
            let listed = value(&json(table).expect("columns"));
            let arrow = value(&arrow(table).expect("columns"));
            let names = |list: &Value| -> Vec<String> {
                let names = list.as_array().expect("a list").iter();
                names
                    .map(|one| one["name"].as_str().expect("a name").to_string())
                    .collect()
            };
            let of_ddl = ddl(table).expect("columns");
            let of_ddl = of_ddl.trim_end().split(", ");
            let of_ddl: Vec<&str> = of_ddl.filter_map(|one| one.split('`').nth(1)).collect();
            assert_eq!(names(&listed), names(&arrow["fields"]), "{}", table.name);
            assert_eq!(names(&listed), of_ddl, "{}", table.name);
        }
    }

    #[test]
    fn a_column_has_one_kind_in_each_form() {
        let runs = named("runs").expect("a table");
        let ddl = ddl(runs).expect("columns");
        assert!(ddl.starts_with("`athlete` STRING, `day` BIGINT, "), "{ddl}");
        assert!(ddl.contains(", `local_date` DATE, ") && ddl.contains(", `load` DOUBLE, "));
        let listed = value(&json(runs).expect("columns"));
        let distance = listed.as_array().expect("a list").iter();
        let distance: Vec<&Value> = distance.filter(|one| one["name"] == "distance_m").collect();
        assert_eq!(
            (&distance[0]["type"], &distance[0]["unit"]),
            (&"number".into(), &"m".into())
        );
        let arrow = value(&arrow(named("episodes").expect("a table")).expect("columns"));
        assert_eq!(
            arrow["fields"][3],
            serde_json::json!({"name": "site", "type": "string", "nullable": true})
        );
        assert!(named("athletes").is_none());
    }
}
