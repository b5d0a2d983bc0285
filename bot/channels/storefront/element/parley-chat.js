/**
 * <parley-chat>: the buyer's chat on a shop's page.
 *
 * One line embeds it:  <script type="module" src="https://HOST/parley-chat.js"></script>
 * Attributes: lang (else the page's, else the browser's), identity (the shop's signed token), open, endpoint.
 * Style: --parley-accent. Methods: show(), hide(), reset() (call reset() when the buyer signs out).
 *
 * Read it in this order: Api (requests), Feed (what arrives), Outbox (what leaves), View (what is seen),
 * ParleyChat (ties them). It runs under `script-src 'self'; style-src 'self'` and never parses text as HTML.
 */

const TEXT_LIMIT = 4000; // code points; the server refuses more
const COUNTER_FROM = 3500;
const REQUEST_TIMEOUT = 15_000;
const FIRST_BYTE = 20_000; // longer than one heartbeat, so that only a buffering proxy is caught
const SILENCE = 40_000; // heartbeats come every 15 s: two missed and some slack
const STEADY = 10_000; // a stream that lived this long was no failed attempt
const POLL_EVERY = 3_000;
const POLL_FOR = 60_000;
const TYPING_AT_MOST = 30_000;
const ECHO_WITHIN = 5_000; // our own message should come back on the stream by then
const HIDDEN_FOR = 60_000; // a hidden tab then frees its connection: browsers allow six to a host
const LOST_AFTER = 2_000; // shorter breaks are nobody's business
const GROUP_GAP = 5 * 60_000;
const PAGE = 100;
const GIVE_UP_AFTER = 5;

// ---------------------------------------------------------------- small tools

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const backoff = (attempt) => Math.min(500 * 2 ** (attempt - 1), 30_000) * (0.5 + Math.random() / 2);
const codePoints = (text) => [...text].length;

/** crypto.randomUUID is missing on plain http, where shops are often tried out first. */
const uuid = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

/** An element from attributes and children; strings become text nodes, never HTML. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const ICONS = {
  chat: "M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6-.1 1.2-.6 2.3-1.4 3.2 1.8-.1 3.4-.8 4.6-1.8.8.2 1.6.3 2.5.3 5 0 9-3.4 9-7.7s-4-7.7-9-7.7Z",
  spark: "M12 3.2l1.9 5.4a2.6 2.6 0 0 0 1.5 1.5l5.4 1.9-5.4 1.9a2.6 2.6 0 0 0-1.5 1.5L12 20.8l-1.9-5.4a2.6 2.6 0 0 0-1.5-1.5L3.2 12l5.4-1.9a2.6 2.6 0 0 0 1.5-1.5Z",
  down: "M6 9.5l6 6 6-6",
  send: "M12 19.5v-15M5.5 11L12 4.5l6.5 6.5",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const URLS = /https?:\/\/[^\s<>"'\u3000-\u303f\uff00-\uffef]+/gi;

/** Text with its http(s) addresses as links: text nodes and <a>, so nothing in it can become markup. */
function linked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(URLS)) {
    const href = withoutTrailingPunctuation(found[0]);
    if (URL.canParse && !URL.canParse(href)) continue;
    const attributes = { href, target: "_blank", rel: "noopener noreferrer nofollow", dir: "ltr" };
    parts.push(text.slice(end, found.index), h("a", attributes, href));
    end = found.index + href.length;
  }
  return [...parts, text.slice(end)];
}

function withoutTrailingPunctuation(address) {
  const bare = address.replace(/[.,;:!?\]}»”…]+$/, "");
  return bare.endsWith(")") && !bare.includes("(") ? withoutTrailingPunctuation(bare.slice(0, -1)) : bare;
}

/** localStorage under one prefix; a browser that forbids it gets a memory that lasts as long as the page. */
class Store {
  #prefix;
  #memory = new Map();

  constructor(prefix) {
    this.#prefix = prefix;
  }

