use crate::rules::rule::rule;

rule! {
    /// 退款期限已过。
    ///
    /// The refund window has passed: the text promises nothing afterwards, and does not refuse either.
    REFUND_WINDOW_PASSED: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, InvoiceIsNone, not WithinRefundWindow],
    clause: [S30] Stated,
    zh: "自己申请退款的期限是付款后 {terms.refundWindowDays} 天内，这笔订单到{refund.lastDay} 24:00 为止，已经过了。之后能不能退，公布的说明没有写，请联系客服询问。",
    en: "You could apply for a refund yourself within {terms.refundWindowDays} days after payment; for this order, the time ended at {refund.lastDay} 24:00 (Beijing time). The published text does not say what happens afterwards; please ask support.",
    steps: [ContactSupport],
}
