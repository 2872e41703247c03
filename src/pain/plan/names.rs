//! From a column's name to what it may hold: words of niggle's own log, the names people use, and whole questions of forms.
//!
//! A name alone often does not settle it: `Intensity` is pain in one log and effort in the next. What the cells must tell is
//! left to [`super::decide`].

use super::columns::{COLUMNS, Column};
use crate::pain::{
    Moment, Place, Scale, Site,
    words::{Memo, Vocabulary, fold},
};

/// A name, and what it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pain) struct Name {
    /// The name in words: lower case, without accents, scales and units in brackets.
    pub folded: String,
    /// What it may hold.
    pub meaning: Meaning,
    /// The scale that it names: `Pain (0-10)`.
    pub scale: Option<Scale>,
    /// The ends of a scale that niggle does not know.
    pub other_scale: Option<(u32, u32)>,
    /// The high end of its scale is said to be the good one.
    pub high_is_good: bool,
    /// The unit of a length of time that it names.
    pub unit: Option<TimeUnit>,
}

/// Units of sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) enum TimeUnit {
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
}

/// What a column may hold, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) enum Meaning {
    /// A column of niggle's own log; `own` when it is called as there.
    Is(Column, Own),
    /// A rating of pain.
    Rating(Rating),
    /// The time at which a form was sent in.
    Stamp,
    /// Who it is about.
    Person,
    /// A number that counts rows or answers.
    RowNumber,
    /// The year or the month of a day that stands in several columns.
    DatePart,
    /// "All other places": 0 declares them free.
    Others,
    /// An OSTRC question by a name that means other things elsewhere, 0 for the first.
    LooseOstrc(usize),
    /// Effort, distance, mood: shows that weak names of pain are none.
    Training,
    /// Nothing niggle knows.
    Unknown,
}

/// Whether a column is called as in niggle's own log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pain) enum Own {
    /// By a name people use.
    Synonym,
    /// As in niggle's own log.
    Own,
}

/// A column that may hold ratings of pain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) struct Rating {
    /// How sure the name is.
    pub sure: Sure,
    /// The place it is about, where the name says one.
    pub place: Option<Place>,
    /// The moment, where the name says one.
    pub moment: Option<Moment>,
}

impl Rating {
    /// Whether it is about no place and no moment.
    pub(super) fn is_plain(&self) -> bool {
        self.place.is_none() && self.moment.is_none()
    }
}

/// How sure a name is about being a rating of pain, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pain) enum Sure {
    /// A moment alone: `during`.
    BareMoment,
    /// It speaks of pain, and of something else that niggle does not know.
    Loose,
    /// `intensity`, `score`, `level`: of pain only where nothing else is rated.
    Weak,
    /// A part of the body alone: `L knee`.
    BarePlace,
    /// `injury`, in the words of training platforms.
    Injury,
    /// `soreness`, of which the direction must be known.
    Soreness,
    /// "General pain": all over.
    General,
    /// A question about pain.
    Question,
    /// A name of pain.
    Named,
    /// `pain`, as in niggle's own log.
    Own,
}

/// A longer cell is no name of a column.
const MAX_BYTES: usize = 400;
/// No place and moment together have more words.
const MAX_PARTS: usize = 8;

/// Words of columns in languages whose notes are not searched.
const FOREIGN: &str = "smarta|plats|anteckningar|sygnatura|czasowa|gdzie|boli|bol|uwagi|kolano|data bolu|dato|smerte|hvor|smarta|var|anteckning|kipu|paivamaara|\
     bolest|datum bolesti|agri|tarih|fajdalom";

impl Name {
    /// Whether the name is in a language whose notes are not searched: another script, or words of one.
    pub(crate) fn is_foreign(&self) -> bool {
        let is_of_another_script = |c: char| c.is_alphabetic() && c > '\u{24f}';
        self.folded.contains(is_of_another_script)
            || self.folded.split(' ').any(|word| is_one_of(word, FOREIGN))
    }

    /// Reads a name. The first rows of a log are read as names under each delimiter, so names are remembered.
    pub(crate) fn of(written: &str, words: &Vocabulary) -> Name {
        static REMEMBERED: Memo<Name> = Memo::new();
        if written.len() > MAX_BYTES {
            return Name {
                folded: String::new(),
                meaning: Meaning::Unknown,
                scale: None,
                other_scale: None,
                high_is_good: false,
                unit: None,
            };
        }
        REMEMBERED.get_or(written, || Name::read(written, words))
    }

