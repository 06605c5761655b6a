import type { Method } from './outgoing';

const methodTags = new Set('get head post put delete connect options trace patch'.split(' '));

/** `wasi:http/types.method` of a method's name. */
export function methodOf(name: string): Method {
	const tag = name.toLowerCase();
	return methodTags.has(tag) ? { tag } : { tag: 'other', val: name };
}
