import { most } from '../limits';
import type { ObservedCall, SavedCall } from '../scenario/check-call';
import type { Scenario } from '../scenario/schema';
import type { Hider } from './hider';
import { hideJson } from './hide-json';
import { hideBase64, hidePath, hideRoute, hideTarget } from './world';

type Hide = (text: string) => string;

type Described = NonNullable<Scenario['world']>;
type Source = Scenario['components'][number]['source'];
type Activity = ObservedCall['activity'];

/**
 * A scenario with no secret in what a person or a component wrote of it. What it is made of stays: engines, digests, samples, the bytes of
 * components, and the words for outcomes and kinds. What stands in the place of a secret can be longer than it, so texts are cut to what a
 * scenario may have of each.
 */
export function hideDescription(scenario: Scenario, hider: Hider, hide: Hide): Scenario {
	const { title, description, components, world, calls, flows, expectations } = scenario;
	return {
		...scenario,
		...(title !== undefined && { title: hide(title).slice(0, most.title) }),
		...(description !== undefined && { description: hide(description).slice(0, most.description) }),
		components: components.map((component) => ({
			...component,
			id: hide(component.id).slice(0, most.componentId),
			source: hideSource(component.source, hider, hide),
			policy: component.policy === null ? null : hide(component.policy).slice(0, most.policyText),
			...(component.links && {
				links: Object.fromEntries(
					Object.entries(component.links).map(([name, id]) => [name, hide(id).slice(0, most.componentId)]),
				),
			}),
			...hideProvenance(component, hide),
		})),
		...(world && { world: hideDescribedWorld(world, hider, hide) }),
		...(calls && { calls: calls.map((call) => hideCall(call, hider, hide)) }),
		...(flows && { flows: flows.map((flow) => hideFlow(flow, hide)) }),
		...(expectations && {
			expectations: expectations.map((row) => ({
				...row,
				...(row.component !== undefined && { component: hide(row.component).slice(0, most.componentId) }),
				request: hideRequest(row.request, hide),
			})),
		}),
	};
}

type Component = Scenario['components'][number];

function hideProvenance({ signer, signatures, manifest }: Component, hide: Hide): Partial<Component> {
	return {
		...(signer && {
			signer:
				'key' in signer
					? { key: hide(signer.key).slice(0, most.publicKey) }
					: {
							identity: hide(signer.identity).slice(0, most.signerName),
							issuer: hide(signer.issuer).slice(0, most.signerName),
						},
		}),
		...(signatures && { signatures: signatures.map((text) => hide(text).slice(0, most.signatureText)) }),
		...(manifest !== undefined && { manifest: hide(manifest).slice(0, most.manifestBytes) }),
	};
}

type Request = NonNullable<Scenario['expectations']>[number]['request'];

function hideRequest(request: Request, hide: Hide): Request {
	switch (request.kind) {
		case 'network':
			return {
				...request,
				method: hide(request.method).slice(0, most.method),
				url: hide(request.url).slice(0, most.routeUrl),
			};
		case 'storage':
			return { ...request, path: hide(request.path).slice(0, most.pathBytes) };
		case 'environment':
			return { ...request, key: hide(request.key).slice(0, most.variableName) };
	}
}

function hideSource(source: Source, hider: Hider, hide: Hide): Source {
	// It has to stay an address.
	if ('url' in source) {
		const url = hider.text(source.url, { instead: () => 'secret' });
		return { url: url === source.url ? url : url.slice(0, most.sourceUrl) };
	}
	if ('oci' in source) return { oci: hide(source.oci).slice(0, most.ociReference) };
	if ('author' in source) {
		const { wit, js, wat, engine } = source.author;
		return {
			author: {
				wit: hide(wit).slice(0, most.toolWit),
				...(js !== undefined && { js: hide(js).slice(0, most.toolSource) }),
				...(wat !== undefined && { wat: hide(wat).slice(0, most.toolSource) }),
				...(engine !== undefined && { engine }),
			},
		};
	}
	return 'file' in source ? { file: hide(source.file).slice(0, most.fileName) } : source;
}