  get(key) {
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + key)) ?? this.#memory.get(key) ?? null;
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  set(key, value) {
    this.#memory.set(key, value);
    try {
      localStorage.setItem(this.#prefix + key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the memory above holds it.
    }
  }

  remove(key) {
    this.#memory.delete(key);
    try {
      localStorage.removeItem(this.#prefix + key);
    } catch {
      // Forbidden: there was nothing stored either.
    }
  }

  keys(start) {
    try {
      const stored = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix + start));
      return stored.map((key) => key.slice(this.#prefix.length));
    } catch {
      return [...this.#memory.keys()].filter((key) => key.startsWith(start));
    }
  }

  owns(storageKey, key) {
    return storageKey === this.#prefix + key;
  }
}

/** The catalogue's texts in one language. A missing text is empty, never a key. */
class Texts {
  constructor({ language = "en", rtl = false, strings = {} } = {}) {
    Object.assign(this, { language, rtl, strings });
  }

  get(key, args = {}) {
    const value = this.strings[key] ?? "";
    const pattern = typeof value === "string" ? value : this.#plural(value, args.count);
    return pattern.replace(/\{\s*\$?(\w+)\s*\}/g, (whole, name) => this.#argument(args[name]) ?? whole);
  }

  #plural(forms, count) {
    return forms[new Intl.PluralRules(this.language).select(count)] ?? forms.other ?? "";
  }

  #argument(value) {
    return typeof value === "number" ? new Intl.NumberFormat(this.language).format(value) : value;
  }

  /** The buyer's own region, where it is one of this language: en-GB writes 15:00, en-US 3:00 PM. */
  get #region() {
    return navigator.languages.find((tag) => tag.split("-")[0] === this.language) ?? this.language;
  }

  time(date) {
    return new Intl.DateTimeFormat(this.#region, { hour: "numeric", minute: "2-digit" }).format(date);
  }

  day(date) {
    return new Intl.DateTimeFormat(this.#region, { weekday: "long", day: "numeric", month: "long" }).format(date);
  }
}

// ---------------------------------------------------------------- requests

class ApiError extends Error {
  constructor(status, code, retryAfter) {
    super(`${status} ${code}`);
    Object.assign(this, { status, code, retryAfter });
  }
}

class Api {
  token = null;
  #base;

  constructor(base) {
    this.#base = `${base}/api/v1/storefront`;
  }

  async get(path) {
    return (await this.#fetch(path, { signal: AbortSignal.timeout(REQUEST_TIMEOUT) })).json();
  }

  async post(path, body) {
    const options = { method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(REQUEST_TIMEOUT) };
    return (await this.#fetch(path, options)).json();
  }

  stream(path, signal) {
    return this.#fetch(path, { signal, cache: "no-store" });
  }

  async #fetch(path, options) {
    const headers = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (options.body) headers["Content-Type"] = "application/json";
    const response = await fetch(this.#base + path, { credentials: "omit", ...options, headers });
    if (response.ok) return response;
    const { error } = await response.json().catch(() => ({}));
    throw new ApiError(response.status, error?.code ?? "", retryAfter(response));
  }
}

/** Milliseconds to wait, or undefined where the server did not say. */
function retryAfter(response) {
  const value = response.headers.get("Retry-After");
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value) ? value * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 120_000) : undefined;
}

/** Server-Sent Events out of chunks of text; EventSource itself cannot send a bearer token. */
class EventParser {
  #rest = "";
  #event = "";
  #data = [];

  push(chunk) {
    const events = [];
    const lines = (this.#rest + chunk).split(/\r\n|\n|\r(?!\n|$)/); // a last \r may be half of \r\n
    this.#rest = lines.pop();
    for (const line of lines) {
      if (line === "") this.#dispatch(events);
      else this.#field(line);
    }
    return events;
  }

  #field(line) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === "event") this.#event = value;
    if (name === "data") this.#data.push(value);
  }

  #dispatch(events) {
    if (this.#data.length) events.push({ event: this.#event || "message", data: JSON.parse(this.#data.join("\n")) });
    this.#event = "";
    this.#data = [];
  }
}

/**
 * What arrives: history, then a stream, or polling where streams fail.
 *
 * `cursor` moves only with what the server sent us in order, never with the seq a POST answered: messages of others
 * may lie below that one. Nothing is lost on a reconnect because every attempt starts at the cursor.
 */
class Feed {
  cursor = 0;
  #loaded = false;
  #api;
  #on;
  #run = null;

  constructor(api, on) {
    this.#api = api;
    this.#on = on;
  }

  /** Another conversation. loaded: it has no history, all that comes is news. */
  reset(loaded = false) {
    this.stop();
    this.cursor = 0;
    this.#loaded = loaded;
  }

  start() {
    if (this.#run) return;
    this.#run = { live: true, lastByte: 0, caughtUp: false };
    this.#loop(this.#run);
  }

  stop() {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    run.live = false;
    run.stream?.abort();
    run.wake?.();
  }

  /** Back from the background or offline: a phone may have frozen the stream without telling it. */
  refresh() {
    const run = this.#run;
    if (!run) return this.start();
    run.wake?.();
    if (run.stream && Date.now() - run.lastByte > STEADY) run.stream.abort();
    else if (run.caughtUp) this.#catchUp(run).catch(() => run.stream?.abort());
  }

  /** Our own message did not come back: the stream is stuck somewhere between here and the server. */
  suspect() {
    this.#run?.stream?.abort();
  }

  async #loop(run) {
    let failures = 0;
    while (run.live) {
      const began = Date.now();
      let wait = 0;
      try {
        if (!run.caughtUp) await this.#catchUp(run);
        await this.#stream(run);
      } catch (error) {
        if (error.status === 401) return this.#expire(run);
        wait = error.retryAfter ?? 0;
      }
      if (!run.live) return;
      failures = Date.now() - began > STEADY ? 1 : failures + 1;
      this.#on.connection(false);
      if (failures < 3) {
        await this.#pause(run, Math.max(wait, backoff(failures)));
      } else {
        if (await this.#poll(run)) return this.#expire(run);
        failures = 2; // one more failed stream goes back to polling
      }
    }
  }

  async #stream(run) {
    const abort = (run.stream = new AbortController());
    let watchdog = setTimeout(() => abort.abort(), FIRST_BYTE);
    try {
      const response = await this.#api.stream(`/events?after=${this.cursor}`, abort.signal);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      for (;;) {
        const { value, done } = await reader.read();
        if (done || !run.live) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE);
        run.lastByte = Date.now();
        this.#on.connection(true);
        for (const { event, data } of parser.push(value)) await this.#take(run, event, data);
      }
    } finally {
      clearTimeout(watchdog);
      abort.abort();
      run.stream = null;
    }
  }

  async #take(run, event, data) {
    if (event === "typing") return this.#on.typing(data);
    if (event === "status") return this.#on.status(data);
    if (event !== "message") return;
    // A hole: what lies in it was stored but not announced to this stream.
    if (data.seq > this.cursor + 1) await this.#catchUp(run);
    if (run.live) this.#accept([data]);
  }

  async #catchUp(run) {
    for (;;) {
      const page = await this.#api.get(`/messages?after=${this.cursor}&limit=${PAGE}`);
      if (!run.live) return;
      this.#on.status({ ...page.owner, language: page.strings_language ?? page.owner.language });
      this.#accept(page.messages);
      if (page.messages.length < PAGE) break;
    }
    this.#loaded = run.caughtUp = true;
  }

  #accept(messages) {
    for (const { seq } of messages) this.cursor = Math.max(this.cursor, seq);
    this.#on.messages(messages, this.#loaded);
  }

  /** Returns true when the token turned out to be no longer valid. */
  async #poll(run) {
    const until = Date.now() + POLL_FOR;
    while (run.live && Date.now() < until) {
      let wait = POLL_EVERY;
      try {
        await this.#catchUp(run);
        if (run.live) this.#on.connection(true);
      } catch (error) {
        if (error.status === 401) return true;
        wait = Math.max(wait, error.retryAfter ?? 0);
        if (run.live) this.#on.connection(false);
      }
      if (run.live) await this.#pause(run, wait);
    }
    return false;
  }

  #pause(run, ms) {
    return Promise.race([later(ms), new Promise((resolve) => (run.wake = resolve))]);
  }

  #expire(run) {
    if (!run.live) return;
    this.stop();
    this.#on.expired();
  }
}

/**
 * What leaves: one message after the other, so that they arrive in the order they were written.
 *
 * Each lies in storage under its own key until the server has it (two open tabs then never overwrite each other's),
 * and is sent again under the same client_message_id, which the server takes once.
 */
class Outbox {
  items = new Map();
  #api;
  #store;
  #on;
  #pumping = false;
  #wake = null;

  constructor(api, store, on) {
    this.#api = api;
    this.#store = store;
    this.#on = on;
    const kept = store.keys("out:").map((key) => store.get(key));
    kept.sort((a, b) => a.at - b.at);
    for (const item of kept) this.items.set(item.id, { ...item, state: "sending", attempts: 0 });
  }

  add(message) {
    const item = { id: uuid(), at: Date.now(), ...message };
    this.#store.set(`out:${item.id}`, item);
    this.items.set(item.id, { ...item, state: "sending", attempts: 0 });
    this.#on.change();
    this.pump();
  }

  retry(id) {
    const item = this.items.get(id);
    if (item) Object.assign(item, { state: "sending", attempts: 0 });
    this.#on.change();
    this.pump();
  }

  /** The connection may be back: what failed for want of it goes again, at once. */
  wake() {
    for (const item of this.items.values()) {
      if (item.state === "failed" && !item.refused) Object.assign(item, { state: "sending", attempts: 0 });
    }
    this.#wake?.();
    this.pump();
  }

  forget(id) {
    this.#store.remove(`out:${id}`);
    return this.items.delete(id);
  }

  /** Empties the box; returns the texts, which the buyer may still want to say. */
  drain() {
    const texts = [...this.items.values()].filter((item) => !item.choice).map((item) => item.text);
    for (const id of [...this.items.keys()]) this.forget(id);
    return texts;
  }

