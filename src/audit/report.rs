//! 报告: one page of HTML that says whom a change of terms concerns, in both languages, without a script.
//!
//! It is to be opened anywhere, Chromium 69 included, printed and sent: everything is in the one file.

use super::answers::{Change, fired_rules, verdict_name};
use super::flow;
use super::tally::{Counted, Outcome, Tally, Transition};
use crate::model::facts::Fact;
use crate::model::locale::{Bilingual, Locale};
use crate::model::question::Verdict;
use crate::rules::{DOCS, RULES};

/// What a report says beside the counts.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// The version of the terms.
    pub terms: String,
    /// The version of the terms that they are compared with.
    pub against: Option<String>,
    /// The terms that differ, each as `path: old -> new`.
    pub differences: Vec<String>,
    /// How many files were read.
    pub files: usize,
}

/// The most transitions that are listed; the others are summed up in a line.
const MOST_TRANSITIONS: usize = 40;

const STYLE: &str = "\
body{margin:0;background:#f4f5f7;color:#1d2129;font:15px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}
main{max-width:960px;margin:0 auto 48px;padding:8px 32px 32px;background:#fff;border-radius:8px;box-shadow:0 1px 3px rgba(0,0,0,.12)}
.language{position:absolute;top:14px;opacity:0}
.choose{display:inline-block;margin:14px 4px;padding:4px 14px;border-radius:14px;cursor:pointer;border:1px solid #b8bec8;background:#fff}
.bar{text-align:center}
#zh:checked~.bar .choose-zh,#en:checked~.bar .choose-en{background:#1d2129;color:#fff;border-color:#1d2129}
#zh:focus~.bar .choose-zh,#en:focus~.bar .choose-en{outline:3px solid #1565c0;outline-offset:2px}
#zh:checked~.in-en,#en:checked~.in-zh{display:none}
h1{font-size:26px;margin:24px 0 4px}h2{font-size:19px;margin:36px 0 8px}
.lead{font-size:18px}.lead b{font-size:30px;margin:0 4px}
.quiet{color:#5f6670}svg{width:100%;height:auto;display:block;margin:12px 0}
svg .name{font-size:15px;font-weight:600;fill:#1d2129}svg .count{font-size:13px;fill:#5f6670}
table{border-collapse:collapse;width:100%;margin:8px 0}th{font-weight:600;color:#5f6670;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:7px 10px;border-bottom:1px solid #e3e6eb}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
code{font:13px Consolas,Menlo,monospace;overflow-wrap:anywhere}code.name,th{white-space:nowrap}.verdict{font-weight:600;white-space:nowrap}
.rule{display:block;font-size:13px;color:#5f6670}.rule code{color:#1d2129}.arrow{color:#5f6670;padding:7px 0}
.share{display:inline-block;height:9px;background:#1565c0;border-radius:2px;margin-right:6px;min-width:2px}
@media(max-width:720px){main{padding:8px 14px 24px}.wide{overflow-x:auto}}
@media print{body{background:#fff}.bar{display:none}main{box-shadow:none;max-width:none;padding:0}tr{page-break-inside:avoid}}
";

/// The report as a page.
pub fn page(tally: &Tally, heading: &Heading) -> String {
    let title = "订单核对 · Audit of past orders";
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <input class=\"language\" type=\"radio\" name=\"language\" id=\"zh\" aria-label=\"中文\" checked>\n\
         <input class=\"language\" type=\"radio\" name=\"language\" id=\"en\" aria-label=\"English\">\n\
         <div class=\"bar\"><label class=\"choose choose-zh\" for=\"zh\" lang=\"zh-CN\">中文</label><label class=\"choose choose-en\" for=\"en\" lang=\"en\">English</label></div>\n"
    );
    for (locale, class, lang) in [(Locale::ZhCn, "in-zh", "zh-CN"), (Locale::En, "in-en", "en")] {
        page.push_str(&format!("<main class=\"{class}\" lang=\"{lang}\">\n"));
        Section { html: &mut page, tally, heading, locale }.write();
        page.push_str("</main>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// The report in one language, as it is written.
struct Section<'a> {
    html: &'a mut String,
    tally: &'a Tally,
    heading: &'a Heading,
    locale: Locale,
}

impl Section<'_> {
    fn write(&mut self) {
        let (tally, locale) = (self.tally, self.locale);
        let question = tally.question().label().in_locale(locale);
        self.add(format!(
            "<h1>{}</h1>\n",
            match locale {
                Locale::ZhCn => format!("订单核对：{}", escaped(question)),
                Locale::En => format!("Audit of past orders: {}", escaped(question)),
            }
        ));
        self.lead();
        self.heading("结论", "Verdicts");
        self.add(if tally.is_compared() {
            flow::picture(tally, locale)
        } else {
            flow::bar_chart(tally, locale)
        });
        self.transitions();
        self.verdicts();
        self.codes();
        self.missing();
        self.faults();
        let version = env!("CARGO_PKG_VERSION");
        self.add(format!("<p class=\"quiet\">Preflight {version}</p>\n"));
    }

    fn lead(&mut self) {
        let (orders, heading) = (self.tally.orders(), self.heading);
        let all = grouped(orders);
        let changed = |kinds: &[Change]| kinds.iter().map(|kind| self.tally.changed(*kind)).sum::<u64>();
        let total = changed(&[Change::Verdict, Change::Codes]);
        let (verdict, codes) = (grouped(changed(&[Change::Verdict])), grouped(changed(&[Change::Codes])));
        let questions = grouped(changed(&[Change::Missing]));
        let (number, part) = (grouped(total), share(total, orders));
        let lead = match (self.tally.is_compared(), self.locale) {
            (false, Locale::ZhCn) => format!("共核对 <b>{all}</b> 笔订单。"),
            (false, Locale::En) => format!("<b>{all}</b> orders were asked again."),
            (true, Locale::ZhCn) => format!("{all} 笔订单中，<b>{number}</b> 笔的答复会改变（{part}）。"),
            (true, Locale::En) => {
                format!("Of {all} orders, <b>{number}</b> would be answered differently ({part}).")
            }
        };
        self.add(format!("<p class=\"lead\">{lead}</p>\n"));
        if self.tally.is_compared() {
            let detail = match self.locale {
                Locale::ZhCn => format!(
                    "其中 {verdict} 笔结论改变，{codes} 笔结论不变而理由改变。另有 {questions} 笔只是还需要知道的事实不同。"
                ),
                Locale::En => format!(
                    "For {verdict} the verdict changes; for {codes} the reasons change and the verdict stays. For {questions} more, only the facts that are still needed differ."
                ),
            };
            self.add(format!("<p>{detail}</p>\n"));
        }
        let terms = escaped(&heading.terms);
        let terms = match (&heading.against, self.locale) {
            (Some(against), Locale::ZhCn) => format!("旧条款 {} → 新条款 {terms}", escaped(against)),
            (Some(against), Locale::En) => format!("Old terms {} → new terms {terms}", escaped(against)),
            (None, Locale::ZhCn) => format!("条款 {terms}"),
            (None, Locale::En) => format!("Terms {terms}"),
        };
        let files = heading.files;
        let files = self.locale.choose(format!("{files} 个文件"), format!("files: {files}"));
        self.add(format!("<p class=\"quiet\">{terms} · {files}</p>\n"));
        if !heading.differences.is_empty() {
            let items: String = heading
                .differences
                .iter()
                .map(|line| format!("<li><code>{}</code></li>", escaped(&line.replace(" -> ", " → "))))
                .collect();
            self.heading("条款的变化", "What changes in the terms");
            self.add(format!("<ul>{items}</ul>\n"));
        }
    }

    fn transitions(&mut self) {
        if !self.tally.is_compared() {
            return;
        }
        self.heading("答复怎样改变", "Which answers change");
        let changes: Vec<_> = self
            .tally
            .transitions()
            .into_iter()
            .filter(|transition| transition.what.change != Some(Change::Missing))
            .collect();
        if changes.is_empty() {
            let none = self
                .locale
                .choose("没有一笔订单的结论或理由改变。", "No order has another verdict or other reasons.");
            self.add(format!("<p>{none}</p>\n"));
            return;
        }
        let (all, locale) = (self.tally.orders(), self.locale);
        self.table(
            &["旧答复", "", "新答复", "订单数", "占比", "例如"],
            &["Before", "", "Now", "Orders", "Share", "Example"],
            &[3, 4],
        );
        let most = changes.first().map_or(1, |change| change.count).max(1);
        for Counted { what: Transition { before, now, .. }, count, example } in
            changes.iter().take(MOST_TRANSITIONS)
        {
            let width = (60.0 * *count as f64 / most as f64).max(2.0);
            self.add(format!(
                "<tr><td>{}</td><td class=\"arrow\">→</td><td>{}</td><td class=\"number\"><span class=\"share\" style=\"width:{width:.0}px;background:{}\"></span>{}</td><td class=\"number\">{}</td><td><code>{}</code></td></tr>\n",
                self.outcome(*before), self.outcome(*now), flow::colour(now.verdict), grouped(*count), share(*count, all), escaped(example)
            ));
        }
        self.end_table();
        let others = changes.get(MOST_TRANSITIONS..).unwrap_or_default();
        if !others.is_empty() {
            let (kinds, orders) = (others.len(), grouped(others.iter().map(|change| change.count).sum()));
            let text = locale.choose(
                format!("另有 {kinds} 种变化，共 {orders} 笔订单。"),
                format!("{kinds} more transitions concern {orders} orders."),
            );
            self.add(format!("<p class=\"quiet\">{text}</p>\n"));
        }
    }

    fn verdicts(&mut self) {
        let counted: Vec<_> = self
            .tally
            .verdicts()
            .into_iter()
            .filter(|(_, before, now)| *now > 0 || before.is_some_and(|before| before > 0))
            .collect();
        self.heading("各结论的订单数", "Orders by verdict");
        self.counts(("结论", "Verdict"), counted.into_iter(), |section, verdict| {
            format!(
                "<span class=\"verdict\" style=\"color:{}\">{}</span> <code>{}</code>",
                flow::colour(verdict),
                escaped(&verdict_label(verdict, section.locale)),
                verdict_name(verdict)
            )
        });
    }

    fn codes(&mut self) {
        let counted = self.tally.codes();
        if counted.is_empty() {
            return;
        }
        self.heading("各理由的订单数", "Orders by reason");
        self.counts(("理由", "Reason"), counted.into_iter(), |section, code| {
            format!(
                "<code>{code}</code><span class=\"rule\">{}</span>",
                escaped(&rule_text(code, section.locale))
            )
        });
    }

    /// A table of counts, before and now where two are compared.
    fn counts<T: Copy>(
        &mut self,
        (zh, en): (&str, &str),
        counted: impl Iterator<Item = (T, Option<u64>, u64)>,
        name: impl Fn(&Self, T) -> String,
    ) {
        let all = self.tally.orders();
        if self.tally.is_compared() {
            self.table(
                &[zh, "旧条款", "新条款", "增减"],
                &[en, "Old terms", "New terms", "Difference"],
                &[1, 2, 3],
            );
        } else {
            self.table(&[zh, "订单数", "占比"], &[en, "Orders", "Share"], &[1, 2]);
        }
        for (what, before, now) in counted {
            let last = match before {
                Some(before) => {
                    let sign = if now >= before { "+" } else { "−" };
                    let difference = now.abs_diff(before);
                    let difference =
                        if difference == 0 { "0".into() } else { format!("{sign}{}", grouped(difference)) };
                    format!(
                        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{difference}</td>",
                        grouped(before),
                        grouped(now)
                    )
                }
                None => format!(
                    "<td class=\"number\">{}</td><td class=\"number\">{}</td>",
                    grouped(now),
                    share(now, all)
                ),
            };
            self.add(format!("<tr><td>{}</td>{last}</tr>\n", name(self, what)));
        }
        self.end_table();
    }

    fn missing(&mut self) {
        let missing = self.tally.missing();
        if missing.is_empty() {
            return;
        }
        let all = self.tally.orders();
        self.heading("还缺的事实", "Facts that are missing");
        self.table(&["事实", "订单数", "占比"], &["Fact", "Orders", "Share"], &[1, 2]);
        for (path, count) in missing {
            let term = Fact::ALL.iter().find(|fact| fact.info().path == path).map_or("", |fact| fact.term());
            let term = self.locale.choose(format!(" {term}"), String::new());
            self.add(format!("<tr><td><code>{path}</code>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n", escaped(&term), grouped(count), share(count, all)));
        }
        self.end_table();
    }

    fn faults(&mut self) {
        let faults = self.tally.faults();
        if faults.is_empty() {
            return;
        }
        let all = self.tally.orders();
        self.heading("无效的订单", "Invalid orders");
        self.table(
            &["错误", "事实", "订单数", "占比", "例如"],
            &["Error", "Fact", "Orders", "Share", "Example"],
            &[2, 3],
        );
        for Counted { what: (code, path), count, example } in faults {
            self.add(format!("<tr><td><code class=\"name\">{code}</code></td><td><code class=\"name\">{}</code></td><td class=\"number\">{}</td><td class=\"number\">{}</td><td><code>{}</code></td></tr>\n", escaped(&path), grouped(count), share(count, all), escaped(&example)));
        }
        self.end_table();
    }

    /// An answer: the verdict, and below it the rules that fired.
    fn outcome(&self, Outcome { verdict, fired }: Outcome) -> String {
        let rules: String = fired_rules(self.tally.question(), fired)
            .map(|rule| {
                format!(
                    "<span class=\"rule\"><code>{}</code><br>{}</span>",
                    rule.code,
                    escaped(&rule_text(rule.code, self.locale))
                )
            })
            .collect();
        format!(
            "<span class=\"verdict\" style=\"color:{}\">{}</span>{rules}",
            flow::colour(verdict),
            escaped(&verdict_label(verdict, self.locale))
        )
    }

    fn heading(&mut self, zh: &str, en: &str) {
        let heading = self.locale.choose(zh, en);
        self.add(format!("<h2>{heading}</h2>\n"));
    }

    /// Begins a table; the columns of the given indices are numbers.
    fn table(&mut self, zh: &[&str], en: &[&str], numbers: &[usize]) {
        let names = self.locale.choose(zh, en).iter().enumerate().map(|(index, name)| {
            let class = if numbers.contains(&index) { " class=\"number\"" } else { "" };
            if name.is_empty() { "<td></td>".into() } else { format!("<th scope=\"col\"{class}>{name}</th>") }
        });
        let names: String = names.collect();
        self.add(format!("<div class=\"wide\"><table>\n<thead><tr>{names}</tr></thead>\n<tbody>\n"));
    }

    fn end_table(&mut self) {
        self.add("</tbody>\n</table></div>\n".into());
    }

    fn add(&mut self, html: String) {
        self.html.push_str(&html);
    }
}

/// The verdict in words.
pub(super) fn verdict_label(verdict: u8, locale: Locale) -> String {
    const INVALID_ORDER: Bilingual = Bilingual::new("无效", "invalid");
    let label = Verdict::ALL.get(usize::from(verdict)).map_or(INVALID_ORDER, |verdict| verdict.label());
    label.in_locale(locale).into()
}

/// What a rule is about, in a sentence: the first paragraph of its documentation is Chinese, the second English.
fn rule_text(code: &str, locale: Locale) -> String {
    let index = RULES.iter().position(|rule| rule.code == code);
    let doc = index.and_then(|index| DOCS.get(index)).copied().unwrap_or_default();
    let mut paragraphs = doc.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let zh = paragraphs.next().unwrap_or_default();
    let en = paragraphs.next();
    locale.choose(zh.clone(), en.unwrap_or(zh))
}

/// A number with a comma before every third digit from the end.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// A share of the orders in percent; one that is not none is not shown as none.
pub fn share(count: u64, all: u64) -> String {
    let percent = 100.0 * count as f64 / all.max(1) as f64;
    if count > 0 && percent < 0.01 { "< 0.01 %".into() } else { format!("{percent:.2} %") }
}

/// The text with what HTML would interpret escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
