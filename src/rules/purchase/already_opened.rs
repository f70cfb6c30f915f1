use crate::rules::rule::rule;

rule! {
    /// 这项功能已经开通。
    ///
    /// What would be bought is open already for this ledger and year. Vouchers can be bought again and again.
    ALREADY_OPENED: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButVouchers, ProductIsOpened],
    clause: [S19] Inferred,
    zh: "您选的是“{product}”，这个账套的这个年度看来已经开通，可能不用再买。付款前，请在软件的“立即购买”界面看一下，这一项是否还标着“功能模块未开通”。",
    en: "This ledger and year seem to have {product} already, so you may not need it again. Before you pay, look in the 立即购买 window of the software whether it is still marked 功能模块未开通 (not open).",
    steps: [],
}
