use crate::rules::rule::rule;

rule! {
    /// 续费的账套少于在用的账套。
    ///
    /// Fewer ledgers are renewed than are in use: the Cloud edition works only while it holds no more than are paid for.
    RENEWAL_BELOW_USED: Block,
    asked: [Purchase],
    when: [ProductIsCloudLedgers, PurposeIsRenew, CloudUsedAboveOrdered],
    clause: [S27, S28] Stated,
    zh: "这一单买 {cloud.ordered} 个账套，少于云盘版里现有的 {cloud.used} 个，付款后登录会提示“账套已用数量大于可用数量，请先购买账套数量”。请先删除不再使用的账套（建议先备份），或者把这一单改为 {cloud.used} 个。",
    en: "This order buys fewer ledgers ({cloud.ordered}) than the Cloud edition holds ({cloud.used}), so after paying, signing in would show 账套已用数量大于可用数量 (more ledgers are in use than are available). Delete ledgers you no longer use (we advise a backup first), or order {cloud.used}.",
    steps: [DeleteDownToOrdered, OrderAsManyAsUsed],
}
