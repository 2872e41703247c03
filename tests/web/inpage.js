// Measures that run inside a page, as `measure.<name>()`; each answers a list of { what, where } of what is wrong.
/* global document, window, getComputedStyle, NodeFilter, Node */

window.measure = (() => {
  const LEAST_CONTRAST = 4.5;
  const LEAST_TARGET_PX = 24;
  const LEAST_IN_NAVIGATION_PX = 44;
  const LEAST_TEXT_PX = 9;

  const wrong = (what, element) => ({ what, where: path(element) });

  /** A short selector: from the nearest id down, at most five steps. */
  function path(element) {
    const steps = [];
    for (let at = element; at && at !== document.documentElement && steps.length < 5; at = at.parentElement) {
      if (at.id) {
        steps.unshift(`#${at.id}`);
        break;
      }
      const name = at.classList.length ? `${at.localName}.${[...at.classList].join('.')}` : at.localName;
      const alike = at.parentElement ? [...at.parentElement.children].filter(other => other.localName === at.localName) : [];
      steps.unshift(alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(at) + 1})` : name);
    }
    return steps.join(' > ') || 'html';
  }

  const quote = text => `“${text.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  const is_seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });

  /** Every piece of text that is seen, with its element and the boxes of its lines. */
  function texts(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !element || element.closest('title, desc, style') || !is_seen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(box => box.width > 1.5 && box.height > 1.5);
      if (boxes.length && !is_for_screen_readers(element)) found.push({ node, element, boxes });
    }
    return found;
  }

  /** Text that is only heard has a box of one pixel. */
  function is_for_screen_readers(element) {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).position === 'absolute' && at.offsetWidth <= 1) return true;
      if (at.matches('.skip:not(:focus)')) return true;
    }
    return false;
  }

  // What the page has more than its width for: nothing may be wider but what scrolls by itself.
  function overflow() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(element => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.right > width + 0.5 && !scrolls(element.parentElement);
    });
    const innermost = wide.filter(element => !wide.some(other => other !== element && element.contains(other)));
    const said = `${document.documentElement.scrollWidth} px wide`;
    return innermost.length ? innermost.slice(0, 5).map(element => wrong(said, element)) : [wrong(said, document.body)];
  }

  function scrolls(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();

  /** Any CSS colour as red, green, blue of 255 and alpha of 1. */
  function rgba(color) {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  }

  const over = (top, below) => below.map((c, i) => (i < 3 ? top[i] * top[3] + c * (1 - top[3]) : 1));

  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }

  function contrast_of(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function opacity_of(element) {
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    return opacity;
  }

  /** What an element paints at a point: its background, or its fill or stroke inside a drawing. */
  function painted(element, x, y) {
    const style = getComputedStyle(element);
    if (element instanceof window.SVGGeometryElement) return drawn_at(element, style, x, y);
    if (element instanceof window.SVGElement) return [0, 0, 0, 0];
    return seen_color(style.backgroundColor, opacity_of(element));
  }

  function drawn_at(element, style, x, y) {
    const at = new window.DOMPoint(x, y).matrixTransform(element.getScreenCTM()?.inverse());
    const is_stroke = style.stroke !== 'none' && element.isPointInStroke(at);
    const [color, share] = is_stroke ? [style.stroke, style.strokeOpacity] : [style.fill, style.fillOpacity];
    return color === 'none' || color.startsWith('url') ? [0, 0, 0, 0] : seen_color(color, opacity_of(element) * Number(share));
  }

  function seen_color(color, opacity) {
    const [r, g, b, a] = rgba(color);
    return [r, g, b, a * opacity];
  }

  /** The colour behind a point of a text, from the paper up. */
  function behind(element, x, y) {
    const under = document.elementsFromPoint(x, y).filter(other => !(other instanceof window.SVGTextContentElement));
    const is_there = under.some(other => other.contains(element));
    const layers = is_there ? under : ancestors(element);
    const paper = rgba(getComputedStyle(document.documentElement).colorScheme === 'dark' ? '#121212' : '#fff');
    return layers.reverse().reduce((below, layer) => over(painted(layer, x, y), below), paper);
  }

  function ancestors(element) {
    const all = [];
    for (let at = element; at; at = at.parentElement) all.push(at);
    return all;
  }

  // Text and what is behind it. Drawings count as well, which axe passes over; they must not ignore the pointer for that.
  function contrast(root) {
    const style = document.createElement('style');
    style.textContent = 'svg, svg * { pointer-events: visiblePainted !important }';
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    document.adoptedStyleSheets.push(sheet);
    const found = [];
    for (const { node, element, boxes } of texts(root)) {
      const style = getComputedStyle(element);
      const is_drawn = element instanceof window.SVGTextContentElement;
      const [r, g, b, a] = rgba(is_drawn ? style.fill : style.color);
      const { x, y, width, height } = boxes[0];
      // A halo is drawn around letters before they are: it is what is next to them, whatever lies below.
      const has_halo = is_drawn && style.paintOrder.startsWith('stroke') && style.stroke !== 'none';
      const below = has_halo ? rgba(style.stroke) : behind(element, x + width / 2, y + height / 2);
      const alpha = a * opacity_of(element) * (is_drawn ? Number(style.fillOpacity) : 1);
      const contrast = contrast_of(over([r, g, b, alpha], below), below);
      if (contrast < LEAST_CONTRAST - 0.005) found.push(wrong(`${contrast.toFixed(2)} : 1 of ${quote(node.data)}`, element));
    }
    document.adoptedStyleSheets.pop();
    return found;
  }

  // Text in drawings shrinks with them, and may lie outside of them, where it is cut off.
  function drawings() {
    const found = [];
    for (const { node, element, boxes } of texts()) {
      const svg = element.closest('svg');
      if (!svg) continue;
      const { a, b } = element.getScreenCTM() ?? { a: 1, b: 0 };
      const scale = Math.hypot(a, b);
      const px = Number.parseFloat(getComputedStyle(element).fontSize) * scale;
      if (px < LEAST_TEXT_PX) found.push(wrong(`${px.toFixed(1)} px of ${quote(node.data)}`, element));
      const frame = svg.getBoundingClientRect();
      const is_out = boxes.some(box => box.left < frame.left - 1.5 || box.right > frame.right + 1.5 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3);
      if (is_out && getComputedStyle(svg).overflow !== 'visible') found.push(wrong(`cut off: ${quote(node.data)}`, element));
    }
    return found;
  }

  // What is tapped. A link inside a sentence may be as high as its line.
  function targets() {
    const found = [];
    for (const element of document.querySelectorAll('a[href], summary, button, select, textarea, input, label[for]')) {
      if (!is_seen(element) || is_for_screen_readers(element) || is_in_sentence(element)) continue;
      const { width, height } = element.getBoundingClientRect();
      const is_hidden_input = element.localName === 'input' && (width <= 2 || height <= 2);
      if (is_hidden_input && document.querySelector(`label[for="${element.id}"]`)) continue;
      const least = element.closest('nav') ? LEAST_IN_NAVIGATION_PX : LEAST_TARGET_PX;
      if (width < least - 0.1 || height < least - 0.1) found.push(wrong(`${width.toFixed(0)} × ${height.toFixed(0)} px of ${quote(element.textContent)}, at least ${least}`, element));
    }
    return found;
  }

  function is_in_sentence(element) {
    if (element.localName !== 'a' || getComputedStyle(element).display !== 'inline') return false;
    const around = element.closest('p, li, td, th, dd, figcaption')?.textContent ?? '';
    return around.replace(/\s/g, '').length > element.textContent.replace(/\s/g, '').length;
  }

  // What could run, load or change what is read.
  function structure() {
    const found = [];
    const forbidden = 'script, iframe, object, embed, applet, base, form, link, portal, frame, meta[http-equiv=refresh], video, audio, foreignObject, animate, set';
    for (const element of document.querySelectorAll(forbidden)) found.push(wrong('an element that a page of text does not need', element));
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(wrong(`an event handler, ${name}`, element));
        if (/^\s*(javascript|vbscript):/i.test(value)) found.push(wrong(`a script in ${name}`, element));
        const is_loaded = ['src', 'srcset', 'poster', 'background', 'data'].includes(name) || (/href$/.test(name) && element.localName !== 'a');
        if (is_loaded && !/^(data:|#)/.test(value)) found.push(wrong(`${name} loads ${value.slice(0, 60)}`, element));
      }
    }
    return [...found, ...policy(), ...directions(), ...links()];
  }

  const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

  function policy() {
    const policies = [...document.querySelectorAll('meta[http-equiv=Content-Security-Policy]')];
    if (policies.length !== 1) return [wrong(`${policies.length} content security policies`, document.head)];
    const is_late = document.head.querySelector('style')?.compareDocumentPosition(policies[0]) & Node.DOCUMENT_POSITION_FOLLOWING;
    const found = policies[0].content === POLICY ? [] : [wrong(`another policy: ${policies[0].content}`, policies[0])];
    return is_late ? [...found, wrong('the policy comes after the style', policies[0])] : found;
  }

  /** Letters that are read from the right must not turn the text beside them around. */
  function directions() {
    const marks = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
    return texts().flatMap(({ node, element }) => {
      if (marks.test(node.data)) return [wrong(`a mark that turns the direction, in ${quote(node.data)}`, element)];
      // A cell or an item that holds nothing else is a line of its own; beside other words they have to be kept apart.
      const is_line = !getComputedStyle(element).display.startsWith('inline') && element.textContent === node.data;
      const is_alone = is_line || element.closest('bdi, [dir=auto]') || /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi);
      return /[\u0590-\u08FF]/.test(node.data) && !is_alone ? [wrong(`right-to-left letters that are not isolated, in ${quote(node.data)}`, element)] : [];
    });
  }

  function links() {
    return [...document.querySelectorAll('a[href^="#"]')].flatMap(link => {
      const id = decodeURIComponent(link.getAttribute('href').slice(1));
      return document.getElementById(id) ? [] : [wrong(`leads nowhere: #${id}`, link)];
    });
  }

  /** Addresses of files beside the page. */
  function files() {
    const hrefs = [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'));
    return [...new Set(hrefs.filter(href => !/^(#|[a-z][a-z0-9+.-]*:)/i.test(href)))];
  }

  /** Opens or closes every fold; those that share a name would close each other. */
  function fold(is_open) {
    for (const details of document.querySelectorAll('details')) {
      if (is_open) details.removeAttribute('name');
      details.open = is_open;
    }
  }

  /** The page's elements without its words: how often there is each, told by what it is in. A drawing's text may break elsewhere. */
  function skeleton() {
    const counts = {};
    const walk = (element, above) => {
      const classes = [...element.classList].map(name => `.${name}`).join('');
      const chain = `${above} > ${element.localName}${classes}`;
      counts[chain] = (counts[chain] ?? 0) + 1;
      if (element.localName === 'svg') for (const { localName } of element.querySelectorAll('*')) counts[`svg ${localName}`] = 1;
      else for (const child of element.children) walk(child, chain);
    };
    walk(document.documentElement, '');
    return counts;
  }

  /** Each radio button's group and id. */
  function choices() {
    return [...document.querySelectorAll('input[type=radio]')].map(({ name, id }) => ({ name, id }));
  }

  // Where the keyboard is, told apart by a number, and whether that can be seen.
  const numbers = new Map();
  async function focused() {
    await new Promise(done => window.requestAnimationFrame(() => window.requestAnimationFrame(done)));
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    if (!numbers.has(at)) numbers.set(at, numbers.size);
    return { number: numbers.get(at), where: path(at), faults: focus_faults(at) };
  }

  function focus_faults(at) {
    const seen = at.localName === 'input' && at.offsetWidth <= 2 ? (document.querySelector(`label[for="${at.id}"]`) ?? at) : at;
    const style = getComputedStyle(seen);
    const found = [];
    const is_ringed = (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== 'none';
    if (!is_ringed) found.push(wrong('no ring shows the focus', seen));
    // Of what is taller than the window the part in it counts.
    const whole = seen.getBoundingClientRect();
    const [left, right] = [Math.max(0, whole.left), Math.min(window.innerWidth, whole.right)];
    const [top, bottom] = [Math.max(0, whole.top), Math.min(window.innerHeight, whole.bottom)];
    const shares = [0.5, 0.1, 0.9];
    const points = shares.flatMap(x => shares.map(y => [left + (right - left) * x, top + (bottom - top) * y]));
    const is_hit = ([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (seen.contains(top) || top.contains(seen));
    };
    if (left >= right || top >= bottom || !points.some(is_hit)) found.push(wrong('the focus is hidden or off the screen', seen));
    return found;
  }

  /** How many stops the keyboard has: a group of radio buttons is one. */
  function stops() {
    const all = [...document.querySelectorAll('a[href], summary, button, select, textarea, input, [tabindex="0"]')].filter(is_seen_or_radio);
    const groups = new Set();
    return all.filter(element => {
      if (element.type !== 'radio') return true;
      const is_first = !groups.has(element.name);
      groups.add(element.name);
      return is_first;
    }).length;
  }

  function is_seen_or_radio(element) {
    return element.checkVisibility({ visibilityProperty: true });
  }

  /** In print: text that lies outside of the sheet. */
  function beside_sheet() {
    return texts().filter(({ element }) => !element.closest('.sheet')).map(({ node, element }) => wrong(`printed beside the sheet: ${quote(node.data)}`, element));
  }

  return { overflow, contrast, drawings, targets, structure, files, fold, skeleton, choices, focused, stops, beside_sheet, text: () => document.body.textContent };
})();
