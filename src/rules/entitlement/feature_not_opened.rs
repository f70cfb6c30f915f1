use crate::rules::rule::rule;

rule! {
    /// 功能模块未开通。
    ///
    /// The feature has not been bought for this ledger and year, and is marked as not open.
    FEATURE_NOT_OPENED: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsUseFeature, ProductIsFeature, not ProductIsOpened],
    clause: [S19] Stated,
    zh: "“{product}”在这个账套和年度里还没有开通，所以不能用。还没购买的，请在这个账套和年度里点“立即购买”；付款后，请回软件点“立即购买”-“系统认证”，认证成功才生效。",
    en: "This ledger and year do not have {product}, so it cannot be used. If you have not bought it yet, open this ledger and year and buy it under 立即购买. Once you have paid, run 立即购买-系统认证 in the software.",
    steps: [PayOrder, Certify, BuyFeature],
}
