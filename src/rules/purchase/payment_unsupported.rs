use crate::rule::rule;

rule! {
    /// 付款方式不支持。
    ///
    /// Only two ways to pay are accepted for add-ons.
    PAYMENT_UNSUPPORTED: Block,
    asked: [Purchase],
    when: [EditionIsFree, ProductIsAddOn, PaymentIsOther],
    clause: [S41] Stated,
    zh: "终身免费版的增值功能只能用微信支付或支付宝付款，您选的付款方式不支持。请改用微信支付或支付宝。",
    en: "Add-ons of the Free Lifetime edition can be paid for only by WeChat Pay or Alipay, and you chose another way. Please choose WeChat Pay or Alipay.",
    steps: [PayWith],
}
