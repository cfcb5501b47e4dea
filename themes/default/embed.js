// A status line for other sites:
//   <script src="https://status.example.com/embed.js" data-position="bottom-right" async></script>
// data-position: inline (the default, where the script stands), top-left, top-right, bottom-left, bottom-right
// data-look:     line (the default) or dot
// data-show:     always (the default) or trouble
// It shows nothing where it cannot know.
// given, which the generator puts around this, is the language: root, lang, dir, colon, words.
(() => {
  const script = document.currentScript;
  if (!script || !script.src) return;
  const site = new URL('.', script.src).href;
  const { position = 'inline', look = 'line', show = 'always' } = script.dataset;
  // colour on light and on dark paper, and the shape in a square of 12
  const looks = {
    none: ['#1a7f37', '#3fb950', 'M3 6.3 5 8.4 9 3.8'],
    maintenance: ['#0a58ca', '#6ea8fe', 'M3.4 8.6 7 5M9 3.4A2 2 0 1 0 9 5'],
    minor: ['#8a5d00', '#d29922', 'M3 6H9'],
    major: ['#b34700', '#f0883e', 'M6 2.6V9.4M6 4.4H8M6 7.6H8'],
    critical: ['#c01f2d', '#ff7b72', 'M3.6 3.6 8.4 8.4M8.4 3.6 3.6 8.4'],
  };
  const make = (name, attributes, ...children) => {
    const element = document.createElementNS(
      name == 'svg' || name == 'circle' || name == 'path' ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  };
  const draw = ({ page, status }) => {
    const [light, dark, shape] = looks[status.indicator];
    if (show == 'trouble' && status.indicator == 'none') return;
    const host = make('div', { lang: given.lang, dir: given.dir });
    const root = host.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    const corner = /^(top|bottom)-(left|right)$/.exec(position);
    style.replaceSync(`:host{all:initial;display:inline-block;color-scheme:light dark;--c:${light}${
      corner ? `;position:fixed;z-index:2147483000;${corner[1]}:16px;${corner[2]}:16px` : ''}}
a{display:inline-flex;gap:8px;align-items:center;font:14px/20px system-ui,sans-serif;color:#1b1f23;text-decoration:none${
      corner ? ';padding:11px 14px;border-radius:8px;border:1px solid #8886;background:#fff' : ''}}
a:hover span,a:focus-visible span{text-decoration:underline}svg{flex:none;fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round}circle{fill:var(--c);stroke:none}
@media(prefers-color-scheme:dark){:host{--c:${dark}}a{color:#f0f3f6${corner ? ';background:#16191d' : ''}}path{stroke:#0b0d0f}}`);
    root.adoptedStyleSheets = [style];
    const said = given.words[status.description] || status.description;
    const text = page.name + given.colon + said;
    const picture = make('svg', { width: 16, height: 16, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
      make('circle', { cx: 6, cy: 6, r: 6 }), make('path', { d: shape }));
    const link = make('a', { href: site, title: text, 'aria-label': text }, picture);
    if (look != 'dot') link.append(make('span', {}, said));
    root.append(link);
    corner || !script.closest("body") ? document.body.append(host) : script.after(host);
  };
  fetch(site + given.root + 'api/v2/status.json').then(answer => answer.ok && answer.json().then(draw)).catch(() => {});
})();
