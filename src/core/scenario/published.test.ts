import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import linksOfVersion1 from './fixtures/links.v1.json';
import { decodeLink } from './decode-link';
import { parseScenario } from './parse';
import { printScenario } from './print';
import { scenarioJsonSchema } from './schema';

describe('the published JSON Schema', () => {
	test('is the one that scenarios are read by', () => {
		const published = readFileSync(new URL('../../../public/scenario.schema.json', import.meta.url), 'utf8');
		expect(JSON.parse(published)).toEqual(scenarioJsonSchema());
	});
});

// Never edited: a link that was once given out opens for ever. A new version of the document gets a file of its own.
describe('a link of version 1', () => {
	test.each(linksOfVersion1)('with $name still opens', ({ link, scenario }) => {
		const opened = decodeLink(`https://example.test/deck/#${link}`);
		expect(opened).toEqual(parseScenario(scenario));
		expect(opened.ok && JSON.parse(printScenario(opened.value))).toEqual(scenario);
	});
});
