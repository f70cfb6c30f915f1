//! 证明: what the contract promises, checked for every combination of facts.
//!
//! The facts are finite once each number stands for its interesting values, so a promise is not
//! tested but walked through: [`prove`] tries each theorem on all representative facts (`world` says
//! how, and how what is too large is factored). Every theorem is a claim that could fail: the tests
//! at the end put a bug into each part of the engine and see the theorem turn red.

use std::time::{Duration, Instant};

use crate::bilingual::Locale;
use crate::check::{Answer, RuleSet, Verdict, answer_by, evaluate, lacking, verdict};
use crate::conditions::{Literal, State, Values};
use crate::explain::stable_until;
use crate::facts::{Action, Edition, Entry, Fact, FactSet, Facts, Payment, Product, Reason, Status};
use crate::plan::{self, Argument, Plan, plans};
use crate::rule::{Question, Rule, Severity};
use crate::rules::RULES;
use crate::terms::Terms;
use crate::time::Time;
use crate::value::Value;

mod diff;
mod world;

pub use diff::{Region, diff};
use world::{Evaluate, Walk, World, facts_of, window_end, words};

/// 结果: how one theorem came out.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub theorem: &'static str,
    /// What it claims.
    pub claim: &'static str,
    /// How many cases were tried.
    pub cases: u64,
    /// How long that took.
    pub time: Duration,
    /// The smallest case against it, in words; `None` where there is none.
    pub witness: Option<String>,
}

/// Tries every theorem, telling each outcome as it comes; whether all hold.
pub fn prove(terms: &Terms, report: &mut dyn FnMut(&Outcome)) -> bool {
    let subject = Subject::real(terms);
    let mut all = true;
    for theorem in THEOREMS {
        let outcome = theorem.try_on(&subject);
        all &= outcome.witness.is_none();
        report(&outcome);
    }
    all
}

/// What is proved: the parts of the engine, each of which a test can replace by one with a bug.
struct Subject {
    rules: &'static [&'static Rule],
    terms: Terms,
    world: World,
    evaluate: Evaluate,
    verdict: fn(Option<Severity>, Option<Severity>) -> Verdict,
    lacking: fn(&Rule, Question, Values) -> FactSet,
    plans: for<'a> fn(Question, &Facts<'a>, &Terms, &Answer, Locale) -> Vec<Plan<'a>>,
    stable_until: fn(Question, &Facts<'_>, &Terms, &Answer) -> Option<Time>,
}

impl Subject {
    fn real(terms: &Terms) -> Self {
        Self {
            rules: RULES,
            terms: terms.clone(),
            world: World::of(terms),
            evaluate,
            verdict,
            lacking,
            plans,
            stable_until,
        }
    }

    fn walk(&self, question: Question, complete: bool) -> Walk<'_> {
        Walk::new(&self.world, question, self.rules, &[&self.terms], self.evaluate, complete).merged()
    }

    /// Each rule with each question that asks it.
    fn asked(&self) -> impl Iterator<Item = (&'static Rule, Question)> {
        self.rules.iter().flat_map(|rule| rule.asked.iter().map(|asked| (*rule, asked.question)))
    }

    /// The answer by the rules that are proved.
    fn ask(&self, question: Question, facts: &Facts<'_>) -> Answer {
        answer_by(self.rules, question, (self.evaluate)(question, facts, &self.terms))
    }

    /// What becomes of a rule.
    fn state(&self, rule: &Rule, question: Question, facts: &Facts<'_>) -> State {
        rule.state(question, (self.evaluate)(question, facts, &self.terms)).unwrap_or(State::Out)
    }
}

struct Theorem {
    name: &'static str,
    claim: &'static str,
    search: fn(&Subject, &mut Search),
}

