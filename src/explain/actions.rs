//! 操作: the actions of a plan, for programs and as texts, and how they change the facts.

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::render::{MaskedValue, fill};
use crate::model::choices::{Entry, Payment, Product, Status};
use crate::model::fact_types::{Count, Ledger, Year};
use crate::model::facts::{Fact, Facts};
use crate::model::locale::{Bilingual, Locale};
use crate::model::named::named;
use crate::model::text::Text;

named! {
    /// 执行者: who takes a step.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    Actor {
        /// 购买者: the buyer alone.
        Buyer = "buyer";
        /// 客服: support, when the buyer asks.
        Support = "support";
    }
}

/// What an argument of an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentType {
    /// The name of a ledger, left out where it is not known.
    Ledger,
    /// A year, left out where it is not known.
    Year,
    /// A number of ledgers or vouchers.
    Count,
    /// A number of vouchers, left out where another product is bought.
    OptionalCount,
    /// One of the products.
    Product,
    /// Ways to pay, any of which will do.
    Payments,
    /// Where on the pages, as the names to click one after the other.
    Path,
    /// What support is asked for: `refund`, left out where it is advice.
    Purpose,
}

/// What the catalogue says of one action.
#[derive(Debug)]
pub struct ActionInfo {
    /// The name that programs see.
    pub name: &'static str,
    /// Who takes it.
    pub actor: Actor,
    /// Its arguments, by name.
    pub arguments: &'static [(&'static str, ArgumentType)],
    words: Bilingual,
}

macro_rules! actions {
    ($( $(#[doc = $doc:literal])* $kind:ident = $name:literal by $actor:ident ($($argument:ident: $type:ident),*), $zh:literal, $en:literal; )*) => {
        /// 操作: what can be done in a plan.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ActionKind { $( $(#[doc = $doc])* $kind, )* }

        impl ActionKind {
            /// Every action that a plan can contain.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// What the catalogue says of it.
            pub const fn info(self) -> &'static ActionInfo {
                match self { $(Self::$kind => const { &ActionInfo {
                    name: $name,
                    actor: Actor::$actor,
                    arguments: &[$((stringify!($argument), ArgumentType::$type)),*],
                    words: Bilingual::new($zh, $en),
                } },)* }
            }
        }
    };
}

actions! {
    /// 切换账套和年度.
    SelectLedgerYear = "select_ledger_year" by Buyer (ledger: Ledger, year: Year),
        "在软件里进入{where}，再点“立即购买”。", "In the software open {where}, and click 立即购买 there.";
    /// 从软件内购买.
    OpenInApp = "open_in_app" by Buyer (),
        "从软件里下单：打开软件，进入需要的账套和年度，点“立即购买”。",
        "Order from inside the software: start it, open the ledger and year you need, and click 立即购买.";
    /// 换付款方式.
    PayWith = "pay_with" by Buyer (payment: Payments),
        "付款时选微信支付或支付宝。", "Pay by WeChat Pay or Alipay.";
    /// 删除账套.
    DeleteLedgers = "delete_ledgers" by Buyer (count: Count),
        "在云盘版里删除 {count} 个不再使用的账套。建议先备份，删除后可能无法恢复。",
        "Delete {count} of the ledgers in the Cloud edition that you no longer use. We advise a backup first, as it may not be possible to undo this.";
    /// 按在用数量购买账套.
    OrderLedgers = "order_ledgers" by Buyer (count: Count),
        "把这一单的账套数量改为 {count} 个。", "Change the number of ledgers in this order to {count}.";
    /// 退款后按在用数量重新购买.
    RebuyLedgers = "rebuy_ledgers" by Buyer (count: Count),
        "退款后重新下单，账套数量选 {count} 个。",
        "After the refund, place a new order for {count} ledgers.";
    /// 付款.
    PayOrder = "pay_order" by Buyer (),
        "用微信支付或支付宝为这笔订单付款。",
        "Pay the order that was placed, by WeChat Pay or Alipay.";
    /// 购买.
    Buy = "buy" by Buyer (product: Product, ledger: Ledger, year: Year, count: OptionalCount),
        "在软件里进入{where}，点“立即购买”，选“{product}”{amount}，下单付款。",
        "In the software open {where}, click 立即购买, choose {product}{amount}, order and pay.";
    /// 付款后系统认证.
    Certify = "certify" by Buyer (),
        "回到软件，点“立即购买”-“系统认证”，认证成功后生效{assumed}。",
        "Go back to the software and run 立即购买-系统认证; once it succeeds, the purchase takes effect{assumed}.";
    /// 用原账号.
    UseOriginalAccount = "use_original_account" by Buyer (),
        "退出登录，换原来的账号登录再下单；登录不了的，请联系客服。",
        "Sign out, sign in with the original account and order there; if you cannot sign in to it, contact support.";
    /// 申请退款.
    ApplyForRefund = "apply_for_refund" by Buyer (path: Path),
        "已经付款的，在“会员中心”-“我的订单”-“订单详情”里点“申请退款”。",
        "As you have paid already, click 申请退款 in 会员中心-我的订单-订单详情.";
    /// 联系客服.
    ContactSupport = "contact_support" by Support (purpose: Purpose),
        "联系客服，{purpose}；已经下单的，请准备好订单号和购买软件的手机号。",
        "Contact support and {purpose}; if there is an order, have its number ready, and the phone number the software was bought with.";
}

/// Where a refund is applied for (S-31), as the names to click.
pub const REFUND_PATH: &[&str] = &["会员中心", "我的订单", "订单详情", "申请退款"];

/// Ways to pay (S-41), any of which will do.
pub const PAYMENTS: &[&str] = &[Payment::Wechat.choice().name, Payment::Alipay.choice().name];

/// An argument of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Argument {
    /// A name.
    Text(String),
    /// A number.
    Number(u32),
    /// Several names.
    Names(&'static [&'static str]),
}

