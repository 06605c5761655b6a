import { z } from 'zod';
import { most, statuses } from '../limits';
import type { SchemaTerms } from './schema-terms';

const bytes = z.object({ base64: z.base64() }).describe('Binary content.');

/** The world of a scenario: what host calls answer from. */
export function worldSchema(terms: SchemaTerms) {
	const { kept, text, list, fields } = terms;
	const variable = z.union([text(most.variableValue), z.object({ secret: z.literal(true) })]);
	const variableName = kept ? z.string() : z.string().min(1).max(most.variableName);
	return z.object({
		files: filesSchema(terms).optional(),
		variables: fields(variableName, variable, most.variables)
			.optional()
			.describe('A secret carries no value: whoever opens the scenario supplies it.'),
		routes: list(routeSchema(terms), most.routes).optional(),
		network: z.enum(['live', 'routes-then-live', 'routes']).optional(),
		clock: z.union([z.literal('live'), z.object({ start: startSchema(terms) })]).optional(),
		random: z.union([z.literal('live'), z.object({ seed: text(most.seed) })]).optional(),
		arguments: list(text(most.argument), most.arguments).optional(),
		decoyRoot: z.boolean().optional(),
	});
}

function filesSchema({ kept, text, path }: SchemaTerms) {
	return z.record(
		path,
		z.union([
			z.string(),
			bytes,
			z.object({
				symlink: kept
					? z.string()
					: text(most.pathBytes).refine(
							(target) => target !== '' && !target.includes('\0'),
							'no target of a link',
						),
			}),
			z.object({ directory: z.literal(true) }),
		]),
	);
}

function routeSchema({ kept, text, list }: SchemaTerms) {
	return z.object({
		method: text(most.method).optional(),
		url: text(most.routeUrl).describe('URLPattern syntax.'),
		status: (kept ? z.number() : z.int().min(statuses.least).max(statuses.most)).optional(),
		headers: list(z.tuple([text(most.headerName), text(most.headerValue)]), most.headers).optional(),
		body: z.union([z.string(), bytes]).optional(),
		delayMs: (kept ? z.number() : z.number().min(0).max(most.delayMs)).optional(),
		failure: text(most.failureName).optional().describe('A wasi:http error code to fail with.'),
	});
}

// A field for a date takes years of five and six digits, which the shared form has no room for.
function startSchema({ kept }: SchemaTerms) {
	return kept
		? z
				.string()
				.regex(
					/^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/,
					'a date and a time',
				)
		: z.iso.datetime({ offset: true });
}
