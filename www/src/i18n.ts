// The pages' own words in both languages, and which language is shown.
import type { Locale } from './engine';

const TEXT = {
  brand: ['e会计 · 购前核对', 'e会计 · Preflight'],
  skip: ['跳到主要内容', 'Skip to the main content'],
  navigation: ['页面', 'Pages'],
  orderPage: ['购买', 'Buy'],
  memberPage: ['我的订单', 'My orders'],
  rulesPage: ['规则', 'Rules'],
  otherLanguage: ['English', '中文'],

  demo: ['演示', 'Demo'],
  demoCustomer: ['选择一位虚构的客户', 'Choose an invented customer'],
  demoNobody: ['不选客户', 'No customer'],
  demoOpen: ['打开', 'Open'],

  indexTitle: ['付款之前先核对', 'Check before you pay'],
  indexLead: ['付款前告诉您买了能不能用；付款后告诉您能不能退、怎么退。', 'Before you pay: whether the purchase will work. After you paid: whether and how it can be refunded.'],
  indexOrder: ['购买页：核对这一次购买', 'Order page: check a purchase'],
  indexMember: ['我的订单：查看退款办法', 'My orders: see how to get a refund'],
  indexRules: ['全部规则：每一条的条件、依据和例子', 'All rules: the conditions, basis and examples of each'],

  orderTitle: ['购买前核对', 'Check before you buy'],
  memberTitle: ['我的订单', 'My orders'],
  unavailable: ['现在无法自动核对', 'The automatic check is not available'],
  unavailableOrder: ['不影响购买。付款前，请自行确认账套、年度和“系统认证”里的激活账户。', 'You can still buy. Before you pay, please make sure that the ledger, the year and the activation account under 系统认证 are right.'],
  unavailableMember: ['暂时不能告诉您每笔订单的退款办法，请稍后再打开，或联系客服：021-58350168、service@kuaijihui.com。', 'We can’t show how each order can be refunded right now. Please come back later, or contact support: 021-58350168, service@kuaijihui.com.'],

  purchase_allow: ['可以购买', 'You can buy this'],
  purchase_warn: ['可以购买，请先看提醒', 'You can buy this, but read this first'],
  purchase_refer: ['请先联系客服', 'Please contact support first'],
  purchase_block: ['请先不要付款', 'Please don’t pay yet'],
  purchase_unknown: ['还不能下结论', 'We can’t tell yet'],
  purchase_allow_lead: ['按公布的购买说明核对过，没有发现会妨碍使用的地方。', 'Checked against the published terms: nothing was found that would keep it from working.'],
  purchase_warn_lead: ['没有发现会妨碍使用的地方，但下面的情况请您先确认。', 'Nothing was found that would keep it from working, but please make sure of what follows.'],
  purchase_refer_lead: ['这种情况需要客服帮您办理。', 'Support can do this for you.'],
  purchase_block_lead: ['照现在的情况，付了款也用不了，或者买不成。原因和办法都在下面。', 'As things stand, you would pay for something that won’t work or can’t be bought this way. The reason and the way out are below.'],
  purchase_unknown_lead: ['请回答下面的问题，答完马上告诉您结果。', 'Please answer the questions below; the answer follows at once.'],
  refund_allow: ['可以自己申请退款', 'You can apply for a refund yourself'],
  refund_warn: ['可以自己申请退款，请先看说明', 'You can apply for a refund yourself, but read this first'],
  refund_refer: ['请找客服', 'Please ask support'],
  refund_block: ['现在不能退款', 'This can’t be refunded now'],
  refund_unknown: ['还差几项信息', 'Some details are missing'],
  refund_unknown_lead: ['点“补充信息”，回答之后就能知道。', 'Choose “Add what is missing” and answer to find out.'],

  activation_allow: ['系统认证状态正常', 'The activation is in order'],
  activation_warn: ['系统认证里有一条需要先问清楚的提示', 'The activation shows a message to ask about first'],
  activation_refer: ['系统认证状态需要客服确认', 'The activation needs support'],
  activation_block: ['系统认证状态不正常，付费功能无法开通', 'The activation is not in order: paid features can’t be opened'],

  questions: ['请您回答', 'Please answer'],
  moreQuestions: ['答完之后可能还会再问几项。', 'A few more questions may follow.'],
  optional: ['选填：可能多一条提醒，不会变成不能办', 'Optional: may add a reminder, never a refusal'],
  known: ['已知的信息', 'What we know'],
  knownLead: ['由软件带来，不对的请改。', 'Handed over by the software. Please correct what is wrong.'],
  'empty_opened': ['都还没有开通', 'None of them'],
  'empty_activation.account': ['显示为空白', 'It is shown blank'],
  'empty_activation.notices': ['没有任何提示', 'No message is shown'],
  'empty_order.phone': ['说不上来', 'I can’t say'],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  choose: ['请选择', 'Please choose'],
  notSure: ['还不清楚', 'Not sure'],
  onePerLine: ['一行一条，照原文填写', 'One per line, as shown'],

  reasons: ['原因', 'Why'],
  severity_allow: ['可以', 'OK'],
  severity_warn: ['提醒', 'Note'],
  severity_refer: ['找客服', 'Support'],
  severity_block: ['不行', 'Stop'],
  severity_unknown: ['还不能确定', 'Not known yet'],
  basis: ['依据', 'Basis'],
  stated_stated: ['说明写明了', 'the text says so'],
  stated_inferred: ['按说明推断', 'inferred from the text'],
  stated_silent: ['说明没有提到', 'the text does not say'],
  stated_conflicting: ['说明前后不一致', 'the text contradicts itself'],
  section: ['第 {number} 点', 'section {number}'],
  sectionExample: ['举例', 'example'],
  listComma: ['、', ', '],
  because: ['怎么得出的：', 'How we got there:'],
  plan: ['怎么办', 'What to do'],
  leadsTo: ['做完之后：{verdict}', 'After that: {verdict}'],
  orElse: ['或者：', 'Or:'],
  notes: ['您还应该知道', 'Good to know'],
  receipt: ['核对凭据', 'Receipt of this check'],
  receiptLead: ['联系客服时可以提供，客服能据此重现这次核对。', 'Give this to support and they can repeat the check.'],

  pay: ['去付款', 'Go to payment'],
  payWarn: ['我已看过提醒，去付款', 'I have read this, go to payment'],
  payWhy_allow: ['点击后先给您看要提交的内容，不会直接扣款。', 'You will first see what is sent. Nothing is charged yet.'],
  payWhy_warn: ['点击后先给您看要提交的内容，不会直接扣款。', 'You will first see what is sent. Nothing is charged yet.'],
  payWhy_refer: ['需要客服办理，这里不能直接付款。', 'Support has to do this; you can’t pay here.'],
  payWhy_block: ['现在不能付款：{reason}', 'You can’t pay now: {reason}'],
  payWhy_unknown: ['还差 {count} 项没有回答，答完才能付款。', '{count} still to answer before you can pay.'],
  payWhy_unknown_many: ['还有问题没有回答，答完才能付款。', 'Some questions are still to be answered before you can pay.'],
  payWhy_unavailable: ['没有核对也可以付款。', 'You can pay without the check.'],
  confirmTitle: ['确认要提交的内容', 'Check what will be sent'],
  confirmLead: ['下面这些会交给收银台。', 'This is what the till will be given.'],
  confirmNothing: ['链接没有带来购买内容，收银台会请您选择。', 'The link named no purchase; the till will ask you to choose.'],
  confirmGo: ['去收银台', 'Go to the till'],
  confirmBack: ['返回修改', 'Back'],
  confirmDone: ['演示到此为止：没有提交任何内容，也没有扣款。', 'The demo ends here: nothing was sent and nothing was charged.'],
  tillEdition: ['软件版本', 'Edition'],
  tillProduct: ['购买内容', 'Product'],
  tillLedger: ['账套', 'Ledger'],
  tillYear: ['年度', 'Year'],
  tillQuantity: ['账套数量', 'Ledgers'],
  tillAccount: ['会员账号', 'Member account'],
  tillPayment: ['付款方式', 'Payment'],

  badAddress: ['打开本页的链接里，有内容看不懂，没有采用：', 'Part of the link that opened this page could not be understood and was left out:'],
  badAddressField: ['“{label}”{problem}', '“{label}” {problem}'],
  badAddressName: ['“{name}”（也许是“{hint}”）', '“{name}” (perhaps “{hint}”)'],
  badAddressAfter: ['其余内容照常核对，请在下面补上。', 'Everything else is checked as usual. Please fill it in below.'],
  bad_unknown_value: ['给的值不在可选范围里，请重新选。', 'This is not one of the choices. Please choose again.'],
  bad_wrong_type: ['格式不对，请重新填。', 'This can’t be read. Please fill it in again.'],
  bad_wrong_type_integer: ['请填整数。', 'Please give a whole number.'],
  bad_out_of_range: ['超出了可以填的范围，请重新填。', 'This is out of range. Please fill it in again.'],
  bad_out_of_range_between: ['请填 {min} 到 {max} 之间的整数。', 'Please give a whole number from {min} to {max}.'],
  bad_blank: ['不能是空白，请填写。', 'This can’t be blank. Please fill it in.'],
  bad_inconsistent: ['付款时间比现在还晚，请核对。', 'The time of payment lies in the future. Please check it.'],

  noOrders: ['还没有订单。', 'No orders yet.'],
  chooseCustomer: ['登录后在这里看到自己的订单。演示时，请先在上面选择一位客户。', 'Your orders show here when you are signed in. In the demo, choose a customer above.'],
  noSuchCustomer: ['没有找到这位客户，请重新选择。', 'There is no such customer. Please choose again.'],
  ordersOf: ['{name} 的订单', 'Orders of {name}'],
  asOf: ['以 {when}（北京时间）为准', 'As of {when} (Beijing time)'],
  orderNumber: ['订单号 ', 'Order '],
  paidAt: ['付款时间：', 'Paid: '],
  invoice: ['发票：', 'Invoice: '],
  reason: ['退款原因：', 'Reason: '],
  thisOrder: ['这笔订单', 'This order'],
  selfServiceUntil: ['{when} 前可以自己申请', 'Apply by {when}'],
  refundButton_allow: ['申请退款', 'Apply for a refund'],
  refundButton_warn: ['申请退款', 'Apply for a refund'],
  refundButton_refer: ['联系客服', 'Contact support'],
  refundButton_block: ['不能退款，看原因', 'No refund: see why'],
  refundButton_unknown: ['补充信息', 'Add what is missing'],
  refundOf: ['{button}：{order}', '{button}: {order}'],
  haveReady: ['请准备好', 'Have ready'],
  haveOrder: ['订单号 {number}', 'The order number {number}'],
  havePhone: ['购买时用的手机号 {phone}', 'The phone number you bought with, {phone}'],
  havePhoneUnknown: ['购买时用的手机号', 'The phone number you bought with'],
  haveNote: ['加群备注：{note}', 'When you join the group, write: {note}'],
  haveInvoice: ['发票，客服要先红冲', 'The invoice: support cancels it with a red-letter invoice first'],
  submitRefund: ['提交退款申请', 'Apply for the refund'],
  submitted: ['演示到此为止：没有提交任何申请。', 'The demo ends here: no application was sent.'],
  close: ['关闭', 'Close'],

  rulesTitle: ['全部规则', 'All rules'],
  rulesLead: ['核对时用的每一条规则：什么时候起作用、依据是什么、怎么解除。例子点一下，当场由核对程序算给您看。', 'Every rule behind the checks: when it fires, what it rests on and what lifts it. Run an example, and the engine answers on the spot.'],
  rulesSearch: ['搜索', 'Search'],
  rulesSearchHint: ['代码、文字或条款编号', 'Code, words or clause number'],
  rulesQuestion: ['问题', 'Question'],
  rulesSeverity: ['结论', 'Verdict'],
  rulesAny: ['全部', 'All'],
  question_activation: ['激活', 'Activation'],
  question_purchase: ['购买', 'Purchase'],
  question_entitlement: ['使用', 'Use'],
  question_refund: ['退款', 'Refund'],
  question_page: ['页面打不开', 'Page does not open'],
  rulesCount: ['共 {all} 条规则', '{all} rules'],
  rulesFound: ['{all} 条规则中找到 {found} 条', '{found} of {all} rules'],
  rulesNone: ['没有符合的规则。', 'No rule matches.'],
  rulesClear: ['清除条件，显示全部', 'Clear, and show all'],
  rulesOpenAll: ['全部展开', 'Open all'],
  rulesCloseAll: ['全部收起', 'Close all'],
  rulesMore: ['内容、条件、依据和例子', 'Words, conditions, basis and example'],
  copyLink: ['复制链接', 'Copy link'],
  copyLinkOf: ['复制 {code} 的链接', 'Copy the link to {code}'],
  copied: ['已复制', 'Copied'],
  copyFailed: ['复制不了，链接在地址栏里', 'Not copied; the link is in the address bar'],
  ruleSays: ['告诉购买者的话', 'What the buyer is told'],
  ruleFires: ['下面每一条都成立时起作用', 'It fires when all of this holds'],
  ruleOnlyFor: ['（只在问“{question}”时要求）', ' (only when “{question}” is asked)'],
  ruleAnyOf: ['以下任意一组都成立：', 'That is, all of any one of these:'],
  ruleAnd: ['，并且', ', and '],
  ruleNoClause: ['没有引用条款，是常理。', 'It cites no clause; it is common sense.'],
  ruleLifts: ['怎么解除', 'What lifts it'],
  ruleLiftsNothing: ['它不拦住什么，不需要解除。', 'It stops nothing, so there is nothing to lift.'],
  ruleExamples: ['例子', 'Example'],
  ruleRun: ['运行例子：{question}', 'Run the example: {question}'],
  ruleRunOf: ['运行 {code} 的例子：{question}', 'Run the example of {code}: {question}'],
  ruleGiven: ['已知的情况', 'What is known'],
  ruleRead: ['加粗的是规则用到的。', 'What the rules read is in bold.'],
  ruleAnswer: ['结论：{verdict}', 'Verdict: {verdict}'],
  'slot_refund.lastDay': ['退款期限的最后一天', 'the last day of the refund window'],
  unavailableRules: ['规则照常可以看，例子请稍后再运行。', 'The rules can still be read. Please run the example later.'],
} as const;

