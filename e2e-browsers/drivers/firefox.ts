import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, start } from './processes';
import { elementKey, scriptMs, scriptOf, valueOf, type Session } from './session';

/** Preferences of the profile: nothing that asks, nothing that calls home. */
const preferences = {
	'marionette.port': 0,
	'browser.shell.checkDefaultBrowser': false,
	'browser.startup.homepage_override.mstone': 'ignore',
	'datareporting.policy.dataSubmissionEnabled': false,
	'toolkit.telemetry.reportingpolicy.firstRun': false,
	'app.update.enabled': false,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'browser.safebrowsing.update.enabled': false,
	'extensions.getAddons.cache.enabled': false,
	'app.normandy.enabled': false,
	'services.settings.server': 'data:,#remote-settings-dummy/v1',
};

/** Starts a stock Firefox with a profile of its own, and drives it by Marionette, the protocol that it brings for that. */
export async function openFirefox(binary: string): Promise<Session> {
	const profile = mkdtempSync(join(tmpdir(), 'tapedeck-firefox-'));
	writeFileSync(
		join(profile, 'user.js'),
		Object.entries(preferences)
			.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
			.join(''),
	);
	const firefox = start(binary, ['--headless', '--marionette', '--no-remote', '--profile', profile]);
	const port = await eventually(async () =>
		Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')),
	);
	const marionette = await eventually(() => Marionette.connect(port));
	const { capabilities } = await marionette.send<{
		capabilities: { browserName: string; browserVersion: string };
	}>('WebDriver:NewSession', {});
	await marionette.send('WebDriver:SetTimeouts', { script: scriptMs, pageLoad: scriptMs, implicit: 0 });

	const find = async (selector: string) => {
		const { value } = await marionette.send<{ value: Record<string, string> }>('WebDriver:FindElement', {
			using: 'css selector',
			value: selector,
		});
		return value[elementKey];
	};
	return {
		name: `${capabilities.browserName} ${capabilities.browserVersion}`,
		async goto(url) {
			await marionette.send('WebDriver:SwitchToFrame', { element: null });
			await marionette.send('WebDriver:Navigate', { url });
		},
		async evaluate(run, argument) {
			const { value } = await marionette.send<{ value: unknown }>('WebDriver:ExecuteAsyncScript', {
				script: scriptOf(run),
				args: [argument ?? null],
			});
			return valueOf(value);
		},
		click: async (selector) =>
			void (await marionette.send('WebDriver:ElementClick', { id: await find(selector) })),
		type: async (selector, text) =>
			void (await marionette.send('WebDriver:ElementSendKeys', { id: await find(selector), text })),
		enterFrame: async (selector) =>
			void (await marionette.send('WebDriver:SwitchToFrame', { element: await find(selector) })),
		async close() {
			marionette.close();
			await firefox.stop();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** A connection to Marionette: each message is its length in bytes, a colon, and JSON. */
class Marionette {
	#socket: Socket;
	#unread: Buffer = Buffer.alloc(0);
	#asked = 0;
	#pending = new Map<number, (error: { message: string } | null, result: unknown) => void>();

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on('data', (bytes: Buffer) => this.#receive(bytes));
		socket.on('close', () => {
			for (const settle of this.#pending.values()) settle({ message: 'Firefox is gone' }, null);
		});
	}

	static connect(port: number): Promise<Marionette> {
		return new Promise((resolve, reject) => {
			const socket = connect(port, '127.0.0.1', () => resolve(new Marionette(socket)));
			socket.once('error', reject);
		});
	}

	send<T = unknown>(command: string, parameters: object): Promise<T> {
		return new Promise((resolve, reject) => {
			const id = ++this.#asked;
			this.#pending.set(id, (error, result) => {
				if (error) reject(new Error(`${command}: ${error.message}`));
				else resolve(result as T);
			});
			const text = JSON.stringify([0, id, command, parameters]);
			this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
		});
	}

	close(): void {
		this.#socket.destroy();
	}

	#receive(bytes: Buffer): void {
		this.#unread = Buffer.concat([this.#unread, bytes]);
		for (;;) {
			const colon = this.#unread.indexOf(':');
			const length = Number(this.#unread.subarray(0, Math.max(colon, 0)).toString());
			if (colon < 0 || this.#unread.length < colon + 1 + length) return;
			const message = JSON.parse(this.#unread.subarray(colon + 1, colon + 1 + length).toString()) as unknown;
			this.#unread = this.#unread.subarray(colon + 1 + length);
			// The first message is a greeting, and no answer to anything.
			if (!Array.isArray(message)) continue;
			const [, id, error, result] = message as [number, number, { message: string } | null, unknown];
			this.#pending.get(id)?.(error, result);
			this.#pending.delete(id);
		}
	}
}
