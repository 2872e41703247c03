//! Words and numbers that nothing niggle says may hold. No code of the program: tests read it, here and in tests/it.
//!
//! Why: src/method/rules.md, Wording. No disease named as the runner's, no all-clear, no alarm, no forecast, no advice on products,
//! drugs or doses, and none of the popular articles' figures for which no source was found.

/// In lower case; found anywhere in a text, also inside a longer word.
pub(crate) const FORBIDDEN: &[&str] = &[
    // All-clears and alarms.
    "safe",
    "danger",
    "sweet spot",
    "injury-free",
    "injury free",
    // Forecasts.
    "you will",
    "you'll",
    "will get injured",
    "probability",
    "probably injured",
    "risk of injury",
    "injury risk",
    "risk of getting",
    "chance of injury",
    "chance of getting",
    "likely to get",
    "before it flares",
    "before they flare",
    // Figures without a source, and what is not measured here.
    "doubles calf",
    "doubles the",
    "times body weight",
    "bodyweight",
    "body weight",
    "8× b",
    "collagen",
    "dehydrat",
    "cuts recurrence",
    "recurrence by",
    "70 % of runners",
    "70% of runners",
    "run through overuse",
    "48–72",
    "250–500",
    "midfoot",
    "foam roll",
    "epsom",
    "menthol",
    "massage",
    "compression",
    "nsaid",
    "aspirin",
    "paracetamol",
    "ibuprofen",
    " mg ",
    // Diseases: the sign and what to do are said, never what it may be.
    "runner's knee",
    "runner’s knee",
    "jumper's knee",
    "shin splint",
    "tendinitis",
    "tendonitis",
    "tendinopathy",
    "fasciitis",
    "fracture",
    "stress reaction",
    "syndrome",
    "thrombosis",
    "blood clot",
    "embolism",
    "cauda equina",
    "sciatica",
    "herniat",
    "arthritis",
    "arthrosis",
    "bursitis",
    "meniscus",
    "ligament",
    "muscle strain",
    "muscle tear",
    "claudication",
    "arterial disease",
    "artery disease",
    "venous insufficiency",
    "varicose",
    "heart attack",
    "infarct",
    "rhabdo",
    "infection",
];

/// The first of the forbidden words in the text. The address of a public page (`nhs.uk/conditions/…`) is no sentence and may
/// hold any word.
pub(crate) fn forbidden(text: &str) -> Option<&'static str> {
    let is_address = |word: &&str| {
        word.split_once('/')
            .is_some_and(|(host, _)| host.contains('.'))
    };
    let words: Vec<&str> = text.split(' ').filter(|word| !is_address(word)).collect();
    let lower = words.join(" ").to_lowercase();
    FORBIDDEN
        .iter()
        .find(|word| lower.contains(**word))
        .copied()
}
