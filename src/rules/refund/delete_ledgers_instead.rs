use crate::rules::rule::rule;

rule! {
    /// 不退款也可以：删除多余的账套。
    ///
    /// Instead of a refund, deleting surplus ledgers may be enough for whoever needs no more than were bought.
    DELETE_LEDGERS_INSTEAD: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsCloud, ReasonIsQuantityOrUnusable, CloudUsedAboveBought],
    clause: [S28, S29] Stated,
    zh: "云盘版里有 {cloud.used} 个账套，多于已购买的 {cloud.bought} 个，但不一定要退款。实际只用 {cloud.bought} 个的，删除多余的账套（建议先备份），登录就不再提示；{cloud.used} 个都要用的，退款后按 {cloud.used} 个重新下单。",
    en: "The Cloud edition holds more ledgers ({cloud.used}) than are paid for ({cloud.bought}), but that need not mean a refund. If {cloud.bought} will do, delete the surplus (we advise a backup first), and the prompt at sign-in is gone; if you need them all, place a new order for {cloud.used} after the refund.",
    steps: [],
}
