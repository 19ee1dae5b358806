// Every page works without scripts. What makes it more pleasant is loaded only where there is something for it to do.
// A module exports start(), is under 100 lines, and takes nothing from the network but this site's own answers.
const modules = {
  './time.js': 'time[datetime]',
};

for (const [module, needed] of Object.entries(modules)) {
  if (document.querySelector(needed)) {
    import(module).then((loaded) => loaded.start());
  }
}
