//! The encoder of the flat record in TypeScript, from the table of facts.

use std::fmt::Write;

use preflight::columns::Columns;
use preflight::facts::{Choice, Fact, FactSet, Kind};
use preflight::flat::Record;
use preflight::time::Time;
use preflight::{Locale, Question, Verdict};

const MADE: &str = "// Made from the engine's own tables by `cargo xtask build`; not edited by hand.\n\n";

/// The module `bounds.ts`.
pub fn bounds() -> String {
    let mut out = String::from(MADE);
    for (about, name, value) in [
        ("The bytes of texts in one record.", "SPAN", Record::SPAN.into()),
        ("The most rows of a block of columns.", "ROWS", Columns::ROWS as i64),
        ("The most characters of a text.", "LONGEST_TEXT", Kind::LONGEST_TEXT as i64),
        ("The most items of a list.", "LONGEST_LIST", Kind::LONGEST_LIST as i64),
        ("The first instant, in milliseconds since 1970.", "EARLIEST", Time::MIN.millis()),
        ("The last one.", "LATEST", Time::MAX.millis()),
    ] {
        let _ = writeln!(out, "/** {about} */\nexport const {name} = {value};");
    }
    out
}

/// The module `encoder.ts`.
pub fn encoder() -> String {
    let mut out = String::from(MADE);
    let _ = writeln!(out, "import {{ LONGEST_LIST }} from './bounds.js';");
    let _ = writeln!(out, "import type {{ Locale, Question, Verdict }} from './generated.js';");
    let _ = writeln!(
        out,
        "import {{ begin, hasOnly, isBlank, isPlain, put, putAll, time }} from './values.js';\n"
    );
    list(&mut out, "QUESTIONS", "Question", Question::ALL.iter().map(|question| question.name()));
    list(&mut out, "LOCALES", "Locale", Locale::NAMES.iter().copied());
    list(&mut out, "VERDICTS", "Verdict", Verdict::NAMES.iter().copied());
    columns(&mut out);
    out.push_str(HEAD);
    level(&mut out, "", "facts", 1);
    // The one thing that two facts must agree on, as in `Facts::read`.
    let (now, paid) = (Fact::now as u32, Fact::order_paid_at as u32);
    let both = FactSet::of(Fact::now).or(FactSet::of(Fact::order_paid_at)).bits();
    let _ = writeln!(out, "  if ((known & {both}) === {both} && times[{now}] < times[{paid}]) return -1;");
    out.push_str("  return known >>> 0;\n}\n");
    out
}

const HEAD: &str = "\
/**
 * Writes the facts into the record: the set of those known, or -1 where the slow way must have a look. Texts are
 * only written where they are among the facts that are read.
 */
export function encode(facts: any, numbers: Int32Array, times: Float64Array, texts: Uint8Array, reads: number): number {
  if (!isPlain(facts)) return -1;
  begin(texts);
  let known = 0;
";

fn list<'a>(out: &mut String, name: &str, of: &str, members: impl Iterator<Item = &'a str>) {
    let members: Vec<_> = members.map(|member| format!("'{member}'")).collect();
    let _ = writeln!(out, "export const {name}: readonly {of}[] = [{}];\n", members.join(", "));
}

/// What a column of each fact can hold.
fn columns(out: &mut String) {
    out.push_str(
        "export type ColumnKind = 'time' | 'choice' | 'name' | 'shown' | 'texts' | 'flag' | 'integer';\n\n\
         /** What a column of each fact is of, and the least and the most of its numbers. */\n\
         export const COLUMNS: readonly (readonly [kind: ColumnKind, least?: number, most?: number])[] = [\n",
    );
    for fact in Fact::ALL {
        let kind = match fact.info().kind {
            Kind::Time => format!("'time', {}, {}", Time::MIN.millis(), Time::MAX.millis()),
            Kind::Choice(_) | Kind::Set(_) => "'choice'".into(),
            Kind::Text { blank: false, .. } => "'name'".into(),
            Kind::Text { blank: true, .. } => "'shown'".into(),
            Kind::Texts => "'texts'".into(),
            Kind::Flag => "'flag', 0, 1".into(),
            Kind::Integer { min, max } => format!("'integer', {min}, {max}"),
        };
        let _ = writeln!(out, "  [{kind}], // {}", fact.info().path);
    }
    out.push_str("];\n\n");
}

/// The reading of one level of the facts. The names in it are only counted, which is quick; when there
/// are others than were read, whether they are names of ours is looked into.
fn level(out: &mut String, prefix: &str, object: &str, depth: usize) {
    let indent = "  ".repeat(depth);
    let (value, count) = if depth == 1 { ("value", "groups") } else { ("inner", "fields") };
    let _ = writeln!(out, "{indent}let {value}: any, {count} = 0;");
    let mut names = Vec::new();
    for (place, fact) in Fact::ALL.iter().enumerate() {
        let info = fact.info();
        let Some(rest) = info.path.strip_prefix(prefix) else { continue };
        let (name, group) = rest.split_once('.').map_or((rest, false), |(group, _)| (group, true));
        if names.contains(&name) {
            continue;
        }
        names.push(name);
        let _ = writeln!(out, "{indent}if (({value} = {object}.{name}) !== undefined) {{");
        let _ = writeln!(out, "{indent}  {count}++;");
        let _ = writeln!(out, "{indent}  if ({value} !== null) {{");
        if group {
            let _ = writeln!(out, "{indent}    if (!isPlain({value})) return -1;");
            level(out, &format!("{prefix}{name}."), value, depth + 2);
        } else {
            for line in write_value(&info.kind, place, value).lines() {
                let _ = writeln!(out, "{indent}    {line}");
            }
            let _ = writeln!(out, "{indent}    known |= {};", 1_u64 << place);
        }
        let _ = writeln!(out, "{indent}  }}\n{indent}}}");
    }
    let _ = writeln!(out, "{indent}for (const _ in {object}) {count}--;");
    let _ =
        writeln!(out, "{indent}if ({count} !== 0 && !hasOnly({object}, '{}')) return -1;", names.join(" "));
}

/// Writes one value, or gives up.
fn write_value(kind: &Kind, place: usize, value: &str) -> String {
    match kind {
        Kind::Time => format!("if ((times[{place}] = time({value})) < 0) return -1;"),
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
        Kind::Text { blank, .. } => {
            let blank = if *blank { String::new() } else { format!(" || isBlank({value})") };
            format!(
                "if ((numbers[{place}] = put({value}, reads & {})) < 0{blank}) return -1;",
                1_u64 << place
            )
        }
        Kind::Texts => {
            format!("if ((numbers[{place}] = putAll({value}, reads & {})) < 0) return -1;", 1_u64 << place)
        }
        Kind::Flag => {
            format!("if (typeof {value} !== 'boolean') return -1;\nnumbers[{place}] = {value} ? 1 : 0;")
        }
        Kind::Integer { min, max } => format!(
            "if (({value} | 0) !== {value} || {value} < {min} || {value} > {max}) return -1;\nnumbers[{place}] = {value};"
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
