//! 条件: the vocabulary of the rules. A condition about facts holds, does not hold, or is unknown.
//!
//! Each is defined once and evaluated on any source of facts ([`FactSource`]). Tests that read the same facts form a
//! group, so that these are read once for all of them.

use super::condition::{ConditionInfo, ConditionSet, Definition, literals};
use crate::model::accounts::{AccountMatch, LedgerMatch};
use crate::model::choices::{
    Action, CloudPurpose, Edition, Entry, Goal, Invoice, Payment, Product, Reason, Status, System,
};
use crate::model::facts::{Fact, FactSet, FactSource, Facts, ReadFacts};
use crate::model::locale::Bilingual;
use crate::model::notices::Message;
use crate::model::terms::Terms;

macro_rules! conditions {
    (
        one_of => {
            $( $(#[doc = $one_doc:literal])* $one:ident($of:ident) in [$($value:expr),+], ($one_yes_zh:literal, $one_no_zh:literal), ($one_yes_en:literal, $one_no_en:literal); )*
        }
        test => {
            $( $group:ident($($fact:ident),+) $(by $terms:ident)? $(let $shared:ident = $computed:expr;)? => {
                $( $(#[doc = $doc:literal])* $name:ident => $test:expr, ($yes_zh:literal, $no_zh:literal), ($yes_en:literal, $no_en:literal); )+
            } )*
        }
        any => {
            $( $(#[doc = $any_doc:literal])* $any:ident => $([$($literal:tt)*])|+, ($any_yes_zh:literal, $any_no_zh:literal), ($any_yes_en:literal, $any_no_en:literal); )*
        }
    ) => {
        /// 条件: a named condition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Condition { $( $(#[doc = $one_doc])* $one, )* $( $( $(#[doc = $doc])* $name, )+ )* $( $(#[doc = $any_doc])* $any, )* }

        impl Condition {
            /// Every condition. Those composed of others come last, each after those that it is composed of.
            pub const ALL: &'static [Self] = &[$(Self::$one,)* $($(Self::$name,)+)* $(Self::$any,)*];

            /// Its entry in the vocabulary.
            pub const fn info(self) -> &'static ConditionInfo {
                const TABLE: &[ConditionInfo] = &[
                    $(ConditionInfo {
                        name: stringify!($one),
                        definition: Definition::OneOf(Fact::$of, 0 $(| (1 << $value as u32))+),
                        yes: Bilingual::new($one_yes_zh, $one_yes_en),
                        no: Bilingual::new($one_no_zh, $one_no_en),
                    },)*
                    $($(ConditionInfo {
                        name: stringify!($name),
                        definition: Definition::Test(TestGroup::$group),
                        yes: Bilingual::new($yes_zh, $yes_en),
                        no: Bilingual::new($no_zh, $no_en),
                    },)+)*
                    $(ConditionInfo {
                        name: stringify!($any),
                        definition: Definition::AnyOf(&[$(literals![$($literal)*]),+]),
                        yes: Bilingual::new($any_yes_zh, $any_yes_en),
                        no: Bilingual::new($any_no_zh, $any_no_en),
                    },)*
                ];
                // The table and the enum are generated from the same lists, so that every condition has an entry.
                #[allow(clippy::indexing_slicing)]
                &TABLE[self as usize]
            }
        }

        /// Tests that read the same facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum TestGroup { $( #[doc = concat!("Tests of: ", stringify!($($fact),+), ".")] $group, )* }

        impl TestGroup {
            /// Every group.
            pub const ALL: &'static [Self] = &[$(Self::$group,)*];

            /// The facts that each of its tests reads.
            pub const fn reads(self) -> FactSet {
                match self { $(Self::$group => const { FactSet::of(&[$(Fact::$fact),+]) },)* }
            }

            /// The conditions of the group.
            pub const fn conditions(self) -> ConditionSet {
                match self { $(Self::$group => const { ConditionSet::EMPTY$(.with_index(Condition::$name as usize))+ },)* }
            }

            /// Whether its tests read the terms, so that other terms can give them other results.
            pub(crate) const fn reads_terms(self) -> bool {
                match self { $(Self::$group => {
                    const READS: &[&str] = &[$(stringify!($terms))?];
                    !READS.is_empty()
                })* }
            }

            /// The conditions of the group that hold; `None` where one of its facts is unknown. Tests of a group that is
            /// not marked `by terms` have no terms at hand.
            #[inline(always)]
            pub(crate) fn evaluate<'a>(self, facts: impl FactSource<'a>, terms: &Terms) -> Option<ConditionSet> {
                match self { $(Self::$group => {
                    $(let $terms = terms;)?
                    $(let $fact = facts.$fact()?;)+
                    $(let $shared = $computed;)?
                    let mut holding = ConditionSet::EMPTY;
                    $(if $test {
                        holding = holding.with_index(Condition::$name as usize);
                    })+
                    Some(holding)
                })* }
            }
        }

        // A value that its fact cannot have does not compile.
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
        /// 开通账套。
        ProductIsLedger(product) in [Product::Ledger],
            ("买的是“开通账套”", ""),
            ("the product opens a ledger", "");
        /// 购买凭证。
        ProductIsVoucherPack(product) in [Product::VoucherPack],
            ("买的是“购买凭证”", ""),
            ("the product is a voucher pack", "");
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
        /// 给已购买的账套续费。
        PurposeIsRenew(cloud_purpose) in [CloudPurpose::Renew],
            ("这一单是续费", ""),
            ("the order is a renewal", "");
        /// 增购账套。
        PurposeIsAdd(cloud_purpose) in [CloudPurpose::Add],
            ("这一单是增购", ""),
            ("the order adds to what was bought before", "");
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
        /// 已申请退款。
        OrderIsApplied(order_status) in [Status::Applied],
            ("订单已申请退款", ""),
            ("a refund of the order was applied for", "");
        /// 订单已退款。
        OrderIsRefunded(order_status) in [Status::Refunded],
            ("订单已退款", ""),
            ("the order is refunded", "");
        /// 付款后已认证。
        OrderIsCertified(order_certified) in [true],
            ("付款后已做系统认证", "付款后还没有做系统认证"),
            ("系统认证 was run after paying", "系统认证 was not run after paying");
        /// 没有申请发票。
        InvoiceIsNone(order_invoice) in [Invoice::None],
            ("没有申请发票", "已经申请发票"),
            ("no invoice was requested", "an invoice was requested");
        /// 发票已申请而未下载。
        InvoiceIsNotDownloaded(order_invoice) in [Invoice::Requested, Invoice::Issued],
            ("", ""),
            ("", "");
        /// 原因是不想要了。
        ReasonIsChangeOfMind(order_reason) in [Reason::ChangeOfMind],
            ("退款原因是“不想要了”", ""),
            ("the reason is a change of mind", "");
        /// 原因是买错数量或无法使用。
        ReasonIsQuantityOrUnusable(order_reason) in [Reason::WrongQuantity, Reason::Unusable],
            ("退款原因是买错数量或购买后无法使用", ""),
            ("the reason is a wrong quantity, or that it does not work", "");
        /// 原因是无法使用。
        ReasonIsUnusable(order_reason) in [Reason::Unusable],
            ("", ""),
            ("", "");
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
    test => {
        ShownAccount(activation_account) => {
            /// 激活账户空白。
            ActivationAccountBlank => activation_account.0.is_blank(),
                ("激活账户显示为空白", "激活账户不是空白"),
                ("the activation account is shown blank", "an activation account is shown");
        }
        Accounts(activation_account, member_account) let accounts = AccountMatch::of(activation_account.0, member_account.0); => {
            /// 激活账户是登录的会员账号。
            AccountsSame => accounts == AccountMatch::Same,
                ("", "激活账户和会员账号不能确定相同"),
                ("", "the activation account is not certain to be the member account");
            /// 不能确定激活账户是不是会员账号。
            AccountsUnclear => accounts == AccountMatch::Unclear,
                ("从写法看不出激活账户是不是登录的会员账号", ""),
                ("the way they are written does not show whether the activation account is the member account", "");
            /// 激活账户不是会员账号。
            AccountsDifferent => accounts == AccountMatch::Different,
                ("激活账户不是登录的会员账号", ""),
                ("the activation account is not the member account", "");
        }
        Notices(activation_notices) let messages = activation_notices.messages(); => {
            /// 提示非法复制品。
            NoticeIllegalCopy => messages.contain(Message::IllegalCopy),
                ("系统认证提示“非法复制品”", ""),
                ("系统认证 shows 非法复制品", "");
            /// 提示认证超台数。
            NoticeMachineLimit => messages.contain(Message::MachineLimit),
                ("系统认证提示“认证超台数”", ""),
                ("系统认证 shows 认证超台数", "");
            /// 提示当前ip地址已使用了其他账号。
            NoticeIpTaken => messages.contain(Message::IpTaken),
                ("系统认证提示“当前ip地址已使用了其他账号”", ""),
                ("系统认证 shows 当前ip地址已使用了其他账号", "");
            /// 有未列明的提示。
            NoticeUnknown => messages.contain(Message::Other),
                ("系统认证有公布的说明没有列出的提示", ""),
                ("系统认证 shows a message that the published text does not list", "");
        }
        Ledgers(selected_ledger, need_ledger) let ledgers = LedgerMatch::of(selected_ledger.0, need_ledger.0); => {
            /// 所在账套不是需要的账套。
            LedgersDifferent => ledgers == LedgerMatch::Different,
                ("购买时所在的账套不是需要的账套", ""),
                ("the purchase was started in another ledger", "");
            /// 两个账套名相近: 只差“账套”二字。
            LedgersAlike => ledgers == LedgerMatch::Alike,
                ("购买时所在的账套和需要的账套，名称只差“账套”二字", ""),
                ("the ledgers’ names differ only by 账套 at the end", "");
        }
        Years(selected_year, need_year) => {
            /// 所在年度就是需要的年度。
            SelectedYearIsNeeded => selected_year == need_year,
                ("", "购买时所在的年度不是需要的年度"),
                ("", "the purchase was started in another year");
        }
        ProductOpened(product, opened) => {
            /// 这一项已经开通。
            ProductIsOpened => opened.contains(product),
                ("这一项已经开通", "这一项还没有开通"),
                ("the product is open already", "the product is not open yet");
        }
        UsedAgainstOrdered(cloud_used, cloud_ordered) => {
            /// 在用账套多于本单账套。
            CloudUsedAboveOrdered => cloud_used > cloud_ordered,
                ("在用的账套多于本单购买的账套", ""),
                ("more ledgers are in use than the order buys", "");
        }
        UsedAgainstBoth(cloud_used, cloud_bought, cloud_ordered) => {
            /// 在用账套多于已购买与本单之和。
            CloudUsedAboveBoth => cloud_used.get() > cloud_bought.get().saturating_add(cloud_ordered.get()),
                ("在用的账套多于已购买的加上本单购买的", ""),
                ("more ledgers are in use than are paid for and ordered together", "");
        }
        UsedAgainstBought(cloud_used, cloud_bought) => {
            /// 在用账套多于已购买账套。
            CloudUsedAboveBought => cloud_used > cloud_bought,
                ("在用的账套多于已购买的账套", ""),
                ("more ledgers are in use than are paid for", "");
        }
        Opened(opened) => {
            /// 已开通账套。
            LedgerIsOpened => opened.contains(Product::Ledger),
                ("", "还没有“开通账套”"),
                ("", "the ledger is not open");
        }
        Vouchers(vouchers_saved, vouchers_bought) by terms => {
            /// 再存一张超过公布的较低额度。
            NextVoucherAboveAssured => vouchers_saved.get() >= terms.voucher_quota.assured.saturating_add(vouchers_bought.get()),
                ("再保存一张就超过公布的较低额度", ""),
                ("one more voucher exceeds the lower published quota", "");
            /// 再存一张超过公布的较高额度。
            NextVoucherAboveClaimed => vouchers_saved.get() >= terms.voucher_quota.claimed.saturating_add(vouchers_bought.get()),
                ("再保存一张就超过公布的较高额度", "再保存一张也不超过公布的较高额度"),
                ("one more voucher exceeds the higher published quota", "one more voucher stays within the higher published quota");
        }
        VouchersBought(vouchers_bought) => {
            /// 没有另购凭证。
            NoVouchersBought => vouchers_bought.get() == 0,
                ("没有另购凭证", ""),
                ("no vouchers were bought on top", "");
        }
        Review(now, order_applied_at) by terms => {
            /// 过了应完成审核退款的日期。
            ReviewOverdue => terms.review_due(order_applied_at.day()).is_some_and(|due| now.day() > due),
                ("已过应完成审核退款的日期", ""),
                ("the day by which review and refund were due has passed", "");
        }
        RefundWindow(now, order_paid_at) by terms => {
            /// 在退款期限内。
            WithinRefundWindow => now.day() <= order_paid_at.day().plus(terms.refund_window_days),
                ("在付款后的退款期限内", "已过付款后的退款期限"),
                ("it is within the refund window", "the refund window has passed");
        }
        PurchasePhone(order_phone) => {
            /// 说不出购买手机号。
            PurchasePhoneBlank => order_phone.0.is_blank(),
                ("没有提供购买软件的手机号", ""),
                ("the purchase phone is not given", "");
        }
    }
    any => {
        /// 要做的事缺少的，正是这笔订单买的: what the action lacks is what the order was placed for.
        OrderCoversAction => [ActionIsCloseBooks, ProductIsLedger, not LedgerIsOpened] | [ActionIsUseFeature, ProductIsFeature, not ProductIsOpened] | [ActionIsSaveVoucher, ProductIsVoucherPack, NextVoucherAboveClaimed],
            ("这笔订单买的正是要做的操作所缺的", ""),
            ("the order was placed for what the action lacks", "");
        /// 订单买的没有开通: the same, of vouchers only where none were added.
        OrderHasNoEffect => [ActionIsCloseBooks, ProductIsLedger, not LedgerIsOpened] | [ActionIsUseFeature, ProductIsFeature, not ProductIsOpened] | [ActionIsSaveVoucher, ProductIsVoucherPack, NextVoucherAboveClaimed, NoVouchersBought],
            ("这笔订单买的正是要做的操作所缺的，而且没有生效", ""),
            ("the order was placed for what the action lacks, and has had no effect", "");
        /// 账套或年度不是需要的: the order was placed in another ledger or another year.
        PlaceDiffers => [LedgersDifferent] | [not SelectedYearIsNeeded],
            ("订单的账套或年度不是需要的", ""),
            ("the ledger or year of the order is not the one needed", "");
        /// 订单买在别的账套或年度里。
        OrderIsElsewhere => [ProductIsLedgerOrVouchers, PlaceDiffers],
            ("订单买在别的账套或年度里", "订单没有买在别的账套或年度里"),
            ("the order was placed in another ledger or year", "the order was not placed in another ledger or year");
        /// 退款会有审核: the refund was applied for, or can be applied for, or support is asked for it.
        RefundIsReviewed => [OrderIsApplied] | [OrderIsPaid, not InvoiceIsNone] | [OrderIsPaid, WithinRefundWindow],
            ("", ""),
            ("", "");
        /// 换浏览器的办法用完了: it was changed, or the system has no such setting.
        BrowserAdviceExhausted => [PageBrowserChanged] | [not SystemIsWindows],
            ("换浏览器的办法已经用过或不适用", ""),
            ("changing the browser was tried or does not apply", "");
    }
}
