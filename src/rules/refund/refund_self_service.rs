use crate::rules::rule::rule;

rule! {
    /// 可以自己申请退款。
    ///
    /// The buyer can apply for the refund. No window is stated for the free edition, and none is made up.
    REFUND_SELF_SERVICE: Allow,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, InvoiceIsNone],
    clause: [S21] Stated,
    zh: "这笔订单没有申请发票，可以自己申请退款：在“我的订单”-“订单详情”里点“申请退款”。",
    en: "No invoice was requested for this order, so you can apply for the refund yourself: in 我的订单-订单详情, click 申请退款.",
    steps: [],
}
