use crate::rules::rule::rule;

rule! {
    /// 凭证数量已到上限。
    ///
    /// The limit on vouchers is reached: the higher published number plus what was bought can be saved, and not one more.
    VOUCHER_QUOTA_REACHED: Block,
    asked: [Entitlement],
    when: [EditionIsFree, ActionIsSaveVoucher, NextVoucherAboveClaimed],
    clause: [S15, S18] Stated,
    zh: "这个账套这个年度已保存 {vouchers.saved} 张凭证，按较高的额度（每年 {terms.voucherQuota.claimed} 张，另外购买的另算）也已到上限，不能再保存。还没购买的，请在这个账套和年度里“购买凭证”；付款后，请回软件点“立即购买”-“系统认证”。",
    en: "{vouchers.saved} vouchers are saved in this ledger and year, which is the limit even by the higher quota ({terms.voucherQuota.claimed} a year, plus those bought on top); no more can be saved. If you have not bought more yet, buy a voucher pack (购买凭证) in this ledger and year. Once you have paid, run 立即购买-系统认证 in the software.",
    steps: [PayOrder, Certify, BuyVouchers],
}
