//! 事实: the one table of facts, and how they are read.
//!
//! Everything that must know the facts is made from this table: the Rust struct, the TypeScript
//! types, the reference, the form on a page. A second list of these names anywhere is a defect.
//! To add a fact, add an entry; its place in the table is its place in `missing`.

use core::str::Chars;

use serde::{Serialize, Serializer};

use crate::bilingual::{Bilingual, bilingual};
use crate::bits::Ones;
use crate::error::{ErrorCode, FactsError, quoted};
use crate::flat::Cells;
use crate::reading::{Paths, read_at};
use crate::time::Time;
use crate::value::Value;
use crate::write::{cat, cut, grouped, list, number};

/// Declares an enum whose variants have a name in JSON and a label in both languages.
macro_rules! choices {
    ($( $(#[doc = $about:literal])* $name:ident { $( $(#[doc = $doc:literal])* $variant:ident = $json:literal, $zh:literal, $en:literal; )* } )*) => {$(
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $( #[doc = $zh] #[doc = ""] $(#[doc = $doc])* $variant, )* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Name and labels of every value, in the same order.
            pub const CHOICES: &'static [Choice] = &[
                $(Choice { place: Self::$variant as u8, name: $json, label: bilingual!($zh, $en) }),*
            ];

            /// The value's name in JSON and its labels.
            pub const fn choice(self) -> &'static Choice {
                // Made of the same list, so each value has its choice.
                #[allow(clippy::indexing_slicing)]
                &Self::CHOICES[self as usize]
            }
        }

        impl<'a> Datum<'a> for $name {
            fn of(shown: Shown<'a>) -> Option<Self> {
                let Shown::Choice(choice) = shown else { return None };
                Self::ALL.get(choice.place as usize).copied()
            }
            fn shown(self) -> Shown<'a> {
                Shown::Choice(self.choice())
            }
            #[inline(always)]
            fn unpack(cells: impl Cells<'a>, place: usize) -> Option<Self> {
                Self::ALL.get(cells.number(place) as usize).copied()
            }
            fn place(self) -> Option<u8> {
                Some(self as u8)
            }
        }
    )*};
}

/// One value of an enum: its name in JSON and its label in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its place among the values of its fact, from 0.
    pub place: u8,
    /// The name in JSON, TypeScript and addresses.
    pub name: &'static str,
    /// The label; the Chinese as the shop's pages have it.
    pub label: Bilingual,
}

