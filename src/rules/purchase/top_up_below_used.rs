use crate::rules::rule::rule;

rule! {
    /// 增购之后仍少于在用的账套。
    ///
    /// Even with those bought before, the order leaves fewer ledgers paid for than are in use. The text speaks of renewing only, so that they add up is an inference.
    TOP_UP_BELOW_USED: Block,
    asked: [Purchase],
    when: [ProductIsCloudLedgers, PurposeIsAdd, CloudUsedAboveBoth],
    clause: [S25] Inferred,
    zh: "云盘版里有 {cloud.used} 个账套，已购买 {cloud.bought} 个，这一单再买 {cloud.ordered} 个，加起来还是不够，付款后登录会提示“账套已用数量大于可用数量，请先购买账套数量”。请增加这一单的账套数量，或者先删除不再使用的账套（建议先备份）。",
    en: "The Cloud edition holds {cloud.used} ledgers; {cloud.bought} are paid for, and this order adds {cloud.ordered}, which is still not enough: after paying, signing in would show 账套已用数量大于可用数量 (more ledgers are in use than are available). Order more ledgers, or delete those you no longer use (we advise a backup first).",
    steps: [OrderTheRest, DeleteDownToBoth],
}
