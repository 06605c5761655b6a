/** A number that a socket keeps: read as it is, set to anything but zero. */
export class SocketOption<T extends bigint | number> {
	#value: T;

	constructor(initial: T) {
		this.#value = initial;
	}

	get(): T {
		return this.#value;
	}

	/** Throws `invalid-argument` for zero, as Wasmtime does. */
	set(value: T): void {
		if (Number(value) === 0) throw 'invalid-argument';
		this.#value = value;
	}
}

/** What sockets of both kinds start with. */
export const hopLimit = () => new SocketOption<number>(64);
export const bufferSize = () => new SocketOption<bigint>(65_536n);
