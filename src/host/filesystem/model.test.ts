import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentsOf, operations, perform, type Operation } from './testing-operations';
import { directory, guest, preopen, release } from './testing';
import { runs } from '../../core/testing/runs';

/** A file system as simple as it can be: paths to files, which names may share, or to null for a directory. */
class Model {
	readonly #entries = new Map<string, { text: string } | null>([['', null]]);

	perform(operation: Operation): string {
		const { path } = operation;
		const problem = this.#parentProblem(path);
		if (operation.kind === 'rename' || operation.kind === 'link') {
			// The target is looked at first, as nothing is done before both sides are known to be allowed.
			return problem ?? this.#parentProblem(operation.to) ?? this.#pair(operation.kind, path, operation.to);
		}
		if (problem) return problem;
		const entry = this.#entries.get(path);
		switch (operation.kind) {
			case 'mkdir':
				if (entry !== undefined) return 'exist';
				this.#entries.set(path, null);
				return 'ok';
			case 'rmdir':
				if (entry === undefined) return 'no-entry';
				if (entry !== null) return 'not-directory';
				if (this.#below(path).length > 0) return 'not-empty';
				this.#entries.delete(path);
				return 'ok';
			case 'unlink':
				if (entry === undefined) return 'no-entry';
				if (entry === null) return 'is-directory';
				this.#entries.delete(path);
				return 'ok';
			case 'write':
			case 'append': {
				if (entry === null) return 'is-directory';
				const file = entry ?? { text: '' };
				this.#entries.set(path, file);
				const { content } = operation;
				const offset = operation.kind === 'append' ? file.text.length : operation.offset;
				if (content === '') return 'ok';
				const before = file.text.padEnd(offset, '\0');
				file.text = before.slice(0, offset) + content + before.slice(offset + content.length);
				return 'ok';
			}
			case 'truncate':
			case 'resize':
				if (entry === undefined) return 'no-entry';
				if (entry === null) return 'is-directory';
				entry.text =
					operation.kind === 'truncate'
						? ''
						: entry.text.slice(0, operation.size).padEnd(operation.size, '\0');
				return 'ok';
			default:
				throw new Error(`the model does not know ${operation.kind}`);
		}
	}

	contents(at: string): Map<string, string> {
		return new Map(
			[...this.#entries]
				.filter(([path]) => path !== '')
				.map(([path, file]): [string, string] => [`${at}/${path}`, file ? `"${file.text}"` : 'directory'])
				.sort(([a], [b]) => (a < b ? -1 : 1)),
		);
	}

	#pair(kind: 'rename' | 'link', from: string, to: string): string {
		const source = this.#entries.get(from);
		const target = this.#entries.get(to);
		if (source === undefined) return 'no-entry';
		if (kind === 'link') {
			if (target !== undefined) return 'exist';
			if (source === null) return 'not-permitted';
			this.#entries.set(to, source);
			return 'ok';
		}
		if (from === to || (source !== null && source === target)) return 'ok';
		if (source === null && to.startsWith(`${from}/`)) return 'invalid';
		if (target === null) {
			if (source !== null) return 'is-directory';
			if (this.#below(to).length > 0) return 'not-empty';
		} else if (target !== undefined && source === null) return 'not-directory';
		for (const path of [from, ...this.#below(from)]) {
			const entry = this.#entries.get(path)!;
			this.#entries.delete(path);
			this.#entries.set(to + path.slice(from.length), entry);
		}
		return 'ok';
	}

	#below(path: string): string[] {
		return [...this.#entries.keys()].filter((other) => other.startsWith(`${path}/`));
	}

	#parentProblem(path: string): string | null {
		const names = path.split('/');
		for (let length = 1; length < names.length; length++) {
			const entry = this.#entries.get(names.slice(0, length).join('/'));
			if (entry === undefined) return 'no-entry';
			if (entry !== null) return 'not-directory';
		}
		return null;
	}
}

describe('a file system', () => {
	test('does what a simple one does, step by step', () => {
		const steps = operations(
			'write',
			'append',
			'truncate',
			'resize',
			'mkdir',
			'mkdir',
			'rmdir',
			'unlink',
			'rename',
			'link',
		);
		fc.assert(
			fc.property(steps, (list) => {
				const { dir } = guest(new Map([['/data', directory()]]), release(preopen('/data', 'rw')));
				const model = new Model();
				for (const step of list) expect(perform(dir(), step)).toBe(model.perform(step));
				expect(contentsOf(dir(), '/data')).toEqual(model.contents('/data'));
			}),
			{ numRuns: runs(200) },
		);
	});
});
