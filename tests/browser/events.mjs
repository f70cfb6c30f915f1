// What a test waits for where it claims that something does not happen: an event that comes after it, never a while.
// Nothing here depends on how fast the machine is, or on the day.

/** Before a page is opened: its clock stands still at that time, and goes on only by `page.clock.runFor`. */
export async function stopClock(page, time) {
  // When a page is at rest is told by the browser, whatever its clock says.
  await page.addInitScript(() => { window.restCallback = window.requestIdleCallback; });
  await page.clock.install({ time: Date.parse(time) - 3_600_000 });
  await page.addInitScript(() => { window.requestIdleCallback = done => window.restCallback(done); });
  await page.clock.pauseAt(Date.parse(time));
}

/** Lets a clock that stands still go on, a little at a time, until what `selector` selects is there. */
export async function runUntil(page, selector) {
  for (let left = 10_000; await page.locator(selector).count() === 0; left--) {
    if (left === 0) throw new Error(`${selector} does not come`);
    await page.clock.runFor(10);
  }
}

/** A route for what `pattern` is the address of, which is kept waiting until it is let go. */
export function hold(pattern) {
  let letGo;
  const held = new Promise(resolve => { letGo = resolve; });
  return { letGo, route: [pattern, async route => {
    await held;
    await route.continue().catch(() => {}); // the page may have gone
  }] };
}

let markers = 0;
/**
 * Has the page write a line on its console and ask for a file, and waits until both are heard of: whatever it
 * wrote or asked for before has been heard of then. Gives how the address of that file ends.
 */
export async function mark(page) {
  const marker = '?marker=' + ++markers;
  const heard = Promise.all([
    page.waitForEvent('console', message => message.text() === marker),
    page.waitForEvent('request', request => request.url().endsWith(marker)),
  ]);
  heard.catch(() => {}); // where the page cannot be asked, that is what is told
  await page.evaluate(marker => {
    console.log(marker);
    fetch('/favicon.png' + marker).catch(() => {});
  }, marker);
  await heard;
  return marker;
}

/** Waits for the page's next two frames, even while its clock stands still: what it is now has then been drawn. */
export const drawn = page => page.evaluate(async () => {
  for (let left = 2; left > 0; left--) await new Promise(resolve => {
    new IntersectionObserver((_, observer) => { observer.disconnect(); resolve(); }).observe(document.documentElement);
  });
});

/**
 * What has moved by itself on the page until now: how much, and what; to be asked once of each page. A sheet that
 * nobody sees is laid over the page and moved: when the browser tells of that, it has told of everything before.
 */
export async function shifts(page) {
  const found = await page.evaluateHandle(() => {
    const sheet = document.createElement('div');
    sheet.id = 'sheet';
    Object.assign(sheet.style, { position: 'fixed', top: '0', left: '0', width: '100%', height: '50%', pointerEvents: 'none', background: 'rgba(0, 0, 0, .01)' });
    document.body.append(sheet);
    // In an object, since a promise would be waited for here.
    return { told: new Promise(resolve => {
      const found = [];
      new PerformanceObserver((list, observer) => {
        for (const { value, sources } of list.getEntries()) {
          const nodes = sources.map(({ node }) => node);
          const others = nodes.filter(node => node !== sheet).map(node => node && (node.outerHTML || node.textContent).slice(0, 80));
          if (others.length > 0) found.push([value, ...others]);
          if (others.length === nodes.length) continue;
          observer.disconnect();
          resolve(found);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    }) };
  });
  await drawn(page);
  await page.evaluate(() => { document.getElementById('sheet').style.top = '50%'; });
  return found.evaluate(({ told }) => told);
}
