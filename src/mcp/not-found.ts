/** The answer to what there is no method for, and to what a method cannot read. */
export const notFound = (method: string): Error => rpcError(-32601, method);

/** An error as it crosses, with its text as it is: the library puts words of its own before that of an error of its own. */
export const rpcError = (code: number, message: string): Error => Object.assign(new Error(message), { code });
