// Three relays of the package @nostr-relay/core with its SQLite store, on free ports of loopback: one open, one that offers
// NIP-42 and serves everybody, one that serves only who has answered its challenge. Prints one line of JSON with their ports
// and ends with its standard input.
'use strict';
const http = require('node:http');
const { WebSocketServer } = require('ws');
const { LogLevel } = require('@nostr-relay/common');
const { NostrRelay } = require('@nostr-relay/core');
const { EventRepositorySqlite } = require('@nostr-relay/event-repository-sqlite');
const { Validator } = require('@nostr-relay/validator');

// More than the package can do (45, 70, 77), to see that found out.
const DOCUMENT = {
  name: 'interop',
  software: 'https://github.com/CodyTseng/nostr-relay',
  version: '0.0.40',
  supported_nips: [1, 11, 40, 42, 45, 50, 70, 77],
  limitation: { auth_required: false, payment_required: false },
};

/** The package's own way to put a guard before its messages. */
const onlyKnown = {
  async handleMessage(ctx, message, next) {
    if (ctx.pubkey || message[0] === 'AUTH' || message[0] === 'CLOSE') {
      return next();
    }
    const no = 'auth-required: prove your key first';
    ctx.sendMessage(message[0] === 'EVENT' ? ['OK', message[1].id, false, no] : ['CLOSED', message[1], no]);
  },
};

async function relay(options, plugins) {
  const repository = new EventRepositorySqlite(':memory:');
  await repository.init();
  const nostr = new NostrRelay(repository, { logLevel: LogLevel.ERROR, ...options });
  plugins.forEach(plugin => nostr.register(plugin));
  const validator = new Validator();
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'application/nostr+json');
    response.end(JSON.stringify(DOCUMENT));
  });
  new WebSocketServer({ server }).on('connection', (client, request) => {
    nostr.handleConnection(client, request.socket.remoteAddress);
    client.on('message', async data => {
      try {
        await nostr.handleMessage(client, await validator.validateIncomingMessage(data));
      } catch (error) {
        client.send(JSON.stringify(['NOTICE', error.message]));
      }
    });
    client.on('close', () => nostr.handleDisconnect(client));
    client.on('error', () => client.terminate());
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

async function main() {
  const ports = {
    open: await relay({}, []),
    challenging: await relay({ hostname: '127.0.0.1' }, []),
    closed: await relay({ hostname: '127.0.0.1' }, [onlyKnown]),
  };
  console.log(JSON.stringify(ports));
  process.stdin.resume().on('end', () => process.exit(0));
}

main();
