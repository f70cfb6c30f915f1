use crate::rule::rule;

rule! {
    /// 不想要了能不能退没有写。
    ///
    /// The text speaks of purchases that do not work; it neither covers nor excludes others.
    REFUND_REASON_UNSTATED: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, ReasonIsChangeOfMind],
    clause: [S24] Silent,
    zh: "公布的退款说明讲的是买了不能正常使用的情况，“不想要了”能不能退没有写。可以申请，但请如实写明原因，结果以审核为准。",
    en: "The published refund terms are about purchases that do not work and do not mention a change of mind. You may apply, but state your reason as it is; the review decides.",
    steps: [],
}
