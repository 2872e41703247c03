// Whether HTML and CSS are what their specifications say: html-validate and the W3C's own checker, css-tree.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as csstree from 'css-tree';
import { HtmlValidate } from 'html-validate';
import vnu from 'vnu-jar';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // A matter of style: maud writes void elements and attributes in its own way.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    // A list may have a name.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // A table that scrolls is a region by its role; a <section> would want a heading.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // A length in a bar's own property is what a style attribute is for here; the policy forbids nothing of it.
    'no-inline-style': 'off',
  },
});

/** What html-validate says of a file. */
export function html_faults(path) {
  const report = validator.validateStringSync(readFileSync(path, 'utf8'), path);
  return report.results.flatMap(result => result.messages).map(({ message, ruleId, selector, line }) => ({ what: `${ruleId}: ${message}`, where: selector ?? `line ${line}` }));
}

// CSS that vnu's tables are too old for and css-tree knows; letters that a runner wrote in their own way.
const NO_FAULTS_OF_VNU = /“paint-order”: Property “paint-order” doesn't exist|^Text run is not in Unicode Normalization Form C/;

/** What the W3C's checker says of each of these files, as a map by path. */
export function vnu_faults(paths) {
  const done = spawnSync('java', ['-Xss1m', '-jar', vnu, '--format', 'json', '--exit-zero-always', '--stdout', ...paths], { encoding: 'utf8', maxBuffer: 1e9 });
  if (done.error || done.status !== 0) throw new Error(`vnu did not run: ${done.error?.message ?? done.stderr}`);
  const faults = new Map(paths.map(path => [path, []]));
  for (const { url, type, message, extract, lastLine } of JSON.parse(done.stdout).messages) {
    if (NO_FAULTS_OF_VNU.test(message)) continue;
    const path = paths.find(path => url === `file:${path}` || url === `file://${path}`);
    faults.get(path)?.push({ what: `${type}: ${message}`, where: extract ? `“${extract.replace(/\s+/g, ' ').slice(0, 90)}”` : `line ${lastLine}` });
  }
  return faults;
}

/** Declarations, selectors and at-rules of a page's styles that CSS does not know. */
export function css_faults(path) {
  const styles = [...readFileSync(path, 'utf8').matchAll(/<style[^>]*>([^]*?)<\/style>/g)];
  return styles.flatMap(([, css]) => faults_of(css));
}

// Older names that browsers still need, and what is newer than css-tree's tables.
const KNOWN_PROPERTIES = /^(-webkit-text-size-adjust|-webkit-print-color-adjust|text-size-adjust|--.*)$/;

function faults_of(css) {
  const faults = [];
  const said = node => csstree.generate(node).slice(0, 90);
  const tree = csstree.parse(css, { positions: true, onParseError: error => faults.push({ what: `css: ${error.message}`, where: `column ${error.column}` }) });
  csstree.walk(tree, {
    visit: 'Declaration',
    enter(node) {
      if (KNOWN_PROPERTIES.test(node.property) || ['font-face', 'page'].includes(this.atrule?.name)) return;
      const { error } = csstree.lexer.matchDeclaration(node);
      if (error && !/var\(\)/.test(error.message)) faults.push({ what: `css: ${error.message.split('\n')[0]}`, where: said(node) });
    },
  });
  return faults;
}
