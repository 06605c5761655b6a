// The binary of a release and the page, with the same components in the same run: until the first answer, and at further calls.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { confine } from '../scripts/wassette/confine.mjs';
import { inside } from '../scripts/wassette/layout.mjs';
import { startServer } from '../scripts/wassette/stdio-client.mjs';
import { inProfile } from './lib/browser.mjs';
import { median, ms } from './lib/figures.mjs';

const root = join(import.meta.dirname, '..');
/** Calls after the first one that are timed. */
const further = 8;

/**
 * What is compared: the sample `files`, and each component in the given folders beside which a `.json` of its name holds `{ "calls": [[tool,
 * arguments], …] }`. The first call that the binary answers is the one that is timed.
 */
export function subjectsIn(folders) {
	const sample = join(root, 'static-components/files');
	const files = {
		name: 'files',
		bytes: readFileSync(join(sample, 'files.wasm')),
		calls: [['list-directory', { path: '/data' }]],
		policy:
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: ["read", "write"]\n',
	};
	const others = folders.flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => name.endsWith('.wasm') && existsSync(join(folder, name.replace(/wasm$/, 'json'))))
			.map((name) => ({
				name: basename(name, '.wasm'),
				bytes: readFileSync(join(folder, name)),
				calls: JSON.parse(readFileSync(join(folder, name.replace(/wasm$/, 'json')), 'utf8')).calls,
				policy: null,
			})),
	);
	return [files, ...others];
}

/** Shuts the binary in; the figures of one subject on it: how long it takes to start, to load, to answer first, and then. */
export async function openNative({ wassette: binary, libraries }) {
	const made = await confine({ binary, libraries });
	if (!made.ok) throw new Error(made.error);
	const { confined } = made;
	confined.clear();
	const { stdout } = await confined.run(['--version']);
	return {
		version: /(?<!\d)\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'of no known version',
		close: () => confined.close(),
		measure: (subject) => native(confined, subject),
	};
}

async function native(confined, { name, bytes, calls, policy }) {
	confined.clear();
	mkdirSync(join(confined.root, 'data'), { recursive: true });
	writeFileSync(join(confined.root, 'data/a.txt'), 'a');
	const bare = performance.now();
	await (await startServer(confined)).close();
	const start = performance.now() - bare;
	writeFileSync(join(confined.root, inside.components, `${name}.wasm`), bytes);
	if (policy) writeFileSync(join(confined.root, inside.components, `${name}.policy.yaml`), policy);
	const began = performance.now();
	const server = await startServer(confined, { expected: 1 });
	const load = performance.now() - began - start;
	try {
		for (const [tool, args] of calls) {
			const once = async () => {
				const asked = performance.now();
				const { message } = await server.call(tool, JSON.stringify(args));
				return { took: performance.now() - asked, result: message?.result };
			};
			const first = await once();
			if (!first.result || first.result.isError) continue;
			const next = [];
			for (let at = 0; at < further; at++) next.push((await once()).took);
			return { call: [tool, args], figures: { start, load, first: first.took, next: median(next) } };
		}
		return { call: null, figures: { start, load } };
	} finally {
		await server.close();
	}
}

/** The same on the page, which was open: the time from its bytes to its tools, to its first answer, and at further calls. */
export const inPage = (browser, { origin }, { name, bytes, policy }, [tool, args]) =>
	inProfile(browser, { serviceWorkers: 'block' }, async (page) => {
		await page.route('**/subject.wasm', (route) => route.fulfill({ body: bytes }));
		await page.goto(`${origin}/deck/`);
		await page.getByTestId('tool-item').first().waitFor();
		// A person has read the page by now: what it fetches by itself is there.
		await page.waitForLoadState('networkidle');
		return page.evaluate(measureSubject, { name, policy, tool, args, further });
	});

/** Runs in the page. */
async function measureSubject({ name, policy, tool, args, further }) {
	await window.tapedeck.open({ version: 1, components: [], world: { files: { '/data/a.txt': 'a' } } });
	const bytes = new Uint8Array(await (await fetch('subject.wasm')).arrayBuffer());
	const began = performance.now();
	await window.tapedeck.load(bytes, name);
	const load = performance.now() - began;
	if (policy) window.tapedeck.setPolicy(name, policy);
	const once = async () => {
		const asked = performance.now();
		const { isError, content } = await window.tapedeck.callTool(tool, args);
		if (isError) throw new Error(`${name}: ${content[0]?.text}`);
		return performance.now() - asked;
	};
	const first = await once();
	const next = [];
	for (let at = 0; at < further; at++) {
		// A sandbox is kept ready for the next call; it takes a moment to be.
		await new Promise((resolve) => setTimeout(resolve, 600));
		next.push(await once());
	}
	next.sort((one, other) => one - other);
	return { load, first, next: next[Math.floor(next.length / 2)] };
}

/** Rounds of each subject on both, as medians: `{ name, size, native, page }` each. */
export async function besideNative(browser, server, options, rounds) {
	const binary = await openNative(options);
	const rows = [];
	try {
		for (const subject of subjectsIn(options.components)) {
			const values = { native: [], page: [] };
			let called = null;
			for (let round = 0; round < rounds; round++) {
				const { call, figures } = await binary.measure(subject);
				if (!call) break;
				called = call;
				values.native.push(figures);
				values.page.push(await inPage(browser, server, subject, call));
			}
			if (!called) {
				console.log(`${subject.name} is left out: the binary answers none of its calls.`);
				continue;
			}
			const medians = (list) =>
				Object.fromEntries(Object.keys(list[0]).map((key) => [key, median(list.map((each) => each[key]))]));
			rows.push({
				name: subject.name,
				size: subject.bytes.length,
				native: medians(values.native),
				page: medians(values.page),
			});
			console.log(`${subject.name} beside the binary`);
		}
	} finally {
		await binary.close();
	}
	return { version: binary.version, rows };
}

/** The section of docs/bench.md. */
export function nativeSection({ version, rows }) {
	const cells = rows.map(({ name, size, native, page }) => [
		`\`${name}\`, ${size < 1e6 ? `${(size / 1e3).toFixed(0)} KB` : `${(size / 1e6).toFixed(1)} MB`}`,
		`${ms(native.start)} + ${ms(native.load)} + ${ms(native.first)}`,
		`${ms(page.load)} + ${ms(page.first)}`,
		ms(native.next),
		ms(page.next),
	]);
	const head = [
		'Component',
		`Wassette ${version}: start + load + first call`,
		'The page, open: load + first call',
		'Wassette: further calls',
		'The page: further calls',
	];
	return `## Beside Wassette ${version}

The binary and the page in turns, in one run, each time from nothing: the binary compiles a component ahead of time when it loads it, and the page
compiles a part when a call needs it.

${[head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
