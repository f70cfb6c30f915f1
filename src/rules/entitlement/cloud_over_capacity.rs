use crate::rule::rule;

rule! {
    /// 云盘版账套超过购买数量。
    ///
    /// As many ledgers as were bought are fine; one more brings up the prompt.
    CLOUD_OVER_CAPACITY: Block,
    asked: [Entitlement],
    when: [EditionIsCloud, ActionIsSignIn, CloudUsedAboveBought],
    clause: [S25, S26] Stated,
    zh: "云盘版里有 {cloud.used} 个账套，已购买的是 {cloud.bought} 个，登录会提示先购买账套。如果用不了这么多，请备份后删除多余的账套；如果都要用，请退掉原订单，再按 {cloud.used} 个重新购买。",
    en: "There are {cloud.used} ledgers in the Cloud edition and {cloud.bought} are paid for, so signing in asks you to buy more. If you do not need them all, back up and delete the surplus; if you do, have the order refunded and buy {cloud.used} anew.",
    steps: [DeleteDownToBought, BuyAsManyAsUsed],
}
