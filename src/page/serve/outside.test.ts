import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/wit/types';
import type { Broker } from '../../sandbox/broker/create-broker';
import { throughCommand } from './outside';
import type { Errand } from './post';

/** A command that answers by address, and what it was asked. */
function commandWith(answers: Record<string, { readonly status: number; readonly location?: string }>) {
	const asked: string[] = [];
	const ask = async ({ what, with: given }: Errand): Promise<Json> => {
		if (what === 'read-body') return null;
		if (what !== 'fetch') return null;
		const { url, headers } = given as { url: string; headers: [string, string][] };
		asked.push([url, ...headers.map(([name]) => name)].join(' '));
		const answer = answers[url];
		if (!answer) return { ok: false, error: { tag: 'connection-refused' } };
		const { status, location } = answer;
		return { ok: true, status, headers: location ? [['Location', location]] : [], body: 1 };
	};
	return { asked, broker: throughCommand({} as Broker, { ask }) };
}

const redirect = (location: string) => ({ status: 302, location });

describe('what a person named, fetched by the command', () => {
	test('is followed to hosts that were shown, without what was meant for the first', async () => {
		const { asked, broker } = commandWith({
			'https://a.test/x': redirect('/y'),
			'https://a.test/y': redirect('https://cdn.test/z'),
			'https://cdn.test/z': { status: 200 },
		});
		const headers = [['authorization', 'Bearer t']] as const;
		const response = await broker.fetchNamed('https://a.test/x', { origins: ['https://cdn.test'], headers });
		expect(response).toMatchObject({ ok: true, status: 200 });
		expect(asked).toEqual([
			'https://a.test/x authorization',
			'https://a.test/y authorization',
			'https://cdn.test/z',
		]);
	});

	test.each([
		['a host that was not shown', 'https://elsewhere.test/'],
		['a host of the own network', 'http://127.0.0.1/'],
		['plain http', 'http://a.test/'],
	])('is not followed to %s', async (_, to) => {
		const { asked, broker } = commandWith({ 'https://a.test/x': redirect(to), [to]: { status: 200 } });
		expect(await broker.fetchNamed('https://a.test/x')).toMatchObject({
			ok: false,
			error: { cause: 'redirect' },
		});
		expect(asked).toEqual(['https://a.test/x']);
	});

	test('is not followed for ever', async () => {
		const { asked, broker } = commandWith({ 'https://a.test/x': redirect('https://a.test/x') });
		expect(await broker.fetchNamed('https://a.test/x')).toMatchObject({ ok: false });
		expect(asked).toHaveLength(6);
	});
});

test('a component is handed a redirect: what it asks for then is decided like anything', async () => {
	const { asked, broker } = commandWith({ 'https://a.test/x': redirect('https://b.test/') });
	const request = { method: 'GET', url: 'https://a.test/x', headers: [], body: null };
	const timeouts = { connectMs: null, firstByteMs: null, betweenBytesMs: null };
	const response = await broker.fetchLive({ ...request, timeouts }, {} as never);
	expect(response).toMatchObject({ ok: true, status: 302, headers: [['Location', 'https://b.test/']] });
	expect(asked).toEqual(['https://a.test/x']);
});
