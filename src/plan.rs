//! 解决办法: what could lift a refusal, and the smallest set of steps that does.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use crate::bilingual::{Bilingual, Locale, bilingual};
use crate::bits::Ones;
use crate::check::{Answer, Verdict, check};
use crate::facts::{Entry, Facts, Payment, Product, Status, Text};
use crate::rule::{Question, Severity};
use crate::terms::Terms;
use crate::text::{Words, fill};
use crate::write::{list, number, put, put_number};

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// 购买者: the buyer alone.
    Buyer,
    /// 客服: support, on the buyer's asking.
    Support,
}

/// What kind of argument an action has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentKind {
    /// A name of a ledger, left out where it is not known.
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
}

/// What the catalogue says of one action.
#[derive(Debug)]
pub struct ActionInfo {
    /// The name that programs see.
    pub name: &'static str,
    /// Who takes it.
    pub actor: Actor,
    /// Its arguments, by name.
    pub arguments: &'static [(&'static str, ArgumentKind)],
    words: Bilingual,
}

macro_rules! actions {
    ($( $(#[doc = $doc:literal])* $name:ident = $json:literal by $actor:ident ($($argument:ident: $kind:ident),*), $zh:literal, $en:literal; )*) => {
        $( $(#[doc = $doc])* pub const $name: ActionInfo = ActionInfo {
            name: $json,
            actor: Actor::$actor,
            arguments: &[$((stringify!($argument), ArgumentKind::$kind)),*],
            words: bilingual!($zh, $en),
        }; )*
        /// Every action that a plan can contain.
        pub const ACTIONS: &[&ActionInfo] = &[$(&$name),*];
    };
}

actions! {
    /// 切换账套和年度.
    SELECT_LEDGER_YEAR = "select_ledger_year" by Buyer (ledger: Ledger, year: Year),
        "在软件里进入{where}，再点“立即购买”。", "In the software open {where}, and click 立即购买 there.";
    /// 从软件内购买.
    OPEN_IN_APP = "open_in_app" by Buyer (),
        "从软件里下单：打开软件，进入需要的账套和年度，点“立即购买”。",
        "Order from inside the software: start it, open the ledger and year you need, and click 立即购买.";
    /// 换付款方式.
    PAY_WITH = "pay_with" by Buyer (payment: Payments),
        "付款时选微信支付或支付宝。", "Pay by WeChat Pay or Alipay.";
    /// 删除账套.
    DELETE_LEDGERS = "delete_ledgers" by Buyer (count: Count),
        "在云盘版里删除 {count} 个不再使用的账套。建议先备份，删除后可能无法恢复。",
        "Delete ledgers you no longer use from the Cloud edition; number to delete: {count}. We advise a backup first, as it may not be possible to undo this.";
    /// 按在用数量购买账套.
    ORDER_LEDGERS = "order_ledgers" by Buyer (count: Count),
        "把这一单的账套数量改为 {count} 个。", "Change the number of ledgers in this order to {count}.";
    /// 退掉原订单后按在用数量重新购买.
    REBUY_LEDGERS = "rebuy_ledgers" by Buyer (count: Count),
        "对原订单申请退款，再重新下单，账套数量选 {count} 个。",
        "Apply for a refund of the earlier order, then order anew; number of ledgers: {count}.";
    /// 购买.
    BUY = "buy" by Buyer (product: Product, ledger: Ledger, year: Year, count: OptionalCount),
        "在软件里进入{where}，点“立即购买”，选“{product}”{amount}，下单付款。",
        "In the software open {where}, click 立即购买, choose “{product}”{amount}, order and pay.";
    /// 付款后系统认证.
    CERTIFY = "certify" by Buyer (),
        "回到软件，点“立即购买”-“系统认证”，认证成功后生效。",
        "Go back to the software and run 立即购买-系统认证; once it succeeds, the purchase takes effect.";
    /// 用原账号.
    USE_ORIGINAL_ACCOUNT = "use_original_account" by Buyer (),
        "退出登录，换原来的账号登录再下单；登录不了的，请联系客服。",
        "Sign out, sign in with the original account and order there; if you cannot sign in to it, contact support.";
    /// 申请退款.
    APPLY_FOR_REFUND = "apply_for_refund" by Buyer (path: Path),
        "已经付款的，在“会员中心”-“我的订单”-“订单详情”里点“申请退款”。",
        "As you have paid already, click 申请退款 in 会员中心-我的订单-订单详情.";
    /// 联系客服.
    CONTACT_SUPPORT = "contact_support" by Support (),
        "联系客服，说明您的情况；已经下单的，请准备好订单号和购买软件的手机号。",
        "Contact support and describe your case; if there is an order, have its number ready, and the phone number the software was bought with.";
}

/// Where a refund is applied for (S-31), as the names to click.
pub const REFUND_PATH: &[&str] = &["会员中心", "我的订单", "订单详情", "申请退款"];

/// Ways to pay (S-41), any of which will do.
pub const PAYMENTS: &[&str] = &[Payment::Wechat.choice().name, Payment::Alipay.choice().name];

/// An argument of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Argument<'a> {
    /// A name.
    Text(&'a str),
    /// A number.
    Number(u32),
    /// Several names.
    Names(&'static [&'static str]),
}

/// An action with its arguments: `{ name, … }`.
#[derive(Debug, Clone, Copy)]
pub struct Action<'a> {
    /// What the catalogue says of it.
    pub info: &'static ActionInfo,
    product: Option<Product>,
    ledger: Option<&'a str>,
    year: Option<u32>,
    count: Option<u32>,
}

