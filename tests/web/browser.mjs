// Debian's Chromium, which asks nobody for anything.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);

export const WIDTHS = [375, 768, 1280];
export const SCHEMES = ['light', 'dark'];

/** What each page gets before its own markup is read: axe and the measures of inpage.js. */
const TOOLS = [require.resolve('axe-core/axe.min.js'), new URL('inpage.js', import.meta.url).pathname].map(path => readFileSync(path, 'utf8'));

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
    ],
  });
}

/** Opens a file and collects what it asks for and what it says. The page's own policy is in force. */
export async function open(browser, url, { width, height = 900, scheme = 'light' }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  for (const content of TOOLS) await context.addInitScript({ content });
  const page = await context.newPage();
  const requests = [];
  const messages = [];
  page.on('request', request => {
    const asked = request.url();
    if (asked !== url && !asked.startsWith('data:') && !asked.startsWith(`${url}#`)) requests.push(asked);
  });
  page.on('console', message => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => messages.push(`error: ${error.message}`));
  await page.goto(url);
  return { page, requests, messages, close: () => context.close() };
}