const THEOREMS: &[Theorem] = &[
    Theorem { name: "total", claim: "refund and page answer every complete set of facts", search: total },
    Theorem {
        name: "alive",
        claim: "every rule fires somewhere, and decides a verdict unless it is listed as telling more",
        search: alive,
    },
    Theorem {
        name: "relevant",
        claim: "every condition of a rule alone puts it out somewhere, and every fact alone decides a condition",
        search: relevant,
    },
    Theorem {
        name: "sound",
        claim: "a definite verdict never becomes refer or block by learning more",
        search: sound,
    },
    Theorem {
        name: "missing",
        claim: "missing names exactly the facts that keep rules open",
        search: missing,
    },
    Theorem {
        name: "way out",
        claim: "every refusal has a plan or a contact, plans lead where they say, and no step makes things worse",
        search: way_out,
    },
    Theorem {
        name: "honoured",
        claim: "what purchase lets through, entitlement honours; what was bought in the wrong place can be refunded",
        search: honoured,
    },
    Theorem {
        name: "time",
        claim: "until the instant told the answer stays, and at it the answer changes",
        search: time,
    },
];

impl Theorem {
    fn try_on(&self, subject: &Subject) -> Outcome {
        let (start, mut search) = (Instant::now(), Search::default());
        (self.search)(subject, &mut search);
        Outcome {
            theorem: self.name,
            claim: self.claim,
            cases: search.cases,
            time: start.elapsed(),
            witness: search.witness.map(|(_, words)| words),
        }
    }
}

/// Counts the cases tried, and keeps the smallest one against the theorem.
#[derive(Default)]
struct Search {
    cases: u64,
    witness: Option<(u32, String)>,
}

impl Search {
    /// One case: `holds`, or else the facts and what is wrong with them.
    fn case(&mut self, holds: bool, question: Question, facts: &Facts<'_>, wrong: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        let size = facts.known().iter().count() as u32;
        if !holds && self.witness.as_ref().is_none_or(|(smallest, _)| size < *smallest) {
            self.witness = Some((size, format!("{} with {}: {}", question.name(), words(facts), wrong())));
        }
    }

    /// One claim about the rules as a whole.
    fn claim(&mut self, holds: bool, wrong: impl FnOnce() -> String) {
        self.cases = self.cases.saturating_add(1);
        if !holds && self.witness.is_none() {
            self.witness = Some((0, wrong()));
        }
    }
}

fn total(subject: &Subject, search: &mut Search) {
    for question in [Question::Refund, Question::Page] {
        subject.walk(question, true).each(&mut |facts, answer| {
            let answered = answer.verdict != Verdict::Unknown;
            search.case(answered, question, facts, || "no rule answers".into());
        });
    }
}

/// Rules that never decide a verdict, and why they are told all the same.
const TELLING_MORE: &[(&str, &str)] = &[
    ("CERTIFICATION_PENDING", "what is not open is refused anyway; this says that certifying opens it"),
    ("PURCHASE_PHONE_NEEDED", "support refunds anyway; this says what to have ready"),
];

fn alive(subject: &Subject, search: &mut Search) {
    let (mut fired, mut decided) = (Vec::new(), Vec::new());
    for question in Question::ALL.iter().copied() {
        let default = question.default_severity();
        subject.walk(question, true).each(&mut |facts, answer| {
            let rules: Vec<_> = answer.fired.among(subject.rules).collect();
            for rule in &rules {
                note(&mut fired, (question as u8, rule.code));
            }
            if let Some(first) = rules.first()
                && Some(first.severity) > default
                && rules.get(1).is_none_or(|second| second.severity < first.severity)
            {
                note(&mut decided, (question as u8, first.code));
            }
            search.case(true, question, facts, String::new);
        });
    }
    for (rule, question) in subject.asked() {
        let key = (question as u8, rule.code);
        search.claim(fired.contains(&key), || format!("{} never fires for {}", rule.code, question.name()));
        let listed = TELLING_MORE.iter().any(|(code, _)| *code == rule.code);
        search.claim(decided.contains(&key) != listed, || {
            let does = if listed {
                "decides a verdict, though it is listed as telling more"
            } else {
                "never decides a verdict"
            };
            format!("{} {does} for {}", rule.code, question.name())
        });
    }
}

fn note<T: PartialEq>(seen: &mut Vec<T>, item: T) {
    if !seen.contains(&item) {
        seen.push(item);
    }
}

/// Facts that no rule reads, and what they are for.
const FOR_NOTES: &[(Fact, &str)] = &[(Fact::order_applied_at, "the day by which a refund is reviewed")];

