//! Words that stand around a place: sides, positions, and words that say nothing about where.

use crate::pain::Side;

/// Sides as whole phrases.
pub(super) const SIDES: &[(Side, &str)] = &[
    (
        Side::Left,
        "l|lt|lft|lhs|left side|left hand side|left leg|left foot side|links|linke|linker|linkes|linken|linkem|li|lks|\
        linksseitig|\
         linke seite|linkes bein|linkse|linkerkant|linkerzijde|gauche|gauches|gche|gch|g|côté gauche|jambe gauche|\
         izquierda|izquierdo|izquierdas|izquierdos|izq|izqda|izqdo|izda|izdo|lado izquierdo|pierna izquierda|\
         sinistra|sinistro|sinistre|sinistri|sx|lato sinistro|gamba sinistra|\
         esquerda|esquerdo|esquerdas|esquerdos|esq|lado esquerdo|perna esquerda|\
         lewy|lewa|lewe|lewej|lewego|vänster|venstre|左|왼쪽",
    ),
    (
        Side::Right,
        "r|rt|rgt|rhs|right side|right hand side|right leg|rechts|rechte|rechter|rechtes|rechten|rechtem|re|rts|\
        rechtsseitig|\
         rechte seite|rechtes bein|rechtse|rechterkant|rechterzijde|droite|droit|droites|droits|drte|dte|drt|d|\
         côté droit|jambe droite|derecha|derecho|derechas|derechos|dcha|dcho|drcha|dch|der|lado derecho|pierna derecha|\
         destra|destro|destre|destri|dx|lato destro|gamba destra|\
         direita|direito|direitas|direitos|dir|dta|dto|lado direito|perna direita|\
         prawy|prawa|prawe|prawej|prawego|höger|højre|høyre|右|오른쪽",
    ),
    (
        Side::Both,
        "b|lr|l r|rl|r l|l and r|r and l|bilateral|bilat|bilaterally|both|both sides|left and right|right and left|\
        left right|\
         right left|two sides|either side|both legs|beide|beiden|beider|beides|beidseitig|beidseits|bds|bd|bdsts|\
         beide seiten|\
         beide beine|links und rechts|rechts und links|li und re|re und li|li re|re li|links rechts|rechts links|\
         les deux|deux|des deux côtés|les 2|gauche et droite|droite et gauche|g et d|d et g|gauche droite|bilatéral|\
         bilatérale|ambos|ambas|los dos|las dos|ambos lados|izquierda y derecha|derecha y izquierda|izq y der|\
         izq y dcha|\
         entrambi|entrambe|bilaterale|tutti e due|tutte e due|sx e dx|dx e sx|destra e sinistra|sinistra e destra|\
         os dois|as duas|ambos os lados|direita e esquerda|esquerda e direita|bilateral|\
         allebei|beide kanten|beide benen|beide zijden|links en rechts|rechts en links|oba|obie|båda|begge|両|両方|両側|양쪽",
    ),
    (
        Side::Centre,
        "c|center|central|centrally|middle|mid|midline|in the middle|mitte|mittig|in der mitte|zentral|centro|\
        centrale|central|\
         milieu|au milieu|centre|en el centro|medio|al centro|no meio|meio|midden|in het midden|środek|中央",
    ),
];

/// A lone letter that means left beside `D` for right, with words of its language: places, then names of columns. In other
/// company the letter is "and", an article or nothing.
pub(in crate::pain) const LEFT_LETTERS: &[(&str, &str, &str)] = &[
    (
        "e",
        "joelho|joelhos|canela|canelas|panturrilha|coxa|tornozelo|pe|quadril|virilha|calcanhar|gluteo|anca|gemeos|gemeo|tibia|\
         rotula|aquiles|tendao|isquiotibiais|isquiotibial|quadriceps|adutor",
        "lado|dor|dores|local|notas|observacoes|nivel",
    ),
    (
        "i",
        "rodilla|rodillas|espinilla|pantorrilla|gemelo|gemelos|muslo|tobillo|pie|cadera|ingle|talon|aquiles|tibia|gluteo|rotula|\
         isquiotibial|isquiotibiales|isquios|cuadriceps|soleo|aductor|planta",
        "lado|dolor|dolores|fecha|zona|lugar|sitio|donde|notas|observaciones|nivel",
    ),
    (
        "s",
        "ginocchio|stinco|polpaccio|coscia|caviglia|piede|anca|inguine|tallone|tibia|achille|gluteo|rotula|tendine|adduttore|\
         quadricipite|soleo",
        "lato|dolore|dolori|sede|zona|luogo|dove|giorno|livello|commenti",
    ),
];

