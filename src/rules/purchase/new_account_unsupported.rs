use crate::rules::rule::rule;

rule! {
    /// 这个产品要用原账号购买。
    ///
    /// This product has to be bought with the account that the software was registered with, not with a new one.
    NEW_ACCOUNT_UNSUPPORTED: Block,
    asked: [Purchase],
    when: [ProductNeedsOriginalAccount, MemberReplacesOld],
    clause: [S38] Stated,
    zh: "“{product}”不能用新注册的账号购买，要用软件原来的会员账号。请换原来的账号登录再下单；登录不了的，请联系客服。",
    en: "A newly registered account cannot buy {product}, only the software’s original member account can. Sign in with the original account and order there; if you cannot sign in to it, contact support.",
    steps: [UseOriginalAccount],
}
