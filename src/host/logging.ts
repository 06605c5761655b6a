import type { WriteOutput } from './cli/output';
import type { HostImports } from './types';

/** `wasi:logging/logging`: a line on stderr for each message, and a part of the output limit. */
export function createLogging(write: WriteOutput): HostImports {
	return {
		'wasi:logging/logging': {
			log(level: string, context: string, message: string) {
				const line = context === '' ? `${level}: ${message}\n` : `${level} [${context}]: ${message}\n`;
				write('stderr', new TextEncoder().encode(line));
			},
		},
	};
}
