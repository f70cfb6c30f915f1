// One way to drive browsers that are not today's Chromium: the old ones over legacy.py, others over WebDriver.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const at = path => fileURLToPath(new URL(path, import.meta.url));
const LEGACY = at('legacy.py');
const GECKODRIVER = at('../../target/geckodriver/bin/geckodriver');
/** A screen that nobody sees, tall enough for a whole page. */
const DISPLAY = ['-a', '-s', '-screen 0 1920x8000x24'];
const XVFB = '/usr/bin/xvfb-run';
/** Between two looks at what is waited for. */
const pause = () => new Promise(resolve => setTimeout(resolve, 50));
/** How long anything may take on a slow machine before it counts as not coming. */
const PATIENCE_MS = 60_000;

/** In the page: every element that a selector finds, shadow trees included, and that can be seen, with a text if one is given. */
const DEEP = `function deep(selector, text, root) {
  root = root || document;
  const found = [];
  root.querySelectorAll('*').forEach(element => {
    const seen = element.getClientRects().length > 0;
    if (seen && element.matches(selector) && (!text || (element.textContent || '').indexOf(text) >= 0)) found.push(element);
    if (element.shadowRoot) found.push(...deep(selector, text, element.shadowRoot));
  });
  return found;
}`;

let asked = 0;
/** What a test does with a browser, given the four things that differ between them. */
class Driver {
  constructor(connection) { Object.assign(this, connection); }

  /** The value of an expression in the page, in which `deep(selector, text)` finds elements. */
  async ask(expression) {
    return JSON.parse(await this.evaluate(`(() => { ${DEEP} return JSON.stringify(${expression}); })()`) ?? 'null');
  }

  /** Waits until an expression is true. */
  async until(expression) {
    for (const end = Date.now() + PATIENCE_MS; ; await pause()) {
      if (await this.ask(`!!(${expression})`)) return;
      if (Date.now() > end) throw new Error(`after ${PATIENCE_MS / 1000} s it is still not true that ${expression}; the page shows: ${await this.ask('document.body.innerText.slice(0, 500)')}`);
    }
  }

  /** Clicks the first element that a selector and a text find, where it lies on the screen. */
  async press(selector, text = '') {
    const finds = `deep(${JSON.stringify(selector)}, ${JSON.stringify(text)})[0]`;
    await this.until(finds);
    await this.ask(`${finds}.scrollIntoView({ block: 'center' })`);
    await this.drawn();
    const { left, top, width, height } = await this.ask(`${finds}.getBoundingClientRect()`);
    await this.click(Math.round(left + width / 2), Math.round(top + height / 2));
  }

  /** Waits until the page, as it is now, has been drawn: a click goes to what is on the screen. */
  async drawn() {
    await this.ask('(window.drawn = false, requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; })), true)');
    await this.until('window.drawn');
  }

  /** What the page has written on its console since this was last asked: all of it, down to a line written for this. */
  async written() {
    const end = 'asked for what was written ' + ++asked;
    await this.ask(`(console.log(${JSON.stringify(end)}), true)`);
    const lines = [];
    for (const late = Date.now() + PATIENCE_MS; !lines.includes(end); await pause()) {
      const more = await this.console();
      if (!more) return [];
      lines.push(...more);
      if (Date.now() > late) throw new Error('the console does not tell what the page writes');
    }
    return lines.filter(line => line !== end);
  }

  /** Opens a page, and waits until it has answered, or for what else shows that it is there. */
  async open(url, ready = 'document.documentElement.dataset.verdict') {
    await this.goto(url);
    await this.until(ready);
  }
}

