"""icalendar reads every calendar of a folder, with as many events as it has: calendars.py FOLDER"""
import pathlib, sys

from icalendar import Calendar

folder, count = pathlib.Path(sys.argv[1]), 0
for path in sorted(folder.rglob("*.ics")):
    calendar = Calendar.from_ical(path.read_bytes())
    assert calendar["VERSION"] == "2.0" and "METHOD" not in calendar, path
    if path.name != "event.ics": # a single window is added once, not subscribed to
        assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION", path
    names = set()
    events = path.read_bytes().count(b"BEGIN:VEVENT")
    for event in calendar.walk("VEVENT"):
        count += 1
        events -= 1
        assert not event.errors, f"{path}: {event.errors}"
        for key in ("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "CATEGORIES"):
            assert key in event, f"{path}: an event without {key}"
        assert event["UID"] not in names, path
        names.add(event["UID"])
        assert event["DTSTART"].dt < event["DTEND"].dt and event["DTSTART"].dt.utcoffset().total_seconds() == 0, path
    assert events == 0, path
print(count, "events")
