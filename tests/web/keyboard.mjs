// The page by keyboard alone: every stop is reached, seen and left again, forwards and backwards.

import { open } from './browser.mjs';

/** Lists of faults as [check, width, faults]. Of a page that is not looked at whole all that is open, forwards, on a phone. */
export async function check_keyboard(browser, url, is_whole) {
  const all = [];
  for (const width of is_whole ? [375, 1280] : [375]) {
    for (const is_open of is_whole ? [false, true] : [true]) {
      for (const key of is_whole ? ['Tab', 'Shift+Tab'] : ['Tab']) {
        // A page just opened: a browser goes on from where it was, even when nothing has the focus any more.
        const { page, close } = await open(browser, url, { width });
        await page.evaluate(is_open => measure.fold(is_open), is_open);
        all.push(['keyboard', width, await walk(page, key)]);
        await close();
      }
    }
  }
  return all;
}

/** Presses a key until the focus has left the page, or has been at more stops than there are. */
async function walk(page, key) {
  const stops = await page.evaluate(() => measure.stops());
  const found = [];
  const reached = new Set();
  let last = null;
  for (let presses = 0; presses <= stops + 5; presses += 1) {
    await page.keyboard.press(key);
    const at = await page.evaluate(() => measure.focused());
    if (at === null || (reached.has(at.number) && at.number !== last?.number)) {
      if (at === null && presses === 0) continue;
      return reached.size < stops ? [...found, { what: `${key} reaches ${reached.size} of ${stops} stops and leaves`, where: last?.where }] : found;
    }
    if (at.number === last?.number) return [...found, { what: `${key} does not leave`, where: at.where }];
    reached.add(at.number);
    found.push(...at.faults.map(({ what, where }) => ({ what: `${key}: ${what}`, where })));
    last = at;
  }
  return [...found, { what: `${key} does not come out after ${stops} stops`, where: last?.where }];
}
