use crate::rule::rule;

rule! {
    /// 付款后还没有重新系统认证。
    ///
    /// Paying is half of it: the software learns of it by certification.
    CERTIFICATION_PENDING: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsNotOpened, OrderIsPaid, not OrderIsCertified],
    clause: [S12, S20] Stated,
    zh: "订单已经付款，但付款后还没有回软件认证，所以功能还没有生效。请回软件点“立即购买”-“系统认证”，认证成功就可以用了。",
    en: "The order is paid, but the software was not certified afterwards, so the purchase has not taken effect. Go back to the software and run 立即购买-系统认证; once that succeeds you can go on.",
    steps: [Certify],
}
