//! Generated from the tables of the engine: the types in TypeScript, the catalogue, and the data of the page of rules.

use std::fmt::Write;
use std::fs;

use preflight::catalogue::{self, RuleDoc};
use preflight::explain::actions::{ActionKind, Actor, ArgumentType};
use preflight::model::choices::{Choice, Payment, Product};
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::model::notices::Message;
use preflight::model::question::Severity;
use preflight::model::runs_on::RunsOn;
use preflight::rules::RULES;
use preflight::rules::clauses::{Clause, Stated};
use preflight::rules::conditions::Condition;
use preflight::rules::notes::NOTES;
use preflight::{ErrorCode, Locale, Question, Terms, Verdict};
use serde_json::{Value, json};

use crate::host::about;

/// The module `generated.ts`.
pub fn types() -> String {
    let mut out = String::from(
        "// Generated from the engine's own tables by `cargo xtask build`; not edited by hand.\n\n",
    );
    union(&mut out, "Question", "问题: what is asked.", Question::ALL.iter().map(|question| question.name()));
    union(&mut out, "Verdict", "结论: what an answer comes to.", Verdict::NAMES.iter().copied());
    union(&mut out, "Severity", "严重程度: what a rule does to the answer.", Severity::NAMES.iter().copied());
    union(
        &mut out,
        "Stated",
        "依据: how far the published text supports a rule or a note.",
        Stated::NAMES.iter().copied(),
    );
    union(&mut out, "Actor", "执行者: who takes a step of a plan.", Actor::NAMES.iter().copied());
    union(&mut out, "Code", "规则代码: the rules.", RULES.iter().map(|rule| rule.code));
    union(&mut out, "NoteCode", "提示代码: the notes.", NOTES.iter().map(|note| note.code));
    union(
        &mut out,
        "ErrorCode",
        "错误代码: kinds of mistakes in what is passed.",
        ErrorCode::NAMES.iter().copied(),
    );
    union(&mut out, "Locale", "语言: languages of an explanation.", Locale::NAMES.iter().copied());
    union(
        &mut out,
        "RunsOn",
        "运行方式: what the engine runs on, WebAssembly or its translation to JavaScript.",
        RunsOn::NAMES.iter().copied(),
    );
    union(&mut out, "ClauseId", "条款编号: the clauses cited.", Clause::ALL.iter().map(|clause| clause.id()));
    union(
        &mut out,
        "Condition",
        "条件: the vocabulary of the rules.",
        Condition::ALL.iter().map(|condition| condition.info().name),
    );
    union(&mut out, "FactPath", "事实: paths of the facts.", Fact::ALL.iter().map(|fact| fact.info().path));
    facts(&mut out);
    attributes(&mut out);
    values(&mut out);
    actions(&mut out);
    out.push_str(REST);
    out
}

/// The module `catalogue.ts`: facts, rules, articles and labels as data, for pages that show them. All of it is frozen,
/// since the elements and every other importer on a page read the same objects.
pub fn catalogue() -> Result<String, String> {
    let json = |entries: Result<String, serde_json::Error>| entries.map_err(|error| error.to_string());
    let facts = json(serde_json::to_string(&catalogue::facts().collect::<Vec<_>>()))?;
    let rules = json(serde_json::to_string(&catalogue::rules().collect::<Vec<_>>()))?;
    let articles = json(serde_json::to_string(&catalogue::articles().collect::<Vec<_>>()))?;
    let labels = json(serde_json::to_string(&catalogue::labels()))?;
    let phrases = json(serde_json::to_string(&Message::PHRASES))?;
    let terms = without_calendar(&Terms::default())?;
    let published = without_calendar(&Terms::PUBLISHED)?;
    Ok(format!(
        "// Generated from the engine's own tables by `cargo xtask build`; not edited by hand.\n\n\
         import type {{ ArticleEntry, FactEntry, Labels, RuleEntry, TermsInForce }} from './generated.js';\n\
         import {{ frozen }} from './values.js';\n\n\
         /** 事实: every fact, in table order. */\nexport const facts: readonly FactEntry[] = frozen({facts});\n\n\
         /** 规则: every rule, in the order of the catalogue. */\nexport const rules: readonly RuleEntry[] = frozen({rules});\n\n\
         /** 出处: the articles that citations name. */\nexport const articles: readonly ArticleEntry[] = frozen({articles});\n\n\
         /** 用语: what people read for questions, verdicts, severities, and how the text stands. */\nexport const labels: Labels = frozen({labels});\n\n\
         /** 系统认证提示: the phrases by which the messages of 系统认证 are known, in lower case and without white space. */\nexport const noticePhrases: readonly string[] = frozen({phrases});\n\n\
         /** 生效条款: the terms compiled in, but for the calendar. */\nexport const terms: Omit<TermsInForce, 'calendar'> = frozen({terms});\n\n\
         /** 公布的条款: the terms as the published text has them, to tell where those in force differ. */\nexport const publishedTerms: Omit<TermsInForce, 'calendar'> = frozen({published});\n"
    ))
}

