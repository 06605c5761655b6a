import { expect, test } from 'vitest';
import { isAuthority } from './authority';

test.each([
	'a.test',
	'a.test:80',
	'a.test:',
	'[::1]',
	'[::1]:8080',
	'u:p@a.test:80',
	'%41@a.test',
	"a!b'c",
	'.',
	'a..b',
])('%s is an authority', (text) => expect(isAuthority(text)).toBe(true));

test.each([
	'',
	'a%2eb',
	'a:1:2',
	'[::1',
	'::1]',
	'[[::1]]',
	'[a][b]',
	'%[::1]',
	'u@',
	'a b',
	'a/b',
	'a\\b',
	'é.test',
	'1:2:3',
])('%s is none', (text) => expect(isAuthority(text)).toBe(false));
