import { define, parseTypeItem, parseUsePath } from './parse-definition';
import { parseFunctionType } from './parse-type';
import { Scanner } from './scanner';
import type {
	FunctionSyntax,
	IncludeSyntax,
	InterfaceSyntax,
	PackageSyntax,
	TypeDefinition,
	WorldItem,
	WorldSyntax,
} from './syntax';

/** Reads WIT text into its packages, the file's own first. Throws `WitSyntaxError` where it is not WIT. */
export function parseSyntax(text: string): readonly PackageSyntax[] {
	const scan = new Scanner(text);
	const packages: PackageSyntax[] = [];
	const header = emptyPackage();
	let own: PackageSyntax = header;
	packages.push(header);

	while (!scan.done) {
		scan.skipAttributes();
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
	scan.skipAttributes();
	const docs = scan.takeDocs();
	if (scan.takeWord('interface')) {
		const name = scan.name();
		define(scan, target.interfaces, name, interfaceBody(scan, docs));
	} else if (scan.takeWord('world')) {
		const name = scan.name();
		define(scan, target.worlds, name, worldBody(scan, name, docs));
	} else if (scan.takeWord('use')) {
		const path = parseUsePath(scan);
		const alias = scan.takeWord('as') ? scan.name() : path.name;
		scan.expect(';');
		define(scan, target.aliases, alias, path);
	} else {
		scan.fail('expected an interface, a world or a package');
	}
}

function interfaceBody(scan: Scanner, docs: string | undefined): InterfaceSyntax {
	const types = new Map<string, TypeDefinition>();
	const functions: FunctionSyntax[] = [];
	scan.expect('{');
	while (!scan.take('}')) {
		scan.skipAttributes();
		if (parseTypeItem(scan, types, functions)) continue;
		const itemDocs = scan.takeDocs();
		const at = scan.at;
		const name = scan.name();
		scan.expect(':');
		functions.push({ ...parseFunctionType(scan), name, docs: itemDocs, at });
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
		scan.skipAttributes();
		if (scan.peekWord() === 'import' || scan.peekWord() === 'export') items.push(worldItem(scan));
		else if (scan.takeWord('include')) includes.push(include(scan));
		else if (!parseTypeItem(scan, types, functions)) scan.fail('expected an import, an export or a type');
	}
	return { name, types, functions, items, includes, docs };
}

function include(scan: Scanner): IncludeSyntax {
	const path = parseUsePath(scan);
	const renames = new Map<string, string>();
	if (scan.takeWord('with')) {
		scan.expect('{');
		scan.list('}', () => {
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
	const direction = scan.name() === 'import' ? 'import' : 'export';
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
	const type = parseFunctionType(scan);
	scan.expect(';');
	return { form: 'function', name, function: { ...type, name, docs, at } } as const;
}
