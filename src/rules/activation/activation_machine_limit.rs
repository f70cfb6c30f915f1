use crate::rules::rule::rule;

rule! {
    /// 系统认证提示“认证超台数”。
    ///
    /// The activation says 认证超台数 (too many computers): nothing can be opened on such a free edition.
    ACTIVATION_MACHINE_LIMIT: Block,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, NoticeMachineLimit],
    clause: [S07, S10] Stated,
    zh: "系统认证提示“认证超台数”，也就是认证的电脑台数超过了限制。这种状态下终身免费版用不了，付了款也开通不了功能。请先不要购买，把提示原样发给客服；已经付款的，请申请退款。",
    en: "System certification (系统认证) shows “认证超台数” (too many computers certified). In this state the Free Lifetime edition cannot be used, and nothing you pay for can be opened. Do not buy yet, and send support the message as it stands; if you have paid already, apply for a refund.",
    steps: [ContactSupport],
}
