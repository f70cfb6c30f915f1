use crate::rules::rule::rule;

rule! {
    /// 系统认证显示的提示不在公布的清单里。
    ///
    /// The activation shows a message that the published list does not have; the list is open-ended, so it is neither cleared nor condemned.
    ACTIVATION_NOTICE_UNKNOWN: Warn,
    asked: [Activation, Purchase if ProductIsAddOn, Entitlement],
    when: [EditionIsFree, NoticeUnknown],
    clause: [S09] Silent,
    zh: "系统认证里有一条提示，公布的说明没有列出，不能确定它会不会影响开通。付款前，请把提示原样发给客服问一下。",
    en: "System certification (系统认证) shows a message that the published text does not list, and it is not known whether it gets in the way. Before you pay, send support the message as it stands and ask.",
    steps: [],
}