    fn read(written: &str, words: &Vocabulary) -> Name {
        let (folded, brackets) = without_scale(written);
        let brackets = fold(&brackets);
        let scale = scale_in(&brackets).or_else(|| scale_in(&folded));
        let other_scale = other_scale(&brackets).or_else(|| other_scale(&folded));
        let unit = time_unit(&brackets).or_else(|| time_unit(&folded));
        let known = known(&folded).or_else(|| known(&without_numbers(&folded)));
        Name {
            meaning: known.unwrap_or_else(|| said_of(&folded, scale.is_some(), words)),
            other_scale: other_scale.filter(|_| scale.is_none()),
            high_is_good: high_is_good(&fold(written)),
            unit: unit.or_else(|| glued_unit(&folded)),
            folded,
            scale,
        }
    }
}

/// The name without a scale or unit in brackets, and what stood there: `Pain (0-10)` is `pain`, `Pain (during)` is `pain during`.
fn without_scale(written: &str) -> (String, String) {
    let mut name = written.trim_start_matches('\u{FEFF}');
    let mut brackets = String::new();
    while let Some((front, bracket)) = name.rfind(['(', '[']).map(|at| name.split_at(at)) {
        if front.trim().is_empty() || !is_scale_or_unit(bracket) {
            break;
        }
        (name, brackets) = (front, format!("{bracket} {brackets}"));
    }
    (fold(name), brackets)
}

fn is_scale_or_unit(bracket: &str) -> bool {
    let folded = fold(bracket);
    bracket.contains(|c: char| c.is_ascii_digit())
        || matches!(folded.as_str(), "mm" | "cm")
        || time_unit(&folded).is_some()
}

