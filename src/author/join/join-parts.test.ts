import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import record from '../../../author/joiner/joiner.json';
import { joinerSources } from '../../../scripts/author/record-joiner.mjs';
import { componentOfWit, nodeTools } from '../../component/fixtures';
import { transpile } from '../../component/transpile';
import { joinParts } from './join-parts';
import type { JoinRequest } from './join-request';

const root = join(import.meta.dirname, '../../..');
const part = (id: string, path: string) => ({ id, bytes: new Uint8Array(readFileSync(join(root, path))) });
const digest = part('digest', 'static-components/digest/digest.wasm');
const pages = part('pages', 'static-components/pages/pages.wasm');
const report = part('report', 'e2e/components/report/report.wasm');
const library = 'tapedeck:pages/library@0.1.0';
const digester = 'tapedeck:digest/digester@0.1.0';
const joiner = new WebAssembly.Module(readFileSync(join(root, 'author/joiner/joiner.wasm')));

const link = (user: string, provider: string, name: string): JoinRequest['links'][number] => ({
	...{ user, provider },
	imported: name,
	exported: name,
});
const joined = (...[parts, links]: [JoinRequest['parts'], JoinRequest['links']]) => {
	const whole = joinParts(joiner, { parts, links });
	if (!whole.ok) throw new Error(whole.error);
	return whole.value;
};
async function loaded(bytes: Uint8Array) {
	const transpiled = await transpile(bytes, { mode: 'jspi', tools: nodeTools });
	if (!transpiled.ok) throw new Error(transpiled.error);
	return transpiled.value;
}

describe('components that are joined', () => {
	test('are one that needs nobody for what its parts gave each other, with the tools and the words of the first', async () => {
		const whole = await loaded(joined([digest, pages], [link('digest', 'pages', library)]).bytes);
		expect(whole.missing).toEqual([]);
		const alone = await loaded(digest.bytes);
		expect(alone.missing).toEqual([library]);
		expect(whole.tools).toEqual(alone.tools);
		expect(whole.tools.map(({ description }) => description).join(' ')).toContain('Fetch an address');
	});

	test('share one that two of them use, and pass its resources on', async () => {
		const links = [
			link('report', 'pages', library),
			link('report', 'digest', digester),
			link('digest', 'pages', library),
		];
		const whole = joined([report, digest, pages], links);
		expect((await loaded(whole.bytes)).missing).toEqual([]);
		expect(whole.also).toEqual([]);
	});

	test('still import what none of them gives', async () => {
		const whole = await loaded(joined([report, digest], [link('report', 'digest', digester)]).bytes);
		expect(whole.missing).toEqual([library]);
	});

	test.each<[string, JoinRequest, string]>([
		[
			'what is no component',
			{ parts: [digest, { id: 'pages', bytes: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0) }], links: [] },
			'pages cannot be read',
		],
		[
			'an import that is not there',
			{ parts: [digest, pages], links: [{ ...link('digest', 'pages', library), imported: 'a:b/c' }] },
			'a:b/c',
		],
		[
			'an export that is not there',
			{ parts: [digest, pages], links: [{ ...link('digest', 'pages', library), exported: 'a:b/c' }] },
			'a:b/c',
		],
		[
			'types that are others',
			{
				parts: [digest, pages],
				links: [{ ...link('digest', 'pages', library), exported: 'title' }],
			},
			`pages cannot provide ${library} for digest`,
		],
	])('are refused by name for %s', (_, request, words) => {
		const whole = joinParts(joiner, request);
		expect(whole).toMatchObject({ ok: false, error: expect.stringContaining(words) as string });
	});

	test('are refused in a circle', async () => {
		const wit = (name: string, other: string) =>
			`package t:t; interface ${name} { f: func(); } interface ${other} { f: func(); } world root-world { import ${other}; export ${name}; }`;
		const one = { id: 'one', bytes: await componentOfWit(wit('a', 'b')) };
		const two = { id: 'two', bytes: await componentOfWit(wit('b', 'a')) };
		const request = {
			parts: [one, two],
			links: [link('one', 'two', 't:t/b'), link('two', 'one', 't:t/a')],
		};
		expect(joinParts(joiner, request)).toMatchObject({
			error: expect.stringContaining('the graph contains a cycle') as string,
		});
	});
});

test('what joins is what its record says, made of the sources beside it', () => {
	const digestOf = (contents: readonly (string | Uint8Array)[]) => {
		const hash = createHash('sha256');
		for (const content of contents) hash.update(content);
		return hash.digest('hex');
	};
	const bytes = readFileSync(join(root, 'author/joiner/joiner.wasm'));
	expect([digestOf([bytes]), bytes.length]).toEqual([record.sha256, record.size]);
	const sources = joinerSources.flatMap((file) => [file, readFileSync(join(root, 'author', file))]);
	expect(digestOf(sources)).toBe(record.source);
});
