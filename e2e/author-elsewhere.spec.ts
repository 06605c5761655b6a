import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { starters } from '../src/author/starters';
import { confine } from '../scripts/wassette/confine.mjs';
import { openDeck } from './page';
import { test } from './test';

const root = join(import.meta.dirname, '..');
const python = process.env['PYTHON'] ?? 'python3';
const hasWasmtime = () => spawnSync(python, ['-c', 'import wasmtime.component']).status === 0;
const wassette = process.env['WASSETTE'];

const starter = (id: string) => starters.find((other) => other.id === id)!;

test.describe('a tool that was written in the page', () => {
	test('runs in wasmtime', async ({ page }, { outputDir }) => {
		test.skip(
			!hasWasmtime(),
			'Python here has no package wasmtime: pip install wasmtime, or name one with PYTHON.',
		);
		await openDeck(page);
		const build = async (id: string) => {
			const { wit, js } = starter(id);
			const base64 = await page.evaluate(
				async (source) => {
					const { bytes } = await window.tapedeck.build(source);
					return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
				},
				{ wit, js },
			);
			const path = join(outputDir, `${id}.wasm`);
			mkdirSync(outputDir, { recursive: true });
			writeFileSync(path, Buffer.from(base64, 'base64'));
			return path;
		};
		const run = (...words: readonly string[]) =>
			spawnSync(python, [join(root, 'scripts/author/run-in-wasmtime.py'), ...words], { encoding: 'utf8' });

		const hello = run(await build('hello'), 'greet', '["Ada"]');
		expect(`${hello.stdout}${hello.stderr}`).toBe('"Hello, Ada!"\n');
		const dice = run(await build('two-tools'), 'local:tool/dice#best', '[3]');
		expect(`${dice.stdout}${dice.stderr}`).toBe('18\n');
		const notes = join(outputDir, 'notes');
		mkdirSync(notes, { recursive: true });
		writeFileSync(join(notes, 'today.txt'), 'Water the plants.\n');
		const reader = await build('read-file');
		expect(run(reader, 'read-text', '["/notes/today.txt"]', `/notes=${notes}`).stdout).toContain(
			'Water the plants.',
		);
		expect(run(reader, 'read-text', '["/notes/today.txt"]').stdout).toContain('was handed over');
	});

	test('does in the real Wassette what it does here, by policy and by calls', async ({ page, baseURL }) => {
		test.skip(
			!wassette,
			'No Wassette: name its binary with WASSETTE, and a C library for it with WASSETTE_LIBRARIES.',
		);
		const made = await confine({ binary: wassette!, libraries: process.env['WASSETTE_LIBRARIES'] ?? null });
		test.skip(!made.ok, made.ok ? '' : made.error);
		if (!made.ok) return;
		const { unpackComponents, unpackFiles } = await import('../scripts/wassette/unpack-world.mjs');
		const { startServer } = await import('../scripts/wassette/stdio-client.mjs');
		const { confined } = made;
		await page.goto(`${baseURL}verify.html`);
		try {
			for (const id of ['hello', 'read-file', 'denied', 'keep-list']) {
				const { wit, js, policy, world, call } = starter(id);
				const here = await page.evaluate(
					async ([id, source, policy, world, call]) => {
						const { bytes } = await window.tapedeck.build(source);
						await window.tapedeck.open({
							version: 1,
							components: [{ id, source: { author: source }, policy }],
							// A native host has no decoy: what no rule grants is not there.
							world: { ...world, decoyRoot: false },
						});
						const { content } = await window.tapedeck.callTool(call.tool, call.arguments);
						return {
							text: (content[0] as { text: string }).text,
							base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
						};
					},
					[id, { wit, js }, policy, world, call] as const,
				);
				confined.clear();
				unpackFiles(confined.root, world?.files ?? {});
				unpackComponents(confined.root, { [id]: Buffer.from(here.base64, 'base64') }, { [id]: policy });
				const server = await startServer(confined, { expected: 1 });
				const { message } = await server.call(call.tool, JSON.stringify(call.arguments));
				await server.close();
				expect(message?.result?.content?.[0]?.text, id).toBe(here.text);
			}
		} finally {
			await confined.close();
		}
	});
});
