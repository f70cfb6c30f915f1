//! 说明: everything that [`check()`](crate::check()) says, and what a person needs to act on it.

use serde::Serialize;
use serde::ser::Serializer;

use crate::bilingual::Locale;
use crate::check::{Answer, Verdict, answer, check, evaluate, lacking};
use crate::conditions::{Literal, Values};
use crate::facts::{Fact, FactSet, Facts, Status};
use crate::notes;
use crate::plan::{Plan, plans};
use crate::receipt::Receipt;
use crate::rule::{Citation, Question, Rule, Severity};
use crate::terms::{Contact, Terms};
use crate::text::{Masked, fill, value_of};
use crate::time::Time;
use crate::write::{cat, join};

/// An answer in words, with a way on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'a> {
    /// What it comes to.
    pub verdict: Verdict,
    /// The codes of the rules that fired.
    pub codes: Vec<&'static str>,
    /// Why, one reason for each code, in the same order.
    pub reasons: Vec<Reason<'a>>,
    /// What to know anyway.
    pub notes: Vec<Told>,
    /// What is not known, and how to ask for it.
    pub missing: Vec<Asking>,
    /// The smallest way out of a refusal; without steps where nothing is refused.
    pub plan: Plan,
    /// Other ways out that take as few steps.
    pub alternatives: Vec<Plan>,
    /// Whom to ask.
    pub contact: Contacting<'a>,
    /// The first instant at which the answer changes though nobody acts, as RFC 3339.
    pub stable_until: Option<String>,
    /// What the answer rests on.
    pub receipt: Receipt,
}

/// One reason.
#[derive(Debug, Serialize)]
pub struct Reason<'a> {
    /// The rule's code.
    pub code: &'static str,
    /// What the rule does to the answer.
    pub severity: Severity,
    /// What is wrong, why, and what to do.
    pub text: String,
    /// Where it comes from.
    pub clause: Cited,
    /// What was seen.
    pub because: Vec<Because<'a>>,
}

/// A clause as an explanation cites it; without a number where the rule is common sense.
#[derive(Debug, Serialize)]
pub struct Cited {
    /// The number of the clause that matters most.
    pub id: Option<&'static str>,
    /// The article it stands in, by its short name.
    pub article: Option<&'static str>,
    /// The section of the article.
    pub section: Option<&'static str>,
    /// How the published text stands to what is said.
    pub stated: crate::clauses::Stated,
    /// The numbers of the other clauses.
    pub also: Vec<&'static str>,
}

impl From<Citation> for Cited {
    fn from(Citation { clauses, stated }: Citation) -> Self {
        let first = clauses.first();
        Self {
            id: first.map(|clause| clause.id()),
            article: first.map(|clause| clause.article().name()),
            section: first.map(|clause| clause.section()),
            stated,
            also: clauses.iter().skip(1).map(|clause| clause.id()).collect(),
        }
    }
}

/// A condition that was met, in words, with the values it read.
#[derive(Debug, Serialize)]
pub struct Because<'a> {
    /// The condition's name.
    pub condition: &'static str,
    /// What was seen, in words.
    pub text: &'static str,
    values: Seen<'a>,
}

impl Because<'_> {
    /// The known facts that the condition read.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        self.values.0.iter().map(|masked| masked.fact)
    }
}

/// Values by path, persons masked.
#[derive(Debug)]
struct Seen<'a>(Vec<Masked<'a>>);

impl Serialize for Seen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|masked| (masked.fact.info().path, masked)))
    }
}

/// A note, in words.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The note's code.
    pub code: &'static str,
    /// What it says.
    pub text: String,
    /// Where it comes from.
    pub clause: Cited,
}

/// A fact that is not known, with the question to put to the person.
#[derive(Debug, Serialize)]
pub struct Asking {
    /// The fact's path.
    pub fact: &'static str,
    /// The question to put to the person.
    pub question: &'static str,
    /// Whether the verdict stays unknown without it.
    pub needed: bool,
}

/// Whom to ask: in words, and in parts.
#[derive(Debug)]
pub struct Contacting<'a> {
    /// In words.
    pub text: String,
    /// In parts.
    pub parts: &'a Contact,
}

impl Serialize for Contacting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("text", self.text.as_str())].into_iter().chain(self.parts.parts()))
    }
}

