use crate::rule::rule;

rule! {
    /// 增值功能只能在软件内购买。
    ///
    /// An order placed on the website knows no ledger and year to open.
    IN_APP_ONLY: Block,
    asked: [Purchase],
    when: [EditionIsFree, ProductIsAddOn, EntryIsWebsite],
    clause: [S41] Stated,
    zh: "终身免费版的增值功能只能从软件里购买，现在是从网站进来的，这样下单开通不了。请打开软件，进入需要的账套和年度，点“立即购买”再下单。",
    en: "Add-ons of the Free Lifetime edition can be bought only from inside the software, and you came from the website; an order placed this way cannot be opened. Start the software, open the ledger and year you need, and click 立即购买 there.",
    steps: [OpenInApp],
}
