//! A second evaluator, deliberately naive: it reads the table of rules one condition at a time, with plain texts and
//! numbers, and shares no code with the engine's masks, records and columns.

use preflight::engine::compiled::RuleSet;
use preflight::model::calendar::Year;
use preflight::model::fact_types::FactValue;
use preflight::model::facts::{Fact, FactSet};
use preflight::model::notices::Message;
use preflight::model::question::Severity;
use preflight::model::time::Day;
use preflight::rules::RULES;
use preflight::rules::condition::{Definition, Literal};
use preflight::rules::conditions::Condition;
use preflight::{Answer, Facts, Question, Terms, Verdict};

/// What a caller sees of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub verdict: &'static str,
    pub codes: Vec<&'static str>,
    pub missing: Vec<&'static str>,
}

impl Seen {
    pub fn of(answer: &Answer) -> Self {
        Self::from_parts(answer.verdict, answer.fired, answer.missing)
    }

    pub fn from_parts(verdict: Verdict, fired: RuleSet, missing: FactSet) -> Self {
        Self {
            verdict: verdict.name(),
            codes: fired.rules().map(|rule| rule.code).collect(),
            missing: missing.iter().map(|fact| fact.info().path).collect(),
        }
    }
}

/// The answer to the question, read from the rules.
pub fn answer(question: Question, facts: &Facts<'_>, terms: &Terms) -> Seen {
    let reading = Reading { facts, terms };
    let (mut fired, mut open, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for rule in RULES {
        let Some(applies) = rule.applies_to.iter().find(|applies| applies.question == question) else {
            continue;
        };
        let literals: Vec<Literal> = applies.only_if.iter().chain(rule.when).copied().collect();
        match reading.all(&literals) {
            Some(true) => fired.push((rule.severity, rule.code)),
            Some(false) => {}
            None => {
                open.push(rule.severity);
                missing.extend(reading.lacks(&literals));
            }
        }
    }
    // The sort is stable, so that rules of one severity stay in the order of the table.
    fired.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    let reached = fired.first().map(|(severity, _)| *severity).or(default_of(question));
    let outranked = |severity: &Severity| *severity >= Severity::Refer && Some(*severity) > reached;
    let verdict = match reached {
        None => Verdict::Unknown,
        Some(_) if open.iter().any(outranked) => Verdict::Unknown,
        Some(Severity::Allow) => Verdict::Allow,
        Some(Severity::Warn) => Verdict::Warn,
        Some(Severity::Refer) => Verdict::Refer,
        Some(Severity::Block) => Verdict::Block,
    };
    let missing = Fact::ALL.iter().filter(|fact| missing.contains(fact)).map(|fact| fact.info().path);
    Seen {
        verdict: verdict.name(),
        codes: fired.into_iter().map(|(_, code)| code).collect(),
        missing: missing.collect(),
    }
}

fn default_of(question: Question) -> Option<Severity> {
    match question {
        Question::Activation | Question::Purchase | Question::Entitlement => Some(Severity::Allow),
        Question::Refund | Question::Page => None,
    }
}

/// How two ledgers or two accounts compare.
#[derive(PartialEq)]
enum Match {
    Same,
    Perhaps,
    Different,
}

struct Reading<'a> {
    facts: &'a Facts<'a>,
    terms: &'a Terms,
}

