use crate::rules::rule::rule;

rule! {
    /// 审核退款已超过公布的时限。
    ///
    /// The working days in which review and refund were to be done are over.
    REFUND_OVERDUE: Refer,
    asked: [Refund],
    when: [OrderIsApplied, EditionIsCloud, ReviewOverdue],
    clause: [S33] Inferred,
    zh: "这笔订单已经申请退款，但已超过公布的时限（{terms.refundReviewWorkdays} 个工作日内完成审核退款）。如果钱还没有退，请联系客服查询。",
    en: "A refund of this order was applied for, and the published time for it is over ({terms.refundReviewWorkdays} working days for review and refund). If the money has not been refunded yet, please ask support.",
    steps: [ContactSupport],
}