/// A folded name without the ends of a scale: `rating 0 10` is `rating`. Names such as `q1` keep theirs.
fn without_numbers(folded: &str) -> String {
    let is_word =
        |word: &&str| !word.bytes().all(|b| b.is_ascii_digit()) && !matches!(*word, "mm" | "cm");
    folded
        .split(' ')
        .filter(is_word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// `0 10`, `0 none 10 worst`, `1 5`, `out of 10`: the scale whose ends these are.
fn scale_in(folded: &str) -> Option<Scale> {
    if folded.split(' ').any(|word| word == "mm") {
        return Some(Scale::ZeroToHundred);
    }
    let says_most = folded.contains("out of") || folded.starts_with("von ");
    match numbers_in(folded).as_slice() {
        [least, .., most] => scale_between(*least, *most),
        [most] if says_most => scale_between(0, *most),
        _ => None,
    }
}

fn numbers_in(folded: &str) -> Vec<u32> {
    let words = folded.split(' ');
    words.filter_map(|word| word.parse().ok()).collect()
}

/// Ends that can be a scale's and are none that niggle knows: `0 3`, `1 7`.
fn other_scale(folded: &str) -> Option<(u32, u32)> {
    match numbers_in(folded).as_slice() {
        [least @ 0..=1, .., most @ 2..=20] if scale_between(*least, *most).is_none() => {
            Some((*least, *most))
        }
        _ => None,
    }
}

/// "1 very sore, 5 feeling great": a good word stands behind the highest number.
fn high_is_good(folded: &str) -> bool {
    const GOOD: &str = "great|good|best|fresh|not|none|no|excellent|perfect|well|gut|super|frisch|bestens|keine|bien|excellent|\
         aucune|sin|nada|bene|ottimo|nessun|bem|otimo|sem|goed|geen|prima";
    let highest = numbers_in(folded).into_iter().max();
    let Some(most) = highest.filter(|most| *most > 1) else {
        return false;
    };
    let is_most = |word: &&str| word.parse() == Ok(most);
    let behind = folded.split(' ').skip_while(|word| !is_most(word)).skip(1);
    let mut said = behind.take_while(|word| !is_number(word));
    said.any(|word| is_one_of(word, GOOD))
}

fn scale_between(least: u32, most: u32) -> Option<Scale> {
    let ends = (f64::from(least), f64::from(most));
    Scale::ALL
        .iter()
        .copied()
        .find(|scale| scale.bounds() == ends)
}

fn time_unit(folded: &str) -> Option<TimeUnit> {
    folded.split(' ').find_map(|word| match word {
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunden" | "heures" | "horas" | "ore"
        | "uren" | "uur" => Some(TimeUnit::Hours),
        "min" | "mins" | "minutes" | "minuten" | "minutos" | "minuti" => Some(TimeUnit::Minutes),
        "s" | "sec" | "secs" | "seconds" | "sekunden" => Some(TimeUnit::Seconds),
        _ => None,
    })
}

/// Units glued to a name, as programs write them.
fn glued_unit(folded: &str) -> Option<TimeUnit> {
    match folded {
        "sleepsecs" => Some(TimeUnit::Seconds),
        "schlafstunden" | "hrs" | "slept" => Some(TimeUnit::Hours),
        _ => None,
    }
}

/// A whole name that is in a table.
fn known(folded: &str) -> Option<Meaning> {
    if folded == "pain" {
        return Some(rating(Sure::Own));
    }
    match column_named(folded) {
        Some((Column::Pain, _)) => Some(rating(Sure::Named)),
        Some((column, own)) => Some(Meaning::Is(column, own)),
        None => question_named(folded).or_else(|| in_tables(folded)),
    }
}

/// The column of niggle's own log that is called so, there or by people.
fn column_named(folded: &str) -> Option<(Column, Own)> {
    let own = COLUMNS.iter().find(|(_, name, _)| fold(name) == folded);
    let mut synonyms = COLUMNS
        .iter()
        .filter(|(.., names)| is_one_of(folded, names));
    match own {
        Some((column, ..)) => Some((*column, Own::Own)),
        None => synonyms.next().map(|(column, ..)| (*column, Own::Synonym)),
    }
}

fn question_named(folded: &str) -> Option<Meaning> {
    let mut questions = LOOSE_OSTRC.iter();
    let question = questions.position(|names| is_one_of(folded, names));
    question.map(Meaning::LooseOstrc)
}

fn in_tables(folded: &str) -> Option<Meaning> {
    let mut tables = TABLES.iter();
    let (_, meaning) = tables.find(|(names, _)| is_one_of(folded, names))?;
    Some(*meaning)
}

fn rating(sure: Sure) -> Meaning {
    Meaning::Rating(Rating {
        sure,
        place: None,
        moment: None,
    })
}

/// Whether a folded text is one of a list of names separated by `|`.
fn is_one_of(folded: &str, names: &str) -> bool {
    names
        .split('|')
        .any(|name| name == folded || (!name.is_ascii() && fold(name) == folded))
}

/// What a name says that is in no table: a question, a part of the body, a moment.
fn said_of(folded: &str, has_scale: bool, words: &Vocabulary) -> Meaning {
    let all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let said = Said {
        folded,
        has_scale,
        about_pain: all.iter().any(|word| is_pain_word(word)),
        all,
    };
    said.no_strength()
        .or_else(|| said.day())
        .or_else(|| said.where_or_when())
        .or_else(|| said.remark())
        .unwrap_or_else(|| said.strength(words))
}

/// A name word by word.
struct Said<'n> {
    folded: &'n str,
    all: Vec<&'n str>,
    has_scale: bool,
    about_pain: bool,
}

impl Said<'_> {
    fn has(&self, list: &str) -> bool {
        self.all.iter().any(|word| is_one_of(word, list))
    }

    fn begins_with(&self, list: &str) -> bool {
        self.all.first().is_some_and(|word| is_one_of(word, list))
    }

    /// What is no rating though it may speak of pain.
    fn no_strength(&self) -> Option<Meaning> {
        if self.has(TRAINING_WORDS) && !self.about_pain {
            Some(Meaning::Training)
        } else if asks_for_side(&self.all) && !self.has_scale {
            Some(synonym(Column::Side))
        } else if self.has(NO_STRENGTH) && self.about_pain {
            Some(Meaning::Unknown)
        } else {
            ostrc_question(self.folded).map(Meaning::LooseOstrc)
        }
    }

    fn day(&self) -> Option<Meaning> {
        if self.has(SENT) && !self.about_pain && self.has("date|datum|time|zeit|fecha|data|hora") {
            return Some(Meaning::Stamp);
        }
        let is_day = self.begins_with("date|datum|fecha|data|dia|tag|jour|dag|day");
        (is_day && !self.has(BIRTH)).then_some(synonym(Column::Date))
    }

    fn where_or_when(&self) -> Option<Meaning> {
        if self.begins_with(WHERE) || self.about_pain && self.has(LOCATION) {
            Some(synonym(Column::Site))
        } else if self.begins_with(WHEN) {
            Some(synonym(Column::Date))
        } else {
            (self.about_pain && self.has(WHERE)).then_some(synonym(Column::Site))
        }
    }

    /// "Comment évaluez-vous votre douleur (0-10)?" is no remark.
    fn remark(&self) -> Option<Meaning> {
        let columns = [
            (MEDICINE, Column::Painkiller),
            (REMARK, Column::Notes),
            (KIND, Column::Type),
        ];
        let asks = |column| self.about_pain || column == Column::Notes;
        let mut asked = columns.iter().filter(|(list, _)| self.has(list));
        let (_, column) = asked.find(|(_, column)| !self.has_scale && asks(*column))?;
        Some(synonym(*column))
    }

    /// "How much (0-10)" beside "What hurts", and "0-10" alone, may be ratings.
    fn strength(&self, words: &Vocabulary) -> Meaning {
        let asks_how_much =
            self.has_scale && !self.has(FEEL) && self.all.iter().all(|w| is_filler(w));
        match self.what_hurts(words) {
            Meaning::Unknown if self.has(HOW_BAD) || asks_how_much => rating(Sure::Weak),
            meaning => meaning,
        }
    }

    /// What is left of a name when the words that only make it a question are gone.
    fn what_hurts(&self, words: &Vocabulary) -> Meaning {
        let is_question =
            |word: &str| is_filler(word) || is_pain_word(word) || is_one_of(word, SORE);
        let words_left = self.all.iter().copied();
        let rest: Vec<&str> = words_left.filter(|word| !is_question(word)).collect();
        if rest.is_empty() && (self.about_pain || self.has(SORE)) {
            return rating(self.sureness());
        }
        match rest.iter().all(|word| is_one_of(word, GENERAL)) {
            true if self.about_pain => rating(Sure::General),
            true => Meaning::Unknown,
            false => self.where_it_hurts(&rest, words),
        }
    }

    fn sureness(&self) -> Sure {
        match (self.about_pain, self.has(SORE)) {
            (true, _) => Sure::Question,
            (false, true) => Sure::Soreness,
            (false, false) => Sure::BarePlace,
        }
    }

    fn where_it_hurts(&self, rest: &[&str], words: &Vocabulary) -> Meaning {
        let (place, moment) = self.place_and_moment(rest, words);
        let sure = match (place, moment) {
            (Some(_), _) => self.sureness(),
            (None, Some(_)) if self.about_pain => self.sureness(),
            (None, Some(moment)) if is_bare_moment(moment, rest) => Sure::BareMoment,
            _ if self.about_pain => Sure::Loose,
            _ => return Meaning::Unknown,
        };
        Meaning::Rating(Rating {
            sure,
            place,
            moment,
        })
    }

    /// First with every word: `der` is an article in one language and "right" in another.
    fn place_and_moment(
        &self,
        rest: &[&str],
        words: &Vocabulary,
    ) -> (Option<Place>, Option<Moment>) {
        let all = self.all.iter().copied();
        let bare: Vec<&str> = all
            .filter(|word| !is_pain_word(word) && !is_number(word))
            .collect();
        match place_and_moment(&bare, words) {
            (None, None) => place_and_moment(rest, words),
            found => found,
        }
    }
}