impl<'a> Action<'a> {
    const fn of(info: &'static ActionInfo) -> Self {
        Self { info, product: None, ledger: None, year: None, count: None }
    }

    const fn counting(info: &'static ActionInfo, count: u32) -> Self {
        Self { count: Some(count), ..Self::of(info) }
    }

    /// An action in the ledger and year where something is needed, as far as they are known.
    fn at_place(info: &'static ActionInfo, facts: &Facts<'a>) -> Self {
        let ledger = facts.need_ledger.or(facts.selected_ledger).map(Text::trimmed);
        Self { ledger, year: facts.need_year.or(facts.selected_year), ..Self::of(info) }
    }

    /// The arguments that are known, by name.
    pub fn arguments(&self) -> impl Iterator<Item = (&'static str, Argument<'a>)> {
        self.info.arguments.iter().filter_map(|(name, kind)| {
            let argument = match kind {
                ArgumentKind::Ledger => Argument::Text(self.ledger?),
                ArgumentKind::Year => Argument::Number(self.year?),
                ArgumentKind::Count | ArgumentKind::OptionalCount => Argument::Number(self.count?),
                ArgumentKind::Product => Argument::Text(self.product?.choice().name),
                ArgumentKind::Payments => Argument::Names(PAYMENTS),
                ArgumentKind::Path => Argument::Names(REFUND_PATH),
            };
            Some((*name, argument))
        })
    }

    /// Puts it into words.
    fn text(&self, locale: Locale) -> Words {
        fill(self.info.words, locale, &mut |text, name| {
            match (name, self.product, self.count) {
                ("where", ..) => self.put_place(text, locale),
                ("product", Some(product), _) => text.push_str(product.choice().label.of(locale)),
                ("count", _, Some(count)) => put_number(text, count),
                ("amount", _, Some(count)) => {
                    text.push_str(locale.of("（至少 ", " (at least "));
                    put_number(text, count);
                    text.push_str(locale.of(" 张）", ")"));
                }
                ("amount", _, None) => {}
                _ => return false,
            }
            true
        })
    }

    fn put_place(&self, text: &mut String, locale: Locale) {
        match (self.ledger, self.year, locale) {
            (Some(ledger), None, Locale::ZhCn) => put(text, &["账套“", ledger, "”"]),
            (Some(ledger), None, Locale::En) => put(text, &["the ledger “", ledger, "”"]),
            (Some(ledger), Some(year), Locale::ZhCn) => {
                put(text, &["账套“", ledger, "”的 ", &number(year), " 年度"]);
            }
            (Some(ledger), Some(year), Locale::En) => {
                put(text, &["the year ", &number(year), " of the ledger “", ledger, "”"]);
            }
            (None, Some(year), Locale::ZhCn) => put(text, &["需要的账套的 ", &number(year), " 年度"]),
            (None, Some(year), Locale::En) => {
                put(text, &["the year ", &number(year), " of the ledger that needs it"]);
            }
            (None, None, Locale::ZhCn) => text.push_str("需要的账套和年度"),
            (None, None, Locale::En) => text.push_str("the ledger and year that need it"),
        }
    }
}

impl Serialize for Action<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.info.name)?;
        for (name, argument) in self.arguments() {
            map.serialize_entry(name, &argument)?;
        }
        map.end()
    }
}

/// One step of a plan, in words and for programs.
#[derive(Debug, Serialize)]
pub struct PlannedStep<'a> {
    /// Who takes it.
    pub actor: Actor,
    /// What is done.
    pub action: Action<'a>,
    /// The same in words.
    pub text: Words,
}

/// A way out: what is done, and the answer that it was seen to lead to.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// The actions, in the order in which they are taken; none where none is needed.
    pub actions: Vec<Action<'a>>,
    /// The answer once they are taken.
    pub leads_to: Option<Answer>,
    locale: Locale,
}