/** A Chromium from years ago. */
async function legacy(chromium) {
  const child = spawn('xvfb-run', [...DISPLAY, 'python3', LEGACY, '--chromium', chromium], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', data => { complaints += data; });
  const ended = new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`Chromium ${chromium} ended (${code}): ${complaints.slice(-1000)}`)));
  });
  ended.catch(() => {});
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await Promise.race([lines.next(), ended]);
    return done ? ended : JSON.parse(value).value;
  };
  const send = command => {
    child.stdin.write(JSON.stringify(command) + '\n');
    return next();
  };
  await next();
  return new Driver({
    goto: url => send({ goto: url }),
    evaluate: script => send({ evaluate: script }),
    click: (x, y) => send({ click: [x, y] }),
    resize: (width, height) => send({ resize: [width, height] }),
    screenshot: file => send({ screenshot: file }),
    console: () => send({ console: true }),
    close: async () => { child.stdin.end(); },
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** A browser that speaks W3C WebDriver, through the program that brings it about. */
async function webdriver(program, args, capabilities) {
  const port = await freePort();
  // A group of its own, since what shows a screen starts others, and they have to end with it.
  const child = spawn(program, [...args, '--port=' + port], { stdio: 'ignore', detached: true });
  const end = () => { process.kill(-child.pid); };
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${program} refuses ${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  try {
    for (const end = Date.now() + PATIENCE_MS; !await call('GET', '/status').then(({ ready }) => ready, () => false); await pause()) {
      if (Date.now() > end) throw new Error(`${program} did not start in ${PATIENCE_MS / 1000} s`);
    }
    const { sessionId } = await call('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    const session = '/session/' + sessionId;
    return new Driver({
      goto: url => call('POST', session + '/url', { url }),
      evaluate: script => call('POST', session + '/execute/sync', { script: 'return ' + script, args: [] }),
      click: (x, y) => call('POST', session + '/actions', {
        actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', duration: 0, x, y }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }],
      }),
      console: async () => null, // WebDriver has none; breaches of the policy are seen by what no longer works
      close: async () => {
        await call('DELETE', session).catch(() => {});
        end();
      },
    });
  } catch (error) {
    end();
    throw error;
  }
}

const NO_DISPLAY = 'it needs a screen; run: apt-get install -y xvfb xauth';
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';
const MINI_BROWSER = ['4.1', '4.0', '6.0'].map(version => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`).concat('/usr/lib/x86_64-linux-gnu/webkitgtk-6.0/MiniBrowser').find(existsSync);

function legacyMissing(chromium) {
  if (!existsSync(at(`../../target/legacy/${chromium}/ready`))) return `it is not installed; run: python3 tests/cross-browser/legacy.py --chromium ${chromium} --install`;
  if (!existsSync(XVFB)) return NO_DISPLAY;
  const { status, stderr } = spawnSync('xvfb-run', [...DISPLAY, 'python3', LEGACY, '--chromium', chromium], { input: '', encoding: 'utf8' });
  return status === 0 ? '' : `it does not start: ${stderr.trim().split('\n').pop()}`;
}

/** The browsers: why one can't be had on this machine, and how one is started. */
export const BROWSERS = {
  ...Object.fromEntries(['69', '77', '87'].map(chromium => ['Chromium ' + chromium, { missing: () => legacyMissing(chromium), start: () => legacy(chromium) }])),
  'Firefox ESR': {
    missing: () => !FIREFOX ? 'Firefox is not installed; run: apt-get install -y firefox-esr'
      : !existsSync(GECKODRIVER) ? 'geckodriver is not installed; run: cargo install geckodriver --locked --root target/geckodriver' : '',
    start: () => webdriver(GECKODRIVER, ['--binary=' + FIREFOX], { browserName: 'firefox', 'moz:firefoxOptions': { args: ['-headless'] } }),
  },
  'WebKitGTK': {
    missing: () => !existsSync(WEBKIT_DRIVER) || !MINI_BROWSER ? 'WebKitGTK is not installed; run: apt-get install -y webkit2gtk-driver xvfb'
      : !existsSync(XVFB) ? NO_DISPLAY : '',
    start: () => webdriver('xvfb-run', [...DISPLAY, WEBKIT_DRIVER], { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } }),
  },
};
