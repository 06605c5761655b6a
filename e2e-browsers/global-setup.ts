import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { serveFolders } from '../e2e/fixtures/static-server';

const root = join(import.meta.dirname, '..');

/**
 * Serves the built site, the wall without a page around it, a page without a wall, and the site once more with a script before its own that
 * writes down every error.
 */
export default async function setUp(): Promise<() => Promise<void>> {
	const site = join(root, 'dist');
	if (!existsSync(join(site, 'index.html')))
		throw new Error('The site is not built: run `npm run build` first.');
	await build({ configFile: join(root, 'e2e/harness/vite.config.ts'), logLevel: 'warn' });
	const watched = mkdtempSync(join(tmpdir(), 'tapedeck-site-'));
	cpSync(site, watched, { recursive: true });
	const page = readFileSync(join(site, 'index.html'), 'utf8');
	writeFileSync(
		join(watched, 'index.html'),
		page.replace('<title>', '<script src="./watch.js"></script>\n<title>'),
	);
	cpSync(join(import.meta.dirname, 'watch.js'), join(watched, 'watch.js'));
	const server = await serveFolders(
		{
			'/deck/': site,
			'/watched/': watched,
			'/wall/': join(root, 'dist-test'),
			'/plain/': join(root, 'e2e/fixtures/plain'),
		},
		Number(process.env.TAPEDECK_PORT),
	);
	return async () => {
		await server.close();
		rmSync(watched, { recursive: true, force: true });
	};
}
