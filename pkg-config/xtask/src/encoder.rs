//! The encoder of the flat record in TypeScript, from the table of facts.

use std::fmt::Write;

use preflight::facts::{Choice, Fact, Kind};
use preflight::flat::Record;
use preflight::time::Time;
use preflight::{Locale, Question, Verdict};

/// The module `encoder.ts`.
pub fn encoder() -> String {
    let mut out =
        String::from("// Made from the engine's own tables by `cargo xtask build`; not edited by hand.\n\n");
    let _ = writeln!(out, "import type {{ Locale, Question, Verdict }} from './generated.js';\n");
    list(&mut out, "QUESTIONS", "Question", Question::ALL.iter().map(|question| question.name()));
    list(&mut out, "LOCALES", "Locale", Locale::NAMES.iter().copied());
    list(&mut out, "VERDICTS", "Verdict", Verdict::NAMES.iter().copied());
    let _ =
        writeln!(out, "/** The bytes of texts in one record. */\nexport const SPAN = {};\n", Record::SPAN);
    for (about, name, most) in [
        ("The most characters of a text.", "LONGEST_TEXT", Kind::LONGEST_TEXT),
        ("The most items of a list.", "LONGEST_LIST", Kind::LONGEST_LIST),
    ] {
        let _ = writeln!(out, "/** {about} */\nexport const {name} = {most};\n");
    }
    out.push_str(HEAD);
    level(&mut out, "", "facts", 1);
    out.push_str("  return known >>> 0;\n}\n");
    out
}

fn list<'a>(out: &mut String, name: &str, of: &str, members: impl Iterator<Item = &'a str>) {
    let members: Vec<_> = members.map(|member| format!("'{member}'")).collect();
    let _ = writeln!(out, "export const {name}: readonly {of}[] = [{}];\n", members.join(", "));
}

/// The loop over one level of the facts: a `switch` that finds unknown fields for nothing.
fn level(out: &mut String, prefix: &str, object: &str, depth: usize) {
    let indent = "  ".repeat(depth);
    let (key, value) = if depth == 1 { ("key", "value") } else { ("name", "inner") };
    let _ = writeln!(out, "{indent}for (const {key} in {object}) {{");
    let _ = writeln!(out, "{indent}  const {value} = {object}[{key}];");
    let _ = writeln!(out, "{indent}  switch ({key}) {{");
    let mut groups = Vec::new();
    for (place, fact) in Fact::ALL.iter().enumerate() {
        let info = fact.info();
        let Some(rest) = info.path.strip_prefix(prefix) else { continue };
        match rest.split_once('.') {
            None => {
                let _ = writeln!(out, "{indent}    case '{rest}':");
                let _ = writeln!(out, "{indent}      if ({value} == null) break;");
                for line in write_value(&info.kind, place, value).lines() {
                    let _ = writeln!(out, "{indent}      {line}");
                }
                let _ = writeln!(out, "{indent}      known |= {};", 1_u64 << place);
                let _ = writeln!(out, "{indent}      break;");
            }
            Some((group, _)) if !groups.contains(&group) => {
                groups.push(group);
                let _ = writeln!(out, "{indent}    case '{group}':");
                let _ = writeln!(out, "{indent}      if ({value} == null) break;");
                let _ = writeln!(out, "{indent}      if (!isPlain({value})) return -1;");
                level(out, &format!("{prefix}{group}."), value, depth + 3);
                let _ = writeln!(out, "{indent}      break;");
            }
            Some(_) => {}
        }
    }
    let _ = writeln!(out, "{indent}    default: return -1;");
    let _ = writeln!(out, "{indent}  }}\n{indent}}}");
}

/// Writes one value, or gives up.
fn write_value(kind: &Kind, place: usize, value: &str) -> String {
    match kind {
        Kind::Time => format!(
            "if (typeof {value} === 'number' && {value} >= {} && {value} <= {} && Number.isInteger({value})) numbers[{place}] = {value};\n\
             else if (typeof {value} === 'string' && put({value})) numbers[{place}] = -1 - span;\n\
             else return -1;",
            Time::MIN.millis(),
            Time::MAX.millis()
        ),
        Kind::Choice(choices) => choose(choices, value, &format!("numbers[{place}] ="), ";"),
        Kind::Set(choices) => {
            let each = choose(choices, "item", "set |= 1 <<", ";").replace('\n', "\n  ");
            format!(
                "if (!Array.isArray({value}) || {value}.length > LONGEST_LIST) return -1;\n\
                 let set = 0;\n\
                 for (const item of {value}) {{\n  {each}\n}}\n\
                 numbers[{place}] = set;"
            )
        }
        Kind::Text { .. } => {
            format!("if (typeof {value} !== 'string' || !put({value})) return -1;\nnumbers[{place}] = span;")
        }
        Kind::Texts => format!("if (!putAll({value})) return -1;\nnumbers[{place}] = span;"),
        Kind::Flag => {
            format!("if (typeof {value} !== 'boolean') return -1;\nnumbers[{place}] = {value} ? 1 : 0;")
        }
        Kind::Integer { min, max } => format!(
            "if ((({value} as number) | 0) !== {value} || {value} < {min} || {value} > {max}) return -1;\nnumbers[{place}] = {value};"
        ),
    }
}

fn choose(choices: &[Choice], value: &str, before: &str, after: &str) -> String {
    let mut out = format!("switch ({value}) {{\n");
    for choice in choices {
        let _ = writeln!(out, "  case '{}': {before} {}{after} break;", choice.name, choice.place);
    }
    out.push_str("  default: return -1;\n}");
    out
}

const HEAD: &str = "\
/** The record's numbers and texts, in the engine's memory. */
let numbers: Float64Array;
let texts: Uint8Array;
/** How far the texts are filled, and where the last one stands. */
let end = 0;
let span = 0;

/** Whether the value is an object of no class. */
function isPlain(value: unknown): boolean {
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

/** Writes a text; not one that is long, and none with a surrogate or a NUL, which are rare. */
function put(text: string): boolean {
  const start = end;
  return write(text) && (span = start * SPAN + end - start, true);
}

function putAll(items: unknown): boolean {
  if (!Array.isArray(items) || items.length > LONGEST_LIST) return false;
  const start = end;
  for (const item of items) {
    if (typeof item !== 'string' || !write(item)) return false;
    texts[end++] = 0;
  }
  span = start * SPAN + end - start;
  return true;
}

function write(text: string): boolean {
  const length = text.length;
  if (length > LONGEST_TEXT || end + 3 * length + 1 > SPAN - 1) return false;
  let at = end;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      if (unit === 0) return false;
      texts[at++] = unit;
    } else if (unit < 0x800) {
      texts[at++] = 0xc0 | (unit >> 6);
      texts[at++] = 0x80 | (unit & 0x3f);
    } else {
      if (unit >= 0xd800 && unit < 0xe000) return false;
      texts[at++] = 0xe0 | (unit >> 12);
      texts[at++] = 0x80 | ((unit >> 6) & 0x3f);
      texts[at++] = 0x80 | (unit & 0x3f);
    }
  }
  end = at;
  return true;
}

/** Writes the facts into the record: the set of those known, or -1 where the slow way must have a look. */
export function encode(facts: any, numbersAt: Float64Array, textsAt: Uint8Array): number {
  if (!isPlain(facts)) return -1;
  numbers = numbersAt;
  texts = textsAt;
  end = 0;
  let known = 0;
";
