import { err, ok, type Result } from '../../result';
import { rustFloat } from './serde-scalar';

/** What Wassette's validation says of a storage URI; null is nothing. */
export function storageUriFault(uri: string): string | null {
	if (uri === '') return "Storage URI can't be empty";
	if (uri.includes('***')) return `Too many wildcards in: ${uri}`;
	for (const part of uri.split('/')) {
		if (part === '**') continue;
		if (part.includes('**')) return `Wildcard ** needs to be its own path segment in: ${uri}`;
		if (part.split('*').length > 2) return `Multiple * in path segment '${part}' - that's weird`;
	}
	return null;
}

/** What Wassette's validation says of a host; null is nothing. A host need not be parseable to pass. */
export function hostFault(host: string): string | null {
	if (host === '') return "Host can't be empty";
	const wildcards = host.split('*').length - 1;
	if (wildcards === 0 || host === '*') return null;
	if (wildcards > 1) return `Too many wildcards in host: ${host}`;
	if (!host.startsWith('*.')) return `Wildcard should be at start like *.domain.com in: ${host}`;
	const domain = host.slice(2);
	if (domain === '' || domain.endsWith('.')) return `Domain part looks wrong in: ${host}`;
	return null;
}

/** A host rule without the scheme that it may begin with. */
export const withoutScheme = (host: string): string => host.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');

/** What Wassette's validation says of a network range; null is nothing. It looks for the slash and no further. */
export function cidrFault(cidr: string): string | null {
	if (cidr === '') return "CIDR can't be empty";
	return cidr.includes('/') ? null : `CIDR needs a slash: ${cidr}`;
}

/** What Wassette's validation says of an environment key; null is nothing. */
export function environmentKeyFault(key: string): string | null {
	if (key === '') return "Environment key can't be empty";
	return key.includes('*') ? `No wildcards allowed in environment keys: ${key}` : null;
}

const memoryUnits: readonly (readonly [suffix: string, bytes: bigint])[] = [
	['Ki', 2n ** 10n],
	['Mi', 2n ** 20n],
	['Gi', 2n ** 30n],
	['Ti', 2n ** 40n],
];

/** Reads `resources.limits.memory`: bytes, or the fault in Wassette's words. A bare number counts megabytes (of 2^20 bytes). */
export function parseMemory(value: string | bigint): Result<number, string> {
	if (typeof value === 'bigint') return inRange(value * 2n ** 20n, String(value));
	if (value === '') return err('Memory limit string cannot be empty');
	const unit = memoryUnits.find(([suffix]) => value.endsWith(suffix));
	const digits = unit ? value.slice(0, -unit[0].length) : value;
	if (!/^\+?\d{1,40}$/.test(digits)) return err(`Invalid memory value: ${value}`);
	const count = BigInt(digits.replace('+', ''));
	if (count >= 2n ** 64n) return err(`Invalid memory value: ${value}`);
	return inRange(count * (unit?.[1] ?? 1n), value);
}

function inRange(bytes: bigint, text: string): Result<number, string> {
	if (bytes === 0n) return err('Memory limit cannot be zero');
	return bytes < 2n ** 64n ? ok(Number(bytes)) : err(`Memory value too large: ${text}`);
}

/** What Wassette's validation says of `resources.limits.cpu`; null is nothing. */
export function cpuFault(value: string | number): string | null {
	if (typeof value === 'number') return value < 0 ? `Legacy CPU value cannot be negative: ${value}` : null;
	if (value === '') return 'CPU limit string cannot be empty';
	const isMilli = value.endsWith('m');
	const digits = isMilli ? value.slice(0, -1) : value;
	const count = rustFloat(digits);
	if (count === null) return isMilli ? `Invalid millicores value: ${value}` : `Invalid cores value: ${value}`;
	// Neither a negative zero nor what is no number is below zero.
	if (!(count < 0)) return null;
	return isMilli ? `CPU millicores cannot be negative: ${value}` : `CPU cores cannot be negative: ${value}`;
}
