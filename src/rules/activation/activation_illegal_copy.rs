use crate::rules::rule::rule;

rule! {
    /// 系统认证提示“非法复制品”。
    ///
    /// The activation says 非法复制品 (illegal copy), alone or with more text around it: nothing can be opened on such a free edition.
    ACTIVATION_ILLEGAL_COPY: Block,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, NoticeIllegalCopy],
    clause: [S06, S10] Stated,
    zh: "系统认证提示“非法复制品”。这种状态下终身免费版用不了，付了款也开通不了功能。请先不要购买，把提示原样发给客服；已经付款的，请申请退款。",
    en: "System certification (系统认证) shows “非法复制品” (illegal copy). In this state the Free Lifetime edition cannot be used, and nothing you pay for can be opened. Do not buy yet, and send support the message as it stands; if you have paid already, apply for a refund.",
    steps: [ContactSupport],
}
