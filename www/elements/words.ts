// The elements' own words in both languages, and how times are written; what the engine says comes from the engine.
import type { Bilingual, Locale } from '@ekuaiji/preflight';

const TEXT = {
  waiting: ['正在核对', 'Checking'],
  waiting_lead: ['马上就好。', 'This takes a moment.'],
  unavailable: ['现在无法自动核对', 'No automatic check right now'],
  unavailable_purchase: ['不影响购买。下面这几项没有替您核对，付款前请自己看一遍：', 'You can still buy. These points were not checked for you; please go through them before you pay:'],
  unavailable_refund: ['暂时不能告诉您这笔订单怎么退款。请稍后再打开，或者照下面的办法：', 'We can’t show how this order can be refunded right now. Please come back later, or follow what fits your order:'],

  purchase_allow: ['可以购买', 'You can buy this'],
  purchase_warn: ['可以购买，请先看提醒', 'You can buy this, but read this first'],
  purchase_refer: ['请先联系客服', 'Please contact support first'],
  purchase_block: ['请先不要付款', 'Please don’t pay yet'],
  purchase_unknown: ['还不能下结论', 'We can’t tell yet'],
  purchase_allow_lead: ['按公布的购买说明核对过，没有发现会妨碍使用的地方。', 'Checked against the published terms: nothing was found that would keep it from working.'],
  purchase_warn_lead: ['{reason}请先看完下面的提醒。', '{reason} Please read the notes below first.'],
  purchase_refer_lead: ['{reason}需要客服帮您办理。', '{reason} Support can do this for you.'],
  purchase_block_lead: ['{reason}原因和办法都在下面。', '{reason} The details and the way out are below.'],
  purchase_more: ['另外还有 {count} 处。', ' And {count} more.'],
  purchase_unknown_lead: ['请回答下面的问题，答完马上告诉您结果。', 'Please answer the questions below; the answer follows at once.'],
  purchase_unchecked_lead: ['有 {count} 项还不清楚，没有核对。弄清楚以后在下面补上，马上告诉您结果。', 'You are not sure of {count} of the answers, so they are not checked. Fill them in below once you know, and the answer follows at once.'],
  refund_allow: ['可以自己申请退款', 'You can apply for a refund yourself'],
  refund_warn: ['可以自己申请退款，请先看说明', 'You can apply for a refund yourself, but read this first'],
  refund_refer: ['请找客服', 'Please ask support'],
  refund_block: ['现在不能退款', 'This can’t be refunded now'],
  refund_unknown: ['还差几项信息', 'Some details are missing'],
  refund_short_allow: ['可自助退款', 'Self-service'],
  refund_short_warn: ['可自助退款，有说明', 'Self-service, with a note'],
  refund_short_refer: ['找客服办理', 'Through support'],
  refund_short_block: ['不能退款', 'Not refundable'],
  refund_applied: ['已申请退款，正在审核', 'Refund applied for, under review'],
  refund_short_applied: ['已申请退款', 'Refund applied for'],
  refund_short_overdue: ['已申请退款，过了期限', 'Refund overdue'],
  refund_short_unknown: ['还差几项信息', 'Details missing'],
  refund_short_unavailable: ['暂时查不到', 'Not available now'],

  activation_fine: ['正常', 'OK'],
  activation_allow: ['系统认证没有问题', 'System certification (系统认证) is in order'],
  activation_warn: ['系统认证里有一条需要先问清楚的提示', 'System certification (系统认证) shows a message to ask about first'],
  activation_refer: ['系统认证状态需要客服确认', 'System certification (系统认证) needs support'],
  activation_block: ['系统认证状态不正常，付费功能无法开通', 'System certification (系统认证) is not in order: paid features can’t be opened'],

  questions: ['请您回答', 'Please answer'],
  moreQuestions: ['答完之后可能还会再问几项。', 'A few more questions may follow.'],
  optional: ['选填：回答后提醒更完整', 'Optional questions, for fuller advice'],
  'empty_opened': ['都还没有开通', 'None of them'],
  'empty_activation.account': ['显示为空白', 'It is shown blank'],
  'empty_activation.notices': ['没有任何提示', 'No message is shown'],
  'empty_order.phone': ['说不上来', 'I can’t say'],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  choose: ['请选择', 'Please choose'],
  notSure: ['还不清楚', 'Not sure'],
  placeQuestion: ['您需要用在 {place} 吗？', 'Do you need it in {place}?'],
  place: ['{ledger} {year}年度', '{ledger}, {year}'],
  placeYear: ['{year}年度', '{year}'],
  placeYes: ['是', 'Yes'],
  placeNo: ['不是', 'No'],
  onePerLine: ['一行一条，照原文填写', 'One per line, as shown'],

  reasons: ['原因', 'Why'],
  basis: ['依据', 'Basis'],
  section: ['第 {number} 点', 'section {number}'],
  sectionExample: ['举例', 'example'],
  listComma: ['、', ', '],
  because: ['怎么得出的：', 'How we got there:'],
  plan: ['怎么办', 'What to do'],
  leadsTo: ['做完之后：{verdict}', 'After that: {verdict}'],
  toBeSafe: ['这样买更稳妥：', 'It is safer to buy it like this:'],
  orElse: ['或者：', 'Or:'],
  notes: ['付款前请知道', 'Good to know before you pay'],
  notes_refund: ['您还应该知道', 'Good to know'],
  contact: ['联系客服', 'Contact support'],
  contactWays: ['联系方式', 'How to reach support'],
  receipt: ['核对记录', 'Record of this check'],
  receipt_line: ['{name}：{value}', '{name}: {value}'],
  receipt_engine: ['引擎', 'engine'],
  receipt_terms: ['条款', 'terms'],
  receipt_question: ['问题', 'question'],
  receipt_rules: ['规则', 'rules'],
  receipt_facts: ['事实', 'facts'],
  receipt_now: ['时间', 'now'],
  receipt_playground: ['重现这次核对', 'Repeat this check'],
  receiptLead: ['联系客服时可以提供，客服能用其中的链接重现这次核对；链接里没有账号、手机号和账套名称。', 'Give this to support: they can repeat the check by the link in it, which names no account, phone or ledger.'],
  receiptLead_bare: ['联系客服时可以提供，客服能看出这次核对用的规则和条款。', 'Give this to support: it tells which rules and terms the check went by.'],

  software_select: ['在软件里进入{place}，再点“立即购买”。', 'In the software open {place}, and click 立即购买 there.'],
  software_buy: ['回到软件，点“立即购买”，改选“{product}”。', 'Go back to the software, click 立即购买 and choose {product} instead.'],
  software_buy_in: ['在软件里进入{place}，点“立即购买”，选“{product}”。', 'In the software open {place}, click 立即购买 and choose {product}.'],
  software_only: ['这一步要在软件里做，本页换不了。在软件里重新下单后，会再核对一次。', 'This is done in the software; this page cannot change it. Order there anew, and it is checked again.'],

  step_select_ledger_year: ['切换到 {ledger} {year}年度', 'Switch to {ledger}, {year}'],
  step_select_ledger: ['切换到 {ledger}', 'Switch to {ledger}'],
  step_select_year: ['切换到 {year}年度', 'Switch to {year}'],
  step_buy: ['改买“{product}”', 'Buy {product} instead'],
  step_buy_in: ['到 {place} 改买“{product}”', 'Buy {product} instead, in {place}'],
  step_pay_with: ['改用{payment}', 'Pay with {payment}'],
  step_order_ledgers: ['把这一单改为 {count} 个', 'Order {count} instead'],

  pay: ['去付款', 'Go to payment'],
  payWarn: ['我已看过提醒，去付款', 'I’ve read it, go to payment'],
  payWhy_waiting: ['正在核对，马上就好。', 'Checking; this takes a moment.'],
  payWhy_allow: ['核对过了，可以付款。', 'Checked: you can pay.'],
  payWhy_warn: ['可以付款，请先看提醒。', 'You can pay; please read the notes first.'],
  payWhy_refer: ['需要客服办理，这里不能直接付款。', 'Support has to do this; you can’t pay here.'],
  payWhy_block: ['现在不能付款：{reason}', 'You can’t pay now: {reason}'],
  payWhy_unknown: ['还差 {count} 项没有回答，答完才能付款。', '{count} still to answer before you can pay.'],
  payWhy_unknown_many: ['还有问题没有回答，答完才能付款。', 'Some questions are still to be answered before you can pay.'],
  payWhy_unchecked: ['有 {count} 项没有核对，付款前请补上。', 'Not checked: {count}. Please fill in before you pay.'],
  payWhy_unavailable: ['没有自动核对。请看过那几项再付款。', 'Not checked. Please go through the list, then pay.'],

  payAtTill: ['付款时请选微信支付或支付宝。', 'When you pay, choose WeChat Pay or Alipay.'],

  unchecked: ['有几项没有核对，仍要付款', 'Pay without the missing checks'],
  unchecked_facts: ['没有核对的是：', 'Not checked:'],
  unchecked_risk: ['其中有一项不对，付了款就可能用不了，要退款再买。拿不准的，先问客服：', 'If one of these is wrong, what you pay for may not work, and would have to be refunded and bought anew. If in doubt, ask support first:'],
  unchecked_tick: ['我知道这几项没有核对，付了款可能用不了', 'I know that these were not checked, and that what I pay for may not work'],
  unchecked_needed: ['请先勾选上面这一句。', 'Please tick the sentence above first.'],
  unchecked_pay: ['仍要付款', 'Pay all the same'],

  badFacts: ['本页带来的信息里，有内容看不懂，没有采用：', 'Part of what this page handed over could not be understood and was left out:'],
  badFactsOther: ['本页带来的信息里，有内容看不懂，没有采用。其余内容照常核对。', 'Part of what this page handed over could not be understood and was left out. Everything else is checked as usual.'],
  badFactsField: ['“{label}”{problem}', '“{label}” {problem}'],
  badFactsName: ['“{name}”（也许是“{hint}”）', '“{name}” (perhaps “{hint}”)'],
  badFactsAfter: ['其余内容照常核对，请在下面补上。', 'Everything else is checked as usual. Please fill it in below.'],
  bad_unknown_value: ['给的值不在可选范围里，请重新选。', 'This is not one of the choices. Please choose again.'],
  bad_wrong_type: ['格式不对，请重新填。', 'This can’t be read. Please fill it in again.'],
  bad_wrong_type_integer: ['请填整数。', 'Please give a whole number.'],
  bad_out_of_range: ['超出了可以填的范围，请重新填。', 'This is out of range. Please fill it in again.'],
  bad_out_of_range_between: ['请填 {min} 到 {max} 之间的整数。', 'Please give a whole number from {min} to {max}.'],
  bad_blank: ['不能是空白，请填写。', 'This can’t be blank. Please fill it in.'],
  bad_inconsistent_future: ['这个时间比现在还晚，请核对。', 'This time lies in the future. Please check it.'],
  bad_inconsistent: ['和另一个时间对不上，请核对。', 'This contradicts another time. Please check it.'],

  thisOrder: ['这笔订单', 'This order'],
  noDeadline: ['说明里没有写期限', 'No deadline is stated'],
  until: ['{when} 前可以自己申请', 'Apply by {when}'],
  untilReviewed: ['{when} 前应审核退款', 'Review and refund due by {when}'],
  refundButton_waiting: ['怎么退款', 'How to get a refund'],
  refundButton_unavailable: ['怎么退款', 'How to get a refund'],
  refundButton_allow: ['申请退款', 'Apply for a refund'],
  refundButton_warn: ['申请退款', 'Apply for a refund'],
  refundButton_refer: ['联系客服', 'Contact support'],
  refundButton_block: ['不能退款的原因', 'Why no refund'],
  refundButton_applied: ['退款审核说明', 'About the review'],
  refundButton_unknown: ['补充信息', 'Add what is missing'],
  refundOf: ['{button}：{order}', '{button}: {order}'],
  haveReady: ['请准备好', 'Have ready'],
  haveOrder: ['订单号 {number}', 'The order number {number}'],
  haveOrderUnknown: ['订单号', 'The order number'],
  havePhone: ['购买时用的手机号 {phone}', 'The phone number you bought with, {phone}'],
  havePhoneUnknown: ['购买时用的手机号', 'The phone number you bought with'],
  haveInvoice: ['发票，客服要先红冲', 'The invoice: support reverses it (红冲) first'],
  alternative: ['不退款的办法', 'Instead of a refund'],
  apply: ['提交退款申请', 'Submit the application'],
  group: ['QQ群', 'QQ group'],
  joinNote: ['加群备注', 'Joining note'],
  phone: ['电话', 'Phone'],
  email: ['邮件', 'E-mail'],
  address: ['地址', 'Address'],
  copy_qqGroup: ['复制群号', 'Copy the group number'],
  copy_qqGroupName: ['复制客服名称', 'Copy the name to ask for'],
  copy_phone: ['复制电话', 'Copy the phone number'],
  copy_email: ['复制邮件地址', 'Copy the e-mail address'],
  copy: ['复制', 'Copy'],
  copyOf: ['复制 {text}', 'Copy {text}'],
  copiedText: ['已复制 {text}', 'Copied {text}'],
  notCopiedText: ['复制不了，请记下 {text}', 'Not copied; please note down {text}'],
  close: ['关闭', 'Close'],

  picture_window_open: ['退款期限：{paid}付款，最后一天是{last}；今天{today}，之后还有 {days} 天。', 'Refund window: paid on {paid}, last day {last}; today is {today}, days to come: {days}.'],
  picture_window_last: ['退款期限：{paid}付款，最后一天就是今天，{last}。', 'Refund window: paid on {paid}; today, {last}, is the last day.'],
  picture_window_passed: ['退款期限：{paid}付款，最后一天是{last}；今天{today}，已经过了 {days} 天。', 'Refund window: paid on {paid}, last day {last}; today is {today}, days past: {days}.'],
  picture_today_open: ['今天{today}，之后还有 {days} 天', 'Today {today}, days to come: {days}'],
  picture_today_last: ['今天{today}是最后一天', 'Today {today}, the last day'],
  picture_today_passed: ['今天{today}，过了 {days} 天', 'Today {today}, days past: {days}'],
  picture_paid: ['付款 {paid}', 'Paid {paid}'],
  picture_last: ['最后一天 {last}', 'Last day {last}'],
  picture_sentence: ['{first}；{rest}。', '{first}; {rest}.'],
  picture_semicolon: ['；', '; '],
  picture_space: [' ', ', '],
  picture_used: ['云盘里现有 {count} 个账套', 'Cloud ledgers in use: {count}'],
  picture_ordered: ['本单 {count} 个', 'This order: {count}'],
  picture_added: ['已购买的加上本单共 {count} 个', 'Bought before and in this order: {count}'],
  picture_bought: ['已购买 {count} 个', 'Bought: {count}'],
  picture_short: ['，少 {count} 个', ', too few by {count}'],
  picture_enough: ['，够用', ', enough'],
  picture_saved: ['已保存 {count} 张凭证', 'Vouchers saved: {count}'],
  picture_topped: ['，另购 {count} 张', ', bought: {count}'],
  picture_quota: ['额度共 {count} 张', 'Quota: {count}'],
  picture_assured: ['较低的额度共 {count} 张', 'Lower quota: {count}'],
  picture_claimed: ['较高的额度共 {count} 张', 'Higher quota: {count}'],
  picture_left: ['，还能存 {count} 张', ', left: {count}'],
  picture_exceeded: ['，超出 {count} 张', ', exceeded by {count}'],
  picture_selected: ['现在所在', 'Started in'],
  picture_needed: ['需要用在', 'Needed in'],
  picture_year: ['{year}年度', 'Year {year}'],
  picture_places: ['现在所在：{selected}；需要用在：{needed}。{compared}', 'Started in: {selected}; needed in: {needed}.{compared}'],
  picture_same_ledger: ['账套一样。', ' The same ledger.'],
  picture_other_ledger: ['账套不一样。', ' Different ledgers.'],
  picture_same_year: ['年度一样。', ' The same year.'],
  picture_other_year: ['年度不一样。', ' Different years.'],
} as const;

