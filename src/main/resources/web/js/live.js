// Keeps a page true while it is looked at. The stream only hints that something happened; then, after a while that differs from
// reader to reader, the page is asked for anew. So nothing piles up here, and what was missed does not matter.
import { move } from './cycle.js';
import { renew } from './renew.js';
import { listen } from './stream.js';
import { clock } from './time.js';

const LEAST_BETWEEN = 10_000;
const SPREAD = 4_000;
/** Hints may be lost; and without the stream there are none. */
const UNASKED = 300_000;
const UNHEARD = 60_000;

/** A relay's page is about its own checks; the others are about all, and those come all the time. */
const relay = /^\/relays\/([^/]+)$/.exec(location.pathname)?.[1];
const address = '/api/v1/stream?only=progress,cycle' + (relay ? ',checks&relay=' + encodeURIComponent(relay) : '');
const hints = new Set(['cycle', 'reset', relay ? 'checks' : 'progress']);

const notice = document.createElement('p');
const lost = { stream: null, page: null };
let asked = Date.now();
let failures = 0;
let due = Infinity;
let timer;
let close = null;

function end(why) {
  close();
  close = null;
  clearTimeout(timer);
  notice.textContent = why;
}

function tell(news) {
  const [since] = Object.values(Object.assign(lost, news)).filter(Boolean).sort((a, b) => a - b);
  const text = since ? `Live updates lost since ${clock(since)}, trying again.` : '';
  if (notice.textContent !== text) {
    notice.textContent = text;
  }
}

async function ask() {
  due = Infinity;
  if (document.hidden) {
    return;
  }
  asked = Date.now();
  const outcome = await renew().catch(() => 'failed');
  if (outcome === 'gone' || outcome === 'newer') {
    end(outcome === 'newer' ? 'This page has a newer version. Load it again for live updates.' : '');
    return;
  }
  failures = outcome === 'failed' ? failures + 1 : 0;
  tell({ page: failures > 1 ? lost.page ?? new Date() : null });
  askBy(Date.now() + (lost.stream || failures ? UNHEARD : UNASKED));
  if (outcome === 'partly') {
    hint();
  }
}

function askBy(moment) {
  const at = moment + 500 + Math.random() * SPREAD;
  if (close && at < due) {
    clearTimeout(timer);
    due = at;
    timer = setTimeout(ask, at - Date.now());
  }
}

/** However many there are, the page is asked for once. */
function hint() {
  askBy(Math.max(Date.now(), asked + LEAST_BETWEEN * 2 ** Math.min(failures, 4)));
}

function hear(type, data) {
  const fits = type !== 'progress' || move(data);
  if (hints.has(type) || !fits) {
    hint();
  }
}

export function start() {
  notice.className = 'lost';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  close = listen(address, hear, (since) => {
    tell({ stream: since });
    hint();
  });
  askBy(Date.now() + UNASKED);
  document.addEventListener('visibilitychange', hint);
  addEventListener('pageshow', (event) => event.persisted && hint());
}
