// What paper gets: the sheet for whoever is to see it, on at most two pages, and nothing else.

import { open } from './browser.mjs';

const MOST_PAGES = 2;
/** The width of A4 less its margins of 14 mm, in CSS pixels, and a page's height. */
const PAPER = { width: 688, height: 1017 };

/** Lists of faults as [check, how, faults]. */
export async function check_print(browser, url) {
  const all = [];
  for (const scheme of ['light', 'dark']) {
    const { page, close } = await open(browser, url, { ...PAPER, scheme });
    // Whoever chose dark to read prints on white nevertheless.
    if (scheme === 'dark') await page.evaluate(() => document.querySelector('#dark')?.click());
    all.push(['print', `paper ${scheme}`, pdf_faults(await page.pdf({ format: 'A4', printBackground: true, tagged: true, preferCSSPageSize: true }))]);
    await page.emulateMedia({ media: 'print', colorScheme: scheme });
    all.push(['print', `paper ${scheme}`, await sheet_faults(page)]);
    await close();
  }
  return all;
}

async function sheet_faults(page) {
  const sheets = await page.evaluate(() => document.querySelectorAll('.sheet').length);
  if (sheets === 0) return [{ what: 'no sheet to print' }];
  const found = await page.evaluate(() => [...measure.beside_sheet(), ...measure.overflow(), ...measure.contrast(), ...measure.drawings()]);
  const words = await page.evaluate(() => document.querySelector('.sheet').innerText.split(/\s+/).length);
  return words < 20 ? [...found, { what: `the sheet has ${words} words` }] : found;
}

/** Counts pages and looks for the tags that a screen reader needs; Chromium leaves page objects as they are. */
function pdf_faults(pdf) {
  const text = pdf.toString('latin1');
  const pages = text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  const is_a4 = boxes.every(([, width, height]) => Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2);
  return [
    ...(pages >= 1 && pages <= MOST_PAGES ? [] : [{ what: `${pages} pages, at most ${MOST_PAGES}` }]),
    ...(is_a4 ? [] : [{ what: `not A4: ${boxes[0]?.[0]}` }]),
    ...(/\/StructTreeRoot/.test(text) ? [] : [{ what: 'the PDF has no tags' }]),
  ];
}
