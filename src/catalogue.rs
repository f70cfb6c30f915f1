//! 目录: the facts and the rules as data, for pages, types and references; no answer needs them.

use serde::Serialize;

use crate::model::choices::Choice;
use crate::model::fact_types::FactType;
use crate::model::facts::Fact;
use crate::model::locale::Bilingual;
use crate::model::question::{Question, Severity};
use crate::rules::clauses::{Article, Clause, Stated};
use crate::rules::condition::{Definition, Literal};
use crate::rules::rule::{Citation, Rule};
use crate::rules::steps::Step;
use crate::rules::{DOCS, RULES};

/// A fact, as programs read it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactEntry {
    path: &'static str,
    term: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<ChoiceEntry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    personal: bool,
    blank: bool,
    ask: Bilingual,
}

/// One value of a choice or a set.
#[derive(Debug, Serialize)]
struct ChoiceEntry {
    name: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl From<&'static Choice> for ChoiceEntry {
    fn from(Choice { name, label, .. }: &'static Choice) -> Self {
        Self { name, zh: label.zh, en: label.en }
    }
}

/// An article, by the short name that citations have.
#[derive(Debug, Serialize)]
pub struct ArticleEntry {
    name: &'static str,
    #[serde(flatten)]
    title: Bilingual,
}

/// A rule, as programs read it.
#[derive(Debug, Serialize)]
pub struct RuleEntry {
    code: &'static str,
    severity: Severity,
    questions: Vec<Question>,
    conditions: Vec<&'static str>,
    clause: Citation,
}

/// A rule, for those who read about it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleDoc {
    /// The name.
    pub code: &'static str,
    /// What it does to the answer.
    pub severity: Severity,
    /// The questions that ask it.
    pub questions: Vec<Question>,
    /// What it is about, in Chinese; a blank line; why it is as it is, in English.
    pub doc: String,
    /// Its words; a name in braces stands for a value.
    #[serde(flatten)]
    pub words: Bilingual,
    /// What must hold for it to fire, all of it.
    pub conditions: Vec<ConditionDoc>,
    /// Where it comes from, what matters most first.
    pub clauses: Vec<ClauseDoc>,
    /// How the published text stands to it.
    pub stated: Stated,
    /// What could lift it.
    pub steps: Vec<StepDoc>,
}

/// A condition of a rule.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionDoc {
    /// The name.
    pub name: &'static str,
    /// What it must be.
    pub expected: bool,
    /// The question that adds it; `None` where every question has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_for: Option<Question>,
    /// What it says when it is as expected.
    #[serde(flatten)]
    pub words: Bilingual,
    /// Where it is made of others: those that make it true, all of any list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Vec<ConditionDoc>>,
}

/// A clause that a rule cites.
#[derive(Debug, Serialize)]
pub struct ClauseDoc {
    /// The number.
    pub id: &'static str,
    /// The short name of its article.
    pub article: &'static str,
    /// The section of the article.
    pub section: &'static str,
    /// What it says, in our words.
    pub gist: Bilingual,
}

/// A step that a rule names.
#[derive(Debug, Serialize)]
pub struct StepDoc {
    /// The name.
    pub name: &'static str,
    /// What is done.
    #[serde(flatten)]
    pub words: Bilingual,
}

/// Every fact, in table order.
pub fn facts() -> impl Iterator<Item = FactEntry> {
    Fact::ALL.iter().map(|fact| {
        let info = fact.info();
        let (kind, values, min, max) = match info.kind {
            FactType::Time => ("time", None, None, None),
            FactType::Choice(values) => ("choice", Some(values), None, None),
            FactType::Set(values) => ("set", Some(values), None, None),
            FactType::Text { .. } => ("text", None, None, None),
            FactType::Texts => ("texts", None, None, None),
            FactType::Flag => ("flag", None, None, None),
            FactType::Integer { min, max } => ("integer", None, Some(min), Some(max)),
        };
        FactEntry {
            path: info.path,
            term: fact.term(),
            kind,
            values: values.map(|values| values.iter().map(ChoiceEntry::from).collect()),
            min,
            max,
            personal: matches!(info.kind, FactType::Text { personal: true, .. }),
            blank: matches!(
                info.kind,
                FactType::Text { blank: true, .. } | FactType::Texts | FactType::Set(_)
            ),
            ask: info.ask,
        }
    })
}

/// Every rule, in the order of the catalogue.
pub fn rules() -> impl Iterator<Item = RuleEntry> {
    RULES.iter().map(|rule| RuleEntry {
        code: rule.code,
        severity: rule.severity,
        questions: rule.applies_to.iter().map(|applicability| applicability.question).collect(),
        conditions: rule.when.iter().map(|literal| literal.condition.info().name).collect(),
        clause: rule.citation,
    })
}

