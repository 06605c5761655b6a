import { Scanner } from './scanner';
import type {
	FunctionSyntax,
	IncludeSyntax,
	InterfaceSyntax,
	PackageSyntax,
	Path,
	TypeDefinition,
	TypeSyntax,
	WorldItem,
	WorldSyntax,
} from './syntax';
import type { WitType } from './types';

/** Types nested deeper than this are refused, so that hostile text cannot exhaust the stack. */
const maximumNesting = 64;

/** Reads WIT text into its packages, the file's own first. Throws `WitSyntaxError` where it is not WIT. */
export function parseSyntax(text: string): readonly PackageSyntax[] {
	const scan = new Scanner(text);
	const packages: PackageSyntax[] = [];
	const header = emptyPackage();
	let own: PackageSyntax = header;
	packages.push(header);

	while (!scan.done) {
		attributes(scan);
		if (scan.peekWord() === 'package') {
			scan.takeWord('package');
			scan.takeDocs();
			const { name, version } = packageName(scan);
			if (scan.take('{')) {
				const nested = { ...emptyPackage(), name, version };
				while (!scan.take('}')) packageItem(scan, nested);
				packages.push(nested);
			} else {
				scan.expect(';');
				if (own !== header || header.interfaces.size + header.worlds.size > 0) {
					scan.fail('a package name stands at the start of the text');
				}
				own = { ...header, name, version };
				packages[0] = own;
			}
		} else {
			packageItem(scan, own);
		}
	}
	return packages;
}

const emptyPackage = (): PackageSyntax => ({
	name: null,
	version: null,
	interfaces: new Map(),
	worlds: new Map(),
	aliases: new Map(),
});

function packageName(scan: Scanner): { name: string; version: string | null } {
	let name = scan.name();
	do {
		scan.expect(':');
		name += `:${scan.name()}`;
	} while (scan.text[scan.at] === ':');
	return { name, version: scan.take('@') ? scan.version() : null };
}

function packageItem(scan: Scanner, target: PackageSyntax): void {
	attributes(scan);
	const docs = scan.takeDocs();
	if (scan.takeWord('interface')) {
		const name = scan.name();
		define(scan, target.interfaces, name, interfaceBody(scan, docs));
	} else if (scan.takeWord('world')) {
		const name = scan.name();
		define(scan, target.worlds, name, worldBody(scan, name, docs));
	} else if (scan.takeWord('use')) {
		const path = usePath(scan);
		const alias = scan.takeWord('as') ? scan.name() : path.name;
		scan.expect(';');
		define(scan, target.aliases, alias, path);
	} else {
		scan.fail('expected an interface, a world or a package');
	}
}

function define<T>(scan: Scanner, into: Map<string, T>, name: string, value: T): void {
	if (into.has(name)) scan.fail(`'${name}' is defined twice`);
	into.set(name, value);
}

/** `@since(version = 0.2.0)`, `@unstable(feature = x)`, `@deprecated(version = 0.2.2)`: stepped over. */
function attributes(scan: Scanner): void {
	while (scan.take('@')) {
		scan.name();
		if (!scan.take('(')) continue;
		do {
			scan.name();
			scan.expect('=');
			if (/[0-9]/.test(scan.text[scan.at] ?? '')) scan.version();
			else scan.name();
		} while (scan.take(','));
		scan.expect(')');
	}
}

/** `name` or `ns:package/name@version`. */
function usePath(scan: Scanner): Path {
	const at = scan.at;
	const first = scan.name();
	if (scan.text[scan.at] !== ':') return { package: null, name: first, version: null, at };
	let packageName = first;
	while (scan.take(':')) packageName += `:${scan.name()}`;
	scan.expect('/');
	const name = scan.name();
	return { package: packageName, name, version: scan.take('@') ? scan.version() : null, at };
}

function interfaceBody(scan: Scanner, docs: string | undefined): InterfaceSyntax {
	const types = new Map<string, TypeDefinition>();
	const functions: FunctionSyntax[] = [];
	scan.expect('{');
	while (!scan.take('}')) {
		attributes(scan);
		if (typeItem(scan, types, functions)) continue;
		const itemDocs = scan.takeDocs();
		const at = scan.at;
		const name = scan.name();
		scan.expect(':');
		functions.push({ ...functionType(scan), name, docs: itemDocs, at });
		scan.expect(';');
	}
	return { types, functions, docs };
}

