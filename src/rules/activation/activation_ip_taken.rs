use crate::rule::rule;

rule! {
    /// 系统认证提示“当前ip地址已使用了其他账号”。
    ///
    /// The free edition cannot be bought for in this state; the message may come with more text around it.
    ACTIVATION_IP_TAKEN: Block,
    asked: [Activation, Purchase if ProductIsAddOn],
    when: [EditionIsFree, NoticeIpTaken],
    clause: [S08] Stated,
    zh: "系统认证提示“当前ip地址已使用了其他账号”，也就是这个网络地址已经用别的账号认证过。这种状态下终身免费版用不了，付款也开通不了功能。请先不要购买，把提示原样发给客服处理。",
    en: "System certification (系统认证) shows “当前ip地址已使用了其他账号”: this network address has already been used with another account. The Free Lifetime edition is unusable in this state and nothing you pay for could be opened. Do not buy yet; send support the message as it stands.",
    steps: [ContactSupport],
}
