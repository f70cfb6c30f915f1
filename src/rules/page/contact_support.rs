use crate::rules::rule::rule;

rule! {
    /// 重启和换浏览器都没有用，联系客服。
    ///
    /// Neither a restart nor another browser helped: contact support, as the published advice ends here.
    CONTACT_SUPPORT: Refer,
    asked: [Page],
    when: [PageRestarted, BrowserAdviceExhausted],
    clause: [S43] Inferred,
    zh: "公布的办法里适用的都试过了，购买页还是打不开。请联系客服，说明您的系统、浏览器和页面上显示的内容。",
    en: "All published advice that applies has been tried, and the order page still does not open. Contact support and tell them your system, your browser, and what the page shows.",
    steps: [ContactSupport],
}
