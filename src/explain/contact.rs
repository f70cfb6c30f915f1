//! 联系客服: the contact of support, as a text and in parts.

use serde::{Serialize, Serializer};

use super::render::{RenderContext, fill};
use crate::model::locale::Bilingual;
use crate::model::terms::Contact;

/// 联系客服: whom to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportContact<'a> {
    /// In words.
    pub text: String,
    /// In parts.
    pub parts: &'a Contact,
}

/// The parts, and before them `text`.
impl Serialize for SupportContact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("text", self.text.as_str())].into_iter().chain(self.parts.iter()))
    }
}

impl<'a> SupportContact<'a> {
    /// The contact for the edition that the facts speak of.
    pub(crate) fn of(context: &RenderContext<'a>, refunding: bool) -> Self {
        let RenderContext { facts, terms, locale, .. } = *context;
        let parts = terms.contacts.of(facts.edition);
        let filled =
            |words: Bilingual| fill(words, locale, &|name| parts.get(name).map(String::from)).into_owned();
        let mut reached = Vec::new();
        for way in ways(parts).into_iter().flatten() {
            reached.push(filled(way));
        }
        let (before, between) =
            (locale.choose("联系客服：", "To reach support: "), locale.choose("，或", ", or "));
        let end = filled(if refunding && parts.join_note.is_some() {
            Bilingual::new(
                "；加群时备注“{joinNote}”。",
                "; write “{joinNote}” when you ask to join the group.",
            )
        } else {
            Bilingual::new("。", ".")
        });
        Self { text: format!("{before}{}{end}", reached.join(between)), parts }
    }
}

/// The ways to reach support that the contact has.
fn ways(contact: &Contact) -> [Option<Bilingual>; 4] {
    let Contact { qq_group, qq_group_name, phone, email, address, .. } = contact;
    let phone = phone.as_ref().map(|_| Bilingual::new("打电话 {phone}", "call {phone}"));
    let (group, phone) = match (qq_group, qq_group_name, phone) {
        (Some(_), Some(_), phone) => (
            Some(Bilingual::new(
                "加QQ群 {qqGroup}（{qqGroupName}）",
                "join QQ group {qqGroup} ({qqGroupName})",
            )),
            phone,
        ),
        (Some(_), None, phone) => {
            (Some(Bilingual::new("加QQ群 {qqGroup}", "join QQ group {qqGroup}")), phone)
        }
        // Not everybody is in this group; the phone is for those who are not, or do not find the contact there.
        (None, Some(_), Some(_)) => (
            Some(Bilingual::new(
                "在 VIP QQ群里找“{qqGroupName}”，不在群里或找不到的，打电话 {phone}",
                "ask for {qqGroupName} in the VIP QQ group or, if you are not in it or do not find it, call {phone}",
            )),
            None,
        ),
        (None, Some(_), None) => (
            Some(Bilingual::new(
                "在 VIP QQ群里找“{qqGroupName}”",
                "ask for {qqGroupName} in the VIP QQ group",
            )),
            None,
        ),
        (None, None, phone) => (None, phone),
    };
    let email = email.as_ref().map(|_| Bilingual::new("写邮件到 {email}", "write to {email}"));
    let address = address.as_ref().map(|_| Bilingual::new("到 {address}", "come to {address}"));
    [group, phone, email, address]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::Facts;
    use crate::model::locale::Locale;
    use crate::model::question::Question;
    use crate::model::terms::Terms;

    /// The contact in words, in both languages, where the terms have this one for every edition.
    fn said(contact: &str) -> [String; 2] {
        let json = format!(
            r#"{{ "contacts": {{ "free_lifetime": {contact}, "cloud": {contact}, "paid": {contact} }} }}"#
        );
        let terms = Terms::read(&serde_json::from_str(&json).unwrap()).unwrap();
        let facts = Facts::default();
        [Locale::ZhCn, Locale::En].map(|locale| {
            let context = RenderContext { question: Question::Refund, facts: &facts, terms: &terms, locale };
            SupportContact::of(&context, false).text
        })
    }

    #[test]
    fn any_one_way_to_reach_support_makes_a_sentence() {
        for (contact, zh, en) in [
            (r#"{ "qqGroup": "1" }"#, "联系客服：加QQ群 1。", "To reach support: join QQ group 1."),
            (
                r#"{ "qqGroup": "1", "qqGroupName": "群" }"#,
                "联系客服：加QQ群 1（群）。",
                "To reach support: join QQ group 1 (群).",
            ),
            (
                r#"{ "qqGroupName": "群" }"#,
                "联系客服：在 VIP QQ群里找“群”。",
                "To reach support: ask for 群 in the VIP QQ group.",
            ),
            (r#"{ "phone": "021" }"#, "联系客服：打电话 021。", "To reach support: call 021."),
            (r#"{ "email": "a@b.c" }"#, "联系客服：写邮件到 a@b.c。", "To reach support: write to a@b.c."),
            (r#"{ "address": "上海" }"#, "联系客服：到 上海。", "To reach support: come to 上海."),
            (
                r#"{ "qqGroup": "1", "phone": "021" }"#,
                "联系客服：加QQ群 1，或打电话 021。",
                "To reach support: join QQ group 1, or call 021.",
            ),
        ] {
            assert_eq!(said(contact), [zh, en], "{contact}");
        }
    }
}
