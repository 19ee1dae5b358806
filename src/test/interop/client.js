// What a client of nostr-tools gets from our relay, and from another one that our monitor publishes to. Its argument is JSON:
// {"own", "open", "closed"}, URLs of relays. Prints one line of JSON per finding; "live" waits for an event that is new.
'use strict';
const WebSocket = require('ws');
const { Relay, useWebSocketImplementation } = require('nostr-tools/relay');
const pools = require('nostr-tools/pool');
const { fetchRelayInformation } = require('nostr-tools/nip11');
const { finalizeEvent, generateSecretKey, verifyEvent } = require('nostr-tools/pure');
useWebSocketImplementation(WebSocket);
pools.useWebSocketImplementation(WebSocket);

const PATIENCE = 30000;
const secret = generateSecretKey();
const urls = JSON.parse(process.argv[2]);

function say(what, finding) {
  console.log(JSON.stringify({ what, ...finding }));
}

/** All stored events for these filters. */
function ask(relay, filters) {
  return new Promise((resolve, reject) => {
    const events = [];
    const late = setTimeout(() => reject(new Error('no EOSE from ' + relay.url)), PATIENCE);
    const sub = relay.subscribe(filters, {
      eoseTimeout: 2 * PATIENCE,
      onevent: event => events.push(event),
      oneose: () => {
        clearTimeout(late);
        resolve(events);
        sub.close();
      },
      onclose: why => {
        clearTimeout(late);
        reject(new Error(why));
      },
    });
  });
}

/** The same, once the monitor has published as many: it may still be at it. */
async function askUntil(relay, filters, count) {
  const deadline = Date.now() + 2 * PATIENCE;
  let events = await ask(relay, filters);
  while (events.length < count && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 200));
    events = await ask(relay, filters);
  }
  return events;
}

const ids = events => events.map(event => event.id);
const times = events => events.map(event => String(event.created_at));

/** NIP-01: newest first, of the same second the lowest id first. */
function isOrdered(events) {
  return events.every((event, i) => {
    const before = events[i - 1] ?? event;
    return before.created_at > event.created_at || (before.created_at === event.created_at && before.id <= event.id);
  });
}

const values = (events, name) => [...new Set(events.flatMap(event => event.tags.filter(tag => tag[0] === name).map(tag => tag[1])))];

/** The value that divides the events best: neither all have it nor none. */
function telling(events, name) {
  const count = value => events.filter(event => event.tags.some(tag => tag[0] === name && tag[1] === value)).length;
  const off = value => Math.abs(count(value) - events.length / 2);
  return values(events, name).sort((a, b) => off(a) - off(b))[0] ?? 'nothing';
}

/** Twelve questions made of what there is. */
function questions(events) {
  const middle = events[events.length >> 1];
  const tag = name => [telling(events, name)];
  return {
    ids: [{ ids: [events[0].id, middle.id, 'f'.repeat(64)] }],
    authors: [{ authors: [middle.pubkey, 'e'.repeat(64)] }],
    kinds: [{ kinds: [0, 10002, 10166] }],
    d: [{ '#d': middle.tags.filter(it => it[0] === 'd').map(it => it[1]) }],
    n: [{ kinds: [30166], '#n': ['clearnet', 'tor'] }],
    'N and R': [{ kinds: [30166], '#N': tag('N'), '#R': ['!auth', '!payment'], limit: 200 }],
    k: [{ '#k': values(events, 'k').slice(0, 2).concat('30166') }],
    t: [{ '#t': tag('t') }],
    'g of nobody': [{ '#g': ['u33d'] }],
    'since and until': [{ kinds: [30166], since: middle.created_at, until: middle.created_at }],
    limit: [{ kinds: [30166], limit: 7 }],
    several: [{ kinds: [10166] }, { '#N': tag('N'), limit: 100 }, { ids: [middle.id] }],
  };
}

async function known(url) {
  const relay = new Relay(url);
  const authenticated = new Promise(resolve => {
    relay.onauth = async template => {
      const signed = finalizeEvent(template, secret);
      setTimeout(resolve, 500);
      return signed;
    };
  });
  await relay.connect();
  await authenticated;
  return relay;
}

async function main() {
  const own = await Relay.connect(urls.own);
  const open = await Relay.connect(urls.open);
  const closed = await known(urls.closed);
  const all = await ask(own, [{ limit: 1000 }]);
  say('own', { ids: ids(all), kinds: [...new Set(all.map(event => event.kind))].sort(), verified: all.every(verifyEvent) });
  for (const [name, relay] of [['open', open], ['closed', closed]]) {
    const mine = [{ authors: [all[0].pubkey], kinds: [0, 10002, 10166, 30166], limit: 1000 }];
    const there = await askUntil(relay, mine, all.length);
    say(name, { ids: ids(there), verified: there.every(verifyEvent) });
  }
  for (const [name, filters] of Object.entries(questions(all.filter(event => event.kind === 30166)))) {
    const authors = filters.map(filter => ({ ...filter, authors: filter.authors ?? [all[0].pubkey] }));
    const [ours, theirs] = [await ask(own, authors), await ask(open, authors)];
    // Which of the events of one second are within a limit is up to the relay, unless it keeps to the letter of NIP-01.
    const shown = filters.some(filter => filter.limit < 100) ? times : ids;
    say('question', { name, filters, own: shown(ours), other: shown(theirs), ordered: isOrdered(ours) });
  }
  const pool = new pools.SimplePool();
  say('pool', { ids: ids(await pool.querySync([urls.own], { kinds: [10166, 0] }, { maxWait: PATIENCE })) });
  say('count', { count: await own.count([{ kinds: [30166] }, { kinds: [30166], limit: 3 }], {}) });
  say('document', { document: await fetchRelayInformation(urls.own) });
  const note = finalizeEvent({ kind: 1, content: 'x', tags: [], created_at: Math.floor(Date.now() / 1000) }, secret);
  say('publish', { refusal: await own.publish(note).then(() => 'taken', error => error.message) });
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('nothing new came')), PATIENCE);
    own.subscribe([{ kinds: [30166], limit: 0 }], {
      onevent: event => {
        say('live', { id: event.id, d: event.tags.find(tag => tag[0] === 'd')[1], verified: verifyEvent(event) });
        clearTimeout(late);
        resolve();
      },
      oneose: () => say('waiting', {}),
    });
  });
  process.exit(0);
}

main().catch(error => {
  console.log(JSON.stringify({ what: 'failed', why: String(error && error.stack ? error.stack : error) }));
  process.exit(1);
});
