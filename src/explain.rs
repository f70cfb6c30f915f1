//! 说明: everything that [`check()`](crate::check()) says, and what a person needs to act on it.
//!
//! An explanation holds what it speaks of; its lists and texts are made as they are told.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::bilingual::{Bilingual, Locale, bilingual};
use crate::check::{Answer, RuleSet, Verdict, answer, check, evaluate, lacking, read_by};
use crate::conditions::Values;
use crate::facts::{Fact, FactSet, Facts, Status};
use crate::notes;
use crate::plan::{Plan, plans};
use crate::receipt::Receipt;
use crate::rule::{Citation, Question, Rule, Severity};
use crate::terms::{Contact, Terms};
use crate::text::{Known, Masked, Words, fill};
use crate::time::Time;
use crate::write::list;

/// An answer in words, with a way on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'a> {
    /// What it comes to.
    pub verdict: Verdict,
    /// The rules that fired; by their codes in JSON.
    pub codes: RuleSet,
    /// Why, one reason for each code, in the same order.
    pub reasons: Reasons<'a>,
    /// What to know anyway.
    pub notes: Notes<'a>,
    /// What is not known, and how to ask for it.
    pub missing: Missing,
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

/// Answers the question in words.
pub fn explain<'a>(
    question: Question,
    facts: &'a Facts<'a>,
    terms: &'a Terms,
    locale: Locale,
) -> Explanation<'a> {
    let known = Known { question, facts, terms, locale };
    let values = evaluate(question, facts, terms);
    let answer = answer(question, values);
    let mut ways = plans(question, facts, terms, &answer, locale);
    Explanation {
        verdict: answer.verdict,
        codes: answer.fired,
        reasons: Reasons { known, fired: answer.fired },
        notes: Notes(known),
        missing: Missing { facts: answer.missing, needed: needed(question, &answer, values), locale },
        plan: ways.remove(0),
        alternatives: ways,
        contact: Contacting { known, parts: terms.contacts.of(facts.edition) },
        stable_until: stable_until(question, facts, terms, &answer),
        receipt: Receipt::of(facts, terms),
    }
}

/// A reason for each rule that fired.
#[derive(Debug)]
pub struct Reasons<'a> {
    known: Known<'a>,
    fired: RuleSet,
}

impl<'a> Reasons<'a> {
    /// The reasons, those of the highest severity first.
    pub fn iter(&self) -> impl Iterator<Item = Reason<'a>> {
        let known = self.known;
        self.fired.iter().map(move |rule| Reason {
            code: rule.code,
            severity: rule.severity,
            text: fill(rule.words, known.locale, &mut |text, name| known.put(text, name)),
            clause: &rule.citation,
            because: Causes { known, rule },
        })
    }
}

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
    }
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
    pub clause: &'static Citation,
    /// What was seen.
    pub because: Causes<'a>,
}

/// The conditions of a rule that fired.
#[derive(Debug)]
pub struct Causes<'a> {
    known: Known<'a>,
    rule: &'static Rule,
}

impl<'a> Causes<'a> {
    /// The conditions, those that the question adds first.
    pub fn iter(&self) -> impl Iterator<Item = Because<'a>> {
        let known = self.known;
        self.rule.literals(known.question).map(move |literal| Because {
            condition: literal.condition.info().name,
            text: literal.words().of(known.locale),
            values: Seen { facts: known.facts, read: literal.condition.reads() },
        })
    }
}

impl Serialize for Causes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
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

/// What to know anyway.
#[derive(Debug)]
pub struct Notes<'a>(Known<'a>);

impl<'a> Notes<'a> {
    /// The notes.
    pub fn iter(&self) -> impl Iterator<Item = Told> {
        let known = self.0;
        notes::told(known.question, known.facts, known.terms).map(move |note| Told {
            code: note.code,
            text: note.text(&known),
            clause: &note.citation,
        })
    }
}

impl Serialize for Notes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
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
    pub clause: &'static Citation,
}

/// The facts that are not known.
#[derive(Debug)]
pub struct Missing {
    facts: FactSet,
    needed: FactSet,
    locale: Locale,
}

impl Missing {
    /// The facts, in table order.
    pub fn iter(&self) -> impl Iterator<Item = Asking> {
        let Self { facts, needed, locale } = *self;
        facts.iter().map(move |fact| {
            let info = fact.info();
            Asking { fact: info.path, question: info.ask.of(locale), needed: needed.contains(fact) }
        })
    }
}

impl Serialize for Missing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter())
    }
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

/// Whom to ask: in words, and in parts.
#[derive(Debug)]
pub struct Contacting<'a> {
    known: Known<'a>,
    /// In parts.
    pub parts: &'a Contact,
}

/// The ways to reach support: the parts that each takes, those that another way has, and the words.
static WAYS: [(&[&str], &[&str], Bilingual); 5] = [
    (
        &["qqGroup", "qqGroupName"],
        &[],
        bilingual!("加QQ群 {qqGroup}（{qqGroupName}）", "join QQ group {qqGroup} ({qqGroupName})"),
    ),
    (&["qqGroup"], &["qqGroupName"], bilingual!("加QQ群 {qqGroup}", "join QQ group {qqGroup}")),
    (
        &["qqGroupName"],
        &["qqGroup"],
        bilingual!("VIP QQ群“{qqGroupName}”", "ask in the VIP QQ group “{qqGroupName}”"),
    ),
    (&["phone"], &[], bilingual!("打电话 {phone}", "call {phone}")),
    (&["email"], &[], bilingual!("写邮件到 {email}", "write to {email}")),
];

impl Contacting<'_> {
    /// In words.
    pub fn text(&self) -> String {
        let Self { known: Known { question, facts, locale, .. }, parts } = *self;
        let mut text = String::with_capacity(128);
        let mut put = |words: &Bilingual| {
            text.push_str(&fill(*words, locale, &mut |text, name| {
                parts.get(name).map(|part| text.push_str(part)).is_some()
            }));
        };
        let mut before = &bilingual!("联系客服：", "To reach support: ");
        for (present, absent, words) in &WAYS {
            let has = |name: &&str| parts.get(name).is_some();
            if present.iter().all(has) && !absent.iter().any(has) {
                put(before);
                put(words);
                before = &bilingual!("，或", ", or ");
            }
        }
        let refunding = question == Question::Refund || facts.order_status == Some(Status::Paid);
        put(if refunding && parts.get("joinNote").is_some() {
            &bilingual!("；加群时备注“{joinNote}”。", "; write “{joinNote}” when you ask to join the group.")
        } else {
            &bilingual!("。", ".")
        });
        text
    }
}

impl Serialize for Contacting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut contact = serializer.serialize_map(None)?;
        contact.serialize_entry("text", &self.text())?;
        for (name, part) in self.parts.parts() {
            contact.serialize_entry(name, part)?;
        }
        contact.end()
    }
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
