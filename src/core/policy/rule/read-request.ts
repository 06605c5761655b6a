import { isRecord } from '../../is-record';
import { err, ok, type Result } from '../../result';
import type { AccessRequest } from '../types';

/** Reads a request that came from outside, such as a script: what has another shape must not pass for a question. Other fields are dropped. */
export function readAccessRequest(value: unknown): Result<AccessRequest, string> {
	const { kind, method, url, access, path, via, key } = isRecord(value) ? value : {};
	switch (kind) {
		case 'network':
			if (typeof url !== 'string') return err('A network request needs a `url`');
			if (method !== undefined && typeof method !== 'string') return err('`method` must be a string');
			return ok({ kind, method: method ?? 'GET', url });
		case 'storage':
			if (access !== 'read' && access !== 'write')
				return err('A storage request needs `access`: read or write');
			if (typeof path !== 'string') return err('A storage request needs a `path`');
			return ok({ kind, access, path, ...(typeof via === 'string' && { via }) });
		case 'environment':
			return typeof key === 'string' ? ok({ kind, key }) : err('An environment request needs a `key`');
		default:
			return err('A request needs a `kind`: network, storage or environment');
	}
}
