// A real mail server for the tests (npm smtp-server) on a free port of 127.0.0.1.
// Argument: JSON { auth: { user, pass } | null, startTls: "off" | "offered" | "required" | "implicit", cert, key (PEM) }.
// Standard input: one JSON rule per line, { recipient, at: "rcpt" | "data", code, text } or { recipient, hang: true } or
// { recipient, hangUp: true }, which closes every open connection at once.
// Standard output: one JSON event per line: listening, rule, hanging, message.
'use strict';
const path = require('path');
const crypto = require('crypto');
const readline = require('readline');
const { createRequire } = require('module');
const { SMTPServer } = createRequire(path.join(process.cwd(), 'package.json'))('smtp-server');

const settings = JSON.parse(process.argv[2]);
const rules = new Map();
const emit = (event, fields) => process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');

function refusal(rule) {
  const error = new Error(rule.text);
  error.responseCode = rule.code;
  return error;
}

const implicit = settings.startTls === 'implicit';
const server = new SMTPServer({
  secure: implicit,
  authOptional: !settings.auth,
  allowInsecureAuth: settings.startTls === 'off',
  disabledCommands: [...(settings.auth ? [] : ['AUTH']), ...(settings.startTls === 'off' ? ['STARTTLS'] : [])],
  cert: settings.cert,
  key: settings.key,
  logger: false,
  onAuth(auth, session, callback) {
    const accepted = settings.auth && auth.username === settings.auth.user && auth.password === settings.auth.pass;
    callback(accepted ? null : new Error('Invalid username or password'), accepted ? { user: auth.username } : undefined);
  },
  onMailFrom(address, session, callback) {
    if (settings.startTls === 'required' && !session.secure) {
      return callback(refusal({ code: 530, text: '5.7.0 Must issue a STARTTLS command first' }));
    }
    return callback();
  },
  onRcptTo(address, session, callback) {
    const rule = rules.get(address.address.toLowerCase());
    if (rule && rule.hang) {
      emit('hanging', { recipient: address.address });
      return undefined;
    }
    return rule && rule.at === 'rcpt' ? callback(refusal(rule)) : callback();
  },
  onData(stream, session, callback) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const recipients = session.envelope.rcptTo.map((to) => to.address);
      const rule = recipients.map((to) => rules.get(to.toLowerCase())).find((found) => found && found.at === 'data');
      if (rule) {
        return callback(refusal(rule));
      }
      emit('message', {
        from: session.envelope.mailFrom.address,
        recipients,
        user: session.user || null,
        secure: session.secure,
        connection: session.id,
        raw: Buffer.concat(chunks).toString('base64'),
      });
      return callback(null, `2.0.0 accepted as ${crypto.randomUUID()}`);
    });
  },
});

// A client that gives up mid-way is part of the tests; a server error is not.
server.on('error', (error) => process.stderr.write(`${error.stack}\n`));
server.listen(0, '127.0.0.1', () => emit('listening', { port: server.server.address().port }));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const rule = JSON.parse(line);
  if (rule.hangUp) {
    server.connections.forEach((connection) => connection.close());
  } else {
    rules.set(rule.recipient.toLowerCase(), rule);
  }
  emit('rule', { recipient: rule.recipient });
});
