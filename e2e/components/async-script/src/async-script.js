export const greet = (name) => `Hello ${name}`;

export async function weather(city) {
	await Promise.resolve();
	if (city === 'Atlantis') throw 'no such city';
	return `sun in ${city}`;
}

export async function numbers(below) {
	return (async function* () {
		for (let number = 0; number < below; number += 1) yield number;
	})();
}

export async function total(numbers) {
	let sum = 0;
	for await (const number of numbers) sum += number;
	return sum;
}

export async function shout(text) {
	return (async function* () {
		for await (const piece of text)
			yield Uint8Array.from(piece, (byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
	})();
}

export async function exclaim(text) {
	const { readable, writable } = wit.Future(wit.Future.STRING);
	text.read().then((given) => writable.write(`${given}!`));
	return readable;
}

export const tools = {
	async moveIt({ x, label }, by) {
		return { x: x + by, label };
	},
};
