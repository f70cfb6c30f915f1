//! 说明: everything that [`check()`](crate::check()) says, and what a person needs to act on it.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::bilingual::{Bilingual, Locale, bilingual};
use crate::check::{Answer, RuleSet, Verdict, answer, check, evaluate, lacking, read_by};
use crate::conditions::{Literal, Values};
use crate::facts::{Fact, FactSet, Facts, Status};
use crate::notes;
use crate::plan::{Plan, plans};
use crate::receipt::Receipt;
use crate::rule::{Citation, Question, Rule, Severity};
use crate::rules::RULES;
use crate::terms::{Contact, Terms};
use crate::text::{Known, Masked, Words, fill};
use crate::time::Time;

/// An answer in words, with a way on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'a> {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules that fired; by their codes in JSON.
    pub codes: RuleSet,
    /// Why, one reason for each code, in the same order.
    pub reasons: Vec<Reason<'a>>,
    /// What to know anyway.
    pub notes: Vec<Told>,
    /// What is not known, and how to ask for it.
    pub missing: Vec<Asking>,
    /// The smallest way out of a refusal; without steps where nothing is refused.
    pub plan: Plan<'a>,
    /// Other ways out that take as few steps.
    pub alternatives: Vec<Plan<'a>>,
    /// Whom to ask.
    pub contact: Contacting<'a>,
    /// The first instant at which the answer changes though nobody acts.
    pub stable_until: Option<Time>,
    /// What the answer rests on.
    pub receipt: Receipt<'a>,
}

/// One reason.
#[derive(Debug, Serialize)]
pub struct Reason<'a> {
    /// The rule's code.
    pub code: &'static str,
    /// What the rule does to the answer.
    pub severity: Severity,
    /// What is wrong, why, and what to do.
    pub text: Words,
    /// Where it comes from.
    pub clause: Citation,
    /// What was seen.
    pub because: Vec<Because<'a>>,
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
        self.values.read.and(self.values.facts.known()).iter()
    }
}

/// Values by path, persons masked.
#[derive(Debug)]
struct Seen<'a> {
    facts: &'a Facts<'a>,
    read: FactSet,
}

impl Serialize for Seen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut values = serializer.serialize_map(None)?;
        for fact in self.read.iter() {
            if let Some(shown) = self.facts.get(fact) {
                values.serialize_entry(fact.info().path, &Masked { fact, shown })?;
            }
        }
        values.end()
    }
}

/// A note, in words.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The note's code.
    pub code: &'static str,
    /// What it says.
    pub text: Words,
    /// Where it comes from.
    pub clause: Citation,
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
    pub text: Words,
    /// In parts.
    pub parts: &'a Contact,
}

impl Serialize for Contacting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut contact = serializer.serialize_map(None)?;
        contact.serialize_entry("text", &self.text)?;
        for (name, part) in self.parts.parts() {
            contact.serialize_entry(name, part)?;
        }
        contact.end()
    }
}

/// Answers the question in words.
pub fn explain<'a>(
    question: Question,
    facts: &'a Facts<'a>,
    terms: &'a Terms,
    locale: Locale,
) -> Explanation<'a> {
    let known = Known { facts, terms, locale };
    let values = evaluate(question, facts, terms);
    let answer = answer(RULES, question, values);
    let (mut reasons, mut told, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for rule in answer.fired.iter() {
        reasons.push(reason(rule, question, &known));
    }
    for note in notes::told(question, facts, terms) {
        told.push(Told { code: note.code, text: note.text(&known), clause: note.citation });
    }
    let needed = needed(question, &answer, values);
    for fact in answer.missing.iter() {
        let info = fact.info();
        missing.push(Asking {
            fact: info.path,
            question: info.ask.of(locale),
            needed: needed.contains(fact),
        });
    }
    let mut ways = plans(question, facts, terms, &answer, locale);
    Explanation {
        verdict: answer.verdict,
        codes: answer.fired,
        reasons,
        notes: told,
        missing,
        plan: ways.remove(0),
        alternatives: ways,
        contact: contact(question, &known),
        stable_until: stable_until(question, facts, terms, &answer),
        receipt: Receipt::of(facts, terms),
    }
}

fn reason<'a>(rule: &Rule, question: Question, known: &Known<'a>) -> Reason<'a> {
    let mut because = Vec::new();
    for literals in [rule.only_if(question).unwrap_or(&[]), rule.when] {
        for literal in literals {
            because.push(seen(*literal, known));
        }
    }
    let text = fill(rule.words.of(known.locale), &mut |text, name| known.put(text, name));
    Reason { code: rule.code, severity: rule.severity, text, clause: rule.citation, because }
}

fn seen<'a>(literal: Literal, known: &Known<'a>) -> Because<'a> {
    let Literal { condition, .. } = literal;
    let values = Seen { facts: known.facts, read: condition.reads() };
    Because { condition: condition.info().name, text: literal.words().of(known.locale), values }
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

fn contact<'a>(question: Question, known: &Known<'a>) -> Contacting<'a> {
    let Known { facts, terms, locale } = *known;
    let parts = terms.contacts.of(facts.edition);
    let has = |name| parts.get(name).is_some();
    let refunding = question == Question::Refund || facts.order_status == Some(Status::Paid);
    let ways = [
        match (has("qqGroup"), has("qqGroupName")) {
            (true, true) => Some(bilingual!(
                "加QQ群 {qqGroup}（{qqGroupName}）",
                "join QQ group {qqGroup} ({qqGroupName})"
            )),
            (true, false) => Some(bilingual!("加QQ群 {qqGroup}", "join QQ group {qqGroup}")),
            (false, true) => {
                Some(bilingual!("VIP QQ群“{qqGroupName}”", "ask in the VIP QQ group “{qqGroupName}”"))
            }
            (false, false) => None,
        },
        has("phone").then_some(bilingual!("打电话 {phone}", "call {phone}")),
        has("email").then_some(bilingual!("写邮件到 {email}", "write to {email}")),
    ];
    let end = if refunding && has("joinNote") {
        bilingual!("；加群时备注“{joinNote}”。", "; write “{joinNote}” when you ask to join the group.")
    } else {
        bilingual!("。", ".")
    };
    let mut text = String::new();
    let mut put = |words: Bilingual| {
        text.push_str(&fill(words.of(locale), &mut |text, name| {
            parts.get(name).map(|part| text.push_str(part)).is_some()
        }));
    };
    let mut before = bilingual!("联系客服：", "To reach support: ");
    for way in ways.into_iter().flatten() {
        put(before);
        put(way);
        before = bilingual!("，或", ", or ");
    }
    put(end);
    Contacting { text: Words::Owned(text), parts }
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
    // What no rule of the question reads changes nothing.
    let told = now < end && read_by(question).contains(Fact::now);
    let later = Facts { now: Some(end), ..*facts };
    (told && check(question, &later, terms).told() != answer.told()).then_some(end)
}