fn synonym(column: Column) -> Meaning {
    Meaning::Is(column, Own::Synonym)
}

/// `Which side?`, `Side (L/R)`, `Left or right?`: nothing but words of sides and of questions.
fn asks_for_side(all: &[&str]) -> bool {
    let has = |list: &str| all.iter().any(|word| is_one_of(word, list));
    let names_both = has(LEFT) && has(RIGHT);
    let asks = has(SIDE) || has(WHICH) && has(LEG) || names_both && all.len() > 2;
    let is_pain_of_side = all.len() == 2 && all.last().is_some_and(|word| is_pain_word(word));
    has(LEFT) == has(RIGHT)
        && asks
        && all.iter().all(|word| is_of_side_question(word))
        && !is_pain_of_side
}

fn is_of_side_question(word: &str) -> bool {
    let lists = [SIDE, WHICH, LEG, AROUND_SIDE, LEFT, RIGHT];
    lists.iter().any(|list| is_one_of(word, list)) || is_filler(word) || is_pain_word(word)
}

/// The question of a whole OSTRC text, 0 for the first.
fn ostrc_question(folded: &str) -> Option<usize> {
    let asks = |parts: [&str; 2]| parts.iter().all(|part| folded.contains(part));
    let questions = [
        [
            ["difficult", "participat"],
            ["schwierigkeit", "teiln"],
            ["problem", "participat"],
        ],
        [
            ["modif", "training"],
            ["reduc", "training"],
            ["verander", "training"],
        ],
        [
            ["affect", "performance"],
            ["reduc", "performance"],
            ["leistung", "beeintr"],
        ],
        [
            ["extent", "symptom"],
            ["extent", "pain"],
            ["extent", "health"],
        ],
    ];
    questions
        .iter()
        .position(|texts| texts.iter().any(|parts| asks(*parts)))
}