fn relevant(subject: &Subject, search: &mut Search) {
    let mut read = FactSet::default();
    for (rule, question) in subject.asked() {
        let literals: Vec<Literal> = rule.literals(question).collect();
        let all = subject.world.combinations(facts_of(rule, question), true);
        let alone = |literal: &Literal| {
            all.iter().any(|facts| {
                let values = (subject.evaluate)(question, facts, &subject.terms);
                literals.iter().all(|other| values.meets(*other) == Some(other != literal))
            })
        };
        for literal in &literals {
            let name = literal.condition.info().name;
            read = read.or(literal.condition.reads());
            search.claim(alone(literal), || {
                format!("{name} alone never puts {} out for {}", rule.code, question.name())
            });
            for fact in literal.condition.reads().iter() {
                let value = |facts: &Facts<'_>| {
                    (subject.evaluate)(question, facts, &subject.terms).get(literal.condition)
                };
                let decides =
                    subject.world.combinations(literal.condition.reads(), true).iter().any(|facts| {
                        subject.world.values(fact).iter().any(|other| {
                            let mut changed = *facts;
                            changed.learn(fact, other);
                            value(&changed) != value(facts)
                        })
                    });
                search.claim(decides, || format!("{} never decides {name}", fact.info().path));
            }
        }
    }
    for fact in Fact::ALL.iter().copied() {
        let listed = FOR_NOTES.iter().any(|(noted, _)| *noted == fact);
        search.claim(read.contains(fact) != listed, || {
            let does = if listed {
                "is read by a rule, though it is listed as for notes"
            } else {
                "is read by no rule"
            };
            format!("{} {does}", fact.info().path)
        });
    }
}

/// In two halves. A rule that fired or is out stays so whatever is learnt; and however severities go on from
/// a definite verdict, under that rule, they never come to a refusal that was not there.
fn sound(subject: &Subject, search: &mut Search) {
    for (rule, question) in subject.asked() {
        let reads = facts_of(rule, question);
        for facts in subject.world.combinations(reads, false) {
            let state = subject.state(rule, question, &facts);
            if state == State::Open {
                continue;
            }
            for fact in reads.without(facts.known()).iter() {
                for value in subject.world.values(fact) {
                    let mut more = facts;
                    more.learn(fact, value);
                    let later = subject.state(rule, question, &more);
                    search.case(later == state, question, &facts, || {
                        format!(
                            "{} is {state:?}, but {later:?} once {} is known",
                            rule.code,
                            fact.info().path
                        )
                    });
                }
            }
        }
    }
    let severities: Vec<_> =
        Severity::DESCENDING.iter().rev().map(|severity| Some(*severity)).chain([None]).collect();
    for (reached, possible) in
        severities.iter().flat_map(|one| severities.iter().map(move |other| (*one, *other)))
    {
        let now = (subject.verdict)(reached, possible);
        for (fires, still) in
            severities.iter().flat_map(|one| severities.iter().map(move |other| (*one, *other)))
        {
            let follows = fires <= possible && still <= possible;
            let later = (subject.verdict)(reached.max(fires), still);
            let worse = matches!(later, Verdict::Refer | Verdict::Block | Verdict::Unknown) && later != now;
            search.claim(now == Verdict::Unknown || !follows || !worse, || {
                format!("{now:?}, from {reached:?} with {possible:?} still possible, becomes {later:?}")
            });
        }
    }
}

/// For every rule that is open: a fact not named changes nothing about it, whatever its value; of a fact
/// that is named, some value settles the rule, or the rule stays open without it once all others are known.
fn missing(subject: &Subject, search: &mut Search) {
    for (rule, question) in subject.asked() {
        let reads = facts_of(rule, question);
        for facts in subject.world.combinations(reads, false) {
            let values = (subject.evaluate)(question, &facts, &subject.terms);
            if rule.state(question, values) != Some(State::Open) {
                continue;
            }
            let named = (subject.lacking)(rule, question, values);
            let unknown = reads.without(facts.known());
            for fact in unknown.iter() {
                let others = unknown.without(FactSet::of(fact));
                let right = if named.contains(fact) {
                    subject.world.values(fact).iter().any(|value| {
                        let mut more = facts;
                        more.learn(fact, value);
                        subject.state(rule, question, &more) != State::Open
                    }) || subject.world.combinations(others, true).iter().any(|completion| {
                        let mut more = facts;
                        others.iter().for_each(|other| more.copy(other, completion));
                        subject.state(rule, question, &more) == State::Open
                    })
                } else {
                    subject.world.values(fact).iter().all(|value| {
                        let mut more = facts;
                        more.learn(fact, value);
                        let values = (subject.evaluate)(question, &more, &subject.terms);
                        rule.state(question, values) == Some(State::Open)
                            && (subject.lacking)(rule, question, values) == named
                    })
                };
                search.case(right, question, &facts, || {
                    let does = if named.contains(fact) {
                        "is named and keeps nothing open"
                    } else {
                        "is not named and matters"
                    };
                    format!("{} {does} for {}", fact.info().path, rule.code)
                });
            }
        }
    }
}

