// <preflight-purchase>: whether a purchase will work, what is in its way, and the way to the till.
import type { Action, Engine, Explanation, FactPath, FactValues, Locale, Plan, Verdict } from '@ekuaiji/preflight';
import { labels } from '@ekuaiji/preflight/catalogue';
import { CHECKS } from './checks.js';
import { PreflightElement } from './base.js';
import { openDialog } from './dialog.js';
import { fill, h, prose, say } from './dom.js';
import { ask, factAt, nest, type Asked, type FlatFacts } from './facts.js';
import { badFactsNotice, createForm, isDecisive, type Doubts, type Form } from './form.js';
import { capitalized } from './labels.js';
import type { StepDetail } from './markup.js';
import { pictures } from './pictures.js';
import * as view from './view.js';
import { words, type Text, type Words } from './words.js';

type Product = Extract<Action, { name: 'buy' }>['product'];

/** So that each element's description has an id of its own in the host's document. */
let count = 0;

/**
 * 购买核对: shows whether the purchase that its facts describe will work, asks for what is missing, and mends
 * what can be mended on the spot. Dispatches `preflight-answer`, `preflight-step` and `preflight-proceed`.
 *
 * Steps are words, unless the page can take them: a button that left the host's order as it is would have the buyer pay
 * for that. A host that changes its order says so with the attribute `can-switch`, which holds the names of the actions
 * that it takes, or nothing for all of them, and gets buttons; on `preflight-step` it changes the order and hands over
 * the new facts. Until then the answer stays. What the buyer answered here is changed here.
 *
 * @csspart verdict - the verdict, in one sentence
 * @csspart questions - the questions that keep the verdict open
 * @csspart plan - the steps that lift a refusal
 * @csspart step - the button of a step
 * @csspart reasons - the reasons, with their clauses
 * @csspart notes - what is good to know
 * @csspart contact - how to reach support
 * @csspart receipt - the record for support
 * @csspart checks - the list of checks, where the engine cannot be loaded
 * @csspart pay - the element's own pay button
 * @csspart why - why the buyer can or cannot pay
 * @csspart dialog - the dialog that confirms what was not checked
 */
export class PreflightPurchase extends PreflightElement {
  static get observedAttributes(): string[] { return super.observedAttributes.concat('for', 'can-switch'); }

  /** @internal */
  protected readonly question = 'purchase';
  private parts: Parts | undefined;
  private button: HTMLElement | null = null;
  private readonly description = h('span', { id: 'preflight-why-' + ++count, hidden: true });
  private readonly doubts: Doubts = { unsure: new Set() };
  /** Whether the way to pay is still to be chosen, at the till, and matters. */
  private paysAtTill = false;
  /** Whether a press on the host's button is let through: the buyer pays though something was not checked. */
  private passing = false;
  /** Whether the buyer pressed the pay button before there was an answer. */
  private pressed = false;

  /** Whether the buyer can go on to pay: where nothing stands in the way, and where nothing could be checked. */
  get payable(): boolean {
    const detail = this.detail();
    return !!detail && (detail.verdict === 'allow' || detail.verdict === 'warn' || detail.verdict === 'unavailable');
  }

  /** Why the buyer can or can't go on to pay, in one sentence. */
  get why(): string { return this.parts ? this.parts.why.textContent || '' : ''; }

  /**
   * Makes a button of the host's the way to the till, in place of the element's own; the attribute `for` with its
   * id does the same. While payment is blocked, a press on it never reaches the host, but leads to the reason.
   * `null` gives the button back.
   */
  attach(button: HTMLElement | null): void {
    this.removeAttribute('for');
    this.detach();
    this.button = button;
    if (button && this.isConnected) this.hold(button);
    this.schedule();
  }

  /**
   * Goes on to pay, as a press on the button would; whether the host may take over from here. The facts are read anew
   * first, and where that changes the answer the buyer is shown the new one instead.
   */
  proceed(): boolean {
    const isAnsweredAnew = this.isConnected && this.isAnsweredAnew();
    const detail = this.detail();
    if (!detail) {
      this.pressed = true;
      this.live.announce(this.why);
      return false;
    }
    if (this.payable && !isAnsweredAnew) return this.emit('preflight-proceed', { ...detail, facts: this.facts, unchecked: [] }, true);
    this.explain();
    return false;
  }

