//! 规则: the rules, one file of data each, and the vocabulary that they are written in.
//!
//! A rule fires when all its [conditions] are met. It cites the [clauses] of the published text
//! that it rests on, and a rule that refuses lists the [steps] that can lift the refusal. To add a rule, write
//! its file and add the file's name, which is the code in lower case, to the list in this module.

pub mod clauses;
pub mod condition;
pub mod conditions;
pub mod notes;
pub mod rule;
pub mod steps;

use rule::Rule;

macro_rules! rules {
    ($($folder:ident: [$($name:ident),* $(,)?])*) => {
        $(mod $folder { $(pub mod $name;)* })*
        /// Every rule, in the order in which codes of one severity are listed.
        pub static RULES: &[&Rule] = &[$($(&$folder::$name::RULE),*),*];
        /// The doc comment of each rule, in the same order.
        pub const DOCS: &[&str] = &[$($($folder::$name::DOC),*),*];
    };
}

rules! {
    activation: [
        activation_account_blank,
        activation_account_not_yours,
        activation_account_unclear,
        activation_illegal_copy,
        activation_machine_limit,
        activation_ip_taken,
        activation_notice_unknown,
    ]
    purchase: [
        wrong_ledger,
        wrong_year,
        feature_ledger_differs,
        feature_year_differs,
        ledger_names_alike,
        in_app_only,
        payment_unsupported,
        renewal_below_used,
        top_up_below_used,
        top_up_unstated,
        new_account_unsupported,
        new_account_unstated,
        already_opened,
        goal_needs_vouchers,
        goal_needs_ledger,
        product_not_for_edition,
    ]
    entitlement: [
        order_elsewhere,
        certification_pending,
        opening_failed,
        closing_needs_ledger,
        feature_not_opened,
        voucher_quota_reached,
        voucher_quota_uncertain,
        cloud_over_capacity,
    ]
    refund: [
        order_not_paid,
        order_already_refunded,
        refund_under_review,
        refund_overdue,
        refund_self_service,
        refund_within_window,
        refund_window_passed,
        refund_invoiced,
        refund_red_letter_first,
        refund_terms_unstated,
        refund_reason_unstated,
        purchase_phone_needed,
        delete_ledgers_instead,
    ]
    page: [
        restart_and_retry,
        set_default_browser,
        contact_support,
    ]
}
