// The elements in templates of Vue 3: `import type {} from '@ekuaiji/preflight/vue'` makes them known.

import type { HTMLAttributes, PublicProps } from 'vue';
import type { Engine, Facts } from '@ekuaiji/preflight';
import type {
  PreflightPurchase, PreflightRefund, PurchaseAttributes, PurchaseEvents, RefundAttributes, RefundEvents,
} from './elements.js';

/** A name with hyphens, as Vue writes it for what checks templates. */
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

type Markup<Class, Attributes, Events> = new () => {
  $el: Class;
  $props: HTMLAttributes & PublicProps & { facts?: Facts; engine?: Engine | null }
    & { [Name in keyof Attributes & string as Camel<Name>]?: Attributes[Name] }
    & { [Name in keyof Events & string as Camel<`on-${Name}`>]?: (event: Events[Name]) => void };
};

declare module 'vue' {
  interface GlobalComponents {
    'preflight-purchase': Markup<PreflightPurchase, PurchaseAttributes, PurchaseEvents>;
    'preflight-refund': Markup<PreflightRefund, RefundAttributes, RefundEvents>;
  }
}
