use crate::rules::rule::rule;

rule! {
    /// 两个账套的名称只差“账套”二字。
    ///
    /// The names of the two ledgers differ only by 账套 at the end: people leave it out, but two ledgers may also be named so.
    LEDGER_NAMES_ALIKE: Warn,
    asked: [Purchase],
    when: [ProductIsAddOn, LedgersAlike],
    clause: [S11] Inferred,
    zh: "您是在账套“{selected.ledger}”里点的购买，需要用的是账套“{need.ledger}”，两个名称只差“账套”二字。如果是同一个账套，可以继续；如果是两个账套，请先在软件里进入账套“{need.ledger}”，再点“立即购买”。",
    en: "You started this purchase in the ledger “{selected.ledger}”, and need it in “{need.ledger}”; the names differ only by 账套 (ledger) at the end. If they are one ledger, go on; if they are two, open “{need.ledger}” in the software and click 立即购买 there.",
    steps: [],
}
