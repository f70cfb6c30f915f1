use crate::rules::rule::rule;

rule! {
    /// 退款要用购买软件时用的手机号。
    ///
    /// Support needs the phone number that the software was bought with, and finds the order by it.
    PURCHASE_PHONE_NEEDED: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, not InvoiceIsNone, PurchasePhoneBlank],
    clause: [S22] Stated,
    zh: "客服办理退款需要购买软件的手机号，现在还没有这个号码。联系客服前，请先找一找，比如看会员账号或当时的短信；找不到的，也请告诉客服。",
    en: "Support needs the phone number the software was bought with, and we do not have it. Before you contact support, look for it, for example in your member account or in old text messages; if you cannot find it, tell them so.",
    steps: [],
}
