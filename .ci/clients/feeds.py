"""feedparser reads every RSS and Atom feed of a folder without a complaint: feeds.py FOLDER"""
import pathlib, sys

import feedparser

folder, count = pathlib.Path(sys.argv[1]), 0
for path in sorted([*folder.rglob("*.rss"), *folder.rglob("*.atom")]):
    feed = feedparser.parse(path.read_bytes())
    where = path.relative_to(folder)
    assert not feed.bozo, f"{where}: {feed.bozo_exception}"
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[path.suffix[1:]], f"{where} is {feed.version}"
    assert feed.feed.title and feed.feed.link.startswith("http"), where
    assert len(feed.entries) <= 50, where
    ids = [e.id for e in feed.entries]
    assert len(ids) == len(set(ids)), f"{where} names an entry twice"
    dates = [e.published_parsed for e in feed.entries]
    assert dates == sorted(dates, reverse=True), f"{where} is not newest first"
    for e in feed.entries:
        body = e.content[0].value if "content" in e else e.description
        assert e.title and e.author and body and e.link == e.id, f"{where}: {e.id}"
        assert 'href="/' not in body and 'href="#' not in body and 'src="/' not in body, f"{where}: a relative link in {e.id}"
    count += len(feed.entries)
assert count, "no entry was found"
