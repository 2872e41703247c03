// Opens pages of niggle's in a real browser and fails on what a reader would stumble over: `npm test [-- FILE.html|FOLDER ...]`.
//
// Without arguments the pages that make.sh made are read. Every fault is printed with its page, width, colours and selector.

import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SCHEMES, WIDTHS, launch, open } from './browser.mjs';
import { HOSTILE } from './hostile.mjs';
import { check_keyboard } from './keyboard.mjs';
import { css_faults, html_faults, vnu_faults } from './markup.mjs';
import { name_of, pages } from './pages.mjs';
import { check_print } from './print.mjs';

const MIDDLE = 768;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// A year may have 250,000: what is made here stays below it.
const MOST_BYTES = 245_000;
const MOST_BYTES_OF_YEARS = 1_000_000;
// Notes of two thousand letters in each row, ten times what people write.
const MOST_BYTES_OF_WORDS = 400_000;
/** Of one kind of fault at one page no more lines than these are printed. */
const MOST_LINES = 6;

/** Between them these hold every section and every kind of text, so all is looked at here; the other histories have other data in the same markup. */
const WHOLE = /(^|\/)(sample|fifteen-years|hostile|year)\/[^/]*$/;
/** What the hostile page is compared with. */
const CALM = /(^|\/)hostile-calm\//;

/** Pages looked at side by side: a core each. */
const AT_ONCE = Math.max(1, Math.min(4, availableParallelism()));

const faults = [];
/** Those that were printed. */
const printed = new Set();
const paths = pages(process.argv.slice(2));

const by_vnu = vnu_faults(paths);
const browser = await launch();
const skeletons = new Map();
const queue = paths.values();
await Promise.all(Array.from({ length: AT_ONCE }, read_pages));
await browser.close();
compare_hostile();
print(null);
console.log(faults.length === 0 ? `${paths.length} pages: nothing to stumble over` : `${faults.length} faults in ${paths.length} pages`);
process.exit(faults.length === 0 ? 0 : 1);

/** Reads pages until there is none left; several do so side by side. */
async function read_pages() {
  for (const path of queue) {
    const began = Date.now();
    await check(path);
    const count = faults.filter(({ page }) => page === name_of(path)).length;
    console.log(`${name_of(path)}: ${count === 0 ? 'ok' : `${count} faults`}, ${Math.round(statSync(path).size / 1000)} kB, ${((Date.now() - began) / 1000).toFixed(1)} s`);
    print(name_of(path));
  }
}

function report(path, how, check, found) {
  for (const { what, where } of found) faults.push({ page: name_of(path), how, check, what, where: where ?? '' });
}

async function check(path) {
  const url = pathToFileURL(path).href;
  report(path, 'file', 'html', html_faults(path));
  report(path, 'file', 'html (vnu)', by_vnu.get(path));
  report(path, 'file', 'css', css_faults(path));
  report(path, 'file', 'size', size_faults(path));
  await once(path, url);
  if (CALM.test(name_of(path))) return;
  const is_whole = is_looked_at_whole(path);
  for (const width of is_whole ? WIDTHS : WIDTHS.filter(width => width !== MIDDLE)) {
    for (const scheme of SCHEMES) await at(path, url, width, scheme, is_whole);
  }
  for (const [check, width, found] of await check_keyboard(browser, url, is_whole)) report(path, `${width} px`, check, found);
  for (const [check, how, found] of await check_print(browser, url)) report(path, how, check, found);
}

/** Pages that somebody names are looked at whole, and so are those of the histories that hold everything. */
function is_looked_at_whole(path) {
  return process.argv.length > 2 || (WHOLE.test(name_of(path)) && !name_of(path).startsWith('named/'));
}

function size_faults(path) {
  const of_others = /hostile/.test(path) ? MOST_BYTES_OF_WORDS : MOST_BYTES;
  const most = /years/.test(path) ? MOST_BYTES_OF_YEARS : of_others;
  const bytes = statSync(path).size;
  return bytes <= most ? [] : [{ what: `${bytes} bytes, at most ${most}` }];
}

/** What does not depend on the width. */
async function once(path, url) {
  const { page, requests, messages, close } = await open(browser, url, { width: 1280 });
  report(path, 'markup', 'structure', await page.evaluate(() => measure.structure()));
  const files = await page.evaluate(() => measure.files());
  const missing = files.filter(href => !existsSync(join(dirname(path), decodeURIComponent(href.split('#')[0]))));
  report(path, 'markup', 'structure', missing.map(href => ({ what: `a link to a file that is not there: ${href}` })));
  await page.evaluate(() => measure.fold(true));
  report(path, 'markup', 'privacy', private_faults(path, await page.evaluate(() => document.title + measure.text())));
  skeletons.set(path, await page.evaluate(() => measure.skeleton()));
  report(path, 'markup', 'request', requests.map(what => ({ what })));
  report(path, 'markup', 'console', messages.map(what => ({ what })));
  await close();
}

