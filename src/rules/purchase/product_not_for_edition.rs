use crate::rule::rule;

rule! {
    /// 这是终身免费版的增值功能。
    ///
    /// The articles speak of these add-ons for the free edition only.
    PRODUCT_NOT_FOR_EDITION: Warn,
    asked: [Purchase],
    when: [ProductIsAddOn, not EditionIsFree],
    clause: [] Inferred,
    zh: "“{product}”是终身免费版的增值功能，而您用的是{edition}，买了不一定用得上。请先核对软件的版本，或者问一下客服。",
    en: "“{product}” is an add-on of the Free Lifetime edition, but you use {edition}; it may be of no use to you. Check which edition you have, or ask support first.",
    steps: [],
}
