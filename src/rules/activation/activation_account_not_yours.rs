use crate::rules::rule::rule;

rule! {
    /// 激活账户不是登录的会员账号。
    ///
    /// The activation account is not the account signed in to: what is paid for is opened for the activation account. A blank account is a rule of its own.
    ACTIVATION_ACCOUNT_NOT_YOURS: Block,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, not ActivationAccountBlank, AccountsDifferent],
    clause: [S05, S03, S10] Stated,
    zh: "系统认证里的激活账户是 {activation.account}，不是您登录的会员账号 {member.account}，这种状态下付了款也开通不了功能。请先不要购买，并联系客服；已经付款的，请申请退款。",
    en: "System certification (系统认证) shows the activation account (激活账户) {activation.account}, but you are signed in as {member.account}. In this state nothing you pay for can be opened. Do not buy yet, and contact support; if you have paid already, apply for a refund.",
    steps: [ContactSupport],
}
