// The client statuspage.js, whose host is compiled in: statuspage-js.mjs STATE, run
// by statuspage-js.sh where that host is this machine.
import assert from 'node:assert/strict';
import package_ from 'statuspage.js';

const state = process.argv[2];
const page = new package_.Statuspage('example');
const indicator = { clear: 'none', incident: 'major', maintenance: 'maintenance', resolved: 'none' }[state];
const summary = await page.summary();
assert.equal(summary.status.indicator, indicator);
assert.equal((await page.status()).status.indicator, indicator);
assert.ok((await page.components()).components.length > 0);
assert.ok((await page.allIncidents()).incidents.length > 0);
