use crate::rule::rule;

rule! {
    /// 需要购买软件的手机号。
    ///
    /// Support finds the order by the phone it was bought with.
    PURCHASE_PHONE_NEEDED: Warn,
    asked: [Refund],
    when: [OrderIsPaid, EditionIsFree, not InvoiceIsNone, PurchasePhoneBlank],
    clause: [S22] Stated,
    zh: "客服要凭购买软件的手机号才能找到订单办理退款，现在还没有这个号码。联系客服前，请先从会员账号、订单详情或当时的短信里找到它。",
    en: "Support finds the order by the phone number the software was bought with, and that is not given. Before you contact support, look it up in your member account, the order's details, or the text messages of that time.",
    steps: [],
}
