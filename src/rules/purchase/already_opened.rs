use crate::rule::rule;

rule! {
    /// 这项功能已经开通。
    ///
    /// What is no longer marked as not open need not be bought again; vouchers can be bought again and again.
    ALREADY_OPENED: Warn,
    asked: [Purchase],
    when: [ProductIsAddOnButVouchers, ProductIsOpened],
    clause: [S19] Inferred,
    zh: "“{product}”在这个账套和年度里看来已经开通，再买一次不会多出什么。请先在软件的“立即购买”界面看一下它后面是否还写着“功能模块未开通”。",
    en: "“{product}” seems to be open already in this ledger and year, and buying it again adds nothing. First look in the 立即购买 window of the software whether it is still marked 功能模块未开通.",
    steps: [],
}
