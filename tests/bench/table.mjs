// The table of facts, as the package's catalogue has it, without the words. In a bundle it is these data and no more
// (bytes.mjs), as a developer would write them down.

import { folder } from './package.mjs';

const { facts } = await import(`${folder}/catalogue.js`);
export const table = facts.map(({ path, type, values, min, max, blank }) =>
  ({ path, type, values: values?.map(({ name }) => name), min, max, blank }));
