// rss-parser and @rowanmanning/feed-parser read the feeds alike: feeds.mjs FOLDER
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Parser from 'rss-parser';
import { parseFeed } from '@rowanmanning/feed-parser';

for (const name of ['history.rss', 'history.atom', 'components/web/history.rss', 'components/web/history.atom']) {
  const text = readFileSync(`${process.argv[2]}/${name}`, 'utf8');
  const loose = await new Parser().parseString(text);
  const strict = parseFeed(text);
  assert.equal(strict.meta.type, name.endsWith('rss') ? 'rss' : 'atom');
  assert.ok(loose.items.length > 0 && loose.items.length <= 50);
  assert.equal(loose.items.length, strict.items.length);
  assert.equal(loose.title, strict.title);
  strict.items.forEach((item, i) => {
    assert.equal(item.id, loose.items[i].guid ?? loose.items[i].id);
    assert.ok(item.title && item.url && (item.content || item.description) && item.authors.length && item.categories.length, item.id);
    assert.equal(item.published.toISOString(), new Date(loose.items[i].isoDate).toISOString());
  });
}
