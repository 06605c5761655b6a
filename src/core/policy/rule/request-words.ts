import { parseUrl } from '../../url';
import type { AccessRequest } from '../types';

/** A request in a few words that complete "denied: …" or "allow …": `read /data/a.txt`, `GET https://a.test/`, `env KEY`. */
export function requestWords(request: AccessRequest): string {
	switch (request.kind) {
		case 'network':
			return `${request.method} ${request.url}`;
		case 'storage':
			return `${request.access} ${request.path}`;
		case 'environment':
			return `env ${request.key}`;
	}
}

/** What a request is for, as the end of a sentence: `to read /data/a.txt`. */
export function requestPurpose(request: AccessRequest): string {
	switch (request.kind) {
		case 'network': {
			const url = parseUrl(request.url);
			return url.ok
				? `to reach ${url.value.writtenHost} over ${url.value.scheme}`
				: `to reach ${request.url}`;
		}
		case 'storage':
			return `to ${request.access} ${request.path}`;
		case 'environment':
			return `to see the variable ${request.key}`;
	}
}
