//! 提示: the notes, which tell a buyer what is useful to know and have no effect on the verdict.

use super::clauses::{Clause, Stated};
use super::condition::{ConditionSet, Literal, literals};
use super::rule::Citation;
use crate::model::locale::Bilingual;
use crate::model::question::Question;

/// 提示: a note, shown for certain questions when all its conditions are met.
#[derive(Debug)]
pub struct Note {
    /// The code that callers receive.
    pub code: &'static str,
    /// The questions for which it is shown.
    pub shown_for: &'static [Question],
    /// The conditions, all of which must be met.
    pub when: &'static [Literal],
    /// The clauses that it rests on.
    pub citation: Citation,
    /// The text that buyers read. A name in braces is replaced by a value.
    pub words: Bilingual,
}

macro_rules! notes {
    ($( $(#[doc = $doc:literal])* $code:ident: shown_for [$($question:ident),+] when [$($when:tt)*], [$($clause:ident),+] $stated:ident, $zh:literal, $en:literal; )*) => {
        /// Every note, in the order in which they are shown.
        pub const NOTES: &[Note] = &[$(Note {
            code: stringify!($code),
            shown_for: &[$(Question::$question),+],
            when: literals![$($when)*],
            citation: Citation { clauses: &[$(Clause::$clause),+], stated: Stated::$stated },
            words: Bilingual::new($zh, $en),
        }),*];
    };
}

notes! {
    FREE_EDITION_LIMITS: shown_for [Purchase] when [EditionIsFree], [S01] Stated,
        "终身免费版对激活次数和网络地址（IP）有限制，也不含技术维护；限制多少，公布的说明没有写。",
        "The Free Lifetime edition limits activations and network addresses (IP), and comes without technical maintenance; the published text does not give the limits.";
    PAY_THEN_CERTIFY: shown_for [Purchase] when [EditionIsFree, ProductIsAddOn], [S20] Stated,
        "付款后还要回软件点“立即购买”-“系统认证”，认证成功才生效。",
        "After paying, go back to the software and run 立即购买-系统认证; once it succeeds, the purchase takes effect.";
    QUOTA_STILL_APPLIES: shown_for [Purchase] when [EditionIsFree, ProductIsAddOnButVouchers], [S17, S18] Stated,
        "开通这一项后，凭证数量的上限不变；要多存凭证，需要另外“购买凭证”。",
        "This purchase leaves the limit on vouchers as it is; to save more, a voucher pack (购买凭证) is bought on top.";
    PRICE_ON_PAGE: shown_for [Purchase] when [EditionIsFree, ProductIsAddOn], [S42] Stated,
        "价格以购买页为准。", "The price is the one shown on the order page.";
    RECHARGE_CODE_STEPS: shown_for [Purchase] when [ProductIsPaidEdition], [S39] Stated,
        "在官网下单付款后，从“我的订单”-“订单详情”复制充值码（充值卡号），再登录收费版软件，在主界面右下角的“产品充值”里充值。",
        "Order and pay on the website, copy the recharge code (充值码, 充值卡号) from 我的订单-订单详情, then sign in to the paid software and use it under 产品充值 at the bottom right of the main window.";
    ACTIVATION_CHANGE_SEPARATE: shown_for [Purchase] when [ProductIsPaidEdition, MemberReplacesOld], [S40] Stated,
        "激活账户也要换的，请另外在客服支持里搜索“换账号”，按那里的说明操作。",
        "If the activation account (激活账户) is to change too, search the support pages for 换账号 and follow the steps there.";
    RECHARGE_CODE_STEPS: shown_for [Refund] when [EditionIsPaid, OrderIsPaid, ReasonIsUnusable], [S39] Stated,
        "退款前，请先看看有没有充值：从“我的订单”-“订单详情”复制充值码（充值卡号），登录收费版软件，在主界面右下角的“产品充值”里充值。",
        "Before a refund, see whether the code was used: copy the recharge code (充值码, 充值卡号) from 我的订单-订单详情, sign in to the paid software, and enter it under 产品充值 at the bottom right of the main window.";
    CERTIFY_FIRST: shown_for [Refund] when [EditionIsFree, OrderIsPaid, ReasonIsUnusable, not OrderIsCertified], [S20] Stated,
        "付款后还没有做系统认证，所以功能还没有生效。退款前，先回软件点“立即购买”-“系统认证”试试。",
        "系统认证 was not run after paying, so the purchase has not taken effect. Before a refund, try 立即购买-系统认证 in the software.";
    INVOICE_TERMS_CONFLICT: shown_for [Refund] when [OrderIsPaid, EditionIsFree, InvoiceIsNotDownloaded], [S44, S21, S22] Conflicting,
        "发票已申请而没有下载的怎么退款，公布的说明前后不一致：一处写没下载就可以自己申请，一处写申请过发票要找客服。这里按找客服办理，较为稳妥。",
        "For an invoice that was requested and not downloaded the published text contradicts itself: one place lets you apply yourself as long as it is not downloaded, another sends you to support. This answer takes the safer way, support.";
    WINDOW_COUNTED: shown_for [Refund] when [OrderIsPaid, EditionIsCloud, InvoiceIsNone], [S30] Silent,
        "{terms.refundWindowDays} 天怎么算，公布的说明没有写；这里不算付款当天。请尽早申请。",
        "The published text does not say how the {terms.refundWindowDays} days are counted; here the day of payment is not counted. Please apply early.";
    REVIEW_DUE: shown_for [Refund] when [EditionIsCloud, RefundIsReviewed], [S33] Stated,
        "申请退款后，{terms.refundReviewWorkdays} 个工作日内完成审核退款{review.due}。",
        "Once a refund is applied for, it is reviewed and made within {terms.refundReviewWorkdays} working days{review.due}.";
    ARRIVAL_BY_CHANNEL: shown_for [Refund] when [EditionIsCloud, RefundIsReviewed], [S34] Stated,
        "审核通过后，钱什么时候到账，要看微信支付或支付宝。",
        "Once the refund is approved, when the money arrives depends on WeChat Pay or Alipay.";
    REBUY_WHERE_NEEDED: shown_for [Refund] when [ReasonIsWrongPlace], [S13, S14] Stated,
        "买错账套或年度的，公布的办法是退款后重新购买：退款后，请进入{need.place}购买。",
        "For a purchase in the wrong ledger or year, the published way is a refund and a new purchase: after the refund, open {need.place} and buy there.";
}

/// The conditions of all notes, with those that they are composed of.
pub(crate) const NOTE_CONDITIONS: ConditionSet = {
    let (mut all, mut rest) = (ConditionSet::EMPTY, NOTES);
    while let [note, others @ ..] = rest {
        all = all.union(ConditionSet::needed_by(note.when));
        rest = others;
    }
    all
};
