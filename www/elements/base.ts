// What both elements have: facts from a host in four ways, the engine, a language, a look, and one answer at a time.
import type { Engine, FactEntry, FactPath, Facts, Locale, Question } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { h, liveRegion } from './dom.js';
import { ask, flatten, fromText, nest, type Asked, type FlatFacts } from './facts.js';
import { report } from './form.js';
import { loadEngine, whenPageStands } from './loading.js';
import type { AnswerDetail, ElementEvents } from './markup.js';
import { addressInPlayground } from './sharing.js';
import styles from './elements.css?inline';
import { localeOf, words, type Words } from './words.js';

/** The attribute that gives the fact at `path`: `need-ledger`, `member-replaces-old`. */
export const attributeOf = (path: FactPath): string => path.replace('.', '-').replace(/[A-Z]/g, letter => '-' + letter.toLowerCase());

const FACT_OF: ReadonlyMap<string, FactEntry> = new Map(table.map(fact => [attributeOf(fact.path), fact] as [string, FactEntry]));

/** The value of a fact that an attribute writes: sets as words, texts as a JSON array or one on each line. */
function fromAttribute(fact: FactEntry, text: string): unknown {
  if (fact.type === 'set') return text.split(/[\s,]+/).filter(Boolean);
  if (fact.type !== 'texts') return fromText(fact, text);
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
    // Not JSON: lines.
  }
  return text.split('\n').map(line => line.trim()).filter(Boolean);
}

/** Where there are no elements, as in Node, the classes can be imported all the same. */
const Base = typeof HTMLElement === 'undefined' ? class {} as typeof HTMLElement : HTMLElement;

let sheet: CSSStyleSheet | undefined;

/** Puts the look into `root`; resolves when it is there. */
function dress(root: ShadowRoot): Promise<void> {
  if ('adoptedStyleSheets' in root) {
    try {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(styles);
      }
      root.adoptedStyleSheets = [sheet];
      return Promise.resolve();
    } catch {
      // Adopted but not constructible: as where there are none.
    }
  }
  return new Promise(resolve => {
    const done = () => resolve();
    root.appendChild(h('link', { rel: 'stylesheet', href: new URL('./elements.css', import.meta.url).href, load: done, error: done }));
  });
}

export abstract class PreflightElement extends Base {
  static get observedAttributes(): string[] {
    return Array.from(FACT_OF.keys()).concat('lang', 'locale', 'playground');
  }

  /** @internal */
  protected abstract readonly question: Question;
  /** @internal */
  protected readonly body = h('div', { class: 'preflight root', part: 'root' });
  /** @internal What a person answered; it goes before what the host gave. */
  protected answers: FlatFacts = {};
  /** @internal */
  protected given: FlatFacts = {};
  /** @internal The last answer; undefined until there is one. */
  protected asked: Asked | undefined;
  /** @internal Whether the engine is awaited, at hand or not to be had. */
  protected state: 'waiting' | 'ready' | 'unavailable' = 'waiting';
  /** @internal */
  protected readonly live = liveRegion();

  private own: Engine | null = null;
  /** The object that the host gave as `facts`. It is read anew for each answer, as frameworks change it in place. */
  private property: Facts = {};
  private scheduled = false;
  /** Whether the page may be changed outside the shadow root, and told of answers. */
  private speaks = false;
  /** How often it was put into a page, to know whether it is still the same time. */
  private connections = 0;
  /** What the last answer was, and the last one that the host was told of. */
  private shown = '';
  private told = '';
  private reported = '';
  private observer: MutationObserver | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  /**
   * What is known, as the engine's `Facts`. Setting it replaces what was set before, and goes before attributes
   * and the JSON script. The object is kept and read again by `check()` and before the buyer goes on; after changing it
   * in place, call `check()` to show the new answer at once. Reading the property gives what was checked: that, and
   * what the person answered here.
   */
  get facts(): Facts { return nest(this.effective()); }
  set facts(facts: Facts) {
    this.property = facts || {};
    this.schedule();
  }

