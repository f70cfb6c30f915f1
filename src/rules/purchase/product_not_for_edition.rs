use crate::rules::rule::rule;

rule! {
    /// 这是终身免费版的增值功能。
    ///
    /// The add-on is one of the Free Lifetime edition's; the articles speak of it for no other edition.
    PRODUCT_NOT_FOR_EDITION: Warn,
    asked: [Purchase],
    when: [ProductIsAddOn, not EditionIsFree],
    clause: [] Inferred,
    zh: "“{product}”是终身免费版的增值功能，而您用的是{edition}，买了不一定用得上。付款前，请核对软件的版本，或者先问客服。",
    en: "You chose {product}, an add-on of the Free Lifetime edition, but the software you have is another ({edition}), so it may be of no use to you. Before you pay, check which edition you have, or ask support first.",
    steps: [],
}
