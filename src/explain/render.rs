//! 成文: the values in the texts of rules, notes and actions, with accounts masked.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::{Serialize, Serializer};

use super::actions::Action;
use crate::model::choices::{Choice, Status};
use crate::model::fact_types::FactValue;
use crate::model::facts::{Fact, FactSet, Facts};
use crate::model::locale::{Bilingual, Locale};
use crate::model::masking::{mask_account, mask_within};
use crate::model::question::Question;
use crate::model::terms::{TermNumber, Terms};
use crate::model::time::Day;

/// Fills a template: each name in braces is replaced by its value. A name without a value stays as it is, which a
/// test rules out.
pub(crate) fn fill(
    template: Bilingual,
    locale: Locale,
    value: &dyn Fn(&str) -> Option<String>,
) -> Cow<'static, str> {
    let mut rest = template.in_locale(locale);
    let mut text = String::new();
    while let Some((plain, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(plain);
        match value(name) {
            Some(value) => text.push_str(&value),
            None => text.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    if text.is_empty() {
        return Cow::Borrowed(rest);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What texts speak of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RenderContext<'a> {
    pub question: Question,
    pub facts: &'a Facts<'a>,
    pub terms: &'a Terms,
    pub locale: Locale,
}

impl RenderContext<'_> {
    /// Fills a template with what is known. Where it names a number that is published otherwise, the text says so.
    pub fn fill(&self, template: Bilingual) -> Cow<'static, str> {
        let differences = RefCell::new(String::new());
        let mut text = fill(template, self.locale, &|name| {
            let Some(number) = TermNumber::ALL.iter().find(|number| number.name() == name) else {
                return self.value(name);
            };
            if let Some(difference) = difference_in_words(*number, self.terms, self.locale) {
                let mut differences = differences.borrow_mut();
                differences.push_str(self.locale.choose("", " "));
                differences.push_str(&difference);
            }
            Some(number.of(self.terms).to_string())
        });
        if !differences.borrow().is_empty() {
            text.to_mut().push_str(&differences.into_inner());
        }
        text
    }

    /// The value behind a name in a text that is no number of the terms: a fact by its path, or a date.
    fn value(&self, name: &str) -> Option<String> {
        let Self { facts, terms, locale, .. } = *self;
        match name {
            "refund.lastDay" => {
                let paid_at = facts.order_paid_at?;
                Some(day_in_words(paid_at.day().plus(terms.refund_window_days), locale))
            }
            "need.place" => Some(Action::place_in_words(facts, locale)),
            "review.due" => Some(review_due_in_words(facts, terms, locale)),
            path => fact_in_words(*Fact::ALL.iter().find(|fact| fact.info().path == path)?, facts, locale),
        }
    }
}

/// A sentence with the published number and the one in force; `None` where they are the same.
pub(crate) fn difference_in_words(number: TermNumber, terms: &Terms, locale: Locale) -> Option<String> {
    let (published, own) = (number.published_otherwise(terms)?, number.of(terms));
    let unit = number.unit().in_locale(locale);
    Some(match locale {
        Locale::ZhCn => format!("公布的说明写的是 {published} {unit}，现在执行 {own} {unit}。"),
        Locale::En => format!("Published: {published} {unit}; in force: {own}."),
    })
}

/// The end of a sentence that says by which day review and refund are due (S-33): counted from the application where
/// there is one, else from now. Empty where the day of the application is not known, or the calendar lacks the year.
fn review_due_in_words(facts: &Facts<'_>, terms: &Terms, locale: Locale) -> String {
    let is_applied = facts.order_status == Some(Status::Applied);
    let applied_at = if is_applied { facts.order_applied_at } else { facts.now };
    let Some(due) = applied_at.and_then(|time| terms.review_due(time.day())) else { return String::new() };
    let words = if is_applied {
        locale.choose("，最晚 ", ", at the latest on ")
    } else {
        locale.choose("；现在申请的话，最晚 ", "; if it is applied for now, at the latest on ")
    };
    words.to_string() + &day_in_words(due, locale)
}

/// A day as the pages write it too, so that a reader meets one form only.
fn day_in_words(day: Day, locale: Locale) -> String {
    let (year, month, date) = day.to_civil();
    match locale {
        Locale::ZhCn => format!("{year}年{month}月{date}日"),
        Locale::En => day.to_iso(),
    }
}

/// A fact's value in words, persons masked; `None` where it is not known.
pub fn fact_in_words(fact: Fact, facts: &Facts<'_>, locale: Locale) -> Option<String> {
    let label = |choice: &Choice| choice.label.in_locale(locale).to_string();
    let separator = locale.choose("、", ", ");
    Some(match facts.get(fact)? {
        FactValue::Time(time) => time.to_rfc3339(),
        FactValue::Choice(choice) => label(choice),
        FactValue::Set(set) => {
            set.iter().map(|product| label(product.choice())).collect::<Vec<_>>().join(separator)
        }
        FactValue::Text(text) if fact.info().kind.is_personal() => mask_account(&text.to_string()),
        FactValue::Text(text) => text.trimmed().to_string(),
        FactValue::Texts(texts) => {
            texts.iter().map(|text| mask_within(&text.to_string())).collect::<Vec<_>>().join(separator)
        }
        FactValue::Flag(flag) => {
            if flag { locale.choose("是", "yes") } else { locale.choose("否", "no") }.into()
        }
        FactValue::Integer(number) => number.to_string(),
    })
}

/// Some facts as JSON shows them in an explanation: by path, as they were passed, with persons masked.
#[derive(Debug, Clone, Copy)]
pub struct MaskedFacts<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) shown: FactSet,
}

impl MaskedFacts<'_> {
    /// The facts that are shown and known.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        self.shown.intersection(self.facts.known()).iter()
    }
}

impl Serialize for MaskedFacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = |fact: Fact| Some((fact.info().path, MaskedValue { fact, value: self.facts.get(fact)? }));
        serializer.collect_map(self.shown.iter().filter_map(value))
    }
}

/// One value as JSON shows it, persons masked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MaskedValue<'a> {
    pub fact: Fact,
    pub value: FactValue<'a>,
}

impl Serialize for MaskedValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            FactValue::Time(time) => time.serialize(serializer),
            FactValue::Choice(choice) => serializer.serialize_str(choice.name),
            FactValue::Set(set) => {
                set.iter().map(|product| product.choice().name).collect::<Vec<_>>().serialize(serializer)
            }
            FactValue::Text(text) if self.fact.info().kind.is_personal() => {
                serializer.serialize_str(&mask_account(&text.to_string()))
            }
            FactValue::Text(text) => text.serialize(serializer),
            FactValue::Texts(texts) => texts
                .iter()
                .map(|text| mask_within(&text.to_string()))
                .collect::<Vec<_>>()
                .serialize(serializer),
            FactValue::Flag(flag) => serializer.serialize_bool(flag),
            FactValue::Integer(number) => serializer.serialize_u32(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_name_by_name() {
        let one = |name: &str| (name == "a").then(|| "1".into());
        let template = Bilingual::new("{a}-{b}}", "plain");
        assert_eq!(fill(template, Locale::ZhCn, &one), "1-{b}}");
        assert_eq!(fill(template, Locale::En, &one), "plain");
    }
}