/// Which end of a part of the body a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Outer,
    Inner,
    Front,
    Back,
    Upper,
    Lower,
    /// Top, under, beside: says nothing that changes the place.
    Near,
}

/// Positions by word.
pub(super) const POSITIONS: &[(Position, &str)] = &[
    (
        Position::Outer,
        "outer|outside|lateral|exterior|external|aussen|außen|äußere|äußerer|äußeres|äußeren|aussenseite|außenseite|\
        seitlich|\
         externe|extérieur|extérieure|externo|externa|esterno|esterna|laterale|laterales|fora|buiten|buitenkant|\
         buitenzijde|\
         buitenste|zijkant",
    ),
    (
        Position::Inner,
        "inner|inside|medial|interior|internal|innen|innere|innerer|inneres|inneren|innenseite|interne|intérieur|\
        intérieure|\
         médial|interno|interna|mediale|dentro|binnen|binnenkant|binnenzijde|binnenste",
    ),
    (
        Position::Front,
        "front|anterior|forward|vorn|vorne|vorder|vordere|vorderer|vorderes|vorderen|vorderseite|avant|devant|\
        antérieur|\
         antérieure|delante|delantera|delantero|frontal|davanti|anteriore|avanti|frente|voorkant|voorzijde|voor|\
         voorste",
    ),
    (
        Position::Back,
        "back|rear|posterior|behind|hinten|hinter|hintere|hinterer|hinteres|hinteren|rückseite|hinterseite|arrière|\
        derrière|\
         postérieur|postérieure|detrás|atrás|trasera|trasero|dietro|posteriore|retro|trás|achter|achterkant|\
         achterzijde|achterste",
    ),
    (
        Position::Upper,
        "upper|high|higher|proximal|oben|ober|obere|oberer|oberes|oberen|haut|haute|supérieur|supérieure|alto|alta|\
        superior|\
         arriba|superiore|sopra|boven|bovenkant|bovenste|hoog|hoge",
    ),
    (
        Position::Lower,
        "lower|low|distal|unten|unter|untere|unterer|unteres|unteren|bas|basse|inférieur|inférieure|bajo|baja|\
        inferior|abajo|\
         basso|bassa|inferiore|sotto|baixo|baixa|onder|onderkant|onderste|laag|lage",
    ),
    (
        Position::Near,
        "top|below|above|under|underneath|beneath|over|near|around|beside|side|edge|base|end|bottom|deep|behind|\
        between|along|\
         über|ueber|neben|um|rand|kante|ansatz|ursprung|tief|sous|sur|dessus|dessous|autour|près|côté|entre|debajo|\
         encima|cima|\
         alrededor|cerca|lado|lato|sotto|intorno|vicino|embaixo|acima|perto|rond|naast|tussen|diep|bovenop|zij|zijde|\
         kant|seite|\
         parte|partie|part|insertion|origin|attachment|joint|gelenk|articulation|articulación|articolazione|\
         articulação|gewricht",
    ),
];

