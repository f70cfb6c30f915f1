use crate::rules::rule::rule;

rule! {
    /// 要先红冲发票再退款。
    ///
    /// Support reverses the invoice (红冲) before the money goes back; no window is stated for this way.
    REFUND_RED_LETTER_FIRST: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, not InvoiceIsNone],
    clause: [S32] Stated,
    zh: "这笔订单已申请发票（{order.invoice}），要由客服先红冲发票，再退款。请联系客服，说明是哪笔订单，要红冲发票并退款。",
    en: "An invoice was requested for this order (status: {order.invoice}): support has to reverse the invoice (红冲) first, and then makes the refund. Contact support, say which order it is, and ask for both.",
    steps: [ContactSupport],
}
