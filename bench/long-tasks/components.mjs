// Ordinary components that are small and give the page much to do, as text for `wasm-tools parse`.

/** A function `f` that returns a list that its one memory holds at offset 0 as zeroes, or whatever `data` says. */
const returning = (type, pages, length) => `(component
	(core module $m
		(memory (export "memory") ${pages})
		(data (i32.const 8) "\\10\\00\\00\\00${littleEndian(length)}")
		(func (export "f") (result i32) i32.const 8))
	(core instance $i (instantiate $m))
	(alias core export $i "memory" (core memory $memory))
	(type $list ${type})
	(func $f (result $list) (canon lift (core func $i "f") (memory $memory)))
	(export "f" (func $f)))`;

const littleEndian = (number) =>
	[0, 8, 16, 24].map((shift) => `\\${((number >>> shift) & 255).toString(16).padStart(2, '0')}`).join('');

/** A parameter that is a tuple of two tuples, and so on: `depth` definitions, and 2 to that power parts. */
const doubled = (depth) => `(component
	(core module $m (func (export "f") (param i32)) (memory (export "memory") 1)
		(func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0))
	(core instance $i (instantiate $m))
	(alias core export $i "memory" (core memory $memory))
	(alias core export $i "realloc" (core func $realloc))
	(type $t0 (tuple u8 u8))
	${Array.from({ length: depth - 1 }, (_, at) => `(type $t${at + 1} (tuple $t${at} $t${at}))`).join('\n')}
	(func $f (param "a" $t${depth - 1}) (canon lift (core func $i "f") (memory $memory) (realloc $realloc)))
	(export "f" (func $f)))`;

/** By what it is called: the component, whether its function is called, and what is fine for it to end with. */
export const components = [
	{ name: 'a tuple of 2^13 parts is loaded', wat: doubled(13) },
	{ name: 'a tuple of 2^10 parts is loaded', wat: doubled(10) },
	{ name: '3 million empty strings', wat: returning('(list string)', 400, 3_000_000), call: true },
	{ name: '240,000 empty strings', wat: returning('(list string)', 40, 240_000), call: true },
	{ name: '4 MB in a list of bytes', wat: returning('(list u8)', 70, 4_000_000), call: true },
	{ name: '1 MB in a list of bytes', wat: returning('(list u8)', 20, 1_000_000), call: true },
	{ name: '240,000 floats', wat: returning('(list f64)', 40, 240_000), call: true },
	{ name: '100,000 records', wat: returning('(list (tuple u8 u8))', 40, 100_000), call: true },
	{
		name: '48 MB in a file, beside a secret',
		file: 'static-components/file-filler/file-filler.wasm',
		policy:
			'version: "1.0"\npermissions:\n  storage:\n    allow:\n      - uri: "fs:///data"\n        access: [read, write]\n',
		secret: 'password-1234567',
		tool: 'fill-file',
		args: { bytes: 48 * 2 ** 20 },
		call: true,
	},
	{ name: 'a text of 9 MB', wat: returning('string', 150, 9_000_000), call: true },
];
