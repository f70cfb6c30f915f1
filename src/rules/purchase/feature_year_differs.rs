use crate::rules::rule::rule;

rule! {
    /// 功能是在另一个年度里购买的。
    ///
    /// The feature is bought in another year than the one it is needed in. The text does not say whether these add-ons are tied to a year.
    FEATURE_YEAR_DIFFERS: Warn,
    asked: [Purchase],
    when: [ProductIsFeature, not SelectedYearIsNeeded],
    clause: [S11] Inferred,
    zh: "您是在 {selected.year} 年度里点的购买，但需要用的是 {need.year} 年度。“{product}”是否只在购买的年度里有效，公布的说明没有写。稳妥的做法是进入 {need.year} 年度再购买，或者先问客服。",
    en: "You started this purchase in the year {selected.year}, but need it in {need.year}. The published text does not say whether {product} works only in the year it was bought in. To be safe, start the purchase in {need.year}, or ask support first.",
    steps: [],
}
