//! The description of the elements for editors, `custom-elements.json` and `web-types.json`: made from the declarations
//! that TypeScript has written for the package, and from the style sheet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::host::{Done, about};

/// The elements: class, tag, the declarations of its own, and the interfaces of its attributes and events.
const ELEMENTS: [(&str, &str, &str, &str, &str); 2] = [
    ("PreflightPurchase", "preflight-purchase", "purchase", "PurchaseAttributes", "PurchaseEvents"),
    ("PreflightRefund", "preflight-refund", "refund", "RefundAttributes", "RefundEvents"),
];
/// What introduces a part in the comment above a class.
const PART: &str = "@csspart ";
/// The module that defines them, and the package's entry for it.
const MODULE: &str = "elements.js";

/// A line of a declaration: a property, a method, an attribute or an event.
#[derive(Default)]
struct Member {
    of: String,
    doc: String,
    /// The parameters of a method, with their parentheses.
    parameters: Option<String>,
    readonly: bool,
}

type Members = BTreeMap<String, Member>;

/// An element as the two files describe it.
struct Element {
    class: &'static str,
    tag: &'static str,
    doc: String,
    attributes: Members,
    events: Members,
    members: Members,
    /// What a style sheet can select, each with what it is.
    parts: BTreeMap<String, String>,
}

/// Writes both files into `pkg/`.
pub fn describe() -> Done {
    let (base, markup, facts) =
        (read("pkg/elements/base.d.ts")?, read("pkg/elements/markup.d.ts")?, read("pkg/generated.d.ts")?);
    let mut elements = Vec::new();
    for (class, tag, source, attributes, events) in ELEMENTS {
        let own = read(&format!("pkg/elements/{source}.d.ts"))?;
        let (said, mut members) = declared(&own, &format!("class {class} "))?;
        let (parts, doc): (Vec<_>, Vec<_>) = said.lines().partition(|line| line.starts_with(PART));
        let parts = parts.iter().filter_map(|line| line.strip_prefix(PART)?.split_once(" - "));
        members.extend(declared(&base, "class PreflightElement ")?.1);
        let mut all = declared(&facts, "interface FactAttributes ")?.1;
        all.extend(declared(&markup, "interface ElementAttributes ")?.1);
        all.extend(declared(&markup, &format!("interface {attributes} "))?.1);
        elements.push(Element {
            class,
            tag,
            doc: doc.join("\n"),
            attributes: all,
            events: declared(&markup, &format!("interface {events} "))?.1,
            members,
            parts: parts.map(|(name, doc)| (name.into(), doc.into())).collect(),
        });
    }
    let properties = custom_properties(&read("www/elements/elements.css")?);
    write("custom-elements.json", &manifest(&elements, &properties))?;
    write("web-types.json", &web_types(&elements, &properties))
}

fn read(path: &str) -> Done<String> {
    fs::read_to_string(path).map_err(about(path))
}

fn write(name: &str, value: &Value) -> Done {
    let text = serde_json::to_string_pretty(value).map_err(|error| format!("{name}: {error}"))?;
    fs::write(Path::new("pkg").join(name), text + "\n").map_err(about(name))
}

/// What a class or an interface is said to be, and its public members.
fn declared(text: &str, head: &str) -> Done<(String, Members)> {
    let (mut doc, mut outside, mut members) = (String::new(), String::new(), Members::new());
    let mut inside = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix("/**") {
            doc = comment.trim_end_matches("*/").trim().into();
        } else if let Some(comment) = trimmed.strip_prefix('*') {
            let comment = comment.trim_start_matches('/').trim();
            if comment.is_empty() && !doc.is_empty() && !trimmed.ends_with('/') {
                doc.push('\n');
            } else if !comment.is_empty() {
                let ends = doc.is_empty() || doc.ends_with('\n');
                doc.push_str(if ends {
                    ""
                } else if comment.starts_with('@') {
                    "\n"
                } else {
                    " "
                });
                doc.push_str(comment);
            }
        } else if !inside {
            inside = trimmed.starts_with("export") && trimmed.contains(head);
            let said = std::mem::take(&mut doc);
            if inside {
                outside = said;
            }
        } else if line.starts_with('}') {
            return Ok((outside, members));
        } else {
            member(trimmed, std::mem::take(&mut doc), &mut members);
        }
    }
    Err(format!("the declarations that TypeScript wrote have no `{}`.", head.trim()))
}