impl Reading<'_> {
    fn all(&self, literals: &[Literal]) -> Option<bool> {
        let met: Vec<Option<bool>> = literals
            .iter()
            .map(|literal| self.holds(literal.condition).map(|holds| holds == literal.expected))
            .collect();
        if met.contains(&Some(false)) {
            Some(false)
        } else if met.contains(&None) {
            None
        } else {
            Some(true)
        }
    }

    /// The facts for want of which the literals are not known.
    fn lacks(&self, literals: &[Literal]) -> Vec<Fact> {
        let unknown = literals.iter().filter(|literal| self.holds(literal.condition).is_none());
        let mut lacks = Vec::new();
        for literal in unknown {
            match literal.condition.info().definition {
                Definition::OneOf(fact, _) => lacks.push(fact),
                Definition::Test(group) => {
                    lacks.extend(group.reads().iter().filter(|fact| self.facts.get(*fact).is_none()));
                }
                Definition::AnyOf(alternatives) => {
                    let open = alternatives.iter().filter(|all| self.all(all).is_none());
                    lacks.extend(open.flat_map(|all| self.lacks(all)));
                }
            }
        }
        lacks
    }

    fn holds(&self, condition: Condition) -> Option<bool> {
        match condition.info().definition {
            Definition::OneOf(fact, values) => {
                let index = match self.facts.get(fact)? {
                    FactValue::Choice(choice) => u32::from(choice.index),
                    FactValue::Flag(flag) => u32::from(flag),
                    other => panic!("{} is compared by value and is {other}", fact.info().path),
                };
                Some((0..32).filter(|value| values & (1 << value) != 0).any(|value| value == index))
            }
            Definition::AnyOf(alternatives) => {
                let met: Vec<Option<bool>> = alternatives.iter().map(|all| self.all(all)).collect();
                if met.contains(&Some(true)) {
                    Some(true)
                } else if met.contains(&None) {
                    None
                } else {
                    Some(false)
                }
            }
            Definition::Test(_) => self.test(condition),
        }
    }

    fn test(&self, condition: Condition) -> Option<bool> {
        let quota = self.terms.voucher_quota;
        Some(match condition {
            Condition::ActivationAccountBlank => is_blank(&self.text(Fact::activation_account)?),
            Condition::AccountsSame => self.accounts()? == Match::Same,
            Condition::AccountsUnclear => self.accounts()? == Match::Perhaps,
            Condition::AccountsDifferent => self.accounts()? == Match::Different,
            Condition::NoticeIllegalCopy => self.notices_tell(0)?,
            Condition::NoticeMachineLimit => self.notices_tell(1)?,
            Condition::NoticeIpTaken => self.notices_tell(2)?,
            Condition::NoticeUnknown => self.notices_tell(3)?,
            Condition::LedgersDifferent => self.ledgers()? == Match::Different,
            Condition::LedgersAlike => self.ledgers()? == Match::Perhaps,
            Condition::SelectedYearIsNeeded => {
                let (selected, needed) = (self.number(Fact::selected_year), self.number(Fact::need_year));
                selected? == needed?
            }
            Condition::ProductIsOpened => {
                let (product, opened) = (self.facts.product, self.opened());
                let product = product?.choice().name;
                opened?.contains(&product)
            }
            Condition::CloudUsedAboveOrdered => {
                self.number(Fact::cloud_used)? > self.number(Fact::cloud_ordered)?
            }
            Condition::CloudUsedAboveBoth => {
                let (bought, ordered) = (self.number(Fact::cloud_bought)?, self.number(Fact::cloud_ordered)?);
                self.number(Fact::cloud_used)? > bought + ordered
            }
            Condition::CloudUsedAboveBought => {
                self.number(Fact::cloud_used)? > self.number(Fact::cloud_bought)?
            }
            Condition::LedgerIsOpened => self.opened()?.contains(&"ledger"),
            Condition::NextVoucherAboveAssured => self.next_voucher_above(quota.assured)?,
            Condition::NextVoucherAboveClaimed => self.next_voucher_above(quota.claimed)?,
            Condition::NoVouchersBought => self.number(Fact::vouchers_bought)? == 0,
            Condition::ReviewOverdue => {
                let (today, applied) = (self.day(Fact::now)?, self.day(Fact::order_applied_at)?);
                self.nth_workday_after(applied).is_some_and(|due| today > due)
            }
            Condition::WithinRefundWindow => {
                let (today, paid) = (self.day(Fact::now)?, self.day(Fact::order_paid_at)?);
                today <= paid + i64::from(self.terms.refund_window_days)
            }
            Condition::PurchasePhoneBlank => is_blank(&self.text(Fact::order_phone)?),
            other => panic!("the naive evaluator does not know the test {other:?}; add it here"),
        })
    }

    fn text(&self, fact: Fact) -> Option<String> {
        if let FactValue::Text(text) = self.facts.get(fact)? { Some(text.to_string()) } else { None }
    }

    fn number(&self, fact: Fact) -> Option<i64> {
        if let FactValue::Integer(number) = self.facts.get(fact)? { Some(number.into()) } else { None }
    }

    /// The civil day in China, counted from 1970-01-01.
    fn day(&self, fact: Fact) -> Option<i64> {
        let FactValue::Time(time) = self.facts.get(fact)? else { return None };
        Some((time.millis() + 8 * 3_600_000).div_euclid(86_400_000))
    }

    fn opened(&self) -> Option<Vec<&'static str>> {
        self.facts.opened.map(|opened| opened.iter().map(|product| product.choice().name).collect())
    }

    fn next_voucher_above(&self, quota: u32) -> Option<bool> {
        let (saved, bought) = (self.number(Fact::vouchers_saved)?, self.number(Fact::vouchers_bought)?);
        Some(saved + 1 > i64::from(quota) + bought)
    }

    /// Whether some notice tells the message of this number; the last is what no phrase tells.
    fn notices_tell(&self, message: usize) -> Option<bool> {
        let notices = self.facts.activation_notices?;
        // In columns, no more is known of notices than what they tell.
        if notices.iter().next().is_none() {
            return Some(notices.messages().bits() & (1 << message) != 0);
        }
        let tells = |notice: &str| {
            let notice = folded(notice);
            let phrases: Vec<bool> = Message::PHRASES.iter().map(|phrase| notice.contains(phrase)).collect();
            let other = !phrases.contains(&true) && !notice.is_empty();
            phrases.get(message).copied().unwrap_or(other)
        };
        Some(notices.iter().any(|notice| tells(&notice.to_string())))
    }

    fn ledgers(&self) -> Option<Match> {
        let (selected, needed) = (self.text(Fact::selected_ledger), self.text(Fact::need_ledger));
        let (one, other) = (folded(&selected?), folded(&needed?));
        let short = |ledger: &str| match ledger.strip_suffix("账套") {
            Some(rest) if !rest.is_empty() => rest.to_string(),
            _ => ledger.to_string(),
        };
        Some(if one == other {
            Match::Same
        } else if short(&one) == short(&other) {
            Match::Perhaps
        } else {
            Match::Different
        })
    }

    fn accounts(&self) -> Option<Match> {
        let (shown, signed_in) = (self.text(Fact::activation_account), self.text(Fact::member_account));
        let (one, other) = (shown?, signed_in?);
        let is_any_blank = is_blank(&one) || is_blank(&other);
        let (one, other) = (account(&one), account(&other));
        Some(match one == other {
            // A blank account is that of nobody.
            true if is_any_blank => Match::Different,
            true => Match::Same,
            false => fits(&one, &other),
        })
    }

    fn nth_workday_after(&self, day: i64) -> Option<i64> {
        let (mut day, mut left) = (day, self.terms.refund_review_workdays);
        while left > 0 {
            day += 1;
            if self.is_workday(day)? {
                left -= 1;
            }
        }
        Some(day)
    }

    fn is_workday(&self, day: i64) -> Option<bool> {
        let (year, month, of_month) = Day::from_civil(1970, 1, 1).plus(u32::try_from(day).ok()?).to_civil();
        let Year { off, work, .. } = self.terms.calendar.years().iter().find(|known| known.year == year)?;
        // The first day of 1970 was a Thursday.
        let is_weekend = [2, 3].contains(&(day % 7));
        Some(if is_weekend { work.contains(&(month, of_month)) } else { !off.contains(&(month, of_month)) })
    }
}

