import { utf8Fault } from '../../core/wit/utf8-fault';

/**
 * Makes the decoders that generated code creates as strict as the runtime inside Wassette: text that is no UTF-8 ends a call, and a mark
 * of byte order at its start stays. A decoder that is created with a label is as it was.
 */
export function makeTextStrict(): void {
	const Decoder = globalThis.TextDecoder;
	const decode = Decoder.prototype.decode;
	class StrictDecoder extends Decoder {
		readonly #strict: boolean;

		constructor(label?: string, options?: TextDecoderOptions) {
			super(label, label === undefined ? { fatal: true, ignoreBOM: true } : options);
			this.#strict = label === undefined;
		}

		override decode(bytes?: AllowSharedBufferSource, options?: TextDecodeOptions): string {
			try {
				return decode.call(this, bytes, options);
			} catch (error) {
				const fault = this.#strict && bytes instanceof Uint8Array ? utf8Fault(bytes) : null;
				throw fault === null ? error : new Error(fault);
			}
		}
	}
	globalThis.TextDecoder = StrictDecoder;
}
