import { Inflate, strFromU8 } from 'fflate';
import { err, ok, type Result } from '../result';
import { fromBase64Url } from '../base64';
import { most } from '../limits';
import { parseScenario } from './parse';
import type { Scenario } from './schema';

/** The scenario of a fragment or of a whole address that ends in one. Never inflates more than a scenario may measure. */
export function decodeLink(link: string): Result<Scenario, string> {
	const fragment = link.slice(link.indexOf('#') + 1);
	if (fragment.length > most.linkText)
		return err('This link is longer than 1 MiB, which is more than a page should open.');
	const [, version, body] = /^td(\d+)\.(.*)$/s.exec(fragment) ?? [];
	if (body === undefined) return err('This link holds no scenario: what follows # does not begin with td1.');
	if (version !== '1')
		return err(`This link has format ${version}; this page reads format 1. A newer Tapedeck opens it.`);
	const packed = fromBase64Url(body);
	if (!packed)
		return err('This link is damaged: it holds characters that do not belong there. Was it cut off?');
	const text = inflate(packed);
	return text.ok ? parseScenario(text.value) : text;
}

const tooLarge = 'This link unpacks to more than 4 MiB, which is more than a page should open.';
const damaged = 'This link is damaged: its content does not unpack. Was it cut off?';

/** Inflates in slices and stops at the cap, so that a small link cannot fill memory. */
function inflate(packed: Uint8Array): Result<string, string> {
	const slice = 1024;
	const chunks: Uint8Array[] = [];
	let size = 0;
	let ended = false;
	const stream = new Inflate((chunk, final) => {
		size += chunk.length;
		if (size <= most.scenarioText) chunks.push(chunk);
		ended = final;
	});
	try {
		for (let at = 0; at < packed.length; at += slice) {
			stream.push(packed.subarray(at, at + slice), at + slice >= packed.length);
			if (size > most.scenarioText) return err(tooLarge);
		}
	} catch {
		return err(damaged);
	}
	if (!ended) return err(damaged);
	const all = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		all.set(chunk, at);
		at += chunk.length;
	}
	return ok(strFromU8(all));
}