/// How two accounts compare that are not the same.
fn fits(one: &str, other: &str) -> Match {
    if one.contains('@') != other.contains('@') {
        return Match::Perhaps;
    }
    let ends = |account: &str| {
        let (start, rest) = account.split_once('*')?;
        Some((start.to_string(), rest.rsplit('*').next().unwrap_or_default().to_string()))
    };
    let length = |text: &str| text.chars().count();
    let masked_fits = |(start, end): (String, String), whole: &str| {
        whole.starts_with(&start) && whole.ends_with(&end) && length(whole) >= length(&start) + length(&end)
    };
    let fits = match (ends(one), ends(other)) {
        (None, None) => false,
        (Some(masked), None) => masked_fits(masked, other),
        (None, Some(masked)) => masked_fits(masked, one),
        (Some((start, end)), Some((other_start, other_end))) => {
            (start.starts_with(&other_start) || other_start.starts_with(&start))
                && (end.ends_with(&other_end) || other_end.ends_with(&end))
        }
    };
    if fits { Match::Perhaps } else { Match::Different }
}

/// The account folded, without hyphens and the country code of a phone number.
fn account(text: &str) -> String {
    let account = folded(text).replace('-', "");
    for code in ["+86", "0086"] {
        if let Some(rest) = account.strip_prefix(code) {
            let is_number = rest.chars().all(|letter| letter.is_ascii_digit() || letter == '*');
            if is_number && (rest.contains('*') || rest.len() == 11) {
                return rest.into();
            }
        }
    }
    account
}

fn is_white_space(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_white_space)
}

fn folded(text: &str) -> String {
    let half_width = text.chars().map(|letter| match u32::from(letter) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(letter),
        _ => letter,
    });
    half_width.filter(|letter| !is_white_space(*letter)).map(|letter| letter.to_ascii_lowercase()).collect()
}
