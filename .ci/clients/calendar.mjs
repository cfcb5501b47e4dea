// ical.js reads the calendar, and each moved, lengthened or canceled window is
// the same event: calendar.mjs BEFORE AFTER
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const read = file => {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')));
  return new Map(calendar.getAllSubcomponents('vevent').map(c => {
    const e = new ICAL.Event(c);
    return [e.uid, { start: e.startDate.toJSDate(), end: e.endDate.toJSDate(), sequence: e.sequence, status: c.getFirstPropertyValue('status'), summary: e.summary }];
  }));
};
const [before, after] = process.argv.slice(2).map(read);
const changed = [...after].filter(([uid, e]) => JSON.stringify(before.get(uid)) !== JSON.stringify(e));
assert.deepEqual([...before.keys()].sort(), [...after.keys()].sort(), 'an event lost its name');
assert.equal(changed.length, 3, JSON.stringify(changed));
for (const [uid, e] of changed) assert.ok(e.sequence > before.get(uid).sequence, e.summary);
assert.equal(changed.filter(([, e]) => e.status === 'CANCELLED').length, 1);
assert.equal(changed.filter(([uid, e]) => +e.start !== +before.get(uid).start).length, 1, 'one was moved');
assert.equal(changed.filter(([uid, e]) => +e.start === +before.get(uid).start && +e.end > +before.get(uid).end).length, 1, 'one was lengthened');
