/**
 * The answer to a question of DNS: 127.0.0.1 for every name, and no address of another kind. Null where it is no question.
 *
 * @param {Uint8Array} question a datagram as RFC 1035 has it
 */
export function dnsAnswer(question) {
	if (question.length < 17) return null;
	let end = 12;
	while (end < question.length && question[end] !== 0) end += question[end] + 1;
	end += 5;
	if (end > question.length) return null;
	const asked = Buffer.from(question.subarray(0, end));
	const type = asked.readUInt16BE(end - 4);
	// A response, recursion available, no error.
	asked.writeUInt16BE(0x8180, 2);
	asked.writeUInt16BE(type === 1 ? 1 : 0, 6);
	asked.writeUInt32BE(0, 8);
	if (type !== 1) return asked;
	const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]);
	return Buffer.concat([asked, record]);
}