  /** Puts the focus on what stands in the way: the first open question, or else the reason. */
  explain(): void {
    if (!this.parts) return;
    const { form, grounds, head, unchecked } = this.parts;
    if (form.open > 0 && this.detail()?.verdict === 'unknown') return form.focusFirstOpen();
    const target = unchecked.querySelector<HTMLElement>('button') || grounds.querySelector<HTMLElement>('[part=reasons] h3') || head.querySelector<HTMLElement>('h2');
    if (target) target.focus();
  }

  connectedCallback(): void {
    super.connectedCallback();
    if (this.button) this.hold(this.button);
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.release();
  }

  attributeChangedCallback(name?: string): void {
    if (name === 'for' && this.button) this.detach();
    super.attributeChangedCallback();
  }

  /** Takes the button over: from the document, so as to be there before any listener of the host's. */
  private hold(button: HTMLElement): void {
    this.button = button;
    document.addEventListener('click', this.guard, true);
  }

  private release(): void {
    document.removeEventListener('click', this.guard, true);
    this.description.remove();
  }

  private detach(): void {
    this.release();
    const { button } = this;
    if (button) {
      this.describe(button, false);
      button.removeAttribute('aria-disabled');
    }
    this.button = null;
  }

  /** Adds the reason to what describes the host's button, or takes it away. */
  private describe(button: HTMLElement, adds: boolean): void {
    const { id } = this.description;
    const given = button.getAttribute('aria-describedby');
    const described = (given || '').split(/\s+/).filter(other => other && other !== id).concat(adds ? id : []).join(' ');
    if (!described) button.removeAttribute('aria-describedby');
    else if (described !== given) button.setAttribute('aria-describedby', described);
  }

  /**
   * @internal Says at the host's button whether the buyer can go on, and why. The reason stands at the end of the page:
   * what is within the element belongs to the host, whose framework may compare it with what the server wrote.
   */
  protected mark(): void {
    const { button, description } = this;
    if (!button) return;
    const root = this.getRootNode() as Document | ShadowRoot;
    if (!description.isConnected) ('body' in root ? root.body : root).appendChild(description);
    this.describe(button, true);
    button.setAttribute('aria-disabled', this.blocked);
    say(description, this.why);
  }

  private get blocked(): string { return String(!this.payable && !!this.detail()); }

