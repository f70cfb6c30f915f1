use crate::rule::rule;

rule! {
    /// 结账要买开通账套。
    ///
    /// That closing needs the ledger opened follows from the text's own example.
    GOAL_NEEDS_LEDGER: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButLedger, GoalIsCloseBooks],
    clause: [S50] Inferred,
    zh: "您想结账，结账需要在那个账套和年度里“开通账套”，而您选的是“{product}”。请核对，需要结账就改买“开通账套”。",
    en: "You want to close the books, which needs the ledger to be opened (开通账套) for that year, but you chose “{product}”. Please check; to close the books, buy 开通账套 instead.",
    steps: [],
}
