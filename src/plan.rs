//! 解决办法: what could lift a refusal, and the smallest set of steps that does.

use core::cmp::Ordering;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::bilingual::{Bilingual, Locale, bilingual};
use crate::bits::Ones;
use crate::check::{Answer, Verdict, check};
use crate::facts::{Entry, Facts, Payment, Product, Status};
use crate::rule::{Question, Severity};
use crate::terms::Terms;
use crate::text::fill;
use crate::write::{cat, join, number};

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
        "Delete {count} ledger(s) you no longer use from the Cloud edition. We advise a backup first, as it may not be possible to undo this.";
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
        "Contact support and describe your case; if there is an order, have its number and the phone number the software was bought with ready.";
}

/// Where a refund is applied for (S-31), as the names to click.
pub const REFUND_PATH: &[&str] = &["会员中心", "我的订单", "订单详情", "申请退款"];

/// An argument of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Argument {
    /// A name.
    Text(String),
    /// A number.
    Number(u32),
    /// Several names.
    Names(Vec<&'static str>),
}

/// An action with its arguments: `{ name, … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The name.
    pub name: &'static str,
    /// The arguments that are known.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name)?;
        for (name, argument) in &self.arguments {
            map.serialize_entry(name, argument)?;
        }
        map.end()
    }
}

/// One step of a plan, in words and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedStep {
    /// Who takes it.
    pub actor: Actor,
    /// What is done.
    pub action: Action,
    /// The same in words.
    pub text: String,
}

/// A way out: steps, and the answer that they were seen to lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The steps, in the order in which they are taken; empty where none is needed.
    pub steps: Vec<PlannedStep>,
    /// The answer once they are taken.
    pub leads_to: Option<Answer>,
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

/// What a step does: the facts once it is taken, and the actions it consists of.
struct Effect<'a> {
    facts: Facts<'a>,
    actions: Vec<(&'static ActionInfo, Vec<(&'static str, Argument)>)>,
}

impl Step {
    /// What the step does to the facts; `None` where what is known is not enough to take it.
    fn effect<'a>(self, facts: &Facts<'a>, terms: &Terms) -> Option<Effect<'a>> {
        let mut after = *facts;
        let only =
            |after, action, arguments| Some(Effect { facts: after, actions: vec![(action, arguments)] });
        match self {
            Self::SelectLedgerYear => {
                after.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
                after.selected_year = facts.need_year.or(facts.selected_year);
                only(after, &SELECT_LEDGER_YEAR, place(&after))
            }
            Self::OpenInApp => {
                after.entry = Some(Entry::InApp);
                only(after, &OPEN_IN_APP, Vec::new())
            }
            Self::PayWith => {
                after.payment = Some(Payment::Wechat);
                let ways = [Payment::Wechat, Payment::Alipay].map(|way| way.choice().name);
                only(after, &PAY_WITH, vec![("payment", Argument::Names(ways.into()))])
            }
            Self::UseOriginalAccount => {
                after.member_replaces_old = Some(false);
                only(after, &USE_ORIGINAL_ACCOUNT, Vec::new())
            }
            Self::DeleteDownToOrdered => {
                let surplus = surplus(facts.cloud_used, facts.cloud_ordered)?;
                after.cloud_used = facts.cloud_ordered;
                only(after, &DELETE_LEDGERS, count(surplus))
            }
            Self::OrderAsManyAsUsed => {
                after.cloud_ordered = facts.cloud_used;
                only(after, &ORDER_LEDGERS, count(facts.cloud_used?))
            }
            Self::DeleteDownToBought => {
                let surplus = surplus(facts.cloud_used, facts.cloud_bought)?;
                after.cloud_used = facts.cloud_bought;
                only(after, &DELETE_LEDGERS, count(surplus))
            }
            Self::BuyAsManyAsUsed => {
                after.cloud_bought = facts.cloud_used;
                only(after, &REBUY_LEDGERS, count(facts.cloud_used?))
            }
            Self::Certify => {
                if facts.order_status != Some(Status::Paid) || facts.order_certified != Some(false) {
                    return None;
                }
                let paid_for = match facts.action? {
                    crate::facts::Action::CloseBooks => Product::Ledger,
                    _ => facts.product?,
                };
                certify(&mut after, Some(paid_for));
                only(after, &CERTIFY, Vec::new())
            }
            Self::BuyLedger => Some(buy(after, Product::Ledger, None)),
            Self::BuyFeature => Some(buy(after, facts.product?, None)),
            Self::BuyVouchers => {
                let quota = terms.voucher_quota.claimed.saturating_add(facts.vouchers_bought?);
                let needed = facts.vouchers_saved?.saturating_add(1).saturating_sub(quota);
                after.vouchers_bought = facts.vouchers_bought.map(|bought| bought.saturating_add(needed));
                Some(buy(after, Product::VoucherPack, Some(needed)))
            }
            Self::ContactSupport => None,
        }
    }
}

fn surplus(used: Option<u32>, enough: Option<u32>) -> Option<u32> {
    used?.checked_sub(enough?).filter(|surplus| *surplus > 0)
}

fn count(count: u32) -> Vec<(&'static str, Argument)> {
    vec![("count", Argument::Number(count))]
}

/// The ledger and year where something is needed, as far as they are known.
fn place(facts: &Facts<'_>) -> Vec<(&'static str, Argument)> {
    let ledger = facts.need_ledger.or(facts.selected_ledger);
    let year = facts.need_year.or(facts.selected_year);
    let ledger = ledger.map(|ledger| ("ledger", Argument::Text(ledger.trimmed().into())));
    let year = year.map(|year| ("year", Argument::Number(year)));
    ledger.into_iter().chain(year).collect()
}

