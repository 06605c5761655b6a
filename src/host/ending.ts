import type { GuestEnd } from './types';

/**
 * Why a call ends before its function returns. A guest can catch the exception that carries the reason, so the reason is kept here,
 * and whatever the guest asks for afterwards fails with it again.
 */
export class Ending {
	#reason: GuestEnd | null = null;
	#announce!: (reason: GuestEnd) => void;

	/** Resolves with the reason once there is one. */
	readonly whenEnded = new Promise<GuestEnd>((resolve) => {
		this.#announce = resolve;
	});

	get reason(): GuestEnd | null {
		return this.#reason;
	}

	/** Ends the call from inside a host call: throws the reason, or the earlier one where there is one. */
	end(reason: GuestEnd): never {
		throw this.note(reason);
	}

	/** Ends the call from outside any host call, where nothing could catch an exception; returns the reason that counts. */
	note(reason: GuestEnd): GuestEnd {
		if (this.#reason === null) {
			this.#reason = reason;
			this.#announce(reason);
		}
		return this.#reason;
	}

	/** Throws if the call has ended. */
	check(): void {
		if (this.#reason !== null) throw this.#reason;
	}
}
