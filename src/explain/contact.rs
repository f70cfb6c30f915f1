//! 联系客服: the contact of support, as a text and in parts.

use serde::{Serialize, Serializer};

use super::render::{RenderContext, fill};
use crate::model::choices::Status;
use crate::model::locale::Bilingual;
use crate::model::question::Question;
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
    pub(crate) fn of(context: &RenderContext<'a>) -> Self {
        let RenderContext { question, facts, terms, locale } = *context;
        let parts = terms.contacts.of(facts.edition);
        let filled =
            |words: Bilingual| fill(words, locale, &|name| parts.get(name).map(String::from)).into_owned();
        let mut reached = Vec::new();
        for way in ways(parts).into_iter().flatten() {
            reached.push(filled(way));
        }
        let (before, between) =
            (locale.choose("联系客服：", "To reach support: "), locale.choose("，或", ", or "));
        let refunding = question == Question::Refund || facts.order_status == Some(Status::Paid);
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
fn ways(contact: &Contact) -> [Option<Bilingual>; 3] {
    let Contact { qq_group, qq_group_name, phone, email, .. } = contact;
    let group = match (qq_group, qq_group_name) {
        (Some(_), Some(_)) => Some(Bilingual::new(
            "加QQ群 {qqGroup}（{qqGroupName}）",
            "join QQ group {qqGroup} ({qqGroupName})",
        )),
        (Some(_), None) => Some(Bilingual::new("加QQ群 {qqGroup}", "join QQ group {qqGroup}")),
        (None, Some(_)) => {
            Some(Bilingual::new("VIP QQ群“{qqGroupName}”", "ask in the VIP QQ group “{qqGroupName}”"))
        }
        (None, None) => None,
    };
    let phone = phone.as_ref().map(|_| Bilingual::new("打电话 {phone}", "call {phone}"));
    let email = email.as_ref().map(|_| Bilingual::new("写邮件到 {email}", "write to {email}"));
    [group, phone, email]
}
