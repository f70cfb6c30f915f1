//! The scenarios know every condition of every rule: where one is negated, left out or otherwise changed in the table,
//! some scenario fails.

use std::fs;

use super::*;
use crate::engine::compiled::conditions_of;
use crate::input::value::Value;
use crate::rules::condition::{ConditionSet, Definition, Literal};
use crate::rules::conditions::Condition;
use crate::rules::rule::Applicability;

/// What a scenario says of valid facts.
struct Scenario {
    question: Question,
    facts: Value,
    terms: Terms,
    verdict: String,
    codes: Vec<String>,
    missing: Option<Vec<String>>,
}

/// Every scenario that expects an answer.
fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for question in Question::ALL.iter().copied() {
        for file in fs::read_dir(format!("tests/scenarios/{}", question.name())).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for scenario in serde_json::from_str::<Vec<serde_json::Value>>(&text).unwrap() {
                let expect = &scenario["expect"];
                let Some(verdict) = expect["verdict"].as_str() else { continue };
                let names = |list: &serde_json::Value| -> Option<Vec<String>> {
                    Some(list.as_array()?.iter().map(|name| name.as_str().unwrap().into()).collect())
                };
                let terms = match scenario.get("terms") {
                    Some(terms) => Terms::read(&serde_json::from_value(terms.clone()).unwrap()).unwrap(),
                    None => Terms::default(),
                };
                all.push(Scenario {
                    question,
                    terms,
                    facts: serde_json::from_value(scenario["facts"].clone()).unwrap(),
                    verdict: verdict.into(),
                    codes: names(&expect["codes"]).unwrap(),
                    missing: names(&expect["missing"]),
                });
            }
        }
    }
    assert!(all.len() > 1000, "{} scenarios", all.len());
    all
}

/// A scenario with its facts read and their conditions evaluated.
struct Evaluated<'a> {
    scenario: &'a Scenario,
    evaluation: Evaluation,
}

fn evaluated<'a>(scenarios: &'a [Scenario]) -> Vec<Evaluated<'a>> {
    let evaluated = |scenario: &'a Scenario| {
        let Scenario { question, facts, terms, .. } = scenario;
        let facts = Facts::read(facts).unwrap();
        Evaluated { scenario, evaluation: evaluate(*question, &facts, terms) }
    };
    scenarios.iter().map(evaluated).collect()
}

/// Whether the rules give the answer that the scenario expects.
fn passes(rules: &[&'static Rule], scenario: &Scenario, evaluation: Evaluation) -> bool {
    let question = scenario.question;
    let answer = answer_among(&compile(rules, question), rules, question, evaluation);
    let codes: Vec<_> = answer.fired.rules_among(rules).map(|rule| rule.code).collect();
    let missing: Vec<_> = answer.missing.iter().map(|fact| fact.info().path).collect();
    answer.verdict.name() == scenario.verdict
        && codes == scenario.codes
        && scenario.missing.as_ref().is_none_or(|expected| missing == *expected)
}

/// The table of rules with another one in the place of one of them. Rules live as long as the process.
fn with_replaced(rule: &Rule, replaced: Rule) -> Vec<&'static Rule> {
    let replaced: &'static Rule = Box::leak(Box::new(replaced));
    RULES.iter().map(|known| if known.code == rule.code { replaced } else { known }).collect()
}

fn copy(rule: &Rule) -> Rule {
    Rule { ..*rule }
}

