//! 事实: the one table of facts.
//!
//! Everything that must know the facts is made from this table: the Rust struct, the TypeScript types, the flat
//! record and its encoder, the reference, the form on a page, the domain of the proof. A second list of these
//! names anywhere is a defect. To add a fact, add an entry; its place in the table is its place in `missing`.

use serde::{Serialize, Serializer};

use super::add_ons::AddOns;
use super::bitset::{BitSet, Indexed};
use super::choices::{
    Action, CloudPurpose, Edition, Entry, Goal, Invoice, Payment, Product, Reason, Status, System,
};
use super::fact_types::{Account, Count, FactData, FactType, FactValue, Ledger, ShownAccount, Year};
use super::locale::Bilingual;
use super::notices::Notices;
use super::text::Text;
use super::time::Time;

/// What the table says of one fact.
#[derive(Debug, Clone, Copy)]
pub struct FactInfo {
    /// The dotted path in JSON, like `need.ledger`.
    pub path: &'static str,
    /// What values it can have; the Rust type says so.
    pub kind: FactType,
    /// The question to put to a person who knows it.
    pub ask: Bilingual,
}

/// Where facts come from: a [`Facts`] struct, the flat record, or a row of columns.
///
/// Conditions are written once over this trait and evaluated straight from wherever the facts stand. All but
/// [`FactSource::known`] and [`FactSource::is_known`] are asked of known facts only.
pub trait FactSource<'a>: Copy {
    /// The facts that are known.
    fn known(self) -> FactSet;

    /// Whether the fact is known.
    fn is_known(self, fact: Fact) -> bool;

    /// The index of a choice, a bit for each member of a set, 0 or 1 of a flag, or the integer itself.
    fn number(self, fact: Fact) -> u32;

    /// The instant.
    fn time(self, fact: Fact) -> Option<Time>;

    /// The text.
    fn text(self, fact: Fact) -> Option<Text<'a>>;

    /// The list of texts.
    fn notices(self, fact: Fact) -> Option<Notices<'a>>;
}

/// A set of facts.
pub type FactSet = BitSet<Fact>;

/// The paths.
impl Serialize for FactSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.iter().map(|fact| fact.info().path).collect::<Vec<_>>().serialize(serializer)
    }
}

impl FactSet {
    /// The set of these facts.
    pub const fn of(facts: &[Fact]) -> Self {
        let (mut set, mut rest) = (Self::EMPTY, facts);
        while let [fact, others @ ..] = rest {
            set = set.with_index(*fact as usize);
            rest = others;
        }
        set
    }
}

impl Indexed for Fact {
    const COUNT: usize = Fact::ALL.len();

    fn at(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// Instants of which the first is never before the second.
pub(crate) const IN_ORDER: [(Fact, Fact); 3] = [
    (Fact::now, Fact::order_paid_at),
    (Fact::order_applied_at, Fact::order_paid_at),
    (Fact::now, Fact::order_applied_at),
];

/// Two facts that cannot both be true: an instant, and another that it cannot be before.
pub fn contradiction<'a>(source: impl FactSource<'a>) -> Option<(Fact, Fact)> {
    let time = |fact| if source.is_known(fact) { source.time(fact) } else { None };
    IN_ORDER.into_iter().find(|(later, earlier)| {
        matches!((time(*later), time(*earlier)), (Some(later), Some(earlier)) if later < earlier)
    })
}

macro_rules! facts {
    ($( #[doc = $term:literal] $(#[doc = $doc:literal])* $name:ident: $type:ty = $path:literal, $ask_zh:literal, $ask_en:literal; )*) => {
        /// A fact, by name: the path with `_` for the dot.
        // One spelling serves as the name, the field and the binding in a condition.
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fact { $( #[doc = $term] $(#[doc = $doc])* $name, )* }

        impl Fact {
            /// Every fact, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The path of every fact, in the same order.
            pub const PATHS: &'static [&'static str] = &[$($path),*];

            /// What the table says of it.
            pub const fn info(self) -> &'static FactInfo {
                // Made of the same list, so each fact has its own.
                #[allow(clippy::indexing_slicing)]
                &Facts::TABLE[self as usize]
            }

            /// The Chinese term.
            pub const fn term(self) -> &'static str {
                match self { $(Self::$name => $term.trim_ascii(),)* }
            }

            /// What it means.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),*),)* }
            }
        }

        /// What is known about a purchase, an order or a page; what is `None` is not known.
        ///
        /// One struct serves every question. The texts are borrowed from where they were read.
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct Facts<'a> { $( #[doc = $term] $(#[doc = $doc])* pub $name: Option<$type>, )* }

        impl<'a> Facts<'a> {
            const TABLE: &'static [FactInfo] = &[
                $(FactInfo {
                    path: $path,
                    kind: <$type as FactData<'a>>::TYPE,
                    ask: Bilingual::new($ask_zh, $ask_en),
                }),*
            ];

            /// Which facts are known.
            pub fn known(&self) -> FactSet {
                Fact::ALL.iter().copied().filter(|fact| self.get(*fact).is_some()).collect()
            }

            /// The fact's value, if it is known.
            pub fn get(&self, fact: Fact) -> Option<FactValue<'a>> {
                match fact { $(Fact::$name => self.$name.map(FactData::to_value),)* }
            }

