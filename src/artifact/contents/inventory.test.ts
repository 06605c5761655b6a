import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { binaryOfWat, withCustomSection } from '../../component/fixtures';
import { lebBytes } from '../../component/binary';
import { concatBytes } from '../../core/concat-bytes';
import { most } from '../../core/limits';
import { cycloneDx } from '../../core/materials/cyclonedx';
import { packagesOf } from '../../core/materials/packages-of';
import { readAttested } from '../../core/materials/read-attested';
import { spdx } from '../../core/materials/spdx';
import { inventoryOf } from './inventory';

const utf8 = (text: string) => new TextEncoder().encode(text);
const named = (text: string) => concatBytes([lebBytes(utf8(text).length), utf8(text)]);
const depList = (list: object) => new Uint8Array(deflateSync(JSON.stringify(list)));
const section = (id: number, content: Uint8Array) =>
	concatBytes([Uint8Array.of(id), lebBytes(content.length), content]);
const componentStart = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);

const packages = [
	{ name: 'tape', version: '0.3.1', source: 'local', dependencies: [1, 2], root: true },
	{ name: 'serde', version: '1.0.219', source: 'crates.io', dependencies: [] },
	{ name: 'cc', version: '1.2.0', source: 'crates.io', kind: 'build' },
];

let core: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
	core = (await binaryOfWat('(module $deck (func))')) as Uint8Array<ArrayBuffer>;
});

const withModules = (...modules: Uint8Array[]) =>
	concatBytes([componentStart, ...modules.map((module) => section(1, module))]);

describe('what a component is made of', () => {
	test('is listed for each module by what cargo-auditable left in it', async () => {
		const audited = withCustomSection(core, '.dep-v0', depList({ packages }));
		const nested = section(
			4,
			withModules(withCustomSection(core, '.dep-v0', depList({ packages: [packages[1]] }))),
		);
		const { modules } = await inventoryOf(concatBytes([withModules(core, audited), nested]));
		expect(
			modules.map(({ place, name, materials }) => [place, name, materials.map(({ name }) => name)]),
		).toEqual([
			['core module 2', 'deck', ['tape', 'serde', 'cc']],
			['core module 3', 'deck', ['serde']],
		]);
		expect(modules[0]?.materials[0]).toMatchObject({
			isRoot: true,
			isBuildOnly: false,
			purl: null,
			dependencies: [1, 2],
		});
		expect(modules[0]?.materials[2]).toMatchObject({ isBuildOnly: true, purl: 'pkg:cargo/cc@1.2.0' });
	});

	test('has its producers, and what it says of itself to registries, old and new', async () => {
		const producers = concatBytes([
			...[lebBytes(1), named('processed-by'), lebBytes(1), named('wit-component'), named('0.230.0')],
		]);
		let bytes = withCustomSection(withModules(core), 'producers', producers);
		bytes = withCustomSection(
			bytes,
			'registry-metadata',
			utf8('{"authors":["A","B"],"license":"MIT","description":"old"}'),
		);
		bytes = withCustomSection(bytes, 'description', utf8('new'));
		bytes = withCustomSection(bytes, 'source', utf8('https://example.com/tape'));
		const { modules } = await inventoryOf(bytes);
		expect(modules).toEqual([
			expect.objectContaining({
				place: 'component',
				producers: [{ field: 'processed-by', name: 'wit-component', version: '0.230.0' }],
				facts: { authors: 'A, B', licenses: 'MIT', description: 'new', source: 'https://example.com/tape' },
			}),
		]);
	});

	test.each([
		[
			'unpacks to more than is read',
			() => new Uint8Array(deflateSync(Buffer.alloc(most.materialsText + 1, 0x20))),
			'more than 4 MiB',
		],
		['is itself more than is read', () => new Uint8Array(most.materialsPacked + 1), 'more than 1 MiB'],
		['is cut off', () => depList({ packages }).subarray(0, 20), 'damaged'],
		['is no zlib', () => utf8('{"packages":[]}'), 'damaged'],
		['is another JSON', () => depList([1, 2]), 'is not the JSON'],
		['names no package', () => depList({ packages: [{ version: '1' }] }), 'has no name'],
		[
			'names too many',
			() => depList({ packages: Array(most.materials + 1).fill({ name: 'a' }) }),
			'8,193 packages',
		],
		['is nested without end', () => new Uint8Array(deflateSync('['.repeat(1_000_000))), 'is not the JSON'],
	])('is not taken from a list that %s, and the reason is said', async (_, list, reason) => {
		const { modules } = await inventoryOf(withModules(withCustomSection(core, '.dep-v0', list())));
		expect(modules).toHaveLength(1);
		expect(modules[0]?.materials).toEqual([]);
		expect(modules[0]?.problems.join()).toContain(reason);
	});

	test('is read of so many modules, and the rest is counted', async () => {
		const list = withCustomSection(core, '.dep-v0', depList({ packages: [{ name: 'a' }] }));
		const many = withModules(...Array.from({ length: most.materialModules + 5 }, () => list));
		const { modules, unread } = await inventoryOf(many);
		expect([modules.length, unread]).toEqual([most.materialModules - 1, 6]);
	});

	test('is nothing where the bytes are none', async () => {
		expect((await inventoryOf(componentStart)).modules).toEqual([]);
		const broken = await inventoryOf(concatBytes([componentStart, Uint8Array.of(1, 200, 1)]));
		expect(broken.modules[0]?.problems).toEqual(['Its sections cannot be read.']);
	});
});

