use crate::rules::rule::rule;

rule! {
    /// 先重启电脑再试。
    ///
    /// Restart the computer, and try again: a stale browser cache is the usual cause.
    RESTART_AND_RETRY: Allow,
    asked: [Page],
    when: [not PageRestarted],
    clause: [S36] Stated,
    zh: "购买页打不开，可能是浏览器缓存的问题。请重启电脑，再点一次购买按钮。",
    en: "The order page does not open; the browser’s cache may be the cause. Restart the computer and click the purchase button again.",
    steps: [],
}
