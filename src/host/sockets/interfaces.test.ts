import { describe, expect, test } from 'vitest';
import { Ending } from '../ending';
import { Recorder } from '../recorder';
import { FakeWorld, thrownBy } from '../testing/world';
import { formatAddress, type IpSocketAddress } from './address';
import { createSockets } from './interfaces';
import type { TcpSocket } from './tcp';
import type { UdpSocket } from './udp';

const v4: IpSocketAddress = { tag: 'ipv4', val: { port: 80, address: [1, 2, 3, 4] } };
const v6 = (address: number[], port = 53): IpSocketAddress => ({ tag: 'ipv6', val: { port, address } });

function make() {
	const world = new FakeWorld();
	const imports = createSockets(new Recorder(world.ports, new Ending()));
	const members = Object.assign({}, ...Object.values(imports)) as {
		createTcpSocket(family: 'ipv4' | 'ipv6'): TcpSocket;
		createUdpSocket(family: 'ipv4' | 'ipv6'): UdpSocket;
		instanceNetwork(): object;
		resolveAddresses(network: object, name: string): never;
	};
	return { world, network: members.instanceNetwork(), ...members };
}

describe('sockets', () => {
	test('are refused access, with the address on record', () => {
		const { world, network, createTcpSocket, createUdpSocket } = make();
		const tcp = createTcpSocket('ipv4');
		const udp = createUdpSocket('ipv6');
		for (const attempt of [
			() => tcp.startConnect(network, v4),
			() => tcp.startBind(network, v4),
			() => udp.startBind(network, v6([0, 0, 0, 0, 0, 0, 0, 1])),
			() => udp.stream(v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x35])),
		])
			expect(thrownBy(attempt)).toBe('access-denied');
		expect(world.calls.map(({ operation, target }) => `${operation} ${target}`)).toEqual([
			'tcp connect 1.2.3.4:80',
			'tcp bind 1.2.3.4:80',
			'udp bind [::1]:53',
			'udp connect [2001:db8::35]:53',
		]);
		expect(world.calls[0]).toMatchObject({
			capability: 'network',
			outcome: 'deny',
			rule: null,
			reason: 'socket',
			result: 'access-denied',
		});
	});

	test('resolve no names, and the name is on record', () => {
		const { world, network, resolveAddresses } = make();
		expect(thrownBy(() => resolveAddresses(network, 'evil.example'))).toBe('permanent-resolver-failure');
		expect(world.calls).toMatchObject([
			{ operation: 'resolve-addresses', target: 'evil.example', outcome: 'deny', reason: 'socket' },
		]);
	});

	test('can be made and adjusted, which reaches nobody', () => {
		const { world, createTcpSocket, createUdpSocket } = make();
		const tcp = createTcpSocket('ipv6');
		const udp = createUdpSocket('ipv4');
		tcp.setKeepAliveEnabled(true);
		tcp.setKeepAliveIdleTime(5n);
		tcp.setKeepAliveInterval(6n);
		tcp.setKeepAliveCount(7);
		tcp.setHopLimit(8);
		tcp.setReceiveBufferSize(9n);
		tcp.setSendBufferSize(10n);
		tcp.setListenBacklogSize(11n);
		udp.setUnicastHopLimit(12);
		udp.setReceiveBufferSize(13n);
		udp.setSendBufferSize(14n);
		expect([
			tcp.addressFamily(),
			tcp.isListening(),
			tcp.keepAliveEnabled(),
			tcp.keepAliveIdleTime(),
			tcp.keepAliveInterval(),
			tcp.keepAliveCount(),
			tcp.hopLimit(),
			tcp.receiveBufferSize(),
			tcp.sendBufferSize(),
		]).toEqual(['ipv6', false, true, 5n, 6n, 7, 8, 9n, 10n]);
		expect([
			udp.addressFamily(),
			udp.unicastHopLimit(),
			udp.receiveBufferSize(),
			udp.sendBufferSize(),
		]).toEqual(['ipv4', 12, 13n, 14n]);
		expect(tcp.subscribe().ready() && udp.subscribe().ready()).toBe(true);
		expect(thrownBy(() => tcp.setHopLimit(0))).toBe('invalid-argument');
		expect(thrownBy(() => udp.setSendBufferSize(0n))).toBe('invalid-argument');
		expect(world.calls).toEqual([]);
	});

	test('say that nothing was begun', () => {
		const { createTcpSocket, createUdpSocket } = make();
		const tcp = createTcpSocket('ipv4');
		const udp = createUdpSocket('ipv4');
		const failures = (socket: TcpSocket | UdpSocket, names: string[]) =>
			names.map((name) =>
				thrownBy(() => (socket as unknown as Record<string, () => void>)[name]?.call(socket)),
			);
		expect(new Set(failures(tcp, ['finishBind', 'finishConnect', 'finishListen']))).toEqual(
			new Set(['not-in-progress']),
		);
		expect(
			new Set(failures(tcp, ['startListen', 'accept', 'localAddress', 'remoteAddress', 'shutdown'])),
		).toEqual(new Set(['invalid-state']));
		expect(failures(udp, ['finishBind'])).toEqual(['not-in-progress']);
		expect(new Set(failures(udp, ['localAddress', 'remoteAddress', 'stream']))).toEqual(
			new Set(['invalid-state']),
		);
	});
});

describe('an address', () => {
	test.each<[number[], string]>([
		[[0, 0, 0, 0, 0, 0, 0, 0], '[::]:53'],
		[[1, 0, 0, 0, 0, 0, 0, 0], '[1::]:53'],
		[[0x2001, 0xdb8, 0, 1, 0, 0, 0, 1], '[2001:db8:0:1::1]:53'],
		[[1, 0, 0, 2, 0, 0, 3, 4], '[1::2:0:0:3:4]:53'],
		[[1, 0, 2, 3, 4, 5, 6, 7], '[1:0:2:3:4:5:6:7]:53'],
		[[0xffff, 2, 3, 4, 5, 6, 7, 0xabcd], '[ffff:2:3:4:5:6:7:abcd]:53'],
	])('of groups %j reads %s', (groups, text) => {
		expect(formatAddress(v6(groups))).toBe(text);
	});
});
