use crate::rules::rule::rule;

rule! {
    /// 订单还没有付款。
    ///
    /// The order has not been paid: there is nothing to give back.
    ORDER_NOT_PAID: Block,
    asked: [Refund],
    when: [OrderIsUnpaid],
    clause: [S12] Inferred,
    zh: "这笔订单还没有付款，没有可退的款；不想要了，不付款就行。如果其实已经付款，请把付款记录发给客服核对。",
    en: "This order has not been paid, so there is nothing to refund; if you no longer want it, just do not pay. If you did pay, send support the record of the payment.",
    steps: [ContactSupport],
}
