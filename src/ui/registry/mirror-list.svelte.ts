import type { Mirrors } from '../../core/address';
import type { Outlet } from '../../core/outlet';
import { parseJson } from '../../core/json';
import { isRecord } from '../../core/is-record';
import { recall, remember } from '../base/memory';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Registries that a mirror stands in for, as a person set them in this browser. */
export class MirrorList {
	#all = $state.raw<Mirrors>(readMirrors(recall('mirrors', isText, '{}')));

	all = $derived(this.#all);

	/** Lets the registry at a host be asked at the origin of a mirror. False where that is no address of one. */
	set = (registry: string, address: string, outlet: Outlet): boolean => {
		const url = URL.parse(
			/^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`,
		);
		if (!url || url.hostname === '' || url.username !== '') return false;
		this.#keep({ ...this.#all, [registry]: url.origin }, outlet);
		return true;
	};

	forget = (registry: string, outlet: Outlet) => {
		const others = Object.entries(this.#all).filter(([host]) => host !== registry);
		this.#keep(Object.fromEntries(others), outlet);
	};

	#keep(mirrors: Mirrors, outlet: Outlet) {
		this.#all = mirrors;
		remember('mirrors', outlet.text(JSON.stringify(mirrors)));
	}
}

function readMirrors(text: string): Mirrors {
	const parsed = parseJson(text);
	if (!parsed.ok || !isRecord(parsed.value)) return {};
	return Object.fromEntries(
		Object.entries(parsed.value).filter(
			(entry): entry is [string, string] => isText(entry[1]) && /^https?:\/\/[^/]+$/.test(entry[1]),
		),
	);
}
