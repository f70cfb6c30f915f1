//! 目录: the facts and the rules as data, for pages, types and references.

use serde::Serialize;

use crate::explain::Cited;
use crate::facts::{Choice, Fact, Kind};
use crate::rule::{Question, Severity};
use crate::rules::RULES;

/// A fact, as programs are told of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactEntry {
    path: &'static str,
    term: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<&'static [Choice]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    personal: bool,
    ask: Both,
}

/// The same in both languages.
#[derive(Debug, Serialize)]
pub struct Both {
    zh: &'static str,
    en: &'static str,
}

/// A rule, as programs are told of it.
#[derive(Debug, Serialize)]
pub struct RuleEntry {
    code: &'static str,
    severity: Severity,
    questions: Vec<Question>,
    conditions: Vec<&'static str>,
    clause: Cited,
}

/// Every fact, in table order.
pub fn facts() -> impl Iterator<Item = FactEntry> {
    Fact::ALL.iter().map(|fact| {
        let info = fact.info();
        let (kind, values, min, max) = match info.kind {
            Kind::Time => ("time", None, None, None),
            Kind::Choice(values) => ("choice", Some(values), None, None),
            Kind::Set(values) => ("set", Some(values), None, None),
            Kind::Text { .. } => ("text", None, None, None),
            Kind::Texts => ("texts", None, None, None),
            Kind::Flag => ("flag", None, None, None),
            Kind::Integer { min, max } => ("integer", None, Some(min), Some(max)),
        };
        FactEntry {
            path: info.path,
            term: info.term.trim_ascii_start(),
            kind,
            values,
            min,
            max,
            personal: matches!(info.kind, Kind::Text { personal: true, .. }),
            ask: Both { zh: info.ask_zh, en: info.ask_en },
        }
    })
}

/// Every rule, in the order of the catalogue.
pub fn rules() -> impl Iterator<Item = RuleEntry> {
    RULES.iter().map(|rule| RuleEntry {
        code: rule.code,
        severity: rule.severity,
        questions: rule.asked.iter().map(|asked| asked.question).collect(),
        conditions: rule.when.iter().map(|literal| literal.condition.info().name).collect(),
        clause: rule.citation.into(),
    })
}