function hideDescribedWorld(world: Described, hider: Hider, hide: Hide): Described {
	const { files, variables, routes, random, arguments: args } = world;
	const bytes = (content: Uint8Array) => hider.bytes(content);
	return {
		...world,
		...(files && {
			files: Object.fromEntries(
				Object.entries(files).map(([path, content]) => [
					hidePath(path, hide),
					typeof content === 'string'
						? hide(content)
						: 'base64' in content
							? hideBase64(content.base64, bytes)
							: 'symlink' in content
								? { symlink: hideTarget(content.symlink, hide) }
								: content,
				]),
			),
		}),
		...(variables && {
			variables: Object.fromEntries(
				Object.entries(variables).map(([key, value]) => [
					key,
					typeof value === 'string' ? hide(value).slice(0, most.variableValue) : value,
				]),
			),
		}),
		...(routes && {
			routes: routes.map((route) => {
				const { headers, ...rest } = hideRoute(route, hider, hide, bytes);
				return {
					...rest,
					...(headers && { headers: headers.map(([name, value]) => [name, value] as [string, string]) }),
				};
			}),
		}),
		...(typeof random === 'object' && { random: { seed: hide(random.seed).slice(0, most.seed) } }),
		...(args && { arguments: args.map((argument) => hide(argument).slice(0, most.argument)) }),
	};
}

export function hideCall(call: SavedCall, hider: Hider, hide: Hide): SavedCall {
	const { tool, arguments: args, take, expect } = call;
	return {
		...call,
		tool: hide(tool).slice(0, most.toolName),
		arguments: hideArguments(args, hider, hide),
		...(take && { take: hideTake(take, hide) }),
		...(expect && {
			expect: {
				...expect,
				...(expect.text !== undefined && { text: hide(expect.text).slice(0, most.expectedText) }),
				...(expect.activity && { activity: [...hideTargets(expect.activity, hide)] }),
			},
		}),
	};
}

function hideTake(take: NonNullable<SavedCall['take']>, hide: Hide): NonNullable<SavedCall['take']> {
	return Object.fromEntries(
		Object.entries(take).map(([argument, binding]) => [
			hide(argument).slice(0, most.argumentName),
			'input' in binding
				? { input: hide(binding.input).slice(0, most.argumentName) }
				: { ...binding, pointer: hidePointer(binding.pointer, hide) },
		]),
	);
}

/** What is hidden of it leaves it a pointer. */
function hidePointer(pointer: string, hide: Hide): string {
	const hidden = hide(pointer);
	return hidden === pointer ? pointer : `/${hidden.replace(/[~/]/g, '')}`.slice(0, most.pointer);
}

type Flow = NonNullable<Scenario['flows']>[number];

/** Its name has to stay one. */
const hideFlow = (flow: Flow, hide: Hide): Flow => ({
	...flow,
	name: hide(flow.name) === flow.name ? flow.name : 'flow',
	...(flow.description !== undefined && {
		description: hide(flow.description).slice(0, most.description),
	}),
});

/** Names of arguments are no longer than a scenario may have them. */
function hideArguments(args: SavedCall['arguments'], hider: Hider, hide: Hide): SavedCall['arguments'] {
	const hidden = hideJson(args, hider, hide) as SavedCall['arguments'];
	if (Object.keys(hidden).every((name) => name.length <= most.argumentName)) return hidden;
	return Object.fromEntries(
		Object.entries(hidden).map(([name, value]) => [name.slice(0, most.argumentName), value]),
	);
}

export const hideObserved = (observed: ObservedCall, hide: Hide): ObservedCall => ({
	...observed,
	text: hide(observed.text),
	activity: hideTargets(observed.activity, hide),
});

const hideTargets = (activity: Activity, hide: Hide): Activity =>
	activity.map((entry) => ({ ...entry, target: hide(entry.target).slice(0, most.routeUrl) }));
