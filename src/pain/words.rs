//! The vocabulary: every word of pain-log.md, the words people write instead, and how both are matched.

use super::{Function, Moment, Movement, Onset, PainType, Side, Sign, Site, Spread, Word};
use std::collections::BTreeMap;

/// Words of one column: lower case, without accents, hyphens, underscores and double blanks on both sides.
#[derive(Debug)]
pub(super) struct Words<T> {
    by_word: BTreeMap<String, T>,
    /// The words of the page, for messages.
    pub accepted: String,
}

impl<T: Copy> Words<T> {
    fn new(page: impl Iterator<Item = (T, &'static str)>, synonyms: &[(T, &str)]) -> Self {
        let page: Vec<(T, &str)> = page.collect();
        let mut by_word: BTreeMap<String, T> = page.iter().map(|(meaning, id)| (fold(id), *meaning)).collect();
        for (meaning, words) in synonyms {
            by_word.extend(words.split('|').map(|word| (fold(word), *meaning)));
        }
        let accepted: Vec<&str> = page.iter().map(|(_, id)| *id).collect();
        Words { by_word, accepted: accepted.join(", ") }
    }

    /// The meaning of a cell as written: most cells need no folding, and looking first is much faster.
    pub fn get_cell(&self, cell: &str) -> Option<T> {
        self.by_word.get(cell).copied().or_else(|| self.get(&fold(cell)))
    }

    /// The meaning of a folded word, also in the plural.
    pub fn get(&self, folded: &str) -> Option<T> {
        let singular = || folded.strip_suffix('s').and_then(|word| self.by_word.get(word));
        self.by_word.get(folded).or_else(singular).copied()
    }
}

impl<T: Copy + Ord> Words<T> {
    /// The meanings of a cell that may hold several words, in the order of the page without doubles, and the words
    /// that mean nothing here. Words are separated by `;`, `,`, `/`, `+`, `|`, `&`, line ends or "and".
    pub fn list(&self, cell: &str) -> (Vec<T>, Vec<String>) {
        let (mut meanings, mut unknown) = (Vec::new(), Vec::new());
        for part in cell.split([';', ',', '/', '+', '|', '&', '\n']) {
            match self.by_word.get(part) {
                Some(meaning) => meanings.push(*meaning),
                None => match self.phrase(&fold(part)) {
                    Some(found) => meanings.extend(found),
                    None => unknown.push(part.trim().to_string()),
                },
            }
        }
        meanings.sort_unstable();
        meanings.dedup();
        (meanings, unknown)
    }

    /// A phrase that is one word of the list (`pins and needles`), several (`dull ache`, `hot and puffy`), or blank.
    fn phrase(&self, folded: &str) -> Option<Vec<T>> {
        if is_unknown(folded) || is_nothing(folded) {
            return Some(Vec::new());
        }
        if let Some(meaning) = self.get(folded) {
            return Some(vec![meaning]);
        }
        folded.split(" and ").map(|part| self.one_or_each(part)).collect::<Option<Vec<_>>>().map(|m| m.concat())
    }

    fn one_or_each(&self, part: &str) -> Option<Vec<T>> {
        match self.get(part) {
            Some(meaning) => Some(vec![meaning]),
            None => part.split(' ').map(|word| self.get(word)).collect(),
        }
    }
}

/// Every column's words.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub moments: Words<Moment>,
    pub sites: Words<Site>,
    pub sides: Words<Side>,
    pub types: Words<PainType>,
    pub spreads: Words<Spread>,
    pub onsets: Words<Onset>,
    pub movements: Words<Movement>,
    pub functions: Words<Function>,
    pub signs: Words<Sign>,
    pub ratings: Words<u8>,
    pub yes_no: Words<bool>,
    /// The four OSTRC-O2 questions, each word with its score.
    pub ostrc: [Words<u8>; 4],
}

