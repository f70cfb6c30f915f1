use crate::rules::rule::rule;

rule! {
    /// 不能确定激活账户是不是会员账号。
    ///
    /// The activation account and the member account are written so that they may be one person's: a phone number against an e-mail address, or a masked account that fits.
    ACTIVATION_ACCOUNT_UNCLEAR: Warn,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, not ActivationAccountBlank, AccountsUnclear],
    clause: [S05] Inferred,
    zh: "系统认证里的激活账户是 {activation.account}，您登录的会员账号是 {member.account}，从写法看不出是不是同一个人的。如果不是同一个会员账号，付了款也开通不了功能。付款前，请核对这两个账号，或者先问客服。",
    en: "System certification (系统认证) shows the activation account (激活账户) {activation.account}, and you are signed in as {member.account}; the way they are written does not show whether they are the same member’s. If they are not, nothing you pay for can be opened. Before you pay, check both, or ask support first.",
    steps: [],
}