/// Words that say how it feels, that it hurts, or nothing: not where.
pub(super) const NOISE: &[&str] = &[
    // What it is.
    "pain|pains|painful|paining|ache|aches|achy|aching|sore|soreness|hurt|hurts|hurting|tight|tightness|stiff|\
    stiffness|niggle|\
     niggles|niggly|niggling|twinge|twinges|tender|tenderness|strain|strained|sprain|sprained|pull|pulled|tear|torn|\
     cramp|cramps|\
     cramping|spasm|injury|injured|issue|issues|problem|problems|trouble|discomfort|irritation|irritated|inflammation|\
     inflamed|\
     tendonitis|tendinitis|tendinopathy|tendinosis|tendonopathy|bursitis|syndrome|muscle|muscles|muscular|tendon|\
     tendons|ligament|\
     ligaments|fascia|nerve|bone|bony|area|region|spot|point|zone|place|swollen|swelling|weak|weakness|fatigue|\
     fatigued|tired|heavy|\
     dull|sharp|burning|throbbing|numb|tingling|doms|knot|knots|trigger|overuse|stress|fracture|reaction|contusion|\
     bruise|bruised|\
     blister|cyst|splints|splint|complaint|complaints|symptoms|sensation|feeling|pinch|pinching|clicky|clicking",
    // Words around it.
    "a|an|the|my|of|in|on|at|to|into|from|with|and|is|it|its|this|that|still|again|bit|little|slight|slightly|some|\
    very|quite|mild|\
     mildly|moderate|severe|really|just|mainly|mostly|only|also|too|same|old|new|usual|both|left|right|today|\
     yesterday|morning|evening|\
     after|before|during|when|while|since|run|running|runs|walk|walking|stairs|downstairs|upstairs|uphill|downhill|\
     training|workout|race|\
     worse|better|bad|general|now|maybe|probably|think|feels|feel|like|all|any|anything|anywhere|anymore|more|else|at|\
     report|new|special|special|have|has|had|was|been|getting|am|i|not|sure|possible|possibly",
    "schmerz|schmerzen|schmerzhaft|schmerzt|weh|tut|wehtut|zieht|ziehen|muskelkater|verspannt|verspannung|verhärtet|\
    verhärtung|zerrung|\
     krampf|krämpfe|entzündung|entzündet|reizung|gereizt|verletzung|beschwerden|problem|probleme|syndrom|muskel|\
     muskeln|muskulatur|sehne|\
     sehnen|band|bänder|knochen|nerv|bereich|gegend|stelle|fest|steif|müde|geschwollen|schwellung|leicht|leichte|\
     leichter|leichtes|stark|\
     starke|etwas|bisschen|immer|noch|wieder|nur|mein|meine|meinem|meiner|der|die|das|dem|den|des|im|am|an|in|ein|\
     eine|einem|einer|und|\
     von|vom|zum|zur|mit|nach|vor|beim|laufen|lauf|heute|gar|zu|melden|besonderes|neues|morgens|abends|sehr|auch",
    "douleur|douleurs|douloureux|douloureuse|mal|mals|gêne|raide|raideur|tendu|tension|contracture|crampe|crampes|\
    tendinite|élongation|\
     entorse|déchirure|inflammation|blessure|problème|muscle|muscles|tendon|os|nerf|zone|région|un|une|peu|toujours|\
     encore|léger|légère|\
     le|la|les|l|de|du|des|d|au|aux|à|tout|special|signaler|aujourd'hui|mon|ma|mes|et|en|sur|dans|après|pendant|\
     course|syndrome|aux|très|aussi|face",
    "dolor|dolores|duele|molestia|molestias|rígido|rigidez|tenso|tensión|sobrecarga|contractura|calambre|calambres|\
    tendinitis|tirón|\
     esguince|desgarro|rotura|inflamación|lesión|problema|músculo|músculos|tendón|hueso|nervio|zona|un|una|poco|\
     todavía|leve|ligero|el|\
     los|las|del|al|mi|mis|y|con|por|después|correr|hoy|especial|síndrome|muy|parte",
    "dolore|dolori|fastidio|rigidità|teso|contrattura|crampo|crampi|tendinite|stiramento|strappo|distorsione|\
    infiammazione|problema|\
     muscolo|muscoli|tendine|osso|nervo|zona|un|una|uno|po|ancora|lieve|leggero|il|lo|gli|i|del|dello|della|dei|delle|\
     al|alla|nel|nella|\
     mio|mia|e|con|dopo|corsa|oggi|sindrome|molto|dell|dal|dalla",
    "dor|dores|dói|doendo|incômodo|desconforto|rígido|tenso|contratura|cãibra|cãibras|tendinite|estiramento|distensão|\
    entorse|inflamação|\
     lesão|problema|músculo|músculos|tendão|osso|nervo|região|um|uma|pouco|ainda|leve|o|os|as|do|da|dos|das|no|na|nos|\
     nas|meu|minha|e|com|\
     depois|corrida|hoje|síndrome|muito",
    "pijn|pijnlijk|pijntje|zeer|stijf|stijfheid|strak|verkramping|kramp|krampen|peesontsteking|ontsteking|verrekking|\
    verstuiking|scheur|\
     blessure|klacht|klachten|last|probleem|spier|spieren|pees|pezen|bot|zenuw|gebied|plek|een|beetje|nog|steeds|weer|\
     lichte|licht|de|het|\
     mijn|van|aan|op|en|met|na|bij|lopen|hardlopen|vandaag|syndroom|erg|ook",
];

