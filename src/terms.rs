//! 条款: the numbers and contacts that a shop may change without a rebuild.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::calendar::{Calendar, MonthDay, Year, is_weekend};
use crate::error::{ErrorCode, FactsError, unknown_field};
use crate::facts::{Datum, Edition, Kind, Text};
use crate::reading::{Paths, read_at};
use crate::time::{Day, Scanner, days_in_month};
use crate::value::Value;
use crate::write::{cat, number};

/// The terms in force. The defaults are those published as of December 2021.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// 条款版本: names this set of terms in a receipt; 1 to 64 characters.
    pub version: Cow<'static, str>,
    /// 凭证额度: vouchers that may be saved per ledger and year without buying any.
    pub voucher_quota: VoucherQuota,
    /// 退款期限: days after the day of payment in which a Cloud order can be refunded (S-30); 0 to 365.
    pub refund_window_days: u32,
    /// 审核时限: working days in which a refund is reviewed (S-33); 0 to 60.
    pub refund_review_workdays: u32,
    /// 联系方式: whom to ask, by edition.
    pub contacts: Contacts,
    /// 工作日历: which days are worked.
    pub calendar: Calendar,
}

/// 凭证额度: the two numbers that the published text gives for the same quota (S-15 against S-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct VoucherQuota {
    /// What every page grants; 0 to 1,000,000.
    pub assured: u32,
    /// What the most generous page grants; not below `assured`.
    pub claimed: u32,
}

/// 联系方式: one contact for each edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contacts {
    /// 终身免费版 (S-23).
    pub free_lifetime: Contact,
    /// 云盘版 (S-32).
    pub cloud: Contact,
    /// 其他收费版本 (S-43).
    pub paid: Contact,
}

/// 联系方式: the ways to reach support; at least one is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact([Option<Cow<'static, str>>; 5]);

impl Contact {
    /// The parts there can be: QQ群号, QQ群名, 加群备注 (what to write when asking to join), 电话, 邮箱.
    pub const NAMES: &'static [&'static str] = &["qqGroup", "qqGroupName", "joinNote", "phone", "email"];

    /// The part of that name, if there is one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parts().find(|(known, _)| *known == name).map(|(_, part)| part)
    }

    /// The parts that there are, by name.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        Self::NAMES.iter().zip(&self.0).filter_map(|(name, part)| Some((*name, part.as_deref()?)))
    }

    fn set(&mut self, name: &str, part: Cow<'static, str>) {
        if let Some((_, place)) = Self::NAMES.iter().zip(&mut self.0).find(|(known, _)| **known == name) {
            *place = Some(part);
        }
    }
}

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.parts())
    }
}

impl Contacts {
    /// The contact for an edition; for one not known, the one that serves everybody.
    pub const fn of(&self, edition: Option<Edition>) -> &Contact {
        match edition {
            Some(Edition::FreeLifetime) => &self.free_lifetime,
            Some(Edition::Cloud) => &self.cloud,
            Some(Edition::Paid) | None => &self.paid,
        }
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self::PUBLISHED
    }
}

const fn part(text: &'static str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(text))
}

impl Terms {
    /// The terms as they are compiled in.
    pub const PUBLISHED: Self = Self {
        version: Cow::Borrowed("2021-12"),
        voucher_quota: VoucherQuota { assured: 50, claimed: 100 },
        refund_window_days: 7,
        refund_review_workdays: 3,
        contacts: Contacts {
            free_lifetime: Contact([part("636016246"), part("购买咨询2群"), part("申请退款"), None, None]),
            cloud: Contact([None, part("社区客服235"), None, None, None]),
            paid: Contact([None, None, None, part("021-58350168"), part("service@kuaijihui.com")]),
        },
        calendar: Calendar::PUBLISHED,
    };

    /// The default terms with those in `value` in place of their own; a calendar is taken year by year,
    /// a contact as a whole.
    ///
    /// # Errors
    /// The first mistake found, its path beginning with `terms`.
    pub fn read(value: &Value) -> Result<Self, FactsError> {
        let mut terms = Self::default();
        let mut values = [None; PATHS.len()];
        let paths = Paths { root: "terms.", path: |place| PATHS.get(place).copied() };
        paths.take_apart(value, &mut values)?;
        for (path, value) in PATHS.iter().zip(values) {
            if let Some(value) = value {
                let at = cat(&["terms.", path]);
                match terms.at(path) {
                    Term::Text(version) => *version = text(value, &at, 64)?,
                    Term::Number(number, max) => {
                        let read = read_at(&at, value, &Kind::Integer { min: 0, max })?;
                        *number = u32::of(read).unwrap_or_default();
                    }
                    Term::Contact(old) => *old = contact(value, &at)?,
                    Term::Calendar(known) => calendar(value, &at, known)?,
                }
            }
        }
        let VoucherQuota { assured, claimed } = terms.voucher_quota;
        if assured > claimed {
            return Err(FactsError::new(
                ErrorCode::Inconsistent,
                "terms.voucherQuota.assured",
                cat(&[
                    "`terms.voucherQuota.claimed` ",
                    &number(claimed),
                    ": what is assured is never more than what is claimed",
                ]),
                number(assured),
            ));
        }
        Ok(terms)
    }

