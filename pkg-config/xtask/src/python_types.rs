//! The module `preflight.types` of the wheel: the types of facts, answers and terms, generated from the engine's tables.

use std::fmt::Write;

use preflight::model::choices::Choice;
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::model::question::Severity;
use preflight::rules::RULES;
use preflight::{Locale, Question, Verdict};

const HEAD: &str = r#""""Types of facts, terms and answers. Generated from the engine's own tables by `cargo xtask wheel`; not edited by hand."""

from datetime import datetime
from typing import AbstractSet, Any, Dict, List, Literal, Mapping, Optional, Sequence, TypedDict, Union

"#;

/// Answers and terms; the fields of the interfaces of the same names in TypeScript.
const REST: &str = r#"Answer = TypedDict("Answer", {"verdict": Verdict, "codes": List[Code], "missing": List[FactPath]})
"""答复: the answer to a question. A definite verdict never becomes `refer` or `block` by learning more."""

FactValues = Dict[FactPath, Any]
"""事实的值: some facts by path; accounts and phone numbers are masked, times are RFC 3339 at +08:00."""

Cited = TypedDict("Cited", {
    "id": Optional[str], "article": Optional[str], "section": Optional[str], "stated": str, "also": List[str],
})
"""条款出处: the clause that a rule or a note rests on; `id` is None where it is common sense."""

Because = TypedDict("Because", {"condition": str, "text": str, "values": FactValues})
"""依据: a condition that was met, with the values that it read."""

Reason = TypedDict("Reason", {
    "code": Code, "severity": Severity, "text": str, "clause": Cited, "because": List[Because],
})
"""理由: why a rule fired."""

Note = TypedDict("Note", {"code": str, "text": str, "clause": Cited})
"""提示: a note, which has no effect on the verdict."""

MissingFact = TypedDict("MissingFact", {"fact": FactPath, "question": str, "needed": bool})
"""缺少的事实: the question that asks a person; `needed` where the verdict stays unknown without it."""

Step = TypedDict("Step", {
    "actor": Literal["buyer", "support"], "action": Dict[str, Any], "text": str, "changes": FactValues,
})
"""步骤: a step of a plan, with the facts that it changes."""

Plan = TypedDict("Plan", {"steps": List[Step], "leadsTo": Optional[Answer]})
"""解决办法: the steps that lift a refusal, and the answer that they lead to."""

Receipt = TypedDict("Receipt", {
    "engine": str, "terms": str, "question": Question, "rules": str, "facts": str, "now": Optional[str],
})
"""核对记录: what the answer rests on."""

Explanation = TypedDict("Explanation", {
    "verdict": Verdict, "codes": List[Code], "reasons": List[Reason], "notes": List[Note],
    "missing": List[MissingFact], "plan": Plan, "alternatives": List[Plan], "contact": Dict[str, str],
    "stableUntil": Optional[str], "receipt": Receipt,
})
"""说明: an answer with everything that a person needs to act on it."""

VoucherQuota = TypedDict("VoucherQuota", {"assured": int, "claimed": int}, total=False)

Terms = TypedDict("Terms", {
    "version": str, "voucherQuota": VoucherQuota, "refundWindowDays": int, "refundReviewWorkdays": int,
    "contacts": Mapping[str, Mapping[str, str]], "calendar": Mapping[str, Mapping[str, Sequence[str]]],
}, total=False)
"""条款: the numbers and contacts that a shop may change; those left out keep their published values."""
"#;

/// The text of the module.
pub fn module() -> String {
    let mut out = String::from(HEAD);
    literal(
        &mut out,
        "Question",
        "问题: what is asked.",
        Question::ALL.iter().map(|question| question.name()),
    );
    literal(&mut out, "Verdict", "结论: what an answer comes to.", Verdict::NAMES.iter().copied());
    literal(
        &mut out,
        "Severity",
        "严重程度: what a rule does to the answer.",
        Severity::NAMES.iter().copied(),
    );
    literal(&mut out, "Code", "规则代码: the rules.", RULES.iter().map(|rule| rule.code));
    literal(&mut out, "Locale", "语言: languages of an explanation.", Locale::NAMES.iter().copied());
    literal(&mut out, "FactPath", "事实: paths of the facts.", Fact::ALL.iter().map(|fact| fact.info().path));
    facts(&mut out);
    out.push_str(REST);
    out
}

fn literal<'a>(out: &mut String, name: &str, doc: &str, members: impl Iterator<Item = &'a str>) {
    let _ = writeln!(out, "{name} = {}\n\"\"\"{doc}\"\"\"\n", one_of(members));
}

fn one_of<'a>(members: impl Iterator<Item = &'a str>) -> String {
    format!("Literal[{}]", members.map(|member| format!("\"{member}\"")).collect::<Vec<_>>().join(", "))
}

/// A class for each group of facts, and one for all.
fn facts(out: &mut String) {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut groups: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for info in Fact::ALL.iter().map(|fact| fact.info()) {
        let names = |choices: &[Choice]| one_of(choices.iter().map(|choice| choice.name));
        let of = match info.kind {
            FactType::Time => "Union[str, int, datetime]".into(),
            FactType::Choice(choices) => names(choices),
            FactType::Set(choices) => format!("Union[Sequence[{0}], AbstractSet[{0}]]", names(choices)),
            FactType::Text { .. } => "str".into(),
            FactType::Texts => "Sequence[str]".into(),
            FactType::Flag => "bool".into(),
            FactType::Integer { .. } => "int".into(),
        };
        let Some((group, name)) = info.path.split_once('.') else {
            all.push((info.path.into(), of));
            continue;
        };
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, fields)) => fields.push((name.into(), of)),
            None => {
                groups.push((group, vec![(name.into(), of)]));
                all.push((group.into(), class_of(group)));
            }
        }
    }
    for (group, fields) in groups {
        class(out, &class_of(group), &format!("事实: the facts `{group}.…`."), &fields);
    }
    class(out, "Facts", "事实: what is known; what is left out, or None, is not known.", &all);
}

fn class_of(group: &str) -> String {
    let (first, rest) = group.split_at(1);
    format!("{}{rest}Facts", first.to_uppercase())
}

fn class(out: &mut String, name: &str, doc: &str, fields: &[(String, String)]) {
    let _ = writeln!(out, "{name} = TypedDict(\"{name}\", {{");
    for (field, of) in fields {
        let _ = writeln!(out, "    \"{field}\": Optional[{of}],");
    }
    let _ = writeln!(out, "}}, total=False)\n\"\"\"{doc}\"\"\"\n");
}
