// <preflight-refund>: whether, how and until when one order can be refunded, and the button that leads there.
import type { Explanation, Verdict } from '@ekuaiji/preflight';
import { PreflightElement } from './base.js';
import { CHECKS } from './checks.js';
import { openDialog } from './dialog.js';
import { copy, fill, h, liveRegion, prose, say, type Child } from './dom.js';
import { nest, type Asked, type FlatFacts } from './facts.js';
import { badFactsNotice, createForm } from './form.js';
import { valueLabel } from './labels.js';
import type { AnswerDetail, ApplyDetail } from './markup.js';
import { pictures } from './pictures.js';
import * as view from './view.js';
import { words, type Text, type Words } from './words.js';

/** The rule that names a way without a refund; it is shown apart from the reasons. */
const INSTEAD = 'DELETE_LEDGERS_INSTEAD';

/** The ways to reach support, in the order in which one of them is copied. */
const WAYS = ['qqGroup', 'qqGroupName', 'phone', 'email'] as const;

/**
 * 退款按钮: for one order, says how it can be refunded and until when; its button opens the way there. Dispatches
 * `preflight-answer`, `preflight-apply` and `preflight-contact`. The attribute `number` has the order's number. The
 * contact button copies, and says so; a host that reaches support itself, on `preflight-contact`, says so with the
 * attribute `can-contact`.
 *
 * @csspart status - how the order can be refunded, beside the button
 * @csspart until - until when
 * @csspart button - the button that opens the dialog
 * @csspart dialog - the dialog with the way to the refund
 * @csspart verdict - the verdict, in one sentence
 * @csspart questions - the questions that keep the verdict open
 * @csspart ready - what to have at hand
 * @csspart alternative - a way without a refund
 * @csspart reasons - the reasons, with their clauses
 * @csspart plan - the steps to the refund
 * @csspart notes - what is good to know
 * @csspart apply - the button that applies for the refund
 * @csspart contact - how to reach support
 * @csspart receipt - the record for support
 * @csspart checks - the list of checks, where the engine cannot be loaded
 */
export class PreflightRefund extends PreflightElement {
  static get observedAttributes(): string[] { return super.observedAttributes.concat('number', 'can-contact'); }

  /** @internal */
  protected readonly question = 'refund';
  private readonly status = h('div', { class: 'state', part: 'status' });
  private readonly button = h('button', { type: 'button', part: 'button', 'aria-haspopup': 'dialog', click: () => this.open() });
  private drawn = '';
  /** Draws the open dialog again. */
  private redraw: (() => void) | undefined;

  /** The order's number, as the buyer knows it. */
  get number(): string | null { return this.getAttribute('number'); }
  set number(number: string | null) {
    if (number === null) this.removeAttribute('number');
    else this.setAttribute('number', number);
  }

  connectedCallback(): void {
    if (!this.status.parentNode) fill(this.body, h('div', { class: 'refund' }, this.button, this.status));
    super.connectedCallback();
  }

  private get seen(): view.State {
    return this.state !== 'ready' ? this.state : this.asked ? this.asked.explanation.verdict : 'waiting';
  }

  /** @internal */
  protected show(w: Words): void {
    const { seen: shown, asked } = this;
    const explanation = this.state === 'ready' && asked ? asked.explanation : undefined;
    const name = this.name(w);
    // An order that is not paid, or refunded, is refused no refund: there is none to have.
    const status = asked && asked.accepted['order.status'];
    const settled = shown === 'block' && status !== 'paid' && status;
    const { applied } = this;
    const key = applied && shown === 'allow' ? 'applied' : applied && shown === 'refer' ? 'overdue' : shown;
    const content = JSON.stringify([shown, explanation && short(explanation, applied, w).textContent, settled, key, name, w.locale]);
    if (content !== this.drawn) {
      this.drawn = content;
      fill(this.status,
        shown !== 'waiting' && (settled ? view.tag('unknown', valueLabel('order.status', settled, w)) : view.tag(shown, w.t(('refund_short_' + key) as Text))),
        explanation && short(explanation, applied, w));
      const label = this.label(w);
      say(this.button, label);
      this.button.setAttribute('aria-label', w.t('refundOf', { button: label, order: name }));
      this.button.classList.toggle('primary', this.canApply);
    }
    this.body.dataset.state = shown;
    if (this.redraw) this.redraw();
  }

  /** Whether the refund was applied for, and is not settled yet. */
  private get applied(): boolean { return !!this.asked && this.asked.accepted['order.status'] === 'applied'; }

  /** Whether the host itself reaches support for the buyer. */
  private get canContact(): boolean { return this.hasAttribute('can-contact'); }

  private get canApply(): boolean { return (this.seen === 'allow' || this.seen === 'warn') && !this.applied; }

  /** What the button says. */
  private label(w: Words): string {
    return w.t(('refundButton_' + (this.applied && this.seen === 'allow' ? 'applied' : this.seen)) as Text);
  }

  /** How this order is called. */
  private name(w: Words): string {
    const product = this.asked ? this.asked.accepted['product'] : this.given['product'];
    const name = product === undefined ? w.t('thisOrder') : valueLabel('product', product, w);
    return this.number ? name + ' ' + this.number : name;
  }

