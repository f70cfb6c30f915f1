//! 文字: the texts that people read exist in both languages, refer only to known values, and follow the conventions of
//! punctuation.

use std::collections::BTreeSet;
use std::fs;

use preflight::model::fact_types::FactType;
use preflight::model::facts::{Fact, FactSet};
use preflight::model::question::Severity;
use preflight::rules::RULES;
use preflight::rules::condition::{Definition, Literal};
use preflight::rules::notes::NOTES;
use preflight::rules::rule::Rule;
use preflight::{Facts, Locale, Question, Terms, Value, explain};

/// A text in both languages.
struct Both {
    /// What it is the text of.
    of: String,
    zh: &'static str,
    en: &'static str,
}

fn both(kind: &str, name: &str, zh: &'static str, en: &'static str) -> Both {
    Both { of: format!("{kind} {name}"), zh, en }
}

fn rules_and_notes() -> impl Iterator<Item = Both> {
    let rules = RULES.iter().map(|rule| both("rule", rule.code, rule.words.zh, rule.words.en));
    rules.chain(NOTES.iter().map(|note| both("note", note.code, note.words.zh, note.words.en)))
}

fn questions() -> impl Iterator<Item = Both> {
    Fact::ALL.iter().map(|fact| {
        let info = fact.info();
        both("question for", info.path, info.ask.zh, info.ask.en)
    })
}

fn labels() -> impl Iterator<Item = Both> {
    Fact::ALL.iter().flat_map(|fact| {
        let info = fact.info();
        let choices = match info.kind {
            FactType::Choice(choices) | FactType::Set(choices) => choices,
            _ => &[],
        };
        choices.iter().map(move |choice| {
            both(&format!("label of {}", info.path), choice.name, choice.label.zh, choice.label.en)
        })
    })
}

/// The texts of the literals of all rules, and of those that their conditions are composed of.
fn conditions() -> impl Iterator<Item = Both> {
    let literals =
        |rule: &'static Rule| rule.applies_to.iter().flat_map(|applies| applies.only_if).chain(rule.when);
    let with_parts = |literal: &'static Literal| match literal.condition.info().definition {
        Definition::OneOf(..) | Definition::Test(_) => vec![literal],
        Definition::AnyOf(alternatives) => alternatives.iter().copied().flatten().chain([literal]).collect(),
    };
    RULES.iter().flat_map(move |rule| literals(rule)).flat_map(with_parts).map(|literal| {
        let (name, words) = (literal.condition.info().name, literal.words());
        both(if literal.expected { "condition" } else { "condition, when out," }, name, words.zh, words.en)
    })
}

fn everything() -> impl Iterator<Item = Both> {
    rules_and_notes().chain(questions()).chain(labels()).chain(conditions())
}

/// The names in braces.
fn placeholders(template: &str) -> BTreeSet<&str> {
    template.split('{').skip(1).map(|piece| piece.split_once('}').map_or(piece, |(name, _)| name)).collect()
}

/// The facts that must be known when all of these literals are met.
fn known(literals: &[Literal]) -> FactSet {
    literals.iter().fold(FactSet::EMPTY, |known, literal| {
        known.union(match (literal.condition.info().definition, literal.expected) {
            (Definition::OneOf(fact, _), _) => FactSet::of(&[fact]),
            (Definition::Test(group), _) => group.reads(),
            (Definition::AnyOf([first, rest @ ..]), true) => {
                rest.iter().fold(self::known(first), |common, all| common.intersection(self::known(all)))
            }
            (Definition::AnyOf(_), _) => FactSet::EMPTY,
        })
    })
}

/// Why a name cannot be used in a text that is shown when these facts are known; `None` where it can.
fn flaw_of_name(name: &str, known: FactSet) -> Option<String> {
    const TERMS: [&str; 4] = [
        "terms.voucherQuota.assured",
        "terms.voucherQuota.claimed",
        "terms.refundWindowDays",
        "terms.refundReviewWorkdays",
    ];
    if TERMS.contains(&name) {
        return None;
    }
    let path = if name == "refund.lastDay" { "order.paidAt" } else { name };
    match Fact::ALL.iter().find(|fact| fact.info().path == path) {
        Some(fact) if known.contains(*fact) => None,
        Some(_) => Some(format!("{{{name}}} is not sure to be known")),
        None => Some(format!("{{{name}}} is no name that can be filled in")),
    }
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// The first flaw in the punctuation of a Chinese text.
fn punctuation_flaw_zh(text: &str) -> Option<&'static str> {
    let letters: Vec<char> = text.chars().collect();
    let ascii_in_chinese = letters.windows(2).any(|pair| {
        matches!(pair, [before, mark] if is_chinese(*before) && ",;:!?.()".contains(*mark))
            || matches!(pair, [mark, after] if ",;:!?.()".contains(*mark) && is_chinese(*after))
    });
    if ascii_in_chinese {
        Some("punctuation beside Chinese is full-width")
    } else if text.contains(['"', '\'']) {
        Some("quotes are “”")
    } else if text.contains(['!', '！']) {
        Some("nothing is exclaimed")
    } else {
        None
    }
}

