//! 目录: the facts, the rules and the articles as data.
//!
//! Pages, the TypeScript types and the command `rules` are generated from it; answering a question does not use it.

use serde::{Serialize, Serializer};

use crate::explain::render::difference_in_words;
use crate::model::choices::Choice;
use crate::model::fact_types::FactType;
use crate::model::facts::Fact;
use crate::model::locale::Bilingual;
use crate::model::locale::Locale;
use crate::model::question::{Question, Severity, Verdict};
use crate::model::terms::{TermNumber, Terms};
use crate::rules::clauses::{Article, Clause, Stated};
use crate::rules::condition::{Definition, Literal};
use crate::rules::rule::{Citation, Rule};
use crate::rules::steps::Step;
use crate::rules::{DOCS, RULES};

/// 事实: an entry of the table of facts, serialized for programs.
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

/// A value of a fact of type choice or set.
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

/// 文章: an article of the support pages, by the name that citations use.
#[derive(Debug, Serialize)]
pub struct ArticleEntry {
    name: &'static str,
    #[serde(flatten)]
    title: Bilingual,
}

/// 规则: a rule in short, serialized for programs.
#[derive(Debug, Serialize)]
pub struct RuleEntry {
    code: &'static str,
    severity: Severity,
    questions: Vec<Question>,
    conditions: Vec<&'static str>,
    clause: Citation,
}

/// 规则说明: a rule with its full documentation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleDoc {
    /// The code.
    pub code: &'static str,
    /// Its effect on the verdict.
    pub severity: Severity,
    /// The questions that it applies to.
    pub questions: Vec<Question>,
    /// The doc comment of the rule: a line in Chinese, an empty line, and the explanation in English.
    pub doc: String,
    /// The text that buyers read; a name in braces is replaced by a value.
    #[serde(flatten)]
    pub words: Bilingual,
    /// The conditions, all of which must be met for the rule to fire.
    pub conditions: Vec<ConditionDoc>,
    /// The clauses that it rests on, the most important first.
    pub clauses: Vec<ClauseDoc>,
    /// How far the published text supports it.
    pub stated: Stated,
    /// The same as people read it; where no clause is cited, that it is common sense.
    pub basis: Bilingual,
    /// Where a number that it rests on is published otherwise: a sentence with both numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Difference>,
    /// The steps that can lift its refusal.
    pub steps: Vec<StepDoc>,
}

/// A sentence with the published number and the one in force, in both languages.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A condition of a rule.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionDoc {
    /// The name.
    pub name: &'static str,
    /// Whether the condition must hold or must not.
    pub expected: bool,
    /// The only question for which the rule has this condition; `None` where every question has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_for: Option<Question>,
    /// The text of the condition when it is as expected.
    #[serde(flatten)]
    pub words: Bilingual,
    /// For a condition composed of others, its alternatives: it holds when all conditions of one list are met.
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
    /// A summary in our own words.
    pub gist: Bilingual,
}

/// A step that a rule lists.
#[derive(Debug, Serialize)]
pub struct StepDoc {
    /// The name.
    pub name: &'static str,
    /// The text of the step.
    #[serde(flatten)]
    pub words: Bilingual,
}

/// 用语: what people read for the names in answers and citations.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Labels {
    question: LabelsByName,
    verdict: LabelsByName,
    severity: LabelsByName,
    stated: LabelsByName,
    /// In place of `stated` where no clause is cited.
    no_clause: Bilingual,
}

/// The names of one kind with their labels: in JSON an object.
#[derive(Debug)]
struct LabelsByName(Vec<(&'static str, Bilingual)>);

impl Serialize for LabelsByName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, label)| (name, label)))
    }
}

