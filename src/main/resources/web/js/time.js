// Times in the reader's zone. The title keeps the UTC time that the server wrote. Unlike other modules it runs by itself, before
// the page is painted: a time that is rewritten later moves what stands behind it.
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });

/** "CET" in winter and "CEST" in summer: the zone of that moment. */
function zoneName(at) {
  return zone.formatToParts(at).find((part) => part.type === 'timeZoneName').value;
}

// "14:05", "14:05:09", "21 Nov, 14:05", "21 Nov 2025, 14:05", each also with " UTC" where it stands in a sentence.
const CLOCK = /^(?:\d{1,2} \p{L}{3}(?: \d{4})?, )?\d{2}:\d{2}(:\d{2})?( UTC)?$/u;

/** How each time was printed, since ours looks like the server's. */
const forms = new WeakMap();

function form(time) {
  const match = CLOCK.exec(time.textContent.trim());
  const at = new Date(time.dateTime);
  return match && !Number.isNaN(at.getTime()) ? { at, seconds: Boolean(match[1]), named: Boolean(match[2]) } : null;
}

function local({ at, seconds, named }) {
  const now = new Date();
  const clock = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined });
  const sameDay = at.toDateString() === now.toDateString();
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  const day = sameDay ? '' : at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year }) + ', ';
  return day + clock + (named ? ' ' + zoneName(at) : '');
}

/** Rewrites the times inside an element, also those that came later; those that were rewritten before as they read today. */
export function localize(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const known = forms.get(time) ?? form(time);
    if (known) {
      forms.set(time, known);
      const text = local(known);
      if (time.textContent !== text) {
        time.textContent = text;
      }
    }
  }
}

/** The text of a moment as the server's are printed, to the minute. */
export function clock(at) {
  return local({ at, seconds: false, named: false });
}

/** At midnight "14:05" becomes "22 Nov, 14:05". */
function again() {
  localize(document);
  const midnight = new Date();
  midnight.setHours(24, 0, 1, 0);
  setTimeout(again, midnight - Date.now());
}

export function renew(part) {
  localize(part);
}

/** Done already. */
export function start() {}

again();
const zoneLine = document.querySelector('[data-zone]');
if (zoneLine && zoneName(new Date()) !== 'UTC') {
  zoneLine.textContent = 'Times are ' + zoneName(new Date()) + ', UTC when pointed at.';
}
