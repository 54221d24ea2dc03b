// Parses every [input, base or null] of the JSON file named on the command line and prints what Node's URL makes of it; null for a failure.
import { readFileSync } from "node:fs";

const parse = ([input, base]) => {
  try {
    const url = base === null ? new URL(input) : new URL(input, base);
    return {
      href: url.href, protocol: url.protocol, username: url.username, password: url.password, hostname: url.hostname,
      port: url.port, pathname: url.pathname, search: url.search, hash: url.hash, origin: url.origin,
    };
  } catch (error) {
    if (error.code === "ERR_INVALID_URL") return null;
    throw error;
  }
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map(parse)));
