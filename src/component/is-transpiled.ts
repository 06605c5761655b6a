import { isRecord } from '../core/is-record';
import type { Program } from './program';
import type { TranspiledComponent } from './transpile';

/** Whether a value from storage has the shape of what the transpiler makes for a mode: an older page, or something else, may have written it. */
export function isTranspiled(value: unknown, mode: Program['mode']): value is TranspiledComponent {
	if (!isRecord(value)) return false;
	const { program, tools, size, wit, missing, standIns, notes } = value;
	return (
		isRecord(program) &&
		program['mode'] === mode &&
		typeof program['source'] === 'string' &&
		isList(program['modules'], isModule) &&
		isList(program['imports'], isText) &&
		isList(
			tools,
			(tool) =>
				isRecord(tool) &&
				isText(tool['name']) &&
				isText(tool['description']) &&
				isRecord(tool['inputSchema']) &&
				isRecord(tool['function']),
		) &&
		typeof size === 'number' &&
		isText(wit) &&
		isList(missing, isText) &&
		isList(standIns, (one) => isRecord(one) && isText(one['key'])) &&
		isList(notes, isText)
	);
}

/** Whether a value is an object that is no list. */
const isText = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown, isOne: (one: unknown) => boolean): boolean =>
	Array.isArray(value) && value.every(isOne);
const isModule = (value: unknown): boolean =>
	Array.isArray(value) && value.length === 2 && isText(value[0]) && value[1] instanceof Uint8Array;
