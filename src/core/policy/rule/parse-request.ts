import { joinPath } from '../../path';
import { err, ok, type Result } from '../../result';
import { parseUrl } from '../../url';
import type { AccessRequest } from '../types';
import { urlRefusalWords } from './url-refusal-words';

/**
 * Reads a what-if question: `GET https://host:8443/x`, `read /data/a.txt`, `write …`, `env KEY`. A URL alone is a GET.
 * The error says what to type instead.
 */
export function parseQuestion(line: string): Result<AccessRequest, string> {
	const text = line.trim();
	const [, word = '', rest = ''] = /^(\S+)(?:\s+(\S.*))?$/s.exec(text) ?? [];
	const verb = word.toLowerCase();
	switch (verb) {
		case '':
			return err('Type a request, such as GET https://api.example.com/, read /data/a.txt or env API_KEY');
		case 'read':
		case 'write':
			if (rest === '') return err(`Name a path: ${word} /data/a.txt`);
			return ok({ kind: 'storage', access: verb, path: storagePath(rest) });
		case 'env':
			return /^[^\s=]+$/.test(rest)
				? ok({ kind: 'environment', key: rest })
				: err('Name one variable: env API_KEY');
	}
	if (/^https?:/i.test(text)) return readUrl('GET', text);
	if (!/^[a-z]+$/i.test(word) || rest === '')
		return err(`“${word}” is no request: start with GET or another method, read, write or env`);
	return readUrl(word.toUpperCase(), rest);
}

function readUrl(method: string, text: string): Result<AccessRequest, string> {
	const url = parseUrl(text);
	return url.ok ? ok({ kind: 'network', method, url: text }) : err(urlRefusalWords(url.error.reason));
}

const storagePath = (text: string) => joinPath('/', text.replace(/^fs:\/\//, ''));