fn way_out(subject: &Subject, search: &mut Search) {
    for question in Question::ALL.iter().copied() {
        // Rules that only warn have no part in a refusal; without them the walk is short.
        let refusing: Vec<_> =
            subject.rules.iter().copied().filter(|rule| rule.severity >= Severity::Refer).collect();
        let refusing: &'static [&'static Rule] = Vec::leak(refusing);
        let walk = Walk::new(&subject.world, question, refusing, &[&subject.terms], subject.evaluate, false)
            .merged();
        walk.each(&mut |facts, refusal| {
            if refusal.fired == RuleSet::default() {
                return;
            }
            let answer = subject.ask(question, facts);
            if !matches!(answer.verdict, Verdict::Refer | Verdict::Block) {
                return;
            }
            let plans = (subject.plans)(question, facts, &subject.terms, &answer, Locale::En);
            search.case(!plans.is_empty(), question, facts, || "there is no plan".into());
            for plan in &plans {
                let wrong = misleading(subject, question, facts, &answer, plan);
                search.case(wrong.is_none(), question, facts, || wrong.unwrap_or_default());
            }
        });
    }
}

/// What is wrong with a plan, if anything: its actions are carried out as a program would, by their
/// names and arguments, and the question is asked again after each.
fn misleading(
    subject: &Subject,
    question: Question,
    facts: &Facts<'_>,
    answer: &Answer,
    plan: &Plan<'_>,
) -> Option<String> {
    let last = plan.actions.last()?;
    if last.info.name == plan::CONTACT_SUPPORT.name {
        let refund = subject.ask(Question::Refund, facts).verdict;
        let refundable = matches!(refund, Verdict::Allow | Verdict::Warn);
        let names: Vec<_> = plan.actions.iter().map(|action| action.info.name).collect();
        let expected: &[_] = if refundable {
            &[plan::APPLY_FOR_REFUND.name, plan::CONTACT_SUPPORT.name]
        } else {
            &[plan::CONTACT_SUPPORT.name]
        };
        let honest = plan.leads_to == Some(*answer) && names == expected;
        return (!honest).then(|| format!("support is asked by {names:?}, leading to {:?}", plan.leads_to));
    }
    let mut after = *facts;
    let mut refused: Vec<_> = codes(answer);
    for action in &plan.actions {
        if !obey(action, &mut after) {
            return Some(format!("the step {} cannot be carried out", action.info.name));
        }
        let next = subject.ask(question, &after);
        let worse: Vec<_> = codes(&next).into_iter().filter(|code| !refused.contains(code)).collect();
        // Between paying and certifying, certifying is what is told to do next.
        if worse.iter().any(|code| *code != "CERTIFICATION_PENDING") {
            return Some(format!("the step {} brings {worse:?}", action.info.name));
        }
        refused = codes(&next);
    }
    let led = subject.ask(question, &after);
    if !refused.is_empty() {
        return Some(format!("the plan ends in {refused:?}"));
    }
    let told = plan.leads_to.map(|answer| answer.told());
    (told != Some(led.told())).then(|| format!("the plan tells {told:?} and leads to {:?}", led.verdict))
}

/// The refusals among the codes.
fn codes(answer: &Answer) -> Vec<&'static str> {
    answer.fired.iter().filter(|rule| rule.severity >= Severity::Refer).map(|rule| rule.code).collect()
}

