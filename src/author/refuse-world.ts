import type { WitWorld } from '../core/wit';
import type { WitType } from '../core/wit/types';
import { placeOfWord } from './place-of-word';
import type { BuildProblem } from './problem';

/** What a world has that the engine has no values for, beside what the builder refuses itself; null where there is nothing. `wit` is the text as typed. */
export function refuseWorld(wit: string, world: WitWorld): BuildProblem | null {
	if (world.exports.length === 0)
		return {
			in: 'wit',
			message:
				'The world exports nothing, so there is no tool in it. Add a line such as "export greet: func(name: string) -> string;".',
			...placeOfWord(wit, 'world'),
		};
	for (const fn of [...world.imports, ...world.exports].flatMap(({ functions }) => functions)) {
		const types = [...fn.params.map(({ type }) => type), ...(fn.result ? [fn.result] : [])];
		if (types.some(holdsErrorContext))
			return {
				in: 'wit',
				message: `an error-context (in ${fn.name}) is nothing the JavaScript engine has values for`,
				...placeOfWord(wit, 'error-context'),
			};
	}
	return null;
}

function holdsErrorContext(type: WitType): boolean {
	switch (type.kind) {
		case 'error-context':
			return true;
		case 'list':
		case 'option':
			return holdsErrorContext(type.element);
		case 'stream':
		case 'future':
			return type.element !== null && holdsErrorContext(type.element);
		case 'result':
			return [type.ok, type.err].some((part) => part !== null && holdsErrorContext(part));
		case 'tuple':
			return type.elements.some(holdsErrorContext);
		case 'record':
			return type.fields.some((field) => holdsErrorContext(field.type));
		case 'variant':
			return type.cases.some((each) => each.type !== null && holdsErrorContext(each.type));
		case 'map':
			return [type.key, type.value].some(holdsErrorContext);
		default:
			return false;
	}
}
