//! An explanation as support reads it in a terminal, in one language throughout.
//!
//! Lines are left as long as they are: they are pasted into chats, and a terminal wraps them itself.

use preflight::clauses::Stated;
use preflight::explain::{Asking, Explanation, Reason, Told};
use preflight::facts::{Fact, Facts};
use preflight::plan::{Actor, Plan};
use preflight::receipt::Receipt;
use preflight::rule::{Citation, Severity};
use preflight::text::words;
use preflight::time::Time;
use preflight::{Answer, Locale, Question, Verdict};

use crate::output::one_line;

/// The whole explanation.
pub fn lines(question: Question, facts: &Facts<'_>, explanation: &Explanation<'_>, locale: Locale) -> String {
    let mut page = Page { text: String::new(), facts, locale };
    let (title, verdict) = (question_word(question, locale), verdict_word(explanation.verdict, locale));
    page.line(match locale {
        Locale::ZhCn => format!("{title}：{verdict}（{}）", explanation.verdict.name()),
        Locale::En => format!("{title}: {verdict} ({})", explanation.verdict.name()),
    });
    page.section("原因", "Why", explanation.reasons.iter(), Page::reason);
    page.section("还不知道", "Not known yet", explanation.missing.iter(), Page::asking);
    page.plans(explanation);
    page.section("还应该知道", "Good to know", explanation.notes.iter(), Page::note);
    page.line(String::new());
    page.line(explanation.contact.text());
    page.stable_until(explanation.stable_until);
    page.receipt(&explanation.receipt);
    page.text
}

const fn verdict_word(verdict: Verdict, locale: Locale) -> &'static str {
    match verdict {
        Verdict::Allow => locale.of("可以", "yes"),
        Verdict::Warn => locale.of("可以，有提醒", "yes, with something to know first"),
        Verdict::Refer => locale.of("要找客服办理", "only through support"),
        Verdict::Block => locale.of("不可以", "no, as things stand"),
        Verdict::Unknown => locale.of("还不能确定", "it cannot be told yet"),
    }
}

const fn question_word(question: Question, locale: Locale) -> &'static str {
    match question {
        Question::Activation => locale.of("激活", "Activation"),
        Question::Purchase => locale.of("购买", "Purchase"),
        Question::Entitlement => locale.of("使用", "Entitlement"),
        Question::Refund => locale.of("退款", "Refund"),
        Question::Page => locale.of("购买页面打不开", "Order page does not open"),
    }
}

const fn severity_word(severity: Severity, locale: Locale) -> &'static str {
    match severity {
        Severity::Allow => locale.of("可以", "allowed"),
        Severity::Warn => locale.of("提醒", "warning"),
        Severity::Refer => locale.of("找客服", "through support"),
        Severity::Block => locale.of("不可以", "refused"),
    }
}

/// How the published text stands to what is said.
pub const fn stated_word(stated: Stated, locale: Locale) -> &'static str {
    match stated {
        Stated::Stated => locale.of("说明写明", "the text says so"),
        Stated::Inferred => locale.of("按说明推断", "inferred from the text"),
        Stated::Silent => locale.of("说明没有提到", "the text does not say"),
        Stated::Conflicting => locale.of("说明前后不一致", "the text contradicts itself"),
    }
}

/// Text that grows line by line.
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
        self.line(self.locale.of(zh, en).into());
    }

    /// A heading and its entries, if there are any.
    fn section<T>(
        &mut self,
        zh: &str,
        en: &str,
        entries: impl Iterator<Item = T>,
        write: fn(&mut Self, usize, &T),
    ) {
        for (number, entry) in (1..).zip(entries) {
            if number == 1 {
                self.heading(zh, en);
            }
            write(self, number, &entry);
        }
    }

    fn reason(&mut self, number: usize, reason: &Reason<'_>) {
        self.line(format!("  {number}. {}", reason.text));
        let severity = severity_word(reason.severity, self.locale);
        self.line(format!("     {} · {severity} · {}", reason.code, cited(reason.clause, self.locale)));
        for because in reason.because.iter() {
            let values: Vec<_> = because.facts().filter_map(|fact| self.value(fact)).collect();
            let values = values.join(self.locale.of("；", "; "));
            self.line(match (values.is_empty(), self.locale) {
                (true, _) => format!("     - {}", because.text),
                (false, Locale::ZhCn) => format!("     - {}（{values}）", because.text),
                (false, Locale::En) => format!("     - {} ({values})", because.text),
            });
        }
    }

    /// A fact and its value, in words.
    fn value(&self, fact: Fact) -> Option<String> {
        let value = words(fact, self.facts, self.locale)?;
        let value = if value.trim().is_empty() { self.locale.of("空", "empty") } else { &value };
        Some(match self.locale {
            Locale::ZhCn => format!("{}：{value}", fact.term()),
            Locale::En => format!("{}: {value}", fact.info().path),
        })
    }

    fn asking(&mut self, number: usize, asking: &Asking) {
        let needed = match asking.needed {
            true => self.locale.of("不知道就不能下结论", "no answer without it"),
            false => self.locale.of("选填", "optional"),
        };
        self.line(format!("  {number}. {}", asking.question));
        self.line(format!("     {} · {needed}", asking.fact));
    }

    fn plans(&mut self, explanation: &Explanation<'_>) {
        if explanation.plan.actions.is_empty() {
            return;
        }
        self.heading("办法", "What to do");
        self.plan(&explanation.plan);
        for plan in &explanation.alternatives {
            self.line(self.locale.of("  或者：", "  Or:").into());
            self.plan(plan);
        }
    }

    fn plan(&mut self, plan: &Plan<'_>) {
        for (number, step) in (1..).zip(plan.steps()) {
            let (text, locale) = (&step.text, self.locale);
            self.line(match (step.actor, locale) {
                (Actor::Buyer, Locale::ZhCn) => format!("  {number}. 购买者：{text}"),
                (Actor::Support, Locale::ZhCn) => format!("  {number}. 客服：{text}"),
                (Actor::Buyer, Locale::En) => format!("  {number}. Buyer: {text}"),
                (Actor::Support, Locale::En) => format!("  {number}. Support: {text}"),
            });
        }
        let lifted = |answer: &Answer| !matches!(answer.verdict, Verdict::Refer | Verdict::Block);
        // What support will do is not for the engine to tell.
        if let Some(after) = plan.leads_to.filter(lifted) {
            let verdict = verdict_word(after.verdict, self.locale);
            self.line(match self.locale {
                Locale::ZhCn => format!("     做完之后：{verdict}"),
                Locale::En => format!("     After that: {verdict}"),
            });
        }
    }

    fn note(&mut self, number: usize, note: &Told) {
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
        let now = now.map_or_else(|| self.locale.of("没有给出", "not given").into(), Time::to_rfc3339);
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

/// The clause, and how the text stands to what is said.
fn cited(citation: &Citation, locale: Locale) -> String {
    let Some(first) = citation.first else { return locale.of("依据常理", "common sense").into() };
    let (id, article, section) = (first.id(), first.article().name(), first.section());
    let stated = stated_word(citation.stated, locale);
    let also = citation.also().map(|clause| clause.id()).collect::<Vec<_>>().join(", ");
    match (also.is_empty(), locale) {
        (true, Locale::ZhCn) => format!("依据 {id}（{article} {section}），{stated}"),
        (false, Locale::ZhCn) => format!("依据 {id}（{article} {section}）和 {also}，{stated}"),
        (true, Locale::En) => format!("{id} ({article} {section}), {stated}"),
        (false, Locale::En) => format!("{id} ({article} {section}) and {also}, {stated}"),
    }
}
