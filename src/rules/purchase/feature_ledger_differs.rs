use crate::rules::rule::rule;

rule! {
    /// 功能是在另一个账套里购买的。
    ///
    /// The feature is bought in another ledger than the one it is needed in. The text ties ledgers and vouchers to one ledger, and does not say whether the other add-ons are tied too.
    FEATURE_LEDGER_DIFFERS: Warn,
    asked: [Purchase],
    when: [ProductIsFeature, LedgersDifferent],
    clause: [S11] Inferred,
    zh: "您是在账套“{selected.ledger}”里点的购买，但需要用的是账套“{need.ledger}”。“{product}”是否只在购买的账套里有效，公布的说明没有写。稳妥的做法是进入账套“{need.ledger}”再购买，或者先问客服。",
    en: "You started this purchase in the ledger “{selected.ledger}”, but need it in “{need.ledger}”. The published text does not say whether {product} works only in the ledger it was bought in. To be safe, start the purchase in “{need.ledger}”, or ask support first.",
    steps: [],
}