/** Titles, file names, makers and places of the hostile history, which no page shows unless it is asked to. */
function private_faults(path, text) {
  if (!/hostile\//.test(path) || /named/.test(path)) return [];
  const words = [...HOSTILE.titles, ...HOSTILE.files, HOSTILE.creator, HOSTILE.broken].filter(word => !HOSTILE.notes.includes(word));
  const shown = words.filter(word => text.includes(word.replace(/\p{Cc}|[\u202A-\u202E]/gu, '')));
  const places = text.match(/\b47\.00\d+|\b30\.00\d+/g) ?? [];
  return [...shown.map(word => ({ what: `a name is shown: ${word.slice(0, 60)}` })), ...places.map(place => ({ what: `a position is shown: ${place}` }))];
}

/** One width and one preference: folds closed and open, then every choice that the page offers. Of a page not looked at whole all that is open. */
async function at(path, url, width, scheme, is_whole) {
  const { page, requests, messages, close } = await open(browser, url, { width, scheme });
  const said = (state, check, found) => report(path, `${width} px ${scheme} ${state}`, check, found);
  // Between a phone and a desk only the layout is another.
  const is_middle = width === MIDDLE;
  for (const state of is_whole ? ['closed', 'open'] : ['open']) {
    await page.evaluate(is_open => measure.fold(is_open), state === 'open');
    await layout(page, state, said);
    if (is_middle) continue;
    await contrast(page, state, said);
    said(state, 'axe', await axe_faults(page));
  }
  const choices = await page.evaluate(() => measure.choices());
  for (const { name, id } of is_middle || !is_whole ? [] : choices) {
    const state = `${name} ${id}`;
    await choose(page, id);
    if (name !== 'theme') await layout(page, state, said);
    await contrast(page, state, said);
    if (width === 375) said(state, 'axe', await axe_faults(page, ['color-contrast']));
    await choose(page, choices.find(other => other.name === name).id);
  }
  said('at any time', 'request', requests.map(what => ({ what })));
  said('at any time', 'console', messages.map(what => ({ what })));
  await close();
}

function choose(page, id) {
  return page.evaluate(id => document.getElementById(id).click(), id);
}

async function layout(page, state, said) {
  said(state, 'overflow', await page.evaluate(() => measure.overflow()));
  said(state, 'targets', await page.evaluate(() => measure.targets()));
  said(state, 'drawings', await page.evaluate(() => measure.drawings()));
}

async function contrast(page, state, said) {
  const size = page.viewportSize();
  // As high as the page: what is behind a text can be asked only where the window is.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(height, 30_000) });
  said(state, 'contrast', await page.evaluate(() => measure.contrast()));
  await page.setViewportSize(size);
}

async function axe_faults(page, rules) {
  const run = rules ? { runOnly: { type: 'rule', values: rules } } : { runOnly: AXE_TAGS, rules: { 'target-size': { enabled: true } } };
  const { violations } = await page.evaluate(run => axe.run(document, { ...run, resultTypes: ['violations'] }), run);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => ({ what: `${id}: ${help}${id === 'color-contrast' ? `. ${failureSummary.split('\n').at(-1).trim()}` : ''}`, where: target.join(' ') })));
}

/** A page of hostile texts has the structure of the page of calm ones. */
function compare_hostile() {
  for (const [path, counts] of skeletons) {
    const calm = skeletons.get(path.replace('/hostile/', '/hostile-calm/'));
    if (!path.includes('/hostile/') || !calm) continue;
    const chains = new Set([...Object.keys(counts), ...Object.keys(calm)]);
    const other = [...chains].filter(chain => counts[chain] !== calm[chain]);
    report(path, 'markup', 'hostile', other.map(chain => ({ what: `${counts[chain] ?? 0} elements where calm texts make ${calm[chain] ?? 0}`, where: chain.slice(-120) })));
  }
}

/**
 * The faults of a page as soon as it was read, for all take a quarter of an hour; with null what was not printed yet. Faults that are the
 * same in several states are one line.
 */
function print(one) {
  const alike = new Map();
  const new_ones = faults.filter(fault => !printed.has(fault) && (one === null || fault.page === one));
  for (const fault of new_ones) {
    const { page, how, check, what, where } = fault;
    printed.add(fault);
    const key = [page, check, what, where].join('\n');
    alike.set(key, { page, check, what, where, hows: [...(alike.get(key)?.hows ?? []), how] });
  }
  const counts = new Map();
  for (const { page, check, what, where, hows } of alike.values()) {
    const kind = `${page}: ${check}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (counts.get(kind) > MOST_LINES) continue;
    const more = hows.length > 2 ? `${hows[0]} and ${hows.length - 1} more` : hows.join(', ');
    console.log(`FAULT ${kind}: ${what} | ${more}${where ? ` | ${where}` : ''}`);
  }
  for (const [kind, count] of counts) if (count > MOST_LINES) console.log(`FAULT ${kind}: ${count - MOST_LINES} more`);
}
