//! Names of months, weekdays and zones as spreadsheets and forms write them, in seven languages.

/// Each month's names, folded: English, German, French, Spanish, Italian, Portuguese, Dutch, with their abbreviations.
const MONTHS: [&str; 12] = [
    "jan|january|januar|janner|jaenner|janvier|janv|enero|ene|gennaio|gen|genn|janeiro|januari",
    "feb|february|februar|feber|fevrier|fevr|fev|febrero|febbraio|febb|fevereiro|februari",
    "mar|march|marz|maerz|mrz|mars|marzo|marco|maart|mrt",
    "apr|april|avril|avr|abril|abr|aprile",
    "may|mai|mayo|maggio|mag|magg|maio|mei",
    "jun|june|juni|juin|junio|giugno|giu|junho",
    "jul|july|juli|juil|juillet|julio|luglio|lug|julho",
    "aug|august|aout|aou|agosto|ago|ag|augustus|augusti",
    "sep|sept|september|septembre|septiembre|setiembre|settembre|sett|set|setembro",
    "oct|october|oktober|okt|octobre|octubre|ottobre|ott|outubro|out",
    "nov|november|novembre|noviembre|novembro",
    "dec|december|dezember|dez|decembre|diciembre|dic|dicembre|dezembro",
];

/// Weekdays, which say nothing that the date does not.
const WEEKDAYS: &str = "mon|monday|tue|tues|tuesday|wed|weds|wednesday|thu|thur|thurs|thursday|fri|friday|sat|saturday|\
    sun|sunday|mo|montag|di|dienstag|mi|mittwoch|do|donnerstag|fr|freitag|sa|samstag|sonnabend|so|sonntag|\
    lundi|lun|mardi|mercredi|mer|jeudi|jeu|vendredi|ven|vend|samedi|sam|dimanche|dim|\
    lunes|martes|miercoles|mie|jueves|jue|viernes|vie|sabado|sab|domingo|dom|\
    lunedi|martedi|mercoledi|giovedi|gio|venerdi|sabato|domenica|\
    segunda|terca|quarta|quinta|sexta|seg|ter|qua|qui|sex|feira|\
    maandag|ma|dinsdag|woensdag|wo|donderdag|vrijdag|vr|zaterdag|za|zondag|zo|\
    月|火|水|木|金|土|월|화|수|목|금|토|周一|周二|周三|周四|周五|周六|周日|\
    월요일|화요일|수요일|목요일|금요일|토요일|일요일|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日|\
    星期一|星期二|星期三|星期四|星期五|星期六|星期日";

/// Words between the parts of a date or before a time, and the endings of day numbers.
const FILLERS: &str = "st|nd|rd|th|er|o|a|e|de|del|di|do|da|d|of|the|le|la|el|il|den|der|dem|van|vom|am|on|em|at|um|\
    om|las|as|\
    alle|ore|klo|kl|uhr|uur|ste|te|t|º|ª|年|日|년|일|時|시";

/// Zones by name, with minutes east of Greenwich. Summer and standard time have their own names.
const ZONES: &[(&str, i32)] = &[
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("ist", 330),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("brt", -180),
    ("art", -180),
];

/// The month, 1–12, that a folded word names.
pub(in crate::pain) fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| holds(names, word))?;
    Some(at as u32 + 1)
}

/// Whether a folded word is a weekday.
pub(super) fn is_weekday(word: &str) -> bool {
    holds(WEEKDAYS, word)
}

/// Whether a folded word may stand between the parts of a date.
pub(super) fn is_filler(word: &str) -> bool {
    holds(FILLERS, word)
}

/// Minutes east of Greenwich of a zone's folded name.
pub(super) fn zone(word: &str) -> Option<i32> {
    ZONES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, minutes)| *minutes)
}

/// Hours to add to a 12-hour time under a folded mark of the day's half: 0 or 12.
pub(super) fn half_of_day(word: &str) -> Option<u32> {
    match word {
        "am" | "vorm" | "오전" | "上午" | "午前" => Some(0),
        "pm" | "nachm" | "오후" | "下午" | "午後" => Some(12),
        _ => None,
    }
}

fn holds(names: &str, word: &str) -> bool {
    names.split('|').any(|name| name == word)
}
