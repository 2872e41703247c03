//! Words for ratings, for OSTRC answers, for yes and no, and names of painkillers.

use super::Words;

/// Words for a rating and the numbers the log gives them.
pub(super) const RATINGS: &[(u8, &str)] =
    &[(0, "none"), (2, "mild"), (5, "moderate"), (8, "severe")];
/// The same in other words. "Niggle, poor, injured" are intervals.icu's.
pub(super) const MORE_RATINGS: &[(u8, &str)] = &[
    (
        0,
        "no|no pain|nothing|pain free|painfree|painless|zero|nil|no niggles|no issues|none at all|nothing at all|\
        not at all|\
         keine|kein|keiner|keinerlei|keine schmerzen|kein schmerz|schmerzfrei|nichts|gar nicht|gar keine|\
         aucune|aucun|rien|ras|pas de douleur|aucune douleur|sans douleur|zéro|nulle|\
         ninguno|ninguna|ningún|nada|sin dolor|nulo|cero|nessuno|nessuna|niente|nulla|nessun dolore|senza dolore|\
         nenhum|nenhuma|sem dor|nulo|geen|geen pijn|niets|pijnvrij|nul|brak|なし",
    ),
    (
        2,
        "slight|slightly|light|little|a little|a bit|bit|low|minor|minimal|niggle|niggly|twinge|very mild|very slight|\
        very light|\
         barely|barely there|faint|mildly|discomfort|\
         leicht|leichte|leichter|leichtes|gering|geringe|schwach|minimal|wenig|etwas|ein bisschen|bisschen|kaum|\
         sehr leicht|\
         léger|légère|légères|légers|faible|peu|un peu|très léger|très légère|minime|gêne|\
         leve|leves|ligero|ligera|poco|un poco|suave|mínimo|muy leve|molestia|lieve|lievi|leggero|leggera|molto lieve|\
         fastidio|\
         ligeiro|ligeira|pouco|pouca|um pouco|fraca|fraco|muito leve|licht|lichte|gering|weinig|beetje|een beetje|\
         heel licht|\
         zeer licht|minor injury",
    ),
    (
        5,
        "medium|middle|some|moderately|poor|average|fair|mittel|mäßig|maessig|mittelstark|mittlere|mittlerer|mässig|\
        moderat|\
         modéré|modérée|modérés|moyen|moyenne|moderado|moderada|medio|media|regular|moderato|moderata|discreto|média|\
         médio|\
         matig|matige|gemiddeld|middelmatig",
    ),
    (
        8,
        "strong|bad|very bad|high|intense|very severe|very strong|extreme|extremely bad|unbearable|worst|awful|\
        terrible|\
         excruciating|agony|agonising|agonizing|injured|major|really bad|horrible|\
         stark|starke|starker|schwer|schwere|heftig|sehr stark|sehr starke|schlimm|sehr schlimm|unerträglich|extrem|\
         sévère|fort|forte|très fort|très forte|intenso|intensa|vive|insupportable|atroce|très intense|\
         fuerte|muy fuerte|severo|severa|grave|mucho|mucha|insoportable|muy intenso|molto forte|grave|insopportabile|\
         severa|muito forte|muita|muito|insuportável|hevig|hevige|ernstig|ernstige|erg|heel erg|sterk|zeer hevig|\
         ondraaglijk|veel",
    ),
];

/// OSTRC-O2 question 1 (Clarsen 2020): participation.
pub(super) const PARTICIPATION: &[(u8, &str)] = &[
    (0, "full without problems"),
    (8, "full with problems"),
    (17, "reduced"),
    (25, "could not participate"),
];
pub(super) const MORE_PARTICIPATION: &[(u8, &str)] = &[
    (
        0,
        "full|full participation|full participation without problems|without problems|no problems|no problem",
    ),
    (
        8,
        "full participation but with problems|full participation with problems|full but with problems|with problems",
    ),
    (
        17,
        "reduced participation|reduced participation due to problems|partial",
    ),
    (
        25,
        "cannot participate|couldn't participate|can't participate|cannot participate due to problems|none",
    ),
];

/// OSTRC-O2 questions 2 and 3: training modified, performance affected. Words of the first version get the points of the
/// second: they are substantial from the same word on.
pub(super) const EXTENT: &[(u8, &str)] =
    &[(0, "not"), (8, "minor"), (17, "moderate"), (25, "major")];
pub(super) const MORE_EXTENT: &[(u8, &str)] = &[
    (
        0,
        "no|none|not at all|no reduction|no effect|no modification|no impact|unaffected",
    ),
    (
        8,
        "to a minor extent|minor extent|slight|slightly|a little|mild",
    ),
    (17, "to a moderate extent|moderate extent|moderately|some"),
    // The first version's fifth answer is the last.
    (
        25,
        "to a major extent|major extent|a lot|majorly|severe|cannot participate|cannot participate at all",
    ),
];

/// OSTRC-O2 question 4: pain.
pub(super) const OSTRC_PAIN: &[(u8, &str)] =
    &[(0, "none"), (8, "mild"), (17, "moderate"), (25, "severe")];
