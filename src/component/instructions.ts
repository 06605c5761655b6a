import type { BinaryReader } from './binary';

/** An instruction whose length is not known here. */
export class UnknownInstruction extends Error {}

/** Steps over one instruction of a function's body: those of WebAssembly 2.0, tail calls and relaxed SIMD. Throws `UnknownInstruction` at others. */
export function skipInstruction(reader: BinaryReader): void {
	const opcode = reader.byte();
	// Numbers, comparisons, conversions: the most, and they stand alone.
	if (opcode >= 0x45 && opcode <= 0xc4) return;
	if (opcode >= 0x28 && opcode <= 0x3e) return skipMemoryArgument(reader);
	if ((opcode >= 0x20 && opcode <= 0x26) || opcode === 0x3f || opcode === 0x40) return skipLeb(reader);
	switch (opcode) {
		// unreachable, nop, else, end, return, drop, select, ref.is_null
		case 0x00:
		case 0x01:
		case 0x05:
		case 0x0b:
		case 0x0f:
		case 0x1a:
		case 0x1b:
		case 0xd1:
			return;
		// block, loop, if; br, br_if; call, return_call; i32.const, i64.const; ref.null, ref.func
		case 0x02:
		case 0x03:
		case 0x04:
		case 0x0c:
		case 0x0d:
		case 0x10:
		case 0x12:
		case 0x41:
		case 0x42:
		case 0xd0:
		case 0xd2:
			return skipLeb(reader);
		// br_table
		case 0x0e:
			for (let targets = reader.u32() + 1; targets > 0; targets -= 1) skipLeb(reader);
			return;
		// call_indirect, return_call_indirect
		case 0x11:
		case 0x13:
			skipLeb(reader);
			return skipLeb(reader);
		// select with types
		case 0x1c:
			return void reader.take(reader.u32());
		case 0x43:
			return void reader.take(4);
		case 0x44:
			return void reader.take(8);
		case 0xfc:
			return skipBulk(reader);
		case 0xfd:
			return skipVector(reader);
		default:
			throw new UnknownInstruction();
	}
}

/** Conversions that saturate, and what works on stretches of memories and tables. */
function skipBulk(reader: BinaryReader): void {
	const opcode = reader.u32();
	if (opcode <= 7) return;
	if (opcode > 17) throw new UnknownInstruction();
	skipLeb(reader);
	// memory.init, memory.copy, table.init, table.copy name two things.
	if ([8, 10, 12, 14].includes(opcode)) skipLeb(reader);
}

function skipVector(reader: BinaryReader): void {
	const opcode = reader.u32();
	if (opcode > 0x113) throw new UnknownInstruction();
	const isLane = opcode >= 84 && opcode <= 91;
	if (opcode <= 11 || isLane || opcode === 92 || opcode === 93) skipMemoryArgument(reader);
	if (opcode === 12 || opcode === 13) reader.take(16);
	if ((opcode >= 21 && opcode <= 34) || isLane) reader.byte();
}

function skipMemoryArgument(reader: BinaryReader): void {
	// A bit of the alignment says that the index of a memory follows.
	if (reader.u32() & 0x40) skipLeb(reader);
	skipLeb(reader);
}

function skipLeb(reader: BinaryReader): void {
	while (reader.byte() >= 0x80);
}