/// Reads a line of a declaration; lines of what is not public are left out.
fn member(line: &str, doc: String, members: &mut Members) {
    let line = line.trim_end_matches(';');
    let hidden =
        ["private ", "protected ", "static ", "abstract ", "connectedCallback", "disconnectedCallback"];
    if hidden.iter().any(|hidden| line.starts_with(hidden)) || line.starts_with("attributeChangedCallback") {
        return;
    }
    if let Some(setter) = line.strip_prefix("set ") {
        if let Some(member) = setter.split_once('(').and_then(|(name, _)| members.get_mut(name)) {
            member.readonly = false;
        }
        return;
    }
    let (line, readonly) = line.strip_prefix("get ").map_or((line, false), |rest| (rest, true));
    let Some((name, of)) = line.split_once(':').filter(|(name, _)| !name.contains('(')) else {
        let parsed = line.split_once('(').and_then(|(name, rest)| Some((name, rest.rsplit_once("):")?)));
        if let Some((name, (parameters, of))) = parsed {
            if readonly {
                members.insert(name.into(), Member { of: of.trim().into(), doc, readonly, parameters: None });
            } else {
                let parameters = Some(format!("({parameters})"));
                members.insert(name.into(), Member { of: of.trim().into(), doc, readonly, parameters });
            }
        }
        return;
    };
    let name = name.trim_end_matches('?').trim_matches('\'');
    members.insert(name.into(), Member { of: of.trim().into(), doc, readonly, parameters: None });
}

/// The custom properties that a page may set, each with its default where the style sheet gives a single one.
fn custom_properties(css: &str) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    for rest in css.split("var(--preflight-").skip(1) {
        let end = rest.find([',', ')']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let default = rest.strip_prefix(',').map(|rest| {
            let mut depth = 1_u32;
            let inner = rest.chars().take_while(|letter| {
                depth = match letter {
                    '(' => depth.saturating_add(1),
                    ')' => depth.saturating_sub(1),
                    _ => depth,
                };
                depth > 0
            });
            inner.collect::<String>().trim().to_string()
        });
        let given = found.entry(format!("--preflight-{name}")).or_insert_with(|| default.clone());
        if *given != default {
            *given = None; // one in the light and another in the dark
        }
    }
    found
}

fn parts(element: &Element) -> Vec<Value> {
    element.parts.iter().map(|(name, doc)| json!({ "name": name, "description": doc })).collect()
}

/// A custom elements manifest, version 1.
fn manifest(elements: &[Element], properties: &BTreeMap<String, Option<String>>) -> Value {
    let typed = |(name, member): (&String, &Member)| json!({ "name": name, "type": { "text": member.of }, "description": member.doc });
    let declarations = elements.iter().map(|element| {
        let members = element.members.iter().map(|(name, member)| match &member.parameters {
            None => json!({ "kind": "field", "name": name, "type": { "text": member.of }, "description": member.doc, "readonly": member.readonly }),
            Some(parameters) => json!({ "kind": "method", "name": name, "type": { "text": format!("{parameters} => {}", member.of) },
                "return": { "type": { "text": member.of } }, "description": member.doc }),
        });
        json!({
            "kind": "class", "customElement": true, "name": element.class, "tagName": element.tag, "description": element.doc,
            "superclass": { "name": "HTMLElement" },
            "attributes": element.attributes.iter().map(typed).collect::<Vec<_>>(),
            "members": members.collect::<Vec<_>>(),
            "events": element.events.iter().map(typed).collect::<Vec<_>>(),
            "cssParts": parts(element),
            "cssProperties": properties.iter().map(|(name, default)| match default {
                Some(default) => json!({ "name": name, "default": default }),
                None => json!({ "name": name }),
            }).collect::<Vec<_>>(),
        })
    });
    let exports = elements.iter().flat_map(|element| {
        let declaration = json!({ "name": element.class, "module": MODULE });
        [
            json!({ "kind": "js", "name": element.class, "declaration": declaration }),
            json!({ "kind": "custom-element-definition", "name": element.tag, "declaration": declaration }),
        ]
    });
    json!({
        "schemaVersion": "1.0.0",
        "readme": "README.md",
        "modules": [{
            "kind": "javascript-module", "path": MODULE,
            "declarations": declarations.collect::<Vec<_>>(), "exports": exports.collect::<Vec<_>>(),
        }],
    })
}

/// The same in the form of the editors of JetBrains.
fn web_types(elements: &[Element], properties: &BTreeMap<String, Option<String>>) -> Value {
    let elements = elements.iter().map(|element| {
        let attributes = element.attributes.iter().map(|(name, member)| {
            json!({ "name": name, "description": member.doc, "required": false, "value": { "type": member.of } })
        });
        let fields = element.members.iter().filter(|(_, member)| member.parameters.is_none());
        json!({
            "name": element.tag, "description": element.doc,
            "attributes": attributes.collect::<Vec<_>>(),
            "js": {
                "properties": fields.map(|(name, member)| json!({ "name": name, "type": member.of, "description": member.doc })).collect::<Vec<_>>(),
                "events": element.events.iter().map(|(name, member)| json!({ "name": name, "type": member.of, "description": member.doc })).collect::<Vec<_>>(),
            },
            "css": {
                "parts": parts(element),
                "properties": properties.keys().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            },
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/web-types",
        "name": "@ekuaiji/preflight", "version": env!("CARGO_PKG_VERSION"), "description-markup": "markdown",
        "contributions": { "html": { "elements": elements.collect::<Vec<_>>() } },
    })
}
