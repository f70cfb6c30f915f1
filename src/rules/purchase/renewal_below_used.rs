use crate::rule::rule;

rule! {
    /// 续费的账套少于在用的账套。
    ///
    /// The Cloud edition works only while the ledgers in it are no more than those paid for.
    RENEWAL_BELOW_USED: Block,
    asked: [Purchase],
    when: [ProductIsCloudLedgers, CloudUsedAboveOrdered],
    clause: [S27, S28] Stated,
    zh: "云盘版里现在有 {cloud.used} 个账套，这一单只买 {cloud.ordered} 个，付款后登录会提示账套数量不够。请先备份并删除不再使用的账套，或者把购买数量改为 {cloud.used} 个。",
    en: "There are {cloud.used} ledgers in the Cloud edition, and this order buys only {cloud.ordered}; after paying, signing in would tell you that there are too many. Back up and delete the ledgers you no longer use, or order {cloud.used}.",
    steps: [DeleteDownToOrdered, OrderAsManyAsUsed],
}
