//! 条款出处: the clauses of the published support pages that rules and notes rest on.

use crate::model::locale::Bilingual;
use crate::model::named::named;
use crate::model::terms::TermNumber;

/// 文章: an article of the support pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Article {
    /// After buying for the free edition.
    FreeAfterPurchase,
    /// How many ledgers the Cloud edition may have.
    CloudLedgerCapacity,
    /// The order page does not open.
    OrderPageDoesNotOpen,
    /// The phone of the account is no longer used.
    AccountPhoneChanged,
    /// How to buy for the free edition.
    FreeHowToBuy,
    /// The footer with the contacts.
    Contact,
}

impl Article {
    /// Every article.
    pub const ALL: &'static [Self] = &[
        Self::FreeAfterPurchase,
        Self::CloudLedgerCapacity,
        Self::OrderPageDoesNotOpen,
        Self::AccountPhoneChanged,
        Self::FreeHowToBuy,
        Self::Contact,
    ];

    /// A title in our own words, in Chinese and in English.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::FreeAfterPurchase => {
                ("终身免费版：买了用不了", "Free Lifetime edition: when a purchase does not work")
            }
            Self::CloudLedgerCapacity => {
                ("云盘版：账套多于买下的", "Cloud edition: more ledgers than were bought")
            }
            Self::OrderPageDoesNotOpen => ("订单页打不开", "The order page does not open"),
            Self::AccountPhoneChanged => ("账号的手机号停用以后", "When the account’s phone is out of use"),
            Self::FreeHowToBuy => {
                ("终身免费版：增值功能的买法", "Free Lifetime edition: how add-ons are bought")
            }
            Self::Contact => ("页脚的联系方式", "Contacts in the footer"),
        }
    }

    /// The name that citations use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FreeAfterPurchase => "free-edition/after-purchase",
            Self::CloudLedgerCapacity => "cloud/ledger-capacity",
            Self::OrderPageDoesNotOpen => "order-page/does-not-open",
            Self::AccountPhoneChanged => "account/phone-changed",
            Self::FreeHowToBuy => "free-edition/how-to-buy",
            Self::Contact => "contact",
        }
    }
}

named! {
    /// 依据: how far the published text supports a rule or a note.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Stated {
        /// 说明写明: the text states it.
        Stated = "stated";
        /// 按说明推断: it follows from what the text states.
        Inferred = "inferred";
        /// 说明没有提到: the text does not mention it, and the rule refers to support instead of guessing.
        Silent = "silent";
        /// 说明前后不一致: the text contradicts itself.
        Conflicting = "conflicting";
    }
}

impl Stated {
    /// The label that people read, as part of a sentence.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Stated => Bilingual::new("说明写明", "the text says so"),
            Self::Inferred => Bilingual::new("按说明推断", "inferred from the text"),
            Self::Silent => Bilingual::new("说明没有提到", "the text does not say"),
            Self::Conflicting => Bilingual::new("说明前后不一致", "the text contradicts itself"),
        }
    }
}

impl Clause {
    /// The number of the last clause of the published text, in which they are numbered from 1 without a gap.
    pub const LAST: u32 = 51;

    /// The number of the terms that the clause gives.
    pub const fn number(self) -> Option<TermNumber> {
        match self {
            Self::S15 => Some(TermNumber::Claimed),
            Self::S16 => Some(TermNumber::Assured),
            Self::S30 => Some(TermNumber::RefundWindow),
            Self::S33 => Some(TermNumber::RefundReview),
            _ => None,
        }
    }
}

macro_rules! clauses {
    ($( $(#[doc = $doc:literal])* $name:ident = $id:literal, $article:ident, $section:literal, $zh:literal; )*) => {
        /// 条款: a numbered clause.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Clause { $( $(#[doc = $doc])* $name, )* }

        impl Clause {
            /// Every clause that is cited.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// The number, like `S-13`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
            /// The article that contains it.
            pub const fn article(self) -> Article {
                match self { $(Self::$name => Article::$article),* }
            }
            /// The section of the article, by the article's own numbering.
            pub const fn section(self) -> &'static str {
                match self { $(Self::$name => $section),* }
            }
            /// A summary in our own words, in Chinese and in English.
            pub const fn gist(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($zh, concat!($($doc),*).trim_ascii())),* }
            }
        }
    };
}