fn certify(facts: &mut Facts<'_>, opens: Option<Product>) {
    facts.order_status = Some(Status::Paid);
    facts.order_certified = Some(true);
    if let Some(product) = opens {
        facts.opened = Some(facts.opened.unwrap_or_default().with(product));
    }
}

fn buy<'a>(mut facts: Facts<'a>, product: Product, vouchers: Option<u32>) -> Effect<'a> {
    let mut arguments = vec![("product", Argument::Text(product.choice().name.into()))];
    arguments.extend(place(&facts));
    arguments.extend(vouchers.map(|count| ("count", Argument::Number(count))));
    certify(&mut facts, (product != Product::VoucherPack).then_some(product));
    Effect { facts, actions: vec![(&BUY, arguments), (&CERTIFY, Vec::new())] }
}

/// The ways out of a refusal: the smallest first, then others of the same size; at least one.
///
/// A refusal that nothing can lift ends with support, and with the refund if the order is already paid.
pub fn plans(
    question: Question,
    facts: &Facts<'_>,
    terms: &Terms,
    answer: &Answer,
    locale: Locale,
) -> Vec<Plan> {
    if !matches!(answer.verdict, Verdict::Refer | Verdict::Block) {
        return vec![Plan::default()];
    }
    let named = |step: &&Step| answer.fired.iter().any(|rule| rule.steps.contains(step));
    let candidates: Vec<Step> = Step::ALL.iter().filter(named).copied().collect();

    let rank = |plan: &Plan| {
        let lifted =
            matches!(plan.leads_to, Some(answer) if matches!(answer.verdict, Verdict::Allow | Verdict::Warn));
        (!lifted, plan.steps.len())
    };
    let mut found: Vec<Plan> = Vec::new();
    for chosen in 1_u32..1_u32.checked_shl(candidates.len() as u32).unwrap_or(0) {
        let steps = Ones(chosen.into()).filter_map(|place| candidates.get(place).copied());
        let Some(plan) = attempt(question, facts, terms, steps, locale) else { continue };
        match found.first().map(|best| rank(&plan).cmp(&rank(best))) {
            Some(Ordering::Greater) => continue,
            Some(Ordering::Less) => found.clear(),
            Some(Ordering::Equal) | None => {}
        }
        found.push(plan);
    }
    if found.is_empty() {
        found.push(give_up(facts, terms, answer, locale));
    }
    found
}

/// Takes the steps one after the other and asks again; `None` where one cannot be taken, or a refusal stays.
fn attempt(
    question: Question,
    facts: &Facts<'_>,
    terms: &Terms,
    steps: impl Iterator<Item = Step>,
    locale: Locale,
) -> Option<Plan> {
    let mut facts = *facts;
    let mut actions = Vec::new();
    for step in steps {
        let effect = step.effect(&facts, terms)?;
        facts = effect.facts;
        actions.extend(effect.actions);
    }
    let after = check(question, &facts, terms);
    if after.fired.severity() >= Some(Severity::Refer) {
        return None;
    }
    let steps = actions.into_iter().map(|(action, arguments)| say(action, arguments, locale)).collect();
    Some(Plan { steps, leads_to: Some(after) })
}

fn give_up(facts: &Facts<'_>, terms: &Terms, answer: &Answer, locale: Locale) -> Plan {
    let refund = check(Question::Refund, facts, terms).verdict;
    let mut steps = Vec::new();
    if matches!(refund, Verdict::Allow | Verdict::Warn) {
        let path = Argument::Names(REFUND_PATH.into());
        steps.push(say(&APPLY_FOR_REFUND, vec![("path", path)], locale));
    }
    steps.push(say(&CONTACT_SUPPORT, Vec::new(), locale));
    Plan { steps, leads_to: Some(*answer) }
}

/// Puts an action into words.
fn say(info: &'static ActionInfo, arguments: Vec<(&'static str, Argument)>, locale: Locale) -> PlannedStep {
    let argument = |name: &str| arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    let shown = |name: &str| match argument(name)? {
        Argument::Text(text) => Some(text.clone()),
        Argument::Number(count) => Some(number(*count)),
        Argument::Names(names) => Some(join(&mut names.iter().copied(), locale.of("、", ", "))),
    };
    let text = fill(info.words.of(locale), |name| match name {
        "where" => Some(match (shown("ledger"), shown("year"), locale) {
            (Some(ledger), Some(year), Locale::ZhCn) => cat(&["账套“", &ledger, "”的 ", &year, " 年度"]),
            (Some(ledger), Some(year), Locale::En) => {
                cat(&["the year ", &year, " of the ledger “", &ledger, "”"])
            }
            (Some(ledger), None, Locale::ZhCn) => cat(&["账套“", &ledger, "”"]),
            (Some(ledger), None, Locale::En) => cat(&["the ledger “", &ledger, "”"]),
            (None, Some(year), Locale::ZhCn) => cat(&["需要的账套的 ", &year, " 年度"]),
            (None, Some(year), Locale::En) => cat(&["the year ", &year, " of the ledger that needs it"]),
            (None, None, Locale::ZhCn) => "需要的账套和年度".into(),
            (None, None, Locale::En) => "the ledger and year that need it".into(),
        }),
        "amount" => Some(match (shown("count"), locale) {
            (Some(count), Locale::ZhCn) => cat(&["（至少 ", &count, " 张）"]),
            (Some(count), Locale::En) => cat(&[" (at least ", &count, ")"]),
            (None, _) => String::new(),
        }),
        "product" => match argument(name)? {
            Argument::Text(product) => {
                let choice = Product::CHOICES.iter().find(|choice| choice.name == product)?;
                Some(choice.label.of(locale).into())
            }
            _ => None,
        },
        _ => shown(name),
    });
    PlannedStep { actor: info.actor, action: Action { name: info.name, arguments }, text }
}