pub(super) const MORE_RATINGS_OSTRC: &[(u8, &str)] = &[
    (0, "no|no pain|not"),
    (8, "mild pain|slight|minor"),
    (17, "moderate pain|medium"),
    (25, "severe pain|strong|major"),
];

pub(super) const YES_NO: &[(bool, &str)] = &[(true, YES), (false, NO)];

const YES: &str = "y|yep|yeah|true|t|1|x|taken|took|ja|j|wahr|ja klar|oui|o|vrai|sí|si|sì|verdadero|vero|sim|s|verdadeiro|waar|tak|jo";
const NO: &str = "n|nope|false|f|0|none|nothing|not taken|nein|falsch|keine|kein|keins|non|faux|aucun|falso|ninguno|\
    não|nao|\
    nenhum|nessuno|nee|onwaar|geen|nie|nej";

/// The whole number, 0–10, that a folded word of seven languages names.
pub(in crate::pain) fn number_word(folded: &str) -> Option<u8> {
    const NUMBERS: [&str; 11] = [
        "zero|cero|nul",
        "one|eins|un|une|uno|um|een",
        "two|zwei|deux|dos|due|dois|duas|twee",
        "three|drei|trois|tres|tre|drie",
        "four|vier|quatre|cuatro|quattro|quatro",
        "five|funf|fuenf|cinq|cinco|cinque|vijf",
        "six|sechs|seis|sei|zes",
        "seven|sieben|sept|siete|sette|sete|zeven",
        "eight|acht|huit|ocho|otto|oito",
        "nine|neun|neuf|nueve|nove|negen",
        "ten|zehn|dix|diez|dieci|dez|tien",
    ];
    NUMBERS
        .iter()
        .position(|names| names.split('|').any(|name| name == folded))
        .map(|at| at as u8)
}

/// A rating in several folded words: `very mild`, `mild to moderate` (the higher), `sehr starker Schmerz`. None when a word
/// is none for a rating, and when "no" stands beside another ("no severe pain").
pub(in crate::pain) fn rating_in_words(folded: &str, ratings: &Words<u8>) -> Option<u8> {
    const BETWEEN: &str = "to|bis|a|à|tot|ate|hasta|or|oder|ou|o|of|and|und|et|y|e|en";
    const AROUND: &str = "very|really|quite|rather|fairly|pretty|more|less|only|just|still|so|a|the|pain|pains|ache|\
        soreness|level|scale|\
        sehr|ziemlich|eher|recht|noch|nur|schmerz|schmerzen|tres|assez|plutot|encore|douleur|douleurs|muy|bastante|\
        dolor|dolores|\
        molto|abbastanza|dolore|dolori|muito|bastante|dor|dores|heel|zeer|vrij|tamelijk|nogal|erg|muita|mucho|mucha|\
        veel|pijn|un|une|uma|um|een|ein|eine";
    let is_one_of = |list: &str, word: &str| list.split('|').any(|other| other == word);
    let (mut highest, mut lowest, mut has_between) = (None, None, false);
    for word in folded.split(' ') {
        if is_one_of(BETWEEN, word) {
            has_between = true;
        } else if !is_one_of(AROUND, word) {
            let rating = ratings.get(word)?;
            highest = highest.max(Some(rating));
            lowest = Some(lowest.map_or(rating, |lowest: u8| lowest.min(rating)));
        }
    }
    let says_none = lowest == Some(0) && highest != Some(0);
    highest.filter(|_| !says_none || has_between)
}

/// An OSTRC answer by its key words, for wordings that are in no table: "Reduced participation due to health problems",
/// "To a severe extent", in seven languages. `question` counts from 0.
pub(in crate::pain) fn ostrc_by_key_words(folded: &str, question: usize) -> Option<u8> {
    let words: Vec<&str> = folded.split(' ').collect();
    let has = |list: &str| {
        words
            .iter()
            .any(|word| list.split('|').any(|other| other == *word))
    };
    let (denied, cannot) = (has(NOT), has(TAKE_PART) && has(CANNOT));
    // The first question is about taking part, and "full with problems" must not read as "full".
    if question == 0 {
        return match () {
            () if has(REDUCED) => Some(17),
            () if has(FULL) && has(WITHOUT) => Some(0),
            () if has(FULL) && has(WITH) => Some(8),
            () if has(TAKE_PART) && (denied || cannot) => Some(25),
            () if has(FULL) => Some(0),
            () => None,
        };
    }
    match () {
        () if cannot && question < 3 => Some(25),
        () if has(MAJOR) => Some(25),
        () if has(MODERATE) => Some(17),
        () if has(MINOR) => Some(8),
        () if denied || has(WITHOUT) => Some(0),
        () => None,
    }
}

const FULL: &str = "full|fully|volle|voll|voller|vollstandig|vollstandige|uneingeschrankt|uneingeschrankte|complete|\
    completa|completo|total|\
    totale|totalement|pleine|plena|pleno|piena|completement|volledig|volledige|normal";
