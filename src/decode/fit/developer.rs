//! Developer fields: what an app or a pod wrote under numbers of its own, as `field_description` messages explain them.

use super::plan::{Column, Description};
use super::value::{Factor, Scale};
use crate::text::fold::fold;

/// What a `field_description` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Told {
    /// `developer_data_index`.
    pub developer: Option<u8>,
    /// `field_definition_number`.
    pub number: Option<u8>,
    /// `fit_base_type_id`.
    pub base: Option<u8>,
    /// `field_name`.
    pub name: Option<String>,
    /// `units`.
    pub units: Option<String>,
    /// `scale` and `offset`.
    pub scale: Option<f64>,
    pub offset: Option<f64>,
    /// `native_mesg_num` and `native_field_num`: the field of the profile that it stands for.
    pub native_message: Option<u16>,
    pub native_field: Option<u8>,
}

impl Told {
    /// None: it is nothing that niggle wants of a record, or its unit is not known.
    pub(super) fn description(self) -> Option<Description> {
        let column = self.native_column().or_else(|| self.named_column())?;
        let factor = unit(column, &fold(self.units.as_deref().unwrap_or_default()))?;
        let scale = self.scale.filter(|scale| *scale > 0.0).unwrap_or(1.0);
        Some(Description {
            developer: self.developer?,
            number: self.number?,
            base: self.base?,
            column,
            scale: Scale::new(
                Factor::Divide(scale / factor),
                self.offset.unwrap_or(0.0) * factor,
                f64::MAX,
            ),
        })
    }

    fn native_column(&self) -> Option<Column> {
        let is_of_records = self.native_message.is_none_or(|message| message == 20);
        match self.native_field.filter(|_| is_of_records)? {
            3 => Some(Column::HeartRate),
            4 => Some(Column::Cadence),
            5 => Some(Column::Distance),
            6 | 73 => Some(Column::Speed),
            _ => None,
        }
    }

    fn named_column(&self) -> Option<Column> {
        let is_of_records = self.native_message.is_none_or(|message| message == 20);
        let name = fold(self.name.as_deref().filter(|_| is_of_records)?);
        let known = NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        known.map(|(column, _)| *column)
    }
}

/// The names that pods and apps give such fields.
#[rustfmt::skip]
const NAMES: &[(Column, &[&str])] = &[
    (Column::Cadence, &[
        "cadence", "run cadence", "running cadence", "runcadence", "step cadence", "stryd cadence", "cadence spm", "step rate", "steprate",
        "spm", "cad",
    ]),
    (Column::Speed, &["speed", "run speed", "running speed", "stryd speed", "pod speed", "foot pod speed", "footpod speed"]),
    (Column::Distance, &["distance", "run distance", "running distance", "stryd distance", "pod distance", "total distance"]),
    (Column::HeartRate, &["heart rate", "heartrate", "hr", "heart rate bpm", "ecg heart rate"]),
];

/// What turns this unit into the column's own. None: it is another quantity.
fn unit(column: Column, units: &str) -> Option<f64> {
    match (column, units) {
        (Column::Speed, "" | "m s" | "mps" | "m sec" | "meters second") => Some(1.0),
        (Column::Speed, "km h" | "kph" | "kmh") => Some(1.0 / 3.6),
        (Column::Speed, "mph") => Some(0.44704),
        (Column::Speed, "mm s") => Some(0.001),
        (Column::Distance, "" | "m" | "meter" | "meters" | "metre" | "metres") => Some(1.0),
        (Column::Distance, "km" | "kilometers" | "kilometres") => Some(1000.0),
        (Column::Distance, "mi" | "mile" | "miles") => Some(1609.344),
        (Column::Distance, "cm") => Some(0.01),
        (Column::HeartRate | Column::Cadence, _) => Some(1.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, units: &str, native_field: Option<u8>, expected: Option<Column>) {
        let told = Told {
            developer: Some(0),
            number: Some(7),
            base: Some(2),
            name: Some(name.to_string()),
            units: Some(units.to_string()),
            native_field,
            ..Told::default()
        };
        let found = told.description().map(|description| description.column);
        assert_eq!(found, expected, "{name} in {units}");
    }

    #[test]
    fn fields_are_known_by_what_they_stand_for_and_by_name() {
        check("x", "", Some(4), Some(Column::Cadence));
        check("Run Cadence", "spm", None, Some(Column::Cadence));
        check("CADENCE", "RPM", Some(255), Some(Column::Cadence));
        check("Speed", "km/h", None, Some(Column::Speed));
        check("Speed", "min/km", None, None);
        check("Power", "Watts", Some(7), None);
        check("Form Power", "Watts", None, None);
        let of_session = Told {
            native_message: Some(18),
            native_field: Some(4),
            ..Told::default()
        };
        assert_eq!(of_session.native_column(), None);
    }
}
