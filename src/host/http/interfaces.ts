import type { HostImports } from '../types';
import { httpErrorCode } from './error-code';
import { Fields } from './fields';
import { FutureIncomingResponse } from './future-response';
import { FutureTrailers, IncomingBody, IncomingResponse } from './incoming';
import { OutgoingBody } from './outgoing-body';
import { createOutgoingHandler, type HandlerParts } from './outgoing-handler';
import { OutgoingRequest, OutgoingResponse, RequestOptions } from './outgoing';
import { IncomingRequest, ResponseOutparam } from './service';

/** `wasi:http`: as a client, and what a component is handed that serves requests. */
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
