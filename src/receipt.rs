//! 凭据: what an answer rests on, so that it can be repeated later.

use serde::{Serialize, Serializer};

use crate::conditions::Literal;
use crate::facts::{Fact, Facts, Shown};
use crate::rules::RULES;
use crate::terms::Terms;

/// What an answer rests on. The same inputs give the same receipt in every host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The version of the engine.
    pub engine: &'static str,
    /// The version of the terms.
    pub terms: String,
    /// A digest of the rules and of the numbers they read from the terms.
    pub rules: Digest,
    /// A digest of the facts, as they were understood.
    pub facts: Digest,
    /// The instant that was passed as `now`, as RFC 3339.
    pub now: Option<String>,
}

impl Receipt {
    /// The receipt of an answer from these facts under these terms.
    pub fn of(facts: &Facts<'_>, terms: &Terms) -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION"),
            terms: terms.version.clone().into_owned(),
            rules: rules(terms),
            facts: digest(facts),
            now: facts.now.map(crate::time::Time::to_rfc3339),
        }
    }
}

/// A 64-bit FNV-1a digest: it tells inputs apart, and is no protection against forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(u64);

impl Digest {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a piece of text and its end, so that pieces cannot run into each other.
    fn add_text(&mut self, text: &str) {
        self.add(text.as_bytes());
        self.add(&[0xff]);
    }

    /// Adds pieces and their end; no text has a byte of `0xfe` either.
    fn add_all<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        texts.for_each(|text| self.add_text(text));
        self.add(&[0xfe]);
    }

    fn add_number(&mut self, number: i64) {
        self.add(&number.to_le_bytes());
    }

    /// The digest as 16 hexadecimal digits.
    pub fn to_hex(self) -> String {
        let bytes = self.0.to_be_bytes().into_iter();
        let digits = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
        digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
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
        let Some(shown) = facts.get(*fact) else { continue };
        digest.add_text(fact.info().path);
        match shown {
            Shown::Time(time) => digest.add_number(time.millis()),
            Shown::Choice(choice) => digest.add_text(choice.name),
            Shown::Set(set) => digest.add_all(set.iter().map(|product| product.choice().name)),
            Shown::Text(text) => digest.add_text(text.0),
            Shown::Texts(texts) => digest.add_all(texts.iter().map(|text| text.0)),
            Shown::Flag(flag) => digest.add_number(i64::from(flag)),
            Shown::Integer(number) => digest.add_number(i64::from(number)),
        }
    }
    digest
}

fn rules(terms: &Terms) -> Digest {
    let mut digest = Digest::EMPTY;
    let literals = |digest: &mut Digest, literals: &[Literal]| {
        for literal in literals {
            digest.add_text(literal.condition.info().name);
            digest.add_number(i64::from(literal.expected));
        }
    };
    for rule in RULES {
        digest.add_text(rule.code);
        digest.add_number(rule.severity as i64);
        for asked in rule.asked {
            digest.add_text(asked.question.name());
            literals(&mut digest, asked.only_if);
        }
        literals(&mut digest, rule.when);
    }
    let quota = terms.voucher_quota;
    for number in [quota.assured, quota.claimed, terms.refund_window_days, terms.refund_review_workdays] {
        digest.add_number(i64::from(number));
    }
    digest
}
