//! Words for how it feels, how far it spreads, how it began, what movement does, what it did to running, and signs.

use crate::pain::{Function, Movement, Onset, PainType, Sign, Spread};

/// How it feels.
pub(super) const TYPES: &[(PainType, &str)] = &[
    (
        PainType::Dull,
        "dullness|nagging|dumpf|dumpfer|sourde|sourd|sordo|sorda|surdo|surda|dof|doffe|zeurend|zeurende",
    ),
    (
        PainType::Ache,
        "achy|aching|aches|niggle|niggling|niggly|achey|ziehend|ziehen|schmerzend|dolorido|indolenzito|zeurderig",
    ),
    (
        PainType::Sore,
        "soreness|tender|tenderness|muscle soreness|doms|bruised|wund|muskelkater|druckempfindlich|courbatures|\
        sensible|\
                      agujetas|dolorida|indolenzita|sensível|gevoelig|spierpijn",
    ),
    (
        PainType::Stiff,
        "stiffness|rigid|steif|steifigkeit|raide|raideur|rígido|rígida|rigidez|rigido|rigida|rigidità|duro|stijf|stijfheid",
    ),
    (
        PainType::Tight,
        "tightness|tense|tension|pulling|verspannt|spannend|fest|tendu|tiraillement|tenso|tirante|tirantez|teso|tesa|\
                       contratto|tensa|repuxando|gespannen|strak|trekkend",
    ),
    (
        PainType::Heavy,
        "heaviness|leaden|schwer|lourd|lourde|pesado|pesada|pesante|zwaar",
    ),
    (
        PainType::Cramp,
        "cramping|crampy|cramped|spasm|krampf|krampfartig|krampfend|crampe|calambre|crampo|cãibra|kramp",
    ),
    (
        PainType::Sharp,
        "sharpness|twinge|twinges|pinch|pinching|acute|knife like|stechend|scharf|aigu|aiguë|vive|vif|agudo|aguda|\
                       acuto|acuta|scherp",
    ),
    (
        PainType::Stabbing,
        "stab|stabs|stabby|piercing|stiche|bohrend|poignardant|lancinante|élancement|punzante|pungente|fitta|pontada|\
                          stekend",
    ),
    (
        PainType::Shooting,
        "shoots|electric|radiating|einschießend|ausstrahlend|irradiant|irradiante|eléctrico|elettrico|elétrico|uitstralend",
    ),
    (
        PainType::Burning,
        "burn|burns|burny|brennend|brûlure|brûlant|ardor|quemazón|ardiente|bruciante|bruciore|ardência|queimação|brandend",
    ),
    (
        PainType::Throbbing,
        "throb|throbs|pulsing|pulsating|pounding|pochend|pulsierend|pulsatile|palpitante|pulsante|latejante|kloppend|\
                           bonzend",
    ),
    (
        PainType::Tingling,
        "tingle|tingles|tingly|pins and needles|pins|prickling|prickly|kribbelnd|kribbeln|fourmillement|fourmillements|\
                          hormigueo|formicolio|formigamento|tintelend|tintelingen",
    ),
    (
        PainType::Numb,
        "numbness|no feeling|taub|taubheit|engourdi|engourdissement|entumecido|adormecido|intorpidito|dormente|doof|gevoelloos",
    ),
];

/// How far it spreads.
pub(super) const SPREADS: &[(Spread, &str)] = &[
    (
        Spread::Spot,
        "pinpoint|point|one spot|single spot|localised|localized|local|focal|exact spot|fingertip|punktuell|punkt|\
        ein punkt|\
         lokal|localisé|ponctuel|un point|puntual|un punto|localizado|puntuale|localizzato|pontual|um ponto|\
         plaatselijk|één plek",
    ),
    (
        Spread::Area,
        "regional|region|patch|zone|palm sized|bereich|fläche|région|zona|região|gebied",
    ),
    (
        Spread::General,
        "widespread|all over|diffuse|everywhere|generalised|generalized|whole leg|whole muscle|broad|überall|diffus|\
        partout|\
         diffuse partout|difuso|generalizado|diffuso|ovunque|espalhado|overal|verspreid",
    ),
];

