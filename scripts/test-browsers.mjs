// Tests the built site in Firefox and WebKitGTK: npm run test:browsers
// Its last line is `N passed, N failed`, and `N skipped` where a browser is missing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testOtherBrowsers } from './lib/browser-tests.mjs';
import { install, runBin } from './lib/run.mjs';

install();
const reports = mkdtempSync(join(tmpdir(), 'tapedeck-'));
try {
	if (!runBin('vite', ['build', '--logLevel', 'warn'])) throw new Error('the site could not be built');
	const { passed, failed, skipped } = testOtherBrowsers(reports);
	console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
	process.exitCode = failed === 0 ? 0 : 1;
} finally {
	rmSync(reports, { recursive: true, force: true });
}