export type Text = keyof typeof TEXT;

/** What is said in one language. */
export interface Words {
  readonly locale: Locale;
  /** A text; `{name}` is replaced by the value of that name. */
  t(key: Text, values?: { [name: string]: string | number }): string;
  /** The one of both that is in this language. */
  of(both: Bilingual): string;
  /** A moment in Beijing time, to the minute. */
  moment(time: string | number): string;
  /** The end of a span: midnight is told as the end of the day before, as people say it. */
  endOf(time: string): string;
}

/** The wall clock of Beijing, as `YYYY-MM-DDTHH:MM`; blank for what is no time. */
export function wallClock(time: string | number): string {
  const moment = new Date(time).getTime() + 8 * 3600 * 1000;
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 16);
}

/** A day, from text that begins with `YYYY-MM-DD`, in the one form that the engine's texts have as well. */
export function writeDay(iso: string, locale: Locale): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return locale === 'en' ? iso.slice(0, 10) : `${year}年${month}月${day}日`;
}

/** The one of our languages that suits a reader of `language`: Chinese unless it is English. */
export const localeOf = (language: string): Locale => /^en\b/i.test(language) ? 'en' : 'zh-CN';

const made: { [locale: string]: Words } = {};

/** The words of a language. */
export function words(locale: Locale): Words {
  return made[locale] || (made[locale] = make(locale));
}

function make(locale: Locale): Words {
  const english = locale === 'en';
  const moment = (time: string | number) => {
    const clock = wallClock(time);
    return clock && writeDay(clock, locale) + ' ' + clock.slice(11);
  };
  return {
    locale,
    t: (key, values = {}) => TEXT[key][english ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
    of: ({ zh, en }) => english ? en : zh,
    moment,
    endOf(time) {
      if (wallClock(time).slice(11) !== '00:00') return moment(time);
      return writeDay(wallClock(new Date(time).getTime() - 1), locale) + ' 24:00';
    },
  };
}
