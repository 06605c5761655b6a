import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { serveFolders } from './fixtures/static-server';

const root = join(import.meta.dirname, '..');

/** Builds the harness, and serves it beside the built site, as plain files: no header of their own, and not from the root. */
export default async function setUp(): Promise<() => Promise<void>> {
	if (!existsSync(join(root, 'dist', 'index.html'))) {
		console.warn('The site is not built: run `npm run build` first.');
	}
	await build({ configFile: join(root, 'e2e/harness/vite.config.ts'), logLevel: 'warn' });
	const server = await serveFolders(
		{ '/deck/': join(root, 'dist'), '/wall/': join(root, 'dist-test') },
		Number(process.env.TAPEDECK_PORT),
	);
	return server.close;
}
