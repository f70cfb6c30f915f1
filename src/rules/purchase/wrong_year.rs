use crate::rules::rule::rule;

rule! {
    /// 购买时所在的年度不是需要的年度。
    ///
    /// The purchase was started in another year than it is needed in: it takes effect there, and does not carry over.
    WRONG_YEAR: Block,
    asked: [Purchase],
    when: [ProductIsLedgerOrVouchers, not SelectedYearIsNeeded],
    clause: [S14] Stated,
    zh: "您是在 {selected.year} 年度里点的购买，但需要用的是 {need.year} 年度。买的内容只在点购买的年度里生效，在这里付款，{need.year} 年度不会有任何变化。请先在软件里进入 {need.year} 年度，再点“立即购买”。",
    en: "You started this purchase in the year {selected.year}, but need it in {need.year}. It takes effect only in the year it was started from, so paying here would change nothing in {need.year}. Open the year {need.year} in the software and click 立即购买 there.",
    steps: [SelectLedgerYear],
}
