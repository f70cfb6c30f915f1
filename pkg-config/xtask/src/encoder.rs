//! The encoder of the flat record in TypeScript, from the table of facts.

use std::fmt::Write;

use preflight::engine::batch::Columns;
use preflight::engine::record::Record;
use preflight::model::choices::Choice;
use preflight::model::fact_types::FactType;
use preflight::model::facts::Fact;
use preflight::model::runs_on::RunsOn;
use preflight::{Locale, Question, Verdict};

const GENERATED: &str =
    "// Generated from the engine's own tables by `cargo xtask build`; not edited by hand.\n\n";

/// The module `bounds.ts`.
pub fn bounds() -> String {
    let mut out = String::from(GENERATED);
    for (about, name, value) in [
        ("How many UTF-16 units the texts of one record may have together.", "UNITS", Record::UNITS),
        (
            "The index of the first word of the record that says which facts are known.",
            "KNOWN",
            Record::KNOWN,
        ),
        ("How many words a set of facts takes.", "WORDS", Record::WORDS),
        ("The index of the word of the record for the rules that fired.", "FIRED", Record::FIRED),
        (
            "The index of the first word of the record for the facts that are missing.",
            "MISSING",
            Record::MISSING,
        ),
        ("The most rows of a block of columns.", "ROWS", Columns::ROWS),
        ("The most characters of a text.", "LONGEST_TEXT", FactType::LONGEST_TEXT),
        ("The most items of a list.", "LONGEST_LIST", FactType::LONGEST_LIST),
    ] {
        let _ = writeln!(out, "/** {about} */\nexport const {name} = {value};");
    }
    let version = env!("CARGO_PKG_VERSION");
    let _ = writeln!(out, "/** The version of the engine. */\nexport const VERSION = '{version}';");
    out
}

/// The module `encoder.ts`.
pub fn encoder() -> String {
    let mut out = String::from(GENERATED);
    out.push_str(IMPORTS);
    list(&mut out, "QUESTIONS", "Question", Question::NAMES);
    list(&mut out, "LOCALES", "Locale", Locale::NAMES);
    list(&mut out, "WAYS", "RunsOn", RunsOn::NAMES);
    list(&mut out, "VERDICTS", "Verdict", Verdict::NAMES);
    columns(&mut out);
    out.push_str(HEAD);
    for word in 0..Record::WORDS {
        let _ = writeln!(out, "  let known{word} = 0;");
    }
    level(&mut out, "", "facts", 1);
    for word in 0..Record::WORDS {
        let _ = writeln!(out, "  numbers[{}] = known{word};", Record::KNOWN + word);
    }
    out.push_str("  return true;\n}\n");
    out
}

const IMPORTS: &str = "\
import { UNITS } from './bounds.js';
import type { Locale, Question, RunsOn, Verdict } from './generated.js';
import { copyText, copyTexts, countItems, hasOnly, isPolluted } from './values.js';

";

const HEAD: &str = "\
/**
 * Writes the facts into the flat record by their JavaScript types alone; bounds are validated in the engine. Returns
 * false where something cannot be placed, and the facts have to cross as the caller's own value.
 */
