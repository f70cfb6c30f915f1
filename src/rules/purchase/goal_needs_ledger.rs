use crate::rules::rule::rule;

rule! {
    /// 结账要买“开通账套”。
    ///
    /// Closing the books is the goal, but something else is bought: by the text's own example it needs the ledger opened (开通账套).
    GOAL_NEEDS_LEDGER: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButLedger, GoalIsCloseBooks, not LedgerIsOpened],
    clause: [S50] Inferred,
    zh: "您想结账，但选的是“{product}”，而这个账套的这个年度还没有“开通账套”。从公布的例子看，要结账的账套和年度需要先“开通账套”。要结账，请改选“开通账套”。",
    en: "You want to close the books, but chose {product}, and the ledger is not opened (开通账套) for this year. By the published example, it has to be. To close the books, choose 开通账套 instead.",
    steps: [],
}
