import { most } from '../limits';
import type { ObservedCall, SavedCall } from '../scenario/check-call';
import type { Scenario } from '../scenario/schema';
import type { Json } from '../wit/types';
import type { Hider } from './hider';
import { hideJson } from './hide-json';
import { hideBase64, hidePath, hideRoute } from './world';

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
	const { title, description, components, world, calls, expectations } = scenario;
	return {
		...scenario,
		...(title !== undefined && { title: hide(title).slice(0, most.title) }),
		...(description !== undefined && { description: hide(description).slice(0, most.description) }),
		components: components.map((component) => ({
			...component,
			id: hide(component.id).slice(0, most.componentId),
			source: hideSource(component.source, hider, hide),
			policy: component.policy === null ? null : hide(component.policy),
		})),
		...(world && { world: hideDescribedWorld(world, hider, hide) }),
		...(calls && { calls: calls.map((call) => hideCall(call, hider, hide)) }),
		...(expectations && {
			expectations: expectations.map((row) => ({
				...row,
				...(row.component !== undefined && { component: hide(row.component).slice(0, most.componentId) }),
				request: hideRequest(row.request, hide),
			})),
		}),
	};
}

type Request = NonNullable<Scenario['expectations']>[number]['request'];

function hideRequest(request: Request, hide: Hide): Request {
	switch (request.kind) {
		case 'network':
			return { ...request, method: hide(request.method), url: hide(request.url) };
		case 'storage':
			return { ...request, path: hide(request.path) };
		case 'environment':
			return { ...request, key: hide(request.key) };
	}
}

function hideSource(source: Source, hider: Hider, hide: Hide): Source {
	// It has to stay an address.
	if ('url' in source) return { url: hider.text(source.url, { instead: () => 'secret' }) };
	if ('oci' in source) return { oci: hide(source.oci) };
	return 'file' in source ? { file: hide(source.file) } : source;
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
								? { symlink: hide(content.symlink) }
								: content,
				]),
			),
		}),
		...(variables && {
			variables: Object.fromEntries(
				Object.entries(variables).map(([key, value]) => [
					key,
					typeof value === 'string' ? hide(value) : value,
				]),
			),
		}),
		...(routes && {
			routes: routes.map((route) => {
				const { headers, ...rest } = hideRoute(route, hider, hide, bytes);
				return {
					...rest,
					...(headers && { headers: headers.map(([name, value]) => [name, value] as [string, string]) }),
				} as NonNullable<Described['routes']>[number];
			}),
		}),
		...(typeof random === 'object' && { random: { seed: hide(random.seed) } }),
		...(args && { arguments: args.map(hide) }),
	};
}

export function hideCall(call: SavedCall, hider: Hider, hide: Hide): SavedCall {
	const { tool, arguments: args, expect } = call;
	return {
		...call,
		tool: hide(tool).slice(0, most.toolName),
		arguments: hideJson(args as Json, hider, hide) as SavedCall['arguments'],
		...(expect && {
			expect: {
				...expect,
				...(expect.text !== undefined && { text: hide(expect.text).slice(0, most.expectedText) }),
				...(expect.activity && { activity: [...hideTargets(expect.activity, hide)] }),
			},
		}),
	};
}

export const hideObserved = (observed: ObservedCall, hide: Hide): ObservedCall => ({
	...observed,
	text: hide(observed.text),
	activity: hideTargets(observed.activity, hide),
});

const hideTargets = (activity: Activity, hide: Hide): Activity =>
	activity.map((entry) => ({ ...entry, target: hide(entry.target).slice(0, most.routeUrl) })) as Activity;
