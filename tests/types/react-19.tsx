// The elements in JSX of React 19: uses that must be accepted, and uses that must not.

import type { Facts } from '@ekuaiji/preflight';
import type { PreflightPurchase } from '@ekuaiji/preflight/elements';
import type {} from '@ekuaiji/preflight/react';
import { useRef } from 'react';

const facts: Facts = { edition: 'free_lifetime', need: { ledger: 'A', year: 2020 } };

export function Order() {
  const check = useRef<PreflightPurchase>(null);
  return <>
    <preflight-purchase ref={check} className="check" for="pay" facts={facts} locale="en" can-switch="pay_with buy"
      onpreflight-step={({ detail }) => console.log(detail.action.name, detail.changes['need.ledger'])}
      onpreflight-proceed={(event) => { if (detailOf(event.detail.unchecked)) event.preventDefault(); }} />
    <preflight-purchase edition="cloud" need-year={2020} member-replaces-old="true" opened="ledger tax_filing" order-paid-at={1614562200000} />
    <preflight-refund number="2611220509" can-contact onpreflight-apply={({ detail }) => console.log(detail.number?.length)}>
      <script type="application/json">{'{}'}</script>
    </preflight-refund>
    {/* @ts-expect-error: no such edition */}
    <preflight-purchase edition="free" />
    {/* @ts-expect-error: no such fact */}
    <preflight-purchase facts={{ need: { legder: 'A' } }} />
    {/* @ts-expect-error: an attribute is a text */}
    <preflight-purchase member-replaces-old={true} />
    {/* @ts-expect-error: no such attribute */}
    <preflight-purchase number="1" />
    {/* @ts-expect-error: the detail has no such field */}
    <preflight-refund onpreflight-apply={({ detail }) => detail.unchecked} />
  </>;
}

const detailOf = (unchecked: readonly string[]): boolean => unchecked.length > 0;
