// What a quarter hour of a large strip was, under the pointer: its times in the reader's zone, and its state. A strip is runs of
// "M{slot} {y}h{length}", a path for each state; its last slot ends at the data-end of the table.
const SLOTS = 96;
const SLOT_MS = 900000;
const WORDS = { on: 'well', deg: 'degraded', off: 'offline', unk: 'not checked' };
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The state of each slot. */
function slots(strip) {
  const states = [];
  for (const path of strip.querySelectorAll('path')) {
    for (const [, from, length] of path.getAttribute('d').matchAll(/M(\d+) [\d.]+h(\d+)/g)) {
      for (let slot = Number(from); slot < Number(from) + Number(length); slot++) {
        states[slot] = WORDS[path.getAttribute('class')];
      }
    }
  }
  return states;
}

export function start() {
  for (const table of document.querySelectorAll('.days[data-end]')) {
    const told = document.createElement('output');
    told.className = 'slot';
    told.hidden = true;
    table.after(told);
    const hide = () => { told.hidden = true; };
    table.addEventListener('pointerleave', hide);
    table.addEventListener('pointermove', (event) => {
      const strip = event.target.closest('.strip');
      if (!strip) {
        return hide();
      }
      const box = strip.getBoundingClientRect();
      const slot = Math.max(0, Math.min(SLOTS - 1, Math.floor((event.clientX - box.left) / box.width * SLOTS)));
      const from = Date.parse(table.dataset.end) - (SLOTS - slot) * SLOT_MS;
      told.textContent = clock.format(from) + '–' + clock.format(from + SLOT_MS) + ' ' + (slots(strip)[slot] ?? WORDS.unk);
      told.hidden = false;
      told.style.left = Math.round(event.clientX + scrollX) + 'px';
      told.style.top = Math.round(box.bottom + scrollY) + 'px';
    });
  }
}