  async pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let item; this.#api.token && (item = this.#next()); ) await this.#deliver(item);
    } finally {
      this.#pumping = false;
    }
  }

  #next() {
    return [...this.items.values()].find((item) => item.state !== "failed");
  }

  async #deliver(item) {
    const { token } = this.#api;
    const body = item.choice ? { choice: item.choice } : { text: item.text };
    try {
      const { seq } = await this.#api.post("/messages", { client_message_id: item.id, ...body });
      this.#on.hold(null);
      if (this.#api.token === token && this.forget(item.id)) this.#on.delivered(item, seq);
    } catch (error) {
      if (this.#api.token === token) await this.#recover(item, error);
    }
  }

  async #recover(item, error) {
    if (error.status === 401) return this.#on.expired();
    if (error.status === 429 || error.status === 503) {
      this.#on.hold(error.status === 429 ? "chat-rate-limited" : "chat-busy");
      return this.#pause(error.retryAfter ?? 5000);
    }
    const refused = error.status >= 400 && error.status < 500 && error.status !== 408;
    item.attempts += 1;
    if (refused || item.attempts >= GIVE_UP_AFTER) {
      Object.assign(item, { state: "failed", refused, hopeless: error.code === "unknown_choice" });
      if (refused) this.#store.remove(`out:${item.id}`); // after a reload it would be refused again
      return this.#on.change();
    }
    return this.#pause(backoff(item.attempts));
  }

  #pause(ms) {
    return Promise.race([later(ms + Math.random() * 250), new Promise((resolve) => (this.#wake = resolve))]);
  }
}

// ---------------------------------------------------------------- what is seen

const CSS = `
:host { all: initial; --accent: var(--parley-accent, #2a4f8f); --on-accent: #fff; --vh: 100dvh; --vt: 0px; }
@supports (color: oklch(from red l c h)) {
  :host { --on-accent: oklch(from var(--accent) clamp(0, (.68 - l) * 1000, 1) 0 0); }
}
:host([hidden]) { display: none; }
*, *::before { box-sizing: border-box; }
.root {
  --surface: #fff; --raised: #f2f4f7; --line: #e3e7ed; --ink: #18212d; --soft: #5a6675; --bad: #b3261e;
  --tint: color-mix(in oklab, var(--accent) 9%, var(--surface)); --link: var(--accent);
  --shadow: 0 1px 2px rgb(16 24 40 / .06), 0 18px 48px -8px rgb(16 24 40 / .22);
  font: 400 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
  color: var(--ink); color-scheme: light; -webkit-text-size-adjust: 100%;
}
.root:lang(ar) { font-size: 16px; }
button, textarea { font: inherit; color: inherit; margin: 0; }
button { border: 0; background: none; cursor: pointer; padding: 0; -webkit-tap-highlight-color: transparent; }
svg { inline-size: 22px; block-size: 22px; fill: none; stroke: currentColor; stroke-width: 1.9;
  stroke-linecap: round; stroke-linejoin: round; display: block; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }

.launcher {
  position: fixed; z-index: 2147483000; inset-inline-end: max(20px, env(safe-area-inset-right));
  inset-block-end: max(20px, env(safe-area-inset-bottom)); inline-size: 58px; block-size: 58px; border-radius: 50%;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
  box-shadow: 0 1px 2px rgb(16 24 40 / .16), 0 8px 24px -4px rgb(16 24 40 / .32); transition: transform .16s, box-shadow .16s;
}
.launcher:hover { transform: translateY(-2px); }
.launcher svg { inline-size: 27px; block-size: 27px; }
.badge { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 22px; block-size: 22px;
  padding-inline: 6px; border-radius: 11px; background: #c22f27; color: #fff; font-size: 12px; font-weight: 650;
  line-height: 18px; border: 2px solid #fff; text-align: center; }

.panel {
  position: fixed; z-index: 2147483001; inset-inline-end: 20px; inset-block-end: 20px; inline-size: 400px;
  block-size: min(680px, calc(100dvh - 40px)); display: flex; flex-direction: column; overflow: hidden;
  background: var(--surface); border: 1px solid var(--line); border-radius: 18px; box-shadow: var(--shadow);
  transition: opacity .16s ease-out, transform .2s cubic-bezier(.2, .8, .2, 1), visibility 0s;
}
.panel[inert] { visibility: hidden; opacity: 0; transform: translateY(14px); transition-delay: 0s, 0s, .16s; }
.panel:focus { outline: none; }

header { display: flex; align-items: center; gap: 12px; padding: 14px 10px 14px 16px; border-block-end: 1px solid var(--line); }
[dir=rtl] header { padding: 14px 16px 14px 10px; }
.face { flex: none; inline-size: 40px; block-size: 40px; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent); color: var(--on-accent); font-weight: 600; }
.face svg { fill: currentColor; stroke: none; inline-size: 20px; block-size: 20px; }
.heading { flex: 1; min-inline-size: 0; }
h2 { all: unset; display: block; font-size: 16px; font-weight: 650; line-height: 1.3; letter-spacing: -.005em; }
.owner { display: flex; align-items: center; gap: 7px; color: var(--soft); font-size: 13px; line-height: 1.4; }
.owner::before { content: ""; flex: none; inline-size: 8px; block-size: 8px; border-radius: 50%; background: #2f9e62; }
.owner.waiting::before { background: #d98a14; }
.owner.off::before { background: #98a2b0; }
.close { inline-size: 44px; block-size: 44px; border-radius: 12px; display: grid; place-items: center; color: var(--soft); }
.close:hover { background: var(--raised); color: var(--ink); }

.notice { padding: 8px 16px; font-size: 13px; line-height: 1.4; text-align: center; background: #fdf3dc; color: #6b4a05; }
.notice.good { background: #e4f4ea; color: #1c5c38; }

.log { flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 8px 16px 16px; outline-offset: -3px;
  scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
ol { list-style: none; margin: 0; padding: 0; }
li { margin-block-start: 3px; display: grid; grid-template-columns: 30px minmax(0, 1fr); column-gap: 10px; }
li.first { margin-block-start: 18px; }
li > * { grid-column: 2; justify-self: start; max-inline-size: 100%; }
li > .mini { grid-column: 1; grid-row: 2; inline-size: 30px; block-size: 30px; border-radius: 50%; display: grid;
  place-items: center; background: var(--tint); color: var(--link); font-size: 13px; font-weight: 650; margin-block-start: 4px; }
.mini svg { fill: currentColor; stroke: none; inline-size: 15px; block-size: 15px; }
li.agent > .mini { background: var(--accent); color: var(--on-accent); }
.who { display: flex; gap: 8px; align-items: baseline; font-size: 12.5px; line-height: 1.5; color: var(--soft); margin-block-end: 4px; }
.who b { font-weight: 600; color: var(--ink); }
.bubble { padding: 9px 14px; border-radius: 16px; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere;
  max-inline-size: 94%; text-align: start; }
li.first > .bubble { border-start-start-radius: 5px; }
.bubble a { color: var(--link); text-underline-offset: 2px; }
li.buyer { grid-template-columns: minmax(0, 1fr); padding-inline-start: 48px; }
li.buyer > * { grid-column: 1; justify-self: end; }
li.buyer > .bubble { background: var(--accent); color: var(--on-accent); max-inline-size: 100%; }
li.buyer.first > .bubble { border-start-start-radius: 16px; border-end-end-radius: 5px; }
li.buyer .bubble a { color: inherit; }
li.buyer .bubble a:focus-visible { outline-color: currentColor; }
li.system, li.day { grid-template-columns: minmax(0, 1fr); margin-block-start: 16px; }
li.system > *, li.day > * { grid-column: 1; justify-self: center; text-align: center; }
li.system > .bubble { background: none; color: var(--soft); font-size: 13px; padding: 2px 20px; max-inline-size: 100%; }
li.day { color: var(--soft); font-size: 12.5px; }
li.unsent > .bubble { opacity: .85; }
.state { font-size: 12.5px; line-height: 1.5; color: var(--soft); display: flex; align-items: center; gap: 4px; margin-block-start: 2px; }
.state.wait { animation: appear 0s .7s both; }
.state.bad { color: var(--bad); }
.state button { min-block-size: 44px; padding-inline: 10px; font-weight: 600; color: var(--link); border-radius: 10px; }
.state button:hover { text-decoration: underline; text-underline-offset: 3px; }
li.new { animation: rise .22s cubic-bezier(.2, .8, .2, 1); }

.choices { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 9px; }
.choices button { min-block-size: 44px; padding: 8px 16px; border-radius: 22px; border: 1px solid color-mix(in oklab, var(--link) 42%, var(--surface));
  color: var(--link); font-weight: 550; font-size: 14.5px; line-height: 1.3; text-align: start; transition: background .12s; }
.choices button:hover:enabled { background: var(--tint); }
.choices button:disabled { cursor: default; color: var(--soft); border-color: var(--line); min-block-size: 34px; padding-block: 5px;
  font-weight: 400; font-size: 13.5px; }
.choices button.picked { background: var(--tint); color: var(--link); border-color: transparent; font-weight: 550; }

.typing { display: flex; align-items: center; gap: 10px; margin-block-start: 14px; color: var(--soft); font-size: 13px; }
.dots { display: inline-flex; gap: 4px; padding: 11px 13px; border-radius: 16px; background: var(--raised); margin-inline-start: 40px; }
.dots i { inline-size: 6px; block-size: 6px; border-radius: 50%; background: var(--soft); animation: breathe 1.3s infinite; }
.dots i:nth-child(2) { animation-delay: .16s; }
.dots i:nth-child(3) { animation-delay: .32s; }
.loading { display: grid; place-items: center; align-content: center; gap: 14px; block-size: 100%; color: var(--soft); font-size: 14px; }
.loading::before { content: ""; inline-size: 26px; block-size: 26px; border-radius: 50%; border: 2.5px solid var(--line);
  border-block-start-color: var(--link); animation: turn .9s linear infinite; }
.body { position: relative; flex: 1; min-block-size: 0; display: flex; }
.jump { position: absolute; inset-block-end: 10px; inset-inline: 0; margin-inline: auto; inline-size: fit-content; min-block-size: 44px;
  padding: 0 18px 0 14px; border-radius: 22px; display: flex; align-items: center; gap: 8px; background: var(--surface);
  border: 1px solid var(--line); box-shadow: 0 6px 20px -4px rgb(16 24 40 / .24); font-size: 13.5px; font-weight: 550; color: var(--link); }
.jump svg { inline-size: 16px; block-size: 16px; }

.ended { padding: 14px 16px; border-block-start: 1px solid var(--line); text-align: center; font-size: 14px; color: var(--soft); }
.ended button { display: block; inline-size: 100%; min-block-size: 46px; margin-block-start: 10px; border-radius: 12px;
  background: var(--accent); color: var(--on-accent); font-weight: 600; }
form { padding: 10px 12px max(10px, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line); }
.field { display: flex; align-items: flex-end; gap: 4px; border: 1px solid var(--line); border-radius: 24px; background: var(--surface);
  padding: 1px; transition: border-color .12s, box-shadow .12s; }
.field:focus-within { border-color: var(--link); box-shadow: 0 0 0 3px color-mix(in oklab, var(--link) 22%, transparent); }
.grow { flex: 1; display: grid; min-inline-size: 0; max-block-size: 148px; overflow-y: auto; scrollbar-width: none; }
.grow > * { grid-area: 1 / 1; font: inherit; font-size: 16px; line-height: 24px; padding: 11px 4px 11px 16px; white-space: pre-wrap;
  overflow-wrap: anywhere; border: 0; text-align: start; }
.grow:dir(rtl) > * { padding: 11px 16px 11px 4px; }
.grow > div { visibility: hidden; }
textarea { resize: none; overflow: hidden; background: none; inline-size: 100%; min-block-size: 46px; }
textarea:focus { outline: none; }
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { flex: none; inline-size: 44px; block-size: 44px; border-radius: 50%; margin: 1px; display: grid; place-items: center;
  background: var(--accent); color: var(--on-accent); transition: background .12s, color .12s; }
.send[aria-disabled=true] { background: var(--raised); color: var(--soft); cursor: default; }
.foot { display: flex; gap: 10px; justify-content: center; min-block-size: 18px; padding: 7px 8px 0; font-size: 12px; line-height: 1.4; color: var(--soft); text-align: center; }
.count.over { color: var(--bad); font-weight: 600; }

@media (max-width: 520px), (max-height: 460px) {
  .panel { inset: var(--vt) 0 auto; inline-size: 100%; block-size: var(--vh); border: 0; border-radius: 0; }
  header { padding-block-start: max(12px, env(safe-area-inset-top)) !important; }
}
@media (prefers-color-scheme: dark) {
  .root { --surface: #14181e; --raised: #222932; --line: #2e3641; --ink: #e8ecf1; --soft: #a0abb9; --bad: #ff9d94; color-scheme: dark;
    --link: color-mix(in oklab, var(--accent) 45%, #dce7ff); --tint: color-mix(in oklab, var(--accent) 30%, var(--surface));
    --shadow: 0 0 0 1px rgb(255 255 255 / .04), 0 18px 48px -8px rgb(0 0 0 / .6); }
  .notice { background: #3a2f14; color: #f4d999; }
  .notice.good { background: #16331f; color: #a8e0bd; }
  .badge { border-color: #14181e; }
}
@media (forced-colors: active) { .bubble, .launcher, .send, .dots { border: 1px solid; } }
@media (prefers-reduced-motion: reduce) { *, *::before { animation-duration: .01s !important; transition: none !important; } }
@keyframes appear { from { opacity: 0; } }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
@keyframes breathe { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }
@keyframes turn { to { rotate: 360deg; } }
`;

const FULL_SCREEN = "(max-width: 520px), (max-height: 460px)";

/** The panel's nodes. Knows how things look, nothing of the network; every act of the buyer goes to `act`. */
class View {
  #act;
  #texts = new Texts();
  #sheet = new CSSStyleSheet();
  #rows = new Map();
  #live;
  #below = 0;
  #state = { owner: "bot" };
  #typing = null;
  #notice = null;

  constructor(host, act) {
    this.#act = act;
    this.#sheet.replaceSync(CSS);
    const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [this.#sheet];
    this.#build();
    shadow.replaceChildren(this.root);
    // In the light DOM, and there before the first text: some screen readers ignore regions in shadow trees.
    this.#live = h("div", { role: "status", "aria-live": "polite", slot: "live" });
    host.append(this.#live);
    this.#followKeyboard();
  }

  #build() {
    const act = this.#act;
    this.badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this.launcher = h(
      "button",
      { class: "launcher", type: "button", "aria-expanded": "false", hidden: true, onclick: act.open },
      icon("chat"),
      this.badge,
    );
    this.face = h("span", { class: "face", "aria-hidden": "true" });
    this.title = h("h2");
    this.owner = h("span", { class: "owner" });
    this.closer = h("button", { class: "close", type: "button", onclick: act.close }, icon("down"));
    this.notice = h("div", { class: "notice", hidden: true });
    this.loading = h("div", { class: "loading" });
    this.list = h("ol");
    this.typingRow = h("div", { class: "typing", hidden: true });
    // role=log for its meaning; its own announcements are off because they repeat whole groups.
    this.log = h(
      "div",
      { class: "log", role: "log", "aria-live": "off", tabindex: "0", onscroll: () => this.#scrolled() },
      this.loading,
      this.list,
      this.typingRow,
    );
    this.jump = h("button", { class: "jump", type: "button", hidden: true, onclick: () => this.#toEnd() });
    this.endedText = h("span");
    this.restart = h("button", { type: "button", onclick: act.restart });
    this.ended = h("div", { class: "ended", hidden: true }, this.endedText, this.restart);
    this.panel = h(
      "section",
      { class: "panel", role: "dialog", tabindex: "-1", inert: true, onkeydown: (event) => this.#panelKey(event) },
      h("header", {}, this.face, h("div", { class: "heading" }, this.title, this.owner), this.closer),
      this.notice,
      h("div", { class: "body" }, this.log, this.jump),
      this.ended,
      this.#composer(),
    );
    const live = h("div", { class: "sr" }, h("slot", { name: "live" }));
    this.root = h("div", { class: "root" }, this.launcher, this.panel, live);
  }

  #composer() {
    this.mirror = h("div", { "aria-hidden": "true" });
    this.input = h("textarea", {
      rows: "1",
      enterkeyhint: "send",
      "aria-describedby": "foot",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#inputKey(event),
    });
    this.send = h("button", { class: "send", type: "submit", "aria-disabled": "true" }, icon("send"));
    this.count = h("span", { class: "count", hidden: true });
    this.privacy = h("span");
    const submit = (event) => (event.preventDefault(), this.#submit());
    return h(
      "form",
      { onsubmit: submit, novalidate: true },
      h("div", { class: "field" }, h("div", { class: "grow" }, this.mirror, this.input), this.send),
      h("div", { class: "foot", id: "foot" }, this.count, this.privacy),
    );
  }

  get opened() {
    return !this.panel.inert;
  }

  get draft() {
    return this.input.value;
  }

  set draft(text) {
    this.input.value = text;
    this.#typed();
  }

  setTexts(texts) {
    this.#texts = texts;
    const t = (key, args) => texts.get(key, args);
    this.root.lang = texts.language;
    this.root.dir = texts.rtl ? "rtl" : "ltr";
    this.#live.lang = texts.language;
    this.title.textContent = t("chat-title");
    this.panel.setAttribute("aria-label", t("chat-title"));
    this.closer.setAttribute("aria-label", t("chat-close"));
    this.send.setAttribute("aria-label", t("chat-send"));
    this.input.setAttribute("aria-label", t("chat-input-label"));
    this.input.placeholder = t("chat-placeholder");
    this.log.setAttribute("aria-label", t("chat-log-label"));
    this.loading.textContent = t("chat-loading");
    this.endedText.textContent = t("chat-session-ended");
    this.restart.textContent = t("chat-new-conversation");
    this.privacy.textContent = t("chat-privacy");
    this.launcher.hidden = this.opened;
    this.setStatus(this.#state);
    this.setTyping(this.#typing);
    this.setNotice(this.#notice);
    this.setUnread(this.unread ?? 0);
    this.#typed(false);
  }

  setOpen(open) {
    this.panel.inert = !open;
    this.launcher.hidden = open || !this.title.textContent;
    this.launcher.setAttribute("aria-expanded", String(open));
    this.panel.setAttribute("aria-modal", String(matchMedia(FULL_SCREEN).matches));
    if (open) this.#toEnd();
  }

  /** On touch screens the keyboard would hide half of the conversation: focus the panel instead. */
  focus() {
    (matchMedia("(pointer: coarse)").matches ? this.panel : this.input).focus({ preventScroll: true });
  }

  setReady(ready) {
    this.ready = ready;
    this.loading.hidden = ready;
  }

  setEnded(ended) {
    this.ended.hidden = !ended;
    this.#typed(false);
    this.setStatus(this.#state);
  }

  setStatus({ owner, agent }) {
    this.#state = { owner, agent };
    const t = this.#texts;
    const lines = {
      bot: () => t.get("chat-with-bot"),
      waiting: () => t.get("chat-waiting"),
      agent: () => (agent ? t.get("chat-with-agent", { agent }) : t.get("chat-from-agent")),
    };
    this.owner.textContent = (lines[owner] ?? lines.bot)();
    this.owner.className = `owner ${this.ended.hidden ? owner : "off"}`;
    this.face.replaceChildren(owner === "agent" ? initial(agent) : icon("spark"));
  }

  /** who: {from, name} or null when nobody is typing. */
  setTyping(who) {
    this.#typing = who;
    this.typingRow.hidden = !who;
    if (!who) return;
    const stay = this.#atEnd();
    const name = who.name ?? this.#texts.get(`chat-from-${who.from}`);
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.typingRow.replaceChildren(dots, h("span", {}, this.#texts.get("chat-typing", { name })));
    if (stay) this.#toEnd();
  }

  setNotice(key) {
    this.#notice = key;
    this.notice.hidden = !key;
    this.notice.classList.toggle("good", key === "chat-online");
    this.notice.textContent = key ? this.#texts.get(key) : "";
  }

  setUnread(count) {
    this.unread = count;
    this.badge.hidden = !count;
    this.badge.textContent = count > 9 ? "9+" : String(count);
    const parts = [this.#texts.get("chat-open"), count && this.#texts.get("chat-unread", { count })];
    this.launcher.setAttribute("aria-label", parts.filter(Boolean).join(", "));
  }

  announce(...texts) {
    for (const text of texts) {
      const line = h("p", {}, text);
      this.#live.append(line);
      setTimeout(() => line.remove(), 15_000);
    }
  }

  /** Entries in their order; rows are kept by key, so that a message is drawn once and stays where focus is. */
  render(entries, fresh = 0) {
    const last = entries.at(-1);
    const justSaid = last?.state === "sending" && !this.#rows.has(last.key);
    const stay = this.#atEnd() || justSaid;
    const keys = new Set();
    let place = this.list.firstChild;
    for (const [index, entry] of entries.entries()) {
      for (const row of this.#rowsFor(entry, entries[index - 1], keys)) {
        if (row === place) place = place.nextSibling;
        else this.list.insertBefore(row, place);
      }
    }
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.node.remove();
      this.#rows.delete(key);
    }
    if (stay) return this.#toEnd();
    this.#below += fresh;
    this.#showJump();
  }

  #rowsFor(entry, before, keys) {
    const date = new Date(entry.at);
    const newDay = date.toDateString() !== (before ? new Date(before.at).toDateString() : new Date().toDateString());
    const same = before && !newDay && before.from === entry.from && before.agent === entry.agent;
    const first = !same || date - new Date(before.at) > GROUP_GAP;
    const rows = [];
    if (newDay) {
      rows.push(this.#row(`day ${date.toDateString()}`, keys, "day", this.#texts.language, () => [
        h("span", {}, this.#texts.day(date)),
      ]));
    }
    const kind = `${entry.from}${first ? " first" : ""}${entry.state ? " unsent" : ""}`;
    const signature = JSON.stringify([entry, this.#texts.language]);
    rows.push(this.#row(entry.key, keys, kind, signature, () => this.#message(entry, first, date)));
    return rows;
  }

  #row(key, keys, kind, signature, draw) {
    keys.add(key);
    const row = this.#rows.get(key) ?? { node: h("li", { class: "new" }) };
    this.#rows.set(key, row);
    if (row.kind !== kind || row.signature !== signature) {
      Object.assign(row, { kind, signature });
      row.node.className = `${kind} new`;
      row.node.replaceChildren(...draw());
    }
    return row.node;
  }

  #message(entry, first, date) {
    const nodes = [];
    if (first) nodes.push(this.#who(entry, date));
    if (first && (entry.from === "bot" || entry.from === "agent")) {
      const mark = entry.from === "agent" ? initial(entry.agent) : icon("spark");
      nodes.push(h("span", { class: "mini", "aria-hidden": "true" }, mark));
    }
    if (entry.text) nodes.push(h("div", { class: "bubble", dir: "auto", lang: entry.lang }, ...linked(entry.text)));
    if (entry.choices?.length) nodes.push(this.#choices(entry));
    if (entry.state) nodes.push(this.#delivery(entry));
    return nodes;
  }

  #who(entry, date) {
    const name = h("b", { dir: "auto" }, this.speaker(entry));
    if (entry.from === "buyer") name.className = "sr";
    const time = h("time", { datetime: date.toISOString() }, this.#texts.time(date));
    return h("div", { class: entry.from === "system" ? "who sr" : "who" }, name, time);
  }

  speaker({ from, agent }) {
    return (from === "agent" && agent) || this.#texts.get(`chat-from-${from}`);
  }

  #choices(entry) {
    const buttons = entry.choices.map(({ id, label }) =>
      h(
        "button",
        {
          type: "button",
          dir: "auto",
          class: entry.picked === label ? "picked" : null,
          disabled: !entry.active,
          onclick: () => {
            this.focus(); // the button is about to be disabled, which would drop the focus to the page
            this.#act.choose(id, label);
          },
        },
        label,
      ),
    );
    return h("div", { class: "choices", role: "group", "aria-label": this.#texts.get("chat-choices-label") }, ...buttons);
  }

  #delivery(entry) {
    if (entry.state === "sending") return h("div", { class: "state wait" }, this.#texts.get("chat-sending"));
    const retry = () => {
      this.focus();
      this.#act.retry(entry.key);
    };
    const button = h("button", { type: "button", onclick: retry }, this.#texts.get("chat-retry"));
    return h("div", { class: "state bad" }, this.#texts.get("chat-not-sent"), entry.hopeless ? "" : button);
  }

  #typed(report = true) {
    const text = this.draft;
    const length = codePoints(text);
    const over = length > TEXT_LIMIT;
    this.input.dir = this.mirror.dir = text ? "auto" : ""; // "auto" would show an Arabic placeholder from the left
    this.mirror.textContent = `${text}\u200b`; // its height is the field's: no inline style needed
    this.count.hidden = length <= COUNTER_FROM;
    this.count.classList.toggle("over", over);
    const number = new Intl.NumberFormat(this.#texts.language);
    this.count.textContent = over
      ? `${this.#texts.get("chat-too-long", { max: TEXT_LIMIT })} (${number.format(length)})`
      : `${number.format(length)} / ${number.format(TEXT_LIMIT)}`;
    this.privacy.hidden = !this.count.hidden;
    this.send.setAttribute("aria-disabled", String(!text.trim() || over || !this.ended.hidden));
    this.input.setAttribute("aria-invalid", String(over));
    if (report) this.#act.typed(text);
  }

  #submit() {
    const blocked = this.send.getAttribute("aria-disabled") === "true";
    if (blocked) {
      if (codePoints(this.draft) > TEXT_LIMIT) this.announce(this.count.textContent);
      return this.input.focus();
    }
    const text = this.draft.trim();
    this.draft = "";
    this.input.focus({ preventScroll: true });
    this.#act.send(text.toWellFormed?.() ?? text);
  }

  #inputKey(event) {
    // 229: Safari ends a composition with a keydown that no longer says isComposing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #panelKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#act.close();
    }
    if (event.key === "Tab" && this.panel.getAttribute("aria-modal") === "true") this.#keepFocusInside(event);
  }

  #keepFocusInside(event) {
    const stops = [...this.panel.querySelectorAll("button:enabled, textarea, a[href], [tabindex='0']")];
    const seen = stops.filter((node) => node.getClientRects().length);
    const [from, to] = event.shiftKey ? [seen[0], seen.at(-1)] : [seen.at(-1), seen[0]];
    if (this.panel.getRootNode().activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }

  #atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  #toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.#below = 0;
    this.#showJump();
  }

  #scrolled() {
    if (!this.#atEnd() || !this.#below) return;
    this.#below = 0;
    this.#showJump();
  }

  #showJump() {
    if (this.jump.getRootNode().activeElement === this.jump && !this.#below) this.log.focus();
    this.jump.hidden = !this.#below;
    if (this.#below) this.jump.replaceChildren(icon("down"), this.#texts.get("chat-unread", { count: this.#below }));
  }

  /** The on-screen keyboard covers fixed elements on iOS; only the visual viewport knows how much is left. */
  #followKeyboard() {
    const viewport = globalThis.visualViewport;
    if (!viewport) return;
    const { style } = this.#sheet.cssRules[0];
    const follow = () => {
      const covered = innerHeight - viewport.height > 80 && viewport.scale < 1.05;
      style.setProperty("--vh", covered ? `${viewport.height}px` : "100dvh");
      style.setProperty("--vt", covered ? `${viewport.offsetTop}px` : "0px");
      if (covered && this.opened) this.#toEnd();
    };
    viewport.addEventListener("resize", follow);
    viewport.addEventListener("scroll", follow);
  }
}

function initial(name) {
  return [...(name?.trim() || "·")][0].toLocaleUpperCase();
}

// ---------------------------------------------------------------- the element

/** Whose conversation this is, for comparing only: the server alone verifies the token. */
function subjectOf(identity) {
  try {
    const payload = identity.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).sub ?? null;
  } catch {
    return null;
  }
}

class ParleyChat extends HTMLElement {
  static observedAttributes = ["open", "lang"];

  #view;
  #api;
  #store;
  #feed;
  #outbox;
  #texts = null;
  #session = null; // {token, conversation, locale, language, heard, subject, began, spoken}
  #messages = new Map(); // by seq
  #typing = { timer: 0 };
  #connection = { lost: 0, shown: false };
  #hold = null;
  #awaited = new Set();
  #starting = false;
  #ended = false;
  #hiding = 0;
  #returnTo = null;
  #listening = null;

  connectedCallback() {
    if (!this.#view) this.#assemble();
    this.#listen();
    this.#loadTexts(this.#session?.language ?? this.#locale);
    if (this.#session) this.#feed.start();
    if (this.hasAttribute("open")) this.show();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#feed.stop();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#view || before === now) return;
    if (name === "open") now === null ? this.hide() : this.show();
    if (name === "lang") this.#followPage();
  }

  show() {
    if (this.#view.opened) return;
    this.#returnTo = document.activeElement;
    this.#view.setOpen(true);
    this.#view.focus();
    this.toggleAttribute("open", true);
    this.#markRead();
    if (!this.#session && !this.#ended) this.#start();
  }

  hide() {
    if (!this.#view.opened) return;
    this.#view.setOpen(false);
    this.toggleAttribute("open", false);
    const back = this.#returnTo;
    const elsewhere = back && back !== document.body && back !== this && back.isConnected;
    (elsewhere ? back : this.#view.launcher).focus({ preventScroll: true });
  }

  /** Forgets the conversation on this device, for instance when the buyer signs out. */
  reset() {
    this.#forgetSession();
    this.#outbox.drain();
    this.#view.draft = "";
    this.#clear();
    this.hide();
  }

  get #locale() {
    return this.getAttribute("lang") || document.documentElement.lang || navigator.language || "en";
  }

  #assemble() {
    const base = (this.getAttribute("endpoint") ?? new URL(".", import.meta.url).href).replace(/\/+$/, "");
    this.#store = new Store(`parley:${base}:`);
    this.#api = new Api(base);
    this.#view = new View(this, {
      open: () => this.show(),
      close: () => this.hide(),
      send: (text) => this.#say({ text }),
      choose: (choice, text) => this.#say({ choice, text }),
      retry: (id) => this.#outbox.retry(id),
      restart: () => this.#restart(),
      typed: (text) => (text ? this.#store.set("draft", text) : this.#store.remove("draft")),
    });
    this.#feed = new Feed(this.#api, {
      messages: (messages, live) => this.#receive(messages, live),
      typing: (event) => this.#showTyping(event),
      status: (status) => this.#showStatus(status),
      connection: (up) => this.#showConnection(up),
      expired: () => this.#expire(),
    });
    this.#outbox = new Outbox(this.#api, this.#store, {
      change: () => this.#draw(),
      delivered: (item, seq) => this.#delivered(item, seq),
      hold: (key) => this.#showHold(key),
      expired: () => this.#expire(),
    });
    this.#view.draft = this.#store.get("draft") ?? "";
    this.#adopt(this.#usableSession());
  }

  /** The stored session, unless another buyer has signed in on this device since. */
  #usableSession() {
    const session = this.#store.get("session");
    const subject = this.hasAttribute("identity") ? subjectOf(this.getAttribute("identity")) : null;
    const others = session?.subject && subject && session.subject !== subject;
    // Nothing said yet and the page now speaks another language: greet again rather than in the old one.
    const unsaid = session && !session.spoken && session.locale !== this.#locale;
    if (!others && !unsaid) return session;
    this.#store.remove("session");
    this.#store.remove("read");
    return null;
  }

  #adopt(session) {
    this.#session = session;
    this.#api.token = session?.token ?? null;
    this.#ended = false;
    this.#view.setEnded(false);
    if (!session) return;
    if (session.locale !== this.#locale) this.#remember({ locale: this.#locale, language: this.#locale });
    this.#outbox.wake();
  }

  #remember(changes) {
    this.#session = { ...this.#session, ...changes };
    this.#store.set("session", this.#session);
  }

  #listen() {
    const { signal } = (this.#listening = new AbortController());
    const back = () => this.#back();
    addEventListener("online", back, { signal });
    addEventListener("pageshow", back, { signal });
    // An open stream keeps a page out of the back-forward cache.
    addEventListener("pagehide", () => this.#feed.stop(), { signal });
    addEventListener("storage", (event) => this.#otherTab(event), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#away() : back()), { signal });
  }

  #away() {
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#feed.stop(), HIDDEN_FOR);
  }

  #back() {
    clearTimeout(this.#hiding);
    if (document.hidden || !this.#session || this.#ended) return;
    this.#feed.refresh();
    this.#outbox.wake();
    this.#markRead();
  }

  /** Another tab began or forgot a conversation: there is one per shop and browser. */
  #otherTab(event) {
    if (!this.#store.owns(event.key, "session")) return;
    const session = this.#store.get("session");
    if (session?.token === this.#session?.token) {
      this.#session = session;
      return;
    }
    this.#feed.stop();
    this.#clear();
    this.#adopt(session);
    if (session) {
      this.#loadTexts(session.language);
      this.#feed.start();
    } else if (this.#view.opened) {
      this.#expire();
    }
  }

  // ---- language

  async #loadTexts(language) {
    for (let attempt = 1; this.isConnected; attempt += 1) {
      try {
        const texts = await this.#api.get(`/strings?language=${encodeURIComponent(language)}`);
        if (language === (this.#session?.language ?? this.#locale)) this.#setTexts(texts);
        return;
      } catch {
        await later(backoff(attempt)); // no texts, no launcher: a chat without its server helps nobody
      }
    }
  }

  #setTexts(texts) {
    this.#texts = new Texts(texts);
    this.#view.setTexts(this.#texts);
    this.#draw();
  }

  #followPage() {
    if (!this.#session) return this.#loadTexts(this.#locale);
    this.#remember({ locale: this.#locale, language: this.#locale });
    this.#loadTexts(this.#locale);
  }

  // ---- conversation

  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    this.#view.setReady(false);
    let identity = this.getAttribute("identity");
    for (let attempt = 1; this.isConnected; attempt += 1) {
      try {
        const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        const body = { locale: this.#locale, time_zone, ...(identity && { identity }) };
        this.#began(await this.#api.post("/sessions", body), identity);
        break;
      } catch (error) {
        // An identity that is used up or too old must not keep the buyer out: then the chat asks for proof itself.
        if (identity && [400, 401, 403, 422].includes(error.status)) identity = null;
        this.#showHold({ 429: "chat-rate-limited", 503: "chat-busy" }[error.status] ?? "chat-connecting");
        await later(error.retryAfter ?? backoff(attempt));
      }
    }
    this.#starting = false;
  }

  #began(answer, identity) {
    const { token, conversation_id: conversation, language, heard = language } = answer;
    const subject = identity && subjectOf(identity);
    const session = { token, conversation, language, heard, subject, locale: this.#locale, began: Date.now() };
    this.#showHold(null);
    this.#store.set("session", session);
    this.#store.set("read", 0);
    this.#adopt(session);
    this.#setTexts(answer);
    this.#feed.reset(true);
    this.#feed.start();
    const greeting = this.#texts.get("greeting");
    if (greeting && this.#view.opened) this.#view.announce(greeting);
  }

  #restart() {
    const unsaid = [...this.#outbox.drain(), this.#view.draft].filter(Boolean);
    this.#forgetSession();
    this.#clear();
    this.#view.setEnded(false);
    this.#view.draft = unsaid.join("\n");
    this.#view.focus();
    this.#start();
  }

  #forgetSession() {
    this.#feed.reset();
    this.#store.remove("session");
    this.#store.remove("read");
    this.#adopt(null);
  }

  #clear() {
    this.#messages.clear();
    this.#awaited.clear();
    this.#feed.reset();
    this.#endTyping();
    this.#showHold(null);
    this.#showConnection(null);
    this.#view.setStatus({ owner: "bot" });
    this.#view.setReady(false);
    this.#draw();
    this.#view.setUnread(0);
  }

  #expire() {
    if (this.#ended) return;
    // Back after days, nothing on the screen: opening the chat should simply begin a new conversation.
    if (!this.#view.opened && !this.#messages.size && !this.#outbox.items.size) return this.#forgetSession();
    this.#ended = true;
    this.#feed.stop();
    this.#api.token = null;
    this.#endTyping();
    this.#showHold(null);
    this.#showConnection(null);
    this.#view.setReady(true);
    this.#view.setEnded(true);
    this.#draw();
    if (this.#view.opened) this.#view.announce(this.#texts?.get("chat-session-ended") ?? "");
  }

  #say(message) {
    if (this.#session && !this.#session.spoken) this.#remember({ spoken: true });
    this.#outbox.add(message);
  }

  /** The server has it; its own copy may come later, by the stream, and takes this one's place. */
  #delivered(item, seq) {
    const known = this.#messages.get(seq);
    const { id, text, at } = item;
    if (!known) this.#messages.set(seq, { seq, at, from: "buyer", text, client_message_id: id, lang: undefined });
    this.#draw();
    if (known) return;
    this.#awaited.add(seq);
    setTimeout(() => this.#awaited.delete(seq) && this.#feed.suspect(), ECHO_WITHIN);
  }

  #receive(messages, live) {
    const fresh = messages.filter(({ seq }) => !this.#messages.has(seq));
    for (const message of messages) {
      this.#messages.set(message.seq, message);
      this.#awaited.delete(message.seq);
      if (message.client_message_id) this.#outbox.forget(message.client_message_id);
    }
    const news = live ? fresh.filter(({ from }) => from !== "buyer") : [];
    this.#view.setReady(true);
    if (news.some(({ from }) => from === this.#typing.from)) this.#endTyping();
    if (messages.some(({ from }) => from === "buyer") && !this.#session?.spoken) this.#remember({ spoken: true });
    this.#draw(news.length);
    this.#markRead();
    this.#announce(news);
  }

  #announce(news) {
    if (!news.length) return;
    if (!this.#view.opened || news.length > 3) {
      const count = this.#view.opened ? news.length : this.#unread();
      return this.#view.announce(this.#texts?.get("chat-unread", { count }) ?? "");
    }
    const t = this.#texts;
    for (const message of news) {
      const labels = (message.choices ?? []).map(({ label }) => label).join(", ");
      const line = `${this.#view.speaker(message)}: ${message.text ?? ""}`;
      this.#view.announce(labels ? `${line} ${t?.get("chat-choices-label") ?? ""}: ${labels}` : line);
    }
  }

  #unread() {
    const read = this.#store.get("read") ?? 0;
    return [...this.#messages.values()].filter(({ seq, from }) => seq > read && from !== "buyer").length;
  }

  #markRead() {
    if (this.#view.opened && !document.hidden && this.#messages.size) {
      this.#store.set("read", Math.max(...this.#messages.keys()));
    }
    this.#view.setUnread(this.#unread());
  }

  // ---- drawing

  #draw(fresh = 0) {
    if (!this.#texts) return;
    const told = [...this.#messages.values()].sort((a, b) => a.seq - b.seq);
    const asked = told.findLast(({ choices }) => choices?.length);
    const entries = told.map((message) => this.#entry(message, message === asked, told));
    const greeting = this.#session && this.#texts.get("greeting");
    if (greeting && this.#view.ready && told[0]?.from !== "bot") {
      // Said by the page alone: a conversation in which nobody wrote then costs the server no message.
      entries.unshift({ key: "greeting", from: "bot", agent: null, at: this.#session.began, text: greeting });
    }
    const unsent = [...this.#outbox.items.values()].map((item) => ({
      key: item.id,
      from: "buyer",
      agent: null,
      at: item.at,
      text: item.text,
      state: this.#ended ? "failed" : item.state,
      hopeless: item.hopeless || this.#ended,
    }));
    this.#view.render([...entries, ...unsent], fresh);
  }

  #entry(message, latest, told) {
    const { seq, at, from, agent = null, text, lang, choices, client_message_id: own } = message;
    const entry = { key: own ?? `seq ${seq}`, from, agent, at, text, lang };
    if (!choices?.length) return entry;
    const labels = new Set(choices.map(({ label }) => label));
    const sent = [...this.#outbox.items.values()].filter((item) => item.choice && item.state !== "failed");
    const after = [...told.filter((other) => other.seq > seq && other.from === "buyer"), ...(latest ? sent : [])];
    const picked = after.find((other) => labels.has(other.text))?.text;
    return { ...entry, choices, picked, active: latest && !picked && !this.#ended };
  }

  #showTyping({ from, name, active }) {
    if (!active) return this.#endTyping();
    clearTimeout(this.#typing.timer);
    this.#typing = { from, timer: setTimeout(() => this.#endTyping(), TYPING_AT_MOST) };
    this.#view.setTyping({ from, name });
  }

  #endTyping() {
    clearTimeout(this.#typing.timer);
    this.#typing = { timer: 0 };
    this.#view.setTyping(null);
  }

  #showStatus({ owner, agent, language }) {
    if (owner) this.#view.setStatus({ owner, agent });
    // Only a change of the conversation's language counts: the buyer may have chosen another for the page since.
    if (!language || language === this.#session?.heard) return;
    this.#remember({ heard: language, language });
    if (language !== this.#texts?.language) this.#loadTexts(language);
  }

  #showHold(key) {
    if (key === this.#hold) return;
    this.#hold = key;
    this.#showNotice(key ?? (this.#connection.shown ? "chat-reconnecting" : null));
  }

  /** up: true, false, or null for "nothing to tell". */
  #showConnection(up) {
    const state = this.#connection;
    if (up === false) {
      this.#endTyping(); // whoever typed may have stopped unheard
      state.lost ||= setTimeout(() => {
        state.shown = true;
        this.#showNotice(this.#hold ?? "chat-reconnecting");
      }, LOST_AFTER);
      return;
    }
    clearTimeout(state.lost);
    const told = state.shown;
    Object.assign(state, { lost: 0, shown: false });
    if (!told) return;
    this.#showNotice(this.#hold ?? (up && "chat-online"));
    setTimeout(() => state.shown || this.#showNotice(this.#hold), 3000);
  }

  #showNotice(key) {
    this.#view.setNotice(key || null);
    if (key && this.#view.opened) this.#view.announce(this.#texts?.get(key) ?? "");
  }
}

if (!customElements.get("parley-chat")) customElements.define("parley-chat", ParleyChat);

function embed() {
  if (!document.querySelector("parley-chat")) document.body.append(document.createElement("parley-chat"));
}

if (document.body) embed();
else addEventListener("DOMContentLoaded", embed, { once: true });
