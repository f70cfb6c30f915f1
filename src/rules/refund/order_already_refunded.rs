use crate::rule::rule;

rule! {
    /// 订单已经退款。
    ///
    /// The same money cannot be given back twice.
    ORDER_ALREADY_REFUNDED: Block,
    asked: [Refund],
    when: [OrderIsRefunded],
    clause: [] Inferred,
    zh: "这笔订单已经退过款，不能再退一次。钱还没收到的话，到账快慢要看微信支付或支付宝；一直没收到请联系客服查询。",
    en: "This order has been refunded and cannot be refunded again. If the money has not arrived, that depends on WeChat Pay or Alipay; if it stays away, ask support to look into it.",
    steps: [ContactSupport],
}