/// Carries out an action by its name and arguments, as a program that reads the plan would.
fn obey(action: &plan::Action<'_>, facts: &mut Facts<'_>) -> bool {
    let argument =
        |wanted: &str| action.arguments().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let count = match argument("count") {
        Some(Argument::Number(count)) => Some(count),
        _ => None,
    };
    match action.info.name {
        "select_ledger_year" => {
            let same_ledger = match (argument("ledger"), facts.need_ledger) {
                (Some(Argument::Text(ledger)), Some(needed)) => needed.trimmed() == ledger,
                (None, None) => true,
                // Where the need is not known, the plan can only name the ledger that is open.
                (Some(Argument::Text(ledger)), None) => {
                    facts.selected_ledger.is_some_and(|open| open.trimmed() == ledger)
                }
                _ => false,
            };
            if let (Some(Argument::Number(year)), Some(needed)) = (argument("year"), facts.need_year)
                && year != needed
            {
                return false;
            }
            facts.selected_ledger = facts.need_ledger.or(facts.selected_ledger);
            facts.selected_year = facts.need_year.or(facts.selected_year);
            same_ledger
        }
        "open_in_app" => {
            facts.entry = Some(Entry::InApp);
            true
        }
        "pay_with" => {
            facts.payment = Some(Payment::Alipay);
            matches!(argument("payment"), Some(Argument::Names(["wechat", "alipay"])))
        }
        "delete_ledgers" => match (facts.cloud_used, count) {
            (Some(used), Some(count)) => {
                facts.cloud_used = used.checked_sub(count);
                facts.cloud_used.is_some()
            }
            _ => false,
        },
        "order_ledgers" => {
            facts.cloud_ordered = count;
            count.is_some()
        }
        "rebuy_ledgers" => {
            facts.cloud_bought = count;
            count.is_some()
        }
        "buy" => {
            let Some(Argument::Text(name)) = argument("product") else { return false };
            let product = Product::ALL.iter().find(|product| product.choice().name == name);
            facts.order_status = Some(Status::Paid);
            facts.order_certified = Some(false);
            if product == Some(&Product::VoucherPack) {
                facts.vouchers_bought =
                    facts.vouchers_bought.zip(count).map(|(bought, more)| bought.saturating_add(more));
            } else if facts.action == Some(Action::UseFeature) {
                facts.product = product.copied();
            }
            product.is_some_and(|product| product.is_add_on())
        }
        "certify" => {
            let paid = facts.order_status == Some(Status::Paid);
            facts.order_certified = Some(true);
            let opens = match facts.action {
                Some(Action::CloseBooks) => Some(Product::Ledger),
                Some(Action::UseFeature) => facts.product,
                _ => None,
            };
            if let Some(product) = opens {
                facts.opened = Some(facts.opened.unwrap_or_default().with(product));
            }
            paid
        }
        "use_original_account" => {
            facts.member_replaces_old = Some(false);
            true
        }
        _ => false,
    }
}

fn honoured(subject: &Subject, search: &mut Search) {
    let quota = subject.terms.voucher_quota;
    subject.walk(Question::Purchase, true).each(&mut |facts, answer| {
        let let_through = matches!(answer.verdict, Verdict::Allow | Verdict::Warn);
        let right_place =
            facts.selected_ledger == facts.need_ledger && facts.selected_year == facts.need_year;
        let Some(product) = facts.product.filter(|product| product.is_add_on()) else { return };
        if !let_through || !right_place || facts.edition != Some(Edition::FreeLifetime) {
            return;
        }
        let bought = Facts {
            edition: facts.edition,
            product: Some(product),
            opened: Some(facts.opened.unwrap_or_default().with(product)),
            order_status: Some(Status::Paid),
            order_certified: Some(true),
            action: Some(match product {
                Product::Ledger => Action::CloseBooks,
                Product::VoucherPack => Action::SaveVoucher,
                _ => Action::UseFeature,
            }),
            vouchers_saved: Some(quota.claimed),
            vouchers_bought: Some(1),
            ..Facts::default()
        };
        let verdict = subject.ask(Question::Entitlement, &bought).verdict;
        let honoured = matches!(verdict, Verdict::Allow | Verdict::Warn);
        search.case(honoured, Question::Purchase, facts, || {
            format!("let through, and then entitlement with {} is {verdict:?}", words(&bought))
        });
    });
    subject.walk(Question::Refund, true).each(&mut |facts, _| {
        if facts.order_status != Some(Status::Paid) {
            return;
        }
        for reason in [Reason::WrongLedger, Reason::WrongYear] {
            let misplaced = Facts { order_reason: Some(reason), ..*facts };
            let verdict = subject.ask(Question::Refund, &misplaced).verdict;
            let open = matches!(verdict, Verdict::Allow | Verdict::Warn | Verdict::Refer);
            search.case(open, Question::Refund, &misplaced, || {
                format!("bought in the wrong place, and {verdict:?}")
            });
        }
    });
}

