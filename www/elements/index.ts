// The custom elements of the package; importing this defines them, where there are elements at all.
import { PreflightPurchase } from './purchase.js';
import { PreflightRefund } from './refund.js';

export { PreflightPurchase, PreflightRefund };
export type {
  AnswerDetail, ApplyDetail, ContactDetail, ElementAttributes, ProceedDetail, PurchaseAttributes, PurchaseEvents,
  RefundAttributes, RefundEvents, StepDetail,
} from './markup.js';

declare global {
  interface HTMLElementTagNameMap {
    'preflight-purchase': PreflightPurchase;
    'preflight-refund': PreflightRefund;
  }
}

if (typeof customElements !== 'undefined') {
  for (const [name, element] of [['preflight-purchase', PreflightPurchase], ['preflight-refund', PreflightRefund]] as const) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
