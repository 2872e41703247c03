//! Words for the moment of a row, in seven languages.

use crate::pain::Moment;

/// What people write instead of each moment.
pub(super) const MOMENTS: &[(Moment, &str)] = &[
    (
        Moment::Before,
        "before run|before the run|before running|before my run|pre|pre-run|prior|prior to run|warm-up|warm up|warmup|\
        start|\
         at the start|vor|vorher|davor|vor dem lauf|vor dem laufen|vorm lauf|vorm laufen|avant|avant la course|\
         avant course|\
         avant la sortie|avant de courir|antes|antes de correr|antes de la carrera|antes del entrenamiento|prima|\
         prima della corsa|prima di correre|prima della seduta|antes da corrida|antes do treino|voor|vooraf|vóór|\
         voor de run|\
         voor het lopen|voor het hardlopen|voor de training|vor dem training|before training|before exercise|\
         avant l'entraînement",
    ),
    (
        Moment::During,
        "during run|during the run|during running|during my run|in run|on the run|mid-run|while running|running|run|\
         during training|during exercise|während|waehrend|beim laufen|beim lauf|während des laufs|während dem lauf|\
         während des laufens|im lauf|beim training|pendant|pendant la course|en courant|pendant la sortie|\
         pendant l'entraînement|\
         durante|durante la carrera|corriendo|al correr|mientras corro|durante el entrenamiento|durante la corsa|\
         correndo|\
         mentre corro|durante l'allenamento|durante a corrida|durante o treino|tijdens|tijdens de run|\
         tijdens het lopen|\
         tijdens het hardlopen|tijdens de training|onder het lopen",
    ),
    (
        Moment::After,
        "after run|after the run|after running|after my run|post|post-run|postrun|right after|afterwards|\
        after finishing|\
         cool-down|cooldown|after training|after exercise|post training|post workout|nach|nachher|danach|hinterher|\
         nach dem lauf|nach dem laufen|nachm lauf|nachm laufen|nach dem training|après|après la course|après course|\
         après la sortie|après avoir couru|après l'entraînement|después|después de correr|después de la carrera|\
         después del entrenamiento|tras correr|al terminar|dopo|dopo la corsa|dopo aver corso|dopo l'allenamento|\
         depois|\
         depois da corrida|depois do treino|depois de correr|após|após a corrida|após o treino|na de run|na|nadien|\
         erna|daarna|\
         na het lopen|na het hardlopen|na de training|achteraf",
    ),
    (
        Moment::Evening,
        "pm|tonight|same evening|in the evening|evenings|evening after|at bedtime|bedtime|before bed|before sleep|\
        before sleeping|\
         before going to bed|going to bed|abend|abends|am abend|heute abend|vor dem schlafen|vor dem schlafengehen|\
         vorm schlafen|vor dem zubettgehen|soir|le soir|soirée|ce soir|avant de dormir|au coucher|avant le coucher|\
         tarde noche|por la noche|tarde|por la tarde|antes de dormir|antes de acostarse|sera|di sera|la sera|stasera|\
         prima di dormire|prima di andare a letto|à noite|de noite|à tarde|antes de deitar|avond|s avonds|'s avonds|\
         in de avond|\
         voor het slapen|voor het slapengaan|voor het naar bed gaan",
    ),
    (
        Moment::Morning,
        "am|wake-up|wakeup|waking|waking up|on waking|upon waking|getting up|getting out of bed|next day|next morning|\
         the next morning|following morning|day after|in the morning|mornings|first thing|first steps|this morning|\
         morgen|morgens|am morgen|früh|frueh|in der früh|vormittag|vormittags|beim aufstehen|nach dem aufstehen|\
         aufstehen|\
         nächster morgen|am nächsten morgen|nächster tag|matin|le matin|au réveil|réveil|au lever|lendemain|\
         lendemain matin|\
         mañana|por la mañana|al despertar|al levantarse|al día siguiente|mattina|mattino|al mattino|di mattina|\
         la mattina|\
         al risveglio|risveglio|il giorno dopo|manhã|de manhã|pela manhã|ao acordar|ao levantar|no dia seguinte|\
         ochtend|\
         s ochtends|'s ochtends|in de ochtend|bij het opstaan|opstaan|bij het ontwaken|volgende ochtend|volgende dag",
    ),
    (
        Moment::Night,
        "overnight|at night|during the night|in the night|nights|in bed|bed|asleep|sleeping|while sleeping|nacht|\
        nachts|\
         in der nacht|im bett|im schlaf|nuit|la nuit|de nuit|au lit|noche|de noche|en la cama|notte|di notte|la notte|\
         a letto|\
         noite|madrugada|na cama|durante a noite|s nachts|'s nachts|in de nacht|in bed gelegen",
    ),
    (
        Moment::Rest,
        "at rest|resting|rest day|restday|off day|day off|sitting|lying|lying down|ruhe|in ruhe|ruhetag|im sitzen|\
        im liegen|\
         pause|repos|au repos|jour de repos|assis|allongé|reposo|en reposo|descanso|día de descanso|sentado|riposo|\
         a riposo|\
         giorno di riposo|da seduto|repouso|em repouso|dia de descanso|parado|rust|in rust|rustdag|zittend|liggend",
    ),
    (
        Moment::Day,
        "all day|whole day|daytime|general|anytime|any|daily|afternoon|in the afternoon|noon|midday|lunch|lunchtime|\
        work|at work|\
         daily life|tag|tagsüber|ganzer tag|den ganzen tag|alltag|im alltag|nachmittag|nachmittags|mittag|mittags|\
         allgemein|\
         journée|toute la journée|quotidien|après midi|midi|général|día|todo el día|durante el día|mediodía|giorno|\
         giornata|\
         tutto il giorno|pomeriggio|dia|o dia todo|dia todo|dag|hele dag|de hele dag|overdag|middag|'s middags|\
         s middags|in de middag",
    ),
];
