import { parseFunctionType, parseSignature, parseType } from './parse-type';
import type { Scanner } from './scanner';
import type { FunctionSyntax, Path, TypeDefinition, TypeSyntax } from './syntax';

const definers = new Set(['use', 'type', 'record', 'variant', 'enum', 'flags', 'resource']);

/** A type definition or a `use`, added to `types`; methods of a resource go to `functions`. False where neither stands. */
export function parseTypeItem(
	scan: Scanner,
	types: Map<string, TypeDefinition>,
	functions: FunctionSyntax[],
): boolean {
	const at = scan.at;
	const keyword = scan.peekWord();
	// A function may be named like a keyword, such as `use: func()`.
	if (keyword === null || !definers.has(keyword) || scan.text[at + keyword.length] === ':') return false;
	const docs = scan.takeDocs();
	scan.takeWord(keyword);
	if (keyword === 'use') {
		const from = parseUsePath(scan);
		scan.expect('.');
		scan.expect('{');
		scan.list('}', () => {
			const original = scan.name();
			const name = scan.takeWord('as') ? scan.name() : original;
			define(scan, types, name, { form: 'use', name, from, original, at });
		});
		scan.expect(';');
		return true;
	}
	const name = scan.name();
	define(scan, types, name, { name, docs, at, ...definitionBody(scan, keyword, name, functions) });
	return true;
}

/** `name` or `ns:package/name@version`. */
export function parseUsePath(scan: Scanner): Path {
	const at = scan.at;
	const first = scan.name();
	if (scan.text[scan.at] !== ':') return { package: null, name: first, version: null, at };
	let packageName = first;
	while (scan.take(':')) packageName += `:${scan.name()}`;
	scan.expect('/');
	const name = scan.name();
	return { package: packageName, name, version: scan.take('@') ? scan.version() : null, at };
}

/** Adds what a name stands for; a name stands for one thing only. */
export function define<T>(scan: Scanner, into: Map<string, T>, name: string, value: T): void {
	if (into.has(name)) scan.fail(`'${name}' is defined twice`);
	into.set(name, value);
}

function definitionBody(scan: Scanner, keyword: string, name: string, functions: FunctionSyntax[]) {
	switch (keyword) {
		case 'type': {
			scan.expect('=');
			const aliased = parseType(scan);
			scan.expect(';');
			return { form: 'alias', type: aliased } as const;
		}
		case 'resource':
			resourceBody(scan, name, functions);
			return { form: 'resource' } as const;
	}
	scan.expect('{');
	switch (keyword) {
		case 'record': {
			const fields = scan.list('}', () => {
				const docs = memberDocs(scan);
				const field = scan.name();
				scan.expect(':');
				return { name: field, type: parseType(scan), docs };
			});
			return { form: 'record', fields } as const;
		}
		case 'variant': {
			const cases = scan.list('}', () => {
				const docs = memberDocs(scan);
				const tag = scan.name();
				if (!scan.take('(')) return { name: tag, type: null, docs };
				const payload = parseType(scan);
				scan.expect(')');
				return { name: tag, type: payload, docs };
			});
			return { form: 'variant', cases } as const;
		}
		case 'enum':
			return { form: 'enum', cases: scan.list('}', () => memberName(scan)) } as const;
		default:
			return { form: 'flags', flags: scan.list('}', () => memberName(scan)) } as const;
	}
}

function memberDocs(scan: Scanner): string | undefined {
	scan.skipAttributes();
	return scan.takeDocs();
}

function memberName(scan: Scanner): string {
	memberDocs(scan);
	return scan.name();
}

function resourceBody(scan: Scanner, resource: string, functions: FunctionSyntax[]): void {
	if (scan.take(';')) return;
	scan.expect('{');
	while (!scan.take('}')) {
		scan.skipAttributes();
		const docs = scan.takeDocs();
		const at = scan.at;
		if (scan.peekWord() === 'constructor' && scan.text.startsWith('(', at + 'constructor'.length)) {
			scan.takeWord('constructor');
			const { params, result } = parseSignature(scan);
			const made: TypeSyntax = { form: 'own', resource, at };
			functions.push({ name: `[constructor]${resource}`, params, result: result ?? made, docs, at });
		} else {
			const name = scan.name();
			scan.expect(':');
			const isStatic = scan.takeWord('static');
			const { params, result, ...more } = parseFunctionType(scan);
			functions.push(
				isStatic
					? { name: `[static]${resource}.${name}`, params, result, ...more, docs, at }
					: {
							name: `[method]${resource}.${name}`,
							params: [{ name: 'self', type: { form: 'borrow', resource, at } }, ...params],
							result,
							...more,
							docs,
							at,
						},
			);
		}
		scan.expect(';');
	}
}
