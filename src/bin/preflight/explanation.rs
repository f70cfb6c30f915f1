//! An explanation as text for a terminal, in one language.
//!
//! Lines are not wrapped, because support pastes them into chats and a terminal wraps them itself.

use preflight::explain::actions::Actor;
use preflight::explain::plan::Plan;
use preflight::explain::receipt::Receipt;
use preflight::explain::render::fact_in_words;
use preflight::explain::{ExplainedNote, Explanation, MissingFact, Reason};
use preflight::model::facts::{Fact, Facts};
use preflight::model::time::Time;
use preflight::rules::rule::Citation;
use preflight::{Locale, Question};

use crate::output::one_line;

/// The explanation, line by line.
pub fn lines(question: Question, facts: &Facts<'_>, explanation: &Explanation<'_>, locale: Locale) -> String {
    let mut page = Page { text: String::new(), facts, locale };
    let title = question.label().in_locale(locale);
    let verdict = explanation.verdict.label().in_locale(locale);
    page.line(match locale {
        Locale::ZhCn => format!("{title}：{verdict}（{}）", explanation.verdict.name()),
        Locale::En => format!("{title}: {verdict} ({})", explanation.verdict.name()),
    });
    page.section("原因", "Why", &explanation.reasons, Page::reason);
    page.section("还不知道", "Not known yet", &explanation.missing, Page::missing);
    page.plans(explanation);
    page.section("还应该知道", "Good to know", &explanation.notes, Page::note);
    page.line(String::new());
    page.line(explanation.contact.text.clone());
    page.stable_until(explanation.stable_until);
    page.receipt(&explanation.receipt);
    page.text
}

/// The text that is written, line by line.
struct Page<'a> {
    text: String,
    facts: &'a Facts<'a>,
    locale: Locale,
}

impl Page<'_> {
    fn line(&mut self, line: String) {
        self.text.push_str(&one_line(&line));
        self.text.push('\n');
    }

    fn heading(&mut self, zh: &str, en: &str) {
        self.line(String::new());
        self.line(self.locale.choose(zh, en).into());
    }

    /// Writes a heading and its entries, unless there are none.
    fn section<T>(&mut self, zh: &str, en: &str, entries: &[T], write: fn(&mut Self, usize, &T)) {
        for (number, entry) in (1..).zip(entries) {
            if number == 1 {
                self.heading(zh, en);
            }
            write(self, number, entry);
        }
    }

    fn reason(&mut self, number: usize, reason: &Reason<'_>) {
        self.line(format!("  {number}. {}", reason.text));
        let severity = reason.severity.label().in_locale(self.locale);
        self.line(format!("     {} · {severity} · {}", reason.code, cited(reason.clause, self.locale)));
        for because in reason.because.iter() {
            let values: Vec<_> = because.values.facts().filter_map(|fact| self.value(fact)).collect();
            let values = values.join(self.locale.choose("；", "; "));
            self.line(match (values.is_empty(), self.locale) {
                (true, _) => format!("     - {}", because.text),
                (false, Locale::ZhCn) => format!("     - {}（{values}）", because.text),
                (false, Locale::En) => format!("     - {} ({values})", because.text),
            });
        }
    }

    /// A fact and its value as text.
    fn value(&self, fact: Fact) -> Option<String> {
        let value = fact_in_words(fact, self.facts, self.locale)?;
        let value = if value.trim().is_empty() { self.locale.choose("空", "empty") } else { &value };
        Some(match self.locale {
            Locale::ZhCn => format!("{}：{value}", fact.term()),
            Locale::En => format!("{}: {value}", fact.info().path),
        })
    }

    fn missing(&mut self, number: usize, missing: &MissingFact) {
        let needed = match missing.needed {
            true => self.locale.choose("不知道就不能下结论", "no answer without it"),
            false => self.locale.choose("选填", "optional"),
        };
        self.line(format!("  {number}. {}", missing.question));
        self.line(format!("     {} · {needed}", missing.fact));
    }

    fn plans(&mut self, explanation: &Explanation<'_>) {
        if explanation.plan.steps.is_empty() {
            return;
        }
        self.heading("办法", "What to do");
        self.plan(&explanation.plan);
        for plan in &explanation.alternatives {
            self.line(self.locale.choose("  或者：", "  Or:").into());
            self.plan(plan);
        }
    }

    fn plan(&mut self, plan: &Plan<'_>) {
        for (number, step) in (1..).zip(&plan.steps) {
            let (text, locale) = (&step.text, self.locale);
            self.line(match (step.actor, locale) {
                (Actor::Buyer, Locale::ZhCn) => format!("  {number}. 购买者：{text}"),
                (Actor::Support, Locale::ZhCn) => format!("  {number}. 客服：{text}"),
                (Actor::Buyer, Locale::En) => format!("  {number}. Buyer: {text}"),
                (Actor::Support, Locale::En) => format!("  {number}. Support: {text}"),
            });
        }
        // A plan that ends with support leads to a decision that the engine cannot predict.
        if let Some(after) = plan.leads_to.filter(|answer| !answer.verdict.is_refusal()) {
            let verdict = after.verdict.label().in_locale(self.locale);
            self.line(match self.locale {
                Locale::ZhCn => format!("     做完之后：{verdict}"),
                Locale::En => format!("     After that: {verdict}"),
            });
        }
    }

    fn note(&mut self, number: usize, note: &ExplainedNote) {
        self.line(format!("  {number}. {}", note.text));
        self.line(format!("     {} · {}", note.code, cited(note.clause, self.locale)));
    }

    fn stable_until(&mut self, until: Option<Time>) {
        if let Some(until) = until.map(Time::to_rfc3339) {
            self.line(match self.locale {
                Locale::ZhCn => format!("这个结论到 {until} 为止有效，到时请重新核对。"),
                Locale::En => format!("This answer holds until {until}; ask again then."),
            });
        }
    }

    fn receipt(&mut self, receipt: &Receipt<'_>) {
        let Receipt { engine, terms, now, .. } = receipt;
        let (rules, facts) = (receipt.rules.to_hex(), receipt.facts.to_hex());
        let now = now.map_or_else(|| self.locale.choose("没有给出", "not given").into(), Time::to_rfc3339);
        self.line(match self.locale {
            Locale::ZhCn => {
                format!("核对记录：引擎 {engine} · 条款 {terms} · 规则 {rules} · 事实 {facts} · 时间 {now}")
            }
            Locale::En => {
                format!(
                    "Receipt: engine {engine} · terms {terms} · rules {rules} · facts {facts} · now {now}"
                )
            }
        });
    }
}

/// The clauses, and how far the published text supports the rule or note.
fn cited(citation: &Citation, locale: Locale) -> String {
    let label = citation.label().in_locale(locale);
    let Some((first, others)) = citation.clauses.split_first() else { return label.into() };
    let (id, article, section) = (first.id(), first.article().name(), first.section());
    let also = others.iter().map(|clause| clause.id()).collect::<Vec<_>>().join(", ");
    match (also.is_empty(), locale) {
        (true, Locale::ZhCn) => format!("依据 {id}（{article} {section}），{label}"),
        (false, Locale::ZhCn) => format!("依据 {id}（{article} {section}）和 {also}，{label}"),
        (true, Locale::En) => format!("{id} ({article} {section}), {label}"),
        (false, Locale::En) => format!("{id} ({article} {section}) and {also}, {label}"),
    }
}
