import { z } from 'zod';
import { placeOf } from '../component-directory';
import { most } from '../limits';
import { isWorldPath } from '../path';

/** Whose document it is: a stranger's, with bounds, or what this browser kept of a person's own work, without. */
export type DocumentBounds = 'shared' | 'kept';

/** What schemas of a document's parts are written with: each holds to its bound, or has none. */
export type SchemaTerms = ReturnType<typeof schemaTerms>;

/** Whether a file of a world can lie there. A directory may be written with a slash at its end. */
const isPossible = (written: string): boolean => isWorldPath(placeOf(written).replace(/(?!^)\/$/, ''));

export function schemaTerms(bounds: DocumentBounds) {
	const kept = bounds === 'kept';
	const text = (length: number) => (kept ? z.string() : z.string().max(length));
	const list = <T extends z.ZodType>(item: T, length: number) =>
		kept ? z.array(item) : z.array(item).max(length);
	/** A record of at most so many fields; JSON Schema has its own word for that. */
	const fields = <K extends z.core.$ZodRecordKey, V extends z.ZodType>(key: K, value: V, count: number) =>
		kept
			? z.record(key, value)
			: z
					.record(key, value)
					.refine((record) => Object.keys(record).length <= count, `at most ${count} of them`)
					.meta({ maxProperties: count });

	const writtenPath = text(most.pathBytes)
		.regex(
			/^(?:COMPDIR)?\/(?!.*(?:\/\/|\/\.{1,2}(?:\/|$)|\0)).*$/s,
			'an absolute path, or one in COMPDIR, without empty, `.` or `..` segments',
		)
		.describe(
			'Absolute path in the world. COMPDIR at its start is the directory of components, where relative storage rules begin.',
		);
	const path = kept
		? writtenPath
		: writtenPath.refine(isPossible, 'a path that a file can have: 255 bytes for a name, and 4,096 in all');
	return { kept, text, list, fields, path };
}
