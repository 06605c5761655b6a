import { minify } from 'vite';

/** A generated module in fewer letters: most of what a first visit would fetch of it, and every sandbox parse, is spaces and long names. */
export async function shortCode(source: string): Promise<string> {
	const { code, errors } = await minify('program.js', source, { module: true });
	if (errors.length > 0) throw new Error(`Generated code could not be shortened. ${errors[0]!.message}`);
	return code;
}