  /** Opens the dialog that says how the refund is had. */
  open(): void {
    if (this.redraw || !this.shadowRoot) return;
    const w = words(this.locale);
    const live = liveRegion();
    const title = w.t('refundOf', { button: this.label(w), order: '' });
    openDialog(this.body, [title, h('span', { class: 'unit' }, this.name(w))], w, close => {
      const form = createForm(w, this.answers, this.given, () => this.refresh());
      const head = h('div');
      const body = h('div', { id: 'route' });
      let drawn = '';
      this.redraw = () => {
        const { asked, seen: shown } = this;
        if (!asked || this.state !== 'ready') {
          form.parts.asked.hidden = form.parts.optional.hidden = true;
          fill(head, view.banner(shown, w.t(shown as 'waiting' | 'unavailable'), w.t(shown === 'waiting' ? 'waiting_lead' : 'unavailable_refund'), 'h3'));
          fill(body, shown === 'unavailable' && h('ul', { class: 'checks', part: 'checks' }, ...CHECKS.refund.map(check => h('li', {}, ...prose(w.of(check))))));
          return;
        }
        form.show(asked);
        const { explanation } = asked;
        const content = JSON.stringify([{ ...explanation, receipt: { ...explanation.receipt, now: null } }, this.badFacts(), this.canContact]);
        if (content === drawn) return;
        drawn = content;
        fill(head, ...this.outcome(explanation, w));
        fill(body, ...this.route(asked, w, close));
        live.announce(this.verdictTitle(explanation.verdict, w));
      };
      this.redraw();
      return [head, form.parts.asked, body, form.parts.optional, live.element];
    }, () => {
      this.redraw = undefined;
      this.button.focus();
    });
  }

  private verdictTitle(verdict: Verdict, w: Words): string {
    return w.t(this.applied && verdict === 'allow' ? 'refund_applied' : ('refund_' + verdict) as Text);
  }

  private outcome(explanation: Explanation, w: Words): Child[] {
    const { verdict } = explanation;
    // The reasons follow at once, but for what is left to support.
    const lead = verdict === 'unknown' ? w.t('purchase_unknown_lead') : verdict === 'block' || verdict === 'warn' ? view.deadline(explanation, this.applied, w) : short(explanation, this.applied, w);
    return [
      view.banner(verdict, this.verdictTitle(verdict, w), lead, 'h3'),
      badFactsNotice(this.badFacts(), w),
    ];
  }

  /** How the refund is had: reasons, steps, what to have at hand, dates, the way without it, and contact. */
  private route({ explanation, accepted, terms }: Asked, w: Words, close: () => void): Child[] {
    const { verdict, reasons, contact } = explanation;
    const instead = reasons.find(({ code }) => code === INSTEAD);
    const told = h('p', { class: 'quiet', role: 'status' });
    const tell = (): ApplyDetail => ({ ...this.detail() as AnswerDetail, facts: this.facts, number: this.number });
    const apply = () => {
      const detail = tell();
      close();
      this.emit('preflight-apply', detail, true);
    };
    const way = WAYS.find(way => contact[way]);
    const ask = () => {
      if (!this.emit('preflight-contact', { ...tell(), contact }, true)) return close();
      const text = way ? contact[way] as string : '';
      say(told, w.t(copy(text) ? 'copiedText' : 'notCopiedText', { text }));
    };
    return [
      verdict === 'refer' && view.section(w.t('contactWays'), 'contacts', view.contacts(contact, w),
        haveReady(accepted, this.number, w),
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', part: 'contact-button', click: ask }, w.t(way && !this.canContact ? ('copy_' + way) as Text : 'contact'))), told),
      ...pictures('refund', nest(accepted), explanation, terms, w.locale),
      instead ? view.reasons([instead], w, 'alternative') : null,
      view.reasons(reasons.filter(reason => reason !== instead), w),
      verdict !== 'refer' && view.plan(explanation, w, verdict => w.t(('refund_' + verdict) as Text)),
      view.notes(explanation, w.t('notes_refund')),
      this.canApply && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', part: 'apply', click: apply }, w.t('apply'))),
      verdict !== 'refer' && view.contact(explanation),
      view.receipt(explanation, w, this.playground),
    ];
  }
}

/** Until when the refund can be had, what is still to be said, or what is the matter. */
function short(explanation: Explanation, applied: boolean, w: Words): HTMLElement {
  const { verdict, missing } = explanation;
  const open = missing.find(({ needed }) => needed);
  const text = verdict === 'allow' && !applied ? w.t('noDeadline') : verdict === 'unknown' && open ? open.question : view.gist(explanation);
  return view.deadline(explanation, applied, w) || h('p', { class: 'gist' }, ...prose(text));
}

function haveReady(facts: FlatFacts, number: string | null, w: Words): HTMLElement {
  const phone = facts['order.phone'];
  const items = [
    number ? w.t('haveOrder', { number }) : w.t('haveOrderUnknown'),
    typeof phone === 'string' && phone.trim() !== '' ? w.t('havePhone', { phone: valueLabel('order.phone', phone, w) }) : w.t('havePhoneUnknown'),
    facts['order.invoice'] !== 'none' && facts['edition'] === 'cloud' && w.t('haveInvoice'),
  ];
  return h('div', { class: 'ready', part: 'ready' }, h('h4', {}, w.t('haveReady')), h('ul', {}, ...items.filter((item): item is string => !!item).map(item => h('li', {}, item))));
}