choices! {
    /// 版本: the edition in use; for `refund`, the one the order is for.
    Edition {
        FreeLifetime = "free_lifetime", "终身免费版", "Free Lifetime edition";
        Cloud = "cloud", "云盘版", "Cloud edition";
        /// Every other edition that is paid for.
        Paid = "paid", "其他收费版本", "another paid edition";
    }

    /// 产品: what is bought or used. The first five are the add-ons of the free edition.
    Product {
        Ledger = "ledger", "开通账套", "ledger opening (开通账套)";
        VoucherPack = "voucher_pack", "购买凭证", "voucher pack (购买凭证)";
        Bookkeeping = "bookkeeping", "账务处理", "bookkeeping (账务处理)";
        TaxFiling = "tax_filing", "一键报税", "one-click tax filing (一键报税)";
        CloudBackup = "cloud_backup", "云备份", "cloud backup (云备份)";
        CloudLedgers = "cloud_ledgers", "云盘版账套", "Cloud edition ledgers";
        FullEdition = "full_edition", "终身免费版购买完整版", "full edition for the Free Lifetime edition";
        PaidEdition = "paid_edition", "其他收费版本", "another paid edition";
    }

    /// 购买入口: where the purchase was started.
    Entry {
        InApp = "in_app", "软件内", "inside the software";
        Website = "website", "网站", "on the website";
    }

    /// 付款方式: how the buyer pays.
    Payment {
        Wechat = "wechat", "微信支付", "WeChat Pay";
        Alipay = "alipay", "支付宝", "Alipay";
        Other = "other", "其他方式", "another way";
    }

    /// 购买目的: what the buyer wants it for.
    Goal {
        CloseBooks = "close_books", "结账", "closing the books";
        AddVouchers = "add_vouchers", "增加凭证数量", "saving more vouchers";
        Other = "other", "其他", "something else";
    }

    /// 要做的操作: what is about to be done in the software.
    Action {
        CloseBooks = "close_books", "结账", "close the books";
        SaveVoucher = "save_voucher", "保存凭证", "save a voucher";
        /// `product` says which.
        UseFeature = "use_feature", "使用功能", "use a feature";
        SignIn = "sign_in", "登录", "sign in";
    }

    /// 订单状态: how far the order has come.
    Status {
        Unpaid = "unpaid", "未付款", "not paid";
        Paid = "paid", "已付款", "paid";
        Refunded = "refunded", "已退款", "refunded";
    }

    /// 发票: how far the invoice has come.
    Invoice {
        None = "none", "未申请", "not requested";
        Requested = "requested", "已申请", "requested";
        Issued = "issued", "已开具未下载", "issued, not downloaded";
        Downloaded = "downloaded", "已下载", "downloaded";
    }

    /// 退款原因: why the buyer wants the money back.
    Reason {
        Unusable = "unusable", "购买后无法使用", "it does not work";
        WrongLedger = "wrong_ledger", "买错账套", "bought in the wrong ledger";
        WrongYear = "wrong_year", "买错年度", "bought in the wrong year";
        WrongQuantity = "wrong_quantity", "买错数量", "bought the wrong quantity";
        ChangeOfMind = "change_of_mind", "不想要了", "a change of mind";
    }

    /// 操作系统: what the computer runs.
    System {
        Windows = "windows", "Windows", "Windows";
        Other = "other", "其他系统", "another system";
    }
}

impl Product {
    /// The add-ons of the free edition, 终身免费版的增值功能.
    pub const ADD_ONS: &'static [Choice] = match Self::CHOICES.split_at_checked(5) {
        Some((add_ons, _)) => add_ons,
        None => &[],
    };

    /// Whether it is one of the add-ons.
    pub fn is_add_on(self) -> bool {
        (self as usize) < Self::ADD_ONS.len()
    }
}

/// 已开通的功能: a set of add-ons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AddOns(u8);

impl AddOns {
    /// Whether the product is in the set.
    pub const fn contains(self, product: Product) -> bool {
        self.0 & (1 << product as u8) != 0
    }

    /// The set with the product in it too, if it is an add-on.
    #[must_use]
    pub fn with(self, product: Product) -> Self {
        if product.is_add_on() { Self(self.0 | (1 << product as u8)) } else { self }
    }

    /// A bit for each product in the set, by its place.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The products in the set, in table order.
    pub fn iter(self) -> impl Iterator<Item = Product> {
        Ones(self.0.into()).filter_map(|place| Product::ALL.get(place).copied())
    }
}

/// A text as the caller wrote it, with the comparisons that the clauses need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a>(pub &'a str);

impl<'a> Text<'a> {
    /// Whether there is nothing in it but white space.
    pub fn is_blank(self) -> bool {
        self.0.chars().all(is_space)
    }

