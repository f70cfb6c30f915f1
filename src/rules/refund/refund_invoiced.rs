use crate::rules::rule::rule;

rule! {
    /// 申请过发票，由客服退款。
    ///
    /// An invoice was requested, so support does the refund. Two clauses overlap for one that was not downloaded; support is the safer of the two ways.
    REFUND_INVOICED: Refer,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, not InvoiceIsNone],
    clause: [S22, S44] Conflicting,
    zh: "这笔订单已申请发票（{order.invoice}），退款要由客服在后台办理。请联系客服，说明要退款，并报上购买软件的手机号。",
    en: "An invoice was requested for this order (status: {order.invoice}), so support has to do the refund. Contact support, say that you want a refund, and give the phone number the software was bought with.",
    steps: [ContactSupport],
}
