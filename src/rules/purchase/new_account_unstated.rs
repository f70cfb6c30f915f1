use crate::rules::rule::rule;

rule! {
    /// 增值功能能否用新账号购买，说明里没有写。
    ///
    /// The text does not say whether add-ons can be bought with a new account; it allows one for other paid editions.
    NEW_ACCOUNT_UNSTATED: Warn,
    asked: [Purchase],
    when: [ProductIsAddOn, MemberReplacesOld, not AccountsSame],
    clause: [S38] Silent,
    zh: "您用的是新注册的账号。“{product}”能不能用新账号购买，公布的说明没有写；激活账户仍是旧账号的话，就开通不了。付款前，请核对系统认证里的激活账户，或者先问客服。",
    en: "You use a newly registered account. The published text does not say whether {product} can be bought with one; if the activation account (激活账户) is still the old one, it cannot be opened. Before you pay, check the activation account in 系统认证, or ask support first.",
    steps: [],
}
