use crate::rules::rule::rule;

rule! {
    /// 付款后还没有重新做系统认证。
    ///
    /// The order is paid, but 系统认证 was not run again: the software learns of a payment only then.
    CERTIFICATION_PENDING: Block,
    asked: [Entitlement],
    when: [EditionIsFree, OrderIsPaid, OrderCoversAction, not OrderIsElsewhere, not OrderIsCertified],
    clause: [S12, S20] Stated,
    zh: "订单已经付款，但付款后还没有做系统认证，所以功能还没有生效。请先不要重复购买，回软件点“立即购买”-“系统认证”，认证成功才生效。",
    en: "The order is paid, but 系统认证 was not run afterwards, so the purchase has not taken effect. Do not buy again yet: go back to the software and run 立即购买-系统认证; once it succeeds, the purchase takes effect.",
    steps: [Certify],
}
