import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('notes.wasm', import.meta.url)));
const { scenario } = JSON.parse(readFileSync(new URL('sample.json', import.meta.url), 'utf8'));
let data: string;

/** A fresh instance, as every call gets one. */
const notes = async () => (await instantiate(bytes, { folders: { '/data': data } })).knowledgeGraph;

beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'notes-'))));
afterEach(() => rmSync(data, { recursive: true }));

const entity = (name: string, ...observations: string[]) => ({ name, entityType: 'thing', observations });
const relation = { source: 'a', relationType: 'is next to', target: 'b' };

describe('notes', () => {
	test('starts empty, and remembers from one instance to the next', async () => {
		expect((await notes()).readGraph()).toEqual({ entities: [], relations: [] });
		expect((await notes()).createEntities([entity('a'), entity('b')])).toHaveLength(2);
		expect((await notes()).createRelations([relation, relation])).toEqual([relation]);
		expect((await notes()).readGraph()).toEqual({
			entities: [entity('a'), entity('b')],
			relations: [relation],
		});
	});

	test('adds only what is new', async () => {
		const graph = await notes();
		graph.createEntities([entity('a', 'old')]);
		expect(graph.createEntities([entity('a', 'other')])).toEqual([]);
		expect(graph.addObservations([{ entity: 'a', observations: ['old', 'new'] }])).toEqual([
			{ entity: 'a', observations: ['new'] },
		]);
		expect(graph.deleteObservations([{ entity: 'a', observations: ['old', 'none'] }])).toBe(1);
		expect(graph.readGraph().entities).toEqual([entity('a', 'new')]);
	});

	test('forgets the relations of what it deletes', async () => {
		const graph = await notes();
		graph.createEntities([entity('a'), entity('b')]);
		graph.createRelations([relation]);
		expect(graph.deleteEntities(['b', 'none'])).toBe(1);
		expect(graph.readGraph()).toEqual({ entities: [entity('a')], relations: [] });
	});

	test('finds what is in the file of its scenario', async () => {
		writeFileSync(join(data, 'notes.json'), scenario.world.files['/data/notes.json']);
		const found = (await notes()).searchNodes('TAPE');
		expect(found.entities.map(({ name }: { name: string }) => name)).toEqual(['Ada', 'Holiday 1987']);
		expect(found.relations).toHaveLength(1);
		expect((await notes()).searchNodes('noisy').relations).toEqual([]);
	});

	test('names why it cannot do its work, and leaves the file as it was', async () => {
		const graph = await notes();
		expect(failureOf(() => graph.createRelations([relation]))).toEqual({ tag: 'no-such-entity', val: 'a' });
		writeFileSync(join(data, 'notes.json'), '{');
		expect(failureOf(() => graph.readGraph())).toMatchObject({ tag: 'damaged' });
		const without = (await instantiate(bytes)).knowledgeGraph;
		expect(failureOf(() => without.readGraph())).toMatchObject({ tag: 'storage' });
	});
});
