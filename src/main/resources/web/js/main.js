// Every page works without scripts. What makes it more pleasant is loaded only where there is something for it to do: the
// selector of a module finds it. A module is under 100 lines, takes nothing from the network but this site's own answers, and
// exports start(), called once, and where it works on parts that live updates renew, renew(part), called after each.
const modules = {
  './time.js': 'time[datetime]',
  './search.js': 'form[data-search]',
  './pick.js': '#pick',
  './plot.js': '.chart',
  './check.js': 'form[data-check]',
  './copy.js': '[data-copy]',
  './strip.js': '.days[data-end]',
  './live.js': '[data-live]',
};

const started = new Set();

async function run(name, root) {
  const module = await import(name);
  if (started.has(name)) {
    return module.renew?.(root);
  }
  started.add(name);
  return module.start();
}

/** One that fails to load, or to start, leaves the page as it is, and the others to their work. */
async function runAll(root) {
  const needed = Object.entries(modules).filter(([, selector]) => root.querySelector(selector));
  const ended = await Promise.allSettled(needed.map(([name]) => run(name, root)));
  ended.filter((end) => end.status === 'rejected').forEach((end) => console.error(end.reason));
}

document.addEventListener('renewed', (event) => runAll(event.target));
await runAll(document);
document.documentElement.dataset.ready = '';
