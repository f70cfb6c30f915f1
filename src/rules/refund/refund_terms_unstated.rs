use crate::rule::rule;

rule! {
    /// 这个版本的退款办法没有写。
    ///
    /// Silence is never read as a refusal.
    REFUND_TERMS_UNSTATED: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsPaid],
    clause: [S48] Silent,
    zh: "这笔订单的版本能不能退、怎么退，公布的说明没有写。请联系客服，说明订单和原因，由客服答复。",
    en: "The published text does not say whether or how orders for this edition are refunded. Contact support with the order and your reason, and they will answer.",
    steps: [ContactSupport],
}
