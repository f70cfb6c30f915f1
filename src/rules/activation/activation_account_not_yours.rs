use crate::rule::rule;

rule! {
    /// 激活账户不是登录的会员账号。
    ///
    /// What is paid for is opened for the activation account, not for the one that paid. A blank account is a rule of its own.
    ACTIVATION_ACCOUNT_NOT_YOURS: Block,
    asked: [Activation, Purchase if ProductIsAddOn],
    when: [EditionIsFree, not ActivationAccountBlank, not ActivationAccountIsMember],
    clause: [S05] Stated,
    zh: "系统认证显示的激活账户是 {activation.account}，而您登录的会员账号是 {member.account}，两者不一致，付款后功能开通不了。请先不要购买，联系客服核对账号。",
    en: "The activation account shown by 系统认证 is {activation.account}, but you are signed in as {member.account}. They differ, so what you pay for could not be opened. Do not buy yet; ask support to check the accounts.",
    steps: [ContactSupport],
}
