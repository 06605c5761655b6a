import { spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { inPath } from '../lib/browser.mjs';
import { inside } from './layout.mjs';

const tools = { unshare: 'util-linux', ip: 'iproute2' };

/**
 * Shuts a binary of Wassette in a root and a network of its own, and gives what starts it there. There is no other way to run it here:
 * where the system does not let namespaces be made, the error says so.
 *
 * @param {{ binary: string, libraries: string | null }} what  `libraries` is a folder with a loader and a C library for the binary; null
 *   takes the system's own
 * @returns {Promise<{ ok: true, confined: object } | { ok: false, error: string }>}
 */
export async function confine({ binary, libraries }) {
	if (process.platform !== 'linux') return refusal('it is shut in with namespaces, which only Linux has');
	for (const [tool, home] of Object.entries(tools))
		if (!inPath(tool)) return refusal(`it is shut in with ${tool} (of ${home}), which is not here`);
	if (!existsSync(binary)) return { ok: false, error: `There is no file ${binary}.` };

	const root = mkdtempSync(join(tmpdir(), 'wassette-root-'));
	const remove = () => rmSync(root, { recursive: true, force: true });
	try {
		const filled = fill(root, binary, libraries);
		if (!filled.ok) return (remove(), filled);
		const keeper = startKeeper(root);
		const first = await keeper.next('ready', 'refused', 'gone');
		if (first.event !== 'ready') {
			remove();
			return refusal(`it could not be shut in: ${first.error}`);
		}
		return { ok: true, confined: confinedOf(root, keeper, remove) };
	} catch (error) {
		remove();
		throw error;
	}
}

const refusal = (why) => ({ ok: false, error: `The binary is not run: ${why}.` });

/** What the root always has: the binary, what it is linked with, and the few files that a C library reads. */
function fill(root, binary, libraries) {
	const folder = join(root, inside.libraries);
	mkdirSync(folder, { recursive: true });
	const files =
		libraries === null ? linkedFiles(binary) : readdirSync(libraries).map((name) => join(libraries, name));
	const loader = files.find((file) => /^ld-(linux|musl).*\.so/.test(basename(file)));
	if (!loader) {
		return {
			ok: false,
			error: `The C library of this system cannot start ${binary}. Unpack a newer one, and name its folder with --libraries.`,
		};
	}
	for (const file of files.filter((name) => /\.so(\.|$)/.test(basename(name))))
		copyFileSync(file, join(folder, basename(file)));
	copyFileSync(loader, join(folder, 'loader'));
	chmodSync(join(folder, 'loader'), 0o755);
	copyFileSync(binary, join(root, inside.binary));
	chmodSync(join(root, inside.binary), 0o755);
	return { ok: true };
}

/** The loader and the libraries that the system would start a program with; none where one is missing. */
function linkedFiles(binary) {
	const { status, stdout } = spawnSync('ldd', [binary], { encoding: 'utf8' });
	if (status !== 0 || stdout.includes('not found')) return [];
	return stdout.split(/\s+/).filter((word) => word.startsWith('/') && word.includes('.so'));
}

function startKeeper(root) {
	const child = spawn(
		'unshare',
		[
			...['--user', '--map-root-user', '--net', '--mount', '--pid', '--ipc', '--uts', '--mount-proc'],
			...['--fork', '--kill-child', '--', process.execPath, join(import.meta.dirname, 'keeper.mjs'), root],
		],
		{ stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
	);
	const listeners = new Set();
	const say = (event) => [...listeners].forEach((listener) => listener(event));
	let words = '';
	child.stderr.on('data', (chunk) => (words = `${words}${chunk}`.slice(-2000)));
	child.stdin.on('error', () => {});
	child.on('error', ({ message }) => say({ event: 'gone', error: message }));
	child.on('close', () => say({ event: 'gone', error: words.trim() || 'it ended' }));
	createInterface({ input: child.stdout }).on('line', (line) => say(JSON.parse(line)));
	return {
		send: (command) => child.stdin.write(`${JSON.stringify(command)}\n`),
		/** Calls with each event until what it returned is called. */
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		next(...events) {
			return new Promise((resolve) => {
				const stop = this.listen((event) => {
					if (!events.includes(event.event)) return;
					stop();
					resolve(event);
				});
			});
		},
		end() {
			const gone = this.next('gone');
			child.stdin.end();
			return gone;
		},
	};
}

function confinedOf(root, keeper, remove) {
	let ids = 0;
	let isGone = false;
	keeper.listen((event) => (isGone ||= event.event === 'gone'));
	let answerRequest = () => ({ status: 404 });
	keeper.listen((event) => {
		if (event.event !== 'request') return;
		Promise.resolve(answerRequest(event)).then((response) =>
			keeper.send({ command: 'answer', n: event.n, ...response }),
		);
	});
	return {
		root,
		/** Empties the root of all but the binary, for the next world. */
		clear() {
			for (const name of readdirSync(root))
				if (name !== '.wassette') rmSync(join(root, name), { recursive: true, force: true });
			for (const folder of [inside.components, inside.home]) {
				rmSync(join(root, folder), { recursive: true, force: true });
				mkdirSync(join(root, folder), { recursive: true });
			}
			writeSystemFiles(root);
		},
		/** Answers each request that a guest sends: `{ status, headers, body }`, the body as base64; a null status breaks it off. */
		onRequest: (answer) => void (answerRequest = answer),
		/** Is told the port of each connection that wants TLS, until what it returns is called. */
		onTls: (listener) => keeper.listen((event) => event.event === 'tls' && listener(event.port)),
		/** Answers plain HTTP on these ports from now on. */
		async listen(ports) {
			// Nothing would ever answer.
			if (isGone) throw new Error('What shut the binary in has ended, so it is not run any more.');
			const n = ++ids;
			const listening = new Promise((resolve) => {
				const stop = keeper.listen((event) => {
					if (event.event !== 'gone' && (event.event !== 'listening' || event.n !== n)) return;
					stop();
					resolve();
				});
			});
			keeper.send({ command: 'listen', ports, n });
			await listening;
		},
		/** Starts the binary with words of a command line; events are `out`, `err` (a line each, `text`) and `end` (`code`). */
		start(words, onEvent) {
			if (isGone) throw new Error('What shut the binary in has ended, so it is not run any more.');
			const id = ++ids;
			const stop = keeper.listen((event) => {
				if (event.event === 'gone') onEvent({ event: 'end', code: null });
				else if (event.id === id) onEvent(event);
				if (event.event === 'gone' || (event.id === id && event.event === 'end')) stop();
			});
			keeper.send({ command: 'start', id, words });
			return {
				write: (text) => keeper.send({ command: 'write', id, text }),
				kill: () => keeper.send({ command: 'kill', id }),
				close: () => keeper.send({ command: 'close', id }),
			};
		},
		/** Runs the binary to its end. */
		run(words) {
			return new Promise((resolve) => {
				const out = [];
				const err = [];
				const child = this.start(words, ({ event, text, code }) => {
					if (event === 'out') out.push(text);
					if (event === 'err') err.push(text);
					if (event === 'end') resolve({ code, stdout: out.join('\n'), stderr: err.join('\n') });
				});
				child.close();
			});
		},
		async close() {
			if (!isGone) await keeper.end();
			remove();
		},
	};
}

function writeSystemFiles(root) {
	const etc = join(root, 'etc');
	mkdirSync(join(etc, 'ssl/certs'), { recursive: true });
	writeFileSync(join(etc, 'hosts'), '127.0.0.1 localhost\n::1 localhost\n');
	writeFileSync(join(etc, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:2 attempts:1\n');
	writeFileSync(join(etc, 'nsswitch.conf'), 'passwd: files\nhosts: files dns\n');
	// The home is told so, and not by a variable: a component without a policy is given every variable of the server.
	writeFileSync(join(etc, 'passwd'), `wassette:x:1000:1000::${inside.home}:/\n`);
	// 0.8.0 does not start where the system knows no certificate authority.
	const authorities = '/etc/ssl/certs/ca-certificates.crt';
	if (existsSync(authorities)) copyFileSync(authorities, join(etc, 'ssl/certs/ca-certificates.crt'));
	mkdirSync(join(root, 'tmp'), { recursive: true });
}