/// The first flaw in the punctuation of an English text.
fn punctuation_flaw_en(text: &str) -> Option<&'static str> {
    if text.contains(['，', '。', '；', '：', '！', '？', '、', '（', '）']) {
        Some("punctuation is English, around the names on the screen too")
    } else if text.contains(['"', '\'']) {
        Some("quotes are “” and the apostrophe is ’")
    } else if text.contains('!') {
        Some("nothing is exclaimed")
    } else {
        None
    }
}

#[test]
fn every_text_exists_in_both_languages() {
    for Both { of, zh, en } in everything() {
        assert!(zh.chars().any(is_chinese) || zh == "Windows", "{of} is not in Chinese: {zh}");
        assert!(en.chars().any(|letter| letter.is_ascii_alphabetic()), "{of} is not in English: {en}");
        assert!(zh == "Windows" || zh != en, "{of} is the same in both languages");
    }
}

#[test]
fn both_languages_refer_to_the_same_values() {
    for Both { of, zh, en } in rules_and_notes() {
        assert_eq!(placeholders(zh), placeholders(en), "{of}");
    }
}

#[test]
fn a_rule_refers_only_to_facts_that_are_known_when_it_fires() {
    for rule in RULES {
        for applies in rule.applies_to {
            let known = known(rule.when).union(known(applies.only_if));
            for name in placeholders(rule.words.zh).union(&placeholders(rule.words.en)) {
                assert_eq!(
                    flaw_of_name(name, known),
                    None,
                    "{} asked by {}",
                    rule.code,
                    applies.question.name()
                );
            }
        }
    }
}

#[test]
fn a_note_refers_only_to_facts_that_are_known_when_it_is_shown() {
    for note in NOTES {
        let names = placeholders(note.words.zh);
        for name in names.union(&placeholders(note.words.en)) {
            // These have words for what is not known.
            if ["need.place", "review.due"].contains(name) {
                continue;
            }
            assert_eq!(flaw_of_name(name, known(note.when)), None, "{}", note.code);
        }
    }
}

#[test]
fn every_fact_is_asked_for_by_a_question() {
    for Both { of, zh, en } in questions() {
        assert!(zh.contains('？') && zh.ends_with(['？', '）']), "{of}: {zh}");
        assert!(en.contains('?') && en.ends_with(['?', ')']), "{of}: {en}");
    }
}

#[test]
fn punctuation_is_that_of_the_language() {
    for Both { of, zh, en } in everything() {
        assert_eq!(punctuation_flaw_zh(zh), None, "{of}: {zh}");
        assert_eq!(punctuation_flaw_en(en), None, "{of}: {en}");
    }
}

#[test]
fn rules_and_notes_are_short_and_end_in_a_full_stop() {
    for Both { of, zh, en } in rules_and_notes() {
        assert!(zh.chars().count() <= 200 && zh.matches('。').count() <= 3, "{of} is long: {zh}");
        assert!(en.chars().count() <= 420, "{of} is long: {en}");
        assert!(zh.ends_with('。') && en.ends_with('.'), "{of}");
    }
}

#[test]
fn the_text_of_a_refusal_asks_the_reader_to_do_something() {
    for rule in RULES.iter().filter(|rule| rule.severity >= Severity::Refer) {
        assert!(rule.words.zh.contains('请'), "{} asks nothing of the reader: {}", rule.code, rule.words.zh);
    }
}

/// The texts of plans and contacts are composed for each case, so they are tested in the explanations of scenarios.
#[test]
fn explanations_of_the_scenarios_have_no_placeholders_and_correct_punctuation() {
    let terms = Terms::default();
    let folders = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios")).unwrap();
    let mut tested = BTreeSet::new();
    for folder in folders.map(Result::unwrap) {
        let name = Value::Text(folder.file_name().into_string().unwrap());
        let Ok(question) = Question::read(&name) else { continue };
        for file in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let cases: Vec<serde_json::Value> =
                serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
            for case in cases {
                let value: Value = serde_json::from_value(case["facts"].clone()).unwrap();
                let Ok(facts) = Facts::read(&value) else { continue };
                for locale in [Locale::ZhCn, Locale::En] {
                    let explanation = explain(question, &facts, &terms, locale);
                    let plans = [&explanation.plan].into_iter().chain(&explanation.alternatives);
                    let steps = plans.flat_map(|plan| &plan.steps).map(|step| step.text.clone());
                    let reasons = explanation.reasons.iter().map(|reason| reason.text.clone());
                    let notes = explanation.notes.iter().map(|note| note.text.clone());
                    for text in
                        steps.chain(reasons).chain(notes).chain([explanation.contact.text.clone().into()])
                    {
                        assert!(!text.contains(['{', '}']), "{}: {text}", case["title"]);
                        let names_nothing =
                            [" 0 张", "（0 张", " 0 bought"].iter().any(|none| text.contains(none));
                        assert!(
                            !names_nothing,
                            "{} says how many where there are none: {text}",
                            case["title"]
                        );
                        let (flaw, stop) = match locale {
                            Locale::ZhCn => (punctuation_flaw_zh(&text), '。'),
                            Locale::En => (punctuation_flaw_en(&text), '.'),
                        };
                        assert_eq!(flaw, None, "{}: {text}", case["title"]);
                        assert!(text.ends_with(stop), "{}: {text}", case["title"]);
                        tested.insert(text);
                    }
                }
            }
        }
    }
    assert!(tested.len() > 100, "{} different texts were tested", tested.len());
}
