import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('sqlite.wasm', import.meta.url)));
const database = '/data/test.db';
let data: string;

/** A fresh instance, as every call gets one. */
const sqlite = () => instantiate(bytes, { folders: { '/data': data } });

beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'sqlite-'))));
afterEach(() => rmSync(data, { recursive: true }));

describe('sqlite', () => {
	test('keeps a database from one instance to the next, in one file', async () => {
		const script = "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'é'), (2.5, NULL), (x'00ff', '');";
		expect((await sqlite()).execute(database, script)).toBe(3n);
		expect((await sqlite()).query(database, 'SELECT b, a FROM t ORDER BY rowid', [])).toEqual({
			columns: ['b', 'a'],
			rows: [
				[
					{ tag: 'text', val: 'é' },
					{ tag: 'integer', val: 1n },
				],
				[{ tag: 'null' }, { tag: 'real', val: 2.5 }],
				[
					{ tag: 'text', val: '' },
					{ tag: 'blob', val: Uint8Array.of(0, 255) },
				],
			],
		});
		expect(readdirSync(data)).toEqual(['test.db']);
	});

	test('takes parameters as data', async () => {
		const db = await sqlite();
		db.execute(database, "CREATE TABLE t (a); INSERT INTO t VALUES ('x');");
		const injection = { tag: 'text', val: "x' OR 1=1 --" };
		expect(db.query(database, 'SELECT a FROM t WHERE a = ?', [injection]).rows).toEqual([]);
		expect(db.query(database, 'SELECT a FROM t WHERE a = ?', [{ tag: 'text', val: 'x' }]).rows).toHaveLength(
			1,
		);
	});

	test('changes nothing where one statement fails', async () => {
		const db = await sqlite();
		db.execute(database, 'CREATE TABLE t (a)');
		expect(failureOf(() => db.execute(database, 'INSERT INTO t VALUES (1); nonsense'))).toContain(
			'syntax error',
		);
		expect(db.query(database, 'SELECT count(*) FROM t', []).rows).toEqual([[{ tag: 'integer', val: 0n }]]);
	});

	test('does not change a database by a query', async () => {
		const db = await sqlite();
		db.execute(database, 'CREATE TABLE t (a)');
		expect(failureOf(() => db.query(database, 'INSERT INTO t VALUES (1)', []))).toContain('readonly');
		expect(failureOf(() => db.query('/data/none.db', 'SELECT 1', []))).toContain('unable to open');
	});
});
