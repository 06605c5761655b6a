import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
	'.css': 'text/css',
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.json': 'application/json',
	'.wasm': 'application/wasm',
};

/** Serves folders at their paths as most static hosts do: compressed, its hashed files to be kept, and its page to be asked for again. */
export async function serve(folders) {
	const zipped = new Map();
	/** Paths that were asked for since it was emptied. */
	const asked = [];
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const file = fileOf(pathname);
		if (!file) return void response.writeHead(404).end();
		asked.push(pathname);
		response
			.writeHead(200, {
				'content-type': types[extname(file)] ?? 'application/octet-stream',
				'content-encoding': 'gzip',
				'cache-control': pathname.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
			})
			.end(zip(file));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

	function fileOf(pathname) {
		for (const [prefix, folder] of Object.entries(folders)) {
			if (!pathname.startsWith(prefix)) continue;
			const file = join(folder, pathname.slice(prefix.length) || 'index.html');
			return existsSync(file) ? file : null;
		}
		return null;
	}

	function zip(file) {
		if (!zipped.has(file)) zipped.set(file, gzipSync(readFileSync(file), { level: 9 }));
		return zipped.get(file);
	}

	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		asked,
		/** Bytes of files as they are sent, each counted once. */
		sentBytes: (paths) =>
			[...new Set(paths.map(fileOf).filter(Boolean))].reduce((sum, file) => sum + zip(file).length, 0),
		close: () => server.close(),
	};
}