/// Splits words into a place and a moment, either of which may be missing: `knee during`, `before run`, `left shin`.
fn place_and_moment(rest: &[&str], words: &Vocabulary) -> (Option<Place>, Option<Moment>) {
    if let Some(moment) = moment_of(rest, words) {
        return (None, Some(moment));
    }
    let mut splits = (1..rest.len().min(MAX_PARTS)).map(|at| rest.split_at(at));
    match splits.find_map(|(front, back)| place_beside_moment(front, back, words)) {
        Some((place, moment)) => (Some(place), Some(moment)),
        None => (part_of_body(rest, words), None),
    }
}

fn place_beside_moment(
    front: &[&str],
    back: &[&str],
    words: &Vocabulary,
) -> Option<(Place, Moment)> {
    let both = |place: &[&str], moment: &[&str]| {
        Some((part_of_body(place, words)?, moment_of(moment, words)?))
    };
    both(front, back).or_else(|| both(back, front))
}

fn part_of_body(part: &[&str], words: &Vocabulary) -> Option<Place> {
    let place = words.place(&part.join(" "));
    let is_none = matches!(place.site, Site::None | Site::Other(_) | Site::SideStitch);
    (place.is_known && !is_none).then_some((place.site, place.side))
}

fn moment_of(part: &[&str], words: &Vocabulary) -> Option<Moment> {
    let moment = words.moments.get(&part.join(" "));
    moment.filter(|moment| *moment != Moment::Day)
}

/// Words that are a moment of a run by themselves. `am`, `running` and `start` head columns of kilometres.
fn is_bare_moment(moment: Moment, rest: &[&str]) -> bool {
    let is_running_day = !matches!(moment, Moment::Rest | Moment::Day);
    is_running_day
        && !rest
            .iter()
            .any(|word| is_one_of(word, "am|pm|running|start|any|run|bed|noche|soir"))
}

pub(super) fn is_pain_word(word: &str) -> bool {
    is_one_of(word, PAIN) || PAIN_STEMS.split('|').any(|stem| word.starts_with(stem))
}

