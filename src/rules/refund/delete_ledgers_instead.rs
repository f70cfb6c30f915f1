use crate::rule::rule;

rule! {
    /// 不退款也可以: 删除多余的账套。
    ///
    /// Who needs no more ledgers than were bought can go on without a refund.
    DELETE_LEDGERS_INSTEAD: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, ReasonIsWrongQuantity, CloudUsedAboveBought],
    clause: [S29, S28] Stated,
    zh: "买少了不一定要退款。如果实际只用 {cloud.bought} 个账套，备份后删除多余的，登录就不再提示；如果 {cloud.used} 个都要用，再退这笔订单，按 {cloud.used} 个重新购买。",
    en: "Having bought too few does not have to mean a refund. If you need only {cloud.bought} ledgers, back up and delete the surplus, and the prompt is gone; if you need all {cloud.used}, have this order refunded and buy {cloud.used} anew.",
    steps: [],
}
