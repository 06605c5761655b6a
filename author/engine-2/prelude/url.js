// URL and URLSearchParams, as far as http and https addresses need them; hosts are taken as they are written, in lower case.
globalThis.URLSearchParams ??= class URLSearchParams {
	#pairs = [];
	constructor(init = '') {
		if (typeof init === 'string') {
			for (const part of init.replace(/^\?/, '').split('&')) {
				if (part === '') continue;
				const [name, ...value] = part.split('=');
				const read = (text) => {
					const spaced = text.replaceAll('+', ' ');
					try {
						return decodeURIComponent(spaced);
					} catch {
						return spaced;
					}
				};
				this.append(read(name), read(value.join('=')));
			}
		} else
			for (const [name, value] of init[Symbol.iterator] ? init : Object.entries(init))
				this.append(name, value);
	}
	// What it is the query of is told of each change.
	onchange = null;
	append(name, value) {
		this.#pairs.push([String(name), String(value)]);
		this.onchange?.();
	}
	delete(name) {
		this.#pairs = this.#pairs.filter(([other]) => other !== name);
		this.onchange?.();
	}
	get(name) {
		return this.#pairs.find(([other]) => other === name)?.[1] ?? null;
	}
	getAll(name) {
		return this.#pairs.filter(([other]) => other === name).map(([, value]) => value);
	}
	has(name) {
		return this.get(name) !== null;
	}
	set(name, value) {
		const at = this.#pairs.findIndex(([other]) => other === name);
		if (at === -1) return this.append(name, value);
		this.#pairs = this.#pairs.filter(([other], index) => other !== name || index === at);
		this.#pairs[at] = [name, String(value)];
		this.onchange?.();
	}
	forEach(run) {
		for (const [name, value] of this.#pairs) run(value, name, this);
	}
	entries() {
		return this.#pairs[Symbol.iterator]();
	}
	keys() {
		return this.#pairs.map(([name]) => name)[Symbol.iterator]();
	}
	values() {
		return this.#pairs.map(([, value]) => value)[Symbol.iterator]();
	}
	[Symbol.iterator]() {
		return this.#pairs[Symbol.iterator]();
	}
	toString() {
		const write = (text) =>
			encodeURIComponent(text)
				.replaceAll('%20', '+')
				.replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
		return this.#pairs.map(([name, value]) => `${write(name)}=${write(value)}`).join('&');
	}
};
globalThis.URL ??= class URL {
	constructor(address, base) {
		let text = String(address).trim();
		if (!/^https?:\/\//i.test(text)) {
			if (base === undefined) throw new TypeError(`Not an address: ${text}`);
			const from = new URL(base);
			if (text.startsWith('//')) text = from.protocol + text;
			else if (text.startsWith('/')) text = from.origin + text;
			else if (text.startsWith('?')) text = from.origin + from.pathname + text;
			else if (text.startsWith('#')) text = from.origin + from.pathname + from.search + text;
			else text = from.origin + from.pathname.slice(0, from.pathname.lastIndexOf('/') + 1) + text;
		}
		const [, protocol, host, path, search = '', hash = ''] =
			/^(https?:)\/\/([^/?#\\@\s]+)((?:\/[^?#]*)?)(\?[^#]*)?(#.*)?$/i.exec(text) ?? [];
		if (host === undefined) throw new TypeError(`Not an address: ${text}`);
		const kept = [];
		for (const part of path.split('/').slice(1)) {
			if (part === '..') kept.pop();
			else if (part !== '.') kept.push(part);
		}
		if (/\/\.{1,2}$/.test(path)) kept.push('');
		const escaped = (part) => part.replace(/[\s"<>`{}]|[^\x20-\x7e]/gu, encodeURIComponent);
		this.protocol = protocol.toLowerCase();
		this.host = host.toLowerCase().replace(this.protocol === 'http:' ? /:80$/ : /:443$/, '');
		this.pathname = escaped(`/${kept.join('/')}`);
		this.hash = escaped(hash);
		this.searchParams = new URLSearchParams(search);
		this.search = escaped(search === '?' ? '' : search);
		this.searchParams.onchange = () => {
			const text = this.searchParams.toString();
			this.search = text === '' ? '' : `?${text}`;
		};
	}
	static canParse(address, base) {
		try {
			return Boolean(new URL(address, base));
		} catch {
			return false;
		}
	}
	get hostname() {
		return this.host.replace(/:\d+$/, '');
	}
	get port() {
		return /:(\d+)$/.exec(this.host)?.[1] ?? '';
	}
	get origin() {
		return `${this.protocol}//${this.host}`;
	}
	get href() {
		return this.origin + this.pathname + this.search + this.hash;
	}
	toString() {
		return this.href;
	}
	toJSON() {
		return this.href;
	}
};