/// How it began.
pub(super) const ONSETS: &[(Onset, &str)] = &[
    (
        Onset::Sudden,
        "suddenly|acute|instant|instantly|immediate|immediately|all at once|out of nowhere|pop|snap|plötzlich|\
        ploetzlich|akut|\
         schlagartig|soudain|soudainement|brutal|tout à coup|d'un coup|repentino|de repente|súbito|súbitamente|\
         improvviso|\
         all'improvviso|improvvisamente|repentinamente|plotseling|plots|ineens|acuut",
    ),
    (
        Onset::Gradual,
        "gradually|slow|slowly|crept up|built up|build up|over time|creeping|insidious|allmählich|langsam|schleichend|\
        nach und nach|\
         progressif|progressivement|petit à petit|peu à peu|gradualmente|poco a poco|progresivo|gradualmente|graduale|\
         pian piano|\
         gradual|aos poucos|geleidelijk|langzaam|sluipend",
    ),
    (
        Onset::During,
        "during run|during the run|mid-run|while running|on the run|in run|während|während des laufs|beim laufen|\
        pendant|\
         pendant la course|durante|durante la carrera|durante la corsa|durante a corrida|tijdens|tijdens het lopen",
    ),
    (
        Onset::After,
        "after run|after the run|post|post-run|right after|afterwards|same day|evening|nach|nach dem lauf|danach|après|\
         après la course|después|dopo|depois|na|na het lopen|daarna",
    ),
    (
        Onset::NextDay,
        "next morning|day after|the next day|following day|next|delayed|morning after|morning|day 2|am nächsten tag|\
        nächster tag|\
         am nächsten morgen|le lendemain|lendemain|al día siguiente|il giorno dopo|no dia seguinte|de volgende dag|\
         volgende dag",
    ),
];

/// What movement does to it.
pub(super) const MOVEMENTS: &[(Movement, &str)] = &[
    (
        Movement::Better,
        "warms up|warmed up|warms out|loosens|loosens up|loosened up|eases|eases off|eased|improves|improved|improving|\
         better when running|better with movement|less|besser|mieux|mejor|meglio|migliora|melhor|beter",
    ),
    (
        Movement::Same,
        "unchanged|no change|no difference|the same|constant|neutral|none|no|gleich|unverändert|pareil|identique|\
        igual|uguale|gelijk|\
         hetzelfde",
    ),
    (
        Movement::Worse,
        "worse when running|worse running|worse with movement|worsens|worsened|worsening|increases|increased|\
         increasing|aggravates|aggravated|more|builds|schlechter|schlimmer|pire|peor|peggio|peggiora|pior|slechter|\
         erger",
    ),
];

/// What it did to running.
pub(super) const FUNCTIONS: &[(Function, &str)] = &[
    (
        Function::None,
        "no|nothing|no effect|no impact|normal|ok|fine|unaffected|not affected|0|keine|keiner|nichts|kein|aucun|\
        aucune|rien|ninguno|\
         ninguna|nada|nessuno|nessuna|niente|nenhum|nenhuma|geen|niets",
    ),
    (
        Function::ChangedForm,
        "limp|limps|limped|limping|changed gait|altered gait|altered form|form change|changed stride|changed my stride|\
         compensating|compensated|favouring|favoring|modified|slower|slowed|slowed down|reduced|\
         humpeln|gehumpelt|hinken|gehinkt|langsamer|anders gelaufen|laufstil geändert|boiter|boité|boite|boiterie|\
         ralenti|plus lent|\
         cojera|cojeando|cojear|más lento|zoppia|zoppicando|zoppicare|più lento|mancando|coxeando|mais devagar|\
         mais lento|\
         mank|mank lopen|hinkelen|langzamer|trager",
    ),
    (
        Function::CutShort,
        "shortened|short|shorter run|shorter|had to walk|walked|walk|walk breaks|walked home|cut run short|ended early|\
         gekürzt|verkürzt|abgekürzt|musste gehen|gehpausen|früher beendet|raccourci|raccourcie|marché|dû marcher|\
         écourté|acortado|\
         acortada|tuve que caminar|caminé|accorciato|accorciata|ho camminato|dovuto camminare|encurtado|encurtada|\
         tive que andar|\
         tive de andar|caminhei|ingekort|moest wandelen|gewandeld|korter",
    ),
    (
        Function::Stopped,
        "stop|had to stop|stopped run|stopped running|stopped the run|dnf|abandoned|gave up|aborted|abgebrochen|\
        abbruch|aufgehört|\
         lauf abgebrochen|musste aufhören|gestoppt|arrêt|arrêté|arrêtée|abandon|dû arrêter|parado|paré|abandoné|\
         tuve que parar|\
         fermato|mi sono fermato|interrotto|dovuto fermarmi|parei|interrompi|tive que parar|tive de parar|\
         moest stoppen|opgegeven",
    ),
    (
        Function::MissedRun,
        "missed|missed training|missed session|skipped|skipped run|no run|no running|did not run|didn't run|\
        could not run|\
         couldn't run|unable to run|dns|cancelled|canceled|ausgefallen|ausfall|nicht gelaufen|lauf ausgefallen|\
         training ausgefallen|\
         konnte nicht laufen|pas couru|pas de course|séance manquée|sortie annulée|annulé|no corrí|sin correr|\
         entrenamiento perdido|\
         no pude correr|non ho corso|saltato|allenamento saltato|não corri|não pude correr|treino perdido|faltei|\
         niet gelopen|\
         overgeslagen|kon niet lopen|training gemist",
    ),
    (
        Function::CannotBearWeight,
        "can't bear weight|could not bear weight|couldn't bear weight|unable to bear weight|no weight bearing|\
        cannot bear weight|\
         non weight bearing|can't walk|cannot walk|couldn't walk|could not walk|unable to walk|can't put weight on it|\
         could not put weight on it|couldn't put weight on it|cannot put weight on it|can't stand on it|crutches|\
         kann nicht auftreten|konnte nicht auftreten|nicht belastbar|kann nicht gehen|konnte nicht gehen|krücken|\
         ne peux pas marcher|ne peut pas poser le pied|impossible de poser le pied|impossible de marcher|béquilles|\
         no puedo apoyar|no puedo caminar|no podía apoyar|imposible apoyar|muletas|non riesco ad appoggiare|\
         non riesco a camminare|\
         non posso appoggiare|stampelle|não consigo apoiar|não consigo andar|não consigo pisar|canadianas|\
         kan niet staan|\
         kan niet lopen|kan er niet op staan|kan niet steunen|krukken",
    ),
];