    /// The text without white space around it.
    pub fn trimmed(self) -> &'a str {
        match self.0.as_bytes() {
            // As most are.
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => self.0,
            _ => self.0.trim_matches(is_space),
        }
    }

    /// Whether two ledgers are the same: white space around the name does not count.
    pub fn is_same_ledger(self, other: Text<'_>) -> bool {
        self.0 == other.0 || self.trimmed() == other.trimmed()
    }

    /// Whether two accounts are the same: neither white space around them nor ASCII case counts.
    pub fn is_same_account(self, other: Text<'_>) -> bool {
        self.0 == other.0 || self.trimmed().eq_ignore_ascii_case(other.trimmed())
    }

    /// The messages that the text tells, once all white space is taken out and case set aside: a bit for each.
    fn messages(self) -> u8 {
        let (mut told, mut rest) = (0, self.0.chars());
        while let Some(letter) = rest.next() {
            for (message, phrase) in Message::PHRASES.iter().enumerate() {
                let mut phrase = phrase.chars();
                if phrase.next() == Some(letter) && begins_with(rest.clone(), phrase) {
                    told |= 1 << message;
                }
            }
        }
        if told == 0 && !self.is_blank() { 1 << Message::Other as u8 } else { told }
    }
}

/// Whether the letters, white space and case set aside, begin with those of the phrase.
fn begins_with(letters: Chars<'_>, mut phrase: Chars<'_>) -> bool {
    let mut letters = letters.filter(|letter| !is_space(*letter)).map(|letter| letter.to_ascii_lowercase());
    phrase.all(|letter| letters.next() == Some(letter))
}

/// White space: what Unicode calls so, and the byte order mark that pasted texts bring along.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// 提示的内容: what a notice of 系统认证 can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// 非法复制品 (S-06).
    IllegalCopy,
    /// 认证超台数 (S-07).
    MachineLimit,
    /// 当前ip地址已使用了其他账号 (S-08).
    IpTaken,
    /// None of these (S-09).
    Other,
}

impl Message {
    /// The phrases that tell all but the last, in lower case without spaces. None begins with a letter that has
    /// another case.
    pub const PHRASES: [&'static str; 3] = ["非法复制品", "认证超台数", "当前ip地址已使用了其他账号"];
}

/// 系统认证提示: the notices that the software shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Notices<'a> {
    values: &'a [Value],
    packed: &'a str,
    /// What they tell, found once: a bit for each [`Message`].
    told: u8,
}

impl<'a> Notices<'a> {
    pub(crate) fn new(values: &'a [Value], packed: &'a str) -> Self {
        let notices = Self { values, packed, told: 0 };
        Self { told: notices.iter().fold(0, |told, notice| told | notice.messages()), ..notices }
    }

    /// Notices of which no more is known than the messages that they tell, a bit for each.
    pub(crate) const fn telling(told: u8) -> Self {
        Self { values: &[], packed: "", told }
    }

    /// The messages that they tell, a bit for each.
    pub(crate) const fn told(self) -> u8 {
        self.told
    }

    /// Notices that stand one after the other, each with a NUL at its end.
    pub fn packed(packed: &'a str) -> Self {
        Self::new(&[], packed)
    }

    /// The notices, in the order shown.
    pub const fn iter(self) -> impl Iterator<Item = Text<'a>> {
        self
    }

    /// Whether any of them tells the message.
    pub const fn tell(self, message: Message) -> bool {
        self.told & (1 << message as u8) != 0
    }
}

impl<'a> Iterator for Notices<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        if let [first, others @ ..] = self.values {
            self.values = others;
            // They were read, so they are texts.
            return if let Value::Text(text) = first { Some(Text(text)) } else { None };
        }
        let (first, others) = cut(self.packed, 0)?;
        self.packed = others;
        Some(Text(first))
    }
}