impl<'a> Plan<'a> {
    /// The steps, one for each action.
    pub fn steps(&self) -> impl Iterator<Item = PlannedStep<'a>> {
        self.actions.iter().map(|action| PlannedStep {
            actor: action.info.actor,
            action: *action,
            text: action.text(self.locale),
        })
    }
}

/// `{ steps, leadsTo }`.
impl Serialize for Plan<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut plan = serializer.serialize_struct("Plan", 2)?;
        plan.serialize_field("steps", &Steps(self))?;
        plan.serialize_field("leadsTo", &self.leads_to)?;
        plan.end()
    }
}

struct Steps<'a>(&'a Plan<'a>);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.0.steps())
    }
}

/// Declares the steps, each with what it is in Chinese and in English.
macro_rules! steps {
    ($( #[doc = $zh:literal] #[doc = $en:literal] $name:ident; )*) => {
        /// 办法: what a rule names as able to lift it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step { $( #[doc = $zh] #[doc = $en] $name, )* }

        impl Step {
            /// Every step, in the order in which they are taken.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            // For the catalogue, so that no page has to load it.
            /// The name, and what it is in Chinese and in English.
            pub const fn doc(self) -> (&'static str, &'static str, &'static str) {
                match self { $(Self::$name => (stringify!($name), $zh.trim_ascii(), $en.trim_ascii()),)* }
            }
        }
    };
}

steps! {
    /// 从软件里购买（S-41）。
    /// Buy from inside the software (S-41).
    OpenInApp;
    /// 到需要的账套和年度里点购买（S-13、S-14）。
    /// Start the purchase in the ledger and year that need it (S-13, S-14).
    SelectLedgerYear;
    /// 用微信支付或支付宝付款（S-41）。
    /// Pay by WeChat or Alipay (S-41).
    PayWith;
    /// 换成原来的会员账号（S-38）。
    /// Sign in with the original account (S-38).
    UseOriginalAccount;
    /// 删除账套，直到这一单够用（S-27）。
    /// Delete ledgers until the order is enough (S-27).
    DeleteDownToOrdered;
    /// 按在用的账套数量下单（S-28）。
    /// Order as many ledgers as are in use (S-28).
    OrderAsManyAsUsed;
    /// 删除账套，直到已购买的够用（S-29）。
    /// Delete ledgers until those bought are enough (S-29).
    DeleteDownToBought;
    /// 退掉订单，按在用的账套数量重新购买（S-28）。
    /// Have the order refunded and buy as many as are in use (S-28).
    BuyAsManyAsUsed;
    /// 给已付款的做系统认证（S-20）。
    /// Certify what is already paid for (S-20).
    Certify;
    /// 购买“开通账套”，再做系统认证（S-14、S-20）。
    /// Buy the opening of the ledger, and certify (S-14, S-20).
    BuyLedger;
    /// 购买这项功能，再做系统认证（S-19、S-20）。
    /// Buy the feature, and certify (S-19, S-20).
    BuyFeature;
    /// 购买凭证，再做系统认证（S-18、S-20）。
    /// Buy vouchers, and certify (S-18, S-20).
    BuyVouchers;
    /// 联系客服：购买者自己解除不了。
    /// Ask support: nothing the buyer can do lifts it.
    ContactSupport;
}

impl Step {
    /// Takes the step: changes the facts, and adds the actions it consists of; `None` where what is known is not
    /// enough to take it.
    fn take<'a>(self, facts: &mut Facts<'a>, terms: &Terms, actions: &mut Vec<Action<'a>>) -> Option<()> {
        let action = match self {
            Self::SelectLedgerYear => {
                facts.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
                facts.selected_year = facts.need_year.or(facts.selected_year);
                Action::at_place(&SELECT_LEDGER_YEAR, facts)
            }
            Self::OpenInApp => {
                facts.entry = Some(Entry::InApp);
                Action::of(&OPEN_IN_APP)
            }
            Self::PayWith => {
                facts.payment = Some(Payment::Wechat);
                Action::of(&PAY_WITH)
            }
            Self::UseOriginalAccount => {
                facts.member_replaces_old = Some(false);
                Action::of(&USE_ORIGINAL_ACCOUNT)
            }
            Self::DeleteDownToOrdered => delete_down_to(facts.cloud_ordered, facts)?,
            Self::DeleteDownToBought => delete_down_to(facts.cloud_bought, facts)?,
            Self::OrderAsManyAsUsed => {
                facts.cloud_ordered = facts.cloud_used;
                Action::counting(&ORDER_LEDGERS, facts.cloud_used?)
            }
            Self::BuyAsManyAsUsed => {
                facts.cloud_bought = facts.cloud_used;
                Action::counting(&REBUY_LEDGERS, facts.cloud_used?)
            }
            Self::Certify => {
                if facts.order_status != Some(Status::Paid) || facts.order_certified != Some(false) {
                    return None;
                }
                let paid_for = match facts.action? {
                    crate::facts::Action::CloseBooks => Product::Ledger,
                    _ => facts.product?,
                };
                certify(facts, Some(paid_for))
            }
            Self::BuyLedger => buy(facts, Product::Ledger, actions),
            Self::BuyFeature => buy(facts, facts.product?, actions),
            Self::BuyVouchers => {
                let quota = terms.voucher_quota.claimed.saturating_add(facts.vouchers_bought?);
                let needed = facts.vouchers_saved?.saturating_add(1).saturating_sub(quota);
                facts.vouchers_bought = facts.vouchers_bought.map(|bought| bought.saturating_add(needed));
                let pack = Action::at_place(&BUY, facts);
                actions.push(Action { product: Some(Product::VoucherPack), count: Some(needed), ..pack });
                certify(facts, None)
            }
            Self::ContactSupport => return None,
        };
        actions.push(action);
        Some(())
    }
}

