// Search as you type: asks for the page of the same search and puts its parts in place. The address stays the page, the focus
// stays in the field, and how many match is said once typing rests. Without it the form does the same with its button.
import { become } from './patch.js';
import { localize } from './time.js';

const TYPING_MS = 200;
const SLOW_MS = 500;
const PATIENCE_MS = 10_000;

const form = document.querySelector('form[data-search]');
const field = form?.querySelector('input[name=q]');
const said = document.querySelector('#q-said');
let typed;
let asking;

/** The server answered, in words, and not with a list. */
class Refused extends Error {}

function address() {
  const given = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  const query = new URLSearchParams(given).toString();
  return form.action + (query ? '?' + query : '');
}

function show(page) {
  localize(page);
  for (const part of document.querySelectorAll('main [data-live]')) {
    const next = page.querySelector(`main [data-live="${part.dataset.live}"]`);
    if (next) {
      become(part, next);
      part.dispatchEvent(new Event('renewed', { bubbles: true }));
    }
  }
  document.title = page.title;
}

function busy(is) {
  document.querySelector('[data-live=list]').setAttribute('aria-busy', String(is));
}

async function page(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: 'text/html' } });
  const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!answer.ok) {
    throw new Refused(parsed.querySelector('h1')?.textContent ?? 'This cannot be read now.');
  }
  return parsed;
}

async function search() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const url = address();
  if (url === location.href) {
    said.textContent = '';
    busy(false);
    return;
  }
  const slow = setTimeout(() => { said.textContent = 'Searching…'; busy(true); }, SLOW_MS);
  const patience = setTimeout(() => mine.abort('late'), PATIENCE_MS);
  try {
    const found = await page(url, mine.signal);
    if (asking === mine) {
      const many = found.querySelector('h1').textContent;
      show(found);
      history.replaceState(history.state, '', url);
      said.textContent = many;
    }
  } catch (fault) {
    if (asking === mine) {
      const why = fault instanceof Refused ? fault.message : 'The search did not answer.';
      said.textContent = why + ' What is shown is of the search before; the button tries again.';
    }
  } finally {
    clearTimeout(slow);
    clearTimeout(patience);
    if (asking === mine) {
      busy(false);
      asking = undefined;
    }
  }
}

export function start() {
  field.addEventListener('input', (event) => {
    clearTimeout(typed);
    if (!event.isComposing) {
      typed = setTimeout(search, TYPING_MS);
    }
  });
  field.addEventListener('compositionend', () => { typed = setTimeout(search, TYPING_MS); });
  // What was typed while the modules were on their way.
  if (field.value !== field.defaultValue) {
    search();
  }
  addEventListener('pagehide', () => { clearTimeout(typed); asking?.abort(); });
}
