//! 条款: the numbers and contacts that a shop may change without a rebuild.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::calendar::Calendar;
use super::choices::Edition;
use super::time::Day;

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
}

impl Default for Terms {
    fn default() -> Self {
        Self::PUBLISHED
    }
}

const fn some(text: &'static str) -> Option<Cow<'static, str>> {
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
