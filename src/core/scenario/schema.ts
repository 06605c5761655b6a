import type { Json } from '../wit/types';
import { z } from 'zod';
import { most } from '../limits';
import { schemaTerms, type DocumentBounds, type SchemaTerms } from './schema-terms';
import { worldSchema } from './world-schema';

/** Whatever a document of JSON holds: what is read here was one, or is about to be. */
const anyJson = z.unknown() as z.ZodType<Json>;

function sourceSchema({ kept, text }: SchemaTerms) {
	const url = z.url({ protocol: /^https?$/ });
	return z
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
}

function componentSchema(terms: SchemaTerms) {
	const { kept, text, list, fields } = terms;
	const signer = z
		.union([
			z.strictObject({ identity: text(most.signerName).min(1), issuer: text(most.signerName).min(1) }),
			z.strictObject({ key: text(most.publicKey) }),
		])
		.describe('An identity with who vouches for it, as certificates write them, or a public key as PEM.');

	return z.object({
		id: kept ? z.string() : z.string().min(1).max(most.componentId),
		source: sourceSchema(terms),
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
}

const outcome = z.enum(['allow', 'deny']);

function expectationSchema({ text }: SchemaTerms) {
	const accessRequest = z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('network'), method: text(most.method), url: text(most.routeUrl) }),
		z.object({ kind: z.literal('storage'), access: z.enum(['read', 'write']), path: text(most.pathBytes) }),
		z.object({ kind: z.literal('environment'), key: text(most.variableName) }),
	]);
	return z.object({
		request: accessRequest,
		outcome,
		component: text(most.componentId).optional(),
		engine: text(most.engineName).optional(),
	});
}

/** The number of a step; the first is 1. */
const stepSchema = ({ kept }: SchemaTerms) =>
	z
		.int()
		.min(1)
		.max(kept ? Number.MAX_SAFE_INTEGER : most.calls);

/** Where an argument comes from, if not from the call itself. */
function bindingSchema(terms: SchemaTerms) {
	const { kept, text } = terms;
	const pointer = text(most.pointer).regex(
		/^(?:\/(?:[^~/]|~[01])*)*$/,
		'a JSON pointer, such as `/ok/name`, or an empty text for the whole',
	);
	return z.union([
		z.strictObject({
			from: stepSchema(terms).describe('Number of an earlier step; the first is 1.'),
			pointer: pointer.describe('JSON pointer (RFC 6901) into its result.'),
		}),
		z.strictObject({
			input: (kept ? z.string() : z.string().min(1).max(most.argumentName)).describe(
				'Name of an input of the flow that the step is a part of.',
			),
		}),
	]);
}

function flowSchema(terms: SchemaTerms) {
	const { text, list } = terms;
	return z
		.object({
			name: text(most.flowName).regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, `-` and `_`'),
			description: text(most.description).optional(),
			steps: list(stepSchema(terms), most.calls),
		})
		.describe('Steps that are offered together as one tool.');
}

function callSchema(terms: SchemaTerms) {
	const { text, list, fields } = terms;
	return z.object({
		tool: text(most.toolName),
		arguments: z.record(text(most.argumentName), anyJson),
		take: fields(text(most.argumentName), bindingSchema(terms), most.takes)
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
}

/** Unknown fields are dropped, save in a source, which says where bytes come from. */
function createSchema(bounds: DocumentBounds) {
	const terms = schemaTerms(bounds);
	const { kept, text, list } = terms;
	const limit = z.number().min(0);
	return z.object({
		version: z.literal(1),
		title: text(most.title).optional(),
		description: text(most.description).optional(),
		engine: text(most.engineName)
			.optional()
			.describe('A Wassette release or `documented`; default the newest release.'),
		components: list(componentSchema(terms), most.components),
		world: worldSchema(terms).optional(),
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
		calls: list(callSchema(terms), most.calls).optional(),
		flows: list(flowSchema(terms), most.flows).optional(),
		expectations: list(expectationSchema(terms), most.expectations).optional(),
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
