use crate::rule::rule;

rule! {
    /// 系统认证有没有列出的提示。
    ///
    /// The published list of messages is open-ended, so another message is neither cleared nor condemned.
    ACTIVATION_NOTICE_UNKNOWN: Warn,
    asked: [Activation, Purchase if ProductIsAddOn],
    when: [EditionIsFree, NoticeUnknown],
    clause: [S09] Silent,
    zh: "系统认证里有一条公布的说明没有列出的提示，它会不会影响开通，我们不能确定。付款前请把提示原样发给客服问一下。",
    en: "System certification (系统认证) shows a message that the published text does not list, and we cannot tell whether it gets in the way. Before you pay, send support the message as it stands.",
    steps: [],
}
