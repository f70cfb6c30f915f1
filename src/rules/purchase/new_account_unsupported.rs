use crate::rule::rule;

rule! {
    /// 这个产品要用原账号购买。
    ///
    /// Two products stay with the account that the software was registered with.
    NEW_ACCOUNT_UNSUPPORTED: Block,
    asked: [Purchase],
    when: [ProductNeedsOriginalAccount, MemberReplacesOld],
    clause: [S38] Stated,
    zh: "“{product}”不能用新注册的账号购买，只能用软件原来的会员账号。请换原账号登录再下单；原手机号已停用、登录不了的，请先联系客服。",
    en: "“{product}” cannot be bought with a newly registered account, only with the software's original member account. Sign in with the original account and order there; if its phone is gone and you cannot sign in, ask support first.",
    steps: [UseOriginalAccount],
}
