use crate::rule::rule;

rule! {
    /// 系统认证提示“非法复制品”。
    ///
    /// The free edition cannot be bought for in this state; the message may come with more text around it.
    ACTIVATION_ILLEGAL_COPY: Block,
    asked: [Activation, Purchase if ProductIsAddOn],
    when: [EditionIsFree, NoticeIllegalCopy],
    clause: [S06] Stated,
    zh: "系统认证提示“非法复制品”，也就是软件被识别为非法复制品。这种状态下终身免费版用不了，付款也开通不了功能。请先不要购买，把提示原样发给客服处理。",
    en: "System certification (系统认证) shows “非法复制品”: the software takes itself for an illegal copy. The Free Lifetime edition is unusable in this state and nothing you pay for could be opened. Do not buy yet; send support the message as it stands.",
    steps: [ContactSupport],
}
