use crate::rules::rule::rule;

rule! {
    /// 增加凭证数量要买“购买凭证”。
    ///
    /// More vouchers are the goal, but something else is bought: only a voucher pack (购买凭证) lifts the limit.
    GOAL_NEEDS_VOUCHERS: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButVouchers, GoalIsAddVouchers],
    clause: [S17] Stated,
    zh: "您想增加凭证数量，但选的是“{product}”，开通后凭证数量的上限不变。要多存凭证，请改选“购买凭证”。",
    en: "You want to save more vouchers, but chose {product}, which leaves the limit on vouchers as it is. To save more, choose 购买凭证 (voucher pack) instead.",
    steps: [],
}