describe('the materials of a component', () => {
	const subject = async () => ({
		id: 'tape',
		sha256: 'a'.repeat(64),
		modules: (
			await inventoryOf(
				withModules(
					withCustomSection(core, '.dep-v0', depList({ packages })),
					withCustomSection(core, '.dep-v0', depList({ packages: [packages[1]] })),
				),
			)
		).modules,
	});

	test('are exported once each, however many modules hold them', async () => {
		expect(packagesOf((await subject()).modules).map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
			['tape', ['package-2', 'package-3']],
			['serde', []],
			['cc', []],
		]);
	});

	test('have the licence that another list of the same package knows', async () => {
		const read = readAttested({
			bomFormat: 'CycloneDX',
			components: [
				{
					name: 'serde',
					version: '1.0.219',
					purl: 'pkg:cargo/serde@1.0.219',
					licenses: [{ expression: 'MIT' }],
				},
				{ name: 'other', version: '1' },
			],
		});
		const { modules } = await subject();
		const beside = {
			...{ place: 'beside it', name: null, producers: [], facts: {}, problems: [] },
			materials: read.ok ? read.value.materials : [],
		};
		expect(packagesOf([...modules, beside]).map(({ name, license }) => [name, license])).toEqual([
			['tape', null],
			['serde', 'MIT'],
			['cc', null],
			['other', null],
		]);
	});

	test('go out as CycloneDX and come back', async () => {
		const document = cycloneDx(await subject());
		expect(document).toMatchObject({
			bomFormat: 'CycloneDX',
			specVersion: '1.6',
			metadata: { component: { name: 'tape', hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }] } },
			dependencies: expect.arrayContaining([{ ref: 'package-1', dependsOn: ['package-2', 'package-3'] }]),
		});
		const back = readAttested(JSON.parse(JSON.stringify(document)));
		expect(
			back.ok &&
				back.value.materials.map(({ name, version, purl, isBuildOnly }) => [
					name,
					version,
					purl,
					isBuildOnly,
				]),
		).toEqual([
			['tape', '0.3.1', null, false],
			['serde', '1.0.219', 'pkg:cargo/serde@1.0.219', false],
			['cc', '1.2.0', 'pkg:cargo/cc@1.2.0', true],
		]);
	});

	test('go out as SPDX and come back', async () => {
		const document = spdx(await subject(), { created: '2026-01-02T03:04:05Z', version: '1' });
		expect(document).toMatchObject({
			spdxVersion: 'SPDX-2.3',
			relationships: expect.arrayContaining([
				{
					spdxElementId: 'SPDXRef-package-3',
					relationshipType: 'BUILD_DEPENDENCY_OF',
					relatedSpdxElement: 'SPDXRef-component',
				},
				{
					spdxElementId: 'SPDXRef-package-1',
					relationshipType: 'DEPENDS_ON',
					relatedSpdxElement: 'SPDXRef-package-2',
				},
			]),
		});
		const back = readAttested(JSON.parse(JSON.stringify(document)));
		expect(back.ok && back.value.materials.map(({ name, license }) => [name, license])).toEqual([
			['tape', null],
			['tape', null],
			['serde', null],
			['cc', null],
		]);
	});

	test.each([
		['an expression', { licenses: [{ expression: 'MIT OR Apache-2.0' }] }, 'MIT OR Apache-2.0'],
		['ids', { licenses: [{ license: { id: 'MIT' } }, { license: { name: 'Mine' } }] }, 'MIT AND Mine'],
		['none', {}, null],
	])('that are attested have their licences, given by %s', (_, item, license) => {
		const read = readAttested({
			bomFormat: 'CycloneDX',
			components: [{ name: 'a', ...item }, { version: '1' }, 7],
		});
		expect(read.ok && read.value.materials.map((each) => each.license)).toEqual([license]);
	});
});
