use crate::rules::rule::rule;

rule! {
    /// 增值功能只能在软件内购买。
    ///
    /// Add-ons can only be bought from within the software: an order placed on the website knows no ledger and year to open.
    IN_APP_ONLY: Block,
    asked: [Purchase],
    when: [EditionIsFree, ProductIsAddOn, EntryIsWebsite],
    clause: [S41] Stated,
    zh: "您是从网站进来的，但终身免费版的增值功能只能从软件里购买。请打开软件，进入需要的账套和年度，点“立即购买”下单。",
    en: "You came from the website, but add-ons of the Free Lifetime edition can be bought only from inside the software. Start the software, open the ledger and year you need, and order under 立即购买.",
    steps: [OpenInApp],
}
