use crate::rules::rule::rule;

rule! {
    /// 结账要先开通账套。
    ///
    /// Closing the books needs the ledger opened for that year; another year's opening does not count.
    CLOSING_NEEDS_LEDGER: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsCloseBooks, not LedgerIsOpened],
    clause: [S14, S50] Inferred,
    zh: "这个账套的这个年度还没有“开通账套”，所以不能结账。还没购买的，请在这个账套和年度里点“立即购买”；付款后，请回软件点“立即购买”-“系统认证”，认证成功才生效。",
    en: "This ledger is not opened (开通账套) for this year, so the books cannot be closed. If you have not bought it yet, open this ledger and year and buy it under 立即购买. Once you have paid, run 立即购买-系统认证 in the software.",
    steps: [PayOrder, Certify, BuyLedger],
}
