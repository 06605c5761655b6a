import type { Json } from '../wit/types';
import { z } from 'zod';
import { placeOf } from '../component-directory';
import { most, statuses } from '../limits';
import { isWorldPath } from '../path';

/** Whose document it is: a stranger's, with bounds, or what this browser kept of a person's own work, without. */
type Bounds = 'shared' | 'kept';

/** Whether a file of a world can lie there. A directory may be written with a slash at its end. */
const isPossible = (written: string): boolean => isWorldPath(placeOf(written).replace(/(?!^)\/$/, ''));

/** Whatever a document of JSON holds: what is read here was one, or is about to be. */
const anyJson = z.unknown() as z.ZodType<Json>;

/** Unknown fields are dropped, save in a source, which says where bytes come from. */
function createSchema(bounds: Bounds) {
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

	const bytes = z.object({ base64: z.base64() }).describe('Binary content.');
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
	const url = z.url({ protocol: /^https?$/ });

	const source = z
		.union([
			z.strictObject({ sample: text(most.sampleName) }),
			z.strictObject({ url: kept ? url : url.max(most.sourceUrl) }),
			z.strictObject({ oci: text(most.ociReference) }),
			z.strictObject({ bytes: z.base64url() }),
			z.strictObject({ file: text(most.fileName) }),
			z.strictObject({
				author: z
					.strictObject({
						wit: text(most.toolWit),
						js: text(most.toolSource).optional(),
						wat: text(most.toolSource).optional(),
						engine: text(most.engineName).optional(),
					})
					.refine(({ js, wat }) => (js === undefined) !== (wat === undefined), 'either `js` or `wat`'),
			}),
		])
		.describe(
			'A sample, an address, an OCI reference, the bytes themselves, a file that the reader supplies, or the source that it is built from: WIT with JavaScript or with a core module as WebAssembly text, or a component as WebAssembly text.',
		);

	const accessRequest = z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('network'), method: text(most.method), url: text(most.routeUrl) }),
		z.object({ kind: z.literal('storage'), access: z.enum(['read', 'write']), path: text(most.pathBytes) }),
		z.object({ kind: z.literal('environment'), key: text(most.variableName) }),
	]);

	const outcome = z.enum(['allow', 'deny']);

	const signer = z
		.union([
			z.strictObject({ identity: text(most.signerName).min(1), issuer: text(most.signerName).min(1) }),
			z.strictObject({ key: text(most.publicKey) }),
		])
		.describe('An identity with who vouches for it, as certificates write them, or a public key as PEM.');

	const component = z.object({
		id: kept ? z.string() : z.string().min(1).max(most.componentId),
		source,
		sha256: z
			.string()
			.regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')
			.optional(),
		policy: text(most.policyText)
			.nullable()
			.describe('Verbatim YAML; null is a component with no policy attached.'),
		standIns: z
			.boolean()
			.optional()
			.describe('Imports that nobody provides get plain default answers; default false.'),
		links: fields(text(most.importName), text(most.componentId), most.links)
			.optional()
			.describe(
				'Imports that other components of the scenario provide: the full name of each, and the id of the component.',
			),
		signer: signer
			.optional()
			.describe('Who has to have signed it: unsigned, or signed by anybody else, it is not loaded.'),
		signatures: list(text(most.signatureText), most.signatures)
			.optional()
			.describe('Sigstore bundles, or signatures of cosign, word for word.'),
		manifest: text(most.manifestBytes)
			.optional()
			.describe('The manifest that it was distributed under, word for word: what signatures may be about.'),
	});

	const route = z.object({
		method: text(most.method).optional(),
		url: text(most.routeUrl).describe('URLPattern syntax.'),
		status: (kept ? z.number() : z.int().min(statuses.least).max(statuses.most)).optional(),
		headers: list(z.tuple([text(most.headerName), text(most.headerValue)]), most.headers).optional(),
		body: z.union([z.string(), bytes]).optional(),
		delayMs: (kept ? z.number() : z.number().min(0).max(most.delayMs)).optional(),
		failure: text(most.failureName).optional().describe('A wasi:http error code to fail with.'),
	});

	// A field for a date takes years of five and six digits, which the shared form has no room for.
	const start = kept
		? z
				.string()
				.regex(
					/^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/,
					'a date and a time',
				)
		: z.iso.datetime({ offset: true });
	const variable = z.union([text(most.variableValue), z.object({ secret: z.literal(true) })]);
	const variableName = kept ? z.string() : z.string().min(1).max(most.variableName);
	const world = z.object({
		files: z
			.record(
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
			)
			.optional(),
		variables: fields(variableName, variable, most.variables)
			.optional()
			.describe('A secret carries no value: whoever opens the scenario supplies it.'),
		routes: list(route, most.routes).optional(),
		network: z.enum(['live', 'routes-then-live', 'routes']).optional(),
		clock: z.union([z.literal('live'), z.object({ start })]).optional(),
		random: z.union([z.literal('live'), z.object({ seed: text(most.seed) })]).optional(),
		arguments: list(text(most.argument), most.arguments).optional(),
		decoyRoot: z.boolean().optional(),
	});

	const limit = z.number().min(0);

	const step = z
		.int()
		.min(1)
		.max(kept ? Number.MAX_SAFE_INTEGER : most.calls);
	const pointer = text(most.pointer).regex(
		/^(?:\/(?:[^~/]|~[01])*)*$/,
		'a JSON pointer, such as `/ok/name`, or an empty text for the whole',
	);
	const binding = z.union([
		z.strictObject({
			from: step.describe('Number of an earlier step; the first is 1.'),
			pointer: pointer.describe('JSON pointer (RFC 6901) into its result.'),
		}),
		z.strictObject({
			input: (kept ? z.string() : z.string().min(1).max(most.argumentName)).describe(
				'Name of an input of the flow that the step is a part of.',
			),
		}),
	]);
	const flow = z
		.object({
			name: text(most.flowName).regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, `-` and `_`'),
			description: text(most.description).optional(),
			steps: list(step, most.calls),
		})
		.describe('Steps that are offered together as one tool.');

	const call = z.object({
		tool: text(most.toolName),
		arguments: z.record(text(most.argumentName), anyJson),
		take: fields(text(most.argumentName), binding, most.takes)
			.optional()
			.describe(
				'Arguments that come from elsewhere, by name: from the result of an earlier step, or from whoever calls the flow. The value in `arguments` stands for them where nothing gives one.',
			),
		expect: z
			.object({
				outcome: z.enum(['result', 'err', 'error']).optional(),
				text: text(most.expectedText).optional(),
				activity: list(
					z.object({ capability: text(most.capability), target: text(most.routeUrl), outcome }),
					most.expectedDecisions,
				).optional(),
			})
			.optional(),
	});

	return z.object({
		version: z.literal(1),
		title: text(most.title).optional(),
		description: text(most.description).optional(),
		engine: text(most.engineName)
			.optional()
			.describe('A Wassette release or `documented`; default the newest release.'),
		components: list(component, most.components),
		world: world.optional(),
		limits: z
			.object({
				callMs: kept ? limit : limit.max(most.callMs),
				memoryBytes: limit,
				outputBytes: limit,
				requests: limit,
				responseBytes: limit,
				fileBytes: limit,
			})
			.partial()
			.optional(),
		calls: list(call, most.calls).optional(),
		flows: list(flow, most.flows).optional(),
		expectations: list(
			z.object({
				request: accessRequest,
				outcome,
				component: text(most.componentId).optional(),
				engine: text(most.engineName).optional(),
			}),
			most.expectations,
		).optional(),
	});
}

/** What links, files and scripts are read by: within the bounds that protect from strangers' documents. */
export const scenarioSchema = createSchema('shared');

/** What a session that this browser kept is read by: the same document without bounds on lengths and counts. */
export const keptSchema = createSchema('kept');

/** The shareable document; see docs/scenarios.md. */
export type Scenario = z.output<typeof scenarioSchema>;

/** The same as JSON Schema, as published in `scenario.schema.json`. */
export function scenarioJsonSchema(): object {
	const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' });
	return {
		$schema,
		title: 'Tapedeck scenario',
		description: 'A whole situation: components, policies, engine, world, limits, calls and expectations.',
		...schema,
	};
}
