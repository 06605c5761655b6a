import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** How long a server may say nothing, in milliseconds. */
const patience = 30_000;

/** A list of networks. IPv4 and IPv6 have one each: Node takes an IPv4 address for an IPv6 one, too. */
function networks(kind, nets) {
	const list = new BlockList();
	for (const net of nets) {
		const [address, bits] = net.split('/');
		list.addSubnet(address, Number(bits), kind);
	}
	return (address) => list.check(address, kind);
}

/** Addresses that are no public server's: this computer, its network, and what stands for either. */
const isOwn4 = networks('ipv4', [
	...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
	...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'],
]);
/** All that is not global unicast, and of that what wraps an IPv4 address. */
const isOwn6 = networks('ipv6', ['::/3', '4000::/2', '8000::/1', '2002::/16', '2001::/32']);

/** Whether an IP address may be reached without being named on the command line. */
export const isPublic = (address) => !(isIP(address) === 6 ? isOwn6 : isOwn4)(address);

/** Headers that belong to a connection, which is this process's own. */
const ownHeaders = new Set([
	'host',
	'connection',
	'keep-alive',
	'proxy-connection',
	'transfer-encoding',
	'upgrade',
	'te',
	'trailer',
	'content-length',
	'expect',
]);

/**
 * Makes requests for the page, which has decided on each. None reaches this computer or its network, by a name that leads there either, unless that host is
 * among `allowPrivate`. No redirect is followed, and nothing of this computer (cookies, keys) goes along.
 */
export function createOutside(allowPrivate) {
	const bodies = new Map();
	let last = 0;

	return {
		fetch: ({ method, url, headers, body }) =>
			new Promise((resolve) => {
				const { hostname, protocol } = new URL(url);
				const host = hostname.replace(/^\[|\]$/g, '');
				const fail = (tag, detail) => resolve({ ok: false, error: { tag, detail } });
				const mayBePrivate = allowPrivate.includes(host) || allowPrivate.includes(hostname);
				const prohibited = `${host} is on this computer or its network. --allow-private ${host} lets requests there.`;
				if (isIP(host) && !mayBePrivate && !isPublic(host))
					return fail('destination-IP-prohibited', prohibited);
				const sent = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
					method,
					headers: headersOf(headers),
					agent: false,
					timeout: patience,
					// What is connected to is what was looked at: a second look might find another address.
					lookup: (name, options, done) =>
						lookup(name, { ...options, all: true }, (error, addresses) => {
							if (error) return done(error);
							if (!mayBePrivate && addresses.some(({ address }) => !isPublic(address)))
								return done(Object.assign(new Error(prohibited), { code: 'PROHIBITED' }));
							if (options.all) return done(null, addresses);
							done(null, addresses[0].address, addresses[0].family);
						}),
				});
				sent.once('timeout', () =>
					sent.destroy(Object.assign(new Error('It did not answer in time.'), { code: 'ETIMEDOUT' })),
				);
				sent.once('error', (error) => fail(tagOf(error), error.message));
				sent.once('response', (response) => {
					const id = ++last;
					bodies.set(id, { response, chunks: response[Symbol.asyncIterator]() });
					resolve({ ok: true, status: response.statusCode, headers: pairsOf(response.rawHeaders), body: id });
				});
				sent.end(body === null ? undefined : Buffer.from(body, 'base64'));
			}),
		/** The next bytes of a body, as base64; null at its end. */
		async read(id) {
			const body = bodies.get(id);
			if (!body) return null;
			const { value, done } = await body.chunks.next();
			if (done) bodies.delete(id);
			return done ? null : value.toString('base64');
		},
		cancel(id) {
			bodies.get(id)?.response.destroy();
			bodies.delete(id);
		},
	};
}

/** Names once, values as many as there are. */
function headersOf(pairs) {
	const headers = {};
	for (const [name, value] of pairs) {
		const key = name.toLowerCase();
		if (!ownHeaders.has(key)) (headers[key] ??= []).push(value);
	}
	return headers;
}

const pairsOf = (raw) => raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]]] : []));

function tagOf({ code = '' }) {
	if (code === 'PROHIBITED') return 'destination-IP-prohibited';
	if (code === 'ECONNREFUSED') return 'connection-refused';
	if (code === 'ETIMEDOUT') return 'connection-timeout';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'destination-not-found';
	return /CERT|TLS|SSL|SELF_SIGNED/.test(code) ? 'TLS-protocol-error' : 'connection-terminated';
}