/// Answers the question in words.
pub fn explain<'a>(
    question: Question,
    facts: &Facts<'a>,
    terms: &'a Terms,
    locale: Locale,
) -> Explanation<'a> {
    let values = evaluate(question, facts, terms);
    let answer = answer(question, values);
    let needed = needed(question, &answer, values);
    let mut ways = plans(question, facts, terms, &answer, locale).into_iter();
    Explanation {
        verdict: answer.verdict,
        codes: answer.fired.iter().map(|rule| rule.code).collect(),
        reasons: answer.fired.iter().map(|rule| reason(rule, question, facts, terms, locale)).collect(),
        notes: notes::told(question, facts, terms).map(|note| tell(note, facts, terms, locale)).collect(),
        missing: answer.missing.iter().map(|fact| ask(fact, needed, locale)).collect(),
        plan: ways.next().unwrap_or_default(),
        alternatives: ways.collect(),
        contact: contact(question, facts, terms, locale),
        stable_until: stable_until(question, facts, terms, &answer).map(Time::to_rfc3339),
        receipt: Receipt::of(facts, terms),
    }
}

fn reason<'a>(
    rule: &Rule,
    question: Question,
    facts: &Facts<'a>,
    terms: &Terms,
    locale: Locale,
) -> Reason<'a> {
    Reason {
        code: rule.code,
        severity: rule.severity,
        text: fill(rule.words.of(locale), |name| value_of(name, facts, terms, locale)),
        clause: rule.citation.into(),
        because: rule.literals(question).map(|literal| because(literal, facts, locale)).collect(),
    }
}

fn because<'a>(literal: Literal, facts: &Facts<'a>, locale: Locale) -> Because<'a> {
    let info = literal.condition.info();
    let text = literal.words().of(locale);
    let read = literal.condition.reads();
    let seen = read.iter().filter_map(|fact| Some(Masked { fact, shown: facts.get(fact)? }));
    Because { condition: info.name, text, values: Seen(seen.collect()) }
}

fn tell(note: &notes::Note, facts: &Facts<'_>, terms: &Terms, locale: Locale) -> Told {
    let text = fill(note.words.of(locale), |name| match name {
        "review.due" => Some(notes::review_due(facts, terms, locale)),
        _ => value_of(name, facts, terms, locale),
    });
    Told { code: note.code, text, clause: note.citation.into() }
}

/// The facts without which the verdict stays unknown.
fn needed(question: Question, answer: &Answer, values: Values) -> FactSet {
    if answer.verdict != Verdict::Unknown {
        return FactSet::default();
    }
    let reached = answer.fired.severity().or(question.default_severity());
    let decides = |severity| match severity {
        Severity::Refer | Severity::Block => Some(severity) > reached,
        Severity::Allow => reached.is_none(),
        Severity::Warn => false,
    };
    let deciding = answer.open.iter().filter(|rule| decides(rule.severity));
    deciding.fold(FactSet::default(), |needed, rule| needed.or(lacking(rule, question, values)))
}

fn ask(fact: Fact, needed: FactSet, locale: Locale) -> Asking {
    let info = fact.info();
    Asking { fact: info.path, question: info.ask.of(locale), needed: needed.contains(fact) }
}

fn contact<'a>(question: Question, facts: &Facts<'_>, terms: &'a Terms, locale: Locale) -> Contacting<'a> {
    let parts = terms.contacts.of(facts.edition);
    let has = |name| parts.get(name).is_some();
    let mut ways = Vec::new();
    match (has("qqGroup"), has("qqGroupName")) {
        (true, true) => {
            ways.push(
                locale.of("加QQ群 {qqGroup}（{qqGroupName}）", "join QQ group {qqGroup} ({qqGroupName})"),
            );
        }
        (true, false) => ways.push(locale.of("加QQ群 {qqGroup}", "join QQ group {qqGroup}")),
        (false, true) => {
            ways.push(locale.of("VIP QQ群“{qqGroupName}”", "ask in the VIP QQ group “{qqGroupName}”"));
        }
        (false, false) => {}
    }
    if has("phone") {
        ways.push(locale.of("打电话 {phone}", "call {phone}"));
    }
    if has("email") {
        ways.push(locale.of("写邮件到 {email}", "write to {email}"));
    }
    let lead = locale.of("联系客服：", "To reach support: ");
    let refunding = question == Question::Refund || facts.order_status == Some(Status::Paid);
    let note = if refunding && has("joinNote") {
        locale.of("；加群时备注“{joinNote}”。", "; write “{joinNote}” when you ask to join the group.")
    } else {
        locale.of("。", ".")
    };
    let ways = join(&mut ways.iter().copied(), locale.of("，或", ", or "));
    let text = fill(&cat(&[lead, &ways, note]), |name| parts.get(name).map(Into::into));
    Contacting { text, parts }
}

/// The end of the refund window, if passing it changes the answer.
pub(crate) fn stable_until(
    question: Question,
    facts: &Facts<'_>,
    terms: &Terms,
    answer: &Answer,
) -> Option<Time> {
    let (now, paid_at) = (facts.now?, facts.order_paid_at?);
    let end = paid_at.day().plus(terms.refund_window_days.saturating_add(1)).start();
    let later = Facts { now: Some(end), ..*facts };
    (now < end && check(question, &later, terms).told() != answer.told()).then_some(end)
}
