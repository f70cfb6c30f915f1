// The custom elements of the package; importing this defines them, where there are elements at all.
import { PreflightPurchase } from './elements/purchase.js';
import { PreflightRefund } from './elements/refund.js';

export { PreflightPurchase, PreflightRefund };
export type { AnswerDetail } from './elements/base.js';
export type { ProceedDetail, StepDetail } from './elements/purchase.js';
export type { ApplyDetail, ContactDetail } from './elements/refund.js';

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
