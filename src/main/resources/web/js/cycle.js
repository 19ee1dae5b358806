// The running cycle moves by what the live stream says of it. What stands beside it comes with the page.
const count = new Intl.NumberFormat('en-US');

function set(within, selector, text) {
  const element = within.querySelector(selector);
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function moveBar(within, done) {
  const bar = within.querySelector('progress');
  if (bar) {
    bar.value = done;
  }
}

/** False if the page shows another cycle than the event tells of. */
export function move({ cycle, percent, tail, regions }) {
  const line = document.querySelector('.cycle');
  if (!line || Date.parse(line.querySelector('time').dateTime) !== Date.parse(cycle)) {
    return false;
  }
  set(line, '[data-cycle="tail"]', tail);
  if (percent !== null) {
    set(line, '[data-cycle="percent"]', String(percent));
    moveBar(line, regions.reduce((sum, region) => sum + region.done, 0));
  }
  for (const { region, done, planned, percent: share } of regions.filter((region) => region.percent !== null)) {
    for (const row of document.querySelectorAll(`tr[data-region="${CSS.escape(region)}"]`)) {
      moveBar(row, done);
      set(row, '[data-cycle="share"]', share.toFixed(1) + ' %');
      set(row, '[data-cycle="done"]', count.format(done) + ' of ' + count.format(planned));
    }
  }
  return true;
}
