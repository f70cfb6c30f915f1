// The pages' own words in both languages, and which language is shown.
import type { Locale } from '@ekuaiji/preflight';
import { words, type Words } from '../../pkg-config/elements/words.js';

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

  what: ['您要买的', 'Your purchase'],
  whatNothing: ['还没有带来购买内容，请回答下面的问题。', 'Nothing was handed over yet. Please answer the questions below.'],
  whatChange: ['修改', 'Change'],
  whatLead: ['由软件带来，不对的请改。', 'Handed over by the software. Please correct what is wrong.'],
  whatNeeded: ['用在', 'Needed in'],
  place: ['{ledger} {year}年度', '{ledger}, {year}'],

  adviceTitle: ['付款页面打不开？', 'The payment page does not open?'],

  confirmTitle: ['确认要提交的内容', 'Check what will be sent'],
  confirmLead: ['下面这些会交给收银台。', 'This is what the till will be given.'],
  confirmNothing: ['链接没有带来购买内容，收银台会请您选择。', 'The link named no purchase; the till will ask you to choose.'],
  confirmGo: ['去收银台', 'Go to the till'],
  confirmDone: ['演示到此为止：没有提交任何内容，也没有扣款。', 'The demo ends here: nothing was sent and nothing was charged.'],
  tillEdition: ['软件版本', 'Edition'],
  tillProduct: ['购买内容', 'Product'],
  tillPlace: ['购买账套', 'Bought in'],
  tillQuantity: ['账套数量', 'Ledgers'],
  tillAccount: ['会员账号', 'Member account'],
  tillPayment: ['付款方式', 'Payment'],

  noOrders: ['还没有订单。', 'No orders yet.'],
  chooseCustomer: ['登录后在这里看到自己的订单。演示时，请先在上面选择一位客户。', 'Your orders show here when you are signed in. In the demo, choose a customer above.'],
  noSuchCustomer: ['没有找到这位客户，请重新选择。', 'There is no such customer. Please choose again.'],
  ordersOf: ['{name} 的订单', 'Orders of {name}'],
  asOf: ['以 {when}（北京时间）为准', 'As of {when} (Beijing time)'],
  orderNumber: ['订单号 ', 'Order '],
  paidAt: ['付款时间：', 'Paid: '],
  invoice: ['发票：', 'Invoice: '],
  reason: ['退款原因：', 'Reason: '],
  submitted: ['演示到此为止：没有提交任何申请。', 'The demo ends here: no application was sent.'],

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
  copyLinkOf: ['复制链接：{code}', 'Copy link: {code}'],
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
  ruleRunOf: ['运行例子：{question}（{code}）', 'Run the example: {question} ({code})'],
  ruleGiven: ['已知的情况', 'What is known'],
  ruleRead: ['加粗的是规则用到的。', 'What the rules read is in bold.'],
  ruleAnswer: ['结论：{verdict}', 'Verdict: {verdict}'],
  'slot_refund.lastDay': ['退款期限的最后一天', 'the last day of the refund window'],
  unavailableRules: ['规则照常可以看，例子请稍后再运行。', 'The rules can still be read. Please run the example later.'],
} as const;

export type Text = keyof typeof TEXT;

let current: Locale = 'zh-CN';

export const locale = (): Locale => current;

/** The words that the pages share with the elements, in the language shown. */
export const w = (): Words => words(current);

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