    /// The term at a path.
    fn at(&mut self, path: &str) -> Term<'_> {
        match path {
            "version" => Term::Text(&mut self.version),
            "voucherQuota.assured" => Term::Number(&mut self.voucher_quota.assured, 1_000_000),
            "voucherQuota.claimed" => Term::Number(&mut self.voucher_quota.claimed, 1_000_000),
            "refundWindowDays" => Term::Number(&mut self.refund_window_days, 365),
            "refundReviewWorkdays" => Term::Number(&mut self.refund_review_workdays, 60),
            "contacts.free_lifetime" => Term::Contact(&mut self.contacts.free_lifetime),
            "contacts.cloud" => Term::Contact(&mut self.contacts.cloud),
            "contacts.paid" => Term::Contact(&mut self.contacts.paid),
            _ => Term::Calendar(&mut self.calendar),
        }
    }
}

/// One of the terms.
enum Term<'a> {
    Text(&'a mut Cow<'static, str>),
    /// A number, and the largest that it can be.
    Number(&'a mut u32, u32),
    Contact(&'a mut Contact),
    Calendar(&'a mut Calendar),
}

/// The paths of the terms, below `terms`.
const PATHS: [&str; 9] = [
    "version",
    "voucherQuota.assured",
    "voucherQuota.claimed",
    "refundWindowDays",
    "refundReviewWorkdays",
    "contacts.free_lifetime",
    "contacts.cloud",
    "contacts.paid",
    "calendar",
];

fn text(value: &Value, path: &str, longest: usize) -> Result<Cow<'static, str>, FactsError> {
    let read = read_at(path, value, &Kind::Text { longest, blank: false, personal: false })?;
    Ok(Cow::Owned(Text::of(read).map(|text| text.0.into()).unwrap_or_default()))
}

fn contact(value: &Value, path: &str) -> Result<Contact, FactsError> {
    let root = cat(&[path, "."]);
    let mut values = [None; Contact::NAMES.len()];
    Paths { root: &root, path: |place| Contact::NAMES.get(place).copied() }.take_apart(value, &mut values)?;
    let mut contact = Contact::default();
    for (name, value) in Contact::NAMES.iter().zip(values) {
        if let Some(value) = value {
            contact.set(name, text(value, &cat(&[&root, name]), 100)?);
        }
    }
    if contact.parts().all(|(name, _)| name == "joinNote") {
        let expected = "at least one of `qqGroup`, `qqGroupName`, `phone`, `email`";
        return Err(FactsError::new(ErrorCode::Blank, path, expected, "a contact without any".into()));
    }
    Ok(contact)
}

/// What a year of the calendar has.
const YEAR: [&str; 2] = ["off", "work"];

fn calendar(value: &Value, path: &str, calendar: &mut Calendar) -> Result<(), FactsError> {
    const EXPECTED: &str = "a year from 2000 to 2100, like `2027`, with `off` and `work`";
    let Value::Object(years) = value else {
        return Err(FactsError::new(ErrorCode::WrongType, path, EXPECTED, value.describe()));
    };
    for (name, value) in years {
        let number = Scanner::whole(name, |rest| rest.digits(4)).filter(|year| (2000..=2100).contains(year));
        let Some(year) = number else { return Err(unknown_field(path, name, EXPECTED.into())) };
        let path = cat(&[path, ".", name]);
        let root = cat(&[&path, "."]);
        let mut lists = [None; YEAR.len()];
        Paths { root: &root, path: |place| YEAR.get(place).copied() }.take_apart(value, &mut lists)?;
        let [off, work] = lists;
        let (Some(off), Some(work)) = (off, work) else {
            let expected = "both `off` and `work`, which may be empty";
            return Err(FactsError::new(ErrorCode::WrongType, path, expected, value.describe()));
        };
        let off = dates(&cat(&[&root, "off"]), off, year, false)?;
        let work = dates(&cat(&[&root, "work"]), work, year, true)?;
        calendar.insert(Year { year, off: off.into(), work: work.into() });
    }
    Ok(())
}

/// Dates like `10-01`: weekend days if `weekend`, else weekdays.
fn dates(path: &str, value: &Value, year: i32, weekend: bool) -> Result<Vec<MonthDay>, FactsError> {
    let refuse = |code, path: &str, value: &Value| {
        let kind = if weekend { "weekend days" } else { "weekdays" };
        let expected = cat(&["a list of at most 100 ", kind, " of ", &number(year), " like `10-01`"]);
        Err(FactsError::new(code, path, expected, value.describe()))
    };
    let Value::List(items) = value else { return refuse(ErrorCode::WrongType, path, value) };
    if items.len() > 100 {
        return refuse(ErrorCode::OutOfRange, path, value);
    }
    let mut dates = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let code = match date(item, year) {
            Ok((month, day)) if is_weekend(Day::from_civil(year, month, day)) == weekend => {
                dates.push((month, day));
                continue;
            }
            Ok(_) => ErrorCode::Inconsistent,
            Err(code) => code,
        };
        return refuse(code, &cat(&[path, "[", &number(position as i64), "]"]), item);
    }
    Ok(dates)
}

fn date(value: &Value, year: i32) -> Result<MonthDay, ErrorCode> {
    let Value::Text(text) = value else { return Err(ErrorCode::WrongType) };
    let date = Scanner::whole(text, |rest| {
        let month = rest.part(2, b"-")?;
        Some((month as u8, rest.digits(2)? as u8))
    });
    let (month, day) = date.ok_or(ErrorCode::WrongType)?;
    let real = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    if real { Ok((month, day)) } else { Err(ErrorCode::OutOfRange) }
}