            /// Makes the fact known, or, with `None`, unknown.
            ///
            /// Returns whether the value is one that the fact can have; the facts are as before where it is not.
            #[must_use]
            pub fn set(&mut self, fact: Fact, value: Option<FactValue<'a>>) -> bool {
                match (fact, value) {
                    $((Fact::$name, None) => self.$name = None,)*
                    $((Fact::$name, Some(value)) => match FactData::from_value(value) {
                        Some(value) => self.$name = Some(value),
                        None => return false,
                    },)*
                }
                true
            }

            /// Takes the fact over from other facts.
            pub fn copy(&mut self, fact: Fact, other: &Facts<'a>) {
                match fact { $(Fact::$name => self.$name = other.$name,)* }
            }

        }

        /// Each fact of a source by its name; `None` where it is not known.
        pub trait ReadFacts<'a>: FactSource<'a> { $(
            #[doc = $term]
            #[inline(always)]
            fn $name(self) -> Option<$type> {
                if self.is_known(Fact::$name) { FactData::from_source(self, Fact::$name) } else { None }
            }
        )* }
    };
}

impl<'a> Facts<'a> {
    /// All facts that a source knows.
    pub fn from_source(source: impl FactSource<'a>) -> Self {
        let mut facts = Self::default();
        for fact in Fact::ALL {
            if source.is_known(*fact) {
                let value = fact.info().kind.read(source, *fact);
                // What is read by a fact's type is of that type.
                let _ = facts.set(*fact, value);
            }
        }
        facts
    }
}

impl<'a, S: FactSource<'a>> ReadFacts<'a> for S {}

impl<'a> FactSource<'a> for &Facts<'a> {
    fn known(self) -> FactSet {
        Facts::known(self)
    }

    #[inline(always)]
    fn is_known(self, fact: Fact) -> bool {
        self.get(fact).is_some()
    }

    #[inline(always)]
    fn number(self, fact: Fact) -> u32 {
        match self.get(fact) {
            Some(FactValue::Choice(choice)) => choice.index.into(),
            Some(FactValue::Flag(flag)) => flag.into(),
            Some(FactValue::Integer(number)) => number,
            // There are fewer products than bits; the flat record says so.
            Some(FactValue::Set(set)) => set.low_bits() as u32,
            Some(FactValue::Time(_) | FactValue::Text(_) | FactValue::Texts(_)) | None => 0,
        }
    }

    #[inline(always)]
    fn time(self, fact: Fact) -> Option<Time> {
        self.get(fact).and_then(FactData::from_value)
    }

    #[inline(always)]
    fn text(self, fact: Fact) -> Option<Text<'a>> {
        if let Some(FactValue::Text(text)) = self.get(fact) { Some(text) } else { None }
    }

    #[inline(always)]
    fn notices(self, fact: Fact) -> Option<Notices<'a>> {
        self.get(fact).and_then(FactData::from_value)
    }
}

