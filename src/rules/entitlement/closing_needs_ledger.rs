use crate::rule::rule;

rule! {
    /// 结账要先开通账套。
    ///
    /// Entitlement is per ledger and year; another year's does not count.
    CLOSING_NEEDS_LEDGER: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsCloseBooks, not LedgerIsOpened],
    clause: [S14, S50] Stated,
    zh: "这个账套的这个年度还没有“开通账套”，所以不能结账。请在要结账的账套和年度里购买“开通账套”，付款后回软件点“立即购买”-“系统认证”。",
    en: "This ledger is not opened (开通账套) for this year, so the books cannot be closed. Buy 开通账套 in the ledger and year you want to close, pay, and run 立即购买-系统认证 in the software.",
    steps: [Certify, BuyLedger],
}
