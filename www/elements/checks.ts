// The checks as a list to go through by oneself, for when the engine can't be had or scripts are off.
import type { Question } from '@ekuaiji/preflight';
import { terms } from '@ekuaiji/preflight/catalogue';

const { refundWindowDays, contacts: { free_lifetime: free, cloud, paid } } = terms;

/** What to make sure of, by the question that it stands in for. */
export const CHECKS: { readonly [question in Extract<Question, 'purchase' | 'refund' | 'page'>]: readonly { zh: string; en: string }[] } = {
  purchase: [
    {
      zh: '打开“系统管理”-“系统认证”：激活账户要显示出来，并且就是您登录的会员账号。',
      en: 'Open 系统管理-系统认证: an activation account (激活账户) must be shown, and be the account you signed in with.',
    },
    {
      zh: '同一处没有“非法复制品”“认证超台数”“当前ip地址已使用了其他账号”这类提示；有的先找客服，别付款。',
      en: 'There must be no message there like 非法复制品, 认证超台数 or 当前ip地址已使用了其他账号; where there is, ask support and don’t pay.',
    },
    {
      zh: '增值功能要在软件里点“立即购买”，而且当时打开的正是需要用的账套和年度。',
      en: 'Start add-ons from 立即购买 inside the software, with the ledger and year open that you need them in.',
    },
    {
      zh: '用微信支付或支付宝付款。',
      en: 'Pay with WeChat Pay or Alipay.',
    },
    {
      zh: '要结账，买“开通账套”；要多存凭证，买“购买凭证”。别的功能不增加凭证数量。',
      en: 'To close books, buy 开通账套; to save more vouchers, buy 购买凭证. Nothing else raises the number of vouchers.',
    },
    {
      zh: '云盘版：续费的个数不能少于云盘里现有的账套数；增购的，加上已购买的一起算。',
      en: 'Cloud edition: renew no fewer ledgers than are in it now; when adding, those bought before count too.',
    },
    {
      zh: '换了手机号的：云盘版账套和完整版要用原来的会员账号买。',
      en: 'With a new phone number: buy Cloud ledgers and the full edition with your original account.',
    },
    {
      zh: '付款以后，回软件再做一次“系统认证”才生效。',
      en: 'After paying, run 系统认证 again in the software; the purchase takes effect only then.',
    },
    {
      zh: `拿不准的，付款前先问客服：终身免费版加QQ群 ${free.qqGroup}（${free.qqGroupName}）；云盘版在VIP QQ群“${cloud.qqGroupName}”问；其他版本打电话 ${paid.phone}，或写邮件到 ${paid.email}。`,
      en: `If you are not sure, ask support before you pay: Free Lifetime edition, QQ group ${free.qqGroup} (${free.qqGroupName}); Cloud edition, VIP QQ group ${cloud.qqGroupName}; other editions, call ${paid.phone} or write to ${paid.email}.`,
    },
  ],
  refund: [
    {
      zh: '终身免费版，没有申请过发票：在“会员中心”-“我的订单”-“订单详情”里自己申请退款。',
      en: 'Free Lifetime edition, no invoice requested: apply yourself under 会员中心-我的订单-订单详情.',
    },
    {
      zh: `终身免费版，申请过发票：加QQ群 ${free.qqGroup}（${free.qqGroupName}），备注“${free.joinNote}”，准备好购买时的手机号。`,
      en: `Free Lifetime edition, invoice requested: join QQ group ${free.qqGroup} (${free.qqGroupName}) with the joining note “${free.joinNote}”, and have the phone number ready that you bought with.`,
    },
    {
      zh: `云盘版，没有申请过发票：付款后 ${refundWindowDays} 天内可以自己申请；过了的，在 VIP QQ群里找“${cloud.qqGroupName}”，或打电话 ${cloud.phone}。`,
      en: `Cloud edition, no invoice requested: apply yourself within ${refundWindowDays} days of paying; after that ask for ${cloud.qqGroupName} in the VIP QQ group, or call ${cloud.phone}.`,
    },
    {
      zh: `云盘版，申请过发票：在 VIP QQ群里找“${cloud.qqGroupName}”，或打电话 ${cloud.phone}，请客服先红冲发票，再退款。`,
      en: `Cloud edition, invoice requested: ask for ${cloud.qqGroupName} in the VIP QQ group, or call ${cloud.phone}, to have support reverse the invoice (红冲) first, then refund.`,
    },
    {
      zh: `其他版本：打电话 ${paid.phone}，或写邮件到 ${paid.email}。`,
      en: `Other editions: call ${paid.phone} or write to ${paid.email}.`,
    },
  ],
  page: [
    { zh: '先重启电脑，再点一次。', en: 'Restart the computer first, and try again.' },
    { zh: '还打不开，Windows 电脑把默认浏览器改成360浏览器，再点一次。', en: 'If that does not help, on Windows make 360 browser the default browser, and try again.' },
    { zh: `都试过了，打电话 ${paid.phone}，或写邮件到 ${paid.email}。`, en: `If neither helps, call ${paid.phone} or write to ${paid.email}.` },
  ],
};