pub(super) fn is_filler(word: &str) -> bool {
    is_number(word) || is_one_of(word, FILLERS)
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whole names that are no column of niggle's own log, and what each shows.
const TABLES: &[(&str, Meaning)] = &[
    (
        "timestamp|zeitstempel|horodateur|marca temporal|informazioni cronologiche|tijdstempel|carimbo de data hora|\
         sygnatura czasowa|タイムスタンプ|submitted|submitted at|submission date|submission time|start date|startdate|\
         end date|enddate|recorded date|recordeddate|start time|completion time|created|created at|date created|\
         entry created|startzeit|fertigstellungszeit|heure de debut|heure de fin|hora de inicio|hora de finalizacion|\
         effective time frame",
        Meaning::Stamp,
    ),
    (
        "athlete|athlete id|athlete name|player|player name|player id|participant|participant id|subject|subject id|\
         runner|runner id|runner name|name|full name|first name|email|email address|e mail|mail|user|user id|username|\
         user name|person|patient|patient id|record id|client|member|athlet|athletin|sportler|laufer|lauferin|spieler|\
         teilnehmer|teilnehmer id|proband|probanden id|vorname|nachname|e mail adresse|joueur|coureur|nom|prenom|\
         adresse e mail|atleta|jugador|corredor|nombre|participante|correo electronico|direccion de correo electronico|\
         giocatore|corridore|nome|partecipante|indirizzo email|jogador|endereco de e mail|atleet|speler|loper|naam|\
         deelnemer|e mailadres|pseudonym|code|participant code",
        Meaning::Person,
    ),
    (
        "id|nr|no|number|row|index|response id|responseid|entry id|submission id|lfd nr|kenn nr",
        Meaning::RowNumber,
    ),
    (
        "others|other places|other sites|rest of body|everything else|all others|rest|andere stellen|alles andere|\
         autres|otros|otras zonas|altri|outros|outras|anderen",
        Meaning::Others,
    ),
    (
        "score|level|intensity|rating|severity|intensite|intensidad|intensita|intensidade|starke|staerke|intensitat|\
         rating amount|value|wert|valeur|valor|valore|waarde",
        Meaning::Rating(Rating {
            sure: Sure::Weak,
            place: None,
            moment: None,
        }),
    ),
    (
        "soreness|muscle soreness|doms|muskelkater|courbatures|agujetas|dolori muscolari|dores musculares|spierpijn",
        Meaning::Rating(Rating {
            sure: Sure::Soreness,
            place: None,
            moment: None,
        }),
    ),
    (
        "injury|injuries|injury status|verletzung|verletzungen|blessure|lesion|infortunio|lesao",
        Meaning::Rating(Rating {
            sure: Sure::Injury,
            place: None,
            moment: None,
        }),
    ),
    (
        "general pain|overall pain|total pain|any pain|pain overall|pain general",
        rating_general(),
    ),
    (
        "symptoms|symptom|symptome|symptomes|sintomas|sintomi|symptomen",
        Meaning::LooseOstrc(3),
    ),
];

const fn rating_general() -> Meaning {
    Meaning::Rating(Rating {
        sure: Sure::General,
        place: None,
        moment: None,
    })
}

/// Names of the four OSTRC questions that mean other things elsewhere.
const LOOSE_OSTRC: [&str; 4] = [
    "q1|participation|question 1|frage 1|teilnahme",
    "q2|modified|modified training|training modification|training volume|question 2|frage 2",
    "q3|performance|question 3|frage 3|leistung",
    "q4|symptoms|health complaints|question 4|frage 4",
];

/// Words that show a log of training or well-being beside them.
const TRAINING_WORDS: &str = "distance|km|kms|miles|mi|kilometers|kilometres|kilometer|duration|dauer|distanz|strecke|duree|distancia|\
     duracion|distanza|durata|distancia|duracao|afstand|duur|rpe|effort|load|trimp|pace|tempo|speed|heart|hr|hrv|calories|\
     running|cycling|swimming|swim|bike|strength|gym|yoga|fatigue|ermudung|mood|stimmung|energy|energie|stress|readiness|\
     motivation|weight|gewicht|steps|workout|session|cadence|elevation|ascent|mudigkeit|vermoeidheid|\
     fatiga|affaticamento|cansaco";

/// Words of pain, whole.
const PAIN: &str = "niggle|niggles|mal|male|weh|eva|gene|molestia|molestias|fastidio|incomodo|ongemak|klachten|klacht|dor|dores|doi|doem|doia|bol|boli|bole|ache|aches|aching|zeer|痛み|ouch|discomfort";
/// Beginnings of words of pain.
const PAIN_STEMS: &str =
    "pain|hurt|schmerz|douleur|douloureu|dolor|duele|doler|dolore|pijn|smerte|smart|beschwerde";
/// Words of soreness.
const SORE: &str = "sore|soreness|muskelkater|courbatures|agujetas|spierpijn|doms";
/// Words that ask how bad something is.
const HOW_BAD: &str = "bad|schlimm|stark|heftig|severe|severity|strength|intense|grave|forte|fort|fuerte|erg|ernst|hevig|rate|rating";
/// Words of sending a form in.
const SENT: &str =
    "submit|submitted|start|end|created|recorded|completed|abgeschickt|gesendet|envoi|envio|invio";
/// Words of a day that is none of pain.
const BIRTH: &str = "birth|geburt|geburtsdatum|naissance|nacimiento|nascita|nascimento|geboorte";
/// "How do you feel?" is no question about pain.
const FEEL: &str = "feel|feeling|feels|voelt";
/// Words of pain that are no strength of it.
const NO_STRENGTH: &str = "duration|dauer|duree|duracion|durata|duur|days|tage|jours|dias|giorni|dagen|times|count|number|anzahl|frequency|\
     haufigkeit|management|mgmt|since|seit|free|comfort|threshold|tolerance|fear|change|difference|minutes|minuten|hours|stunden";
/// "Where?"
const WHERE: &str = "where|wo|ou|donde|dove|onde|waar|gdzie";
/// "When?"
const WHEN: &str = "when|wann|quand|cuando|quando|wanneer|kiedy";
/// Words for a side.
const SIDE: &str = "side|sides|laterality|seite|cote|lado|lato|kant|zijde";
/// Left and right, also by their letters.
const LEFT: &str = "left|l|links|li|linke|gauche|g|izquierda|izquierdo|izq|i|sinistra|sinistro|sx|s|esquerda|esquerdo|esq|e";
const RIGHT: &str = "right|r|rechts|re|rechte|droite|droit|d|derecha|derecho|der|dcha|destra|destro|dx|direita|direito|dir";
/// "Which leg?"
const WHICH: &str = "which|welches|welche|quel|quelle|que|cual|quale|qual|welk|welke";
const LEG: &str = "leg|foot|bein|fuss|jambe|pied|pierna|pie|gamba|piede|perna|been|voet";
/// Words that stand beside those.
const AROUND_SIDE: &str = "or|and|both|b|leg|body|affected|injured|which|oder|und|beide|welche|welches|bein|betroffene|korperseite|\
    ou|et|deux|quel|quelle|jambe|corps|y|o|ambos|ambas|pierna|cuerpo|afectado|entrambi|gamba|corpo|perna|afetado|of|en|welke|been";
/// Words of a place.
const LOCATION: &str = "location|locations|area|site|sites|spot|place|region|part|ort|stelle|korperteil|lieu|endroit|zone|\
     localisation|zona|lugar|luogo|local|localizacao|plaats|plek";
/// Words of a drug.
const MEDICINE: &str = "painkiller|painkillers|medication|meds|ibuprofen|tablet|tablets|schmerzmittel|medicament|medicaments|\
     analgesico|analgesicos|antidolorifico|pijnstiller|pijnstillers|relief";
/// Words of a remark.
const REMARK: &str = "comment|comments|note|notes|else|remark|remarks|describe|description|details|bemerkung|bemerkungen|kommentar|\
     anmerkung|anmerkungen|sonst|notiz|notizen|remarque|remarques|commentaire|commentaires|comentario|comentarios|observaciones|\
     commento|commenti|osservazioni|observacao|observacoes|opmerking|opmerkingen|uwagi";
/// Words of a kind.
const KIND: &str = "type|kind|sort|art|genre|tipo|soort|quality";
/// "All over".
const GENERAL: &str = "general|overall|total|whole|any|allgemein|gesamt|insgesamt|generale|global|geral|totale|algemeen|body";
/// Words that make a question of a name and say nothing of the body.
const FILLERS: &str = "a|an|the|my|your|you|i|is|are|was|were|do|does|did|how|what|which|of|on|in|at|to|from|for|it|its|this|that|today|\
     now|current|currently|level|levels|scale|score|scores|scoring|rating|ratings|rate|rated|intensity|severity|strength|bad|\
     badly|much|strong|strongly|worst|max|maximum|maximal|highest|peak|nrs|vas|mm|out|please|feel|feeling|feels|have|had|has|\
     wie|ist|sind|war|der|die|das|den|dein|deine|deinen|ihr|ihre|ihren|dem|am|im|heute|stark|starke|staerke|stark|grad|skala|\
     skalieren|bewerte|bewertung|schlimm|sehr|tut|es|dir|ihnen|hast|du|haben|sie|von|bis|auf|einer|\
     quel|quelle|est|votre|ta|ton|la|le|les|de|du|des|a|au|niveau|intensite|echelle|point|combien|aujourd|hui|avez|vous|\
     as|tu|sur|une|forte|fort|degre|note|\
     cual|es|su|tu|el|los|las|del|nivel|intensidad|escala|hoy|que|tan|fuerte|cuanto|en|una|te|le|tiene|tienes|grado|\
     qual|e|il|lo|tuo|tua|suo|livello|intensita|scala|oggi|quanto|fa|ti|di|da|su|un|grado|hai|\
     o|os|as|seu|sua|nivel|intensidade|hoje|quao|esta|numa|voce|tem|grau|\
     comment|evaluez|evaluer|notez|bewerten|valora|valore|califica|valuta|avalie|beoordeel|geef|donne|donnez|pon|\
     wat|hoe|je|jouw|uw|het|een|van|niveau|schaal|vandaag|erg|veel|hebt|heb|op|cijfer|score|mate|voelt";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;

    fn meaning(name: &str) -> Meaning {
        Name::of(name, Vocabulary::shared()).meaning
    }

    #[test]
    fn questions_of_forms_in_seven_languages() {
        for name in [
            "How bad is your pain (0-10)?",
            "Worst pain today (0 = none, 10 = worst)",
            "On a scale of 0-10, how bad is your pain?",
            "Pain level 0-10",
            "Wie stark ist der Schmerz? (0-10)",
            "Niveau de douleur (0-10)",
            "Nivel de dolor (0-10)",
            "Livello di dolore (0-10)",
            "Nível de dor (0-10)",
            "Hoe erg is de pijn? (0-10)",
            "Ból (0-10)",
        ] {
            let Meaning::Rating(rating) = meaning(name) else {
                panic!("{name}: {:?}", meaning(name))
            };
            assert!(
                rating.sure >= Sure::Question && rating.place.is_none(),
                "{name}: {rating:?}"
            );
            assert_eq!(
                Name::of(name, Vocabulary::shared()).scale,
                Some(Scale::ZeroToTen),
                "{name}"
            );
        }
        for name in [
            "Where does it hurt?",
            "Where exactly?",
            "Where (check all)",
            "Wo?",
            "Wo tut es weh?",
            "Où avez-vous mal ?",
            "¿Dónde te duele?",
            "Dove fa male?",
            "Onde dói?",
            "Waar doet het pijn?",
            "Pain location",
        ] {
            assert_eq!(
                meaning(name),
                Meaning::Is(Column::Site, Own::Synonym),
                "{name}"
            );
        }
        assert_eq!(
            meaning("When did it hurt?"),
            Meaning::Is(Column::Date, Own::Synonym)
        );
        assert_eq!(
            meaning("Anything else?"),
            Meaning::Is(Column::Notes, Own::Synonym)
        );
        for stamp in [
            "Timestamp",
            "Zeitstempel",
            "Horodateur",
            "Marca temporal",
            "Carimbo de data/hora",
        ] {
            assert_eq!(meaning(stamp), Meaning::Stamp, "{stamp}");
        }
    }

    #[test]
    fn parts_of_the_body_and_moments() {
        for (name, sure, place, moment) in [
            (
                "L knee",
                Sure::BarePlace,
                Some((Site::Knee, Some(Side::Left))),
                None,
            ),
            (
                "Knee pain (0-10)",
                Sure::Question,
                Some((Site::Knee, None)),
                None,
            ),
            ("shin_pain", Sure::Question, Some((Site::Shin, None)), None),
            (
                "back_pain",
                Sure::Question,
                Some((Site::LowerBack, None)),
                None,
            ),
            (
                "Calf soreness",
                Sure::Soreness,
                Some((Site::Calf, None)),
                None,
            ),
            (
                "knee pain during",
                Sure::Question,
                Some((Site::Knee, None)),
                Some(Moment::During),
            ),
            ("pain_during", Sure::Question, None, Some(Moment::During)),
            (
                "Pain (after) [0-10]",
                Sure::Question,
                None,
                Some(Moment::After),
            ),
            ("pain next day", Sure::Question, None, Some(Moment::Morning)),
            ("before", Sure::BareMoment, None, Some(Moment::Before)),
            ("general_pain", Sure::General, None, None),
            ("Intensity", Sure::Weak, None, None),
            ("Specific pain", Sure::Loose, None, None),
            ("pain", Sure::Own, None, None),
        ] {
            assert_eq!(
                meaning(name),
                Meaning::Rating(Rating {
                    sure,
                    place,
                    moment
                }),
                "{name}"
            );
        }
        for name in ["AM", "PM", "Running", "Distance", "energy", "Weather"] {
            assert!(
                !matches!(meaning(name), Meaning::Rating(_)),
                "{name}: {:?}",
                meaning(name)
            );
        }
    }

    #[test]
    fn columns_of_sides() {
        for name in [
            "Which side?",
            "Side (L/R)",
            "Left or right?",
            "Quel côté ?",
            "Lado (I/D)",
            "Seite (li/re)",
            "Which leg?",
            "Welches Bein?",
            "Side of pain",
        ] {
            assert_eq!(
                meaning(name),
                Meaning::Is(Column::Side, Own::Synonym),
                "{name}"
            );
        }
        for name in [
            "Left knee",
            "Lado derecho",
            "Left side",
            "Side stitch",
            "Side pain (0-10)",
            "Right side pain 0-10",
        ] {
            assert_ne!(
                meaning(name),
                Meaning::Is(Column::Side, Own::Synonym),
                "{name}"
            );
        }
    }

    #[test]
    fn scales_and_units_in_names() {
        let name = |written: &str| Name::of(written, Vocabulary::shared());
        assert_eq!(name("Pain (0–100 mm)").scale, Some(Scale::ZeroToHundred));
        assert_eq!(name("Schmerz 1-5").scale, Some(Scale::OneToFive));
        assert_eq!(name("Sleep (h)").unit, Some(TimeUnit::Hours));
        assert_eq!(name("sleepSecs").unit, Some(TimeUnit::Seconds));
        assert_eq!(name("Sleep").unit, None);
    }

    #[test]
    fn no_name_has_two_meanings() {
        let mut seen = std::collections::BTreeMap::new();
        for (column, name, synonyms) in COLUMNS {
            for synonym in synonyms.split('|').chain([*name]) {
                let other = seen
                    .insert(fold(synonym), *column)
                    .filter(|other| other != column);
                assert!(other.is_none(), "{synonym}: {other:?} and {column:?}");
            }
        }
        for (names, meaning) in TABLES {
            for name in names.split('|') {
                assert_eq!(seen.get(&fold(name)), None, "{name} {meaning:?}");
            }
        }
    }
}
