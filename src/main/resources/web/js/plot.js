// Puts uPlot in the place of a chart that the server drew (tag/plot.jte), of the same size: values under the pointer, zoom by
// dragging. Nothing is fetched: plotdata.js takes the numbers from the chart's table, and colours, widths and dashes come from its
// SVG, where each th[data-line] names the class of its path. When live updates renew those, it is drawn anew. The arrow keys go along, + and - zoom, Escape shows the whole span.
import { drawing, lone, read, shade, ticks, words } from './plotdata.js';

const HEIGHT = 198;
const dark = matchMedia('(prefers-color-scheme: dark)');

function options(chart, svg, hooks) {
  const style = (selector, name) => getComputedStyle(svg.querySelector(selector) ?? svg)[name];
  const stroke = (selector) => () => style(selector, 'stroke');
  const levels = (value) => () => [...svg.querySelectorAll('[data-level]')].map(value);
  const text = { font: '12px ' + getComputedStyle(chart).fontFamily, stroke: () => style('text', 'fill') };
  const base = { show: true, width: 1, stroke: stroke('.base') };
  return {
    hooks,
    width: chart.clientWidth,
    height: HEIGHT,
    padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: { y: false },
    scales: { y: { range: () => [0, Number(svg.dataset.top)] } },
    series: [{}].concat([...chart.querySelectorAll('th[data-line]')].map(({ dataset: { line } }) => ({
      stroke: stroke('.' + line),
      width: Number.parseFloat(style('.' + line, 'strokeWidth')),
      dash: (style('.' + line, 'strokeDasharray').match(/[\d.]+/g) ?? []).map(Number),
      points: { size: 4, filter: lone },
    }))),
    axes: [
      { ...text, size: 22, values: ticks, grid: { show: false }, ticks: { ...base, size: 5 }, border: base },
      { ...text, size: 56, gap: 8, splits: levels((level) => Number(level.dataset.level)), values: levels((level) => level.textContent),
        ticks: { show: false }, grid: { ...base, stroke: stroke('.grid-y') } },
    ],
  };
}

/** Whether the key means something here. */
function press(u, key, whole) {
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

async function replace(chart) {
  const { default: UPlot } = await import('./uplot.js');
  const svg = drawing(chart);
  const whole = () => ({ min: Number(svg.dataset.from), max: Number(svg.dataset.to) });
  let { data, rows } = read(chart);
  const box = Object.assign(document.createElement('div'), { className: 'zoomed', tabIndex: 0 });
  box.setAttribute('role', 'group');
  box.setAttribute('aria-labelledby', svg.getAttribute('aria-labelledby'));
  const told = document.createElement('output');
  const back = Object.assign(document.createElement('button'), { className: 'btn', type: 'button', textContent: 'Whole span', hidden: true });
  const u = new UPlot(options(chart, svg, {
    drawAxes: [(plot) => shade(plot, svg, rows)],
    setCursor: [({ cursor: { idx } }) => { told.textContent = rows[idx] ? words(chart, rows[idx]) : ''; }],
    setScale: [({ scales: { x } }) => { back.hidden = x.min <= whole().min && x.max >= whole().max; }],
  }), data, box);
  box.append(told, back);
  chart.prepend(box);
  chart.classList.add('drawn');
  u.setScale('x', whole());
  for (const [target, event] of [[back, 'click'], [box, 'dblclick']]) {
    target.addEventListener(event, () => u.setScale('x', whole()));
  }
  box.addEventListener('keydown', (event) => event.target === box && press(u, event.key, whole()) && event.preventDefault());
  chart.addEventListener('renewed', () => {
    const { min, max } = u.scales.x;
    ({ data, rows } = read(chart));
    u.setData(data, false);
    u.setScale('x', back.hidden ? whole() : { min, max });
  });
  new ResizeObserver(() => u.setSize({ width: chart.clientWidth, height: HEIGHT })).observe(chart);
  dark.addEventListener('change', () => u.redraw(false, true));
}

const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
  seen.unobserve(target);
  replace(target).catch(console.error);
}), { rootMargin: '200px' });

/** Each when it is about to be seen: the library is larger than a page. */
export function renew(root) {
  root.querySelectorAll('.chart:not(.drawn)').forEach((chart) => seen.observe(chart));
}

export function start() {
  renew(document);
}
