import { err, ok, type Result } from '../core/result';

/** More instances of core modules than this are refused: each costs the engine something, also one that defines nothing. */
const maximumInstances = 512;

/**
 * How often generated code instantiates each core module, by the module's file name. A name that a component chose may hold the same
 * words: that counts too much, never too little. The error says that instances are too many, or made in a way that is not known.
 */
export function countInstances(source: string): Result<ReadonlyMap<string, number>, string> {
	const names = new Map<string, string>();
	for (const [, variable = '', name = ''] of source.matchAll(
		/const (module\d+) = getCoreModule\('([^'\n]*)'\)/g,
	))
		names.set(variable, name);
	const counts = new Map<string, number>();
	let all = 0;
	for (let at = source.indexOf(call); at >= 0; at = source.indexOf(call, at + call.length)) {
		all += 1;
		const [, variable] = ofModule.exec(source.slice(at, at + 80)) ?? [];
		const name = variable === undefined ? undefined : names.get(variable);
		if (name === undefined)
			return err('The code generated for this component makes instances in a way that cannot be counted.');
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	if (all > maximumInstances) {
		return err(
			`This component makes ${all} instances of core modules, and the limit is ${maximumInstances}.`,
		);
	}
	return ok(counts);
}

const call = 'instantiateCore(';
const ofModule = /^instantiateCore\((?:yield|await) (module\d+)[,)]/;
