import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
	'.css': 'text/css',
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.ttf': 'font/ttf',
	'.wasm': 'application/wasm',
};

/** Serves a folder on the loopback interface, on a port that is free; resolves with its origin and how to end it. */
export async function serveFolder(folder) {
	const server = createServer((request, response) => {
		const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
		const file = join(folder, path.endsWith(sep) ? `${path}index.html` : path);
		readFile(file).then(
			(body) =>
				response
					.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
					.end(body),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}
