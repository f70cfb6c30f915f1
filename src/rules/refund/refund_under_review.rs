use crate::rules::rule::rule;

rule! {
    /// 退款在审核中。
    ///
    /// The refund was applied for: what counts now is the review, and no longer the window.
    REFUND_UNDER_REVIEW: Allow,
    asked: [Refund],
    when: [OrderIsApplied],
    clause: [S33] Stated,
    zh: "这笔订单已经申请退款，正在审核，不用再申请。",
    en: "A refund of this order was applied for and is under review; you need not apply again.",
    steps: [],
}