const WITHOUT: &str = "without|ohne|sans|sin|senza|sem|zonder|no";
const WITH: &str = "with|but|despite|mit|aber|trotz|avec|mais|malgre|con|pero|ma|nonostante|com|mas|apesar|met|maar|ondanks";
const REDUCED: &str = "reduced|partial|partially|limited|restricted|reduzierte|reduziert|eingeschrankte|eingeschrankt|\
    verminderte|teilweise|\
    reduite|partielle|limitee|reducida|parcial|limitada|ridotta|parziale|limitata|reduzida|beperkte|beperkt|\
    verminderde|gedeeltelijke";
const TAKE_PART: &str = "participate|participation|participated|teilnehmen|teilnahme|teilgenommen|participer|\
    participe|participar|participado|\
    participacion|partecipare|partecipazione|participacao|deelnemen|deelname|deelgenomen|train|training|compete";
const CANNOT: &str = "cannot|cant|couldnt|unable|not|impossible|nicht|kein|keine|pas|aucune|impossibile|non|no|nao|impossivel|incapaz|niet|geen";
const NOT: &str = "no|not|none|nothing|never|unaffected|keine|kein|keinerlei|nicht|gar|aucun|aucune|pas|rien|ninguna|\
    ningun|ninguno|nada|\
    nessuna|nessun|nessuno|niente|non|nenhum|nenhuma|nao|geen|niet|unable|cannot|couldnt|cant|impossible";
const MAJOR: &str = "major|majorly|severe|severely|great|greatly|large|lot|strong|high|stark|starkem|starke|starker|\
    starken|grossem|grosse|erheblich|schwer|schwere|\
    hohem|importante|grande|grandement|fort|forte|fortement|severes|severement|grave|gran|mucho|mucha|severa|severo|\
    intenso|elevado|molto|muito|\
    hevig|hevige|ernstig|ernstige|sterk|sterke|grote|veel";
const MODERATE: &str = "moderate|moderately|medium|some|massig|massigem|massige|massiger|mittlerer|maessig|mittel|\
    mittlerem|mittlere|moderat|modere|moderee|moderes|moderees|moyen|moyenne|\
    moderement|moderado|moderada|moderadamente|moderato|moderata|moderatamente|medio|media|matig|matige|gemiddeld";
const MINOR: &str = "minor|mild|mildly|slight|slightly|little|small|low|leicht|leichtem|leichte|leichter|leichten|\
    leichtes|geringem|gering|geringe|leger|legere|legers|legeres|legerement|\
    faible|mineure|leve|leves|ligero|ligera|ligeramente|levemente|pequena|poco|poca|lieve|lievi|leggera|leggero|\
    leggeri|leggermente|minore|ligeiro|ligeira|\
    pouco|pouca|menor|licht|lichte|geringe|kleine|beetje|weinig";

/// A drug's name in a painkiller cell means that one was taken. Names only: niggle gives no advice about drugs.
pub(in crate::pain) fn names_a_painkiller(folded: &str) -> bool {
    const NAMES: &str = "ibuprofen|ibu|ibus|iboprofen|ibuprophen|ibuprofene|ibuprofeno|ibuprofène|iboprofene|\
        paracetamol|paracetamolo|acetaminophen|\
        tylenol|advil|nurofen|aspirin|aspirine|aspirina|ass|naproxen|naproxene|naproxeno|naprossene|aleve|diclofenac|\
        diclofenaco|diclofenaco|\
        voltaren|voltarol|voltarene|dolormin|ketoprofen|ketoprofene|ketoprofeno|celecoxib|etoricoxib|meloxicam|\
        metamizole|metamizol|novalgin|\
        nolotil|novaminsulfon|codeine|codein|tramadol|panadol|motrin|dolipran|doliprane|dafalgan|efferalgan|spasfon|\
        tachipirina|moment|oki|\
        aulin|nimesulide|enantyum|dexketoprofeno|gelocatil|dipirona|brufen|ben u ron|nsaid|nsaids|ains|aine|\
        painkiller|painkillers|pain killer|\
        pill|pills|tablet|tablets|tablette|tabletten|schmerzmittel|schmerztablette|schmerztabletten|antidouleur|\
        antalgique|analgesico|\
        antinflamatorio|antiinflamatorio|antidolorifico|antinfiammatorio|analgesico|anti inflamatorio|pijnstiller|\
        pijnstillers";
    let words: Vec<&str> = folded.split(' ').collect();
    let denied = words.iter().any(|w| {
        matches!(
            *w,
            "no" | "not"
                | "without"
                | "never"
                | "kein"
                | "keine"
                | "ohne"
                | "nicht"
                | "pas"
                | "sans"
                | "aucun"
                | "sin"
        ) || matches!(
            *w,
            "ningun"
                | "non"
                | "senza"
                | "nessun"
                | "sem"
                | "nao"
                | "nenhum"
                | "geen"
                | "niet"
                | "zonder"
        )
    });
    !denied
        && words
            .iter()
            .any(|word| NAMES.split('|').any(|name| name == *word))
}
