// Pictures of the pages, to be looked at: `npm run shots [-- FILE.html|FOLDER ...]`.
//
// shots/<page>-<width>-<colours>.png is the whole page, …-first.png what is seen before scrolling, …-print.png the paper.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SCHEMES, WIDTHS, launch, open } from './browser.mjs';
import { HERE, name_of, pages } from './pages.mjs';

const target = join(HERE, 'shots');
mkdirSync(target, { recursive: true });
const browser = await launch();
for (const path of pages(process.argv.slice(2))) {
  const url = pathToFileURL(path).href;
  const name = name_of(path).replace(/\.html$/, '').replaceAll('/', '-');
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) await shoot(url, width, scheme, join(target, `${name}-${width}-${scheme}`));
  }
  await paper(url, join(target, `${name}-print`));
  console.log(name);
}
await browser.close();

async function shoot(url, width, scheme, path) {
  // The first screen of a phone, and of a laptop.
  const { page, close } = await open(browser, url, { width, height: width < 768 ? 812 : 800, scheme });
  await page.screenshot({ path: `${path}-first.png` });
  await page.screenshot({ path: `${path}.png`, fullPage: true });
  await close();
}

async function paper(url, path) {
  const { page, close } = await open(browser, url, { width: 688, height: 1017 });
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: `${path}.png`, fullPage: true });
  await close();
}
