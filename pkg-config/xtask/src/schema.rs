//! The JSON Schema of scenario files, with which editors complete and check them, from the tables of the engine.

use preflight::explain::actions::ActionKind;
use preflight::model::choices::Choice;
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::rules::RULES;
use preflight::rules::clauses::{Clause, Stated};
use preflight::rules::rule::Citation;
use preflight::{ErrorCode, Question, Verdict};
use serde_json::{Map, Value, json};

/// The schema, as the package has it in `scenarios.schema.json`.
pub fn scenarios() -> Value {
    let described =
        |of: &str, description: &str| json!({ "$ref": format!("#/$defs/{of}"), "description": description });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenarios of Preflight",
        "description": format!(
            "Expected answers to one question, which is the name of the file's folder: {}.",
            Question::NAMES.join(", ")
        ),
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["title", "facts", "expect"],
            "additionalProperties": false,
            "properties": {
                "title": {
                    "type": "string", "pattern": r"\S",
                    "description": "What the scenario claims, in a few words; each once in a file.",
                },
                "clause": described("clauses", "What the expectation rests on: clauses, as in \"S-11, S-13\", or a word."),
                "terms": { "description": "The terms under which it is asked, where they are not those compiled in." },
                "facts": { "description": "What is known; what is left out, or null, is not known." },
                "expect": { "type": "object" },
            },
            "if": { "properties": { "expect": { "required": ["error"] } }, "required": ["expect"] },
            "then": { "properties": { "expect": { "$ref": "#/$defs/refusal" } } },
            "else": {
                "required": ["clause"],
                "properties": {
                    "terms": { "$ref": "#/$defs/terms" },
                    "facts": { "$ref": "#/$defs/facts" },
                    "expect": { "$ref": "#/$defs/answer" },
                },
            },
        },
        "$defs": {
            "clause": { "enum": clauses() },
            "clauses": { "anyOf": [{ "$ref": "#/$defs/clause" }, { "type": "string", "pattern": several_clauses() }] },
            "facts": facts(),
            "terms": terms(),
            "answer": answer(),
            "refusal": {
                "type": "object",
                "required": ["error"],
                "additionalProperties": false,
                "properties": { "error": {
                    "type": "object",
                    "required": ["code", "path"],
                    "additionalProperties": false,
                    "properties": {
                        "code": { "enum": ErrorCode::NAMES },
                        "path": { "type": "string", "description": "Where the error is, as in need.year, opened[1] or question." },
                    },
                } },
            },
        },
    })
}

/// The numbers of all clauses and, for what no clause states, the words that may stand in place of one.
fn clauses() -> Vec<String> {
    let words = Stated::NAMES.iter().filter(|name| **name != Stated::Stated.name());
    let words = words.copied().chain([Citation::NO_CLAUSE.en]).map(String::from);
    (1..=Clause::LAST).map(|number| format!("S-{number:02}")).chain(words).collect()
}

fn several_clauses() -> String {
    let one = format!("(?:{})", clauses().join("|"));
    format!("^{one}(?:, {one})+$")
}

/// The facts, nested by their paths; null is allowed everywhere.
fn facts() -> Value {
    let mut fields = Map::new();
    for fact in Fact::ALL {
        let info = fact.info();
        let doc: Vec<_> = fact.doc().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut schema = fact_type(&info.kind);
        schema["description"] = format!("{}: {}", fact.term(), doc.join(" ")).into();
        match info.path.split_once('.') {
            None => drop(fields.insert(info.path.into(), schema)),
            Some((group, name)) => {
                let group = fields.entry(group).or_insert_with(
                    || json!({ "type": ["object", "null"], "additionalProperties": false, "properties": {} }),
                );
                group["properties"][name] = schema;
            }
        }
    }
    json!({ "type": "object", "additionalProperties": false, "properties": fields })
}

