const many = (count: number, make: (index: number) => string, joint = ', ') =>
	Array.from({ length: count }, (_, index) => make(index)).join(joint);

/** Worlds that test what toolchains do seldom. Each has a world named `root-world`, and says how many tools are in it. */
export const oddWorlds: readonly (readonly [name: string, tools: number, wit: string])[] = [
	[
		'resources that cross interfaces',
		10,
		`package t:a@1.0.0;
		interface things { resource thing { constructor(n: u32); get: func() -> u32; make: static func() -> thing;
			merge: static func(a: thing, b: borrow<thing>) -> result<thing, string>; } }
		interface users { use things.{thing}; eat: func(t: thing) -> u32; look: func(t: borrow<thing>) -> u32;
			give: func() -> thing; many: func() -> list<thing>; }
		world root-world { export things; export users; export plain: func(n: u32) -> u32; export more: func(); }`,
	],
	[
		'resources that are imported',
		1,
		`package t:a@1.0.0; interface things { resource thing { constructor(n: u32); get: func() -> u32; } }
		world root-world { import things; export run: func() -> u32; }`,
	],
	[
		'types within types',
		4,
		`package t:a; interface t {
		record a { b: list<option<result<tuple<u8, string>, list<u8>>>> } record deep { a: a, more: option<option<a>> }
		variant w { x, y(u8) }
		variant v { none, num(u64), rec(deep), l(list<w>), r(result<_, string>), o(option<option<u8>>),
			t(tuple<u8, u16, u32, u64, s8, s16, s32, s64, f32, f64, char, bool, string>) }
		flags thirty-two { ${many(32, (n) => `f${n}`)} } enum e { a-b, c-d, e }
		echo: func(v: v) -> v; f: func(f: thirty-two) -> thirty-two; en: func(e: e) -> e; big: func(a: deep) -> deep; }
		world root-world { export t; }`,
	],
	[
		'words of programming languages as names',
		18,
		`package t:a; interface t {
		record rec { %type: string, %interface: u8, class: bool, default: option<u8>, function: char, new: u8, let: u8 }
		enum kinds { if, else, for, while, return, null, true, false, this, super, %static, %import, %export }
		new: func(class: string, default: u8, var: u8, function: u8) -> rec; delete: func(in: list<u8>) -> kinds;
		%import: func(); typeof: func(void: u8); await: func(); yield: func(); eval: func(); to-string: func();
		value-of: func(); prototype: func(); name: func(); length: func(); }
		world root-world { export t; export class: func(if: u8) -> u8; export name: func(); export default: func();
			export return: func(); export to-string: func(); export null: func(); }`,
	],
	[
		'functions of one name in several places',
		8,
		`package t:a; interface one { f: func() -> u8; g: func(); } interface two { f: func() -> string; g: func(); }
		world root-world { export one; export two; export f: func(); export g: func(); export three: interface { f: func(); g: func(); } }`,
	],
	[
		'two hundred tools',
		200,
		`package t:a; world root-world { ${many(200, (n) => `export tool-n${n}: func(a: u32, b: string) -> result<list<u32>, string>;`, ' ')} }`,
	],
	[
		'a command with functions beside it',
		3,
		`package t:a; world root-world { export wasi:cli/run@0.2.0; export hello: func(name: string) -> string;
		export extra: interface { f: func() -> u8; } } package wasi:cli@0.2.0 { interface run { run: func() -> result; } }`,
	],
	[
		'types that are imported and used',
		4,
		`package t:a; interface ty { record p { x: u8 } type q = list<p>; variant z { a(p), b(q) } }
		world root-world { import ty; use ty.{p, q, z}; export f: func(a: p, b: q, c: z) -> z; export g: func() -> result<q, p>;
		export h: func() -> result<_, z>; export i: func() -> option<p>; }`,
	],
	[
		'types under other names',
		2,
		`package t:a; interface a { record r { x: u8 } } interface b { use a.{r as s}; type t = s; }
		interface c { use b.{t as u}; f: func(x: u) -> u; } world root-world { export c; use a.{r as zz}; export g: func(a: zz); }`,
	],
	[
		'results without and within results',
		6,
		`package t:a; world root-world { export a: func() -> result; export b: func() -> result<u8>; export c: func() -> result<_, u8>;
		export d: func() -> option<option<option<u8>>>; export e: func() -> tuple<u8>;
		export f: func(x: result<result<u8, u8>, result<u8, u8>>) -> result<result<u8, u8>, result<u8, u8>>; }`,
	],
	[
		'more parameters than a function has room for',
		3,
		`package t:a; world root-world { export f: func(${many(20, (n) => `p${n}: u32`)}) -> u32;
		export g: func(${many(17, (n) => `p${n}: string`)}) -> string; export h: func(${many(40, (n) => `p${n}: tuple<u8, f64>`)}); }`,
	],
	[
		'lists of fixed length',
		2,
		'package t:a; world root-world { export f: func(a: list<u32, 4>) -> list<u32, 4>; export g: func(a: list<string, 2>) -> list<tuple<u8, u8>, 3>; }',
	],
	[
		'maps',
		2,
		'package t:a; world root-world { export f: func(a: map<string, u32>) -> map<string, u32>; export g: func(a: map<u32, list<string>>) -> u8; }',
	],
	[
		'error contexts',
		3,
		'package t:a; world root-world { export f: func(a: error-context) -> u8; export g: func() -> error-context; export h: func() -> u8; }',
	],
	[
		'variants and enums of three hundred cases',
		1,
		`package t:a; interface t { variant v { ${many(300, (n) => (n % 3 ? `c${n}` : `c${n}(string)`))} } enum e { ${many(300, (n) => `e${n}`)} }
		f: func(v: v, e: e) -> v; } world root-world { export t; }`,
	],
	[
		'a version that is no release',
		1,
		'package t:a@1.0.0-rc.1+build.5; interface x { f: func() -> u8; } world root-world { export x; }',
	],
	[
		'names with digits',
		3,
		'package t:a; interface t { a1: func(); x9-y9: func(); } world root-world { export t; export url-v2-x: func(a-b: u8, c2-d3: u8) -> u8; }',
	],
	[
		'docs in other scripts',
		1,
		'package t:a;\n/// Ünïcödé 日本語 🎉 "quotes" \\ `tick` ${x} <b>html</b>\nworld root-world {\n/// Größe: 日本語 🎉 */ </script>\nexport f: func(g: u8) -> u8;\n}',
	],
	[
		'functions and resources that are imported in place',
		1,
		`package t:a; world root-world { import log: func(x: string); import get: func() -> list<tuple<string, option<u8>>>;
		import inl: interface { resource r { constructor(); } f: func(r: borrow<r>) -> r; } export f: func() -> u8; }`,
	],
	[
		'capital letters in names of every kind',
		6,
		`package t:a; interface the-API { record some-URL { the-ID: string } variant V { NONE, some-ID(u8) }
		get-URL: func(a: some-URL, b: V) -> some-URL; resource DB { constructor(the-ID: u8); get-ID: func() -> u8; } }
		interface FS { f: func(); } world root-world { import FS; import log-URL: func(); export the-API;
		export ABC-DEF: func(the-URL: string) -> u8; export get-URL: func(); export in-PLACE: interface { get-ID: func() -> u8; } }`,
	],
	[
		'names that generated code has for itself',
		7,
		`package t:a; world root-world { export then: func(); export instantiate: func(); export arguments: func() -> string;
		export undefined: func(); export get-core-module: func(); export exports0: func(); export memory0: async func(); }`,
	],
	['nothing at all', 0, 'package t:a; world root-world {}'],
];
