import { describe, expect, test } from 'vitest';
import { componentEmbed } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createAuthor } from './build-tool';
import { starters } from './starters';
import { builderHere } from './testing/builder-here';
import { trimWit } from './trim-wit';

const author = createAuthor({
	spawn: builderHere,
	load: () => Promise.reject(new Error('nothing is loaded here')),
	run: () => Promise.reject(new Error('nothing runs here')),
	mode: 'jspi',
});

describe('a WIT with what its world reaches', () => {
	test.each([
		['nothing of WASI', 'export f: func();', []],
		['what is named', 'import wasi:random/random@0.2.12;\nexport f: func();', ['wasi:random@0.2.12 random']],
		[
			'and what that names, there and elsewhere',
			'import wasi:clocks/monotonic-clock@0.2.12;\nexport f: func();',
			['wasi:io@0.2.12 poll', 'wasi:clocks@0.2.12 monotonic-clock'],
		],
		[
			'names of another WASI',
			'import wasi:random/random@0.2.0;\nexport f: func();',
			['wasi:random@0.2.0 random'],
		],
	])('has %s', async (_, items, wanted) => {
		const described = await author.describe({ wit: `package local:tool;\nworld w {\n${items}\n}\n` });
		if (!described.ok) throw new Error(described.error.message);
		const text = trimWit(described.value.wit);
		const found = text
			.split(/^(?=package )/m)
			.slice(1)
			.flatMap((each) =>
				[...each.matchAll(/^ {2}(?:interface|world) (\S+)/gm)].map(
					([, name]) => `${/^package (\S+) \{/.exec(each)?.[1]} ${name}`,
				),
			);
		expect(found).toEqual(wanted);
	});

	test.each(starters.filter(({ wit }) => wit !== ''))('says the same of the starter $id', async ({ wit }) => {
		const described = await author.describe({ wit });
		if (!described.ok) throw new Error(described.error.message);
		const { wit: whole, world } = described.value;
		const embed = (witSource: string) => componentEmbed({ witSource, dummy: true, world: world.name });
		expect(await embed(trimWit(whole))).toEqual(await embed(whole));
	});
});
