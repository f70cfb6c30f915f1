use crate::rules::rule::rule;

rule! {
    /// 这个版本的退款办法没有写。
    ///
    /// The text does not say how orders for this edition are refunded; silence is not read as a refusal.
    REFUND_TERMS_UNSTATED: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsPaid],
    clause: [S48] Silent,
    zh: "这个版本的订单能不能退、怎么退，公布的说明没有写。请联系客服，说明是哪笔订单、为什么要退。",
    en: "The published text does not say whether or how orders for this edition are refunded. Contact support, and say which order it is and why you want a refund.",
    steps: [ContactSupport],
}
