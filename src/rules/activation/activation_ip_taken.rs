use crate::rules::rule::rule;

rule! {
    /// 系统认证提示“当前ip地址已使用了其他账号”。
    ///
    /// The activation says that another account was used at this network address (当前ip地址已使用了其他账号): nothing can be opened on such a free edition.
    ACTIVATION_IP_TAKEN: Block,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, NoticeIpTaken],
    clause: [S08, S10] Stated,
    zh: "系统认证提示“当前ip地址已使用了其他账号”，也就是这个网络地址上用过别的账号。这种状态下终身免费版用不了，付了款也开通不了功能。请先不要购买，把提示原样发给客服；已经付款的，请申请退款。",
    en: "System certification (系统认证) shows “当前ip地址已使用了其他账号” (another account was used from this network address). In this state the Free Lifetime edition cannot be used, and nothing you pay for can be opened. Do not buy yet, and send support the message as it stands; if you have paid already, apply for a refund.",
    steps: [ContactSupport],
}