/// Deletes the ledgers that are more than enough; `None` where there are none.
fn delete_down_to<'a>(enough: Option<u32>, facts: &mut Facts<'_>) -> Option<Action<'a>> {
    let surplus = facts.cloud_used?.checked_sub(enough?).filter(|surplus| *surplus > 0)?;
    facts.cloud_used = enough;
    Some(Action::counting(&DELETE_LEDGERS, surplus))
}

fn certify<'a>(facts: &mut Facts<'_>, opens: Option<Product>) -> Action<'a> {
    facts.order_status = Some(Status::Paid);
    facts.order_certified = Some(true);
    if let Some(product) = opens {
        facts.opened = Some(facts.opened.unwrap_or_default().with(product));
    }
    Action::of(&CERTIFY)
}

/// Buys what opens once it is certified.
fn buy<'a>(facts: &mut Facts<'a>, product: Product, actions: &mut Vec<Action<'a>>) -> Action<'a> {
    actions.push(Action { product: Some(product), ..Action::at_place(&BUY, facts) });
    certify(facts, Some(product))
}

/// The ways out of a refusal: the smallest first, then others of the same size; at least one.
///
/// A refusal that nothing can lift ends with support, and with the refund if the order is already paid.
pub fn plans<'a>(
    question: Question,
    facts: &Facts<'a>,
    terms: &Terms,
    answer: &Answer,
    locale: Locale,
) -> Vec<Plan<'a>> {
    let mut found: Vec<Plan<'a>> = Vec::new();
    if !is_refused(answer) {
        found.push(Plan::default());
        return found;
    }
    let candidates =
        answer.fired.iter().flat_map(|rule| rule.steps).fold(0_u64, |all, step| all | 1 << *step as u8);
    let (mut actions, mut best) = (Vec::new(), (true, usize::MAX));
    let mut chosen = 0_u64;
    loop {
        // The next choice among the candidates, as counting goes.
        chosen = chosen.wrapping_sub(candidates) & candidates;
        if chosen == 0 {
            break;
        }
        let Some(after) = attempt(question, facts, terms, chosen, &mut actions) else { continue };
        let rank = (!matches!(after.verdict, Verdict::Allow | Verdict::Warn), actions.len());
        if rank > best {
            continue;
        }
        if rank < best {
            found.clear();
            best = rank;
        }
        found.push(Plan { actions: actions.clone(), leads_to: Some(after), locale });
    }
    if found.is_empty() {
        found.push(give_up(facts, terms, answer, locale));
    }
    found
}

const fn is_refused(answer: &Answer) -> bool {
    matches!(answer.verdict, Verdict::Refer | Verdict::Block)
}

/// Takes the steps one after the other and asks again; `None` where one cannot be taken, or a refusal stays.
fn attempt<'a>(
    question: Question,
    facts: &Facts<'a>,
    terms: &Terms,
    chosen: u64,
    actions: &mut Vec<Action<'a>>,
) -> Option<Answer> {
    let mut facts = *facts;
    actions.clear();
    for place in Ones(chosen) {
        Step::ALL.get(place)?.take(&mut facts, terms, actions)?;
    }
    let after = check(question, &facts, terms);
    (after.fired.severity() < Some(Severity::Refer)).then_some(after)
}

fn give_up<'a>(facts: &Facts<'a>, terms: &Terms, answer: &Answer, locale: Locale) -> Plan<'a> {
    let refund = check(Question::Refund, facts, terms).verdict;
    let mut actions = Vec::new();
    if matches!(refund, Verdict::Allow | Verdict::Warn) {
        actions.push(Action::of(&APPLY_FOR_REFUND));
    }
    actions.push(Action::of(&CONTACT_SUPPORT));
    Plan { actions, leads_to: Some(*answer), locale }
}