/// What values a fact can have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// An RFC 3339 text with an offset, or whole milliseconds since the epoch.
    Time,
    /// One of these names.
    Choice(&'static [Choice]),
    /// A list of these names, each once or more, in any order.
    Set(&'static [Choice]),
    /// A text.
    Text {
        /// The most characters (code points) it may have.
        longest: usize,
        /// Whether blank is a meaning of its own rather than a mistake.
        blank: bool,
        /// Whether it names a person, and is masked wherever it is shown.
        personal: bool,
    },
    /// A list of texts.
    Texts,
    /// A boolean.
    Flag,
    /// A whole number within bounds.
    Integer {
        /// The smallest value.
        min: u32,
        /// The largest value.
        max: u32,
    },
}

impl Kind {
    /// The most characters (code points) a text among the facts may have.
    pub const LONGEST_TEXT: usize = 1000;
    /// The most items a list may have.
    pub const LONGEST_LIST: usize = 100;
    const YEAR: Self = Self::Integer { min: 1990, max: 2100 };
    const COUNT: Self = Self::Integer { min: 0, max: 1_000_000 };
    const NAME: Self = Self::Text { longest: Self::LONGEST_TEXT, blank: false, personal: false };
    const ACCOUNT: Self = Self::Text { longest: Self::LONGEST_TEXT, blank: false, personal: true };
    const SHOWN: Self = Self::Text { longest: Self::LONGEST_TEXT, blank: true, personal: true };

    /// What the caller should have passed, in words.
    pub fn expectation(&self) -> String {
        match self {
            Self::Time => {
                "an RFC 3339 time with an offset, like 2021-03-01T09:30:00+08:00, or whole milliseconds since 1970, from 2000 to 2100".into()
            }
            Self::Choice(choices) => cat(&["one of ", &quoted(&mut choices.iter().map(|choice| choice.name))]),
            Self::Set(choices) => {
                cat(&["a list of at most 100 of ", &quoted(&mut choices.iter().map(|choice| choice.name))])
            }
            Self::Text { longest, blank: true, .. } => {
                cat(&["a text of at most ", &grouped(*longest), " characters"])
            }
            Self::Text { longest, blank: false, .. } => {
                cat(&["a text of 1 to ", &grouped(*longest), " characters that is not blank"])
            }
            Self::Texts => "a list of at most 100 texts of at most 1,000 characters each".into(),
            Self::Flag => "true or false".into(),
            Self::Integer { min, max } => cat(&["a whole number from ", &number(*min), " to ", &number(*max)]),
        }
    }
}

/// A value of a known fact, as it is shown to people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown<'a> {
    /// An instant.
    Time(Time),
    /// A named value.
    Choice(&'static Choice),
    /// A set of add-ons.
    Set(AddOns),
    /// A text.
    Text(Text<'a>),
    /// Several texts.
    Texts(Notices<'a>),
    /// A boolean.
    Flag(bool),
    /// A number.
    Integer(u32),
}

/// A type that a fact can have.
pub(crate) trait Datum<'a>: Copy {
    fn of(shown: Shown<'a>) -> Option<Self>;
    fn shown(self) -> Shown<'a>;
    /// Reads the number at the place.
    fn unpack(cells: impl Cells<'a>, place: usize) -> Option<Self>;
    /// The place among the values, where they are few.
    fn place(self) -> Option<u8> {
        None
    }
}

macro_rules! data {
    ($($type:ty = $variant:ident, |$cells:ident, $place:ident| $unpack:expr $(, |$value:ident| $few:expr)?;)*) => {$(
        impl<'a> Datum<'a> for $type {
            fn of(shown: Shown<'a>) -> Option<Self> {
                if let Shown::$variant(value) = shown { Some(value) } else { None }
            }
            fn shown(self) -> Shown<'a> {
                Shown::$variant(self)
            }
            #[inline(always)]
            fn unpack($cells: impl Cells<'a>, $place: usize) -> Option<Self> {
                $unpack
            }
            $(fn place($value) -> Option<u8> {
                Some($few)
            })?
        }
    )*};
}

data! {
    Time = Time, |cells, place| cells.time(place);
    bool = Flag, |cells, place| Some(cells.number(place) != 0), |self| self as u8;
    u32 = Integer, |cells, place| Some(cells.number(place));
    AddOns = Set, |cells, place| Some(Self(cells.number(place) as u8));
    Text<'a> = Text, |cells, place| cells.text(place).map(Text);
    Notices<'a> = Texts, |cells, place| cells.notices(place);
}

// A set of facts has a bit for each.
const _: () = assert!(Fact::ALL.len() <= u32::BITS as usize, "more facts need a wider `FactSet`");

/// A set of facts, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FactSet(pub(crate) u32);

impl FactSet {
    /// The set of all.
    pub const ALL: Self = Self(u32::MAX);

    /// The set of none.
    pub const NONE: Self = Self(0);

    /// The set of one fact.
    pub const fn of(fact: Fact) -> Self {
        Self(1 << fact as u32)
    }

    /// The set with a bit for each fact, by its place in the table.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// A bit for each fact, by its place in the table.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The facts in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The facts in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The facts in this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the fact is in the set.
    pub const fn contains(self, fact: Fact) -> bool {
        self.0 & (1 << fact as u32) != 0
    }

    /// The facts in the set, in table order.
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        Ones(self.0.into()).filter_map(|place| Fact::ALL.get(place).copied())
    }
}

/// The paths.
impl Serialize for FactSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        list(serializer, self.iter().map(|fact| fact.info().path))
    }
}

