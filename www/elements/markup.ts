// What a page writes to the elements and hears from them: attributes and events. The types of JSX and of Vue and the
// description of the elements for editors are made from these.
import type { FactAttributes, FactPath, Facts, FactValues, Action, Code, Contact, Explanation, Locale, Verdict } from '@ekuaiji/preflight';

/** The detail of `preflight-answer`; `unavailable` where the engine can't be had and nothing was checked. */
export interface AnswerDetail {
  verdict: Verdict | 'unavailable';
  /** The rules that fired, the most severe first. */
  codes: readonly Code[];
  /** The facts that are still to be given. */
  missing: readonly FactPath[];
  /** The answer in words; `null` where nothing was checked. */
  explanation: Explanation | null;
}

/** The detail of `preflight-step`: the step, and the facts that it changes, by path. */
export interface StepDetail { action: Action; changes: FactValues }

/**
 * The detail of `preflight-proceed`: the answer under which the buyer goes on to pay. `unchecked` holds the facts that
 * kept the verdict `unknown` where the buyer could not give them and pays all the same; as a rule there are none.
 */
export type ProceedDetail = AnswerDetail & { facts: Facts; unchecked: readonly FactPath[] };

/** The detail of `preflight-apply`: the answer under which the buyer applies, and the order. */
export type ApplyDetail = AnswerDetail & { facts: Facts; number: string | null };

/** The detail of `preflight-contact`: whom to ask, about which order. */
export type ContactDetail = ApplyDetail & { contact: Contact };

/** 属性: the attributes that both elements have. */
export interface ElementAttributes extends FactAttributes {
  /** The language; without it that of `lang`, here or around the element. */
  locale?: Locale;
  /** The address of a playground, at which support can repeat the check. */
  playground?: string;
}

/** The attributes of `<preflight-purchase>`. */
export interface PurchaseAttributes extends ElementAttributes {
  /** The id of the page's pay button, which takes the place of the element's own. */
  for?: string;
  /** The names of the actions by which the page changes its order itself, or nothing for all of them. */
  'can-switch'?: string;
}

/** The attributes of `<preflight-refund>`. */
export interface RefundAttributes extends ElementAttributes {
  /** The number of the order, as the buyer knows it. */
  number?: string;
  /** There where the page reaches support itself, on `preflight-contact`. */
  'can-contact'?: true | '';
}

/** 事件: the events of `<preflight-purchase>`; all of them bubble. */
export interface PurchaseEvents {
  /** The answer, or the reason why the buyer can or cannot go on, has changed. */
  'preflight-answer': CustomEvent<AnswerDetail>;
  /** A step's button is pressed. Where the event is cancelled, the facts stay as they are. */
  'preflight-step': CustomEvent<StepDetail>;
  /** The buyer goes on to pay. Where the event is cancelled, the buyer stays. */
  'preflight-proceed': CustomEvent<ProceedDetail>;
}

/** The events of `<preflight-refund>`; all of them bubble. */
export interface RefundEvents {
  /** The answer has changed. */
  'preflight-answer': CustomEvent<AnswerDetail>;
  /** The buyer applies for a refund. */
  'preflight-apply': CustomEvent<ApplyDetail>;
  /** The buyer asks support. Where the event is cancelled, the contact is not copied and the dialog closes. */
  'preflight-contact': CustomEvent<ContactDetail>;
}

/** @internal */
export type ElementEvents = PurchaseEvents & RefundEvents;

declare global {
  interface GlobalEventHandlersEventMap extends PurchaseEvents, RefundEvents {}
}