/// The labels of every question, verdict, severity, and relation to the published text.
pub fn labels() -> Labels {
    Labels {
        question: LabelsByName(Question::ALL.iter().map(|one| (one.name(), one.label())).collect()),
        verdict: LabelsByName(Verdict::ALL.iter().map(|one| (one.name(), one.label())).collect()),
        severity: LabelsByName(Severity::ALL.iter().map(|one| (one.name(), one.label())).collect()),
        stated: LabelsByName(Stated::ALL.iter().map(|one| (one.name(), one.label())).collect()),
        no_clause: Citation::NO_CLAUSE,
    }
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

/// Every rule with its documentation under these terms, in the order of the catalogue.
pub fn documentation(terms: &Terms) -> impl Iterator<Item = RuleDoc> {
    RULES.iter().zip(DOCS).map(|(rule, doc)| RuleDoc {
        code: rule.code,
        severity: rule.severity,
        questions: rule.applies_to.iter().map(|applicability| applicability.question).collect(),
        doc: doc.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().into(),
        words: rule.words,
        conditions: conditions(rule),
        clauses: rule.citation.clauses.iter().copied().map(ClauseDoc::from).collect(),
        stated: rule.citation.stated,
        basis: rule.citation.label(),
        differs: differences(rule, terms),
        steps: rule.steps.iter().copied().map(StepDoc::from).collect(),
    })
}

fn differences(rule: &Rule, terms: &Terms) -> Vec<Difference> {
    let rests_on = |number: TermNumber| {
        rule.words.zh.contains(number.name())
            || rule.citation.clauses.iter().any(|clause| clause.number() == Some(number))
    };
    let difference = |number: TermNumber| {
        let [zh, en] = [Locale::ZhCn, Locale::En].map(|locale| difference_in_words(number, terms, locale));
        Some(Difference { zh: zh?, en: en? })
    };
    TermNumber::ALL.iter().copied().filter(|number| rests_on(*number)).filter_map(difference).collect()
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
        let rules: Vec<_> = documentation(&Terms::PUBLISHED).collect();
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
    fn every_fact_rule_article_and_label_is_in_the_catalogue() {
        let facts = serde_json::to_value(facts().collect::<Vec<_>>()).unwrap();
        assert_eq!(facts.as_array().unwrap().len(), Fact::ALL.len());
        for (entry, fact) in facts.as_array().unwrap().iter().zip(Fact::ALL) {
            let info = fact.info();
            assert_eq!(entry["path"], info.path);
            let values = entry["values"].as_array().map(Vec::len);
            let bounds = (entry["min"].as_u64(), entry["max"].as_u64());
            let (kind, count, range) = match info.kind {
                FactType::Time => ("time", None, (None, None)),
                FactType::Choice(choices) => ("choice", Some(choices.len()), (None, None)),
                FactType::Set(choices) => ("set", Some(choices.len()), (None, None)),
                FactType::Text { .. } => ("text", None, (None, None)),
                FactType::Texts => ("texts", None, (None, None)),
                FactType::Flag => ("flag", None, (None, None)),
                FactType::Integer { min, max } => ("integer", None, (Some(min.into()), Some(max.into()))),
            };
            assert_eq!((entry["type"].as_str(), values, bounds), (Some(kind), count, range), "{}", info.path);
            assert_eq!(entry["personal"], info.kind.is_personal(), "{}", info.path);
        }
        let codes: Vec<_> = rules().map(|rule| rule.code).collect();
        assert_eq!(codes, RULES.iter().map(|rule| rule.code).collect::<Vec<_>>());
        assert!(rules().all(|rule| !rule.questions.is_empty() && !rule.conditions.is_empty()));
        let articles = serde_json::to_value(articles().collect::<Vec<_>>()).unwrap();
        for entry in articles.as_array().unwrap() {
            assert!(is_chinese(entry["zh"].as_str().unwrap()) && !entry["en"].as_str().unwrap().is_empty());
        }
        let labels = serde_json::to_value(labels()).unwrap();
        let named = |kind: &str| labels[kind].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(named("verdict").len(), Verdict::ALL.len());
        assert_eq!(named("question").len(), Question::ALL.len());
        for (kind, name) in [("severity", "block"), ("stated", "stated"), ("question", "page")] {
            assert!(is_chinese(labels[kind][name]["zh"].as_str().unwrap()), "{kind} {name}");
        }
        assert!(is_chinese(labels["noClause"]["zh"].as_str().unwrap()));
    }

    #[test]
    fn a_rule_says_where_a_number_that_it_rests_on_is_published_otherwise() {
        let terms = Terms { refund_window_days: 15, ..Terms::PUBLISHED };
        let said: Vec<_> = documentation(&terms)
            .filter_map(|rule| Some((rule.code, rule.differs.first()?.en.clone())))
            .collect();
        let sentence = "Published: 7 days; in force: 15.";
        assert_eq!(
            said,
            ["REFUND_WITHIN_WINDOW", "REFUND_WINDOW_PASSED"].map(|code| (code, sentence.into()))
        );
    }

    #[test]
    fn a_condition_for_one_question_only_is_marked() {
        let blank = documentation(&Terms::PUBLISHED).find(|rule| rule.code == "ACTIVATION_ACCOUNT_BLANK");
        let conditions: Vec<_> =
            blank.iter().flat_map(|rule| &rule.conditions).map(|part| (part.name, part.only_for)).collect();
        assert_eq!(
            conditions,
            [
                ("ProductIsAddOn", Some(Question::Purchase)),
                ("EditionIsFree", None),
                ("ActivationAccountBlank", None)
            ]
        );
    }

    #[test]
    fn a_composed_condition_lists_its_alternatives() {
        let pending = documentation(&Terms::PUBLISHED).find(|rule| rule.code == "CERTIFICATION_PENDING");
        let alternatives: Vec<Vec<_>> = pending
            .iter()
            .flat_map(|rule| &rule.conditions)
            .flat_map(|part| &part.any_of)
            .map(|list| list.iter().map(|part| (part.name, part.expected)).collect())
            .collect();
        assert_eq!(
            alternatives,
            [
                vec![("ActionIsCloseBooks", true), ("ProductIsLedger", true), ("LedgerIsOpened", false)],
                vec![("ActionIsUseFeature", true), ("ProductIsFeature", true), ("ProductIsOpened", false)],
                vec![
                    ("ActionIsSaveVoucher", true),
                    ("ProductIsVoucherPack", true),
                    ("NextVoucherAboveClaimed", true)
                ],
                vec![("ProductIsLedgerOrVouchers", true), ("PlaceDiffers", true)],
            ]
        );
    }
}
