// The elements in JSX of React 18, which writes attributes only.

import type { PreflightPurchase } from '@ekuaiji/preflight/elements';
import type {} from '@ekuaiji/preflight/react';
import { useEffect, useRef } from 'react';

export function Order() {
  const check = useRef<PreflightPurchase>(null);
  useEffect(() => {
    if (check.current) check.current.facts = { edition: 'cloud' };
    check.current?.addEventListener('preflight-proceed', ({ detail }) => console.log(detail.unchecked.length));
  }, []);
  return <>
    <preflight-purchase ref={check} className="check" for="pay" locale="en" edition="cloud" need-ledger="A" need-year={2020} />
    <preflight-refund number="2611220509" />
    {/* @ts-expect-error: no such edition */}
    <preflight-purchase edition="free" />
    {/* @ts-expect-error: it would write [object Object] */}
    <preflight-purchase facts={{ edition: 'cloud' }} />
  </>;
}
