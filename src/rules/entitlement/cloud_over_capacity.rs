use crate::rules::rule::rule;

rule! {
    /// 云盘版账套超过购买数量。
    ///
    /// The Cloud edition holds more ledgers than were bought: from one too many on, signing in brings up a prompt.
    CLOUD_OVER_CAPACITY: Block,
    asked: [Entitlement],
    when: [EditionIsCloud, ActionIsSignIn, CloudUsedAboveBought],
    clause: [S25, S26] Stated,
    zh: "云盘版里有 {cloud.used} 个账套，多于已购买的 {cloud.bought} 个，登录会提示“账套已用数量大于可用数量，请先购买账套数量”。不需要这么多的，请删除多余的账套（建议先备份）；都要用的，请退掉原订单，再按 {cloud.used} 个重新下单。",
    en: "The Cloud edition holds more ledgers ({cloud.used}) than are paid for ({cloud.bought}), so signing in shows 账套已用数量大于可用数量 (more ledgers are in use than are available). If you do not need them all, delete the surplus (we advise a backup first); if you do, have the earlier order refunded and order {cloud.used} anew.",
    steps: [DeleteDownToBought, BuyAsManyAsUsed],
}
