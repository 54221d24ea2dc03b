// Preloaded into the servers the tests start (node --require). Standard input is a pipe held by the test host: it ends when the
// host ends, however it ends (also by SIGKILL), on every platform, and then this process must not stay behind.
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
