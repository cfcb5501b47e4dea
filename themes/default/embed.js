// A status line for other sites:
//   <script src="https://status.example.com/embed.js" data-position="bottom-right" async></script>
// data-position: inline (the default, where the script is), top-left, top-right, bottom-left, bottom-right
// data-look:     line (the default) or dot
// data-show:     always (the default) or trouble
// It shows the text of the overall badge, or nothing if that cannot be loaded. A line
// inside a page uses the page's font and colors; one in a corner has a background.
// The generator wraps this in a function of given: the language (lang, dir, colon) and the looks
// of the statuses, from good to bad: the color of the badge, the disc in dark mode,
// shape, whether it is filled, and the disc in light mode if it is not the color of the badge.
// Of "color-scheme:light dark" it keeps one, if site.yml chooses a scheme.
const script = document.currentScript;
if (!script?.src) return;
const site = new URL('.', script.src).href;
const { position, look, show } = script.dataset;
const make = (drawn, name, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/' + (drawn ? '2000/svg' : '1999/xhtml'), name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
};
const draw = ({ label, message, color }) => {
  const state = given.looks.find(([badge]) => badge == color);
  if (!state || (show == 'trouble' && state == given.looks[0])) return;
  const [badge, dark, shape, filled, light = badge] = state;
  const host = make(0, 'div', { lang: given.lang, dir: given.dir });
  const root = host.attachShadow({ mode: 'open' });
  const [style] = root.adoptedStyleSheets = [new CSSStyleSheet()];
  const corner = /^(top|bottom)-(left|right)$/.exec(position);
  style.replaceSync(`:host{${corner
    ? `all:initial;color-scheme:light dark;position:fixed;z-index:99999999;${corner[1]}:16px;${corner[2]}:16px;` : ''}display:inline-block}
a{display:inline-flex;gap:.5em;align-items:center;color:inherit;text-decoration:none${corner
    ? ';font:14px/20px system-ui;padding:11px 14px;border-radius:8px;border:1px solid #8886;color:light-dark(#1b1f23,#f0f3f6);background:light-dark(#fff,#16191d)' : ''}}
a:hover,a:focus-visible{text-decoration:underline}svg{flex:none;stroke-width:2;stroke-linecap:round}
circle{fill:light-dark(${light},${dark})}path{${filled ? 'fill' : 'fill:none;stroke:#fff;stroke'}:light-dark(#fff,#0b0d0f)}`);
  root.append(make(0, 'a', { href: site, title: label + given.colon + message, 'aria-label': label + given.colon + message },
    make(1, 'svg', { width: 16, height: 16, viewBox: '0 0 20 20' }, make(1, 'circle', { cx: 10, cy: 10, r: 9 }), make(1, 'path', { d: shape })), look == 'dot' ? '' : message));
  corner || !script.closest('body') ? document.body.append(host) : script.after(host);
};
fetch(site + 'badges/overall.json').then(answer => answer.json().then(draw)).catch(() => {});
