//! 条件: the vocabulary of the rules, each a yes, no or not-known question about facts.
//!
//! A condition that compares facts is known only when all of them are; one made of others follows
//! Kleene's tables. Conditions are evaluated once into two bit sets, so that a rule is two masked
//! comparisons.

use crate::facts::{
    Action, Edition, Entry, Fact, FactSet, Facts, Goal, Invoice, Payment, Product, Reason, Status, System,
};
use crate::terms::Terms;

/// A condition that must hold, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal {
    /// The condition.
    pub condition: Condition,
    /// What it must be.
    pub expected: bool,
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
    /// In Chinese: what it says when it holds, and when it does not.
    pub zh: (&'static str, &'static str),
    /// The same in English.
    pub en: (&'static str, &'static str),
}

macro_rules! conditions {
    (
        ($terms:ident) => {
            $( $(#[doc = $doc:literal])* $name:ident($($fact:ident),+) => $test:expr, $zh:expr, $en:expr; )*
        }
        any => {
            $( $(#[doc = $any_doc:literal])* $any:ident => $([$($literal:tt)*])|+, $any_zh:expr, $any_en:expr; )*
        }
    ) => {
        /// A named condition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Condition { $( $(#[doc = $doc])* $name, )* $( $(#[doc = $any_doc])* $any, )* }

        impl Condition {
            /// Every condition; those made of others come last.
            pub const ALL: &'static [Self] = &[$(Self::$name,)* $(Self::$any,)*];

            /// What the vocabulary says of it.
            pub const fn info(self) -> &'static ConditionInfo {
                match self {
                    $(Self::$name => &ConditionInfo {
                        name: stringify!($name),
                        made: Made::Of(FactSet(0 $(| (1 << Fact::$fact as u32))+)),
                        zh: $zh,
                        en: $en,
                    },)*
                    $(Self::$any => &ConditionInfo {
                        name: stringify!($any),
                        made: Made::AnyOf(&[$(literals![$($literal)*]),+]),
                        zh: $any_zh,
                        en: $any_en,
                    },)*
                }
            }

            /// The test itself, for a condition of facts; `None` where a fact is missing.
            fn test(self, facts: &Facts<'_>, $terms: &Terms) -> Option<bool> {
                match self {
                    $(Self::$name => { $(let $fact = facts.$fact?;)+ Some($test) })*
                    $(Self::$any => None,)*
                }
            }
        }
    };
}

/// 非法复制品 (S-06); like the others in lower case without spaces.
const ILLEGAL_COPY: &str = "非法复制品";
/// 认证超台数 (S-07).
const MACHINE_LIMIT: &str = "认证超台数";
/// 当前ip地址已使用了其他账号 (S-08).
const IP_TAKEN: &str = "当前ip地址已使用了其他账号";
/// The messages that make a purchase pointless.
pub(crate) const PHRASES: [&str; 3] = [ILLEGAL_COPY, MACHINE_LIMIT, IP_TAKEN];

conditions! {
    (terms) => {
        /// 终身免费版。
        EditionIsFree(edition) => edition == Edition::FreeLifetime,
            ("版本是终身免费版", "版本不是终身免费版"),
            ("the edition is Free Lifetime", "the edition is not Free Lifetime");
        /// 云盘版。
        EditionIsCloud(edition) => edition == Edition::Cloud,
            ("版本是云盘版", "版本不是云盘版"),
            ("the edition is Cloud", "the edition is not Cloud");
        /// 其他收费版本。
        EditionIsPaid(edition) => edition == Edition::Paid,
            ("版本是其他收费版本", "版本不是其他收费版本"),
            ("the edition is another paid one", "the edition is not another paid one");

        /// 终身免费版的增值功能。
        ProductIsAddOn(product) => product.is_add_on(),
            ("买的是终身免费版的增值功能", "买的不是终身免费版的增值功能"),
            ("the product is an add-on of the free edition", "the product is not an add-on of the free edition");
        /// 开通账套或购买凭证。
        ProductIsLedgerOrVouchers(product) => matches!(product, Product::Ledger | Product::VoucherPack),
            ("买的是“开通账套”或“购买凭证”", "买的不是“开通账套”或“购买凭证”"),
            ("the product opens a ledger or adds vouchers", "the product neither opens a ledger nor adds vouchers");
        /// 账务处理、一键报税或云备份。
        ProductIsFeature(product) => matches!(product, Product::Bookkeeping | Product::TaxFiling | Product::CloudBackup),
            ("这一项是账务处理、一键报税或云备份", "这一项不是账务处理、一键报税或云备份"),
            ("the product is bookkeeping, tax filing or cloud backup", "the product is not bookkeeping, tax filing or cloud backup");
        /// 购买凭证以外的增值功能。
        ProductIsAddOnButVouchers(product) => product.is_add_on() && product != Product::VoucherPack,
            ("买的是“购买凭证”以外的增值功能", "买的不是“购买凭证”以外的增值功能"),
            ("the product is an add-on other than vouchers", "the product is not an add-on other than vouchers");
        /// 开通账套以外的增值功能。
        ProductIsAddOnButLedger(product) => product.is_add_on() && product != Product::Ledger,
            ("买的是“开通账套”以外的增值功能", "买的不是“开通账套”以外的增值功能"),
            ("the product is an add-on other than the opening of a ledger", "the product is not an add-on other than the opening of a ledger");
        /// 云盘版账套。
        ProductIsCloudLedgers(product) => product == Product::CloudLedgers,
            ("买的是云盘版账套", "买的不是云盘版账套"),
            ("the product is Cloud edition ledgers", "the product is not Cloud edition ledgers");
        /// 只认原账号的产品: 云盘版账套或终身免费版购买完整版。
        ProductNeedsOriginalAccount(product) => matches!(product, Product::CloudLedgers | Product::FullEdition),
            ("买的是云盘版账套或完整版", "买的不是云盘版账套或完整版"),
            ("the product is Cloud edition ledgers or the full edition", "the product is neither Cloud edition ledgers nor the full edition");

        /// 其他收费版本。
        ProductIsPaidEdition(product) => product == Product::PaidEdition,
            ("买的是其他收费版本", "买的不是其他收费版本"),
            ("the product is another paid edition", "the product is not another paid edition");

        /// 激活账户空白。
        ActivationAccountBlank(activation_account) => activation_account.is_blank(),
            ("激活账户显示为空白", "激活账户不是空白"),
            ("the activation account is shown blank", "an activation account is shown");
        /// 激活账户是登录的会员账号。
        ActivationAccountIsMember(activation_account, member_account) => activation_account.is_same_account(member_account),
            ("激活账户就是登录的会员账号", "激活账户不是登录的会员账号"),
            ("the activation account is the member account", "the activation account is not the member account");
        /// 提示非法复制品。
        NoticeIllegalCopy(activation_notices) => activation_notices.contain(ILLEGAL_COPY),
            ("系统认证提示“非法复制品”", "系统认证没有提示“非法复制品”"),
            ("系统认证 shows 非法复制品", "系统认证 does not show 非法复制品");
        /// 提示认证超台数。
        NoticeMachineLimit(activation_notices) => activation_notices.contain(MACHINE_LIMIT),
            ("系统认证提示“认证超台数”", "系统认证没有提示“认证超台数”"),
            ("系统认证 shows 认证超台数", "系统认证 does not show 认证超台数");
        /// 提示当前ip地址已使用了其他账号。
        NoticeIpTaken(activation_notices) => activation_notices.contain(IP_TAKEN),
            ("系统认证提示“当前ip地址已使用了其他账号”", "系统认证没有提示“当前ip地址已使用了其他账号”"),
            ("系统认证 shows 当前ip地址已使用了其他账号", "系统认证 does not show 当前ip地址已使用了其他账号");
        /// 有未列明的提示。
        NoticeUnknown(activation_notices) => activation_notices.iter().any(|notice| {
                !notice.is_blank() && !PHRASES.iter().any(|phrase| notice.contains_phrase(phrase))
            }),
            ("系统认证有公布的说明没有列出的提示", "系统认证没有说明以外的提示"),
            ("系统认证 shows a message that the published text does not list", "系统认证 shows no message beyond the listed ones");

        /// 所在账套就是需要的账套。
        SelectedLedgerIsNeeded(selected_ledger, need_ledger) => selected_ledger.is_same_ledger(need_ledger),
            ("购买时所在的账套就是需要的账套", "购买时所在的账套不是需要的账套"),
            ("the purchase was started in the ledger that needs it", "the purchase was started in another ledger");
        /// 所在年度就是需要的年度。
        SelectedYearIsNeeded(selected_year, need_year) => selected_year == need_year,
            ("购买时所在的年度就是需要的年度", "购买时所在的年度不是需要的年度"),
            ("the purchase was started in the year that needs it", "the purchase was started in another year");
        /// 从网站购买。
        EntryIsWebsite(entry) => entry == Entry::Website,
            ("从网站进入购买", "从软件内进入购买"),
            ("the purchase was started on the website", "the purchase was started inside the software");
        /// 微信、支付宝以外的付款方式。
        PaymentIsOther(payment) => payment == Payment::Other,
            ("付款方式不是微信或支付宝", "付款方式是微信或支付宝"),
            ("payment is neither by WeChat nor by Alipay", "payment is by WeChat or Alipay");
        /// 新账号替换停用手机号的旧账号。
        MemberReplacesOld(member_replaces_old) => member_replaces_old,
            ("会员账号是替换旧账号的新账号", "会员账号是原来的账号"),
            ("the member account replaces an earlier one", "the member account is the original one");
        /// 这一项已经开通。
        ProductIsOpened(product, opened) => opened.contains(product),
            ("这一项已经开通", "这一项还没有开通"),
            ("the product is open already", "the product is not open yet");
        /// 目的是增加凭证。
        GoalIsAddVouchers(goal) => goal == Goal::AddVouchers,
            ("目的是增加凭证数量", "目的不是增加凭证数量"),
            ("the goal is to save more vouchers", "the goal is not to save more vouchers");
        /// 目的是结账。
        GoalIsCloseBooks(goal) => goal == Goal::CloseBooks,
            ("目的是结账", "目的不是结账"),
            ("the goal is to close the books", "the goal is not to close the books");
        /// 在用账套多于本单账套。
        CloudUsedAboveOrdered(cloud_used, cloud_ordered) => cloud_used > cloud_ordered,
            ("在用的账套多于本单购买的账套", "在用的账套不多于本单购买的账套"),
            ("more ledgers are in use than the order buys", "the order buys enough for the ledgers in use");
        /// 在用账套多于已购买账套。
        CloudUsedAboveBought(cloud_used, cloud_bought) => cloud_used > cloud_bought,
            ("在用的账套多于已购买的账套", "在用的账套不多于已购买的账套"),
            ("more ledgers are in use than are paid for", "enough ledgers are paid for");

        /// 要结账。
        ActionIsCloseBooks(action) => action == Action::CloseBooks,
            ("要做的是结账", "要做的不是结账"),
            ("the action is closing the books", "the action is not closing the books");
        /// 要使用功能。
        ActionIsUseFeature(action) => action == Action::UseFeature,
            ("要做的是使用功能", "要做的不是使用功能"),
            ("the action is using a feature", "the action is not using a feature");
        /// 要保存凭证。
        ActionIsSaveVoucher(action) => action == Action::SaveVoucher,
            ("要做的是保存凭证", "要做的不是保存凭证"),
            ("the action is saving a voucher", "the action is not saving a voucher");
        /// 要登录。
        ActionIsSignIn(action) => action == Action::SignIn,
            ("要做的是登录", "要做的不是登录"),
            ("the action is signing in", "the action is not signing in");
        /// 已开通账套。
        LedgerIsOpened(opened) => opened.contains(Product::Ledger),
            ("已经“开通账套”", "还没有“开通账套”"),
            ("the ledger is open", "the ledger is not open");
        /// 再存一张超过公布的较低额度。
        NextVoucherAboveAssured(vouchers_saved, vouchers_bought) => vouchers_saved >= terms.voucher_quota.assured.saturating_add(vouchers_bought),
            ("再保存一张就超过公布的较低额度", "再保存一张也不超过公布的较低额度"),
            ("one more voucher exceeds the lower published quota", "one more voucher stays within the lower published quota");
        /// 再存一张超过公布的较高额度。
        NextVoucherAboveClaimed(vouchers_saved, vouchers_bought) => vouchers_saved >= terms.voucher_quota.claimed.saturating_add(vouchers_bought),
            ("再保存一张就超过公布的较高额度", "再保存一张也不超过公布的较高额度"),
            ("one more voucher exceeds the higher published quota", "one more voucher stays within the higher published quota");

        /// 订单未付款。
        OrderIsUnpaid(order_status) => order_status == Status::Unpaid,
            ("订单还没有付款", "订单状态不是“未付款”"),
            ("the order is not paid yet", "the order’s status is not “not paid”");
        /// 订单已付款。
        OrderIsPaid(order_status) => order_status == Status::Paid,
            ("订单已付款", "订单状态不是“已付款”"),
            ("the order is paid", "the order’s status is not “paid”");
        /// 订单已退款。
        OrderIsRefunded(order_status) => order_status == Status::Refunded,
            ("订单已退款", "订单没有退款"),
            ("the order is refunded", "the order is not refunded");
        /// 付款后已认证。
        OrderIsCertified(order_certified) => order_certified,
            ("付款后已重新系统认证", "付款后没有重新系统认证"),
            ("系统认证 was run after paying", "系统认证 was not run after paying");
        /// 没有申请发票。
        InvoiceIsNone(order_invoice) => order_invoice == Invoice::None,
            ("没有申请发票", "已经申请发票"),
            ("no invoice was requested", "an invoice was requested");
        /// 发票已开具未下载。
        InvoiceIsIssued(order_invoice) => order_invoice == Invoice::Issued,
            ("发票已开具未下载", "发票状态不是“已开具未下载”"),
            ("the invoice is issued and not downloaded", "the invoice’s status is not “issued, not downloaded”");
        /// 在退款期限内。
        WithinRefundWindow(now, order_paid_at) => now.day() <= order_paid_at.day().plus(terms.refund_window_days),
            ("在付款后的退款期限内", "已过付款后的退款期限"),
            ("it is within the refund window", "the refund window has passed");
        /// 原因是不想要了。
        ReasonIsChangeOfMind(order_reason) => order_reason == Reason::ChangeOfMind,
            ("退款原因是“不想要了”", "退款原因不是“不想要了”"),
            ("the reason is a change of mind", "the reason is not a change of mind");
        /// 原因是买错数量。
        ReasonIsWrongQuantity(order_reason) => order_reason == Reason::WrongQuantity,
            ("退款原因是买错数量", "退款原因不是买错数量"),
            ("the reason is a wrong quantity", "the reason is not a wrong quantity");
        /// 原因是买错账套或年度。
        ReasonIsWrongPlace(order_reason) => matches!(order_reason, Reason::WrongLedger | Reason::WrongYear),
            ("退款原因是买错账套或年度", "退款原因不是买错账套或年度"),
            ("the reason is a wrong ledger or year", "the reason is not a wrong ledger or year");
        /// 说不出购买手机号。
        PurchasePhoneBlank(order_phone) => order_phone.is_blank(),
            ("没有提供购买软件的手机号", "提供了购买软件的手机号"),
            ("the purchase phone is not given", "the purchase phone is given");

        /// 已重启电脑。
        PageRestarted(page_restarted) => page_restarted,
            ("已重启电脑再试", "还没有重启电脑再试"),
            ("the computer was restarted", "the computer was not restarted yet");
        /// 已换默认浏览器。
        PageBrowserChanged(page_browser_changed) => page_browser_changed,
            ("已把默认浏览器改为360浏览器", "还没有改默认浏览器"),
            ("the default browser was changed", "the default browser was not changed yet");
        /// Windows 系统。
        SystemIsWindows(page_system) => page_system == System::Windows,
            ("电脑是 Windows 系统", "电脑不是 Windows 系统"),
            ("the system is Windows", "the system is not Windows");
    }
    any => {
        /// 要做的事还没有开通: closing the books without the ledger, or a feature that is not open.
        ActionIsNotOpened => [ActionIsCloseBooks, not LedgerIsOpened] | [ActionIsUseFeature, ProductIsFeature, not ProductIsOpened],
            ("要做的操作还没有开通", "要做的操作已经开通"),
            ("what is to be done is not open yet", "what is to be done is open");
        /// 换浏览器的办法用完了: it was changed, or the system has no such setting.
        BrowserAdviceExhausted => [PageBrowserChanged] | [not SystemIsWindows],
            ("换浏览器的办法已经用过或不适用", "换浏览器的办法还没有试"),
            ("changing the browser was tried or does not apply", "changing the browser was not tried yet");
    }
}

impl Condition {
    /// Every fact that it reads, through the conditions that it is made of.
    pub fn reads(self) -> FactSet {
        match self.info().made {
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

    /// Whether the condition is in the set.
    pub const fn contains(self, condition: Condition) -> bool {
        self.0 & (1 << condition as u64) != 0
    }

    /// The conditions in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        Condition::ALL.iter().copied().filter(move |condition| self.contains(*condition))
    }
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
        let known = facts.known();
        let mut values = Self { missing: FactSet(u32::MAX).without(known), ..Self::default() };
        for condition in wanted.iter() {
            let value = match condition.info().made {
                Made::Of(_) => condition.test(facts, terms),
                Made::AnyOf(alternatives) => any(alternatives.iter().map(|all| values.all(all))),
            };
            if let Some(holds) = value {
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
                    Made::Of(reads) => reads.and(self.missing),
                    Made::AnyOf(alternatives) => alternatives
                        .iter()
                        .filter(|all| self.all(all).is_none())
                        .fold(FactSet::default(), |lacking, all| lacking.or(self.lacking(all))),
                })
            },
        )
    }

    /// The state of a rule with these masks: which conditions it has, and which of them must hold.
    pub(crate) const fn state(self, mask: ConditionSet, expected: ConditionSet) -> State {
        if self.known.0 & mask.0 & (self.holding.0 ^ expected.0) != 0 {
            State::Out
        } else if mask.0 & !self.known.0 != 0 {
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
