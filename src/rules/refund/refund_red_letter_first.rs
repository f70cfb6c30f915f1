use crate::rule::rule;

rule! {
    /// 要先红冲发票再退款。
    ///
    /// The invoice is reversed before the money goes back; no window is stated for this way.
    REFUND_RED_LETTER_FIRST: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, not InvoiceIsNone],
    clause: [S32] Stated,
    zh: "这笔订单的发票{order.invoice}，要先由客服在后台红冲发票，再退款，不能自己申请。请联系客服，说明要红冲发票并退款。",
    en: "The invoice of this order is {order.invoice}. Support has to reverse it (红冲) before the refund, so you cannot apply for it yourself. Contact support and ask to have the invoice reversed and the order refunded.",
    steps: [ContactSupport],
}