/// An action with its arguments: in JSON `{ name, … }`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Action<'a> {
    /// What is done.
    pub kind: ActionKind,
    /// What is bought, or what the certification opens.
    pub(crate) product: Option<Product>,
    pub(crate) ledger: Option<Text<'a>>,
    pub(crate) year: Option<u32>,
    pub(crate) count: Option<u32>,
    /// Whether support is asked for a refund.
    pub(crate) refund: bool,
}

impl<'a> Action<'a> {
    /// An action without arguments.
    pub(crate) const fn of(kind: ActionKind) -> Self {
        Self { kind, product: None, ledger: None, year: None, count: None, refund: false }
    }

    /// The refund of an order, by oneself or through support.
    pub(crate) const fn refund(by_oneself: bool) -> Self {
        if by_oneself {
            Self::of(ActionKind::ApplyForRefund)
        } else {
            Self { refund: true, ..Self::of(ActionKind::ContactSupport) }
        }
    }

    /// Whether it asks for a refund.
    pub(crate) fn is_refund(&self) -> bool {
        self.refund || self.kind == ActionKind::ApplyForRefund
    }

    /// An action with a number.
    pub(crate) const fn counting(kind: ActionKind, count: u32) -> Self {
        Self { count: Some(count), ..Self::of(kind) }
    }

    /// An action in the ledger and year where something is needed, as far as any of them is known, else in those where
    /// the purchase was started. What is not known is left out, never taken from the other place.
    pub(crate) fn where_needed(kind: ActionKind, facts: &Facts<'a>) -> Self {
        let (ledger, year) = if facts.need_ledger.is_some() || facts.need_year.is_some() {
            (facts.need_ledger, facts.need_year)
        } else {
            (facts.selected_ledger, facts.selected_year)
        };
        let (ledger, year) = (ledger.map(|ledger| ledger.0.trimmed()), year.map(|year| year.get()));
        Self { ledger, year, ..Self::of(kind) }
    }

    /// What the action changes of the facts.
    pub(crate) fn apply(&self, facts: &mut Facts<'a>) {
        let count = || self.count.and_then(Count::new);
        match self.kind {
            ActionKind::SelectLedgerYear => {
                facts.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
                facts.selected_year = facts.need_year.or(facts.selected_year);
            }
            ActionKind::OpenInApp => facts.entry = Some(Entry::InApp),
            ActionKind::PayWith => facts.payment = Some(Payment::Wechat),
            ActionKind::DeleteLedgers => {
                let left = |used: u32| used.checked_sub(self.count?);
                facts.cloud_used = facts.cloud_used.and_then(|used| Count::new(left(used.get())?));
            }
            ActionKind::OrderLedgers => facts.cloud_ordered = count(),
            ActionKind::RebuyLedgers => facts.cloud_bought = count(),
            ActionKind::PayOrder => {
                facts.order_status = Some(Status::Paid);
                facts.order_certified = Some(false);
            }
            ActionKind::Buy => {
                facts.order_status = Some(Status::Paid);
                facts.order_certified = Some(false);
                facts.product = self.product;
                facts.selected_ledger = self.ledger.map(Ledger).or(facts.selected_ledger);
                facts.selected_year = self.year.and_then(Year::new).or(facts.selected_year);
            }
            ActionKind::Certify => {
                facts.order_certified = Some(true);
                match (self.product, facts.vouchers_bought, self.count) {
                    (Some(Product::VoucherPack), Some(bought), Some(more)) => {
                        facts.vouchers_bought = Count::new(bought.get().saturating_add(more));
                    }
                    (Some(Product::VoucherPack) | None, ..) => {}
                    (Some(product), ..) => {
                        facts.opened = Some(facts.opened.unwrap_or_default().with(product));
                    }
                }
            }
            ActionKind::UseOriginalAccount => facts.member_replaces_old = Some(false),
            ActionKind::ApplyForRefund | ActionKind::ContactSupport => {}
        }
    }

