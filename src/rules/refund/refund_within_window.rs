use crate::rules::rule::rule;

rule! {
    /// 在退款期限内。
    ///
    /// The order is within the refund window, the shop's own promise rather than a statutory right; the day of payment is not counted.
    REFUND_WITHIN_WINDOW: Allow,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, InvoiceIsNone, WithinRefundWindow],
    clause: [S30, S31] Stated,
    zh: "这笔订单没有申请发票，付款也没有超过 {terms.refundWindowDays} 天，可以自己申请退款：在“会员中心”-“我的订单”-“订单详情”里点“申请退款”。请在{refund.lastDay} 24:00 之前申请。",
    en: "No invoice was requested for this order and the {terms.refundWindowDays} days after payment are not over, so you can apply for the refund yourself: in 会员中心-我的订单-订单详情, click 申请退款. Apply before {refund.lastDay} 24:00 (Beijing time).",
    steps: [],
}
