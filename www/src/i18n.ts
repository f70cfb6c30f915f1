// The pages' own words in both languages, and which language is shown.
import type { Locale, Question, Severity, Verdict } from '@ekuaiji/preflight';
import { labels } from '@ekuaiji/preflight/catalogue';
import { breakable, h, type Child } from '../elements/dom.js';
import { capitalized } from '../elements/labels.js';
import { localeOf, words, type Words } from '../elements/words.js';

const TEXT = {
  brand: ['e会计 · 购前核对', 'e会计 · Preflight'],
  skip: ['跳到主要内容', 'Skip to the main content'],
  navigation: ['页面', 'Pages'],
  orderPage: ['购买', 'Buy'],
  memberPage: ['我的订单', 'My orders'],
  rulesPage: ['规则', 'Rules'],
  tryPage: ['试一试', 'Try'],
  otherLanguage: ['English', '中文'],

  demo: ['演示', 'Demo'],
  demoCustomer: ['选择一位虚构的客户', 'Choose an invented customer'],
  demoNobody: ['不选客户', 'No customer'],
  demoOpen: ['打开', 'Open'],

  indexTitle: ['付款之前先核对', 'Check before you pay'],
  indexLead: ['付款前告诉您买了能不能用；付款后告诉您能不能退、怎么退。', 'Before you pay: whether the purchase will work. After you pay: whether and how it can be refunded.'],
  indexOrder: ['购买：核对这一次购买', 'Buy: check a purchase'],
  indexMember: ['我的订单：查看退款办法', 'My orders: see how to get a refund'],
  indexRules: ['规则：每一条的条件、依据和例子', 'Rules: the conditions, basis and examples of each'],
  indexTry: ['试一试：改任意一项，当场看结论和理由', 'Try: change any fact, see the answer at once'],

  orderTitle: ['购买前核对', 'Check before you buy'],
  memberTitle: ['我的订单', 'My orders'],

  what: ['您要买的', 'Your purchase'],
  whatNothing: ['还没有收到购买内容。', 'We have no details of your purchase yet.'],
  whatChange: ['修改', 'Change'],
  whatLead: ['由软件带来，不对的请改，改了马上重新核对。在哪个账套、哪个年度买什么，要回软件里改。', 'Handed over by the software. Correct what is wrong; it is checked anew at once. Ledger, year and product are changed in the software.'],
  whatNeeded: ['需要用在', 'Needed in'],
  place: ['{ledger} {year}年度', '{ledger}, {year}'],

  adviceTitle: ['付款页面打不开？', 'Payment page not opening?'],

  confirmTitle: ['确认要提交的内容', 'Check what will be sent'],
  confirmLead: ['下面这些会交给收银台。', 'This is what the payment page will be given.'],
  confirmNothing: ['链接没有带来购买内容，收银台会请您选择。', 'The link named no purchase; the payment page will ask you to choose.'],
  confirmGo: ['去收银台', 'Continue to payment'],
  confirmDone: ['演示到此为止：没有提交任何内容，也没有扣款。', 'The demo ends here: nothing was sent and nothing was charged.'],
  tillEdition: ['软件版本', 'Edition'],
  tillProduct: ['购买内容', 'Product'],
  tillPlace: ['现在所在', 'Started in'],
  tillQuantity: ['账套数量', 'Ledgers'],
  tillAccount: ['会员账号', 'Account'],
  tillPayment: ['付款方式', 'Payment'],

  noOrders: ['还没有订单。', 'No orders yet.'],
  chooseCustomer: ['登录后在这里看到自己的订单。演示时，请先在上面选择一位客户。', 'Your orders show here when you are signed in. In the demo, choose a customer above.'],
  noSuchCustomer: ['没有找到这位客户，请重新选择。', 'There is no such customer. Please choose again.'],
  ordersOf: ['{name}的订单', 'Orders of {name}'],
  asOf: ['截至 {when}（北京时间）', 'As of {when} (Beijing time)'],
  orderNumber: ['订单号 ', 'Order '],
  paidAt: ['付款时间：', 'Paid on '],
  appliedAt: ['申请退款：', 'Refund applied for on '],
  invoice: ['发票：', 'Invoice: '],
  reason: ['退款原因：', 'Refund reason: '],
  submitted: ['演示到此为止：没有提交任何申请。', 'The demo ends here: no application was sent.'],

  rulesTitle: ['全部规则', 'All rules'],
  rulesLead: ['核对时用的每一条规则：什么时候起作用、依据是什么、怎么解除。例子点一下，当场由核对程序算给您看。', 'Every rule behind the checks: when it fires, what it rests on and what lifts it. Run an example, and the engine answers on the spot.'],
  rulesSearch: ['搜索', 'Search'],
  rulesSearchHint: ['代码、文字或条款编号', 'Code, word or clause'],
  rulesQuestion: ['问题', 'Question'],
  rulesSeverity: ['结论', 'Verdict'],
  rulesAny: ['全部', 'All'],
  rulesCount: ['共 {all} 条规则', '{all} rules'],
  rulesFound: ['{all} 条规则中找到 {found} 条', '{found} of {all} rules'],
  rulesNone: ['没有符合的规则。', 'No rule matches.'],
  rulesClear: ['清除条件，显示全部', 'Clear, and show all'],
  rulesOpenAll: ['全部展开', 'Open all'],
  rulesCloseAll: ['全部收起', 'Close all'],
  rulesMore: ['内容、条件、依据和例子', 'Details and example'],
  copyLink: ['复制链接', 'Copy link'],
  copyLinkOf: ['复制链接：{code}', 'Copy link: {code}'],
  copied: ['已复制', 'Copied'],
  copyFailed: ['复制不了，链接在地址栏里', 'Not copied; the link is in the address bar'],
  ruleSays: ['告诉购买者的话', 'What the buyer is told'],
  ruleFires: ['下面每一条都成立时起作用', 'It fires when all of this holds'],
  ruleOnlyFor: ['（只在问“{question}”时要求）', ' (only when “{question}” is asked)'],
  ruleAnyOf: ['以下任意一组都成立：', 'That is, all of any one of these:'],
  ruleAnd: ['，并且', ', and '],
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

  tryTitle: ['试一试', 'Playground'],
  tryLead: ['改任意一项，结论、理由和办法当场跟着变。什么都不会发送出去。', 'Change any fact, and answer, reasons and plan follow at once. Nothing is sent anywhere.'],
  unavailableTry: ['这一页离不开核对程序，请稍后再打开。', 'This page can do nothing without the engine. Please come back later.'],
  tryQuestion: ['问什么', 'Question'],
  tryClear: ['全部清空', 'Clear all'],
  tryCleared: ['已清空', 'Cleared'],
  tryAnswer: ['看结论', 'See the answer'],
  tryScenarios: ['载入场景', 'Load a scenario'],
  tryScenariosLead: ['测试这些规则用的全部场景。选中一个就会载入；标题是英文。', 'All scenarios that the rules are tested with. Choosing one loads it.'],
  tryScenarioSearchHint: ['标题、规则代码、条款或预期结论', 'Title, rule, clause or expected answer'],
  tryScenarioList: ['场景', 'Scenario'],
  tryScenariosFound: ['{all} 个场景中找到 {found} 个', '{found} of {all} scenarios'],
  tryScenariosFailed: ['场景没有载入成功，请检查网络后再展开一次。', 'The scenarios could not be loaded. Please check the network and open this again.'],
  tryScenario: ['场景 {file}', 'Scenario {file}'],
  tryAsExpected: ['和预期一致', 'As expected'],
  tryNotExpected: ['和预期不一致', 'Not as expected'],
  tryChanged: ['已改动', 'Changed'],
  tryExpected: ['预期', 'Expected'],
  tryFacts: ['这个问题要看的事实', 'Facts that the question reads'],
  tryOther: ['其他事实（这个问题不看，或者只影响说明）', 'Other facts (not read, or only by notes)'],
  tryTimeHint: ['时间要带时区，例如 2026-11-24T10:00:00+08:00；也可以填从 1970 年算起的毫秒数。', 'Times need an offset, such as 2026-11-24T10:00:00+08:00, or are milliseconds since 1970.'],
  tryNow: ['填现在的时间', 'Fill in the time now'],
  tryTerms: ['假如规则或数字不同', 'What if rules or numbers differed'],
  tryTermsLead: ['条款里的数字，不填就用现行的；改了，整个结论都按新数字重新核对。', 'Numbers of the terms; what is left blank stays as it is. With others the whole answer is worked out anew.'],
  whatIf: ['假如这条规则只是提醒', 'What if this rule only warned'],
  whatIfLead: ['只看结论会变成什么；本页的结论、理由和办法仍是现行规则的。', 'Shows only what the verdict would become; answer, reasons and plan stay those of the rules in force.'],
  whatIfNone: ['现在没有拦住购买或转给客服的规则。', 'No rule refuses or refers to support now.'],
  whatIfThen: ['假设：如果 {code} 只是提醒，结论会是“{verdict}”。', 'Supposed: if {code} only warned, the verdict would be “{verdict}”.'],
  whatIfOthers: ['另外起作用的：{codes}。', ' Also fired: {codes}.'],
  whatIfOnly: ['现行规则没有变。', ' The rules in force are unchanged.'],
  'term_voucherQuota.assured': ['凭证额度，较低的说法', 'Voucher quota, lower number'],
  'term_voucherQuota.claimed': ['凭证额度，较高的说法', 'Voucher quota, higher number'],
  term_refundWindowDays: ['云盘版退款期限（天）', 'Refund window of Cloud orders (days)'],
  term_refundReviewWorkdays: ['退款审核（工作日）', 'Refund review (working days)'],
  tryJson: ['事实的 JSON，可以直接改', 'Facts as JSON, to edit directly'],
  tryJsonBad: ['这不是完整的 JSON，暂时没有采用：{problem}', 'This is not complete JSON and was not taken: {problem}'],
  tryRefused: ['这些事实不能核对', 'These facts can’t be checked'],
  tryRefusedLead: ['程序调用时会收到下面这个 FactsError，内容是英文。', 'A program that passes them is given this FactsError.'],
  tryMissing: ['还缺的事实', 'Missing facts'],
  tryNeeded: ['缺了不能下结论', 'needed for a verdict'],
  tryNotNeeded: ['不补也能下结论', 'not needed for a verdict'],
  tryFillIn: ['填写', 'Fill in'],
  tryFillInOf: ['填写 {path}', 'Fill in {path}'],
  tryStable: ['如果什么都不做，这个结论到 {when}（北京时间）会变。', 'If nobody acts, this answer changes at {when} (Beijing time).'],
  tryStableAlways: ['如果什么都不做，这个结论不会随时间变。', 'If nobody acts, time does not change this answer.'],
  tryTrace: ['每条规则的判断过程', 'What became of every rule'],
  tryTraceLead: ['✓ 成立，✗ 不成立，？还不知道', '✓ met, ✗ not met, ? not known'],
  trace_fired: ['起作用', 'fired'],
  trace_open: ['还不知道', 'open'],
  trace_out: ['不起作用', 'out'],
  tryCopy: ['转交给别人', 'Pass it on'],
  tryCopyLink: ['复制链接', 'Copy the link'],
  tryCopyFacts: ['复制事实 JSON', 'Copy the facts as JSON'],
  tryCopyExplanation: ['复制结论 JSON', 'Copy the answer as JSON'],
  tryCopyScenario: ['复制为测试场景', 'Copy as a scenario'],
  tryCopied: ['已复制', 'Copied'],
  tryNotCopied: ['浏览器不让复制，请打开“事实的 JSON”自己选中复制。', 'The browser refused to copy; open “Facts as JSON” and copy from there.'],
  tryPrivacy: ['链接和测试场景里不带个人信息：账号、手机号和账套名换成了虚构的，提示里只带认得的那几句，看不懂的内容不带。事实 JSON 和结论 JSON 是原样的，发给别人前请先看一眼。', 'The link and the scenario hold nothing personal: accounts, phones and ledger names are replaced by invented ones, of messages only the known phrases are kept, and what can’t be read is left out. The facts and the answer are copied as they are; look at them before you pass them on.'],
  tryLeftOut: ['注意：这份事实里有链接带不走的内容（例如不认识的字段），打开链接得到的结论会不一样，只能用 JSON 转交。', 'Note: a link cannot hold all of these facts, such as fields that no fact has, so whoever opens it gets another answer; pass these facts on as JSON.'],
  tryNotSame: ['注意：换成虚构内容以后结论会不一样，这份事实只能用 JSON 转交。', 'Note: with the invented names the answer is another one; pass these facts on as JSON.'],
} as const;

