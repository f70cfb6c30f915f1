use crate::rules::rule::rule;

rule! {
    /// 凭证数量可能已到上限。
    ///
    /// The limit on vouchers may be reached: two pages give different numbers for it, and neither is dated.
    VOUCHER_QUOTA_UNCERTAIN: Warn,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsSaveVoucher, NextVoucherAboveAssured, not NextVoucherAboveClaimed],
    clause: [S15, S16] Conflicting,
    zh: "这个账套这个年度已保存 {vouchers.saved} 张凭证。每年可存多少张有两种说法，{terms.voucherQuota.assured} 张或 {terms.voucherQuota.claimed} 张（另外购买的另算），所以再存可能保存不了。可以先试着保存；急用的，建议提前“购买凭证”。",
    en: "{vouchers.saved} vouchers are saved in this ledger and year. There are two figures for the yearly quota, {terms.voucherQuota.assured} and {terms.voucherQuota.claimed} (plus those bought on top), so the next one may fail to save. You can try; if you depend on it, buy a voucher pack (购买凭证) in good time.",
    steps: [],
}
