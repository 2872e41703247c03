// Which pages are looked at, and what they are called.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = dirname(fileURLToPath(import.meta.url));
const MADE = join(HERE, 'pages');

/** The files that are named, and report.html and sheet.html anywhere below the folders; without names those that make.sh made. */
export function pages(named) {
  const roots = named.length ? named.map(path => resolve(path)) : [MADE];
  const found = roots.filter(existsSync).flatMap(root => {
    if (!statSync(root).isDirectory()) return [root];
    const inside = readdirSync(root, { recursive: true }).map(path => join(root, path));
    return inside.filter(path => /^(report|sheet)\.html$/.test(basename(path))).sort();
  });
  if (found.length === 0) {
    console.error('no page to look at: make.sh makes them');
    process.exit(2);
  }
  return found;
}

/** The folder's name and the file's. */
export function name_of(path) {
  const name = relative(MADE, path);
  return name.startsWith('..') ? join(basename(dirname(path)), basename(path)) : name;
}
