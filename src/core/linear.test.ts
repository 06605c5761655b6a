import { describe, expect, test } from 'vitest';
import { routesFromHar } from './har';
import { readCompose } from './isolation';
import { readEnvFile } from './isolation/env-file';
import { parseSize } from './isolation/parse-size';
import { parseJson } from './json';
import { parsePolicy } from './policy';
import { grant, removeRule } from './policy';
import { readCidr, readDocumentedHost, readReleaseHost } from './policy/host-pattern';
import { parseMemory } from './policy/read/validate-rule';
import { parseQuestion } from './policy/rule/parse-request';
import { completions } from './policy/typing/completions';
import { placeAt } from './policy/typing/outline';
import { checkPattern, matchRoute } from './routes';
import { decodeLink, parseScenario } from './scenario';
import { searchCommands } from '../ui/palette/search-commands';
import { parseUrl } from './url';
import { parseWit } from './wit/parse-wit';

/*
 * Everything that reads a stranger's text takes time as the text is long, whatever it says. Nothing is timed here: of texts this long, what
 * takes more than that would not come to an end.
 */

/** UTF-16 units of a text. */
const usual = 96 * 1024;
/** The same of one that goes through the parser of YAML: as many as are read. */
const short = 60 * 1024;

const pieces = [
	...[
		' ',
		'\t',
		'\n',
		'\r\n',
		'-',
		'- ',
		'#',
		' #',
		'-\n',
		' \n',
		'- #\n',
		'#\n',
		'a',
		'0',
		'.',
		',',
		':',
		';',
		'/',
		'//',
	],
	...[
		'/*',
		'*/',
		'(',
		')',
		'[',
		']',
		'{',
		'}',
		'{}',
		'<',
		'>',
		'"',
		"'",
		'\\',
		'\\"',
		'%',
		'%2',
		'=',
		'a=',
		'$',
		'${',
		'${a:-',
	],
	...[
		'&',
		'&a ',
		'*',
		'*a',
		':p',
		':a*',
		'!',
		'|',
		'?',
		'@',
		'a@',
		'\ud83d',
		'a\n',
		'a:\n',
		'a: ',
		'- a\n',
		'"a",',
		'- "',
		'1.',
		'::',
	],
];

/** Around the parser of YAML, these are what our own code passes over again. */
const ofYaml = ['\n', ' ', ' \n', '-\n', '- #\n', ' #', '#\n'];

/** A text of that many units in all. */
const filled = (length: number, before: string, piece: string, after: string) =>
	before + piece.repeat(Math.floor((length - before.length - after.length) / piece.length)) + after;

interface Reader {
	/** Reads a text, whatever that is; it may throw. */
	readonly read: (text: string) => unknown;
	readonly isYaml?: boolean;
	/** What may stand before a repeated piece and behind it. */
	readonly around?: readonly (readonly [before: string, after: string])[];
}

const yamlAround = [
	['', ''],
	['version: "1.0"\npermissions:\n  storage:\n    allow:\n', '!'],
	['version: "1.0"\npermissions:\n  network:\n    allow:\n      - host: "', '"\n'],
	['- ', 'x'],
] as const;

const readers: Readonly<Record<string, Reader>> = {
	'a policy': { read: parsePolicy, around: yamlAround, isYaml: true },
	'an edit of a policy': {
		read: (text) => {
			const parsed = parsePolicy(text);
			grant(text, { kind: 'environment', key: 'A' }, { componentId: 'a' });
			for (const rule of parsed.policy?.ruleRefs.slice(0, 1) ?? [])
				removeRule(text, rule, { componentId: 'a' });
		},
		around: yamlAround,
		isYaml: true,
	},
	'what is typed into a policy': {
		read: (text) => [completions(text, text.length), placeAt(text, text.length)],
		around: yamlAround,
		isYaml: true,
	},
	'a compose file': {
		read: (text) => readCompose(text, () => undefined),
		isYaml: true,
		around: [
			...yamlAround,
			['services:\n  a:\n    image: "', '"\n'],
			['services:\n  a:\n    volumes:\n', '!'],
		],
	},
	'an env file': {
		read: readEnvFile,
		around: [
			['', ''],
			['A=', '!'],
			['A="', '!'],
			["A='", ''],
		],
	},
	'a size': {
		read: parseSize,
		around: [
			['', ''],
			['1', 'x'],
		],
	},
	'a limit of memory': {
		read: (text) => parseMemory(text),
		around: [
			['', ''],
			['1', 'x'],
		],
	},
	'a host': {
		read: (text) => [readReleaseHost(text), readDocumentedHost(text), readCidr(text)],
		around: [
			['', ''],
			['http://', '!'],
			['*.', ':'],
			['[', ']'],
		],
	},
	'a URL': {
		read: parseUrl,
		around: [
			['', ''],
			['http://', ''],
			['http://a/', '#'],
			['http://[', ']'],
		],
	},
	'a request of what-if': {
		read: parseQuestion,
		around: [
			['', ''],
			['GET ', ' '],
			['read ', ' x'],
			['env ', ''],
		],
	},
	'a filter, and what it looks through': {
		read: (text) => {
			const commands = [{ id: 'a', title: text, hint: text, icon: 'run' as const, run: () => {} }];
			return [searchCommands(commands, text), searchCommands(commands, `${text.slice(0, 1000)}!`)];
		},
	},
	'a route': {
		read: (text) => {
			checkPattern(text);
			matchRoute([{ url: text }], 'GET', `https://a.example/${'a'.repeat(4096)}b`);
		},
		around: [
			['', ''],
			['https://a.example/', '!'],
			['https://a.example/:p(', ')'],
			['https://a.example/*', '!'],
		],
	},
	'an address that a route is held to': {
		read: (text) => matchRoute([{ url: 'https://a.example/*a*a*a*a*a*a*a*a*a!' }], 'GET', text),
		around: [
			['', ''],
			['https://a.example/', ''],
		],
	},
	JSON: {
		read: (text) => parseJson(text),
		around: [
			['', ''],
			['[', ']'],
			['{"', '":1}'],
			['"', '"'],
		],
	},
	'a scenario': {
		read: (text) => parseScenario(text),
		around: [
			['', ''],
			['{"version":1,"components":[],"title":"', '"}'],
			['{"version":1,"components":[', ']}'],
		],
	},
	'a link': {
		read: decodeLink,
		around: [
			['', ''],
			['#td1.', ''],
			['#td1.', '!'],
		],
	},
	'a HAR file': {
		read: routesFromHar,
		around: [
			['', ''],
			['{"log":{"entries":[', ']}}'],
			[
				'{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example/"},"response":{"status":200,"headers":[],"content":{"mimeType":"text/plain","encoding":"base64","text":"',
				'"}}}]}}',
			],
			[
				'{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example/',
				'"},"response":{"status":200}}]}}',
			],
		],
	},
	WIT: {
		read: (text) => parseWit(text),
		around: [
			['', ''],
			['package a:b;\nworld w {\n', '}'],
			['package a:b;\nworld w { export f: func(a: ', ') }'],
			['/// ', '\n'],
		],
	},
};

describe('a long text is read to its end, whatever it says', () => {
	test.each(Object.entries(readers))(
		'as %s',
		(_name, { read, isYaml, around = [['', '']] }) => {
			for (const [before, after] of around)
				for (const piece of isYaml ? ofYaml : pieces) {
					try {
						read(filled(isYaml ? short : usual, before, piece, after));
					} catch (error) {
						// A text may be refused by throwing; not by running out of stack.
						expect(error).not.toBeInstanceOf(RangeError);
					}
				}
		},
		20_000,
	);
});
