//! 用语: the labels of questions, verdicts and severities, for pages and the command line.

use super::locale::Bilingual;
use super::question::{Question, Severity, Verdict};

impl Question {
    /// What is asked, as a heading.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Activation => Bilingual::new("激活", "Activation"),
            Self::Purchase => Bilingual::new("购买", "Purchase"),
            Self::Entitlement => Bilingual::new("使用", "Entitlement"),
            Self::Refund => Bilingual::new("退款", "Refund"),
            Self::Page => Bilingual::new("购买页面打不开", "Order page does not open"),
        }
    }
}

impl Severity {
    /// What a rule does to the answer, in a word or two.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Allow => Bilingual::new("可以", "allowed"),
            Self::Warn => Bilingual::new("提醒", "note"),
            Self::Refer => Bilingual::new("找客服", "through support"),
            Self::Block => Bilingual::new("不可以", "refused"),
        }
    }
}

impl Verdict {
    /// What an answer comes to, as a short sentence without a full stop.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Allow => Bilingual::new("可以", "yes"),
            Self::Warn => Bilingual::new("可以，有提醒", "yes, with something to know first"),
            Self::Refer => Bilingual::new("要找客服办理", "only through support"),
            Self::Block => Bilingual::new("不可以", "no, as things stand"),
            Self::Unknown => Bilingual::new("还不能确定", "not certain yet"),
        }
    }
}
