//! `rules`: print the catalogue of rules.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use preflight::Terms;
use preflight::catalogue::{ClauseDoc, ConditionDoc, RuleDoc, StepDoc, documentation};
use preflight::model::locale::Bilingual;
use preflight::rules::RULES;

use crate::output::{Status, print, print_json};

const EXAMPLES: &str = "\
Examples:
  preflight rules
  preflight rules WRONG_LEDGER
  preflight rules --format markdown > rules.md
  preflight rules --format json

Exit status: 0 done, 3 no rule has that code.";

/// Show every rule, or one: when it fires, what it says, the clause, the way out
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Rules {
    /// Only the rule of this code
    #[arg(hide_possible_values = true, ignore_case = true)]
    #[arg(value_parser = PossibleValuesParser::new(RULES.iter().map(|rule| rule.code)))]
    code: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The format of the output.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

impl Rules {
    /// Prints the rules.
    pub fn run(self) -> Result<Status, String> {
        let wanted = |code: &str| self.code.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(code));
        let rules: Vec<_> = documentation(&Terms::default()).filter(|rule| wanted(rule.code)).collect();
        match self.format {
            Format::Text => print(&rules.iter().map(text).collect::<Vec<_>>().join("\n")),
            Format::Markdown => print(&rules.iter().map(markdown).collect::<Vec<_>>().join("\n")),
            Format::Json => print_json(&rules),
        }?;
        Ok(Status::Done)
    }
}

fn text(rule: &RuleDoc) -> String {
    let mut text = format!("{}  {}\n", rule.code, summary(rule));
    for line in rule.doc.lines().filter(|line| !line.is_empty()) {
        text.push_str(&format!("  {line}\n"));
    }
    let steps: Vec<_> = rule.steps.iter().map(step).collect();
    let conditions: Vec<_> = rule.conditions.iter().flat_map(condition).collect();
    for (label, lines) in [
        ("when", &conditions),
        ("says", &vec![rule.words.zh.into(), rule.words.en.into()]),
        ("clause", &clauses(rule)),
        ("steps", &steps),
    ] {
        for (position, line) in lines.iter().enumerate() {
            let label = if position == 0 { label } else { "" };
            text.push_str(&format!("  {label:<7} {line}\n"));
        }
    }
    text
}

fn markdown(rule: &RuleDoc) -> String {
    let mut text = format!("## {}\n\n{}\n\n{}\n", rule.code, summary(rule), rule.doc);
    let conditions: Vec<_> = rule.conditions.iter().flat_map(condition).collect();
    for (heading, lines) in [
        ("Fires when", conditions),
        ("Clause", clauses(rule)),
        ("Steps", rule.steps.iter().map(step).collect()),
    ] {
        if !lines.is_empty() {
            text.push_str(&format!("\n### {heading}\n\n"));
        }
        for line in lines {
            // The conditions that another is composed of are indented, which makes them a nested list.
            let (indent, line) = line.split_at(line.len().saturating_sub(line.trim_start().len()));
            text.push_str(&format!("{indent}- {line}\n"));
        }
    }
    text.push_str(&format!("\n### Says\n\n> {}\n\n> {}\n", rule.words.zh, rule.words.en));
    text
}

/// The severity and the questions of a rule.
fn summary(rule: &RuleDoc) -> String {
    let asked: Vec<_> = rule.questions.iter().map(|question| question.name()).collect();
    format!("{} · {}", rule.severity.name(), asked.join(", "))
}

/// A condition, followed by the conditions that it is composed of.
fn condition(condition: &ConditionDoc) -> Vec<String> {
    let ConditionDoc { name, expected, only_for, words, any_of } = condition;
    let not = if *expected { "" } else { "not " };
    let added = only_for.map_or(String::new(), |question| format!(", for {} only", question.name()));
    let mut lines = vec![format!("{} [{not}{name}{added}]", both(words))];
    for (position, alternative) in any_of.iter().enumerate() {
        for part in alternative {
            let number = position.saturating_add(1);
            lines.extend(self::condition(part).into_iter().map(|line| format!("  ({number}) {line}")));
        }
    }
    lines
}

/// The clauses with their summaries, then how far the published text supports the rule.
fn clauses(rule: &RuleDoc) -> Vec<String> {
    let cited = rule.clauses.iter().map(|ClauseDoc { id, article, section, gist }| {
        format!("{id} ({article} {section}): {}", both(gist))
    });
    let differs = rule.differs.iter().map(|difference| format!("{} / {}", difference.zh, difference.en));
    cited.chain([both(&rule.basis)]).chain(differs).collect()
}

fn step(step: &StepDoc) -> String {
    format!("{} [{}]", both(&step.words), step.name)
}

fn both(words: &Bilingual) -> String {
    format!("{} / {}", words.zh, words.en)
}
