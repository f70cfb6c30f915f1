//! 办法: the steps that a rule can list as able to lift its refusal. [`plan`](crate::explain::plan) defines which
//! actions a step takes and how they change the facts.

use crate::model::bitset::{BitSet, Indexed};

/// Declares the steps, each with its text in Chinese and in English.
macro_rules! steps {
    ($( #[doc = $zh:literal] #[doc = $en:literal] $name:ident; )*) => {
        /// 办法: a step that can lift a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step { $( #[doc = $zh] #[doc = $en] $name, )* }

        impl Step {
            /// Every step, in the order in which a plan takes them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name, and the text in Chinese and in English.
            pub const fn doc(self) -> (&'static str, &'static str, &'static str) {
                match self { $(Self::$name => (stringify!($name), $zh.trim_ascii(), $en.trim_ascii()),)* }
            }
        }
    };
}

steps! {
    /// 从软件里购买（S-41）。
    /// Buy from inside the software (S-41).
    OpenInApp;
    /// 到需要的账套和年度里点购买（S-13、S-14）。
    /// Start the purchase in the ledger and year that need it (S-13, S-14).
    SelectLedgerYear;
    /// 用微信支付或支付宝付款（S-41）。
    /// Pay by WeChat or Alipay (S-41).
    PayWith;
    /// 换成原来的会员账号（S-38）。
    /// Sign in with the original account (S-38).
    UseOriginalAccount;
    /// 删除账套，直到这一单够用（S-27）。
    /// Delete ledgers until the order is enough (S-27).
    DeleteDownToOrdered;
    /// 按在用的账套数量下单（S-28）。
    /// Order as many ledgers as are in use (S-28).
    OrderAsManyAsUsed;
    /// 增购到够用的数量（S-25）。
    /// Order as many ledgers as are lacking (S-25).
    OrderTheRest;
    /// 删除账套，直到已购买的加上这一单够用（S-25）。
    /// Delete ledgers until those bought and ordered are enough (S-25).
    DeleteDownToBoth;
    /// 删除账套，直到已购买的够用（S-29）。
    /// Delete ledgers until those bought are enough (S-29).
    DeleteDownToBought;
    /// 退掉订单，按在用的账套数量重新购买（S-28）。
    /// Have the order refunded and buy as many as are in use (S-28).
    BuyAsManyAsUsed;
    /// 给未付款的订单付款，再做系统认证（S-12、S-20）。
    /// Pay the order that was placed, and certify (S-12, S-20).
    PayOrder;
    /// 给已付款的做系统认证（S-20）。
    /// Certify what is already paid for (S-20).
    Certify;
    /// 退款，到需要的账套和年度里重新购买，再做系统认证（S-13、S-14、S-20）。
    /// Have the order refunded, buy in the ledger and year that need it, and certify (S-13, S-14, S-20).
    RebuyWhereNeeded;
    /// 购买“开通账套”，再做系统认证（S-14、S-20）。
    /// Buy the opening of the ledger, and certify (S-14, S-20).
    BuyLedger;
    /// 购买这项功能，再做系统认证（S-19、S-20）。
    /// Buy the feature, and certify (S-19, S-20).
    BuyFeature;
    /// 购买凭证，再做系统认证（S-18、S-20）。
    /// Buy vouchers, and certify (S-18, S-20).
    BuyVouchers;
    /// 由客服退款：买的内容没有生效（S-02）。
    /// Have the order refunded by support: what was bought has not taken effect (S-02).
    RefundThroughSupport;
    /// 联系客服：购买者自己解除不了。
    /// Ask support: nothing the buyer can do lifts it.
    ContactSupport;
}

impl Indexed for Step {
    const COUNT: usize = Step::ALL.len();

    fn at(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A set of steps.
pub type StepSet = BitSet<Step>;
