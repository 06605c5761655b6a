// Installs, builds and serves the page, and prints its address: npm start [-- --port 4173] [--host ADDRESS]
import { parseArgs } from 'node:util';
import { root } from './lib/run.mjs';
import { buildPage, install, makeLogs, removeLogs } from './lib/steps.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
const logs = makeLogs();
try {
	await install(logs);
	if (!(await buildPage(logs))) process.exit(1);
	removeLogs(logs);
	// Only now is it there for certain.
	const { preview } = await import('vite');
	const server = await preview({
		root,
		logLevel: 'error',
		preview: { port: Number(values.port ?? 4173), host: values.host },
	});
	console.log(`Tapedeck is at ${server.resolvedUrls?.local[0]} (Ctrl+C stops it)`);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}
