use crate::rules::rule::rule;

rule! {
    /// 续费的账套少于在用的账套。
    ///
    /// Fewer ledgers are renewed than are in use: the Cloud edition works only while it holds no more than are paid for.
    RENEWAL_BELOW_USED: Block,
    asked: [Purchase],
    when: [ProductIsCloudLedgers, CloudUsedAboveOrdered],
    clause: [S27, S28] Stated,
    zh: "这一单买 {cloud.ordered} 个账套，少于云盘版里现有的 {cloud.used} 个，付款后登录会提示先购买账套。请先删除不再使用的账套（建议先备份），或者把这一单改为 {cloud.used} 个。",
    en: "This order buys fewer ledgers ({cloud.ordered}) than the Cloud edition holds ({cloud.used}), so after paying, signing in would ask you to buy more first. Delete ledgers you no longer use (we advise a backup first), or order {cloud.used}.",
    steps: [DeleteDownToOrdered, OrderAsManyAsUsed],
}