  private readonly guard = (event: Event): void => {
    if (!this.button || this.passing || !event.composedPath().includes(this.button) || this.proceed()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  private readonly taking: view.Taking = {
    can: (action, changes) => this.hostCan(action) || !view.isInSoftware(action) && this.isAnswered(changes),
    take: (action, changes) => this.takeStep(action, changes),
  };

  /** Whether the host changes its order as the action says. XHTML writes an attribute without a value as its name. */
  private hostCan({ name }: Action): boolean {
    const actions = this.getAttribute('can-switch');
    return actions !== null && (/^(can-switch)?$/.test(actions) || actions.split(/\s+/).includes(name));
  }

  /** Whether all that a step changes is what the buyer answered here, so that no order of the host's holds it. */
  private isAnswered(changes: FactValues): boolean {
    return Object.keys(changes).every(path => this.answers[path] !== undefined);
  }

  private takeStep(action: Action, changes: FactValues): void {
    const left = this.emit('preflight-step', { action, changes }, true);
    if (!left || view.isInSoftware(action) || !this.isAnswered(changes)) return;
    Object.assign(this.answers, changes);
    this.parts = undefined;
    this.refresh();
    const { parts } = this;
    if (parts) focusVerdict(parts);
  }

  /**
   * @internal As a rule the way to pay is chosen at the till, after this check: it is not asked for, the answer is the
   * one for a way that will do, and a sentence says which those are.
   */
  protected put(engine: Engine, facts: FlatFacts, locale: Locale): Asked {
    const asked = super.put(engine, facts, locale);
    this.paysAtTill = facts['payment'] === undefined && asked.explanation.missing.some(({ fact }) => fact === 'payment');
    return this.paysAtTill ? super.put(engine, { ...facts, payment: 'wechat' }, locale) : asked;
  }

  /** @internal */
  protected get beside(): string { return this.why; }

  /** What was not checked, where that is all that is left to ask, and nothing found speaks against paying. */
  private get unchecked(): readonly FactPath[] {
    const { parts, asked } = this;
    if (!parts || !asked || this.state !== 'ready' || parts.form.open > 0) return [];
    const { verdict, reasons } = asked.explanation;
    return verdict === 'unknown' && !reasons.some(({ severity }) => severity === 'block') ? parts.form.unchecked : [];
  }

  /** Has the buyer confirm to pay though something was not checked. */
  private openUnchecked(): void {
    const { asked, unchecked } = this;
    if (!asked || unchecked.length === 0) return;
    const { explanation } = asked;
    const w = words(this.locale);
    openDialog(this.body, [w.t('unchecked')], w, close => {
      const tick = h('input', { type: 'checkbox', id: 'unchecked-tick', change: () => show() });
      const problem = h('p', { class: 'problem', role: 'status' });
      const pay = h('button', { type: 'button', part: 'pay-unchecked', click: () => {
        if (!tick.checked) {
          say(problem, w.t('unchecked_needed'));
          return tick.focus();
        }
        close();
        this.proceedUnchecked(unchecked);
      } }, w.t('unchecked_pay'));
      const show = () => {
        pay.setAttribute('aria-disabled', String(!tick.checked));
        if (tick.checked) say(problem, '');
      };
      show();
      return [
        h('div', { class: 'part' }, h('p', {}, w.t('unchecked_facts')), h('ul', { part: 'unchecked-facts' }, ...explanation.missing.filter(({ fact }) => unchecked.includes(fact)).map(({ fact, question }) => h('li', { 'data-fact': fact }, ...prose(question))))),
        h('p', { class: 'part' }, w.t('unchecked_risk')),
        view.contacts(explanation.contact, w),
        h('label', { class: 'choice' }, tick, h('span', {}, w.t('unchecked_tick'))),
        problem,
        h('div', { class: 'buttons' }, pay),
      ];
    });
  }

  private proceedUnchecked(unchecked: readonly FactPath[]): void {
    if (this.isAnsweredAnew()) return this.explain();
    const detail = this.detail();
    if (!detail || !this.emit('preflight-proceed', { ...detail, facts: this.facts, unchecked }, true) || !this.button) return;
    this.passing = true;
    try {
      this.button.click();
    } finally {
      this.passing = false;
    }
  }

  /** @internal */
  protected show(w: Words): void {
    const named = this.getAttribute('for');
    if (named && !this.button) {
      const button = (this.getRootNode() as Document).getElementById(named);
      if (button) this.hold(button);
    }
    if (!this.parts || this.parts.w !== w) {
      this.parts = build(w, this.answers, this.given, this.doubts, () => this.refresh(), () => { this.proceed(); });
      fill(this.body, ...this.parts.all);
    }
    const { parts, asked, state } = this;
    const shown = state !== 'ready' ? state : asked ? asked.explanation.verdict : 'waiting';
    let content: unknown = [state];
    if (asked && state === 'ready' && this.engine) {
      const { explanation, accepted } = asked;
      const activation = ask(this.engine, 'activation', accepted, w.locale).explanation;
      parts.form.show(asked);
      content = [{ ...explanation, receipt: { ...explanation.receipt, now: null } }, { ...accepted, now: null }, activation.codes, activation.verdict, this.badFacts(), this.getAttribute('can-switch'), this.getAttribute('playground'), Object.keys(this.answers), this.paysAtTill, this.unchecked];
      if (this.isNew(content)) this.showAnswer(parts, asked, activation, this.engine);
      say(parts.why, payWhy(explanation, parts.form, this.unchecked.length, w));
    } else {
      parts.form.parts.asked.hidden = parts.form.parts.optional.hidden = true;
      if (this.isNew(content)) this.showNoAnswer(parts, shown as 'waiting' | 'unavailable');
      say(parts.why, w.t(('payWhy_' + shown) as Text));
    }
    this.body.dataset.state = shown;
    say(parts.pay, w.t(shown === 'warn' ? 'payWarn' : 'pay'));
    parts.till.hidden = !!this.button;
    parts.pay.setAttribute('aria-disabled', this.blocked);
    if (shown !== 'waiting') this.live.announce(w.t(shown === 'unavailable' ? 'unavailable' : ('purchase_' + shown) as Text));
    if (this.pressed && shown !== 'waiting') {
      this.pressed = false;
      (this.button || parts.pay).click();
    }
  }

  private isNew(content: unknown): boolean {
    const parts = this.parts as Parts;
    const text = JSON.stringify(content);
    if (parts.shown === text) return false;
    parts.shown = text;
    return true;
  }

  private showNoAnswer({ w, head, grounds, rest, notice, aside, payment, unchecked }: Parts, state: 'waiting' | 'unavailable'): void {
    fill(head, view.banner(state, w.t(state), w.t(state === 'waiting' ? 'waiting_lead' : 'unavailable_purchase')));
    fill(grounds, state === 'unavailable' && h('ol', { class: 'checks', part: 'checks' }, ...CHECKS.purchase.map(check => h('li', {}, ...prose(w.of(check))))));
    for (const part of [rest, notice, aside, payment, unchecked]) fill(part);
  }

  private showAnswer(parts: Parts, { explanation, accepted, terms }: Asked, activation: Explanation, engine: Engine): void {
    const { w, head, grounds, rest, notice, aside, payment, unchecked } = parts;
    const { verdict, contact } = explanation;
    const plan = verdict === 'warn' ? mending(engine, explanation, accepted, this.taking, w) : explanation.plan;
    const root = grounds.getRootNode() as ShadowRoot;
    const loses = grounds.contains(root.activeElement || null);
    const verdictTitle = (verdict: Verdict) => w.t(('purchase_' + verdict) as Text);
    const { length: count } = this.unchecked;
    const lead = count > 0 ? w.t('purchase_unchecked_lead', { count }) : w.t(('purchase_' + verdict + '_lead') as Text, { reason: matter(explanation, w) });
    const isKnown = !explanation.missing.some(({ fact }) => isDecisive(fact));
    fill(payment, this.paysAtTill && isKnown && verdict !== 'block' && h('p', { class: 'part', part: 'payment' }, w.t('payAtTill')));
    fill(unchecked, count > 0 && h('div', { class: 'part', part: 'unchecked' }, h('button', { type: 'button', 'aria-haspopup': 'dialog', click: () => this.openUnchecked() }, w.t('unchecked'))));
    fill(head, view.banner(verdict, verdictTitle(verdict), lead), activationLine(activation, accepted, w));
    fill(notice, badFactsNotice(this.badFacts(), w));
    const bySupport = plan.steps.some(({ actor }) => actor === 'support');
    fill(grounds,
      ...pictures('purchase', nest(accepted), explanation, terms, w.locale),
      view.plan({ ...explanation, plan }, w, verdictTitle, this.taking),
      bySupport && view.contacts(contact, w),
      view.reasons(explanation.reasons, w));
    fill(rest, view.notes(explanation, w.t('notes')));
    fill(aside, !bySupport && view.contact(explanation), view.receipt(explanation, w, this.playground));
    if (loses) focusVerdict(parts);
  }
}

/** The places of the element, each with what it shows. */
interface Parts {
  w: Words;
  all: HTMLElement[];
  form: Form;
  head: HTMLElement;
  notice: HTMLElement;
  /** What is said of the way to pay. */
  payment: HTMLElement;
  /** The way to pay though something was not checked. */
  unchecked: HTMLElement;
  grounds: HTMLElement;
  rest: HTMLElement;
  till: HTMLElement;
  pay: HTMLElement;
  why: HTMLElement;
  aside: HTMLElement;
  /** What stands there, to leave alone what stays the same. */
  shown: string;
}

function build(w: Words, answers: FlatFacts, given: FlatFacts, doubts: Doubts, changed: () => void, proceed: () => void): Parts {
  const form = createForm(w, answers, given, changed, doubts);
  const holder = () => h('div', { class: 'holder' });
  const [head, notice, payment, unchecked, grounds, rest, aside] = [holder(), holder(), holder(), holder(), holder(), holder(), holder()];
  const why = h('p', { id: 'why', class: 'why', part: 'why' });
  const pay = h('button', { type: 'button', class: 'primary', part: 'pay', 'aria-describedby': 'why', click: proceed });
  const till = h('div', { class: 'pay' }, pay, why);
  return { w, form, head, notice, payment, unchecked, grounds, rest, why, pay, till, aside, shown: '', all: [head, notice, form.parts.asked, payment, unchecked, grounds, form.parts.optional, rest, till, aside] };
}

function focusVerdict({ head }: Parts): void {
  const title = head.querySelector<HTMLElement>('h2');
  if (title) title.focus();
}

/** What is the matter, and how much more of it there is. */
function matter(explanation: Explanation, w: Words): string {
  const count = explanation.reasons.filter(({ severity }) => severity === explanation.verdict).length - 1;
  return view.gist(explanation) + (count > 0 ? w.t('purchase_more', { count }) : '');
}

/** One line on whether this free edition may buy at all, while the purchase is still open. */
function activationLine({ verdict, codes }: Explanation, facts: FlatFacts, w: Words): HTMLElement | null {
  if (facts['edition'] !== 'free_lifetime' || verdict === 'unknown') return null;
  const tag = verdict === 'allow' ? w.t('activation_fine') : capitalized(labels.severity[verdict], w);
  return h('p', { class: 'activation', 'data-state': verdict, 'data-codes': codes.join(' ') }, view.tag(verdict, tag), w.t(('activation_' + verdict) as Text));
}

/**
 * The engine plans only for what it refuses. For a warning the page tries changes of the order itself and asks the
 * engine after each: to buy where the add-on is needed and, where the warning rests on what it is bought for, to buy
 * another add-on. Of those that lift a warning, the smallest is proposed.
 */
function mending(engine: Engine, { codes, reasons, plan }: Explanation, facts: FlatFacts, taking: view.Taking, w: Words): Plan {
  const elsewhere: { ledger?: string; year?: number } = {};
  const selected: FactValues = {};
  for (const part of ['ledger', 'year'] as const) {
    const needed = facts['need.' + part];
    if (needed === undefined || needed === facts['selected.' + part]) continue;
    Object.assign(elsewhere, { [part]: needed });
    Object.assign(selected, { ['selected.' + part]: needed });
  }
  const restsOnGoal = reasons.some(({ because }) => because.some(({ values }) => 'goal' in values));
  const products = restsOnGoal ? (factAt('opened')?.values || []).map(({ name }) => name as Product).filter(name => name !== facts['product']) : [];
  const proposals: StepDetail[] = [
    { action: { name: 'select_ledger_year', ...elsewhere }, changes: selected },
    ...products.map(product => ({ action: { name: 'buy', product } as const, changes: { product } })),
    ...products.map(product => ({ action: { name: 'buy', product, ...elsewhere } as const, changes: { product, ...selected } })),
  ];
  let least: Plan = plan;
  let left = codes.length;
  for (const { action, changes } of proposals) {
    const leadsTo = engine.check('purchase', nest({ ...facts, ...changes }));
    if (leadsTo.codes.length >= left || leadsTo.verdict !== 'allow' && leadsTo.verdict !== 'warn') continue;
    left = leadsTo.codes.length;
    const text = w.t('toBeSafe') + (taking.can(action, changes) ? '' : (w.locale === 'en' ? ' ' : '') + view.inSoftware(action, w));
    least = { steps: [{ actor: 'buyer', action, text, changes }], leadsTo };
  }
  return least;
}

function payWhy(explanation: Explanation, { open, mayAskMore }: Form, unchecked: number, w: Words): string {
  const { verdict } = explanation;
  if (unchecked > 0) return w.t('payWhy_unchecked', { count: unchecked });
  if (verdict === 'unknown' && mayAskMore) return w.t('payWhy_unknown_many');
  return w.t(('payWhy_' + verdict) as Text, { count: open, reason: view.gist(explanation) });
}
