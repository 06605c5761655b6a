import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, useInWassette } from '../../src/core/export';
import { parsePolicy } from '../../src/core/policy';
import { confine, type Confined } from '../wassette/confine.mjs';
import { inside } from '../wassette/layout.mjs';

/*
 * What "Use in Wassette" gives is run: against a binary that WASSETTE names (with WASSETTE_LIBRARIES for a C library), shut in. Without one
 * there is nothing to run.
 */

const binary = process.env['WASSETTE'];
const policy = (rules: string) => `version: "1.0"\npermissions:\n${rules}`;

const policies: Record<string, string> = {
	'of every kind': policy(
		'  storage:\n    allow:\n      - {uri: "fs:///data", access: [read]}\n      - {uri: "fs:///out put", access: [read, write]}\n  network:\n    allow: [{host: a.test}, {host: "localhost:8080"}]\n  environment:\n    allow: [{key: HOME}, {key: "A B"}]\n  resources:\n    limits: {memory: 16Mi}\n',
	),
	'that grants nothing': policy('  {}\n'),
	'of empty lists': policy('  network:\n    allow: []\n'),
	'with words that begin with a dash': policy(
		'  environment:\n    allow: [{key: "--help"}, {key: "-v"}]\n  network:\n    allow: [{host: "-x.test"}]\n',
	),
	'with quotes and signs of a shell': policy(
		`  environment:\n    allow: [{key: "a'b"}, {key: "$HOME"}, {key: "a;b"}]\n`,
	),
	'for writing alone': policy('  storage:\n    allow: [{uri: "fs:///data", access: [write]}]\n'),
	'of memory alone': policy('  resources:\n    limits: {memory: "1025Ki"}\n'),
};

/** The words of a line as a POSIX shell reads them. */
const wordsOf = (line: string): string[] =>
	(line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []).map((word) => word.replace(/'([^']*)'|\\(.)/g, '$1$2'));

/** What rules say, without where they stand. */
const rulesOf = (text: string) =>
	(parsePolicy(text).policy?.rules ?? [])
		.map((rule) => JSON.stringify({ ...rule, ref: 0, range: 0, value: 0, lastLine: 0 }))
		.sort();

describe.skipIf(binary === undefined)('the commands of a policy', () => {
	let confined: Confined;

	beforeAll(async () => {
		const made = await confine({ binary: binary!, libraries: process.env['WASSETTE_LIBRARIES'] ?? null });
		if (!made.ok) throw new Error(made.error);
		confined = made.confined;
	});
	afterAll(() => confined?.close());

	test.each(Object.entries(policies))(
		'%s grant exactly the same',
		async (_, text) => {
			confined.clear();
			mkdirSync(join(confined.root, 'tapes/components'), { recursive: true });
			const wasm = join(import.meta.dirname, '../../static-components/greet/greet.wasm');
			writeFileSync(join(confined.root, 'tapes/components/greet.wasm'), readFileSync(wasm));
			const release = /(?<!\d)\d+\.\d+\.\d+/.exec((await confined.run(['--version'])).stdout)![0];
			const [use] = useInWassette(
				[{ id: 'greet', source: { sample: 'greet' }, sha256: 'a'.repeat(64), policy: text }],
				release,
				'/tapes',
			);
			for (const line of use!.commands) {
				const { code, stdout, stderr } = await confined.run(wordsOf(line).slice(1));
				expect([line, code, code === 0 ? '' : stdout + stderr]).toEqual([line, 0, '']);
			}
			const file = join(confined.root, inside.ownComponents, 'greet.policy.yaml');
			expect(existsSync(file)).toBe(true);
			expect(rulesOf(readFileSync(file, 'utf8'))).toEqual(rulesOf(text));
			for (const line of use!.undo)
				expect([line, (await confined.run(wordsOf(line).slice(1))).code]).toEqual([line, 0]);
		},
		60_000,
	);

	// 0.4.0 attaches nothing of a manifest, and the page says so.
	test.each(Object.entries(policies))(
		'%s, as a manifest attach what it says they attach',
		async (_, text) => {
			confined.clear();
			const release = /(?<!\d)\d+\.\d+\.\d+/.exec((await confined.run(['--version'])).stdout)![0];
			if (release < '0.7.0') return;
			mkdirSync(join(confined.root, 'tapes/components'), { recursive: true });
			const wasm = readFileSync(join(import.meta.dirname, '../../static-components/greet/greet.wasm'));
			writeFileSync(join(confined.root, 'tapes/components/greet.wasm'), wasm);
			const sha256 = createHash('sha256').update(wasm).digest('hex');
			const components = [{ id: 'greet', source: { sample: 'greet' }, sha256, policy: text }];
			const made = manifestOf(components, useInWassette(components, release, '/tapes'), release);
			writeFileSync(join(confined.root, 'tapes/manifest.yaml'), made.text!);
			const said = await untilSaid(confined, ['serve', '--manifest', '/tapes/manifest.yaml']);
			expect(said).not.toBe('');
			const file = join(confined.root, inside.ownComponents, 'greet.policy.yaml');
			const granted = rulesOf(text).filter((rule) => !rule.includes('"kind":"memory"'));
			// Without a permission no policy is attached, which a note says.
			expect(existsSync(file) ? rulesOf(readFileSync(file, 'utf8')) : []).toEqual(granted);
			expect(existsSync(file)).toBe(granted.length > 0);
			if (granted.length === 0)
				expect(made.notes.map(({ message }) => message).join()).toContain('attaches no policy');
			if (text.includes('memory'))
				expect(made.notes.map(({ message }) => message).join()).toContain('memory limit');
		},
		60_000,
	);
});

/** Serves until the server says that it listens, or that it does not start; gives what it said. */
function untilSaid(confined: Confined, words: string[]): Promise<string> {
	return new Promise((resolve) => {
		let said = '';
		const server = confined.start(words, ({ event, text = '' }) => {
			said += `${text}\n`;
			if (event === 'end') resolve(said);
			else if (/listening on/.test(text)) server.kill();
		});
	});
}
