import { rmSync, writeFileSync } from 'node:fs';
import { findBrowser } from '../lib/browser.mjs';
import { commandOf } from '../lib/command.mjs';
import { refuse } from '../lib/options.mjs';
import { endingSignals } from '../lib/signals.mjs';
import { openSite } from '../lib/site.mjs';
import { launch } from '../verify/launch.mjs';
import { parseArguments, usage } from './arguments.mjs';
import { openFolders } from './folders.mjs';
import { createOutside } from './outside.mjs';
import { makeSetup } from './setup.mjs';
import { openServing } from './shown-page.mjs';
import { createStdio } from './stdio.mjs';

/** `tapedeck serve`: an MCP server over components in a browser. Resolves with the exit code once the agent is gone. */
export const serve = commandOf({ parseArguments, usage }, async (options) => {
	// The agent reads all that stands on stdout.
	console.log = console.error;
	const folders = openFolders(options.folders);
	if (!folders.ok) return refuse(folders.error);
	const setup = await makeSetup(options, folders.guests);
	if (!setup.ok) return refuse(setup.error);
	const site = openSite('serve.html');
	if (!site.ok) return refuse(site.error);
	const browserFile = await findBrowser();
	if (!browserFile)
		return refuse('No browser was found. Install Chromium, or name one in TAPEDECK_CHROMIUM.');

	const { chromium } = await import('@playwright/test');
	const host = await site.serve();
	const starting = launch(
		(how) => chromium.launch({ ...how, headless: !options.headed, args: ['--no-first-run'] }),
		browserFile.path,
	);
	const stopped = untilSignal();
	const stop = async () => {
		await (await starting).server.close().catch(() => {});
		await host.close();
	};
	try {
		return await Promise.race([
			stopped,
			serveIn(starting, host.origin, { setup: setup.setup, options, folders }),
		]);
	} catch (error) {
		return refuse(`It could not be served: ${error.message}`);
	} finally {
		await stop();
		// Open, it would keep this process waiting for an agent that has nobody to talk to.
		process.stdin.destroy();
	}
});

async function serveIn(starting, origin, { setup, options, folders }) {
	const { server: browser, warning } = await starting;
	if (warning) console.error(warning);
	const lost = new Promise((resolve) => browser.once('disconnected', () => resolve('The browser is gone.')));
	const page = await openServing(browser, `${origin}/serve.html`);
	const begun = await page.begin(setup);
	if (!begun.ok) return refuse(begun.error);
	console.error(
		`Serving ${begun.value.length} tools. ${options.headed ? 'Grants are asked for on the page.' : ''}`,
	);
	const outside = createOutside(options.allowPrivate);
	const door = options.http === null ? await openStdio(page) : await openHttp(page, options);
	const following = page.follow((connection, text) => door.send(connection, text), {
		'read-folders': () => folders.read(),
		'write-folders': (changes) => folders.write(changes),
		fetch: (request) => outside.fetch(request),
		'read-body': (body) => outside.read(body),
		'cancel-body': (body) => outside.cancel(body),
	});
	const why = await Promise.race([
		door.ended.then(() => null),
		lost,
		page.gone,
		following.catch((error) => error.message),
	]);
	await door.close();
	return why === null ? 0 : refuse(why);
}

/** One agent, whose side is this process's stdin and stdout. */
async function openStdio(page) {
	const agent = createStdio(process.stdin, process.stdout);
	await page.connect('agent');
	agent.listen((line) => void page.receive('agent', line).catch(() => {}));
	return { ended: agent.ended, send: (_, text) => agent.send(text), close: async () => {} };
}

/** Agents over HTTP, until this process ends. */
async function openHttp(page, { http: port, tokenFile, era }) {
	const { listen } = await import('./http.mjs');
	const { address, token, send, close } = await listen({ port, page, era });
	if (tokenFile !== null) {
		rmSync(tokenFile, { force: true });
		writeFileSync(tokenFile, `${token}\n`, { mode: 0o600, flag: 'wx' });
	}
	console.error(
		`Listening at ${address}\n${tokenFile === null ? `Authorization: Bearer ${token}` : `The token is in ${tokenFile}`}`,
	);
	return { ended: new Promise(() => {}), send, close };
}

/** The exit code that a signal asks for, once one comes. */
const untilSignal = () =>
	new Promise((resolve) => {
		for (const [signal, number] of Object.entries(endingSignals))
			process.once(signal, () => resolve(128 + number));
	});