fn without_calendar(terms: &Terms) -> Result<Value, String> {
    let mut terms = serde_json::to_value(terms).map_err(|error| error.to_string())?;
    terms.as_object_mut().and_then(|terms| terms.remove("calendar"));
    Ok(terms)
}

/// The data of the page of rules: the documentation of each rule, an example for each question that it applies to, and
/// the terms that its texts refer to.
pub fn rules_page() -> Result<String, String> {
    let terms = Terms::default();
    let documented = catalogue::documentation(&terms).map(|rule| {
        let examples: Result<Vec<_>, _> =
            rule.questions.iter().map(|question| example(&rule, *question)).collect();
        let mut entry = serde_json::to_value(&rule).map_err(|error| error.to_string())?;
        entry["examples"] = examples?.into();
        Ok(entry)
    });
    let rules = documented.collect::<Result<Vec<_>, String>>()?;
    Ok(json!({ "terms": terms, "rules": rules }).to_string())
}

/// The first scenario of the rule in which it fires.
fn example(rule: &RuleDoc, question: Question) -> Result<Value, String> {
    let file = format!("tests/scenarios/{}/{}.json", question.name(), rule.code.to_lowercase());
    let text = fs::read_to_string(&file).map_err(about(&file))?;
    let scenarios: Value = serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
    let fires = |scenario: &&Value| {
        // The page answers with the terms compiled in.
        let is_usual = scenario["terms"].is_null();
        let codes = scenario["expect"]["codes"].as_array();
        is_usual && codes.is_some_and(|codes| codes.iter().any(|code| code == rule.code))
    };
    let first = scenarios.as_array().and_then(|scenarios| scenarios.iter().find(fires)).ok_or_else(|| {
        format!("{file}: {} is expected in no scenario; the page of rules shows the first one.", rule.code)
    })?;
    Ok(json!({ "question": question, "file": file, "title": first["title"], "facts": first["facts"] }))
}

fn union<'a>(out: &mut String, name: &str, doc: &str, members: impl Iterator<Item = &'a str>) {
    let members: Vec<_> = members.map(|member| format!("'{member}'")).collect();
    let _ = writeln!(out, "/** {doc} */\nexport type {name} = {};\n", members.join(" | "));
}

fn names(choices: &[Choice]) -> String {
    choices.iter().map(|choice| format!("'{}'", choice.name)).collect::<Vec<_>>().join(" | ")
}

/// The interface of the facts, nested by their paths.
fn facts(out: &mut String) {
    out.push_str("/** 事实: what is known; what is left out, `undefined` or `null` is not known. */\n");
    out.push_str("export interface Facts {\n");
    let mut group = "";
    for fact in Fact::ALL {
        let info = fact.info();
        let (within, name) = info.path.split_once('.').unwrap_or(("", info.path));
        if within != group {
            if !group.is_empty() {
                out.push_str("  } | null;\n");
            }
            if !within.is_empty() {
                let _ = writeln!(out, "  {within}?: {{");
            }
            group = within;
        }
        let indent = if group.is_empty() { "  " } else { "    " };
        let bounds = match info.kind {
            FactType::Integer { min, max } => format!(" A whole number from {min} to {max}."),
            FactType::Text { blank: false, .. } => " Not blank; at most 1,000 characters.".into(),
            FactType::Text { blank: true, .. } => " May be blank; at most 1,000 characters.".into(),
            FactType::Texts => " At most 100 of at most 1,000 characters each.".into(),
            FactType::Time => {
                " RFC 3339 with an offset, or whole milliseconds since 1970; from 2000 to 2100.".into()
            }
            FactType::Choice(_) | FactType::Set(_) | FactType::Flag => String::new(),
        };
        let of = match info.kind {
            FactType::Time => "string | number".into(),
            FactType::Choice(choices) => names(choices),
            FactType::Set(choices) => format!("readonly ({})[]", names(choices)),
            FactType::Text { .. } => "string".into(),
            FactType::Texts => "readonly string[]".into(),
            FactType::Flag => "boolean".into(),
            FactType::Integer { .. } => "number".into(),
        };
        let _ = writeln!(out, "{indent}/** {}{bounds} */", about_fact(*fact));
        let _ = writeln!(out, "{indent}{name}?: {of} | null;");
    }
    if !group.is_empty() {
        out.push_str("  } | null;\n");
    }
    out.push_str("}\n\n");
}

