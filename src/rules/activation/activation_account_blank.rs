use crate::rules::rule::rule;

rule! {
    /// 激活账户显示为空白。
    ///
    /// The software shows no activation account: nothing that is paid for can be opened.
    ACTIVATION_ACCOUNT_BLANK: Block,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, ActivationAccountBlank],
    clause: [S04, S03, S10] Stated,
    zh: "系统认证里“激活账户”后面是空白，这种状态下终身免费版用不了，付了款也开通不了功能。请先不要购买，并联系客服；已经付款的，请申请退款。",
    en: "System certification (系统认证) shows no activation account (激活账户). In this state the Free Lifetime edition cannot be used, and nothing you pay for can be opened. Do not buy yet, and contact support; if you have paid already, apply for a refund.",
    steps: [ContactSupport],
}
