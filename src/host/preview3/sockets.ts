import type { Recorder } from '../recorder';
import { formatAddress, type IpSocketAddress } from '../sockets/address';
import type { HostImports } from '../types';
import type { Outcome } from './streams';

interface Code {
	readonly tag: string;
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}

/** Denies an attempt, which is recorded, with this code. */
type Deny = (operation: string, target: string, code: Code) => never;

const unconnected = (): never => {
	throw { tag: 'invalid-state' } satisfies Code;
};
const unsettable = (): never => {
	throw { tag: 'not-supported' } satisfies Code;
};

/** `wasi:sockets` 0.3: sockets can be made, and every attempt to reach out with one is denied and recorded with its address. */
export function createSockets3(recorder: Recorder): HostImports {
	const deny: Deny = (operation, target, code) => {
		const asked = { capability: 'network', operation, target, outcome: 'deny', rule: null } as const;
		recorder.record({ ...asked, reason: 'socket', result: code.tag });
		throw code;
	};
	return {
		'wasi:sockets/types@0.3': socketsThat(deny),
		'wasi:sockets/ip-name-lookup@0.3': {
			resolveAddresses: async (name: string) =>
				deny('resolve-addresses', name, { tag: 'permanent-resolver-failure' }),
		},
	};
}

function socketsThat(deny: Deny) {
	const refuse = (operation: string, address: IpSocketAddress): never =>
		deny(operation, formatAddress(address), { tag: 'access-denied' });

	/** What sockets of both kinds have. */
	class Socket {
		readonly #family: string;

		protected constructor(family: string) {
			this.#family = family;
		}

		bind(address: IpSocketAddress): void {
			refuse('bind', address);
		}

		getLocalAddress = unconnected;
		getRemoteAddress = unconnected;
		getAddressFamily = (): string => this.#family;
		getReceiveBufferSize = unsettable;
		setReceiveBufferSize = unsettable;
		getSendBufferSize = unsettable;
		setSendBufferSize = unsettable;
	}

	class TcpSocket extends Socket {
		static create = (family: string): TcpSocket => new TcpSocket(family);

		async connect(address: IpSocketAddress): Promise<void> {
			refuse('connect', address);
		}

		listen = unconnected;
		send = async (_data: unknown): Promise<Outcome<Code>> => ({ tag: 'err', val: { tag: 'invalid-state' } });
		receive = (): [AsyncIterable<never>, Promise<Outcome<Code>>] => [
			nothing(),
			Promise.resolve({ tag: 'err', val: { tag: 'invalid-state' } }),
		];
		getIsListening = (): boolean => false;
		setListenBacklogSize = unsettable;
		getKeepAliveEnabled = unsettable;
		setKeepAliveEnabled = unsettable;
		getKeepAliveIdleTime = unsettable;
		setKeepAliveIdleTime = unsettable;
		getKeepAliveInterval = unsettable;
		setKeepAliveInterval = unsettable;
		getKeepAliveCount = unsettable;
		setKeepAliveCount = unsettable;
		getHopLimit = unsettable;
		setHopLimit = unsettable;
	}

	class UdpSocket extends Socket {
		static create = (family: string): UdpSocket => new UdpSocket(family);

		connect(address: IpSocketAddress): void {
			refuse('connect', address);
		}

		disconnect = unconnected;

		async send(_data: Uint8Array, address: IpSocketAddress | undefined): Promise<void> {
			if (address) refuse('send', address);
			unconnected();
		}

		receive = async (): Promise<never> => unconnected();
		getUnicastHopLimit = unsettable;
		setUnicastHopLimit = unsettable;
	}

	return { TcpSocket, UdpSocket };
}
