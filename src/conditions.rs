//! 条件: the vocabulary of the rules, each a yes, no or not-known question about facts.
//!
//! A condition that compares facts is known only when all of them are; one made of others follows
//! Kleene's tables. Conditions are evaluated once into two bit sets, so that a rule is two masked
//! comparisons.

use crate::bilingual::{Bilingual, bilingual};
use crate::bits::Ones;
use crate::columns::Rows;
use crate::facts::{
    Action, Edition, Entry, Fact, FactSet, Facts, Goal, Invoice, Message, Payment, Product, Reason, Status,
    System,
};
use crate::rule::Masks;
use crate::terms::Terms;

/// A condition that must hold, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal {
    /// The condition.
    pub condition: Condition,
    /// What it must be.
    pub expected: bool,
}

impl Literal {
    /// What it says.
    pub const fn words(self) -> Bilingual {
        let info = self.condition.info();
        if self.expected { info.yes } else { info.no }
    }
}

/// `literals![A, not B]`: a list of conditions, those after `not` negated.
macro_rules! literals {
    (@ [$($done:expr,)*]) => { &[$($done),*] };
    (@ [$($done:expr,)*] not $name:ident $(, $($rest:tt)*)?) => {
        $crate::conditions::literals!(@ [$($done,)* $crate::conditions::Literal { condition: $crate::conditions::Condition::$name, expected: false },] $($($rest)*)?)
    };
    (@ [$($done:expr,)*] $name:ident $(, $($rest:tt)*)?) => {
        $crate::conditions::literals!(@ [$($done,)* $crate::conditions::Literal { condition: $crate::conditions::Condition::$name, expected: true },] $($($rest)*)?)
    };
    ($($all:tt)*) => { $crate::conditions::literals!(@ [] $($all)*) };
}
pub(crate) use literals;

/// What a condition is made of.
#[derive(Debug, Clone, Copy)]
pub enum Made {
    /// A fact that has one of some values, a bit for each by its place; known when the fact is.
    OneOf(Fact, u32),
    /// A test of these facts, known when all of them are.
    Of(FactSet),
    /// True when all conditions of any alternative hold.
    AnyOf(&'static [&'static [Literal]]),
}

/// What the vocabulary says of one condition.
#[derive(Debug, Clone, Copy)]
pub struct ConditionInfo {
    /// The name, in rules, traces and the catalogue.
    pub name: &'static str,
    /// What it is made of.
    pub made: Made,
    /// What it says when it holds; empty where no rule wants it to.
    pub yes: Bilingual,
    /// What it says when it does not; empty where no rule wants it not to.
    pub no: Bilingual,
}