export function encode(facts: any, numbers: Uint32Array, instants: Float64Array, units: Uint16Array): boolean {
  if (typeof facts !== 'object' || facts === null || isPolluted()) return false;
  // How far the units are filled, and how far they are once a text is copied.
  let end = 0, next = 0;
";

fn list(out: &mut String, name: &str, of: &str, members: &[&str]) {
    let members: Vec<_> = members.iter().map(|member| format!("'{member}'")).collect();
    let _ = writeln!(out, "export const {name}: readonly {of}[] = [{}];\n", members.join(", "));
}

/// The type of each fact's column.
fn columns(out: &mut String) {
    out.push_str(
        "export type ColumnType = 'time' | 'choice' | 'text' | 'texts' | 'flag' | 'integer';\n\n\
         /** What a column of each fact holds. */\n\
         export const COLUMN_TYPES: readonly ColumnType[] = [\n",
    );
    for fact in Fact::ALL {
        let kind = match fact.info().kind {
            FactType::Time => "time",
            FactType::Choice(_) | FactType::Set(_) => "choice",
            FactType::Text { .. } => "text",
            FactType::Texts => "texts",
            FactType::Flag => "flag",
            FactType::Integer { .. } => "integer",
        };
        let _ = writeln!(out, "  '{kind}', // {}", fact.info().path);
    }
    out.push_str("];\n\n");
}

/// Writes the code that reads one level of the facts. Each field that was read adds its bit, and each own enumerable field
/// takes its bit away, which is fast. Only where the two sets differ, as where a fact is `undefined`, inherited or not
/// enumerable, are the fields looked at one by one. An object of a class is rejected once its first field is read: the host has then looked at its
/// shape, and so knows its prototype too.
fn level(out: &mut String, prefix: &str, object: &str, depth: usize) {
    let indent = "  ".repeat(depth);
    let (value, count) = if depth == 1 { ("value", "groups") } else { ("inner", "fields") };
    let _ = writeln!(out, "{indent}let {value}: any, {count} = 0;");
    let mut names = Vec::new();
    for (index, fact) in Fact::ALL.iter().enumerate() {
        let info = fact.info();
        let Some(rest) = info.path.strip_prefix(prefix) else { continue };
        let (name, group) = rest.split_once('.').map_or((rest, false), |(group, _)| (group, true));
        if names.contains(&name) {
            continue;
        }
        let _ = writeln!(out, "{indent}{value} = {object}.{name};");
        if names.is_empty() {
            let _ = writeln!(
                out,
                "{indent}if (Object.getPrototypeOf({object}) !== Object.prototype) return false;"
            );
        }
        let _ = writeln!(out, "{indent}if ({value} !== undefined) {{");
        let _ = writeln!(out, "{indent}  {count} += {};", 1 << names.len());
        names.push(name);
        let _ = writeln!(out, "{indent}  if ({value} !== null) {{");
        if group {
            let _ = writeln!(out, "{indent}    if (typeof {value} !== 'object') return false;");
            level(out, &format!("{prefix}{name}."), value, depth + 2);
        } else {
            for line in write_value(&info.kind, index, value).lines() {
                let _ = writeln!(out, "{indent}    {line}");
            }
            let _ = writeln!(out, "{indent}    known{} |= {};", index / 32, (1_u32 << (index % 32)) as i32);
        }
        let _ = writeln!(out, "{indent}  }}\n{indent}}}");
    }
    let _ = writeln!(out, "{indent}for (const name in {object}) switch (name) {{");
    for (place, name) in names.iter().enumerate() {
        let _ = writeln!(out, "{indent}  case '{name}': {count} -= {}; break;", 1 << place);
    }
    let _ = writeln!(out, "{indent}  default: return false;\n{indent}}}");
    let _ = writeln!(
        out,
        "{indent}if ({count} !== 0 && !hasOnly({object}, '{}')) return false;",
        names.join(" ")
    );
}

/// The code that writes one value, or returns false where the value has another type.
fn write_value(kind: &FactType, index: usize, value: &str) -> String {
    match kind {
        FactType::Time => format!(
            "if (typeof {value} === 'number' && !Number.isNaN({value})) instants[{index}] = {value};\n\
             else {{\n  {}\n  instants[{index}] = NaN;\n}}",
            write_text(index, value).replace('\n', "\n  ")
        ),
        FactType::Choice(choices) => choose(choices, value, &format!("numbers[{index}] =")),
        FactType::Set(choices) => {
            let each = choose(choices, "item", "set |= 1 <<").replace('\n', "\n  ");
            format!(
                "const count = countItems({value});\n\
                 if (count < 0) return false;\n\
                 let set = 0;\n\
                 for (let at = 0; at < count; at++) {{\n  const item = {value}[at];\n  {each}\n}}\n\
                 numbers[{index}] = set;"
            )
        }
        FactType::Text { .. } => write_text(index, value),
        FactType::Texts => format!(
            "if ((next = copyTexts({value}, units, end)) < 0) return false;\n\
             numbers[{index}] = end;\n\
             end = next;"
        ),
        FactType::Flag => {
            format!("if (typeof {value} !== 'boolean') return false;\nnumbers[{index}] = {value} ? 1 : 0;")
        }
        // A negative number becomes one above 2^31, which is out of every bound and is rejected by the engine.
        FactType::Integer { .. } => {
            format!("if (({value} | 0) !== {value}) return false;\nnumbers[{index}] = {value};")
        }
    }
}

/// The code that copies a text and writes its span.
fn write_text(index: usize, value: &str) -> String {
    format!(
        "if (typeof {value} !== 'string' || (next = copyText({value}, units, end)) < 0) return false;\n\
         numbers[{index}] = end * UNITS + next - end;\n\
         end = next;"
    )
}

fn choose(choices: &[Choice], value: &str, before: &str) -> String {
    let mut out = format!("switch ({value}) {{\n");
    for choice in choices {
        let _ = writeln!(out, "  case '{}': {before} {}; break;", choice.name, choice.index);
    }
    out.push_str("  default: return false;\n}");
    out
}
