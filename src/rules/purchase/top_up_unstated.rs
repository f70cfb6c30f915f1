use crate::rules::rule::rule;

rule! {
    /// 能不能增购，说明里没有写。
    ///
    /// The text speaks of renewing, and not of adding ledgers to those bought before.
    TOP_UP_UNSTATED: Warn,
    asked: [Purchase],
    when: [ProductIsCloudLedgers, PurposeIsAdd],
    clause: [S28] Silent,
    zh: "公布的说明只写了按实际数量续费，没有写能不能在已购买的账套之外再增购几个。付款前，请先问客服，增购的数量会不会和原来的加在一起。",
    en: "The published text describes renewing for the number of ledgers that you need, and does not say whether ledgers can be added to those bought before. Before you pay, ask support whether the two numbers add up.",
    steps: [],
}
