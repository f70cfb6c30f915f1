//! 条款出处: the clauses of the published text that rules and notes rest on.

use serde::Serialize;

/// An article of the shop's support pages.
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
    /// The short name to cite.
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

/// How the published text stands to what a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stated {
    /// It says so.
    Stated,
    /// It follows from what it says.
    Inferred,
    /// It does not say, and the rule does not guess.
    Silent,
    /// It says different things in different places.
    Conflicting,
}

macro_rules! clauses {
    ($( $(#[doc = $doc:literal])* $name:ident = $id:literal, $article:ident, $section:literal; )*) => {
        /// A numbered clause.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Clause { $( $(#[doc = $doc])* $name, )* }

        impl Clause {
            /// Every clause that is cited.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// The number, like `S-13`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
            /// The article it stands in.
            pub const fn article(self) -> Article {
                match self { $(Self::$name => Article::$article),* }
            }
            /// The section of the article, by the article's own numbering.
            pub const fn section(self) -> &'static str {
                match self { $(Self::$name => $section),* }
            }
            /// What it says, in our words.
            pub const fn gist(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*)),* }
            }
        }
    };
}

clauses! {
    /// The free edition limits activations and addresses, and comes without technical care.
    S01 = "S-01", FreeAfterPurchase, "0";
    /// With a blank activation account the free edition cannot be bought for.
    S04 = "S-04", FreeAfterPurchase, "2.1";
    /// Nor with an activation account that is not the buyer's own.
    S05 = "S-05", FreeAfterPurchase, "2.1";
    /// Nor while the software calls itself an illegal copy.
    S06 = "S-06", FreeAfterPurchase, "2.1";
    /// Nor while too many machines are certified.
    S07 = "S-07", FreeAfterPurchase, "2.1";
    /// Nor while the address has served another account.
    S08 = "S-08", FreeAfterPurchase, "2.1";
    /// The list of messages is left open.
    S09 = "S-09", FreeAfterPurchase, "2.1";
    /// Ledgers and vouchers are bought inside the ledger that needs them.
    S11 = "S-11", FreeAfterPurchase, "2.2";
    /// A purchase takes effect once paid and certified.
    S12 = "S-12", FreeAfterPurchase, "2.2";
    /// Bought in another ledger it adds nothing: refund, and buy where it is needed.
    S13 = "S-13", FreeAfterPurchase, "2.2.1";
    /// Bought in another year it opens nothing: refund, and buy where it is needed.
    S14 = "S-14", FreeAfterPurchase, "2.2.2";
    /// A hundred vouchers per ledger and year.
    S15 = "S-15", FreeAfterPurchase, "2.3";
    /// Fifty vouchers per ledger and year.
    S16 = "S-16", FreeHowToBuy, "2.3";
    /// No add-on lifts the voucher limit.
    S17 = "S-17", FreeAfterPurchase, "2.3";
    /// Beyond the limit, vouchers are bought on top.
    S18 = "S-18", FreeAfterPurchase, "2.3";
    /// What is not paid for is marked as not open.
    S19 = "S-19", FreeAfterPurchase, "3.1";
    /// After paying, certification in the software opens what was bought.
    S20 = "S-20", FreeAfterPurchase, "3.2";
    /// Without an invoice the buyer applies for the refund in the order's details.
    S21 = "S-21", FreeAfterPurchase, "4.1";
    /// With an invoice requested, support refunds by the purchase phone.
    S22 = "S-22", FreeAfterPurchase, "4.2";
    /// The QQ group of the free edition.
    S23 = "S-23", FreeAfterPurchase, "4.3";
    /// The refund is for purchases that do not work.
    S24 = "S-24", FreeAfterPurchase, "4";
    /// Ledgers in use may not exceed those bought.
    S25 = "S-25", CloudLedgerCapacity, "0";
    /// If they do, signing in says so.
    S26 = "S-26", CloudLedgerCapacity, "0";
    /// To renew for fewer ledgers, delete first.
    S27 = "S-27", CloudLedgerCapacity, "example";
    /// To keep them all, refund the small order and buy the full number.
    S28 = "S-28", CloudLedgerCapacity, "1";
    /// To keep fewer, delete, and sign in again.
    S29 = "S-29", CloudLedgerCapacity, "2";
    /// Without an invoice, a refund can be applied for within seven days.
    S30 = "S-30", CloudLedgerCapacity, "3.1";
    /// Where in the member center to apply.
    S31 = "S-31", CloudLedgerCapacity, "3.1";
    /// With an invoice, support reverses it first and refunds then.
    S32 = "S-32", CloudLedgerCapacity, "3.2";
    /// Reviewed within three working days.
    S33 = "S-33", CloudLedgerCapacity, "3";
    /// Arrival depends on the payment channel.
    S34 = "S-34", CloudLedgerCapacity, "3";
    /// Restart the computer and try again.
    S36 = "S-36", OrderPageDoesNotOpen, "1";
    /// Make 360 browser the default browser in Windows' settings.
    S37 = "S-37", OrderPageDoesNotOpen, "2";
    /// A new account will do for every paid edition but two products.
    S38 = "S-38", AccountPhoneChanged, "0";
    /// How a recharge code is used.
    S39 = "S-39", AccountPhoneChanged, "1";
    /// Changing the activation account is a procedure of its own.
    S40 = "S-40", AccountPhoneChanged, "2";
    /// Add-ons are bought inside the software only, by WeChat or Alipay.
    S41 = "S-41", FreeHowToBuy, "1.1";
    /// Prices are those on the order page.
    S42 = "S-42", FreeHowToBuy, "1.2";
    /// Phone and e-mail of the shop.
    S43 = "S-43", Contact, "0";
    /// Three places draw the line for invoices differently.
    S44 = "S-44", FreeAfterPurchase, "4.1";
    /// Refund terms exist for two editions only.
    S48 = "S-48", FreeAfterPurchase, "4";
    /// Closing the books needs the ledger opened for that year.
    S50 = "S-50", FreeAfterPurchase, "2.2.2";
}
