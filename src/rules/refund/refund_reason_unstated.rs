use crate::rules::rule::rule;

rule! {
    /// 不想要了能不能退，说明里没有写。
    ///
    /// The text does not say whether a change of mind is refunded: it speaks of purchases that do not work.
    REFUND_REASON_UNSTATED: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, ReasonIsChangeOfMind],
    clause: [S24] Silent,
    zh: "公布的退款说明讲的是买了不能正常使用的情况，“不想要了”能不能退没有写。您可以申请，请如实说明原因，能不能退要看审核结果。",
    en: "The published refund terms are about purchases that do not work and do not mention a change of mind. You may apply; state your reason as it is, and the review decides.",
    steps: [],
}