macro_rules! conditions {
    (
        one_of => {
            $( $(#[doc = $one_doc:literal])* $one:ident($of:ident) in [$($value:expr),+], ($one_yes_zh:literal, $one_no_zh:literal), ($one_yes_en:literal, $one_no_en:literal); )*
        }
        test($terms:ident) => {
            $( $(#[doc = $doc:literal])* $name:ident($($fact:ident),+) => $test:expr, ($yes_zh:literal, $no_zh:literal), ($yes_en:literal, $no_en:literal); )*
        }
        any => {
            $( $(#[doc = $any_doc:literal])* $any:ident => $([$($literal:tt)*])|+, ($any_yes_zh:literal, $any_no_zh:literal), ($any_yes_en:literal, $any_no_en:literal); )*
        }
    ) => {
        /// A named condition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Condition { $( $(#[doc = $one_doc])* $one, )* $( $(#[doc = $doc])* $name, )* $( $(#[doc = $any_doc])* $any, )* }

        impl Condition {
            /// Every condition; those made of others come last.
            pub const ALL: &'static [Self] = &[$(Self::$one,)* $(Self::$name,)* $(Self::$any,)*];

            /// What the vocabulary says of it.
            pub const fn info(self) -> &'static ConditionInfo {
                const TABLE: &[ConditionInfo] = &[
                    $(ConditionInfo {
                        name: stringify!($one),
                        made: Made::OneOf(Fact::$of, 0 $(| (1 << $value as u32))+),
                        yes: bilingual!($one_yes_zh, $one_yes_en),
                        no: bilingual!($one_no_zh, $one_no_en),
                    },)*
                    $(ConditionInfo {
                        name: stringify!($name),
                        made: Made::Of(FactSet(0 $(| (1 << Fact::$fact as u32))+)),
                        yes: bilingual!($yes_zh, $yes_en),
                        no: bilingual!($no_zh, $no_en),
                    },)*
                    $(ConditionInfo {
                        name: stringify!($any),
                        made: Made::AnyOf(&[$(literals![$($literal)*]),+]),
                        yes: bilingual!($any_yes_zh, $any_yes_en),
                        no: bilingual!($any_no_zh, $any_no_en),
                    },)*
                ];
                // Made of the same lists, so each condition has its own.
                #[allow(clippy::indexing_slicing)]
                &TABLE[self as usize]
            }

            /// The test of a condition that is more than one of some values; `None` where a fact is missing. What
            /// it is made of must be among the values.
            #[inline(always)]
            fn test(self, facts: &Facts<'_>, $terms: &Terms, values: &Values) -> Option<bool> {
                match self {
                    $(Self::$one)|* => None,
                    $(Self::$name => { $(let $fact = facts.$fact?;)+ Some($test) })*
                    $(Self::$any => any([$(values.all(literals![$($literal)*])),+].into_iter()),)*
                }
            }

            /// The orders in which the test of facts holds; others than tests hold in none.
            pub(crate) fn holds_in(self, rows: Rows<'_>, $terms: &Terms) -> u64 {
                match self {
                    $(Self::$name => rows.which(|row| { $(let $fact = row.$fact()?;)+ Some($test) }),)*
                    _ => 0,
                }
            }
        }

        // The values are such as their fact can have.
        $(const _: fn(&Facts<'_>) -> bool = |facts| [$(Some($value)),+].contains(&facts.$of);)*
    };
}

conditions! {
    one_of => {
        /// 终身免费版。
        EditionIsFree(edition) in [Edition::FreeLifetime],
            ("版本是终身免费版", "版本不是终身免费版"),
            ("the edition is Free Lifetime", "the edition is not Free Lifetime");
        /// 云盘版。
        EditionIsCloud(edition) in [Edition::Cloud],
            ("版本是云盘版", ""),
            ("the edition is Cloud", "");
        /// 其他收费版本。
        EditionIsPaid(edition) in [Edition::Paid],
            ("版本是其他收费版本", ""),
            ("the edition is another paid one", "");

        /// 终身免费版的增值功能。
        ProductIsAddOn(product) in [Product::Ledger, Product::VoucherPack, Product::Bookkeeping, Product::TaxFiling, Product::CloudBackup],
            ("买的是终身免费版的增值功能", ""),
            ("the product is an add-on of the free edition", "");
        /// 开通账套或购买凭证。
        ProductIsLedgerOrVouchers(product) in [Product::Ledger, Product::VoucherPack],
            ("买的是“开通账套”或“购买凭证”", ""),
            ("the product opens a ledger or adds vouchers", "");
        /// 账务处理、一键报税或云备份。
        ProductIsFeature(product) in [Product::Bookkeeping, Product::TaxFiling, Product::CloudBackup],
            ("这一项是账务处理、一键报税或云备份", ""),
            ("the product is bookkeeping, tax filing or cloud backup", "");
        /// 购买凭证以外的增值功能。
        ProductIsAddOnButVouchers(product) in [Product::Ledger, Product::Bookkeeping, Product::TaxFiling, Product::CloudBackup],
            ("买的是“购买凭证”以外的增值功能", ""),
            ("the product is an add-on other than vouchers", "");
        /// 开通账套以外的增值功能。
        ProductIsAddOnButLedger(product) in [Product::VoucherPack, Product::Bookkeeping, Product::TaxFiling, Product::CloudBackup],
            ("买的是“开通账套”以外的增值功能", ""),
            ("the product is an add-on other than the opening of a ledger", "");
        /// 云盘版账套。
        ProductIsCloudLedgers(product) in [Product::CloudLedgers],
            ("买的是云盘版账套", ""),
            ("the product is Cloud edition ledgers", "");
        /// 只认原账号的产品: 云盘版账套或终身免费版购买完整版。
        ProductNeedsOriginalAccount(product) in [Product::CloudLedgers, Product::FullEdition],
            ("买的是云盘版账套或完整版", ""),
            ("the product is Cloud edition ledgers or the full edition", "");

        /// 其他收费版本。
        ProductIsPaidEdition(product) in [Product::PaidEdition],
            ("", ""),
            ("", "");

        /// 从网站购买。
        EntryIsWebsite(entry) in [Entry::Website],
            ("从网站进入购买", ""),
            ("the purchase was started on the website", "");
        /// 微信、支付宝以外的付款方式。
        PaymentIsOther(payment) in [Payment::Other],
            ("付款方式不是微信或支付宝", ""),
            ("payment is neither by WeChat nor by Alipay", "");
        /// 新账号替换停用手机号的旧账号。
        MemberReplacesOld(member_replaces_old) in [true],
            ("会员账号是替换旧账号的新账号", ""),
            ("the member account replaces an earlier one", "");
        /// 目的是增加凭证。
        GoalIsAddVouchers(goal) in [Goal::AddVouchers],
            ("目的是增加凭证数量", ""),
            ("the goal is to save more vouchers", "");
        /// 目的是结账。
        GoalIsCloseBooks(goal) in [Goal::CloseBooks],
            ("目的是结账", ""),
            ("the goal is to close the books", "");
        /// 要结账。
        ActionIsCloseBooks(action) in [Action::CloseBooks],
            ("要做的是结账", ""),
            ("the action is closing the books", "");
        /// 要使用功能。
        ActionIsUseFeature(action) in [Action::UseFeature],
            ("要做的是使用功能", ""),
            ("the action is using a feature", "");
        /// 要保存凭证。
        ActionIsSaveVoucher(action) in [Action::SaveVoucher],
            ("要做的是保存凭证", ""),
            ("the action is saving a voucher", "");
        /// 要登录。
        ActionIsSignIn(action) in [Action::SignIn],
            ("要做的是登录", ""),
            ("the action is signing in", "");
        /// 订单未付款。
        OrderIsUnpaid(order_status) in [Status::Unpaid],
            ("订单还没有付款", ""),
            ("the order is not paid yet", "");
        /// 订单已付款。
        OrderIsPaid(order_status) in [Status::Paid],
            ("订单已付款", ""),
            ("the order is paid", "");
        /// 订单已退款。
        OrderIsRefunded(order_status) in [Status::Refunded],
            ("订单已退款", ""),
            ("the order is refunded", "");
        /// 付款后已认证。
        OrderIsCertified(order_certified) in [true],
            ("", "付款后没有重新系统认证"),
            ("", "系统认证 was not run after paying");
        /// 没有申请发票。
        InvoiceIsNone(order_invoice) in [Invoice::None],
            ("没有申请发票", "已经申请发票"),
            ("no invoice was requested", "an invoice was requested");
        /// 发票已开具未下载。
        InvoiceIsIssued(order_invoice) in [Invoice::Issued],
            ("", ""),
            ("", "");
        /// 原因是不想要了。
        ReasonIsChangeOfMind(order_reason) in [Reason::ChangeOfMind],
            ("退款原因是“不想要了”", ""),
            ("the reason is a change of mind", "");
        /// 原因是买错数量。
        ReasonIsWrongQuantity(order_reason) in [Reason::WrongQuantity],
            ("退款原因是买错数量", ""),
            ("the reason is a wrong quantity", "");
        /// 原因是买错账套或年度。
        ReasonIsWrongPlace(order_reason) in [Reason::WrongLedger, Reason::WrongYear],
            ("", ""),
            ("", "");
        /// 已重启电脑。
        PageRestarted(page_restarted) in [true],
            ("已重启电脑再试", "还没有重启电脑再试"),
            ("the computer was restarted", "the computer was not restarted yet");
        /// 已换默认浏览器。
        PageBrowserChanged(page_browser_changed) in [true],
            ("已把默认浏览器改为360浏览器", "还没有改默认浏览器"),
            ("the default browser was changed", "the default browser was not changed yet");
        /// Windows 系统。
        SystemIsWindows(page_system) in [System::Windows],
            ("电脑是 Windows 系统", "电脑不是 Windows 系统"),
            ("the system is Windows", "the system is not Windows");
    }
    test(terms) => {
        /// 激活账户空白。
        ActivationAccountBlank(activation_account) => activation_account.is_blank(),
            ("激活账户显示为空白", "激活账户不是空白"),
            ("the activation account is shown blank", "an activation account is shown");
        /// 激活账户是登录的会员账号。
        ActivationAccountIsMember(activation_account, member_account) => activation_account.is_same_account(member_account),
            ("", "激活账户不是登录的会员账号"),
            ("", "the activation account is not the member account");
        /// 提示非法复制品。
        NoticeIllegalCopy(activation_notices) => activation_notices.tell(Message::IllegalCopy),
            ("系统认证提示“非法复制品”", ""),
            ("系统认证 shows 非法复制品", "");
        /// 提示认证超台数。
        NoticeMachineLimit(activation_notices) => activation_notices.tell(Message::MachineLimit),
            ("系统认证提示“认证超台数”", ""),
            ("系统认证 shows 认证超台数", "");
        /// 提示当前ip地址已使用了其他账号。
        NoticeIpTaken(activation_notices) => activation_notices.tell(Message::IpTaken),
            ("系统认证提示“当前ip地址已使用了其他账号”", ""),
            ("系统认证 shows 当前ip地址已使用了其他账号", "");
        /// 有未列明的提示。
        NoticeUnknown(activation_notices) => activation_notices.tell(Message::Other),
            ("系统认证有公布的说明没有列出的提示", ""),
            ("系统认证 shows a message that the published text does not list", "");

        /// 所在账套就是需要的账套。
        SelectedLedgerIsNeeded(selected_ledger, need_ledger) => selected_ledger.is_same_ledger(need_ledger),
            ("", "购买时所在的账套不是需要的账套"),
            ("", "the purchase was started in another ledger");
        /// 所在年度就是需要的年度。
        SelectedYearIsNeeded(selected_year, need_year) => selected_year == need_year,
            ("", "购买时所在的年度不是需要的年度"),
            ("", "the purchase was started in another year");
        /// 这一项已经开通。
        ProductIsOpened(product, opened) => opened.contains(product),
            ("这一项已经开通", "这一项还没有开通"),
            ("the product is open already", "the product is not open yet");
        /// 在用账套多于本单账套。
        CloudUsedAboveOrdered(cloud_used, cloud_ordered) => cloud_used > cloud_ordered,
            ("在用的账套多于本单购买的账套", ""),
            ("more ledgers are in use than the order buys", "");
        /// 在用账套多于已购买账套。
        CloudUsedAboveBought(cloud_used, cloud_bought) => cloud_used > cloud_bought,
            ("在用的账套多于已购买的账套", ""),
            ("more ledgers are in use than are paid for", "");

        /// 已开通账套。
        LedgerIsOpened(opened) => opened.contains(Product::Ledger),
            ("", "还没有“开通账套”"),
            ("", "the ledger is not open");
        /// 再存一张超过公布的较低额度。
        NextVoucherAboveAssured(vouchers_saved, vouchers_bought) => vouchers_saved >= terms.voucher_quota.assured.saturating_add(vouchers_bought),
            ("再保存一张就超过公布的较低额度", ""),
            ("one more voucher exceeds the lower published quota", "");
        /// 再存一张超过公布的较高额度。
        NextVoucherAboveClaimed(vouchers_saved, vouchers_bought) => vouchers_saved >= terms.voucher_quota.claimed.saturating_add(vouchers_bought),
            ("再保存一张就超过公布的较高额度", "再保存一张也不超过公布的较高额度"),
            ("one more voucher exceeds the higher published quota", "one more voucher stays within the higher published quota");

        /// 在退款期限内。
        WithinRefundWindow(now, order_paid_at) => now.day() <= order_paid_at.day().plus(terms.refund_window_days),
            ("在付款后的退款期限内", "已过付款后的退款期限"),
            ("it is within the refund window", "the refund window has passed");
        /// 说不出购买手机号。
        PurchasePhoneBlank(order_phone) => order_phone.is_blank(),
            ("没有提供购买软件的手机号", ""),
            ("the purchase phone is not given", "");
    }
    any => {
        /// 要做的事还没有开通: closing the books without the ledger, or a feature that is not open.
        ActionIsNotOpened => [ActionIsCloseBooks, not LedgerIsOpened] | [ActionIsUseFeature, ProductIsFeature, not ProductIsOpened],
            ("要做的操作还没有开通", ""),
            ("what is to be done is not open yet", "");
        /// 换浏览器的办法用完了: it was changed, or the system has no such setting.
        BrowserAdviceExhausted => [PageBrowserChanged] | [not SystemIsWindows],
            ("换浏览器的办法已经用过或不适用", ""),
            ("changing the browser was tried or does not apply", "");
    }
}

impl Condition {
    /// Every fact that it reads, through the conditions that it is made of.
    pub fn reads(self) -> FactSet {
        match self.info().made {
            Made::OneOf(fact, _) => FactSet::of(fact),
            Made::Of(facts) => facts,
            Made::AnyOf(alternatives) => {
                let parts = alternatives.iter().copied().flatten();
                parts.fold(FactSet::default(), |all, part| all.or(part.condition.reads()))
            }
        }
    }
}

/// A set of conditions, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConditionSet(u64);

impl ConditionSet {
    /// The set with the condition in it too, if `when`.
    #[must_use]
    pub const fn with(self, condition: Condition, when: bool) -> Self {
        Self(self.0 | ((when as u64) << condition as u64))
    }

    /// The conditions in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The conditions in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The conditions in this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The conditions that a single fact of few values decides.
    const ONE_OF: Self = {
        let (mut set, mut rest) = (Self(0), Condition::ALL);
        while let [condition, others @ ..] = rest {
            set = set.with(*condition, matches!(condition.info().made, Made::OneOf(..)));
            rest = others;
        }
        set
    };

    /// The conditions of the list, and those that they are made of.
    pub const fn needed_by(literals: &[Literal]) -> Self {
        let mut set = Self(0);
        let mut rest = literals;
        while let [first, others @ ..] = rest {
            set = set.with(first.condition, true);
            if let Made::AnyOf(mut alternatives) = first.condition.info().made {
                while let [alternative, more @ ..] = alternatives {
                    set = set.or(Self::needed_by(alternative));
                    alternatives = more;
                }
            }
            rest = others;
        }
        set
    }

    /// The facts that the conditions test.
    pub const fn reads(self) -> FactSet {
        let (mut facts, mut rest) = (FactSet::NONE, Condition::ALL);
        while let [condition, others @ ..] = rest {
            if self.contains(*condition) {
                facts = match condition.info().made {
                    Made::OneOf(fact, _) => facts.or(FactSet::of(fact)),
                    Made::Of(reads) => facts.or(reads),
                    Made::AnyOf(_) => facts,
                };
            }
            rest = others;
        }
        facts
    }

    /// Whether the condition is in the set.
    pub const fn contains(self, condition: Condition) -> bool {
        self.0 & (1 << condition as u64) != 0
    }

    /// The conditions in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        Ones(self.0).filter_map(|place| Condition::ALL.get(place).copied())
    }
}

/// What a fact of few values decides by itself.
#[derive(Clone, Copy)]
struct Decided {
    /// The conditions that are known once the fact is.
    known: ConditionSet,
    /// Those of them that hold, for each of its values.
    holding: [ConditionSet; 8],
}

/// What each fact decides, computed at compile time; a value too many does not compile.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
const DECIDED: [Decided; Fact::ALL.len()] = {
    const NONE: Decided = Decided { known: ConditionSet(0), holding: [ConditionSet(0); 8] };
    let (mut decided, mut rest) = ([NONE; Fact::ALL.len()], Condition::ALL);
    while let [condition, others @ ..] = rest {
        if let Made::OneOf(fact, values) = condition.info().made {
            let Decided { known, holding } = &mut decided[fact as usize];
            *known = known.with(*condition, true);
            let mut value = 0;
            while values >> value != 0 {
                holding[value] = holding[value].with(*condition, values >> value & 1 != 0);
                value += 1;
            }
        }
        rest = others;
    }
    decided
};

/// The conditions that a fact of few values decides by itself.
pub(crate) fn decided_by(fact: Fact) -> ConditionSet {
    DECIDED.get(fact as usize).map_or(ConditionSet(0), |decided| decided.known)
}

/// What is known of the conditions: two bit sets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values {
    known: ConditionSet,
    holding: ConditionSet,
    missing: FactSet,
}

impl Values {
    /// Evaluates the conditions of the set; the set must hold what its conditions are made of.
    pub fn of(facts: &Facts<'_>, terms: &Terms, wanted: ConditionSet) -> Self {
        let mut values = Self { missing: FactSet::ALL.without(facts.known()), ..Self::default() };
        facts.places(|fact, place| {
            if let Some(decided) = DECIDED.get(fact as usize) {
                values.known = values.known.or(decided.known);
                values.holding =
                    values.holding.or(decided.holding.get(place as usize).copied().unwrap_or_default());
            }
        });
        (values.known, values.holding) = (values.known.and(wanted), values.holding.and(wanted));
        for condition in wanted.without(ConditionSet::ONE_OF).iter() {
            if let Some(holds) = condition.test(facts, terms, &values) {
                values.known = values.known.with(condition, true);
                values.holding = values.holding.with(condition, holds);
            }
        }
        values
    }

    /// The bits of what is known, and of what holds.
    pub const fn bits(self) -> (u64, u64) {
        (self.known.0, self.holding.0)
    }

    /// Whether the condition holds; `None` where that is not known.
    pub const fn get(self, condition: Condition) -> Option<bool> {
        if self.known.contains(condition) { Some(self.holding.contains(condition)) } else { None }
    }

    /// Whether the condition is as expected.
    pub fn meets(self, literal: Literal) -> Option<bool> {
        self.get(literal.condition).map(|holds| holds == literal.expected)
    }

    /// Kleene's `and` over the list.
    pub fn all(self, literals: &[Literal]) -> Option<bool> {
        let mut all = Some(true);
        for literal in literals {
            match self.meets(*literal) {
                Some(false) => return Some(false),
                None => all = None,
                Some(true) => {}
            }
        }
        all
    }

    /// The facts that the unknown conditions of the list lack.
    pub fn lacking(self, literals: &[Literal]) -> FactSet {
        literals.iter().filter(|literal| self.get(literal.condition).is_none()).fold(
            FactSet::default(),
            |lacking, literal| {
                lacking.or(match literal.condition.info().made {
                    Made::OneOf(fact, _) => FactSet::of(fact),
                    Made::Of(reads) => reads.and(self.missing),
                    Made::AnyOf(alternatives) => alternatives
                        .iter()
                        .filter(|all| self.all(all).is_none())
                        .fold(FactSet::default(), |lacking, all| lacking.or(self.lacking(all))),
                })
            },
        )
    }

    /// The state of a rule with these masks.
    #[inline(always)]
    pub(crate) const fn state(self, Masks { all, expected }: Masks) -> State {
        if self.known.0 & all.0 & (self.holding.0 ^ expected.0) != 0 {
            State::Out
        } else if all.0 & !self.known.0 != 0 {
            State::Open
        } else {
            State::Fired
        }
    }
}

/// Kleene's `or`.
fn any(alternatives: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut any = Some(false);
    for value in alternatives {
        match value {
            Some(true) => return Some(true),
            None => any = None,
            Some(false) => {}
        }
    }
    any
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All its conditions are met.
    Fired,
    /// One of its conditions is not met.
    Out,
    /// None is known not to be met, and at least one is not known.
    Open,
}
