// The client statuspage.io reads the API of a local server: statuspage-io.mjs URL STATE
import assert from 'node:assert/strict';
import package_ from 'statuspage.io';

const [url, state] = process.argv.slice(2);
const client = new package_.Statuspage('any');
client.setApiUrl(url);
const { api } = client;
const indicator = { clear: 'none', incident: 'major', maintenance: 'maintenance', resolved: 'none' }[state];
assert.equal((await api.getStatus()).status.indicator, indicator);
const summary = await api.getSummary();
assert.equal(summary.status.indicator, indicator);
assert.deepEqual((await api.getComponents()).components, summary.components);
const { incidents } = await api.incidents.getAll();
assert.ok(incidents.length > 0 && incidents.every(i => i.incident_updates.length > 0));
assert.deepEqual((await api.incidents.getUnresolved()).incidents, summary.incidents);
assert.equal(summary.incidents.length > 0, state === 'incident');
const upcoming = (await api.scheduledMaintenances.getUpcoming()).scheduled_maintenances;
assert.ok(upcoming.every(m => m.status === 'scheduled' && summary.scheduled_maintenances.some(s => s.id === m.id)));
