// Verifies a webhook with the reference library (npm standardwebhooks), as a receiver does.
// Argument: JSON { secret, headers, body }. Standard output: "ok", or why it is not.
'use strict';
const path = require('path');
const { createRequire } = require('module');
const { Webhook } = createRequire(path.join(process.cwd(), 'package.json'))('standardwebhooks');

const { secret, headers, body } = JSON.parse(process.argv[2]);
try {
  new Webhook(secret).verify(body, headers);
  process.stdout.write('ok');
} catch (error) {
  process.stdout.write(String(error.message));
}
