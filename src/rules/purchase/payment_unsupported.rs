use crate::rules::rule::rule;

rule! {
    /// 付款方式不支持。
    ///
    /// The way to pay is not accepted for add-ons: WeChat Pay and Alipay are.
    PAYMENT_UNSUPPORTED: Block,
    asked: [Purchase],
    when: [EditionIsFree, ProductIsAddOn, PaymentIsOther],
    clause: [S41] Stated,
    zh: "不支持这种付款方式，终身免费版的增值功能只能用微信支付或支付宝付款。请改用其中一种。",
    en: "This way to pay is not accepted; add-ons of the Free Lifetime edition can be paid for only by WeChat Pay or Alipay. Please choose one of these.",
    steps: [PayWith],
}
