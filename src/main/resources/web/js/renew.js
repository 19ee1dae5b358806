// Asks for the page that is shown once more, and takes over what changed in its parts marked data-live.
import { become } from './patch.js';
import { isIn } from './reader.js';
import { localize } from './time.js';

const PATIENCE = 20_000;

const version = (page) => page.querySelector('script[src$="/main.js"]')?.getAttribute('src');

/** The part of the other page that has the same name; where several have it, that of the same place among them. */
function same(page, part) {
  const selector = `[data-live="${part.dataset.live}"]`;
  return page.querySelectorAll(selector)[[...document.querySelectorAll(selector)].indexOf(part)];
}

/** The part where the reader is has to wait: false if there was one. */
function take(page) {
  let all = true;
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = same(page, part);
    if (next && !part.isEqualNode(next)) {
      if (isIn(part)) {
        all = false;
      } else {
        become(part, next);
        part.dispatchEvent(new Event('renewed', { bubbles: true }));
      }
    }
  }
  document.title = page.title;
  return all;
}

/**
 * Fails if the page does not come. Else: "renewed"; "partly", where the reader was in the way; "gone", since what answered a
 * form cannot be asked for again; or "newer", since what a newer version made does not fit.
 */
export async function renew() {
  const asked = location.href;
  const answer = await fetch(location.pathname + location.search, {
    headers: { 'Live-Renewal': '1' },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
    return 'gone';
  }
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (version(page) !== version(document)) {
    return 'newer';
  }
  // A search was typed meanwhile: this is not the page any more.
  if (location.href !== asked) {
    return 'partly';
  }
  localize(page);
  return take(page) ? 'renewed' : 'partly';
}
