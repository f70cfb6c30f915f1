use crate::rules::rule::rule;

rule! {
    /// 把默认浏览器改为360浏览器。
    ///
    /// Make the 360 browser the default one, in the settings of Windows.
    SET_DEFAULT_BROWSER: Allow,
    asked: [Page],
    when: [PageRestarted, not PageBrowserChanged, SystemIsWindows],
    clause: [S37] Stated,
    zh: "重启后购买页还是打不开，请换浏览器试试。在电脑左下角“开始”-“设置”里，把360浏览器设为默认浏览器，再点一次购买按钮。",
    en: "The order page still does not open after a restart; another browser may help. Under 开始-设置 (Start, Settings) at the bottom left, make 360 browser the default browser and click the purchase button again.",
    steps: [],
}
