//! 选项: the enums that a fact can be a value of, with a name and labels for each value.

use super::fact_types::{FactData, FactType, FactValue};
use super::facts::{Fact, FactSource};
use super::locale::Bilingual;

/// One value of an enum: its name in JSON and its label in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The enum.
    pub of: ChoiceEnum,
    /// Its index among the values of its enum, from 0.
    pub index: u8,
    /// The name in JSON, TypeScript and addresses.
    pub name: &'static str,
    /// The label; the Chinese as the shop's pages have it.
    pub label: Bilingual,
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of && self.index == other.index
    }
}

impl Eq for Choice {}

/// Declares enums whose variants have a name in JSON and a label in both languages.
macro_rules! choices {
    ($( $(#[doc = $about:literal])* $enum:ident { $( $(#[doc = $doc:literal])* $variant:ident = $name:literal, $zh:literal, $en:literal; )* } )*) => {
        /// The enums that a fact can be a value of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ChoiceEnum { $( $(#[doc = $about])* $enum, )* }
        $(
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $enum { $( #[doc = $zh] #[doc = ""] $(#[doc = $doc])* $variant, )* }

        impl $enum {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name and labels of every value, in the same order.
            pub const CHOICES: &'static [Choice] = &[
                $(Choice { of: ChoiceEnum::$enum, index: Self::$variant as u8, name: $name, label: Bilingual::new($zh, $en) }),*
            ];

            /// The value's name in JSON and its labels.
            pub const fn choice(self) -> &'static Choice {
                // Made of the same list, so each value has its choice.
                #[allow(clippy::indexing_slicing)]
                &Self::CHOICES[self as usize]
            }
        }

        impl<'a> FactData<'a> for $enum {
            const TYPE: FactType = FactType::Choice(Self::CHOICES);

            fn from_value(value: FactValue<'a>) -> Option<Self> {
                let FactValue::Choice(choice) = value else { return None };
                if choice.of == ChoiceEnum::$enum { Self::ALL.get(usize::from(choice.index)).copied() } else { None }
            }

            fn to_value(self) -> FactValue<'a> {
                FactValue::Choice(self.choice())
            }

            #[inline(always)]
            fn from_source(source: impl FactSource<'a>, fact: Fact) -> Option<Self> {
                Self::ALL.get(source.number(fact) as usize).copied()
            }
        }
        )*
    };
}

choices! {
    /// 版本: the edition in use; for `refund`, the one the order is for.
    Edition {
        FreeLifetime = "free_lifetime", "终身免费版", "Free Lifetime edition";
        Cloud = "cloud", "云盘版", "Cloud edition";
        /// Every other edition that is paid for.
        Paid = "paid", "收费版", "a paid edition";
    }

    /// 产品: what is bought or used. The first five are the add-ons of the free edition.
    Product {
        Ledger = "ledger", "开通账套", "ledger opening (开通账套)";
        VoucherPack = "voucher_pack", "购买凭证", "voucher pack (购买凭证)";
        Bookkeeping = "bookkeeping", "账务处理", "bookkeeping (账务处理)";
        TaxFiling = "tax_filing", "一键报税", "one-click tax filing (一键报税)";
        CloudBackup = "cloud_backup", "云备份", "cloud backup (云备份)";
        CloudLedgers = "cloud_ledgers", "云盘版账套", "Cloud edition ledgers";
        FullEdition = "full_edition", "完整版", "the full edition";
        PaidEdition = "paid_edition", "收费版", "a paid edition";
    }

    /// 购买入口: where the purchase was started.
    Entry {
        InApp = "in_app", "软件内", "inside the software";
        Website = "website", "网站", "on the website";
    }

    /// 付款方式: how the buyer pays.
    Payment {
        Wechat = "wechat", "微信支付", "WeChat Pay";
        Alipay = "alipay", "支付宝", "Alipay";
        Other = "other", "其他方式", "another way";
    }

    /// 购买目的: what the buyer wants it for.
    Goal {
        CloseBooks = "close_books", "结账", "closing the books";
        AddVouchers = "add_vouchers", "增加凭证数量", "saving more vouchers";
        Other = "other", "其他", "something else";
    }

    /// 云盘版账套的购买目的: whether the order renews what was bought before, or adds to it.
    CloudPurpose {
        Renew = "renew", "续费", "a renewal";
        Add = "add", "增购", "an addition";
    }

    /// 要做的操作: what is about to be done in the software.
    Action {
        CloseBooks = "close_books", "结账", "close the books";
        SaveVoucher = "save_voucher", "保存凭证", "save a voucher";
        /// `product` says which.
        UseFeature = "use_feature", "使用功能", "use a feature";
        SignIn = "sign_in", "登录", "sign in";
    }

    /// 订单状态: how far the order has come.
    Status {
        Unpaid = "unpaid", "未付款", "not paid";
        Paid = "paid", "已付款", "paid";
        Applied = "applied", "已申请退款", "refund applied for";
        Refunded = "refunded", "已退款", "refunded";
    }

    /// 发票: how far the invoice has come.
    Invoice {
        None = "none", "未申请", "not requested";
        Requested = "requested", "已申请", "requested";
        Issued = "issued", "已开具未下载", "issued, not downloaded";
        Downloaded = "downloaded", "已下载", "downloaded";
    }

    /// 退款原因: why the buyer wants the money back.
    Reason {
        Unusable = "unusable", "购买后无法使用", "it does not work";
        WrongLedger = "wrong_ledger", "买错账套", "bought in the wrong ledger";
        WrongYear = "wrong_year", "买错年度", "bought in the wrong year";
        WrongQuantity = "wrong_quantity", "买错数量", "bought the wrong quantity";
        ChangeOfMind = "change_of_mind", "不想要了", "a change of mind";
    }

    /// 操作系统: what the computer runs.
    System {
        Windows = "windows", "Windows", "Windows";
        Other = "other", "其他系统", "another system";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_equal_where_both_the_enum_and_the_value_are() {
        assert_eq!(Edition::Paid.choice(), Edition::Paid.choice());
        assert_ne!(Edition::Paid.choice(), Edition::Cloud.choice());
        assert_ne!(Payment::Other.choice(), Entry::Website.choice());
        // Both are the third of their enum.
        assert_ne!(Edition::Paid.choice(), Payment::Other.choice());
    }
}
