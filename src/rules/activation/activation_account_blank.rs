use crate::rule::rule;

rule! {
    /// 激活账户显示为空白。
    ///
    /// Software that shows no activation account cannot open anything that is paid for.
    ACTIVATION_ACCOUNT_BLANK: Block,
    asked: [Activation, Purchase if ProductIsAddOn],
    when: [EditionIsFree, ActivationAccountBlank],
    clause: [S04] Stated,
    zh: "系统认证里“激活账户”后面是空白，说明这台电脑上的终身免费版没有激活成功，现在付款也开通不了功能。请先不要购买，联系客服把激活处理好。",
    en: "System certification (系统认证) shows no activation account, so the Free Lifetime edition on this computer is not activated and nothing you pay for could be opened. Do not buy yet; ask support to sort out the activation first.",
    steps: [ContactSupport],
}
