import { fromBase64, toBase64 } from '../base64';
import type { FileNode } from '../files';
import { most } from '../limits';
import { exceedsBytes } from '../path';
import type { Route, World } from '../world';
import type { Hider } from './hider';

type Hide = (text: string) => string;

/** A world in which no secret stands but in the values of secret variables. */
export function hideWorld(
	world: World,
	hider: Hider,
	hide: Hide,
	hideBytes: (bytes: Uint8Array) => Uint8Array,
): World {
	const node = (file: FileNode): FileNode => {
		if (file.kind === 'symlink') return { ...file, target: hideTarget(file.target, hide) };
		if (file.kind !== 'file' || !file.content) return file;
		const content = hideBytes(file.content);
		return content === file.content ? file : { ...file, content, size: content.length };
	};
	return {
		...world,
		files: new Map([...world.files].map(([path, file]) => [hidePath(path, hide), node(file)])),
		variables: new Map(
			[...world.variables].map(([key, { value, secret }]) => [
				key,
				{ value: secret ? value : hide(value).slice(0, most.variableValue), secret },
			]),
		),
		routes: world.routes.map((route) => hideRoute(route, hider, hide, hideBytes)),
		random: world.random === 'live' ? 'live' : { seed: hide(world.random.seed).slice(0, most.seed) },
		arguments: world.arguments.map((argument) => hide(argument).slice(0, most.argument)),
	};
}

/** A path stays absolute, and one that a file can have, whatever is hidden in it. */
export function hidePath(path: string, hide: Hide): string {
	const hidden = hide(path);
	if (hidden === path) return path;
	const names = hidden.split('/').filter((name) => name !== '');
	const whole = `/${names.map((name) => cutToBytes(name, most.nameBytes)).join('/')}`;
	return cutToBytes(whole, most.pathBytes).replace(/(?!^)\/$/, '');
}

/** The target of a link, no longer than one can be. */
export const hideTarget = (target: string, hide: Hide): string => {
	const hidden = hide(target);
	return hidden === target ? target : cutToBytes(hidden, most.pathBytes);
};

/** The beginning of a text, of at most so many bytes of UTF-8; no character is cut in two. */
function cutToBytes(text: string, bytes: number): string {
	if (!exceedsBytes(text, bytes)) return text;
	const beginning = text.slice(0, bytes);
	return beginning.slice(0, new TextEncoder().encodeInto(beginning, new Uint8Array(bytes)).read);
}

/** A route whose pattern takes anything where a secret stands. */
export function hideRoute(
	route: Route,
	hider: Hider,
	hide: Hide,
	hideBytes: (bytes: Uint8Array) => Uint8Array,
): Route {
	const { method, url, headers, body } = route;
	return {
		...route,
		...(method !== undefined && { method: hide(method).slice(0, most.method) }),
		url: hider.text(url, { instead: () => '*' }),
		...(headers && {
			headers: headers.map(
				([name, value]) =>
					[hide(name).slice(0, most.headerName), hide(value).slice(0, most.headerValue)] as const,
			),
		}),
		...(body !== undefined && {
			body: typeof body === 'string' ? hide(body) : hideBase64(body.base64, hideBytes),
		}),
	};
}

/** Bytes in base64; the same text where no secret stands in them. */
export function hideBase64(base64: string, hideBytes: (bytes: Uint8Array) => Uint8Array): { base64: string } {
	const bytes = fromBase64(base64);
	const hidden = hideBytes(bytes);
	return { base64: hidden === bytes ? base64 : toBase64(hidden) };
}
