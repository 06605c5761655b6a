// Installs, builds and serves the page, and prints its address: npm start [-- --port 4173]
import { join } from 'node:path';
import { binOf, install, root, runBin, runUntilStopped } from './lib/run.mjs';

install();
if (!runBin('vite', ['build', '--logLevel', 'warn'])) process.exit(1);
console.log('\nTapedeck is built (dist/) and served at:');
process.exitCode = await runUntilStopped(process.execPath, [
	join(root, 'node_modules', ...binOf('vite')),
	'preview',
	...process.argv.slice(2),
]);
