// The elements in JSX, for React 18 and 19: `import type {} from '@ekuaiji/preflight/react'` makes them known.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Engine, Facts } from '@ekuaiji/preflight';
import type {
  PreflightPurchase, PreflightRefund, PurchaseAttributes, PurchaseEvents, RefundAttributes, RefundEvents,
} from './elements.js';

/** React 19 sets properties and adds listeners; React 18 writes attributes, and knows no `use`. */
type Set<Events> = typeof import('react') extends { use: unknown }
  ? { facts?: Facts; engine?: Engine | null } & { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void }
  : {};

type Markup<Class, Attributes, Events> = DetailedHTMLProps<HTMLAttributes<Class>, Class> & Attributes & Set<Events>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'preflight-purchase': Markup<PreflightPurchase, PurchaseAttributes, PurchaseEvents>;
      'preflight-refund': Markup<PreflightRefund, RefundAttributes, RefundEvents>;
    }
  }
}
