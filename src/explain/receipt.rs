//! 核对记录: the versions and digests that an answer is based on, so that it can be verified later.

use serde::{Serialize, Serializer};

use crate::model::fact_types::FactValue;
use crate::model::facts::{Fact, Facts};
use crate::model::question::Question;
use crate::model::terms::{TermNumber, Terms};
use crate::model::text::Text;
use crate::model::time::Time;
use crate::rules::RULES;
use crate::rules::condition::Literal;

/// What an answer rests on. The same inputs give the same receipt in every host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Receipt<'a> {
    /// The version of the engine.
    pub engine: &'static str,
    /// The version of the terms.
    pub terms: &'a str,
    /// The question.
    pub question: Question,
    /// A digest of the rules and of the numbers they read from the terms.
    pub rules: Digest,
    /// A digest of the facts as they were understood, without `now`, which stands beside it, and without accounts, phone
    /// numbers and notices: a short digest would give away what the mask hides.
    pub facts: Digest,
    /// The instant that was passed as `now`.
    pub now: Option<Time>,
}

impl<'a> Receipt<'a> {
    /// The receipt of an answer from these facts under these terms.
    pub fn of(question: Question, facts: &Facts<'_>, terms: &'a Terms) -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION"),
            terms: &terms.version,
            question,
            rules: rules(terms),
            facts: digest(facts),
            now: facts.now,
        }
    }
}

/// A 64-bit FNV-1a digest: different inputs have different digests but for rare collisions; it is no protection against forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(u64);

impl Digest {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    #[must_use]
    const fn with(self, bytes: &[u8]) -> Self {
        let (mut digest, mut rest) = (self.0, bytes);
        while let [byte, others @ ..] = rest {
            digest = (digest ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
            rest = others;
        }
        Self(digest)
    }

    /// With a piece of text and its end, so that pieces cannot run into each other.
    #[must_use]
    const fn with_text(self, text: &str) -> Self {
        self.with(text.as_bytes()).with(&[0xff])
    }

    #[must_use]
    const fn with_number(self, number: i64) -> Self {
        self.with(&number.to_le_bytes())
    }

    #[must_use]
    const fn with_literals(self, literals: &[Literal]) -> Self {
        let (mut digest, mut rest) = (self, literals);
        while let [literal, others @ ..] = rest {
            digest = digest.with_text(literal.condition.info().name).with_number(literal.expected as i64);
            rest = others;
        }
        digest
    }

    /// With the characters of a text as UTF-8, whatever its encoding, and its end.
    #[must_use]
    fn with_characters(self, text: Text<'_>) -> Self {
        self.with_text(&text.to_string())
    }

    /// The digest as 16 hexadecimal digits.
    pub fn to_hex(self) -> String {
        format!("{:016x}", self.0)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

fn digest(facts: &Facts<'_>) -> Digest {
    let mut digest = Digest::EMPTY;
    for fact in Fact::ALL {
        let Some(value) = facts.get(*fact) else { continue };
        if *fact == Fact::now || fact.info().kind.is_personal() || matches!(value, FactValue::Texts(_)) {
            continue;
        }
        digest = digest.with_text(fact.info().path);
        digest = match value {
            FactValue::Time(time) => digest.with_number(time.millis()),
            FactValue::Choice(choice) => digest.with_text(choice.name),
            FactValue::Text(text) => digest.with_characters(text),
            FactValue::Flag(flag) => digest.with_number(flag.into()),
            FactValue::Integer(number) => digest.with_number(number.into()),
            // Several pieces and their end; no text has a byte of `0xfe` either.
            FactValue::Set(set) => set
                .iter()
                .fold(digest, |digest, product| digest.with_text(product.choice().name))
                .with(&[0xfe]),
            // Left out above.
            FactValue::Texts(_) => digest,
        };
    }
    digest
}

/// The digest of the rules, computed at compile time.
const RULES_DIGEST: Digest = {
    let (mut digest, mut rest) = (Digest::EMPTY, RULES);
    while let [rule, others @ ..] = rest {
        digest = digest.with_text(rule.code).with_number(rule.severity as i64);
        let mut questions = rule.applies_to;
        while let [applicability, more @ ..] = questions {
            digest = digest.with_text(applicability.question.name()).with_literals(applicability.only_if);
            questions = more;
        }
        digest = digest.with_literals(rule.when);
        rest = others;
    }
    digest
};

fn rules(terms: &Terms) -> Digest {
    let with = |digest: Digest, number: &TermNumber| digest.with_number(i64::from(number.of(terms)));
    TermNumber::ALL.iter().fold(RULES_DIGEST, with)
}
