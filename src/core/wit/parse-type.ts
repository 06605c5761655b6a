import type { Scanner } from './scanner';
import type { FunctionSyntax, TypeSyntax } from './syntax';
import type { WitType } from './types';

/** Types nested deeper than this are refused, so that hostile text cannot exhaust the stack. */
const maximumNesting = 64;

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

/** `func(…) -> …`, with or without `async`. */
export function parseFunctionType(scan: Scanner): Pick<FunctionSyntax, 'params' | 'result' | 'async'> {
	const isAsync = scan.takeWord('async');
	if (!scan.takeWord('func')) scan.fail("expected 'func'");
	return { ...parseSignature(scan), ...(isAsync && { async: true }) };
}

/** What stands behind `func`, and behind `constructor`. */
export function parseSignature(scan: Scanner): Pick<FunctionSyntax, 'params' | 'result'> {
	scan.expect('(');
	const params = scan.list(')', () => {
		const name = scan.name();
		scan.expect(':');
		return { name, type: parseType(scan) };
	});
	return { params, result: scan.take('->') ? parseType(scan) : null };
}

/** A type as it is written: names in it are not looked up yet. `depth` is how deep in another one it stands. */
export function parseType(scan: Scanner, depth = 0): TypeSyntax {
	if (depth > maximumNesting) scan.fail('this type is nested too deeply');
	const at = scan.at;
	const escaped = scan.text[at] === '%';
	const name = scan.name();
	const inner = () => parseType(scan, depth + 1);
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
			return { form: 'tuple', elements: scan.list('>', inner) };
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
