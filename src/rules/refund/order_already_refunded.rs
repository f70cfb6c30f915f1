use crate::rules::rule::rule;

rule! {
    /// 订单已经退款。
    ///
    /// The order has been refunded: the same money cannot be given back twice.
    ORDER_ALREADY_REFUNDED: Block,
    asked: [Refund],
    when: [OrderIsRefunded],
    clause: [] Inferred,
    zh: "这笔订单已经退过款，不能再退一次。钱什么时候到账，要看微信支付或支付宝；一直没到账的，请联系客服查询。",
    en: "This order has been refunded and cannot be refunded again. When the money arrives depends on WeChat Pay or Alipay; if it does not arrive, ask support to look into it.",
    steps: [ContactSupport],
}