facts! {
    /// 当前时间
    ///
    /// The instant the question is asked for; the engine has no clock of its own.
    now: Time = "now",
        "现在是什么时间？", "What time is it now?";
    /// 版本
    ///
    /// The edition in use; for `refund`, the one the order is for.
    edition: Edition = "edition",
        "软件是哪个版本？", "Which edition of the software is it?";
    /// 产品
    ///
    /// What is bought or used.
    product: Product = "product",
        "您要购买或使用哪一项？", "Which product is it about?";
    /// 购买入口
    ///
    /// Where the purchase was started.
    entry: Entry = "entry",
        "您是从软件里点“立即购买”进来的，还是从网站进来的？",
        "Did you start the purchase inside the software or on the website?";
    /// 付款方式
    ///
    /// How the buyer means to pay.
    payment: Payment = "payment",
        "您用什么方式付款？", "How will you pay?";
    /// 购买目的
    ///
    /// What the buyer wants the purchase for.
    goal: Goal = "goal",
        "您买来要做什么？", "What do you want it for?";
    /// 需要的账套
    ///
    /// The ledger where the buyer needs it.
    need_ledger: Ledger<'a> = "need.ledger",
        "您需要在哪个账套里用？", "Which ledger do you need it in?";
    /// 需要的年度
    ///
    /// The year of that ledger where the buyer needs it.
    need_year: Year = "need.year",
        "您需要在哪个年度里用？", "Which year do you need it in?";
    /// 购买时所在的账套
    ///
    /// The ledger the purchase was started in.
    selected_ledger: Ledger<'a> = "selected.ledger",
        "您是在哪个账套里点的购买？", "Which ledger was open when you started the purchase?";
    /// 购买时所在的年度
    ///
    /// The year the purchase was started in.
    selected_year: Year = "selected.year",
        "您是在哪个年度里点的购买？", "Which year was open when you started the purchase?";
    /// 已开通的功能
    ///
    /// The add-ons already open in the ledger and year in question.
    opened: AddOns = "opened",
        "这个账套和年度已经开通了哪些功能？（“立即购买”界面上不带“功能模块未开通”的就是）",
        "Which features are already open in this ledger and year? (Those not marked 功能模块未开通 in the 立即购买 window.)";
    /// 会员账号
    ///
    /// The account signed in at the shop, a phone number or an e-mail address.
    member_account: Account<'a> = "member.account",
        "您登录的会员账号（手机号或邮箱）是什么？", "Which member account (phone or email) are you signed in with?";
    /// 新账号是否替换停用手机号的旧账号
    ///
    /// Whether this account replaces one whose phone is no longer used.
    member_replaces_old: bool = "member.replacesOld",
        "这个会员账号是因为原来的手机号停用而新注册的吗？",
        "Did you register this account because the phone of an earlier one is no longer used?";
    /// 激活账户
    ///
    /// The account that 系统认证 shows; blank when it shows none.
    activation_account: ShownAccount<'a> = "activation.account",
        "打开“系统管理”-“系统认证”，激活账户后面显示的是什么？（空白也请注明）",
        "Open 系统管理-系统认证: what is shown after 激活账户? (Say so if it is blank.)";
    /// 系统认证提示
    ///
    /// The messages that 系统认证 shows; an empty list when it shows none.
    activation_notices: Notices<'a> = "activation.notices",
        "“系统管理”-“系统认证”里显示了哪些提示？（没有也请注明）",
        "Which messages does 系统管理-系统认证 show? (Say so if there are none.)";
    /// 已保存的凭证张数
    ///
    /// Vouchers saved in that ledger and year.
    vouchers_saved: Count = "vouchers.saved",
        "这个账套这个年度已经保存了多少张凭证？", "How many vouchers are saved in this ledger and year?";
    /// 另外购买的凭证张数
    ///
    /// Vouchers bought on top of the quota in that ledger and year.
    vouchers_bought: Count = "vouchers.bought",
        "这个账套这个年度另外购买了多少张凭证？（买在别的账套或年度里的不算）",
        "How many vouchers were bought on top for this ledger and year? (Those bought in another ledger or year do not count.)";
    /// 在用的云盘版账套个数
    ///
    /// Ledgers in the Cloud edition now.
    cloud_used: Count = "cloud.used",
        "云盘版里现在有多少个账套？", "How many ledgers are there in the Cloud edition now?";
    /// 已购买的云盘版账套个数
    ///
    /// Ledgers paid for.
    cloud_bought: Count = "cloud.bought",
        "云盘版已经购买了多少个账套？", "How many Cloud edition ledgers are paid for?";
    /// 本单的云盘版账套个数
    ///
    /// Ledgers in this order.
    cloud_ordered: Count = "cloud.ordered",
        "这一单要买多少个账套？", "How many ledgers does this order buy?";
    /// 云盘版账套的购买目的
    ///
    /// Whether this order renews what was bought before, or adds to it.
    cloud_purpose: CloudPurpose = "cloud.purpose",
        "这一单是给已购买的账套续费，还是在已购买的之外增购？",
        "Does this order renew the ledgers bought before, or add to them?";
    /// 要做的操作
    ///
    /// What is about to be done, for `entitlement`.
    action: Action = "action",
        "您要做什么操作？", "What do you want to do?";
    /// 订单状态
    ///
    /// How far the order has come.
    order_status: Status = "order.status",
        "订单现在是什么状态？", "What is the status of the order?";
    /// 付款后是否重新系统认证
    ///
    /// Whether 系统认证 was run again after paying.
    order_certified: bool = "order.certified",
        "付款后，回软件点过“立即购买”-“系统认证”了吗？",
        "After paying, did you run 立即购买-系统认证 in the software?";
    /// 付款时间
    ///
    /// When the order was paid.
    order_paid_at: Time = "order.paidAt",
        "订单是什么时候付款的？", "When was the order paid?";
    /// 申请退款时间
    ///
    /// When the refund was applied for.
    order_applied_at: Time = "order.appliedAt",
        "您是什么时候申请退款的？", "When did you apply for the refund?";
    /// 发票状态
    ///
    /// How far the invoice has come.
    order_invoice: Invoice = "order.invoice",
        "这笔订单的发票申请了吗？下载了吗？", "Was an invoice requested for the order, and downloaded?";
    /// 购买软件的手机号
    ///
    /// The phone the software was bought with; blank when the buyer can't say.
    order_phone: ShownAccount<'a> = "order.phone",
        "购买软件时用的是哪个手机号？", "Which phone number was the software bought with?";
    /// 退款原因
    ///
    /// Why the buyer wants the money back.
    order_reason: Reason = "order.reason",
        "您为什么要退款？", "Why do you want a refund?";
    /// 是否已重启电脑
    ///
    /// Whether the computer was restarted and the button tried again.
    page_restarted: bool = "page.restarted",
        "重启电脑后再试过了吗？", "Have you restarted the computer and tried again?";
    /// 是否已换默认浏览器
    ///
    /// Whether the default browser was changed to 360 browser.
    page_browser_changed: bool = "page.browserChanged",
        "把默认浏览器改成360浏览器再试过了吗？", "Have you made 360 browser the default and tried again?";
    /// 操作系统
    ///
    /// What the computer runs.
    page_system: System = "page.system",
        "您的电脑是什么系统？", "Which system does your computer run?";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_fact_cannot_have_changes_nothing() {
        let mut facts = Facts { order_certified: Some(true), ..Facts::default() };
        assert!(!facts.set(Fact::order_certified, Some(FactValue::Integer(1))));
        assert_eq!(facts.order_certified, Some(true));
        assert!(facts.set(Fact::order_certified, None));
        assert_eq!(facts, Facts::default());
    }

    #[test]
    fn a_fact_is_named_for_its_path() {
        for fact in Fact::ALL {
            let spelled = fact.info().path.chars().flat_map(|letter| match letter {
                '.' => vec!['_'],
                letter if letter.is_ascii_uppercase() => vec!['_', letter.to_ascii_lowercase()],
                letter => vec![letter],
            });
            assert_eq!(format!("{fact:?}"), spelled.collect::<String>());
        }
    }

    #[test]
    fn the_facts_of_a_group_stand_together() {
        let groups =
            Fact::ALL.iter().filter_map(|fact| fact.info().path.split_once('.')).map(|(group, _)| group);
        let mut seen = Vec::new();
        for group in groups {
            if seen.last() != Some(&group) {
                assert!(!seen.contains(&group), "`{group}` is begun a second time");
                seen.push(group);
            }
        }
    }

    #[test]
    fn a_value_of_another_type_is_not_taken() {
        let mut facts = Facts::default();
        assert!(facts.set(Fact::payment, Some(Payment::Other.to_value())));
        assert!(!facts.set(Fact::payment, Some(Goal::Other.to_value())), "a goal is no way to pay");
        assert!(!facts.set(Fact::need_year, Some(FactValue::Integer(1989))));
        assert_eq!(facts, Facts { payment: Some(Payment::Other), ..Facts::default() });
        assert!(facts.set(Fact::payment, None) && facts == Facts::default());
    }

    #[test]
    fn facts_read_from_facts_are_the_same() {
        let facts = Facts {
            now: Some(Time::MIN),
            opened: Some(AddOns::EMPTY.with(Product::TaxFiling)),
            need_ledger: Some("A".into()),
            member_replaces_old: Some(false),
            ..Facts::default()
        };
        assert_eq!(Facts::from_source(&facts), facts);
    }
}