/// Every article, with its title.
pub fn articles() -> impl Iterator<Item = ArticleEntry> {
    Article::ALL.iter().map(|article| ArticleEntry { name: article.name(), title: in_both(article.title()) })
}

/// Every rule with all that can be said of it, in the order of the catalogue.
pub fn documentation() -> impl Iterator<Item = RuleDoc> {
    RULES.iter().zip(DOCS).map(|(rule, doc)| RuleDoc {
        code: rule.code,
        severity: rule.severity,
        questions: rule.applies_to.iter().map(|applicability| applicability.question).collect(),
        doc: doc.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().into(),
        words: rule.words,
        conditions: conditions(rule),
        clauses: rule.citation.clauses.iter().copied().map(ClauseDoc::from).collect(),
        stated: rule.citation.stated,
        steps: rule.steps.iter().copied().map(StepDoc::from).collect(),
    })
}

const fn in_both((zh, en): (&'static str, &'static str)) -> Bilingual {
    Bilingual::new(zh, en)
}

fn conditions(rule: &Rule) -> Vec<ConditionDoc> {
    let added = rule.applies_to.iter().flat_map(|applicability| {
        let only_for = Some(applicability.question);
        applicability.only_if.iter().map(move |literal| ConditionDoc::of(*literal, only_for))
    });
    added.chain(rule.when.iter().map(|literal| ConditionDoc::of(*literal, None))).collect()
}

impl ConditionDoc {
    fn of(literal: Literal, only_for: Option<Question>) -> Self {
        let Literal { condition, expected } = literal;
        let info = condition.info();
        let words = literal.words();
        let all = |list: &[Literal]| list.iter().map(|part| Self::of(*part, None)).collect();
        let any_of = match info.definition {
            Definition::OneOf(..) | Definition::Test(_) => Vec::new(),
            Definition::AnyOf(alternatives) => alternatives.iter().map(|list| all(list)).collect(),
        };
        Self { name: info.name, expected, only_for, words, any_of }
    }
}

impl From<Clause> for ClauseDoc {
    fn from(clause: Clause) -> Self {
        Self {
            id: clause.id(),
            article: clause.article().name(),
            section: clause.section(),
            gist: in_both(clause.gist()),
        }
    }
}

impl From<Step> for StepDoc {
    fn from(step: Step) -> Self {
        let (name, zh, en) = step.doc();
        Self { name, words: Bilingual::new(zh, en) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
    }

    #[test]
    fn every_rule_is_documented_in_both_languages() {
        let rules: Vec<_> = documentation().collect();
        assert_eq!(rules.len(), RULES.len());
        for rule in rules {
            let (about, why) = rule.doc.split_once("\n\n").unwrap_or_default();
            assert!(
                is_chinese(about) && !about.contains('\n'),
                "{}: the doc opens with a Chinese line",
                rule.code
            );
            assert!(!why.is_empty() && !why.contains("\n\n"), "{}: the doc then says why", rule.code);
            assert!(!rule.conditions.is_empty(), "{}", rule.code);
            let words = rule.conditions.iter().map(|condition| condition.words);
            let words = words.chain(rule.steps.iter().map(|step| step.words));
            let words = words.chain(rule.clauses.iter().map(|clause| clause.gist)).chain([rule.words]);
            for Bilingual { zh, en } in words {
                assert!(is_chinese(zh) && !en.is_empty() && en.trim() == en, "{}: {zh} / {en}", rule.code);
            }
        }
    }

    #[test]
    fn what_only_one_question_adds_is_marked() {
        let blank = documentation().find(|rule| rule.code == "ACTIVATION_ACCOUNT_BLANK");
        let marks: Vec<_> =
            blank.iter().flat_map(|rule| &rule.conditions).map(|part| (part.name, part.only_for)).collect();
        assert_eq!(
            marks,
            [
                ("ProductIsAddOn", Some(Question::Purchase)),
                ("EditionIsFree", None),
                ("ActivationAccountBlank", None)
            ]
        );
    }

    #[test]
    fn a_condition_made_of_others_says_of_which() {
        let pending = documentation().find(|rule| rule.code == "CERTIFICATION_PENDING");
        let made: Vec<Vec<_>> = pending
            .iter()
            .flat_map(|rule| &rule.conditions)
            .flat_map(|part| &part.any_of)
            .map(|list| list.iter().map(|part| (part.name, part.expected)).collect())
            .collect();
        assert_eq!(
            made,
            [
                vec![("ActionIsCloseBooks", true), ("ProductIsLedger", true), ("LedgerIsOpened", false)],
                vec![("ActionIsUseFeature", true), ("ProductIsFeature", true), ("ProductIsOpened", false)],
                vec![("ActionIsSaveVoucher", true), ("ProductIsVoucherPack", true), ("NextVoucherAboveClaimed", true)],
                vec![("ProductIsLedgerOrVouchers", true), ("PlaceDiffers", true)],
            ]
        );
    }
}