export type Text = keyof typeof TEXT;

let current: Locale = 'zh-CN';

export const locale = (): Locale => current;

/** Takes the language from the address, and tells the document. */
export function useAddressLocale(): void {
  current = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh-CN';
  document.documentElement.lang = current;
}

/** The address of `page` in `language`, with every other parameter kept. */
export function addressIn(language: Locale, page: string = location.pathname, parameters: string = location.search): string {
  const address = new URLSearchParams(parameters);
  address.delete('lang');
  if (language === 'en') address.set('lang', 'en');
  const query = address.toString();
  return page + (query && '?' + query);
}

/** A text in the language shown; `{name}` is replaced by the value of that name. */
export function t(key: Text, values: { [name: string]: string | number } = {}): string {
  return TEXT[key][current === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** The day of a moment in Beijing, in words. */
function day(time: string | number): string {
  return new Intl.DateTimeFormat(current, { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(time));
}

/** The wall clock of Beijing, as `YYYY-MM-DDTHH:MM`; blank for what is no time. */
export function wallClock(time: string | number): string {
  const moment = new Date(time).getTime() + 8 * 3600 * 1000;
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 16);
}

/** A moment in Beijing time, to the minute. */
export function moment(time: string | number): string {
  const clock = wallClock(time);
  return clock && day(time) + ' ' + clock.slice(11);
}

/** The end of a span: midnight is told as the end of the day before, as people say it. */
export function endOf(time: string): string {
  if (wallClock(time).slice(11) !== '00:00') return moment(time);
  const last = day(new Date(time).getTime() - 1);
  return current === 'en' ? 'the end of ' + last : last + ' 24:00';
}
