use crate::rule::rule;

rule! {
    /// 功能模块未开通。
    ///
    /// What has not been paid for is marked as not open.
    FEATURE_NOT_OPENED: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsUseFeature, ProductIsFeature, not ProductIsOpened],
    clause: [S19] Stated,
    zh: "“{product}”在这个账套和年度里还没有开通，所以不能用。请进入这个账套和年度点“立即购买”开通，付款后回软件点“立即购买”-“系统认证”。",
    en: "“{product}” is not open in this ledger and year, so it cannot be used. Open this ledger and year, buy it under 立即购买, pay, and run 立即购买-系统认证 in the software.",
    steps: [Certify, BuyFeature],
}
