// The working days that depart from the week, as they were published. In a bundle it is these data and no more
// (bytes.mjs), as a developer would write them down.

import { readFileSync } from 'node:fs';

export const calendar = JSON.parse(readFileSync(new URL('../node/cn-workday-exceptions-2020-2026.json', import.meta.url), 'utf8'));
