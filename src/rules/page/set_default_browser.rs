use crate::rule::rule;

rule! {
    /// 把默认浏览器改为360浏览器。
    ///
    /// The setting is one of Windows.
    SET_DEFAULT_BROWSER: Allow,
    asked: [Page],
    when: [PageRestarted, not PageBrowserChanged, SystemIsWindows],
    clause: [S37] Stated,
    zh: "重启后还是打不开，请点电脑左下角“开始”-“设置”，把默认浏览器改为360浏览器，再点一次购买按钮。",
    en: "If it still does not open after a restart, go to Start (开始), Settings (设置), make 360 browser the default browser, and click the purchase button again.",
    steps: [],
}