    /// The arguments that are known, by name.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, Argument)> {
        self.kind.info().arguments.iter().filter_map(|(name, kind)| {
            let argument = match kind {
                ArgumentType::Ledger => Argument::Text(self.ledger?.to_string()),
                ArgumentType::Year => Argument::Number(self.year?),
                ArgumentType::Count | ArgumentType::OptionalCount => Argument::Number(self.count?),
                ArgumentType::Product => Argument::Text(self.product?.choice().name.into()),
                ArgumentType::Payments => Argument::Names(PAYMENTS),
                ArgumentType::Path => Argument::Names(REFUND_PATH),
                ArgumentType::Purpose if self.refund => Argument::Text("refund".into()),
                ArgumentType::Purpose => return None,
            };
            Some((*name, argument))
        })
    }

    /// Where it is done, in words, for other texts.
    pub(crate) fn place_in_words(facts: &Facts<'_>, locale: Locale) -> String {
        Action::where_needed(ActionKind::Buy, &Facts { selected_ledger: None, selected_year: None, ..*facts })
            .place(locale)
    }

    /// The action in words.
    pub(crate) fn text(&self, locale: Locale) -> Cow<'static, str> {
        fill(self.kind.info().words, locale, &|name| match name {
            "where" => Some(self.place(locale)),
            "product" => self.product.map(|product| product.choice().label.in_locale(locale).into()),
            "count" => self.count.map(|count| count.to_string()),
            "amount" => Some(match (self.count, locale) {
                (None, _) => String::new(),
                (Some(count), Locale::ZhCn) => format!("（至少 {count} 张）"),
                (Some(count), Locale::En) => format!(", at least {count}"),
            }),
            "assumed" => Some(match (self.count, locale) {
                (None, _) => String::new(),
                (Some(count), Locale::ZhCn) => format!("（前提是买的凭证不少于 {count} 张）"),
                (Some(count), Locale::En) => {
                    format!(" (provided that the pack bought has at least {count})")
                }
            }),
            "purpose" => Some(
                match self.refund {
                    true => locale.choose("说明要退款", "say that you want a refund"),
                    false => locale.choose("说明您的情况", "describe your case"),
                }
                .into(),
            ),
            _ => None,
        })
    }

    /// Where it is done, in words.
    fn place(&self, locale: Locale) -> String {
        match (self.ledger, self.year, locale) {
            (Some(ledger), None, Locale::ZhCn) => format!("账套“{ledger}”"),
            (Some(ledger), None, Locale::En) => format!("the ledger “{ledger}”"),
            (Some(ledger), Some(year), Locale::ZhCn) => format!("账套“{ledger}”的 {year} 年度"),
            (Some(ledger), Some(year), Locale::En) => format!("the year {year} of the ledger “{ledger}”"),
            (None, Some(year), Locale::ZhCn) => format!("需要的账套的 {year} 年度"),
            (None, Some(year), Locale::En) => format!("the year {year} of the ledger that needs it"),
            (None, None, Locale::ZhCn) => "需要的账套和年度".into(),
            (None, None, Locale::En) => "the ledger and year that need it".into(),
        }
    }
}

impl Serialize for Action<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.kind.info().name)?;
        for (name, argument) in self.arguments() {
            map.serialize_entry(name, &argument)?;
        }
        map.end()
    }
}

/// What an action changes of the facts: in JSON the new values by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes<'a>(Vec<MaskedValue<'a>>);

impl<'a> Changes<'a> {
    /// The facts that are known after it and were not known, or otherwise, before it.
    pub(crate) fn between(before: &Facts<'a>, after: &Facts<'a>) -> Self {
        let mut changes = Vec::new();
        for fact in Fact::ALL.iter().copied() {
            if let Some(value) = after.get(fact)
                && before.get(fact) != Some(value)
            {
                changes.push(MaskedValue { fact, value });
            }
        }
        Self(changes)
    }
}

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|changed| (changed.fact.info().path, changed)))
    }
}