/// What the table says of a fact, on one line, with its Chinese term.
fn about_fact(fact: Fact) -> String {
    let doc: Vec<_> = fact.doc().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("{}: {}", fact.term(), doc.join(" "))
}

/// The interface of the facts as attributes of the elements, which write everything as text.
fn attributes(out: &mut String) {
    out.push_str("/** 事实属性: the facts as attributes of the elements, named after their paths. */\n");
    out.push_str("export interface FactAttributes {\n");
    for fact in Fact::ALL {
        let info = fact.info();
        let mut name = String::new();
        for letter in info.path.replace('.', "-").chars() {
            if letter.is_ascii_uppercase() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        let (of, form) = match info.kind {
            FactType::Choice(choices) => (names(choices), String::new()),
            FactType::Set(choices) => ("string".into(), format!(" Words of {}.", names(choices))),
            FactType::Text { .. } => ("string".into(), String::new()),
            FactType::Texts => ("string".into(), " A JSON array, or one on each line.".into()),
            FactType::Flag => ("'true' | 'false'".into(), String::new()),
            FactType::Integer { min, max } => {
                ("number | `${number}`".into(), format!(" A whole number from {min} to {max}."))
            }
            FactType::Time => {
                ("string | number".into(), " RFC 3339 with an offset, or milliseconds since 1970.".into())
            }
        };
        let _ = writeln!(out, "  /** {}{form} */", about_fact(*fact));
        let _ = writeln!(out, "  '{name}'?: {of};");
    }
    out.push_str("}\n\n");
}

/// The interface of single values by path, as JSON shows them.
fn values(out: &mut String) {
    out.push_str("/** 事实的值: some facts by path; accounts and phones are masked, times are RFC 3339 at +08:00. */\n");
    out.push_str("export interface FactValues {\n");
    for info in Fact::ALL.iter().map(|fact| fact.info()) {
        let of = match info.kind {
            FactType::Choice(choices) => names(choices),
            FactType::Set(choices) => format!("({})[]", names(choices)),
            FactType::Time | FactType::Text { .. } => "string".into(),
            FactType::Texts => "string[]".into(),
            FactType::Flag => "boolean".into(),
            FactType::Integer { .. } => "number".into(),
        };
        let _ = writeln!(out, "  '{}'?: {of};", info.path);
    }
    out.push_str("}\n\n");
}

/// The union of the actions of a plan.
fn actions(out: &mut String) {
    let product = names(Product::CHOICES);
    let payments = format!("readonly ({})[]", names(Payment::CHOICES));
    out.push_str("/** 操作: what a step of a plan does, for programs. */\nexport type Action =\n");
    for action in ActionKind::ALL.iter().map(|kind| kind.info()) {
        let _ = write!(out, "  | {{ name: '{}'", action.name);
        for (name, kind) in action.arguments {
            let (mark, of) = match kind {
                ArgumentType::Ledger => ("?", "string"),
                ArgumentType::Year | ArgumentType::OptionalCount => ("?", "number"),
                ArgumentType::Count => ("", "number"),
                ArgumentType::Product => ("", product.as_str()),
                ArgumentType::Payments => ("", payments.as_str()),
                ArgumentType::Path => ("", "readonly string[]"),
                ArgumentType::Purpose => ("?", "'refund'"),
            };
            let _ = write!(out, "; {name}{mark}: {of}");
        }
        out.push_str(" }\n");
    }
    out.push_str("  ;\n\n");
}

/// The interfaces that refer to the generated types.
const REST: &str = r"/** 答复: the answer to a question. A definite verdict never becomes `refer` or `block` by learning more. */
export interface Answer {
  readonly verdict: Verdict;
  /** The rules that fired, the most severe first. */
  readonly codes: readonly Code[];
  /** The facts that keep open rules open, in the order of the table. */
  readonly missing: readonly FactPath[];
}

/** 条款出处: the clause that a rule or a note rests on; `id` is null where it is common sense. */
export interface Cited {
  readonly id: ClauseId | null;
  readonly article: string | null;
  readonly section: string | null;
  readonly stated: Stated;
  /** Further clauses. */
  readonly also: readonly ClauseId[];
}

/** 理由: why a rule fired. */
export interface Reason {
  code: Code;
  severity: Severity;
  /** What is wrong, why, and what to do. */
  text: string;
  clause: Cited;
  /** The conditions that were met, with the values they read; accounts and phones masked. */
  because: { condition: Condition; text: string; values: FactValues }[];
}

/** 解决办法: the steps that lift a refusal, and the answer that they lead to. */
export interface Plan {
  /** In the order in which they are taken, each with the facts that it changes: their new values by path. */
  steps: { actor: Actor; action: Action; text: string; changes: FactValues }[];
  leadsTo: Answer | null;
}

/** 说明: an answer with everything that a person needs to act on it. */
export interface Explanation {
  verdict: Verdict;
  codes: Code[];
  reasons: Reason[];
  notes: { code: NoteCode; text: string; clause: Cited }[];
  /** The missing facts, with the question to ask a person; `needed` where the verdict stays unknown without it. */
  missing: { fact: FactPath; question: string; needed: boolean }[];
  /** The plan with the fewest steps; without steps where nothing is refused. */
  plan: Plan;
  /** Other plans with as few steps. */
  alternatives: Plan[];
  contact: { text: string } & Contact;
  /** The first instant at which the answer changes by the passing of time alone, as RFC 3339 at +08:00. */
  stableUntil: string | null;
  receipt: { engine: string; terms: string; question: Question; rules: string; facts: string; now: string | null };
}

/** 追踪: the state of every rule of the question. */
export interface Trace {
  verdict: Verdict;
  rules: {
    code: Code;
    severity: Severity;
    state: 'fired' | 'out' | 'open';
    conditions: { condition: Condition; expected: boolean; value: boolean | null }[];
  }[];
}

/** 双语: a text in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** 用语: what people read for a name, by the name. */
export interface Labels {
  readonly question: { readonly [name in Question]: Bilingual };
  readonly verdict: { readonly [name in Verdict]: Bilingual };
  readonly severity: { readonly [name in Severity]: Bilingual };
  readonly stated: { readonly [name in Stated]: Bilingual };
  /** In place of `stated` where no clause is cited. */
  readonly noClause: Bilingual;
}

/** A fact, as the table has it. */
export interface FactEntry {
  readonly path: FactPath;
  readonly term: string;
  readonly type: 'time' | 'choice' | 'set' | 'text' | 'texts' | 'flag' | 'integer';
  readonly values?: readonly (Bilingual & { readonly name: string })[];
  readonly min?: number;
  readonly max?: number;
  readonly personal: boolean;
  /** Whether blank text or an empty list is an answer of its own. */
  readonly blank: boolean;
  readonly ask: Bilingual;
}

/** A rule, as the catalogue has it. */
export interface RuleEntry {
  readonly code: Code;
  readonly severity: Severity;
  readonly questions: readonly Question[];
  readonly conditions: readonly Condition[];
  readonly clause: Cited;
}

/** An article, by the short name that citations have, with a title to read. */
export interface ArticleEntry extends Bilingual {
  readonly name: string;
}

/** 联系方式: ways to reach support. */
export interface Contact {
  qqGroup?: string;
  qqGroupName?: string;
  joinNote?: string;
  phone?: string;
  email?: string;
  address?: string;
}

/** 条款: the numbers and contacts that a shop may change; those left out keep their published values. */
export interface Terms {
  /** Names this set of terms in receipts; 1 to 64 characters. */
  version?: string;
  /** Vouchers per ledger and year, by the lower and by the higher published number; 0 to 1,000,000. */
  voucherQuota?: { assured?: number; claimed?: number };
  /** Days after the day of payment in which a Cloud order can be refunded; 0 to 365. */
  refundWindowDays?: number;
  /** Working days in which a refund is reviewed; 0 to 60. */
  refundReviewWorkdays?: number;
  contacts?: { free_lifetime?: Contact; cloud?: Contact; paid?: Contact };
  /** By year: weekdays off and weekend days worked, as `MM-DD`. */
  calendar?: { [year: string]: { off: readonly string[]; work: readonly string[] } };
}

/** 生效条款: the terms in force, with nothing left out. */
export interface TermsInForce {
  readonly version: string;
  readonly voucherQuota: { readonly assured: number; readonly claimed: number };
  readonly refundWindowDays: number;
  readonly refundReviewWorkdays: number;
  readonly contacts: { readonly [edition in 'free_lifetime' | 'cloud' | 'paid']: Readonly<Contact> };
  readonly calendar: { readonly [year: string]: { readonly off: readonly string[]; readonly work: readonly string[] } };
}
";
