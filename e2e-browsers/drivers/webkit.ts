import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { eventually, start, type Running } from './processes';
import { elementKey, scriptMs, scriptOf, valueOf, type Session } from './session';

/** Starts WebKitGTK's own browser by WebKitWebDriver, on a display of its own where there is an X server for that. */
export async function openWebKit(driver: string, xServer: string | null): Promise<Session> {
	const screen = xServer === null ? null : await startDisplay(xServer);
	const port = await freePort();
	const running = start(driver, [`--port=${port}`], {
		env: {
			...(screen ? { DISPLAY: screen.display, GDK_BACKEND: 'x11' } : {}),
			// There is no graphics card to share pictures with where tests run.
			WEBKIT_DISABLE_DMABUF_RENDERER: '1',
		},
	});
	const ask = async <T = unknown>(method: string, path: string, body?: object): Promise<T> => {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			body: body && JSON.stringify(body),
		});
		const { value } = (await response.json()) as { value: T & { message?: string } };
		if (!response.ok) throw new Error(`${method} ${path}: ${value.message}`);
		return value;
	};
	await eventually(() => ask('GET', '/status'));
	const { sessionId, capabilities } = await ask<{
		sessionId: string;
		capabilities: { browserName: string; browserVersion: string };
	}>('POST', '/session', { capabilities: {} });
	const path = `/session/${sessionId}`;
	await ask('POST', `${path}/timeouts`, { script: scriptMs, pageLoad: scriptMs });

	const find = async (selector: string) => {
		const found = await ask<Record<string, string>>('POST', `${path}/element`, {
			using: 'css selector',
			value: selector,
		});
		return found[elementKey];
	};
	return {
		name: `${capabilities.browserName} ${capabilities.browserVersion}`,
		async goto(url) {
			await ask('POST', `${path}/frame`, { id: null });
			await ask('POST', `${path}/url`, { url });
		},
		evaluate: async (run, argument) =>
			valueOf(
				await ask('POST', `${path}/execute/async`, { script: scriptOf(run), args: [argument ?? null] }),
			),
		click: async (selector) => void (await ask('POST', `${path}/element/${await find(selector)}/click`, {})),
		type: async (selector, text) =>
			void (await ask('POST', `${path}/element/${await find(selector)}/value`, { text })),
		enterFrame: async (selector) =>
			void (await ask('POST', `${path}/frame`, { id: { [elementKey]: await find(selector) } })),
		async close() {
			await ask('DELETE', path).catch(() => {});
			await running.stop();
			await screen?.running.stop();
		},
	};
}

/** An X server without a screen, which tells the number that it chose. */
async function startDisplay(xServer: string): Promise<{ running: Running; display: string }> {
	const running = start(xServer, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	const display = await new Promise<string>((resolve, reject) => {
		running.child.stdio[3]?.once('data', (bytes: Buffer) => resolve(`:${bytes.toString().trim()}`));
		running.child.once('exit', () => reject(new Error(`${xServer} did not start`)));
	});
	return { running, display };
}

const freePort = () =>
	new Promise<number>((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