/// Signs.
pub(super) const SIGNS: &[(Sign, &str)] = &[
    (
        Sign::Swelling,
        "swollen|swell|swelled|puffy|puffiness|oedema|edema|schwellung|geschwollen|dick|ödem|gonflement|gonflé|\
        gonflée|enflé|enflée|\
         œdème|hinchazón|hinchado|hinchada|gonfiore|gonfio|gonfia|inchaço|inchado|inchada|zwelling|gezwollen|\
         opgezwollen",
    ),
    (
        Sign::Redness,
        "red|reddened|rötung|rot|gerötet|rougeur|rouge|enrojecimiento|rojez|rojo|roja|rossore|rosso|rossa|arrossamento|\
         vermelhidão|vermelho|vermelha|roodheid|rood",
    ),
    (
        Sign::Warmth,
        "warm|hot|heat|warm to touch|warm to the touch|hot to touch|hot to the touch|heiß|heiss|überwärmt|überwärmung|\
        wärme|\
         chaud|chaude|chaleur|caliente|calor|caldo|calda|calore|quente|calor local|heet|warmte",
    ),
    (
        Sign::Numbness,
        "numb|no feeling|taub|taubheit|taubheitsgefühl|gefühllos|engourdissement|engourdi|engourdie|insensible|\
        entumecimiento|\
         entumecido|adormecido|intorpidimento|intorpidito|addormentato|dormência|dormente|doof gevoel|gevoelloos|\
         verdoofd",
    ),
    (
        Sign::Tingling,
        "tingle|tingly|tingles|pins|pins and needles|prickling|kribbeln|ameisenlaufen|fourmillements|fourmillement|\
        picotements|\
         hormigueo|formicolio|formigamento|tintelingen|tinteling|tintelen",
    ),
    (
        Sign::Weakness,
        "weak|loss of strength|no strength|schwäche|schwach|kraftlos|kraftverlust|faiblesse|faible|debilidad|débil|\
        debolezza|debole|\
         fraqueza|fraco|fraca|zwakte|zwak|krachtverlies",
    ),
    (
        Sign::Deformity,
        "deformed|misshapen|out of place|bent|verformt|verformung|déformation|déformé|deformidad|deformado|deformità|\
        deforme|\
         deformidade|vervorming|vervormd|misvormd",
    ),
    (
        Sign::Bruise,
        "bruised|bruising|black and blue|haematoma|hematoma|bluterguss|blauer fleck|hämatom|bleu|hématome|ecchymose|\
        moratón|moretón|\
         cardenal|livido|ematoma|roxo|nódoa negra|blauwe plek|bloeduitstorting",
    ),
    (
        Sign::RestPain,
        "pain at rest|at rest|hurts at rest|resting pain|rest|ruheschmerz|schmerz in ruhe|douleur au repos|\
        dolor en reposo|\
         dolore a riposo|dor em repouso|rustpijn|pijn in rust",
    ),
    (
        Sign::NightPain,
        "pain at night|at night|night|hurts at night|wakes me|woke me|woken by pain|nachtschmerz|nachtschmerzen|\
        schmerz nachts|\
         nachts|douleur nocturne|douleur la nuit|dolor nocturno|dolor de noche|dolore notturno|dor noturna|dor à noite|\
         nachtpijn|nachtelijke pijn",
    ),
    (
        Sign::NightCramp,
        "cramp at night|cramps at night|nocturnal cramp|night time cramp|nighttime cramp|wadenkrampf nachts|\
        nächtlicher krampf|\
         nächtliche krämpfe|crampe nocturne|crampes nocturnes|calambre nocturno|calambres nocturnos|crampi notturni|\
         cãibra noturna|cãibras noturnas|nachtelijke kramp|nachtkramp",
    ),
    (
        Sign::HeavyLegs,
        "heavy leg|heavy|leg heaviness|heaviness|schwere beine|jambes lourdes|piernas pesadas|gambe pesanti|\
        pernas pesadas|\
         zware benen",
    ),
    (
        Sign::GivingWay,
        "gives way|gave way|give way|instability|unstable|buckling|buckled|buckles|gave out|wegknicken|knickt weg|\
        instabil|\
         instabilität|se dérobe|dérobement|instable|instabilité|se me va|fallo|inestable|inestabilidad|cedimento|cede|\
         instabile|\
         instabilità|falseio|falseia|instável|zakt door|doorzakken|instabiel",
    ),
    (
        Sign::Locking,
        "locks|locked|lock|catching|catches|stuck|blockiert|blockade|blockierung|blocage|bloqué|bloquée|bloqueo|\
        bloqueado|bloqueada|\
         blocco|bloccato|bloccata|bloqueio|travado|travada|op slot|blokkeert|blokkade",
    ),
    (
        Sign::Fever,
        "feverish|temperature|high temperature|fieber|fiebrig|fièvre|fiévreux|fiebre|febbre|febre|koorts|koortsig",
    ),
    (
        Sign::Breathless,
        "breathlessness|short of breath|shortness of breath|can't breathe|difficulty breathing|trouble breathing|\
        atemnot|kurzatmig|\
         essoufflement|essoufflé|dyspnée|falta de aire|dificultad para respirar|fiato corto|affanno|\
         mancanza di respiro|\
         falta de ar|kortademig|benauwd|benauwdheid",
    ),
    (
        Sign::ChestPain,
        "chest|chest tightness|tight chest|chest pressure|brustschmerz|brustschmerzen|brustenge|\
        engegefühl in der brust|\
         douleur thoracique|douleur à la poitrine|oppression|dolor de pecho|dolor en el pecho|opresión en el pecho|\
         dolore al petto|oppressione al petto|dor no peito|aperto no peito|pijn op de borst|druk op de borst",
    ),
    (
        Sign::Collapse,
        "collapsed|fainted|faint|fainting|passed out|blacked out|lost consciousness|unconscious|ohnmacht|ohnmächtig|\
        kollaps|\
         zusammengebrochen|bewusstlos|évanouissement|évanoui|évanouie|malaise|syncope|desmayo|desmayado|svenimento|\
         svenuto|\
         desmaio|desmaiei|flauwgevallen|flauwte|bewusteloos",
    ),
    (
        Sign::BladderBowel,
        "bladder|bowel|bladder or bowel|bowel or bladder|bladder trouble|bowel trouble|bladder problem|bowel problem|\
         incontinence|incontinent|inkontinenz|inkontinent|blasenprobleme|incontinencia|incontinenza|incontinência|\
         incontinentie",
    ),
    (
        Sign::SaddleNumbness,
        "saddle|numb saddle|genital numbness|numb genitals|groin numbness|numb between the legs|\
        numbness between the legs|\
         reithosentaubheit|taub zwischen den beinen|anesthésie en selle|anestesia en silla de montar|anestesia a sella|\
         anestesia em sela|rijbroekgevoelloosheid",
    ),
    (
        Sign::Limp,
        "limping|limped|humpeln|hinken|boiterie|boite|cojera|zoppia|claudicação|coxear|mank",
    ),
    (
        Sign::Pop,
        "popping sound|heard a pop|felt a pop|crack|snap|knall|peitschenhieb|claquement|chasquido|schiocco|estalo|knap",
    ),
    (
        Sign::NearFaint,
        "dizzy|dizziness|lightheaded|light headed|schwindel|schwindlig|vertiges|vertige|mareo|mareos|vertigini|\
                       tontura|tonturas|duizelig|duizeligheid",
    ),
    (
        Sign::Headache,
        "headaches|kopfschmerzen|kopfschmerz|mal de tête|dolor de cabeza|mal di testa|dor de cabeça|hoofdpijn",
    ),
    (
        Sign::Vomiting,
        "vomit|vomited|throwing up|erbrechen|vomissements|vómitos|vómito|vomito|vômito|vômitos|overgeven|braken",
    ),
    (
        Sign::Palpitations,
        "palpitation|racing heart|herzrasen|herzstolpern|palpitaciones|palpitazioni|palpitações|hartkloppingen",
    ),
];
