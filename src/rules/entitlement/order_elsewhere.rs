use crate::rules::rule::rule;

rule! {
    /// 订单买在别的账套或年度里。
    ///
    /// The order was placed in another ledger or year than it is needed in: it took effect there, and certifying does not move it.
    ORDER_ELSEWHERE: Block,
    asked: [Entitlement],
    when: [EditionIsFree, OrderIsPaid, OrderCoversAction, OrderIsElsewhere],
    clause: [S13, S14] Stated,
    zh: "订单已经付款，但不是在需要的账套和年度里买的，所以在这里不起作用，再做系统认证也没有用。请申请退款，再进入需要的账套和年度重新购买。",
    en: "The order is paid, but was not placed in the ledger and year that need it, so it has no effect here, and running 系统认证 again does not help. Apply for a refund, and then buy it in the ledger and year that need it.",
    steps: [RebuyWhereNeeded],
}
