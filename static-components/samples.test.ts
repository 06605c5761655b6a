import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { componentFolders, hashSources, sha256 } from '../scripts/components/record.mjs';
import { customSection } from '../scripts/components/sections.mjs';
import { packageDocs } from '../scripts/components/wit.mjs';

const samplesFolder = import.meta.dirname;
const testsFolder = join(samplesFolder, '../e2e/components');
const samples = componentFolders(samplesFolder);
const built = [
	...samples.map((name) => [name, join(samplesFolder, name)] as const),
	...componentFolders(testsFolder).map((name) => [name, join(testsFolder, name)] as const),
];

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

describe.each(built)('the component %s', (name, folder) => {
	const record = json(folder, 'build.json');
	const bytes = bytesOf(join(folder, `${name}.wasm`));

	test('was built from the sources beside it (if not: npm run build:components)', () => {
		expect(hashSources(folder)).toBe(record.sources);
	});

	test('is the file that the build wrote', () => {
		expect(sha256(bytes)).toBe(record.component);
		expect(bytes.length).toBe(record.size);
	});

	test('is a component', () => {
		expect([...bytes.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
	});

	test('carries the descriptions of its WIT', () => {
		const text = readFileSync(join(folder, 'wit/world.wit'), 'utf8');
		expect(Buffer.from(customSection(bytes, 'package-docs')!)).toEqual(Buffer.from(packageDocs(text)));
	});

	test('holds no path of the machine that built it', () => {
		// `/home/runner` is where the makers of the JavaScript engine built it.
		const paths = /\/(root|work|Users|home\/(?!runner\/)\w+)\/[^\s]*\.(rs|c|js)\b/;
		expect(Buffer.from(bytes).toString('latin1')).not.toMatch(paths);
	});
});

describe.each(samples)('the sample %s', (name) => {
	const folder = join(samplesFolder, name);
	const sample = json(folder, 'sample.json');

	test.each(['README.md', 'policy.yaml', 'wit/world.wit'])('comes with a %s', (file) => {
		expect(readFileSync(join(folder, file), 'utf8').trim()).not.toBe('');
	});

	test('has a scenario that names it and carries its policy', () => {
		const policy = readFileSync(join(folder, 'policy.yaml'), 'utf8');
		const own = sample.scenario.components.filter((component: { id: string }) => component.id === name);
		expect(own).toHaveLength(1);
		expect(own).toMatchObject([{ id: name, source: { sample: name }, policy }]);
	});

	test('has a scenario that makes its default call, first where it is alone', () => {
		const { calls, components } = sample.scenario;
		const own = components.length === 1 ? calls.slice(0, 1) : calls;
		const made = own.map(({ tool, arguments: args }: typeof sample.call) => ({ tool, arguments: args }));
		expect(made).toContainEqual(sample.call);
	});

	test('is in the list of samples as it describes itself', () => {
		const listed = json(samplesFolder, 'index.json').find((entry: { name: string }) => entry.name === name);
		const { size, component } = json(folder, 'build.json');
		const { title, summary, language, tags, hostile } = sample;
		expect(listed).toEqual({ name, title, summary, language, size, sha256: component, tags, hostile });
	});
});

describe('the set of samples', () => {
	test('holds nothing that is gone', () => {
		expect(
			json(samplesFolder, 'index.json')
				.map((entry: { name: string }) => entry.name)
				.sort(),
		).toEqual(samples);
	});

	test('has a README for the folder', () => {
		expect(existsSync(join(samplesFolder, 'README.md'))).toBe(true);
	});

	test('is small enough to be served with the page', () => {
		const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
		const sizes = samples.map(
			(name) => brotliCompressSync(bytesOf(join(samplesFolder, name, `${name}.wasm`)), options).length,
		);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * 2 ** 20);
		expect(sizes[samples.indexOf('files')]).toBeLessThan(150 * 2 ** 10);
	});
});