/// What the table says of one fact.
#[derive(Debug, Clone, Copy)]
pub struct FactInfo {
    /// The dotted path in JSON, like `need.ledger`.
    pub path: &'static str,
    /// What values it can have.
    pub kind: Kind,
    /// The question that asks a person for it.
    pub ask: Bilingual,
}

macro_rules! facts {
    ($( #[doc = $term:literal] $(#[doc = $doc:literal])* $name:ident: $type:ty = $path:literal, $kind:expr, $ask_zh:literal, $ask_en:literal; )*) => {
        /// A fact, by name: the path with `_` for the dot.
        // One spelling serves as the id, the field and the binding in a condition.
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fact { $( #[doc = $term] $(#[doc = $doc])* $name, )* }

        impl Fact {
            /// Every fact, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What the table says of it.
            pub const fn info(self) -> &'static FactInfo {
                const TABLE: &[FactInfo] = &[
                    $(FactInfo { path: $path, kind: $kind, ask: bilingual!($ask_zh, $ask_en) }),*
                ];
                // Made of the same list, so each fact has its own.
                #[allow(clippy::indexing_slicing)]
                &TABLE[self as usize]
            }
        }

        impl Fact {
            // Apart from the table, like what it means, so that no page has to load them.
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
        /// One struct serves every question. The texts are borrowed from the [`Value`] it was read from.
        #[derive(Debug, Clone, Copy, Default, PartialEq)]
        pub struct Facts<'a> { $( #[doc = $term] $(#[doc = $doc])* pub $name: Option<$type>, )* }

        impl<'a> Facts<'a> {
            /// Which facts are known.
            pub fn known(&self) -> FactSet {
                FactSet(0 $(| (u32::from(self.$name.is_some()) << Fact::$name as u32))*)
            }

            /// The fact's value, if it is known.
            pub fn get(&self, fact: Fact) -> Option<Shown<'a>> {
                match fact { $(Fact::$name => self.$name.map(Datum::shown),)* }
            }

            /// Visits each known fact of few values, with the place of its value.
            #[inline(always)]
            pub(crate) fn places(&self, mut visit: impl FnMut(Fact, u8)) {
                $(if let Some(place) = self.$name.and_then(Datum::place) {
                    visit(Fact::$name, place);
                })*
            }

            /// Takes the fact over from other facts.
            pub fn copy(&mut self, fact: Fact, other: &Facts<'a>) {
                match fact { $(Fact::$name => self.$name = other.$name,)* }
            }

            /// Takes the facts of the set from where they stand as numbers; `None` where one cannot be read.
            pub(crate) fn unpack(&mut self, cells: impl Cells<'a>, known: FactSet) -> Option<()> {
                $(if known.contains(Fact::$name) {
                    self.$name = Some(<$type>::unpack(cells, Fact::$name as usize)?);
                })*
                Some(())
            }

            fn set(&mut self, fact: Fact, shown: Shown<'a>) {
                match fact {
                    $(Fact::$name => self.$name = Datum::of(shown),)*
                }
            }
        }

        /// Single facts, read from where they stand as numbers.
        pub(crate) struct Read<C>(pub C);

        // Not every fact is in a condition that takes more than its value.
        #[allow(dead_code)]
        impl<'a, C: Cells<'a>> Read<C> { $(
            #[inline(always)]
            pub fn $name(&self) -> Option<$type> {
                <$type>::unpack(self.0, Fact::$name as usize)
            }
        )* }
    };
}

facts! {
    /// 当前时间
    ///
    /// The instant the question is asked for; the engine has no clock of its own.
    now: Time = "now", Kind::Time,
        "现在是什么时间？", "What time is it now?";
    /// 版本
    ///
    /// The edition in use; for `refund`, the one the order is for.
    edition: Edition = "edition", Kind::Choice(Edition::CHOICES),
        "软件是哪个版本？", "Which edition of the software is it?";
    /// 产品
    ///
    /// What is bought or used.
    product: Product = "product", Kind::Choice(Product::CHOICES),
        "您要购买或使用哪一项？", "Which product is it about?";
    /// 购买入口
    ///
    /// Where the purchase was started.
    entry: Entry = "entry", Kind::Choice(Entry::CHOICES),
        "您是从软件里点“立即购买”进来的，还是从网站进来的？",
        "Did you start the purchase inside the software or on the website?";
    /// 付款方式
    ///
    /// How the buyer means to pay.
    payment: Payment = "payment", Kind::Choice(Payment::CHOICES),
        "您用什么方式付款？", "How will you pay?";
    /// 购买目的
    ///
    /// What the buyer wants the purchase for.
    goal: Goal = "goal", Kind::Choice(Goal::CHOICES),
        "您买来要做什么？", "What do you want it for?";
    /// 需要的账套
    ///
    /// The ledger where the buyer needs it.
    need_ledger: Text<'a> = "need.ledger", Kind::NAME,
        "您需要在哪个账套里用？", "Which ledger do you need it in?";
    /// 需要的年度
    ///
    /// The year of that ledger where the buyer needs it.
    need_year: u32 = "need.year", Kind::YEAR,
        "您需要在哪个年度里用？", "Which year do you need it in?";
    /// 购买时所在的账套
    ///
    /// The ledger the purchase was started in.
    selected_ledger: Text<'a> = "selected.ledger", Kind::NAME,
        "您是在哪个账套里点的购买？", "Which ledger was open when you started the purchase?";
    /// 购买时所在的年度
    ///
    /// The year the purchase was started in.
    selected_year: u32 = "selected.year", Kind::YEAR,
        "您是在哪个年度里点的购买？", "Which year was open when you started the purchase?";
    /// 已开通的功能
    ///
    /// The add-ons already open in the ledger and year in question.
    opened: AddOns = "opened", Kind::Set(Product::ADD_ONS),
        "这个账套和年度已经开通了哪些功能？（“立即购买”界面上不带“功能模块未开通”的就是）",
        "Which features are already open in this ledger and year? (Those not marked 功能模块未开通 in the 立即购买 window.)";
    /// 会员账号
    ///
    /// The account signed in at the shop, a phone number or an e-mail address.
    member_account: Text<'a> = "member.account", Kind::ACCOUNT,
        "您登录的会员账号（手机号或邮箱）是什么？", "Which member account (phone or email) are you signed in with?";
    /// 新账号是否替换停用手机号的旧账号
    ///
    /// Whether this account replaces one whose phone is no longer used.
    member_replaces_old: bool = "member.replacesOld", Kind::Flag,
        "这个会员账号是因为原来的手机号停用而新注册的吗？",
        "Did you register this account because the phone of an earlier one is no longer used?";
    /// 激活账户
    ///
    /// The account that 系统认证 shows; blank when it shows none.
    activation_account: Text<'a> = "activation.account", Kind::SHOWN,
        "打开“系统管理”-“系统认证”，激活账户后面显示的是什么？（空白也请注明）",
        "Open 系统管理-系统认证: what is shown after 激活账户? (Say so if it is blank.)";
    /// 系统认证提示
    ///
    /// The messages that 系统认证 shows; an empty list when it shows none.
    activation_notices: Notices<'a> = "activation.notices", Kind::Texts,
        "“系统管理”-“系统认证”里显示了哪些提示？（没有也请注明）",
        "Which messages does 系统管理-系统认证 show? (Say so if there are none.)";
    /// 已保存的凭证张数
    ///
    /// Vouchers saved in that ledger and year.
    vouchers_saved: u32 = "vouchers.saved", Kind::COUNT,
        "这个账套这个年度已经保存了多少张凭证？", "How many vouchers are saved in this ledger and year?";
    /// 另外购买的凭证张数
    ///
    /// Vouchers bought on top of the quota in that ledger and year.
    vouchers_bought: u32 = "vouchers.bought", Kind::COUNT,
        "这个账套这个年度另外购买了多少张凭证？", "How many vouchers were bought on top for this ledger and year?";
    /// 在用的云盘版账套个数
    ///
    /// Ledgers in the Cloud edition now.
    cloud_used: u32 = "cloud.used", Kind::COUNT,
        "云盘版里现在有多少个账套？", "How many ledgers are there in the Cloud edition now?";
    /// 已购买的云盘版账套个数
    ///
    /// Ledgers paid for.
    cloud_bought: u32 = "cloud.bought", Kind::COUNT,
        "云盘版已经购买了多少个账套？", "How many Cloud edition ledgers are paid for?";
    /// 本单的云盘版账套个数
    ///
    /// Ledgers in this order.
    cloud_ordered: u32 = "cloud.ordered", Kind::COUNT,
        "这一单要买多少个账套？", "How many ledgers does this order buy?";
    /// 要做的操作
    ///
    /// What is about to be done, for `entitlement`.
    action: Action = "action", Kind::Choice(Action::CHOICES),
        "您要做什么操作？", "What do you want to do?";
    /// 订单状态
    ///
    /// How far the order has come.
    order_status: Status = "order.status", Kind::Choice(Status::CHOICES),
        "订单现在是什么状态？", "What is the status of the order?";
    /// 付款后是否重新系统认证
    ///
    /// Whether 系统认证 was run again after paying.
    order_certified: bool = "order.certified", Kind::Flag,
        "付款后，回软件点过“立即购买”-“系统认证”了吗？",
        "After paying, did you run 立即购买-系统认证 in the software?";
    /// 付款时间
    ///
    /// When the order was paid.
    order_paid_at: Time = "order.paidAt", Kind::Time,
        "订单是什么时候付款的？", "When was the order paid?";
    /// 申请退款时间
    ///
    /// When the refund was applied for.
    order_applied_at: Time = "order.appliedAt", Kind::Time,
        "您是什么时候申请退款的？", "When did you apply for the refund?";
    /// 发票状态
    ///
    /// How far the invoice has come.
    order_invoice: Invoice = "order.invoice", Kind::Choice(Invoice::CHOICES),
        "这笔订单的发票申请了吗？下载了吗？", "Was an invoice requested for the order, and downloaded?";
    /// 购买软件的手机号
    ///
    /// The phone the software was bought with; blank when the buyer can't say.
    order_phone: Text<'a> = "order.phone", Kind::SHOWN,
        "购买软件时用的是哪个手机号？", "Which phone number was the software bought with?";
    /// 退款原因
    ///
    /// Why the buyer wants the money back.
    order_reason: Reason = "order.reason", Kind::Choice(Reason::CHOICES),
        "您为什么要退款？", "Why do you want a refund?";
    /// 是否已重启电脑
    ///
    /// Whether the computer was restarted and the button tried again.
    page_restarted: bool = "page.restarted", Kind::Flag,
        "重启电脑后再试过了吗？", "Have you restarted the computer and tried again?";
    /// 是否已换默认浏览器
    ///
    /// Whether the default browser was changed to 360 browser.
    page_browser_changed: bool = "page.browserChanged", Kind::Flag,
        "把默认浏览器改成360浏览器再试过了吗？", "Have you made 360 browser the default and tried again?";
    /// 操作系统
    ///
    /// What the computer runs.
    page_system: System = "page.system", Kind::Choice(System::CHOICES),
        "您的电脑是什么系统？", "Which system does your computer run?";
}

impl<'a> Facts<'a> {
    /// Reads what a caller passed.
    ///
    /// # Errors
    /// The first mistake found: unknown fields first, then values in table order, then contradictions.
    pub fn read(value: &'a Value) -> Result<Self, FactsError> {
        let Value::Object(fields) = value else {
            return Err(FactsError::new(
                ErrorCode::WrongType,
                "facts",
                "an object of facts",
                value.describe(),
            ));
        };
        let mut values = [None; Fact::ALL.len()];
        let paths = Paths { root: "", path: |place| Some(Fact::ALL.get(place)?.info().path) };
        paths.sort(fields, "", &mut values)?;
        let mut facts = Self::default();
        for (fact, value) in Fact::ALL.iter().zip(values) {
            if let Some(value) = value {
                let info = fact.info();
                facts.set(*fact, read_at(info.path, value, &info.kind)?);
            }
        }
        facts.consistent()?;
        Ok(facts)
    }

    /// Makes the fact known, by a value of the table's own kind.
    pub fn learn(&mut self, fact: Fact, value: &'a Value) {
        let info = fact.info();
        if let Ok(shown) = read_at(info.path, value, &info.kind) {
            self.set(fact, shown);
        }
    }

    fn consistent(&self) -> Result<(), FactsError> {
        match (self.now, self.order_paid_at) {
            (Some(now), Some(paid)) if now < paid => Err(FactsError::new(
                ErrorCode::Inconsistent,
                Fact::now.info().path,
                cat(&[
                    "`",
                    Fact::order_paid_at.info().path,
                    "` ",
                    &paid.to_rfc3339(),
                    ": nothing is asked before it was paid",
                ]),
                now.to_rfc3339(),
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn messages_are_found_whatever_spaces_and_case() {
        for (message, phrase) in Message::PHRASES.into_iter().enumerate() {
            assert!(phrase.chars().next().is_some_and(|first| !first.is_ascii()), "{phrase}");
            let spaced: String =
                phrase.chars().flat_map(|letter| [letter.to_ascii_uppercase(), '\u{3000}']).collect();
            assert_eq!(Text(&format!("提示：{} {spaced}！", &phrase[..3])).messages(), 1 << message);
            assert_eq!(Text(&phrase[..phrase.len() - 3]).messages(), 1 << Message::Other as u8);
        }
        assert!(Notices::packed("非非法复制品\0").tell(Message::IllegalCopy));
        assert!(!Notices::packed(" \u{3000}\0").tell(Message::Other));
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
    fn more_than_is_allowed_is_refused() {
        let read = |json: &str| {
            Facts::read(&serde_json::from_str(json).unwrap()).map(|facts| facts.known()).unwrap_err()
        };
        let error = read(r#"{ "need": { "legder": "A" } }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownField, "need.legder"));
        assert_eq!(error.hint.as_deref(), Some("did you mean `need.ledger`?"));
        let error = read(r#"{ "opened": ["ledger", "legder"] }"#);
        assert_eq!((error.code, error.path.as_str()), (ErrorCode::UnknownValue, "opened[1]"));
        let error = read(r#"{ "member": { "account": 13800000001 } }"#);
        assert_eq!((error.code, error.received.as_str()), (ErrorCode::WrongType, "a number"));
    }
}
