// Tests the built site in Firefox and WebKitGTK: npm run test:browsers
// Its last line is `N passed, N failed`, and `N skipped` where a browser is missing.
import { testOtherBrowsers } from './lib/browser-tests.mjs';
import { buildPage, install, makeLogs, removeLogs } from './lib/steps.mjs';
import { Tally } from './lib/tally.mjs';

const logs = makeLogs();
const tally = new Tally();
await install(logs);
if (await buildPage(logs)) await testOtherBrowsers(logs, tally);
else tally.failed += 1;
if (tally.failed === 0) removeLogs(logs);
tally.print();
