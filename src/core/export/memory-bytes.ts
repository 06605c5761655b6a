import { keptFor } from '../kept-for';

const units = new Map([
	['', 1],
	['Ki', 2 ** 10],
	['Mi', 2 ** 20],
	['Gi', 2 ** 30],
	['Ti', 2 ** 40],
]);

/** The bytes of a limit such as `512Mi`; without a unit it is bytes already. Throws for what is no limit: a parsed policy holds none. */
export function memoryBytes(limit: string): number {
	const [, digits, unit = ''] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(limit) ?? [];
	if (digits === undefined) throw new Error(`This is no memory limit: ${limit}`);
	return Number(digits) * keptFor(units, unit);
}