impl Vocabulary {
    /// The tables below, folded. Some hundred words: built anew for every log.
    pub fn new() -> Self {
        let scored = |page: &'static [(u8, &'static str)], more: &[(u8, &str)]| Words::new(page.iter().copied(), more);
        Vocabulary {
            moments: Words::new(Moment::ALL.iter().map(|w| (*w, w.as_str())), MOMENTS),
            sites: Words::new(Site::ALL.iter().map(|w| (*w, w.as_str())), SITES),
            sides: Words::new(Side::ALL.iter().map(|w| (*w, w.as_str())), SIDES),
            types: Words::new(PainType::ALL.iter().map(|w| (*w, w.as_str())), TYPES),
            spreads: Words::new(Spread::ALL.iter().map(|w| (*w, w.as_str())), SPREADS),
            onsets: Words::new(Onset::ALL.iter().map(|w| (*w, w.as_str())), ONSETS),
            movements: Words::new(Movement::ALL.iter().map(|w| (*w, w.as_str())), MOVEMENTS),
            functions: Words::new(Function::ALL.iter().map(|w| (*w, w.as_str())), FUNCTIONS),
            signs: Words::new(Sign::ALL.iter().map(|w| (*w, w.as_str())), SIGNS),
            ratings: scored(RATINGS, MORE_RATINGS),
            yes_no: Words::new([(true, "yes"), (false, "no")].into_iter(), YES_NO),
            ostrc: [
                scored(PARTICIPATION, MORE_PARTICIPATION),
                scored(EXTENT, MORE_EXTENT),
                scored(EXTENT, MORE_EXTENT),
                scored(OSTRC_PAIN, MORE_RATINGS_OSTRC),
            ],
        }
    }

    pub fn places(&self, cell: &str) -> Vec<Place> {
        vec![self.place(&fold(cell))]
    }
    pub fn get_site(&self, cell: &str) -> Option<Site> {
        self.sites.get_cell(cell)
    }
    /// A folded site cell, which may carry the side: `left knee`, `l calf`, `knee (left)`.
    pub fn place(&self, folded: &str) -> Place {
        if let Some(site) = self.sites.get(folded) {
            return Place { site, side: None, is_known: true };
        }
        let words = folded.split(' ').filter(|w| !matches!(*w, "my" | "the" | "of"));
        let words: Vec<&str> = words.take(MAX_SITE_WORDS).collect();
        let mut side_only: Option<(Side, Word)> = None;
        // Side phrases have at most three words: "left and right".
        for length in (1..=3.min(words.len().saturating_sub(1))).rev() {
            let (front, after_front) = words.split_at(length);
            let (before_back, back) = words.split_at(words.len() - length);
            for (side, rest) in [(front, after_front), (back, before_back)] {
                let Some(side) = self.sides.get(&side.join(" ")) else { continue };
                if let Some(site) = self.sites.get(&rest.join(" ")) {
                    return Place { site, side: Some(side), is_known: true };
                }
                side_only = side_only.or_else(|| Some((side, Word::new(&rest.join(" ")))));
            }
        }
        match side_only {
            Some((side, word)) => Place { site: Site::Other(word), side: Some(side), is_known: false },
            None => Place { site: Site::Other(Word::new(&words.join(" "))), side: None, is_known: false },
        }
    }
}

/// The page's word for a site that a folded cell comes closest to, when it is a slip of one or two letters.
///
/// Every word of the cell and the cell itself are compared; at most two letters and under half of the word may differ,
/// so that other parts of the body (jaw, neck, wrist) are near to nothing.
pub(super) fn likely_site(folded: &str) -> Option<String> {
    let written = folded.split(' ').take(MAX_SITE_WORDS).chain([folded]).filter(|word| word.len() <= 40);
    let near = written.flat_map(|written| {
        let sites = Site::ALL.iter().filter(|site| !matches!(site, Site::None | Site::Other(_)));
        sites.filter_map(move |site| {
            let word = site.as_str().replace('_', " ");
            let distance = edit_distance(written, &word);
            (distance <= 2 && 2 * distance < written.chars().count()).then_some((distance, word))
        })
    });
    near.min().map(|(_, word)| word)
}

/// Letters to insert, drop or replace to make one word the other (Levenshtein 1966), row by row.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let mut above: Vec<usize> = (0..=b.chars().count()).collect();
    for (row, letter) in a.chars().enumerate() {
        let mut left = row + 1;
        let mut current = vec![left];
        for (other, pair) in b.chars().zip(above.windows(2)) {
            let [diagonal, up] = pair else { continue };
            left = (left + 1).min(up + 1).min(diagonal + usize::from(letter != other));
            current.push(left);
        }
        above = current;
    }
    above.last().copied().unwrap_or(0)
}

/// No site and side together have more words; a longer cell is a note in the wrong column.
const MAX_SITE_WORDS: usize = 12;

/// What a site cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The site, [`Site::Other`] for a word niggle does not know.
    pub site: Site,
    /// The side, when the cell names one.
    pub side: Option<Side>,
    /// Whether the word was known.
    pub is_known: bool,
}