/// The literals with one of them negated, and with one of them left out, for each.
fn changed(literals: &[Literal]) -> Vec<(String, &'static [Literal])> {
    let mut all: Vec<(String, &'static [Literal])> = Vec::new();
    for (place, literal) in literals.iter().enumerate() {
        let mut negated = literals.to_vec();
        negated[place] = Literal { expected: !literal.expected, ..*literal };
        let mut fewer = literals.to_vec();
        fewer.remove(place);
        let name = literal.condition.info().name;
        all.push((format!("{name} negated"), Vec::leak(negated)));
        all.push((format!("{name} left out"), Vec::leak(fewer)));
    }
    all
}

/// The changes that no facts can tell from the rules as they are, and why.
const EQUIVALENT: &[(&str, &str)] = &[(
    "PURCHASE_PHONE_NEEDED: allow",
    "it never decides a verdict, and no rule that allows or warns fires beside it, so that its place is the same",
)];

#[test]
fn every_scenario_passes_on_the_rules_as_they_are() {
    for Evaluated { scenario, evaluation } in evaluated(&scenarios()) {
        assert!(passes(RULES, scenario, evaluation), "{:?} of {:?}", scenario.question, scenario.facts);
    }
}

#[test]
fn some_scenario_fails_where_a_condition_of_a_rule_is_changed() {
    let scenarios = scenarios();
    let evaluated = evaluated(&scenarios);
    let (mut changes, mut unnoticed) = (0, Vec::new());
    let mut notice = |what: String, questions: &[Question], rules: &[&'static Rule]| {
        changes += 1;
        let asked = evaluated.iter().filter(|known| questions.contains(&known.scenario.question));
        if asked.into_iter().all(|known| passes(rules, known.scenario, known.evaluation)) {
            unnoticed.push(what);
        }
    };
    for rule in RULES {
        let all: Vec<Question> = rule.applies_to.iter().map(|applies| applies.question).collect();
        // Once for each question alone, since a caller asks them apart.
        for question in all.iter().copied() {
            let about = |what: &str| format!("{} {}: {what}", question.name(), rule.code);
            for (what, when) in changed(rule.when) {
                notice(about(&what), &[question], &with_replaced(rule, Rule { when, ..copy(rule) }));
            }
            for (place, applies) in rule.applies_to.iter().enumerate() {
                for (what, only_if) in changed(applies.only_if) {
                    let mut applies_to = rule.applies_to.to_vec();
                    applies_to[place] = Applicability { only_if, ..*applies };
                    let applies_to = Vec::leak(applies_to);
                    if applies.question == question {
                        notice(
                            about(&what),
                            &[question],
                            &with_replaced(rule, Rule { applies_to, ..copy(rule) }),
                        );
                    }
                }
            }
            let elsewhere: Vec<_> =
                rule.applies_to.iter().filter(|applies| applies.question != question).copied().collect();
            let applies_to = Vec::leak(elsewhere);
            notice(about("not asked"), &[question], &with_replaced(rule, Rule { applies_to, ..copy(rule) }));
        }
        for severity in Severity::ALL.iter().copied().filter(|severity| *severity != rule.severity) {
            let rules = with_replaced(rule, Rule { severity, ..copy(rule) });
            notice(format!("{}: {}", rule.code, severity.name()), &all, &rules);
        }
    }
    println!("{changes} changes of rules");
    assert!(changes > 500, "{changes} changes");
    let listed: Vec<_> = EQUIVALENT.iter().map(|(change, _)| *change).collect();
    assert_eq!(unnoticed, listed, "no scenario fails, though the change is not listed");
}

/// The evaluation where one composed condition has other alternatives; those composed of it follow.
fn with_alternatives(evaluation: Evaluation, changed: Condition, alternatives: &[&[Literal]]) -> Evaluation {
    let composed = Condition::ALL.iter().skip_while(|condition| **condition != changed);
    composed.fold(evaluation, |evaluation, condition| match condition.info().definition {
        Definition::AnyOf(own) => {
            let alternatives = if *condition == changed { alternatives } else { own };
            evaluation.knowing(*condition, evaluation.any(alternatives))
        }
        Definition::OneOf(..) | Definition::Test(_) => evaluation,
    })
}

#[test]
fn some_scenario_fails_where_a_part_of_a_composed_condition_is_changed() {
    let scenarios = scenarios();
    let evaluated = evaluated(&scenarios);
    let (mut changes, mut unnoticed) = (0, Vec::new());
    // Notes read some conditions that no rule reads; scenarios do not speak of notes.
    let read = Question::ALL.iter().fold(ConditionSet::EMPTY, |all, asked| all.union(conditions_of(*asked)));
    for condition in read.iter() {
        let Definition::AnyOf(alternatives) = condition.info().definition else { continue };
        for place in 0..alternatives.len() {
            let mut variants: Vec<(String, Vec<&[Literal]>)> = Vec::new();
            for (what, all) in changed_or_left_out(alternatives[place]) {
                let mut other = alternatives.to_vec();
                match all {
                    Some(all) => other[place] = all,
                    None => drop(other.remove(place)),
                }
                variants.push((what, other));
            }
            for (what, other) in variants {
                changes += 1;
                let same = evaluated.iter().all(|known| {
                    let changed = with_alternatives(known.evaluation, condition, &other);
                    passes(RULES, known.scenario, changed)
                });
                if same {
                    unnoticed.push(format!("{}, alternative {place}: {what}", condition.info().name));
                }
            }
        }
    }
    println!("{changes} changes of composed conditions");
    assert!(changes > 30, "{changes} changes");
    assert_eq!(unnoticed, [""; 0], "no scenario fails");
}

/// The alternative with each of its literals changed, and without any, where it is left out.
fn changed_or_left_out(all: &'static [Literal]) -> Vec<(String, Option<&'static [Literal]>)> {
    let left_out = [("left out".to_string(), None)];
    changed(all).into_iter().map(|(what, all)| (what, Some(all))).chain(left_out).collect()
}
