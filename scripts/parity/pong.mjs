/** What every granted request over plain HTTP is answered with, in the page and beside the binary. */
export const pong = { status: 200, headers: [['content-type', 'text/plain']], body: 'pong' };
