import { GuestTrap, type HostImports } from '../types';
import { httpErrorCode } from './error-code';
import { Fields } from './fields';
import { FutureIncomingResponse } from './future-response';
import { FutureTrailers, IncomingBody, IncomingResponse } from './incoming';
import { OutgoingBody } from './outgoing-body';
import { createOutgoingHandler, type HandlerParts } from './outgoing-handler';
import { OutgoingRequest, OutgoingResponse, RequestOptions } from './outgoing';

/** `wasi:http/types.incoming-request`. Nobody sends requests to a component here, so no guest ever holds one. */
class IncomingRequest {}

/** `wasi:http/types.response-outparam`. No guest ever holds one, for the same reason. */
class ResponseOutparam {
	static set(): never {
		throw new GuestTrap('no request is being served');
	}
}

/** `wasi:http`, as a client. */
export function createHttp(parts: HandlerParts): HostImports {
	return {
		'wasi:http/types': {
			Fields,
			FutureIncomingResponse,
			FutureTrailers,
			IncomingBody,
			IncomingRequest,
			IncomingResponse,
			OutgoingBody,
			OutgoingRequest,
			OutgoingResponse,
			RequestOptions,
			ResponseOutparam,
			httpErrorCode,
		},
		'wasi:http/outgoing-handler': createOutgoingHandler(parts),
	};
}
