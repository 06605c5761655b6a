import type { Recorder } from '../recorder';
import type { HostImports } from '../types';
import { formatAddress, type IpSocketAddress } from './address';
import { TcpSocket } from './tcp';
import { IncomingDatagramStream, OutgoingDatagramStream, UdpSocket } from './udp';

/** `wasi:sockets/network.network`: names the network and opens nothing. */
class Network {}

/** `wasi:sockets/ip-name-lookup.resolve-address-stream`: no lookup ever starts, so no guest holds one. */
class ResolveAddressStream {}

/**
 * `wasi:sockets`: everything is there, and every attempt to reach out is denied and recorded with its address, since no rule of a
 * policy opens sockets and a browser has none.
 */
export function createSockets(recorder: Recorder): HostImports {
	const deny = (operation: string, target: string, error: string): never => {
		recorder.record({
			capability: 'network',
			operation,
			target,
			outcome: 'deny',
			rule: null,
			reason: 'socket',
			result: error,
		});
		throw error;
	};
	const refuse = (operation: string, address: IpSocketAddress): never =>
		deny(operation, formatAddress(address), 'access-denied');
	return {
		'wasi:sockets/network': { Network, networkErrorCode: () => undefined },
		'wasi:sockets/instance-network': { instanceNetwork: () => new Network() },
		'wasi:sockets/ip-name-lookup': {
			ResolveAddressStream,
			resolveAddresses: (_network: Network, name: string) =>
				deny('resolve-addresses', name, 'permanent-resolver-failure'),
		},
		'wasi:sockets/tcp': { TcpSocket },
		'wasi:sockets/tcp-create-socket': {
			createTcpSocket: (family: 'ipv4' | 'ipv6') => new TcpSocket(family, refuse),
		},
		'wasi:sockets/udp': { IncomingDatagramStream, OutgoingDatagramStream, UdpSocket },
		'wasi:sockets/udp-create-socket': {
			createUdpSocket: (family: 'ipv4' | 'ipv6') => new UdpSocket(family, refuse),
		},
	};
}
