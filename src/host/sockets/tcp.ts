import { Pollable } from '../io/poll';
import { alwaysReady, suspend } from '../io/readiness';
import type { IpSocketAddress } from './address';
import { bufferSize, hopLimit, SocketOption } from './socket-options';

/** Records a refused attempt to use the network, and throws the error code for it. */
export type Refuse = (operation: string, address: IpSocketAddress) => never;

/**
 * `wasi:sockets/tcp.tcp-socket`, as Wassette hands it out: it can be made and adjusted, and every attempt to reach or to be
 * reached is refused. So it is never bound, connected or listening.
 */
export class TcpSocket {
	#family: 'ipv4' | 'ipv6';
	#refuse: Refuse;
	#keepAlive = false;
	#idleTime = new SocketOption<bigint>(7_200_000_000_000n);
	#interval = new SocketOption<bigint>(75_000_000_000n);
	#count = new SocketOption<number>(9);
	#hopLimit = hopLimit();
	#receiveBuffer = bufferSize();
	#sendBuffer = bufferSize();
	#backlog = new SocketOption<bigint>(128n);

	constructor(family: 'ipv4' | 'ipv6', refuse: Refuse) {
		this.#family = family;
		this.#refuse = refuse;
	}

	startBind(_network: unknown, address: IpSocketAddress): never {
		return this.#refuse('tcp bind', address);
	}
	finishBind(): never {
		throw 'not-in-progress';
	}
	startConnect(_network: unknown, address: IpSocketAddress): never {
		return this.#refuse('tcp connect', address);
	}
	finishConnect(): never {
		throw 'not-in-progress';
	}
	startListen(): never {
		throw 'invalid-state';
	}
	finishListen(): never {
		throw 'not-in-progress';
	}
	accept(): never {
		throw 'invalid-state';
	}
	localAddress(): never {
		throw 'invalid-state';
	}
	remoteAddress(): never {
		throw 'invalid-state';
	}
	shutdown(): never {
		throw 'invalid-state';
	}
	isListening(): boolean {
		return false;
	}
	addressFamily(): 'ipv4' | 'ipv6' {
		return this.#family;
	}
	setListenBacklogSize(value: bigint): void {
		this.#backlog.set(value);
	}
	keepAliveEnabled(): boolean {
		return this.#keepAlive;
	}
	setKeepAliveEnabled(value: boolean): void {
		this.#keepAlive = value;
	}
	keepAliveIdleTime(): bigint {
		return this.#idleTime.get();
	}
	setKeepAliveIdleTime(value: bigint): void {
		this.#idleTime.set(value);
	}
	keepAliveInterval(): bigint {
		return this.#interval.get();
	}
	setKeepAliveInterval(value: bigint): void {
		this.#interval.set(value);
	}
	keepAliveCount(): number {
		return this.#count.get();
	}
	setKeepAliveCount(value: number): void {
		this.#count.set(value);
	}
	hopLimit(): number {
		return this.#hopLimit.get();
	}
	setHopLimit(value: number): void {
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
