import { cases, data, readOnly } from '../../src/host/filesystem/cases';
import { treeOf } from '../../src/host/filesystem/layout';
import { guest, outcome, preopen, release } from '../../src/host/filesystem/testing';
import urls from '../../src/core/url.cases.json';
import { composeUrl, parseUrl } from '../../src/core/url';

/** One case, and what this browser makes of it. */
export interface CaseAnswer {
	readonly id: string;
	/** The first is what we want; the others are right as well. */
	readonly expected: readonly string[];
	readonly answer: string;
}

/** The tables of the host, answered in this browser. */
export interface HostCases {
	files(): CaseAnswer[];
	urls(): CaseAnswer[];
}

function answerFileCase(operation: (typeof cases)[number][2]): string {
	const files = new Map([...treeOf(data, '/data'), ...treeOf(readOnly, '/fixed')]);
	const { dir } = guest(files, release(preopen('/data', 'rw'), preopen('/fixed', 'r')));
	const D = dir('/data');
	const C = D.openAt({}, 'dir', { directory: true }, { read: true, mutateDirectory: true });
	return outcome(() => operation({ D, R: dir('/fixed'), C }));
}

interface ParseCase {
	readonly url: string;
	readonly result: string;
	readonly reason?: string;
	readonly scheme?: string;
	readonly host?: string;
	readonly port?: string;
}

interface ComposeCase {
	readonly scheme: string;
	readonly authority?: string;
	readonly path?: string;
	readonly url: string | null;
}

function answerParse(text: string): string {
	const parsed = parseUrl(text);
	if (!parsed.ok) return `refuse ${parsed.error.reason}`;
	const { scheme, host, port } = parsed.value;
	return `${scheme} ${host} ${port}`;
}

const hostCases: HostCases = {
	files: () =>
		cases.map(([id, , operation, expected]) => ({ id, expected, answer: answerFileCase(operation) })),
	urls: () => [
		...(urls.parse as ParseCase[]).map(({ url, result, reason, scheme, host, port }) => ({
			id: url,
			expected: [result === 'ok' ? `${scheme} ${host} ${port}` : `refuse ${reason}`],
			answer: answerParse(url),
		})),
		...(urls.compose as ComposeCase[]).map(({ url, ...parts }) => {
			const composed = composeUrl(parts);
			return {
				id: JSON.stringify(parts),
				expected: [url ?? 'refused'],
				answer: composed.ok ? composed.value.href : 'refused',
			};
		}),
	],
};

declare global {
	interface Window {
		hostCases: HostCases;
	}
}

window.hostCases = hostCases;