fn time(subject: &Subject, search: &mut Search) {
    let instants = subject.world.values(Fact::now);
    let far = Value::Integer(window_end(&subject.terms).saturating_add(1_000_000_000));
    for question in Question::ALL.iter().copied() {
        // Only questions that read the time can change by themselves.
        if !subject
            .asked()
            .any(|(rule, asked)| asked == question && facts_of(rule, question).contains(Fact::now))
        {
            continue;
        }
        subject.walk(question, false).each(&mut |facts, _| {
            let Some(now) = facts.now else { return };
            let at = |millis: i64| {
                let then = Facts { now: Time::from_millis(millis).ok(), ..*facts };
                subject.ask(question, &then).told()
            };
            let answer = subject.ask(question, facts);
            let until = (subject.stable_until)(question, facts, &subject.terms, &answer);
            for value in instants.iter().chain([&far]) {
                let Value::Integer(later) = value else { continue };
                if *later < now.millis() || until.is_some_and(|until| *later >= until.millis()) {
                    continue;
                }
                search.case(at(*later) == at(now.millis()), question, facts, || {
                    format!("stable until {until:?}, but different at {later}")
                });
            }
            if let Some(until) = until {
                let (before, then) = (until.millis().saturating_sub(1), until.millis());
                search.case(
                    at(before) == at(now.millis()) && at(then) != at(now.millis()),
                    question,
                    facts,
                    || format!("said to change at {}, and does not just then", until.to_rfc3339()),
                );
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::rule;

    fn turns_red(theorem: &str, bug: impl FnOnce(&mut Subject)) {
        let mut subject = Subject::real(&Terms::default());
        bug(&mut subject);
        let theorem = THEOREMS.iter().find(|known| known.name == theorem).expect("a theorem of that name");
        assert!(theorem.try_on(&subject).witness.is_some(), "{} stays green", theorem.name);
    }

    fn without(code: &str) -> &'static [&'static Rule] {
        Vec::leak(RULES.iter().copied().filter(|rule| rule.code != code).collect())
    }

    fn with(rule: &'static Rule) -> &'static [&'static Rule] {
        Vec::leak(RULES.iter().copied().chain([rule]).collect())
    }

    macro_rules! seeded {
        ($($module:ident: [$question:ident] $severity:ident [$($when:tt)*];)*) => {$(
            #[allow(dead_code)]
            mod $module {
                super::rule! {
                    /// Seeded.
                    SEEDED: $severity,
                    asked: [$question],
                    when: [$($when)*],
                    clause: [] Inferred,
                    zh: "种",
                    en: "seeded",
                    steps: [ContactSupport],
                }
            }
        )*};
    }

    seeded! {
        dead: [Purchase] Block [EditionIsFree, EditionIsCloud];
        twin: [Purchase] Block [ProductIsLedgerOrVouchers, not SelectedLedgerIsNeeded];
        idle: [Purchase] Warn [EditionIsCloud, not EditionIsFree, GoalIsCloseBooks];
        faithless: [Entitlement] Block [EditionIsFree, ActionIsUseFeature, ProductIsFeature];
        harsh: [Refund] Block [OrderIsPaid, EditionIsFree];
    }

    #[test]
    fn every_theorem_holds() {
        let mut outcomes = Vec::new();
        prove(&Terms::default(), &mut |outcome| outcomes.push((outcome.theorem, outcome.witness.clone())));
        assert_eq!(outcomes.len(), THEOREMS.len());
        assert!(outcomes.iter().all(|(_, witness)| witness.is_none()), "{outcomes:#?}");
    }

    #[test]
    fn every_theorem_holds_under_other_terms() {
        let terms = Terms {
            voucher_quota: crate::terms::VoucherQuota { assured: 0, claimed: 1 },
            refund_window_days: 0,
            ..Terms::default()
        };
        assert!(prove(&terms, &mut |outcome| assert_eq!(outcome.witness, None, "{}", outcome.theorem)));
    }

    #[test]
    fn the_walk_leaves_no_answer_out() {
        let subject = Subject::real(&Terms::default());
        for question in [Question::Activation, Question::Refund, Question::Page] {
            let told =
                |answer: &Answer| (answer.verdict as u8, format!("{:?}{:?}", answer.fired, answer.open));
            let mut walked = std::collections::BTreeSet::new();
            subject.walk(question, false).each(&mut |_, answer| {
                walked.insert(told(answer));
            });
            let reads = subject.asked().filter(|(_, asked)| *asked == question);
            let reads = reads.fold(FactSet::default(), |all, (rule, _)| all.or(facts_of(rule, question)));
            for facts in subject.world.combinations(reads, false) {
                assert!(walked.contains(&told(&subject.ask(question, &facts))), "{}", words(&facts));
            }
        }
    }

    #[test]
    fn a_gap_turns_total_red() {
        turns_red("total", |subject| subject.rules = without("REFUND_WINDOW_PASSED"));
    }

    #[test]
    fn a_dead_rule_turns_alive_red() {
        turns_red("alive", |subject| subject.rules = with(&dead::RULE));
    }

    #[test]
    fn a_rule_that_another_makes_superfluous_turns_alive_red() {
        turns_red("alive", |subject| subject.rules = with(&twin::RULE));
    }

    #[test]
    fn a_condition_that_never_matters_turns_relevant_red() {
        turns_red("relevant", |subject| subject.rules = with(&idle::RULE));
    }

    #[test]
    fn a_fact_that_no_rule_reads_turns_relevant_red() {
        turns_red("relevant", |subject| subject.rules = without("PURCHASE_PHONE_NEEDED"));
    }

    #[test]
    fn a_guess_at_a_missing_fact_turns_sound_red() {
        turns_red("sound", |subject| {
            subject.evaluate = |question, facts, terms| {
                let guessed = Facts { edition: facts.edition.or(Some(Edition::Paid)), ..*facts };
                evaluate(question, &guessed, terms)
            };
        });
    }

    #[test]
    fn a_verdict_blind_to_open_rules_turns_sound_red() {
        turns_red("sound", |subject| subject.verdict = |reached, _| verdict(reached, None));
    }

    #[test]
    fn a_fact_that_is_not_named_turns_missing_red() {
        turns_red("missing", |subject| {
            subject.lacking = |rule, question, values| {
                lacking(rule, question, values).without(FactSet::of(Fact::member_account))
            };
        });
    }

    #[test]
    fn a_fact_named_in_vain_turns_missing_red() {
        turns_red("missing", |subject| {
            subject.lacking =
                |rule, question, values| lacking(rule, question, values).or(FactSet::of(Fact::product));
        });
    }

    #[test]
    fn a_refusal_without_a_plan_turns_way_out_red() {
        turns_red("way out", |subject| subject.plans = |_, _, _, _, _| Vec::new());
    }

    #[test]
    fn a_plan_that_leads_elsewhere_turns_way_out_red() {
        turns_red("way out", |subject| {
            subject.plans = |question, facts, terms, answer, locale| {
                let mut plans = plans(question, facts, terms, answer, locale);
                for plan in &mut plans {
                    plan.actions.truncate(1);
                }
                plans
            };
        });
    }

    #[test]
    fn an_entitlement_that_is_refused_turns_honoured_red() {
        turns_red("honoured", |subject| subject.rules = with(&faithless::RULE));
    }

    #[test]
    fn a_refund_refused_whatever_the_reason_turns_honoured_red() {
        turns_red("honoured", |subject| subject.rules = with(&harsh::RULE));
    }

    #[test]
    fn an_end_told_a_day_late_turns_time_red() {
        turns_red("time", |subject| {
            subject.stable_until = |question, facts, terms, answer| {
                stable_until(question, facts, terms, answer).map(|until| until.day().plus(1).start())
            };
        });
    }

    #[test]
    fn an_end_not_told_turns_time_red() {
        turns_red("time", |subject| subject.stable_until = |_, _, _, _| None);
    }
}
