import { Pollable } from '../io/poll';
import { alwaysReady, suspend } from '../io/readiness';
import type { IpSocketAddress } from './address';
import { bufferSize, hopLimit } from './socket-options';
import type { Refuse } from './tcp';

/** `wasi:sockets/udp.incoming-datagram-stream`: no socket is ever bound, so no guest holds one. */
export class IncomingDatagramStream {}

/** `wasi:sockets/udp.outgoing-datagram-stream`: no socket is ever bound, so no guest holds one. */
export class OutgoingDatagramStream {}

/** `wasi:sockets/udp.udp-socket`, as Wassette hands it out: it can be made and adjusted, and is never bound. */
export class UdpSocket {
	#family: 'ipv4' | 'ipv6';
	#refuse: Refuse;
	#hopLimit = hopLimit();
	#receiveBuffer = bufferSize();
	#sendBuffer = bufferSize();

	constructor(family: 'ipv4' | 'ipv6', refuse: Refuse) {
		this.#family = family;
		this.#refuse = refuse;
	}

	startBind(_network: unknown, address: IpSocketAddress): never {
		return this.#refuse('udp bind', address);
	}
	finishBind(): never {
		throw 'not-in-progress';
	}
	stream(remote: IpSocketAddress | undefined): never {
		if (remote) return this.#refuse('udp connect', remote);
		throw 'invalid-state';
	}
	localAddress(): never {
		throw 'invalid-state';
	}
	remoteAddress(): never {
		throw 'invalid-state';
	}
	addressFamily(): 'ipv4' | 'ipv6' {
		return this.#family;
	}
	unicastHopLimit(): number {
		return this.#hopLimit.get();
	}
	setUnicastHopLimit(value: number): void {
		this.#hopLimit.set(value);
	}
	receiveBufferSize(): bigint {
		return this.#receiveBuffer.get();
	}
	setReceiveBufferSize(value: bigint): void {
		this.#receiveBuffer.set(value);
	}
	sendBufferSize(): bigint {
		return this.#sendBuffer.get();
	}
	setSendBufferSize(value: bigint): void {
		this.#sendBuffer.set(value);
	}
	subscribe(): Pollable {
		return new Pollable(alwaysReady, suspend);
	}
}
