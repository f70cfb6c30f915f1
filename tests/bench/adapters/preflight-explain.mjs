// Ours: `explain`, everything that a buyer reads, in Chinese.

import { engine } from '../package.mjs';
export { download } from './preflight-check.mjs';

export const name = '**preflight `explain`**, zh-CN';
export async function load() {
  const preflight = await engine();
  const options = { locale: 'zh-CN' };
  return {
    purchase: (facts) => preflight.explain('purchase', facts, options),
    refund: (facts) => preflight.explain('refund', facts, options),
  };
}
