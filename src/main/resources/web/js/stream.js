// The live stream, for as long as somebody looks at the page: given up when it is hidden or left, taken up again when it is seen
// again, and opened anew after it was lost, at random moments that come more and more seldom, so that a thousand pages do not
// come back at once.
const TYPES = ['hello', 'reset', 'beat', 'checks', 'progress', 'cycle'];

/** The server says something every 15 s. */
const LONGEST_SILENCE = 45_000;
const HIDDEN_FOR = 30_000;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

/**
 * Returns what ends it for good.
 *
 * @param heard is called with the type and the data of each event
 * @param lost is called with the moment since when nothing is heard, when a second try fails too, and with null when it is over
 */
export function listen(address, heard, lost) {
  let source = null;
  let tries = 0;
  let since = null;
  let again;
  let silence;
  let hidden;
  let away = false;
  let left = false;

  function close() {
    clearTimeout(again);
    clearTimeout(silence);
    source?.close();
    source = null;
  }

  function fail() {
    close();
    tries += 1;
    since ??= new Date();
    if (tries > 1) {
      lost(since);
    }
    again = setTimeout(open, FIRST_WAIT / 2 + Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)));
  }

  function wait() {
    clearTimeout(silence);
    silence = setTimeout(fail, LONGEST_SILENCE);
  }

  function hear(event) {
    wait();
    if (since) {
      tries = 0;
      since = null;
      lost(null);
    }
    heard(event.type, JSON.parse(event.data));
  }

  function open() {
    close();
    source = new EventSource(address);
    TYPES.forEach((type) => source.addEventListener(type, hear));
    source.addEventListener('error', fail);
    wait();
  }

  // A page that is left hears of its visibility once more.
  function look() {
    clearTimeout(hidden);
    if (document.hidden) {
      hidden = setTimeout(close, HIDDEN_FOR);
    } else if (!source && !away && !left) {
      open();
    }
  }

  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', () => {
    away = true;
    close();
  });
  addEventListener('pageshow', () => {
    away = false;
    look();
  });
  look();
  return () => {
    left = true;
    close();
  };
}
