use crate::rules::rule::rule;

rule! {
    /// 付了款、做了认证，仍没有开通。
    ///
    /// The order is paid and certified, and what it was placed for is still not there: it is never bought again, support refunds it.
    OPENING_FAILED: Block,
    asked: [Entitlement],
    when: [EditionIsFree, OrderIsPaid, OrderHasNoEffect, not OrderIsElsewhere, OrderIsCertified],
    clause: [S02, S24] Stated,
    zh: "订单已经付款，也做过系统认证，但买的内容没有生效。请不要再买一次，联系客服办理退款。",
    en: "The order is paid and 系统认证 was run, but what was bought has not taken effect. Do not buy it again; contact support for a refund.",
    steps: [RefundThroughSupport],
}
