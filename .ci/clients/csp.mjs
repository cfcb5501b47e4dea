// csp_evaluator finds nothing in the policy of _headers but that the script's own
// host is trusted, where nobody but the operator puts files: csp.mjs FOLDER
import { readFileSync } from 'node:fs';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { Severity } from 'csp_evaluator/dist/finding.js';

const policy = /Content-Security-Policy: (.*)/.exec(readFileSync(`${process.argv[2]}/_headers`, 'utf8'))[1];
const weighty = new CspEvaluator(new CspParser(policy).csp).evaluate().filter(f => f.severity < Severity.INFO && !(f.directive === 'script-src' && f.value === "'self'"));
for (const f of weighty) console.log(f.directive, f.value ?? '', f.description);
process.exit(weighty.length ? 1 : 0);