function worldBody(scan: Scanner, name: string, docs: string | undefined): WorldSyntax {
	const types = new Map<string, TypeDefinition>();
	const functions: FunctionSyntax[] = [];
	const items: WorldItem[] = [];
	const includes: IncludeSyntax[] = [];
	scan.expect('{');
	while (!scan.take('}')) {
		attributes(scan);
		if (scan.peekWord() === 'import' || scan.peekWord() === 'export') items.push(worldItem(scan));
		else if (scan.takeWord('include')) includes.push(include(scan));
		else if (!typeItem(scan, types, functions)) scan.fail('expected an import, an export or a type');
	}
	return { name, types, functions, items, includes, docs };
}

function include(scan: Scanner): IncludeSyntax {
	const path = usePath(scan);
	const renames = new Map<string, string>();
	if (scan.takeWord('with')) {
		scan.expect('{');
		commaList(scan, '}', () => {
			const from = scan.name();
			if (!scan.takeWord('as')) scan.fail("expected 'as'");
			renames.set(from, scan.name());
		});
		scan.take(';');
	} else {
		scan.expect(';');
	}
	return { path, renames };
}

function worldItem(scan: Scanner): WorldItem {
	const docs = scan.takeDocs();
	const at = scan.at;
	const direction = scan.name() as 'import' | 'export';
	const start = scan.at;
	const first = scan.name();
	if (scan.text[scan.at] === ':') {
		const inline = inlineItem(scan, first, docs, at);
		if (inline) return { direction, docs, at, ...inline };
		scan.expect(':');
		let packageName = `${first}:${scan.name()}`;
		while (scan.take(':')) packageName += `:${scan.name()}`;
		scan.expect('/');
		const name = scan.name();
		const version = scan.take('@') ? scan.version() : null;
		scan.expect(';');
		return { direction, docs, at, form: 'path', path: { package: packageName, name, version, at: start } };
	}
	scan.expect(';');
	return {
		direction,
		docs,
		at,
		form: 'path',
		path: { package: null, name: first, version: null, at: start },
	};
}

/** What follows `name` in `name: func(…)` and `name: interface {…}`; null for a path such as `wasi:io/poll`. */
function inlineItem(scan: Scanner, name: string, docs: string | undefined, at: number) {
	// Only the token after the colon tells a path's namespace from an item's name.
	const rest = /:\s*(func|async\s+func|interface)\b(?![-:/])/y;
	rest.lastIndex = scan.at;
	const found = rest.exec(scan.text)?.[1];
	if (found === undefined) return null;
	scan.expect(':');
	if (found === 'interface') {
		scan.takeWord('interface');
		const body = interfaceBody(scan, docs);
		scan.take(';');
		return { form: 'interface', name, interface: body } as const;
	}
	const type = functionType(scan);
	scan.expect(';');
	return { form: 'function', name, function: { ...type, name, docs, at } } as const;
}

function functionType(scan: Scanner): Pick<FunctionSyntax, 'params' | 'result' | 'async'> {
	const isAsync = scan.takeWord('async');
	if (!scan.takeWord('func')) scan.fail("expected 'func'");
	return { ...signature(scan), ...(isAsync && { async: true }) };
}

function signature(scan: Scanner): Pick<FunctionSyntax, 'params' | 'result'> {
	scan.expect('(');
	const params = commaList(scan, ')', () => {
		const name = scan.name();
		scan.expect(':');
		return { name, type: type(scan, 0) };
	});
	return { params, result: scan.take('->') ? type(scan, 0) : null };
}

