//! 条款: the numbers and contacts that a shop may change without a rebuild.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::calendar::Calendar;
use super::choices::Edition;
use super::locale::Bilingual;
use super::named::named;
use super::time::Day;

named! {
    /// 条款中的数字: a number of the terms that the published text gives, by its name in texts.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    TermNumber {
        /// The lower number for the quota of vouchers (S-16).
        Assured = "terms.voucherQuota.assured";
        /// The higher number for the quota of vouchers (S-15).
        Claimed = "terms.voucherQuota.claimed";
        /// 退款期限 (S-30).
        RefundWindow = "terms.refundWindowDays";
        /// 审核时限 (S-33).
        RefundReview = "terms.refundReviewWorkdays";
    }
}

impl TermNumber {
    /// The number in these terms.
    pub const fn of(self, terms: &Terms) -> u32 {
        match self {
            Self::Assured => terms.voucher_quota.assured,
            Self::Claimed => terms.voucher_quota.claimed,
            Self::RefundWindow => terms.refund_window_days,
            Self::RefundReview => terms.refund_review_workdays,
        }
    }

    /// What is counted.
    pub const fn unit(self) -> Bilingual {
        match self {
            Self::Assured | Self::Claimed => Bilingual::new("张", "vouchers"),
            Self::RefundWindow => Bilingual::new("天", "days"),
            Self::RefundReview => Bilingual::new("个工作日", "working days"),
        }
    }

    /// The published number, where the one in these terms is another.
    pub fn published_otherwise(self, terms: &Terms) -> Option<u32> {
        let published = self.of(&Terms::PUBLISHED);
        (published != self.of(terms)).then_some(published)
    }
}

/// The terms in force.
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
pub struct Contact {
    /// QQ群号.
    pub qq_group: Option<Cow<'static, str>>,
    /// QQ群名.
    pub qq_group_name: Option<Cow<'static, str>>,
    /// 加群备注: what to write when asking to join.
    pub join_note: Option<Cow<'static, str>>,
    /// 电话.
    pub phone: Option<Cow<'static, str>>,
    /// 邮箱.
    pub email: Option<Cow<'static, str>>,
    /// 地址.
    pub address: Option<Cow<'static, str>>,
}

impl Contact {
    const NONE: Self = Self {
        qq_group: None,
        qq_group_name: None,
        join_note: None,
        phone: None,
        email: None,
        address: None,
    };

    /// The parts that there are, by their names in JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = [
            ("qqGroup", &self.qq_group),
            ("qqGroupName", &self.qq_group_name),
            ("joinNote", &self.join_note),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
        ];
        parts.into_iter().filter_map(|(name, part)| Some((name, part.as_deref()?)))
    }

    /// The part of that name in JSON, if there is one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, part)| part)
    }
}

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
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

impl Terms {
    /// The day by which review and refund are due when the refund was applied for on this day (S-33), which is not
    /// counted; `None` where the calendar lacks a year that is counted.
    pub fn review_due(&self, applied: Day) -> Option<Day> {
        self.calendar.workday_after(applied, self.refund_review_workdays)
    }

    /// What is wrong with terms whose numbers were changed while their version still names the published ones; to be
    /// shown when they are loaded, and when they are compiled in.
    pub fn warning(&self) -> Option<&'static str> {
        let is_changed = |number: &TermNumber| number.published_otherwise(self).is_some();
        (self.version == Self::PUBLISHED.version && TermNumber::ALL.iter().any(is_changed)).then_some(
            "the terms have other numbers than those published and the same `version`; give them a `version` of their \
             own, so that receipts tell the two apart.",
        )
    }
}

/// The terms compiled in. Where a shop is to have other numbers without loading them, they are written here, with a
/// version of their own: `Self { version: Cow::Borrowed("2027-01"), refund_window_days: 15, ..Self::PUBLISHED }`.
impl Default for Terms {
    fn default() -> Self {
        Self::PUBLISHED
    }
}

const fn some(text: &'static str) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(text))
}

impl Terms {
    /// The terms as the published text has them (S-15, S-16, S-30, S-33, and the contacts); they change only with it.
    pub const PUBLISHED: Self = Self {
        version: Cow::Borrowed("2021-12"),
        voucher_quota: VoucherQuota { assured: 50, claimed: 100 },
        refund_window_days: 7,
        refund_review_workdays: 3,
        contacts: Contacts {
            free_lifetime: Contact {
                qq_group: some("636016246"),
                qq_group_name: some("购买咨询2群"),
                join_note: some("申请退款"),
                ..Contact::NONE
            },
            cloud: Contact {
                qq_group_name: some("社区客服235"),
                phone: some("021-58350168"),
                ..Contact::NONE
            },
            paid: Contact {
                phone: some("021-58350168"),
                email: some("service@kuaijihui.com"),
                address: some("浦东新区浦东南路360号"),
                ..Contact::NONE
            },
        },
        calendar: Calendar::PUBLISHED,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_contact_are_found_by_their_names() {
        let contact = Terms::PUBLISHED.contacts.paid;
        let parts: Vec<_> = contact.iter().collect();
        assert_eq!(parts.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["phone", "email", "address"]);
        assert!(parts.iter().all(|(name, part)| contact.get(name) == Some(*part)));
        assert_eq!((contact.get("qqGroup"), contact.get("fax")), (None, None));
    }

    #[test]
    fn the_published_contacts_are_those_of_the_clauses() {
        let written = serde_json::to_value(&Terms::PUBLISHED.contacts).unwrap();
        let expected = serde_json::json!({
            "free_lifetime": { "qqGroup": "636016246", "qqGroupName": "购买咨询2群", "joinNote": "申请退款" },
            "cloud": { "qqGroupName": "社区客服235", "phone": "021-58350168" },
            "paid": {
                "phone": "021-58350168", "email": "service@kuaijihui.com", "address": "浦东新区浦东南路360号",
            },
        });
        assert_eq!(written, expected);
    }

    #[test]
    fn numbers_changed_under_the_published_version_are_warned_of() {
        let longer = |version: &'static str| Terms {
            version: Cow::Borrowed(version),
            refund_window_days: 15,
            ..Terms::PUBLISHED
        };
        assert_eq!(Terms::PUBLISHED.warning(), None);
        assert_eq!(longer("2027-01").warning(), None);
        assert!(longer("2021-12").warning().is_some_and(|warning| warning.contains("`version`")));
    }
}
