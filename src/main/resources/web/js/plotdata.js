// What plot.js draws, taken from a chart that the server drew (tag/plot.jte): the numbers stand in its table, a column for each
// th[data-line] and a row for each time[datetime]; a gap of more than data-gap seconds, and an empty cell, is a gap in the line.

function number(text) {
  const value = Number.parseFloat(text.replace(/[^\d.]/g, ''));
  return Number.isNaN(value) ? null : value;
}

function timeOf(row) {
  return Date.parse(row.querySelector('time').dateTime) / 1000;
}

/** The chart as the server drew it. */
export function drawing(chart) {
  return chart.querySelector('svg.plot');
}

/** The table as columns: the middle of what each row stands for, then a column for each line; and the row of each. */
export function read(chart) {
  const { width, gap } = drawing(chart).dataset;
  const columns = [...chart.querySelectorAll('th[data-line]')].map((head) => head.cellIndex);
  const data = [[], ...columns.map(() => [])];
  const rows = [];
  for (const row of chart.querySelectorAll('tbody tr')) {
    const at = timeOf(row) + width / 2;
    const last = data[0].at(-1);
    if (last !== undefined && at - last > gap) {
      data.forEach((column, i) => column.push(i ? null : last + 1));
      rows.push(null);
    }
    data[0].push(at);
    columns.forEach((cell, i) => data[i + 1].push(number(row.cells[cell].textContent)));
    rows.push(row);
  }
  return { data, rows };
}

/** A row in words, each cell under its head; a head is what the server wrote, and may be a stranger's. */
export function words(chart, row) {
  const heads = chart.querySelectorAll('thead th');
  return [...row.cells].flatMap((cell, i) => {
    const head = document.createElement('bdi');
    head.textContent = heads[i].textContent;
    return i ? [' · ', head, ' ' + cell.textContent.trim()] : [cell.textContent.trim()];
  });
}

/** Points without neighbours, which no line shows. */
export function lone(u, line) {
  const y = u.data[line];
  const none = (at) => (y[at] ?? null) === null;
  return [...y.keys()].filter((at) => !none(at) && none(at - 1) && none(at + 1));
}

/** From the bottom up, as much of each row's time as data-shaded says. */
export function shade(u, svg, rows) {
  const { left, top, width, height } = u.bbox;
  const x = (at) => Math.max(left, Math.min(left + width, u.valToPos(at, 'x', true)));
  u.ctx.fillStyle = getComputedStyle(svg.querySelector('.a-down') ?? svg).fill;
  for (const row of rows.filter((one) => one?.dataset.shaded)) {
    const from = timeOf(row);
    const high = Math.max(2, height * row.dataset.shaded);
    u.ctx.fillRect(x(from), top + height - high, x(from + (Number(svg.dataset.width) || svg.dataset.gap / 2)) - x(from), high);
  }
}
