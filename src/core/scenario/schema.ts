import { z } from 'zod';

const maxText = 64 * 2 ** 10;

const bytes = z.object({ base64: z.base64() }).describe('Binary content.');
const path = z
	.string()
	.max(4096)
	.regex(/^\/(?!.*(?:\/\/|\/\.{1,2}(?:\/|$)|\0)).*$/s, 'an absolute path without empty, `.` or `..` segments')
	.describe('Absolute path in the world.');

const source = z
	.union([
		z.strictObject({ sample: z.string().max(64) }),
		z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) }),
		z.strictObject({ oci: z.string().max(512) }),
		z.strictObject({ bytes: z.base64url() }),
		z.strictObject({ file: z.string().max(255) }),
	])
	.describe(
		'A sample, an address, an OCI reference, the bytes themselves, or a file that the reader supplies.',
	);

const accessRequest = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('network'), method: z.string().max(32), url: z.string().max(8192) }),
	z.object({ kind: z.literal('storage'), access: z.enum(['read', 'write']), path: z.string().max(4096) }),
	z.object({ kind: z.literal('environment'), key: z.string().max(1024) }),
]);

const outcome = z.enum(['allow', 'deny']);

const component = z.object({
	id: z.string().min(1).max(128),
	source,
	sha256: z
		.string()
		.regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')
		.optional(),
	policy: z
		.string()
		.max(maxText)
		.nullable()
		.describe('Verbatim YAML; null is a component with no policy attached.'),
	standIns: z
		.boolean()
		.optional()
		.describe('Imports that nobody provides get plain default answers; default false.'),
});

const route = z.object({
	method: z.string().max(32).optional(),
	url: z.string().max(8192).describe('URLPattern syntax.'),
	status: z.int().min(100).max(599).optional(),
	headers: z
		.array(z.tuple([z.string().max(256), z.string().max(8192)]))
		.max(128)
		.optional(),
	body: z.union([z.string(), bytes]).optional(),
	delayMs: z.number().min(0).max(120_000).optional(),
	failure: z.string().max(64).optional().describe('A wasi:http error code to fail with.'),
});

const world = z.object({
	files: z
		.record(
			path,
			z.union([
				z.string(),
				bytes,
				z.object({ symlink: z.string().max(4096) }),
				z.object({ directory: z.literal(true) }),
			]),
		)
		.optional(),
	variables: z
		.record(
			z.string().min(1).max(1024),
			z.union([z.string().max(maxText), z.object({ secret: z.literal(true) })]),
		)
		.optional()
		.describe('A secret carries no value: whoever opens the scenario supplies it.'),
	routes: z.array(route).max(1024).optional(),
	network: z.enum(['live', 'routes-then-live', 'routes']).optional(),
	clock: z.union([z.literal('live'), z.object({ start: z.iso.datetime({ offset: true }) })]).optional(),
	random: z.union([z.literal('live'), z.object({ seed: z.string().max(1024) })]).optional(),
	arguments: z.array(z.string().max(4096)).max(256).optional(),
	decoyRoot: z.boolean().optional(),
});

const limit = z.number().min(0);

const call = z.object({
	tool: z.string().max(128),
	arguments: z.record(z.string().max(1024), z.unknown()),
	expect: z
		.object({
			outcome: z.enum(['result', 'err', 'error']).optional(),
			text: z.string().max(maxText).optional(),
			activity: z
				.array(z.object({ capability: z.string().max(32), target: z.string().max(8192), outcome }))
				.max(10_000)
				.optional(),
		})
		.optional(),
});

/** Unknown fields are dropped, save in a source, which says where bytes come from. */
export const scenarioSchema = z.object({
	version: z.literal(1),
	title: z.string().max(200).optional(),
	description: z.string().max(10_000).optional(),
	engine: z
		.string()
		.max(32)
		.optional()
		.describe('A Wassette release or `documented`; default the newest release.'),
	components: z.array(component).max(16),
	world: world.optional(),
	limits: z
		.object({
			callMs: limit.max(120_000),
			memoryBytes: limit,
			outputBytes: limit,
			requests: limit,
			responseBytes: limit,
			fileBytes: limit,
		})
		.partial()
		.optional(),
	calls: z.array(call).max(1024).optional(),
	expectations: z
		.array(
			z.object({
				request: accessRequest,
				outcome,
				component: z.string().max(128).optional(),
				engine: z.string().max(32).optional(),
			}),
		)
		.max(1024)
		.optional(),
});

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
