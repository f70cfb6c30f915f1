//! 问题与结论: the questions, the severities of rules, and the verdicts of answers.

use super::named::named;

named! {
    /// 问题: what is asked.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    Question {
        /// 激活: is this free edition in a state that may buy at all?
        Activation = "activation";
        /// 购买: will this purchase work?
        Purchase = "purchase";
        /// 使用: may this be done now, with what has been bought?
        Entitlement = "entitlement";
        /// 退款: can this order be refunded, and how?
        Refund = "refund";
        /// 打不开: what helps when the order page does not open?
        Page = "page";
    }

    /// 严重程度: what a rule does to the answer, lowest first.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    Severity {
        /// 可以: it can be done.
        Allow = "allow";
        /// 提醒: it can be done, with something to know first.
        Warn = "warn";
        /// 找客服: not by yourself, but support can.
        Refer = "refer";
        /// 不可以: it cannot be done as things stand.
        Block = "block";
    }

    /// 结论: what an answer comes to.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    Verdict {
        /// 可以.
        Allow = "allow";
        /// 可以, but there is something to know first.
        Warn = "warn";
        /// Not by yourself, but support can, 找客服.
        Refer = "refer";
        /// 不可以, as things stand.
        Block = "block";
        /// A fact that is not known decides, 还不能确定.
        Unknown = "unknown";
    }
}

impl Question {
    /// The answer when no rule fires; `None` where every complete set of facts is covered by a rule.
    pub const fn default_severity(self) -> Option<Severity> {
        match self {
            Self::Activation | Self::Purchase | Self::Entitlement => Some(Severity::Allow),
            Self::Refund | Self::Page => None,
        }
    }
}

impl Severity {
    /// Every severity, highest first.
    pub const DESCENDING: &'static [Self] = &[Self::Block, Self::Refer, Self::Warn, Self::Allow];
}

impl Verdict {
    /// Whether it refuses: it can be done through support only, or not at all.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Refer | Self::Block)
    }
}

impl From<Severity> for Verdict {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Allow => Self::Allow,
            Severity::Warn => Self::Warn,
            Severity::Refer => Self::Refer,
            Severity::Block => Self::Block,
        }
    }
}

/// Something for each question; as many as there are questions, so none can be left out.
#[derive(Debug, Clone, Copy)]
pub struct PerQuestion<T>([T; Question::ALL.len()]);

impl<T> PerQuestion<T> {
    /// One for each question, in the order of [`Question::ALL`].
    pub const fn new(each: [T; Question::ALL.len()]) -> Self {
        Self(each)
    }

    /// The one for the question.
    pub const fn of(&self, question: Question) -> &T {
        // There are as many as there are questions, and a question's number is below that.
        #[allow(clippy::indexing_slicing)]
        &self.0[question as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_listed_from_the_highest_down() {
        let mut ascending = Severity::DESCENDING.to_vec();
        ascending.reverse();
        assert_eq!(ascending, Severity::ALL);
    }

    #[test]
    fn a_severity_alone_makes_the_verdict_of_its_name() {
        for severity in Severity::ALL {
            assert_eq!(Verdict::from(*severity).name(), severity.name());
        }
    }

    #[test]
    fn a_verdict_refuses_where_support_is_needed_or_nothing_helps() {
        let refusals =
            Verdict::ALL.iter().filter(|verdict| verdict.is_refusal()).map(|verdict| verdict.name());
        assert_eq!(refusals.collect::<Vec<_>>(), ["refer", "block"]);
    }

    #[test]
    fn each_question_has_its_own_item() {
        let each = PerQuestion::new(core::array::from_fn(|index| Question::ALL[index]));
        for question in Question::ALL {
            assert_eq!(each.of(*question), question);
        }
    }
}