export type Text = keyof typeof TEXT;

let current: Locale = 'zh-CN';

export const locale = (): Locale => current;

/** The words that the pages share with the elements, in the language shown. */
export const w = (): Words => words(current);

/** Takes the language from the address, else from the browser, and tells the document. */
export function useAddressLocale(): void {
  current = localeOf(new URLSearchParams(location.search).get('lang') || navigator.language);
  document.documentElement.lang = current;
}

/** What an address names as its language so as to be in `language`; `null` where it need not, as the browser's is the same. */
export const named = (language: Locale): Locale | null => language === localeOf(navigator.language) ? null : language;

/** The address of `page` in `language`, with every other parameter kept. */
export function addressIn(language: Locale, page: string = location.pathname, parameters: string = location.search): string {
  const address = new URLSearchParams(parameters);
  const name = named(language);
  address.delete('lang');
  if (name) address.set('lang', name);
  const query = address.toString();
  return page + (query && '?' + query);
}

/** A text in the language shown; `{name}` is replaced by the value of that name. */
export function t(key: Text, values: { [name: string]: string | number } = {}): string {
  return TEXT[key][current === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** The label of a question; a name that is no question of the engine's stays as it is. */
export const questionName = (question: string): string =>
  Object.keys(labels.question).includes(question) ? w().of(labels.question[question as Question]) : question;

/** The label of a verdict. */
export const verdictName = (verdict: Verdict): string => capitalized(labels.verdict[verdict], w());

/** The label of a severity. */
export const severityName = (severity: Severity): string => capitalized(labels.severity[severity], w());

/** A ledger and a year, as far as they are known. */
export const placeLabel = (ledger: string, year: string): string => ledger && year ? t('place', { ledger, year }) : ledger || year;

/** The codes of the rules that fired. */
export const codeList = (codes: readonly string[]): HTMLElement =>
  h('p', {}, ...([] as Child[]).concat(...codes.map((code, place) => [place > 0 && ' ', breakable(code, place < codes.length - 1 ? w().t('listComma').trim() : '')])));
