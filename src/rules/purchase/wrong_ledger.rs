use crate::rules::rule::rule;

rule! {
    /// 购买时所在的账套不是需要的账套。
    ///
    /// The purchase was started in another ledger than it is needed in: it takes effect there, and nowhere else.
    WRONG_LEDGER: Block,
    asked: [Purchase],
    when: [ProductIsLedgerOrVouchers, LedgersDifferent],
    clause: [S13, S11] Stated,
    zh: "您是在账套“{selected.ledger}”里点的购买，但需要用的是账套“{need.ledger}”。买的内容只在点购买的账套里生效，在这里付款，“{need.ledger}”不会有任何变化。请先在软件里进入账套“{need.ledger}”，再点“立即购买”。",
    en: "You started this purchase in the ledger “{selected.ledger}”, but need it in “{need.ledger}”. It takes effect only in the ledger it was started from, so paying here would change nothing in “{need.ledger}”. Open “{need.ledger}” in the software and click 立即购买 there.",
    steps: [SelectLedgerYear],
}
