// "Check now" without a reload: sends the form that the server made, shows what the page then says of the jobs, and when none is
// left, what it says of the relay. Both are parts of this site's own pages.
import { renew } from './renew.js';

const EVERY = 2000;
const LONGEST = 180000;
const JOBS = '[data-now]';

async function page(url, options) {
  const response = await fetch(url, { ...options, headers: { Accept: 'text/html' } });
  const html = await response.text();
  return { ok: response.ok, url: response.url, document: new DOMParser().parseFromString(html, 'text/html') };
}

/** Puts what another page says of the jobs in the place of ours. */
function show(other) {
  const part = document.querySelector(JOBS);
  const next = other.querySelector(JOBS);
  if (next && next.innerHTML !== part.innerHTML) {
    part.replaceChildren(...document.importNode(next, true).childNodes);
    part.dispatchEvent(new Event('renewed', { bubbles: true }));
  }
}

function later(signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, EVERY);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}

/** Asks until no job is left, and while the page is looked at. */
async function follow(url, signal) {
  const until = Date.now() + LONGEST;
  while (Date.now() < until && !signal.aborted) {
    await later(signal);
    const { ok, document: now } = document.hidden ? {} : await page(url, { signal });
    if (ok) {
      show(now);
      if (!now.querySelector(JOBS + ' li')) {
        await renew();
        return;
      }
    }
  }
}

async function send(form, button, signal) {
  button.disabled = true;
  button.textContent = 'Checking…';
  try {
    const answer = await page(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal });
    show(answer.document);
    if (answer.ok) {
      form.reset();
      await follow(answer.url, signal);
    }
  } catch {
    if (!signal.aborted) {
      form.submit();
    }
  } finally {
    button.disabled = false;
    button.textContent = 'Check now';
    button.focus();
  }
}

export function start() {
  const form = document.querySelector('form[data-check]');
  const left = new AbortController();
  addEventListener('pagehide', () => left.abort());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(form, form.querySelector('button'), left.signal);
  });
}