/** A type definition or a `use`, added to `types`; methods of a resource go to `functions`. False where neither stands. */
function typeItem(scan: Scanner, types: Map<string, TypeDefinition>, functions: FunctionSyntax[]): boolean {
	const at = scan.at;
	const keyword = scan.peekWord();
	// A function may be named like a keyword, such as `use: func()`.
	if (keyword === null || !definers.has(keyword) || scan.text[at + keyword.length] === ':') return false;
	const docs = scan.takeDocs();
	scan.takeWord(keyword);
	if (keyword === 'use') {
		const from = usePath(scan);
		scan.expect('.');
		scan.expect('{');
		commaList(scan, '}', () => {
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

const definers = new Set(['use', 'type', 'record', 'variant', 'enum', 'flags', 'resource']);

function definitionBody(scan: Scanner, keyword: string, name: string, functions: FunctionSyntax[]) {
	switch (keyword) {
		case 'type': {
			scan.expect('=');
			const aliased = type(scan, 0);
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
			const fields = commaList(scan, '}', () => {
				const docs = memberDocs(scan);
				const field = scan.name();
				scan.expect(':');
				return { name: field, type: type(scan, 0), docs };
			});
			return { form: 'record', fields } as const;
		}
		case 'variant': {
			const cases = commaList(scan, '}', () => {
				const docs = memberDocs(scan);
				const tag = scan.name();
				if (!scan.take('(')) return { name: tag, type: null, docs };
				const payload = type(scan, 0);
				scan.expect(')');
				return { name: tag, type: payload, docs };
			});
			return { form: 'variant', cases } as const;
		}
		case 'enum':
			return { form: 'enum', cases: commaList(scan, '}', () => memberName(scan)) } as const;
		default:
			return { form: 'flags', flags: commaList(scan, '}', () => memberName(scan)) } as const;
	}
}

function memberDocs(scan: Scanner): string | undefined {
	attributes(scan);
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
		attributes(scan);
		const docs = scan.takeDocs();
		const at = scan.at;
		if (scan.peekWord() === 'constructor' && scan.text.startsWith('(', at + 'constructor'.length)) {
			scan.takeWord('constructor');
			const { params, result } = signature(scan);
			const made: TypeSyntax = { form: 'own', resource, at };
			functions.push({ name: `[constructor]${resource}`, params, result: result ?? made, docs, at });
		} else {
			const name = scan.name();
			scan.expect(':');
			const isStatic = scan.takeWord('static');
			const { params, result, ...more } = functionType(scan);
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

/** Items with commas between them up to `close`; a comma after the last one is allowed. */
function commaList<T>(scan: Scanner, close: string, item: () => T): readonly T[] {
	const items: T[] = [];
	while (!scan.take(close)) {
		items.push(item());
		if (!scan.take(',')) {
			scan.expect(close);
			break;
		}
	}
	return items;
}

function type(scan: Scanner, depth: number): TypeSyntax {
	if (depth > maximumNesting) scan.fail('this type is nested too deeply');
	const at = scan.at;
	const escaped = scan.text[at] === '%';
	const name = scan.name();
	const inner = () => type(scan, depth + 1);
	if (escaped) return { form: 'named', name, at };
	const between = <T>(read: () => T): T => {
		scan.expect('<');
		const value = read();
		scan.expect('>');
		return value;
	};
	switch (name) {
		case 'list':
			return between(() => {
				const element = inner();
				return scan.take(',') ? { form: 'list', element, length: scan.number() } : { form: 'list', element };
			});
		case 'map':
			return between(() => {
				const key = inner();
				scan.expect(',');
				return { form: 'map', key, value: inner() };
			});
		case 'option':
			return { form: 'option', element: between(inner) };
		case 'tuple':
			scan.expect('<');
			return { form: 'tuple', elements: commaList(scan, '>', inner) };
		case 'own':
		case 'borrow': {
			const form = name;
			return between(() => ({ form, at: scan.at, resource: scan.name() }));
		}
		case 'future':
		case 'stream':
			return { form: name, element: scan.text[scan.at] === '<' ? between(inner) : null };
		case 'result': {
			if (scan.text[scan.at] !== '<') return { form: 'result', ok: null, err: null };
			return between(() => {
				const ok = scan.take('_') ? null : inner();
				return { form: 'result', ok, err: scan.take(',') ? inner() : null };
			});
		}
		default: {
			const plain = plainTypes.get(name);
			return plain ? { form: 'plain', type: plain } : { form: 'named', name, at };
		}
	}
}

const plainKinds = [
	...([
		'bool',
		'u8',
		'u16',
		'u32',
		'u64',
		's8',
		's16',
		's32',
		's64',
		'f32',
		'f64',
		'char',
		'string',
	] as const),
	'error-context' as const,
];

const plainTypes: ReadonlyMap<string, WitType> = new Map<string, WitType>([
	...plainKinds.map((kind): [string, WitType] => [kind, { kind }]),
	['float32', { kind: 'f32' }],
	['float64', { kind: 'f64' }],
]);
