// Along the time axis of a chart that plot.js draws: its ticks, and what the keys do: the arrows go along, + and - zoom, Escape
// shows the whole span.

const HALF_A_DATE = 22;
const DAY = 86400;
const DAYS = [1, 2, 3, 5, 7, 10, 15, 30, 60, 90, 120, 180, 365].map((days) => days * DAY);

/** Where rows are days, these are UTC wherever the reader is. */
export function zone(chart) {
  return /T/.test(chart.querySelector('tbody time').dateTime) ? undefined : 'UTC';
}

/** The x axis: hours, dates or months, by how far apart they are; nothing that would be cut at an edge. */
export function axis(chart) {
  const timeZone = zone(chart);
  const date = (at, form) => new Date(at * 1000).toLocaleString('en-GB', { ...form, timeZone });
  const values = (u, splits, index, space, step) => splits.map((at) => {
    const { min, max } = u.scales.x;
    if ((Math.min(at - min, max - at) / (max - min)) * u.over.clientWidth < HALF_A_DATE) return '';
    const month = date(at, { month: 'short' });
    if (step >= 28 * DAY) return month === 'Jan' ? date(at, { year: 'numeric' }) : month;
    const hour = date(at, { hour: '2-digit', minute: '2-digit' });
    return step >= DAY || hour === '00:00' ? date(at, { day: 'numeric', month: 'short' }) : hour;
  });
  return timeZone ? { values, incrs: DAYS } : { values };
}

/** Whether the key means something here. */
export function press(u, key, whole) {
  const { min, max } = u.scales.x;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const zoom = { '+': 0.5, '=': 0.5, '-': 2 }[key];
  if (step) {
    const at = u.data[0][Math.max(0, Math.min(u.data[0].length - 1, (u.cursor.idx ?? (step > 0 ? -1 : u.data[0].length)) + step))];
    u.setCursor({ left: u.valToPos(at, 'x'), top: 0 });
  } else if (zoom) {
    const middle = u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : (min + max) / 2;
    u.setScale('x', { min: Math.max(whole.min, middle - (middle - min) * zoom), max: Math.min(whole.max, middle + (max - middle) * zoom) });
  } else if (key === 'Escape') {
    u.setScale('x', whole);
  }
  return step || zoom || key === 'Escape';
}