/// Endings that make a name of a place a name of what is wrong with it: `Knieschmerzen`, `patellatendinopathy`.
pub(super) const ENDINGS: &[&str] = &[
    "schmerzen",
    "schmerz",
    "probleme",
    "problem",
    "beschwerden",
    "muskulatur",
    "muskeln",
    "muskel",
    "sehnenentzundung",
    "sehnen",
    "sehne",
    "entzundung",
    "zerrung",
    "reizung",
    "gelenk",
    "gelenke",
    "knochen",
    "bereich",
    "gegend",
    "kante",
    "ansatz",
    "krampf",
    "krampfe",
    "verhartung",
    "verspannung",
    "aussenseite",
    "innenseite",
    "vorderseite",
    "ruckseite",
    "ballen",
    "rand",
    "fissur",
    "syndrom",
    "pijn",
    "klachten",
    "blessure",
    "spieren",
    "spier",
    "pezen",
    "pees",
    "kramp",
    "gewricht",
    "ontsteking",
    "bot",
    "kant",
    "pain",
    "ache",
    "itis",
    "opathy",
    "algia",
    "osis",
];

/// Endings of English and Romance words for what is wrong with a part: such a word says not where.
pub(super) const MEDICAL_ENDINGS: &[&str] = &[
    "itis",
    "itus",
    "opathy",
    "algia",
    "algie",
    "opathie",
    "opatia",
    "opatía",
    "osis",
    "ite",
    "entzundung",
    "ontsteking",
];

/// What stands in front of a name written as one word: `linkerknie`, `rechterscheenbeen`, `linksknie`.
pub(super) const SIDE_PREFIXES: &[(&str, Side)] = &[
    ("linker", Side::Left),
    ("linkes", Side::Left),
    ("linke", Side::Left),
    ("links", Side::Left),
    ("left", Side::Left),
    ("rechter", Side::Right),
    ("rechtes", Side::Right),
    ("rechte", Side::Right),
    ("rechts", Side::Right),
    ("right", Side::Right),
    ("左", Side::Left),
    ("右", Side::Right),
    ("両", Side::Both),
    ("l", Side::Left),
    ("r", Side::Right),
];

/// Words that deny: a place behind one is not hurting.
pub(super) const DENIALS: &str = "no|not|non|none|nothing|without|kein|keine|keinen|keinerlei|nicht|nichts|ohne|pas|\
    aucun|aucune|rien|sans|\
    ningun|ninguna|sin|nada|nessun|nessuna|niente|senza|nenhum|nenhuma|sem|nao|geen|niet|niets|zonder|brak|nil|zero|0|\
    gone|weg|ras";
