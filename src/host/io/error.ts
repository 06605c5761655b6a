/** `wasi:io/error.error`: why a stream operation failed, with what the interface that owns the stream knows of it. */
export class IoError {
	#message: string;
	#cause: unknown;

	/** `cause` is for the owner of the stream, such as the `wasi:http` error code that `http-error-code` gives back. */
	constructor(message: string, cause?: unknown) {
		this.#message = message;
		this.#cause = cause;
	}

	toDebugString(): string {
		return this.#message;
	}

	/** What `cause` was; for hosts, no guest can call it. */
	static causeOf(error: IoError): unknown {
		return error.#cause;
	}
}

/** `wasi:io/streams.stream-error`, in the shape that is thrown for it. */
export type StreamError =
	{ readonly tag: 'closed' } | { readonly tag: 'last-operation-failed'; readonly val: IoError };

/** The stream error for a failed operation. */
export const operationFailed = (message: string, cause?: unknown): StreamError => ({
	tag: 'last-operation-failed',
	val: new IoError(message, cause),
});
