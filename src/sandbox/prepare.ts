import type { Program } from '../component/program';
import type { Frame } from './frame';
import type { ProgramCode, RunnerNews } from './protocol';
import { connect } from './rpc';

const sources = new WeakMap<Program, Uint8Array>();

/** What a sandbox gets of a program. */
export function codeOf(program: Program): ProgramCode {
	let source = sources.get(program);
	if (!source) sources.set(program, (source = new TextEncoder().encode(program.source)));
	return { source, modules: program.modules };
}

/** Sends a frame the code of the program that its call will be of, ahead of the call. It compiles the modules and evaluates nothing. */
export function prepare(frame: Frame, program: Program): void {
	connect<RunnerNews>({ postMessage: frame.send }, {}).tell('prepare', codeOf(program));
}