fn fact_type(kind: &FactType) -> Value {
    let names = |choices: &[Choice]| choices.iter().map(|choice| choice.name).collect::<Vec<_>>();
    let (text, list) = (FactType::LONGEST_TEXT, FactType::LONGEST_LIST);
    match kind {
        // A time as text is one with an offset; the engine says the rest.
        FactType::Time => {
            json!({ "type": ["string", "integer", "null"], "pattern": r"^\d{4}-\d\d-\d\d[Tt].*([Zz]|[+-]\d\d:\d\d)$" })
        }
        FactType::Choice(choices) => {
            let values: Vec<_> = names(choices).into_iter().map(Value::from).chain([Value::Null]).collect();
            json!({ "enum": values })
        }
        FactType::Set(choices) => {
            json!({ "type": ["array", "null"], "maxItems": list, "items": { "enum": names(choices) } })
        }
        FactType::Text { blank: false, .. } => {
            json!({ "type": ["string", "null"], "pattern": r"\S", "maxLength": text })
        }
        FactType::Text { blank: true, .. } => json!({ "type": ["string", "null"], "maxLength": text }),
        FactType::Texts => {
            json!({ "type": ["array", "null"], "maxItems": list, "items": { "type": "string", "maxLength": text } })
        }
        FactType::Flag => json!({ "type": ["boolean", "null"] }),
        FactType::Integer { min, max } => {
            json!({ "type": ["integer", "null"], "minimum": min, "maximum": max })
        }
    }
}

/// The terms, as the interface `Terms` of the package has them; their bounds are left to the engine.
fn terms() -> Value {
    let number = |description: &str| json!({ "type": "integer", "minimum": 0, "description": description });
    let object =
        |fields: Value| json!({ "type": "object", "additionalProperties": false, "properties": fields });
    let text = json!({ "type": "string" });
    let contact = object(json!({
        "qqGroup": text, "qqGroupName": text, "joinNote": text, "phone": text, "email": text, "address": text,
    }));
    let dates = json!({ "type": "array", "items": { "type": "string", "pattern": r"^\d\d-\d\d$" } });
    let mut year = object(json!({ "off": dates, "work": dates }));
    year["required"] = json!(["off", "work"]);
    object(json!({
        "version": { "type": "string", "description": "Names these terms in receipts." },
        "voucherQuota": object(json!({
            "assured": number("Vouchers per ledger and year, by the lower published number."),
            "claimed": number("Vouchers per ledger and year, by the higher published number."),
        })),
        "refundWindowDays": number("Days after the day of payment in which a Cloud order can be refunded."),
        "refundReviewWorkdays": number("Working days in which a refund is reviewed."),
        "contacts": object(json!({ "free_lifetime": contact, "cloud": contact, "paid": contact })),
        "calendar": { "type": "object", "propertyNames": { "pattern": r"^\d{4}$" }, "additionalProperties": year },
    }))
}

fn answer() -> Value {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    let actions: Vec<_> = ActionKind::ALL.iter().map(|kind| kind.info().name).collect();
    let paths: Vec<_> = Fact::ALL.iter().map(|fact| fact.info().path).collect();
    let list = |values: Vec<&str>, description: &str| json!({ "type": "array", "uniqueItems": true, "items": { "enum": values }, "description": description });
    json!({
        "type": "object",
        "required": ["verdict", "codes"],
        "additionalProperties": false,
        "properties": {
            "verdict": { "enum": Verdict::NAMES },
            "codes": list(codes, "The rules that fire, the most severe first."),
            "missing": list(paths, "The facts that keep rules open, in the order of the table; left out, it is not compared."),
            "plan": {
                "type": "array",
                "description": "The steps in order, by the name of their action or by some of its fields, null for one that it does not have; left out, it is not compared.",
                "items": { "anyOf": [
                    { "enum": actions },
                    { "type": "object", "required": ["name"], "properties": { "name": { "enum": actions } } },
                ] },
            },
            "stableUntil": {
                "type": ["string", "null"],
                "description": "The first instant at which the answer changes by itself, as RFC 3339 at +08:00; left out, it is not compared.",
            },
        },
    })
}
