// Times in the reader's zone. The title keeps the UTC time that the server wrote.
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });

function zoneName(at) {
  return zone.formatToParts(at).find((part) => part.type === 'timeZoneName').value;
}

// "14:05", "14:05:09", "21 Nov, 14:05", "21 Nov 2025, 14:05", each also with " UTC" where it stands in a sentence.
const CLOCK = /^(?:\d{1,2} \p{L}{3}(?: \d{4})?, )?\d{2}:\d{2}(:\d{2})?( UTC)?$/u;

const rewritten = new WeakSet();

function local(at, seconds, named) {
  const now = new Date();
  const clock = at.toLocaleTimeString('en-GB', seconds ? {} : { hour: '2-digit', minute: '2-digit' });
  const sameDay = at.toDateString() === now.toDateString();
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  const day = sameDay ? '' : at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year }) + ', ';
  return day + clock + (named ? ' ' + zoneName(at) : '');
}

/** Rewrites the times inside an element, also those that came later. */
export function localize(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const match = !rewritten.has(time) && CLOCK.exec(time.textContent.trim());
    const at = new Date(time.dateTime);
    if (match && !Number.isNaN(at.getTime())) {
      time.textContent = local(at, Boolean(match[1]), Boolean(match[2]));
      rewritten.add(time);
    }
  }
}

export function start() {
  localize(document);
  const zoneLine = document.querySelector('[data-zone]');
  if (zoneLine) {
    zoneLine.textContent = 'Times are ' + zoneName(new Date()) + ', UTC when pointed at.';
  }
}