/// Lower case, accents and apostrophes dropped, everything else but letters and digits a single blank.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let is_folded = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    if text.bytes().all(is_folded) {
        folded.push_str(text);
        return folded;
    }
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain_letter(c) {
            "" if c.is_alphanumeric() => folded.push(c),
            // The combining dot and accents of letters typed as two characters, and apostrophes.
            "" if matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’' | '`' | '´') => {}
            "" if folded.ends_with(' ') || folded.is_empty() => {}
            "" => folded.push(' '),
            letters => folded.push_str(letters),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn plain_letter(c: char) -> &'static str {
    match c {
        'à'..='å' => "a",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'ù'..='ü' => "u",
        'ß' => "ss",
        'œ' => "oe",
        _ => "",
    }
}

/// Whether a folded cell says "I do not know": blank, dashes and question marks (which fold to nothing), or words.
pub(super) fn is_unknown(folded: &str) -> bool {
    matches!(folded, "" | "n a" | "na" | "unknown" | "null" | "not rated" | "not logged")
}

/// Whether a folded cell of a list says that there is nothing.
fn is_nothing(folded: &str) -> bool {
    matches!(folded, "none" | "no" | "nothing" | "0" | "keine" | "aucun" | "ninguno" | "nessuno" | "nenhum" | "geen")
}

/// A drug's name in a painkiller cell means that one was taken. Names only: niggle gives no advice about drugs.
pub(super) fn names_a_painkiller(folded: &str) -> bool {
    const NAMES: &str = "ibuprofen|ibu|paracetamol|acetaminophen|tylenol|advil|nurofen|aspirin|naproxen|aleve|\
        diclofenac|voltaren|voltarol|ketoprofen|celecoxib|etoricoxib|metamizole|metamizol|novalgin|codeine|tramadol|\
        panadol|motrin|nsaid|painkiller|ibuprofene|ibuprofeno|doliprane|dafalgan|painkillers|nsaids";
    let words: Vec<&str> = folded.split(' ').collect();
    let denied = words.iter().any(|w| matches!(*w, "no" | "not" | "without" | "never"));
    !denied && words.iter().any(|word| NAMES.split('|').any(|name| name == *word))
}

const MOMENTS: &[(Moment, &str)] = &[
    (
        Moment::Before,
        "before run|before the run|before running|pre|pre-run|prior|warm-up|start|vor|vorher|avant|antes|prima|voor",
    ),
    (
        Moment::During,
        "during run|during the run|during running|in run|on the run|mid-run|while running|running|während|pendant|\
         durante|tijdens",
    ),
    (
        Moment::After,
        "after run|after the run|after running|post|post-run|right after|afterwards|after finishing|cool-down|nach|\
         nachher|danach|après|después|dopo|depois|na de run|erna",
    ),
    (Moment::Evening, "pm|tonight|same evening|in the evening|evening after|abend|abends|soir|tarde|sera|noite|avond"),
    (
        Moment::Morning,
        "am|wake-up|waking|waking up|on waking|next day|next morning|following morning|day after|in the morning|\
         first thing|morgen|morgens|matin|mañana|mattina|manhã|ochtend",
    ),
    (Moment::Night, "overnight|at night|during the night|in bed|bed|nacht|nachts|nuit|noche|notte"),
    (Moment::Rest, "at rest|resting|rest day|sitting|lying|lying down|ruhe|repos|reposo|riposo|rust"),
    (
        Moment::Day,
        "all day|whole day|daytime|general|anytime|any|daily|afternoon|noon|midday|tag|tagsüber|journée|día|giorno|dia|dag",
    ),
];

const SITES: &[(Site, &str)] = &[
    (
        Site::None,
        "no|no pain|nothing|nowhere|all clear|all good|all fine|all ok|clear|ok|okay|fine|good|pain free|0|no site|kein|keine|keiner|nichts|nirgends|aucun|aucune|rien|\
         ninguno|ninguna|nada|nessuno|nessuna|nenhum|nenhuma|geen|niets",
    ),
    (
        Site::Knee,
        "inner knee|inside knee|back of knee|knee joint|medial knee|knie|kniegelenk|genou|rodilla|ginocchio|joelho",
    ),
    (
        Site::Kneecap,
        "runner's knee|runners knee|knee cap|patella|patellar|under kneecap|behind kneecap|front of knee|front knee|\
         patellofemoral|kniescheibe|rotule|rótula|rotula|knieschijf",
    ),
    (
        Site::Shin,
        "shin splints|shin splint|shin bone|shinbone|tibia|inner shin|outer shin|schienbein|espinilla|stinco|canela|scheenbeen",
    ),
    (
        Site::Calf,
        "calves|calfs|calf muscle|soleus|gastrocnemius|gastroc|wade|waden|mollet|pantorrilla|gemelo|polpaccio|panturrilha|kuit",
    ),
    (
        Site::Achilles,
        "achilles tendon|achillestendon|achilles heel|achillessehne|tendon d'achille|talon d'achille|aquiles|\
         tendón de aquiles|tendine d'achille|tendão de aquiles|achillespees",
    ),
    (Site::Ankle, "ankle joint|inner ankle|outer ankle|knöchel|sprunggelenk|cheville|tobillo|caviglia|tornozelo|enkel"),
    (Site::Heel, "heel bone|ferse|talon|talón|tallone|calcanhar|hiel"),
    (
        Site::Foot,
        "feet|plantar|plantar fascia|plantar fasciitis|plantar fascitis|arch|foot arch|midfoot|forefoot|sole|instep|\
         metatarsal|ball of foot|top of foot|fuß|fuss|fußsohle|pied|pie|piede|pé|voet",
    ),
    (Site::Toe, "big toe|toenail|zeh|zehe|zehen|orteil|dedo|dedo del pie|dito del piede|dedo do pé|teen"),
    (
        Site::Hamstring,
        "hammy|hammies|hamstrings|back of thigh|posterior thigh|beinbeuger|ischios|ischio jambiers|isquios|isquiotibiales",
    ),
    (Site::Quad, "quadriceps|front of thigh|front thigh|anterior thigh|cuádriceps|quadricipite|quadríceps"),
    (Site::Thigh, "upper leg|inner thigh|outer thigh|oberschenkel|cuisse|muslo|coscia|coxa|bovenbeen|dijbeen"),
    (
        Site::Itb,
        "it band|itb band|itbs|it band syndrome|iliotibial band|iliotibial|outer knee|outside knee|outside of knee|\
         lateral knee|tractus",
    ),
    (Site::Hip, "hip joint|hip flexor|outer hip|hüfte|hanche|cadera|anca|quadril|heup"),
    (Site::Groin, "adductor|adductors|leiste|aine|ingle|inguine|virilha|lies"),
    (
        Site::Glute,
        "butt|buttock|buttocks|bum|bottom|gluteus|piriformis|gesäß|gesaess|po|hintern|fesse|fesses|fessier|glúteo|\
         gluteo|bil|bilspier",
    ),
    (
        Site::LowerBack,
        "back|low back|lumbar|lumbar spine|lower spine|rücken|ruecken|unterer rücken|kreuz|lendenwirbelsäule|dos|\
         bas du dos|espalda|zona lumbar|lumbares|schiena|lombari|costas|lombar|rug|onderrug",
    ),
    (Site::Abdomen, "belly|stomach|gut|tummy|abs|bauch|ventre|barriga|pancia|addome|buik"),
    (Site::SideStitch, "stitch|stitches|side cramp|seitenstechen|point de côté|flato|milza|steek|steek in de zij"),
    (Site::Other(Word::NONE), "elsewhere|another place|somewhere else|andere|autre|otro|altro|outro|anders"),
];

const SIDES: &[(Side, &str)] = &[
    (
        Side::Left,
        "l|lt|lhs|left side|left hand side|links|linke|linker|linkes|li|gauche|izquierda|izquierdo|sinistra|sinistro|esquerda|esquerdo",
    ),
    (
        Side::Right,
        "r|rt|rhs|right side|right hand side|rechts|rechte|rechter|rechtes|re|droite|droit|derecha|derecho|destra|destro|direita|direito",
    ),
    (
        Side::Both,
        "b|lr|l r|rl|r l|l and r|bilateral|both sides|left and right|right and left|left right|two sides|beide|\
         beidseitig|beidseits|les deux|deux|ambos|ambas|entrambi|entrambe|bilaterale|beiden",
    ),
    (Side::Centre, "c|center|central|centrally|middle|mid|midline|mitte|mittig|centro|milieu|midden"),
];

const TYPES: &[(PainType, &str)] = &[
    (PainType::Dull, "dullness|nagging|dumpf"),
    (PainType::Ache, "achy|aching|aches|niggle|niggling|niggly|achey"),
    (PainType::Sore, "soreness|tender|tenderness|muscle soreness|doms|bruised"),
    (PainType::Stiff, "stiffness|rigid|steif"),
    (PainType::Tight, "tightness|tense|tension|pulling"),
    (PainType::Heavy, "heaviness|leaden"),
    (PainType::Cramp, "cramping|crampy|cramped|spasm|krampf"),
    (PainType::Sharp, "sharpness|twinge|twinges|pinch|pinching|acute|knife like|stechend"),
    (PainType::Stabbing, "stab|stabs|stabby|piercing"),
    (PainType::Shooting, "shoots|electric|radiating"),
    (PainType::Burning, "burn|burns|burny|brennend"),
    (PainType::Throbbing, "throb|throbs|pulsing|pulsating|pounding"),
    (PainType::Tingling, "tingle|tingles|tingly|pins and needles|pins|prickling|prickly"),
    (PainType::Numb, "numbness|no feeling"),
];

const SPREADS: &[(Spread, &str)] = &[
    (Spread::Spot, "pinpoint|point|one spot|single spot|localised|localized|local|focal|exact spot|fingertip"),
    (Spread::Area, "regional|region|patch|zone|palm sized"),
    (Spread::General, "widespread|all over|diffuse|everywhere|generalised|generalized|whole leg|whole muscle|broad"),
];

const ONSETS: &[(Onset, &str)] = &[
    (
        Onset::Sudden,
        "suddenly|acute|instant|instantly|immediate|immediately|all at once|out of nowhere|pop|snap|plötzlich",
    ),
    (
        Onset::Gradual,
        "gradually|slow|slowly|crept up|built up|build up|over time|creeping|insidious|allmählich|langsam",
    ),
    (Onset::During, "during run|during the run|mid-run|while running|on the run|in run"),
    (Onset::After, "after run|after the run|post|post-run|right after|afterwards|same day|evening"),
    (Onset::NextDay, "next morning|day after|the next day|following day|next|delayed|morning after|morning|day 2"),
];

const MOVEMENTS: &[(Movement, &str)] = &[
    (
        Movement::Better,
        "warms up|warmed up|warms out|loosens|loosens up|loosened up|eases|eases off|eased|improves|improved|improving|\
         better when running|better with movement|less|besser",
    ),
    (Movement::Same, "unchanged|no change|no difference|the same|constant|neutral|none|no|gleich"),
    (
        Movement::Worse,
        "worse when running|worse running|worse with movement|worsens|worsened|worsening|increases|increased|\
         increasing|aggravates|aggravated|more|builds|schlechter",
    ),
];

const FUNCTIONS: &[(Function, &str)] = &[
    (Function::None, "no|nothing|no effect|no impact|normal|ok|fine|unaffected|not affected|0|keine"),
    (
        Function::ChangedForm,
        "limp|limps|limped|limping|changed gait|altered gait|altered form|form change|changed stride|changed my stride|\
         compensating|compensated|favouring|favoring|modified|slower|slowed|slowed down|reduced",
    ),
    (
        Function::CutShort,
        "shortened|short|shorter run|shorter|had to walk|walked|walk|walk breaks|walked home|cut run short|ended early",
    ),
    (Function::Stopped, "stop|had to stop|stopped run|stopped running|stopped the run|dnf|abandoned|gave up|aborted"),
    (
        Function::MissedRun,
        "missed|missed training|missed session|skipped|skipped run|no run|no running|did not run|didn't run|could not run|\
         couldn't run|unable to run|dns|cancelled|canceled",
    ),
    (
        Function::CannotBearWeight,
        "can't bear weight|could not bear weight|couldn't bear weight|unable to bear weight|no weight bearing|\
         non weight bearing|can't walk|cannot walk|couldn't walk|could not walk|unable to walk|can't put weight on it|\
         could not put weight on it|couldn't put weight on it|cannot put weight on it|can't stand on it|crutches",
    ),
];

const SIGNS: &[(Sign, &str)] = &[
    (Sign::Swelling, "swollen|swell|swelled|puffy|puffiness|oedema|edema|schwellung|geschwollen"),
    (Sign::Redness, "red|reddened|rötung"),
    (Sign::Warmth, "warm|hot|heat|warm to touch|warm to the touch|hot to touch|hot to the touch"),
    (Sign::Numbness, "numb|no feeling|taub"),
    (Sign::Tingling, "tingle|tingly|tingles|pins|pins and needles|prickling|kribbeln"),
    (Sign::Weakness, "weak|loss of strength|no strength|schwäche"),
    (Sign::Deformity, "deformed|misshapen|out of place|bent"),
    (Sign::Bruise, "bruised|bruising|black and blue|haematoma|hematoma|bluterguss"),
    (Sign::RestPain, "pain at rest|at rest|hurts at rest|resting pain|rest"),
    (Sign::NightPain, "pain at night|at night|night|hurts at night|wakes me|woke me|woken by pain"),
    (Sign::NightCramp, "cramp at night|cramps at night|nocturnal cramp|night time cramp|nighttime cramp"),
    (Sign::HeavyLegs, "heavy leg|heavy|leg heaviness|heaviness"),
    (Sign::GivingWay, "gives way|gave way|give way|instability|unstable|buckling|buckled|buckles|gave out"),
    (Sign::Locking, "locks|locked|lock|catching|catches|stuck"),
    (Sign::Fever, "feverish|temperature|high temperature|fieber"),
    (
        Sign::Breathless,
        "breathlessness|short of breath|shortness of breath|can't breathe|difficulty breathing|trouble breathing|atemnot",
    ),
    (Sign::ChestPain, "chest|chest tightness|tight chest|chest pressure|brustschmerz|brustschmerzen"),
    (Sign::Collapse, "collapsed|fainted|faint|fainting|passed out|blacked out|lost consciousness|unconscious"),
    (
        Sign::BladderBowel,
        "bladder|bowel|bladder or bowel|bowel or bladder|bladder trouble|bowel trouble|bladder problem|bowel problem|\
         incontinence|incontinent",
    ),
    (
        Sign::SaddleNumbness,
        "saddle|numb saddle|genital numbness|numb genitals|groin numbness|numb between the legs|numbness between the legs",
    ),
];

/// Words for a rating and the numbers pain-log.md gives them.
const RATINGS: &[(u8, &str)] = &[(0, "none"), (2, "mild"), (5, "moderate"), (8, "severe")];
const MORE_RATINGS: &[(u8, &str)] = &[
    (0, "no|no pain|nothing|pain free|painless|zero|nil|keine|kein|aucune|ninguno|nessuno|nenhuma|geen"),
    (2, "slight|slightly|light|little|a little|low|minor|minimal|leicht|légère|leve|lieve|licht"),
    (5, "medium|middle|some|mittel|mäßig|modéré|modérée|moderado|moderada|moderato|matig"),
    (8, "strong|bad|very bad|high|intense|stark|schwer|sévère|forte|severo|severa|fuerte|hevig|ernstig"),
];

/// OSTRC-O2 question 1 (Clarsen 2020): participation.
const PARTICIPATION: &[(u8, &str)] =
    &[(0, "full without problems"), (8, "full with problems"), (17, "reduced"), (25, "could not participate")];
const MORE_PARTICIPATION: &[(u8, &str)] = &[
    (0, "full|full participation|full participation without problems|without problems|no problems|no problem"),
    (8, "full participation but with problems|full participation with problems|full but with problems|with problems"),
    (17, "reduced participation|reduced participation due to problems|partial"),
    (25, "cannot participate|couldn't participate|can't participate|cannot participate due to problems|none"),
];

/// OSTRC-O2 questions 2 and 3: training modified, performance affected. Words of the first version get the points of the
/// second: they are substantial from the same word on.
const EXTENT: &[(u8, &str)] = &[(0, "not"), (8, "minor"), (17, "moderate"), (25, "major")];
const MORE_EXTENT: &[(u8, &str)] = &[
    (0, "no|none|not at all|no reduction|no effect|no modification|unaffected"),
    (8, "to a minor extent|minor extent|slight|slightly|a little|mild"),
    (17, "to a moderate extent|moderate extent|moderately|some"),
    // The first version's fifth answer is the last.
    (25, "to a major extent|major extent|a lot|majorly|severe|cannot participate|cannot participate at all"),
];

/// OSTRC-O2 question 4: pain.
const OSTRC_PAIN: &[(u8, &str)] = &[(0, "none"), (8, "mild"), (17, "moderate"), (25, "severe")];
const MORE_RATINGS_OSTRC: &[(u8, &str)] = &[
    (0, "no|no pain|not"),
    (8, "mild pain|slight|minor"),
    (17, "moderate pain|medium"),
    (25, "severe pain|strong|major"),
];

const YES_NO: &[(bool, &str)] = &[
    (true, "y|true|t|1|x|taken|took|ja|j|oui|sí|si|sì|sim|s"),
    (false, "n|false|f|0|none|nothing|not taken|nein|non|não|nee|keine|kein"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Copy + Ord + std::fmt::Debug>(words: &Words<T>, cell: &str, meanings: &[T], unknown: &[&str]) {
        let (found, left) = words.list(cell);
        assert_eq!(found, meanings, "{cell:?}");
        assert_eq!(left, unknown, "{cell:?}");
    }

    #[test]
    fn folding_drops_what_people_vary() {
        for (text, folded) in [
            ("  Runner’s_Knee ", "runners knee"),
            ("POST-RUN", "post run"),
            ("Körperteil", "korperteil"),
            ("Ko\u{308}rper", "korper"),
            ("Fuß", "fuss"),
            ("knee (left)", "knee left"),
            ("--", ""),
            ("n/a", "n a"),
            ("膝", "膝"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn every_word_of_the_page_means_itself() {
        let words = Vocabulary::new();
        Moment::ALL.iter().for_each(|w| assert_eq!(words.moments.get(&fold(w.as_str())), Some(*w)));
        Site::ALL.iter().for_each(|w| assert_eq!(words.sites.get(&fold(w.as_str())), Some(*w)));
        Side::ALL.iter().for_each(|w| assert_eq!(words.sides.get(&fold(w.as_str())), Some(*w)));
        PainType::ALL.iter().for_each(|w| assert_eq!(words.types.get(&fold(w.as_str())), Some(*w)));
        Spread::ALL.iter().for_each(|w| assert_eq!(words.spreads.get(&fold(w.as_str())), Some(*w)));
        Onset::ALL.iter().for_each(|w| assert_eq!(words.onsets.get(&fold(w.as_str())), Some(*w)));
        Movement::ALL.iter().for_each(|w| assert_eq!(words.movements.get(&fold(w.as_str())), Some(*w)));
        Function::ALL.iter().for_each(|w| assert_eq!(words.functions.get(&fold(w.as_str())), Some(*w)));
        Sign::ALL.iter().for_each(|w| assert_eq!(words.signs.get(&fold(w.as_str())), Some(*w)));
    }

    /// No synonym may stand in two rows of one table: the later would win unseen.
    #[test]
    fn no_synonym_has_two_meanings() {
        fn once<T: Copy + PartialEq + std::fmt::Debug>(synonyms: &[(T, &str)], words: &Words<T>) {
            for (meaning, list) in synonyms {
                for word in list.split('|') {
                    assert_eq!(words.by_word.get(&fold(word)), Some(meaning), "{word}");
                }
            }
        }
        let words = Vocabulary::new();
        once(MOMENTS, &words.moments);
        once(SITES, &words.sites);
        once(SIDES, &words.sides);
        once(TYPES, &words.types);
        once(SPREADS, &words.spreads);
        once(ONSETS, &words.onsets);
        once(MOVEMENTS, &words.movements);
        once(FUNCTIONS, &words.functions);
        once(SIGNS, &words.signs);
        once(MORE_RATINGS, &words.ratings);
        once(YES_NO, &words.yes_no);
        once(MORE_PARTICIPATION, &words.ostrc[0]);
        once(MORE_EXTENT, &words.ostrc[1]);
        once(MORE_RATINGS_OSTRC, &words.ostrc[3]);
    }

    #[test]
    fn synonyms_of_the_page() {
        let words = Vocabulary::new();
        for (word, moment) in [
            ("during run", Moment::During),
            ("post", Moment::After),
            ("Post-Run", Moment::After),
            ("next day", Moment::Morning),
            ("AM", Moment::Morning),
            ("wake-up", Moment::Morning),
        ] {
            assert_eq!(words.moments.get(&fold(word)), Some(moment), "{word}");
        }
        check(&words.types, "achy; niggle;twinge", &[PainType::Ache, PainType::Sharp], &[]);
        check(&words.types, "pins and needles", &[PainType::Tingling], &[]);
        check(
            &words.types,
            "Stiff and sore, dull ache",
            &[PainType::Dull, PainType::Ache, PainType::Sore, PainType::Stiff],
            &[],
        );
        check(&words.types, "sharp/blue+numb", &[PainType::Sharp, PainType::Numb], &["blue"]);
        check(&words.signs, "puffy;hot;pins", &[Sign::Swelling, Sign::Warmth, Sign::Tingling], &[]);
        check(&words.signs, "none", &[], &[]);
        check(&words.signs, "Swellings | green", &[Sign::Swelling], &["green"]);
        check(&words.spreads, "pinpoint", &[Spread::Spot], &[]);
        check(&words.spreads, "Localised", &[Spread::Spot], &[]);
        check(&words.spreads, "widespread", &[Spread::General], &[]);
        check(&words.spreads, "all over", &[Spread::General], &[]);
        check(&words.movements, "warms up", &[Movement::Better], &[]);
        check(&words.movements, "worse when running", &[Movement::Worse], &[]);
        check(&words.functions, "limp", &[Function::ChangedForm], &[]);
        check(&words.functions, "had to walk", &[Function::CutShort], &[]);
        check(
            &words.functions,
            "limping; can't bear weight",
            &[Function::ChangedForm, Function::CannotBearWeight],
            &[],
        );
        check(&words.onsets, "next-day", &[Onset::NextDay], &[]);
    }

    #[test]
    fn sites_with_and_without_a_side() {
        let words = Vocabulary::new();
        for (cell, site, side, is_known) in [
            ("runner's knee", Site::Kneecap, None, true),
            ("Shin Splints", Site::Shin, None, true),
            ("plantar", Site::Foot, None, true),
            ("arch", Site::Foot, None, true),
            ("butt", Site::Glute, None, true),
            ("back", Site::LowerBack, None, true),
            ("outer knee", Site::Itb, None, true),
            ("stitch", Site::SideStitch, None, true),
            ("left knee", Site::Knee, Some(Side::Left), true),
            ("l calf", Site::Calf, Some(Side::Left), true),
            ("knee left", Site::Knee, Some(Side::Left), true),
            ("Knee (R)", Site::Knee, Some(Side::Right), true),
            ("both calves", Site::Calf, Some(Side::Both), true),
            ("left and right shin", Site::Shin, Some(Side::Both), true),
            ("my right Achilles tendon", Site::Achilles, Some(Side::Right), true),
            ("rechtes Knie", Site::Knee, Some(Side::Right), true),
            ("genou gauche", Site::Knee, Some(Side::Left), true),
            ("linke Wade", Site::Calf, Some(Side::Left), true),
            ("left elbow", Site::Other(Word::new("elbow")), Some(Side::Left), false),
            ("@SUM(1)", Site::Other(Word::new("sum 1")), None, false),
            ("none", Site::None, None, true),
            ("All good", Site::None, None, true),
            ("fine", Site::None, None, true),
            ("good", Site::None, None, true),
        ] {
            assert_eq!(words.place(&fold(cell)), Place { site, side, is_known }, "{cell}");
        }
    }

    #[test]
    fn slips_of_the_pen() {
        for (a, b, distance) in [("", "abc", 3), ("kitten", "sitting", 3), ("knee", "kne", 1), ("calf", "calf", 0)] {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
        }
        for (cell, likely) in [
            ("kne", Some("knee")),
            ("Left knnee", Some("knee")),
            ("ankel", Some("ankle")),
            ("acheles", Some("achilles")),
            ("lowr back", Some("lower back")),
            ("elbow", None),
            ("jaw", None),
            ("neck", None),
            ("wrist", None),
            ("chest", None),
            ("shoulder", None),
            ("hand", None),
        ] {
            assert_eq!(likely_site(&fold(cell)).as_deref(), likely, "{cell}");
        }
    }

    #[test]
    fn scores_and_painkillers() {
        let words = Vocabulary::new();
        for (question, cell, score) in [
            (0, "full without problems", 0),
            (0, "Full, with problems", 8),
            (0, "reduced participation", 17),
            (0, "could not participate", 25),
            (1, "not", 0),
            (1, "minor", 8),
            (2, "to a moderate extent", 17),
            (2, "major", 25),
            (3, "mild", 8),
            (3, "severe", 25),
        ] {
            assert_eq!(words.ostrc[question].get(&fold(cell)), Some(score), "{cell}");
        }
        for (cell, taken) in
            [("ibuprofen 400mg", true), ("2x Paracetamol", true), ("no ibuprofen", false), ("tea", false)]
        {
            assert_eq!(names_a_painkiller(&fold(cell)), taken, "{cell}");
        }
    }
}
