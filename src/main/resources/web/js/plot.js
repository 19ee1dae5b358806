// Puts uPlot in the place of a chart that the server drew (tag/plot.jte), of the same size: values under the pointer, zoom by
// dragging. Nothing is fetched: plotdata.js takes the numbers from the chart's table, and colours, widths and dashes come from its
// SVG, where each th[data-line] names the class of its path. When live updates renew those, it is drawn anew.
import { axis, press, zone } from './plotaxis.js';
import { drawing, lone, read, shade, words } from './plotdata.js';

const HEIGHT = 198;
const dark = matchMedia('(prefers-color-scheme: dark)');

const styles = (svg) => (selector, name) => getComputedStyle(svg.querySelector(selector) ?? svg)[name];

function lines(chart, svg) {
  const style = styles(svg);
  return [...chart.querySelectorAll('th[data-line]')].map(({ dataset: { line } }) => ({
    stroke: () => style('.' + line, 'stroke'),
    width: Number.parseFloat(style('.' + line, 'strokeWidth')),
    dash: (style('.' + line, 'strokeDasharray').match(/[\d.]+/g) ?? []).map(Number),
    points: { size: 4, filter: lone },
  }));
}

function options(chart, svg, UPlot, hooks) {
  const style = styles(svg);
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
    series: [{}, ...lines(chart, svg)],
    ...(zone(chart) && { tzDate: (at) => UPlot.tzDate(new Date(at * 1000), 'Etc/UTC') }),
    axes: [
      { ...text, size: 22, ...axis(chart), grid: { show: false }, ticks: { ...base, size: 5 }, border: base },
      { ...text, size: 56, gap: 8, splits: levels((level) => Number(level.dataset.level)), values: levels((level) => level.textContent),
        ticks: { show: false }, grid: { ...base, stroke: stroke('.grid-y') } },
    ],
  };
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
  const u = new UPlot(options(chart, svg, UPlot, {
    drawAxes: [(plot) => shade(plot, svg, rows)],
    setCursor: [({ cursor: { idx } }) => { told.replaceChildren(...(rows[idx] ? words(chart, rows[idx]) : [])); }],
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
    while (u.series.length > data.length) u.delSeries(u.series.length - 1);
    while (u.series.length < data.length) u.addSeries(lines(chart, svg)[u.series.length - 1], u.series.length);
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
