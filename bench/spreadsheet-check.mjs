// Opens the exports of a project with LibreOffice, saves them as it does, imports them into a new project, and says what came back
// otherwise. On demand, on Linux:
//   apt-get install libreoffice-calc-nogui
//   node bench/spreadsheet-check.mjs http://localhost:7071 KEY PROJECT
// The key must be an owner's of all projects. The new projects are deleted again; links are not checked in between.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const [base, key, project] = process.argv.slice(2);
if (!project) {
  console.error('Usage: node bench/spreadsheet-check.mjs URL KEY PROJECT');
  process.exit(64);
}

const run = promisify(execFile);
const decided = 21; // The columns from page to invoice, see docs/exports.md.
const csvFilter = 'csv:Text - txt - csv (StarCalc):44,34,76'; // Commas, quotation marks, UTF-8.

async function call(path, options = {}) {
  const answer = await fetch(`${base}/api/v1${path}`, { ...options, headers: { Authorization: `Bearer ${key}`, ...options.headers } });
  if (!answer.ok) throw new Error(`${options.method ?? 'GET'} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const json = (body) => ({ method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });

// RFC 4180: what is between quotation marks may have anything in it.
function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1).map((row) => row.slice(0, decided));
}

const byText = (rows) => new Set(rows.slice(1).map((row) => JSON.stringify(row)));

async function exported(id, ending) {
  return Buffer.from(await (await call(`/projects/${id}/export.${ending}`)).arrayBuffer());
}

async function importedAgain(file) {
  const { id } = await (await call('/projects', json({ name: 'Spreadsheet check' }))).json();
  try {
    const begun = await (await call(`/projects/${id}/imports`, { method: 'POST', body: await readFile(file) })).json();
    for (let tries = 0; ; tries++) {
      const { state, progress } = await (await call(`/projects/${id}/imports/${begun.id}`)).json();
      if (state === 'done') return { rows: rowsOf((await exported(id, 'csv?bom=false')).toString()), rejected: progress.rejected };
      if (tries === 300) throw new Error(`The import is ${state} after five minutes.`);
      await pause(1_000);
    }
  } finally {
    await call(`/projects/${id}`, { method: 'DELETE' });
  }
}

const folder = await mkdtemp(join(tmpdir(), 'linkmonitor-sheets-'));
let differences = 0;
try {
  const wanted = byText(rowsOf((await exported(project, 'csv?bom=false')).toString()));
  for (const [from, to, filter] of [['xlsx', 'xlsx', 'xlsx:Calc MS Excel 2007 XML'], ['xlsx', 'csv', csvFilter], ['csv', 'csv', csvFilter]]) {
    await writeFile(join(folder, `links.${from}`), await exported(project, from));
    // 44,34,76 also says how a CSV is read: as UTF-8 with commas, no cell made a number or a day.
    const reading = from === 'csv' ? ['--infilter=CSV:44,34,76,1,,0,true,false'] : [];
    await run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', ...reading, '--convert-to', filter,
      '--outdir', join(folder, to), join(folder, `links.${from}`)], { timeout: 300_000 });
    const { rows, rejected } = await importedAgain(join(folder, to, `links.${to}`));
    const came = byText(rows);
    const [lost, other] = [[...wanted].filter((row) => !came.has(row)), [...came].filter((row) => !wanted.has(row))];
    differences += lost.length + other.length;
    console.log(`${from} saved as ${to}: ${came.size} of ${wanted.size} links, ${rejected} rejected, ${lost.length} came back otherwise`);
    for (const row of [...lost.slice(0, 3), ...other.slice(0, 3)]) console.log(`  ${row}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = differences === 0 ? 0 : 1;
