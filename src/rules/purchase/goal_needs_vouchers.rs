use crate::rule::rule;

rule! {
    /// 增加凭证数量要买凭证。
    ///
    /// No other add-on lifts the limit on vouchers.
    GOAL_NEEDS_VOUCHERS: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButVouchers, GoalIsAddVouchers],
    clause: [S17] Stated,
    zh: "您想增加凭证数量，而“{product}”不会增加凭证数量，开通后凭证照样有上限。要多存凭证，请改买“购买凭证”。",
    en: "You want to save more vouchers, but “{product}” does not raise the number; the limit stays. To save more vouchers, buy a voucher pack (购买凭证) instead.",
    steps: [],
}