  /** The engine that answers, for hosts with terms of their own: `await load({ terms })`. As a rule it is loaded by itself. */
  get engine(): Engine | null { return this.own; }
  set engine(engine: Engine | null) {
    this.own = engine;
    if (engine) this.state = 'ready';
    this.schedule();
  }

  /** The language: the attribute `locale`, else `lang` here or on what is around, else the browser's; Chinese unless it is English. */
  get locale(): Locale {
    // Around an element in somebody's shadow, `closest` finds nothing of the document.
    const around = this.closest('[lang]') || document.documentElement;
    return localeOf(this.getAttribute('locale') || around.getAttribute('lang') || navigator.language);
  }
  set locale(locale: Locale) { this.setAttribute('locale', locale); }

  /** Answers at once, with what the host has set by now; `undefined` while the engine is awaited. */
  check(): AnswerDetail | undefined {
    if (this.isConnected) {
      this.speaks = true;
      this.refresh();
    }
    return this.detail();
  }

  connectedCallback(): void {
    for (const name of ['facts', 'engine', 'locale'] as const) this.upgrade(name);
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: 'open' });
      this.body.hidden = true;
      root.append(this.body, this.live.element);
      dress(root).then(() => { this.body.hidden = false; });
    }
    const { colorScheme } = getComputedStyle(this) as CSSStyleDeclaration & { colorScheme?: string };
    this.body.classList.toggle('light', !/dark/.test(colorScheme || ''));
    this.observer = new MutationObserver(() => this.schedule());
    this.observer.observe(this, { childList: true, characterData: true, subtree: true });
    if (this.state !== 'ready') {
      const settle = (engine: Engine | null) => {
        if (this.own) return;
        this.own = engine;
        this.state = engine ? 'ready' : 'unavailable';
        this.refresh();
      };
      loadEngine(settle).then(settle);
    }
    const connection = ++this.connections;
    whenPageStands().then(() => {
      if (this.speaks || this.connections !== connection || !this.isConnected) return;
      this.speaks = true;
      this.tell();
    });
    this.refresh();
  }

  disconnectedCallback(): void {
    if (this.observer) this.observer.disconnect();
    if (this.again !== undefined) clearTimeout(this.again);
    this.speaks = false;
  }

  attributeChangedCallback(): void { this.schedule(); }

  /** A property that was set before the element was defined, set again the right way. */
  private upgrade(name: 'facts' | 'engine' | 'locale'): void {
    if (!Object.prototype.hasOwnProperty.call(this, name)) return;
    const self = this as unknown as { [property: string]: unknown };
    const value = self[name];
    delete self[name];
    self[name] = value;
  }

  /** @internal Asks once all that the host changes in one go is changed. */
  protected schedule(): void {
    if (this.scheduled || !this.isConnected) return;
    this.scheduled = true;
    Promise.resolve().then(() => {
      if (this.scheduled && this.isConnected) this.refresh();
    });
  }

  private readGiven(): FlatFacts {
    let flat: FlatFacts = {};
    for (const script of Array.from(this.querySelectorAll('script[type="application/json"]'))) {
      try {
        const facts: unknown = JSON.parse(script.textContent || '{}');
        if (typeof facts === 'object' && facts) flat = { ...flat, ...flatten(facts) };
      } catch (error) {
        this.reportOnce('json ' + script.textContent, () => console.warn(`preflight: the JSON script in <${this.localName}> can't be read and was left out; it should be an object of facts.`, error));
      }
    }
    for (const { name, value } of Array.from(this.attributes)) {
      if (name === 'facts') this.reportOnce('attribute', () => console.warn(`preflight: the attribute \`facts\` of <${this.localName}> is not read; where a framework wrote it, import @ekuaiji/preflight/elements before the element is rendered, so that it sets the property.`));
      const fact = FACT_OF.get(name);
      if (fact) flat[fact.path] = fromAttribute(fact, value);
    }
    return { ...flat, ...flatten(this.property) };
  }

  private effective(): FlatFacts {
    return { now: Date.now(), ...this.readGiven(), ...this.answers };
  }

  /** @internal Asks the engine, shows the answer, and tells the host when it is another one. */
  protected refresh(): void {
    this.scheduled = false;
    const given = this.readGiven();
    // What the host says anew goes before what was answered here.
    for (const path of Object.keys({ ...this.given, ...given })) {
      if (JSON.stringify(given[path]) === JSON.stringify(this.given[path])) continue;
      delete this.answers[path];
    }
    this.given = given;
    const w = words(this.locale);
    if (this.state === 'ready' && this.own) {
      try {
        this.asked = this.put(this.own, this.effective(), w.locale);
        const refused = this.asked.refused.filter(({ path }) => path in given);
        if (refused.length > 0) this.reportOnce(JSON.stringify(refused), () => report(refused));
        this.askAgain(this.asked.explanation.stableUntil);
      } catch (error) { // whatever it is, it stops no sale
        console.error('preflight: the engine failed', error);
        this.own = null;
        this.state = 'unavailable';
      }
    }
    this.body.lang = w.locale;
    this.show(w);
    const detail = this.detail();
    if (detail) {
      const { explanation, ...answer } = detail;
      this.shown = JSON.stringify([answer, explanation && { ...explanation, receipt: null }, this.beside]);
    }
    if (this.speaks) this.tell();
  }

  /** @internal Asks again with what the host's facts are now; whether that gives another answer than was told last. */
  protected isAnsweredAnew(): boolean {
    const { shown } = this;
    this.speaks = true;
    this.refresh();
    return shown !== '' && this.shown !== shown;
  }

  /** @internal The address at which support can repeat the check, where the host names a playground. */
  protected get playground(): string | undefined {
    const playground = this.getAttribute('playground');
    return playground && this.asked ? addressInPlayground(playground, this.question, this.asked) : undefined;
  }

  /** @internal What a host may show along with the answer: where it changes, the answer is told again. */
  protected get beside(): string { return ''; }

  /** @internal Puts the element's question to the engine. */
  protected put(engine: Engine, facts: FlatFacts, locale: Locale): Asked {
    return ask(engine, this.question, facts, locale);
  }

  /** Asks again when the answer changes by itself; a host that gives `now` keeps the time. */
  private askAgain(stableUntil: string | null): void {
    if (this.again !== undefined) clearTimeout(this.again);
    this.again = undefined;
    if (!stableUntil || 'now' in this.given) return;
    this.again = setTimeout(() => this.refresh(), Math.min(Date.parse(stableUntil) - Date.now() + 1, 0x7fffffff));
  }

  private reportOnce(what: string, report: () => void): void {
    if (this.reported === what) return;
    this.reported = what;
    report();
  }

  /** @internal */
  protected detail(): AnswerDetail | undefined {
    if (this.state === 'unavailable') return { verdict: 'unavailable', codes: [], missing: [], explanation: null };
    if (!this.asked) return undefined;
    const { explanation } = this.asked;
    return { verdict: explanation.verdict, codes: explanation.codes, missing: explanation.missing.map(({ fact }) => fact), explanation };
  }

  /** Changes what is outside the shadow root, and tells the host of the answer if it is another one than it was told. */
  private tell(): void {
    const detail = this.detail();
    this.mark();
    if (!detail || this.told === this.shown) return;
    this.told = this.shown;
    this.setAttribute('verdict', detail.verdict);
    this.emit('preflight-answer', detail);
  }

  /** @internal Whether the event was left to take its course. */
  protected emit<Name extends keyof ElementEvents>(name: Name, detail: ElementEvents[Name]['detail'], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** @internal The bad facts among what the host gave, as long as nobody mended them. */
  protected badFacts(): Asked['refused'] {
    return this.asked ? this.asked.refused.filter(({ path }) => path in this.given && !(path in this.answers)) : [];
  }

  /** @internal Changes what it changes in the host's page besides its own attribute. */
  protected mark(): void {}

  /** @internal Draws what is to be seen now. */
  protected abstract show(w: Words): void;
}