clauses! {
    /// The free edition limits activations and addresses, and comes without technical maintenance.
    S01 = "S-01", FreeAfterPurchase, "0", "免费版限制激活和网络地址，不含技术服务。";
    /// A purchase that does not work once it is opened is refunded through support.
    S02 = "S-02", FreeAfterPurchase, "0", "开通后用不了的，由客服办理退款。";
    /// Before paying for the free edition, see that 系统认证 shows the activation account.
    S03 = "S-03", FreeAfterPurchase, "2.1", "为终身免费版付费之前，先看系统认证里有没有激活账户。";
    /// With a blank activation account nothing can be bought for the free edition.
    S04 = "S-04", FreeAfterPurchase, "2.1", "激活账户空白时，不能为终身免费版购买。";
    /// With an activation account that is not the buyer's own, nothing can be bought for the free edition.
    S05 = "S-05", FreeAfterPurchase, "2.1", "激活账户不是购买者自己的时，不能为终身免费版购买。";
    /// While the software calls itself an illegal copy, nothing can be bought for the free edition.
    S06 = "S-06", FreeAfterPurchase, "2.1", "软件提示自己是非法复制品时，不能为终身免费版购买。";
    /// While too many machines are certified, nothing can be bought for the free edition.
    S07 = "S-07", FreeAfterPurchase, "2.1", "认证的电脑超出台数时，不能为终身免费版购买。";
    /// While the address has served another account, nothing can be bought for the free edition.
    S08 = "S-08", FreeAfterPurchase, "2.1", "网络地址已用于别的账号时，不能为终身免费版购买。";
    /// The list of messages is left open.
    S09 = "S-09", FreeAfterPurchase, "2.1", "提示文字没有列全。";
    /// Whoever has bought in such a state applies for a refund, as nothing can be opened.
    S10 = "S-10", FreeAfterPurchase, "2.1", "这种状态下已经买了的，申请退款：买的功能开通不了。";
    /// Ledgers and vouchers are bought inside the ledger that needs them.
    S11 = "S-11", FreeAfterPurchase, "2.2", "账套和凭证，要在用得着的账套里买。";
    /// A purchase takes effect once paid and certified.
    S12 = "S-12", FreeAfterPurchase, "2.2", "付款之后，还要认证成功才算数。";
    /// Bought in another ledger it adds nothing, and the vouchers do not count here: refund, and buy where it is needed.
    S13 = "S-13", FreeAfterPurchase, "2.2.1", "买在别的账套里没有作用，凭证也不算到这里：退款，再到用得着的账套里买。";
    /// Bought in another year it opens nothing: refund, and buy where it is needed.
    S14 = "S-14", FreeAfterPurchase, "2.2.2", "买在别的年度里没有作用：退款，再到用得着的年度里买。";
    /// A hundred vouchers per ledger and year.
    S15 = "S-15", FreeAfterPurchase, "2.3", "凭证额度：每个账套一年一百张。";
    /// Fifty vouchers per ledger and year.
    S16 = "S-16", FreeHowToBuy, "2.3", "凭证额度：每个账套一年五十张。";
    /// No add-on lifts the voucher limit.
    S17 = "S-17", FreeAfterPurchase, "2.3", "哪一项增值功能都不会取消凭证数量的限制。";
    /// Beyond the limit, vouchers are bought on top.
    S18 = "S-18", FreeAfterPurchase, "2.3", "超出额度的凭证要另外买。";
    /// What is not paid for is marked as not open.
    S19 = "S-19", FreeAfterPurchase, "3.1", "没有付费的功能会标明未开通。";
    /// After paying, certification in the software opens what was bought.
    S20 = "S-20", FreeAfterPurchase, "3.2", "付款后在软件里做系统认证，买的才会打开。";
    /// Without an invoice, or with one not downloaded, the buyer applies for the refund in the order's details.
    S21 = "S-21", FreeAfterPurchase, "4.1", "不要发票的、没下载发票的，自己在订单详情里申请退款。";
    /// With an invoice requested, support refunds by the purchase phone.
    S22 = "S-22", FreeAfterPurchase, "4.2", "申请过发票的，由客服凭购买时的手机号办理退款。";
    /// The QQ group of the free edition.
    S23 = "S-23", FreeAfterPurchase, "4.3", "终身免费版的QQ群。";
    /// The refund is for purchases that do not work.
    S24 = "S-24", FreeAfterPurchase, "4", "退款流程针对的是买了用不了的情况。";
    /// Ledgers in use may not exceed those bought.
    S25 = "S-25", CloudLedgerCapacity, "0", "在用的账套不能多于买下的账套。";
    /// If they do, signing in says so.
    S26 = "S-26", CloudLedgerCapacity, "0", "多于买下的，登录时会看到提示。";
    /// To renew for fewer ledgers, delete first.
    S27 = "S-27", CloudLedgerCapacity, "example", "想少续几个账套，先删掉多余的。";
    /// To keep them all, refund the small order and buy the full number.
    S28 = "S-28", CloudLedgerCapacity, "1", "都要用的，退掉数量少的订单，按实际数量重买。";
    /// To keep fewer, delete, and sign in again.
    S29 = "S-29", CloudLedgerCapacity, "2", "用不着那么多的，删掉多余的再登录。";
    /// Without an invoice, a refund can be applied for within seven days.
    S30 = "S-30", CloudLedgerCapacity, "3.1", "没有发票的订单，七天之内可以申请退款。";
    /// Where in the member center to apply.
    S31 = "S-31", CloudLedgerCapacity, "3.1", "在会员中心的哪里申请。";
    /// With an invoice, support reverses it first and refunds then.
    S32 = "S-32", CloudLedgerCapacity, "3.2", "有发票的，客服先红冲，再退款。";
    /// Reviewed and refunded within three working days.
    S33 = "S-33", CloudLedgerCapacity, "3", "三个工作日之内审完并退款。";
    /// Arrival depends on the payment channel.
    S34 = "S-34", CloudLedgerCapacity, "3", "到账快慢看付款渠道。";
    /// Restart the computer and try again.
    S36 = "S-36", OrderPageDoesNotOpen, "1", "重启电脑，再试一次。";
    /// Make 360 browser the default browser in Windows' settings.
    S37 = "S-37", OrderPageDoesNotOpen, "2", "在 Windows 设置里把360浏览器设为默认。";
    /// A new account will do for every paid edition but two products.
    S38 = "S-38", AccountPhoneChanged, "0", "收费版本可以换新账号买，有两个产品例外。";
    /// Register, order on the website, copy the recharge code from the order, and enter it in the software under 产品充值.
    S39 = "S-39", AccountPhoneChanged, "1", "注册后在官网下单，从订单里复制充值码，再到软件的“产品充值”里充值。";
    /// Changing the activation account is a procedure of its own.
    S40 = "S-40", AccountPhoneChanged, "2", "更换激活账号另有一套步骤。";
    /// Add-ons are bought inside the software only, by WeChat or Alipay.
    S41 = "S-41", FreeHowToBuy, "1.1", "增值功能只能从软件里买，用微信或支付宝付。";
    /// Prices are those on the order page.
    S42 = "S-42", FreeHowToBuy, "1.2", "价格看订单页。";
    /// Phone, e-mail and address of the shop.
    S43 = "S-43", Contact, "0", "公司的电话、邮箱和地址。";
    /// Three places draw the line for invoices differently.
    S44 = "S-44", FreeAfterPurchase, "4.1", "有没有发票怎么算，三处说法不一样。";
    /// Refund terms exist for two editions only.
    S48 = "S-48", FreeAfterPurchase, "4", "只有两个版本写了退款办法。";
    /// Closing the books needs the ledger opened for that year.
    S50 = "S-50", FreeAfterPurchase, "2.2.2", "要结账，得先开通那个年度的账套。";
}
