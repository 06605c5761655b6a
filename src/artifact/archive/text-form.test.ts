import { zipSync, strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { readLoose } from './read-loose';
import { readZip } from './read-zip';

const policy = 'version: "1.0"\npermissions: {}\n';

test('a component as text is found among files, with its policy and its signature', async () => {
	const zip = zipSync({
		'a/tape.wat': strToU8('(component)'),
		'a/policy.yaml': strToU8(policy),
		'a/tape.wat.sig': strToU8('c2ln'),
		'b/other.wasm': strToU8('tape'),
		'b/other.sig': strToU8('b3Ro'),
	});
	const packed = readZip(zip, 'a.zip');
	const found = packed.ok ? await readLoose(packed.value, 'a.zip') : packed;
	expect(
		found.ok &&
			found.value.components.map(({ artifact, signatures }) => [
				artifact.component.title,
				artifact.policy?.text ?? null,
				signatures,
			]),
	).toEqual([
		['a/tape.wat', policy, ['c2ln']],
		['b/other.wasm', null, ['b3Ro']],
	]);
});
